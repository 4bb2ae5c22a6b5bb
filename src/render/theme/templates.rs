//! The templates, compiled; and their errors as diagnostics at the template's own line.

use super::complaints;
use super::files::{ThemeFile, ThemeFiles};
use crate::base::{RelPath, Span};
use crate::diag::{Code, Diagnostic};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use tera::{Context, ErrorKind, Tera, Value};

/// Compiled templates, by name below `templates/`. Icons are templates too, so that one can
/// be included: `{% include "icons/file.svg" %}`.
pub(super) struct Templates {
    tera: Tera,
    sources: Sources,
}

impl Templates {
    /// Compiles every template of the theme; `None`, with the reasons, when one is wrong.
    pub fn compile(files: &ThemeFiles, problems: &mut Vec<Diagnostic>) -> Option<Templates> {
        let named = || {
            let icons = files.below("icons/").map(|(n, f)| (format!("icons/{n}"), f));
            files.below("templates/").map(|(n, f)| (n.to_owned(), f)).chain(icons)
        };
        let sources = Sources::new(named());
        let mut tera = Tera::default();
        let texts = named().map(|(name, file)| (name, file.text().unwrap_or_default()));
        match tera.add_raw_templates(texts) {
            Ok(()) => Some(Templates { tera, sources }),
            Err(first) => {
                let mut found = syntax_errors(named(), &sources);
                // Only when every template can be read does Tera see what they ask of each other.
                if found.is_empty() {
                    found = sources.diagnostics(&first);
                }
                problems.append(&mut found);
                None
            }
        }
    }

    /// A page from the template `name`: the fields of `context`, and the values every page shares.
    pub fn render<T: Serialize>(
        &self,
        name: &str,
        context: &T,
        shared: [(&'static str, Value); 2],
    ) -> Result<String, Diagnostic> {
        let made = Context::from_serialize(context).and_then(|mut context| {
            for (key, value) in shared {
                context.insert_value(key, value);
            }
            self.tera.render(name, &context)
        });
        made.map_err(|error| {
            let fallback = self.sources.about(name, &error.to_string());
            self.sources.diagnostics(&error).into_iter().next().unwrap_or(fallback)
        })
    }
}

/// Tera stops at the first template it cannot read; people want to hear of all of them.
fn syntax_errors<'a>(
    named: impl Iterator<Item = (String, &'a ThemeFile)>,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, file) in named {
        let result = Tera::default().add_raw_template(&name, file.text().unwrap_or_default());
        if let Err(error) = result
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            found.extend(sources.diagnostics(&error));
        }
    }
    found
}

/// Where each template comes from, to say so in a diagnostic.
struct Sources(BTreeMap<String, Source>);

struct Source {
    path: RelPath,
    /// Where in the file the text that Tera knows begins (after a byte order mark).
    start: u32,
    /// First byte of each line.
    lines: Vec<usize>,
}

impl Sources {
    fn new<'a>(named: impl Iterator<Item = (String, &'a ThemeFile)>) -> Sources {
        let source = |file: &ThemeFile| Source {
            path: file.path.clone(),
            start: file.span(0..0).start,
            lines: line_starts(file.text().unwrap_or_default()),
        };
        Sources(named.map(|(name, file)| (name, source(file))).collect())
    }

    fn diagnostics(&self, error: &tera::Error) -> Vec<Diagnostic> {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                vec![self.at(report.filename(), report.span().range.clone(), report.message())]
            }
            ErrorKind::MissingParent { current: name, .. }
            | ErrorKind::CircularExtend { tpl: name, .. }
            | ErrorKind::CircularInclude { tpl: name, .. }
            | ErrorKind::TemplateNotFound(name) => vec![self.about(name, &error.to_string())],
            ErrorKind::Msg(text) => self.read_reports(text),
            _ => vec![self.about("base.html", &error.to_string())],
        }
    }

    /// Tera joins what it finds across templates into one text, a paragraph for each:
    /// `error: MESSAGE`, then `--> TEMPLATE:LINE:COLUMN`.
    fn read_reports(&self, text: &str) -> Vec<Diagnostic> {
        let reports = text.split("\n\n").filter_map(|report| {
            let (first, rest) = report.split_once('\n')?;
            let place = rest.trim_start().strip_prefix("--> ")?.lines().next()?;
            let mut parts = place.rsplitn(3, ':');
            let column: usize = parts.next()?.parse().ok()?;
            let line: usize = parts.next()?.parse().ok()?;
            let name = parts.next()?;
            let start = self.0.get(name)?.lines.get(line - 1)? + column - 1;
            let message = first.strip_prefix("error: ").unwrap_or(first);
            Some(self.at(name, start..start, message))
        });
        let found: Vec<_> = reports.collect();
        if found.is_empty() { vec![self.about("base.html", text)] } else { found }
    }

    fn at(&self, name: &str, range: Range<usize>, message: &str) -> Diagnostic {
        let start = self.0.get(name).map_or(0, |source| source.start as usize);
        self.about(name, message).at(Span::new(range.start + start, range.end + start))
    }

    fn about(&self, name: &str, said: &str) -> Diagnostic {
        let unknown = || RelPath::new(format!("themes/handbook/templates/{name}"));
        let path = self.0.get(name).map_or_else(unknown, |source| source.path.clone());
        complaints::explain(Diagnostic::new(Code::BadTemplate, &path), said)
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect()
}

/// A string that a template asks for.
pub(super) struct StringUse {
    pub key: String,
    path: RelPath,
    span: Span,
}

impl StringUse {
    /// S607: nobody wrote this string.
    pub fn missing(&self) -> Diagnostic {
        Diagnostic::new(Code::BadTemplate, &self.path)
            .at(self.span)
            .with("problem_vi", format!("không có tệp chuỗi nào chứa `{}`", self.key))
            .with("problem_en", format!("no strings file has `{}`", self.key))
    }
}

/// Every `t.KEY` in the tags of the theme's templates.
pub(super) fn strings_used(files: &ThemeFiles) -> Vec<StringUse> {
    let mut used = Vec::new();
    for (_, file) in files.below("templates/") {
        let text = file.text().unwrap_or_default();
        for tag in tags(text) {
            for (at, key) in keys_of_t(&text[tag.clone()]) {
                let start = tag.start + at;
                let span = file.span(start..start + key.len());
                used.push(StringUse { key: key.to_owned(), path: file.path.clone(), span });
            }
        }
    }
    used
}

/// The insides of `{{ }}` and `{% %}`.
fn tags(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|i| at + i) {
        let close = match text.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        // After the opening: `{%}` does not close itself.
        let inside = open + 2;
        let end = text[inside..].find(close).map_or(text.len(), |i| inside + i);
        if close != "#}" {
            found.push(inside..end);
        }
        at = end;
    }
    found
}

fn keys_of_t(tag: &str) -> impl Iterator<Item = (usize, &str)> {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    tag.match_indices("t.").filter_map(move |(at, _)| {
        if tag[..at].ends_with(part_of_name) {
            return None;
        }
        let rest = &tag[at + 2..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        Some((at + 2, &rest[..end]))
    })
}
