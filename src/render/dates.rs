//! Dates and counts in words of a language, by the theme's strings.

use super::theme::Strings;
use crate::model::DateView;
use jiff::civil::Date;

/// A date for machines and for people: `23/02/2024`, `23 February 2024`.
pub fn date(strings: &Strings, date: Date) -> DateView {
    DateView { iso: date.to_string(), text: strings.date(date) }
}

/// `3 trang`, `1 page`, `3 pages`.
pub fn pages(strings: &Strings, count: usize) -> String {
    let key = if count == 1 { "pages_one" } else { "pages_other" };
    strings.format(key, &[("n", &strings.number(count))])
}
