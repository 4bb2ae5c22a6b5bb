//! Sections of a pair have one id in both languages, whatever their headings say.

use proptest::prelude::*;
use sotay::base::RelPath;
use sotay::model::{Snapshot, SourceText};
use sotay::{EditionChoice, Project};
use std::collections::HashSet;

const SITE: &str = "title = { vi = \"A\", en = \"A\" }\nlanguages = [\"vi\", \"en\"]\n";

/// The ids of the headings of one page in both languages, in order.
fn ids(vi: &str, en: &str) -> (Vec<String>, Vec<String>) {
    let config = SourceText { text: SITE.into() };
    let page = |name: &str, body: &str| {
        let text = format!("---\ntitle: A\n---\n{body}");
        (RelPath::new(name), SourceText { text: text.as_str().into() })
    };
    let pages = [page("content/a.vi.md", vi), page("content/a.en.md", en)].into_iter().collect();
    let snapshot = Snapshot { config, pages, ..Snapshot::default() };
    let public = EditionChoice { name: "public".to_owned(), drafts: false };
    let project = Project::new(snapshot, Vec::new(), &public, None);
    let site = project.renderer.unwrap().site().clone();
    let of = |lang: usize| -> Vec<String> {
        let version = site.pairs[0].versions[lang].as_ref().unwrap();
        version.headings.iter().map(|h| h.id.clone()).collect()
    };
    (of(0), of(1))
}

/// Headings that are alike, say nothing in Latin letters, bear reserved names or set their id.
fn heading() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "Tóm tắt",
        "Tóm tắt 2",
        "tom-tat-2",
        "Điều 5. A",
        "Điều 5. B",
        "Article 5. C",
        "Điều 5",
        "main",
        "nav",
        "!!!",
        "ខ្មែរ",
        "section",
        "section-2",
        "Step 1",
        "A {#a}",
        "B {#b}",
        "Tóm tắt {#tom-tat-3}",
        "09/CT-TTg",
        "`mã` **đậm**",
        "https://a.vn",
    ]);
    prop_oneof![6 => fixed.prop_map(str::to_owned), 1 => "[\\p{L} ]{1,12}"]
}

fn document(headings: &[(u8, String)]) -> String {
    let lines = headings.iter();
    lines
        .map(|(level, text)| format!("{} {text}\n\n1. x\n\n", "#".repeat((*level).into())))
        .collect()
}

/// Explicit ids of one page, which an editor may not repeat.
fn explicit(headings: &[(u8, String)]) -> Vec<&str> {
    headings.iter().filter_map(|(_, text)| text.split("{#").nth(1)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn equal_levels_give_equal_ids(
        headings in prop::collection::vec((1u8..=6, heading(), heading()), 0..12)
    ) {
        let vi: Vec<_> = headings.iter().map(|(l, vi, _)| (*l, vi.clone())).collect();
        let en: Vec<_> = headings.iter().map(|(l, _, en)| (*l, en.clone())).collect();
        let set = explicit(&vi);
        prop_assume!(set.iter().collect::<HashSet<_>>().len() == set.len());
        let (here, there) = ids(&document(&vi), &document(&en));
        // A translation that sets another section's id says that it translates that one.
        let set = |text: &str| text.split("{#").nth(1).map(|id| id.trim_end_matches('}').to_owned());
        let names_another = |(i, (_, text)): (usize, &(u8, String))| {
            set(text).and_then(|id| here.iter().position(|h| *h == id)).is_some_and(|at| at != i)
        };
        prop_assume!(!en.iter().enumerate().any(names_another));
        prop_assert_eq!(&here, &there);
        prop_assert_eq!(here.iter().collect::<HashSet<_>>().len(), here.len(), "{:?}", here);
        prop_assert!(here.iter().all(|id| !id.is_empty()));
    }

    #[test]
    fn ids_are_unique_where_structures_differ(
        vi in prop::collection::vec((1u8..=6, heading()), 0..8),
        en in prop::collection::vec((1u8..=6, heading()), 0..8),
    ) {
        for set in [explicit(&vi), explicit(&en)] {
            prop_assume!(set.iter().collect::<HashSet<_>>().len() == set.len());
        }
        let (here, there) = ids(&document(&vi), &document(&en));
        for ids in [here, there] {
            prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{:?}", ids);
        }
    }
}
