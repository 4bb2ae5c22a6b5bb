//! What the preview adds to a finished page, and takes away again to prove that nothing else
//! differs from the built one.

use crate::serve::Versions;
use std::borrow::Cow;
use std::ops::Range;

/// Ends what was put before a page's own policy: an empty directive, which the standard says
/// to skip (CSP Level 3, section 2.2.1).
const END_OF_ADDED: &str = ";; ";

/// How the added script begins; what follows are its versions.
const SCRIPT: &str = r#"<script defer src="/_sotay/live.js" data-page=""#;

const END_OF_SCRIPT: &str = "\"></script>\n";

/// `html` with the preview's script, which knows `versions`, and leave for it in the page's
/// Content-Security-Policy. Nothing is removed or changed.
pub fn inject(html: &str, versions: Versions) -> String {
    let mut out = html.to_owned();
    // From the back, so that places stay what they are.
    let end = end_of_head(html);
    out.insert_str(end, &script(versions));
    if let Some(policy) = policy(&html[..end]) {
        out.insert_str(policy.start, &added(&html[policy]));
    }
    out
}

/// `html` without what [`inject`] added: the page as it was built.
pub fn strip(html: &str) -> Cow<'_, str> {
    let Some(start) = html.find(SCRIPT) else { return html.into() };
    let Some(length) = html[start..].find(END_OF_SCRIPT) else { return html.into() };
    let mut out = html.to_owned();
    out.replace_range(start..start + length + END_OF_SCRIPT.len(), "");
    if let Some(policy) = policy(&html[..start]) {
        let end = html[policy.clone()].find(END_OF_ADDED);
        let end = end.map_or(policy.start, |end| policy.start + end + END_OF_ADDED.len());
        out.replace_range(policy.start..end, "");
    }
    out.into()
}

fn script(versions: Versions) -> String {
    let Versions { page, style, script } = versions;
    format!(
        r#"{SCRIPT}{page:016x}" data-style="{style:016x}" data-script="{script:016x}{END_OF_SCRIPT}"#
    )
}

/// Before the end tag of the head; a page may leave that out, and then its end will do.
fn end_of_head(html: &str) -> usize {
    find_ignoring_case(html, "</head>").unwrap_or(html.len())
}

/// Directives to put first in `policy`, where they stand instead of later ones of the same
/// name: connections to the preview, its script, and the style of its panel.
fn added(policy: &str) -> String {
    // A template that escapes writes quotes so.
    let policy = policy.replace("&#39;", "'").replace("&#x27;", "'");
    let wanted =
        ["script-src", "style-src"].into_iter().filter_map(|name| allow_self(&policy, name));
    let added: String = wanted.map(|directive| format!("; {directive}")).collect();
    format!("connect-src 'self'{added}{END_OF_ADDED}")
}

/// The directive `name` of `policy` with the page's own origin added, if it lacks that.
fn allow_self(policy: &str, name: &str) -> Option<String> {
    let mut directives = policy.split(';').map(|d| d.split_ascii_whitespace().collect::<Vec<_>>());
    let found =
        directives.find(|words| words.first().is_some_and(|w| w.eq_ignore_ascii_case(name)));
    let sources = found.unwrap_or_default();
    if sources.iter().any(|source| source.eq_ignore_ascii_case("'self'")) {
        return None;
    }
    let kept = sources.into_iter().skip(1).filter(|source| !source.eq_ignore_ascii_case("'none'"));
    Some([name, "'self'"].into_iter().chain(kept).collect::<Vec<_>>().join(" "))
}

/// Where the policy of the first `<meta http-equiv="Content-Security-Policy">` stands.
fn policy(head: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = find_ignoring_case(&head[from..], "<meta") {
        let start = from + at;
        let tag = &head[start..start + length_of_tag(&head[start..])];
        if find_ignoring_case(tag, "content-security-policy").is_some() {
            let content = value_of_content(tag)?;
            return Some(start + content.start..start + content.end);
        }
        from = start + tag.len().max(1);
    }
    None
}

/// The value of the attribute `content` in a tag, without its quotes. These are double ones:
/// within single ones no policy could say `'self'`.
fn value_of_content(tag: &str) -> Option<Range<usize>> {
    let opening = " content=\"";
    let start = find_ignoring_case(tag, opening)? + opening.len();
    Some(start..start + tag[start..].find('"')?)
}

/// The length of the tag that `html` begins with: to its `>` outside of quotes.
fn length_of_tag(html: &str) -> usize {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn find_ignoring_case(text: &str, word: &str) -> Option<usize> {
    text.as_bytes().windows(word.len()).position(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VERSIONS: Versions = Versions { page: 1, style: 0xabc, script: u64::MAX };
    const TAG: &str = "<script defer src=\"/_sotay/live.js\" data-page=\"0000000000000001\" \
                       data-style=\"0000000000000abc\" data-script=\"ffffffffffffffff\"></script>\n";

    #[test]
    fn pages_get_the_script_and_leave_to_connect() {
        let page = "<!DOCTYPE html>\n<head>\n<meta charset=\"utf-8\">\n\
                    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
                    script-src 'self' 'sha256-x='; style-src 'self'\">\n<title>x</title>\n</head>\n";
        let served = page
            .replace("\"default-src", "\"connect-src 'self';; default-src")
            .replace("</head>", &format!("{TAG}</head>"));
        assert_eq!(inject(page, VERSIONS), served);
        assert_eq!(strip(&served), page);
    }

    #[test]
    fn a_stricter_policy_is_opened_as_far_as_needed() {
        let policy = "default-src 'none'; style-src 'sha256-x='; script-src 'none'";
        let page =
            format!("<META content=\"{policy}\" HTTP-EQUIV=content-security-policy><HEAD></HEAD>");
        let served = inject(&page, VERSIONS);
        let opened = "connect-src 'self'; script-src 'self'; style-src 'self' 'sha256-x=';; ";
        assert!(served.contains(&format!("content=\"{opened}{policy}\"")), "{served}");
        assert!(served.ends_with(&format!("<HEAD>{TAG}</HEAD>")), "{served}");
        assert_eq!(strip(&served), page);
    }

    #[test]
    fn escaped_quotes_are_understood() {
        let page = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src \
                    &#39;self&#39; &#39;sha256-x=&#39;\"></head>";
        let served = inject(page, VERSIONS);
        let opened = "content=\"connect-src 'self'; style-src 'self';; script-src &#39;self";
        assert!(served.contains(opened), "{served}");
        assert_eq!(strip(&served), page);
    }

    #[test]
    fn pages_without_a_policy_or_a_head_work_too() {
        for page in ["", "<p>x", "<title>y</title>", "<meta name=x content=\"a>b\"><p>"] {
            assert_eq!(inject(page, VERSIONS), format!("{page}{TAG}"));
            assert_eq!(strip(&inject(page, VERSIONS)), page);
        }
    }

    #[test]
    fn a_built_page_is_left_as_it_is() {
        let page = "<meta http-equiv=\"Content-Security-Policy\" content=\"a;; b\"></head>";
        assert_eq!(strip(page), page);
    }

    proptest! {
        #[test]
        fn what_was_added_can_be_taken_away(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "<meta ", "http-equiv=\"Content-Security-Policy\"", " content=\"", "\"", "'", ">",
                "default-src 'none'", "; ", "style-src", " 'self'", "</head>", "</HEAD", "ệ", "<p>",
            ]), 0..16),
        ) {
            let page = pieces.concat();
            let served = inject(&page, VERSIONS);
            prop_assert_eq!(strip(&served), page);
        }
    }
}
