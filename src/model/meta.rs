//! Front matter: as one file gives it, and as a page has it once its pair is merged.

use crate::base::{DocNumber, Lang, Span};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What a page is, which decides its front matter and its template.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Anything else; sections and the home page always.
    Page,
    /// A talk given at an event.
    Talk,
    /// A guideline for an audience.
    Guideline,
    /// The summary of a legal document.
    Directive,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 4] = [Kind::Talk, Kind::Guideline, Kind::Directive, Kind::Page];

    /// The word front matter uses.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Talk => "talk",
            Kind::Guideline => "guideline",
            Kind::Directive => "directive",
        }
    }

    /// The kind called `id`.
    pub fn from_id(id: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.id() == id)
    }

    /// The kind that a top folder implies.
    pub fn of_folder(folder: &str) -> Kind {
        match folder.split('/').next() {
            Some("talks") => Kind::Talk,
            Some("guidelines") => Kind::Guideline,
            Some("directives") => Kind::Directive,
            _ => Kind::Page,
        }
    }
}

/// The keys of front matter, with the name each is written by, its type, who owns it and
/// which kinds have it.
macro_rules! keys {
    ($($variant:ident $name:literal $ty:ident $owner:ident [$($kind:ident)*];)*) => {
        /// A key of front matter.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum Key { $(#[doc = $name] $variant,)* }

        impl Key {
            /// Every key.
            pub const ALL: &'static [Key] = &[$(Key::$variant),*];

            /// The key as written.
            pub fn name(self) -> &'static str {
                match self { $(Key::$variant => $name,)* }
            }

            /// The type its value must have.
            pub fn value_type(self) -> ValueType {
                match self { $(Key::$variant => ValueType::$ty,)* }
            }

            /// Whether the pair owns it (written once, in the source language) or each language.
            pub fn owner(self) -> Owner {
                match self { $(Key::$variant => Owner::$owner,)* }
            }

            /// The kinds that have it; empty for all.
            pub fn kinds(self) -> &'static [Kind] {
                match self { $(Key::$variant => &[$(Kind::$kind),*],)* }
            }
        }
    };
}

/// The type of a front matter value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueType {
    /// A text.
    Text,
    /// A text or a number, read as text (`level`).
    Word,
    /// A date, YYYY-MM-DD.
    Date,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Bool,
    /// A list of texts; a single text is a list of one.
    List,
    /// A list of people.
    Speakers,
}

/// Who writes a front matter value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// The pair: written in the source language's file and inherited.
    Pair,
    /// Each language's file.
    Language,
}

keys! {
    Title "title" Text Language [];
    Description "description" Text Language [];
    Source "source" Text Language [];
    Updated "updated" Date Language [];
    Kind "kind" Word Pair [];
    Date "date" Date Pair [];
    ReviewBy "review_by" Date Pair [];
    Tags "tags" List Pair [];
    Audience "audience" List Pair [];
    Aliases "aliases" List Pair [];
    Weight "weight" Integer Pair [];
    Draft "draft" Bool Pair [];
    Speakers "speakers" Speakers Language [Talk];
    Event "event" Text Language [Talk];
    Duration "duration" Integer Pair [Talk];
    Level "level" Word Pair [Talk Guideline];
    Attachments "attachments" List Language [Talk];
    Owner "owner" Text Language [Guideline];
    AppliesTo "applies_to" Text Language [Guideline];
    Number "number" Text Pair [Directive];
    Type "type" Word Pair [Directive];
    Issuer "issuer" Text Language [Directive];
    Issued "issued" Date Pair [Directive];
    Effective "effective" Date Pair [Directive];
    Status "status" Word Pair [Directive];
    Replaces "replaces" List Pair [Directive];
    OfficialUrl "official_url" Text Pair [Directive];
}

/// The front matter of one file: each key once, its value of the key's type.
#[derive(Clone, Default, Debug)]
pub struct FrontMatter {
    /// The values given.
    pub fields: BTreeMap<Key, Field>,
    /// Keys that are written, but with a value that was refused: already reported, so nobody
    /// calls them missing as well.
    pub refused: BTreeSet<Key>,
    /// The whole block, delimiters included; empty at the file's start when there is none.
    pub span: Span,
}

/// One value of front matter and where it stands.
#[derive(Clone, Debug)]
pub struct Field {
    /// The value.
    pub value: Value,
    /// Where the key stands.
    pub key_span: Span,
    /// Where the value stands.
    pub span: Span,
}

/// A value of front matter.
#[derive(Clone, Debug)]
pub enum Value {
    /// [`ValueType::Text`] or [`ValueType::Word`].
    Text(String),
    /// [`ValueType::Date`].
    Date(Date),
    /// [`ValueType::Integer`].
    Integer(i64),
    /// [`ValueType::Bool`].
    Bool(bool),
    /// [`ValueType::List`]: each item and where it stands.
    List(Vec<(String, Span)>),
    /// [`ValueType::Speakers`].
    Speakers(Vec<Speaker>),
}

/// A speaker of a talk; at least one part is given.
#[derive(Clone, Default, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Speaker {
    /// Name, as the person writes it. The same in both languages.
    pub name: Option<String>,
    /// Role, in the page's language.
    pub role: Option<String>,
    /// Organisation, in the page's language.
    pub organisation: Option<String>,
}

/// The front matter of one page in one language, merged with its pair's facts and checked.
#[derive(Clone, Debug)]
pub struct Meta {
    /// Title, in the page's language.
    pub title: String,
    /// One or two sentences for cards, search and previews.
    pub description: Option<String>,
    /// Where the text comes from.
    pub source: Option<String>,
    /// When the text last changed in substance.
    pub updated: Option<Date>,
    /// When it was first published or given.
    pub date: Option<Date>,
    /// When somebody should read it again.
    pub review_by: Option<Date>,
    /// Topics.
    pub tags: Vec<String>,
    /// Audience ids of site.toml.
    pub audience: Vec<String>,
    /// Former addresses, without language and extension.
    pub aliases: Vec<String>,
    /// Order within the section, lightest first; without one, after those that have one.
    pub weight: Option<i64>,
    /// Shown only with `--drafts` or in an edition that has drafts.
    pub draft: bool,
    /// What only its kind has.
    pub details: Details,
}

/// What only a page of one kind has.
#[derive(Clone, Debug)]
pub enum Details {
    /// Nothing more.
    Page,
    /// A talk.
    Talk(Talk),
    /// A guideline.
    Guideline(Guideline),
    /// A directive.
    Directive(Directive),
}

impl Details {
    /// The kind these belong to.
    pub fn kind(&self) -> Kind {
        match self {
            Details::Page => Kind::Page,
            Details::Talk(_) => Kind::Talk,
            Details::Guideline(_) => Kind::Guideline,
            Details::Directive(_) => Kind::Directive,
        }
    }
}

/// What only a talk has.
#[derive(Clone, Default, Debug)]
pub struct Talk {
    /// Who gave it.
    pub speakers: Vec<Speaker>,
    /// Where it was given.
    pub event: Option<String>,
    /// Length in minutes.
    pub duration: Option<u32>,
    /// `basic`, `intermediate` or `advanced`.
    pub level: Option<String>,
    /// Files beside the page.
    pub attachments: Vec<(String, Span)>,
}

/// What only a guideline has.
#[derive(Clone, Default, Debug)]
pub struct Guideline {
    /// Security level of the system it is for, 1 to 5.
    pub level: Option<u8>,
    /// Who keeps it up to date.
    pub owner: Option<String>,
    /// What it applies to.
    pub applies_to: Option<String>,
}

/// What only the summary of a legal document has.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Number as printed: `09/CT-TTg`.
    pub number: String,
    /// Number in its comparable form.
    pub doc_number: DocNumber,
    /// Where front matter gives it.
    pub number_span: Span,
    /// `directive`, `official-dispatch`, `decree`, `circular` or `law`.
    pub doc_type: String,
    /// Who issued it. A translation may say it in its own words, else it inherits the source's.
    pub issuer: String,
    /// The language `issuer` is in.
    pub issuer_lang: Lang,
    /// When.
    pub issued: Date,
    /// From when it is in force.
    pub effective: Option<Date>,
    /// `in-force`, `amended`, `replaced` or `expired`.
    pub status: Option<String>,
    /// Numbers of documents that it replaces, as written.
    pub replaces: Vec<(String, Span)>,
    /// The official text.
    pub official_url: Option<String>,
}
