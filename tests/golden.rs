//! Whole sites: a folder in, a folder out.
//!
//! A case is a folder of `tests/golden/`: `input/` is the handbook, `command.txt` its arguments
//! where they are not `build`. The files of `expected/` are compared with those of the output;
//! others are not looked at, so that a case shows what it is about and nothing else. To show one
//! more, make it empty and run with `SNAPSHOTS=overwrite`. Two names are not files of the site:
//! `files.txt` lists the output without the theme and the search index, `messages.txt` is what was printed (nothing,
//! where it is missing).
//!
//! Handbooks with `theme = "plain"` get `_plain`, which prints what a template may see, line by
//! line: a change of the real theme then changes only the cases that show it.

mod project;

use project::{Expectations, Project, Run, cases, command, files, name};
use std::io::Cursor;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

#[test]
fn every_site_comes_out_as_expected() {
    let mut expectations = Expectations::default();
    for case in cases("tests/golden").iter().filter(|c| !name(c).starts_with('_')) {
        let project = Project::of(&[&case.join("input")]);
        let plain = case.with_file_name("_plain");
        files(&plain).iter().for_each(|(path, bytes)| {
            project.write(&format!("themes/plain/{path}"), bytes);
        });
        set_up(name(case), &project);
        let command = command(case);
        let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        arguments.extend(["--ui-lang", "en"]);
        let run = project.run(&arguments);
        compare(case, &project, &run, &mut expectations);
    }
    expectations.finish();
}

fn compare(case: &Path, project: &Project, run: &Run, expectations: &mut Expectations) {
    let expected = case.join("expected");
    let output = project.output();
    if run.status != 0 {
        expectations.fail(format!("{} is not built:\n{}", name(case), run.stderr));
        return;
    }
    if !run.stderr.is_empty() && !expected.join("messages.txt").is_file() {
        expectations.fail(format!("{} prints\n{}", name(case), run.stderr));
    }
    for file in files(&expected).keys() {
        let list = || output.keys().filter(|f| is_of_the_site(f)).map(|f| format!("{f}\n"));
        let actual = match &**file {
            "files.txt" => list().collect::<String>().into_bytes(),
            "messages.txt" => run.stderr.clone().into_bytes(),
            file => match output.get(file) {
                Some(bytes) => bytes.clone(),
                None => {
                    expectations.fail(format!("{} has no {file}", name(case)));
                    continue;
                }
            },
        };
        expectations.check(&actual, &expected.join(file));
    }
}

/// Whether an output file comes from the handbook rather than from sotay itself.
fn is_of_the_site(file: &str) -> bool {
    !file.starts_with("theme/") && !file.starts_with("search/") && file != ".sotay-manifest"
}

/// Makes what a repository cannot hold.
fn set_up(case: &str, project: &Project) {
    match case {
        // As macOS and zip tools hand them over; a repository's tools would change them back.
        "decomposed-names" => {
            let name: String = "content/lừa đảo/mật khẩu".nfd().collect();
            let image: String = "content/lừa đảo/sơ đồ.svg".nfd().collect();
            project.write(&image, "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n");
            let text = "---\ntitle: Mật khẩu\n---\n![Sơ đồ](<sơ đồ.svg>) [Đây](<mật khẩu.md>)\n";
            project.write(&format!("{name}.vi.md"), text);
            project.write(&format!("{name}.en.md"), text);
        }
        "media" => project.write("content/phim.mp4", vec![0; 1_234_500]),
        "photographs" => project.write("content/hoi-truong.jpg", photograph()),
        _ => {}
    }
}

/// A photograph as a telephone takes it: large, turned by 90 degrees, and saying where it was.
fn photograph() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(800, 600, |x, y| image::Rgb([x as u8, y as u8, 99]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    let jpeg = bytes.into_inner();
    // An Exif segment after the start of the image: one entry, orientation 6, and a word.
    let exif =
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 21.0278";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, exif, &jpeg[2..]].concat()
}

#[test]
fn photographs_are_made_smaller_upright_and_silent() {
    let case = cases("tests/golden").into_iter().find(|c| name(c) == "photographs").unwrap();
    let project = Project::of(&[&case.join("input")]);
    project.edit("site.toml", "theme = \"plain\"", "");
    project.write("content/hoi-truong.jpg", photograph());
    project.build();
    let published = &project.output()["assets/hoi-truong.jpg"];
    let size = image::load_from_memory(published).unwrap();
    assert_eq!((size.width(), size.height()), (300, 400));
    let holds = |word: &[u8]| published.windows(word.len()).any(|w| w == word);
    assert!(holds(b"JFIF") && !holds(b"Exif") && !holds(b"GPS"));
}
