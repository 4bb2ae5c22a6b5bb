//! Rewrites what leads somewhere, so that it leads there after a move as well, and changes
//! nothing else.

use super::front;
use super::places::{Goal, Places};
use crate::base::{Edit, RelPath, Span, UrlPath};
use crate::model::{Config, PageId, asset_candidates, decode, stem};
use crate::parse::markdown::{Target, TargetForm, TargetOf, targets};
use std::collections::{BTreeMap, HashMap};

/// A move: where everything lies before and after, and which file and page becomes which.
pub struct Moved<'a> {
    config: &'a Config,
    before: &'a Places,
    after: &'a Places,
    files: &'a BTreeMap<RelPath, RelPath>,
    pages: &'a BTreeMap<PageId, PageId>,
    /// Moved Markdown files without language and extension, as links may name them.
    stems: HashMap<String, String>,
}

/// A target that cannot be rewritten, and where it stands.
pub struct Stuck {
    /// The target.
    pub target: String,
    /// Its first byte, where that is known.
    pub at: Option<u32>,
}

/// How a path is written in a link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `(path)`.
    Bare,
    /// `(path)`, with letters outside ASCII encoded too.
    Encoded,
    /// `(<path>)`.
    Angle,
}

impl<'a> Moved<'a> {
    /// A move of `files`, by which `pages` get another address.
    pub fn new(
        config: &'a Config,
        (before, after): (&'a Places, &'a Places),
        files: &'a BTreeMap<RelPath, RelPath>,
        pages: &'a BTreeMap<PageId, PageId>,
    ) -> Moved<'a> {
        let stem = |file: &RelPath| stem(file.as_str(), &config.languages).to_owned();
        let texts = files.iter().filter(|(file, _)| file.extension() == "md");
        let stems = texts.map(|(from, to)| (stem(from), stem(to))).collect();
        Moved { config, before, after, files, pages, stems }
    }

    /// Where a file will lie.
    pub fn file(&self, file: &RelPath) -> RelPath {
        self.files.get(file).unwrap_or(file).clone()
    }

    /// The edits that keep every link, image and include of `text` leading where it leads.
    /// `text` is that of the file `from`; its body begins at byte `body`.
    pub fn in_text(&self, from: &RelPath, text: &str, body: usize) -> Result<Vec<Edit>, Stuck> {
        let mut edits = Vec::new();
        for target in targets(text, body) {
            let style = match target.form {
                TargetForm::Angle => Style::Angle,
                _ if target.text.contains('%') => Style::Encoded,
                _ => Style::Bare,
            };
            if let Some(new) = self.retarget(from, target.of, &target.text, style)? {
                edits.push(written(text, &target, &new)?);
            }
        }
        Ok(edits)
    }

    /// The edits that keep the attachments of a talk, each with its place in `text`.
    pub fn in_attachments(
        &self,
        from: &RelPath,
        text: &str,
        attachments: &[(String, Span)],
    ) -> Result<Vec<Edit>, Stuck> {
        let mut edits = Vec::new();
        for (target, span) in attachments {
            if let Some(new) = self.retarget(from, TargetOf::Image, target, Style::Bare)? {
                let new = front::attachment(&decode(&new));
                edits.push(within_quotes(text, *span, target, &new)?);
            }
        }
        Ok(edits)
    }

    /// The edits that keep the menu of site.toml, whose text is `text`.
    pub fn in_menu(&self, text: &str) -> Result<Vec<Edit>, Stuck> {
        let site = RelPath::new("site.toml");
        let mut edits = Vec::new();
        for entry in &self.config.menu {
            if let Some(new) = self.retarget(&site, TargetOf::Wiki, &entry.page, Style::Bare)? {
                edits.push(within_quotes(text, entry.span, &entry.page, &new)?);
            }
        }
        Ok(edits)
    }

    /// Whether everything in a file leads where it led. `old` and `new` are its text before and
    /// after, each with the byte where its body begins.
    pub fn holds(&self, from: &RelPath, old: (&str, usize), new: (&str, usize)) -> bool {
        let (old, new) = (targets(old.0, old.1), targets(new.0, new.1));
        old.len() == new.len()
            && old.iter().zip(&new).all(|(old, new)| {
                old.of == new.of && self.leads_on(from, old.of, &old.text, &new.text)
            })
    }

    /// Whether `new` leads after the move where `old` leads before it. What leads nowhere in
    /// some language need not be kept from leading somewhere.
    fn leads_on(&self, from: &RelPath, of: TargetOf, old: &str, new: &str) -> bool {
        let wanted = self.before.leads(from, of, old).into_iter().map(|goal| self.goal(goal));
        let leads = self.after.leads(&self.file(from), of, new);
        wanted.zip(&leads).all(|(want, is)| want == Goal::Elsewhere || want == *is)
    }

    /// What `target`, written in `from`, has to become; `None` where it may stay.
    fn retarget(
        &self,
        from: &RelPath,
        of: TargetOf,
        target: &str,
        style: Style,
    ) -> Result<Option<String>, Stuck> {
        let to = self.file(from);
        let leads_on = self.leads_on(from, of, target, target);
        let candidates = match of {
            TargetOf::Link | TargetOf::Image => {
                if leads_on && !self.is_detour(from, &to, of, target) {
                    return Ok(None);
                }
                self.paths(from, &to, of, target, style)
            }
            _ if leads_on => return Ok(None),
            TargetOf::Wiki => self.addresses(target),
            TargetOf::Include => self.include_paths(from, &to, target),
        };
        let stuck = || Stuck { target: target.to_owned(), at: None };
        let leads_there = |new: &String| self.leads_on(from, of, target, new);
        candidates.into_iter().find(leads_there).map(Some).ok_or_else(stuck)
    }

    fn goal(&self, goal: Goal) -> Goal {
        match goal {
            Goal::Page(id) => Goal::Page(self.pages.get(&id).cloned().unwrap_or(id)),
            Goal::File(file) => Goal::File(self.file(&file)),
            Goal::Elsewhere => Goal::Elsewhere,
        }
    }

    /// Whether a path that is written the shortest way would be a detour after the move:
    /// `../talks/a.md` within `talks/`.
    fn is_detour(&self, from: &RelPath, to: &RelPath, of: TargetOf, target: &str) -> bool {
        let path = decode(split_path(of, target).0);
        let Some(meant) = from.join_beside(&path).filter(|_| from.folder() != to.folder()) else {
            return false;
        };
        let goals = self.before.leads(from, of, target);
        goals.iter().any(|goal| *goal != Goal::Elsewhere)
            && relative(from, &meant) == path
            && relative(to, &self.relocated(&meant)) != path
    }

    fn paths(
        &self,
        from: &RelPath,
        to: &RelPath,
        of: TargetOf,
        target: &str,
        style: Style,
    ) -> Vec<String> {
        let (path, rest) = split_path(of, target);
        let Some(meant) = from.join_beside(&decode(path)) else { return Vec::new() };
        let new = relative(to, &self.relocated(&meant));
        let plain = format!("{}{rest}", encoded(&new, style));
        let dotted = format!("./{plain}");
        match path.starts_with("./") && !new.starts_with("../") {
            true => vec![dotted, plain],
            false => vec![plain, dotted],
        }
    }

    fn include_paths(&self, from: &RelPath, to: &RelPath, target: &str) -> Vec<String> {
        let root = RelPath::new("content/x");
        let same_stem = |a: &RelPath, b: &RelPath| {
            let stem = |file: &'_ RelPath| stem(file.as_str(), &self.config.languages).to_owned();
            stem(a) == stem(b)
        };
        let meant = from.join_beside(target);
        let goals = self.before.leads(from, TargetOf::Include, target);
        let is_beside = meant.as_ref().is_some_and(|meant| {
            goals.iter().any(|g| matches!(g, Goal::File(file) if same_stem(file, meant)))
        });
        let beside = meant.map(|file| relative(to, &self.relocated(&file)));
        let rooted = root.join_beside(target).map(|f| self.relocated(&f));
        // For a path from `content/` that a file beside this one would be taken for.
        let unmistakable = rooted.as_ref().map(|file| relative(to, file));
        let rooted = rooted.map(|file| relative(&root, &file));
        // A path that leaves `content/` is no path from there.
        let rooted = rooted.filter(|path| !path.starts_with("../"));
        match is_beside {
            true => beside.into_iter().chain(rooted).chain(unmistakable).collect(),
            false => rooted.into_iter().chain(unmistakable).chain(beside).collect(),
        }
    }

    /// A wiki link's target with the new address of the page that it leads to.
    fn addresses(&self, target: &str) -> Vec<String> {
        let (name, rest) = match target.find('#') {
            Some(at) => target.split_at(at),
            None => (target, ""),
        };
        let address = name.trim().trim_matches('/');
        let (before, after) = name.split_once(address).unwrap_or(("", ""));
        let old = self.before.page_by_address(&decode(address));
        let Some(id) = old.and_then(|old| self.pages.get(old)).map(PageId::as_str) else {
            return Vec::new();
        };
        let short = id.strip_suffix("/index").unwrap_or(id);
        let names = match address.ends_with("/index") {
            true => [id, short],
            false => [short, id],
        };
        names.into_iter().map(|new| format!("{before}{new}{after}{rest}")).collect()
    }

    /// Where the file will lie that is called `path` now, which may leave out the language.
    fn relocated(&self, path: &RelPath) -> RelPath {
        let languages = &self.config.languages;
        if path.extension() == "md" {
            let old = stem(path.as_str(), languages);
            let Some(new) = self.stems.get(old) else { return path.clone() };
            return RelPath::new(format!("{new}{}", &path.as_str()[old.len()..]));
        }
        let moved = languages
            .iter()
            .flat_map(|lang| asset_candidates(path, lang, languages))
            .find_map(|file| self.files.get(&file));
        // A file beside pages keeps its name.
        moved.map_or_else(
            || path.clone(),
            |to| RelPath::new(format!("{}/{}", to.folder(), path.name())),
        )
    }
}

/// A target's path, and its `#section` where it can have one.
fn split_path(of: TargetOf, target: &str) -> (&str, &str) {
    match target.find('#').filter(|_| of == TargetOf::Link) {
        Some(at) => target.split_at(at),
        None => (target, ""),
    }
}

/// The edit that makes `new` of `target` where it stands in `text`.
fn written(text: &str, target: &Target, new: &str) -> Result<Edit, Stuck> {
    let stuck = || Stuck { target: target.text.clone(), at: target.span.map(|s| s.start) };
    let span = target.span.ok_or_else(stuck)?;
    if target.form == TargetForm::Plain && new.contains(['"', '“', '”', '|', ']', '\n']) {
        return Err(stuck());
    }
    if text[span.range()] != target.text {
        // Written with escapes, which an encoded path does not need.
        return Ok(Edit { span, text: new.to_owned() });
    }
    Ok(shortest(text, span, new))
}

/// The edit that makes `new` of what stands at `span`, leaving what both end with (a section)
/// alone.
fn shortest(text: &str, span: Span, new: &str) -> Edit {
    let old = &text[span.range()];
    let rest = |text: &str| text.find('#').map_or(0, |at| text.len() - at);
    let same =
        if old[old.len() - rest(old)..] == new[new.len() - rest(new)..] { rest(old) } else { 0 };
    let spaces = |text: &str| text.len() - text.trim_start().len();
    let lead = if old[..spaces(old)] == new[..spaces(new)] { spaces(old) } else { 0 };
    let end = span.end as usize - same;
    let span = Span::new(span.start as usize + lead, end);
    Edit { span, text: new[lead..new.len() - same].to_owned() }
}

/// The edit that makes `new` of the value `old`, which stands at `span` of `text`, in quotes or
/// not.
fn within_quotes(text: &str, span: Span, old: &str, new: &str) -> Result<Edit, Stuck> {
    let stuck = || Stuck { target: old.to_owned(), at: Some(span.start) };
    let written = text.get(span.range()).ok_or_else(stuck)?;
    let at = written.find(old).ok_or_else(stuck)?;
    let quotes = |text: &str| text.chars().all(|c| "\"'“”‘’ ".contains(c));
    if !quotes(&written[..at]) || !quotes(&written[at + old.len()..]) {
        return Err(stuck());
    }
    let start = span.start as usize + at;
    Ok(Edit { span: Span::new(start, start + old.len()), text: new.to_owned() })
}

/// The path from the file `from` to the file `to`.
fn relative(from: &RelPath, to: &RelPath) -> String {
    UrlPath::new(from.as_str()).link_to(&UrlPath::new(to.as_str()))
}

/// `path` as a link may hold it: what Markdown or an address reads otherwise is percent-encoded.
fn encoded(path: &str, style: Style) -> String {
    let is_plain = |c: char| match style {
        Style::Angle => !c.is_control() && !"%#<>\\&".contains(c),
        Style::Bare if !c.is_ascii() => !c.is_whitespace(),
        _ => c.is_ascii_alphanumeric() || "-._~/!,;=@+'".contains(c),
    };
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if is_plain(c) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|b| out.push_str(&format!("%{b:02X}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::plan::edited;
    use crate::parse::config::parse_config;

    const SITE: &str = "title = \"x\"\nlanguages = [\"vi\", \"en\"]\n";

    /// `body` of `content/talks/x.vi.md` once `moves` are made among the files of a small site.
    fn moved(body: &str, moves: &[(&str, &str)]) -> String {
        let config = parse_config(SITE).0.unwrap();
        let paths = |list: &[&str]| list.iter().map(RelPath::new).collect::<Vec<_>>();
        let texts = paths(&[
            "content/index.vi.md",
            "content/talks/index.vi.md",
            "content/talks/x.vi.md",
            "content/talks/a.vi.md",
            "content/talks/a.en.md",
            "content/talks/folder/index.vi.md",
            "content/Bài giảng/b (1).vi.md",
            "content/Bài giảng/index.vi.md",
            "content/_shared/contacts.vi.md",
            "content/talks/_part.md",
        ]);
        let assets = paths(&[
            "content/talks/pic.vi.svg",
            "content/talks/pic.en.svg",
            "content/talks/one.svg",
            "content/talks/folder/two.svg",
            "content/Bài giảng/Sơ đồ (2).svg",
        ]);
        let files: BTreeMap<RelPath, RelPath> =
            moves.iter().map(|(a, b)| (RelPath::new(a), RelPath::new(b))).collect();
        let go = |list: &[RelPath]| -> Vec<RelPath> {
            list.iter().map(|f| files.get(f).unwrap_or(f).clone()).collect()
        };
        let before = Places::of(&config, texts.iter(), assets.iter());
        let after = Places::of(&config, go(&texts).iter(), go(&assets).iter());
        let pages = texts.iter().filter_map(|f| {
            let (old, new) = (before.id(f)?, after.id(files.get(f).unwrap_or(f))?);
            (old != new).then(|| (old.clone(), new.clone()))
        });
        let pages = pages.collect();
        let moved = Moved::new(&config, (&before, &after), &files, &pages);
        let from = RelPath::new("content/talks/x.vi.md");
        let edits = moved.in_text(&from, body, 0).unwrap_or_else(|s| panic!("{}", s.target));
        edited(body, &edits)
    }

    const A: &[(&str, &str)] = &[
        ("content/talks/a.vi.md", "content/guidelines/new.vi.md"),
        ("content/talks/a.en.md", "content/guidelines/new.en.md"),
    ];

    #[test]
    fn links_to_a_moved_page_follow_it_in_their_own_form() {
        let cases = [
            ("[x](a.md)", "[x](../guidelines/new.md)"),
            ("[x](a.vi.md#y \"T\")", "[x](../guidelines/new.vi.md#y \"T\")"),
            ("[x](<./a.md>)", "[x](<../guidelines/new.md>)"),
            ("[x](../talks/a.md)", "[x](../guidelines/new.md)"),
            ("[x](%61.md#y)", "[x](../guidelines/new.md#y)"),
            ("[x](a\\.md#y)", "[x](../guidelines/new.md#y)"),
            ("[x][r]\n\n[r]: a.md 'T'", "[x][r]\n\n[r]: ../guidelines/new.md 'T'"),
            (
                "[[talks/a]] [[ /talks/a/ #y | Chữ ]]",
                "[[guidelines/new]] [[ /guidelines/new/ #y | Chữ ]]",
            ),
            ("[[09/CT-TTg]] `[x](a.md)` [y](b.md) [z](#a) [t](https://a.md)", ""),
            ("[x](one.svg) ![y](pic.svg) [z](index.md)", ""),
        ];
        for (body, expected) in cases {
            let expected = if expected.is_empty() { body } else { expected };
            assert_eq!(moved(body, A), expected);
        }
    }

    const X: &[(&str, &str)] = &[("content/talks/x.vi.md", "content/y/z/x.vi.md")];

    #[test]
    fn what_a_moved_page_says_still_leads_where_it_led() {
        let cases = [
            ("[x](a.md) ![y](pic.svg)", "[x](../../talks/a.md) ![y](../../talks/pic.svg)"),
            ("[x](../index.md)", "[x](../../index.md)"),
            ("[x](x.md) [y](#z) [[talks/a]]", "[x](x.md) [y](#z) [[talks/a]]"),
            ("[[talks/x#y]]", "[[y/z/x#y]]"),
            ("[x](folder/index.md)", "[x](../../talks/folder/index.md)"),
            ("[x](<../Bài giảng/b (1).md>)", "[x](<../../Bài giảng/b (1).md>)"),
            (
                "[x](../B%C3%A0i%20gi%E1%BA%A3ng/b%20(1).md)",
                "[x](../../B%C3%A0i%20gi%E1%BA%A3ng/b%20%281%29.md)",
            ),
            (
                "![x](<../Bài giảng/Sơ đồ (2).svg> \"T\")",
                "![x](<../../Bài giảng/Sơ đồ (2).svg> \"T\")",
            ),
            ("{{< include \"_part.md#a\" >}}", "{{< include \"../../talks/_part.md#a\" >}}"),
            ("{{< include \"_shared/contacts.md\" >}}", "{{< include \"_shared/contacts.md\" >}}"),
            (
                "{{< include \"../_shared/contacts.md\" >}}",
                "{{< include \"../../_shared/contacts.md\" >}}",
            ),
            ("[broken](no.md) ![](no.svg)", "[broken](no.md) ![](no.svg)"),
        ];
        for (body, expected) in cases {
            assert_eq!(moved(body, X), expected);
        }
    }

    #[test]
    fn a_picture_that_moves_with_its_page_needs_no_change() {
        let moves = [
            X[0],
            ("content/talks/pic.vi.svg", "content/y/z/pic.vi.svg"),
            ("content/talks/pic.en.svg", "content/y/z/pic.en.svg"),
        ];
        assert_eq!(
            moved("![x](pic.svg) ![y](one.svg)", &moves),
            "![x](pic.svg) ![y](../../talks/one.svg)"
        );
        assert_eq!(moved("![x](pic.svg)", &moves[1..]), "![x](../y/z/pic.svg)");
    }

    #[test]
    fn includes_follow_what_they_include() {
        let moves = [("content/_shared/contacts.vi.md", "content/_common/contacts.vi.md")];
        assert_eq!(
            moved(
                "{{< include \"_shared/contacts.md\" >}}\n{{< include “../_shared/contacts.md#x” >}}",
                &moves
            ),
            "{{< include \"_common/contacts.md\" >}}\n{{< include “../_common/contacts.md#x” >}}"
        );
    }
}
