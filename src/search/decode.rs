//! Postings read back; see [`super::postings`] for what they look like.

use super::numbers::{Numbers, length_at};
use super::rules::RULES;
use std::collections::BTreeMap;

/// A key and where it stands.
#[derive(Debug)]
pub(super) struct Term {
    pub key: String,
    pub forms: Vec<String>,
    /// Characters of the postings: more or less how frequent it is.
    pub size: usize,
    pub pages: Vec<PagePostings>,
    /// In how many sections.
    pub sections: u32,
}

/// Where a term, or a pair of terms, stands on a page.
#[derive(Debug)]
pub(super) struct PagePostings {
    pub slot: u32,
    pub facet: u32,
    pub length: u32,
    pub sections: Vec<SectionPostings>,
}

/// Where it stands in a section. A pair has no places.
#[derive(Clone, Debug, Default)]
pub(super) struct SectionPostings {
    pub ordinal: u32,
    pub length: u32,
    pub count: u32,
    pub heading: u32,
    pub code: u32,
    pub places: Vec<(u32, u32)>,
}

impl SectionPostings {
    /// How often, headings counting more and code less.
    pub fn frequency(&self) -> f64 {
        let ranking = &RULES.ranking;
        let text = f64::from(self.count) - f64::from(self.heading) - f64::from(self.code);
        text + f64::from(self.heading) * ranking.heading + f64::from(self.code) * ranking.code
    }
}

impl Term {
    /// A term from what a file says of it.
    pub fn read(key: &str, forms: &str, postings: &str) -> Term {
        let forms: Vec<String> = forms.split(' ').map(str::to_owned).collect();
        let mut numbers = Numbers::new(postings);
        let mut pages = Vec::new();
        let mut next = 0;
        let mut sections = 0;
        while numbers.more() {
            let slot = next + numbers.take().max(1) - 1;
            next = slot + 1;
            let (facet, length) = (numbers.take(), length_at(numbers.take()));
            let read = read_sections(&mut numbers, forms.len() as u32);
            sections += read.len() as u32;
            pages.push(PagePostings { slot, facet, length, sections: read });
        }
        Term { key: key.to_owned(), forms, size: postings.len(), pages, sections }
    }

    /// The term in one of its forms alone.
    pub fn only(&self, form: u32) -> Term {
        let of_section = |section: &SectionPostings| {
            let kept = (0..).zip(&section.places).filter(|(_, (_, other))| *other == form);
            let kept: Vec<(u32, (u32, u32))> = kept.map(|(i, place)| (i, *place)).collect();
            let first_code = section.count - section.code.min(section.count);
            let count = |wanted: &dyn Fn(u32) -> bool| {
                kept.iter().filter(|(i, _)| wanted(*i)).count() as u32
            };
            SectionPostings {
                ordinal: section.ordinal,
                length: section.length,
                count: kept.len() as u32,
                heading: count(&|i| i < section.heading),
                code: count(&|i| i >= first_code),
                places: kept.iter().map(|(_, place)| *place).collect(),
            }
        };
        let of_page = |page: &PagePostings| PagePostings {
            sections: page.sections.iter().map(of_section).filter(|s| s.count > 0).collect(),
            ..*page
        };
        let pages: Vec<PagePostings> =
            self.pages.iter().map(of_page).filter(|page| !page.sections.is_empty()).collect();
        Term {
            key: format!("{}#{form}", self.key),
            forms: self.forms.clone(),
            size: self.size,
            sections: pages.iter().map(|page| page.sections.len() as u32).sum(),
            pages,
        }
    }

    /// Whether it is a number, which may stand on either side of its neighbour.
    fn is_number(&self) -> bool {
        !self.key.is_empty() && self.key.bytes().all(|b| b.is_ascii_digit())
    }
}

fn read_sections(numbers: &mut Numbers<'_>, forms: u32) -> Vec<SectionPostings> {
    let mut sections = Vec::new();
    let (mut ordinal, mut more) = (0, true);
    while more && numbers.more() {
        let step = numbers.take();
        more = step & 1 == 1;
        ordinal += step >> 1;
        let length = length_at(numbers.take());
        let counted = numbers.take();
        let apart = counted & 1 == 1;
        let (heading, code) = if apart { (numbers.take(), numbers.take()) } else { (0, 0) };
        let mut places = Vec::new();
        let mut position = 0;
        for _ in 0..counted >> 1 {
            if !numbers.more() {
                break;
            }
            let place = numbers.take();
            position += place / forms;
            places.push((position, place % forms));
        }
        sections.push(SectionPostings {
            ordinal,
            length,
            count: counted >> 1,
            heading,
            code,
            places,
        });
    }
    sections
}

/// A pair of terms, one right after the other.
pub(super) struct Pair {
    pub pages: Vec<PagePostings>,
    pub sections: u32,
}

/// Where `b` follows `a`. A number and its neighbour may be typed in either order.
pub(super) fn pair(a: &Term, b: &Term) -> Pair {
    let either = a.is_number() || b.is_number();
    both(a, b, &|x, y| match following(x, y) {
        found if found.count == 0 && either => following(y, x),
        found => found,
    })
}

/// Where two terms stand within some words of each other, in either order; like a pair.
pub(super) fn near(a: &Term, b: &Term) -> Pair {
    let within = RULES.ranking.near_words;
    both(a, b, &|x, y| {
        let is_near = |p: &u32| y.places.iter().any(|(q, _)| q != p && q.abs_diff(*p) <= within);
        let count = x.places.iter().filter(|(p, _)| is_near(p)).count() as u32;
        SectionPostings { count, ..SectionPostings::default() }
    })
}

/// The sections that two terms share and in which `count` counts something.
fn both(
    a: &Term,
    b: &Term,
    count: &dyn Fn(&SectionPostings, &SectionPostings) -> SectionPostings,
) -> Pair {
    let mut pages = Vec::new();
    let mut total = 0;
    let (mut left, mut right) = (a.pages.iter().peekable(), b.pages.iter().peekable());
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        if x.slot == y.slot {
            let sections = shared_sections(x, y, count);
            total += sections.len() as u32;
            if !sections.is_empty() {
                let (slot, facet, length) = (x.slot, x.facet, x.length);
                pages.push(PagePostings { slot, facet, length, sections });
            }
        }
        let (from, to) = (x.slot, y.slot);
        left.next_if(|_| from <= to);
        right.next_if(|_| to <= from);
    }
    Pair { pages, sections: total }
}

fn shared_sections(
    a: &PagePostings,
    b: &PagePostings,
    count: &dyn Fn(&SectionPostings, &SectionPostings) -> SectionPostings,
) -> Vec<SectionPostings> {
    let mut found = Vec::new();
    for x in &a.sections {
        let Some(y) = b.sections.iter().find(|y| y.ordinal == x.ordinal) else { continue };
        let counted = count(x, y);
        if counted.count > 0 {
            found.push(SectionPostings { ordinal: x.ordinal, length: x.length, ..counted });
        }
    }
    found
}

/// How often `b` stands right after `a`: at all, in headings, in code.
fn following(a: &SectionPostings, b: &SectionPostings) -> SectionPostings {
    let mut found = SectionPostings::default();
    for (i, (position, _)) in (0..).zip(&a.places) {
        if b.places.iter().any(|(other, _)| *other == position + 1) {
            found.count += 1;
            found.heading += u32::from(i < a.heading);
            found.code += u32::from(i >= a.count - a.code.min(a.count));
        }
    }
    found
}

/// Sections of pages, by slot.
pub(super) type Sections = BTreeMap<u32, Vec<u32>>;

/// Where `terms` follow one another, each in its wanted form if there is one: the number of the
/// form, or of none that the term has.
pub(super) fn phrase(terms: &[&Term], wanted: &[Option<Option<u32>>]) -> Sections {
    let places = |n: usize, section: &SectionPostings| -> Vec<u32> {
        let fits = |form: u32| wanted[n].is_none_or(|wanted| wanted == Some(form));
        section.places.iter().filter(|(_, form)| fits(*form)).map(|(at, _)| *at).collect()
    };
    let mut found: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    for (n, term) in terms.iter().enumerate() {
        let mut next = BTreeMap::new();
        for page in &term.pages {
            for section in &page.sections {
                let at = (page.slot, section.ordinal);
                let mut here = places(n, section);
                if n > 0 {
                    let before = found.get(&at).map(Vec::as_slice).unwrap_or_default();
                    here.retain(|place| *place > 0 && before.contains(&(place - 1)));
                }
                if !here.is_empty() {
                    next.insert(at, here);
                }
            }
        }
        found = next;
    }
    let mut sections = Sections::new();
    for (slot, ordinal) in found.into_keys() {
        sections.entry(slot).or_default().push(ordinal);
    }
    sections
}
