//! The last good site survives, only sotay's own files go, and unchanged files stay as they are.

use rayon::prelude::*;
use sotay::base::UrlPath;
use sotay::diag::UiLang;
use sotay::emit::{EmitError, Staging, Summary, UnsafeOutput, emit};
use sotay::model::{Artifact, Content};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A place with a project and, beside its sources, an output folder `dist`.
struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Place {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["content", "static", "themes"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        fs::write(dir.path().join("site.toml"), "").unwrap();
        Place { dir }
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }

    fn out(&self) -> PathBuf {
        self.root().join("dist")
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Summary, EmitError> {
        let artifacts: Vec<_> = files.iter().map(|(p, b)| artifact(p, b)).collect();
        emit(&self.out(), self.root(), artifacts.into_par_iter())
    }

    /// The output as text by path, without the manifest.
    fn files(&self) -> BTreeMap<String, String> {
        tree(&self.out())
    }

    /// Only what belongs there stands beside the output.
    fn is_tidy(&self) -> bool {
        fs::read_dir(self.root())
            .unwrap()
            .all(|e| !e.unwrap().file_name().to_string_lossy().starts_with(".dist"))
    }
}

fn artifact(path: &str, bytes: &str) -> Artifact {
    Artifact { path: UrlPath::new(path), content: Content::Bytes(bytes.as_bytes().to_vec()) }
}

fn tree(dir: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .map(Result::unwrap)
        .filter(|e| !e.file_type().is_dir() && e.file_name() != ".sotay-manifest")
        .map(|e| {
            let name = e.path().strip_prefix(dir).unwrap().to_str().unwrap().replace('\\', "/");
            (name, fs::read_to_string(e.path()).unwrap_or_default())
        })
        .collect()
}

fn texts(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(p, b)| (p.to_string(), b.to_string())).collect()
}

fn summary(written: usize, unchanged: usize, removed: usize) -> Summary {
    Summary { written, unchanged, removed }
}

fn code(error: &EmitError) -> &'static str {
    let diagnostic = error.to_diagnostic();
    for lang in [UiLang::Vi, UiLang::En] {
        let said = format!("{} {}", diagnostic.message(lang), diagnostic.help(lang));
        assert!(!said.contains(['{', '}']), "{said}");
    }
    diagnostic.code.id()
}

#[cfg(unix)]
fn inode(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).unwrap().ino()
}

#[cfg(not(unix))]
fn inode(_: &Path) -> u64 {
    0
}

/// Sets an old modification time, so that a rewrite shows.
fn age(path: &Path) -> SystemTime {
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    fs::File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
    old
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

const ONE: &[(&str, &str)] =
    &[("index.html", "home"), ("vi/talks/a.html", "A"), ("vi/talks/b.html", "B")];

#[test]
fn a_first_build_writes_everything() {
    let place = Place::new();
    assert_eq!(place.build(ONE).unwrap(), summary(3, 0, 0));
    assert_eq!(place.files(), texts(ONE));
    assert_eq!(
        fs::read_to_string(place.out().join(".sotay-manifest")).unwrap(),
        "# sotay manifest 1\nindex.html\nvi/talks/a.html\nvi/talks/b.html\n"
    );
    assert!(place.is_tidy());
}

#[test]
fn an_empty_folder_may_be_the_output_and_parents_are_made() {
    let place = Place::new();
    fs::create_dir(place.out()).unwrap();
    assert_eq!(place.build(ONE).unwrap(), summary(3, 0, 0));
    let deep = place.root().join("a/b/site");
    let files = vec![artifact("x", "x")];
    assert_eq!(emit(&deep, place.root(), files.into_par_iter()).unwrap(), summary(1, 0, 0));
    assert_eq!(tree(&deep), texts(&[("x", "x")]));
}

#[test]
fn the_same_site_again_touches_nothing() {
    let place = Place::new();
    place.build(ONE).unwrap();
    let file = place.out().join("vi/talks/a.html");
    let old = age(&file);
    let before = (inode(&place.out()), inode(&file), modified(&place.out()));
    assert_eq!(place.build(ONE).unwrap(), summary(0, 3, 0));
    assert_eq!(before, (inode(&place.out()), inode(&file), modified(&place.out())));
    assert_eq!(modified(&file), old);
    assert!(place.is_tidy());
}

#[test]
fn unchanged_files_keep_inode_and_time_when_others_change() {
    let place = Place::new();
    place.build(ONE).unwrap();
    let same = place.out().join("vi/talks/a.html");
    let (node, old) = (inode(&same), age(&same));
    let two =
        [("index.html", "home 2"), ("vi/talks/a.html", "A"), ("vi/talks/c.html", "longer than B")];
    assert_eq!(place.build(&two).unwrap(), summary(2, 1, 1));
    assert_eq!(place.files(), texts(&two));
    assert_eq!((inode(&same), modified(&same)), (node, old));
    assert!(place.is_tidy());
}

#[test]
fn prefixes_and_extensions_count_as_changes() {
    let place = Place::new();
    for text in ["abc", "abcd", "abc", "", "x"] {
        assert_eq!(place.build(&[("a", text)]).unwrap().written, 1, "{text}");
        assert_eq!(place.files(), texts(&[("a", text)]));
    }
}

#[test]
fn removed_files_go_with_their_folders() {
    let place = Place::new();
    place.build(ONE).unwrap();
    assert_eq!(place.build(&[("index.html", "home")]).unwrap(), summary(0, 1, 2));
    assert_eq!(place.files(), texts(&[("index.html", "home")]));
    assert!(!place.out().join("vi").exists());
}

#[test]
fn a_file_becomes_a_folder_and_the_reverse() {
    let place = Place::new();
    for files in
        [[("a", "1"), ("b/c", "2")], [("a/x", "1"), ("b", "2")], [("a", "1"), ("b/c", "2")]]
    {
        place.build(&files).unwrap();
        assert_eq!(place.files(), texts(&files));
    }
}

#[test]
fn a_lost_or_edited_file_is_put_right() {
    let place = Place::new();
    place.build(ONE).unwrap();
    fs::remove_file(place.out().join("vi/talks/a.html")).unwrap();
    fs::write(place.out().join("vi/talks/b.html"), "edited by hand").unwrap();
    assert_eq!(place.build(ONE).unwrap(), summary(2, 1, 0));
    assert_eq!(place.files(), texts(ONE));
}

#[test]
fn foreign_files_are_refused_and_kept() {
    let place = Place::new();
    fs::create_dir(place.out()).unwrap();
    fs::write(place.out().join("thesis.doc"), "years of work").unwrap();
    let error = place.build(ONE).unwrap_err();
    assert_eq!(code(&error), "S701");
    assert!(error.to_string().contains("thesis.doc"), "{error}");
    assert_eq!(place.files(), texts(&[("thesis.doc", "years of work")]));
    assert!(place.is_tidy());
}

#[test]
fn a_file_added_to_a_site_is_refused_too() {
    let place = Place::new();
    place.build(ONE).unwrap();
    for i in 0..7 {
        fs::write(place.out().join(format!("vi/note{i}.txt")), "").unwrap();
    }
    let error = place.build(ONE).unwrap_err();
    assert_eq!(code(&error), "S701");
    let said = error.to_string();
    assert!(said.contains("vi/note0.txt") && said.contains("vi/note4.txt, …"), "{said}");
    assert!(!said.contains("note5"), "{said}");
    assert!(place.out().join("vi/note6.txt").exists());
}

#[test]
fn a_list_that_is_not_ours_makes_nothing_ours() {
    let place = Place::new();
    fs::create_dir(place.out()).unwrap();
    fs::write(place.out().join("a"), "").unwrap();
    fs::write(place.out().join(".sotay-manifest"), "a\n").unwrap();
    let error = place.build(ONE).unwrap_err();
    assert!(matches!(&error, EmitError::Foreign { files, .. } if files.len() == 2), "{error}");
}

#[test]
fn litter_is_carried_over() {
    let place = Place::new();
    place.build(ONE).unwrap();
    let litter = [".DS_Store", "vi/Thumbs.db", "vi/talks/desktop.ini", "vi/talks/._a.html"];
    for name in litter {
        fs::write(place.out().join(name), "litter").unwrap();
    }
    assert_eq!(place.build(ONE).unwrap(), summary(0, 3, 0));
    assert_eq!(place.build(&[ONE[0], ("vi/talks/a.html", "new")]).unwrap(), summary(1, 1, 1));
    for name in litter {
        assert_eq!(fs::read_to_string(place.out().join(name)).unwrap(), "litter", "{name}");
    }
}

#[test]
fn a_staging_dropped_leaves_the_previous_site() {
    let place = Place::new();
    place.build(ONE).unwrap();
    let node = inode(&place.out());
    let staging = Staging::begin(&place.out(), place.root()).unwrap();
    staging.write(&artifact("index.html", "never seen"));
    drop(staging);
    assert_eq!((inode(&place.out()), place.files()), (node, texts(ONE)));
    assert!(place.is_tidy());
}

#[test]
fn what_a_killed_build_was_staging_is_removed() {
    let place = Place::new();
    place.build(ONE).unwrap();
    // Forgotten rather than dropped: this process still holds the lock file open, as a killed
    // one would not, so the file is moved out of the way.
    let staging = Staging::begin(&place.out(), place.root()).unwrap();
    staging.write(&artifact("index.html", "half"));
    std::mem::forget(staging);
    fs::remove_file(place.beside(".dist.sotay-lock")).unwrap();
    assert!(place.beside(".dist.sotay-new/site/index.html").exists());
    assert_eq!(place.build(&[("index.html", "whole")]).unwrap(), summary(1, 0, 2));
    assert_eq!(place.files(), texts(&[("index.html", "whole")]));
    assert!(place.is_tidy());
}

#[test]
fn a_build_killed_before_its_marker_is_no_obstacle() {
    let place = Place::new();
    fs::create_dir(place.beside(".dist.sotay-new")).unwrap();
    fs::write(place.beside(".dist.sotay-lock"), "").unwrap();
    place.build(ONE).unwrap();
    assert!(place.is_tidy());
}

#[test]
fn a_folder_that_only_has_the_name_of_a_staging_is_kept() {
    let place = Place::new();
    let folder = place.beside(".dist.sotay-new");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("mine"), "").unwrap();
    let error = place.build(ONE).unwrap_err();
    assert_eq!(code(&error), "S701");
    assert!(error.to_string().contains(".dist.sotay-new/mine"), "{error}");
    assert!(folder.join("mine").exists() && !place.out().exists());
}

#[test]
fn killed_between_two_renames_the_site_comes_back() {
    let place = Place::new();
    place.build(ONE).unwrap();
    let node = inode(&place.out().join("index.html"));
    fs::rename(place.out(), place.beside(".dist.sotay-old")).unwrap();
    assert_eq!(place.build(ONE).unwrap(), summary(0, 3, 0));
    assert_eq!(inode(&place.out().join("index.html")), node);
    assert!(place.is_tidy());
}

#[test]
fn killed_after_two_renames_the_old_site_goes() {
    let place = Place::new();
    place.build(&[("index.html", "old")]).unwrap();
    let aside = place.beside("aside");
    fs::rename(place.out(), &aside).unwrap();
    place.build(ONE).unwrap();
    fs::rename(aside, place.beside(".dist.sotay-old")).unwrap();
    assert_eq!(place.build(ONE).unwrap(), summary(0, 3, 0));
    assert!(place.is_tidy());
}

#[test]
fn an_old_folder_with_foreign_files_is_kept() {
    let place = Place::new();
    place.build(ONE).unwrap();
    let old = place.beside(".dist.sotay-old");
    fs::create_dir(&old).unwrap();
    fs::write(old.join("mine"), "").unwrap();
    assert_eq!(code(&place.build(ONE).unwrap_err()), "S701");
    assert!(old.join("mine").exists());
    assert_eq!(place.files(), texts(ONE));
}

#[test]
fn outputs_that_would_endanger_something_are_refused() {
    let place = Place::new();
    let root = place.root();
    fs::write(root.join("file"), "").unwrap();
    let cases = [
        (root.to_owned(), UnsafeOutput::HoldsProject),
        (root.join("."), UnsafeOutput::HoldsProject),
        (root.join("content/.."), UnsafeOutput::HoldsProject),
        (root.parent().unwrap().to_owned(), UnsafeOutput::HoldsProject),
        (root.join(".."), UnsafeOutput::HoldsProject),
        (PathBuf::from("/"), UnsafeOutput::HoldsProject),
        (root.join("content"), UnsafeOutput::IsSource),
        (root.join("content/a/b"), UnsafeOutput::IsSource),
        (root.join("static/"), UnsafeOutput::IsSource),
        (root.join("themes/dist"), UnsafeOutput::IsSource),
        (root.join("static/../themes/x"), UnsafeOutput::IsSource),
        (root.join("file"), UnsafeOutput::IsFile),
    ];
    for (out, expected) in cases {
        let error = Staging::begin(&out, root).unwrap_err();
        assert_eq!(code(&error), "S705", "{out:?}");
        assert!(
            matches!(error, EmitError::Unsafe { problem, .. } if problem == expected),
            "{out:?}: {error}"
        );
    }
    assert!(root.join("content").exists() && root.join("site.toml").exists());
}

#[cfg(unix)]
#[test]
fn symbolic_links_cannot_lead_the_output_astray() {
    let place = Place::new();
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), place.out()).unwrap();
    for out in [place.out(), place.root().join("dist/")] {
        let error = Staging::begin(&out, place.root()).unwrap_err();
        assert!(
            matches!(error, EmitError::Unsafe { problem: UnsafeOutput::IsSymlink, .. }),
            "{error}"
        );
    }
    // Through another name for the project.
    let door = elsewhere.path().join("door");
    std::os::unix::fs::symlink(place.root(), &door).unwrap();
    for out in [door.join("content"), door.join("content/new")] {
        assert_eq!(code(&Staging::begin(&out, place.root()).unwrap_err()), "S705");
    }
    // In the place of a file of ours.
    fs::remove_file(place.out()).unwrap();
    place.build(ONE).unwrap();
    fs::remove_file(place.out().join("index.html")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", place.out().join("index.html")).unwrap();
    assert_eq!(code(&place.build(ONE).unwrap_err()), "S701");
}

#[test]
fn paths_that_leave_the_output_are_refused() {
    for bad in
        ["../x", "/etc/x", "a//b", "a/../../x", "", ".", "a\\b", "c:x", "ệ", ".sotay-manifest"]
    {
        let place = Place::new();
        place.build(ONE).unwrap();
        let error = place.build(&[("index.html", "new"), (bad, "x")]).unwrap_err();
        assert_eq!(code(&error), "S702", "{bad}");
        assert_eq!(place.files(), texts(ONE));
        assert!(place.is_tidy());
    }
}

#[test]
fn two_artifacts_of_one_path_are_an_error() {
    let place = Place::new();
    place.build(ONE).unwrap();
    for second in ["home", "other"] {
        let error = place.build(&[("index.html", "home"), ("index.html", second)]).unwrap_err();
        assert!(error.to_string().contains("index.html"), "{error}");
    }
    assert_eq!(place.files(), texts(ONE));
}

#[test]
fn the_first_failure_in_order_of_path_is_reported() {
    let files: Vec<_> = (0..200).rev().map(|i| (format!("f{i:03}"), i % 20 == 15)).collect();
    for _ in 0..5 {
        let place = Place::new();
        let artifacts = files.par_iter().map(|(path, is_bad)| match is_bad {
            false => artifact(path, "x"),
            true => Artifact {
                path: UrlPath::new(path),
                content: Content::File { source: place.root().join("gone"), size: 1 },
            },
        });
        let error = emit(&place.out(), place.root(), artifacts).unwrap_err();
        assert_eq!(code(&error), "S702");
        assert!(error.to_string().contains("dist/f015`"), "{error}");
        assert!(!place.out().exists() && place.is_tidy());
    }
}

#[test]
fn a_failure_makes_later_paths_unwanted() {
    let place = Place::new();
    let staging = Staging::begin(&place.out(), place.root()).unwrap();
    assert!(staging.wants(&UrlPath::new("z")));
    staging.write(&artifact("m/../x", ""));
    assert!(!staging.wants(&UrlPath::new("z")) && staging.wants(&UrlPath::new("a")));
}

#[test]
fn all_kinds_of_content_are_written_and_compared() {
    let place = Place::new();
    let source = place.root().join("static/video.mp4");
    let bytes: Vec<u8> = (0..200_000u32).map(|i| (i % 251) as u8).collect();
    fs::write(&source, &bytes).unwrap();
    let build = || {
        let size = fs::metadata(&source).unwrap().len();
        let files = vec![
            Artifact {
                path: UrlPath::new("shared"),
                content: Content::Shared(bytes.clone().into()),
            },
            Artifact {
                path: UrlPath::new("video.mp4"),
                content: Content::File { source: source.clone(), size },
            },
        ];
        emit(&place.out(), place.root(), files.into_par_iter()).unwrap()
    };
    assert_eq!(build(), summary(2, 0, 0));
    assert_eq!(build(), summary(0, 2, 0));
    // The same size, another last byte.
    let mut changed = bytes.clone();
    *changed.last_mut().unwrap() ^= 1;
    fs::write(&source, &changed).unwrap();
    assert_eq!(build(), summary(1, 1, 0));
    assert_eq!(fs::read(place.out().join("video.mp4")).unwrap(), changed);
    assert_eq!(fs::read(place.out().join("shared")).unwrap(), bytes);
}

#[test]
fn a_source_that_changed_size_meanwhile_fails() {
    let place = Place::new();
    let source = place.root().join("static/a");
    fs::write(&source, "123").unwrap();
    let content = Content::File { source, size: 99 };
    let files = vec![Artifact { path: UrlPath::new("a"), content }];
    let error = emit(&place.out(), place.root(), files.into_par_iter()).unwrap_err();
    assert_eq!(code(&error), "S702");
    assert!(!place.out().exists());
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let place = Place::new();
    place.build(ONE).unwrap();
    let first = Staging::begin(&place.out(), place.root()).unwrap();
    first.write(&artifact("index.html", "first"));
    let error = place.build(&[("index.html", "second")]).unwrap_err();
    assert_eq!(code(&error), "S706");
    // Another output of the same project is nobody's concern.
    let other = place.root().join("other");
    emit(&other, place.root(), vec![artifact("a", "")].into_par_iter()).unwrap();
    first.commit().unwrap();
    assert_eq!(place.files(), texts(&[("index.html", "first")]));
    assert_eq!(place.build(&[("index.html", "second")]).unwrap(), summary(1, 0, 0));
}

#[test]
fn many_threads_make_one_site() {
    let place = Place::new();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(8).build().unwrap();
    let build = |round: usize| {
        let artifacts = (0..500usize).into_par_iter().map(|i| {
            let text = if i % 5 == 0 { format!("{i} in round {round}") } else { i.to_string() };
            artifact(&format!("vi/s{}/t{}/p{i}.html", i % 9, i % 4), &text)
        });
        pool.install(|| emit(&place.out(), place.root(), artifacts)).unwrap()
    };
    assert_eq!(build(1), summary(500, 0, 0));
    assert_eq!(build(2), summary(100, 400, 0));
    let files = place.files();
    assert_eq!(files.len(), 500);
    assert_eq!(files["vi/s5/t1/p5.html"], "5 in round 2");
    assert_eq!(files["vi/s6/t2/p6.html"], "6");
}

#[cfg(unix)]
#[test]
fn a_read_only_output_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.build(ONE).unwrap();
    fs::set_permissions(place.out(), fs::Permissions::from_mode(0o555)).unwrap();
    let error = place.build(&[("index.html", "new")]).unwrap_err();
    assert_eq!(code(&error), "S702");
    assert!(error.to_string().contains("permission denied"), "{error}");
    assert_eq!(place.files(), texts(ONE));
    assert!(place.is_tidy());
    fs::set_permissions(place.out(), fs::Permissions::from_mode(0o2775)).unwrap();
    place.build(&[("index.html", "new")]).unwrap();
    assert_eq!(fs::metadata(place.out()).unwrap().permissions().mode() & 0o7777, 0o2775);
}

#[cfg(unix)]
#[test]
fn a_parent_that_may_not_be_written_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let parent = place.root().join("closed");
    fs::create_dir(&parent).unwrap();
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::create_dir(parent.join("probe")).is_ok() {
        println!("skipped: root may write everywhere");
        return;
    }
    let error = Staging::begin(&parent.join("dist"), place.root()).unwrap_err();
    assert_eq!(code(&error), "S702");
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A small file system of its own, where mounting is permitted.
#[cfg(target_os = "linux")]
struct Mount(TempDir);

#[cfg(target_os = "linux")]
impl Mount {
    fn new() -> Option<Mount> {
        let dir = tempfile::tempdir().unwrap();
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=1m", "none"])
            .arg(dir.path())
            .output();
        match mounted {
            Ok(output) if output.status.success() => Some(Mount(dir)),
            Ok(output) => {
                println!("skipped: {}", String::from_utf8_lossy(&output.stderr));
                None
            }
            Err(e) => {
                println!("skipped: no mount here: {e}");
                None
            }
        }
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mount {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(self.0.path()).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let Some(disk) = Mount::new() else { return };
    let place = Place::new();
    let out = disk.0.path().join("dist");
    let build = |size: usize| {
        let files = (0..8).into_par_iter().map(move |i| Artifact {
            path: UrlPath::new(format!("f{i}")),
            content: Content::Bytes(vec![b'x'; size]),
        });
        emit(&out, place.root(), files)
    };
    assert_eq!(build(10_000).unwrap(), summary(8, 0, 0));
    let error = build(300_000).unwrap_err();
    assert_eq!(code(&error), "S702");
    assert!(error.to_string().contains("the disk is full"), "{error}");
    assert!(tree(&out).values().all(|text| text.len() == 10_000));
    assert_eq!(fs::read_dir(disk.0.path()).unwrap().count(), 1, "staging and lock are gone");
    assert_eq!(build(20_000).unwrap(), summary(8, 0, 0));
}

#[cfg(target_os = "linux")]
#[test]
fn the_root_of_a_drive_cannot_be_swapped() {
    let Some(disk) = Mount::new() else { return };
    let error = Staging::begin(disk.0.path(), Place::new().root()).unwrap_err();
    assert!(matches!(error, EmitError::Unsafe { problem: UnsafeOutput::IsDrive, .. }), "{error}");
}

const KILLED: &str = "SOTAY_TEST_KILLED_BUILD";

/// Builds without end, for the test below to kill; alone it does nothing.
#[test]
fn builds_until_killed() {
    let Some(root) = std::env::var_os(KILLED).map(PathBuf::from) else { return };
    for round in 0.. {
        let files = (0..60).into_par_iter().map(|i| versioned(i, round));
        emit(&root.join("dist"), &root, files).unwrap();
    }
}

/// File `i` of a site all of whose changing files say which round they are from.
fn versioned(i: usize, round: usize) -> Artifact {
    let text = if i.is_multiple_of(3) { "same".to_owned() } else { round.to_string() };
    artifact(&format!("s{}/p{i}.html", i % 4), &text)
}

#[test]
fn a_kill_at_any_moment_leaves_a_whole_site() {
    let place = Place::new();
    for kill in 0..25u64 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "builds_until_killed"])
            .env(KILLED, place.root())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(40 + kill * 37 % 50));
        child.kill().unwrap();
        child.wait().unwrap();
        if !place.out().exists() {
            continue;
        }
        let files = place.files();
        assert_eq!(files.len(), 60, "kill {kill}");
        let mut rounds: Vec<_> = files.values().filter(|text| *text != "same").collect();
        rounds.dedup();
        assert_eq!(rounds.len(), 1, "kill {kill}");
    }
    let files = (0..60).into_par_iter().map(|i| versioned(i, usize::MAX));
    emit(&place.out(), place.root(), files).unwrap();
    assert!(place.is_tidy());
}
