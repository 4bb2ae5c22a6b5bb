//! What the site is called, in which languages, for whom, and what its menu holds.

use super::values::{NOT_A_SLUG, is_slug};
use super::{Item, Reader, items};
use crate::base::Lang;
use crate::model::{Localised, MenuEntry};
use std::collections::BTreeMap;
use toml::de::DeValue;

/// Audiences of a handbook that names none: id, Vietnamese and English label.
const AUDIENCES: [(&str, &str, &str); 4] = [
    ("leaders", "Lãnh đạo", "Leaders"),
    ("teachers", "Giáo viên", "Teachers"),
    ("it-staff", "Cán bộ CNTT", "IT staff"),
    ("students", "Học sinh, sinh viên", "Students"),
];

impl Reader<'_> {
    pub fn languages(&mut self, item: &Item<'_>) -> Vec<Lang> {
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
    pub fn title(&mut self, item: &Item<'_>, languages: &[Lang]) -> Localised {
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
    pub fn localised(&mut self, item: &Item<'_>, path: &str, languages: &[Lang]) -> Localised {
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

    pub fn base_url(&mut self, item: &Item<'_>) -> Option<String> {
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

    pub fn report(&mut self, item: &Item<'_>) -> Option<String> {
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

    pub fn audiences(&mut self, item: &Item<'_>, languages: &[Lang]) -> Vec<(String, Localised)> {
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

    pub fn tags(&mut self, item: &Item<'_>, languages: &[Lang]) -> BTreeMap<String, Localised> {
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

    pub fn menu(&mut self, item: &Item<'_>) -> Vec<MenuEntry> {
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
}

/// The audiences of a site that names none.
pub fn default_audiences(languages: &[Lang]) -> Vec<(String, Localised)> {
    let labels = |vi: &str, en: &str| -> Localised {
        let label = |lang: &Lang| if lang.as_str() == "vi" { vi } else { en }.to_owned();
        languages.iter().map(|lang| (lang.clone(), label(lang))).collect()
    };
    AUDIENCES.map(|(id, vi, en)| (id.to_owned(), labels(vi, en))).into()
}

fn is_web_address(url: &str, schemes: &[&str]) -> bool {
    let rest = schemes.iter().find_map(|scheme| url.strip_prefix(scheme));
    rest.is_some_and(|r| r.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>\\`".contains(c))
}
