//! What sotay says about every mistake it knows, in both languages, as the terminal shows it.
//!
//! A case is a folder of `tests/diagnostics/`: `input/` is laid over `base/`, a handbook without
//! mistakes; `command.txt` holds the arguments where they are not `build`; `vi.txt` and `en.txt`
//! are what is printed. A case is called after the code it is about (`S103-unknown-key`);
//! folders without a code show several mistakes together. Mistakes that cannot stand in a
//! repository (links, odd names, huge files) are made by [`set_up`].

mod project;

use project::host::{Host, Reply};
use project::{Expectations, Project, cases, command, name};
use sotay::diag::Code;
use std::path::Path;

#[test]
fn every_mistake_reads_as_expected() {
    let mut expectations = Expectations::default();
    for case in cases("tests/diagnostics").iter().filter(|c| name(c) != "base") {
        for lang in ["vi", "en"] {
            let shown = shown(case, lang);
            let code = name(case).split('-').next().unwrap();
            if code.starts_with('S') && !shown.contains(&format!("[{code}]")) {
                expectations.fail(format!("{}: no {code} in\n{shown}", name(case)));
            }
            expectations.check(shown.as_bytes(), &case.join(format!("{lang}.txt")));
        }
    }
    expectations.finish();
}

#[test]
fn every_code_has_a_case() {
    let cases = cases("tests/diagnostics");
    let has_case = |code: &Code| cases.iter().any(|c| name(c).starts_with(code.id()));
    let missing: Vec<_> = Code::ALL.iter().filter(|c| !has_case(c)).map(|c| c.id()).collect();
    assert_eq!(missing, [] as [&str; 0]);
}

/// What a person sees who makes the mistakes of `case`.
fn shown(case: &Path, lang: &str) -> String {
    let base = case.with_file_name("base");
    let project = Project::of(&[&base, &case.join("input")]);
    // Kept until the program has run: a lock, say.
    let _held = set_up(name(case), &project);
    let command = command(case);
    let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
    arguments.extend(["--ui-lang", lang, "--quiet"]);
    let run = project.run(&arguments);
    format!("{}exit status {}\n", without_port(&run.stderr), run.status)
}

/// `text` with the same name for every host that a test made.
fn without_port(text: &str) -> String {
    let mut parts = text.split("http://127.0.0.");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
        out.push_str(&format!("http://127.0.0.N:PORT{rest}"));
    }
    out
}

/// Makes what a repository cannot hold. Gives back a file that must stay open meanwhile.
fn set_up(case: &str, project: &Project) -> Option<std::fs::File> {
    match case {
        "S110-front-matter-too-large" => {
            let long = "x".repeat(70_000);
            project.write("content/a.vi.md", format!("---\ntitle: A\nsource: {long}\n---\n"));
        }
        "S515-no-home" => {
            for lang in ["vi", "en"] {
                std::fs::remove_file(project.path(&format!("content/index.{lang}.md"))).unwrap();
            }
        }
        "S502-not-utf8" => {
            // Windows-1258, as old Vietnamese editors save.
            project.write("content/a.vi.md", b"---\ntitle: An to\xe0n\n---\n");
        }
        "S504-unportable-name" => {
            project.write("static/con.txt", "");
            project.write("static/a\u{202e}b.txt", "");
        }
        #[cfg(unix)]
        "S507-symlink" => {
            let link = project.path("content/a.vi.md");
            std::os::unix::fs::symlink(project.path("content/index.vi.md"), link).unwrap();
        }
        #[cfg(unix)]
        "S508-unreadable" => {
            // Neither a file nor a folder: reading would wait for ever. (Permissions would not
            // stop a test that runs as root.)
            std::os::unix::net::UnixListener::bind(project.path("content/a.vi.md")).unwrap();
        }
        "S323-moved-external-link" => {
            let host = Host::new(|_, path| match path {
                "/cu" => Reply::Redirect(301, "/moi".to_owned()),
                _ => Reply::Status(200),
            });
            let text = format!("---\ntitle: A\n---\n[Quy định]({}/cu)\n", host.address);
            project.write("content/a.vi.md", text);
            project.write("content/a.en.md", "---\ntitle: A\n---\n");
        }
        "S601-no-site" => std::fs::remove_file(project.path("site.toml")).unwrap(),
        "S706-output-busy" => {
            let lock = std::fs::File::create(project.path(".dist.sotay-lock")).unwrap();
            lock.lock().unwrap();
            return Some(lock);
        }
        _ => {}
    }
    None
}
