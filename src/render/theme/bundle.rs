//! The files of `dist/theme/`: styles joined into one, scripts joined into one, the rest copied.

use super::files::{ThemeFile, ThemeFiles};
use super::manifest::{Manifest, OptionValues};
use crate::diag::Diagnostic;
use std::sync::Arc;

/// Every file to publish, by name below `theme/`, in order of name.
pub(super) fn published(
    files: &ThemeFiles,
    manifest: &Manifest,
    options: &OptionValues,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(String, Arc<[u8]>)> {
    let styles = in_order(files, "css/", &manifest.css, problems);
    let scripts = in_order(files, "js/", &manifest.js, problems);
    let css: String = styles.iter().map(|(_, file)| smaller_css(text(file))).collect();
    let css = options.custom_properties() + &css;
    let mut all = vec![
        ("site.css".to_owned(), Arc::from(css.into_bytes())),
        ("site.js".to_owned(), Arc::from(join_scripts(&scripts).into_bytes())),
    ];
    for folder in ["fonts/", "images/"] {
        let copied = files.below(folder);
        all.extend(copied.map(|(name, file)| (format!("{folder}{name}"), file.bytes.clone())));
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// The files of `folder`: those that theme.toml lists, in its order, then any others by name.
fn in_order<'a>(
    files: &'a ThemeFiles,
    folder: &str,
    listed: &[String],
    problems: &mut Vec<Diagnostic>,
) -> Vec<(&'a str, &'a ThemeFile)> {
    let mut rest: Vec<_> = files.below(folder).collect();
    let mut ordered = Vec::new();
    for name in listed {
        match rest.iter().position(|(n, _)| n == name) {
            Some(at) => ordered.push(rest.remove(at)),
            None => problems.extend(files.get("theme.toml").map(|file| {
                let (vi, en) = ("không có tệp", "there is no file");
                file.broken(format!("{vi} `{folder}{name}`"), format!("{en} `{folder}{name}`"))
            })),
        }
    }
    ordered.extend(rest);
    ordered
}

fn text(file: &ThemeFile) -> &str {
    file.text().unwrap_or_default()
}

/// Scripts in one function each, so that their names cannot clash; `sotay` is what they share.
fn join_scripts(scripts: &[(&str, &ThemeFile)]) -> String {
    let mut out = String::from("(function () {\n\"use strict\";\nvar sotay = {};\n");
    for (name, file) in scripts {
        out.push_str(&format!("// {name}\n(function () {{\n{}\n}})();\n", text(file).trim()));
    }
    out.push_str("})();\n");
    out
}

/// CSS without comments, indentation and empty lines; strings stay as they are.
fn smaller_css(css: &str) -> String {
    let without = without_comments(css);
    let lines = without.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
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
    fn css_loses_comments_and_keeps_strings() {
        let css = "/* a */\n  a { content: \"/* \\\" b */\" }\n\n/* c\n d */ b {}\n";
        assert_eq!(smaller_css(css), "a { content: \"/* \\\" b */\" }\nb {}\n");
    }
}
