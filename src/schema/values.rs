//! The types of single values. Each accepts what the parser accepts for it, and marks with
//! `sotay` what the handbook itself has to fill in.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A word of plain letters, digits and hyphens, as site.toml wants its ids.
pub const SLUG: &str = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";
/// A language tag, as [`crate::base::Lang::new`] takes it.
pub const LANGUAGE: &str = "^[a-z]{2,3}(-[a-z0-9]{1,8})*$";

/// Types of values, each with its schema.
macro_rules! values {
    ($(#[doc = $doc:literal] $name:ident $schema:tt)*) => {$(
        #[doc = $doc]
        pub struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

// Front matter. To YAML `2024` is a number and `true` a truth value; where sotay wants a text
// it reads both as they are written.
values! {
    /// A text.
    Text { "type": ["string", "number", "boolean"] }
    /// A text that may not be empty.
    FilledText { "type": ["string", "number", "boolean"], "pattern": "\\S" }
    /// A date, year-month-day.
    Date {
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
    }
    /// A whole number.
    Whole { "type": "integer" }
    /// A number of minutes.
    Minutes { "type": "integer", "minimum": 1, "maximum": u32::MAX }
    /// A list of texts. One text is a list of one, or of several parted by commas.
    List {
        "type": ["array", "string", "number", "boolean"],
        "items": { "type": ["string", "number", "boolean", "null"] }
    }
    /// A list of topics.
    Tags {
        "type": ["array", "string", "number", "boolean"],
        "items": { "sotay": "tag", "type": ["string", "number", "boolean", "null"] }
    }
    /// A list of audiences.
    Audiences { "sotay": "audiences", "type": ["array", "string"] }
    /// A web address.
    WebAddress { "type": "string", "pattern": "^https?://[^\\s/?#.:@-]\\S*$" }
    /// What kind a page is of.
    Kind { "enum": ["talk", "guideline", "directive", "page"] }
    /// How much a talk presupposes.
    TalkLevel { "enum": ["basic", "intermediate", "advanced"] }
    /// The security level of an information system.
    SystemLevel { "enum": [1, 2, 3, 4, 5, "1", "2", "3", "4", "5"] }
    /// What kind of document a directive is.
    DirectiveType { "enum": ["directive", "official-dispatch", "decree", "circular", "law"] }
    /// Whether a directive is in force.
    Status { "enum": ["in-force", "amended", "replaced", "expired"] }
}

// site.toml.
values! {
    /// A text.
    SiteText { "type": "string", "pattern": "\\S" }
    /// A text for all languages, or one for each.
    Localised {
        "sotay": "languages",
        "type": ["string", "object"],
        "pattern": "\\S",
        "patternProperties": { LANGUAGE: { "type": "string", "pattern": "\\S" } },
        "additionalProperties": false
    }
    /// The languages of the content.
    Languages {
        "type": "array",
        "items": { "type": "string", "pattern": LANGUAGE },
        "minItems": 1,
        "uniqueItems": true
    }
    /// A word of plain letters, digits and hyphens.
    Slug { "type": "string", "pattern": SLUG }
    /// A page's address, without language and extension.
    Address {
        "type": "string",
        "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?(/[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$"
    }
    /// Where the site is hosted.
    BaseUrl {
        "type": "string",
        "pattern": "^\\s*https?://[^\\s/?#.:@\"'<>\\\\`-][^\\s?#\"'<>\\\\`]*\\s*$"
    }
    /// Where readers report a mistake.
    Report {
        "type": "string",
        "pattern": "^\\s*(mailto:[^\\s@]+@\\S+|https://[^\\s/?#.:@\"'<>\\\\`-][^\\s\"'<>\\\\`]*)\\s*$"
    }
    /// The value of a theme's option.
    ThemeOption { "type": ["string", "number", "boolean"] }
    /// A state of translations.lock that may fail a build.
    State {
        "enum": [
            "source-changed", "missing-section", "extra-section", "unreviewed", "missing-page"
        ]
    }
    /// `all`, or a list of audiences.
    EditionAudiences {
        "type": ["string", "array"],
        "pattern": "^all$",
        "items": { "sotay": "audience", "type": "string" }
    }
}
