//! Numbers as printable characters, and check sums: how an index is written into scripts that a
//! browser can load from a disk, and read back.
//!
//! A number is one to five of 92 ASCII characters, all that JSON strings in scripts may hold as
//! they are: no quotation mark, no backslash, no `<`. Small numbers, by far the most frequent,
//! take one. The script in the theme reads the same code.

/// Numbers below this take one character.
const ONE: u32 = 60;
/// Numbers below this take two: 24 first characters.
const TWO: u32 = ONE + 24 * BASE;
/// Numbers below this take three: 7 first characters.
const THREE: u32 = TWO + 7 * BASE * BASE;
const BASE: u32 = 92;

/// The character with this value below 92.
pub(super) fn character(value: u32) -> u8 {
    // From the space on, without `"` (34), `<` (60) and `\` (92).
    let code = 32 + value as u8;
    let code = code + u8::from(code >= 34);
    let code = code + u8::from(code >= 60);
    code + u8::from(code >= 92)
}

/// The value of a character; of any other, something below 92 too.
pub(super) fn value(character: u8) -> u32 {
    let skipped = u8::from(character > 34) + u8::from(character > 60) + u8::from(character > 92);
    u32::from(character.wrapping_sub(32).wrapping_sub(skipped)) % BASE
}

/// Appends `number`; above about seventy million, the largest that can be written.
pub(super) fn push(out: &mut Vec<u8>, number: u32) {
    let digits = |out: &mut Vec<u8>, mut rest: u32, count: usize| {
        let at = out.len();
        out.resize(at + count, 0);
        for place in (at..at + count).rev() {
            out[place] = character(rest % BASE);
            rest /= BASE;
        }
    };
    match number {
        n if n < ONE => out.push(character(n)),
        n if n < TWO => {
            out.push(character(ONE + (n - ONE) / BASE));
            digits(out, (n - ONE) % BASE, 1);
        }
        n if n < THREE => {
            out.push(character(84 + (n - TWO) / (BASE * BASE)));
            digits(out, (n - TWO) % (BASE * BASE), 2);
        }
        n => {
            out.push(character(91));
            digits(out, (n - THREE).min(BASE.pow(4) - 1), 4);
        }
    }
}

/// Reads numbers one after another.
pub(super) struct Numbers<'a> {
    rest: std::slice::Iter<'a, u8>,
}

impl<'a> Numbers<'a> {
    /// Of a text that [`push`] wrote.
    pub fn new(text: &'a str) -> Numbers<'a> {
        Numbers { rest: text.as_bytes().iter() }
    }

    /// Whether any are left.
    pub fn more(&self) -> bool {
        !self.rest.as_slice().is_empty()
    }

    /// The next one; what a truncated text lacks reads as 0.
    pub fn take(&mut self) -> u32 {
        let mut digit = || self.rest.next().map_or(0, |c| value(*c));
        match digit() {
            n if n < ONE => n,
            n if n < 84 => ONE + (n - ONE) * BASE + digit(),
            91 => THREE + (0..4).fold(0, |n, _| n * BASE + digit()),
            n => {
                let high = digit();
                TWO + (n - 84) * BASE * BASE + high * BASE + digit()
            }
        }
    }
}

/// FNV-1a over the UTF-16 units of texts, as scripts see them.
#[derive(Clone, Copy)]
pub(super) struct Hash(u32);

impl Hash {
    /// Of nothing yet.
    pub fn new() -> Hash {
        Hash(0x811c_9dc5)
    }

    /// With `text` after what came before.
    pub fn add(mut self, text: &str) -> Hash {
        if text.is_ascii() {
            text.bytes().for_each(|b| self.step(u32::from(b)));
        } else {
            text.encode_utf16().for_each(|u| self.step(u32::from(u)));
        }
        self
    }

    fn step(&mut self, unit: u32) {
        self.0 = (self.0 ^ unit).wrapping_mul(0x0100_0193);
    }

    /// The hash.
    pub fn value(self) -> u32 {
        self.0
    }

    /// The hash as two characters: enough to notice a file of another build.
    pub fn check(self) -> [u8; 2] {
        let short = self.0 % (BASE * BASE);
        [character(short / BASE), character(short % BASE)]
    }
}

/// The hash of one text.
pub(super) fn hash(text: &str) -> u32 {
    Hash::new().add(text).value()
}

/// A length as one of few steps, each an eighth longer than the one before: exact to 16.
pub(super) fn length_step(length: u32) -> u32 {
    let mut step = 0;
    let mut reached = 0;
    while reached < length {
        reached = next_length(reached);
        step += 1;
    }
    step
}

/// The length that stands at `step`.
pub(super) fn length_at(step: u32) -> u32 {
    (0..step.min(120)).fold(0, |length, _| next_length(length))
}

fn next_length(length: u32) -> u32 {
    length + (length >> 3).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_need_no_escaping() {
        let edges = [0, 1, 59, 60, 61, 2267, 2268, 2269, 61_515, 61_516, 1_000_000, 71_000_000];
        let mut all: Vec<u32> = (0..70_000).collect();
        all.extend(edges);
        let mut text = Vec::new();
        all.iter().for_each(|n| push(&mut text, *n));
        let text = String::from_utf8(text).unwrap();
        assert!(!text.contains(['"', '\\', '<']) && text.bytes().all(|b| (32..127).contains(&b)));
        let mut read = Numbers::new(&text);
        for n in all {
            assert_eq!(read.take(), n);
        }
        assert!(!read.more());
    }

    #[test]
    fn a_truncated_or_foreign_text_reads_as_something() {
        for text in ["~", "}~", "\u{1}", "\"<\\", "é"] {
            let mut numbers = Numbers::new(text);
            while numbers.more() {
                numbers.take();
            }
        }
    }

    #[test]
    fn lengths_keep_their_order() {
        for length in 0..16 {
            assert_eq!(length_at(length_step(length)), length);
        }
        for length in 16..20_000 {
            let read = length_at(length_step(length));
            assert!(read >= length && read - length <= length / 8 + 1, "{length} {read}");
        }
    }
}
