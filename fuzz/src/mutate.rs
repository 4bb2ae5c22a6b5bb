//! How Markdown is changed: besides bytes, whole lines and generated blocks, so that inputs
//! stay what a person could have written and their files can be read.

use crate::grammar;
use arbitrary::Unstructured;
use libfuzzer_sys::fuzzer_mutate;

/// Changes `data`, of which `size` bytes are the input; gives back the new size.
pub fn markdown(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = Random(u64::from(seed) | 1 << 40);
    if random.below(3) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let text = String::from_utf8_lossy(&data[..size]).into_owned();
    store(&changed(&text, &mut random), data, max_size)
}

/// As [`markdown`], for a page and its translation: either changes, or one is made of the other.
pub fn pair(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    const BETWEEN: &str = "\n%%%\n";
    let mut random = Random(u64::from(seed) | 1 << 40);
    let text = String::from_utf8_lossy(&data[..size]).into_owned();
    let (vi, en) = text.split_once(BETWEEN).unwrap_or((&text, ""));
    let text = match random.below(6) {
        0 => return fuzzer_mutate(data, size, max_size),
        1 => format!("{vi}{BETWEEN}{vi}"),
        2 => format!("{en}{BETWEEN}{vi}"),
        3 | 4 => format!("{}{BETWEEN}{en}", changed(vi, &mut random)),
        _ => format!("{vi}{BETWEEN}{}", changed(en, &mut random)),
    };
    store(&text, data, max_size)
}

fn store(text: &str, data: &mut [u8], max_size: usize) -> usize {
    let mut size = text.len().min(max_size);
    while !text.is_char_boundary(size) {
        size -= 1;
    }
    data[..size].copy_from_slice(&text.as_bytes()[..size]);
    size
}

fn changed(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let from = random.below(lines.len() + 1);
    let to = from + random.below((lines.len() - from + 1).min(8));
    match random.below(9) {
        0 | 1 => lines.insert(from, generated(random, grammar::blocks)),
        2 => {
            if let Some(line) = lines.get_mut(from) {
                let places: Vec<usize> = line.char_indices().map(|(i, _)| i).collect();
                line.insert_str(
                    places[random.below(places.len())],
                    &generated(random, grammar::line),
                );
            }
        }
        3 => drop(lines.drain(from..to)),
        4 => {
            // Many of the same: where something costs more than its length, this shows it.
            let times = 1 << random.below(10);
            let again = lines[from..to].concat().repeat(times);
            lines.insert(to, again);
        }
        5 => {
            let prefix =
                ["> ", "- ", "  ", "    ", "1. ", ": ", "# ", "| ", "- [x] "][random.below(9)];
            lines[from..to].iter_mut().for_each(|line| line.insert_str(0, prefix));
        }
        6 => {
            let moved: Vec<String> = lines.drain(from..to).collect();
            let at = random.below(lines.len() + 1);
            lines.splice(at..at, moved);
        }
        7 => {
            let name =
                ["note", "tabs", "tab[A]", "steps", "quiz", "figure[x]{#mot}"][random.below(6)];
            lines.insert(to, ":::\n".to_owned());
            lines.insert(from, format!(":::{name}\n"));
        }
        _ => {
            let (open, close) =
                [("**", "**"), ("[", "](other/b.md)"), ("<b>", "</b>"), ("$", "$"), ("[^", "]")]
                    [random.below(5)];
            if let Some(line) = lines.get_mut(from) {
                *line = format!("{open}{}{close}\n", line.trim_end());
            }
        }
    }
    lines.concat()
}

fn generated(
    random: &mut Random,
    make: fn(&mut Unstructured<'_>) -> arbitrary::Result<String>,
) -> String {
    let bytes: Vec<u8> = (0..200).map(|_| random.below(256) as u8).collect();
    make(&mut Unstructured::new(&bytes)).unwrap_or_default()
}

/// Xorshift (Marsaglia 2003): the fuzzer gives a seed, and wants the same change for it.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }
}
