//! `sotay new`: what it makes builds clean, and what is there is never touched.

mod project;

use project::{Project, files};
use sotay::base::RelPath;
use sotay::model::{Key, Kind, Owner};
use std::fs;

const SITE: &str = "title = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n";

/// A handbook with a home page and a talk.
fn handbook() -> Project {
    Project::with(&[
        ("site.toml", SITE),
        ("content/index.vi.md", "---\ntitle: Sổ tay\n---\n"),
        ("content/index.en.md", "---\ntitle: Handbook\n---\n"),
        ("content/talks/index.vi.md", "---\ntitle: Bài giảng\n---\n"),
        ("content/talks/index.en.md", "---\ntitle: Talks\n---\n"),
        ("content/talks/phishing.vi.md", "---\ntitle: Lừa đảo\naliases: [talks/mail]\n---\n"),
        ("content/talks/phishing.en.md", "---\ntitle: Phishing\n---\n"),
    ])
}

fn new_page(project: &Project, arguments: &[&str]) -> String {
    let run = project.run(&[&["new", "page", "--ui-lang", "en"], arguments].concat());
    assert_eq!((run.status, &*run.stderr), (0, ""), "{arguments:?}");
    run.stdout
}

/// Builds with drafts; not even a warning may come.
fn build_strictly(project: &Project, folder: &str) {
    for arguments in [&["build", "--strict", "--drafts"][..], &["build", "--strict"]] {
        let run = project.run_in(folder, arguments);
        assert_eq!((run.status, &*run.stderr), (0, ""), "{arguments:?}");
    }
}

#[test]
fn a_new_handbook_builds_clean_in_every_edition() {
    for (lang, comment) in [("vi", "# Tên sổ tay"), ("en", "# What the handbook is called")] {
        let project = Project::of(&[]);
        let run = project.run(&["new", "so tay", "--ui-lang", lang]);
        assert_eq!((run.status, &*run.stderr), (0, ""));
        assert!(
            run.stdout.contains("cd \"so tay\"\n") && run.stdout.contains("sotay serve"),
            "{}",
            run.stdout
        );
        build_strictly(&project, "so tay");
        let trainer = project.run_in("so tay", &["build", "--strict", "--edition", "trainer"]);
        assert_eq!((trainer.status, &*trainer.stderr), (0, ""));
        let site = project.read("so tay/site.toml");
        assert!(site.contains(comment), "{site}");
        // Even Better TOML reads the first line.
        assert!(site.starts_with("#:schema ./.vscode/sotay/site.schema.json\n"));
        assert_eq!(project.read("so tay/.gitignore"), "/dist/\n/.sotay/\n");
        for json in ["settings", "extensions", "sotay/site.schema", "sotay/talk.schema"] {
            let text = project.read(&format!("so tay/.vscode/{json}.json"));
            serde_json::from_str::<serde_json::Value>(&text).unwrap();
        }
        let kinds = ["talks/phishing", "guidelines/passwords", "directives/09-ct-ttg"];
        for page in kinds {
            assert!(project.path(&format!("so tay/dist/en/{page}.html")).is_file(), "{page}");
        }
    }
}

#[test]
fn a_new_handbook_bears_its_titles() {
    let project = Project::of(&[]);
    fs::create_dir(project.path(".git")).unwrap();
    let title = "Sổ tay: \"trường ta\"";
    let run = project.run(&[
        "new",
        ".",
        "--title",
        title,
        "--title-en",
        "Our handbook",
        "--ui-lang",
        "en",
    ]);
    assert_eq!((run.status, &*run.stderr), (0, ""));
    assert!(
        run.stdout.starts_with("Made a handbook here") && !run.stdout.contains("cd "),
        "{}",
        run.stdout
    );
    build_strictly(&project, "");
    let [vi, en] = ["vi", "en"].map(|lang| project.read(&format!("dist/{lang}/index.html")));
    assert!(
        vi.contains("<h1>Sổ tay: &quot;trường ta&quot;</h1>")
            || vi.contains("<h1>Sổ tay: \"trường ta\"</h1>"),
        "{vi}"
    );
    assert!(en.contains("<h1>Our handbook</h1>"), "{en}");
}

#[test]
fn a_folder_called_page_is_asked_for_by_its_path() {
    let project = Project::of(&[]);
    assert_eq!(project.run(&["new", "./page"]).status, 0);
    assert!(project.path("page/site.toml").is_file());
    assert_eq!(project.run(&["new"]).status, 2);
    assert_eq!(project.run(&["new", "page"]).status, 2);
    assert_eq!(project.run(&["new", "x", "page", "talks/x"]).status, 2);
}

#[test]
fn a_folder_that_is_in_use_is_refused_and_left_alone() {
    let project = Project::with(&[
        ("used/notes.txt", "x"),
        ("file", "x"),
        ("hidden/.gitignore", "mine"),
        ("git/.git/HEAD", "x"),
    ]);
    let before = files(&project.root());
    let cases = [
        ("used", "the folder `used` holds `notes.txt`"),
        ("file", "`file` is no folder"),
        ("file/below", ""),
        ("hidden", "`hidden/.gitignore` is there already"),
    ];
    for (dir, reason) in cases {
        let run = project.run(&["new", dir, "--ui-lang", "en"]);
        assert_eq!((run.status, &*run.stdout), (2, ""), "{dir}");
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains(reason), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
        let run = project.run(&["new", dir, "--ui-lang", "vi"]);
        assert!(run.stderr.starts_with("lỗi: "), "{}", run.stderr);
    }
    assert_eq!(files(&project.root()), before);
    assert_eq!(project.run(&["new", "git"]).status, 0);
}

#[test]
fn a_failed_write_leaves_nothing_behind() {
    let project = Project::of(&[]);
    // A hidden file where a folder is needed.
    project.write("book/.vscode", "mine");
    let run = project.run(&["new", "book", "--ui-lang", "en"]);
    assert_eq!(run.status, 3, "{}", run.stderr);
    assert!(
        run.stderr.contains("cannot write `book/.vscode`") && run.stderr.contains("as it was"),
        "{}",
        run.stderr
    );
    let left: Vec<_> = walkdir::WalkDir::new(project.path("book"))
        .into_iter()
        .map(|e| e.unwrap().path().to_owned())
        .collect();
    assert_eq!(left, [project.path("book"), project.path("book/.vscode")]);
}

/// One new page of each kind, with the options that make it.
const PAGES: [(&str, Kind, &[&str]); 7] = [
    ("talks/passwords", Kind::Talk, &[]),
    ("guidelines/passwords", Kind::Guideline, &[]),
    ("directives/a", Kind::Directive, &[]),
    ("directives/b", Kind::Directive, &["--number", "13/2023/NĐ-CP"]),
    ("about", Kind::Page, &[]),
    ("talks/extra", Kind::Guideline, &["--kind", "guideline"]),
    ("office/memo", Kind::Directive, &["--kind", "directive"]),
];

fn page(project: &Project, address: &str, lang: &str) -> String {
    project.read(&format!("content/{address}.{lang}.md"))
}

#[test]
fn a_new_page_of_every_kind_builds_clean_and_then_without_draft() {
    let project = handbook();
    for (address, _, options) in PAGES {
        let said = new_page(&project, &[&[address], options].concat());
        assert!(
            said.contains(&format!("  content/{address}.vi.md\n  content/{address}.en.md\n")),
            "{said}"
        );
        build_strictly(&project, "");
        assert!(
            !project.path(&format!("dist/vi/{address}.html")).exists(),
            "a draft is not published"
        );
    }
    for file in files(&project.path("content")).into_keys() {
        let text = project.read(&format!("content/{file}"));
        project.write(&format!("content/{file}"), text.replace("draft: true\n", ""));
    }
    build_strictly(&project, "");
    for (address, ..) in PAGES {
        assert!(project.path(&format!("dist/vi/{address}.html")).is_file(), "{address}");
    }
}

#[test]
fn every_key_of_its_kind_is_explained_and_every_example_is_good() {
    let project = handbook();
    for (address, kind, options) in PAGES {
        new_page(&project, &[&[address], options].concat());
        let folder = RelPath::new(format!("content/{address}")).folder().to_owned();
        project.write(&format!("{folder}/slides.pdf"), "%PDF");
        for lang in ["vi", "en"] {
            let text = page(&project, address, lang);
            let mut lines = text.lines().peekable();
            let mut keys = Vec::new();
            while let Some(line) = lines.next() {
                let explains = line.starts_with("# ");
                let Some(next) = lines.peek().filter(|_| explains) else { continue };
                if let Some((key, _)) = next.trim_start_matches('#').split_once(':')
                    && !next.starts_with("# ")
                {
                    keys.push(key.to_owned());
                }
            }
            keys.sort();
            let belongs = |key: &&Key| {
                (key.kinds().is_empty() || key.kinds().contains(&kind))
                    && (lang == "vi" || key.owner() == Owner::Language)
            };
            let mut expected: Vec<_> = Key::ALL.iter().filter(belongs).map(|k| k.name()).collect();
            expected.sort();
            assert_eq!(keys, expected, "{address}.{lang}");
            let (front, body) = text.split_at(text.find("\n---\n").unwrap());
            let uncommented: String = front
                .lines()
                .map(|line| match line.strip_prefix('#') {
                    Some(rest) if !rest.starts_with(' ') || rest.starts_with("  ") => {
                        format!("{rest}\n")
                    }
                    _ => format!("{line}\n"),
                })
                .collect();
            // Every page would have the same former address.
            let own =
                uncommented.replace("/old-name]", &format!("/{}]", address.replace('/', "-")));
            let own = own.replace("aliases: [old-name]", "aliases: [old-about]");
            project.write(&format!("content/{address}.{lang}.md"), own + &body[1..]);
        }
    }
    build_strictly(&project, "");
}

#[test]
fn what_is_filled_in_is_what_a_page_cannot_be_without() {
    let project = handbook();
    for (address, kind, options) in &PAGES[..5] {
        new_page(&project, &[&[*address], *options].concat());
        let file = format!("content/{address}.vi.md");
        let text = project.read(&file);
        let filled = text.lines().filter(|line| !line.starts_with('#'));
        let filled = filled.skip(1).take_while(|line| *line != "---");
        for line in filled.filter(|l| !l.is_empty() && !l.starts_with("draft")) {
            project.write(&file, text.replacen(&format!("{line}\n"), "", 1));
            let run = project.run(&["build", "--ui-lang", "en"]);
            assert!(run.stderr.contains("S108"), "{kind:?} without {line}: {}", run.stderr);
        }
        project.write(&file, text);
    }
}

#[test]
fn names_and_titles_are_folded_as_addresses_are() {
    let project = handbook();
    new_page(&project, &["talks/Mật khẩu"]);
    assert!(page(&project, "talks/mat-khau", "vi").contains("\ntitle: Mật khẩu\n"));
    assert!(page(&project, "talks/mat-khau", "en").contains("\ntitle: Mật khẩu\n"));
    new_page(&project, &["content/talks/strong-passwords.vi.md"]);
    assert!(page(&project, "talks/strong-passwords", "vi").contains("\ntitle: Strong passwords\n"));
    new_page(&project, &["talks/odd", "--title", "Một: hai # ba"]);
    assert!(page(&project, "talks/odd", "vi").contains("\ntitle: \"Một: hai # ba\"\n"));
    // The folder keeps the spelling that it has.
    project.write("content/Sự kiện/index.vi.md", "---\ntitle: x\n---\n");
    project.write("content/Sự kiện/index.en.md", "---\ntitle: x\n---\n");
    project.write("content/Sự kiện/a.vi.md", "---\ntitle: x\n---\n");
    project.write("content/Sự kiện/a.en.md", "---\ntitle: x\n---\n");
    new_page(&project, &["su-kien/khai-giang"]);
    assert!(project.path("content/Sự kiện/khai-giang.vi.md").is_file());
    build_strictly(&project, "");
}

#[test]
fn directives_get_a_number_that_nobody_has() {
    let project = handbook();
    new_page(&project, &["directives/a"]);
    new_page(&project, &["directives/b"]);
    new_page(&project, &["directives/c", "--number", "33/CĐ-TTg"]);
    assert!(
        page(&project, "directives/a", "vi").contains("number: \"0/SỐ-HIỆU\"\ntype")
            || page(&project, "directives/a", "vi").contains("number: \"0/SỐ-HIỆU\"\n")
    );
    assert!(page(&project, "directives/b", "vi").contains("number: \"1/SỐ-HIỆU\"\n"));
    let dispatch = page(&project, "directives/c", "vi");
    assert!(
        dispatch.contains("title: \"33/CĐ-TTg\"\n")
            && dispatch.contains("type: official-dispatch\n"),
        "{dispatch}"
    );
    assert!(!page(&project, "directives/c", "en").contains("number"), "a fact is written once");
}

#[test]
fn other_languages_and_few_audiences_are_served_too() {
    let project = Project::with(&[
        ("site.toml", "title = \"x\"\nlanguages = [\"km\", \"vi\"]\n[audiences]\nall = \"x\"\n"),
        ("content/index.km.md", "---\ntitle: x\n---\n"),
        ("content/index.vi.md", "---\ntitle: x\n---\n"),
    ]);
    new_page(&project, &["guidelines/a"]);
    let [km, vi] = ["km", "vi"].map(|lang| page(&project, "guidelines/a", lang));
    assert!(km.contains("# Who it is for") && km.contains("\naudience: [all]\n"), "{km}");
    assert!(vi.contains("bằng ngôn ngữ của tệp này") && vi.contains("a.km.md"), "{vi}");
    build_strictly(&project, "");
    project.write("site.toml", "title = \"x\"\nlanguages = [\"km\", \"vi\"]\naudiences = {}\n");
    let run = project.run(&["new", "page", "guidelines/b", "--ui-lang", "en"]);
    assert!(run.status == 2 && run.stderr.contains("needs an audience"), "{}", run.stderr);
}

#[test]
fn a_page_in_the_folder_of_another_makes_a_section_and_keeps_its_address() {
    let project = handbook();
    project.write("content/about/index.vi.md", "---\ntitle: Giới thiệu\n---\n");
    project.write("content/about/index.en.md", "---\ntitle: About\n---\n");
    let said = new_page(&project, &["about/team"]);
    assert!(said.contains("The address `about` becomes `about/index`"), "{said}");
    assert_eq!(
        project.read("content/about/index.vi.md"),
        "---\ntitle: Giới thiệu\naliases: [about]\n---\n"
    );
    build_strictly(&project, "");
    assert!(project.read("dist/vi/about.html").contains("about/index.html"));
}

#[test]
fn what_can_be_no_page_is_refused_and_nothing_is_written() {
    let project = handbook();
    project.write("content/talks/own/index.vi.md", "---\ntitle: x\nlevel: basic\n---\n");
    project.write("content/talks/own/index.en.md", "---\ntitle: x\n---\n");
    project.write("content/directives/index.vi.md", "---\ntitle: x\n---\n");
    project.write("content/directives/index.en.md", "---\ntitle: x\n---\n");
    project.write(
        "content/directives/d.vi.md",
        "---\ntitle: x\nnumber: 09/CT-TTg\ntype: directive\nissuer: x\nissued: 2024-02-23\n---\n",
    );
    project.write("content/directives/d.en.md", "---\ntitle: x\n---\n");
    project.build();
    fs::remove_dir_all(project.path("dist")).unwrap();
    // What a build cannot read is there all the same.
    project.write("content/talks/broken.en.md", b"\xff");
    let before = files(&project.root());
    let cases: &[(&[&str], &str)] = &[
        (
            &["talks/phishing"],
            "there is a page `talks/phishing` already (content/talks/phishing.vi.md)",
        ),
        (&["talks/Phishing"], "there is a page `talks/phishing` already"),
        (&["talks"], "`talks` is a folder of pages already"),
        (&["talks/mail"], "former address of the page `talks/phishing`"),
        (&["talks/own"], "there is a page `talks/own` already"),
        (&["talks/own/x"], "`talks/own` is a page (content/talks/own/index.vi.md)"),
        (&["talks/phishing/x"], "`talks/phishing` is a page"),
        (&["talks/broken"], "`content/talks/broken.en.md` is there already"),
        (&["talks/index"], "introduces a folder"),
        (&["talks/_x"], "begins with `_`"),
        (&["talks/nul"], "Windows keeps"),
        (&["talks/../x"], "no page's address"),
        (&["talks/កខ"], "Latin letters"),
        (&["en/x"], "begin with a language"),
        (&["tags/x"], "makes `tags` itself"),
        (&["a/b/c/d/e/f"], "four folders deep"),
        (
            &["directives/e", "--number", "09/CT–TTg"],
            "a summary already: content/directives/d.vi.md",
        ),
        (&["directives/e", "--number", "chín"], "not the number of a legal document"),
        (&["talks/e", "--number", "10/CT-TTg"], "only a directive has a number"),
        (&["talks/e", "--title", " "], "the title is empty"),
    ];
    for (arguments, reason) in cases {
        let run = project.run(&[&["new", "page", "--ui-lang", "en"], *arguments].concat());
        assert_eq!((run.status, &*run.stdout), (2, ""), "{arguments:?} {}", run.stderr);
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains(reason), "{}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
        let run = project.run(&[&["new", "page", "--ui-lang", "vi"], *arguments].concat());
        assert!(run.status == 2 && run.stderr.starts_with("lỗi: "), "{}", run.stderr);
    }
    assert_eq!(files(&project.root()), before);
}

#[test]
fn a_page_needs_a_handbook() {
    let project = Project::of(&[]);
    let run = project.run(&["new", "page", "talks/x", "--ui-lang", "en"]);
    assert_eq!(run.status, 3);
    assert!(run.stderr.contains("S601"), "{}", run.stderr);
    project.write("site.toml", "title = \n");
    let run = project.run(&["new", "page", "talks/x", "--ui-lang", "en"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("S602") && run.stderr.contains("mend site.toml first"),
        "{}",
        run.stderr
    );
    assert_eq!(files(&project.root()).len(), 1);
}
