//! What sotay says about a mistake: one value, one table of codes, drawn in one place.
//!
//! A [`Diagnostic`] holds no prose, only a [`Code`] and what to fill in. The sentences stand
//! in [`codes`], in Vietnamese and English; [`draw`] puts them on a terminal, [`record()`] into
//! JSON. What there is to tell beyond the sentences is the code's [`story`].

pub mod codes;
mod consequences;
pub mod draw;
mod group;
mod io;
mod mistake;
mod record;
pub mod story;
mod toml_syntax;

use crate::base::{RelPath, Span, nearest, size_in_words};
pub use codes::{Code, Severity};
pub use consequences::drop_consequences;
pub use group::Group;
pub use io::io_problem;
pub use mistake::Mistake;
pub use record::{Record, record};
use std::collections::BTreeMap;
pub use toml_syntax::{BrokenToml, toml_mistake};

/// The language of sotay's own messages (not of the content).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UiLang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

/// One mistake, at one place, with what is needed to explain it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Which mistake; decides severity and text.
    pub code: Code,
    /// The file it is in.
    pub file: RelPath,
    /// The place in that file, when there is one.
    pub span: Option<Span>,
    /// What stands for `{name}` in the code's texts.
    pub args: BTreeMap<&'static str, String>,
    /// The nearest known word, for "did you mean".
    pub nearest: Option<String>,
    /// What to do in this very case, in Vietnamese and English, where the code's help is too
    /// general.
    pub advice: Option<Box<(String, String)>>,
    /// A second place that explains the first, e.g. the other of two clashing files.
    pub related: Option<(RelPath, Option<Span>)>,
}

impl Diagnostic {
    /// A diagnostic about a whole file.
    pub fn new(code: Code, file: &RelPath) -> Diagnostic {
        Diagnostic {
            code,
            file: file.clone(),
            span: None,
            args: BTreeMap::new(),
            nearest: None,
            advice: None,
            related: None,
        }
    }

    /// The place in the file.
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.span = Some(span);
        self
    }

    /// What stands for `{name}` in the texts.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Diagnostic {
        self.args.insert(name, value.into());
        self
    }

    /// What stands for `{size_vi}`, `{limit_vi}` and their likes: bytes, as people say them.
    pub fn over(self, size: u64, limit: u64) -> Diagnostic {
        self.with("size_vi", size_in_words(size, ","))
            .with("size_en", size_in_words(size, "."))
            .with("limit_vi", size_in_words(limit, ","))
            .with("limit_en", size_in_words(limit, "."))
    }

    /// Says what to do in this very case, in place of the code's help.
    pub fn advise(mut self, vi: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.advice = Some(Box::new((vi.into(), en.into())));
        self
    }

    /// Advises to write `text` instead.
    pub fn advise_writing(self, text: impl std::fmt::Display) -> Diagnostic {
        self.advise(format!("viết `{text}`"), format!("write `{text}`"))
    }

    /// Suggests the candidate nearest to `word`, if one is near.
    pub fn suggest<'a>(
        mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Diagnostic {
        self.nearest = nearest(word, candidates).map(str::to_owned);
        self
    }

    /// A second place that explains the first.
    pub fn see(mut self, file: &RelPath, span: Option<Span>) -> Diagnostic {
        self.related = Some((file.clone(), span));
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The sentence that says what is wrong.
    pub fn message(&self, lang: UiLang) -> String {
        fill(self.code.message(lang), &self.args)
    }

    /// The sentence that says what to do.
    pub fn help(&self, lang: UiLang) -> String {
        match (&self.nearest, self.advice.as_deref(), lang) {
            (Some(word), _, UiLang::Vi) => format!("có phải ý bạn là `{word}`?"),
            (Some(word), _, UiLang::En) => format!("did you mean `{word}`?"),
            (None, Some((vi, _)), UiLang::Vi) => vi.clone(),
            (None, Some((_, en)), UiLang::En) => en.clone(),
            (None, None, _) => fill(self.code.help(lang), &self.args),
        }
    }
}

/// The sentence of a code by itself, with `…` for what each mistake fills in.
pub fn outline(code: Code, lang: UiLang) -> String {
    let mut out = String::new();
    let mut rest = code.message(lang);
    while let Some((before, from_name)) = rest.split_once('{') {
        out.push_str(before);
        let name = from_name.split('}').next().unwrap_or_default();
        out.push('…');
        rest = from_name[name.len()..].strip_prefix('}').unwrap_or_default();
    }
    out + rest
}

fn fill(template: &str, args: &BTreeMap<&'static str, String>) -> String {
    let mut out = template.to_owned();
    for (name, value) in args {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}

/// Where the texts of source files are found, to show the line that a diagnostic is about.
pub trait Sources {
    /// The text of `file` as the pipeline read it, when it has one.
    fn text(&self, file: &RelPath) -> Option<&str>;
}

/// Sorts diagnostics as a person reads them: by file, then by place, then by code.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.file, a.span, a.code, &a.args).cmp(&(&b.file, b.span, b.code, &b.args))
    });
    diagnostics.dedup();
}
