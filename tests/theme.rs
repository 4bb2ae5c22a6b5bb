//! The worked example of the theme's README, built as a school would follow it.

mod project;

use project::Project;

const README: &str = include_str!("../themes/handbook/README.md");

/// Each file that the example has readers write: its path and its text.
fn example() -> Vec<(String, String)> {
    let (_, example) = README.split_once("## Example").unwrap();
    let (example, _) = example.split_once("## What is refused").unwrap();
    let mut files = Vec::new();
    let mut path = None;
    let mut lines = example.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("```") {
            let text: Vec<_> = lines
                .by_ref()
                .map(|l| l.strip_prefix("   ").unwrap_or(l))
                .take_while(|l| !l.starts_with("```"))
                .collect();
            files.push((path.take().expect("a file's name stands before it"), text.join("\n")));
        } else if let Some(name) = line.split('`').nth(1) {
            path = Some(name.to_owned());
        }
    }
    files
}

#[test]
fn the_worked_example_changes_what_it_says_and_nothing_else() {
    let project = Project::with(&[]);
    assert_eq!(project.run(&["new", "school", "--ui-lang", "en"]).status, 0);
    let before = project.run(&["--root", "school", "build", "--ui-lang", "en"]);
    assert_eq!((before.status, &*before.stderr), (0, ""));
    let css_before = project.read("school/dist/theme/site.css");

    let files = example();
    let names: Vec<_> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        names,
        [
            "site.toml",
            "themes/handbook/css/school.css",
            "themes/handbook/i18n/vi.toml",
            "themes/handbook/i18n/en.toml",
            "themes/handbook/templates/components/imprint.html",
            "themes/handbook/templates/term.html",
        ]
    );
    for (path, text) in files {
        let path = format!("school/{path}");
        // What stands in site.toml already stays.
        let text = match path.ends_with("site.toml") {
            true => format!("{}\n{text}\n", project.read(&path)),
            false => text,
        };
        project.write(&path, text);
    }
    let after = project.run(&["--root", "school", "build", "--ui-lang", "en"]);
    assert_eq!((after.status, &*after.stderr), (0, ""));

    let css = project.read("school/dist/theme/site.css");
    let (_, own) = css.split_once(":root{--measure:74ch}").expect("the token");
    assert!(own.contains(".school{font-size:1.25rem}"));
    let (options, rest) = css.split_once('\n').unwrap();
    assert_eq!(options, ":root{--brand:#7a1f2b;--brand-dark:#ff9aa5}");
    assert!(rest.starts_with(css_before.split_once('\n').unwrap().1), "the rest stays as it was");

    let pages: Vec<_> = project::files(&project.path("school/dist"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect();
    let with = |part: &str| pages.iter().filter(|(_, text)| text.contains(part)).count();
    assert!(
        with("<p class=\"school\">Trường THCS Hoa Sen</p>") > 0,
        "the component, the new string"
    );
    assert!(with("<p class=\"school\">Hoa Sen Lower Secondary School</p>") > 0);
    assert!(with("Trong trang này") > 0 && with("Trên trang này") == 0, "the string");
    let terms: Vec<_> =
        pages.iter().filter(|(_, text)| text.contains("<ul class=\"plain\">")).collect();
    assert!(!terms.is_empty(), "the template");
    for (path, text) in terms {
        assert!(path.contains("/tags/") || path.contains("/audience/"), "{path}");
        assert!(text.contains("class=\"bar\""), "{path} keeps the frame");
    }
}
