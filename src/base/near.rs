//! "Did you mean": the nearest of the known words.

/// Characters of a word that is still compared: the time grows with the square of it.
const LONGEST: usize = 120;

/// Similarity that is near enough to be worth suggesting.
const NEAR: f64 = 0.6;

/// The candidate nearest to `word`, if one is near enough to be worth suggesting:
/// Damerau-Levenshtein similarity over folded letters of at least 0.6.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = super::fold(word);
    let length = length(&word)?;
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let folded = super::fold(candidate);
        // Every letter that one has more than the other has to be put in.
        let may_be_near = self::length(&folded)
            .is_some_and(|other| other.min(length) as f64 >= NEAR * other.max(length) as f64);
        if !may_be_near {
            continue;
        }
        let score = strsim::normalized_damerau_levenshtein(&word, &folded);
        // Strictly greater: of equals the first stands, so the order of candidates decides.
        if score >= NEAR && best.is_none_or(|(b, _)| score > b) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, c)| c)
}

/// How many characters a word has; none where it is too long to compare.
fn length(word: &str) -> Option<usize> {
    let length = word.chars().take(LONGEST + 1).count();
    (length <= LONGEST).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_only_what_is_near() {
        let keys = ["title", "description", "audience"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("audiense", keys), Some("audience"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("", [""]), Some(""));
        let long = "a".repeat(200_000);
        assert_eq!(nearest(&long, [&*long]), None);
    }
}
