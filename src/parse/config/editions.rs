//! What is shown and what is refused: theme options, states of translations, editions, limits.

use super::values::{NOT_A_SLUG, is_slug};
use super::{Item, Reader};
use crate::model::{Edition, Limits, Localised, State, ThemeOption};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use toml::de::DeValue;

/// States of translations.lock that may fail a build; `current` is no failure.
const STATES: &[&str] =
    &["source-changed", "missing-section", "extra-section", "unreviewed", "missing-page"];

impl Reader<'_> {
    pub fn theme_options(&mut self, item: &Item<'_>) -> Vec<ThemeOption> {
        const EXAMPLE: &str = "`accent = \"#0f4c81\"`";
        let mut options = Vec::new();
        for option in self.table(item, "theme_options", EXAMPLE) {
            let value = match option.value {
                DeValue::String(text) => text.trim().to_owned(),
                DeValue::Boolean(value) => value.to_string(),
                DeValue::Integer(_) | DeValue::Float(_) => {
                    self.text.get(option.span.range()).unwrap_or_default().to_owned()
                }
                _ => {
                    let expected =
                        ("chữ, số hoặc `true`/`false`", "a text, a number, or `true` or `false`");
                    self.wrong_type(
                        &format!("theme_options.{}", option.name),
                        &option,
                        expected,
                        EXAMPLE,
                    );
                    continue;
                }
            };
            options.push(ThemeOption { key: option.name.to_owned(), value, span: option.span });
        }
        options
    }

    /// Whether pages also stand side by side, and the states that fail a build.
    pub fn translation(&mut self, item: &Item<'_>) -> (bool, Vec<State>) {
        const EXAMPLE: &str = "`fail_on = [\"missing-section\"]`";
        let items = self.table(item, "translation", EXAMPLE);
        self.only_known(&items, "translation", &["fail_on", "side_by_side"]);
        let mut states = Vec::new();
        let mut side_by_side = true;
        for item in items.iter().filter(|item| item.name == "side_by_side") {
            side_by_side = self.boolean(item, "translation.side_by_side");
        }
        for item in items.iter().filter(|item| item.name == "fail_on") {
            for (state, span) in self.strings(item, "translation.fail_on", EXAMPLE) {
                self.one_of("translation.fail_on", &state, span, STATES, EXAMPLE);
                let state = State::from_id(&state).filter(|state| *state != State::Current);
                if let Some(state) = state.filter(|state| !states.contains(state)) {
                    states.push(state);
                }
            }
        }
        (side_by_side, states)
    }

    pub fn editions(
        &mut self,
        item: &Item<'_>,
        audiences: &[(String, Localised)],
    ) -> BTreeMap<String, Edition> {
        const EXAMPLE: &str = "`[editions.trainer] notes = true`";
        let mut editions = BTreeMap::new();
        for edition in self.table(item, "editions", EXAMPLE) {
            let path = format!("editions.{}", edition.name);
            if !is_slug(edition.name) {
                self.bad(&path, edition.key, NOT_A_SLUG, EXAMPLE);
                continue;
            }
            let items = self.table(&edition, &path, EXAMPLE);
            self.only_known(&items, &path, &["notes", "drafts", "freshness", "audiences"]);
            editions.insert(edition.name.to_owned(), self.edition(&items, &path, audiences));
        }
        editions
    }

    pub fn edition(
        &mut self,
        items: &[Item<'_>],
        path: &str,
        audiences: &[(String, Localised)],
    ) -> Edition {
        let mut edition = Edition::default();
        for item in items {
            let path = format!("{path}.{}", item.name);
            match item.name {
                "notes" => edition.notes = self.boolean(item, &path),
                "drafts" => edition.drafts = self.boolean(item, &path),
                "freshness" => edition.freshness = self.boolean(item, &path),
                "audiences" => edition.audiences = self.edition_audiences(item, &path, audiences),
                _ => {}
            }
        }
        edition
    }

    pub fn edition_audiences(
        &mut self,
        item: &Item<'_>,
        path: &str,
        audiences: &[(String, Localised)],
    ) -> Option<Vec<String>> {
        const EXAMPLE: &str = "`audiences = \"all\"`, `audiences = [\"teachers\"]`";
        if matches!(item.value, DeValue::String(text) if text == "all") {
            return None;
        }
        let known: Vec<&str> = audiences.iter().map(|(id, _)| id.as_str()).collect();
        let mut ids = self.strings(item, path, EXAMPLE);
        for (id, span) in &ids {
            self.one_of(path, id, *span, &known, EXAMPLE);
        }
        ids.retain(|(id, _)| known.contains(&id.as_str()));
        matches!(item.value, DeValue::Array(_)).then(|| ids.into_iter().map(|(id, _)| id).collect())
    }

    pub fn limits(&mut self, item: &Item<'_>) -> Limits {
        let mut limits = Limits::default();
        let items = self.table(item, "limits", "`page_bytes = 5_000_000`");
        self.only_known(
            &items,
            "limits",
            &["page_bytes", "image_bytes", "image_pixels", "nesting", "section_print_pages"],
        );
        for item in &items {
            match item.name {
                // Spans hold 32 bits; a page stays far below.
                "page_bytes" => self.limit(item, 1_000..=100_000_000, &mut limits.page_bytes),
                "image_bytes" => self.limit(item, 1_000..=100_000_000, &mut limits.image_bytes),
                "image_pixels" => self.limit(item, 16..=16_384, &mut limits.image_pixels),
                // The renderer recurses once for each level.
                "nesting" => self.limit(item, 1..=64, &mut limits.nesting),
                "section_print_pages" => {
                    self.limit(item, 0..=2_000, &mut limits.section_print_pages);
                }
                _ => {}
            }
        }
        limits
    }

    fn limit<T: TryFrom<i64>>(
        &mut self,
        item: &Item<'_>,
        range: RangeInclusive<i64>,
        limit: &mut T,
    ) {
        let path = format!("limits.{}", item.name);
        let example = format!("`{} = {}`", item.name, (*range.end()).min(5_000_000));
        let DeValue::Integer(integer) = item.value else {
            return self.wrong_type(&path, item, ("một số nguyên", "a whole number"), &example);
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok();
        match number.filter(|n| range.contains(n)).and_then(|n| T::try_from(n).ok()) {
            Some(number) => *limit = number,
            None => {
                let (low, high) = range.into_inner();
                self.bad(
                    &path,
                    item.span,
                    (
                        &format!("cần số từ {low} đến {high}"),
                        &format!("it needs a number from {low} to {high}"),
                    ),
                    &example,
                );
            }
        }
    }
}
