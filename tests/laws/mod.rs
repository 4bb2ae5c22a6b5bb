//! What holds of every handbook, whatever stands in its files: it is understood and rendered
//! without a panic, what is said about it can be shown, and its pages are safe and whole.
//!
//! Property tests and the targets of `fuzz/` hold their inputs to the same laws.

// Each test binary uses its own part of this.
#![allow(dead_code)]

mod page;
mod xml;

use sotay::base::{RelPath, Span, read_as_meant};
use sotay::diag::{Code, Diagnostic, Sources, UiLang, draw};
use sotay::model::{Artifact, Content, FileData, Route, Snapshot, SourceText};
use sotay::{EditionChoice, Project, render_all, tidy};
use std::sync::{Mutex, PoisonError};
use unicode_normalization::UnicodeNormalization;

/// A handbook in memory, made of files as they would lie in its folder.
#[derive(Clone, Default, Debug)]
pub struct Handbook {
    files: Vec<(String, Vec<u8>)>,
}

impl Handbook {
    /// A handbook of no files.
    pub fn new() -> Handbook {
        Handbook::default()
    }

    /// The same with one more file; the last of one name stands.
    pub fn with(mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Handbook {
        self.files.push((name.into(), bytes.into()));
        self
    }

    /// How many bytes its files have.
    pub fn size(&self) -> usize {
        self.files.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    /// Its files as `load` hands them on. Names that no file system has are left out.
    pub fn snapshot(&self) -> (Snapshot, Vec<Diagnostic>) {
        let (mut snapshot, mut problems) = (Snapshot::default(), Vec::new());
        for (name, bytes) in &self.files {
            if !is_a_name(name) {
                continue;
            }
            let file = RelPath::new(name.nfc().collect::<String>());
            match file.as_str().split_once('/') {
                None if file.as_str() == "site.toml" => {
                    snapshot.config = text(&file, bytes, &mut problems).unwrap_or_default();
                }
                Some(("content", _)) if file.extension() == "md" => {
                    if let Some(text) = text(&file, bytes, &mut problems) {
                        snapshot.pages.insert(file, text);
                    }
                }
                Some(("content", _)) => {
                    snapshot.assets.insert(file, data(bytes));
                }
                Some(("static", below)) => {
                    snapshot.statics.insert(RelPath::new(below), data(bytes));
                }
                Some(("themes", below)) => {
                    snapshot.themes.insert(RelPath::new(below), data(bytes));
                }
                _ => {}
            }
        }
        (snapshot, problems)
    }
}

fn is_a_name(name: &str) -> bool {
    name.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains('\0'))
}

fn text(file: &RelPath, bytes: &[u8], problems: &mut Vec<Diagnostic>) -> Option<SourceText> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(SourceText { text: read_as_meant(text).text.into() }),
        Err(e) => {
            let d = Diagnostic::new(Code::NotUtf8, file);
            let at = e.valid_up_to();
            problems.push(
                d.with("problem_vi", format!("byte lạ ở vị trí {at}"))
                    .with("problem_en", format!("a stray byte at {at}")),
            );
            None
        }
    }
}

fn data(bytes: &[u8]) -> FileData {
    FileData::Memory(bytes.into())
}

/// A handbook that was understood and rendered.
pub struct Outcome {
    /// The project.
    pub project: Project,
    /// Everything that is wrong, as a build shows it.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file of the output but the theme's, in order of path.
    pub files: Vec<(Route, Artifact)>,
}

impl Outcome {
    /// Whether anything is wrong in the way that `code` says.
    pub fn has(&self, code: Code) -> bool {
        self.diagnostics.iter().any(|d| d.code == code)
    }

    /// The text of the page at `path`.
    pub fn page(&self, path: &str) -> &str {
        let file = self.files.iter().find(|(_, a)| a.path.as_str() == path);
        match file {
            Some((_, Artifact { content: Content::Bytes(bytes), .. })) => {
                std::str::from_utf8(bytes).unwrap()
            }
            _ => panic!("there is no page {path}"),
        }
    }
}

/// Understands and renders a handbook, speaker notes and all. `before` only saves time: the
/// theme and the grammars need not be read again.
pub fn run(handbook: &Handbook, before: Option<&Project>) -> Outcome {
    let (snapshot, problems) = handbook.snapshot();
    let choice = EditionChoice { name: "public".to_owned(), drafts: true };
    let project = Project::new(snapshot, problems, &choice, before);
    let mut diagnostics = project.diagnostics.clone();
    let files = Mutex::new(Vec::new());
    if let Some(renderer) = &project.renderer {
        let take = |artifact: &Artifact| {
            let route = renderer.site().routes[&artifact.path].clone();
            if !matches!(route, Route::Theme(_)) {
                let file = (route, artifact.clone());
                files.lock().unwrap_or_else(PoisonError::into_inner).push(file);
            }
        };
        diagnostics.extend(render_all(renderer, &take, &|_| {}));
    }
    let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
    Outcome { diagnostics: tidy(diagnostics), project, files }
}

/// Runs `handbook` and holds what came of it to the laws.
pub fn hold(handbook: &Handbook, before: Option<&Project>) -> Outcome {
    let outcome = run(handbook, before);
    outcome.diagnostics.iter().for_each(|d| assert_can_be_shown(d, &outcome.project.snapshot));
    assert_files_are_whole(&outcome);
    assert_bounded(handbook, &outcome);
    outcome
}

/// Holds that a second run of the same files says and writes the same.
pub fn assert_same_again(handbook: &Handbook, first: &Outcome) {
    let second = run(handbook, None);
    assert_eq!(first.diagnostics, second.diagnostics);
    let bytes = |outcome: &Outcome| -> Vec<(String, Vec<u8>)> {
        let files = outcome.files.iter();
        files.map(|(_, a)| (a.path.to_string(), content(a).to_vec())).collect()
    };
    assert!(bytes(first) == bytes(&second), "a second run writes other bytes");
}

fn content(artifact: &Artifact) -> &[u8] {
    match &artifact.content {
        Content::Bytes(bytes) => bytes,
        Content::Shared(bytes) => bytes,
        Content::File { .. } => &[],
    }
}

/// What a diagnostic says has every word that its sentences need, and its places lie in the
/// files that it names.
fn assert_can_be_shown(diagnostic: &Diagnostic, snapshot: &Snapshot) {
    let place = |file: &RelPath, span: Option<Span>| {
        if let Some((span, text)) = span.zip(snapshot.text(file)) {
            let inside = span.start <= span.end && text.get(span.range()).is_some();
            assert!(inside, "{span:?} is no place in {file}: {diagnostic:?}");
        }
    };
    place(&diagnostic.file, diagnostic.span);
    if let Some((file, span)) = &diagnostic.related {
        place(file, *span);
    }
    for lang in [UiLang::Vi, UiLang::En] {
        for sentence in [diagnostic.code.message(lang), diagnostic.code.help(lang)] {
            let missing = names(sentence).find(|name| !diagnostic.args.contains_key(name));
            assert_eq!(missing, None, "no word for it: {diagnostic:?}");
        }
        let drawn = draw::draw(diagnostic, snapshot, lang, false, 100);
        assert!(drawn.contains(diagnostic.code.id()), "{drawn}");
    }
}

/// The names in braces that a sentence leaves to fill in.
fn names(sentence: &str) -> impl Iterator<Item = &str> {
    let pieces = sentence.split('{').skip(1).filter_map(|piece| piece.split_once('}'));
    let is_name = |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    pieces.map(|(name, _)| name).filter(move |name| is_name(name))
}

fn assert_files_are_whole(outcome: &Outcome) {
    let Some(renderer) = &outcome.project.renderer else { return };
    // A theme of its own may do as it likes; the guard says what does not work.
    if !outcome.project.snapshot.themes.is_empty() {
        return;
    }
    let theme = renderer.theme();
    let law = page::Law {
        inline_script: theme.inline_script(),
        ids_are_unique: !outcome.has(Code::DuplicateSectionId),
        // Editors' own HTML may be as crooked as they like, within the page's text.
        well_formed: !outcome.project.snapshot.pages.values().any(|p| p.text.contains('<')),
    };
    for (route, artifact) in &outcome.files {
        let path = artifact.path.as_str();
        match route {
            Route::Asset(_) | Route::Static(_) | Route::Theme(_) | Route::Robots => {}
            Route::Feed { .. } | Route::Sitemap => xml::assert_well_formed(path, content(artifact)),
            _ => page::assert_whole(path, content(artifact), law),
        }
    }
    if law.well_formed {
        let blamed = outcome.diagnostics.iter().find(|d| d.code == Code::NotOffline);
        assert_eq!(blamed, None, "the editor did not write this");
    }
}

/// Output grows with the input, and no faster. Two things may repeat words: a link without
/// a text of its own shows the other page's title, an include the other file's text.
fn assert_bounded(handbook: &Handbook, outcome: &Outcome) {
    let pages = outcome.project.snapshot.pages.values();
    let repeats = |text: &str| ["[[", "{{<"].iter().map(|r| text.matches(r).count()).sum::<usize>();
    let repeated: usize = pages.map(|p| repeats(&p.text)).sum();
    let most = 400 * handbook.size() * (1 + repeated.min(20));
    for (_, artifact) in &outcome.files {
        let size = content(artifact).len();
        assert!(size <= 100_000 + most, "{} has {size} bytes", artifact.path);
    }
}
