//! `content/glossary.yaml`: terms with their definitions, variants and forbidden variants.

use crate::base::{Lang, RelPath, Span, nearest, slug};
use crate::diag::{Code, Diagnostic};
use crate::model::{Config, Glossary, GlossaryTerm, Phrase, TermWords};
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use std::collections::{BTreeMap, HashMap};

/// Reads the glossary of a site with the languages of `config`. An entry that cannot be read is
/// reported and left out; the others hold.
pub fn parse_glossary(text: &str, config: &Config) -> (Glossary, Vec<Diagnostic>) {
    let mut reader = Reader { text, config, places: places(text), diagnostics: Vec::new() };
    let mut glossary = Glossary::default();
    match MarkedYaml::load_from_str(text) {
        Err(error) => {
            let at = reader.byte(error.marker().index());
            let (vi, en) = ("YAML không đọc được", "the YAML cannot be read");
            let en = format!("{en}: {}", error.info());
            reader.diagnostics.push(problem(Span::new(at, at), vi, &en).advise(
                "xem dòng này và dòng phía trên: đóng đủ ngoặc, thụt đều bằng dấu cách, đặt giá trị có dấu hai chấm trong dấu ngoặc kép",
                "look at this line and the one above: close every bracket, indent evenly with spaces, put a value with a colon in double quotes",
            ));
        }
        Ok(documents) => {
            if let Some(document) = documents.first() {
                glossary.terms = reader.terms(document);
            }
        }
    }
    // What could not be read would be missed as well.
    if reader.diagnostics.is_empty() {
        reader.in_one_language_only(&glossary);
        reader.clashes(&glossary);
    }
    (glossary, reader.diagnostics)
}

fn problem(span: Span, problem_vi: &str, problem_en: &str) -> Diagnostic {
    Diagnostic::new(Code::BadGlossary, &RelPath::new(Glossary::FILE))
        .at(span)
        .with("problem_vi", problem_vi)
        .with("problem_en", problem_en)
}

/// The byte at which each character begins, and the end.
fn places(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

struct Reader<'a> {
    text: &'a str,
    config: &'a Config,
    places: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
}

type Node<'a> = MarkedYaml<'a>;

/// A key of a mapping, where it stands, and its value.
type Entry<'n, 'a> = (String, Span, &'n Node<'a>);

impl Reader<'_> {
    fn byte(&self, character: usize) -> usize {
        self.places.get(character).copied().unwrap_or(self.text.len())
    }

    /// Where a node stands, cut to its first line.
    fn span(&self, node: &Node<'_>) -> Span {
        let start = self.byte(node.span.start.index());
        let end = self.byte(node.span.end.index()).max(start);
        let line = self.text[start..end].find('\n').map_or(end, |at| start + at);
        Span::new(start, line)
    }

    fn report(&mut self, span: Span, problem_vi: &str, problem_en: &str) {
        self.diagnostics.push(problem(span, problem_vi, problem_en));
    }

    fn terms(&mut self, document: &Node<'_>) -> Vec<GlossaryTerm> {
        let (vi, en) = ("tệp phải bắt đầu bằng `terms:`", "the file must begin with `terms:`");
        let Some(entries) = self.mapping(document, vi, en) else { return Vec::new() };
        self.only_known(&entries, &["terms"]);
        let Some((_, _, list)) = entries.into_iter().find(|(key, ..)| key == "terms") else {
            self.report(self.span(document), vi, en);
            return Vec::new();
        };
        let items = match &list.data {
            YamlData::Sequence(items) => items.iter(),
            YamlData::Value(Scalar::Null) => [].iter(),
            _ => {
                let (vi, en) = ("`terms` phải là một danh sách", "`terms` must be a list");
                self.report(self.span(list), vi, en);
                return Vec::new();
            }
        };
        let mut ids: HashMap<String, Span> = HashMap::new();
        let mut terms = Vec::new();
        for item in items {
            let Some(term) = self.term(item) else { continue };
            if let Some(first) = ids.insert(term.id.clone(), term.span) {
                self.duplicate(&format!("id: {}", term.id), term.span, first);
                continue;
            }
            terms.push(term);
        }
        terms
    }

    fn term(&mut self, item: &Node<'_>) -> Option<GlossaryTerm> {
        let entries = self.mapping(
            item,
            "mỗi thuật ngữ là một nhóm khóa: `vi:`, `en:`, `source:`",
            "each term is a group of keys: `vi:`, `en:`, `source:`",
        )?;
        let languages = self.config.languages.clone();
        let known: Vec<&str> = languages.iter().map(Lang::as_str).chain(["id", "source"]).collect();
        self.only_known(&entries, &known);
        let mut words = BTreeMap::new();
        for (key, _, value) in &entries {
            if let Some(lang) = languages.iter().find(|lang| lang.as_str() == key)
                && let Some(found) = self.words(value)
            {
                words.insert(lang.clone(), found);
            }
        }
        let span = self.span(item);
        // The first language that has it names it, as headings do.
        let named = languages.iter().find_map(|lang| words.get(lang));
        let Some(named) = named else {
            let (vi, en) = (
                "thuật ngữ này chưa có trong ngôn ngữ nào của sổ tay",
                "this term is given in none of the handbook's languages",
            );
            self.report(span, vi, en);
            return None;
        };
        let given = entries.iter().find(|(key, ..)| key == "id");
        let given = given.and_then(|(_, _, value)| self.phrase(value));
        if let Some(id) = &given
            && slug(&id.text) != id.text
        {
            let meant = slug(&id.text);
            self.report(
                id.span,
                &format!("`id` chỉ gồm chữ thường không dấu, chữ số và gạch nối, như `{meant}`"),
                &format!(
                    "`id` has lower-case ASCII letters, digits and hyphens only, like `{meant}`"
                ),
            );
        }
        let id = given.map_or_else(|| slug(&named.term.text), |id| slug(&id.text));
        let source = entries.iter().find(|(key, ..)| key == "source");
        let source = source.map(|(_, _, value)| self.source(value)).unwrap_or_default();
        let id = if id.is_empty() { format!("term-{}", span.start) } else { id };
        Some(GlossaryTerm { id, span, words, source })
    }

    fn words(&mut self, node: &Node<'_>) -> Option<TermWords> {
        let (vi, en) = (
            "cần các khóa `term` và `definition`",
            "the keys `term` and `definition` are wanted here",
        );
        let entries = self.mapping(node, vi, en)?;
        let known = self.only_known(&entries, &["term", "definition", "variants", "forbidden"]);
        let of = |key: &str| entries.iter().find(|(known, ..)| known == key);
        let term = of("term").and_then(|(_, _, value)| self.phrase(value));
        let definition = of("definition").and_then(|(_, _, value)| self.phrase(value));
        let (Some(term), Some(definition)) = (term, definition) else {
            // A misspelt key is missing under its right name.
            if known {
                self.report(self.span(node), vi, en);
            }
            return None;
        };
        let mut list = |key| of(key).map(|(_, _, node)| self.list(node)).unwrap_or_default();
        let (variants, forbidden) = (list("variants"), list("forbidden"));
        Some(TermWords { term, definition: definition.text, variants, forbidden })
    }

    fn source(&mut self, node: &Node<'_>) -> BTreeMap<Lang, String> {
        let languages = self.config.languages.clone();
        if let Some(text) = self.text_of(node) {
            return languages.into_iter().map(|lang| (lang, text.clone())).collect();
        }
        let (vi, en) = (
            "cần một đoạn chữ, hoặc mỗi ngôn ngữ một đoạn",
            "a text is wanted here, or one for each language",
        );
        let Some(entries) = self.mapping(node, vi, en) else { return BTreeMap::new() };
        let known: Vec<&str> = languages.iter().map(Lang::as_str).collect();
        self.only_known(&entries, &known);
        let mut source = BTreeMap::new();
        for lang in languages {
            let value = entries.iter().find(|(key, ..)| *key == lang.as_str());
            if let Some(phrase) = value.and_then(|(_, _, value)| self.phrase(value)) {
                source.insert(lang, phrase.text);
            }
        }
        source
    }

    fn list(&mut self, node: &Node<'_>) -> Vec<Phrase> {
        match &node.data {
            YamlData::Sequence(items) => {
                items.iter().filter_map(|item| self.phrase(item)).collect()
            }
            YamlData::Value(Scalar::Null) => Vec::new(),
            // One text is a list of one.
            _ => self.phrase(node).into_iter().collect(),
        }
    }

    /// A text that is not empty.
    fn phrase(&mut self, node: &Node<'_>) -> Option<Phrase> {
        let text = self.text_of(node).filter(|text| !text.is_empty());
        let span = self.span(node);
        if text.is_none() {
            self.report(span, "chỗ này cần một đoạn chữ", "a text is wanted here");
        }
        Some(Phrase { text: text?, span })
    }

    fn text_of(&self, node: &Node<'_>) -> Option<String> {
        let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        match &node.data {
            YamlData::Value(Scalar::String(text)) => Some(fold(text)),
            YamlData::Value(Scalar::Null) => None,
            // `5`, `true`: as it is written.
            YamlData::Value(_) => Some(fold(&self.text[self.span(node).range()])),
            _ => None,
        }
    }

    fn mapping<'n, 'a>(
        &mut self,
        node: &'n Node<'a>,
        problem_vi: &str,
        problem_en: &str,
    ) -> Option<Vec<Entry<'n, 'a>>> {
        let YamlData::Mapping(mapping) = &node.data else {
            self.report(self.span(node), problem_vi, problem_en);
            return None;
        };
        let entries = mapping.iter();
        Some(
            entries
                .map(|(key, value)| (self.text_of(key).unwrap_or_default(), self.span(key), value))
                .collect(),
        )
    }

    /// Whether all keys are known; the others are reported.
    fn only_known(&mut self, entries: &[Entry<'_, '_>], known: &[&str]) -> bool {
        let before = self.diagnostics.len();
        for (key, span, _) in entries.iter().filter(|(key, ..)| !known.contains(&key.as_str())) {
            let all = known.join("`, `");
            let (vi, en) = match nearest(key, known.iter().copied()) {
                Some(meant) => (
                    format!("không có khóa `{key}`; có phải ý bạn là `{meant}`?"),
                    format!("there is no key `{key}`; did you mean `{meant}`?"),
                ),
                None => (
                    format!("không có khóa `{key}`; ở đây dùng được `{all}`"),
                    format!("there is no key `{key}`; here are `{all}`"),
                ),
            };
            self.report(*span, &vi, &en);
        }
        self.diagnostics.len() == before
    }

    fn duplicate(&mut self, term: &str, span: Span, first: Span) {
        let file = RelPath::new(Glossary::FILE);
        self.diagnostics.push(
            Diagnostic::new(Code::DuplicateTerm, &file)
                .at(span)
                .with("term", term)
                .see(&file, Some(first)),
        );
    }

    /// Terms that a language lacks: one by one, or all at once where it lacks all of them.
    fn in_one_language_only(&mut self, glossary: &Glossary) {
        let file = RelPath::new(Glossary::FILE);
        for lang in &self.config.languages {
            let without: Vec<&GlossaryTerm> =
                glossary.terms.iter().filter(|term| !term.words.contains_key(lang)).collect();
            let all = without.len() == glossary.terms.len() && without.len() > 1;
            let shown = if all { 1 } else { without.len() };
            for term in without.into_iter().take(shown) {
                let named = term.words.values().next();
                let name = named.map_or("", |words| &words.term.text);
                let (which_vi, which_en) = match all {
                    true => ("cả bảng thuật ngữ".to_owned(), "the whole glossary".to_owned()),
                    false => (format!("thuật ngữ `{name}`"), format!("the term `{name}`")),
                };
                self.diagnostics.push(
                    Diagnostic::new(Code::TermWithoutLanguage, &file)
                        .at(term.span)
                        .with("lang", lang.as_str())
                        .with("which_vi", which_vi)
                        .with("which_en", which_en),
                );
            }
        }
    }

    /// Words that stand twice, and words that are right here and forbidden there.
    fn clashes(&mut self, glossary: &Glossary) {
        let file = RelPath::new(Glossary::FILE);
        for lang in &self.config.languages {
            let words = || glossary.terms.iter().filter_map(|term| term.words.get(lang));
            let mut approved: HashMap<String, Span> = HashMap::new();
            for phrase in words().flat_map(TermWords::approved) {
                let key = phrase.text.to_lowercase().replace('-', " ");
                if let Some(first) = approved.get(&key).copied() {
                    self.duplicate(&phrase.text, phrase.span, first);
                } else {
                    approved.insert(key, phrase.span);
                }
            }
            for phrase in words().flat_map(|words| &words.forbidden) {
                if let Some(right) = approved.get(&phrase.text.to_lowercase().replace('-', " ")) {
                    self.diagnostics.push(
                        Diagnostic::new(Code::TermForbidden, &file)
                            .at(phrase.span)
                            .with("term", &phrase.text)
                            .see(&file, Some(*right)),
                    );
                }
            }
        }
    }
}
