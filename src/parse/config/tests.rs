//! What site.toml says, where it says so, and every way to get it wrong.

use super::*;
use crate::base::{Lang, line_column};
use crate::model::{Edition, Limits, State};
use proptest::prelude::*;

const MINIMAL: &str = "title = \"Sổ tay\"\nlanguages = [\"vi\", \"en\"]\n";

const FULL: &str = r##"title = { vi = "Sổ tay an toàn thông tin", en = "Information security handbook" }
languages = ["vi", "en"]
base_url = "https://handbook.example.edu.vn"
site_id = "attt"
theme = "handbook"
licence = "CC-BY-4.0"
report = "mailto:attt@example.edu.vn"
audiences = { leaders = { vi = "Lãnh đạo", en = "Leaders" }, it-staff = { vi = "Cán bộ CNTT" }, all = "Mọi người" }
[languages_label]
en = "English (UK)"
[[menu]]
page = "talks"
[[menu]]
page = "talks/phishing"
[theme_options]
z_toc = true
accent = "#0f4c81"
width = 1_000
scale = 1.10
[translation]
fail_on = ["missing-section", "missing-page"]
[editions.trainer]
notes = true
drafts = true
audiences = ["leaders"]
[editions.school]
audiences = "all"
[limits]
page_bytes = 1_000_000
nesting = 64
section_print_pages = 0
"##;

fn lang(tag: &str) -> Lang {
    Lang::new(tag).unwrap()
}

#[test]
fn everything_is_read() {
    let (config, diagnostics) = parse_config(FULL);
    assert_eq!(diagnostics, []);
    let config = config.unwrap();
    assert_eq!(config.languages, [lang("vi"), lang("en")]);
    assert_eq!(config.title[&lang("en")], "Information security handbook");
    assert_eq!(config.base_url.as_deref(), Some("https://handbook.example.edu.vn/"));
    assert_eq!(config.site_id, "attt");
    let ids: Vec<_> = config.audiences.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["leaders", "it-staff", "all"]);
    assert_eq!(config.audience_label("it-staff", &lang("en")), Some("Cán bộ CNTT"));
    assert_eq!(config.languages_label[&lang("en")], "English (UK)");
    let menu: Vec<_> = config.menu.iter().map(|m| (&*m.page, &FULL[m.span.range()])).collect();
    assert_eq!(menu, [("talks", "\"talks\""), ("talks/phishing", "\"talks/phishing\"")]);
    let options: Vec<_> = config.theme_options.iter().map(|o| (&*o.key, &*o.value)).collect();
    let expected =
        [("z_toc", "true"), ("accent", "#0f4c81"), ("width", "1_000"), ("scale", "1.10")];
    assert_eq!(options, expected);
    assert_eq!(config.fail_on, [State::MissingSection, State::MissingPage]);
    assert_eq!(config.editions["public"], Edition::default());
    assert_eq!(config.editions["trainer"].audiences, Some(vec!["leaders".to_owned()]));
    assert!(config.editions["trainer"].notes && config.editions["trainer"].drafts);
    assert_eq!(config.editions["school"].audiences, None);
    assert_eq!((config.limits.page_bytes, config.limits.nesting), (1_000_000, 64));
    assert_eq!(config.limits.section_print_pages, 0);
    assert_eq!(config.limits.image_pixels, Limits::default().image_pixels);
}

#[test]
fn what_is_left_out_has_its_default() {
    let (config, diagnostics) = parse_config(MINIMAL);
    assert_eq!(diagnostics, []);
    let config = config.unwrap();
    assert_eq!(config.title[&lang("en")], "Sổ tay");
    assert_eq!((&*config.site_id, &*config.theme), ("so-tay", "handbook"));
    assert_eq!(config.audiences.len(), 4);
    assert_eq!(config.audience_label("leaders", &lang("vi")), Some("Lãnh đạo"));
    assert!(config.editions.contains_key("public"));
    let khmer = parse_config("title = \"សៀវភៅ\"\nlanguages = [\"km\"]\n").0.unwrap();
    assert_eq!(khmer.site_id, "sotay");
    assert_eq!(khmer.audience_label("leaders", &lang("km")), Some("Leaders"));
}

/// Lines added to a file that is good: what is found, and where, from line 3 on.
#[test]
fn every_mistake_is_placed() {
    let cases: &[(&str, &[&str])] = &[
        ("x = = 1", &["S602 3:5"]),
        ("titel = 1", &["S603 3:1"]),
        ("[limits]\nnestin = 3", &["S603 4:1"]),
        ("[editions.public]\nnote = true", &["S603 4:1"]),
        ("[translation]\nfail = []", &["S603 4:1"]),
        ("[[menu]]\npage = \"a\"\nname = \"b\"", &["S603 5:1"]),
        ("[languages_label]\nfr = \"x\"", &["S603 4:1"]),
        ("base_url = \"example.vn\"", &["S604 3:12"]),
        ("base_url = \"ftp://example.vn\"", &["S604 3:12"]),
        ("base_url = \"https://a.vn/?x\"", &["S604 3:12"]),
        ("base_url = \"https:///x\"", &["S604 3:12"]),
        ("base_url = 3", &["S604 3:12"]),
        ("site_id = \"An Toàn\"", &["S604 3:11"]),
        ("theme = \"../x\"", &["S604 3:9"]),
        ("licence = \" \"", &["S604 3:11"]),
        ("report = \"attt@example.vn\"", &["S604 3:10"]),
        ("report = \"http://example.vn\"", &["S604 3:10"]),
        ("audiences = { Leaders = \"x\" }", &["S604 3:15"]),
        ("audiences = { a = { en = \"x\" } }", &["S605 3:19"]),
        ("audiences = { a = { vi = 1 } }", &["S604 3:26", "S605 3:19"]),
        ("audiences = []", &["S604 3:13"]),
        ("menu = \"talks\"", &["S604 3:8"]),
        ("menu = [1]", &["S604 3:9"]),
        ("[[menu]]", &["S605 3:1"]),
        ("[[menu]]\npage = \"/vi/talks.html\"", &["S604 4:8"]),
        ("[theme_options]\na = [1]\nb = 2024-02-23", &["S604 4:5", "S604 5:5"]),
        (
            "[translation]\nfail_on = [\"current\", \"missing-sectoin\"]",
            &["S604 4:12", "S604 4:23"],
        ),
        ("[editions.\"A b\"]", &["S604 3:11"]),
        ("[editions.x]\nnotes = 1\naudiences = [\"teacher\"]", &["S604 4:9", "S604 5:14"]),
        ("[editions.x]\naudiences = \"none\"", &["S604 4:13"]),
        (
            "[limits]\nnesting = 65\nimage_pixels = -1\npage_bytes = 1.5\nsection_print_pages = -1",
            &["S604 4:11", "S604 5:16", "S604 6:14", "S604 7:23"],
        ),
        ("limits = 3", &["S604 3:10"]),
    ];
    for (lines, expected) in cases {
        let text = format!("{MINIMAL}{lines}\n");
        assert_eq!(found(&text), *expected, "{lines}");
        assert!(parse_config(&text).0.is_some(), "{lines}");
    }
}

#[test]
fn title_and_languages_are_needed() {
    let cases: &[(&str, &[&str], bool)] = &[
        ("", &["S605 1:1", "S605 1:1"], false),
        ("title = \"x\"\nlanguages = []", &["S604 2:13"], false),
        ("title = \"x\"\nlanguages = [\"VI\"]", &["S604 2:14"], false),
        ("title = \"x\"\nlanguages = [\"vi\", \"vi\"]", &["S604 2:20"], true),
        ("title = \"x\"\nlanguages = \"vi\"", &["S604 2:13"], false),
        ("title = { vi = \"x\" }\nlanguages = [\"vi\", \"en\"]", &["S605 1:9"], true),
        ("title = { vi = \"x\", fr = \"y\" }\nlanguages = [\"vi\"]", &["S603 1:21"], true),
        ("title = 3\nlanguages = [\"vi\"]", &["S604 1:9"], false),
    ];
    for (text, expected, usable) in cases {
        assert_eq!(found(text), *expected, "{text}");
        assert_eq!(parse_config(text).0.is_some(), *usable, "{text}");
    }
}

#[test]
fn near_words_are_suggested() {
    let nearest = |lines: &str| parse_config(&format!("{MINIMAL}{lines}")).1[0].nearest.clone();
    assert_eq!(nearest("licens = \"x\"").as_deref(), Some("licence"));
    assert_eq!(nearest("editions.x.audiences = [\"teacher\"]").as_deref(), Some("teachers"));
}

fn found(text: &str) -> Vec<String> {
    let (_, diagnostics) = parse_config(text);
    diagnostics
        .iter()
        .map(|d| {
            let at = line_column(text, d.span.unwrap_or_default().start as usize);
            format!("{} {}:{}", d.code.id(), at.line, at.column)
        })
        .collect()
}

proptest! {
    #[test]
    fn any_text_is_read_soundly(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 1..6)
    ) {
        let mut chars: Vec<char> = FULL.chars().collect();
        for (index, c) in edits {
            let i = index.index(chars.len());
            chars[i] = c;
        }
        let text: String = chars.into_iter().collect();
        for diagnostic in parse_config(&text).1 {
            prop_assert!(text.get(diagnostic.span.unwrap_or_default().range()).is_some());
        }
    }
}
