//! JSON Schemas for site.toml and the front matter of each kind of page, with which editors
//! complete, explain and check what is being written.
//!
//! The parser reads by hand, for the sake of its messages. The types here have only the shape of
//! what it reads; tests hold the two together. Each accepts whatever sotay accepts: a red line
//! under what is right teaches people to overlook red lines.
//!
//! There is one schema for each kind, not one for source files and one for translations. Which
//! file of a pair is the source, and whether a page stands for its folder, is not for its name
//! alone to say. So a schema requires what every file needs, a title; what the source language's
//! file needs as well, its description says, and sotay reports it where it is missing.

mod finish;
mod front_matter;
mod site;
mod values;

use crate::diag::UiLang;
use crate::model::{Config, Kind};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

/// What schemas are about: `site` for site.toml, else the kind of page.
pub const NAMES: [&str; 5] = ["site", "talk", "guideline", "directive", "page"];

/// Where a handbook keeps its schemas, below its own folder.
pub const FOLDER: &str = ".vscode/sotay";

/// The schema called `name`, if there is one: descriptions in `lang`, and what the handbook
/// itself defines (audiences, topics, languages, editions) from its `config`.
pub fn schema(name: &str, lang: UiLang, config: Option<&Config>) -> Option<String> {
    let shape = match name {
        "site" => shape::<site::Site>(),
        _ => match Kind::from_id(name)? {
            Kind::Page => shape::<front_matter::Page>(),
            Kind::Talk => shape::<front_matter::Talk>(),
            Kind::Guideline => shape::<front_matter::Guideline>(),
            Kind::Directive => shape::<front_matter::Directive>(),
        },
    };
    let mut schema = match name {
        "site" => finish::site(shape, lang, config),
        _ => finish::front_matter(shape, lang, config),
    };
    schema.insert("title".to_owned(), format!("sotay: {name}").into());
    // The alternate form of JSON is indented, for people who read it and for git.
    Some(format!("{:#}\n", schema.as_value()))
}

/// The file name that the schema called `name` has by convention.
pub fn file_name(name: &str) -> String {
    format!("{name}.schema.json")
}

/// Every schema with its file name, as they belong into one folder.
pub fn files(lang: UiLang, config: Option<&Config>) -> Vec<(String, String)> {
    let schemas = NAMES.iter().map(|name| Some((file_name(name), schema(name, lang, config)?)));
    schemas.flatten().collect()
}

/// Draft 7 without references: what every editor's tools understand.
fn shape<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>()
}
