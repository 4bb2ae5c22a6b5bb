//! The files of `dist/theme/`: styles joined into one, scripts joined into one, what few pages
//! need each by itself, the rest copied.

use super::files::{ThemeFile, ThemeFiles};
use super::manifest::{Manifest, OptionValues};
use super::smaller::{smaller_css, smaller_js};
use super::strings::Strings;
use crate::base::{Lang, json_in_script};
use crate::diag::Diagnostic;
use crate::search::RULES_JSON;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every file to publish, by name below `theme/`, in order of name.
pub(super) fn published(
    files: &ThemeFiles,
    manifest: &Manifest,
    options: &OptionValues,
    strings: &[(Lang, Strings)],
    problems: &mut Vec<Diagnostic>,
) -> Vec<(String, Arc<[u8]>)> {
    let styles = in_order(files, "css/", &manifest.css, problems);
    let scripts = in_order(files, "js/", &manifest.js, problems);
    let css: String = styles.iter().map(|(_, file)| smaller_css(text(file))).collect();
    let css = options.custom_properties() + &css;
    let mut all = vec![
        ("site.css".to_owned(), Arc::from(css.into_bytes())),
        ("site.js".to_owned(), Arc::from(join_scripts(&scripts, files, strings).into_bytes())),
    ];
    let own = page_scripts(files).into_iter().map(|(name, parts)| {
        let script = page_script(name, &parts, strings);
        (format!("{name}.js"), Arc::from(script.into_bytes()))
    });
    all.extend(own);
    let own = files
        .below("page-css/")
        .map(|(name, file)| (name.to_owned(), Arc::from(smaller_css(text(file)).into_bytes())));
    all.extend(own);
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

/// Scripts in one function each, so that their names cannot clash; `sotay` is what they share,
/// with what they say in every language of the site.
fn join_scripts(
    scripts: &[(&str, &ThemeFile)],
    files: &ThemeFiles,
    strings: &[(Lang, Strings)],
) -> String {
    let elsewhere: Vec<_> = page_scripts(files).into_keys().map(own_prefix).collect();
    let here = |key: &str| !elsewhere.iter().any(|prefix| key.starts_with(prefix));
    let words = words(strings, here);
    let mut out =
        String::from("(function () {\n\"use strict\";\nconst sotay = window.sotay = {};\n");
    out.push_str(&format!("sotay.words = {words};\n"));
    for (_, file) in scripts {
        out.push_str(&in_a_function(file));
    }
    out.push_str("})();\n");
    out
}

/// What `page-js/` holds, by name: `NAME.js` is a script of one file, the folder `NAME` one of
/// several, in order of their names.
fn page_scripts(files: &ThemeFiles) -> BTreeMap<&str, Vec<&ThemeFile>> {
    let mut all: BTreeMap<&str, Vec<&ThemeFile>> = BTreeMap::new();
    for (path, file) in files.below("page-js/") {
        let name = path.split_once('/').map_or(path, |(folder, _)| folder);
        all.entry(name.strip_suffix(".js").unwrap_or(name)).or_default().push(file);
    }
    all
}

/// A script that a page loads after `site.js`, whose `sotay` it sees, with what only it says.
fn page_script(name: &str, parts: &[&ThemeFile], strings: &[(Lang, Strings)]) -> String {
    let prefix = own_prefix(name);
    let words = words(strings, |key| key.starts_with(&prefix));
    let mut out = format!("\"use strict\";\nsotay.add({words});\n");
    if name == SEARCH {
        out.push_str(&format!("sotay.search = {{ rules: {} }};\n", compact(RULES_JSON)));
    }
    parts.iter().for_each(|file| out.push_str(&in_a_function(file)));
    out
}

/// The script that searches; it knows by the program's own table how words are folded and ranked.
const SEARCH: &str = "search";

fn compact(json: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(json).ok();
    value.map_or_else(|| json.to_owned(), |value| value.to_string())
}

/// How the keys of what the script `name` of `page-js/` says begin, after `js_`.
fn own_prefix(name: &str) -> String {
    format!("{name}_")
}

fn in_a_function(file: &ThemeFile) -> String {
    format!("(function () {{\n{}}})();\n", smaller_js(text(file)))
}

/// `{"vi": {"copied": "Đã chép"}, ...}` of the wanted keys, as JSON that is also JavaScript.
fn words(strings: &[(Lang, Strings)], wanted: impl Fn(&str) -> bool) -> String {
    let of = |strings: &Strings| -> BTreeMap<String, String> {
        let all = strings.beginning_with(FOR_SCRIPTS).filter(|(key, _)| wanted(key));
        all.map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
    };
    let all: BTreeMap<_, _> = strings.iter().map(|(lang, s)| (lang.as_str(), of(s))).collect();
    json_in_script(&all)
}

/// Strings whose keys begin so are for scripts, which find them without it.
const FOR_SCRIPTS: &str = "js_";
