//! `translations.lock`: a line for each section that somebody reviewed.

use crate::base::{Lang, RelPath, Span};
use crate::diag::{Code, Diagnostic};
use crate::model::{HeadingWords, Lock, LockLine, PageId, WordsHash};
use std::ops::ControlFlow;

/// Marks that git leaves where two people changed the same lines.
const CONFLICT_MARKS: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];

/// Reads the lock of a site with these `languages`. Lines that cannot be read are reported, and
/// the others hold.
pub fn parse_lock(text: &str, languages: &[Lang]) -> (Lock, Vec<Diagnostic>) {
    let mut reader = Reader { languages, lock: Lock::default(), diagnostics: Vec::new() };
    let mut at = 0;
    for (number, line) in text.split('\n').enumerate() {
        let span = Span::new(at, at + line.len());
        at += line.len() + 1;
        let read = match number {
            0 => reader.header(line, span),
            _ => reader.line(line, span),
        };
        if read.is_break() {
            break;
        }
    }
    (reader.lock, reader.diagnostics)
}

struct Reader<'a> {
    languages: &'a [Lang],
    lock: Lock,
    diagnostics: Vec<Diagnostic>,
}

fn problem(span: Span, problem_vi: &str, problem_en: &str) -> Diagnostic {
    Diagnostic::new(Code::BadLockLine, &RelPath::new(Lock::FILE))
        .at(span)
        .with("problem_vi", problem_vi)
        .with("problem_en", problem_en)
}

impl Reader<'_> {
    fn report(&mut self, span: Span, problem_vi: &str, problem_en: &str) {
        self.diagnostics.push(problem(span, problem_vi, problem_en));
    }

    /// A mark of a conflict says it all: what follows is two files in one.
    fn conflict(&mut self, line: &str, span: Span) -> ControlFlow<()> {
        if !CONFLICT_MARKS.iter().any(|mark| line.starts_with(mark)) {
            return ControlFlow::Continue(());
        }
        let file = RelPath::new(Lock::FILE);
        self.diagnostics.push(Diagnostic::new(Code::LockConflict, &file).at(span));
        ControlFlow::Break(())
    }

    fn header(&mut self, line: &str, span: Span) -> ControlFlow<()> {
        self.conflict(line, span)?;
        if line.trim_end() == Lock::HEADER {
            return ControlFlow::Continue(());
        }
        match line.strip_prefix("# sotay lock ") {
            Some(version) => self.report(
                span,
                &format!("tệp thuộc phiên bản `{version}`, sotay này chỉ đọc được phiên bản 1"),
                &format!("the file is of version `{version}`, and this sotay reads version 1 only"),
            ),
            // The other lines may be as good as ever.
            None => self.diagnostics.push(
                problem(
                    span,
                    &format!("dòng đầu phải là `{}`", Lock::HEADER),
                    &format!("the first line must be `{}`", Lock::HEADER),
                )
                .advise(
                    format!(
                        "thêm lại dòng `{}` vào đầu tệp, hoặc lấy lại tệp từ git",
                        Lock::HEADER
                    ),
                    format!(
                        "put `{}` back as the first line, or take the file from git",
                        Lock::HEADER
                    ),
                ),
            ),
        }
        ControlFlow::Break(())
    }

    fn line(&mut self, line: &str, span: Span) -> ControlFlow<()> {
        self.conflict(line, span)?;
        if line.trim().is_empty() {
            return ControlFlow::Continue(());
        }
        let mut columns = line.split('\t');
        let (Some(lang), Some(place), Some(hash), heading, None) =
            (columns.next(), columns.next(), columns.next(), columns.next(), columns.next())
        else {
            self.report(
                span,
                "cần các cột cách nhau bằng dấu tab: ngôn ngữ, trang#mục, mã băm",
                "columns parted by tabs are wanted: language, page#section, hash",
            );
            return ControlFlow::Continue(());
        };
        let Some(lang) = self.languages.iter().find(|known| known.as_str() == lang) else {
            let vi = format!("site.toml không có ngôn ngữ `{lang}`");
            self.report(span, &vi, &format!("site.toml has no language `{lang}`"));
            return ControlFlow::Continue(());
        };
        let Some((page, section)) = place.split_once('#').filter(|(page, _)| !page.is_empty())
        else {
            let vi = format!("`{place}` phải có dạng trang#mục, như `talks/phishing#dau-hieu`");
            let en = format!("`{place}` must read page#section, like `talks/phishing#signs`");
            self.report(span, &vi, &en);
            return ControlFlow::Continue(());
        };
        let Some(hash) = WordsHash::parse(hash.trim_end()) else {
            self.report(
                span,
                "mã băm phải gồm đúng 32 chữ số thập lục phân viết thường",
                "the hash must be exactly 32 hexadecimal digits in lower case",
            );
            return ControlFlow::Continue(());
        };
        let heading = heading.map(|text| HeadingWords::parse(text.trim_end()));
        if heading == Some(None) {
            self.report(
                span,
                "mã băm của tiêu đề phải gồm đúng 8 chữ số thập lục phân viết thường",
                "the hash of the heading must be exactly 8 hexadecimal digits in lower case",
            );
            return ControlFlow::Continue(());
        }
        let key = (lang.clone(), PageId::new(page));
        let sections = self.lock.pages.entry(key).or_default();
        if sections.contains_key(section) {
            let vi = format!("`{place}` đã có ở một dòng phía trên");
            self.report(span, &vi, &format!("`{place}` has a line above already"));
            return ControlFlow::Continue(());
        }
        sections.insert(section.to_owned(), LockLine { hash, heading: heading.flatten(), span });
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "0123456789abcdef0123456789abcdef";

    fn read(text: &str) -> (Lock, Vec<(Code, usize)>) {
        let languages = ["vi", "en"].map(|l| Lang::new(l).unwrap());
        let (lock, found) = parse_lock(text, &languages);
        let line = |d: &Diagnostic| {
            text[..d.span.map_or(0, |s| s.range().start)].matches('\n').count() + 1
        };
        (lock, found.iter().map(|d| (d.code, line(d))).collect())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text =
            format!("{}\nen\ta#\t{HASH}\nen\tb-c#x\t{HASH}\nen\tb/c#\t{HASH}\n", Lock::HEADER);
        let (lock, found) = read(&text);
        assert_eq!(found, []);
        assert_eq!(lock.text(), text);
        let empty = format!("{}\n", Lock::HEADER);
        assert_eq!(Lock::default().text(), empty);
        assert_eq!(read(&empty), (Lock::default(), Vec::new()));
    }

    #[test]
    fn bad_lines_are_reported_where_they_stand_and_the_others_hold() {
        let lines = [
            format!("en\ta#\t{HASH}"),
            format!("en a# {HASH}"),
            format!("fr\ta#\t{HASH}"),
            format!("en\ta\t{HASH}"),
            format!("en\t#x\t{HASH}"),
            format!("en\ta#x\t{}", &HASH[1..]),
            format!("en\ta#x\t{}", HASH.to_uppercase()),
            format!("en\ta#\t{HASH}"),
            format!("en\ta#x\t{HASH}\t123"),
            format!("en\tz#\t{HASH}"),
            format!("en\tz#x\t{HASH}\t0123abcd"),
        ];
        let (lock, found) = read(&format!("{}\n{}\n", Lock::HEADER, lines.join("\n")));
        let expected: Vec<(Code, usize)> = (3..=10).map(|line| (Code::BadLockLine, line)).collect();
        assert_eq!(found, expected);
        assert_eq!(lock.pages.len(), 2);
    }

    #[test]
    fn a_conflict_or_another_version_ends_the_reading() {
        let text = format!("{}\n<<<<<<< HEAD\nen\ta#\t{HASH}\n=======\n", Lock::HEADER);
        assert_eq!(read(&text), (Lock::default(), vec![(Code::LockConflict, 2)]));
        assert_eq!(
            read("# sotay lock 2\nrubbish"),
            (Lock::default(), vec![(Code::BadLockLine, 1)])
        );
        assert_eq!(read("").1, [(Code::BadLockLine, 1)]);
    }
}
