//! What file names say, before anything is read: which files make which page, and what is published where.

use super::PageId;
use crate::base::{Lang, RelPath, UrlPath};

/// The Markdown files of a project by the page that each belongs to.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Names {
    /// Pages, in order of address.
    pub pages: Vec<PageFiles>,
    /// Files whose name, or a folder's, begins with `_`: only ever included.
    pub partials: Vec<PageFiles>,
}

/// The files of one page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageFiles {
    /// Its address.
    pub id: PageId,
    /// A file for each language that it is written in, in the order of the site's languages.
    /// Never empty.
    pub files: Vec<(RelPath, Lang)>,
}

/// What a Markdown file's name says: which page it is, in which language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// The page.
    pub id: PageId,
    /// The language.
    pub lang: Lang,
}

/// The source path of a Markdown file without language and extension:
/// `content/talks/phishing.vi.md` gives `content/talks/phishing`. Links are looked up by it.
pub fn stem<'a>(path: &'a str, languages: &[Lang]) -> &'a str {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    match stem.rsplit_once('.') {
        Some((before, tag)) if languages.iter().any(|l| l.as_str().eq_ignore_ascii_case(tag)) => {
            before
        }
        _ => stem,
    }
}

/// Whether a file is only there for others: its name or a folder's begins with `_`. Such a page
/// is only ever included, such a picture or attachment published only where a page uses it.
pub fn is_partial(file: &RelPath) -> bool {
    file.as_str().split('/').any(|part| part.starts_with('_'))
}

/// Where a file beside pages stands in the output: `content/talks/Sơ đồ.vi.svg` gives
/// `assets/talks/so-do.vi.svg`. Empty parts mean that a name has no Latin letter.
pub fn asset_path(source: &RelPath) -> Option<UrlPath> {
    let below = source.as_str().strip_prefix("content/").unwrap_or(source.as_str());
    let fold_name = |name: &str| -> Option<String> {
        let parts: Vec<String> = name.split('.').map(crate::base::slug).collect();
        (!parts[0].is_empty())
            .then(|| parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("."))
    };
    let folded: Option<Vec<String>> = below.split('/').map(fold_name).collect();
    Some(UrlPath::new(format!("assets/{}", folded?.join("/"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_lose_language_and_extension() {
        let languages = [Lang::new("vi").unwrap(), Lang::new("en").unwrap()];
        assert_eq!(stem("content/a.vi.md", &languages), "content/a");
        assert_eq!(stem("content/a.md", &languages), "content/a");
        assert_eq!(stem("content/v1.2.md", &languages), "content/v1.2");
    }

    #[test]
    fn assets_get_ascii_names() {
        let path = |p: &str| asset_path(&RelPath::new(p)).map(|u| u.to_string());
        assert_eq!(path("content/talks/Sơ đồ.vi.svg").unwrap(), "assets/talks/so-do.vi.svg");
        assert_eq!(path("content/a_b.PNG").unwrap(), "assets/a-b.png");
        assert_eq!(path("content/ខ្មែរ.png"), None);
    }
}
