//! Draws a diagnostic with its source line, for a person at a terminal.

use super::{Diagnostic, Severity, Sources, UiLang};
use crate::base::RelPath;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;
use std::ops::Range;

/// `diagnostic` drawn with its excerpt and help, without a final line break. `color` adds ANSI
/// styles; `width` is the terminal's, in columns.
pub fn draw(
    diagnostic: &Diagnostic,
    sources: &dyn Sources,
    lang: UiLang,
    color: bool,
    width: usize,
) -> String {
    let message = diagnostic.message(lang);
    let help = diagnostic.help(lang);
    let level = match (diagnostic.severity(), lang) {
        (Severity::Error, UiLang::Vi) => Level::ERROR.with_name("lỗi"),
        (Severity::Error, UiLang::En) => Level::ERROR,
        (Severity::Warning, UiLang::Vi) => Level::WARNING.with_name("cảnh báo"),
        (Severity::Warning, UiLang::En) => Level::WARNING,
        (Severity::Note, UiLang::Vi) => Level::NOTE.with_name("lưu ý"),
        (Severity::Note, UiLang::En) => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(message).id(diagnostic.code.id()));
    group = match (diagnostic.span, sources.text(&diagnostic.file)) {
        (Some(span), Some(text)) => {
            group.element(Snippet::source(text).path(shown(&diagnostic.file)).annotation(mark(
                AnnotationKind::Primary,
                text,
                span.range(),
            )))
        }
        _ => group.element(Origin::path(shown(&diagnostic.file))),
    };
    if let Some((file, span)) = &diagnostic.related {
        group = match (span, sources.text(file)) {
            (Some(span), Some(text)) => {
                group.element(Snippet::source(text).path(shown(file)).annotation(mark(
                    AnnotationKind::Context,
                    text,
                    span.range(),
                )))
            }
            _ => group.element(Origin::path(shown(file))),
        };
    }
    let help_level = match lang {
        UiLang::Vi => Level::HELP.with_name("gợi ý"),
        UiLang::En => Level::HELP,
    };
    let report = [group.element(help_level.message(help))];
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Unicode).term_width(width).render(&report)
}

/// A file's name with what a terminal would obey written out: a name may hold line breaks, and
/// marks that turn the direction of reading.
fn shown(file: &RelPath) -> Cow<'_, str> {
    let obeyed = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !file.as_str().contains(obeyed) {
        return Cow::Borrowed(file.as_str());
    }
    let write = |c: char| match obeyed(c) {
        true => c.escape_unicode().to_string(),
        false => c.to_string(),
    };
    Cow::Owned(file.as_str().chars().map(write).collect())
}

/// A span cut to its first line and to character boundaries: an excerpt shows where a
/// mistake begins, not ten lines of an unclosed block.
fn mark(kind: AnnotationKind, text: &str, range: Range<usize>) -> Annotation<'static> {
    let mut start = range.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let mut end = range.end.clamp(start, line_end);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    kind.span(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::diag::Code;

    struct One(&'static str);
    impl Sources for One {
        fn text(&self, _: &RelPath) -> Option<&str> {
            Some(self.0)
        }
    }

    #[test]
    fn shows_the_line_and_the_help_in_both_languages() {
        let source = One("---\ntitel: Mật khẩu\n---\n");
        let d = Diagnostic::new(Code::UnknownKey, &RelPath::new("content/a.vi.md"))
            .at(Span::new(4, 9))
            .with("key", "titel")
            .suggest("titel", ["title", "tags"]);
        let en = draw(&d, &source, UiLang::En, false, 100);
        assert!(en.contains("content/a.vi.md:2:1"), "{en}");
        assert!(en.contains("titel: Mật khẩu") && en.contains("did you mean `title`?"), "{en}");
        let vi = draw(&d, &source, UiLang::Vi, false, 100);
        assert!(vi.starts_with("lỗi") && vi.contains("có phải ý bạn là `title`?"), "{vi}");
    }

    #[test]
    fn spans_past_the_end_and_inside_letters_do_not_panic() {
        let source = One("ệ\n");
        for span in [Span::new(1, 2), Span::new(0, 900), Span::new(900, 901)] {
            let d =
                Diagnostic::new(Code::UnknownKey, &RelPath::new("a.md")).at(span).with("key", "x");
            assert!(draw(&d, &source, UiLang::En, true, 80).contains("a.md"));
        }
    }

    #[test]
    fn a_name_cannot_forge_a_line_or_turn_it_around() {
        let file = RelPath::new("static/a\u{202e}dm.\n\u{1b}[2J");
        let shown = draw(&Diagnostic::new(Code::EmptyPage, &file), &One(""), UiLang::En, false, 80);
        assert!(shown.contains(r"static/a\u{202e}dm.\u{a}\u{1b}[2J"), "{shown}");
    }
}
