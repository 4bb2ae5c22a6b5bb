//! Changes to a text as it is meant, made in the text as it is written.
//!
//! The pipeline reads a file as meant ([`read_as_meant`]), and every span it knows lies in that
//! reading. Whoever changes the file must leave everything else in it as it is, byte for byte:
//! its byte order mark, its line ends, its decomposed letters.

use super::{Span, read_as_meant};
use std::ops::Range;

/// A piece of a text and what shall stand there. An empty span inserts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// The piece, in the text read as meant.
    pub span: Span,
    /// What shall stand there, with `\n` for a line end.
    pub text: String,
}

/// Makes `edits`, whose spans lie in [`read_as_meant`] of `written`, in `written` itself. The
/// edits are in order and do not overlap. Line ends are written as the file writes its first.
pub fn rewrite(written: &str, edits: &[Edit]) -> String {
    let origin = Origin::of(written);
    let eol = match written.find('\n') {
        Some(at) if written[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let mut out = String::with_capacity(written.len());
    let mut copied = 0;
    for edit in edits {
        let found = origin.find(edit.span.range());
        let start = found.place.start.max(copied);
        out.push_str(&written[copied..start]);
        out.push_str(&found.before);
        out.push_str(&edit.text.replace('\n', eol));
        out.push_str(&found.after);
        copied = found.place.end.max(start);
    }
    out.push_str(&written[copied..]);
    out
}

/// The way from positions in a text read as meant back to the text as written.
struct Origin<'a> {
    written: &'a str,
    /// Where chunks begin: in the text as meant, and as written. A chunk is read by itself.
    chunks: Vec<(usize, usize)>,
    /// Bytes of the text as meant.
    len: usize,
}

/// A range of the text as written, and what of the text as meant it holds too much.
struct Found {
    place: Range<usize>,
    before: String,
    after: String,
}

impl<'a> Origin<'a> {
    fn of(written: &'a str) -> Origin<'a> {
        let mut chunks = Vec::new();
        let mut len = 0;
        if read_as_meant(written).changed {
            let mut start = 0;
            for (at, c) in written.char_indices() {
                // No letter is composed across an ASCII character, unless that is dropped as no
                // character at all, and CRLF is one line end.
                let stays = c.is_ascii() && (!c.is_control() || matches!(c, '\n' | '\r' | '\t'));
                let begins = stays && !(c == '\n' && written[..at].ends_with('\r'));
                if begins && at > start {
                    chunks.push((len, start));
                    len += read_as_meant(&written[start..at]).text.len();
                    start = at;
                }
            }
            chunks.push((len, start));
            len += read_as_meant(&written[start..]).text.len();
        } else {
            chunks.push((0, 0));
            len = written.len();
        }
        Origin { written, chunks, len }
    }

    /// Where `range` of the text as meant is written. Where one of its ends has no place of its
    /// own (inside a letter that was composed), the range grows to the next that has.
    fn find(&self, range: Range<usize>) -> Found {
        let (start, before) = self.place(range.start.min(self.len), Side::Left);
        let (end, after) = match range.is_empty() && before.is_empty() {
            true => (start, String::new()),
            false => self.place(range.end.min(self.len), Side::Right),
        };
        Found { place: start..end, before, after }
    }

    fn place(&self, at: usize, side: Side) -> (usize, String) {
        let next = self.chunks.partition_point(|(meant, _)| *meant <= at);
        let i = next.saturating_sub(1);
        let (meant, written) = self.chunks[i];
        let end = self.chunks.get(i + 1).map_or(self.written.len(), |(_, written)| *written);
        let chunk = &self.written[written..end];
        let reading = read_as_meant(chunk);
        let offset = at - meant;
        if !reading.changed {
            return (written + offset, String::new());
        }
        let text = reading.text;
        let reads = |cut: usize| {
            let (a, b) = (read_as_meant(&chunk[..cut]).text, read_as_meant(&chunk[cut..]).text);
            a.len() == offset && format!("{a}{b}") == *text
        };
        let mut cuts = chunk.char_indices().map(|(i, _)| i).chain([chunk.len()]);
        // What was dropped beside the piece (a soft hyphen) stays.
        let cut = match side {
            Side::Left => cuts.rfind(|c| reads(*c)),
            Side::Right => cuts.find(|c| reads(*c)),
        };
        match (cut, side) {
            (Some(cut), _) => (written + cut, String::new()),
            (None, Side::Left) => (written, text[..offset].to_owned()),
            (None, Side::Right) => (end, text[offset..].to_owned()),
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.to_owned() }
    }

    /// Replaces `from`, which stands once in the text as meant.
    fn replaced(written: &str, from: &str, to: &str) -> String {
        let meant = read_as_meant(written).text.into_owned();
        let at = meant.find(from).unwrap();
        rewrite(written, &[edit(at, at + from.len(), to)])
    }

    #[test]
    fn everything_else_stays_byte_for_byte() {
        let written =
            "\u{feff}# Ti\u{ea}u \u{111}\u{300}\r\n[x](a.md)\u{a0} \u{ad}\r\nBa\u{309}o  \r\n";
        assert_eq!(replaced(written, "a.md", "../b/c.md"), written.replace("a.md", "../b/c.md"));
    }

    #[test]
    fn a_decomposed_target_is_found() {
        let written = "[x](Ba\u{309}o.md) a\u{ad}\n";
        assert_eq!(replaced(written, "Bảo.md", "c.md"), "[x](c.md) a\u{ad}\n");
        assert_eq!(replaced(written, "Bảo", "c"), "[x](c.md) a\u{ad}\n");
    }

    #[test]
    fn inserted_lines_end_as_the_file_does() {
        assert_eq!(rewrite("a\r\nb\r\n", &[edit(2, 2, "x\n")]), "a\r\nx\r\nb\r\n");
        assert_eq!(rewrite("a\nb\r\n", &[edit(2, 2, "x\n")]), "a\nx\nb\r\n");
        assert_eq!(rewrite("\u{feff}a", &[edit(0, 0, "x")]), "\u{feff}xa");
    }

    #[test]
    fn several_edits_are_made_in_order() {
        let written = "Ba\u{309}o a b c\r\n";
        let edits = [edit(6, 7, "1"), edit(8, 9, "22"), edit(10, 11, "")];
        assert_eq!(rewrite(written, &edits), "Ba\u{309}o 1 22 \r\n");
    }

    fn piece() -> impl Strategy<Value = String> {
        let fixed = prop::sample::select(vec![
            "\r\n", "\n", "\r", "\u{feff}", "\u{a0}", "\u{ad}", "a", "e", "(", ")", "đ", "ả",
            "\u{302}", "\u{323}", "\u{309}", "\u{1}", "\u{1100}", "\u{1161}", "ខ", "\u{200b}",
            "\u{2028}",
        ]);
        prop_oneof![4 => fixed.prop_map(str::to_owned), 1 => any::<char>().prop_map(|c| c.to_string())]
    }

    proptest! {
        /// What is changed reads as asked, and nothing else reads otherwise.
        #[test]
        fn the_change_reads_as_meant(
            pieces in prop::collection::vec(piece(), 0..24),
            a in any::<prop::sample::Index>(),
            b in any::<prop::sample::Index>(),
        ) {
            let written = pieces.concat();
            let meant = read_as_meant(&written).text.into_owned();
            let ends: Vec<usize> = meant.char_indices().map(|(i, _)| i).chain([meant.len()]).collect();
            let (a, b) = (*a.get(&ends), *b.get(&ends));
            let (start, end) = (a.min(b), a.max(b));
            // An ASCII word between ASCII brackets, as targets stand: nothing composes with it.
            let new = rewrite(&written, &[edit(start, end, "(x)")]);
            let (before, after) = (&meant[..start], &meant[end..]);
            let expected = read_as_meant(&format!("{before}(x)")).text.into_owned()
                + &read_as_meant(&format!("){after}")).text[1..];
            prop_assert_eq!(read_as_meant(&new).text, expected);
        }
    }
}
