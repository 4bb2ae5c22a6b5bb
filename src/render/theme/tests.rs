//! The default theme keeps its promises, and a project's own theme is checked kindly.

use super::*;
use crate::base::Span;
use crate::model::{Config, Edition, FileData, Limits, Localised, ThemeOption, View};
use std::collections::BTreeSet;

fn lang(tag: &str) -> Lang {
    Lang::new(tag).unwrap()
}

fn config(languages: &[&str]) -> Config {
    Config {
        title: Localised::new(),
        languages: languages.iter().map(|l| lang(l)).collect(),
        base_url: None,
        site_id: "attt".into(),
        theme: "handbook".into(),
        licence: None,
        report: None,
        audiences: vec![],
        tags: BTreeMap::new(),
        languages_label: Localised::new(),
        menu: vec![],
        theme_options: vec![],
        side_by_side: true,
        fail_on: vec![],
        editions: BTreeMap::from([("public".to_owned(), Edition::default())]),
        limits: Limits::default(),
    }
}

fn project(files: &[(&str, &str)]) -> Snapshot {
    let themes = files
        .iter()
        .map(|(path, text)| (RelPath::new(path), FileData::Memory(text.as_bytes().into())))
        .collect();
    Snapshot { themes, ..Snapshot::default() }
}

fn default_theme() -> Theme {
    let (theme, problems) = load(&Snapshot::default(), &config(&["vi", "en"]));
    assert!(problems.is_empty(), "{problems:?}");
    theme.unwrap()
}

/// What loading a theme with these files says: code, file and the text at the place it names.
fn complaints(files: &[(&str, &str)], config: &Config) -> Vec<String> {
    let snapshot = project(files);
    let (_, problems) = load(&snapshot, config);
    let at = |d: &Diagnostic| {
        let span = d.span?;
        let text = crate::diag::Sources::text(&snapshot, &d.file)?;
        Some(text[span.range()].to_owned())
    };
    let line =
        |d: &Diagnostic| format!("{} {} [{}]", d.code.id(), d.file, at(d).unwrap_or_default());
    problems.iter().map(line).collect()
}

/// Every page the theme can make, full and nearly empty, by a name for messages.
fn every_page(theme: &Theme) -> Vec<(String, String)> {
    let vi = lang("vi");
    let mut pages = Vec::new();
    let mut add = |name: String, html: Result<String, Diagnostic>| match html {
        Ok(html) => pages.push((name, html)),
        Err(problem) => panic!("{name}: {problem:?}"),
    };
    let kinds = [
        ("page.html", "talk"),
        ("page.html", "guideline"),
        ("page.html", "directive"),
        ("page.html", "page"),
        ("section.html", "section"),
        ("home.html", "home"),
        ("search.html", "search"),
        ("terms.html", "terms"),
        ("term.html", "term"),
    ];
    let sidebar = theme.render("sidebar.html", &vi, &fixtures::sidebar(true)).unwrap();
    for (template, kind) in kinds {
        let full = View {
            site: fixtures::full_site(theme.csp(), theme.inline_script()),
            page: fixtures::full_page(kind, "<h2 id=\"a\">A</h2><p>Ẫ</p>", &sidebar),
        };
        let empty = View { site: fixtures::empty_site(), page: fixtures::empty_page(kind) };
        add(format!("full {kind}"), theme.render(template, &vi, &full));
        add(format!("empty {kind}"), theme.render(template, &vi, &empty));
    }
    let csp = theme.csp();
    let root = fixtures::root(csp, theme.inline_script());
    let not_found = fixtures::not_found(theme.not_found_csp(), theme.not_found_style());
    add("root".into(), theme.render("root.html", &vi, &root));
    add("404".into(), theme.render("not_found.html", &vi, &not_found));
    for full in [true, false] {
        let sidebar = fixtures::sidebar(full);
        add(format!("sidebar {full}"), theme.render("sidebar.html", &vi, &sidebar));
        let redirect = fixtures::redirect(full, csp);
        add(format!("redirect {full}"), theme.render("redirect.html", &vi, &redirect));
        let document = fixtures::section_print(full, csp, theme.inline_script());
        add(format!("print {full}"), theme.render("section_print.html", &vi, &document));
        let both = fixtures::bilingual(full, csp, theme.inline_script());
        add(format!("bilingual {full}"), theme.render("bilingual.html", &vi, &both));
        let glossary = fixtures::glossary(full, csp, theme.inline_script());
        add(format!("glossary {full}"), theme.render("glossary.html", &vi, &glossary));
        let freshness = fixtures::freshness(full, csp, theme.inline_script());
        add(format!("freshness {full}"), theme.render("freshness.html", &vi, &freshness));
    }
    pages
}

#[test]
fn every_template_renders_full_and_empty() {
    let theme = default_theme();
    for (name, html) in every_page(&theme) {
        assert!(!html.contains("{{") && !html.contains("{%"), "{name}: a tag is left over");
        if !name.starts_with("sidebar") {
            assert_eq!(html.matches("<h1").count(), 1, "{name}: one h1");
            assert!(html.starts_with("<!DOCTYPE html>"), "{name}: {}", &html[..60]);
        }
        let ids: Vec<_> = html.split(" id=\"").skip(1).map(|r| r.split('"').next()).collect();
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: an id stands twice: {ids:?}");
    }
}

#[test]
fn what_is_escaped_and_what_is_not() {
    let theme = default_theme();
    let pages = every_page(&theme);
    let (_, talk) = &pages[0];
    assert!(talk.contains("Nhận biết &amp; phòng tránh"), "text is escaped");
    assert!(talk.contains("<p>Ẫ</p>"), "finished HTML is not");
    assert!(talk.contains("script-src 'self' 'sha256-"), "the policy stands as it is hashed");
    assert!(talk.contains(&format!("<script>{}</script>", theme.inline_script())));
    assert!(talk.contains("<a href=\"a.html\">Mạng xã hội"), "sidebar links can be marked");
}

#[test]
fn templates_keep_the_offline_rules() {
    let files = ThemeFiles::collect(&Snapshot::default(), "handbook", &mut Vec::new());
    for (name, file) in files.below("templates/") {
        let text = file.text().unwrap();
        for forbidden in [" style=", "type=\"module\"", "crossorigin", "integrity=", "=\"http"] {
            assert!(!text.contains(forbidden), "{name} has {forbidden}");
        }
        let handler = text.match_indices(" on").any(|(at, _)| {
            let rest = &text[at + 3..];
            let word = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(0);
            word > 0 && rest[word..].starts_with("=\"")
        });
        assert!(!handler, "{name} has an event handler");
    }
    for (name, bytes) in default_theme().files() {
        let text = std::str::from_utf8(&bytes).unwrap();
        for forbidden in ["http:", "https:", "@import", "fetch(", "import("] {
            assert!(!text.contains(forbidden), "{name} has {forbidden}");
        }
    }
}

#[test]
fn languages_have_the_same_strings() {
    let theme = default_theme();
    let keys = |tag| {
        let strings = theme.strings(&lang(tag)).clone_texts();
        for (key, text) in &strings {
            assert!(!text.trim().is_empty(), "{tag}: {key} is empty");
        }
        strings.into_keys().collect::<BTreeSet<_>>()
    };
    assert_eq!(keys("vi"), keys("en"));
    // Vietnamese falls back to English, so its own file has to be asked.
    let count = |name: &str| {
        let files = ThemeFiles::collect(&Snapshot::default(), "handbook", &mut Vec::new());
        let table: toml::Table = toml::from_str(files.get(name).unwrap().text().unwrap()).unwrap();
        table.len()
    };
    assert_eq!(count("i18n/vi.toml"), count("i18n/en.toml"));
}

#[test]
fn strings_are_filled_once() {
    let theme = default_theme();
    let vi = theme.strings(&lang("vi"));
    assert_eq!(vi.format("minutes", &[("n", "45")]), "45 phút");
    assert_eq!(vi.format("file_info", &[("type", "{size}"), ("size", "1 kB")]), "{size}, 1 kB");
    let date = [("d", "03"), ("m", "02"), ("y", "2024"), ("D", "3"), ("month", "February")];
    assert_eq!(vi.format("date_format", &date), "03/02/2024");
    assert_eq!(theme.strings(&lang("en")).format("date_format", &date), "3 February 2024");
}

#[test]
fn a_language_without_strings_speaks_english() {
    let own = [("handbook/i18n/km.toml", "skip = \"រំលង\"")];
    let (theme, problems) = load(&project(&own), &config(&["vi", "km"]));
    assert!(problems.is_empty(), "{problems:?}");
    let theme = theme.unwrap();
    assert_eq!(theme.strings(&lang("km")).get("skip"), "រំលង");
    assert_eq!(theme.strings(&lang("km")).get("home"), "Home");
}

#[test]
fn a_project_overrides_file_by_file() {
    let own = [
        (
            "handbook/templates/terms.html",
            "<p>{{ page.title }} {{ t.home }} {{ options.contents }}</p>",
        ),
        ("handbook/i18n/vi.toml", "home = \"Nhà\""),
        ("handbook/css/zzz.css", "b { top: 0 }"),
        ("handbook/images/logo.png", "\u{1}"),
    ];
    let (theme, problems) = load(&project(&own), &config(&["vi"]));
    assert!(problems.is_empty(), "{problems:?}");
    let theme = theme.unwrap();
    let view = View { site: fixtures::empty_site(), page: fixtures::empty_page("terms") };
    let html = theme.render("terms.html", &lang("vi"), &view).unwrap();
    assert_eq!(html, "<p>Nhận biết &amp; phòng tránh lừa đảo trực tuyến Nhà true</p>");
    let files = theme.files();
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.is_sorted());
    for name in ["images/logo.png", "register.js", "search.js", "site.css", "site.js"] {
        assert!(names.contains(&name), "{name}");
    }
    let (_, css) = files.iter().find(|(name, _)| name == "site.css").unwrap();
    let css = std::str::from_utf8(css).unwrap();
    assert!(css.starts_with(":root{--brand:#0f4c81;--brand-dark:#8cc1ff}\n"));
    assert!(css.ends_with("b{top:0}\n"));
}

#[test]
fn mistakes_in_a_theme_are_found_where_they_are() {
    let vi = config(&["vi"]);
    let cases = [
        (
            "handbook/templates/page.html",
            "a {{ page.title",
            "S607 themes/handbook/templates/page.html",
        ),
        (
            "handbook/templates/page.html",
            "\u{feff}x\n{{ t.nope }}",
            "S607 themes/handbook/templates/page.html [nope]",
        ),
        (
            "handbook/templates/page.html",
            "{{ page.title|nope }}",
            "S607 themes/handbook/templates/page.html []",
        ),
        (
            "handbook/templates/page.html",
            "{% extends \"nope\" %}",
            "S607 themes/handbook/templates/page.html []",
        ),
        ("handbook/i18n/vi.toml", "hom = \"x\"", "S609 themes/handbook/i18n/vi.toml [hom]"),
        ("handbook/i18n/vi.toml", "home = 3", "S608 themes/handbook/i18n/vi.toml [3]"),
        ("handbook/i18n/vi.toml", "home = ", "S608 themes/handbook/i18n/vi.toml"),
        ("handbook/theme.toml", "css = []\njs = []\nx = 1", "S607 themes/handbook/theme.toml [x]"),
        ("handbook/theme.toml", "css = [\"x.css\"]\njs = []", "S607 themes/handbook/theme.toml []"),
    ];
    for (path, text, expected) in cases {
        let found = complaints(&[(path, text)], &vi);
        assert!(found.iter().any(|c| c.starts_with(expected)), "{path} {text}: {found:?}");
    }
}

#[test]
fn a_template_that_fails_on_a_page_says_where() {
    let own = [("handbook/templates/term.html", "một\n{{ page.titel }}")];
    let (theme, _) = load(&project(&own), &config(&["vi"]));
    let view = View { site: fixtures::empty_site(), page: fixtures::empty_page("term") };
    let problem = theme.unwrap().render("term.html", &lang("vi"), &view).unwrap_err();
    assert_eq!(problem.file.as_str(), "themes/handbook/templates/term.html");
    assert_eq!(&own[0].1[problem.span.unwrap().range()], "titel");
}

#[test]
fn themes_and_options_that_do_not_exist() {
    let mut other = config(&["vi"]);
    other.theme = "nope".into();
    assert_eq!(complaints(&[], &other), ["S606 site.toml []"]);
    assert!(complaints(&[("nope/css/a.css", "")], &other).is_empty());

    let mut options = config(&["vi"]);
    let given = [
        ("brand", "#123456"),
        ("brand", "#eeeeee"),
        ("brand", "blue"),
        ("contents", "yes"),
        ("brnd", "#000"),
    ];
    options.theme_options = given
        .map(|(key, value)| ThemeOption {
            key: key.into(),
            value: value.into(),
            span: Span::default(),
        })
        .into();
    let found = complaints(&[], &options);
    assert_eq!(
        found,
        ["S612 site.toml []", "S612 site.toml []", "S612 site.toml []", "S610 site.toml []"]
    );
}

#[test]
fn icons_are_for_eyes_only() {
    let theme = default_theme();
    for name in ["note", "tip", "important", "warning", "danger", "file", "video"] {
        let icon = theme.icon(name);
        assert!(icon.starts_with("<svg") && icon.contains("aria-hidden=\"true\""), "{name}");
        assert!(icon.contains("class=\"icon\""), "{name}");
    }
    assert_eq!(theme.icon("nope"), "");
    // Their colour is that of the text, in forced colours too.
    let files = theme.files();
    let (_, css) = files.iter().find(|(name, _)| name == "site.css").unwrap();
    assert!(std::str::from_utf8(css).unwrap().contains(".icon{fill:none;stroke:currentColor"));
}
