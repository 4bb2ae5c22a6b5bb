//! What `load` takes from a project folder, and what it says about the rest.

use sotay::base::RelPath;
use sotay::diag::{Code, Diagnostic, UiLang};
use sotay::emit::save_cache;
use sotay::load::{find_root, load, load_cache};
use sotay::model::{Cache, FileData, Snapshot};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

/// A project with a `site.toml` and these files.
fn project(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "site.toml", b"languages = [\"vi\"]\n");
    for (path, bytes) in files {
        put(dir.path(), path, bytes);
    }
    dir
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn codes(problems: &[Diagnostic]) -> Vec<(&str, &str)> {
    problems.iter().map(|p| (p.code.id(), p.file.as_str())).collect()
}

fn text<'a>(snapshot: &'a Snapshot, page: &str) -> &'a str {
    &snapshot.pages[&RelPath::new(page)].text
}

#[test]
fn files_go_where_they_belong() {
    let dir = project(&[
        ("content/index.vi.md", b"# Home"),
        ("content/talks/a.vi.md", b"A"),
        ("content/talks/a.svg", b"<svg/>"),
        ("static/robots/x.txt", b"x"),
        ("themes/handbook/site.css", b"css"),
        ("notes.md", b"not content"),
    ]);
    let (snapshot, problems) = load(dir.path());
    assert_eq!(codes(&problems), []);
    assert_eq!(&*snapshot.config.text, "languages = [\"vi\"]\n");
    let pages: Vec<_> = snapshot.pages.keys().map(RelPath::as_str).collect();
    assert_eq!(pages, ["content/index.vi.md", "content/talks/a.vi.md"]);
    let bytes = |files: &std::collections::BTreeMap<RelPath, FileData>| -> Vec<String> {
        files
            .iter()
            .map(|(k, v)| format!("{k}={}", String::from_utf8_lossy(v.bytes().unwrap())))
            .collect()
    };
    assert_eq!(bytes(&snapshot.assets), ["content/talks/a.svg=<svg/>"]);
    assert_eq!(bytes(&snapshot.statics), ["robots/x.txt=x"]);
    assert_eq!(bytes(&snapshot.themes), ["handbook/site.css=css"]);
}

#[test]
fn the_root_is_found_from_below() {
    let dir = project(&[("content/talks/a.vi.md", b"")]);
    let root = std::path::absolute(dir.path()).unwrap();
    assert_eq!(find_root(&dir.path().join("content/talks")), Some(root.clone()));
    assert_eq!(find_root(dir.path()), Some(root));
    assert_eq!(find_root(tempfile::tempdir().unwrap().path()), None);
}

#[test]
fn text_is_read_as_meant() {
    let nfd: String = "Bảo mật".nfd().collect();
    let dir = project(&[("content/a.vi.md", format!("\u{feff}{nfd}\r\nhai\r\n").as_bytes())]);
    let (snapshot, problems) = load(dir.path());
    assert_eq!(codes(&problems), []);
    assert_eq!(text(&snapshot, "content/a.vi.md"), "Bảo mật\nhai\n");
}

#[test]
fn a_page_that_is_not_utf8_is_named_with_its_place() {
    let dir = project(&[
        ("content/a.vi.md", b"m\xe1\xbb\x99t\r\nhai \xff\xfe"),
        ("content/b.vi.md", b"ok"),
    ]);
    let (snapshot, problems) = load(dir.path());
    assert_eq!(codes(&problems), [("S502", "content/a.vi.md")]);
    assert!(problems[0].message(UiLang::En).contains("line 2, column 5"), "{:?}", problems[0]);
    assert_eq!(text(&snapshot, "content/b.vi.md"), "ok");
    assert_eq!(snapshot.pages.len(), 1);
}

#[test]
fn a_missing_site_toml_is_said_once() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(codes(&load(dir.path()).1), [("S601", "site.toml")]);
    assert_eq!(codes(&load(&dir.path().join("nowhere")).1), [("S601", "site.toml")]);
}

#[test]
fn decomposed_names_are_accepted() {
    let nfd: String = "content/hội-nghị/mật-khẩu.vi.md".nfd().collect();
    let dir = project(&[(&nfd, b"A")]);
    let (snapshot, problems) = load(dir.path());
    assert_eq!(codes(&problems), []);
    assert_eq!(text(&snapshot, "content/hội-nghị/mật-khẩu.vi.md"), "A");
}

#[test]
fn names_that_differ_only_in_composition_clash() {
    let nfd: String = "content/mật.vi.md".nfd().collect();
    let dir = project(&[("content/mật.vi.md", b"A"), (&nfd, b"B")]);
    if fs::read_dir(dir.path().join("content")).unwrap().count() < 2 {
        println!("skipped: this file system takes both names for one file");
        return;
    }
    let (snapshot, problems) = load(dir.path());
    assert_eq!(codes(&problems), [("S501", "content/mật.vi.md")]);
    // Both look the same, so one shows its marks.
    let said = problems[0].message(UiLang::En);
    assert!(said.contains("`mật.vi.md`") && said.contains(r"\u{302}"), "{said}");
    assert_eq!(snapshot.pages.len(), 1);
}

#[test]
fn leftovers_and_hidden_files_are_ignored() {
    let dir = project(&[
        ("content/.git/config", b""),
        ("content/.DS_Store", b""),
        ("content/Thumbs.db", b""),
        ("static/desktop.ini", b""),
        ("content/a.vi.md~", b""),
        ("content/.a.vi.md.swp", b""),
        ("content/#a.vi.md#", b""),
        ("themes/.cache/x", b""),
    ]);
    let (snapshot, problems) = load(dir.path());
    assert_eq!(codes(&problems), []);
    assert!(snapshot.pages.is_empty() && snapshot.assets.is_empty());
    assert!(snapshot.statics.is_empty() && snapshot.themes.is_empty());
}

#[test]
fn a_file_in_the_place_of_a_folder_is_said() {
    let dir = project(&[("static", b"")]);
    assert_eq!(codes(&load(dir.path()).1), [("S508", "static")]);
}

#[test]
fn large_files_stay_on_the_disk() {
    let limit = 8 * 1024 * 1024;
    let dir = project(&[]);
    fs::create_dir(dir.path().join("static")).unwrap();
    for (name, size) in [("fits.bin", limit), ("large.bin", limit + 1)] {
        let file = fs::File::create(dir.path().join("static").join(name)).unwrap();
        file.set_len(size).unwrap();
    }
    let (snapshot, problems) = load(dir.path());
    assert_eq!(codes(&problems), []);
    assert!(matches!(snapshot.statics[&RelPath::new("fits.bin")], FileData::Memory(_)));
    match &snapshot.statics[&RelPath::new("large.bin")] {
        FileData::Disk { path, size } => {
            assert!(path.is_absolute() && *size == limit + 1);
            assert_eq!(fs::metadata(path).unwrap().len(), *size);
        }
        FileData::Memory(_) => panic!("held in memory"),
    }
}

#[test]
fn a_page_beyond_every_limit_is_not_read() {
    let dir = project(&[("content/b.vi.md", b"ok")]);
    let file = fs::File::create(dir.path().join("content/a.vi.md")).unwrap();
    file.set_len(100_000_001).unwrap();
    let (snapshot, problems) = load(dir.path());
    assert_eq!(codes(&problems), [("S503", "content/a.vi.md")]);
    assert_eq!(snapshot.pages.len(), 1);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn symbolic_links_are_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        put(outside.path(), "secret.vi.md", b"secret");
        let dir = project(&[("content/a.vi.md", b"A")]);
        let content = dir.path().join("content");
        symlink(outside.path(), content.join("folder")).unwrap();
        symlink(outside.path().join("secret.vi.md"), content.join("file.vi.md")).unwrap();
        symlink("nowhere", content.join("broken")).unwrap();
        symlink(outside.path(), dir.path().join("static")).unwrap();
        let (snapshot, problems) = load(dir.path());
        assert_eq!(
            codes(&problems),
            [
                ("S507", "content/broken"),
                ("S507", "content/file.vi.md"),
                ("S507", "content/folder"),
                ("S507", "static"),
            ]
        );
        assert_eq!(snapshot.pages.len(), 1);
        assert!(snapshot.statics.is_empty());
    }

    #[test]
    fn a_linked_site_toml_is_not_followed() {
        let dir = project(&[]);
        fs::rename(dir.path().join("site.toml"), dir.path().join("other.toml")).unwrap();
        symlink("other.toml", dir.path().join("site.toml")).unwrap();
        assert_eq!(codes(&load(dir.path()).1), [("S507", "site.toml")]);
    }

    #[test]
    fn names_that_are_not_utf8_are_said_once_for_a_folder() {
        let dir = project(&[("content/a.vi.md", b"A")]);
        let bad = dir.path().join("content").join(OsStr::from_bytes(b"b\xff"));
        if fs::create_dir(&bad).is_err() {
            println!("skipped: this file system takes only UTF-8 names");
            return;
        }
        fs::write(bad.join("x.md"), "").unwrap();
        fs::write(bad.join("y.md"), "").unwrap();
        let (snapshot, problems) = load(dir.path());
        assert_eq!(codes(&problems), [("S504", "content/b\u{fffd}")]);
        assert_eq!(snapshot.pages.len(), 1);
    }

    #[test]
    fn pipes_are_not_waited_for() {
        let dir = project(&[("content/a.vi.md", b"A")]);
        let pipe = dir.path().join("content/pipe.vi.md");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|s| s.success()) {
            println!("skipped: no mkfifo here");
            return;
        }
        assert_eq!(codes(&load(dir.path()).1), [("S508", "content/pipe.vi.md")]);
    }

    #[test]
    fn what_cannot_be_read_is_said_and_the_rest_is_read() {
        let dir = project(&[("content/a.vi.md", b"A"), ("content/b.vi.md", b"B")]);
        let closed = dir.path().join("content/a.vi.md");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&closed).is_ok() {
            println!("skipped: root may read everything");
            return;
        }
        let (snapshot, problems) = load(dir.path());
        assert_eq!(codes(&problems), [("S508", "content/a.vi.md")]);
        assert_eq!(snapshot.pages.len(), 1);
    }
}

#[test]
fn threads_do_not_change_the_result() {
    let files: Vec<_> = (0..300).map(|i| format!("content/s{}/p{i}.vi.md", i % 7)).collect();
    let bytes: Vec<Vec<u8>> =
        (0..300).map(|i| if i % 10 == 0 { vec![0xff] } else { vec![b'a'; i] }).collect();
    let both: Vec<_> = files.iter().zip(&bytes).map(|(f, b)| (&**f, &**b)).collect();
    let dir = project(&both);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (snapshot, problems) = pool.install(|| load(dir.path()));
        (format!("{:?}", snapshot.pages), problems)
    };
    let (pages, problems) = with(1);
    assert_eq!(problems.len(), 30);
    assert_eq!((pages, problems), with(8));
}

fn cache_with(leaves: &[(u8, &str)]) -> Cache {
    let cache = Cache::default();
    for (key, bytes) in leaves {
        cache.get_or_make([*key; 32], || bytes.as_bytes().to_vec());
    }
    cache
}

#[test]
fn the_cache_comes_back_as_it_was_saved() {
    let dir = project(&[]);
    save_cache(dir.path(), &cache_with(&[(1, "một"), (2, "")])).unwrap();
    let (snapshot, _) = load(dir.path());
    let hit = snapshot.cache.get_or_make([1; 32], || panic!("remembered"));
    assert_eq!(&*hit, "một".as_bytes());
    assert_eq!(&*snapshot.cache.get_or_make([2; 32], || panic!("remembered")), b"");
}

#[test]
fn a_cache_that_says_nothing_new_is_not_written() {
    let dir = project(&[]);
    let file = dir.path().join(".sotay/cache/leaves.bin");
    save_cache(dir.path(), &Cache::default()).unwrap();
    assert!(!file.exists());
    save_cache(dir.path(), &cache_with(&[(1, "a"), (2, "b")])).unwrap();
    let again = load_cache(dir.path());
    again.get_or_make([1; 32], || panic!("remembered"));
    again.get_or_make([2; 32], || panic!("remembered"));
    fs::remove_file(&file).unwrap();
    save_cache(dir.path(), &again).unwrap();
    assert!(!file.exists());
    assert!(!file.with_extension("bin.tmp").exists());
}

#[test]
fn a_damaged_cache_is_an_empty_one() {
    let dir = project(&[]);
    save_cache(dir.path(), &cache_with(&[(1, "leaf"), (2, "other")])).unwrap();
    let file = dir.path().join(".sotay/cache/leaves.bin");
    let good = fs::read(&file).unwrap();
    let is_empty = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let cache = load_cache(dir.path());
        &*cache.get_or_make([1; 32], || b"made".to_vec()) == b"made"
    };
    assert!(!is_empty(&good));
    for end in 0..good.len() {
        assert!(is_empty(&good[..end]), "cut at {end}");
    }
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        assert!(is_empty(&bad), "changed at {at}");
    }
    // Another version, whole in itself.
    let mut other = good[..good.len() - 32].to_vec();
    other[13] = b'2';
    other.extend_from_slice(blake3::hash(&other).as_bytes());
    assert!(is_empty(&other));
}

#[test]
fn no_code_leaves_a_hole_in_its_sentence() {
    let dir = project(&[("static", b"")]);
    for problem in load(dir.path()).1 {
        assert_eq!(problem.code, Code::Unreadable);
        for lang in [UiLang::Vi, UiLang::En] {
            assert!(!problem.message(lang).contains('{'), "{}", problem.message(lang));
        }
    }
}
