//! File names become addresses: which page a Markdown file is, and in which language.

use crate::base::{Lang, RelPath, nearest, slug};
use crate::diag::{Code, Diagnostic};
use crate::model::{Config, Named, PageFiles, PageId, stem};
use std::collections::{BTreeMap, BTreeSet};

/// `files` (paths under `content/`) by the page that they make. A second file for one page and
/// language is reported and left out, as are files that can have no address.
pub fn by_page(
    config: &Config,
    files: &[&RelPath],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PageFiles> {
    let mut pages: BTreeMap<PageId, Vec<(RelPath, Lang)>> = BTreeMap::new();
    for (file, Named { id, lang }) in addresses(config, files, diagnostics) {
        let same = pages.get(&id).and_then(|files| files.iter().find(|(_, l)| *l == lang));
        if let Some((other, _)) = same {
            diagnostics.push(
                Diagnostic::new(Code::AddressTaken, &file)
                    .with("address", format!("{lang}/{id}.html"))
                    .with("a", other.as_str())
                    .with("b", file.as_str())
                    .see(other, None),
            );
            continue;
        }
        pages.entry(id).or_default().push((file, lang));
    }
    let order = |mut files: Vec<(RelPath, Lang)>| {
        files.sort_by_key(|(_, lang)| config.lang_index(lang));
        files
    };
    pages.into_iter().map(|(id, files)| PageFiles { id, files: order(files) }).collect()
}

/// The page and language of every file in `files` (paths under `content/`). Files that can
/// have no address are reported and left out.
fn addresses(
    config: &Config,
    files: &[&RelPath],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<RelPath, Named> {
    let folders = folders_with_pages(config, files);
    let mut named = BTreeMap::new();
    for file in files {
        match name(config, file, &folders) {
            Ok(name) => {
                named.insert((*file).clone(), name);
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    named
}

/// Folders below `content/` that hold more than an index page: their index page introduces
/// a section. Any other `P/index.md` is the page `P` with its pictures beside it.
fn folders_with_pages<'a>(config: &Config, files: &[&'a RelPath]) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for file in files {
        let stem = stem(file.as_str(), &config.languages);
        let is_index = stem.rsplit('/').next() == Some("index");
        let mut folder = file.folder();
        if is_index {
            // An index page makes sections of the folders above its own only.
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        while !folder.is_empty() && folders.insert(folder) {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    folders
}

fn name(
    config: &Config,
    file: &RelPath,
    folders: &BTreeSet<&str>,
) -> Result<Named, Box<Diagnostic>> {
    let lang = lang(config, file)?;
    let stem = stem(file.as_str(), &config.languages);
    let below = stem.strip_prefix("content/").unwrap_or(stem);
    let (folder, last) = below.rsplit_once('/').unwrap_or(("", below));
    let is_page_folder = last == "index" && !folder.is_empty() && !folders.contains(file.folder());
    let address = if is_page_folder { folder } else { below };
    let parts: Vec<String> = address.split('/').map(slug).collect();
    if parts.iter().any(String::is_empty) {
        return Err(Box::new(Diagnostic::new(Code::NoAddress, file).with("name", address)));
    }
    Ok(Named { id: PageId::new(parts.join("/")), lang })
}

fn lang(config: &Config, file: &RelPath) -> Result<Lang, Box<Diagnostic>> {
    let name = file.name().strip_suffix(".md").unwrap_or(file.name());
    let Some((_, suffix)) = name.rsplit_once('.') else {
        return Ok(config.source_lang().clone());
    };
    if let Some(lang) = config.languages.iter().find(|l| l.as_str().eq_ignore_ascii_case(suffix)) {
        return Ok(lang.clone());
    }
    // `v1.2.md` is a name; `a.fr.md` was meant as a language.
    if Lang::new(suffix).is_none() || suffix.len() > 2 {
        return Ok(config.source_lang().clone());
    }
    let known = config.languages.iter().map(Lang::as_str);
    let mut d = Diagnostic::new(Code::UnknownLangSuffix, file).with("lang", suffix);
    // The country's code is often taken for the language's.
    d.nearest = match suffix {
        "vn" if config.languages.iter().any(|l| l.as_str() == "vi") => Some("vi".to_owned()),
        suffix => nearest(suffix, known).map(str::to_owned),
    };
    Err(Box::new(d))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::config::parse_config;

    fn ids(files: &[&str]) -> (Vec<String>, usize) {
        let (config, _) = parse_config("title = \"Sổ tay\"\nlanguages = [\"vi\", \"en\"]\n");
        let paths: Vec<RelPath> = files.iter().map(RelPath::new).collect();
        let mut diagnostics = Vec::new();
        let named =
            addresses(&config.unwrap(), &paths.iter().collect::<Vec<_>>(), &mut diagnostics);
        (named.values().map(|n| format!("{}:{}", n.lang, n.id)).collect(), diagnostics.len())
    }

    #[test]
    fn names_give_page_and_language() {
        let (ids, problems) = ids(&[
            "content/index.vi.md",
            "content/talks/index.vi.md",
            "content/talks/Lừa Đảo.en.md",
            "content/talks/phishing/index.vi.md",
            "content/v1.2.md",
        ]);
        assert_eq!(problems, 0);
        assert_eq!(
            ids,
            ["vi:index", "en:talks/lua-dao", "vi:talks/index", "vi:talks/phishing", "vi:v1-2"]
                .map(|s| s.to_owned())
                .into_iter()
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_folder_with_only_its_index_at_the_top_is_a_page() {
        assert_eq!(ids(&["content/about/index.vi.md"]).0, ["vi:about"]);
        assert_eq!(
            ids(&["content/about/index.vi.md", "content/about/x.vi.md"]).0[0],
            "vi:about/index"
        );
    }

    #[test]
    fn unknown_languages_and_names_without_letters_are_reported() {
        assert_eq!(ids(&["content/a.fr.md", "content/ខ្មែរ.md"]), (vec![], 2));
    }
}
