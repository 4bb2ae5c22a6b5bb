//! Two kinds of path that must never be confused: a source file in the project, and a file of the output.

use std::fmt;
use std::sync::Arc;

/// A file inside the project: relative to its root, `/`-separated, NFC, no `.` or `..`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RelPath(Arc<str>);

/// A file of the output: relative to its root, `/`-separated ASCII, as it stands in an address.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct UrlPath(Arc<str>);

macro_rules! path_basics {
    ($t:ty) => {
        impl $t {
            /// The path as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The folder it stands in, without a trailing slash; empty at the root.
            pub fn folder(&self) -> &str {
                self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
            }

            /// The last component.
            pub fn name(&self) -> &str {
                self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
            }
        }

        impl fmt::Display for $t {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl serde::Serialize for $t {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(&self.0)
            }
        }
    };
}

path_basics!(RelPath);
path_basics!(UrlPath);

impl std::borrow::Borrow<str> for UrlPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl RelPath {
    /// A path that is already clean.
    pub fn new(path: impl AsRef<str>) -> RelPath {
        RelPath(path.as_ref().into())
    }

    /// `target` as written in this file, resolved against its folder. `None` when it is
    /// absolute, has a drive or stream (`c:`, `a:b`), or climbs above the project.
    pub fn join_beside(&self, target: &str) -> Option<RelPath> {
        join(self.folder(), target).map(|p| RelPath(p.into()))
    }

    /// The extension of the file name, lower case; empty when it has none.
    pub fn extension(&self) -> String {
        self.name().rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_ascii_lowercase())
    }
}

impl UrlPath {
    /// A path that is already clean.
    pub fn new(path: impl AsRef<str>) -> UrlPath {
        UrlPath(path.as_ref().into())
    }

    /// The relative link from this file to `to`, naming the file: `../talks/phishing.html`.
    ///
    /// ```
    /// use sotay::base::UrlPath;
    /// let here = UrlPath::new("vi/talks/phishing.html");
    /// assert_eq!(here.link_to(&UrlPath::new("vi/index.html")), "../index.html");
    /// assert_eq!(here.link_to(&UrlPath::new("vi/talks/a.html")), "a.html");
    /// ```
    pub fn link_to(&self, to: &UrlPath) -> String {
        let from_folder = self.folder();
        let mut common = 0;
        // The shared leading folders, compared byte by byte and cut at a slash.
        let (a, b) = (from_folder.as_bytes(), to.as_str().as_bytes());
        let mut i = 0;
        loop {
            let at_end_of_a = i == a.len();
            if at_end_of_a {
                if i == 0 || b.get(i) == Some(&b'/') {
                    common = if i == 0 { 0 } else { i + 1 };
                }
                break;
            }
            if b.get(i) != Some(&a[i]) {
                break;
            }
            if a[i] == b'/' {
                common = i + 1;
            }
            i += 1;
        }
        let rest_of_from = from_folder.get(common..).unwrap_or("");
        let ups = if rest_of_from.is_empty() { 0 } else { rest_of_from.split('/').count() };
        let mut link = "../".repeat(ups);
        link.push_str(&to.as_str()[common..]);
        link
    }

    /// `../` once for every folder between this file and the root of the output.
    pub fn to_root(&self) -> String {
        "../".repeat(self.as_str().matches('/').count())
    }
}

fn join(folder: &str, target: &str) -> Option<String> {
    if target.starts_with('/') || target.contains('\\') || target.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            // A drive letter or an NTFS stream would leave the tree on Windows.
            p if p.contains(':') => return None,
            p => parts.push(p),
        }
    }
    Some(parts.join("/"))
}

/// Why a name cannot be a file on FAT32, exFAT or NTFS, or is too long for the output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PathProblem {
    /// `CON`, `PRN`, `AUX`, `NUL`, `COM1`..`COM9`, `LPT1`..`LPT9`, `CONIN$`, `CONOUT$`, with any extension.
    Reserved,
    /// A trailing dot or space.
    TrailingDotOrSpace,
    /// One of `" * : < > ? \ |` or a control character.
    ForbiddenCharacter,
    /// A path of more than 120 characters.
    TooLong,
    /// More than four folders deep, not counting the language or `assets` folder.
    TooDeep,
}

/// The first reason why `path` could not be copied to every file system that schools use.
/// Source: the naming rules of Windows and the limits that sotay sets itself (120 characters,
/// four folders below the language's).
pub fn portable_name_problem(path: &str) -> Option<PathProblem> {
    if path.chars().count() > 120 {
        return Some(PathProblem::TooLong);
    }
    if path.matches('/').count() > 5 {
        return Some(PathProblem::TooDeep);
    }
    path.split('/').find_map(component_problem)
}

fn component_problem(name: &str) -> Option<PathProblem> {
    if name.ends_with(['.', ' ']) {
        return Some(PathProblem::TrailingDotOrSpace);
    }
    if name.chars().any(|c| c.is_control() || "\"*:<>?\\|".contains(c)) {
        return Some(PathProblem::ForbiddenCharacter);
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|n| {
            matches!(n, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    let reserved = matches!(&*stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered("com")
        || numbered("lpt");
    reserved.then_some(PathProblem::Reserved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_name_the_file_relatively() {
        let cases = [
            ("index.html", "vi/index.html", "vi/index.html"),
            ("vi/index.html", "vi/index.html", "index.html"),
            ("vi/index.html", "theme/site.css", "../theme/site.css"),
            ("vi/talks/a.html", "vi/talks/b.html", "b.html"),
            ("vi/talks/a.html", "en/talks/a.html", "../../en/talks/a.html"),
            ("vi/talks/a.html", "vi/talks-old/a.html", "../talks-old/a.html"),
            ("vi/talks/x/a.html", "vi/talks/b.html", "../b.html"),
            ("vi/a.html", "vi/a/b.html", "a/b.html"),
        ];
        for (from, to, link) in cases {
            assert_eq!(UrlPath::new(from).link_to(&UrlPath::new(to)), link, "{from} -> {to}");
        }
    }

    #[test]
    fn joins_stay_inside_the_project() {
        let page = RelPath::new("content/talks/a.vi.md");
        assert_eq!(page.join_beside("b.md").unwrap().as_str(), "content/talks/b.md");
        assert_eq!(page.join_beside("../x/b.md").unwrap().as_str(), "content/x/b.md");
        for escape in ["../../../etc/passwd", "/etc/passwd", "c:/x", "a\\b", "x:y"] {
            assert!(page.join_beside(escape).is_none(), "{escape}");
        }
    }

    #[test]
    fn windows_names_are_refused() {
        assert_eq!(portable_name_problem("vi/con.html"), Some(PathProblem::Reserved));
        assert_eq!(portable_name_problem("vi/lpt1"), Some(PathProblem::Reserved));
        assert_eq!(portable_name_problem("vi/a./b"), Some(PathProblem::TrailingDotOrSpace));
        assert_eq!(portable_name_problem("vi/a?.html"), Some(PathProblem::ForbiddenCharacter));
        assert_eq!(portable_name_problem(&"a".repeat(121)), Some(PathProblem::TooLong));
        assert_eq!(portable_name_problem("vi/a/b/c/d/e/f.html"), Some(PathProblem::TooDeep));
        assert_eq!(portable_name_problem("vi/console.html"), None);
    }
}
