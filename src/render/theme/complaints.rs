//! What the template engine says, in words of both languages.

use crate::diag::Diagnostic;

/// `diagnostic` with what `said` means. What is not a common mistake keeps the engine's words as
/// an addition.
pub(super) fn explain(diagnostic: Diagnostic, said: &str) -> Diagnostic {
    if let Some((what, name, others)) = undefined(said) {
        let (vi, en) = match what {
            "Field" => ("trường", "field"),
            _ => ("biến", "variable"),
        };
        return diagnostic
            .with("problem_vi", format!("không có {vi} nào tên `{name}`"))
            .with("problem_en", format!("there is no {en} called `{name}`"))
            .advise(format!("các {vi} có sẵn: {others}"), format!("the {en}s are: {others}"))
            .suggest(name, others.split(", "));
    }
    let (vi, en) = common(said).unwrap_or_else(|| {
        let said = said.trim_end_matches('.');
        (format!("máy đọc mẫu báo: {said}"), said.to_owned())
    });
    diagnostic.with("problem_vi", vi).with("problem_en", en)
}

/// ``Field `titel` is not defined. Available fields: kind, title``
fn undefined(said: &str) -> Option<(&str, &str, &str)> {
    let (what, rest) = said.split_once(" `")?;
    let (name, rest) = rest.split_once("` is not defined.")?;
    let others = rest.split_once(": ").map_or("", |(_, others)| others);
    (matches!(what, "Field" | "Variable") && !others.is_empty()).then_some((what, name, others))
}

fn common(said: &str) -> Option<(String, String)> {
    let both = |vi: String, en: String| Some((vi, en));
    if said.starts_with("Unexpected end of input") {
        return both(
            "mẫu kết thúc giữa chừng; thiếu `{% endif %}`, `{% endfor %}` hoặc dấu đóng như `}}`"
                .into(),
            "the template ends too early; an `{% endif %}`, an `{% endfor %}` or a `}}` is missing"
                .into(),
        );
    }
    if let Some(rest) = said.strip_prefix("Found ")
        && let Some((found, wanted)) = rest.trim_end_matches('.').split_once(" but expected ")
    {
        let words = [
            ("one of: ", "một trong: "),
            (" or ", " hoặc "),
            ("identifier", "một tên"),
            ("string", "một đoạn chữ"),
            ("integer", "một số nguyên"),
        ];
        let wanted_vi = words.iter().fold(wanted.to_owned(), |text, (en, vi)| text.replace(en, vi));
        return both(
            format!("ở đây có {found}, trong khi cần {wanted_vi}"),
            format!("here is {found} where {wanted} is needed"),
        );
    }
    for (what, vi, en) in [
        ("filter", "bộ lọc", "filter"),
        ("test", "phép thử", "test"),
        ("function", "hàm", "function"),
        ("component", "thành phần", "component"),
    ] {
        let name = said.strip_prefix("Unknown ").and_then(|rest| rest.strip_prefix(what));
        if let Some(name) = name {
            let name = name.trim();
            return both(format!("không có {vi} {name}"), format!("there is no {en} {name}"));
        }
    }
    if let Some((name, _)) = between(said, "is inheriting from '", "', which doesn't exist") {
        return both(
            format!("mẫu này kế thừa `{name}`, là mẫu không có"),
            format!("it extends `{name}`, which is not there"),
        );
    }
    if let Some((name, _)) = between(said, "Template '", "' not found") {
        return both(format!("không có mẫu `{name}`"), format!("there is no template `{name}`"));
    }
    if said.starts_with("Circular ") {
        return both(
            "các mẫu gọi vòng quanh lẫn nhau".into(),
            "templates include or extend one another in a circle".into(),
        );
    }
    if let Some((name, _)) = between(said, "Template already contains a block named `", "`") {
        return both(
            format!("có hai khối `{name}` trong mẫu này"),
            format!("the block `{name}` stands twice in this template"),
        );
    }
    let (_, vi, en) = FIXED.iter().find(|(words, ..)| said.starts_with(words))?;
    both((*vi).to_owned(), (*en).to_owned())
}

const FIXED: [(&str, &str, &str); 5] = [
    (
        "Unknown tag",
        "không có thẻ `{% … %}` nào tên như vậy",
        "there is no tag `{% … %}` of this name",
    ),
    (
        "This content would be ignored",
        "mẫu kế thừa mẫu khác chỉ được có các khối `{% block … %}`",
        "a template that extends another holds nothing but `{% block … %}`",
    ),
    (
        "String opened with",
        "đoạn chữ mở ở đây không được đóng",
        "the text opened here is not closed",
    ),
    ("Unexpected character", "ký tự này không dùng được ở đây", "this character cannot stand here"),
    (
        "Iteration not possible",
        "`{% for %}` chỉ đi qua được danh sách",
        "`{% for %}` can only go through a list",
    ),
];

/// What stands in `text` between two others, and what follows.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<(&'a str, &'a str)> {
    text.split_once(before)?.1.split_once(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RelPath;
    use crate::diag::{Code, UiLang};
    use tera::{Context, Tera};

    /// The engine's real words about a template, explained: sentence and help.
    fn explained(template: &str) -> [String; 3] {
        let mut tera = Tera::default();
        let error = match tera.add_raw_template("t.html", template) {
            Ok(()) => {
                let mut context = Context::new();
                context.insert("page", &std::collections::BTreeMap::from([("title", "x")]));
                tera.render("t.html", &context).unwrap_err()
            }
            Err(error) => error,
        };
        let said = match error.kind() {
            tera::ErrorKind::SyntaxError(r) | tera::ErrorKind::RenderingError(r) => r.message(),
            _ => &error.to_string(),
        };
        let said = said.lines().next().unwrap().trim_start_matches("error: ").to_owned();
        let file = RelPath::new("themes/x/templates/t.html");
        let d = explain(Diagnostic::new(Code::BadTemplate, &file), &said);
        [d.args["problem_vi"].clone(), d.args["problem_en"].clone(), d.help(UiLang::En)]
    }

    #[test]
    fn common_mistakes_are_said_in_both_languages() {
        for (template, vi, en) in [
            ("{% if page %}", "mẫu kết thúc giữa chừng", "the template ends too early"),
            ("{{ page. }}", "ở đây có `}}`", "here is `}}` where"),
            ("{{ page.titel }}", "không có trường nào tên `titel`", "no field called `titel`"),
            ("{{ pgae }}", "không có biến nào tên `pgae`", "no variable called `pgae`"),
            ("{{ page | lowe }}", "không có bộ lọc `lowe`", "there is no filter `lowe`"),
            ("{{ lowe() }}", "không có hàm `lowe`", "there is no function `lowe`"),
            ("{% extends \"no.html\" %}", "kế thừa `no.html`", "it extends `no.html`"),
            ("{% wenn %}", "không có thẻ", "there is no tag"),
            ("{{ \"x }}", "đoạn chữ mở ở đây", "the text opened here"),
            ("{% for x in 1 %}{% endfor %}", "chỉ đi qua được danh sách", "go through a list"),
            (
                "{% block a %}{% endblock %}{% block a %}{% endblock %}",
                "hai khối `a`",
                "`a` stands twice",
            ),
        ] {
            let [said_vi, said_en, _] = explained(template);
            assert!(said_vi.contains(vi), "{template}: {said_vi}");
            assert!(said_en.contains(en), "{template}: {said_en}");
        }
    }

    #[test]
    fn a_field_that_is_not_there_is_answered_with_those_that_are() {
        assert_eq!(explained("{{ page.titel }}")[2], "did you mean `title`?");
        assert_eq!(explained("{{ page.colour }}")[2], "the fields are: title");
    }
}
