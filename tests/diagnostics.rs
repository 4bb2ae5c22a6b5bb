//! What sotay says about every mistake it knows, in both languages, as the terminal shows it.
//!
//! A case is a folder of `tests/diagnostics/`: `input/` is laid over `base/`, a handbook without
//! mistakes; `command.txt` holds the arguments where they are not `build`; `vi.txt` and `en.txt`
//! are what is printed. A case is called after the code it is about (`S103-unknown-key`);
//! folders without a code show several mistakes together, or what is accepted. Mistakes that
//! cannot stand in a repository (links, odd names, huge files) are made by [`set_up`].

mod project;

use project::host::{Host, Reply};
use project::{Expectations, Project, cases, command, name};
use rayon::prelude::*;
use sotay::diag::Code;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

#[test]
fn every_mistake_reads_as_expected() {
    let mut expectations = Expectations::default();
    let cases = cases("tests/diagnostics").into_iter().filter(|c| name(c) != "base");
    let cases: Vec<_> = cases.collect();
    let in_both = |case: &PathBuf| ["vi", "en"].map(|lang| (lang, shown(case, lang)));
    let all: Vec<_> = cases.par_iter().map(in_both).collect();
    for (case, both) in cases.iter().zip(all) {
        for (lang, shown) in both {
            let Some(shown) = shown else {
                println!("skipped: {}", name(case));
                continue;
            };
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

/// What a person sees who makes the mistakes of `case`; nothing where this machine does not
/// let us make them.
fn shown(case: &Path, lang: &str) -> Option<String> {
    let base = case.with_file_name("base");
    let project = Project::of(&[&base, &case.join("input")]);
    // Kept until the program has run: a lock, say.
    let _held = set_up(name(case), &project)?;
    let folder = if name(case) == "accepted-site-in-a-parent-folder" { "content" } else { "" };
    let command = command(case);
    let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
    arguments.extend(["--ui-lang", lang, "--quiet"]);
    let run = project.run_in(folder, &arguments);
    Some(format!("{}exit status {}\n", without_port(&run.stderr), run.status))
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

/// What must last while the program runs.
enum Held {
    Nothing,
    Lock(#[expect(dead_code, reason = "dropped, it opens")] std::fs::File),
    #[cfg(target_os = "linux")]
    Disk(#[expect(dead_code, reason = "dropped, it is taken away")] Disk),
}

/// Makes what a repository cannot hold. `None` where this machine does not allow it.
fn set_up(case: &str, project: &Project) -> Option<Held> {
    let page = |body: &str| format!("---\ntitle: Mật khẩu\n---\n{body}\n");
    let both = |body: &str| {
        project.write("content/a.vi.md", page(body));
        project.write("content/a.en.md", "---\ntitle: Passwords\n---\n");
    };
    match case {
        "S110-front-matter-too-large" => {
            let long = "x".repeat(70_000);
            project.write("content/a.vi.md", format!("---\ntitle: A\nsource: {long}\n---\n"));
        }
        "S206-ten-thousand-quotes" => both(&format!("{} sâu", ">".repeat(10_000))),
        "S206-ten-thousand-list-markers" => both(&format!("{}sâu", "- ".repeat(10_000))),
        "S206-ten-thousand-containers" => {
            both(&format!("{}sâu\n{}", ":::note\n".repeat(10_000), ":::\n".repeat(10_000)));
        }
        "S206-ten-thousand-brackets-and-stars" => {
            let nested = |open: &str, close: &str| {
                format!("{}x{}\n\n", open.repeat(10_000), close.repeat(10_000))
            };
            let pairs = [("[ ", " ]"), ("(", ")"), ("**", "**")];
            both(&pairs.map(|(open, close)| nested(open, close)).concat());
        }
        "S515-no-home" => {
            for lang in ["vi", "en"] {
                std::fs::remove_file(project.path(&format!("content/index.{lang}.md"))).unwrap();
            }
        }
        "S501-different-case" => {
            both("");
            project.write("content/A.vi.md", page(""));
            let names = std::fs::read_dir(project.path("content")).unwrap().count();
            // Where case makes no name, nobody can make this mistake.
            (names == 5).then_some(())?;
        }
        "S501-nfd" => {
            project.write("content/mật.vi.md", page(""));
            project.write(&nfd("content/mật.vi.md"), page(""));
            project.write("content/mật.en.md", page(""));
            let names = std::fs::read_dir(project.path("content")).unwrap().count();
            (names == 5).then_some(())?;
        }
        "accepted-nfd-names" => {
            project.write(&nfd("content/mật khẩu.vi.md"), page("![Sơ đồ](<sơ đồ.svg>)"));
            project.write(&nfd("content/mật khẩu.en.md"), page("[x](<mật khẩu.md>)"));
            project.write(
                &nfd("content/sơ đồ.svg"),
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>"#,
            );
        }
        "S502-not-utf8" => {
            // Windows-1258, as old Vietnamese editors save.
            project.write("content/a.vi.md", b"---\ntitle: An to\xe0n\n---\n");
        }
        "S502-utf16" => project.write("content/a.vi.md", utf16(&page("Một."), u16::to_le_bytes)),
        "S502-utf16-big-endian" => {
            project.write("site.toml", utf16(&project.read("site.toml"), u16::to_be_bytes));
        }
        "S504-unportable-name" => {
            project.write("static/con.txt", "");
            project.write("static/a\u{202e}b.txt", "");
            both("");
            for lang in ["vi", "en"] {
                project.write(&format!("content/con.{lang}.md"), page(""));
            }
        }
        "S504-trailing-dot" => {
            project.write("static/a.txt.", "");
            project.write("static/b /c.txt", "");
        }
        "S504-too-long" => {
            let long = "huong-dan-".repeat(12);
            for lang in ["vi", "en"] {
                project.write(&format!("content/{long}.{lang}.md"), page(""));
                let deep = format!("content/a/b/c/d/e/f.{lang}.md");
                project.write(&deep, page(""));
                project.write(&deep.replace("f.", "index."), page(""));
            }
        }
        #[cfg(unix)]
        "S507-symlink" => {
            let link = project.path("content/a.vi.md");
            std::os::unix::fs::symlink(project.path("content/index.vi.md"), link).unwrap();
        }
        #[cfg(unix)]
        "S507-symlinks-that-leave" => {
            let link = |to: &str, from: &str| {
                std::os::unix::fs::symlink(to, project.path(from)).unwrap();
            };
            link("/etc/hostname", "content/a.svg");
            link("/etc", "content/ngoai");
            link("../..", "static");
            both("![Tên máy](a.svg)");
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
        #[cfg(target_os = "linux")]
        "S702-full-disk" => {
            std::fs::create_dir(project.path("full")).unwrap();
            return Disk::mount(project.path("full")).map(Held::Disk);
        }
        "S706-output-busy" => {
            let lock = std::fs::File::create(project.path(".dist.sotay-lock")).unwrap();
            lock.lock().unwrap();
            return Some(Held::Lock(lock));
        }
        _ => {}
    }
    Some(Held::Nothing)
}

fn nfd(name: &str) -> String {
    name.nfd().collect()
}

/// `text` as Windows Notepad saves it under the name of "Unicode".
fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

/// A small disk, where mounting is permitted.
#[cfg(target_os = "linux")]
struct Disk(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Disk {
    fn mount(at: std::path::PathBuf) -> Option<Disk> {
        let command = ["-t", "tmpfs", "-o", "size=16k", "none"];
        let mounted = std::process::Command::new("mount").args(command).arg(&at).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Disk(at))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).status();
    }
}
