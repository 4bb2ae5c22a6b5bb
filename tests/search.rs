//! Search, as a whole: what may be found and what may not, how much of an index changes with a
//! page, and the pages that readers' own queries lead to.

mod project;

use project::Project;
use proptest::prelude::*;
use sotay::load;
use sotay::model::Content;
use sotay::search::{Index, Options, Searcher};
use sotay::{EditionChoice, Project as Handbook};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const SITE: &str = "\
title = { vi = \"Sổ tay\", en = \"Handbook\" }
languages = [\"vi\", \"en\"]
site_id = \"a\"

[audiences]
teachers = { vi = \"Giáo viên\", en = \"Teachers\" }
students = { vi = \"Học sinh\", en = \"Students\" }
";

/// A handbook, understood, in the edition called `edition`.
fn handbook(root: &Path, edition: &str) -> Handbook {
    let (snapshot, problems) = load::load(root);
    let choice = EditionChoice { name: edition.to_owned(), drafts: false };
    Handbook::new(snapshot, problems, &choice, None)
}

fn index(handbook: &Handbook, lang: usize) -> &Index {
    handbook.renderer.as_ref().unwrap().search_index(lang)
}

/// Addresses of the pages that answer a query, best first.
fn found(index: &Index, query: &str) -> Vec<String> {
    let answer = Searcher::new(index).unwrap().search(query, Options::default(), 50);
    answer.hits.into_iter().map(|hit| hit.address).collect()
}

#[test]
fn what_readers_may_not_see_is_not_found() {
    let project = Project::with(&[
        ("site.toml", &format!("{SITE}\n[editions.trainer]\nnotes = true\n\n[editions.public]\n")),
        ("content/index.vi.md", "---\ntitle: Trang đầu\n---\n"),
        (
            "content/talks/a.vi.md",
            "---\ntitle: Bài\nspeakers: [{ name: \"Bà Lan\", role: \"Báo cáo viên\" }]\n\
             tags: [ransomware]\n---\n\
             Đoạn thường. ![Sơ đồ kênh](a.svg \"Chú thích hình\")\n\n\
             :::notes\nghichu\n:::\n\n:::trainer-only\nrieng\n:::\n\n:::slide-only\nchieu\n:::\n\n\
             | Cột | Hai |\n|---|---|\n| ôchữ | số 09/CT-TTg |\n\n```sh {title=\"tenma.sh\"}\nlenhma --now\n```\n\n\
             Xem chú[^1].\n\n[^1]: cuoitrang\n\n<div><script>kichban()</script><b>dambang</b></div>\n",
        ),
        ("content/talks/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"),
        ("content/talks/b.vi.md", "---\ntitle: Nháp\ndraft: true\n---\nnhapnhap\n"),
    ]);
    for edition in ["public", "trainer"] {
        let handbook = handbook(&project.root(), edition);
        let index = index(&handbook, 0);
        for hidden in ["ghichu", "rieng", "chieu", "nhapnhap", "kichban"] {
            assert_eq!(found(index, hidden), [] as [&str; 0], "{hidden}");
            let holds = |(_, bytes): (&str, &std::sync::Arc<[u8]>)| {
                String::from_utf8_lossy(bytes).contains(hidden)
            };
            assert!(!index.files().any(holds), "{hidden}");
        }
        for shown in [
            "bài",
            "sơ đồ kênh",
            "chú thích hình",
            "ôchữ",
            "09/CT-TTg",
            "9 ct",
            "tenma",
            "lenhma",
            "cuoitrang",
            "dambang",
            "bà lan",
            "báo cáo viên",
            "ransomware",
        ] {
            assert_eq!(found(index, shown).first().map(String::as_str), Some("talks/a"), "{shown}");
        }
    }
}

#[test]
fn files_of_an_index_hold_text_and_nothing_that_runs() {
    let title = "</script><script>alert(1)</script>\u{2028}“\\\"";
    let project = Project::with(&[
        ("site.toml", SITE),
        ("content/index.vi.md", "---\ntitle: Trang đầu\n---\n"),
        (
            "content/talks/a.vi.md",
            &format!("---\ntitle: '{title}'\n---\n## {title} {{#x}}\n\nA `</script>`\n"),
        ),
    ]);
    project.run(&["build"]);
    let files = project.output();
    let shards: Vec<_> = files.iter().filter(|(path, _)| path.starts_with("search/")).collect();
    assert!(shards.len() > 4, "{:?}", files.keys());
    for (path, bytes) in shards {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(!text.contains(['<', '\u{2028}']), "{path}: {text}");
        assert!(text.starts_with("sotay.shard(\"") && text.ends_with(");\n"), "{path}");
        assert_eq!(text.lines().count(), 1, "{path}");
    }
}

#[test]
fn a_file_of_static_may_not_stand_where_the_index_does() {
    let project = Project::with(&[
        ("site.toml", SITE),
        ("content/index.vi.md", "---\ntitle: Trang đầu\n---\n"),
        ("static/search/vi/meta.js", "x"),
    ]);
    let run = project.run(&["build", "--ui-lang", "en"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("static/search/vi/meta.js"), "{}", run.stderr);
}

/// A handbook of `pages` pages, each with words of its own and common ones.
fn large(pages: usize) -> Project {
    let project = Project::with(&[
        ("site.toml", SITE),
        ("content/index.vi.md", "---\ntitle: Trang đầu\n---\n"),
        ("content/talks/index.vi.md", "---\ntitle: Bài\n---\n"),
    ]);
    for page in 0..pages {
        project.write(&format!("content/talks/p{page}.vi.md"), page_text(page, ""));
    }
    project
}

fn page_text(page: usize, more: &str) -> String {
    // A simple generator of words, the same on every machine.
    let mut state = page as u32 + 1;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    };
    let syllables = ["an", "toàn", "thông", "tin", "mật", "khẩu", "máy", "chủ", "đăng", "nhập"];
    let mut text = format!("---\ntitle: Trang {page}\n---\n{more}\n");
    for section in 0..4 {
        writeln!(text, "\n## Phần {section} {}\n", next() % 50).unwrap();
        for _ in 0..120 {
            let word = match next() % 3 {
                0 => syllables[next() as usize % syllables.len()].to_owned(),
                _ => format!("{}{}", syllables[next() as usize % 10], next() % 300),
            };
            write!(text, "{word} ").unwrap();
        }
    }
    text
}

#[test]
fn a_changed_page_changes_few_bytes_of_the_index() {
    let pages = 300;
    let project = large(pages);
    let files = |handbook: &Handbook| -> BTreeMap<String, Vec<u8>> {
        let files = index(handbook, 0).files();
        files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect()
    };
    let before = files(&handbook(&project.root(), "public"));
    let size = |files: &BTreeMap<String, Vec<u8>>| files.values().map(Vec::len).sum::<usize>();
    let changed = |after: &BTreeMap<String, Vec<u8>>| {
        let new = after.iter().filter(|(name, bytes)| before.get(*name) != Some(bytes));
        new.map(|(_, bytes)| bytes.len()).sum::<usize>()
    };
    // One word more on one page: its texts, one file of postings, the first file and vocabulary.
    project.write("content/talks/p7.vi.md", page_text(7, "Motmoi."));
    let after = files(&handbook(&project.root(), "public"));
    let share = |after: &BTreeMap<_, _>| changed(after) * 100 / size(&before);
    assert!(changed(&after) > 0 && share(&after) <= 8, "{} %", share(&after));
    // A new page, whose words are spread over the alphabet.
    project.write("content/talks/p7.vi.md", page_text(7, ""));
    project.write("content/talks/moi.vi.md", "---\ntitle: Mới\n---\nmật khẩu mới\n");
    let after = files(&handbook(&project.root(), "public"));
    assert!(changed(&after) > 0 && share(&after) <= 30, "{} %", share(&after));
    let same = after.iter().filter(|(name, bytes)| before.get(*name) == Some(bytes)).count();
    assert!(same * 2 > before.len(), "{same} of {} files stay", before.len());
}

#[test]
fn phrases_exclusions_filters_and_unknown_words() {
    let page = |title: &str, audience: &str, text: &str| {
        format!("---\ntitle: {title}\naudience: [{audience}]\n---\n{text}\n")
    };
    let project = Project::with(&[
        ("site.toml", SITE),
        ("content/index.vi.md", "---\ntitle: Trang đầu\n---\n"),
        (
            "content/talks/a.vi.md",
            &page("Một", "teachers", "Xác thực hai yếu tố cho mọi tài khoản."),
        ),
        (
            "content/guidelines/b.vi.md",
            &page("Hai", "students", "Yếu tố xác thực; hai tài khoản. Sát thực tế."),
        ),
    ]);
    let handbook = handbook(&project.root(), "public");
    let index = index(&handbook, 0);
    assert_eq!(found(index, "\"xác thực hai yếu tố\""), ["talks/a"]);
    assert_eq!(found(index, "\"xac thuc hai yeu to\""), ["talks/a"]);
    assert_eq!(found(index, "\"sác thực\""), [] as [&str; 0]);
    assert_eq!(found(index, "xác thực -sát"), ["talks/a"]);
    assert_eq!(found(index, "xác thực -\"hai yếu\""), ["guidelines/b"]);
    assert_eq!(found(index, "xac thuc hai yeu to")[0], "talks/a");
    let searcher = Searcher::new(index).unwrap();
    let only = |kind, audience| {
        let options = Options { typing: false, kind, audience };
        let hits = searcher.search("xác thực", options, 9).hits;
        hits.into_iter().map(|hit| hit.address).collect::<Vec<_>>()
    };
    assert_eq!(only(Some("guideline"), None), ["guidelines/b"]);
    assert_eq!(only(None, Some("teachers")), ["talks/a"]);
    let answer = searcher.search("zzyzx xác", Options::default(), 9);
    assert_eq!(answer.unknown, ["zzyzx"]);
    assert_eq!(answer.hits.len(), 2);
}

/// The handbook of this repository, and its queries.
static HANDBOOK: LazyLock<Handbook> =
    LazyLock::new(|| handbook(Path::new(env!("CARGO_MANIFEST_DIR")), "public"));

#[test]
fn readers_find_the_page_that_answers() {
    let mut wrong = String::new();
    for (lang, name) in ["vi", "en"].into_iter().enumerate() {
        let file: PathBuf =
            [env!("CARGO_MANIFEST_DIR"), "tests", "search", &format!("handbook.{name}.tsv")]
                .iter()
                .collect();
        let text = fs::read_to_string(file).unwrap();
        let lines = text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
        for line in lines {
            let aimed = line.starts_with('?');
            let mut columns = line.trim_start_matches('?').split('\t');
            let query = columns.next().unwrap();
            let mut good: Vec<&str> = vec![columns.next().unwrap()];
            good.extend(columns.next().unwrap_or_default().split(' '));
            let answer = found(index(&HANDBOOK, lang), query);
            let first = answer.first().map_or("nothing", String::as_str);
            match (good.contains(&first), aimed) {
                (true, true) => writeln!(wrong, "{name}: {query}: is right now; take away its ?"),
                (false, false) => {
                    writeln!(wrong, "{name}: {query}: {first} came before {}", good[0])
                }
                _ => Ok(()),
            }
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn marks_do_not_matter_to_what_comes_first() {
    use unicode_normalization::UnicodeNormalization;
    let index = index(&HANDBOOK, 0);
    let top = |query: &str| {
        let mut pages = found(index, query);
        pages.truncate(5);
        pages
    };
    for query in ["xác thực đa yếu tố", "mật khẩu mạnh", "an toàn thông tin", "lừa đảo trực tuyến"]
    {
        let plain = sotay::base::fold(query);
        let decomposed: String = query.nfd().collect();
        assert_eq!(top(query)[0], top(&plain)[0], "{query}");
        assert_eq!(top(query), top(&decomposed), "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    /// Whatever is typed, it is answered.
    #[test]
    fn any_query_is_answered(query in ".{0,60}", typing: bool) {
        let searcher = Searcher::new(index(&HANDBOOK, 0)).unwrap();
        searcher.search(&query, Options { typing, ..Options::default() }, 5);
    }

    /// Quotation marks, minuses and numbers in any order.
    #[test]
    fn any_syntax_is_answered(query in "[\"“” \\-/09aă.CTtg]{0,40}") {
        let searcher = Searcher::new(index(&HANDBOOK, 0)).unwrap();
        searcher.search(&query, Options::default(), 5);
    }
}

#[test]
fn long_queries_are_cut_and_answered() {
    let searcher = Searcher::new(index(&HANDBOOK, 0)).unwrap();
    let long = format!("mật khẩu {}", "x ".repeat(5_000));
    assert!(!searcher.search(&long, Options::default(), 5).hits.is_empty());
}

#[test]
fn an_index_is_served_as_it_is_built() {
    let renderer = HANDBOOK.renderer.as_ref().unwrap();
    for file in renderer.search_files(renderer.search_index(0)) {
        let served = renderer.search_file(file.path.as_str());
        let (Some(Content::Shared(served)), Content::Shared(built)) = (served, file.content) else {
            panic!("{}", file.path);
        };
        assert_eq!(served, built);
    }
    assert!(renderer.search_file("search/vi/p-nothing.js").is_none());
    assert!(renderer.search_file("search/fr/meta.js").is_none());
}
