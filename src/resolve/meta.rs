//! Merges the front matter of a pair: one set of facts, and each language's own words.
//!
//! Here the kind is known, so here is checked what a kind requires and allows.

use crate::base::{DocNumber, Lang, RelPath, Span, slug};
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Config, Details, Directive, Field, FrontMatter, Guideline, Key, Kind, Meta, Owner, PageId,
    Speaker, Talk, Value,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Levels of a talk.
const TALK_LEVELS: &[&str] = &["basic", "intermediate", "advanced"];
/// Security levels of an information system (Decree 85/2016/NĐ-CP).
const SYSTEM_LEVELS: &[&str] = &["1", "2", "3", "4", "5"];

/// The front matter of one file of a pair.
pub struct Given<'a> {
    /// Its language.
    pub lang: &'a Lang,
    /// The file.
    pub source: &'a RelPath,
    /// What it says of itself.
    pub front: &'a FrontMatter,
}

/// Merges the files of the page `id`, which stand in the order of the site's languages.
///
/// The first file owns the facts. Returns the pair's kind, one [`Meta`] per file (`None` where
/// something required is missing) and what is wrong.
pub fn merge(
    config: &Config,
    id: &PageId,
    is_index: bool,
    given: &[Given<'_>],
) -> (Kind, Vec<Option<Meta>>, Vec<Diagnostic>) {
    let Some(owner) = given.first() else {
        return (if is_index { Kind::Page } else { Kind::of_folder(id.folder()) }, vec![], vec![]);
    };
    let mut diagnostics = Vec::new();
    let kind = kind_of(id, is_index, owner, &mut diagnostics);
    for file in given {
        check_kind_has_keys(kind, file, &mut diagnostics);
    }
    for translation in &given[1..] {
        compare_facts(owner, translation, &mut diagnostics);
    }
    let facts = Facts::of(config, kind, owner, &mut diagnostics);
    let metas = given.iter().map(|file| meta(kind, owner, file, &facts, &mut diagnostics));
    let metas = metas.collect();
    (kind, metas, diagnostics)
}

fn kind_of(id: &PageId, is_index: bool, owner: &Given<'_>, out: &mut Vec<Diagnostic>) -> Kind {
    let written =
        text(owner, Key::Kind).and_then(|(word, span)| Some((Kind::from_id(word)?, span)));
    match written {
        Some((kind, span)) if is_index && kind != Kind::Page => {
            out.push(unknown_value(owner, Key::Kind, kind.id(), span, &[Kind::Page.id()]));
            Kind::Page
        }
        _ if is_index => Kind::Page,
        Some((kind, _)) => kind,
        None => Kind::of_folder(id.folder()),
    }
}

fn check_kind_has_keys(kind: Kind, file: &Given<'_>, out: &mut Vec<Diagnostic>) {
    // A kind that was refused is not known; the folder's would blame the wrong keys.
    if file.front.refused.contains(&Key::Kind) {
        return;
    }
    for (key, field) in &file.front.fields {
        if key.kinds().is_empty() || key.kinds().contains(&kind) {
            continue;
        }
        let kinds: Vec<_> = key.kinds().iter().map(|k| k.id()).collect();
        out.push(
            Diagnostic::new(Code::KeyNotForKind, file.source)
                .at(field.key_span)
                .with("key", key.name())
                .with("kind", kind.id())
                .with("kinds", kinds.join("`, `")),
        );
    }
}

/// Facts that a translation repeats must be the owner's.
fn compare_facts(owner: &Given<'_>, translation: &Given<'_>, out: &mut Vec<Diagnostic>) {
    for (&key, here) in &translation.front.fields {
        if key.owner() != Owner::Pair {
            continue;
        }
        match owner.front.fields.get(&key) {
            Some(there) if comparable(&here.value) != comparable(&there.value) => {
                out.push(differ(owner, translation, key, (here, there)));
            }
            Some(_) => {}
            None if owner.front.refused.contains(&key) => {}
            None => out.push(
                Diagnostic::new(Code::FactOnlyInTranslation, translation.source)
                    .at(here.key_span)
                    .with("key", key.name())
                    .with("file", owner.source.as_str())
                    .see(owner.source, Some(first_line(owner.front))),
            ),
        }
    }
}

fn differ(
    owner: &Given<'_>,
    translation: &Given<'_>,
    key: Key,
    (here, there): (&Field, &Field),
) -> Diagnostic {
    Diagnostic::new(Code::FactsDiffer, translation.source)
        .at(here.span)
        .with("key", key.name())
        .with("here", shown(&here.value))
        .with("there", shown(&there.value))
        .see(owner.source, Some(there.span))
}

/// A value in a form in which equal facts are equal: lists in any order, `CĐ` like `CD`.
fn comparable(value: &Value) -> Vec<String> {
    let plain = |text: &str| {
        DocNumber::new(text).map_or_else(|| text.to_owned(), |n| n.folded().to_owned())
    };
    match value {
        Value::Text(text) => vec![plain(text)],
        Value::List(items) => {
            let set: BTreeSet<_> = items.iter().map(|(text, _)| plain(text)).collect();
            set.into_iter().collect()
        }
        other => vec![shown(other)],
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Date(date) => date.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::List(items) => join(items.iter().map(|(text, _)| &**text)),
        Value::Speakers(people) => join(people.iter().map(|p| p.name.as_deref().unwrap_or("–"))),
    }
}

fn join<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

/// What all languages of a pair share.
struct Facts {
    date: Option<Date>,
    review_by: Option<Date>,
    tags: Vec<String>,
    audience: Vec<String>,
    aliases: Vec<String>,
    weight: Option<i64>,
    draft: bool,
    /// The kind's facts, without the words of any language; `None` when one is missing.
    details: Option<Details>,
}

impl Facts {
    fn of(config: &Config, kind: Kind, owner: &Given<'_>, out: &mut Vec<Diagnostic>) -> Facts {
        let audience = audience(config, owner, out);
        let has_audience = kind != Kind::Guideline || require(kind, owner, Key::Audience, out);
        let details = details(kind, owner, out).filter(|_| has_audience);
        let aliases = items(owner, Key::Aliases);
        Facts {
            date: date(owner, Key::Date),
            review_by: date(owner, Key::ReviewBy),
            tags: tags(owner, out),
            audience,
            aliases: unique(aliases.iter().map(|(text, _)| text.clone())),
            weight: integer(owner, Key::Weight).map(|(weight, _)| weight),
            draft: matches!(value(owner, Key::Draft), Some(Value::Bool(true))),
            details,
        }
    }
}

fn audience(config: &Config, owner: &Given<'_>, out: &mut Vec<Diagnostic>) -> Vec<String> {
    let known: Vec<&str> = config.audiences.iter().map(|(id, _)| id.as_str()).collect();
    for (id, span) in items(owner, Key::Audience) {
        if !known.contains(&id.as_str()) {
            out.push(
                Diagnostic::new(Code::UnknownAudience, owner.source)
                    .at(*span)
                    .with("value", id)
                    .with("allowed", quoted(&known))
                    .suggest(id, known.iter().copied()),
            );
        }
    }
    let ids = items(owner, Key::Audience).iter().map(|(id, _)| id.clone());
    unique(ids.filter(|id| known.contains(&id.as_str())))
}

fn tags(owner: &Given<'_>, out: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut slugs = BTreeSet::new();
    let mut tags = Vec::new();
    for (tag, span) in items(owner, Key::Tags) {
        let slug = slug(tag);
        if slug.is_empty() {
            let bad = Diagnostic::new(Code::BadSlugValue, owner.source).at(*span);
            out.push(bad.with("value", tag));
        } else if slugs.insert(slug) {
            tags.push(tag.clone());
        }
    }
    tags
}

fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(text.clone())).collect()
}

fn details(kind: Kind, owner: &Given<'_>, out: &mut Vec<Diagnostic>) -> Option<Details> {
    match kind {
        Kind::Page => Some(Details::Page),
        Kind::Talk => Some(Details::Talk(Talk {
            duration: duration(owner, out),
            level: level(owner, TALK_LEVELS, out),
            ..Talk::default()
        })),
        Kind::Guideline => Some(Details::Guideline(Guideline {
            level: level(owner, SYSTEM_LEVELS, out).and_then(|level| level.parse().ok()),
            ..Guideline::default()
        })),
        Kind::Directive => directive(owner, out).map(Details::Directive),
    }
}

fn duration(owner: &Given<'_>, out: &mut Vec<Diagnostic>) -> Option<u32> {
    let (minutes, span) = integer(owner, Key::Duration)?;
    let duration = u32::try_from(minutes).ok().filter(|m| *m > 0);
    if duration.is_none() {
        out.push(
            Diagnostic::new(Code::WrongType, owner.source)
                .at(span)
                .with("key", Key::Duration.name())
                .with("expected_vi", "số phút lớn hơn 0")
                .with("expected_en", "a number of minutes above 0")
                .with("found_vi", format!("`{minutes}`"))
                .with("found_en", format!("`{minutes}`"))
                .with("example", "`duration: 45`"),
        );
    }
    duration
}

fn level(owner: &Given<'_>, allowed: &[&str], out: &mut Vec<Diagnostic>) -> Option<String> {
    let (level, span) = text(owner, Key::Level)?;
    if allowed.contains(&level) {
        return Some(level.to_owned());
    }
    out.push(unknown_value(owner, Key::Level, level, span, allowed));
    None
}

fn directive(owner: &Given<'_>, out: &mut Vec<Diagnostic>) -> Option<Directive> {
    // Not `all`, which would stop at the first that is missing.
    let missing = [Key::Number, Key::Type, Key::Issuer, Key::Issued]
        .into_iter()
        .filter(|key| !require(Kind::Directive, owner, *key, out))
        .count();
    let doc_number = text(owner, Key::Number).and_then(|(number, span)| {
        let parsed = DocNumber::new(number);
        if parsed.is_none() {
            out.push(bad_number(owner, number, span));
        }
        parsed
    });
    let replaces = items(owner, Key::Replaces);
    let (replaces, bad): (Vec<_>, Vec<_>) =
        replaces.iter().cloned().partition(|(number, _)| DocNumber::new(number).is_some());
    out.extend(bad.iter().map(|(number, span)| bad_number(owner, number, *span)));
    let official_url = official_url(owner, out);
    if missing > 0 {
        return None;
    }
    Some(Directive {
        number: owned(owner, Key::Number)?,
        doc_number: doc_number?,
        number_span: text(owner, Key::Number)?.1,
        doc_type: owned(owner, Key::Type)?,
        issuer: owned(owner, Key::Issuer)?,
        issuer_lang: owner.lang.clone(),
        issued: date(owner, Key::Issued)?,
        effective: date(owner, Key::Effective),
        status: owned(owner, Key::Status),
        replaces,
        official_url,
    })
}

fn bad_number(owner: &Given<'_>, number: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::BadDocNumber, owner.source).at(span).with("value", number)
}

fn official_url(owner: &Given<'_>, out: &mut Vec<Diagnostic>) -> Option<String> {
    let (url, span) = text(owner, Key::OfficialUrl)?;
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let has_host = rest.is_some_and(|r| r.starts_with(|c: char| c.is_alphanumeric() || c == '['));
    if has_host && !url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Some(url.to_owned());
    }
    out.push(Diagnostic::new(Code::BadOfficialUrl, owner.source).at(span).with("value", url));
    None
}

/// One language's page: the facts with its own words.
fn meta(
    kind: Kind,
    owner: &Given<'_>,
    file: &Given<'_>,
    facts: &Facts,
    out: &mut Vec<Diagnostic>,
) -> Option<Meta> {
    require(kind, file, Key::Title, out);
    let speakers = speakers(owner, file, out);
    let mut details = facts.details.clone()?;
    match &mut details {
        Details::Talk(talk) => {
            talk.speakers = speakers;
            talk.event = owned(file, Key::Event);
            // Slides are often shared: a translation without files of its own offers the source's.
            let own = items(file, Key::Attachments);
            let attachments = if own.is_empty() { items(owner, Key::Attachments) } else { own };
            talk.attachments = attachments.to_vec();
        }
        Details::Guideline(guideline) => {
            guideline.owner = owned(file, Key::Owner);
            guideline.applies_to = owned(file, Key::AppliesTo);
        }
        Details::Directive(directive) => {
            if let Some(issuer) = owned(file, Key::Issuer) {
                directive.issuer = issuer;
                directive.issuer_lang = file.lang.clone();
            }
        }
        Details::Page => {}
    }
    Some(Meta {
        // Without a title nothing is published, but what links to the page is not to blame.
        title: owned(file, Key::Title).unwrap_or_else(|| file.source.name().to_owned()),
        description: owned(file, Key::Description),
        source: owned(file, Key::Source),
        updated: date(file, Key::Updated),
        date: facts.date,
        review_by: facts.review_by,
        tags: facts.tags.clone(),
        audience: facts.audience.clone(),
        aliases: facts.aliases.clone(),
        weight: facts.weight,
        draft: facts.draft,
        details,
    })
}

/// The speakers of `file`. A name is written once for all languages; a role and an
/// organisation are words of one language, and inherited only where there is no name.
fn speakers(owner: &Given<'_>, file: &Given<'_>, out: &mut Vec<Diagnostic>) -> Vec<Speaker> {
    let Some(Field { value: Value::Speakers(there), .. }) = owner.front.fields.get(&Key::Speakers)
    else {
        return own_speakers(file).to_vec();
    };
    let here = own_speakers(file);
    if here.is_empty() {
        return there.iter().map(inherited).collect();
    }
    let same_name =
        |(a, b): (&Speaker, &Speaker)| a.name.is_none() || b.name.is_none() || a.name == b.name;
    let same = here.len() == there.len() && here.iter().zip(there).all(same_name);
    let fields = (file.front.fields.get(&Key::Speakers), owner.front.fields.get(&Key::Speakers));
    if let (false, (Some(h), Some(t))) = (same, fields) {
        out.push(differ(owner, file, Key::Speakers, (h, t)));
        return here.to_vec();
    }
    let named = here.iter().zip(there).map(|(here, there)| Speaker {
        name: here.name.clone().or_else(|| there.name.clone()),
        ..here.clone()
    });
    named.collect()
}

fn own_speakers<'a>(file: &Given<'a>) -> &'a [Speaker] {
    match value(file, Key::Speakers) {
        Some(Value::Speakers(people)) => people,
        _ => &[],
    }
}

fn inherited(speaker: &Speaker) -> Speaker {
    match &speaker.name {
        Some(name) => Speaker { name: Some(name.clone()), ..Speaker::default() },
        None => speaker.clone(),
    }
}

/// Whether `file` gives `key`; reports it missing unless its value was reported already.
fn require(kind: Kind, file: &Given<'_>, key: Key, out: &mut Vec<Diagnostic>) -> bool {
    let given = file.front.fields.contains_key(&key);
    if !given && !file.front.refused.contains(&key) {
        out.push(
            Diagnostic::new(Code::MissingField, file.source)
                .at(first_line(file.front))
                .with("kind", kind.id())
                .with("key", key.name())
                .with("example", format!("`{}`", example(key))),
        );
    }
    given
}

fn example(key: Key) -> &'static str {
    match key {
        Key::Audience => "audience: [teachers]",
        Key::Number => "number: 09/CT-TTg",
        Key::Type => "type: directive",
        Key::Issuer => "issuer: Thủ tướng Chính phủ",
        Key::Issued => "issued: 2024-02-23",
        _ => "title: Nhận biết email lừa đảo",
    }
}

fn unknown_value(
    file: &Given<'_>,
    key: Key,
    value: &str,
    span: Span,
    allowed: &[&str],
) -> Diagnostic {
    Diagnostic::new(Code::UnknownValue, file.source)
        .at(span)
        .with("key", key.name())
        .with("value", value)
        .with("allowed", quoted(allowed))
        .suggest(value, allowed.iter().copied())
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

/// The opening `---`, or the file's start where there is no front matter.
fn first_line(front: &FrontMatter) -> Span {
    Span { start: front.span.start, end: front.span.end.min(front.span.start + 3) }
}

fn value<'a>(file: &Given<'a>, key: Key) -> Option<&'a Value> {
    file.front.fields.get(&key).map(|field| &field.value)
}

fn text<'a>(file: &Given<'a>, key: Key) -> Option<(&'a str, Span)> {
    match file.front.fields.get(&key)? {
        Field { value: Value::Text(text), span, .. } => Some((text, *span)),
        _ => None,
    }
}

fn owned(file: &Given<'_>, key: Key) -> Option<String> {
    text(file, key).map(|(text, _)| text.to_owned())
}

fn date(file: &Given<'_>, key: Key) -> Option<Date> {
    match value(file, key)? {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}

fn integer(file: &Given<'_>, key: Key) -> Option<(i64, Span)> {
    match file.front.fields.get(&key)? {
        Field { value: Value::Integer(number), span, .. } => Some((*number, *span)),
        _ => None,
    }
}

fn items<'a>(file: &Given<'a>, key: Key) -> &'a [(String, Span)] {
    match value(file, key) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::line_column;
    use crate::parse::config::parse_config;
    use crate::parse::front_matter::parse_front_matter;

    type Merged = (Kind, Vec<Option<Meta>>, Vec<Diagnostic>);

    const DIRECTIVE: &str =
        "title: x\nnumber: 09/CT-TTg\ntype: directive\nissuer: Thủ tướng\nissued: 2024-02-23\n";

    /// Merges the front matter `vi` and `en` of the page `id`; an empty one is no file.
    fn merged(id: &str, vi: &str, en: &str) -> Merged {
        let (config, _) = parse_config("title = \"x\"\nlanguages = [\"vi\", \"en\"]\n");
        let files: Vec<_> = [("vi", vi), ("en", en)]
            .into_iter()
            .filter(|(_, yaml)| !yaml.is_empty())
            .map(|(lang, yaml)| {
                let file = RelPath::new(format!("content/{id}.{lang}.md"));
                let (front, ..) = parse_front_matter(&file, &block(yaml));
                (Lang::new(lang).unwrap(), file, front)
            })
            .collect();
        let given: Vec<_> =
            files.iter().map(|(lang, source, front)| Given { lang, source, front }).collect();
        let id = PageId::new(id);
        merge(&config.unwrap(), &id, id.is_index(), &given)
    }

    fn block(yaml: &str) -> String {
        format!("---\n{yaml}\n---\n")
    }

    /// `vi S401 2:8` for each diagnostic.
    fn found(id: &str, vi: &str, en: &str) -> Vec<String> {
        let (_, _, diagnostics) = merged(id, vi, en);
        diagnostics
            .iter()
            .map(|d| {
                let (lang, yaml) =
                    if d.file.as_str().ends_with(".vi.md") { ("vi", vi) } else { ("en", en) };
                let at = line_column(&block(yaml), d.span.unwrap().start as usize);
                format!("{lang} {} {}:{}", d.code.id(), at.line, at.column)
            })
            .collect()
    }

    #[test]
    fn facts_are_inherited_and_words_are_not() {
        let vi = "title: Lừa đảo\ndate: 2024-02-23\ntags: [Email, email, mật khẩu]\nweight: 3\n\
                  audience: [teachers, teachers]\nevent: Hội nghị\ndescription: Một\nduration: 45\n\
                  level: basic\nspeakers:\n - {name: An, role: Chuyên viên}\n - {role: Khách mời}";
        let (kind, metas, diagnostics) = merged("talks/phishing", vi, "title: Phishing");
        assert_eq!((kind, diagnostics), (Kind::Talk, vec![]));
        let en = metas[1].as_ref().unwrap();
        assert_eq!((&*en.title, en.weight), ("Phishing", Some(3)));
        assert_eq!(en.tags, ["Email", "mật khẩu"]);
        assert_eq!(en.audience, ["teachers"]);
        assert!(en.date.is_some() && en.description.is_none());
        let Details::Talk(talk) = &en.details else { panic!() };
        assert_eq!((talk.event.as_deref(), talk.duration), (None, Some(45)));
        assert_eq!(talk.level.as_deref(), Some("basic"));
        let speaker = |name: Option<&str>, role: Option<&str>| Speaker {
            name: name.map(str::to_owned),
            role: role.map(str::to_owned),
            organisation: None,
        };
        assert_eq!(talk.speakers, [speaker(Some("An"), None), speaker(None, Some("Khách mời"))]);
        let en = "title: x\nspeakers:\n - role: Officer\n - role: Guest";
        let (_, metas, diagnostics) = merged("talks/phishing", vi, en);
        assert_eq!(diagnostics, []);
        let Details::Talk(talk) = &metas[1].as_ref().unwrap().details else { panic!() };
        assert_eq!(talk.speakers[0], speaker(Some("An"), Some("Officer")));
    }

    #[test]
    fn kinds_come_from_key_or_folder_and_an_index_is_a_page() {
        let cases = [
            ("talks/a", "title: x", Kind::Talk),
            ("about", "title: x", Kind::Page),
            ("about", "title: x\nkind: talk", Kind::Talk),
            ("talks/index", "title: x", Kind::Page),
            ("talks/index", "title: x\nkind: page", Kind::Page),
        ];
        for (id, yaml, expected) in cases {
            let (kind, metas, diagnostics) = merged(id, yaml, "");
            assert_eq!((kind, diagnostics), (expected, vec![]), "{id} {yaml}");
            assert_eq!(metas[0].as_ref().unwrap().details.kind(), expected);
        }
        assert_eq!(merged("talks/index", "", "").0, Kind::Page);
    }

    #[test]
    fn a_directive_has_its_facts_in_both_languages() {
        let vi = format!(
            "{DIRECTIVE}status: in-force\nreplaces: 14/CT-TTg\nofficial_url: https://a.vn/x"
        );
        let (_, metas, diagnostics) = merged("directives/09", &vi, "title: y\nnumber: 09/CT-TTg");
        assert_eq!(diagnostics, []);
        let Details::Directive(directive) = &metas[1].as_ref().unwrap().details else { panic!() };
        assert_eq!(directive.number, "09/CT-TTg");
        assert_eq!(directive.replaces[0].0, "14/CT-TTg");
        assert_eq!(directive.official_url.as_deref(), Some("https://a.vn/x"));
    }

    #[test]
    fn repeated_facts_may_be_written_in_another_order() {
        let vi = "title: x\ntags: [a, b]\ndate: 2024-02-23";
        assert!(found("a", vi, "title: y\ntags: [b, a]\ndate: 2024-02-23").is_empty());
        let vi = DIRECTIVE.replace("09/CT-TTg", "33/CĐ-TTg");
        assert!(found("directives/33", &vi, "title: y\nnumber: 33/CD-TTg").is_empty());
    }

    #[test]
    fn every_mistake_is_placed() {
        let directive = |more: &str| format!("{DIRECTIVE}{more}");
        let cases: Vec<(&str, String, &str, &[&str])> = vec![
            ("a", "title: x\nevent: y".into(), "", &["vi S104 3:1"]),
            ("talks/a", "title: x\nnumber: 9".into(), "", &["vi S104 3:1"]),
            ("talks/index", "title: x\nkind: talk".into(), "", &["vi S107 3:7"]),
            ("talks/a", "title: x\nlevel: 3".into(), "", &["vi S107 3:8"]),
            ("talks/a", "title: x\nduration: 0".into(), "", &["vi S105 3:11"]),
            ("guidelines/a", "title: x\naudience: leaders\nlevel: 6".into(), "", &["vi S107 4:8"]),
            ("a", "weight: 1".into(), "weight: 1", &["vi S108 1:1", "en S108 1:1"]),
            ("guidelines/a", "title: x".into(), "", &["vi S108 1:1"]),
            ("directives/a", "title: x".into(), "title: y", &["vi S108 1:1"; 4]),
            ("directives/a", directive("").replace("09/CT-TTg", "chín"), "", &["vi S113 3:9"]),
            ("directives/a", directive("replaces: [9/CT-TTg, x]"), "", &["vi S113 7:22"]),
            ("directives/a", directive("official_url: www.a.vn"), "", &["vi S114 7:15"]),
            ("directives/a", directive("official_url: javascript:x"), "", &["vi S114 7:15"]),
            ("a", "title: x\nweight: 1".into(), "title: y\nweight: 2", &["en S401 3:9"]),
            ("a", "title: x\ndraft: true".into(), "title: y\ndraft: false", &["en S401 3:8"]),
            (
                "talks/a",
                "title: x\nspeakers: [{name: A}]".into(),
                "title: y\nspeakers: [{name: B}]",
                &["en S401 3:11"],
            ),
            (
                "talks/a",
                "title: x\nspeakers: [{name: A}]".into(),
                "title: y\nspeakers: [{name: A}, {name: B}]",
                &["en S401 3:11"],
            ),
            ("a", "title: x\naudience: [leaders, teacher]".into(), "", &["vi S407 3:21"]),
            ("a", "title: x\ntags: [a, '!!']".into(), "", &["vi S408 3:11"]),
            ("a", "title: x".into(), "title: y\nweight: 2", &["en S410 3:1"]),
            // Reported where they stand; not missing, not different, not only here as well.
            ("a", "titel: x".into(), "", &[]),
            ("a", "title: x\ndate: 1".into(), "title: y\ndate: 2024-02-23", &[]),
            ("talks/a", "title: x\nkind: directiv\nnumber: 1".into(), "", &[]),
        ];
        for (id, vi, en, expected) in cases {
            assert_eq!(found(id, &vi, en), expected, "{id}\n{vi}\n{en}");
        }
    }

    #[test]
    fn what_lacks_facts_has_no_meta_and_what_lacks_a_title_is_called_after_its_file() {
        let (_, metas, _) = merged("a", "titel: x", "title: y");
        assert!(metas[0].as_ref().unwrap().title.ends_with(".md"));
        assert!(merged("directives/a", "title: x", "title: y").1.iter().all(Option::is_none));
        assert!(merged("guidelines/a", "title: x", "").1[0].is_none());
    }

    #[test]
    fn without_the_source_language_the_first_file_owns_the_facts() {
        let (kind, metas, diagnostics) = merged("talks/a", "", "title: y\nweight: 2");
        assert_eq!((kind, diagnostics), (Kind::Talk, vec![]));
        assert_eq!(metas[0].as_ref().unwrap().weight, Some(2));
    }

    #[test]
    fn a_difference_shows_both_values_and_the_other_place() {
        let (_, _, diagnostics) = merged("a", "title: x\nweight: 1", "title: y\nweight: 2");
        assert_eq!((&*diagnostics[0].args["here"], &*diagnostics[0].args["there"]), ("2", "1"));
        let (file, span) = diagnostics[0].related.clone().unwrap();
        assert_eq!(file.as_str(), "content/a.vi.md");
        assert_eq!(&block("title: x\nweight: 1")[span.unwrap().range()], "1");
    }
}
