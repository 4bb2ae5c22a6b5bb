//! What a style sheet loads.

/// Every address that a style sheet loads: `url(...)` and `@import "..."`. What stands in
/// comments and in other strings is text.
pub fn addresses(css: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut importing = false;
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if let Some(inside) = strip_word(rest, "url(") {
            let (address, after) = argument(inside);
            found.push(address);
            (importing, rest) = (false, after);
        } else if let Some(after) = strip_word(rest, "@import") {
            (importing, rest) = (true, after);
        } else if matches!(c, '"' | '\'') {
            let (text, after) = string(rest, c);
            found.extend(importing.then_some(text));
            (importing, rest) = (false, after);
        } else {
            importing &= c != ';';
            rest = &rest[c.len_utf8()..];
        }
    }
    found
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let start = text.get(..word.len())?;
    start.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

/// The address inside `url(`, given after the bracket, and what follows it.
fn argument(inside: &str) -> (&str, &str) {
    let inside = inside.trim_start();
    match inside.chars().next() {
        Some(quote @ ('"' | '\'')) => string(inside, quote),
        _ => {
            let (address, after) = inside.split_once(')').unwrap_or((inside, ""));
            (address.trim(), after)
        }
    }
}

/// A string in `quote`, at which `text` begins, and what follows it.
fn string(text: &str, quote: char) -> (&str, &str) {
    let inside = &text[1..];
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return (&inside[..at], &inside[at + 1..]),
            _ => {}
        }
    }
    (inside, "")
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn what_is_loaded_is_found_and_text_is_not() {
        let css = "@import 'a.css'; @IMPORT URL( b.css ) print;\n/* url(no.png) */\n\
                   a::after { content: \"url(no.png) \\\" url(no.png)\"; background: url(\"c.png\"), url('d.png') }\n\
                   @font-face { src: local(Be Vietnam Pro), url(../fonts/e.woff2) format(\"woff2\") }";
        assert_eq!(addresses(css), ["a.css", "b.css", "c.png", "d.png", "../fonts/e.woff2"]);
    }

    #[test]
    fn half_a_style_sheet_is_read_to_its_end() {
        for css in ["@import", "@import \"a", "a { b: url(", "a { b: url(\"x\\", "/*", "ệ url(ệ"]
        {
            addresses(css);
        }
        assert_eq!(addresses("@import; a { content: 'no' }"), [] as [&str; 0]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(css in "([\"'\\\\/*()@;ệ a]|url\\(|@import|/\\*|\\*/){0,40}") {
            addresses(&css);
        }
    }
}
