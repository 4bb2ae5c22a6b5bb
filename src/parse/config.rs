//! `site.toml`: what the whole site is called, speaks and allows, checked value by value.

mod editions;
mod site;
mod values;

use crate::base::{RelPath, Span, slug};
use crate::diag::{BrokenToml, Code, Diagnostic, Mistake};
use crate::model::Config;
use toml::de::{DeTable, DeValue};

const KEYS: &[&str] = &[
    "title",
    "languages",
    "base_url",
    "site_id",
    "theme",
    "licence",
    "report",
    "audiences",
    "tags",
    "languages_label",
    "menu",
    "theme_options",
    "translation",
    "editions",
    "limits",
];

/// Reads `site.toml`: the configuration, unless it is unusable (no valid language, no
/// title), and every mistake in it.
pub fn parse_config(text: &str) -> (Option<Config>, Vec<Diagnostic>) {
    let mut reader = Reader { text, file: RelPath::new("site.toml"), diagnostics: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    let config = reader.config(&items(table.get_ref()), errors.is_empty());
    let broken = BrokenToml::of(text, &errors);
    reader.drop_unread(&broken);
    let report = |m: Mistake| m.describe(Diagnostic::new(Code::BadToml, &reader.file));
    reader.diagnostics.extend(broken.mistakes.into_iter().map(report));
    (config, reader.diagnostics)
}

/// One `key = value`, in the order of the file.
struct Item<'t> {
    name: &'t str,
    key: Span,
    value: &'t DeValue<'t>,
    span: Span,
}

fn items<'t>(table: &'t DeTable<'t>) -> Vec<Item<'t>> {
    let mut items: Vec<_> = table
        .iter()
        .map(|(key, value)| {
            // A value that is not there stands nowhere.
            let span = if value.span().is_empty() { key.span() } else { value.span() };
            let (key_span, span) = (key.span().into(), span.into());
            Item { name: key.get_ref(), key: key_span, value: value.get_ref(), span }
        })
        .collect();
    // The table is sorted by name; a site's audiences show in the order written.
    items.sort_by_key(|item| item.key);
    items
}

struct Reader<'t> {
    text: &'t str,
    file: RelPath,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn config(&mut self, root: &[Item<'_>], whole: bool) -> Option<Config> {
        self.only_known(root, "", KEYS);
        let find = |name: &str| root.iter().find(|item| item.name == name);
        // What stood on a line that could not be read is not missing.
        if whole {
            self.require(root);
        }
        let languages = find("languages").map(|i| self.languages(i)).unwrap_or_default();
        let title = find("title").map(|i| self.title(i, &languages)).unwrap_or_default();
        let base_url = find("base_url").and_then(|i| self.base_url(i));
        let site_id = find("site_id").and_then(|i| self.plain_slug(i, "attt"));
        let theme = find("theme").and_then(|i| self.plain_slug(i, "handbook"));
        let licence =
            find("licence").and_then(|i| self.string(i, "licence", "`licence = \"CC-BY-4.0\"`"));
        let report = find("report").and_then(|i| self.report(i));
        let audiences = match find("audiences") {
            Some(item) => self.audiences(item, &languages),
            None => site::default_audiences(&languages),
        };
        let tags = find("tags").map(|i| self.tags(i, &languages)).unwrap_or_default();
        let languages_label =
            find("languages_label").map(|i| self.localised(i, "languages_label", &languages));
        let menu = find("menu").map(|i| self.menu(i)).unwrap_or_default();
        let theme_options =
            find("theme_options").map(|i| self.theme_options(i)).unwrap_or_default();
        let translation = find("translation").map(|i| self.translation(i));
        let (side_by_side, fail_on) = translation.unwrap_or((true, Vec::new()));
        let mut editions =
            find("editions").map(|i| self.editions(i, &audiences)).unwrap_or_default();
        editions.entry("public".to_owned()).or_default();
        let limits = find("limits").map(|i| self.limits(i)).unwrap_or_default();
        let own_name = title.get(languages.first()?)?;
        let site_id = site_id.unwrap_or_else(|| match slug(own_name) {
            empty if empty.is_empty() => "sotay".to_owned(),
            slug => slug,
        });
        Some(Config {
            title,
            languages,
            base_url,
            site_id,
            theme: theme.unwrap_or_else(|| "handbook".to_owned()),
            licence,
            report,
            audiences,
            tags,
            languages_label: languages_label.unwrap_or_default(),
            menu,
            theme_options,
            side_by_side,
            fail_on,
            editions,
            limits,
        })
    }

    /// Drops what was found in parts that were not read as they were written.
    fn drop_unread(&mut self, broken: &BrokenToml) {
        let is_read = |span: Option<Span>| span.is_none_or(|span| !broken.is_unread(span));
        self.diagnostics.retain(|d| is_read(d.span));
    }

    fn require(&mut self, root: &[Item<'_>]) {
        for (key, example) in [
            ("title", "`title = { vi = \"Sổ tay\", en = \"Handbook\" }`"),
            ("languages", "`languages = [\"vi\", \"en\"]`"),
        ] {
            if !root.iter().any(|item| item.name == key) {
                self.missing(key, Span::default(), example);
            }
        }
    }
}

#[cfg(test)]
mod tests;
