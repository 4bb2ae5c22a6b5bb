//! `sotay rename`: what leads to a page leads there still, and nothing else changes.

mod project;

use project::{Project, Run, cases, files, name};
use proptest::prelude::*;
use sotay::EditionChoice;
use sotay::diag::{Code, Diagnostic, UiLang};
use sotay::edit::{Plan, rename};
use sotay::load::load;
use sotay::model::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};

const SITE: &str = "title = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n";

/// A handbook in which everything that can lead to a page leads to one.
fn handbook() -> Project {
    let project = Project::with(&[
        (
            "site.toml",
            &format!(
                "{SITE}\n[[menu]]\npage = \"talks\" # đầu tiên\n[[menu]]\npage = 'talks/phishing'\n"
            ),
        ),
        (
            "content/index.vi.md",
            "---\ntitle: Sổ tay\n---\n[a](talks/phishing.md#dau-hieu) [[talks/phishing]] [b][p]\n\n[p]: <talks/phishing.vi.md> 'T'\n",
        ),
        (
            "content/index.en.md",
            "---\ntitle: Handbook\n---\n[a](talks/phishing.en.md) `[x](talks/phishing.md)` [[talks/phishing#dau-hieu|x]]\n",
        ),
        (
            "content/talks/index.vi.md",
            "---\ntitle: Bài giảng\n---\n[a](phishing.md)\n\n{{< include \"phishing.md#dau-hieu\" >}}\n",
        ),
        ("content/talks/index.en.md", "---\ntitle: Talks\n---\n[a](./phishing.md)\n"),
        (
            "content/talks/phishing.vi.md",
            "---\ntitle: Lừa đảo\nattachments: [slides.pdf, \"shared.pdf\"] # hai tệp\n---\n![x](chain.svg) ![y](shared.svg)\n\n## Dấu hiệu\n\n[a](other.md) [b](../guidelines/index.md) [c](#dau-hieu) [d](phishing.md)\n",
        ),
        (
            "content/talks/phishing.en.md",
            "---\ntitle: Phishing\n---\n![x](chain.svg) ![y](shared.svg)\n\n## Signs\n\n[a](other.md)\n",
        ),
        (
            "content/talks/other.vi.md",
            "---\ntitle: Khác\nattachments: shared.pdf\n---\n![y](shared.svg) {{< x\n",
        ),
        ("content/talks/other.en.md", "---\ntitle: Other\n---\n![y](shared.svg)\n"),
        ("content/talks/chain.vi.svg", SVG),
        ("content/talks/chain.en.svg", SVG),
        ("content/talks/shared.svg", SVG),
        ("content/talks/slides.pdf", "%PDF"),
        ("content/talks/shared.pdf", "%PDF"),
        (
            "content/guidelines/index.vi.md",
            "---\ntitle: Hướng dẫn\n---\n{{< include \"_part.md\" >}}\n",
        ),
        (
            "content/guidelines/index.en.md",
            "---\ntitle: Guidelines\n---\n{{< include \"_part.md\" >}}\n",
        ),
        ("content/guidelines/rules.vi.md", "---\ntitle: Nội quy\naudience: [students]\n---\n"),
        ("content/guidelines/rules.en.md", "---\ntitle: Rules\n---\n"),
        ("content/guidelines/_part.md", "[a](../talks/phishing.md)\n"),
    ]);
    // A page that cannot be read whole is of no use here.
    project.edit("content/talks/other.vi.md", " {{< x", "");
    accept_all(&project);
    project
}

/// New pages are reviewed.
fn accept_all(project: &Project) {
    assert_eq!(project.run(&["translate", "accept", "--all"]).status, 0);
}

/// The lock of a handbook whose page or section `old` is called `new`.
fn carried(lock: &str, old: &str, new: &str) -> String {
    let (header, lines) = lock.split_once('\n').unwrap();
    let key = |of: &str| format!("en\t{of}");
    let mut lines: Vec<String> =
        lines.lines().map(|line| line.replacen(&key(old), &key(new), 1)).collect();
    lines.sort();
    assert!(lines.iter().any(|line| line.starts_with(&key(new))), "{lines:?}");
    format!("{header}\n{}\n", lines.join("\n"))
}

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>\n";

/// Renames, and checks that what was done is what was planned.
fn renamed(project: &Project, old: &str, new: &str) -> Run {
    let (snapshot, _) = load(&project.root());
    let plan = rename(&snapshot, old, new).unwrap();
    let run = project.run(&["rename", old, new, "--yes", "--ui-lang", "en"]);
    assert_eq!((run.status, &*run.stderr), (0, ""), "{}", run.stdout);
    let (planned, (done, _)) = (plan.applied(&snapshot), load(&project.root()));
    assert_eq!(done.config.text, planned.config.text);
    let texts = |s: &Snapshot| -> Vec<_> {
        s.pages.iter().map(|(file, page)| (file.clone(), page.text.clone())).collect()
    };
    assert_eq!(texts(&done), texts(&planned));
    let keys = |s: &Snapshot| s.assets.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&done), keys(&planned));
    run
}

#[test]
fn a_page_moves_with_what_is_its_own_and_everything_follows() {
    let project = handbook();
    project.build();
    let lock = project.read("translations.lock");
    renamed(&project, "talks/phishing", "guidelines/Lừa đảo");
    // All that was reviewed still is: nothing is warned of.
    project.build();
    let expected = [
        ("site.toml", format!("{SITE}\n[[menu]]\npage = \"talks\" # đầu tiên\n[[menu]]\npage = 'guidelines/lua-dao'\n")),
        ("content/index.vi.md", "---\ntitle: Sổ tay\n---\n[a](guidelines/lua-dao.md#dau-hieu) [[guidelines/lua-dao]] [b][p]\n\n[p]: <guidelines/lua-dao.vi.md> 'T'\n".into()),
        ("content/index.en.md", "---\ntitle: Handbook\n---\n[a](guidelines/lua-dao.en.md) `[x](talks/phishing.md)` [[guidelines/lua-dao#dau-hieu|x]]\n".into()),
        ("content/talks/index.vi.md", "---\ntitle: Bài giảng\n---\n[a](../guidelines/lua-dao.md)\n\n{{< include \"../guidelines/lua-dao.md#dau-hieu\" >}}\n".into()),
        ("content/talks/index.en.md", "---\ntitle: Talks\n---\n[a](../guidelines/lua-dao.md)\n".into()),
        (
            "content/guidelines/lua-dao.vi.md",
            "---\ntitle: Lừa đảo\nattachments: [slides.pdf, \"../talks/shared.pdf\"] # hai tệp\nkind: talk\naliases: [talks/phishing]\n---\n![x](chain.svg) ![y](../talks/shared.svg)\n\n## Dấu hiệu\n\n[a](../talks/other.md) [b](index.md) [c](#dau-hieu) [d](lua-dao.md)\n".into(),
        ),
        ("content/guidelines/_part.md", "[a](lua-dao.md)\n".into()),
        ("translations.lock", carried(&lock, "talks/phishing#", "guidelines/lua-dao#")),
    ];
    for (file, text) in expected {
        assert_eq!(project.read(file), text, "{file}");
    }
    let left: Vec<_> = files(&project.path("content/talks")).into_keys().collect();
    assert_eq!(
        left,
        ["index.en.md", "index.vi.md", "other.en.md", "other.vi.md", "shared.pdf", "shared.svg"]
    );
    let redirect = project.read("dist/vi/talks/phishing.html");
    assert!(redirect.contains("../guidelines/lua-dao.html"), "{redirect}");
}

#[test]
fn a_section_moves_as_a_whole_and_its_pages_keep_their_kind() {
    let project = handbook();
    project.write("content/talks/.DS_Store", "x");
    let lock = project.read("translations.lock");
    renamed(&project, "talks", "events/seminars");
    assert_eq!(project.read("translations.lock"), carried(&lock, "talks/", "events/seminars/"));
    accept_all(&project);
    let out = project.build();
    assert_eq!(out.status, 0);
    assert!(!project.path("content/talks").exists());
    assert_eq!(project.read("content/events/seminars/.DS_Store"), "x");
    // The new folder around it would not be in the menu without a page of its own.
    assert_eq!(project.read("content/events/index.vi.md"), "---\ntitle: Events\n---\n");
    let page = project.read("content/events/seminars/phishing.vi.md");
    assert!(page.contains("\nkind: talk\naliases: [talks/phishing]\n---\n"), "{page}");
    assert!(page.contains("[b](../../guidelines/index.md)"), "{page}");
    assert!(project.read("site.toml").contains("page = \"events/seminars\" # đầu tiên"));
    for old in ["talks/index", "talks/phishing", "talks/other"] {
        assert!(project.path(&format!("dist/en/{old}.html")).is_file(), "{old}");
    }
}

#[test]
fn there_and_back_leaves_former_addresses_and_nothing_else() {
    let project = handbook();
    let before = files(&project.root());
    renamed(&project, "talks/phishing", "guidelines/fraud");
    renamed(&project, "guidelines/fraud", "talks/phishing");
    project.build();
    std::fs::remove_dir_all(project.path("dist")).unwrap();
    let _ = std::fs::remove_dir_all(project.path(".sotay"));
    let page = project.read("content/talks/phishing.vi.md");
    project.write(
        "content/talks/phishing.vi.md",
        page.replace("kind: talk\naliases: [guidelines/fraud]\n", ""),
    );
    // A path through the page's own folder is written the shortest way, and a relative one is
    // no longer dotted.
    project.edit("content/talks/index.en.md", "(phishing.md)", "(./phishing.md)");
    let after = files(&project.root());
    for (file, bytes) in &before {
        assert_eq!(String::from_utf8_lossy(&after[file]), String::from_utf8_lossy(bytes), "{file}");
    }
    assert_eq!(after.len(), before.len());
}

#[test]
fn everything_else_in_a_file_stays_byte_for_byte() {
    let project = handbook();
    // It adds pages that nobody reviewed.
    std::fs::remove_file(project.path("translations.lock")).unwrap();
    let text = "\u{feff}---\r\ntitle: Ba\u{309}o m\u{1ead}t  \r\n# ghi chú\r\n---\r\n\r\nMột\u{a0}hai \u{ad}[a](../talks/phishing.md \"T\")  \r\nba\u{309} [[talks/phishing]]\t\r\n";
    project.write("content/guidelines/a.vi.md", text);
    project.write("content/guidelines/a.en.md", "---\ntitle: x\naudience: []\n---\n");
    project.edit("content/guidelines/a.en.md", "audience: []\n", "");
    project.edit("content/guidelines/a.vi.md", "title:", "audience: [teachers]\r\ntitle:");
    let text = project.read("content/guidelines/a.vi.md");
    renamed(&project, "talks/phishing", "talks/fraud");
    let expected =
        text.replace("phishing.md", "fraud.md").replace("[[talks/phishing]]", "[[talks/fraud]]");
    assert_eq!(project.read("content/guidelines/a.vi.md"), expected);
    // The page itself, whose front matter gets a line.
    renamed(&project, "guidelines/a", "guidelines/b");
    let expected =
        expected.replace("# ghi chú\r\n---\r\n", "# ghi chú\r\naliases: [guidelines/a]\r\n---\r\n");
    assert_eq!(project.read("content/guidelines/b.vi.md"), expected);
    project.build();
}

#[test]
fn decomposed_names_on_disk_are_found_and_kept() {
    let project = Project::with(&[
        ("site.toml", SITE),
        ("content/index.vi.md", "---\ntitle: x\n---\n[a](<Ba\u{300}i gia\u{309}ng/Bảo mật.md>)\n"),
        ("content/index.en.md", "---\ntitle: x\n---\n"),
        ("content/Ba\u{300}i gia\u{309}ng/index.md", "---\ntitle: x\n---\n"),
        ("content/Ba\u{300}i gia\u{309}ng/index.en.md", "---\ntitle: x\n---\n"),
        (
            "content/Ba\u{300}i gia\u{309}ng/Ba\u{309}o m\u{1ead}t.md",
            "---\ntitle: x\n---\n![x](<Sơ đồ.svg>)\n",
        ),
        ("content/Ba\u{300}i gia\u{309}ng/Ba\u{309}o m\u{1ead}t.en.md", "---\ntitle: x\n---\n"),
        ("content/Ba\u{300}i gia\u{309}ng/Sơ đô\u{300}.svg", SVG),
        ("content/khac/index.md", "---\ntitle: x\n---\n"),
        ("content/khac/index.en.md", "---\ntitle: x\n---\n"),
    ]);
    project.build();
    // A name beside it: the folder keeps its spelling.
    renamed(&project, "bai-giang/bao-mat", "bai-giang/an-toan");
    assert!(project.path("content/Ba\u{300}i gia\u{309}ng/an-toan.md").is_file());
    assert_eq!(
        project.read("content/index.vi.md"),
        "---\ntitle: x\n---\n[a](<Bài giảng/an-toan.md>)\n"
    );
    project.build();
    renamed(&project, "bai-giang/an-toan", "khac/an-toan");
    assert_eq!(project.read("content/khac/Sơ đô\u{300}.svg"), SVG);
    project.build();
    renamed(&project, "bai-giang", "lop");
    assert!(!project.path("content/Ba\u{300}i gia\u{309}ng").exists());
    project.build();
}

#[test]
fn a_page_with_a_folder_of_its_own_takes_everything_in_it() {
    let project = handbook();
    // It adds pages that nobody reviewed.
    std::fs::remove_file(project.path("translations.lock")).unwrap();
    for lang in ["vi", "en"] {
        let text = "---\ntitle: x\n---\n![x](img/a.svg)\n\n{{< include \"_part.md\" >}}\n\n[a](../phishing.md)\n";
        project.write(&format!("content/talks/own/index.{lang}.md"), text);
    }
    project.write("content/talks/own/img/a.svg", SVG);
    project.write("content/talks/own/unused.svg", SVG);
    project.write("content/talks/own/_part.md", "[a](../other.md) [[talks/own]]\n");
    project.build();
    renamed(&project, "talks/own", "guidelines/deep/mine");
    project.build();
    let below: Vec<_> = files(&project.path("content/guidelines/deep/mine")).into_keys().collect();
    assert_eq!(below, ["_part.md", "img/a.svg", "index.en.md", "index.vi.md", "unused.svg"]);
    assert_eq!(
        project.read("content/guidelines/deep/mine/_part.md"),
        "[a](../../../talks/other.md) [[guidelines/deep/mine]]\n"
    );
    assert!(!project.path("content/talks/own").exists());
}

#[test]
fn a_folder_left_with_its_own_page_alone_keeps_its_old_address_too() {
    let project = handbook();
    renamed(&project, "talks/other", "guidelines/other");
    let run = renamed(&project, "talks/phishing", "guidelines/phishing");
    assert!(run.stdout.contains("The address `talks/index` becomes `talks`"), "{}", run.stdout);
    project.build();
    assert!(project.path("dist/vi/talks.html").is_file());
    assert!(project.read("dist/vi/talks/index.html").contains("../talks.html"));
}

#[test]
fn nothing_is_done_without_a_word_of_consent() {
    let project = handbook();
    let before = files(&project.root());
    let run = project.run(&["rename", "talks/phishing", "talks/fraud", "--ui-lang", "en"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("add `--yes`"), "{}", run.stderr);
    for line in [
        "  talks/phishing -> talks/fraud\n",
        "  content/talks/phishing.vi.md -> content/talks/fraud.vi.md\n",
        "  content/index.vi.md\n    4: talks/phishing.md -> talks/fraud.md\n    4: talks/phishing -> talks/fraud\n    6: talks/phishing.vi.md -> talks/fraud.vi.md\n",
        "    4: + aliases: [talks/phishing]\n",
        "  translations.lock\n",
        "git cannot undo this",
    ] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
    let dry =
        project.run(&["rename", "talks/phishing", "talks/fraud", "--dry-run", "--ui-lang", "vi"]);
    assert_eq!((dry.status, &*dry.stderr), (0, ""));
    assert!(
        dry.stdout.contains("Chuyển\n  content/talks/phishing.en.md")
            || dry.stdout.contains("Chuyển\n  content/talks/phishing.vi.md"),
        "{}",
        dry.stdout
    );
    assert_eq!(files(&project.root()), before);
}

#[test]
fn what_cannot_be_is_refused_with_its_reason_and_nothing_changes() {
    let project = handbook();
    project.write("content/about/index.vi.md", "---\ntitle: x\naliases: [old/about]\n---\n");
    project.write("content/about/index.en.md", "---\ntitle: x\n---\n");
    project.write("content/Extra/pic.svg", SVG);
    let before = files(&project.root());
    let cases = [
        ("talks/phising", "talks/x", "did you mean `talks/phishing`?"),
        ("nowhere", "x", "no page or folder `nowhere`"),
        ("old/about", "x", "the page is `about` now"),
        ("index", "home", "home page keeps its address"),
        ("/", "home", "home page keeps its address"),
        ("talks/index", "x", "introduces the folder `talks`"),
        ("talks/phishing", "talks/Phishing", "has that address already"),
        ("talks/phishing", "talks/other", "there is a page `talks/other` already"),
        ("talks/phishing", "talks", "is a folder of pages already"),
        ("talks/phishing", "old/about", "former address of the page `about`"),
        ("talks/phishing", "talks/other/x", "`talks/other` is a page"),
        ("talks/phishing", "talks/con", "Windows keeps this name"),
        ("talks/phishing", "a/b/c/d/e/f", "four folders deep"),
        ("talks/phishing", "talks/_x", "begins with `_`"),
        ("talks/phishing", "talks/index", "introduces a folder"),
        ("talks/phishing", "vi/x", "begin with a language"),
        ("talks/phishing", "../x", "no page's address"),
        ("talks", "talks/more", "cannot be moved into itself"),
        ("talks", "guidelines", "is a folder of pages already"),
        ("talks", "extra", "`content/Extra/pic.svg`"),
    ];
    for (old, new, reason) in cases {
        let run = project.run(&["rename", old, new, "--yes", "--ui-lang", "en"]);
        assert_eq!((run.status, &*run.stdout), (2, ""), "{old} {new}");
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains(reason), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
        let vi = project.run(&["rename", old, new, "--yes", "--ui-lang", "vi"]);
        assert!(vi.stderr.starts_with("lỗi: ") && vi.status == 2, "{}", vi.stderr);
    }
    assert_eq!(files(&project.root()), before);
}

#[test]
fn problems_that_would_be_new_are_shown_and_nothing_changes() {
    let project = handbook();
    // The old address could not lead on, because a file stands there.
    project.write("static/vi/talks/phishing.html", "x");
    project.write("content/talks/bad.vi.md", b"---\ntitle: \xff\n---\n");
    let before = files(&project.root());
    let rename = ["rename", "talks/phishing", "talks/x", "--yes", "--ui-lang", "en"];
    let run = project.run(&rename);
    assert_eq!(run.status, 1);
    for said in ["S502", "mend the files above"] {
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    assert_eq!(files(&project.root()), before);
    std::fs::remove_file(project.path("content/talks/bad.vi.md")).unwrap();
    let before = files(&project.root());
    let run = project.run(&rename);
    assert_eq!(run.status, 1);
    for said in ["S512", "content/talks/x.vi.md:4:11", "would then have the problems above"] {
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    assert_eq!(files(&project.root()), before);
}

#[test]
fn a_picture_stays_where_another_of_its_name_is_in_the_new_folder() {
    let project = handbook();
    // It adds pages that nobody reviewed.
    std::fs::remove_file(project.path("translations.lock")).unwrap();
    project.write("content/guidelines/chain.svg", SVG);
    project.edit("content/guidelines/_part.md", "[a]", "![x](chain.svg) [a]");
    project.build();
    renamed(&project, "talks/phishing", "guidelines/x");
    project.build();
    let page = project.read("content/guidelines/x.vi.md");
    assert!(page.contains("![x](../talks/chain.svg)"), "{page}");
    assert!(project.path("content/talks/chain.vi.svg").is_file());
}

#[test]
fn a_failed_write_puts_everything_back() {
    let project = handbook();
    // A file where a folder is needed: found only when links are rewritten already.
    project.write("content/news", "x");
    let before = files(&project.root());
    let run =
        project.run(&["rename", "talks/phishing", "news/phishing", "--yes", "--ui-lang", "en"]);
    assert_eq!(run.status, 3, "{}", run.stderr);
    assert!(
        run.stderr.contains("cannot write `content/news`")
            && run.stderr.contains("everything is as it was"),
        "{}",
        run.stderr
    );
    assert_eq!(files(&project.root()), before);
}

fn git(project: &Project, arguments: &[&str]) {
    let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"];
    let output =
        Command::new("git").args(identity).args(arguments).current_dir(project.root()).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn git_can_undo_it_or_it_is_refused() {
    let project = handbook();
    project.write("content/talks/Sơ đô\u{300} *.txt", "x");
    git(&project, &["init", "-q"]);
    git(&project, &["add", "-A"]);
    git(&project, &["commit", "-q", "-m", "x"]);
    let content = || {
        let mut all = files(&project.root());
        all.retain(|file, _| !file.starts_with(".git/"));
        all
    };
    // What is not touched may be unfinished.
    project.write("content/notes.vi.md", "---\ntitle: x\n---\n");
    project.write("content/notes.en.md", "---\ntitle: x\n---\n");
    let page = project.read("content/index.vi.md");
    project.write("content/index.vi.md", format!("{page}\nMới.\n"));
    let run = project.run(&["rename", "talks", "seminars", "--yes", "--ui-lang", "en"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("uncommitted changes, so git could not undo it: content/index.vi.md;"),
        "{}",
        run.stderr
    );
    project.write("content/index.vi.md", page);
    let before = content();
    let run = renamed(&project, "talks", "seminars");
    assert!(run.stdout.contains("Git can undo this."), "{}", run.stdout);
    assert_ne!(content(), before);
    let command = run.stdout.lines().last().unwrap().split(": git ").nth(1).unwrap();
    git(&project, &["add", "-A", "content/notes.vi.md", "content/notes.en.md"]);
    git(&project, &["commit", "-q", "-m", "notes", "content/notes.vi.md", "content/notes.en.md"]);
    git(&project, &command.split(' ').collect::<Vec<_>>());
    assert_eq!(content(), before);
    project.write("content/talks/other.en.md", "---\ntitle: Changed\n---\n");
    let run = project.run(&["rename", "talks", "seminars", "--yes", "--force", "--ui-lang", "en"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(project.read("content/seminars/other.en.md"), "---\ntitle: Changed\n---\n");
}

// Laws.

/// The handbook of this repository and every golden site, by name.
static SITES: LazyLock<Vec<(String, Snapshot)>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let golden = cases("tests/golden").into_iter().filter(|case| case.join("input").is_dir());
    // Pictures are prepared anew each time, which is of no interest here.
    let golden = golden.filter(|case| name(case) != "photographs");
    let golden = golden.map(|case| {
        let project = Project::of(&[&case.join("input")]);
        for (path, bytes) in files(&case.with_file_name("_plain")) {
            project.write(&format!("themes/plain/{path}"), bytes);
        }
        (name(&case).to_owned(), load(&project.root()).0)
    });
    [("handbook".to_owned(), load(root).0)].into_iter().chain(golden).collect()
});

fn site(snapshot: &Snapshot) -> (Arc<Site>, Vec<Diagnostic>) {
    let choice = EditionChoice { name: "public".to_owned(), drafts: true };
    let project = sotay::Project::new(snapshot.clone(), Vec::new(), &choice, None);
    (project.renderer.unwrap().site().clone(), project.diagnostics)
}

/// What a page says and where everything in it leads, once moves are made.
fn essence(site: &Site, pair: usize, lang: usize, plan: &Plan) -> Vec<String> {
    let addresses: BTreeMap<&PageId, &PageId> =
        plan.addresses.iter().map(|(a, b)| (a, b)).collect();
    let (version, _) = site.pairs[pair].version(lang);
    let mut out = vec![format!("{:?} {}", site.pairs[pair].kind, version.meta.title)];
    let page = |pair: usize| {
        let id = &site.pairs[pair].id;
        addresses.get(id).map_or_else(|| id.to_string(), |new| new.to_string())
    };
    walk(&version.doc, &version.source, &mut |node, source| {
        let place = Place { source, pair, lang };
        let Node::Inline(inline) = node else { return };
        out.push(match inline {
            Inline::Link(link) => match site.link(place, &link.target) {
                Ok(Destination::Page(pair, section)) => format!("{} {section:?}", page(pair)),
                Ok(Destination::Asset(file)) => plan.destination(&file).to_string(),
                Ok(Destination::External(url)) => url,
                Err(_) => "dead".to_owned(),
            },
            Inline::Image(image) => match site.file(place, &image.target) {
                Ok(file) => plan.destination(file).to_string(),
                Err(_) => "dead".to_owned(),
            },
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            _ => return,
        });
    });
    if let Details::Talk(talk) = &version.meta.details {
        let place = Place { source: &version.source, pair, lang };
        let files = talk.attachments.iter().map(|(target, _)| site.file(place, target));
        out.extend(files.flatten().map(|file| plan.destination(file).to_string()));
    }
    out
}

/// Renames, and checks that nothing is lost; the project after it, unless it was refused.
fn check_rename(name: &str, snapshot: &Snapshot, old: &str, new: &str) -> Option<Snapshot> {
    let plan = match rename(snapshot, old, new) {
        Ok(plan) => plan,
        Err(refusal) => {
            let said = refusal.sentence.text(UiLang::En);
            assert!(!said.contains("cannot be changed"), "{name}: {old} -> {new}: {said}");
            return None;
        }
    };
    let after = plan.applied(snapshot);
    let (was, problems) = site(snapshot);
    let (is, new_problems) = site(&after);
    for code in Code::ALL {
        let count = |list: &[Diagnostic]| list.iter().filter(|d| d.code == *code).count();
        // Pages that introduce new folders were reviewed by nobody.
        let made = if *code == Code::Unreviewed { plan.creates.len() } else { 0 };
        assert!(
            count(&new_problems) <= count(&problems) + made,
            "{name}: {old} -> {new}: {}",
            code.id()
        );
    }
    let nowhere = Plan::default();
    for (i, pair) in was.pairs.iter().enumerate() {
        let moved = plan.addresses.iter().find(|(old, _)| *old == pair.id);
        let id = moved.map_or(&pair.id, |(_, new)| new);
        let j = is.by_id[id];
        for (l, lang) in was.config.languages.iter().enumerate() {
            assert_eq!(
                essence(&was, i, l, &plan),
                essence(&is, j, l, &nowhere),
                "{name}: {old} -> {new}: {}",
                pair.id
            );
            let address = format!("{lang}/{}.html", pair.id);
            let there = match is.routes.get(&*address) {
                Some(Route::Page { pair, .. } | Route::Redirect { pair, .. }) => Some(*pair),
                _ => None,
            };
            assert_eq!(there, Some(j), "{name}: {old} -> {new}: {address}");
        }
    }
    Some(after)
}

/// What can be renamed: pages and the folders around them.
fn subjects(snapshot: &Snapshot) -> Vec<String> {
    let (site, _) = site(snapshot);
    let ids: Vec<String> = site.pairs.iter().map(|p| p.id.to_string()).collect();
    let folders = ids.iter().filter_map(|id| Some(id.rsplit_once('/')?.0.to_owned()));
    let mut all: Vec<String> = ids.iter().cloned().chain(folders).collect();
    // What introduces a folder moves with it.
    all.retain(|id| !id.ends_with("index"));
    all.sort();
    all.dedup();
    all
}

/// An address in the same folder, in another one, at the top, or in a folder that is new.
fn new_address(old: &str, which: usize, others: &[String]) -> String {
    let folder = |id: &str| id.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let name = ["x", "Tên mới", "2024", "a-b-c", "true"][which % 5];
    let folder = match which / 5 % 5 {
        0 => folder(old),
        1 | 2 => folder(&others[which / 25 % others.len()]),
        3 => "Thư mục mới".to_owned(),
        _ => format!("{}/more", folder(old)),
    };
    format!("{folder}/{name}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Some renames in a row, anywhere.
    #[test]
    fn renames_lose_nothing(
        handbook in any::<bool>(),
        which in any::<prop::sample::Index>(),
        steps in prop::collection::vec((any::<prop::sample::Index>(), 0usize..10_000), 1..4),
    ) {
        // The handbook has more to lose than all others together.
        let (name, snapshot) = if handbook { &SITES[0] } else { which.get(&SITES) };
        let mut snapshot = snapshot.clone();
        for (subject, target) in steps {
            let subjects = subjects(&snapshot);
            prop_assume!(!subjects.is_empty());
            let old = subject.get(&subjects);
            let new = new_address(old, target, &subjects);
            if let Some(after) = check_rename(name, &snapshot, old, &new) {
                snapshot = after;
            }
        }
    }
}

#[test]
fn every_page_and_section_of_the_handbook_can_be_renamed() {
    let (name, snapshot) = &SITES[0];
    let mut refused = Vec::new();
    for (i, old) in subjects(snapshot).iter().enumerate() {
        let new = if i % 2 == 0 { format!("moved/{i}") } else { format!("conference/n{i}") };
        if check_rename(name, snapshot, old, &new).is_none() {
            refused.push(old.clone());
        }
    }
    // Half of the new addresses lie in it.
    assert_eq!(refused, ["conference"]);
}

/// Every page of the output, with its links as the files they lead to, under their old names.
fn pages_of(
    output: &BTreeMap<String, Vec<u8>>,
    names: &dyn Fn(&str) -> String,
) -> BTreeMap<String, String> {
    let pages = output.iter().filter(|(path, _)| path.ends_with(".html") && path.contains('/'));
    pages
        .map(|(path, bytes)| {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let html = String::from_utf8(bytes.clone()).unwrap();
            let mut parts = html.split("=\"");
            let mut out = parts.next().unwrap().to_owned();
            for part in parts {
                let is_link = ["href", "src", "data-root"].iter().any(|name| out.ends_with(name));
                let (value, rest) = part.split_once('"').unwrap();
                let shown = if is_link { names(&joined(folder, value)) } else { value.to_owned() };
                out.push_str(&format!("=\"{shown}\"{rest}"));
            }
            // A citation names the page by its address.
            (names(path), names(&out))
        })
        .collect()
}

/// A relative link, as the file it leads to.
fn joined(folder: &str, link: &str) -> String {
    if link.contains(':') || link.starts_with('#') {
        return link.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in link.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "" | "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn an_include_that_a_neighbour_would_be_taken_for_is_written_from_its_own_folder() {
    let page = "---\ntitle: Trang\n---\nChữ.\n";
    let project = Project::with(&[
        ("site.toml", "title = { vi = \"Sổ tay\" }\nlanguages = [\"vi\"]\n"),
        ("content/index.vi.md", page),
        ("content/whole.vi.md", page),
        ("content/sub/index.vi.md", page),
        ("content/sub/a.vi.md", "---\ntitle: A\n---\n{{< include \"whole.md\" >}}\n"),
        ("content/sub/more/whole.vi.md", page),
    ]);
    renamed(&project, "whole", "more/whole");
    assert!(project.read("content/sub/a.vi.md").contains("\"../more/whole.md\""));
}

#[test]
fn the_handbook_reads_the_same_after_a_rename() {
    let project = Project::of(&[]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    project.write("site.toml", std::fs::read(root.join("site.toml")).unwrap());
    for (file, bytes) in files(&root.join("content")) {
        project.write(&format!("content/{file}"), bytes);
    }
    // A section as one document is made anew from its pages, and goes by their names; and no old
    // address leads to two languages side by side.
    let output = || {
        let mut output = project.output();
        output.retain(|path, _| {
            !path.ends_with("index.print.html") && !path.ends_with(".bilingual.html")
        });
        output
    };
    project.build();
    let before = output();
    renamed(&project, "talks", "seminars");
    renamed(&project, "guidelines/phishing", "guidelines/online-fraud");
    project.build();
    let after = output();
    let old_name = |path: &str| {
        let path = path.replace("/seminars/", "/talks/");
        path.replace("guidelines/online-fraud", "guidelines/phishing")
    };
    let moved = |path: &str| path.contains("/talks/") || path.ends_with("guidelines/phishing.html");
    let mut redirects = after.clone();
    redirects.retain(|path, _| moved(path));
    let mut new_pages = after.clone();
    new_pages.retain(|path, _| !moved(path));
    let (was, is) = (pages_of(&before, &str::to_owned), pages_of(&new_pages, &old_name));
    assert_eq!(was.keys().collect::<Vec<_>>(), is.keys().collect::<Vec<_>>());
    // Pages of a topic stand in order of address.
    for (path, html) in
        was.iter().filter(|(p, _)| !p.contains("/tags/") && !p.contains("/audience/"))
    {
        let new = &is[path];
        let same = html.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| {
            let end = (same + 100).min(text.len());
            String::from_utf8_lossy(&text.as_bytes()[same.saturating_sub(100)..end]).into_owned()
        };
        assert!(html == new, "{path}\n{}\n\n{}", near(html), near(new));
    }
    let pages = before.keys().filter(|path| moved(path) && path.ends_with(".html")).count();
    assert_eq!(redirects.len(), pages);
    // Names of files of the index follow from what they hold.
    for old in before.keys().filter(|path| !path.starts_with("search/")) {
        assert!(after.contains_key(old) || old.starts_with("assets/talks/"), "{old}");
    }
}
