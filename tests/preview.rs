//! The preview shows what a build writes, byte for byte, and says what a build says, after any
//! sequence of edits; while something is wrong it shows the last good site.

mod project;

use project::Project;
use proptest::prelude::*;
use sotay::diag::Diagnostic;
use sotay::load::Changes;
use sotay::model::Content;
use sotay::serve::{Preview, Report};
use sotay::{BuildOptions, EditionChoice, build};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

const SITE: &str = "title = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n\
                    base_url = \"https://example.org/\"\n";
const PIXEL: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";

fn handbook() -> Project {
    let mut files = vec![("site.toml".to_owned(), SITE.to_owned())];
    for (lang, title) in [("vi", "Sổ tay"), ("en", "Handbook")] {
        let mut page = |name: &str, text: String| {
            files.push((format!("content/{name}.{lang}.md"), text));
        };
        page("index", format!("---\ntitle: {title}\n---\n[a](talks/a.md#one)\n"));
        page("talks/index", format!("---\ntitle: {title} 1\n---\n"));
        page("directives/index", format!("---\ntitle: {title} 2\n---\n"));
        for name in ["talks/a", "talks/b", "about"] {
            let facts = if lang == "vi" { "tags: [x, y]\nweight: 2\n" } else { "" };
            page(name, format!("---\ntitle: {name}\n{facts}---\n## One\n\nText 09/CT-TTg.\n"));
        }
        let facts = "number: 09/CT-TTg\ntype: directive\nissuer: TTg\nissued: 2024-02-23\n";
        let facts = if lang == "vi" { facts } else { "" };
        page("directives/d", format!("---\ntitle: D\n{facts}---\n## Điều 5. X\n"));
    }
    files.push(("content/talks/p.svg".to_owned(), PIXEL.to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (&**a, &**b)).collect();
    Project::with(&files)
}

/// Something that happens to a handbook's files.
#[derive(Clone, Debug)]
enum Edit {
    /// The text of a page changes.
    Write(&'static str, &'static str),
    /// A text is added at the end of a page, if there is such a page.
    Append(&'static str, &'static str),
    /// A file goes.
    Remove(&'static str),
    /// A file or folder gets another name.
    Move(&'static str, &'static str),
}

const PAGES: [&str; 8] = [
    "content/index.vi.md",
    "content/index.en.md",
    "content/talks/a.vi.md",
    "content/talks/a.en.md",
    "content/talks/b.en.md",
    "content/about.vi.md",
    "content/directives/d.vi.md",
    "content/talks/index.vi.md",
];

fn edit() -> impl Strategy<Value = Edit> {
    let append = prop::sample::select(vec![
        "\nMore prose.\n",
        "\n## Two\n\nText.\n",
        "\n[b](talks/b.md)\n",
        "\n[b](b.md#two) ![p](p.svg)\n",
        "\nSee [[09/CT-TTg#dieu-5]] and [[talks/b]].\n",
        "\n{{< include \"_part.md\" >}}\n",
        "\n$\\frac{1}{2$\n",
        "\n:::note\n",
        "\n<script>x</script>\n",
        "\n- [ ] x\n",
    ]);
    let write = prop::sample::select(vec![
        "---\ntitle: Khác\nweight: 1\ntags: [z]\n---\n## Khác\n",
        "---\ntitle: A\naliases: [talks/old]\nupdated: 2024-01-01\n---\nText.\n",
        "---\ntitle: A\ndraft: true\n---\nText.\n",
        "---\ntitel: A\n---\n",
        "",
    ]);
    let page = || prop::sample::select(PAGES.to_vec());
    prop_oneof![
        4 => (page(), append).prop_map(|(file, text)| Edit::Append(file, text)),
        2 => (page(), write).prop_map(|(file, text)| Edit::Write(file, text)),
        1 => page().prop_map(Edit::Remove),
        3 => prop::sample::select(vec![
            Edit::Write("content/talks/a.vi.md", "---\ntitle: A\n---\n## One\n"),
            Edit::Write("content/talks/new.vi.md", "---\ntitle: Mới\n---\n## Một\n"),
            Edit::Write("content/talks/new.en.md", "---\ntitle: New\n---\n## One\n"),
            Edit::Write("content/_part.md", "Chung [a](talks/a.md).\n"),
            Edit::Write("content/talks/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"/>"),
            Edit::Write("static/note.txt", "x"),
            Edit::Write("static/con.txt", "x"),
            Edit::Write("site.toml", SITE),
            Edit::Write("site.toml", "title = { vi = \"Khác\", en = \"Other\" }\nlanguages = [\"vi\", \"en\"]\n"),
            Edit::Write("site.toml", "title = { vi = \"Khác\"\n"),
            Edit::Write("themes/handbook/i18n/vi.toml", "home = \"Đầu\"\n"),
            Edit::Write("themes/handbook/css/own.css", "p{color:red}\n"),
            Edit::Write("themes/handbook/templates/sidebar.html", "{{ nothing.here }}"),
            Edit::Remove("themes/handbook/templates/sidebar.html"),
            Edit::Remove("content/talks/p.svg"),
            Edit::Remove("static/con.txt"),
            Edit::Remove("content/_part.md"),
            Edit::Move("content/talks/b.vi.md", "content/talks/c.vi.md"),
            Edit::Move("content/talks/c.vi.md", "content/talks/b.vi.md"),
            Edit::Move("content/talks", "content/seminars"),
            Edit::Move("content/seminars", "content/talks"),
        ]),
    ]
}

/// Makes the edit. The paths that a watch would name.
fn make(project: &Project, edit: &Edit) -> Vec<PathBuf> {
    match edit {
        Edit::Write(file, text) => {
            let new: Vec<PathBuf> = folders_to_make(project, file);
            project.write(file, text);
            new.into_iter().chain([project.path(file)]).collect()
        }
        Edit::Append(file, text) => {
            let path = project.path(file);
            if let Ok(before) = fs::read_to_string(&path) {
                fs::write(&path, before + text).unwrap();
            }
            vec![path]
        }
        Edit::Remove(file) => {
            let path = project.path(file);
            let _ = fs::remove_file(&path);
            vec![path]
        }
        Edit::Move(from, to) => {
            let (from, to) = (project.path(from), project.path(to));
            if from.exists() && !to.exists() {
                fs::rename(&from, &to).unwrap();
            }
            vec![from, to]
        }
    }
}

fn folders_to_make(project: &Project, file: &str) -> Vec<PathBuf> {
    let path = project.path(file);
    let folders = path.ancestors().skip(1).filter(|f| f.starts_with(project.root()));
    folders.filter(|f| !f.exists()).map(PathBuf::from).collect()
}

fn public() -> EditionChoice {
    EditionChoice { name: "public".to_owned(), drafts: false }
}

/// What a build of the files as they are writes, if it writes, and what it says.
fn built(project: &Project) -> (Option<BTreeMap<String, Vec<u8>>>, Vec<Diagnostic>) {
    let _ = fs::remove_dir_all(project.path("dist"));
    let options = BuildOptions { edition: public(), strict: false };
    let outcome = build(&project.root(), &project.path("dist"), &options, &|_| {});
    let files = outcome.built.map(|_| {
        let mut files = project.output();
        files.remove(".sotay-manifest");
        files
    });
    (files, outcome.diagnostics)
}

fn shown(preview: &Preview) -> BTreeMap<String, Vec<u8>> {
    let bytes = |path: &str| match preview.content(path).unwrap() {
        Content::Bytes(bytes) => bytes,
        Content::Shared(bytes) => bytes.to_vec(),
        Content::File { source, .. } => fs::read(source).unwrap(),
    };
    preview.paths().iter().map(|p| (p.to_string(), bytes(p.as_str()))).collect()
}

/// The newest report, once every page was rendered.
fn inspected(preview: &Preview, mut report: Report) -> Report {
    loop {
        let (news, done) = preview.inspect();
        report = news.unwrap_or(report);
        if done {
            return report;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_preview_is_the_build(
        edits in prop::collection::vec((edit(), prop::bool::weighted(0.1)), 1..8)
    ) {
        let project = handbook();
        let (preview, mut report) = Preview::open(&project.root(), public());
        let mut good = shown(&preview);
        for (edit, unsure) in &edits {
            let paths = make(&project, edit);
            let changes = if *unsure { Changes::Unknown } else { Changes::Paths(paths) };
            if let Some(news) = preview.refresh(&changes) {
                prop_assert!(news.generation > report.generation);
                report = news;
            }
            report = inspected(&preview, report);
            let (files, said) = built(&project);
            prop_assert_eq!(&report.diagnostics, &said, "after {:?}", edit);
            // A mistake that only rendering finds shows itself on the page, too.
            if let Some(files) = files {
                prop_assert!(!report.stale);
                good = files;
                prop_assert_eq!(different(&shown(&preview), &good), [] as [String; 0]);
            } else if report.stale {
                prop_assert_eq!(different(&shown(&preview), &good), [] as [String; 0]);
            }
        }
    }
}

/// The files that are not the same in both.
fn different(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names = a.keys().chain(b.keys());
    let mut names: Vec<String> = names.filter(|n| a.get(*n) != b.get(*n)).cloned().collect();
    names.dedup();
    names
}

#[test]
fn an_error_keeps_the_last_good_site_until_it_is_mended() {
    let project = handbook();
    let (preview, report) = Preview::open(&project.root(), public());
    assert!(!report.stale && report.diagnostics.is_empty(), "{:?}", report.diagnostics);
    let page = "vi/talks/a.html";
    let before = shown(&preview)[page].clone();

    let file = project.path("content/talks/a.vi.md");
    let good = project.read("content/talks/a.vi.md");
    project.write("content/talks/a.vi.md", "---\ntitel: A\n---\n");
    let report = preview.refresh(&Changes::Paths(vec![file.clone()])).unwrap();
    assert!(report.stale && !report.diagnostics.is_empty());
    assert!(shown(&preview)[page] == before);

    project.write("content/talks/a.vi.md", good + "\nMended.\n");
    let report = preview.refresh(&Changes::Paths(vec![file])).unwrap();
    assert!(!report.stale && report.diagnostics.is_empty());
    assert!(String::from_utf8_lossy(&shown(&preview)[page]).contains("Mended."));
}

#[test]
fn a_save_that_changes_nothing_is_no_change() {
    let project = handbook();
    let (preview, _) = Preview::open(&project.root(), public());
    let file = project.path("content/about.vi.md");
    fs::write(&file, fs::read(&file).unwrap()).unwrap();
    assert!(preview.refresh(&Changes::Paths(vec![file])).is_none());
    assert!(preview.refresh(&Changes::Unknown).is_none());
    let swap = project.path("content/.about.vi.md.swp");
    fs::write(&swap, "x").unwrap();
    assert!(preview.refresh(&Changes::Paths(vec![swap])).is_none());
}

#[test]
fn a_handbook_that_begins_with_errors_is_shown_as_far_as_it_goes() {
    let project = handbook();
    project.write("content/talks/a.en.md", "---\ntitle: A\n---\n[x](nowhere.md)\n");
    let (preview, report) = Preview::open(&project.root(), public());
    assert!(!report.diagnostics.is_empty() && !report.stale);
    assert!(preview.content("vi/index.html").is_some());

    project.write("site.toml", "title = ");
    let report = preview.refresh(&Changes::Unknown).unwrap();
    assert!(!report.diagnostics.is_empty());
    project.write("site.toml", SITE);
    project.write("content/talks/a.en.md", "---\ntitle: A\n---\n## One\n");
    let report = preview.refresh(&Changes::Unknown).unwrap();
    assert!(report.diagnostics.is_empty() && !report.stale);
    assert!(preview.content("vi/index.html").is_some());
}

#[test]
fn a_folder_that_vanishes_and_comes_back() {
    let project = handbook();
    let (preview, _) = Preview::open(&project.root(), public());
    let before = shown(&preview);
    let (content, away) = (project.path("content"), project.path("away"));
    fs::rename(&content, &away).unwrap();
    let report = preview.refresh(&Changes::Paths(vec![content.clone()])).unwrap();
    assert!(report.stale && shown(&preview) == before);
    fs::rename(&away, &content).unwrap();
    let report = preview.refresh(&Changes::Paths(vec![content])).unwrap();
    assert!(!report.stale && report.diagnostics.is_empty() && shown(&preview) == before);
}
