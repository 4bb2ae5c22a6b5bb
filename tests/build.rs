//! What a build writes and what it leaves alone, through the real program.

mod project;

use project::Project;
use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

const SITE: &str = "title = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n";

/// Two talks and a tagged page that links to one of them, in both languages.
fn handbook() -> Project {
    Project::with(&[
        ("site.toml", SITE),
        ("content/index.vi.md", "---\ntitle: Sổ tay\n---\nChào.\n"),
        ("content/index.en.md", "---\ntitle: Handbook\n---\nWelcome.\n"),
        ("content/about.vi.md", "---\ntitle: Giới thiệu\ntags: [x]\n---\n[[talks/a]]\n"),
        ("content/about.en.md", "---\ntitle: About\n---\n[[talks/a]]\n"),
        ("content/talks/index.vi.md", "---\ntitle: Bài giảng\n---\n"),
        ("content/talks/index.en.md", "---\ntitle: Talks\n---\n"),
        ("content/talks/a.vi.md", "---\ntitle: Lừa đảo\n---\nMột.\n"),
        ("content/talks/a.en.md", "---\ntitle: Phishing\n---\nOne.\n"),
        ("content/talks/b.vi.md", "---\ntitle: Mật khẩu\n---\nHai.\n"),
        ("content/talks/b.en.md", "---\ntitle: Passwords\n---\nTwo.\n"),
    ])
}

type Times = BTreeMap<String, SystemTime>;

/// When each file of the output was written.
fn times(project: &Project) -> Times {
    let time = |file: &String| fs::metadata(project.path(&format!("dist/{file}"))).unwrap();
    let files = project.output().into_keys();
    files.map(|f| (f.clone(), time(&f).modified().unwrap())).collect()
}

/// The files that are new or were written again, without sotay's own list.
fn rewritten(before: &Times, after: &Times) -> Vec<String> {
    let again = after.iter().filter(|(file, time)| before.get(*file) != Some(time));
    again.map(|(file, _)| file.clone()).filter(|f| f != ".sotay-manifest").collect()
}

/// Builds, changes something, builds again: the files that the change wrote.
fn rewritten_by(change: impl FnOnce(&Project)) -> Vec<String> {
    let project = handbook();
    project.build();
    let before = times(&project);
    change(&project);
    project.build();
    rewritten(&before, &times(&project))
}

#[test]
fn a_second_build_writes_nothing() {
    let project = handbook();
    project.build();
    let before = times(&project);
    let run = project.build();
    assert_eq!(times(&project), before);
    assert!(run.stdout.contains("; 0 files written, "), "{}", run.stdout);
    assert!(run.stdout.contains(" unchanged, 0 removed; "), "{}", run.stdout);
}

#[test]
fn a_changed_text_rewrites_its_page_and_the_document_of_its_section() {
    let edited = rewritten_by(|p| p.edit("content/talks/a.vi.md", "Một.", "Một hai ba."));
    let (index, pages): (Vec<_>, Vec<_>) =
        edited.into_iter().partition(|path| path.starts_with("search/"));
    assert_eq!(
        pages,
        [
            "en/talks/a.bilingual.html",
            "vi/talks/a.bilingual.html",
            "vi/talks/a.html",
            "vi/talks/index.print.html"
        ]
    );
    // Of this language alone.
    assert!(
        !index.is_empty() && index.iter().all(|path| path.starts_with("search/vi/")),
        "{index:?}"
    );
    let home = rewritten_by(|p| p.edit("content/index.en.md", "Welcome.", "Hello."));
    let shown_by = ["en/index.bilingual.html", "en/index.html", "vi/index.bilingual.html"];
    assert_eq!(without_index(home), shown_by);
}

#[test]
fn a_changed_title_rewrites_the_pages_that_show_it() {
    let edited = rewritten_by(|p| p.edit("content/talks/a.en.md", "Phishing", "Phishing mail"));
    // Itself, alone and beside its source; the page that links to it, likewise; its neighbour in the
    // section, the section's page, the section as one document, and the list of all titles.
    let shown_by = [
        "en/about.bilingual.html",
        "en/about.html",
        "en/search.html",
        "en/talks/a.bilingual.html",
        "en/talks/a.html",
        "en/talks/b.html",
        "en/talks/index.html",
        "en/talks/index.print.html",
        "vi/about.bilingual.html",
        "vi/talks/a.bilingual.html",
    ];
    assert_eq!(without_index(edited), shown_by);
}

/// Files that are not of the search index.
fn without_index(mut files: Vec<String>) -> Vec<String> {
    files.retain(|path| !path.starts_with("search/"));
    files
}

#[test]
fn a_touched_file_without_a_change_rewrites_nothing() {
    let touched =
        rewritten_by(|p| p.write("content/talks/a.en.md", p.read("content/talks/a.en.md")));
    assert_eq!(touched, [] as [String; 0]);
}

#[test]
fn a_removed_page_is_removed() {
    let project = handbook();
    project.build();
    for lang in ["vi", "en"] {
        fs::remove_file(project.path(&format!("content/talks/b.{lang}.md"))).unwrap();
    }
    let run = project.build();
    assert!(run.stdout.contains(", 4 removed; "), "{}", run.stdout);
    assert!(!project.output().contains_key("vi/talks/b.html"));
}

#[test]
fn the_same_handbook_gives_the_same_bytes_whatever_the_threads_and_the_folder() {
    let (one, many) = (handbook(), handbook());
    assert_eq!(one.run(&["build", "--jobs", "1"]).status, 0);
    assert_eq!(many.run(&["build", "--jobs", "8"]).status, 0);
    assert_eq!(one.output(), many.output());
}

#[test]
fn a_failed_build_leaves_the_previous_site() {
    let project = handbook();
    project.build();
    let (before, bytes) = (times(&project), project.output());
    project.edit("content/talks/a.vi.md", "Một.", "[x](khong-co.md)");
    project.edit("content/talks/b.vi.md", "Hai.", "Ba.");
    assert_eq!(project.run(&["build"]).status, 1);
    assert_eq!((times(&project), project.output()), (before, bytes));
    let beside = fs::read_dir(project.root()).unwrap();
    let names = beside.map(|e| e.unwrap().file_name().into_string().unwrap());
    assert!(names.into_iter().all(|n| !n.starts_with(".dist")));
}

#[test]
fn a_foreign_file_is_refused_and_nothing_is_lost() {
    let project = handbook();
    project.build();
    project.write("dist/vi/letter.txt", "không phải của sotay");
    let (before, bytes) = (times(&project), project.output());
    project.edit("content/talks/a.vi.md", "Một.", "Một hai ba.");
    let run = project.run(&["build", "--ui-lang", "en"]);
    assert_eq!(run.status, 3);
    assert!(
        run.stderr.contains("[S701]") && run.stderr.contains("vi/letter.txt"),
        "{}",
        run.stderr
    );
    assert_eq!((times(&project), project.output()), (before, bytes));
}

#[test]
fn exit_statuses_are_as_documented() {
    let project = handbook();
    assert_eq!(project.run(&["build"]).status, 0);
    assert_eq!(project.run(&["build", "--strict"]).status, 0);
    project.write("content/new.vi.md", "---\ntitle: Chưa dịch\n---\n");
    assert_eq!(project.run(&["build"]).status, 0, "a warning is fine");
    assert_eq!(project.run(&["build", "--strict"]).status, 1, "but not when one is strict");
    project.write("content/new.vi.md", "---\ntitel: Sai\n---\n");
    assert_eq!(project.run(&["build"]).status, 1);
    for wrong in [&["biuld"][..], &["build", "--no-such-option"], &["build", "--jobs", "0"], &[]] {
        assert_eq!(project.run(wrong).status, 2, "{wrong:?}");
    }
    assert_eq!(project.run(&["build", "--root", "no-such-folder"]).status, 3);
    assert_eq!(project.run(&["build", "--help"]).status, 0);
}

#[test]
fn the_handbook_is_found_from_a_folder_below() {
    let project = handbook();
    let run = project.run_in("content/talks", &["build", "--ui-lang", "en"]);
    assert_eq!((run.status, &*run.stderr), (0, ""));
    assert!(project.output().contains_key("vi/talks/a.html"));
    assert!(run.stdout.ends_with(" Open [ROOT]/dist/index.html\n"), "{}", run.stdout);
}

#[test]
fn the_closing_line_counts_pages_and_files_in_both_languages() {
    let project = handbook();
    let closing = |lang: &str| {
        let run = project.run(&["build", "--ui-lang", lang]);
        assert_eq!(run.stderr, "");
        // The time it took is not the same twice.
        let mut parts: Vec<&str> = run.stdout.trim_end().split("; ").collect();
        let (_, open) = parts.pop().unwrap().split_once(". ").unwrap();
        (parts.join("; "), open.to_owned())
    };
    let (en, open) = closing("en");
    let total = project.output().len() - 1;
    assert_eq!(
        en,
        format!("vi 5 pages, en 5 pages; {total} files written, 0 unchanged, 0 removed")
    );
    assert_eq!(open, "Open dist/index.html");
    let (vi, open) = closing("vi");
    assert_eq!(vi, format!("vi 5 trang, en 5 trang; 0 tệp ghi mới, {total} giữ nguyên, 0 xóa"));
    assert_eq!(open, "Mở dist/index.html");
    assert_eq!(project.run(&["build", "--quiet"]).stdout, "");
}
