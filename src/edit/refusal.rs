//! What is said to the person who asked for a change: sentences in both languages.

use crate::diag::{Diagnostic, UiLang};
use crate::model::Snapshot;

/// A sentence in Vietnamese and English.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    vi: String,
    en: String,
}

impl Sentence {
    /// The same said in both languages.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Sentence {
        Sentence { vi: vi.into(), en: en.into() }
    }

    /// The sentence in one language.
    pub fn text(&self, lang: UiLang) -> &str {
        match lang {
            UiLang::Vi => &self.vi,
            UiLang::En => &self.en,
        }
    }
}

/// Why a change is not made.
#[derive(Debug)]
pub struct Refusal {
    /// Why.
    pub sentence: Sentence,
    /// What is wrong with the content, where that is the reason, and the files that it speaks
    /// of.
    pub content: Option<Box<(Vec<Diagnostic>, Snapshot)>>,
}

impl Refusal {
    /// A change that cannot be made as it was asked for.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Refusal {
        Refusal { sentence: Sentence::new(vi, en), content: None }
    }

    /// A change that the content stands against.
    pub fn because(self, diagnostics: Vec<Diagnostic>, snapshot: &Snapshot) -> Refusal {
        Refusal { content: Some(Box::new((diagnostics, snapshot.clone()))), ..self }
    }
}
