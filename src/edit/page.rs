//! `sotay new page`: a page in every language of the site, with the front matter of its kind
//! filled in and explained.

use super::address::Asked;
use super::consequences::{self, side_effects};
use super::keys::{Voice, example, explanation, is_required};
use super::plan::{Create, Plan};
use super::refusal::{Refusal, Sentence};
use super::survey::{Survey, implied_kind};
use crate::base::{DocNumber, Lang, RelPath, fold, read_as_meant};
use crate::model::{Config, Key, Kind, Owner, PageId, Snapshot};

/// A page that somebody asks for.
#[derive(Clone, Copy, Default, Debug)]
pub struct NewPage<'a> {
    /// Its address: `talks/passwords`, `talks/Mật khẩu`.
    pub address: &'a str,
    /// Its kind, where it is not the one its folder implies.
    pub kind: Option<Kind>,
    /// Its title in every language, until somebody translates it.
    pub title: Option<&'a str>,
    /// The number of the document that it is a summary of.
    pub number: Option<&'a str>,
}

/// The plan that makes a page, and the page that introduces its folder where there is none. All
/// are drafts.
pub fn new_page(snapshot: &Snapshot, page: NewPage<'_>) -> Result<Plan, Refusal> {
    let survey = Survey::of(snapshot)?;
    let asked = Asked::read(page.address, &survey.config)?;
    asked.check(&survey.config)?;
    asked.check_free(&survey, None)?;
    let id = asked.id();
    let kind = page.kind.unwrap_or_else(|| implied_kind(&id));
    let title = match (page.title, page.number) {
        (Some(title), _) => words(title)?,
        (None, Some(number)) => words(number)?,
        (None, None) => asked.title(asked.folder().len()),
    };
    let facts = Facts {
        kind: (kind != implied_kind(&id)).then_some(kind),
        number: number(&survey, kind, page.number)?,
        audience: audience(&survey.config, kind)?,
    };
    let index = index_pages(&survey, &asked, true)?;
    let folder = survey.folder_for(asked.folder());
    let mut creates = Vec::new();
    for lang in &survey.config.languages {
        let text = text(&survey.config, &asked, lang, kind, &title, &facts);
        let file = RelPath::new(format!("{folder}/{}.{lang}.md", asked.name()));
        creates.push(Create { file, text });
    }
    let has_index = !index.is_empty();
    creates.extend(index);
    let mut plan = consequences::plan(&survey, Vec::new(), creates)?;
    plan.notes = side_effects(&plan, |page| *page == id);
    plan.notes.push(drafts(&plan.creates, has_index));
    Ok(plan)
}

/// Pages to introduce the folders around `asked` that have none, in every language.
pub fn index_pages(
    survey: &Survey<'_>,
    asked: &Asked,
    draft: bool,
) -> Result<Vec<Create>, Refusal> {
    let mut creates = Vec::new();
    for (depth, parts) in asked.folders().enumerate() {
        let address = parts.join("/");
        let pages = survey.places.pages();
        // A folder's own page becomes the page that introduces it.
        let has = |id: String| pages.contains_key(&PageId::new(id));
        let own = has(address.clone()) && !survey.places.is_section(&address);
        if own || has(format!("{address}/index")) {
            continue;
        }
        if let Some((owner, file)) = survey.alias(&format!("{address}/index")) {
            return Err(Refusal::new(
                format!(
                    "thư mục `{address}` cần trang giới thiệu, nhưng `{address}/index` là địa chỉ cũ của trang `{owner}`; xóa khỏi `aliases` trong {file} trước đã"
                ),
                format!(
                    "the folder `{address}` needs a page to introduce it, but `{address}/index` is a former address of the page `{owner}`; remove it from `aliases` in {file} first"
                ),
            ));
        }
        let folder = survey.folder_for(parts);
        let title = asked.title(depth);
        for (i, lang) in survey.config.languages.iter().enumerate() {
            let mut text = format!("---\ntitle: {}\n", scalar(&title));
            if draft && i == 0 {
                let voice = Voice::of(lang);
                text += &entry(Key::Draft, Kind::Page, voice, "true", true);
            }
            text += "---\n";
            let file = RelPath::new(format!("{folder}/index.{lang}.md"));
            creates.push(Create { file, text });
        }
    }
    Ok(creates)
}

/// What the new page's source file says beside its title.
struct Facts {
    kind: Option<Kind>,
    number: Option<String>,
    audience: Option<String>,
}

/// The number of a directive: the one asked for, which must be free, or one that nobody can take
/// for a number.
fn number(survey: &Survey<'_>, kind: Kind, asked: Option<&str>) -> Result<Option<String>, Refusal> {
    let taken = |number: &DocNumber| {
        survey.numbers().find(|(n, _)| DocNumber::new(n).as_ref() == Some(number)).map(|(_, f)| f)
    };
    match (kind, asked) {
        (Kind::Directive, Some(text)) => {
            let Some(number) = DocNumber::new(text) else {
                return Err(Refusal::new(
                    format!(
                        "`{text}` không phải số hiệu văn bản; viết như `09/CT-TTg` hoặc `13/2023/NĐ-CP`"
                    ),
                    format!(
                        "`{text}` is not the number of a legal document; write it like `09/CT-TTg` or `13/2023/NĐ-CP`"
                    ),
                ));
            };
            match taken(&number) {
                Some(file) => Err(Refusal::new(
                    format!("văn bản `{text}` đã có trang tóm tắt: {file}"),
                    format!("the document `{text}` has a summary already: {file}"),
                )),
                None => Ok(Some(text.trim().to_owned())),
            }
        }
        (Kind::Directive, None) => {
            let letters = Voice::of(survey.config.source_lang()).say("SỐ-HIỆU", "ITS-NUMBER");
            let placeholders = (0..1_000_000).map(|n| format!("{n}/{letters}"));
            let mut free = placeholders
                .filter(|text| DocNumber::new(text).is_some_and(|number| taken(&number).is_none()));
            Ok(free.next())
        }
        (_, None) => Ok(None),
        (_, Some(_)) => Err(Refusal::new(
            "chỉ văn bản chỉ đạo mới có số hiệu; thêm `--kind directive` hoặc đặt trang trong thư mục directives",
            "only a directive has a number; add `--kind directive`, or put the page in the folder directives",
        )),
    }
}

/// The audience of a guideline, which it cannot be without: the first of the site's.
fn audience(config: &Config, kind: Kind) -> Result<Option<String>, Refusal> {
    if kind != Kind::Guideline {
        return Ok(None);
    }
    match config.audiences.first() {
        Some((id, _)) => Ok(Some(format!("[{id}]"))),
        None => Err(Refusal::new(
            "trang hướng dẫn cần đối tượng người đọc, nhưng [audiences] trong site.toml đang trống",
            "a guideline needs an audience, and [audiences] of site.toml has none",
        )),
    }
}

/// A title as given, on one line.
pub fn words(title: &str) -> Result<String, Refusal> {
    let meant = read_as_meant(title).text;
    let clean: Vec<&str> = meant.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let title = clean.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return Err(Refusal::new("tên trang trống", "the title is empty"));
    }
    Ok(title)
}

/// The text of the new page in one language.
fn text(
    config: &Config,
    asked: &Asked,
    lang: &Lang,
    kind: Kind,
    title: &str,
    facts: &Facts,
) -> String {
    let voice = Voice::of(lang);
    let source = config.source_lang();
    let owns_facts = lang == source;
    let belongs = |key: &Key| {
        let of_kind = key.kinds().is_empty() || key.kinds().contains(&kind);
        of_kind && (owns_facts || key.owner() == Owner::Language)
    };
    let mut given = String::new();
    let mut optional = String::new();
    for key in Key::ALL.iter().copied().filter(belongs) {
        // Another language inherits who issued it, and says so in its own words if it likes.
        let required = is_required(key, kind) && owns_facts;
        let (value, active) = match key {
            Key::Title if !owns_facts => {
                let hint = voice.say(
                    "Tên trang, bằng ngôn ngữ của tệp này.",
                    "The page's title, in this file's language.",
                );
                given += &format!("# {hint}\ntitle: {}\n", scalar(title));
                continue;
            }
            Key::Title => (scalar(title), true),
            Key::Draft => ("true".to_owned(), true),
            Key::Kind => (kind.id().to_owned(), facts.kind.is_some()),
            Key::Number => (facts.number.as_deref().map_or_else(String::new, quoted), true),
            Key::Type => (document_type(facts.number.as_deref()).to_owned(), true),
            Key::Audience => {
                let ids = config.audiences.iter().take(2).map(|(id, _)| id.as_str());
                let all = format!("[{}]", ids.collect::<Vec<_>>().join(", "));
                (facts.audience.clone().unwrap_or(all), required)
            }
            Key::Aliases => {
                let folder = asked.folder().join("/");
                let slash = if folder.is_empty() { "" } else { "/" };
                (format!("[{folder}{slash}old-name]"), false)
            }
            key => (example(key, kind, voice).to_owned(), required),
        };
        let part = if active { &mut given } else { &mut optional };
        *part += &entry(key, kind, voice, &value, active);
    }
    let place = voice.say(
        "Những gì dùng chung cho mọi ngôn ngữ (ngày, chủ đề, thứ tự...) nằm trong tệp",
        "What all languages share (dates, topics, order and the like) stands in",
    );
    let facts = match owns_facts {
        true => String::new(),
        false => format!("# {place} {}.{source}.md.\n", asked.name()),
    };
    let hint = voice.say(
        "Các dòng dưới đây không bắt buộc. Muốn dùng dòng nào thì xóa dấu # ở đầu dòng đó.",
        "The lines below are optional. To use one, delete the # that it begins with.",
    );
    format!("---\n{given}{facts}\n# {hint}\n\n{optional}---\n\n{}", body(kind, voice))
}

/// One key with its explanation; not `active`, it is there to be uncommented: its lines begin
/// with `#` alone, an explanation's with `# `.
fn entry(key: Key, kind: Kind, voice: Voice, value: &str, active: bool) -> String {
    let explanation = explanation(key, kind, voice);
    let gap = if value.starts_with('\n') { "" } else { " " };
    let lines = format!("{}:{gap}{value}", key.name());
    let mark = if active { "" } else { "#" };
    let lines: Vec<String> = lines.lines().map(|line| format!("{mark}{line}\n")).collect();
    format!("# {explanation}\n{}", lines.concat())
}

/// The type of a document, as its number tells: `NĐ` is a decree.
fn document_type(number: Option<&str>) -> &'static str {
    let letters = number.and_then(|n| n.rsplit('/').next()).map(fold).unwrap_or_default();
    match letters.split(['-', '–']).next().unwrap_or_default() {
        "cd" | "cv" => "official-dispatch",
        "nd" => "decree",
        "tt" | "ttlt" => "circular",
        law if law.starts_with("qh") => "law",
        _ => "directive",
    }
}

/// What the text of a page of this kind begins with. The headings of all languages line up,
/// whichever of them is the source.
fn body(kind: Kind, voice: Voice) -> &'static str {
    let (vi, en) = match kind {
        Kind::Talk => (
            "Một đoạn mở đầu: bài này nói về điều gì và vì sao cần biết.\n\n## Ý chính {#main-points}\n\n- Ý thứ nhất.\n- Ý thứ hai.\n\n:::notes\nGhi chú cho người trình bày; người đọc không thấy phần này.\n:::\n",
            "An opening paragraph: what this talk is about, and why it matters.\n\n## Main points {#main-points}\n\n- The first point.\n- The second point.\n\n:::notes\nNotes for the speaker; readers do not see them.\n:::\n",
        ),
        Kind::Guideline => (
            "Một đoạn mở đầu: làm theo hướng dẫn này thì được gì, và mất bao lâu.\n\n## Việc cần làm {#checklist}\n\n- [ ] Việc thứ nhất.\n- [ ] Việc thứ hai.\n",
            "An opening paragraph: what following this guideline brings, and how long it takes.\n\n## What to do {#checklist}\n\n- [ ] The first thing.\n- [ ] The second thing.\n",
        ),
        Kind::Directive => (
            "Một đoạn tóm tắt: văn bản yêu cầu điều gì, với ai, từ khi nào.\n\n> [!IMPORTANT]\n> Trang này chỉ tóm tắt. Khi viện dẫn hoặc thực hiện, hãy dùng văn bản chính thức.\n\n## Việc cần làm {#what-to-do}\n\n1. Việc thứ nhất.\n2. Việc thứ hai.\n",
            "A summary in one paragraph: what the document asks, of whom, and from when.\n\n> [!IMPORTANT]\n> This page is only a summary. To cite the document or act on it, use the official text.\n\n## What to do {#what-to-do}\n\n1. The first thing.\n2. The second thing.\n",
        ),
        Kind::Page => ("Viết nội dung trang ở đây.\n", "Write the text of the page here.\n"),
    };
    voice.say(vi, en)
}

/// `text` as a YAML scalar that reads as itself: plain where it can be.
pub fn scalar(text: &str) -> String {
    let plain = text.starts_with(char::is_alphabetic)
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(char::is_control)
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&&*text.to_lowercase());
    if plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What to say of new pages that are drafts.
fn drafts(creates: &[Create], has_index: bool) -> Sentence {
    let drafts = creates.iter().filter(|create| create.text.contains("\ndraft: true\n"));
    let files = drafts.map(|create| create.file.as_str()).collect::<Vec<_>>().join(", ");
    let (vi, en) = match has_index {
        true => (
            "Thư mục chưa có trang giới thiệu nên cũng được tạo một trang. ",
            "The folder has no page to introduce it, so that is made too. ",
        ),
        false => ("", ""),
    };
    Sentence::new(
        format!(
            "{vi}Đây là bản nháp, chỉ hiện với `--drafts`. Khi viết xong, xóa dòng `draft: true` trong {files}."
        ),
        format!(
            "{en}It is a draft, shown only with `--drafts`. When it is ready, delete the line `draft: true` in {files}."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Value;
    use crate::parse::front_matter::parse_front_matter;
    use proptest::prelude::*;

    #[test]
    fn numbers_tell_the_type_of_document() {
        for (number, kind) in [
            ("09/CT-TTg", "directive"),
            ("33/CĐ-TTg", "official-dispatch"),
            ("13/2023/NĐ-CP", "decree"),
            ("24/2018/QH14", "law"),
            ("08/TT-BGDĐT", "circular"),
            ("1/QĐ-TTg", "directive"),
        ] {
            assert_eq!(document_type(Some(number)), kind, "{number}");
        }
    }

    proptest! {
        #[test]
        fn any_title_reads_as_itself(title in "[a-zA-ZđĐảẤ0-9 :#'\"\\\\,\\[\\]{}&*!%@`|>~?.-]{1,24}") {
            let title = words(&title).unwrap_or_else(|_| "x".to_owned());
            let text = format!("---\ntitle: {}\n---\n", scalar(&title));
            let (front, _, found) = parse_front_matter(&RelPath::new("a.md"), &text);
            prop_assert_eq!(found, []);
            let Value::Text(read) = &front.fields[&Key::Title].value else { panic!() };
            prop_assert_eq!(read, &title);
        }
    }
}
