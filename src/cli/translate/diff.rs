//! `sotay translate diff`: what the source says now and did not say when it was translated.

use super::super::report::Console;
use super::super::vietnamese::Vietnamese;
use super::super::{Status, git};
use super::status::words_of;
use super::{Whole, place};
use crate::base::{RelPath, read_as_meant};
use crate::diag::UiLang;
use crate::model::{Named, SectionWords, SourceText, State, WordsHash};
use crate::{parse, resolve};
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeMap, BTreeSet};

/// Arguments of `sotay translate diff`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay translate diff talks/phishing           every section that is not current
  sotay translate diff talks/phishing#signs     one section
  sotay translate diff talks/phishing --lang en

The text as it was reviewed comes from git, from any version of the source that has it. Without
git only the sections can be named.
Exit status: 0 fine, 1 problems in content, 2 wrong usage, 3 could not read.")]
pub struct Arguments {
    /// The page, or one section of it
    #[arg(value_name = "PAGE[#SECTION]")]
    page: String,
    /// Only the translation into this language
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Xem bản nguồn đã đổi những gì từ khi bản dịch được duyệt",
    arguments: &[
        ("page", "Trang, hoặc một mục của trang"),
        ("lang", "Chỉ bản dịch sang ngôn ngữ này"),
    ],
    after_help: "Ví dụ:
  sotay translate diff talks/phishing           mọi mục không còn khớp
  sotay translate diff talks/phishing#signs     một mục
  sotay translate diff talks/phishing --lang en

Lời văn lúc duyệt được lấy từ git, ở bất kỳ phiên bản nào của bản nguồn có lời văn đó. Không có git
thì chỉ nêu được tên các mục.
Mã thoát: 0 ổn, 1 nội dung có lỗi, 2 gõ lệnh sai, 3 không đọc được.",
    commands: &[],
};

/// Shows every section of a page that is not current.
pub fn run(whole: &Whole, arguments: &Arguments, console: &Console) -> Status {
    let (pair, section) = match whole.page(&arguments.page, console) {
        Ok(page) => page,
        Err(status) => return status,
    };
    let languages = match whole.languages(arguments.lang.as_deref(), console) {
        Ok(languages) => languages,
        Err(status) => return status,
    };
    let mut out = String::new();
    let mut old: Option<Old> = None;
    for lang in languages {
        out.push_str(&of_language(whole, (pair, lang), section, &mut old, console));
    }
    if out.is_empty() {
        out = match console.lang {
            UiLang::Vi => format!("Bản dịch của `{}` còn khớp với bản nguồn.\n", arguments.page),
            UiLang::En => format!("`{}` says what its source says.\n", arguments.page),
        };
    }
    console.print(&out)
}

fn of_language(
    whole: &Whole,
    (pair, lang): (usize, usize),
    only: Option<&str>,
    old: &mut Option<Old>,
    console: &Console,
) -> String {
    let site = whole.site();
    let Some(freshness) = site.freshness(pair, lang) else { return String::new() };
    let (id, code) = (&site.pairs[pair].id, site.lang(lang));
    let source = site.pairs[pair].source_version();
    let lines = site.lock.as_ref().and_then(|lock| lock.page(code, id));
    let mut out = String::new();
    let stale = freshness.sections.iter().filter(|section| section.state != State::Current);
    for section in stale.filter(|section| only.is_none_or(|only| only == section.id)) {
        let title = format!("{code}  {}", place(id, &section.id));
        let state = words_of(section.state, console);
        out.push_str(&format!("{}  {state}\n", console.paint(Some("1"), &title)));
        let now = source.words().iter().find(|words| words.id == section.id);
        if section.state == State::MissingSection
            && let Some(now) = now
        {
            out.push_str(&words_diff("", &now.text, console));
        }
        if section.state == State::SourceChanged {
            let wanted: Vec<WordsHash> = match lines.and_then(|lines| lines.get(&section.id)) {
                Some(line) => vec![line.hash],
                // Under another heading it had another id.
                None => gone(lines, source.words()),
            };
            let old = old.get_or_insert_with(|| Old::of(whole, pair));
            let then = wanted.iter().find_map(|hash| old.text(*hash));
            match (then, now) {
                (Some(then), Some(now)) => out.push_str(&words_diff(&then, &now.text, console)),
                _ => out.push_str(&indented(old.why_unknown(console))),
            }
        }
        out.push('\n');
    }
    out
}

/// What was recorded under ids that the source does not have any more.
fn gone(
    lines: Option<&BTreeMap<String, crate::model::LockLine>>,
    source: &[SectionWords],
) -> Vec<WordsHash> {
    let lines = lines.into_iter().flatten();
    let gone = lines.filter(|(id, _)| !source.iter().any(|section| section.id == **id));
    gone.map(|(_, line)| line.hash).collect()
}

fn indented(text: &str) -> String {
    format!("    {text}\n")
}

/// Sections of a source as they were, by the hash of their words.
struct Old {
    under_git: bool,
    texts: BTreeMap<WordsHash, String>,
}

/// So many versions of a file are read at most.
const VERSIONS: usize = 500;

impl Old {
    /// Every version of the page's source that git knows, until all that is wanted is found.
    fn of(whole: &Whole, pair: usize) -> Old {
        let mut old = Old { under_git: git::is_work_tree(&whole.root), texts: BTreeMap::new() };
        let site = whole.site();
        let lock = site.lock.as_ref();
        let id = &site.pairs[pair].id;
        let languages = site.config.languages.iter();
        let lines = languages.filter_map(|lang| lock?.page(lang, id)).flatten();
        let mut wanted: BTreeSet<WordsHash> = lines.map(|(_, line)| line.hash).collect();
        for words in site.pairs[pair].source_version().words().iter() {
            wanted.remove(&words.hash);
        }
        if !old.under_git {
            return old;
        }
        let source = &site.pairs[pair].source_version().source;
        // A page that was just renamed has no history under its new name yet.
        let aliases = site.pairs[pair].source_version().meta.aliases.iter();
        let lang = &site.pairs[pair].source_version().lang;
        let former = aliases.map(|alias| format!("content/{}.{lang}.md", alias.trim_matches('/')));
        let files = std::iter::once(source.to_string()).chain(former);
        let versions = files.flat_map(|file| git::versions(&whole.root, &file, VERSIONS));
        for (commit, path) in versions {
            if wanted.is_empty() {
                break;
            }
            let Some(text) = git::show(&whole.root, &commit, &path) else { continue };
            for section in sections_of(whole, pair, &text) {
                wanted.remove(&section.hash);
                old.texts.entry(section.hash).or_insert(section.text);
            }
        }
        old
    }

    fn text(&self, hash: WordsHash) -> Option<String> {
        self.texts.get(&hash).cloned()
    }

    fn why_unknown(&self, console: &Console) -> &'static str {
        match (self.under_git, console.lang) {
            (true, UiLang::Vi) => "Git không có phiên bản nào của bản nguồn với lời văn lúc duyệt.",
            (true, UiLang::En) => {
                "Git has no version of the source with the text that was reviewed."
            }
            (false, UiLang::Vi) => {
                "Thư mục này không được git theo dõi nên không biết lời văn lúc duyệt."
            }
            (false, UiLang::En) => {
                "The folder is not under git, so the text that was reviewed is not known."
            }
        }
    }
}

/// The sections of an earlier text of a page's source.
fn sections_of(whole: &Whole, pair: usize, text: &str) -> Vec<SectionWords> {
    let site = whole.site();
    let version = site.pairs[pair].source_version();
    let text = SourceText { text: read_as_meant(text).text.into() };
    let file = RelPath::new(version.source.as_str());
    let named = Named { id: site.pairs[pair].id.clone(), lang: version.lang.clone() };
    let (page, found) = parse::page(&site.config, &text, file, named);
    let draft = resolve::draft(&site.config, &site.edition, None, vec![page], found);
    draft.and_then(|draft| Some(draft.words()?.to_vec())).unwrap_or_default()
}

/// Words around a change that are shown with it.
const AROUND: usize = 8;

/// Both texts in one, word by word: what is gone and what is new.
fn words_diff(then: &str, now: &str, console: &Console) -> String {
    let diff = TextDiff::configure().diff_unicode_words(then, now);
    let changes: Vec<(ChangeTag, &str)> =
        diff.iter_all_changes().map(|change| (change.tag(), change.value())).collect();
    let changed: Vec<usize> =
        (0..changes.len()).filter(|i| changes[*i].0 != ChangeTag::Equal).collect();
    // Words and the spaces between them are pieces alike.
    let near = |i: usize| changed.iter().any(|at| at.abs_diff(i) <= 2 * AROUND);
    let mut out = String::new();
    let mut at = 0;
    while at < changes.len() {
        let length = region(&changes[at..]);
        if length > 0 {
            // What is gone together, then what is new together, reads better than word for word.
            for tag in [ChangeTag::Delete, ChangeTag::Insert] {
                let of = changes[at..at + length].iter();
                let of = of.filter(|(t, _)| *t == tag || *t == ChangeTag::Equal);
                let run: String = of.map(|(_, text)| *text).collect();
                out.push_str(&shown(tag, &run, console));
            }
            at += length;
        } else if near(at) {
            out.push_str(changes[at].1);
            at += 1;
        } else {
            out.push_str(" … ");
            at += (at..changes.len())
                .take_while(|i| region(&changes[*i..]) == 0 && !near(*i))
                .count();
        }
    }
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(indented).collect()
}

/// How many of the first pieces are changes, with no more than a space between them.
fn region(changes: &[(ChangeTag, &str)]) -> usize {
    let is_change = |i: usize| changes.get(i).is_some_and(|(tag, _)| *tag != ChangeTag::Equal);
    let is_space = |i: usize| changes.get(i).is_some_and(|(_, text)| *text == " ");
    let mut length = 0;
    while is_change(length) || (length > 0 && is_space(length) && is_change(length + 1)) {
        length += 1;
    }
    length
}

/// A piece as it is shown; without colours, what is gone stands in `[-…-]`, what is new in `{+…+}`.
fn shown(tag: ChangeTag, run: &str, console: &Console) -> String {
    let (color, open, close) = match tag {
        ChangeTag::Equal => return run.to_owned(),
        ChangeTag::Delete => ("9;31", "[-", "-]"),
        ChangeTag::Insert => ("4;32", "{+", "+}"),
    };
    let words = run.trim();
    if words.is_empty() {
        return run.to_owned();
    }
    let start = run.find(words).unwrap_or_default();
    let (before, after) = (&run[..start], &run[start + words.len()..]);
    // A mark ends with its line.
    let marked =
        words.split('\n').map(|line| match (line.trim().is_empty(), console.colors_output()) {
            (true, _) => line.to_owned(),
            (false, true) => console.paint(Some(color), line),
            (false, false) => format!("{open}{line}{close}"),
        });
    format!("{before}{}{after}", marked.collect::<Vec<_>>().join("\n"))
}
