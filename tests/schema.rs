//! The JSON Schemas and the parser say the same: keys, allowed values, what is required, and the
//! judgement of every document of this repository. What a schema cannot know is named here.

mod project;

use boon::{Compiler, SchemaIndex, Schemas};
use project::{cases, files, name};
use serde_json::{Value, json};
use sotay::base::{Lang, RelPath};
use sotay::diag::{Code, Diagnostic, UiLang};
use sotay::model::{Config, Key, Kind, Owner, PageId};
use sotay::parse::config::parse_config;
use sotay::parse::front_matter::parse_front_matter;
use sotay::resolve::meta::{Given, merge};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const SITE: &str = "title = \"Sổ tay\"\nlanguages = [\"vi\", \"en\"]\n";

// What schemas are.

#[test]
fn every_schema_is_valid_and_has_no_mark_left() {
    let (config, _) = parse_config(&format!("{SITE}tags = {{ wifi = \"Wi-Fi\" }}"));
    for lang in [UiLang::Vi, UiLang::En] {
        for config in [None, config.as_ref()] {
            let files = sotay::schema::files(lang, config);
            let names: Vec<_> = files.iter().map(|(name, _)| &**name).collect();
            let all = ["site", "talk", "guideline", "directive", "page"];
            assert_eq!(names, all.map(|name| format!("{name}.schema.json")));
            for (name, text) in &files {
                // Compiling checks it against the meta-schema of draft 7.
                Validator::of(&serde_json::from_str(text).unwrap());
                for mark in ["\"sotay\"", "\"$ref\"", "int64"] {
                    assert!(!text.contains(mark), "{name} has {mark}");
                }
            }
        }
    }
}

#[test]
fn every_key_is_described_in_both_languages() {
    for kind in sotay::schema::NAMES {
        let descriptions = |lang| {
            let mut found = BTreeMap::new();
            describe(&schema(kind, lang, None), kind, &mut found);
            found
        };
        let (vi, en) = (descriptions(UiLang::Vi), descriptions(UiLang::En));
        assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        assert!(vi.len() > 5, "{kind}: {vi:?}");
        for (key, vi) in &vi {
            let en = &en[key];
            assert!(!vi.is_ascii(), "{key} is not in Vietnamese: {vi}");
            assert!(en.is_ascii() && en.ends_with('.'), "{key} is not in English: {en:?}");
        }
    }
}

/// The description of every property, at any depth; words of one language need none.
fn describe(schema: &Value, path: &str, found: &mut BTreeMap<String, String>) {
    for (key, below) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        assert!(!below["vi"].is_string(), "{path} still has both languages");
        if key != "vi" && key != "en" {
            let text = below["description"].as_str().unwrap_or_default();
            found.insert(path.clone(), text.to_owned());
        }
        describe(below, &path, found);
        describe(&below["items"], &path, found);
    }
}

// Keys, allowed values, what is required.

#[test]
fn front_matter_has_the_keys_of_its_kind() {
    for kind in Kind::ALL {
        let belongs = |key: &&Key| key.kinds().is_empty() || key.kinds().contains(&kind);
        let keys: BTreeSet<_> = Key::ALL.iter().filter(belongs).map(|k| k.name()).collect();
        assert_eq!(properties(&schema(kind.id(), UiLang::En, None)), keys, "{}", kind.id());
    }
}

#[test]
fn site_has_the_keys_that_the_parser_knows() {
    let schema = schema("site", UiLang::En, parse_config(SITE).0.as_ref());
    let tables = [
        ("", ""),
        ("[[menu]]", "/properties/menu/items"),
        ("[translation]", "/properties/translation"),
        ("[editions.public]", "/properties/editions/properties/public"),
        ("[limits]", "/properties/limits"),
    ];
    for (table, pointer) in tables {
        let (_, found) = parse_config(&format!("{SITE}{table}\nunheard-of = 1\n"));
        let unknown = found.iter().find(|d| d.code == Code::UnknownSiteKey).unwrap();
        let known = words(&unknown.args["allowed"]);
        let there = properties(schema.pointer(pointer).unwrap());
        assert_eq!(there, known.iter().map(|k| &**k).collect(), "{table}");
    }
    let required: Vec<_> = missing_site_keys("").iter().map(|key| json!(key)).collect();
    assert_eq!(schema["required"], json!(required));
    assert_eq!(schema.pointer("/properties/menu/items/required"), Some(&json!(["page"])));
    assert_eq!(missing_site_keys(&format!("{SITE}[[menu]]\n")), ["menu.page"]);
}

fn missing_site_keys(text: &str) -> Vec<String> {
    let found = parse_config(text).1.into_iter();
    let missing = found.filter(|d| d.code == Code::MissingSiteKey);
    missing.map(|d| d.args["key"].clone()).collect()
}

#[test]
fn allowed_values_are_the_parsers() {
    let cases = [
        ("page", "kind"),
        ("talk", "level"),
        ("guideline", "level"),
        ("directive", "type"),
        ("directive", "status"),
    ];
    for (kind, key) in cases {
        let kind = Kind::from_id(kind).unwrap();
        let found = judge(kind, &format!("{}\n{key}: unheard-of", without(kind, key)));
        let known =
            words(&found.iter().find(|d| d.code == Code::UnknownValue).unwrap().args["allowed"]);
        let schema = schema(kind.id(), UiLang::En, None);
        let offered = schema["properties"][key]["enum"].as_array().unwrap().iter();
        let offered: BTreeSet<String> =
            offered.filter_map(Value::as_str).map(str::to_owned).collect();
        assert_eq!(offered, known.into_iter().collect(), "{} {key}", kind.id());
    }
    let (_, found) = parse_config(&format!("{SITE}[translation]\nfail_on = [\"x\"]"));
    let schema = schema("site", UiLang::En, None);
    let states = schema.pointer("/properties/translation/properties/fail_on/items/enum").unwrap();
    for state in states.as_array().unwrap() {
        assert!(found[0].args["problem_en"].contains(&format!("`{}`", state.as_str().unwrap())));
    }
    assert_eq!(words(&found[0].args["problem_en"]).len(), states.as_array().unwrap().len() + 1);
}

#[test]
fn limits_are_the_parsers() {
    let schema = schema("site", UiLang::En, None);
    let limits = schema.pointer("/properties/limits/properties").unwrap().as_object().unwrap();
    for (key, limit) in limits {
        let low = limit["minimum"].as_i64().unwrap();
        let high = limit["maximum"].as_i64().unwrap();
        let accepted = |n: i64| parse_config(&format!("{SITE}[limits]\n{key} = {n}")).1.is_empty();
        assert!(accepted(low) && accepted(high), "{key}");
        assert!(!accepted(low - 1) && !accepted(high + 1), "{key}");
    }
}

#[test]
fn descriptions_say_what_the_source_language_owes() {
    for kind in Kind::ALL {
        let missing = judge(kind, "");
        let missing: BTreeSet<_> = missing
            .iter()
            .filter(|d| d.code == Code::MissingField)
            .map(|d| &*d.args["key"])
            .collect();
        let schema = schema(kind.id(), UiLang::En, None);
        assert_eq!(schema["required"], json!(["title"]));
        let told: BTreeSet<_> = properties(&schema)
            .into_iter()
            .filter(|key| {
                schema["properties"][key]["description"].as_str().unwrap().contains("Required in")
            })
            .collect();
        assert_eq!(told, missing, "{}", kind.id());
        for key in Key::ALL.iter().filter(|key| properties(&schema).contains(key.name())) {
            let text = schema["properties"][key.name()]["description"].as_str().unwrap();
            let inherited = text.contains("translations inherit it");
            assert_eq!(inherited, key.owner() == Owner::Pair, "{}: {text}", key.name());
        }
    }
}

// Documents.

/// Values that are tried for every key, each with sotay and with the schema. Numbers of documents
/// follow rules that no pattern holds.
const VALUES: &[&str] = &[
    "chữ",
    "\"chữ\"",
    "12",
    "-3",
    "1.5",
    "true",
    "\"true\"",
    "~",
    "",
    "2024-02-23",
    "20240223",
    "2024-2-23",
    "23/02/2024",
    "2023-02-29",
    "2024-13-01",
    "[a, b]",
    "[1, true, ~]",
    "[]",
    "[[a]]",
    "[{a: b}]",
    "{a: b}",
    "leaders",
    "leaders, teachers",
    "leaders teachers",
    "[leaders, teachers]",
    "[leaders, nobody]",
    "[leaders, 3]",
    "basic",
    "expert",
    "\"3\"",
    "6",
    "0",
    "in-force",
    "decree",
    "https://a.vn/x",
    "www.a.vn",
    "https://",
    "[{name: A, role: B}]",
    "[{name: A}, ~]",
    "[{name: A, mail: B}]",
    "[{name: [A]}]",
    "[{}]",
    "{name: A}",
];

#[test]
fn every_value_is_judged_as_sotay_judges_it() {
    let (config, _) = parse_config(SITE);
    let mut differences = Vec::new();
    for kind in Kind::ALL {
        let validator = Validator::of(&schema(kind.id(), UiLang::Vi, config.as_ref()));
        for key in Key::ALL.iter().filter(|key| **key != Key::Kind) {
            let belongs = key.kinds().is_empty() || key.kinds().contains(&kind);
            let key = key.name();
            // A key of another kind that has no value is overlooked.
            for value in VALUES.iter().filter(|v| belongs || !matches!(**v, "" | "~" | "[]")) {
                let yaml = format!("{}\n{key}: {value}", without(kind, key));
                let found = judge(kind, &yaml);
                let mistakes: Vec<_> = found
                    .iter()
                    .filter(|d| d.code != Code::BadDocNumber)
                    .map(|d| d.code.id())
                    .collect();
                let refusal = validator.refusal(&yaml_to_json(&yaml));
                if refusal.is_some() == mistakes.is_empty() {
                    differences.push(format!("{yaml}\nsotay: {mistakes:?}\nschema: {refusal:?}"));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

/// Lines added to a site.toml that is good.
const SITE_LINES: &[&str] = &[
    "",
    "titel = 1",
    "base_url = \"https://handbook.example.edu.vn/a/\"",
    "base_url = \"http://đào-tạo.vn\"",
    "base_url = \"example.vn\"",
    "base_url = \"ftp://example.vn\"",
    "base_url = \"https://a.vn/?x\"",
    "base_url = \"https:///x\"",
    "base_url = 3",
    "site_id = \"attt-2\"",
    "site_id = \"An Toàn\"",
    "site_id = \"-a\"",
    "theme = \"../x\"",
    "licence = \"CC-BY-4.0\"",
    "licence = \" \"",
    "report = \"mailto:a@b.vn\"",
    "report = \"attt@example.vn\"",
    "report = \"https://a.vn/x?y\"",
    "report = \"http://example.vn\"",
    "audiences = { it-staff = { vi = \"x\", en = \"y\" }, b = \"z\" }",
    "audiences = { Leaders = \"x\" }",
    "audiences = { a = { vi = 1, en = \"y\" } }",
    "audiences = []",
    "tags = { wifi = \"x\", vpn = { en = \"y\" } }",
    "tags = { \"Wi-Fi\" = \"x\" }",
    "menu = \"talks\"",
    "menu = [1]",
    "menu = []",
    "[[menu]]",
    "[[menu]]\npage = \"talks/phishing\"",
    "[[menu]]\npage = \"/vi/talks.html\"",
    "[[menu]]\npage = \"talks\"\nname = \"x\"",
    "[languages_label]\nen = \"English (UK)\"",
    "[theme_options]\na = true\nb = 1.5\nc = \"x\"",
    "[theme_options]\na = [1]",
    "[translation]\nfail_on = [\"missing-section\", \"missing-page\"]",
    "[translation]\nfail_on = [\"current\"]",
    "[translation]\nfail = []",
    "[editions.trainer]\nnotes = true\ndrafts = true\naudiences = [\"teachers\"]",
    "[editions.x]\naudiences = \"all\"",
    "[editions.x]\naudiences = \"none\"",
    "[editions.x]\nnotes = 1",
    "[editions.x]\nnote = true",
    "[editions.\"A b\"]",
    "[limits]\nnesting = 64\nsection_print_pages = 0",
    "[limits]\nnesting = 65",
    "[limits]\npage_bytes = 1.5",
    "limits = 3",
];

const TITLES: &[&str] = &[
    SITE,
    "title = { vi = \"x\", en = \"y\" }\nlanguages = [\"vi\", \"en\"]\n",
    "title = { vi = \"x\" }\nlanguages = [\"vi\", \"en\"]\n",
    "title = { vi = \"x\" }\nlanguages = [\"vi\"]\n",
    "title = \"x\"\n",
    "languages = [\"vi\"]\n",
    "title = \"\"\nlanguages = [\"vi\"]\n",
    "title = \"x\"\nlanguages = []\n",
    "title = \"x\"\nlanguages = [\"VI\"]\n",
    "title = \"x\"\nlanguages = [\"vi\", \"vi\"]\n",
    "title = \"x\"\nlanguages = \"vi\"\n",
    "title = 3\nlanguages = [\"vi\"]\n",
];

#[test]
fn every_site_is_judged_as_sotay_judges_it() {
    let (config, _) = parse_config(SITE);
    let with_site = Validator::of(&schema("site", UiLang::Vi, config.as_ref()));
    let without_site = Validator::of(&schema("site", UiLang::Vi, None));
    let lines = SITE_LINES.iter().map(|lines| format!("{SITE}{lines}\n"));
    for text in lines.chain(TITLES.iter().map(|text| text.to_string())) {
        let (_, found) = parse_config(&text);
        for validator in [&with_site, &without_site] {
            assert_eq!(
                validator.accepts(&toml_to_json(&text)),
                found.is_empty(),
                "{text}\n{found:?}"
            );
        }
    }
}

#[test]
fn handbooks_that_build_are_accepted() {
    let golden = cases("tests/golden").into_iter().map(|case| case.join("input"));
    let golden = golden.filter(|input| input.join("site.toml").is_file());
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut pages = 0;
    for handbook in golden.chain([root]) {
        let text = std::fs::read_to_string(handbook.join("site.toml")).unwrap();
        let (config, _) = parse_config(&text);
        let site = Validator::of(&schema("site", UiLang::En, config.as_ref()));
        assert_eq!(site.refusal(&toml_to_json(&text)), None, "{}", handbook.display());
        let validators = Validators::of(config.as_ref());
        let documents = documents(&handbook.join("content"));
        for (file, document) in &documents {
            for schema in validators.that_editors_use(file, &documents) {
                assert_eq!(schema.refusal(document), None, "{}: {file}", handbook.display());
            }
            pages += 1;
        }
    }
    assert!(pages > 60, "only {pages} pages were found");
}

#[test]
fn mistakes_in_front_matter_are_refused() {
    let base = std::fs::read_to_string("tests/diagnostics/base/site.toml").unwrap();
    let (config, _) = parse_config(&base);
    let validators = Validators::of(config.as_ref());
    let mut tried = 0;
    for case in cases("tests/diagnostics") {
        if !["S103", "S104", "S105", "S106", "S107", "S114", "S407"].contains(&&name(&case)[..4]) {
            continue;
        }
        let documents = documents(&case.join("input/content"));
        let refused = documents.iter().any(|(file, document)| {
            validators.that_editors_use(file, &documents).iter().any(|v| !v.accepts(document))
        });
        assert!(refused, "{} is accepted", name(&case));
        tried += 1;
    }
    assert!(tried >= 7);
}

#[test]
fn mistakes_in_site_toml_are_refused() {
    let mut tried = 0;
    for case in cases("tests/diagnostics") {
        if !["S603", "S604", "S605"].contains(&&name(&case)[..4]) {
            continue;
        }
        let text = std::fs::read_to_string(case.join("input/site.toml")).unwrap();
        let (config, found) = parse_config(&text);
        // What is no TOML at all is not for a schema to say.
        let broken = found.iter().filter(|d| d.code == Code::BadToml);
        let broken: Vec<usize> = broken.map(|d| d.span.unwrap().start as usize).collect();
        let mut at = 0;
        let readable = text.split_inclusive('\n').filter(|line| {
            let span = at..at + line.len();
            at += line.len();
            !broken.iter().any(|place| span.contains(place))
        });
        let readable: String = readable.collect();
        let schema = Validator::of(&schema("site", UiLang::En, config.as_ref()));
        assert!(!schema.accepts(&toml_to_json(&readable)), "{} is accepted", name(&case));
        tried += 1;
    }
    assert!(tried >= 4);
}

#[test]
fn what_the_handbook_defines_is_offered() {
    let text = "title = { vi = \"x\", km = \"y\" }\nlanguages = [\"vi\", \"km\"]\n\
                audiences = { pupils = { vi = \"Học sinh\", km = \"z\" } }\n\
                tags = { wifi = \"Wi-Fi\" }\n[editions.exam]\n";
    let config = parse_config(text).0;
    let talk = schema("talk", UiLang::Vi, config.as_ref());
    let audience = &talk["properties"]["audience"];
    assert_eq!(audience["items"]["enum"], json!(["pupils", null]));
    assert!(audience["description"].as_str().unwrap().contains("`pupils` (Học sinh)"));
    let tags = &talk["properties"]["tags"]["items"]["anyOf"];
    assert_eq!(tags[0]["enum"], json!(["wifi"]));
    let site = schema("site", UiLang::Vi, config.as_ref());
    assert_eq!(properties(&site["properties"]["title"]), ["km", "vi"].into());
    assert_eq!(properties(&site["properties"]["editions"]), ["exam", "public"].into());
}

#[test]
fn the_page_about_editors_names_the_files_that_are_written() {
    for page in ["docs/editor-setup.md", "docs/editor-setup.vi.md"] {
        let text = std::fs::read_to_string(page).unwrap();
        for (name, _) in sotay::schema::files(UiLang::En, None) {
            let path = format!("{}/{name}", sotay::schema::FOLDER);
            assert!(text.contains(&path), "{page} does not name {path}");
        }
    }
}

// How they are read here.

/// A compiled schema. Formats are asserted, as the tools of editors do.
struct Validator {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Validator {
    fn of(schema: &Value) -> Validator {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.enable_format_assertions();
        compiler.add_resource("urn:sotay", schema.clone()).unwrap();
        let index = compiler.compile("urn:sotay", &mut schemas).unwrap();
        Validator { schemas, index }
    }

    fn accepts(&self, document: &Value) -> bool {
        self.refusal(document).is_none()
    }

    fn refusal(&self, document: &Value) -> Option<String> {
        self.schemas.validate(document, self.index).err().map(|error| error.to_string())
    }
}

/// The schemas of all kinds.
struct Validators(Vec<(Kind, Validator)>);

impl Validators {
    fn of(config: Option<&Config>) -> Validators {
        let of = |kind: Kind| (kind, Validator::of(&schema(kind.id(), UiLang::En, config)));
        Validators(Kind::ALL.map(of).into())
    }

    /// The schema of the page's kind, which the other language's file may say; for a page that
    /// stands for its folder also that of the folder, where editors are told that talks lie.
    fn that_editors_use(&self, file: &str, documents: &Documents) -> Vec<&Validator> {
        let address = |file: &str| file.split('.').next().unwrap_or_default().to_owned();
        let pair = documents.iter().filter(|(other, _)| address(other) == address(file));
        let mut written =
            pair.filter_map(|(_, document)| Kind::from_id(document["kind"].as_str()?));
        let kind = written.next().unwrap_or(Kind::of_folder(file));
        let is_index = address(file).ends_with("index");
        let folder = if is_index { Kind::of_folder(file) } else { kind };
        let used = self.0.iter().filter(|(k, _)| *k == kind || *k == folder);
        used.map(|(_, validator)| validator).collect()
    }
}

/// The front matter of every page, by its path below `content`.
type Documents = BTreeMap<String, Value>;

fn schema(name: &str, lang: UiLang, config: Option<&Config>) -> Value {
    serde_json::from_str(&sotay::schema::schema(name, lang, config).unwrap()).unwrap()
}

fn properties(schema: &Value) -> BTreeSet<&str> {
    schema["properties"].as_object().unwrap().keys().map(String::as_str).collect()
}

/// The words in backquotes.
fn words(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What sotay says of a page of `kind` that has this front matter, alone and in one language.
fn judge(kind: Kind, yaml: &str) -> Vec<Diagnostic> {
    let folder = match kind {
        Kind::Page => "about",
        Kind::Talk => "talks",
        Kind::Guideline => "guidelines",
        Kind::Directive => "directives",
    };
    let source = RelPath::new(format!("content/{folder}/a.vi.md"));
    let (front, _, mut found) = parse_front_matter(&source, &format!("---\n{yaml}\n---\n"));
    let (config, lang) = (parse_config(SITE).0.unwrap(), Lang::new("vi").unwrap());
    let given = [Given { lang: &lang, source: &source, front: &front }];
    found.extend(merge(&config, &PageId::new(format!("{folder}/a")), false, &given).2);
    found
}

/// Good front matter of `kind` without `key`.
fn without(kind: Kind, key: &str) -> String {
    let lines: &[&str] = match kind {
        Kind::Page | Kind::Talk => &["title: x"],
        Kind::Guideline => &["title: x", "audience: [leaders]"],
        Kind::Directive => {
            &["title: x", "number: 09/CT-TTg", "type: directive", "issuer: x", "issued: 2024-02-23"]
        }
    };
    let others = lines.iter().filter(|line| !line.starts_with(&format!("{key}:")));
    others.copied().collect::<Vec<_>>().join("\n")
}

fn documents(content: &Path) -> Documents {
    let pages = files(content).into_iter().filter(|(path, _)| path.ends_with(".md"));
    let read = pages.filter_map(|(path, bytes)| {
        let text = String::from_utf8(bytes).ok()?.replace("\r\n", "\n");
        let text = text.trim_start_matches('\u{feff}').strip_prefix("---\n")?.to_owned();
        let yaml = text.split_once("---\n").or_else(|| text.split_once("---"))?.0.to_owned();
        Some((path, yaml_to_json(&yaml)))
    });
    read.collect()
}

fn yaml_to_json(yaml: &str) -> Value {
    match serde_yaml::from_str(yaml).unwrap_or_else(|e| panic!("{e}\n{yaml}")) {
        // An empty block is a mapping without keys.
        Value::Null => json!({}),
        value => value,
    }
}

fn toml_to_json(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}
