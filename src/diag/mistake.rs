//! What is wrong at one place of a file whose syntax is broken, for a code whose text has
//! `{problem_vi}` and `{problem_en}`.

use super::Diagnostic;
use std::borrow::Cow;
use std::ops::Range;

type Words = Cow<'static, str>;

/// A place, what is wrong there in Vietnamese and English, and what to type instead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// Its bytes in the text.
    pub at: Range<usize>,
    vi: Words,
    en: Words,
    help: Option<(String, String)>,
}

impl Mistake {
    /// A mistake whose help is its code's.
    pub fn new(at: Range<usize>, vi: impl Into<Words>, en: impl Into<Words>) -> Mistake {
        Mistake { at, vi: vi.into(), en: en.into(), help: None }
    }

    /// The help is to write `line`.
    pub fn write(self, line: &str) -> Mistake {
        self.help(format!("viết `{line}`"), format!("write `{line}`"))
    }

    /// The help in Vietnamese and English.
    pub fn help(self, vi: impl Into<String>, en: impl Into<String>) -> Mistake {
        Mistake { help: Some((vi.into(), en.into())), ..self }
    }

    /// `diagnostic` with the place and what is said of it.
    pub fn describe(self, diagnostic: Diagnostic) -> Diagnostic {
        let diagnostic =
            diagnostic.at(self.at.into()).with("problem_vi", self.vi).with("problem_en", self.en);
        match self.help {
            Some((vi, en)) => diagnostic.advise(vi, en),
            None => diagnostic,
        }
    }
}
