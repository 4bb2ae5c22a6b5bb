//! Mistakes that people make in TOML, and what they are told.

use super::*;
use proptest::prelude::*;

fn mistakes(text: &str) -> Vec<Mistake> {
    let (_, errors) = toml::de::DeTable::parse_recoverable(text);
    errors.iter().map(|error| toml_mistake(text, error)).collect()
}

/// What the first mistake of a text marks, and the help.
fn first(text: &str) -> (&str, String) {
    let mistake = mistakes(text).into_iter().next().unwrap();
    let at = mistake.at.clone();
    let file = crate::base::RelPath::new("site.toml");
    let diagnostic = crate::diag::Diagnostic::new(crate::diag::Code::BadToml, &file);
    (&text[at], mistake.describe(diagnostic).help(crate::diag::UiLang::En))
}

#[test]
fn the_help_is_the_line_as_it_should_be() {
    for (text, mark, line) in [
        ("a = Sổ tay", "Sổ tay", "a = \"Sổ tay\""),
        ("a = “x”", "“x”", "a = \"x\""),
        ("a = [vi, \"en\"]", "vi", "a = [\"vi\", \"en\"]"),
        ("a = \"x", "\"", "a = \"x\""),
        ("a = 'x\"", "'", "a = \"x\""),
        ("a: x", ":", "a = \"x\""),
        ("a \"x\"", "a", "a = \"x\""),
        ("a = [\"x\"\nb = 1", "[", "a = [\"x\"]"),
        ("a = { x = 1,\nb = 1", "{", "a = { x = 1 }"),
        ("a = [\"1\" \"2\"]", "\"", "a = [\"1\", \"2\"]"),
        ("[[a]\nb = 1", "[[a]", "[[a]]"),
        ("mật khẩu = 1", "mật khẩu", "mat-khau = 1"),
        ("a = \"C:\\Users\"", "\\", "a = 'C:\\Users'"),
        ("a = \"Sổ \"tay\"\"", "tay\"\"", "a = 'Sổ \"tay\"'"),
        ("a = 1.000.000", "1.000.000", "a = 1000000"),
        ("a = True", "True", "a = true"),
        ("a = 5 MB", "5 MB", "a = 5000000"),
        ("a = #123456", "#123456", "a = \"#123456\""),
        ("// x", "//", "# x"),
    ] {
        assert_eq!(first(text), (mark, format!("write `{line}`")), "{text}");
    }
    assert!(first("a = 1\n[b]\nc = 1\n[b]").1.contains("line 2"));
}

#[test]
fn what_is_proposed_can_be_read() {
    let texts = ["a = Sổ tay", "a = “x “y””", "a = it's \"so\"", "a = \"b\" c\"", "a = \\x"];
    for text in texts {
        let help = first(text).1;
        let line = help.strip_prefix("write `").unwrap().strip_suffix('`').unwrap();
        assert!(toml::de::DeTable::parse(line).is_ok(), "{text}: {line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text_has_its_mistakes_in_it(
        parts in prop::collection::vec(prop::sample::select(vec![
            "a", "b.c", "=", " = ", "\"", "'", "“", "”", "[", "]", "[[", "]]", "{", "}", ",", "\n",
            " ", ":", "：", "#", "//", "\\", "\\u", "ệ", "1", "0x", "1.5.", "true", "True", "kB", ".",
            "\"\"\"", "\t", "\u{85}", "2024-13-01", "\r",
        ]), 0..40)
    ) {
        let text = parts.concat();
        for mistake in mistakes(&text) {
            prop_assert!(text.get(mistake.at.clone()).is_some(), "{:?} in {:?}", mistake, text);
        }
    }
}
