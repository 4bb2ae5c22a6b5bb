//! What the hundreds of the codes stand for.

use super::{Code, UiLang};

/// Codes about one thing, which share their hundred.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Group {
    /// The hundred: `3` for S301.
    pub hundred: char,
    vi: &'static str,
    en: &'static str,
}

impl Group {
    /// Every group, in order.
    pub const ALL: &'static [Group] = &[
        Group { hundred: '1', vi: "Phần đầu trang", en: "Front matter" },
        Group { hundred: '2', vi: "Cách viết Markdown", en: "Markdown" },
        Group {
            hundred: '3', vi: "Liên kết, hình, tệp chèn", en: "Links, images and includes"
        },
        Group { hundred: '4', vi: "Hai ngôn ngữ và loại trang", en: "Pairs and kinds" },
        Group { hundred: '5', vi: "Tệp và tên tệp", en: "Files and names" },
        Group { hundred: '6', vi: "site.toml và giao diện", en: "site.toml and themes" },
        Group { hundred: '7', vi: "Ghi kết quả", en: "The output" },
    ];

    /// What it is about.
    pub fn title(self, lang: UiLang) -> &'static str {
        match lang {
            UiLang::Vi => self.vi,
            UiLang::En => self.en,
        }
    }

    /// Its codes, in order.
    pub fn codes(self) -> impl Iterator<Item = Code> {
        let is_here = move |code: &Code| code.id().chars().nth(1) == Some(self.hundred);
        Code::ALL.iter().copied().filter(is_here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_in_one_group() {
        let grouped: Vec<Code> = Group::ALL.iter().flat_map(|group| group.codes()).collect();
        assert_eq!(grouped, Code::ALL);
    }
}
