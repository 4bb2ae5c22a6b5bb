//! `translations.lock`: what was reviewed stays reviewed under a page's new address.

use crate::base::{Edit, Span};
use crate::model::{Lock, PageId};
use std::collections::BTreeMap;

/// What changes in the lock `text` (read as meant) when pages get new addresses. A lock of
/// another version is left alone. Its lines stay sorted.
pub fn lock_edit(text: &str, addresses: &BTreeMap<PageId, PageId>) -> Option<Edit> {
    let rest = text.strip_prefix(Lock::HEADER)?.strip_prefix('\n')?;
    let mut changed = false;
    let mut lines: Vec<String> = rest
        .lines()
        .map(|line| match renamed(line, addresses) {
            Some(new) => {
                changed = true;
                new
            }
            None => line.to_owned(),
        })
        .collect();
    if !changed {
        return None;
    }
    lines.sort();
    let mut new = lines.join("\n");
    if rest.ends_with('\n') {
        new.push('\n');
    }
    Some(Edit { span: Span::new(text.len() - rest.len(), text.len()), text: new })
}

/// `en<TAB>talks/phishing#kill-chain<TAB>…` with the page's new address.
fn renamed(line: &str, addresses: &BTreeMap<PageId, PageId>) -> Option<String> {
    let (lang, rest) = line.split_once('\t')?;
    let (page, section) = rest.split_once('#')?;
    let new = addresses.get(&PageId::new(page))?;
    Some(format!("{lang}\t{new}#{section}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::plan::edited;

    #[test]
    fn keys_are_renamed_and_lines_stay_sorted() {
        let text = "# sotay lock 1\nen\ta#\t00\nen\tb#x\t11\nen\tb-c#\t22\n";
        let map = BTreeMap::from([(PageId::new("a"), PageId::new("z/a"))]);
        let edit = lock_edit(text, &map).unwrap();
        assert_eq!(
            edited(text, &[edit]),
            "# sotay lock 1\nen\tb#x\t11\nen\tb-c#\t22\nen\tz/a#\t00\n"
        );
    }

    #[test]
    fn nothing_to_rename_and_other_versions_are_left_alone() {
        let map = BTreeMap::from([(PageId::new("a"), PageId::new("b"))]);
        assert_eq!(lock_edit("# sotay lock 1\nen\tab#\t00\n", &map), None);
        assert_eq!(lock_edit("# sotay lock 2\nen\ta#\t00\n", &map), None);
    }
}
