//! The terms of a handbook, each in all its languages.

use super::Localised;
use crate::base::{Lang, Span};
use std::collections::BTreeMap;

/// `content/glossary.yaml`: terms in the order of the file.
#[derive(Clone, Default, Debug)]
pub struct Glossary {
    /// Its terms.
    pub terms: Vec<GlossaryTerm>,
}

impl Glossary {
    /// Where the glossary stands in the project.
    pub const FILE: &'static str = "content/glossary.yaml";
}

/// One term.
#[derive(Clone, Debug)]
pub struct GlossaryTerm {
    /// Its id on the glossary's pages: a slug.
    pub id: String,
    /// Where its entry begins.
    pub span: Span,
    /// What it is called and means in each language that has it.
    pub words: BTreeMap<Lang, TermWords>,
    /// Where it is officially fixed, by language.
    pub source: Localised,
}

/// A term in one language.
#[derive(Clone, Debug)]
pub struct TermWords {
    /// The preferred words.
    pub term: Phrase,
    /// What it means.
    pub definition: String,
    /// Other words that say the same as well.
    pub variants: Vec<Phrase>,
    /// Words that must not be used for it.
    pub forbidden: Vec<Phrase>,
}

impl TermWords {
    /// The preferred words and those that are as good.
    pub fn approved(&self) -> impl Iterator<Item = &Phrase> {
        std::iter::once(&self.term).chain(&self.variants)
    }
}

/// Some words and where the glossary gives them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phrase {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}
