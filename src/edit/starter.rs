//! `sotay new`: a small handbook in Vietnamese and English to begin with.
//!
//! Its files stand in `starter/` as they will be, but for the titles.

use super::page::{scalar, words};
use super::refusal::Refusal;
use crate::base::RelPath;
use crate::diag::UiLang;
use crate::parse::config::parse_config;
use crate::schema;

/// What the new handbook is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Titles {
    vi: String,
    en: String,
}

impl Titles {
    /// The titles as given: one for both languages, or one for each; else those of the starter.
    pub fn new(title: Option<&str>, en: Option<&str>) -> Result<Titles, Refusal> {
        let [title, en] = [title.map(words).transpose()?, en.map(words).transpose()?];
        Ok(Titles {
            vi: title.clone().unwrap_or_else(|| "Sổ tay an toàn thông tin".to_owned()),
            en: en.or(title).unwrap_or_else(|| "Information security handbook".to_owned()),
        })
    }
}

macro_rules! starter {
    ($($to:literal $from:literal)*) => {
        /// Where each file goes, and what it says.
        const FILES: &[(&str, &str)] = &[$(($to, include_str!(concat!("starter/", $from))),)*];
    };
}

starter! {
    ".gitignore" "gitignore"
    ".vscode/extensions.json" "vscode/extensions.json"
    ".vscode/settings.json" "vscode/settings.json"
    "README.md" "README.md"
    "content/directives/09-ct-ttg.en.md" "content/directives/09-ct-ttg.en.md"
    "content/directives/09-ct-ttg.vi.md" "content/directives/09-ct-ttg.vi.md"
    "content/directives/index.en.md" "content/directives/index.en.md"
    "content/directives/index.vi.md" "content/directives/index.vi.md"
    "content/guidelines/index.en.md" "content/guidelines/index.en.md"
    "content/guidelines/index.vi.md" "content/guidelines/index.vi.md"
    "content/guidelines/passwords.en.md" "content/guidelines/passwords.en.md"
    "content/guidelines/passwords.vi.md" "content/guidelines/passwords.vi.md"
    "content/index.en.md" "content/index.en.md"
    "content/index.vi.md" "content/index.vi.md"
    "content/talks/index.en.md" "content/talks/index.en.md"
    "content/talks/index.vi.md" "content/talks/index.vi.md"
    "content/talks/phishing.en.md" "content/talks/phishing.en.md"
    "content/talks/phishing.vi.md" "content/talks/phishing.vi.md"
    "content/talks/web-address.svg" "content/talks/web-address.svg"
}

/// The files of a new handbook, with the schemas by which an editor checks what is written. The
/// comments in its site.toml are in the language of messages, as the schemas' explanations are.
pub fn starter_files(titles: &Titles, ui: UiLang) -> Vec<(RelPath, String)> {
    let site = match ui {
        UiLang::Vi => include_str!("starter/site.vi.toml"),
        UiLang::En => include_str!("starter/site.en.toml"),
    };
    let site = ("site.toml", site);
    let filled = |(to, text): &(&str, &str)| {
        let [vi, en] = [&titles.vi, &titles.en].map(|title| match *to {
            "site.toml" => toml_string(title),
            "README.md" => title.clone(),
            _ => scalar(title),
        });
        let text = text.replace("@title_vi@", &vi).replace("@title_en@", &en);
        (RelPath::new(to), text)
    };
    let mut files: Vec<_> = FILES.iter().chain([&site]).map(filled).collect();
    let config = files.last().and_then(|(_, text)| parse_config(text).0);
    let schemas = schema::files(ui, config.as_ref()).into_iter();
    files.extend(
        schemas.map(|(name, text)| (RelPath::new(format!("{}/{name}", schema::FOLDER)), text)),
    );
    files
}

/// `text`, which has no control characters, as a TOML string.
fn toml_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;

    #[test]
    fn titles_are_written_as_each_file_reads_them() {
        let odd = "Sổ tay: \"an toàn\" \\ #1";
        let titles = Titles::new(Some(odd), Some("  true\n ")).unwrap();
        for ui in [UiLang::Vi, UiLang::En] {
            let files = starter_files(&titles, ui);
            let text = |name: &str| &files.iter().find(|(f, _)| f.as_str() == name).unwrap().1;
            let (config, found) = parse_config(text("site.toml"));
            assert_eq!(found, []);
            let title = config.unwrap().title;
            assert_eq!(title[&Lang::new("vi").unwrap()], odd);
            assert_eq!(title[&Lang::new("en").unwrap()], "true");
            assert!(text("content/index.en.md").contains("title: \"true\"\n"));
            assert!(files.iter().all(|(_, text)| !text.contains("@title")));
        }
        assert!(Titles::new(Some(" \n"), None).is_err());
    }

    #[test]
    fn every_file_of_the_folder_is_part_of_it() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/edit/starter");
        let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
        let files = entries.filter(|e| e.file_type().is_file()).count();
        // site.toml is there once for each language of messages.
        assert_eq!(files, FILES.len() + 2);
    }
}
