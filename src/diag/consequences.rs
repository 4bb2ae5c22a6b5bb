//! What only follows from something else: a link to a page that could not be read is not wrong.

use super::{Code, Diagnostic, Severity};
use std::collections::BTreeSet;

/// Drops diagnostics that would be gone if others were.
pub fn drop_consequences(diagnostics: &mut Vec<Diagnostic>) {
    let wrong = Wrong::of(diagnostics);
    diagnostics.retain(|d| !wrong.explains(d));
}

/// What is wrong already.
struct Wrong {
    /// Files with an error of any kind.
    files: BTreeSet<String>,
    /// Of those, the ones that the site is made without.
    left_out: BTreeSet<String>,
}

impl Wrong {
    fn of(diagnostics: &[Diagnostic]) -> Wrong {
        let errors = || diagnostics.iter().filter(|d| d.severity() == Severity::Error);
        let name = |d: &Diagnostic| d.file.to_string();
        Wrong {
            files: errors().map(name).collect(),
            left_out: errors().filter(|d| leaves_out(d.code)).map(name).collect(),
        }
    }

    fn explains(&self, d: &Diagnostic) -> bool {
        let argument = |name: &str| d.args.get(name).map(String::as_str);
        match d.code {
            // A translation that could not be read is there, whatever its page knows of it.
            Code::MissingTranslation => argument("file").is_some_and(|f| self.files.contains(f)),
            Code::BrokenLink
            | Code::BrokenImage
            | Code::BrokenInclude
            | Code::MissingAttachment => argument("looked_for").is_some_and(|f| self.has_lost(f)),
            Code::MissingSiteKey => self.left_out.contains("site.toml"),
            _ => false,
        }
    }

    /// Whether `path` is a file that was left out, or lies in a folder that was. A link names a
    /// page without its language.
    fn has_lost(&self, path: &str) -> bool {
        let page = path.strip_suffix(".md");
        self.left_out.iter().any(|lost| {
            let rest = lost.strip_prefix(page.unwrap_or(path));
            let is_version = |rest: &str| {
                let lang = rest.strip_prefix('.').and_then(|rest| rest.strip_suffix(".md"));
                rest == ".md" || lang.is_some_and(|lang| !lang.contains(['.', '/']))
            };
            let inside = path.strip_prefix(lost.as_str()).is_some_and(|r| r.starts_with('/'));
            lost == path || inside || page.is_some() && rest.is_some_and(is_version)
        })
    }
}

/// Whether a file about which this is said is not in the site.
fn leaves_out(code: Code) -> bool {
    matches!(
        code,
        Code::NotUtf8
            | Code::PageTooLarge
            | Code::Unreadable
            | Code::Symlink
            | Code::NoAddress
            | Code::UnknownLangSuffix
            | Code::AddressTaken
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::RelPath;

    fn left(wrong: &[(Code, &str)], link: (Code, &str)) -> bool {
        let mut all: Vec<_> =
            wrong.iter().map(|(code, file)| Diagnostic::new(*code, &RelPath::new(file))).collect();
        let page = RelPath::new("content/x.vi.md");
        all.push(Diagnostic::new(link.0, &page).with("looked_for", link.1).with("file", link.1));
        drop_consequences(&mut all);
        all.len() > wrong.len()
    }

    #[test]
    fn a_link_to_what_was_left_out_is_not_wrong() {
        let wrong = [(Code::NotUtf8, "content/a.vi.md"), (Code::Symlink, "content/ngoai")];
        for target in ["content/a.md", "content/a.vi.md", "content/ngoai/b.md"] {
            assert!(!left(&wrong, (Code::BrokenLink, target)), "{target}");
        }
        for target in ["content/b.md", "content/a.b.c.md", "content/ngoai2.md", "content/a"] {
            assert!(left(&wrong, (Code::BrokenLink, target)), "{target}");
        }
    }

    #[test]
    fn a_page_with_another_mistake_can_still_be_linked_to() {
        assert!(left(&[(Code::BadYaml, "content/a.vi.md")], (Code::BrokenLink, "content/a.md")));
        let missing = (Code::MissingTranslation, "content/a.vi.md");
        assert!(!left(&[(Code::BadYaml, "content/a.vi.md")], missing));
    }
}
