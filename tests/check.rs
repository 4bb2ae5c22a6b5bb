//! What `sotay check` finds beyond what a build reports, and what it leaves alone, through the
//! real program.

mod project;

use project::host::{Host, Reply};
use project::{Project, Run, cases, command, files, name};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

const SITE: &str = "title = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n";

/// A home page and a talk in both languages, and these files.
fn handbook(more: &[(&str, &str)]) -> Project {
    let project = Project::with(&[
        ("site.toml", SITE),
        ("content/index.vi.md", "---\ntitle: Sổ tay\n---\nChào.\n"),
        ("content/index.en.md", "---\ntitle: Handbook\n---\nWelcome.\n"),
        ("content/talks/index.vi.md", "---\ntitle: Bài giảng\n---\n"),
        ("content/talks/index.en.md", "---\ntitle: Talks\n---\n"),
        ("content/talks/a.vi.md", "---\ntitle: Lừa đảo\n---\n## Dấu hiệu\n"),
        ("content/talks/a.en.md", "---\ntitle: Phishing\n---\n## Signs\n"),
    ]);
    more.iter().for_each(|(path, text)| project.write(path, text));
    project
}

/// A page in both languages whose texts are the same.
fn page(project: &Project, address: &str, front: &str, text: &str) {
    for lang in ["vi", "en"] {
        let source = format!("---\ntitle: Trang\n{front}---\n{text}\n");
        project.write(&format!("content/{address}.{lang}.md"), source);
    }
}

fn check(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["check", "--ui-lang", "en"], arguments].concat())
}

fn directive(project: &Project, address: &str, more: &str) {
    let front =
        format!("number: 09/CT-TTg\ntype: directive\nissuer: TTg\nissued: 2024-02-23\n{more}");
    page(project, address, &front, "");
}

/// What was found, a line each: `S321 content/a.vi.md:5:12 message`.
fn found(project: &Project, arguments: &[&str]) -> Vec<String> {
    let run = check(project, &[&["--json"], arguments].concat());
    assert_eq!(run.stderr, "");
    run.stdout.lines().map(shortened).collect()
}

fn shortened(line: &str) -> String {
    let d: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| d[key].as_str().unwrap().to_owned();
    let place = match d["line"].as_u64() {
        Some(line) => format!("{}:{line}:{}", text("file"), d["column"]),
        None => text("file"),
    };
    format!("{} {place} {}", text("code"), text("message"))
}

#[test]
fn a_good_handbook_gets_one_friendly_line_and_no_file() {
    let project = handbook(&[]);
    let before = files(&project.root());
    let run = check(&project, &[]);
    assert_eq!((run.status, &*run.stderr), (0, ""));
    assert!(run.stdout.starts_with("All is well: 9 pages and "), "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 1);
    assert_eq!(check(&project, &["--quiet"]).stdout, "");
    assert_eq!(check(&project, &["--json"]).stdout, "");
    assert_eq!(files(&project.root()), before);
    let vi = project.run(&["check", "--ui-lang", "vi"]);
    assert!(vi.stdout.starts_with("Ổn cả: đã xem 9 trang, "), "{}", vi.stdout);
}

/// What sotay writes is right for every site that it builds: whatever only a check finds would
/// be a mistake of its own.
#[test]
fn a_check_finds_no_error_in_what_a_build_accepts() {
    let golden = cases("tests/golden").into_iter().filter(|c| !name(c).starts_with('_'));
    for case in golden {
        let project = Project::of(&[&case.join("input")]);
        for (path, bytes) in files(&case.with_file_name("_plain")) {
            project.write(&format!("themes/plain/{path}"), bytes);
        }
        // The files that the golden test makes itself.
        project.write("content/phim.mp4", "");
        project.write("content/hoi-truong.jpg", photograph());
        let mut arguments = command(&case);
        arguments[0] = "check".to_owned();
        for theme in ["plain", "handbook"] {
            let site = project.read("site.toml").replace("theme = \"plain\"", "");
            project.write("site.toml", format!("theme = \"{theme}\"\n{}", without_theme(&site)));
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let run = project.run(&[&arguments, &["--ui-lang", "en"][..]].concat());
            assert_eq!(run.status, 0, "{} with {theme}:\n{}", name(&case), run.stderr);
            for code in ["S32", "S70"] {
                assert!(!run.stderr.contains(code), "{} {theme}:\n{}", name(&case), run.stderr);
            }
        }
    }
}

fn without_theme(site: &str) -> String {
    let lines = site.lines().filter(|line| !line.starts_with("theme = "));
    lines.map(|line| format!("{line}\n")).collect()
}

fn photograph() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::new(40, 30);
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// The handbook of this repository has nothing to be mended.
#[test]
fn our_own_handbook_is_published_without_a_warning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::of(&[]);
    for part in ["site.toml", "content", "static"] {
        let path = root.join(part);
        match path.is_dir() {
            true => files(&path).into_iter().for_each(|(below, bytes)| {
                project.write(&format!("{part}/{below}"), bytes);
            }),
            false if path.is_file() => project.write(part, std::fs::read(path).unwrap()),
            false => {}
        }
    }
    assert_eq!(found(&project, &["--strict", "--today", "2024-03-01"]), [] as [&str; 0]);
}

/// Whatever a build reports, a check reports in the same words, and nothing of it twice.
#[test]
fn a_check_says_what_a_build_says_and_says_it_once() {
    for case in cases("tests/diagnostics") {
        let command = command(&case);
        // Those about the folder that a build writes, and those about checks.
        let about_output =
            ["S701", "S702", "S705", "S706"].iter().any(|c| name(&case).starts_with(c));
        if about_output || name(&case) == "strict" || command[0] != "build" {
            continue;
        }
        let project = Project::of(&[&case.with_file_name("base"), &case.join("input")]);
        let run = |what: &str| {
            let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
            arguments[0] = what;
            arguments.extend(["--ui-lang", "en", "--quiet"]);
            project.run(&arguments)
        };
        let (built, checked) = (run("build"), run("check"));
        let sorted = |run: &Run| {
            let mut parts: Vec<String> = run.stderr.split("\n\n").map(str::to_owned).collect();
            parts.sort();
            parts
        };
        assert_eq!(sorted(&checked), sorted(&built), "{}", name(&case));
        assert_eq!(checked.status, built.status, "{}", name(&case));
    }
}

#[test]
fn links_and_ids_in_editors_html_are_followed_to_their_places() {
    let project = handbook(&[]);
    let text = "<a href=\"#nope\">1</a> <a href=\"talks/a.html#dau-hieu\">2</a>\n\n\
                <p id=\"here\">a</p>\n\n<p>\n<a href=\"talks/a.html#dau-hiu\">3</a>\n</p>\n\n\
                ## One {#here}\n\n[4](#here) [5](talks/a.md#dau-hieu)";
    page(&project, "p", "", text);
    let place = |lang: &str| format!("content/p.{lang}.md");
    let mut expected = Vec::new();
    for lang in ["en", "vi"] {
        let (file, out) = (place(lang), format!("{lang}/p.html"));
        expected.push(format!(
            "S321 {file}:4:10 the link `#nope` does not arrive: nothing in `{out}` has the id `nope`"
        ));
        expected.push(format!(
            "S321 {file}:9:10 the link `talks/a.html#dau-hiu` does not arrive: nothing in `{lang}/talks/a.html` has the id `dau-hiu`"
        ));
        expected.push(format!(
            "S707 {file}:12:1 the id `here` stands twice, so links to it lead to the first place only"
        ));
    }
    assert_eq!(found(&project, &[]), expected);
    // The near id is suggested, and the other place is shown.
    let run = check(&project, &["--quiet"]);
    assert!(run.stderr.contains("did you mean `dau-hieu`?"), "{}", run.stderr);
    assert!(run.stderr.contains("⸬  content/p.vi.md:6:"), "{}", run.stderr);
    assert_eq!(run.status, 1);
    assert_eq!(project.run(&["build"]).status, 0);
}

#[test]
fn what_browsers_find_without_an_id_arrives() {
    let project = handbook(&[]);
    let text = "<a href=\"#\">1</a> <a href=\"#Top\">2</a> <a href=\"talks/a.html#%64au-hieu\">3</a> \
                <a href=\"talks/a.html?x=1#dau-hieu:~:text=a\">4</a> <a href=\"p.html\">5</a>";
    page(&project, "p", "", text);
    assert_eq!(found(&project, &[]), [] as [&str; 0]);
}

#[test]
fn a_picture_in_html_needs_a_description() {
    let project =
        handbook(&[("content/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>")]);
    let text = "<p>\n<img src=\"../assets/a.svg\">\n<img src=\"../assets/a.svg\" alt=\"\"></p>";
    page(&project, "p", "", text);
    let message = |lang: &str| {
        format!(
            "S708 content/p.{lang}.md:5:11 the image `../assets/a.svg` has no `alt` for people who cannot see it"
        )
    };
    assert_eq!(found(&project, &[]), [message("en"), message("vi")]);
    assert_eq!(check(&project, &[]).status, 0);
    assert_eq!(check(&project, &["--strict"]).status, 1);
}

/// A page that stands in for its translation says the same wrong thing; it is one mistake.
#[test]
fn a_mistake_shown_on_two_pages_is_reported_once() {
    let project = handbook(&[("content/p.vi.md", "---\ntitle: A\n---\n<a href=\"#nope\">1</a>\n")]);
    let found = found(&project, &[]);
    assert_eq!(
        found,
        [
            "S321 content/p.vi.md:4:10 the link `#nope` does not arrive: nothing in `en/p.html` has the id `nope`",
            "S403 content/p.vi.md this page has no `en` version",
        ]
    );
}

#[test]
fn a_mistake_of_the_theme_is_reported_once_and_named_as_one() {
    let project = handbook(&[(
        "themes/handbook/templates/home.html",
        "{% extends \"base.html\" %}{% block main %}<h1>{{ page.title }}</h1>\
         <A HREF=\"#nowhere\">x</A><a href=\"talks/index.html#gone\">y</a>\
         <p id=\"p\"></p><p id=\"p\"></p><img src=\"../theme/no.png\"><IMG SRC=\"../theme/no2.png\" alt>\
         {% endblock main %}",
    )]);
    let found = found(&project, &[]);
    assert_eq!(
        found,
        [
            "S320 themes/handbook on `en/index.html` and 1 other page, `../theme/no2.png` leads to no file of the site",
            "S321 themes/handbook on `en/index.html` and 1 other page, the link `talks/index.html#gone` does not arrive: nothing in `en/talks/index.html` has the id `gone`",
            "S321 themes/handbook on `en/index.html` and 1 other page, the link `#nowhere` does not arrive: nothing in `en/index.html` has the id `nowhere`",
            "S707 themes/handbook on `en/index.html` and 1 other page, the id `p` stands twice, so links to it lead to the first place only",
            "S708 themes/handbook on `en/index.html` and 1 other page, the image `../theme/no.png` has no `alt` for people who cannot see it",
            "S703 content/index.en.md the page `en/index.html` needs `../theme/no.png`, which does not work when opened from a folder",
            "S703 content/index.vi.md the page `vi/index.html` needs `../theme/no.png`, which does not work when opened from a folder",
        ]
    );
    let help = check(&project, &["--quiet"]).stderr;
    let theme = "no text says this, the theme does: look at the files in `themes/handbook`";
    assert!(help.contains(theme), "{help}");
}

#[test]
fn files_that_no_page_rule_holds_are_read_too() {
    let project = handbook(&[
        (
            "static/tool.html",
            "<!doctype html><script src=\"https://cdn.example.vn/x.js\"></script>\n<a href='no.html'>a</a><a href=vi/index.html#x>b</a><a href='#/3'>c</a><a href=https://example.vn>d</a>\n",
        ),
        (
            "static/tool.css",
            "@import \"https://fonts.example.vn/a.css\";\na { background: url(no.png) url(data:image/png;base64,AA==) }\n",
        ),
        ("themes/handbook/css/own.css", "@font-face { src: url(//fonts.example.vn/a.woff2) }\n"),
    ]);
    assert_eq!(
        found(&project, &[]),
        [
            "S709 static/tool.css:1:10 the file `tool.css` loads `https://fonts.example.vn/a.css` from the network, and lacks it offline",
            "S320 static/tool.css:2:21 `no.png` leads to no file of the site",
            "S709 static/tool.html:1:29 the file `tool.html` loads `https://cdn.example.vn/x.js` from the network, and lacks it offline",
            "S320 static/tool.html:2:10 `no.html` leads to no file of the site",
            "S709 themes/handbook the file `theme/site.css` loads `//fonts.example.vn/a.woff2` from the network, and lacks it offline",
        ]
    );
}

#[test]
fn full_addresses_of_the_handbook_itself_are_followed() {
    let hosted = format!("{SITE}base_url = \"https://sotay.example.vn/x/\"\n");
    let project = handbook(&[("site.toml", &hosted)]);
    let text = "[1](https://sotay.example.vn/x/) [2](https://sotay.example.vn/x/vi/talks/a.html#dau-hieu)\n\
                [3](https://sotay.example.vn/x/vi/no.html) [4](https://sotay.example.vn/x/vi/talks/a.html#no)";
    project.write("content/talks/a.vi.md", format!("---\ntitle: A\ndescription: Xem https://sotay.example.vn/x/vi/no.\ndate: 2024-01-01\n---\n## Dấu hiệu\n\n{text}\n"));
    assert_eq!(
        found(&project, &[]),
        [
            "S320 content/talks/a.vi.md:9:1 `https://sotay.example.vn/x/vi/no.html` leads to no file of the site",
            "S321 content/talks/a.vi.md:9:44 the link `https://sotay.example.vn/x/vi/talks/a.html#no` does not arrive: nothing in `vi/talks/a.html` has the id `no`",
        ]
    );
}

#[test]
fn the_page_for_wrong_turns_needs_full_addresses() {
    let hosted = format!("{SITE}base_url = \"https://sotay.example.vn/\"\n");
    let project = handbook(&[
        ("site.toml", &hosted),
        (
            "themes/handbook/templates/not_found.html",
            "<!doctype html><title>{{ title }}</title><link rel=stylesheet href=theme/site.css>\
             <a href=\"https://sotay.example.vn/no.html\">x</a><a href=\"#a\">y</a><b id=a></b>\
             {% for language in languages %}<a href=\"{{ language.href }}\">{{ t.not_found_title }}</a>{% endfor %}\
             <style>{{ style_html|safe }}</style><img alt src=\"https://example.vn/a.png\">\
             {{ t.not_found_text }} {{ csp|safe }}",
        ),
    ]);
    assert_eq!(
        found(&project, &[]),
        [
            "S320 themes/handbook on `404.html`, `https://sotay.example.vn/no.html` leads to no file of the site",
            "S320 themes/handbook on `404.html`, `theme/site.css` leads to no file of the site",
            "S709 themes/handbook the file `404.html` loads `https://example.vn/a.png` from the network, and lacks it offline",
        ]
    );
}

#[test]
fn a_page_that_nothing_leads_to_is_an_orphan() {
    let orphans = |project: &Project| -> Vec<String> {
        let found = found(project, &[]).into_iter().filter(|f| f.starts_with("S325"));
        found.map(|f| f.split(' ').nth(1).unwrap().to_owned()).collect()
    };
    let project = handbook(&[]);
    directive(&project, "directives/d", "");
    page(&project, "directives/index", "", "");
    // The register shows directives alone; this page has a sidebar and a tag, and no more.
    page(&project, "directives/notes", "kind: page\ntags: [x]\n", "");
    assert_eq!(orphans(&project), ["content/directives/notes.vi.md"]);
    // A link in one language is enough.
    project.write(
        "content/talks/a.en.md",
        "---\ntitle: Phishing\n---\n## Signs\n\n[[directives/notes]]\n",
    );
    assert_eq!(orphans(&project), [] as [&str; 0]);
    // Nothing leads to a folder below one without any page.
    page(&project, "x/y/index", "", "");
    page(&project, "x/y/p", "", "[back](index.md)");
    page(&project, "x/z/p", "", "[q](q.md)");
    page(&project, "x/z/q", "", "[p](p.md)");
    // `x/z` has pages and no introduction, which is said and would list them.
    assert_eq!(orphans(&project), ["content/x/y/index.vi.md"]);
    page(&project, "x/z/index", "draft: true\n", "");
    page(&project, "x/index", "", "");
    assert_eq!(orphans(&project), [] as [&str; 0]);
}

#[test]
fn pages_that_lead_only_to_one_another_are_reported_once() {
    let project = handbook(&[]);
    directive(&project, "directives/d", "");
    page(&project, "directives/index", "", "");
    page(&project, "directives/a", "kind: page\n", "[b](b.md)");
    page(&project, "directives/b", "kind: page\n", "[c](c.md)");
    page(&project, "directives/c", "kind: page\n", "[a](a.md)");
    let orphan = |name: &str| {
        format!(
            "S325 content/directives/{name}.vi.md neither the menu nor the page of a section nor the text of another page leads to this page"
        )
    };
    assert_eq!(found(&project, &[]), [orphan("a")]);
    project.write("site.toml", format!("{SITE}[[menu]]\npage = \"directives/b\"\n"));
    assert_eq!(found(&project, &[]), [] as [&str; 0]);
}

#[test]
fn a_review_is_late_after_its_day() {
    let project = handbook(&[]);
    project.write(
        "content/p.vi.md",
        "---\ntitle: A\nreview_by: 2024-05-01\nupdated: 2024-03-02\n---\n",
    );
    project.write("content/p.en.md", "---\ntitle: A\nupdated: 2024-03-01\n---\n");
    let older = "S421 content/p.en.md:3:10 this translation was updated on 2024-03-01, its source later, on 2024-03-02";
    assert_eq!(found(&project, &["--today", "2024-05-01"]), [older]);
    let late = "S420 content/p.vi.md:3:12 this page was to be reviewed by 2024-05-01";
    assert_eq!(found(&project, &["--today", "2024-05-02"]), [late, older]);
    // Without a day it is today, which is later.
    assert_eq!(found(&project, &[]), [late, older]);
    assert_eq!(check(&project, &["--strict", "--today", "2024-05-01"]).status, 0);
    assert_eq!(check(&project, &["--strict"]).status, 1);
    assert_eq!(check(&project, &["--today", "first of May"]).status, 2);
}

#[test]
fn the_report_begins_with_the_worst_and_ends_with_what_to_do() {
    let project = handbook(&[]);
    project.write("content/p.vi.md", "---\ntitle: A\nreview_by: 2020-01-01\n---\n[x](no.md)\n");
    project.write("content/q.vi.md", "---\ntitle: A\n---\n[x](no.md) [y](no2.md)\n");
    project.write("content/q.en.md", "---\ntitle: A\n---\n# One\n");
    let run = check(&project, &[]);
    let order: Vec<&str> = run.stderr.lines().filter(|l| l.contains("]: ")).collect();
    assert_eq!(
        order,
        [
            "error[S301]: the link to `no.md` leads to no page or file",
            "error[S301]: the link to `no2.md` leads to no page or file",
            "error[S301]: the link to `no.md` leads to no page or file",
            "warning[S403]: this page has no `en` version",
            "warning[S420]: this page was to be reviewed by 2020-01-01",
            "warning[S213]: a first-level heading (`#`) in the text; the page's title is that already",
            "warning[S404]: sections do not line up with the source: the source has no `# One`",
        ]
    );
    let end = "3 errors, 4 warnings
To read more about a code, run `sotay explain S301`.

  error    S301  3 in 2 files  the link to `…` leads to no page or file
  warning  S213  1 in 1 file   a first-level heading (`#`) in the text; the page's title is that already
  warning  S403  1 in 1 file   this page has no `…` version
  warning  S404  1 in 1 file   sections do not line up with the source: …
  warning  S420  1 in 1 file   this page was to be reviewed by …

What to do next:
  1. Mend these 2 files first: content/q.vi.md (2 errors), content/p.vi.md (1 error)
  2. Translate: 1 page lacks the English version: content/p.vi.md
  3. Read again 1 page whose review is overdue: content/p.vi.md
  4. Look at 2 warnings in 1 file: content/q.en.md

";
    assert!(run.stderr.ends_with(end), "{}", run.stderr);
    assert!(run.stdout.starts_with("13 pages and "), "{}", run.stdout);
    let vi = project.run(&["check", "--ui-lang", "vi"]).stderr;
    let end = "3 lỗi, 4 cảnh báo
Muốn hiểu kỹ hơn về một mã, chạy `sotay explain S301`.

  lỗi       S301  3 chỗ trong 2 tệp  liên kết tới `…` không dẫn tới trang hoặc tệp nào
  cảnh báo  S213  1 chỗ trong 1 tệp  tiêu đề cấp một (`#`) trong thân trang; tên trang đã là tiêu đề cấp một
  cảnh báo  S403  1 chỗ trong 1 tệp  trang này chưa có bản `…`
  cảnh báo  S404  1 chỗ trong 1 tệp  các mục không khớp với bản nguồn: …
  cảnh báo  S420  1 chỗ trong 1 tệp  đã quá hạn xem lại trang này: …

Nên làm gì tiếp:
  1. Sửa lỗi trong 2 tệp này trước: content/q.vi.md (2 lỗi), content/p.vi.md (1 lỗi)
  2. Dịch 1 trang chưa có bản tiếng Anh: content/p.vi.md
  3. Đọc lại 1 trang đã quá hạn xem lại: content/p.vi.md
  4. Xem 2 cảnh báo trong 1 tệp: content/q.en.md

";
    assert!(vi.ends_with(end), "{vi}");
}

#[test]
fn json_is_one_object_a_line_and_nothing_else() {
    let project = handbook(&[("content/p.vi.md", "---\ntitle: A\n---\nẢnh: [x](no.md)\n")]);
    let run = check(&project, &["--json"]);
    assert_eq!((run.status, &*run.stderr), (1, ""));
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        lines[0],
        "{\"code\":\"S301\",\"severity\":\"error\",\"file\":\"content/p.vi.md\",\"line\":4,\"column\":6,\
         \"message\":\"the link to `no.md` leads to no page or file\",\
         \"help\":\"correct the path; the file looked for is `content/no.md`\"}"
    );
    assert!(lines[1].contains(
        "\"severity\":\"warning\",\"file\":\"content/p.vi.md\",\"line\":null,\"column\":null,"
    ));
}

#[test]
fn wrong_usage_and_what_cannot_be_read_have_their_own_status() {
    let project = handbook(&[]);
    assert_eq!(check(&project, &["--edition", "no"]).status, 2);
    assert_eq!(check(&project, &["--timeout", "5"]).status, 2);
    std::fs::remove_file(project.path("site.toml")).unwrap();
    let run = check(&project, &["--json"]);
    assert_eq!(run.status, 3);
    assert!(run.stdout.starts_with("{\"code\":\"S601\""), "{}", run.stdout);
}

#[test]
fn no_connection_is_made_unless_asked_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let project = handbook(&[]);
    page(&project, "p", "", &format!("[x]({address}/a)"));
    listener.set_nonblocking(true).unwrap();
    assert_eq!(check(&project, &["--strict"]).status, 0);
    assert_eq!(found(&project, &[]), [] as [&str; 0]);
    let nobody = listener.accept().unwrap_err();
    assert_eq!(nobody.kind(), std::io::ErrorKind::WouldBlock);
    // The same listener would have heard it.
    check(&project, &["--external", "--timeout", "1"]);
    assert!(listener.accept().is_ok());
}

#[test]
fn other_sites_are_asked_and_their_answers_understood() {
    let fine = Host::new(|_, _| Reply::Status(200));
    let gone = Host::new(|_, _| Reply::Status(404));
    let no_head = Host::new(|method, _| Reply::Status(if method == "GET" { 200 } else { 405 }));
    let new = format!("{}/new", fine.address);
    let moved = Host::new(move |_, _| Reply::Redirect(301, new.clone()));
    let for_now = Host::new(|_, path| match path {
        "/p" => Reply::Redirect(302, "/login".to_owned()),
        _ => Reply::Status(200),
    });
    let closed = Host::new(|_, _| Reply::Status(403));
    let slow = Host::new(|_, _| Reply::Silence(Duration::from_secs(3)));
    let reset = Host::new(|_, _| Reply::Reset);
    let garbage = Host::new(|_, _| Reply::Bytes("ai đó?\r\n\r\n".to_owned()));
    let circle = Host::new(|_, path| Reply::Redirect(302, format!("{path}x")));
    let hosts =
        [&fine, &gone, &no_head, &moved, &for_now, &closed, &slow, &reset, &garbage, &circle];
    let links: Vec<String> = hosts.iter().map(|host| format!("[x]({}/p)", host.address)).collect();
    let project = handbook(&[]);
    // Not HTTPS at all, and a name that nobody has (RFC 6761).
    let secure = garbage.address.replace("http:", "https:");
    let text = format!("{}\n[x](http://sotay.invalid/p)\n[x]({secure}/s)\n", links.join("\n"));
    project.write("content/talks/a.vi.md", format!("---\ntitle: A\n---\n## A\n{text}"));
    let found = found(&project, &["--external", "--timeout", "1"]);
    let at = |code: &str, line: usize, words: String| {
        format!("{code} content/talks/a.vi.md:{line}:1 {words}")
    };
    let link = |host: &Host| format!("`{}/p`", host.address);
    let dead = |what: &str, why: &str| format!("the external link {what} does not work: {why}");
    let unknown = |host: &Host, why: &str| {
        format!("the external link {} could not be checked: {why}", link(host))
    };
    let broke_off = "its host broke off, or gave no answer that makes sense";
    let expected = [
        at("S322", 6, dead(&link(&gone), "its host has no such page (404)")),
        at("S322", 15, dead("`http://sotay.invalid/p`", "there is no host of that name")),
        at(
            "S322",
            16,
            dead(
                &format!("`{secure}/s`"),
                "no secure connection can be made, perhaps its certificate is not valid",
            ),
        ),
        at("S323", 8, format!("{} has moved to another address for good", link(&moved))),
        at("S324", 10, unknown(&closed, "its host does not let programs in")),
        at("S324", 11, unknown(&slow, "its host did not answer in time")),
        at("S324", 12, unknown(&reset, broke_off)),
        at("S324", 13, unknown(&garbage, broke_off)),
        at("S324", 14, unknown(&circle, "its host sends readers round in a circle")),
    ];
    assert_eq!(found, expected);
    assert_eq!(no_head.lines(), ["HEAD /p", "GET /p"]);
    assert_eq!(gone.lines(), ["HEAD /p", "GET /p"]);
    assert_eq!(slow.lines(), ["HEAD /p"]);
    assert_eq!(for_now.lines(), ["HEAD /p", "HEAD /login"]);
    // Each address once, however it was come by.
    assert_eq!(fine.lines().len(), 2);
    let head = &fine.asked()[0].head;
    let name = format!("user-agent: sotay/{} (link check)\r\n", env!("CARGO_PKG_VERSION"));
    assert!(head.to_ascii_lowercase().contains(&name), "{head}");
}

#[test]
fn one_host_is_asked_one_thing_at_a_time_and_each_thing_once() {
    let host = Host::new(|_, _| {
        std::thread::sleep(Duration::from_millis(300));
        Reply::Status(200)
    });
    let url = &host.address;
    let project = handbook(&[]);
    page(&project, "p", "", &format!("[1]({url}/a) [2]({url}/a#x) [3]({url}/b) <{url}/a>"));
    page(&project, "q", "", &format!("[1]({url}/a) [2]({url}/c)"));
    let run = check(&project, &["--external"]);
    assert!(run.stdout.contains(", other sites asked about 3 addresses; "), "{}", run.stdout);
    assert_eq!((run.status, &*run.stderr), (0, ""));
    let mut lines = host.lines();
    lines.sort();
    assert_eq!(lines, ["HEAD /a", "HEAD /b", "HEAD /c"]);
    let times: Vec<Instant> = host.asked().iter().map(|a| a.at).collect();
    for pair in times.windows(2) {
        // The answer's 300 ms, then a second of peace.
        assert!(pair[1] - pair[0] >= Duration::from_millis(1250), "{:?}", pair[1] - pair[0]);
    }
}

/// A dead link is shown at each place in the sources that holds it, also in front matter and in
/// site.toml.
#[test]
fn a_dead_link_is_shown_where_it_is_written() {
    let host = Host::new(|_, path| Reply::Status(if path == "/fine" { 200 } else { 410 }));
    let url = &host.address;
    let project = handbook(&[]);
    // It has to be a secure address, which this host has not.
    let report = url.replace("http:", "https:");
    project.write("site.toml", format!("{SITE}report = \"{report}/report\"\n"));
    page(&project, "p", "", &format!("[fine]({url}/fine) [x]({url}/x#a)"));
    page(&project, "directives/index", "", "");
    directive(&project, "directives/d", &format!("official_url: {url}/vb\n"));
    let found = found(&project, &["--external"]);
    let dead = |place: &str, path: &str| {
        format!(
            "S322 {place} the external link `{url}{path}` does not work: the page was removed for good (410)"
        )
    };
    let fine = format!("[fine]({url}/fine) ").len() + 1;
    assert_eq!(
        found,
        [
            dead("content/directives/d.en.md:7:15", "/vb"),
            dead("content/directives/d.vi.md:7:15", "/vb"),
            dead(&format!("content/p.en.md:4:{fine}"), "/x#a"),
            dead(&format!("content/p.vi.md:4:{fine}"), "/x#a"),
            format!(
                "S322 site.toml:3:11 the external link `{report}/report` does not work: no secure connection can be made, perhaps its certificate is not valid"
            ),
        ]
    );
}

/// Without a network every name is unknown; that says nothing of the links.
#[test]
fn offline_nothing_is_called_dead() {
    let project = handbook(&[]);
    page(&project, "p", "", "[x](http://sotay.invalid/p)");
    let found = found(&project, &["--external", "--strict"]);
    assert_eq!(found.len(), 2);
    assert!(
        found[0].ends_with(
            "could not be checked: no host could be reached, so this computer seems to be offline"
        ),
        "{found:?}"
    );
    assert_eq!(check(&project, &["--external", "--strict"]).status, 0);
}
