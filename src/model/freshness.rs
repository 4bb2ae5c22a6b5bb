//! How a translation stands to its source, section by section: what follows from the words of both
//! and from what was recorded when somebody reviewed them.

use super::{LockLine, SectionWords, WordsHash};
use std::collections::{BTreeMap, HashMap};

/// How a section of a translation stands to the section that it translates.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum State {
    /// It was reviewed against the source as that is now.
    Current,
    /// The source says something else than when it was reviewed.
    SourceChanged,
    /// The source has it, the translation does not.
    MissingSection,
    /// The translation has it, the source does not.
    ExtraSection,
    /// It is there, and nobody said that it was reviewed.
    Unreviewed,
    /// The whole page is not translated.
    MissingPage,
}

impl State {
    /// Every state, in the order in which they are counted.
    pub const ALL: [State; 6] = [
        State::Current,
        State::SourceChanged,
        State::Unreviewed,
        State::MissingSection,
        State::ExtraSection,
        State::MissingPage,
    ];

    /// The word that machines and `site.toml` use.
    pub fn id(self) -> &'static str {
        match self {
            State::Current => "current",
            State::SourceChanged => "source-changed",
            State::MissingSection => "missing-section",
            State::ExtraSection => "extra-section",
            State::Unreviewed => "unreviewed",
            State::MissingPage => "missing-page",
        }
    }

    /// The state called `id`.
    pub fn from_id(id: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.id() == id)
    }
}

/// The sections of a translation, each with what it stands to its source.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Freshness {
    /// In the order of the source; what only the translation has comes last. One entry without an
    /// id where the page is not translated at all.
    pub sections: Vec<SectionState>,
}

/// What a section of a translation stands to its source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SectionState {
    /// Id of the section; empty for what stands before the first heading.
    pub id: String,
    /// The heading in the source, or where that lacks it in the translation.
    pub heading: String,
    /// Its state.
    pub state: State,
}

impl Freshness {
    /// How many sections are in `state`.
    pub fn count(&self, state: State) -> usize {
        self.sections.iter().filter(|section| section.state == state).count()
    }

    /// How many sections the source has; what only the translation has is not among them.
    pub fn of_source(&self) -> usize {
        self.sections.len() - self.count(State::ExtraSection)
    }

    /// The state of the section with this id.
    pub fn state_of(&self, id: &str) -> Option<State> {
        self.sections.iter().find(|section| section.id == id).map(|section| section.state)
    }
}

/// Fewer words than this may well be the same in both languages: a name, a number, a command.
const VERBATIM: usize = 5;

/// Whether a section says word for word what its source says: it was begun, and not translated.
/// One that has to be the same is accepted by its id.
pub fn is_verbatim(source: &SectionWords, own: &SectionWords) -> bool {
    own.hash == source.hash && source.text.split_whitespace().count() >= VERBATIM
}

/// Whether every section of a translation is current: what [`freshness`] says, without a list.
pub fn is_current(
    source: &[SectionWords],
    translation: &[SectionWords],
    lines: &BTreeMap<String, LockLine>,
) -> bool {
    source.len() == translation.len()
        && source.iter().zip(translation).all(|(words, own)| {
            words.id == own.id
                && (own.has_text || !words.has_text)
                && lines.get(&words.id).is_some_and(|line| line.hash == words.hash)
        })
}

/// How a page in one language stands to its source. `lines` is what was recorded of it; without
/// any record of the site at all (`None`) nothing says what was reviewed.
pub fn freshness(
    source: &[SectionWords],
    translation: Option<&[SectionWords]>,
    lines: Option<&BTreeMap<String, LockLine>>,
) -> Freshness {
    let entry = |words: &SectionWords, state| SectionState {
        id: words.id.clone(),
        heading: words.heading.clone(),
        state,
    };
    let Some(translation) = translation else {
        let whole = source.first().map(|words| entry(words, State::MissingPage));
        return Freshness { sections: whole.into_iter().collect() };
    };
    let there: HashMap<&str, &SectionWords> =
        translation.iter().map(|words| (words.id.as_str(), words)).collect();
    let line_of = |id: &str| lines.and_then(|lines| lines.get(id));
    let is_in = |id: &str, sections: &[SectionWords]| sections.iter().any(|s| s.id == id);
    // A heading that was changed has another id. Where as many sections are new as lines have no
    // section, these are the same sections with other words.
    let gone = lines.map_or(0, |lines| lines.keys().filter(|id| !is_in(id, source)).count());
    let is_new = |words: &&SectionWords| {
        there.contains_key(words.id.as_str()) && line_of(&words.id).is_none()
    };
    let renamed = gone > 0 && gone == source.iter().filter(is_new).count();
    // Another id alone, with the words that were reviewed, is no change at all.
    let known = |hash: WordsHash| {
        let mut lines = lines.into_iter().flatten();
        lines.any(|(id, line)| line.hash == hash && !is_in(id, source))
    };
    let state = |words: &SectionWords| match there.get(words.id.as_str()) {
        None => State::MissingSection,
        Some(own) if words.has_text && !own.has_text => State::MissingSection,
        Some(own) => match line_of(&words.id) {
            Some(line) if line.hash == words.hash => State::Current,
            Some(_) => State::SourceChanged,
            None if known(words.hash) => State::Current,
            None if is_verbatim(words, own) => State::MissingSection,
            None if renamed => State::SourceChanged,
            None => State::Unreviewed,
        },
    };
    let mut sections: Vec<SectionState> = source.iter().map(|s| entry(s, state(s))).collect();
    let extra = translation.iter().filter(|own| !is_in(&own.id, source));
    sections.extend(extra.map(|own| entry(own, State::ExtraSection)));
    Freshness { sections }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;

    fn words(id: &str, text: &str) -> SectionWords {
        SectionWords {
            id: id.to_owned(),
            heading: id.to_owned(),
            level: u8::from(!id.is_empty()) * 2,
            span: None,
            text: text.to_owned(),
            has_text: !text.is_empty(),
            hash: WordsHash::of(text),
        }
    }

    fn lines(of: &[(&str, &str)]) -> BTreeMap<String, LockLine> {
        let line = |text: &str| LockLine {
            hash: WordsHash::of(text),
            heading: None,
            span: Span::new(0, 0),
        };
        of.iter().map(|(id, text)| ((*id).to_owned(), line(text))).collect()
    }

    #[test]
    fn every_state_follows_from_the_texts_and_the_lock() {
        let source =
            [words("", "1"), words("a", "2"), words("b", "3"), words("c", "4"), words("d", "5")];
        let own =
            [words("", "x"), words("a", "y"), words("b", "z"), words("d", ""), words("e", "w")];
        let lines = lines(&[("", "1"), ("a", "2 before"), ("c", "4"), ("d", "5")]);
        let found = freshness(&source, Some(&own), Some(&lines));
        let states: Vec<(&str, State)> =
            found.sections.iter().map(|s| (s.id.as_str(), s.state)).collect();
        assert_eq!(
            states,
            [
                ("", State::Current),
                ("a", State::SourceChanged),
                ("b", State::Unreviewed),
                ("c", State::MissingSection),
                ("d", State::MissingSection),
                ("e", State::ExtraSection),
            ]
        );
        let missing = freshness(&source, None, Some(&lines));
        assert_eq!(missing.sections.len(), 1);
        assert_eq!(missing.sections[0].state, State::MissingPage);
    }

    #[test]
    fn a_heading_with_other_words_is_a_change_not_something_new() {
        let source = [words("", "1"), words("new", "2 in other words")];
        let own = [words("", "x"), words("new", "y")];
        let found = freshness(&source, Some(&own), Some(&lines(&[("", "1"), ("old", "2")])));
        assert_eq!(found.state_of("new"), Some(State::SourceChanged));
        let found = freshness(&source, Some(&own), Some(&lines(&[("", "1")])));
        assert_eq!(found.state_of("new"), Some(State::Unreviewed));
    }
}
