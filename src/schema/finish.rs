//! What the shapes leave open: the language of descriptions, and what a handbook defines itself.

use super::values::SLUG;
use crate::diag::UiLang;
use crate::model::{Config, Key, Owner};
use schemars::Schema;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::{Map, Value, json};

/// Finishes a schema of front matter.
pub fn front_matter(mut schema: Schema, lang: UiLang, config: Option<&Config>) -> Schema {
    let required = strings(schema.remove("required"));
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, property) in properties {
            tell_owner(property, name, required.contains(name));
        }
    }
    // Every file of a pair is checked by itself; its facts may stand in the other.
    schema.insert("required".to_owned(), json!([Key::Title.name()]));
    finish(schema, lang, config)
}

/// Finishes the schema of site.toml.
pub fn site(mut schema: Schema, lang: UiLang, config: Option<&Config>) -> Schema {
    // TOML has no null.
    RecursiveTransform(without_null).transform(&mut schema);
    let languages = languages(config);
    schema.insert("allOf".to_owned(), languages.iter().map(|l| title_in(l)).collect());
    if let Some(editions) = config.map(|config| config.editions.keys()) {
        offer_editions(&mut schema, editions.cloned().collect());
    }
    finish(schema, lang, config)
}

/// Appends to a description whose fact it is, and where it has to be written.
fn tell_owner(property: &mut Value, name: &str, required: bool) {
    let Some(key) = Key::ALL.iter().find(|key| key.name() == name) else { return };
    let (vi, en) = match (key, key.owner(), required) {
        // Its own description says it.
        (Key::Title, ..) | (_, Owner::Language, false) => return,
        (_, Owner::Pair, true) => (
            "Bắt buộc ở bản nguồn; bản dịch dùng theo.",
            "Required in the source language; translations inherit it.",
        ),
        (_, Owner::Language, true) => (
            "Bắt buộc ở bản nguồn; bản dịch có thể viết lại theo ngôn ngữ của mình.",
            "Required in the source language; a translation may say it in its own words.",
        ),
        (_, Owner::Pair, false) => (
            "Chỉ viết ở bản nguồn; bản dịch dùng theo.",
            "Written in the source language; translations inherit it.",
        ),
    };
    for (text, sentence) in [("vi", vi), ("description", en)] {
        if let Some(Value::String(text)) = property.get_mut(text) {
            text.push(' ');
            text.push_str(sentence);
        }
    }
}

/// That the title is written in `language` where it is written by language, and the language is
/// one of the site's. Languages that are added later are not asked for, those taken away neither.
fn title_in(language: &str) -> Value {
    json!({
        "if": {
            "required": ["title", "languages"],
            "properties": {
                "title": { "type": "object" },
                "languages": { "type": "array", "contains": { "const": language } },
            },
        },
        "then": { "properties": { "title": { "required": [language] } } },
    })
}

fn offer_editions(schema: &mut Schema, names: Vec<String>) {
    let editions = schema.pointer_mut("/properties/editions");
    let Some(editions) = editions.and_then(Value::as_object_mut) else { return };
    let Some(edition) = editions.get("patternProperties").and_then(|p| p.get(SLUG)).cloned() else {
        return;
    };
    let offered: Map<_, _> = names.into_iter().map(|name| (name, edition.clone())).collect();
    editions.insert("properties".to_owned(), offered.into());
}

fn finish(mut schema: Schema, lang: UiLang, config: Option<&Config>) -> Schema {
    RecursiveTransform(|schema: &mut Schema| speak(schema, lang)).transform(&mut schema);
    RecursiveTransform(|schema: &mut Schema| fill_in(schema, lang, config)).transform(&mut schema);
    let made = match lang {
        UiLang::Vi => "Do `sotay schema` tạo ra. Sửa site.toml xong thì chạy lại lệnh này.",
        UiLang::En => "Made by `sotay schema`. Run it again after changing site.toml.",
    };
    schema.insert("$comment".to_owned(), made.into());
    schema
}

/// Keeps the description in `lang` alone, and takes away what is Rust's and not JSON's.
fn speak(schema: &mut Schema, lang: UiLang) {
    let vietnamese = schema.remove("vi");
    if let (UiLang::Vi, Some(text)) = (lang, vietnamese) {
        schema.insert("description".to_owned(), text);
    }
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace('\n', " ");
    }
    schema.remove("title");
    if schema.get("format").is_some_and(|format| format != "date") {
        schema.remove("format");
    }
}

/// Puts what the handbook defines in the place of the mark `sotay`.
fn fill_in(schema: &mut Schema, lang: UiLang, config: Option<&Config>) {
    let Some(Value::String(mark)) = schema.remove("sotay") else { return };
    match &*mark {
        "audiences" => audiences(schema, lang, config),
        // Another audience may have been added to the same file a moment ago.
        "audience" => offer(schema, audience_ids(config)),
        "tag" => offer(schema, config.iter().flat_map(|c| c.tags.keys().map(|t| &**t)).collect()),
        "languages" => {
            let text = json!({ "type": "string", "pattern": "\\S" });
            let texts: Map<_, _> =
                languages(config).into_iter().map(|language| (language, text.clone())).collect();
            schema.insert("properties".to_owned(), texts.into());
        }
        _ => {}
    }
}

/// The audiences of front matter: those of site.toml and no others.
fn audiences(schema: &mut Schema, lang: UiLang, config: Option<&Config>) {
    let ids = audience_ids(config);
    if ids.is_empty() {
        let id = json!({ "type": ["string", "null"], "pattern": SLUG });
        schema.insert("items".to_owned(), id);
        return;
    }
    let words = ids.join("|");
    schema.insert("pattern".to_owned(), format!("^({words})(\\s*,\\s*({words}))*$").into());
    let allowed: Vec<Value> = ids.iter().map(|id| json!(id)).chain([Value::Null]).collect();
    schema.insert("items".to_owned(), json!({ "enum": allowed }));
    let labels: Vec<String> = config
        .iter()
        .flat_map(|config| &config.audiences)
        .filter_map(|(id, labels)| {
            let label = labels.iter().find(|(language, _)| language.as_str() == word(lang));
            let label = label.or_else(|| labels.iter().next()).map(|(_, label)| label)?;
            Some(format!("`{id}` ({label})"))
        })
        .collect();
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = format!("{text} {}.", labels.join(", "));
    }
}

/// Offers `known` words beside whatever else the schema allows.
fn offer(schema: &mut Schema, known: Vec<&str>) {
    if known.is_empty() {
        return;
    }
    let any = std::mem::take(schema);
    schema.insert("anyOf".to_owned(), json!([{ "enum": known }, any]));
}

fn audience_ids(config: Option<&Config>) -> Vec<&str> {
    config.iter().flat_map(|config| &config.audiences).map(|(id, _)| &**id).collect()
}

/// The site's languages; those of most handbooks where there is no site.
fn languages(config: Option<&Config>) -> Vec<String> {
    match config {
        Some(config) => config.languages.iter().map(ToString::to_string).collect(),
        None => vec!["vi".to_owned(), "en".to_owned()],
    }
}

fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
}

fn strings(value: Option<Value>) -> Vec<String> {
    let values = value.as_ref().and_then(Value::as_array);
    let texts = values.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

fn word(lang: UiLang) -> &'static str {
    match lang {
        UiLang::Vi => "vi",
        UiLang::En => "en",
    }
}
