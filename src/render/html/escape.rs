//! Escaping: the only way text gets into a page.

/// Appends `text` as HTML text.
pub fn push_text(out: &mut String, text: &str) {
    push_escaped(out, text, |b| match b {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Appends `text` as the value of an attribute in double quotes.
pub fn push_attribute(out: &mut String, text: &str) {
    push_escaped(out, text, |b| match b {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

/// Appends a relative or absolute address as the value of an attribute. What an address may
/// not contain is percent-encoded; what is encoded already stays.
pub fn push_address(out: &mut String, address: &str) {
    for c in address.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            ' ' => out.push_str("%20"),
            '\\' => out.push_str("%5C"),
            '`' => out.push_str("%60"),
            c if c.is_control() => {}
            c if c.is_ascii() => out.push(c),
            c => {
                let mut bytes = [0; 4];
                for b in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{b:02X}"));
                }
            }
        }
    }
}

/// `text` as HTML text.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_text(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str, escape: impl Fn(u8) -> Option<&'static str>) {
    let mut done = 0;
    for (i, b) in text.bytes().enumerate() {
        if let Some(replacement) = escape(b) {
            out.push_str(&text[done..i]);
            out.push_str(replacement);
            done = i + 1;
        }
    }
    out.push_str(&text[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(text("a<b>&\"ệ"), "a&lt;b&gt;&amp;\"ệ");
        let mut out = String::new();
        push_attribute(&mut out, "\"><script>");
        assert_eq!(out, "&quot;&gt;&lt;script&gt;");
        let mut out = String::new();
        push_address(&mut out, "a b\"ệ?x=1&y%20#z");
        assert_eq!(out, "a%20b%22%E1%BB%87?x=1&amp;y%20#z");
    }
}
