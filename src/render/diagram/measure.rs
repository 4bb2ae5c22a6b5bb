//! How wide words are.
//!
//! Readers' fonts differ, and so do those of the machines that build. The table holds, for each
//! character, the widest advance among Roboto, Noto Sans and DejaVu Sans, which is the widest face of
//! the theme's stack: what fits here fits in all of them. Marks above and below letters take no width of
//! their own, so words are taken apart first and the table needs base letters only.

use unicode_normalization::UnicodeNormalization;

/// The size of text in a drawing, in its units.
pub(super) const TEXT: f64 = 16.0;

/// The distance of lines. The tallest Vietnamese letters ("Ẫ", "Ợ") need 1.32 of the size.
pub(super) const LINE: f64 = 24.0;

/// From the top of a line to where its letters stand.
pub(super) const BASELINE: f64 = 17.5;

/// Thousandths of the size, from the space to `~`.
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 551, 838, 318, 361, 318, 413, 637, 637, 637,
    637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 531, 1000, 685, 687, 699, 771, 632,
    576, 775, 752, 339, 552, 656, 558, 907, 760, 788, 631, 788, 695, 635, 611, 732, 685, 989, 686,
    611, 686, 391, 411, 391, 838, 500, 500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580,
    278, 975, 634, 612, 635, 635, 413, 521, 393, 634, 592, 818, 592, 592, 525, 637, 551, 637, 838,
];

/// The horn of `ơ` and `ư` widens some faces.
const HORN: u16 = 128;

/// The heavier letters of titles.
const BOLD: f64 = 1.15;

fn advance(c: char) -> u16 {
    match c {
        ' '..='~' => ASCII[c as usize - ' ' as usize],
        '\u{31b}' => HORN,
        '\u{300}'..='\u{36f}' => 0,
        'đ' => 635,
        'Đ' => 775,
        '\u{a0}' | '·' | '‘' | '’' => 318,
        '“' | '”' => 519,
        '«' | '»' => 612,
        '–' => 657,
        '•' => 590,
        '°' => 500,
        '×' | '→' | '←' | '≥' | '≤' | '≈' => 838,
        // Wider than any letter of the Latin scripts, and as wide as a Chinese one.
        _ => 1000,
    }
}

/// The width of `text` in units of the drawing.
pub(super) fn width(text: &str) -> f64 {
    text.nfd().map(|c| f64::from(advance(c))).sum::<f64>() * TEXT / 1000.0
}

/// The same for a title.
pub(super) fn bold_width(text: &str) -> f64 {
    width(text) * BOLD
}

/// A label in lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub lines: Vec<String>,
    pub width: f64,
    pub height: f64,
}

impl Words {
    /// `text` in as few lines of at most `most` as it takes, and those as even as they can be.
    pub fn within(text: &str, most: f64) -> Words {
        let lines: Vec<String> = text.split('\n').flat_map(|l| balanced(l.trim(), most)).collect();
        Words::of(lines)
    }

    fn of(lines: Vec<String>) -> Words {
        if lines.iter().all(String::is_empty) {
            return Words::default();
        }
        let width = lines.iter().map(|l| width(l)).fold(0.0, f64::max);
        let height = lines.len() as f64 * LINE;
        Words { lines, width, height }
    }

    /// A title in one line.
    pub fn title(text: &str) -> Words {
        let text = text.replace('\n', " ");
        Words { width: bold_width(&text), height: LINE, lines: vec![text] }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// A line broken as `most` demands; then with the smallest width that needs no further line.
fn balanced(line: &str, most: f64) -> Vec<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let widths: Vec<f64> = words.iter().map(|w| width(w)).collect();
    let count = broken(&widths, most).len();
    let (mut low, mut high) = (0.0, most);
    for _ in 0..8 {
        let middle = (low + high) / 2.0;
        match broken(&widths, middle).len() <= count {
            true => high = middle,
            false => low = middle,
        }
    }
    broken(&widths, high).into_iter().map(|(from, to)| words[from..to].join(" ")).collect()
}

/// The ranges of words that fill lines of at most `most`; a longer word has a line for itself.
fn broken(widths: &[f64], most: f64) -> Vec<(usize, usize)> {
    let space = width(" ");
    let mut lines = Vec::new();
    let (mut from, mut filled) = (0, 0.0);
    for (at, wide) in widths.iter().enumerate() {
        if at > from && filled + space + wide > most {
            lines.push((from, at));
            (from, filled) = (at, 0.0);
        }
        filled += wide + if at > from { space } else { 0.0 };
    }
    lines.push((from, widths.len()));
    lines
}
