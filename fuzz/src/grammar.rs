//! Markdown as handbooks write it, for the mutator to put into an input: bytes at random would
//! seldom close what they open.

use arbitrary::{Arbitrary, Result, Unstructured};

/// How deep generated blocks stand in one another.
const DEEPEST: usize = 5;

const WORDS: &[&str] = &[
    "một",
    "Điều 5. Bảo vệ",
    "Article 5",
    "Điều 12a",
    "step 1",
    "fn 1",
    "fnref 1",
    "main",
    "a b",
    "09/CT-TTg",
    "33/CĐ-TTg",
    "https://a.vn/b_(c)",
    "www.a.vn",
    "a@b.vn",
    "mailto:a@b.vn",
    "&amp;",
    "&#0;",
    "&#1;",
    "&nbsp;",
    "\\*",
    "\\[",
    "ខ្មែរ",
    "Ấ",
    "e\u{301}",
    "\u{200d}",
    "\u{202e}",
    "“x”",
    "!!!",
];

const TARGETS: &[&str] = &[
    "other/b.md",
    "other/b.vi.md#mot",
    "#mot",
    "#dieu-5",
    "p.svg",
    "film.mp4",
    "t.pdf",
    "_part.md",
    "https://a.vn",
    "mailto:a@b.vn",
    "javascript:alert(1)",
    "//a.vn",
    "/etc",
    "../../x",
    "",
    "a b.pdf",
    "index.md",
    "directives/d.md#dieu-5-khoan-1",
    "%2e%2e/x",
    "data:text/html,x",
];

const CONTAINERS: &[&str] = &[
    "note",
    "tip",
    "important",
    "warning",
    "danger",
    "tabs",
    "tab",
    "steps",
    "details",
    "figure",
    "quiz",
    "notes",
    "slide",
    "article-only",
    "slide-only",
    "trainer-only",
    "nope",
];

const ATTRIBUTES: &[&str] = &[
    "{#mot}",
    "{#dieu-5}",
    "{#fn-1}",
    "{.checklist}",
    "{.a .b}",
    "{title=\"x\"}",
    "{hl=\"1,2-3\"}",
    "{hl=1-4294967295}",
    "{#}",
    "{=}",
    "{onclick=x}",
    "{#step-1 .x}",
    "{#section-2}",
];

const TAGS: &[&str] = &[
    "<b>",
    "</b>",
    "<a href=\"x\">",
    "</a>",
    "<div id=\"mot\">",
    "</div>",
    "<details><summary>x</summary>",
    "</details>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<img src=p.svg onerror=x>",
    "<table><tr><td>",
    "</table>",
    "<p>",
    "</p>",
    "<svg>",
    "<math>",
    "<style>",
    "<textarea>",
    "<pre>",
    "<br>",
    "<wbr>",
    "<h2>",
    "<li>",
    "<ul>",
    "<plaintext>",
    "<title>",
    "<template>",
    "<select>",
    "<input>",
    "<video src=film.mp4>",
    "<a id=\"fn-1\">",
    "<span title=\"",
    "\">",
    "<!--:::0-->",
    "<?x",
    "?>",
    "<![CDATA[",
    "]]>",
];

const CODE: &[&str] = &["rust", "bash", "console", "html", "nope", "", "mermaid", "md"];

const TEX: &[&str] = &[
    "a^2",
    "\\frac{a}{b}",
    "\\begin{matrix}a&b\\\\c\\end{matrix}",
    "\\left(",
    "\\hat\\hat x",
    "{",
    "}",
    "\\color{red}x",
    "\\text{một}",
    "\\sqrt[3]{x}",
    "\\def\\a{b}",
    "^",
    "_",
    "&",
    "\\\\",
    "<",
    "%",
];

/// A run of text and what can stand in it.
#[derive(Arbitrary, Debug)]
enum Inline {
    Word(Word),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Strike(Vec<Inline>),
    Code(Word),
    Link(Vec<Inline>, Target, bool),
    Image(Vec<Inline>, Target, bool),
    Wiki(Target),
    WikiNamed(Target, Vec<Inline>),
    Footnote(u8),
    Math(Tex),
    DisplayMath(Tex),
    Tag(Tag),
    Around(Tag, Vec<Inline>, Tag),
    Break,
    HardBreak,
    Many(u8, Box<Inline>),
}

#[derive(Arbitrary, Debug)]
enum Block {
    Paragraph(Vec<Inline>),
    Heading(u8, Vec<Inline>, Option<Attribute>),
    Quote(Vec<Block>),
    Alert(u8, Vec<Block>),
    Bullets(Vec<Vec<Block>>, Option<Attribute>),
    Numbers(u32, Vec<Vec<Block>>),
    Tasks(Vec<(bool, Vec<Inline>)>),
    Definitions(Vec<(Vec<Inline>, Vec<Block>)>),
    Table(u8, Vec<Vec<Vec<Inline>>>),
    Code(Language, Option<Attribute>, Vec<Block>),
    Indented(Vec<Inline>),
    Container(Name, Option<Vec<Inline>>, Option<Attribute>, Vec<Block>),
    Quiz(Vec<(bool, Vec<Inline>)>, Vec<Inline>),
    Tabs(Vec<Vec<Block>>),
    Include(Target),
    Footnote(u8, Vec<Block>),
    Definition(Target),
    Math(Tex),
    Html(Vec<Tag>, Vec<Block>),
    Rule,
    Open(Name),
    Close(u8),
}

/// Something out of a list.
macro_rules! choices {
    ($($name:ident $list:ident)*) => {$(
        #[derive(Debug)]
        struct $name(&'static str);

        impl<'a> Arbitrary<'a> for $name {
            fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
                Ok($name(u.choose($list)?))
            }
        }
    )*};
}

choices! {
    Word WORDS
    Target TARGETS
    Name CONTAINERS
    Attribute ATTRIBUTES
    Tag TAGS
    Language CODE
    Tex TEX
}

/// A few blocks of Markdown.
pub fn blocks(u: &mut Unstructured<'_>) -> Result<String> {
    let count = u.int_in_range(1..=3)?;
    let mut out = String::new();
    for _ in 0..count {
        out.push_str(&block(&u.arbitrary()?, 0));
    }
    Ok(out)
}

/// A line of Markdown.
pub fn line(u: &mut Unstructured<'_>) -> Result<String> {
    let inlines: Vec<Inline> = u.arbitrary()?;
    Ok(inlines.iter().map(|i| inline(i, 0)).collect())
}

fn many<T>(items: &[T], depth: usize, write: fn(&T, usize) -> String) -> String {
    match depth > DEEPEST {
        true => String::new(),
        false => items.iter().take(6).map(|item| write(item, depth + 1)).collect(),
    }
}

fn inline(this: &Inline, depth: usize) -> String {
    let text = |inlines: &[Inline]| many(inlines, depth, inline);
    match this {
        Inline::Word(Word(word)) => format!("{word} "),
        Inline::Emphasis(c) => format!("*{}*", text(c).trim()),
        Inline::Strong(c) => format!("**{}**", text(c).trim()),
        Inline::Strike(c) => format!("~~{}~~", text(c).trim()),
        Inline::Code(Word(word)) => format!("`{word}`"),
        Inline::Link(c, Target(t), title) => format!("[{}](<{t}>{})", text(c), words(*title)),
        Inline::Image(c, Target(t), title) => format!("![{}](<{t}>{})", text(c), words(*title)),
        Inline::Wiki(Target(t)) => format!("[[{t}]]"),
        Inline::WikiNamed(Target(t), c) => format!("[[{t}|{}]]", text(c)),
        Inline::Footnote(n) => format!("[^{}]", n % 4),
        Inline::Math(Tex(tex)) => format!("${tex}$"),
        Inline::DisplayMath(Tex(tex)) => format!("$${tex}$$"),
        Inline::Tag(Tag(tag)) => (*tag).to_owned(),
        Inline::Around(Tag(a), c, Tag(b)) => format!("{a}{}{b}", text(c)),
        Inline::Break => "\n".to_owned(),
        Inline::HardBreak => "\\\n".to_owned(),
        Inline::Many(n, one) => match depth > DEEPEST {
            true => String::new(),
            false => inline(one, depth + 1).repeat(usize::from(*n)),
        },
    }
}

fn words(title: bool) -> &'static str {
    if title { " \"Tiêu đề <b>\"" } else { "" }
}

fn line_of(inlines: &[Inline]) -> String {
    many(inlines, 0, inline).replace('\n', " ")
}

fn attributes(given: &Option<Attribute>) -> &str {
    given.as_ref().map_or("", |Attribute(a)| a)
}

fn block(this: &Block, depth: usize) -> String {
    let inside = |blocks: &[Block]| many(blocks, depth, block);
    let text = match this {
        Block::Paragraph(c) => many(c, 0, inline) + "\n",
        Block::Heading(level, c, a) => {
            format!("{} {} {}\n", "#".repeat(usize::from(level % 7 + 1)), line_of(c), attributes(a))
        }
        Block::Quote(b) => indented(&inside(b), "> ", "> "),
        Block::Alert(n, b) => {
            let name = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "X"][usize::from(n % 6)];
            format!("> [!{name}]\n{}", indented(&inside(b), "> ", "> "))
        }
        Block::Bullets(items, a) => {
            let list: String =
                items.iter().take(5).map(|b| indented(&inside(b), "- ", "  ")).collect();
            format!("{list}\n{}\n", attributes(a))
        }
        Block::Numbers(start, items) => {
            let first = format!("{}. ", start % 1_000_000_000);
            let next = " ".repeat(first.len());
            items.iter().take(5).map(|b| indented(&inside(b), &first, &next)).collect()
        }
        Block::Tasks(items) => tasks(items),
        Block::Definitions(list) => {
            let one = |(term, b): &(Vec<Inline>, Vec<Block>)| {
                format!("{}\n{}", line_of(term), indented(&inside(b), ": ", "  "))
            };
            list.iter().take(4).map(one).collect()
        }
        Block::Table(columns, rows) => table(usize::from(columns % 6 + 1), rows),
        Block::Code(Language(language), a, b) => {
            format!("```{language} {}\n{}```\n", attributes(a), inside(b))
        }
        Block::Indented(c) => indented(&line_of(c), "    ", "    "),
        Block::Container(Name(name), title, a, b) => {
            let title = title.as_ref().map(|t| format!("[{}]", line_of(t))).unwrap_or_default();
            let colons = ":".repeat(3 + (DEEPEST + 1 - depth.min(DEEPEST)));
            format!("{colons}{name}{title}{}\n{}{colons}\n", attributes(a), inside(b))
        }
        Block::Quiz(items, c) => {
            format!(":::quiz\n{}\n\n{}\n> {}\n:::\n", line_of(c), tasks(items), line_of(c))
        }
        Block::Tabs(tabs) => {
            let tabs: String =
                tabs.iter().take(3).map(|b| format!(":::tab[A]\n{}:::\n", inside(b))).collect();
            format!("::::tabs\n{tabs}::::\n")
        }
        Block::Include(Target(t)) => format!("{{{{< include \"{t}\" >}}}}\n"),
        Block::Footnote(n, b) => indented(&inside(b), &format!("[^{}]: ", n % 4), "    "),
        Block::Definition(Target(t)) => format!("[r]: <{t}>\n"),
        Block::Math(Tex(tex)) => format!("$$\n{tex}\n$$\n"),
        Block::Html(tags, b) => {
            let tags: String = tags.iter().take(4).map(|Tag(t)| *t).collect();
            format!("{tags}\n\n{}", inside(b))
        }
        Block::Rule => "---\n".to_owned(),
        Block::Open(Name(name)) => format!(":::{name}\n"),
        Block::Close(n) => format!("{}\n", ":".repeat(usize::from(n % 4 + 3))),
    };
    text + "\n"
}

fn tasks(items: &[(bool, Vec<Inline>)]) -> String {
    let mark = |done: bool| if done { 'x' } else { ' ' };
    items.iter().take(5).map(|(done, c)| format!("- [{}] {}\n", mark(*done), line_of(c))).collect()
}

fn table(columns: usize, rows: &[Vec<Vec<Inline>>]) -> String {
    let mut out = format!("{}|\n{}|\n", "| a ".repeat(columns), "|:-:".repeat(columns));
    for row in rows.iter().take(5) {
        let cells = row.iter().take(8).map(|c| format!("| {} ", line_of(c).replace('|', "")));
        out.push_str(&(cells.collect::<String>() + "|\n"));
    }
    out
}

fn indented(text: &str, first: &str, next: &str) -> String {
    let lines = if text.is_empty() { "\n" } else { text }.lines().enumerate();
    lines.map(|(i, line)| format!("{}{line}\n", if i == 0 { first } else { next })).collect()
}
