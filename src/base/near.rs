//! "Did you mean": the nearest of the known words.

/// The candidate nearest to `word`, if one is near enough to be worth suggesting:
/// Damerau-Levenshtein similarity over folded letters of at least 0.6.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = super::fold(word);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let score = strsim::normalized_damerau_levenshtein(&word, &super::fold(candidate));
        // Strictly greater: of equals the first stands, so the order of candidates decides.
        if score >= 0.6 && best.is_none_or(|(b, _)| score > b) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, c)| c)
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
    }
}
