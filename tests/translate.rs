//! How translations are kept true: every state, what leads from one to another, and the commands.

mod project;

use project::{Project, Run};
use proptest::prelude::*;
use sotay::edit;
use sotay::model::{Lock, Snapshot, SourceText, State};
use sotay::{EditionChoice, Project as Understood};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::Arc;

const SITE: &str = "title = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n";
const HOME_VI: &str = "---\ntitle: Sổ tay\n---\nXin chào.\n";
const HOME_EN: &str = "---\ntitle: Handbook\n---\nWelcome.\n";
const VI: &str = "---\ntitle: Dùng USB\ndescription: Trước và sau khi cắm.\n---\nMở đầu.\n\n\
                  ## Trước khi cắm {#before}\n\nQuét *mã độc* trước, xem [hướng dẫn](index.md).\n\n\
                  ## Sau khi dùng {#after}\n\nRút đúng cách.\n";
const EN: &str = "---\ntitle: USB sticks\ndescription: Before and after plugging in.\n---\nIntroduction.\n\n\
                  ## Before plugging in\n\nScan for *malware* first, see the [guide](index.md).\n\n\
                  ## After use\n\nEject it properly.\n";

fn handbook() -> Project {
    Project::with(&[
        ("site.toml", SITE),
        ("content/index.vi.md", HOME_VI),
        ("content/index.en.md", HOME_EN),
        ("content/usb.vi.md", VI),
        ("content/usb.en.md", EN),
    ])
}

/// A handbook of which everything was reviewed.
fn reviewed() -> Project {
    let project = handbook();
    ok(&project, &["accept", "--all"]);
    project
}

/// Runs a command of `translate` that must succeed.
fn ok(project: &Project, arguments: &[&str]) -> Run {
    let run = translate(project, arguments);
    assert_eq!((run.status, &*run.stderr), (0, ""), "{arguments:?}: {}", run.stdout);
    run
}

fn translate(project: &Project, arguments: &[&str]) -> Run {
    let arguments = [&["translate"][..], arguments, &["--ui-lang", "en"]].concat();
    project.run(&arguments)
}

/// The states of the page `usb`, by section.
fn states(project: &Project) -> BTreeMap<String, String> {
    states_of(project, "usb")
}

fn states_of(project: &Project, page: &str) -> BTreeMap<String, String> {
    let run = ok(project, &["status", "--json"]);
    let record: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let sections = record["sections"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let counted: u64 =
        record["counts"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(counted, record["sections"].as_array().unwrap().len() as u64);
    sections
        .filter(|section| section["page"] == page && section["lang"] == "en")
        .map(|section| (text(&section["section"]), text(&section["state"])))
        .collect()
}

fn expected(of: &[(&str, &str)]) -> BTreeMap<String, String> {
    of.iter().map(|(section, state)| ((*section).to_owned(), (*state).to_owned())).collect()
}

const ALL_CURRENT: &[(&str, &str)] =
    &[("", "current"), ("before", "current"), ("after", "current")];

#[test]
fn what_nobody_accepted_is_unreviewed_and_nobody_is_bothered_without_a_record() {
    let project = handbook();
    let unreviewed = [("", "unreviewed"), ("before", "unreviewed"), ("after", "unreviewed")];
    assert_eq!(states(&project), expected(&unreviewed));
    project.build();
    assert!(!project.read("dist/en/usb.html").contains("translation"));
    ok(&project, &["accept", "usb"]);
    assert_eq!(states(&project), expected(ALL_CURRENT));
    // Once there is a record, what it lacks is told.
    let run = project.run(&["build", "--ui-lang", "en", "--quiet"]);
    assert!(run.stderr.contains("warning[S431]"), "{}", run.stderr);
    assert!(run.stderr.contains("content/index.en.md"), "{}", run.stderr);
    ok(&project, &["accept", "--all"]);
    project.build();
}

#[test]
fn a_change_of_words_is_one_in_exactly_that_section() {
    for (from, to, section) in [
        ("Mở đầu.", "Lời nói đầu.", ""),
        ("title: Dùng USB", "title: Dùng ổ USB", ""),
        ("description: Trước", "description: Cả trước", ""),
        ("Quét *mã độc* trước", "Quét *vi rút* trước", "before"),
        ("Trước khi cắm {", "Trước lúc cắm {", "before"),
        ("[hướng dẫn]", "[chỉ dẫn]", "before"),
        ("Rút đúng cách.", "Rút đúng cách. Cất kỹ.", "after"),
        ("Rút đúng cách.", "~~Rút đúng cách.~~", "after"),
    ] {
        let project = reviewed();
        project.edit("content/usb.vi.md", from, to);
        let wanted: Vec<(&str, &str)> = ALL_CURRENT
            .iter()
            .map(|(id, state)| (*id, if *id == section { "source-changed" } else { *state }))
            .collect();
        assert_eq!(states(&project), expected(&wanted), "{from} -> {to}");
        let place = format!("usb#{section}");
        ok(&project, &["accept", &place]);
        assert_eq!(states(&project), expected(ALL_CURRENT), "{from} -> {to}");
    }
}

#[test]
fn what_readers_do_not_read_makes_no_difference() {
    for (from, to) in [
        ("Rút đúng cách.", "Rút\n  đúng   cách."),
        (
            "title: Dùng USB\ndescription: Trước và sau khi cắm.",
            "description: \"Trước và sau khi cắm.\"\ntitle: Dùng USB",
        ),
        ("(index.md)", "(./index.vi.md \"\")"),
        ("*mã độc*", "**mã độc**"),
        ("---\nMở đầu.", "weight: 3\ntags: [usb]\nupdated: 2026-01-02\n---\nMở đầu."),
        ("Rút đúng cách.", "<!-- còn xem lại -->\nRút đúng cách."),
    ] {
        let project = reviewed();
        project.edit("content/usb.vi.md", from, to);
        assert_eq!(states(&project), expected(ALL_CURRENT), "{from} -> {to}");
    }
    // Nor does anything in the translation.
    let project = reviewed();
    project.edit("content/usb.en.md", "Eject it properly.", "Eject it. Then unplug it.");
    assert_eq!(states(&project), expected(ALL_CURRENT));
}

#[test]
fn sections_that_move_stay_and_those_that_come_and_go_are_told() {
    let project = reviewed();
    let moved = |text: &str, mark: &str| {
        let (head, rest) = text.split_at(text.find("## ").unwrap());
        let (first, second) = rest.split_at(rest.find(mark).unwrap());
        format!("{head}{second}\n{first}")
    };
    project.write("content/usb.vi.md", moved(VI, "## Sau"));
    project.write("content/usb.en.md", moved(EN, "## After"));
    assert_eq!(states(&project), expected(ALL_CURRENT));

    // A section of the source is split.
    let project = reviewed();
    project.edit(
        "content/usb.vi.md",
        "Rút đúng cách.",
        "Rút đúng cách.\n\n## Cất giữ {#keep}\n\nĐể nơi khô.",
    );
    assert_eq!(states(&project)["keep"], "missing-section");
    assert_eq!(states(&project)["after"], "current");
    project.write("content/usb.en.md", format!("{EN}\n## Keeping it\n"));
    assert_eq!(states(&project)["keep"], "missing-section", "a heading alone is no translation");
    let run = ok(&project, &["accept", "usb"]);
    assert!(
        run.stdout.contains("Not translated yet, so not recorded:\n  en  usb#keep\n"),
        "{}",
        run.stdout
    );
    project.edit("content/usb.en.md", "## Keeping it\n", "## Keeping it\n\nKeep it dry.\n");
    assert_eq!(states(&project)["keep"], "unreviewed");
    ok(&project, &["accept", "usb#keep"]);
    assert_eq!(states(&project)["keep"], "current");

    // The translation has more, then less.
    project.write(
        "content/usb.en.md",
        format!("{EN}\n## Keeping it\n\nDry.\n\n## Extra {{#extra}}\n\nMore.\n"),
    );
    assert_eq!(states(&project)["extra"], "extra-section");
    fs::remove_file(project.path("content/usb.en.md")).unwrap();
    assert_eq!(states(&project), expected(&[("", "missing-page")]));
}

#[test]
fn a_section_is_known_wherever_it_stands() {
    let moved = |text: &str, mark: &str| {
        let (head, rest) = text.split_at(text.find("## ").unwrap());
        let (first, second) = rest.split_at(rest.find(mark).unwrap());
        format!("{head}{second}\n{first}")
    };
    // Moved in the source alone, where the translation has no ids of its own.
    let project = reviewed();
    project.write("content/usb.vi.md", moved(VI, "## Sau"));
    assert_eq!(states(&project), expected(ALL_CURRENT));
    let run = project.run(&["build", "--ui-lang", "en", "--quiet"]);
    assert!(run.stderr.contains("warning[S404]"), "{}", run.stderr);
    assert!(run.stderr.contains("stands elsewhere in the source"), "{}", run.stderr);
    let page = project.read("dist/en/usb.html");
    assert!(page.contains("<h2 id=\"before\">Before plugging in"), "{page}");
    assert!(page.contains("<h2 id=\"after\">After use"), "{page}");
    project.edit("content/usb.vi.md", "Rút đúng cách.", "Rút an toàn.");
    let wanted = [("", "current"), ("before", "current"), ("after", "source-changed")];
    assert_eq!(states(&project), expected(&wanted));

    // Gone from the source, at its beginning.
    let project = reviewed();
    let gone = |text: &str| {
        let (head, rest) = text.split_at(text.find("## ").unwrap());
        format!("{head}{}", &rest[rest.find("## Sau").unwrap()..])
    };
    project.write("content/usb.vi.md", gone(VI));
    let wanted = [("", "current"), ("after", "current"), ("before", "extra-section")];
    assert_eq!(states(&project), expected(&wanted));
    let run = project.run(&["build", "--ui-lang", "en", "--quiet"]);
    assert!(run.stderr.contains("the source has no `## Before plugging in`"), "{}", run.stderr);

    // By ids in both, before anything was reviewed, and a section that only the source has.
    let project = handbook();
    project.write(
        "content/usb.vi.md",
        moved(VI, "## Sau").replace("## Sau", "## Mới {#new}\n\nx\n\n## Sau"),
    );
    project.write(
        "content/usb.en.md",
        EN.replace("plugging in\n\n", "plugging in {#before}\n\n")
            .replace("use\n\n", "use {#after}\n\n"),
    );
    let wanted = [
        ("", "unreviewed"),
        ("new", "missing-section"),
        ("before", "unreviewed"),
        ("after", "unreviewed"),
    ];
    assert_eq!(states(&project), expected(&wanted));

    // Another id for the same words is no change.
    let project = reviewed();
    project.edit("content/usb.vi.md", "{#before}", "{#truoc}");
    let wanted = [("", "current"), ("truoc", "current"), ("after", "current")];
    assert_eq!(states(&project), expected(&wanted));
    ok(&project, &["accept", "usb"]);
    assert!(project.read(Lock::FILE).contains("usb#truoc\t"));
    assert!(!project.read(Lock::FILE).contains("usb#before\t"));
    project.build();

    // A heading of the translation in other words keeps its place, and is known again once accepted.
    let project = reviewed();
    project.edit("content/usb.en.md", "## Before plugging in", "## Before you plug it in");
    assert_eq!(states(&project), expected(ALL_CURRENT));
    ok(&project, &["accept", "usb"]);
    project.write("content/usb.vi.md", moved(VI, "## Sau"));
    assert_eq!(states(&project), expected(ALL_CURRENT));
}

#[test]
fn what_still_says_the_source_word_for_word_is_not_translated() {
    let project = handbook();
    project.edit("content/usb.en.md", "Eject it properly.", "Rút đúng cách.");
    project.edit("content/usb.en.md", "## After use", "## Sau khi dùng");
    assert_eq!(states(&project)["after"], "missing-section");
    let run = ok(&project, &["accept", "--all"]);
    assert!(
        run.stdout.contains("Not translated yet, so not recorded:\n  en  usb#after\n"),
        "{}",
        run.stdout
    );
    // Unless somebody says that it has to be so.
    ok(&project, &["accept", "usb#after"]);
    assert_eq!(states(&project), expected(ALL_CURRENT));
    project.build();
}

#[test]
fn lines_of_what_is_gone_are_told_and_go_when_the_page_is_accepted() {
    let project = reviewed();
    project.write("content/usb.vi.md", &VI[..VI.find("## Sau").unwrap()]);
    project.write("content/usb.en.md", &EN[..EN.find("## After").unwrap()]);
    let run = project.run(&["build", "--ui-lang", "en", "--quiet"]);
    assert!(run.stderr.contains("warning[S436]"), "{}", run.stderr);
    let lock = project.read(Lock::FILE);
    assert!(lock.contains("usb#after"), "a build writes no lock");
    ok(&project, &["accept", "usb"]);
    assert!(!project.read(Lock::FILE).contains("usb#after"));
    project.build();

    for lang in ["vi", "en"] {
        fs::remove_file(project.path(&format!("content/usb.{lang}.md"))).unwrap();
    }
    let run = project.run(&["build", "--ui-lang", "en", "--quiet"]);
    assert!(run.stderr.contains("warning[S436]"), "{}", run.stderr);
    let run = ok(&project, &["accept", "usb"]);
    assert!(run.stdout.contains("Took out 2 lines"), "{}", run.stdout);
    assert!(!project.read(Lock::FILE).contains("usb"));
    project.build();
}

#[test]
fn what_an_edition_hides_stays_recorded() {
    let project = handbook();
    project.edit("content/usb.vi.md", "title: Dùng USB\n", "title: Dùng USB\ndraft: true\n");
    ok(&project, &["accept", "--all"]);
    project.build();
    assert!(!project.path("dist/vi/usb.html").exists());
    ok(&project, &["accept", "--all"]);
    assert_eq!(states(&project), expected(ALL_CURRENT));
    // A note for speakers is a part of its section, wherever it is shown.
    project.edit(
        "content/usb.vi.md",
        "Rút đúng cách.",
        "Rút đúng cách.\n\n:::notes\nHỏi cả lớp.\n:::",
    );
    assert_eq!(states(&project)["after"], "source-changed");
}

#[test]
fn readers_are_told_where_they_read() {
    let project = reviewed();
    project.edit(
        "content/usb.vi.md",
        "title: Dùng USB\n",
        "title: Dùng USB\nupdated: 2026-03-09\n",
    );
    project.edit("content/usb.vi.md", "Rút đúng cách.", "Rút an toàn.");
    let run = project.run(&["build", "--ui-lang", "en", "--quiet"]);
    assert_eq!((run.status, run.stderr.matches("warning[S430]").count()), (0, 1), "{}", run.stderr);
    assert!(run.stderr.contains("content/usb.en.md:11:1"), "{}", run.stderr);
    let page = project.read("dist/en/usb.html");
    assert!(page.contains("The Vietnamese text has changed in one of 3 sections"), "{page}");
    assert!(page.contains("The Vietnamese page was updated on 9 March 2026."), "{page}");
    let (before, after) = page.split_at(page.find("id=\"after\"").unwrap());
    assert!(!before.contains("class=\"meta stale\""), "{before}");
    assert!(after.contains("<a href=\"../vi/usb.html#after\" hreflang=\"vi\">"), "{after}");
    for path in ["dist/vi/usb.html", "dist/en/index.html"] {
        assert!(!project.read(path).contains("stale"), "{path}");
    }
    let both = project.read("dist/vi/usb.bilingual.html");
    assert_eq!(both.matches("two-state state-source-changed").count(), 1);
}

#[test]
fn a_site_may_refuse_any_state() {
    let project = reviewed();
    let refuse = |state: &str| {
        project.write("site.toml", format!("{SITE}[translation]\nfail_on = [\"{state}\"]\n"));
        project.run(&["build", "--ui-lang", "en", "--quiet"])
    };
    for state in State::ALL.into_iter().filter(|state| *state != State::Current) {
        assert_eq!(refuse(state.id()).status, 0, "{}", state.id());
    }
    project.edit("content/usb.vi.md", "Rút đúng cách.", "Rút an toàn.\n\n## Cất {#keep}\n\nKhô.");
    project.write("content/usb.en.md", format!("{EN}\n### More {{#more}}\n\nx\n"));
    project.write("content/new.vi.md", "---\ntitle: Mới\n---\n");
    project.write("content/both.vi.md", "---\ntitle: Cả hai\n---\n");
    project.write("content/both.en.md", "---\ntitle: Both\n---\n");
    for state in State::ALL.into_iter().filter(|state| *state != State::Current) {
        let run = refuse(state.id());
        assert_eq!(run.status, 1, "{}: {}", state.id(), run.stderr);
        assert!(
            run.stderr.contains(&format!(
                "error[S433]: site.toml does not allow translations in the state `{}`",
                state.id()
            )),
            "{}",
            run.stderr
        );
    }
    project.write("site.toml", SITE);
    assert_eq!(project.run(&["build", "--quiet"]).status, 0);
    assert_eq!(project.run(&["build", "--quiet", "--strict"]).status, 1);
}

#[test]
fn a_record_that_cannot_be_read_is_never_written() {
    let project = reviewed();
    let good = project.read(Lock::FILE);
    let line = good.lines().nth(1).unwrap();
    let hash = line.rsplit('\t').next().unwrap();
    for (bad, place) in [
        (good.replacen(hash, &hash[1..], 1), "translations.lock:2:1"),
        (good.replacen(hash, &hash.to_uppercase(), 1), "translations.lock:2:1"),
        (format!("{good}{line}\n"), "translations.lock:6:1"),
        (good.replacen("en\t", "km\t", 1), "translations.lock:2:1"),
        (good.replace('\t', "    "), "translations.lock:2:1"),
        (good.replacen("lock 1", "lock 9", 1), "translations.lock:1:1"),
        (
            good.replacen(line, &format!("<<<<<<< HEAD\n{line}\n=======\n>>>>>>> b"), 1),
            "translations.lock:2:1",
        ),
        (String::new(), "translations.lock:1:1"),
    ] {
        project.write(Lock::FILE, &bad);
        for arguments in [&["accept", "--all"][..], &["status"], &["diff", "usb"]] {
            let run = translate(&project, arguments);
            assert_eq!(run.status, 1, "{bad:?}");
            assert!(run.stderr.contains("error[S43"), "{}", run.stderr);
            assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
        }
        assert_eq!(project.run(&["build", "--quiet"]).status, 1);
        assert_eq!(project.read(Lock::FILE), bad);
    }
    // Written by hand in another order it still holds, and is put in order by the next accept.
    let mut lines: Vec<&str> = good.lines().skip(1).collect();
    lines.reverse();
    project.write(Lock::FILE, format!("{}\r\n{}\r\n", Lock::HEADER, lines.join("\r\n")));
    assert_eq!(states(&project), expected(ALL_CURRENT));
    ok(&project, &["accept", "usb"]);
    assert_eq!(project.read(Lock::FILE).replace('\r', ""), good);
}

#[test]
fn accepting_says_what_it_did_and_touches_nothing_else() {
    let project = handbook();
    let before = project::files(&project.root());
    let run = ok(&project, &["accept", "usb#before"]);
    assert_eq!(run.stdout, "Recorded one section as reviewed.\n  en  usb#before\n");
    let run = ok(&project, &["accept", "content/usb.vi.md"]);
    assert_eq!(run.stdout, "Recorded 2 sections as reviewed.\n  en  usb\n  en  usb#after\n");
    assert_eq!(ok(&project, &["accept", "usb"]).stdout, "There was nothing more to record.\n");
    let mut after = project::files(&project.root());
    assert!(after.remove(Lock::FILE).is_some());
    assert_eq!(after, before);
    assert_eq!(
        ok(&project, &["accept", "--all", "--lang", "vi"]).stdout,
        "There was nothing more to record.\n"
    );

    for (arguments, what) in [
        (&["accept", "usbb"][..], "did you mean `usb`?"),
        (&["accept", "usb#befor"], "did you mean `usb#before`?"),
        (&["accept", "--all", "--lang", "fr"], "the handbook has no language `fr`"),
        (&["accept"], "required"),
        (&["accept", "usb", "--all"], "cannot be used with"),
        (&["diff", "nothing"], "the handbook has no page `nothing`"),
        (&["new", "usb"], "has that language already"),
    ] {
        let run = translate(&project, arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.stderr.contains(what), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn a_translation_is_begun_with_everything_in_its_place() {
    let project = handbook();
    let source = "---\ntitle: Sao lưu\ntags: [backup]\n# mô tả\ndescription: >\n  Ba bản,\n  hai nơi.\nweight: 2\n---\n\
                  Mở đầu --> hết.\n\nTiêu đề gạch dưới {#under}\n------------------\n\n:::note[Nhớ]\n### Trong hộp\nlời\n:::\n\n\
                  ```md\n## Không phải tiêu đề\n```\n\n## Cuối ##\n";
    project.write("content/backup.vi.md", source);
    let run = ok(&project, &["new", "backup"]);
    assert!(run.stdout.starts_with("Made content/backup.en.md\n"), "{}", run.stdout);
    assert_eq!(
        project.read("content/backup.en.md"),
        "---\ntitle: Sao lưu\ndescription: >\n  Ba bản,\n  hai nơi.\n---\n\n\
         <!--\nMở đầu -- > hết.\n-->\n\n## Tiêu đề gạch dưới {#under}\n\n<!--\n:::note[Nhớ]\n-->\n\n\
         ### Trong hộp {#trong-hop}\n\n<!--\nlời\n:::\n\n```md\n## Không phải tiêu đề\n```\n-->\n\n## Cuối {#cuoi}\n"
    );
    let states = states_of(&project, "backup");
    let wanted = [
        ("", "missing-section"),
        ("under", "missing-section"),
        ("trong-hop", "missing-section"),
        ("cuoi", "unreviewed"),
    ];
    assert_eq!(states, expected(&wanted));
    let run = project.run(&["build", "--ui-lang", "en", "--quiet"]);
    assert_eq!((run.status, &*run.stderr), (0, ""));
    let again = translate(&project, &["new", "backup"]);
    assert_eq!(again.status, 2);
}

#[test]
fn what_changed_is_shown_word_by_word_from_git() {
    let project = reviewed();
    let git = |arguments: &[&str]| {
        let run = Command::new("git").args(arguments).current_dir(project.root()).output();
        let out = run.unwrap();
        assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    };
    project.edit("content/usb.vi.md", "Rút đúng cách.", "Rút an toàn.");
    let run = ok(&project, &["diff", "usb"]);
    assert!(run.stdout.contains("en  usb#after  source changed"), "{}", run.stdout);
    assert!(run.stdout.contains("not under git"), "{}", run.stdout);

    project.write("content/usb.vi.md", VI);
    git(&["init", "-q"]);
    git(&["config", "user.email", "editor@example.edu.vn"]);
    git(&["config", "user.name", "Editor"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "Reviewed"]);
    git(&["mv", "content/usb.vi.md", "content/x.vi.md"]);
    git(&["mv", "content/usb.en.md", "content/x.en.md"]);
    git(&["commit", "-q", "-m", "Moved"]);
    git(&["mv", "content/x.vi.md", "content/usb.vi.md"]);
    git(&["mv", "content/x.en.md", "content/usb.en.md"]);
    project.edit("content/usb.vi.md", "Rút đúng cách.", "Rút thật an toàn.");
    git(&["commit", "-q", "-a", "-m", "Moved back, and changed"]);
    project.edit("content/usb.vi.md", "Rút thật", "Phải rút thật");
    let run = ok(&project, &["diff", "usb"]);
    assert_eq!(
        run.stdout,
        "en  usb#after  source changed\n    Sau khi dùng\n    [-Rút đúng cách-]{+Phải rút thật an toàn+}.\n\n"
    );
    let coloured = project.run(&["translate", "diff", "usb", "--ui-lang", "vi"]);
    assert!(coloured.stdout.contains("bản nguồn đã đổi"), "{}", coloured.stdout);
    // Never committed, so nobody knows.
    project.edit("content/usb.vi.md", "Mở đầu.", "Bắt đầu.");
    ok(&project, &["accept", "usb"]);
    project.edit("content/usb.vi.md", "Bắt đầu.", "Khởi đầu.");
    let run = ok(&project, &["diff", "usb#"]);
    assert!(run.stdout.contains("Git has no version"), "{}", run.stdout);
    assert_eq!(ok(&project, &["diff", "index"]).stdout, "`index` says what its source says.\n");
}

#[test]
fn a_third_language_needs_nothing_but_its_name() {
    let project = Project::with(&[
        (
            "site.toml",
            "title = { vi = \"Sổ tay\", en = \"Handbook\", km = \"សៀវភៅ\" }\nlanguages = [\"vi\", \"en\", \"km\"]\n[languages_label]\nkm = \"ភាសាខ្មែរ\"\n",
        ),
        ("content/index.vi.md", HOME_VI),
        ("content/index.en.md", HOME_EN),
        ("content/index.km.md", "---\ntitle: សៀវភៅ\nupdated: 2026-03-09\n---\nសូមស្វាគមន៍។\n"),
        ("content/usb.vi.md", VI),
        ("content/usb.km.md", "---\ntitle: យូអេសប៊ី\n---\n## មុន\n\nស្កេន។\n\n## ក្រោយ\n\nដក។\n"),
        (
            "content/glossary.yaml",
            "terms:\n  - vi: { term: mã độc, definition: Phần mềm gây hại. }\n    en: { term: malware, definition: Harmful software. }\n    km: { term: មេរោគ, definition: កម្មវិធីអាក្រក់។ }\n",
        ),
    ]);
    ok(&project, &["accept", "--all"]);
    project.edit("content/usb.vi.md", "Rút đúng cách.", "Rút an toàn.");
    assert_eq!(states(&project), expected(&[("", "missing-page")]));
    let run = project.run(&["build", "--ui-lang", "en", "--quiet"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("content/usb.km.md"), "{}", run.stderr);
    let both = project.read("dist/km/usb.bilingual.html");
    assert!(both.contains("lang=\"vi\"") && both.contains("lang=\"km\"") && both.contains("ដក។"));
    // Readers of a language without a translation see the two that there are.
    assert!(project.read("dist/en/usb.bilingual.html").contains("ដក។"));
    let glossary = project.read("dist/km/glossary.html");
    assert!(
        glossary.contains("មេរោគ")
            && glossary.contains("lang=\"vi\"")
            && glossary.contains("malware")
    );
    assert!(project.read("dist/km/index.html").contains("សូមស្វាគមន៍"));
    assert_eq!(project.run(&["search", "យូអេសប៊ី", "--lang", "km"]).status, 0);
}

/// A page of these paragraphs, one below each heading but the first.
fn page(lang: &str, paragraphs: &[String]) -> SourceText {
    let body = paragraphs.iter().enumerate().map(|(i, text)| match i {
        0 => format!("{text}\n\n"),
        i => {
            format!("## {} {i} {{#s{i}}}\n\n{text}\n\n", if lang == "vi" { "Mục" } else { "Part" })
        }
    });
    let text = format!("---\ntitle: {lang}\n---\n{}", body.collect::<String>());
    SourceText { text: text.into() }
}

/// A handbook of one page.
fn snapshot(source: &[String], lock: Option<&Lock>) -> Snapshot {
    let translation: Vec<String> = source.iter().map(|_| "translated".to_owned()).collect();
    let mut snapshot = Snapshot {
        config: SourceText { text: SITE.into() },
        lock: lock.map(|lock| SourceText { text: lock.text().into() }),
        ..Snapshot::default()
    };
    let mut add = |file: &str, text: SourceText| {
        snapshot.pages.insert(sotay::base::RelPath::new(file), text);
    };
    add("content/index.vi.md", page("vi", source));
    add("content/index.en.md", page("en", &translation));
    snapshot
}

fn understood(source: &[String], lock: Option<&Lock>) -> Arc<sotay::model::Site> {
    let choice = EditionChoice::everything();
    let project = Understood::new(snapshot(source, lock), Vec::new(), &choice, None);
    project.renderer.expect("a handbook that can be rendered").site().clone()
}

fn words() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-zăđêơưáạếộ]{1,6}", 1..6).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Accept and change nothing: all is current. Change a word: that section is not, all others are.
    #[test]
    fn words_decide_and_nothing_else(
        source in prop::collection::vec(words(), 1..6),
        at in any::<prop::sample::Index>(),
        word in any::<prop::sample::Index>(),
        other in "[a-zăđêơưáạếộ]{1,6}",
        gap in "( |\n|  \n ){1}",
    ) {
        let site = understood(&source, None);
        let lock = edit::accept(&site, None, None, &[0, 1]).lock;
        let again = understood(&source, Some(&lock));
        let freshness = again.freshness(0, 1).unwrap();
        prop_assert_eq!(freshness.count(State::Current), source.len());
        prop_assert_eq!(again.staleness(0, 1), None);

        let spaced: Vec<String> = source.iter().map(|text| text.replace(' ', &gap)).collect();
        let again = understood(&spaced, Some(&lock));
        prop_assert_eq!(again.freshness(0, 1).unwrap().count(State::Current), source.len());

        let mut changed = source.clone();
        let at = at.index(source.len());
        let mut parts: Vec<&str> = source[at].split(' ').collect();
        let word = word.index(parts.len());
        prop_assume!(parts[word] != other);
        parts[word] = &other;
        changed[at] = parts.join(" ");
        let site = understood(&changed, Some(&lock));
        prop_assert_eq!(site.staleness(0, 1), site.freshness(0, 1));
        let states: Vec<State> =
            site.freshness(0, 1).unwrap().sections.iter().map(|s| s.state).collect();
        let wanted: Vec<State> = (0..source.len())
            .map(|i| if i == at { State::SourceChanged } else { State::Current })
            .collect();
        prop_assert_eq!(states, wanted);
        // Reviewed once more, it is current again, and no line is left over.
        let lock = edit::accept(&site, None, None, &[0, 1]).lock;
        let site = understood(&changed, Some(&lock));
        prop_assert_eq!(site.freshness(0, 1).unwrap().count(State::Current), source.len());
        prop_assert_eq!(lock.text().lines().count(), source.len() + 1);
    }
}
