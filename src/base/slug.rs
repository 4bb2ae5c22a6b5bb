//! Vietnamese folding and slugs: how names and headings become ASCII addresses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` folded for comparison: decomposed, without marks, `đ` as `d`, lower case.
///
/// `đ` and `Đ` have no Unicode decomposition, so they are mapped by hand.
///
/// ```
/// assert_eq!(sotay::base::fold("Đường dương"), "duong duong");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(|c| match c {
            'đ' | 'Đ' => 'd'.to_lowercase(),
            c => c.to_lowercase(),
        })
        .collect()
}

/// A stable ASCII slug: folded letters and digits, everything else one hyphen between them.
///
/// Letters outside Latin that have no folding (Khmer, Han) are dropped; the result may
/// be empty, and the caller decides what stands instead.
///
/// ```
/// assert_eq!(sotay::base::slug("Điều 5. Bảo vệ dữ liệu!"), "dieu-5-bao-ve-du-lieu");
/// ```
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_ascii_alphanumeric() {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            out.push(c.to_ascii_lowercase());
        } else {
            gap = true;
        }
    };
    if text.is_ascii() {
        text.chars().for_each(&mut push);
    } else {
        // Compatibility decomposition, so that ligatures and full-width forms become letters.
        for c in text.nfkd() {
            match c {
                'đ' | 'Đ' => push('d'),
                'ß' => "ss".chars().for_each(&mut push),
                'æ' | 'Æ' => "ae".chars().for_each(&mut push),
                'ø' | 'Ø' => push('o'),
                'œ' | 'Œ' => "oe".chars().for_each(&mut push),
                'ł' | 'Ł' => push('l'),
                '\'' | '’' | 'ʼ' => {}
                c if is_combining_mark(c) => {}
                c => push(c),
            }
        }
    }
    out
}

/// The letter of the `index`-th point (from 0) of a clause, as Vietnamese law letters them
/// (a, b, c, d, đ, e, g, h, ...), written in ASCII: `đ` is `dd`.
pub fn legal_letter(index: usize) -> Option<&'static str> {
    const LETTERS: [&str; 22] = [
        "a", "b", "c", "d", "dd", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s",
        "t", "u", "v", "x",
    ];
    LETTERS.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d_with_stroke_has_no_decomposition_and_is_mapped() {
        assert_eq!(fold("ĐẶNG THỊ OANH"), "dang thi oanh");
        assert_eq!(slug("Đặng Thị Oanh"), "dang-thi-oanh");
    }

    #[test]
    fn decomposed_and_composed_names_give_one_slug() {
        let composed = "Bảo mật";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert_eq!(slug(composed), slug(&decomposed));
    }

    #[test]
    fn slugs_are_trimmed_and_single_hyphened() {
        assert_eq!(slug("  A -- B!  "), "a-b");
        assert_eq!(slug("33/CĐ-TTg"), "33-cd-ttg");
        assert_eq!(slug("Don't"), "don-t");
        assert_eq!(slug("សុវត្ថិភាព"), "");
    }
}
