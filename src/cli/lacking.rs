//! What somebody names on the command line and the handbook does not have.

use crate::base::{Lang, nearest};
use crate::diag::UiLang;
use crate::model::Config;

/// What the handbook lacks, and what it has instead.
pub struct Lacking {
    /// What it lacks.
    pub what: String,
    /// What it has.
    pub help: String,
}

/// Positions of the languages asked for: one, or all.
pub fn languages(config: &Config, wanted: Option<&str>, ui: UiLang) -> Result<Vec<usize>, Lacking> {
    let all: Vec<&str> = config.languages.iter().map(Lang::as_str).collect();
    let Some(wanted) = wanted else { return Ok((0..all.len()).collect()) };
    if let Some(lang) = all.iter().position(|lang| *lang == wanted) {
        return Ok(vec![lang]);
    }
    let what = match ui {
        UiLang::Vi => format!("sổ tay không có ngôn ngữ `{wanted}`"),
        UiLang::En => format!("the handbook has no language `{wanted}`"),
    };
    Err(Lacking { what, help: instead(wanted, &all, ui) })
}

/// What to say of `known` names to somebody who wrote `given`.
pub fn instead(given: &str, known: &[&str], ui: UiLang) -> String {
    let all = known.join(", ");
    match (nearest(given, known.iter().copied()), ui) {
        (Some(meant), UiLang::Vi) => format!("có phải ý bạn là `{meant}`? Có: {all}"),
        (Some(meant), UiLang::En) => format!("did you mean `{meant}`? It has: {all}"),
        (None, UiLang::Vi) => format!("có: {all}"),
        (None, UiLang::En) => format!("it has: {all}"),
    }
}
