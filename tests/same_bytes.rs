//! The same input gives the same bytes: whatever the number of threads, the folder, the cache,
//! the time zone, the language, the fonts, the file mode mask or the number of the run.

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const SITE: &str = "\
title = { vi = \"Sổ tay\", en = \"Handbook\" }
languages = [\"vi\", \"en\"]
base_url = \"https://a.example/\"

[audiences]
teachers = { vi = \"Giáo viên\", en = \"Teachers\" }
";

type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// Every file under `folder`, hidden ones too.
fn tree(folder: &Path) -> Tree {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|f| f.file_type().is_file())
        .map(|f| {
            let below = f.path().strip_prefix(folder).unwrap().to_owned();
            (below, fs::read(f.path()).unwrap())
        })
        .collect()
}

/// One way to run a build.
#[derive(Clone, Copy, Default)]
struct Way {
    jobs: u8,
    environment: &'static [(&'static str, &'static str)],
    umask: &'static str,
}

/// Builds `project` into `out` in a process of its own, as `way` says.
fn build(project: &Path, out: &Path, way: Way) -> Tree {
    let sotay = env!("CARGO_BIN_EXE_sotay");
    let mut command = match way.umask {
        "" => Command::new(sotay),
        umask => {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\""), sotay]);
            shell
        }
    };
    command.args(["build", "--quiet", "--jobs", &way.jobs.max(1).to_string()]);
    command.arg("--root").arg(project).arg("--out").arg(out).envs(way.environment.iter().copied());
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    tree(out)
}

fn assert_same(expected: &Tree, found: &Tree, what: &str) {
    let names = |t: &Tree| t.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(expected), names(found), "{what}: other files");
    for (name, bytes) in expected {
        assert!(found[name] == *bytes, "{what}: {} differs", name.display());
    }
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Builds `project` in every way that must not matter.
fn assert_one_site(project: &Path) {
    let elsewhere = TempDir::new().unwrap();
    let out = |name: &str| elsewhere.path().join(name);
    let one = Way { jobs: 1, ..Way::default() };
    let expected = build(project, &out("một lần"), one);
    assert!(expected.len() > 10, "the site is nearly empty");
    let many = Way { jobs: 8, ..Way::default() };
    assert_same(&expected, &build(project, &out("tám"), many), "8 threads, warm cache");
    assert_same(&expected, &build(project, &out("tám"), many), "the same again");
    fs::remove_dir_all(project.join(".sotay")).ok();
    assert_same(&expected, &build(project, &out("nguội"), many), "8 threads, cold cache");
    let abroad = Way {
        jobs: 3,
        environment: &[
            ("TZ", "Pacific/Kiritimati"),
            ("LANG", "vi_VN.UTF-8"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("SOURCE_DATE_EPOCH", "1"),
            // No fonts: diagrams are measured without them.
            ("FONTCONFIG_FILE", "/nowhere/fonts.conf"),
            ("XDG_DATA_HOME", "/nowhere/share"),
            ("XDG_CACHE_HOME", "/nowhere/cache"),
            ("HOME", "/nowhere"),
        ],
        umask: if cfg!(unix) { "077" } else { "" },
    };
    fs::remove_dir_all(project.join(".sotay")).ok();
    assert_same(&expected, &build(project, &out("xa"), abroad), "another place, mask and no fonts");
    let moved = elsewhere.path().join("a b/khác");
    for folder in ["content", "static", "themes"] {
        if project.join(folder).is_dir() {
            copy(&project.join(folder), &moved.join(folder));
        }
    }
    fs::copy(project.join("site.toml"), moved.join("site.toml")).unwrap();
    assert_same(&expected, &build(&moved, &out("dời"), many), "another folder");
}

/// A page's body out of features that cost something to render.
fn body() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "Một đoạn *văn* với **chữ** đậm, `mã` và $a^2$.\n",
        "```rust {title=\"A\" hl=\"1\"}\nfn main() {}\n```\n",
        "$$\\frac{a}{b}$$\n",
        "```mermaid {alt=\"Báo tổ trực.\"}\nflowchart TD\nA[Đã bấm] -->|Ừ| B{Báo?} & C[Tổ trực]\nB --> A\n```\n",
        "```mermaid {alt=\"Gọi rồi đáp.\"}\nsequenceDiagram\nA->>+B: Gọi\nC-->>D: Ẫỡ\n```\n",
        ":::note[Chú ý]\nNội dung\n:::\n",
        "::::tabs\n:::tab[1. A]\na\n:::\n:::tab[B]\nb\n:::\n::::\n",
        ":::steps\n1. Một\n2. Hai\n:::\n",
        "| a | b |\n|---|--:|\n| 1 | 2 |\n",
        "- [x] xong\n- [ ] chưa\n",
        "Xem https://a.vn/b và [[index]].\n",
        "> [!TIP]\n> Mẹo\n",
        "Chú thích[^a].\n\n[^a]: Ở đây.\n",
        "Từ\n: nghĩa\n",
        "<kbd>Ctrl</kbd> <b>đậm</b>\n",
    ]);
    prop::collection::vec(part, 0..6).prop_map(|parts| {
        // A footnote may be defined once a page.
        let mut unique: Vec<&str> = Vec::new();
        parts.into_iter().for_each(|p| {
            if !unique.contains(&p) {
                unique.push(p);
            }
        });
        unique.join("\n")
    })
}

fn headings() -> impl Strategy<Value = Vec<(u8, &'static str, &'static str)>> {
    let names = prop::sample::select(vec![
        ("Mở đầu", "Opening"),
        ("Điều 5. Bảo vệ", "Article 5. Protection"),
        ("Điều 5. Bảo vệ", "Protection"),
        ("Tóm tắt", "Tóm tắt"),
        ("main", "nav"),
        ("Tóm tắt 2", "Summary 2"),
        ("!!!", "???"),
        ("ខ្មែរ", "Khmer"),
    ]);
    prop::collection::vec((2u8..5, names).prop_map(|(l, (vi, en))| (l, vi, en)), 0..8)
}

#[derive(Clone, Debug)]
struct Page {
    name: String,
    front: String,
    headings: Vec<(u8, &'static str, &'static str)>,
    body: String,
    translated: bool,
}

fn page() -> impl Strategy<Value = Page> {
    let folder = prop::sample::select(vec!["talks/", "guidelines/", "", "Khác/"]);
    let name = prop::sample::select(vec!["a", "Lừa đảo", "Đường", "phishing", "b_c", "z.1"]);
    let front = prop::sample::select(vec![
        "weight: 3\n",
        "tags: [phishing, backup]\n",
        "updated: 2026-01-02\n",
        "aliases: []\n",
        "",
    ]);
    (folder, name, front, headings(), body(), any::<bool>()).prop_map(
        |(folder, name, front, headings, body, translated)| {
            let audience = if folder == "guidelines/" { "audience: [teachers]\n" } else { "" };
            let front = format!("{audience}{front}");
            Page { name: format!("{folder}{name}"), front, headings, body, translated }
        },
    )
}

impl Page {
    fn write(&self, project: &Path) {
        let vi = self.headings.iter().map(|(level, vi, _)| (*level, *vi));
        let en = self.headings.iter().map(|(level, _, en)| (*level, *en));
        let text = |title: &str, front: &str, headings: Vec<(u8, &str)>| {
            let headings = headings.into_iter();
            let sections: String = headings
                .map(|(level, text)| format!("{} {text}\n\nx\n\n", "#".repeat(level.into())))
                .collect();
            format!("---\ntitle: {title}\n{front}---\n{}\n{sections}", self.body)
        };
        let path = |lang: &str| project.join(format!("content/{}.{lang}.md", self.name));
        fs::create_dir_all(path("vi").parent().unwrap()).unwrap();
        fs::write(path("vi"), text("Một trang", &self.front, vi.collect())).unwrap();
        if self.translated {
            fs::write(path("en"), text("A page", "", en.collect())).unwrap();
        }
    }
}

fn project(pages: &[Page]) -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("site.toml"), SITE).unwrap();
    fs::create_dir_all(dir.path().join("content/talks")).unwrap();
    for lang in ["vi", "en"] {
        let index = dir.path().join(format!("content/index.{lang}.md"));
        fs::write(index, "---\ntitle: Trang đầu\n---\nx\n").unwrap();
    }
    pages.iter().for_each(|p| p.write(dir.path()));
    dir
}

proptest! {
    // Each case runs seven builds in processes of their own.
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_generated_site_is_one_site(pages in prop::collection::vec(page(), 1..8)) {
        assert_one_site(project(&pages).path());
    }
}

#[test]
fn this_handbook_is_one_site() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !here.join("content").is_dir() {
        eprintln!("skipped: this checkout has no content/");
        return;
    }
    let project = TempDir::new().unwrap();
    for folder in ["content", "static", "themes"] {
        if here.join(folder).is_dir() {
            copy(&here.join(folder), &project.path().join(folder));
        }
    }
    fs::copy(here.join("site.toml"), project.path().join("site.toml")).unwrap();
    assert_one_site(project.path());
}
