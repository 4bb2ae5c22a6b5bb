//! The command line as a person meets it: help and wrong usage in both languages, exit statuses,
//! shell completions, manual pages, schemas.

mod project;

use project::{Project, Run};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const SITE: &str = "title = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n\
                    audiences = { pupils = { vi = \"Học sinh\", en = \"Pupils\" } }\n";

/// Runs sotay in an empty folder, in the language of a system whose locale is `locale`.
fn sotay(locale: &str, arguments: &[&str]) -> Run {
    let folder = Project::of(&[]);
    run_in(&folder.root(), locale, arguments)
}

fn run_in(folder: &Path, locale: &str, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_sotay"))
        .args(arguments)
        .env("COLUMNS", "100")
        .env("LC_ALL", locale)
        .env_remove("NO_COLOR")
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run {
        status: output.status.code().unwrap(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// What is printed in Vietnamese and in English; both have the same exit status.
fn both(arguments: &[&str]) -> (i32, Run, Run) {
    let said = |lang| sotay("C", &[&["--ui-lang", lang], arguments].concat());
    let (vi, en) = (said("vi"), said("en"));
    assert_eq!(vi.status, en.status, "{arguments:?}");
    (vi.status, vi, en)
}

#[test]
fn wrong_usage_is_a_sentence_in_the_language_of_messages() {
    let cases: &[(&[&str], &[&str], &[&str])] = &[
        (
            &["build", "--darfts"],
            &["không có tùy chọn `--darfts`", "có phải ý bạn là `--drafts`?"],
            &["unexpected argument '--darfts' found", "exists: '--drafts'"],
        ),
        (&["build", "-x"], &["không có tùy chọn `-x`"], &["unexpected argument '-x'"]),
        (&["build", "thừa"], &["thừa tham số `thừa`"], &["unexpected argument 'thừa'"]),
        (
            &["--drafts", "build"],
            &["không có tùy chọn `--drafts`", "viết sau tên lệnh: `sotay build --drafts`"],
            &["unexpected argument '--drafts'", "'build --drafts' exists"],
        ),
        (
            &["build", "--out"],
            &["`--out <THƯ-MỤC>` thiếu giá trị"],
            &["a value is required for '--out <DIR>'"],
        ),
        (
            &["build", "--jobs", "70000"],
            &["`--jobs <SỐ>` không nhận giá trị `70000`: cần số từ 1 đến 1024"],
            &["invalid value '70000' for '--jobs <N>': 70000 is not in 1..=1024"],
        ),
        (
            &["build", "--jobs", "ba"],
            &["`--jobs <SỐ>` không nhận giá trị `ba`: cần một số nguyên"],
            &["invalid value 'ba' for '--jobs <N>'"],
        ),
        (
            &["build", "--color", "đỏ"],
            &["không nhận giá trị `đỏ`", "chọn một trong: `auto`, `always`, `never`"],
            &["invalid value 'đỏ'", "[possible values: auto, always, never]"],
        ),
        (
            &["completions", "bahs"],
            &["`<SHELL>` không nhận giá trị `bahs`", "có phải ý bạn là `bash`?"],
            &["invalid value 'bahs' for '<SHELL>'", "exists: 'bash'"],
        ),
        (&["completions"], &["thiếu `<SHELL>`"], &["required arguments were not provided"]),
        (
            &["build", "--strict", "--strict"],
            &["`--strict` chỉ được viết một lần"],
            &["'--strict' cannot be used multiple times"],
        ),
        (
            &["build", "--strict=có"],
            &["`--strict` thừa giá trị `có`"],
            &["unexpected value 'có' for '--strict'"],
        ),
        (
            &["completions", "bash", "--x"],
            &["không có tùy chọn `--x`"],
            &["unexpected argument '--x' found"],
        ),
        (
            &["completions", "--x"],
            &["không có tùy chọn `--x`", "nếu `--x` là giá trị", "hãy viết `-- --x`"],
            &["unexpected argument '--x' found", "use '-- --x'"],
        ),
        (
            &["--", "build"],
            &["thừa tham số `build`", "có lệnh `build`; hãy bỏ `--` ở trước"],
            &["unexpected argument 'build' found", "remove the '--' before it"],
        ),
        (
            &["biuld"],
            &["không có lệnh `biuld`", "có phải ý bạn là `build`?"],
            &["unrecognized subcommand 'biuld'", "exists: 'build'"],
        ),
    ];
    for (arguments, vietnamese, english) in cases {
        let (status, vi, en) = both(arguments);
        assert_eq!((status, &*vi.stdout, &*en.stdout), (2, "", ""), "{arguments:?}");
        assert!(vi.stderr.starts_with("lỗi: ") && en.stderr.starts_with("error: "));
        for words in *vietnamese {
            assert!(vi.stderr.contains(words), "{arguments:?}: {words}\n{}", vi.stderr);
        }
        for words in *english {
            assert!(en.stderr.contains(words), "{arguments:?}: {words}\n{}", en.stderr);
        }
        assert!(vi.stderr.contains("Thêm `--help`"), "{}", vi.stderr);
        for word in ["error", "Usage", "tip:", "argument", "value", "OPTIONS", "COMMAND"] {
            assert!(!vi.stderr.contains(word), "{word} in\n{}", vi.stderr);
        }
    }
}

#[test]
fn the_language_is_the_one_asked_for_else_the_systems() {
    for arguments in [
        &["--ui-lang", "vi", "biuld"][..],
        &["--ui-lang=vi", "biuld"],
        &["biuld", "--ui-lang", "vi"],
        &["build", "--ui-lang=vi", "--darfts"],
    ] {
        assert!(sotay("en_GB.UTF-8", arguments).stderr.starts_with("lỗi: "), "{arguments:?}");
    }
    assert!(sotay("vi_VN.UTF-8", &["biuld"]).stderr.starts_with("lỗi: "));
    assert!(sotay("vi_VN.UTF-8", &["--help"]).stdout.contains("Cách dùng: sotay"));
    assert!(sotay("vi_VN.UTF-8", &["--ui-lang", "en", "biuld"]).stderr.starts_with("error: "));
    assert!(sotay("fr_FR.UTF-8", &["biuld"]).stderr.starts_with("error: "));
    // What is no language at all leaves the system's.
    let unknown = sotay("vi_VN.UTF-8", &["--ui-lang", "pháp", "build"]);
    assert!(unknown.stderr.contains("`--ui-lang <NGÔN-NGỮ>` không nhận giá trị `pháp`"));
    // After two hyphens nothing is an option.
    assert!(sotay("C", &["biuld", "--", "--ui-lang", "vi"]).stderr.starts_with("error: "));
}

#[test]
fn help_is_printed_and_teaches() {
    for arguments in [&["--help"][..], &["-h"], &["help"]] {
        let (status, vi, en) = both(arguments);
        assert_eq!((status, &*vi.stderr, &*en.stderr), (0, "", ""));
        assert!(vi.stdout.contains("Lệnh:\n  build"), "{}", vi.stdout);
        assert!(vi.stdout.contains("--root <THƯ-MỤC>") && vi.stdout.contains("Ví dụ:\n  sotay "));
        assert!(en.stdout.contains("Commands:\n  build") && en.stdout.contains("Examples:\n"));
    }
    for arguments in [&["build", "--help"][..], &["build", "-h"], &["help", "build"]] {
        let (status, vi, en) = both(arguments);
        assert_eq!(status, 0);
        assert!(vi.stdout.contains("Cách dùng: sotay build [TÙY-CHỌN]"), "{}", vi.stdout);
        assert!(vi.stdout.contains("[mặc định: public]") && vi.stdout.contains("Ví dụ:\n"));
        assert!(vi.stdout.contains("[chọn: auto, always, never]"));
        assert!(en.stdout.contains("Usage: sotay build [OPTIONS]"), "{}", en.stdout);
        assert!(en.stdout.contains("[default: public]") && en.stdout.contains("Examples:\n"));
    }
}

#[test]
fn colours_are_as_asked() {
    let coloured = |color| sotay("C", &["--ui-lang", "vi", "--color", color, "biuld"]).stderr;
    assert!(coloured("always").contains("\u{1b}["));
    assert!(!coloured("never").contains("\u{1b}["));
}

#[test]
fn the_version_is_printed() {
    let (status, vi, en) = both(&["--version"]);
    let expected = format!("sotay {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!((status, vi.stdout, en.stdout), (0, expected.clone(), expected));
}

#[test]
fn without_a_command_it_says_where_to_begin() {
    let (status, vi, en) = both(&[]);
    assert_eq!((status, &*vi.stdout, &*en.stdout), (2, "", ""));
    assert!(vi.stderr.contains("Những bước đầu tiên:") && vi.stderr.contains("  sotay build "));
    assert!(en.stderr.contains("First steps:") && en.stderr.contains("  sotay build "));
    for said in [&vi.stderr, &en.stderr] {
        assert!(said.lines().all(|line| line.chars().count() <= 100) && said.lines().count() < 15);
        let steps = said.lines().filter_map(|line| line.strip_prefix("  sotay "));
        for step in steps {
            let command = step.split(' ').next().unwrap();
            assert_eq!(sotay("C", &[command, "--help"]).status, 0, "{command}");
        }
    }
}

#[test]
fn a_root_without_a_handbook_is_refused() {
    let project = Project::with(&[
        ("so-tay/site.toml", SITE),
        ("so-tay/content/a.txt", ""),
        ("khac/a.txt", ""),
    ]);
    let cases = [
        ("nope", "không có thư mục `nope`", "there is no folder `nope`", false),
        ("khac", "thư mục `khac` không có site.toml", "the folder `khac` has no site.toml", false),
        ("khac/a.txt", "`khac/a.txt` là tệp, không phải", "`khac/a.txt` is not a folder", false),
        ("so-tay/site.toml", "`so-tay/site.toml` là tệp", "is not a folder", true),
        ("so-tay/content", "không có site.toml", "has no site.toml", true),
    ];
    for (root, vietnamese, english, is_near) in cases {
        for (lang, words, help) in [
            ("vi", vietnamese, "có phải ý bạn là `--root "),
            ("en", english, "did you mean `--root "),
        ] {
            let run = project.run(&["build", "--root", root, "--ui-lang", lang]);
            assert_eq!((run.status, &*run.stdout), (3, ""), "{root}");
            assert!(run.stderr.contains(words), "{root}: {}", run.stderr);
            let near = format!("{help}[ROOT]/so-tay`?");
            assert_eq!(run.stderr.contains(&near), is_near, "{root}: {}", run.stderr);
        }
        assert!(!project.path(root).join("dist").exists());
    }
    // What needs no handbook does not look for one.
    assert_eq!(project.run(&["man", "--root", "nope"]).status, 0);
}

// Completions.

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

#[test]
fn every_shell_has_its_completions() {
    for shell in SHELLS {
        let (status, vi, en) = both(&["completions", shell]);
        assert_eq!((status, &*vi.stderr), (0, ""), "{shell}");
        for word in ["sotay", "build", "drafts", "ui-lang"] {
            assert!(vi.stdout.contains(word) && en.stdout.contains(word), "{shell}: {word}");
        }
        // Bash shows no explanations.
        if shell != "bash" {
            assert!(vi.stdout.contains("Gồm cả bản nháp"), "{shell}");
            assert!(en.stdout.contains("Include drafts"), "{shell}");
        }
    }
}

#[test]
fn bash_completes() {
    if !has("bash") {
        return eprintln!("skipped: there is no bash here");
    }
    let script = sotay("C", &["completions", "bash"]).stdout;
    let cases = [
        ("sotay bu", "build"),
        ("sotay build --dr", "--drafts"),
        ("sotay build --color al", "always"),
        ("sotay completions fi", "fish"),
        ("sotay schema gui", "guideline"),
    ];
    for (typed, expected) in cases {
        // As bash itself calls it: the command, the word begun and the word before it.
        let ask = "COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); \
                   _sotay sotay \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"; \
                   printf '%s\\n' \"${COMPREPLY[@]}\"";
        let text = format!("{script}\n{ask}");
        let output = Command::new("bash").args(["--norc", "-c", &text, "bash", typed]).output();
        let output = output.unwrap();
        let candidates = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            candidates.trim(),
            expected,
            "{typed}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn zsh_and_fish_take_their_scripts() {
    for (shell, check) in [("zsh", "-n"), ("fish", "--no-execute")] {
        if !has(shell) {
            eprintln!("skipped: there is no {shell} here");
            continue;
        }
        let folder = Project::with(&[("script", &sotay("C", &["completions", shell]).stdout)]);
        let status = Command::new(shell).arg(check).arg(folder.path("script")).status().unwrap();
        assert!(status.success(), "{shell}");
    }
}

// Manual pages.

#[test]
fn every_command_has_a_page_in_the_manual() {
    let folder = Project::of(&[]);
    for (lang, headings) in [
        ("vi", ["TÊN", "\"CÚ PHÁP\"", "\"MÔ TẢ\"", "\"TÙY CHỌN\"", "\"VÍ DỤ\""]),
        ("en", ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES"]),
    ] {
        let run = folder.run(&["man", "--out", lang, "--ui-lang", lang]);
        assert_eq!((run.status, &*run.stderr), (0, ""));
        let help = folder.run(&["--help", "--ui-lang", "en"]).stdout;
        let commands = help.split("Commands:\n").nth(1).unwrap().lines();
        let commands = commands.take_while(|line| !line.is_empty());
        let commands = commands.filter_map(|line| line.split_whitespace().next());
        for command in commands.filter(|command| *command != "help") {
            let page = folder.read(&format!("{lang}/sotay-{command}.1"));
            assert!(page.starts_with(&format!(".TH sotay-{command} 1 \"\" \"sotay ")), "{page}");
            for heading in headings {
                assert!(page.contains(&format!(".SH {heading}\n")), "{command}: {heading}\n{page}");
            }
        }
        assert!(!folder.path(&format!("{lang}/sotay-help.1")).exists());
        let printed = folder.run(&["man", "--ui-lang", lang]).stdout;
        assert_eq!(printed, folder.read(&format!("{lang}/sotay.1")));
    }
}

#[test]
fn groff_finds_nothing_wrong_with_the_pages() {
    if !has("groff") {
        return eprintln!("skipped: there is no groff here");
    }
    let folder = Project::of(&[]);
    for lang in ["vi", "en"] {
        folder.run(&["man", "--out", lang, "--ui-lang", lang]);
        for page in fs::read_dir(folder.path(lang)).unwrap().map(|entry| entry.unwrap().path()) {
            // `-K` is the encoding of the text, `-z` prints nothing but what is wrong.
            let check = Command::new("groff")
                .args(["-man", "-Tutf8", "-Kutf8", "-ww", "-z"])
                .arg(&page)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&check.stderr);
            assert!(check.status.success() && said.is_empty(), "{}: {said}", page.display());
        }
    }
}

#[test]
fn man_shows_the_page() {
    if !has("man") || !has("groff") {
        return eprintln!("skipped: there is no man here, or no groff");
    }
    for (lang, words) in
        [("vi", "giải thích một lệnh, có ví dụ"), ("en", "explain one command, with")]
    {
        let page = sotay("C", &["man", "--ui-lang", lang]).stdout;
        let mut man = Command::new("man")
            .args(["-E", "UTF-8", "-l", "-"])
            .env("LC_ALL", "C.UTF-8")
            .env("MANPAGER", "cat")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        man.stdin.take().unwrap().write_all(page.as_bytes()).unwrap();
        let shown = String::from_utf8(man.wait_with_output().unwrap().stdout).unwrap();
        // Examples keep their lines; where words are underlined or bold there are codes between.
        assert!(shown.contains(words), "{shown}");
    }
}

/// Whether a program of this name can be started.
fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

// Schemas.

#[test]
fn schemas_are_written_beside_the_editors_settings() {
    let project = Project::with(&[("site.toml", SITE), ("content/a.txt", "")]);
    // From a folder of the handbook, as all commands work.
    let run = project.run_in("content", &["schema", "--ui-lang", "vi"]);
    assert_eq!((run.status, &*run.stderr), (0, ""));
    assert!(run.stdout.starts_with("Đã ghi vào [ROOT]/.vscode/sotay: site.schema.json"));
    let names = ["directive", "guideline", "page", "site", "talk"];
    let written: Vec<_> = project::files(&project.path(".vscode/sotay")).into_keys().collect();
    assert_eq!(written, names.map(|name| format!("{name}.schema.json")));
    let talk = project.read(".vscode/sotay/talk.schema.json");
    assert!(talk.contains("`pupils` (Học sinh)"), "{talk}");
    let modified = |name: &str| project.path(name).metadata().unwrap().modified().unwrap();
    let before = modified(".vscode/sotay/talk.schema.json");
    std::thread::sleep(std::time::Duration::from_millis(20));
    let again = project.run(&["schema", "--ui-lang", "vi", "--quiet"]);
    assert_eq!((again.status, &*again.stdout), (0, ""));
    assert_eq!(modified(".vscode/sotay/talk.schema.json"), before);
}

#[test]
fn schemas_are_printed_where_asked() {
    let project = Project::with(&[("site.toml", SITE)]);
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let talk = json(&project.run(&["schema", "talk", "--ui-lang", "en"]).stdout);
    assert_eq!(talk["title"], "sotay: talk");
    assert_eq!(talk["properties"]["audience"]["items"]["enum"][0], "pupils");
    let all = project.run(&["schema", "--out", "-", "--ui-lang", "en"]).stdout;
    let titles: Vec<_> = all.lines().map(|line| json(line)["title"].clone()).collect();
    let names = ["site", "talk", "guideline", "directive", "page"];
    assert_eq!(titles, names.map(|name| format!("sotay: {name}")));
    assert_eq!(project.run(&["schema", "talk", "--out", "luoc-do", "--quiet"]).status, 0);
    assert_eq!(json(&project.read("luoc-do/talk.schema.json"))["title"], "sotay: talk");
    assert!(!project.path(".vscode").exists());
}

#[test]
fn schemas_without_a_handbook_are_general() {
    let folder = Project::of(&[]);
    let run = folder.run(&["schema", "--ui-lang", "en"]);
    assert_eq!((run.status, &*run.stdout), (3, ""));
    assert!(run.stderr.contains("there is no site.toml here"), "{}", run.stderr);
    assert!(!folder.path(".vscode").exists());
    assert!(!folder.run(&["schema", "talk"]).stdout.contains("pupils"));
    assert_eq!(folder.run(&["schema", "--out", "x"]).status, 0);
    assert!(folder.path("x/site.schema.json").is_file());
    folder.write("site.toml", "title = \n");
    let broken = folder.run(&["schema", "talk", "--ui-lang", "en"]);
    assert_eq!(broken.status, 0);
    assert!(broken.stderr.contains("site.toml cannot be used"), "{}", broken.stderr);
    // A file in the way of the folder.
    folder.write("y", "");
    let refused = folder.run(&["schema", "--out", "y", "--ui-lang", "en"]);
    assert_eq!(refused.status, 3);
    assert!(refused.stderr.contains("cannot write `y`"), "{}", refused.stderr);
}
