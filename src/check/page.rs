//! One finished page as a browser takes it: ids, addresses, pictures. The HTML standard's own
//! tokenizer reads it, so that whatever a template or an editor writes is seen as readers get it.

use crate::render::sanitise::for_each_tag;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind};

/// What a page uses an address for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// Readers follow it.
    Link,
    /// The browser loads it to show the page.
    Resource,
    /// Search engines and the like read it.
    Metadata,
}

/// An address on a page.
#[derive(Clone, Debug)]
pub struct Reference {
    /// What for.
    pub used: Use,
    /// The address, with character references decoded.
    pub address: StrTendril,
    /// Whether it stands in a `<nav>`, which lists pages whatever the text says.
    pub in_navigation: bool,
}

/// What there is on a page.
#[derive(Default, Debug)]
pub struct Page {
    /// Every id, in order; one that stands twice is here twice.
    pub ids: Vec<StrTendril>,
    /// `<a name>`, to which links lead as well.
    pub names: Vec<StrTendril>,
    /// Every address.
    pub references: Vec<Reference>,
    /// Addresses of pictures without a description, not even an empty one.
    pub without_alt: Vec<StrTendril>,
    /// Whether `<base>` turns relative addresses elsewhere.
    pub has_base: bool,
}

/// Reads a page, or a piece of one.
pub fn read(html: &str) -> Page {
    let mut page = Page::default();
    let mut navigations = 0u32;
    for_each_tag(html, |tag| match (tag.kind, &*tag.name) {
        (TagKind::EndTag, "nav") => navigations = navigations.saturating_sub(1),
        (TagKind::EndTag, _) => {}
        (TagKind::StartTag, element) => {
            navigations += u32::from(element == "nav");
            page.see(tag, navigations > 0);
        }
    });
    page
}

impl Page {
    fn see(&mut self, tag: &Tag, in_navigation: bool) {
        for attribute in &tag.attrs {
            let value = &attribute.value;
            let mut refer = |used, address: StrTendril| {
                self.references.push(Reference { used, address, in_navigation });
            };
            match (&*tag.name, &*attribute.name.local) {
                (_, "id") => self.ids.push(value.clone()),
                ("a", "name") => self.names.push(value.clone()),
                ("base", "href") => self.has_base = true,
                ("a" | "area", "href" | "xlink:href") => refer(Use::Link, value.clone()),
                ("use" | "image", "href" | "xlink:href") => refer(Use::Resource, value.clone()),
                ("link", "href") if is_loaded(tag) => refer(Use::Resource, value.clone()),
                ("link", "href") => refer(Use::Metadata, value.clone()),
                ("object", "data") | (_, "src" | "poster") => refer(Use::Resource, value.clone()),
                ("img" | "source", "srcset") | ("link", "imagesrcset") => {
                    candidates(value).for_each(|address| refer(Use::Resource, address.into()));
                }
                ("meta", "content") => {
                    metadata(tag, value).into_iter().for_each(|(used, to)| refer(used, to.into()));
                }
                _ => {}
            }
        }
        if &*tag.name == "img" && attribute(tag, "alt").is_none() {
            self.without_alt.push(attribute(tag, "src").cloned().unwrap_or_default());
        }
    }
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a StrTendril> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| &a.value)
}

/// Whether a `<link>` is fetched when the page is opened.
fn is_loaded(tag: &Tag) -> bool {
    const LOADED: [&str; 7] = [
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "mask-icon",
        "manifest",
        "preload",
        "modulepreload",
    ];
    let kinds = attribute(tag, "rel").map(|rel| rel.to_ascii_lowercase()).unwrap_or_default();
    kinds.split_ascii_whitespace().any(|kind| LOADED.contains(&kind))
}

/// The addresses of a `srcset`: each ends at white space; a comma parts them.
fn candidates(srcset: &str) -> impl Iterator<Item = &str> {
    let addresses = srcset.split(',').filter_map(|c| c.split_ascii_whitespace().next());
    // A picture written into the page itself holds a comma of its own.
    addresses.filter(move |_| !srcset.contains("data:"))
}

/// The address in the `content` of a `<meta>`, if that one holds an address.
fn metadata<'a>(tag: &Tag, content: &'a str) -> Option<(Use, &'a str)> {
    let is = |name: &str, values: &[&str]| {
        attribute(tag, name).is_some_and(|v| values.iter().any(|w| v.eq_ignore_ascii_case(w)))
    };
    if is("http-equiv", &["refresh"]) {
        return Some((Use::Link, refresh(content)?));
    }
    let shown = ["og:url", "og:image", "twitter:image"];
    (is("property", &shown) || is("name", &shown)).then_some((Use::Metadata, content))
}

/// Where `<meta http-equiv="refresh">` leads: `0; url=../index.html`.
fn refresh(content: &str) -> Option<&str> {
    let (_, rest) = content.split_once([';', ','])?;
    let rest = rest.trim_start();
    let address = match rest.get(..3) {
        Some(start) if start.eq_ignore_ascii_case("url") => {
            rest[3..].trim_start().strip_prefix('=')?
        }
        _ => rest,
    };
    Some(address.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(html: &str) -> Vec<(Use, String)> {
        read(html).references.iter().map(|r| (r.used, r.address.to_string())).collect()
    }

    #[test]
    fn addresses_are_found_however_they_are_written() {
        use Use::*;
        let link = |address: &str| vec![(Link, address.to_owned())];
        assert_eq!(references("<A\nHREF=b.html>x</A>"), link("b.html"));
        assert_eq!(references("<a href='b.html?x=1&amp;y=2'>"), link("b.html?x=1&y=2"));
        assert_eq!(
            references("<meta http-equiv=Refresh content='0; URL=../c.html'>"),
            link("../c.html")
        );
        assert_eq!(references("<!-- <a href=x> --><script>'<a href=x>'</script>"), []);
        let html = "<link rel='icon' href=a><link rel=canonical href=b><video poster=c src=d>\
                    <img srcset='e 1x, f 2x' alt><object data=g></object>";
        let found = [Resource, Metadata, Resource, Resource, Resource, Resource, Resource];
        let names = ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned);
        assert_eq!(references(html), found.into_iter().zip(names).collect::<Vec<_>>());
    }

    #[test]
    fn what_stands_in_a_nav_is_known() {
        let page = read(
            "<nav><ul><li><a href=a></a></ul><nav><a href=b></a></nav><a href=c></a></nav><a href=d></a></nav><a href=e></a>",
        );
        let inside: Vec<bool> = page.references.iter().map(|r| r.in_navigation).collect();
        assert_eq!(inside, [true, true, true, false, false]);
    }

    #[test]
    fn pictures_without_a_description_are_told_from_decoration() {
        let page = read("<img src=a><img src=b alt><img src=c alt=''><img src=d ALT=x>");
        assert_eq!(page.without_alt.iter().map(|s| &**s).collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn ids_are_kept_as_often_as_they_stand() {
        let page = read("<p id=a><svg><g id=\"b\"/></svg><a name=c id=a>");
        assert_eq!(page.ids.iter().map(|s| &**s).collect::<Vec<_>>(), ["a", "b", "a"]);
        assert_eq!(&*page.names[0], "c");
    }
}
