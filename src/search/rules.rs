//! The table that the program and the script in readers' browsers share: how words are folded,
//! what each language adds, and how results are ranked.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The table as JSON, for the theme's script.
pub const RULES_JSON: &str = include_str!("rules.json");

/// The same, read.
pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    // The table is part of the program; a test reads it.
    serde_json::from_str(RULES_JSON).expect("rules.json is what Rules says")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub folding: Folding,
    pub languages: BTreeMap<String, Language>,
    pub ranking: Ranking,
}

/// How a word becomes the key under which it is found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Folding {
    /// Letters that have no decomposition, and what stands for them.
    pub letters: BTreeMap<char, String>,
    /// First and last code point of the marks that are dropped.
    pub marks: (u32, u32),
    /// The tones of Vietnamese, and the digit that stands for each at the end of a syllable.
    pub tones: BTreeMap<char, char>,
    /// What may stand before an English genitive's `s`.
    pub apostrophes: String,
    /// What stands for a hyphen in document numbers.
    pub hyphens: String,
    /// First and last code points of scripts written without spaces: each letter is a word.
    pub unspaced: Vec<(u32, u32)>,
    /// Words of more code points than this are not found.
    pub longest: usize,
}

/// What a language adds.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Language {
    /// Beginnings of Vietnamese syllables after which `y` and `i` are one: `kỹ`, `kĩ`.
    pub final_y: Vec<String>,
    /// The stemmer.
    pub stem: Option<String>,
    /// The weight of adjacent pairs; the general one where there is none.
    pub pairs: Option<f64>,
    /// The weight of two neighbours of the query that stand near each other, in either order.
    pub near: f64,
    /// Words that make no pairs.
    pub stop: Vec<String>,
}

/// Weights and thresholds of the ranking.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ranking {
    /// BM25: how soon more of a word counts no more.
    pub k1: f64,
    /// BM25: how much longer sections need more.
    pub b: f64,
    /// So much a word in a title or heading counts.
    pub heading: f64,
    /// So much a word in code counts.
    pub code: f64,
    /// `k1` of pairs.
    pub pair_k1: f64,
    /// `b` of pairs.
    pub pair_b: f64,
    /// The weight of pairs, unless the language has its own.
    pub pairs: f64,
    /// The power of a term's rarity: the higher, the less frequent words count.
    pub rarity: f64,
    /// How many words apart is near.
    pub near_words: u32,
    /// A word in the very form that was typed counts so much more: English has stems, and the
    /// last word may not be finished.
    pub exact: f64,
    /// The weight of a word with other marks than those that were typed.
    pub unmarked: f64,
    /// So much of the page's own score is added to its best section's.
    pub page: f64,
    /// The weight of a word that only resembles the one typed.
    pub typo: f64,
    /// The weight of a word that only begins as typed.
    pub prefix: f64,
    /// What is left of these two where the word before never stands before it.
    pub unpaired: f64,
    /// Words in more than this share of the sections are not looked for.
    pub common: f64,
    /// A second section is shown if it has this share of the first one's score.
    pub second_section: f64,
    /// Pages that have less than this share of the best one's score are not found.
    pub least: f64,
    /// So many words may stand for one that was mistyped or is not finished.
    pub alternatives: usize,
    /// Words that begin as typed are looked for in so many kilobytes of postings.
    pub kilobytes: u32,
    /// A vocabulary of so many kilobytes is read whole to find what was mistyped; of a larger one
    /// the words that begin with the same letter.
    pub vocabulary: u32,
    /// So many UTF-16 units of a query are read.
    pub longest_query: usize,
}
