//! Dates, numbers, lists and quotation marks as each language writes them, from Unicode's CLDR as
//! it is compiled into the program. A theme's own words come first; this is for every other
//! language, so that a new one needs no code and no words.

use crate::base::Lang;
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_datetime::input::Date;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::Locale as Tag;
use jiff::civil;

/// How one language writes what is made of numbers and several texts. Where there are no data for a
/// language, CLDR's own root says how.
pub struct Locale {
    date: Option<DateTimeFormatter<YMD>>,
    number: Option<DecimalFormatter>,
    list: Option<ListFormatter>,
    quotes: (&'static str, &'static str),
}

impl Locale {
    /// Of a language.
    pub fn new(lang: &Lang) -> Locale {
        // Every language of a site is a tag; an odd one is written as the root.
        let tag: Tag = lang.as_str().parse().unwrap_or(Tag::UNKNOWN);
        Locale {
            date: DateTimeFormatter::try_new((&tag).into(), YMD::long()).ok(),
            number: DecimalFormatter::try_new((&tag).into(), Default::default()).ok(),
            list: ListFormatter::try_new_and((&tag).into(), ListFormatterOptions::default()).ok(),
            quotes: quotes(tag.id.language.as_str()),
        }
    }

    /// A date in full: `9 mars 2026`.
    pub fn date(&self, date: civil::Date) -> String {
        let [month, day] = [date.month(), date.day()].map(|n| n.unsigned_abs());
        let iso = Date::try_new_iso(date.year().into(), month, day).ok();
        let formatted = self.date.as_ref().zip(iso).map(|(f, iso)| f.format(&iso).to_string());
        formatted.unwrap_or_else(|| date.to_string())
    }

    /// A whole number with its groups: `12 345`.
    pub fn number(&self, number: usize) -> String {
        let format = |f: &DecimalFormatter| f.format(&Decimal::from(number)).to_string();
        self.number.as_ref().map_or_else(|| number.to_string(), format)
    }

    /// What stands before the tenths of a number.
    pub fn decimal(&self) -> String {
        let mut half = Decimal::from(5);
        half.multiply_pow10(-1);
        let written = self.number.as_ref().map(|f| f.format(&half).to_string());
        let sign = written.map(|text| text.chars().filter(|c| !c.is_numeric()).collect());
        sign.filter(|sign: &String| !sign.is_empty()).unwrap_or_else(|| ".".to_owned())
    }

    /// Several things in a row: `a, b et c`.
    pub fn list(&self, items: &[&str]) -> String {
        let format = |f: &ListFormatter| f.format(items.iter()).to_string();
        self.list.as_ref().map_or_else(|| items.join(", "), format)
    }

    /// A text in quotation marks.
    pub fn quoted(&self, text: &str) -> String {
        format!("{}{text}{}", self.quotes.0, self.quotes.1)
    }
}

/// CLDR's outer quotation marks, which are not among the compiled data.
fn quotes(language: &str) -> (&'static str, &'static str) {
    match language {
        "fr" => ("«\u{a0}", "\u{a0}»"),
        "es" | "it" | "pt" | "no" | "nb" | "nn" | "ru" | "uk" | "be" | "el" | "lo" | "fa"
        | "hy" => ("«", "»"),
        "de" | "cs" | "sk" | "sl" | "bg" | "is" | "lt" => ("„", "“"),
        "pl" | "ro" | "hu" | "hr" | "sr" | "nl" => ("„", "”"),
        "sv" | "fi" => ("”", "”"),
        "ja" => ("「", "」"),
        _ => ("“", "”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(lang: &str) -> Locale {
        Locale::new(&Lang::new(lang).unwrap())
    }

    #[test]
    fn each_language_writes_in_its_own_way() {
        let day = civil::date(2026, 3, 9);
        for (lang, date, number, decimal, list, quoted) in [
            ("vi", "9 tháng 3 2026", "12.345", ",", "a, b và c", "“a”"),
            ("en", "March 9, 2026", "12,345", ".", "a, b, and c", "“a”"),
            ("fr", "9 mars 2026", "12\u{202f}345", ",", "a, b et c", "«\u{a0}a\u{a0}»"),
            ("km", "9 មីនា 2026", "12,345", ".", "a, b និង c", "“a”"),
            ("de", "9. März 2026", "12.345", ",", "a, b und c", "„a“"),
        ] {
            let locale = locale(lang);
            assert_eq!(locale.date(day), date, "{lang}");
            assert_eq!(locale.number(12_345), number, "{lang}");
            assert_eq!(locale.decimal(), decimal, "{lang}");
            assert_eq!(locale.list(&["a", "b", "c"]), list, "{lang}");
            assert_eq!(locale.quoted("a"), quoted, "{lang}");
        }
        assert_eq!(locale("vi").list(&["a"]), "a");
        assert_eq!(locale("vi").list(&[]), "");
        assert_eq!(locale("fr").number(7), "7");
    }
}
