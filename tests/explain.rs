//! `sotay explain`: that its examples are true, that the documentation's page is what it says,
//! and how it answers.

mod project;

use project::{Expectations, Project, name};
use sotay::diag::story::{Example, Examples};
use sotay::diag::{Code, UiLang};
use sotay::model::WordsHash;
use std::collections::BTreeSet;
use std::path::Path;

/// Codes that no text can show.
const WITHOUT_EXAMPLE: &[Code] = &[
    Code::FrontMatterTooLarge,
    Code::DeadExternalLink,
    Code::MovedExternalLink,
    Code::UncheckedExternalLink,
    Code::NotUtf8,
    Code::PageTooLarge,
    Code::Symlink,
    Code::Unreadable,
    Code::LargeImage,
    Code::NoSite,
    Code::CannotWrite,
    Code::OutputBusy,
];

fn examples(code: Code) -> Option<(Example<'static>, Example<'static>)> {
    match code.story().examples {
        Examples::Shown { bad, good } => Some((bad, good)),
        Examples::None { .. } => None,
    }
}

#[test]
fn only_named_codes_have_no_example() {
    let without: Vec<_> =
        Code::ALL.iter().copied().filter(|code| examples(*code).is_none()).collect();
    assert_eq!(without, WITHOUT_EXAMPLE);
}

#[test]
fn every_bad_example_is_wrong_in_its_own_way_and_every_good_one_right() {
    let mut expectations = Expectations::default();
    for code in Code::ALL {
        let Some((bad, good)) = examples(*code) else { continue };
        let run = built(*code, &bad);
        if codes(&run) != BTreeSet::from([code.id()]) {
            expectations.fail(format!("the bad example of {} says\n{run}", code.id()));
        }
        let run = built(*code, &good);
        if !run.is_empty() {
            expectations.fail(format!("the good example of {} says\n{run}", code.id()));
        }
    }
    expectations.finish();
}

/// What is said against a handbook with the files of `example`.
fn built(code: Code, example: &Example<'_>) -> String {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/base");
    let project = Project::of(&[&base]);
    for file in &example.files {
        project.write(file.path, file.text);
    }
    complete(code, example, &project);
    complete_lock(&project);
    let command = example.command.unwrap_or("sotay build");
    let mut arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
    arguments.extend(["--ui-lang", "en", "--quiet"]);
    project.run(&arguments).stderr
}

/// An example shows the files that matter. Around them stands what a whole handbook has too: each
/// page in the other language, and a page to introduce each folder, unless these are what the
/// code is about.
fn complete(code: Code, example: &Example<'_>, project: &Project) {
    for file in &example.files {
        let Some(page) = file.path.strip_suffix(".vi.md") else { continue };
        let twin = format!("{page}.en.md");
        if code != Code::MissingTranslation && !project.path(&twin).exists() {
            project.write(&twin, file.text);
        }
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_partial = name(Path::new(folder)).starts_with('_');
        for lang in ["vi", "en"].iter().filter(|_| code != Code::NoIndex && !is_partial) {
            let index = format!("{folder}/index.{lang}.md");
            if !project.path(&index).exists() {
                project.write(&index, "---\ntitle: Mục\n---\n");
            }
        }
    }
}

/// A record of reviews speaks of the home page too.
fn complete_lock(project: &Project) {
    let path = project.path("translations.lock");
    let Ok(text) = std::fs::read_to_string(&path) else { return };
    let home = WordsHash::of("Sổ tay");
    project.write("translations.lock", format!("{text}en\tindex#\t{home}\n"));
}

/// The codes in what was printed.
fn codes(printed: &str) -> BTreeSet<&str> {
    let severities = ["error[", "warning[", "note["];
    let heads = printed
        .lines()
        .filter_map(|line| severities.iter().find_map(|word| line.strip_prefix(word)));
    heads.filter_map(|head| head.split_once("]: ")).map(|(code, _)| code).collect()
}

#[test]
fn examples_are_written_in_the_language_that_their_file_names() {
    let vietnamese = |text: &str| text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let mut expectations = Expectations::default();
    for code in Code::ALL {
        let Some((bad, good)) = examples(*code) else { continue };
        for file in bad.files.iter().chain(&good.files).filter(|file| !file.text.is_empty()) {
            let wrong = match file.path {
                path if path.ends_with(".vi.md") => !vietnamese(file.text),
                path if path.ends_with(".en.md") => vietnamese(file.text),
                _ => false,
            };
            if wrong {
                expectations.fail(format!("{}: {}\n{}", code.id(), file.path, file.text));
            }
        }
    }
    expectations.finish();
}

#[test]
fn examples_are_short_and_each_is_its_own() {
    let mut seen = BTreeSet::new();
    for code in Code::ALL {
        let Some((bad, good)) = examples(*code) else { continue };
        for example in [&bad, &good] {
            let lines: usize = example.files.iter().map(|file| file.text.lines().count()).sum();
            assert!(lines <= 16, "{}: {lines} lines", code.id());
        }
        assert_ne!(bad, good, "{}", code.id());
        let text: String = bad.files.iter().map(|file| file.text).collect();
        assert!(text.is_empty() || seen.insert(text), "{} repeats an example", code.id());
    }
}

#[test]
fn stories_are_told_in_three_to_eight_sentences() {
    for code in Code::ALL {
        let story = code.story();
        for lang in [UiLang::Vi, UiLang::En] {
            let ends = |text: &String| {
                let ends = [". ", "? ", ".) "];
                1 + ends.iter().map(|end| text.matches(end).count()).sum::<usize>()
            };
            let paragraphs = story.paragraphs(lang);
            let sentences: usize = paragraphs.iter().map(ends).sum();
            assert!((3..=8).contains(&sentences), "{} {lang:?}: {sentences}", code.id());
            for paragraph in paragraphs {
                assert!(paragraph.matches('`').count() % 2 == 0, "{}: {paragraph}", code.id());
                assert!(paragraph.ends_with(['.', '?', ')']), "{}: {paragraph}", code.id());
            }
        }
    }
}

#[test]
fn the_documentation_has_the_same_page() {
    let project = Project::of(&[]);
    let mut expectations = Expectations::default();
    for (lang, file) in [("vi", "docs/codes.vi.md"), ("en", "docs/codes.md")] {
        let run = project.run(&["explain", "--all", "--markdown", "--ui-lang", lang]);
        assert_eq!((run.status, &*run.stderr), (0, ""));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        expectations.check(run.stdout.as_bytes(), &file);
    }
    expectations.finish();
}

#[test]
fn a_story_is_told_within_the_width_of_the_terminal() {
    let project = Project::of(&[]);
    let run = project.run(&["explain", "s103", "--ui-lang", "en"]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.starts_with("error[S103]: there is no front matter key `…`\n\n"));
    assert!(run.stdout.contains("\nWrong\n  content/") && run.stdout.contains("\nRight\n"));
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 100), "{}", run.stdout);
}

#[test]
fn without_a_code_every_one_is_listed() {
    let run = Project::of(&[]).run(&["explain", "--ui-lang", "vi"]);
    assert_eq!(run.status, 0);
    let listed: Vec<&str> =
        run.stdout.lines().filter_map(|line| line.strip_prefix("  S")?.get(..3)).collect();
    assert_eq!(listed, Code::ALL.iter().map(|code| &code.id()[1..]).collect::<Vec<_>>());
    assert!(run.stdout.starts_with("Phần đầu trang\n"));
}

#[test]
fn an_unknown_code_is_wrong_usage_and_the_nearest_is_named() {
    let project = Project::of(&[]);
    let run = project.run(&["explain", "S310x", "--ui-lang", "en"]);
    assert_eq!(run.status, 0, "what is pasted around a code does not matter");
    let run = project.run(&["explain", "S361", "--ui-lang", "vi"]);
    assert_eq!((run.status, &*run.stdout), (2, ""));
    assert_eq!(
        run.stderr,
        "không có mã nào là `S361`; có phải ý bạn là `S301` (broken link)? \
         Chạy `sotay explain` để xem mọi mã.\n"
    );
}

#[test]
fn a_build_says_once_where_more_is_told() {
    let project = Project::with(&[
        ("site.toml", "title = \"Sổ tay\"\nlanguages = [\"vi\"]\n"),
        ("content/index.md", "---\ntitle: Sổ tay\n---\n[a](a.md) [b](b.md) ![](c.png)\n"),
    ]);
    let run = project.run(&["build", "--ui-lang", "en"]);
    let more = "To read more about a code, run `sotay explain S301`.\n";
    assert!(run.stderr.contains(&format!("3 errors, 1 warning\n{more}")), "{}", run.stderr);
    let run = project.run(&["build", "--ui-lang", "vi"]);
    let more = "Muốn hiểu kỹ hơn về một mã, chạy `sotay explain S301`.\n";
    assert_eq!(run.stderr.matches(more).count(), 1, "{}", run.stderr);
    let quiet = project.run(&["build", "--quiet"]);
    assert!(!quiet.stderr.contains("sotay explain"), "{}", quiet.stderr);
}
