//! The part of a file that a film player asks for: RFC 9110, section 14.

use std::ops::Range;

/// What a `Range` field comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asked {
    /// The whole file: no range, or one that a server may leave alone.
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Nothing that the file has.
    Nothing,
}

/// What `field`, the value of a `Range` field, asks of a file of `size` bytes. Several ranges
/// at once are answered with the whole file, as the RFC allows.
pub fn asked(field: Option<&str>, size: u64) -> Asked {
    let spec = field.and_then(|field| field.trim().strip_prefix("bytes="));
    let Some((first, last)) = spec.and_then(|spec| spec.split_once('-')) else {
        return Asked::Whole;
    };
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => part(first, last.saturating_add(1), size),
        (Some(first), None) if last.is_empty() => part(first, size, size),
        // The last so many bytes.
        (None, Some(count)) if first.is_empty() => {
            part(size.saturating_sub(count), if count == 0 { 0 } else { size }, size)
        }
        _ => Asked::Whole,
    }
}

fn part(start: u64, end: u64, size: u64) -> Asked {
    let end = end.min(size);
    if start < end { Asked::Part(start..end) } else { Asked::Nothing }
}

/// Digits only; a number too large for any file is as good as the largest.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_follow_the_rfc() {
        let cases = [
            ("bytes=0-0", Asked::Part(0..1)),
            ("bytes=2-5", Asked::Part(2..6)),
            ("bytes=2-", Asked::Part(2..10)),
            ("bytes=9-99999999999999999999999", Asked::Part(9..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-30", Asked::Part(0..10)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=10-12", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=5-2", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=+1-2", Asked::Whole),
            ("bytes=1 - 2", Asked::Whole),
            ("bytes=0-1,4-5", Asked::Whole),
            ("pages=1-2", Asked::Whole),
            ("", Asked::Whole),
        ];
        for (field, expected) in cases {
            assert_eq!(asked(Some(field), 10), expected, "{field}");
        }
        assert_eq!(asked(None, 10), Asked::Whole);
        assert_eq!(asked(Some("bytes=0-"), 0), Asked::Nothing);
    }
}
