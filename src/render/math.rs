//! Formulas: from LaTeX to MathML that browsers show by themselves.
//!
//! The result obeys the site's policy: no `style` attribute, so colours become MathML's own
//! attributes. Matrices and the like carry classes starting with `menv-`, for the style sheet.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Event, Parser, ParserError, Storage, push_mathml};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A formula a person wrote is shorter; the parser's time grows faster than the length.
const LONGEST: usize = 8_000;

/// Groups within groups: far more than a reader could follow, far less than fills a stack.
const DEEPEST: usize = 64;

/// Commands that take commands that take commands, without a brace between (`\hat\hat x`).
const LONGEST_CHAIN: usize = 64;

/// Macros multiply; no page gains from a formula of this many bytes.
const LARGEST_OUTPUT: usize = 256 * 1024;

/// Commands that define others. A handbook has no preamble, and expansions are where a short
/// text becomes a long one.
const DEFINITIONS: [&str; 11] = [
    "def",
    "edef",
    "gdef",
    "xdef",
    "let",
    "futurelet",
    "newcommand",
    "renewcommand",
    "providecommand",
    "global",
    "long",
];

/// What is wrong with a formula, in Vietnamese and English.
#[derive(Debug)]
pub struct Problem {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Problem {
    fn new(vi: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem { vi: vi.into(), en: en.into() }
    }
}

/// `tex` as a MathML element, `display` for a formula on its own line.
///
/// # Errors
///
/// What is wrong with the formula, in one line of plain words.
pub fn to_mathml(tex: &str, display: bool) -> Result<String, Problem> {
    check_size(tex)?;
    // The parser has `panic!` for input that it believes impossible; a typing mistake must
    // not end a build.
    let rendered = catch_unwind(AssertUnwindSafe(|| render(tex, display)));
    rendered.unwrap_or_else(|_| {
        Err(Problem::new("không hiểu công thức này", "the formula is not understood"))
    })
}

fn render(tex: &str, display: bool) -> Result<String, Problem> {
    let storage = Storage::new();
    // An error among the events would be rendered as `<merror>` and reported as success.
    let events: Vec<Event<'_>> =
        Parser::new(tex, &storage).collect::<Result<_, _>>().map_err(|e| problem(&e))?;
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut html = String::with_capacity(tex.len() * 8);
    push_mathml(&mut html, events.into_iter().map(Ok::<_, ParserError>), config)
        .map_err(|e| Problem::new("không hiểu công thức này", e.to_string()))?;
    if html.contains("<merror") {
        return Err(Problem::new("không hiểu công thức này", "the formula is not understood"));
    }
    if html.len() > LARGEST_OUTPUT {
        return Err(Problem::new("công thức quá lớn", "the formula is too large"));
    }
    Ok(without_styles(&html))
}

/// The parser's recursion and time depend on the text alone, so the text is checked first.
fn check_size(tex: &str) -> Result<(), Problem> {
    if tex.len() > LONGEST {
        return Err(Problem::new(
            format!("công thức dài hơn {LONGEST} byte"),
            format!("the formula is longer than {LONGEST} bytes"),
        ));
    }
    let (mut depth, mut chain) = (0usize, 0usize);
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                let name = &rest[..letters];
                if DEFINITIONS.contains(&name) {
                    return Err(Problem::new(
                        format!("không được dùng `\\{name}`: hãy viết hẳn công thức ra"),
                        format!("`\\{name}` is not allowed: write the formula out"),
                    ));
                }
                match name {
                    "left" | "begin" => depth += 1,
                    "right" | "end" => depth = depth.saturating_sub(1),
                    _ => {}
                }
                let skip = if letters > 0 {
                    letters
                } else {
                    rest.chars().next().map_or(0, char::len_utf8)
                };
                rest = &rest[skip..];
                chain += 1;
            }
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '^' | '_' => chain += 1,
            c if c.is_whitespace() => {}
            _ => chain = 0,
        }
        if depth > DEEPEST || chain > LONGEST_CHAIN {
            return Err(Problem::new(
                "công thức lồng nhau quá sâu",
                "the formula is nested too deeply",
            ));
        }
    }
    Ok(())
}

/// What editors get wrong most: how the parser's sentence begins, and what it says.
const PARSER: &[(&str, &str)] = &[
    ("unknown primitive command", "không có lệnh này"),
    ("unknown mathematical environment", "không có môi trường này"),
    ("unknown color", "không có màu này"),
    ("unbalanced group", "ngoặc mở và ngoặc đóng không khớp"),
    ("expected a token", "thiếu một phần ở cuối"),
    ("expected an argument", "lệnh thiếu phần đi sau"),
    ("expected a delimiter", "thiếu dấu ngoặc sau `\\left` hoặc `\\right`"),
    ("trying to add a subscript twice", "có hai chỉ số dưới liền nhau"),
    ("trying to add a superscript twice", "có hai chỉ số trên liền nhau"),
];

const PARSER_ELSE: &str = "sai cú pháp";

/// The parser's error as one line: what, and near which characters.
fn problem(error: &ParserError) -> Problem {
    let text = error.to_string();
    let mut lines = text.lines();
    let what = lines.next().unwrap_or_default().trim_start_matches("parsing error: ");
    let what = what.replace("unkown", "unknown");
    // The context is drawn as `│…\fox + 1` above a line of `^`.
    let near = lines
        .filter_map(|l| l.strip_prefix('│'))
        .map(|l| l.trim_start_matches('…').trim())
        .rfind(|l| !l.is_empty() && !l.starts_with('^'));
    let vi = PARSER.iter().find(|(en, _)| what.starts_with(en)).map_or(PARSER_ELSE, |(_, vi)| vi);
    match near {
        Some(near) => Problem::new(format!("{vi}, gần `{near}`"), format!("{what}, near `{near}`")),
        None => Problem::new(vi, what),
    }
}

/// `mathml` with every `style` attribute replaced by what MathML has for it: colours by
/// `mathcolor` and `mathbackground`; borders and negative margins have nothing and go.
fn without_styles(mathml: &str) -> String {
    const ATTRIBUTE: &str = " style=\"";
    let mut out = String::with_capacity(mathml.len());
    let mut rest = mathml;
    // Text escapes `<` and `>`, and no attribute holds one, so tags are found by them.
    while let Some(open) = rest.find('<') {
        let (text, from_tag) = rest.split_at(open);
        out.push_str(text);
        let close = from_tag.find('>').map_or(from_tag.len(), |i| i + 1);
        let (mut tag, after) = from_tag.split_at(close);
        while let Some(at) = tag.find(ATTRIBUTE) {
            out.push_str(&tag[..at]);
            let (value, tail) = tag[at + ATTRIBUTE.len()..].split_once('"').unwrap_or((tag, ">"));
            value.split(';').for_each(|declaration| push_attribute(declaration, &mut out));
            tag = tail;
        }
        out.push_str(tag);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn push_attribute(declaration: &str, out: &mut String) {
    let Some((property, value)) = declaration.split_once(':') else { return };
    let attribute = match property.trim() {
        "color" => "mathcolor",
        "background-color" => "mathbackground",
        _ => return,
    };
    if let Some(colour) = hex_colour(value) {
        out.push_str(&format!(" {attribute}=\"{colour}\""));
    }
}

/// `rgb(1 2 255)` as `#0102ff`.
fn hex_colour(value: &str) -> Option<String> {
    let inner = value.trim().strip_prefix("rgb(")?.strip_suffix(')')?;
    let mut parts = inner.split_ascii_whitespace().map(str::parse::<u8>);
    let mut next = || parts.next()?.ok();
    Some(format!("#{:02x}{:02x}{:02x}", next()?, next()?, next()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn good(tex: &str) -> String {
        let html = to_mathml(tex, false).unwrap_or_else(|e| panic!("{tex}: {e:?}"));
        let in_tags = html.split('<').filter_map(|t| t.split_once('>')).map(|(tag, _)| tag);
        for tag in in_tags {
            assert!(!tag.contains("style=") && !tag.contains(" on"), "{tex}: {tag}");
        }
        html
    }

    #[test]
    fn inline_and_display_differ() {
        assert!(good("x^2").starts_with("<math"));
        let block = to_mathml("x^2", true).expect("good formula");
        assert!(block.contains("display=\"block\"") && block.ends_with("</math>"), "{block}");
    }

    #[test]
    fn vietnamese_text_stays_whole() {
        let html = good(r"P = \text{số người được tập huấn} \div \text{tổng số}");
        assert!(html.contains("số người được tập huấn"), "{html}");
    }

    #[test]
    fn colours_become_attributes_and_styles_go() {
        let html = good(r"{\color{red} x} + \textcolor{blue}{y} + \colorbox{yellow}{z}");
        assert!(html.contains("mathcolor=\"#ff0000\""), "{html}");
        assert!(html.contains("mathbackground=\"#"), "{html}");
        for tex in [
            r"a \! b \quad c \hspace{2em} d \hspace{-2em} e",
            r"\begin{pmatrix} 1 & 2 \\[5pt] 3 & 4 \end{pmatrix}",
            r"\begin{array}{|c|l:r|} \hline a & b & c \\ \hline \end{array}",
            r"\begin{cases} x & y \\ z & w \end{cases}",
            r"\begin{align} a &= b \\ c &= d \end{align}",
            r"\fcolorbox{red}{blue}{x} \phantom{y} \boxed{z}",
        ] {
            // Some commands may be unknown; what is known must be clean.
            if to_mathml(tex, true).is_ok() {
                good(tex);
            }
        }
        let text = to_mathml(r#"\text{a style="x" b}"#, false).expect("good formula");
        assert!(text.contains(r#"a style="x" b"#) && !text.contains("<mtext style"), "{text}");
    }

    #[test]
    fn mistakes_are_one_plain_line() {
        for tex in [
            r"\frac{1",
            r"x^2^3",
            r"\foo",
            r"a & b",
            "\\",
            "%",
            r"\left( x",
            r"\begin{nope} \end{nope}",
            "#",
            "$",
            r"{",
            r"}",
            r"\color{nope} x",
            r"\char",
            r"\def\a{\a}\a",
            r"\sqrt[",
        ] {
            if let Err(problem) = to_mathml(tex, true) {
                assert!(!problem.en.is_empty() && !problem.en.contains('\n'), "{tex}: {problem:?}");
            }
        }
        let problem = to_mathml(r"1 + \foo + 2", false).expect_err("unknown command");
        assert!(problem.en.contains("near") && problem.vi.contains(r"\foo"), "{problem:?}");
        assert!(to_mathml(r"\frac{1", false).is_err());
        assert!(to_mathml(r"x^2^3", false).is_err());
    }

    #[test]
    fn deep_and_long_input_is_refused_within_a_small_stack() {
        let deep: Vec<String> = vec![
            format!("{}x{}", "{".repeat(3_000), "}".repeat(3_000)),
            format!("{}x", "\\sqrt".repeat(1_500)),
            format!("{}x", "\\hat ".repeat(1_500)),
            format!("x{}", "^".repeat(3_000)),
            format!("x{}", "'".repeat(7_000)),
            format!("{}x{}", "\\left(".repeat(600), "\\right)".repeat(600)),
            format!("{}1", "\\frac1".repeat(1_000)),
            "x".repeat(1_000_000),
            "{}".repeat(3_900),
            "- ".repeat(3_900),
            format!("{}x{}", "{".repeat(60), "}".repeat(60)),
            format!("{}x", "\\sqrt".repeat(60)),
        ];
        let thread = std::thread::Builder::new().stack_size(1 << 20);
        thread
            .spawn(move || deep.iter().for_each(|tex| drop(to_mathml(tex, true))))
            .expect("a thread")
            .join()
            .expect("no overflow and no panic");
    }

    proptest! {
        #[test]
        fn never_panics(tex in r"(\\[a-z]{1,6}|[{}\[\]^_&%#$~'x1 +\-]|\\.|ệ|\\(frac|sqrt|left|right|text|begin|end)|\{(array|align|red)\}){0,30}") {
            if let Ok(html) = to_mathml(&tex, false) {
                prop_assert!(!html.contains("<merror") && !html.contains("<script"));
            }
        }

        #[test]
        fn any_text_is_taken(tex in ".{0,60}") {
            let _ = to_mathml(&tex, true);
        }
    }
}
