//! Values of the wrong type that still say what is meant: `draft: có`, `date: 23/02/2024`,
//! `duration: 45 phút`.

use super::pairs::in_quotes;
use crate::base::fold;
use crate::model::{Key, ValueType};
use jiff::civil::Date;

/// The line to write instead of the value `source`, where it tells what was meant.
pub(super) fn meant(key: Key, source: &str) -> Option<String> {
    let word = bare(source);
    let value = match key.value_type() {
        ValueType::Bool => truth(word)?.to_owned(),
        ValueType::Integer => number(word)?.to_owned(),
        ValueType::Date => date(word)?.to_string(),
        ValueType::Text if source.starts_with(['[', '{']) => in_quotes(source),
        _ => return None,
    };
    Some(format!("{}: {value}", key.name()))
}

/// Why the day of `source`, written as it should be, does not exist, in both languages.
pub(super) fn impossible_day(source: &str) -> Option<(String, String)> {
    let [year, month, day] = numbers(bare(source))?[..] else { return None };
    let first = Date::new(year.try_into().ok()?, month.try_into().ok()?, 1).ok()?;
    let days = first.days_in_month();
    (day > i64::from(days)).then(|| {
        (
            format!("tháng {month} năm {year} chỉ có {days} ngày"),
            format!("{year}-{month:02} has only {days} days"),
        )
    })
}

/// A word without quotes around it and separators after it.
fn bare(source: &str) -> &str {
    let quotes = ['"', '\'', '“', '”', '‘', '’'];
    source.trim().trim_end_matches([',', ';']).trim_matches(quotes).trim()
}

fn truth(word: &str) -> Option<&'static str> {
    match &*fold(word) {
        "true" | "yes" | "on" | "1" | "co" | "dung" | "x" => Some("true"),
        "false" | "no" | "off" | "0" | "khong" | "sai" => Some("false"),
        _ => None,
    }
}

/// The number of `45 phút`; not the one of `1.5` or `2024-02`.
fn number(word: &str) -> Option<&str> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = word.split_at(word.len() - digits.len() + len);
    let is_unit = unit.trim_start().chars().all(char::is_alphabetic);
    (len > 0 && len < 10 && is_unit).then_some(number)
}

/// A date in another order or with other signs. The day stands first, as it does in Vietnam,
/// unless only the other order is a date.
fn date(word: &str) -> Option<Date> {
    let [a, b, c] = numbers(word)?[..] else { return None };
    let of = |year: i64, month: i64, day: i64| {
        Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
    };
    if a >= 1000 { of(a, b, c) } else { of(c, b, a).or_else(|| of(c, a, b)) }
        .filter(|date| date.year() >= 1000)
}

/// The three numbers of a date; nothing else may stand there but signs between them and the
/// words of `ngày 23 tháng 2 năm 2024`.
fn numbers(word: &str) -> Option<Vec<i64>> {
    let is_word = |part: &str| matches!(&*fold(part), "ngay" | "thang" | "nam");
    let parts = word.split(['/', '-', '.', ' ', ',']).filter(|part| !part.is_empty());
    parts
        .filter(|part| !is_word(part))
        .map(|part| part.parse().ok().filter(|n| (0..=9999).contains(n)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_is_written_as_it_should_be() {
        for (key, source, line) in [
            (Key::Draft, "có", "draft: true"),
            (Key::Draft, "“false”", "draft: false"),
            (Key::Draft, "Không", "draft: false"),
            (Key::Weight, "\"3\"", "weight: 3"),
            (Key::Weight, "-3;", "weight: -3"),
            (Key::Duration, "45 phút", "duration: 45"),
            (Key::Date, "23/02/2024", "date: 2024-02-23"),
            (Key::Date, "2/23/2024", "date: 2024-02-23"),
            (Key::Date, "2024-2-3", "date: 2024-02-03"),
            (Key::Date, "ngày 3 tháng 2 năm 2024", "date: 2024-02-03"),
            (Key::Title, "[Nháp]", "title: \"[Nháp]\""),
        ] {
            assert_eq!(meant(key, source).as_deref(), Some(line), "{source}");
        }
    }

    #[test]
    fn what_may_be_meant_otherwise_is_left_alone() {
        for (key, source) in [
            (Key::Draft, "nháp"),
            (Key::Weight, "1.5"),
            (Key::Weight, "nặng"),
            (Key::Weight, "9999999999999999999"),
            (Key::Date, "23/02/24"),
            (Key::Date, "tháng 2"),
            (Key::Date, "31/02/2024"),
            (Key::Title, "x"),
        ] {
            assert_eq!(meant(key, source), None, "{source}");
        }
    }

    #[test]
    fn a_day_that_no_month_has() {
        assert!(impossible_day("2023-02-29").unwrap().1.contains("28 days"));
        assert_eq!(impossible_day("2023-02-28"), None);
        assert_eq!(impossible_day("2023-13-01"), None);
    }
}
