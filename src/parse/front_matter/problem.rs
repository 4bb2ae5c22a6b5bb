//! What the YAML parser says, for people who have never heard of YAML.

/// A sentence in each language.
pub(super) struct Problem {
    pub vi: &'static str,
    pub en: &'static str,
}

/// A line that is no `key: value`.
pub(super) const NOT_A_KEY: Problem = Problem {
    vi: "dòng này không có dạng `khóa: giá trị`",
    en: "this line is not of the form `key: value`",
};

/// A quote that is opened and not closed.
pub(super) const UNCLOSED_QUOTE: Problem = Problem {
    vi: "dấu ngoặc kép này không được đóng",
    en: "this quote is not closed",
};

/// A bracket that is opened and not closed.
pub(super) const UNCLOSED_BRACKET: Problem =
    Problem { vi: "dấu ngoặc này không được đóng", en: "this bracket is not closed" };

const TAB: Problem = Problem {
    vi: "dòng này thụt vào bằng phím Tab; hãy dùng dấu cách",
    en: "this line is indented with a tab; use spaces",
};

const OTHER: Problem =
    Problem { vi: "không đọc được dòng này", en: "this line cannot be read" };

/// The parser's words, and what they mean to a writer.
const KNOWN: [(&str, Problem); 8] = [
    (
        "mapping values are not allowed",
        Problem {
            vi: "giá trị có dấu hai chấm mà không đặt trong ngoặc kép",
            en: "the value contains a colon and is not in quotes",
        },
    ),
    (
        "cannot start any token",
        Problem {
            vi: "giá trị không được bắt đầu bằng ký tự này",
            en: "no value can begin with this character",
        },
    ),
    ("could not find expected ':'", NOT_A_KEY),
    (
        "did not find expected ',' or",
        Problem {
            vi: "danh sách thiếu dấu phẩy hoặc dấu ngoặc đóng",
            en: "the list lacks a comma or its closing bracket",
        },
    ),
    (
        "did not find expected '-' indicator",
        Problem {
            vi: "các mục của danh sách không thẳng hàng",
            en: "the items of this list do not line up",
        },
    ),
    (
        "block sequence entries are not allowed",
        Problem {
            vi: "mục đầu của danh sách phải nằm ở dòng riêng",
            en: "the first item of a list needs a line of its own",
        },
    ),
    (
        "control characters are not allowed",
        Problem {
            vi: "có ký tự điều khiển không nhìn thấy được",
            en: "it contains an invisible control character",
        },
    ),
    (
        "unknown escape character",
        Problem {
            vi: "trong ngoặc kép, dấu `\\` phải viết thành `\\\\`",
            en: "inside double quotes `\\` has to be written `\\\\`",
        },
    ),
];

/// What `message` means where the text goes on with `rest`.
pub(super) fn explain(message: &str, rest: &str) -> &'static Problem {
    if rest.starts_with('\t') {
        return &TAB;
    }
    let known = KNOWN.iter().find(|(words, _)| message.contains(words));
    known.map_or(&OTHER, |(_, problem)| problem)
}
