//! `site.toml`: what the whole site is called, speaks and allows, checked value by value.

use crate::base::{Lang, RelPath, Span, line_column, nearest, slug};
use crate::diag::{Code, Diagnostic};
use crate::model::{Config, Edition, Limits, Localised, MenuEntry, ThemeOption};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
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

/// States of translations.lock that may fail a build; `current` is no failure.
const STATES: &[&str] =
    &["source-changed", "missing-section", "extra-section", "unreviewed", "missing-page"];

/// Audiences of a handbook that names none: id, Vietnamese and English label.
const AUDIENCES: [(&str, &str, &str); 4] = [
    ("leaders", "Lãnh đạo", "Leaders"),
    ("teachers", "Giáo viên", "Teachers"),
    ("it-staff", "Cán bộ CNTT", "IT staff"),
    ("students", "Học sinh, sinh viên", "Students"),
];

/// Reads `site.toml`: the configuration, unless it is unusable (no valid language, no
/// title), and every mistake in it.
pub fn parse_config(text: &str) -> (Option<Config>, Vec<Diagnostic>) {
    let mut reader = Reader { text, file: RelPath::new("site.toml"), diagnostics: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    reader.report_syntax(&errors);
    let config = reader.config(&items(table.get_ref()), errors.is_empty());
    reader.keep_first_of_broken_lines();
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
        .map(|(key, value)| Item {
            name: key.get_ref(),
            key: key.span().into(),
            value: value.get_ref(),
            span: value.span().into(),
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
            None => default_audiences(&languages),
        };
        let tags = find("tags").map(|i| self.tags(i, &languages)).unwrap_or_default();
        let languages_label =
            find("languages_label").map(|i| self.localised(i, "languages_label", &languages));
        let menu = find("menu").map(|i| self.menu(i)).unwrap_or_default();
        let theme_options =
            find("theme_options").map(|i| self.theme_options(i)).unwrap_or_default();
        let fail_on = find("translation").map(|i| self.translation(i)).unwrap_or_default();
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
            fail_on,
            editions,
            limits,
        })
    }

    fn report_syntax(&mut self, errors: &[toml::de::Error]) {
        for error in errors {
            let range = error.span().unwrap_or_default();
            let start = range.start.min(self.text.len());
            let span = Span::new(start, range.end.clamp(start, self.text.len()));
            let diagnostic = self.diagnostic(Code::BadToml, span);
            self.diagnostics.push(diagnostic.with("problem", error.message()));
        }
    }

    /// Of a line that breaks the syntax only the first mistake is kept: the parser guesses
    /// on, and what it finds there is not what was written.
    fn keep_first_of_broken_lines(&mut self) {
        let text = self.text;
        let line = |d: &Diagnostic| line_column(text, d.span.map_or(0, |s| s.start as usize)).line;
        let syntax = self.diagnostics.iter().filter(|d| d.code == Code::BadToml);
        let broken: BTreeSet<usize> = syntax.map(line).collect();
        if broken.is_empty() {
            return;
        }
        let mut told = BTreeSet::new();
        self.diagnostics.retain(|d| {
            let line = line(d);
            !broken.contains(&line) || (d.code == Code::BadToml && told.insert(line))
        });
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

    fn languages(&mut self, item: &Item<'_>) -> Vec<Lang> {
        const EXAMPLE: &str = "`languages = [\"vi\", \"en\"]`";
        let mut languages: Vec<Lang> = Vec::new();
        let mut unknown = false;
        for (tag, span) in self.strings(item, "languages", EXAMPLE) {
            match Lang::new(&tag) {
                None => {
                    unknown = true;
                    self.bad(
                        "languages",
                        span,
                        (
                            &format!("`{tag}` không phải mã ngôn ngữ viết thường như `vi`, `en`"),
                            &format!("`{tag}` is not a lower-case language tag like `vi` or `en`"),
                        ),
                        EXAMPLE,
                    )
                }
                Some(lang) if languages.contains(&lang) => self.bad(
                    "languages",
                    span,
                    (&format!("`{tag}` có hai lần"), &format!("`{tag}` stands twice")),
                    EXAMPLE,
                ),
                Some(lang) => languages.push(lang),
            }
        }
        if matches!(item.value, DeValue::Array(array) if array.is_empty()) {
            let problem = ("cần ít nhất một ngôn ngữ", "it needs at least one language");
            self.bad("languages", item.span, problem, EXAMPLE);
        }
        // Whatever is written in a language that was not understood would be refused.
        if unknown { Vec::new() } else { languages }
    }

    /// The title of every language. One that is missing is reported, and borrowed from
    /// another so that the rest of the site can still be checked.
    fn title(&mut self, item: &Item<'_>, languages: &[Lang]) -> Localised {
        let mut title = self.localised(item, "title", languages);
        let Some(any) = languages.iter().find_map(|l| title.get(l)).cloned() else { return title };
        for lang in languages {
            if !title.contains_key(lang) {
                let example = format!("`{lang} = \"{any}\"`");
                self.missing(&format!("title.{lang}"), item.span, &example);
                title.insert(lang.clone(), any.clone());
            }
        }
        title
    }

    /// A text for all languages, or a table of texts by language.
    fn localised(&mut self, item: &Item<'_>, path: &str, languages: &[Lang]) -> Localised {
        let example = format!("`{path} = {{ vi = \"Tiếng Việt\", en = \"English\" }}`");
        let DeValue::Table(table) = item.value else {
            let text = self.string(item, path, &example);
            return text
                .iter()
                .flat_map(|t| languages.iter().map(|l| (l.clone(), t.clone())))
                .collect();
        };
        let items = items(table);
        let known: Vec<_> = languages.iter().map(Lang::as_str).collect();
        // Without languages there is nothing to compare with, and that was reported.
        if !known.is_empty() {
            self.only_known(&items, path, &known);
        }
        let mut texts = Localised::new();
        for text in &items {
            if let Some(lang) = languages.iter().find(|l| l.as_str() == text.name) {
                let path = format!("{path}.{lang}");
                let string = self.string(text, &path, &example);
                texts.extend(string.map(|string| (lang.clone(), string)));
            }
        }
        texts
    }

    fn base_url(&mut self, item: &Item<'_>) -> Option<String> {
        const EXAMPLE: &str = "`base_url = \"https://handbook.example.edu.vn/\"`";
        let url = self.string(item, "base_url", EXAMPLE)?;
        let problem = if url.contains(['?', '#']) {
            ("địa chỉ không được có `?` hoặc `#`", "the address may not contain `?` or `#`")
        } else if !is_web_address(&url, &["https://", "http://"]) {
            (
                "cần địa chỉ đầy đủ bắt đầu bằng `https://` hoặc `http://`",
                "it needs a full address that begins with `https://` or `http://`",
            )
        } else {
            return Some(if url.ends_with('/') { url } else { url + "/" });
        };
        self.bad("base_url", item.span, problem, EXAMPLE);
        None
    }

    fn report(&mut self, item: &Item<'_>) -> Option<String> {
        const EXAMPLE: &str = "`report = \"mailto:attt@example.edu.vn\"`";
        let report = self.string(item, "report", EXAMPLE)?;
        let mail = report.strip_prefix("mailto:").and_then(|mail| mail.split_once('@'));
        let is_mail = mail.is_some_and(|(who, host)| !who.is_empty() && !host.is_empty())
            && !report.contains(char::is_whitespace);
        if is_mail || is_web_address(&report, &["https://"]) {
            return Some(report);
        }
        let problem = (
            "cần bắt đầu bằng `mailto:` hoặc `https://`",
            "it has to begin with `mailto:` or `https://`",
        );
        self.bad("report", item.span, problem, EXAMPLE);
        None
    }

    fn audiences(&mut self, item: &Item<'_>, languages: &[Lang]) -> Vec<(String, Localised)> {
        const EXAMPLE: &str =
            "`audiences = { teachers = { vi = \"Giáo viên\", en = \"Teachers\" } }`";
        let mut audiences = Vec::new();
        for audience in self.table(item, "audiences", EXAMPLE) {
            let path = format!("audiences.{}", audience.name);
            if !is_slug(audience.name) {
                self.bad(&path, audience.key, NOT_A_SLUG, EXAMPLE);
                continue;
            }
            let labels = self.localised(&audience, &path, languages);
            if let Some(source) = languages.first()
                && !labels.contains_key(source)
                && matches!(audience.value, DeValue::Table(_))
            {
                self.missing(&format!("{path}.{source}"), audience.span, EXAMPLE);
            }
            audiences.push((audience.name.to_owned(), labels));
        }
        audiences
    }

    fn tags(&mut self, item: &Item<'_>, languages: &[Lang]) -> BTreeMap<String, Localised> {
        const EXAMPLE: &str = "`tags = { phishing = { vi = \"Lừa đảo\", en = \"Phishing\" } }`";
        let mut tags = BTreeMap::new();
        for tag in self.table(item, "tags", EXAMPLE) {
            let path = format!("tags.{}", tag.name);
            if !is_slug(tag.name) {
                self.bad(&path, tag.key, NOT_A_SLUG, EXAMPLE);
                continue;
            }
            tags.insert(tag.name.to_owned(), self.localised(&tag, &path, languages));
        }
        tags
    }

    fn menu(&mut self, item: &Item<'_>) -> Vec<MenuEntry> {
        const EXAMPLE: &str = "`[[menu]] page = \"talks\"`";
        let DeValue::Array(array) = item.value else {
            self.wrong_type("menu", item, ("các mục `[[menu]]`", "entries `[[menu]]`"), EXAMPLE);
            return Vec::new();
        };
        let mut menu = Vec::new();
        for entry in array.iter() {
            let entry = Item {
                name: "menu",
                key: item.key,
                value: entry.get_ref(),
                span: entry.span().into(),
            };
            let parts = self.table(&entry, "menu", EXAMPLE);
            self.only_known(&parts, "menu", &["page"]);
            let Some(page) = parts.iter().find(|part| part.name == "page") else {
                if matches!(entry.value, DeValue::Table(_)) {
                    self.missing("menu.page", entry.span, EXAMPLE);
                }
                continue;
            };
            let Some(address) = self.string(page, "menu.page", EXAMPLE) else { continue };
            if address.split('/').all(is_slug) {
                menu.push(MenuEntry { page: address, span: page.span });
            } else {
                let problem = (
                    "cần địa chỉ trang, không có ngôn ngữ và đuôi tệp",
                    "it needs a page's address, without language and extension",
                );
                self.bad("menu.page", page.span, problem, EXAMPLE);
            }
        }
        menu
    }

    fn theme_options(&mut self, item: &Item<'_>) -> Vec<ThemeOption> {
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

    fn translation(&mut self, item: &Item<'_>) -> Vec<String> {
        const EXAMPLE: &str = "`fail_on = [\"missing-section\"]`";
        let items = self.table(item, "translation", EXAMPLE);
        self.only_known(&items, "translation", &["fail_on"]);
        let mut states = Vec::new();
        for item in items.iter().filter(|item| item.name == "fail_on") {
            for (state, span) in self.strings(item, "translation.fail_on", EXAMPLE) {
                self.one_of("translation.fail_on", &state, span, STATES, EXAMPLE);
                if STATES.contains(&state.as_str()) && !states.contains(&state) {
                    states.push(state);
                }
            }
        }
        states
    }

    fn editions(
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
            self.only_known(&items, &path, &["notes", "drafts", "audiences"]);
            editions.insert(edition.name.to_owned(), self.edition(&items, &path, audiences));
        }
        editions
    }

    fn edition(
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
                "audiences" => edition.audiences = self.edition_audiences(item, &path, audiences),
                _ => {}
            }
        }
        edition
    }

    fn edition_audiences(
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

    fn limits(&mut self, item: &Item<'_>) -> Limits {
        let mut limits = Limits::default();
        let items = self.table(item, "limits", "`page_bytes = 5_000_000`");
        self.only_known(
            &items,
            "limits",
            &["page_bytes", "image_bytes", "image_pixels", "nesting"],
        );
        for item in &items {
            match item.name {
                // Spans hold 32 bits; a page stays far below.
                "page_bytes" => self.limit(item, 1_000..=100_000_000, &mut limits.page_bytes),
                "image_bytes" => self.limit(item, 1_000..=100_000_000, &mut limits.image_bytes),
                "image_pixels" => self.limit(item, 16..=16_384, &mut limits.image_pixels),
                // The renderer recurses once for each level.
                "nesting" => self.limit(item, 1..=64, &mut limits.nesting),
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

    fn plain_slug(&mut self, item: &Item<'_>, example: &str) -> Option<String> {
        let example = format!("`{} = \"{example}\"`", item.name);
        let text = self.string(item, item.name, &example)?;
        if is_slug(&text) {
            return Some(text);
        }
        self.bad(item.name, item.span, NOT_A_SLUG, &example);
        None
    }

    fn table<'t>(&mut self, item: &Item<'t>, path: &str, example: &str) -> Vec<Item<'t>> {
        if let DeValue::Table(table) = item.value {
            return items(table);
        }
        self.wrong_type(path, item, ("một bảng", "a table"), example);
        Vec::new()
    }

    /// A text that is not empty.
    fn string(&mut self, item: &Item<'_>, path: &str, example: &str) -> Option<String> {
        match item.value {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            DeValue::String(_) => {
                self.bad(path, item.span, ("giá trị trống", "it is empty"), example);
                None
            }
            _ => {
                self.wrong_type(
                    path,
                    item,
                    ("một đoạn chữ trong ngoặc kép", "a text in quotes"),
                    example,
                );
                None
            }
        }
    }

    fn strings(&mut self, item: &Item<'_>, path: &str, example: &str) -> Vec<(String, Span)> {
        let DeValue::Array(array) = item.value else {
            self.wrong_type(path, item, ("một danh sách", "a list"), example);
            return Vec::new();
        };
        let mut strings = Vec::new();
        for value in array.iter() {
            let span = value.span().into();
            let item = Item { name: item.name, key: item.key, value: value.get_ref(), span };
            strings.extend(self.string(&item, path, example).map(|text| (text, span)));
        }
        strings
    }

    fn boolean(&mut self, item: &Item<'_>, path: &str) -> bool {
        if let DeValue::Boolean(value) = item.value {
            return *value;
        }
        let expected = ("`true` hoặc `false`", "`true` or `false`");
        self.wrong_type(path, item, expected, &format!("`{} = true`", item.name));
        false
    }

    fn one_of(&mut self, path: &str, word: &str, span: Span, allowed: &[&str], example: &str) {
        if allowed.contains(&word) {
            return;
        }
        let list = quoted(allowed);
        self.bad(
            path,
            span,
            (&format!("`{word}` không nằm trong: {list}"), &format!("`{word}` is none of: {list}")),
            example,
        );
        if let Some(last) = self.diagnostics.last_mut() {
            last.nearest = nearest(word, allowed.iter().copied()).map(str::to_owned);
        }
    }

    fn only_known(&mut self, items: &[Item<'_>], path: &str, allowed: &[&str]) {
        for item in items.iter().filter(|item| !allowed.contains(&item.name)) {
            let dot = if path.is_empty() { "" } else { "." };
            let diagnostic = self
                .diagnostic(Code::UnknownSiteKey, item.key)
                .with("key", format!("{path}{dot}{}", item.name))
                .with("allowed", quoted(allowed))
                .suggest(item.name, allowed.iter().copied());
            self.diagnostics.push(diagnostic);
        }
    }

    fn wrong_type(&mut self, path: &str, item: &Item<'_>, expected: (&str, &str), example: &str) {
        let (found_vi, found_en) = match item.value {
            DeValue::String(_) => ("một đoạn chữ", "a text"),
            DeValue::Integer(_) | DeValue::Float(_) => ("một con số", "a number"),
            DeValue::Boolean(_) => ("`true` hoặc `false`", "`true` or `false`"),
            DeValue::Datetime(_) => ("một ngày", "a date"),
            DeValue::Array(_) => ("một danh sách", "a list"),
            DeValue::Table(_) => ("một bảng", "a table"),
        };
        let (vi, en) = expected;
        let problem_vi = format!("cần {vi}, không phải {found_vi}");
        let problem_en = format!("it needs {en}, not {found_en}");
        self.bad(path, item.span, (&problem_vi, &problem_en), example);
    }

    fn bad(&mut self, key: &str, span: Span, (vi, en): (&str, &str), example: &str) {
        let diagnostic = self
            .diagnostic(Code::BadSiteValue, span)
            .with("key", key)
            .with("problem_vi", vi)
            .with("problem_en", en)
            .with("example", example);
        self.diagnostics.push(diagnostic);
    }

    fn missing(&mut self, key: &str, span: Span, example: &str) {
        let mut diagnostic =
            self.diagnostic(Code::MissingSiteKey, span).with("key", key).with("example", example);
        // A key that is missing from the whole file is missing nowhere in particular.
        diagnostic.span = diagnostic.span.filter(|s| *s != Span::default());
        self.diagnostics.push(diagnostic);
    }

    fn diagnostic(&self, code: Code, span: Span) -> Diagnostic {
        Diagnostic::new(code, &self.file).at(span)
    }
}

const NOT_A_SLUG: (&str, &str) = (
    "chỉ được dùng chữ thường không dấu, chữ số và gạch nối",
    "only plain lower-case letters, digits and hyphens are allowed",
);

fn default_audiences(languages: &[Lang]) -> Vec<(String, Localised)> {
    let labels = |vi: &str, en: &str| -> Localised {
        let label = |lang: &Lang| if lang.as_str() == "vi" { vi } else { en }.to_owned();
        languages.iter().map(|lang| (lang.clone(), label(lang))).collect()
    };
    AUDIENCES.map(|(id, vi, en)| (id.to_owned(), labels(vi, en))).into()
}

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn is_web_address(url: &str, schemes: &[&str]) -> bool {
    let rest = schemes.iter().find_map(|scheme| url.strip_prefix(scheme));
    rest.is_some_and(|r| r.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>\\`".contains(c))
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINIMAL: &str = "title = \"Sổ tay\"\nlanguages = [\"vi\", \"en\"]\n";

    const FULL: &str = r##"title = { vi = "Sổ tay an toàn thông tin", en = "Information security handbook" }
languages = ["vi", "en"]
base_url = "https://handbook.example.edu.vn"
site_id = "attt"
theme = "handbook"
licence = "CC-BY-4.0"
report = "mailto:attt@example.edu.vn"
audiences = { leaders = { vi = "Lãnh đạo", en = "Leaders" }, it-staff = { vi = "Cán bộ CNTT" }, all = "Mọi người" }
[languages_label]
en = "English (UK)"
[[menu]]
page = "talks"
[[menu]]
page = "talks/phishing"
[theme_options]
z_toc = true
accent = "#0f4c81"
width = 1_000
scale = 1.10
[translation]
fail_on = ["missing-section", "missing-page"]
[editions.trainer]
notes = true
drafts = true
audiences = ["leaders"]
[editions.school]
audiences = "all"
[limits]
page_bytes = 1_000_000
nesting = 64
"##;

    fn lang(tag: &str) -> Lang {
        Lang::new(tag).unwrap()
    }

    #[test]
    fn everything_is_read() {
        let (config, diagnostics) = parse_config(FULL);
        assert_eq!(diagnostics, []);
        let config = config.unwrap();
        assert_eq!(config.languages, [lang("vi"), lang("en")]);
        assert_eq!(config.title[&lang("en")], "Information security handbook");
        assert_eq!(config.base_url.as_deref(), Some("https://handbook.example.edu.vn/"));
        assert_eq!(config.site_id, "attt");
        let ids: Vec<_> = config.audiences.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, ["leaders", "it-staff", "all"]);
        assert_eq!(config.audience_label("it-staff", &lang("en")), Some("Cán bộ CNTT"));
        assert_eq!(config.languages_label[&lang("en")], "English (UK)");
        let menu: Vec<_> = config.menu.iter().map(|m| (&*m.page, &FULL[m.span.range()])).collect();
        assert_eq!(menu, [("talks", "\"talks\""), ("talks/phishing", "\"talks/phishing\"")]);
        let options: Vec<_> = config.theme_options.iter().map(|o| (&*o.key, &*o.value)).collect();
        let expected =
            [("z_toc", "true"), ("accent", "#0f4c81"), ("width", "1_000"), ("scale", "1.10")];
        assert_eq!(options, expected);
        assert_eq!(config.fail_on, ["missing-section", "missing-page"]);
        assert_eq!(config.editions["public"], Edition::default());
        assert_eq!(config.editions["trainer"].audiences, Some(vec!["leaders".to_owned()]));
        assert!(config.editions["trainer"].notes && config.editions["trainer"].drafts);
        assert_eq!(config.editions["school"].audiences, None);
        assert_eq!((config.limits.page_bytes, config.limits.nesting), (1_000_000, 64));
        assert_eq!(config.limits.image_pixels, Limits::default().image_pixels);
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let (config, diagnostics) = parse_config(MINIMAL);
        assert_eq!(diagnostics, []);
        let config = config.unwrap();
        assert_eq!(config.title[&lang("en")], "Sổ tay");
        assert_eq!((&*config.site_id, &*config.theme), ("so-tay", "handbook"));
        assert_eq!(config.audiences.len(), 4);
        assert_eq!(config.audience_label("leaders", &lang("vi")), Some("Lãnh đạo"));
        assert!(config.editions.contains_key("public"));
        let khmer = parse_config("title = \"សៀវភៅ\"\nlanguages = [\"km\"]\n").0.unwrap();
        assert_eq!(khmer.site_id, "sotay");
        assert_eq!(khmer.audience_label("leaders", &lang("km")), Some("Leaders"));
    }

    /// Lines added to a file that is good: what is found, and where, from line 3 on.
    #[test]
    fn every_mistake_is_placed() {
        let cases: &[(&str, &[&str])] = &[
            ("x = = 1", &["S602 3:5"]),
            ("titel = 1", &["S603 3:1"]),
            ("[limits]\nnestin = 3", &["S603 4:1"]),
            ("[editions.public]\nnote = true", &["S603 4:1"]),
            ("[translation]\nfail = []", &["S603 4:1"]),
            ("[[menu]]\npage = \"a\"\nname = \"b\"", &["S603 5:1"]),
            ("[languages_label]\nfr = \"x\"", &["S603 4:1"]),
            ("base_url = \"example.vn\"", &["S604 3:12"]),
            ("base_url = \"ftp://example.vn\"", &["S604 3:12"]),
            ("base_url = \"https://a.vn/?x\"", &["S604 3:12"]),
            ("base_url = \"https:///x\"", &["S604 3:12"]),
            ("base_url = 3", &["S604 3:12"]),
            ("site_id = \"An Toàn\"", &["S604 3:11"]),
            ("theme = \"../x\"", &["S604 3:9"]),
            ("licence = \" \"", &["S604 3:11"]),
            ("report = \"attt@example.vn\"", &["S604 3:10"]),
            ("report = \"http://example.vn\"", &["S604 3:10"]),
            ("audiences = { Leaders = \"x\" }", &["S604 3:15"]),
            ("audiences = { a = { en = \"x\" } }", &["S605 3:19"]),
            ("audiences = { a = { vi = 1 } }", &["S604 3:26", "S605 3:19"]),
            ("audiences = []", &["S604 3:13"]),
            ("menu = \"talks\"", &["S604 3:8"]),
            ("menu = [1]", &["S604 3:9"]),
            ("[[menu]]", &["S605 3:1"]),
            ("[[menu]]\npage = \"/vi/talks.html\"", &["S604 4:8"]),
            ("[theme_options]\na = [1]\nb = 2024-02-23", &["S604 4:5", "S604 5:5"]),
            (
                "[translation]\nfail_on = [\"current\", \"missing-sectoin\"]",
                &["S604 4:12", "S604 4:23"],
            ),
            ("[editions.\"A b\"]", &["S604 3:11"]),
            ("[editions.x]\nnotes = 1\naudiences = [\"teacher\"]", &["S604 4:9", "S604 5:14"]),
            ("[editions.x]\naudiences = \"none\"", &["S604 4:13"]),
            (
                "[limits]\nnesting = 65\nimage_pixels = -1\npage_bytes = 1.5",
                &["S604 4:11", "S604 5:16", "S604 6:14"],
            ),
            ("limits = 3", &["S604 3:10"]),
        ];
        for (lines, expected) in cases {
            let text = format!("{MINIMAL}{lines}\n");
            assert_eq!(found(&text), *expected, "{lines}");
            assert!(parse_config(&text).0.is_some(), "{lines}");
        }
    }

    #[test]
    fn title_and_languages_are_needed() {
        let cases: &[(&str, &[&str], bool)] = &[
            ("", &["S605 1:1", "S605 1:1"], false),
            ("title = \"x\"\nlanguages = []", &["S604 2:13"], false),
            ("title = \"x\"\nlanguages = [\"VI\"]", &["S604 2:14"], false),
            ("title = \"x\"\nlanguages = [\"vi\", \"vi\"]", &["S604 2:20"], true),
            ("title = \"x\"\nlanguages = \"vi\"", &["S604 2:13"], false),
            ("title = { vi = \"x\" }\nlanguages = [\"vi\", \"en\"]", &["S605 1:9"], true),
            ("title = { vi = \"x\", fr = \"y\" }\nlanguages = [\"vi\"]", &["S603 1:21"], true),
            ("title = 3\nlanguages = [\"vi\"]", &["S604 1:9"], false),
        ];
        for (text, expected, usable) in cases {
            assert_eq!(found(text), *expected, "{text}");
            assert_eq!(parse_config(text).0.is_some(), *usable, "{text}");
        }
    }

    #[test]
    fn near_words_are_suggested() {
        let nearest = |lines: &str| parse_config(&format!("{MINIMAL}{lines}")).1[0].nearest.clone();
        assert_eq!(nearest("licens = \"x\"").as_deref(), Some("licence"));
        assert_eq!(nearest("editions.x.audiences = [\"teacher\"]").as_deref(), Some("teachers"));
    }

    fn found(text: &str) -> Vec<String> {
        let (_, diagnostics) = parse_config(text);
        diagnostics
            .iter()
            .map(|d| {
                let at = line_column(text, d.span.unwrap_or_default().start as usize);
                format!("{} {}:{}", d.code.id(), at.line, at.column)
            })
            .collect()
    }

    proptest! {
        #[test]
        fn any_text_is_read_soundly(
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 1..6)
        ) {
            let mut chars: Vec<char> = FULL.chars().collect();
            for (index, c) in edits {
                let i = index.index(chars.len());
                chars[i] = c;
            }
            let text: String = chars.into_iter().collect();
            for diagnostic in parse_config(&text).1 {
                prop_assert!(text.get(diagnostic.span.unwrap_or_default().range()).is_some());
            }
        }
    }
}
