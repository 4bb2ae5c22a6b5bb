//! Styles and scripts with fewer bytes that say the same. Every page of a handbook loads them,
//! often over a poor line; editors of a theme read them as they are written.

/// JavaScript without comments that fill a line, and without white space that means nothing.
///
/// Only what can be seen without a parser is touched. A file in which a line may begin inside of
/// something is left as it is (template literals, block comments, continued lines), and so is the
/// inside of a line with a slash that may begin a regular expression. A line's end is kept
/// wherever it might end a statement.
pub(super) fn smaller_js(js: &str) -> String {
    let lines = js.lines().map(str::trim);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    let spans = |line: &str| line.contains('`') || line.contains("/*") || line.ends_with('\\');
    if kept.clone().any(spans) {
        return format!("{}\n", js.trim());
    }
    let mut out = String::with_capacity(js.len());
    for line in kept {
        // A line that ends so goes on; one that begins so ends the statement before.
        let goes_on = out.ends_with([';', '{', '(', '[', ',', ':', '?', '&', '|', '=', '>'])
            || line.starts_with(['}', ')', ']', '?', ':', '&', '|', '=', '.', ',']);
        if !goes_on && !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&smaller_line(line));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// A line of JavaScript without spaces beside punctuation. Strings stay as they are.
fn smaller_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        match c {
            // A comment, a division or a regular expression: who knows.
            '/' => {
                out.push_str(rest);
                return out;
            }
            '"' | '\'' => {
                let end = end_of_string(rest, c);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
                continue;
            }
            ' ' => {
                let after = rest.trim_start().chars().next().unwrap_or(' ');
                let before = out.chars().next_back().unwrap_or(' ');
                let signs = matches!((before, after), ('+', '+') | ('-', '-'));
                let needless = is_punctuation(before) || is_punctuation(after);
                if !(needless && !signs || before == ' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Where the string that `text` begins with ends, its quotes included.
fn end_of_string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return i + 1,
            _ => {}
        }
    }
    text.len()
}

fn is_punctuation(c: char) -> bool {
    "{}()[];,:?=<>!&|*%^~+-\"'".contains(c)
}

/// CSS without comments and without white space that means nothing; strings stay as they are.
pub(super) fn smaller_css(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut quote = None;
    let mut escaped = false;
    for c in without_comments(css).chars() {
        if quote.is_none() && c.is_whitespace() {
            // After these a space says nothing, and two say no more than one. (Before a colon it
            // does: `a :hover` is not `a:hover`.)
            if !out.ends_with(['{', '}', ';', ',', ':', ' ']) && !out.is_empty() {
                out.push(' ');
            }
            continue;
        }
        if quote.is_none() && matches!(c, '{' | '}' | ';' | ',') {
            out.truncate(out.trim_end_matches(' ').len());
            if c == '}' {
                out.truncate(out.trim_end_matches(';').len());
            }
        }
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c && !escaped => quote = None,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut quote = None;
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        if quote.is_none()
            && let Some(comment) = rest.strip_prefix("/*")
        {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
        // An escaped quote does not end a string.
        if c == '\\'
            && let Some(escaped) = rest.chars().next()
        {
            out.push(escaped);
            rest = &rest[escaped.len_utf8()..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_comments_where_that_is_safe() {
        let js = "// a\nvar x = 1;\n\n  // b\n  go(\"// c\"); // d\n";
        assert_eq!(smaller_js(js), "var x=1;go(\"// c\");// d\n");
        for unsafe_to_touch in ["x = `\n// a\n`;", "/*\n// a\n*/ y();", "z = 'a\\\n// b';"] {
            assert_eq!(smaller_js(unsafe_to_touch), format!("{unsafe_to_touch}\n"));
        }
    }

    #[test]
    fn scripts_lose_spaces_that_mean_nothing() {
        for (js, smaller) in [
            ("const f = (a, b) => {\n  return a + +b;\n};\n", "const f=(a,b)=>{return a+ +b;};\n"),
            ("a - -b; c ++ + d\ne()\n", "a- -b;c++ +d\ne()\n"),
            ("x = \"a  =  'b'\" + 'c \\' = d';\n", "x=\"a  =  'b'\"+'c \\' = d';\n"),
            ("y = a / b  +  c;\nz = 1;\n", "y=a / b  +  c;z=1;\n"),
            ("t = a\n  ? b\n  : c;\n", "t=a?b:c;\n"),
            ("go(\n  { a: 1 },\n  [2]\n)\nnext()\n", "go({a:1},[2])\nnext()\n"),
            ("let n = typeof x === \"y\"\nreturn \"z\"\n", "let n=typeof x===\"y\"\nreturn\"z\"\n"),
        ] {
            assert_eq!(smaller_js(js), smaller);
        }
    }

    #[test]
    fn css_loses_comments_and_keeps_strings() {
        let css =
            "/* a */\n  a  :hover ,\n b { content: \"/* \\\" ; b */\" ; }\n\n/* c\n d */ b {}\n";
        assert_eq!(smaller_css(css), "a :hover,b{content:\"/* \\\" ; b */\"}b{}\n");
        let css = "@media (min-width: 2rem) and (a) {\n  :is(a, b) > c { --x: calc(1px + 2px) !important }\n}";
        let smaller =
            "@media (min-width:2rem) and (a){:is(a,b) > c{--x:calc(1px + 2px) !important}}\n";
        assert_eq!(smaller_css(css), smaller);
        assert_eq!(smaller_css(" /* x */ \n"), "");
    }
}
