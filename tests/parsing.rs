//! Laws of the Markdown stage: whatever comes in, it ends, and what it says about places is true.

use proptest::prelude::*;
use sotay::base::{RelPath, Span};
use sotay::diag::{Code, Diagnostic};
use sotay::model::{Block, Doc, Inline, Node, walk};
use sotay::parse::markdown::{Target, TargetOf, parse_markdown, targets};
use std::time::{Duration, Instant};

const NESTING: usize = 32;

fn parse(text: &str) -> (Doc, Vec<Diagnostic>) {
    parse_markdown(&RelPath::new("content/a.vi.md"), text, 0, NESTING)
}

/// Every place that a document and its diagnostics name.
fn spans(doc: &Doc, diagnostics: &[Diagnostic]) -> Vec<Span> {
    let mut spans: Vec<Span> = diagnostics.iter().filter_map(|d| d.span).collect();
    let file = RelPath::new("content/a.vi.md");
    walk(doc, &file, &mut |node, _| {
        spans.extend(match node {
            Node::Block(block) => block_span(block),
            Node::Inline(inline) => inline_span(inline),
        });
    });
    spans
}

fn block_span(block: &Block) -> Option<Span> {
    match block {
        Block::Heading(h) => Some(h.span),
        Block::Code(c) => Some(c.span),
        Block::Math(f) => Some(f.span),
        Block::Html(raw) => Some(raw.span),
        Block::Container(c) => Some(c.span),
        Block::Include(i) => Some(i.span),
        _ => None,
    }
}

fn inline_span(inline: &Inline) -> Option<Span> {
    match inline {
        Inline::Math(f) => Some(f.span),
        Inline::Link(l) => Some(l.span),
        Inline::Image(i) => Some(i.span),
        Inline::FootnoteRef { span, .. } | Inline::DocNumber { span, .. } => Some(*span),
        Inline::Html(raw) => Some(raw.span),
        _ => None,
    }
}

fn assert_spans_lie_in(text: &str) {
    let (doc, diagnostics) = parse(text);
    for span in spans(&doc, &diagnostics) {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
}

/// Pieces that Markdown gives a meaning to: put together at random they reach further than
/// random letters do.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "\n",
        "\n\n",
        "    ",
        "  ",
        "\t",
        "> ",
        "- ",
        "1. ",
        "- [x] ",
        "# ",
        "```\n",
        "~~~",
        "`",
        "$",
        "$$",
        "*",
        "**",
        "_",
        "~~",
        "[",
        "](",
        "](a.md “",
        "”)",
        "[x](<a b.md> 'T')",
        "[a]: b.md\n",
        "[[c#d|",
        ")",
        "[[",
        "]]",
        "[^a]",
        "[^a]: ",
        "| ",
        "|---|\n",
        ":::note[",
        "]{",
        "}",
        ":::\n",
        "::::tabs\n",
        ":::tab[A]\n",
        "{{< include \"a.md\" >}}",
        "{.checklist}",
        " {#id}",
        "<!--",
        "-->",
        "<a href=x>",
        "</a>",
        "<div>",
        "&amp;",
        "&ngE;",
        "\\",
        "https://a.vn/b)",
        "www.a.vn",
        "a@b.vn",
        "09/CT-TTg",
        "33/CĐ-TTg",
        ": ",
        "> [!NOTE]\n",
        "---\n",
        "===",
        "\u{a0}",
        "\0",
        "Ấ",
        "đường",
        "\u{200d}",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => any::<String>()]
}

fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_parses_and_its_spans_lie_in_it(text in markdown()) {
        assert_spans_lie_in(&text);
    }

    #[test]
    fn any_text_parses_and_its_spans_lie_in_it(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        assert_spans_lie_in(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_body_after_front_matter_keeps_its_places(text in markdown()) {
        let front = "---\ntitle: Ấ\n---\n";
        let file = RelPath::new("content/a.vi.md");
        let whole = format!("{front}{text}");
        let (doc, diagnostics) = parse_markdown(&file, &whole, front.len(), NESTING);
        let (body, of_body) = parse(&text);
        let moved = |s: &Span| Span::new(s.start as usize + front.len(), s.end as usize + front.len());
        let expected: Vec<Span> = spans(&body, &of_body).iter().map(moved).collect();
        prop_assert_eq!(spans(&doc, &diagnostics), expected);
    }

    #[test]
    fn a_target_can_be_replaced_where_it_stands(text in markdown(), which in any::<prop::sample::Index>()) {
        let before = targets(&text, 0);
        // What names a file or a page; a wiki link may swallow half a page as well.
        let is_name = |t: &&Target| {
            t.text.chars().all(|c| c.is_alphanumeric() || "./#- ".contains(c))
        };
        let named: Vec<&Target> = before.iter().filter(is_name).collect();
        // The parser gives a wiki link after an escape or a footnote another name than it has.
        let placed = named.iter().all(|t| t.span.is_some() || t.of == TargetOf::Wiki);
        prop_assert!(placed, "{:?}", text);
        if let Some(target) = (!named.is_empty()).then(|| named[which.index(named.len())])
            && let Some(span) = target.span
        {
            let range = span.range();
            let new = format!("{}z.md{}", &text[..range.start], &text[range.end..]);
            let after = targets(&new, 0);
            prop_assert_eq!(after.len(), before.len(), "{:?} -> {:?}", text, new);
            for (a, b) in before.iter().zip(&after) {
                let expected = if a == target { "z.md" } else { &*a.text };
                prop_assert_eq!(&*b.text, expected, "{:?} -> {:?}", text, new);
            }
        }
    }

    #[test]
    fn balanced_containers_have_nothing_to_report(tree in containers()) {
        let (_, diagnostics) = parse(&tree.write());
        prop_assert!(diagnostics.is_empty(), "{:?}", diagnostics);
    }

    #[test]
    fn an_unclosed_container_is_reported(tree in containers()) {
        let text = format!(":::warning\n{}", tree.write());
        let found: Vec<Code> = parse(&text).1.iter().map(|d| d.code).collect();
        prop_assert_eq!(found, [Code::UnclosedContainer], "{}", text);
    }

    #[test]
    fn a_stray_end_is_reported(tree in containers()) {
        let text = format!("{}:::\n", tree.write());
        let found: Vec<Code> = parse(&text).1.iter().map(|d| d.code).collect();
        prop_assert_eq!(found, [Code::StrayContainerEnd], "{}", text);
    }
}

/// Containers in containers, quotes and lists, with text and code between.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(&'static str),
    Container(Vec<Tree>),
    Quote(Vec<Tree>),
    Item(Vec<Tree>),
}

fn containers() -> impl Strategy<Value = Tree> {
    let leaf = prop::sample::select(vec![
        "một\n",
        "```\n:::note\n```\n",
        "> a\n",
        "- a\n- b\n",
        "| a |\n|---|\n| b |\n",
        "## c\n",
        "A\n: b\n",
        "<!-- :::note -->\n",
        "$$a$$\n",
    ]);
    let tree = leaf.prop_map(Tree::Leaf).prop_recursive(4, 24, 4, |inner| {
        let several = prop::collection::vec(inner, 0..4);
        prop_oneof![
            several.clone().prop_map(Tree::Container),
            several.clone().prop_map(Tree::Quote),
            several.prop_map(Tree::Item),
        ]
    });
    prop::collection::vec(tree, 0..4).prop_map(Tree::Container)
}

impl Tree {
    /// The tree as Markdown, which ends with an empty line.
    fn write(&self) -> String {
        let inside = |trees: &[Tree]| trees.iter().map(|t| t.write()).collect::<String>();
        let prefixed = |text: String, first: &str, next: &str| -> String {
            let lines = text.lines().enumerate();
            lines
                .map(|(i, line)| format!("{}{line}\n", if i == 0 { first } else { next }))
                .collect()
        };
        let text = match self {
            Tree::Leaf(text) => (*text).to_owned(),
            Tree::Container(trees) => format!(":::note\n{}:::\n", inside(trees)),
            Tree::Quote(trees) => prefixed(inside(trees), "> ", "> "),
            Tree::Item(trees) => prefixed(format!("x\n\n{}", inside(trees)), "- ", "  "),
        };
        text + "\n"
    }
}

/// Parses `text` in the stack of a worker thread, and checks that it took moments.
fn parse_soon(text: String) -> Vec<Code> {
    let started = Instant::now();
    let worker = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let (doc, diagnostics) = parse(&text);
        drop(doc);
        diagnostics.into_iter().map(|d| d.code).collect()
    });
    let codes = worker.unwrap().join().unwrap();
    // Debug builds on a busy machine; what is quadratic would take minutes.
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    codes
}

const DEEP: usize = 10_000;

#[test]
fn blocks_nested_without_end_are_cut_and_reported() {
    let lists: String = (0..1000).map(|i| format!("{}- a\n", "  ".repeat(i))).collect();
    let quotes = format!("{}a", ">".repeat(DEEP));
    let containers = format!("{}a\n{}", ":::note\n".repeat(DEEP), ":::\n".repeat(DEEP));
    for text in [quotes, "- ".repeat(DEEP) + "a", lists, "> - ".repeat(DEEP) + "a", containers] {
        let start: String = text.chars().take(20).collect();
        assert_eq!(parse_soon(text), [Code::NestedTooDeep], "{start:?}");
    }
}

#[test]
fn emphasis_nested_without_end_is_cut_and_reported() {
    let open: String = (0..DEEP).map(|i| if i % 2 == 0 { "*a " } else { "**b " }).collect();
    let close: String = (0..DEEP).rev().map(|i| if i % 2 == 0 { " a*" } else { " b**" }).collect();
    assert_eq!(parse_soon(open + "x" + &close), [Code::NestedTooDeep]);
    assert_eq!(parse_soon("*".repeat(DEEP) + "a" + &"*".repeat(DEEP)), [Code::NestedTooDeep]);
}

#[test]
fn rows_of_openers_cost_no_more_than_their_length() {
    for opener in [
        "[",
        "![",
        "[[",
        "](",
        "](a “",
        "[^",
        "`a",
        "$a",
        "$$a",
        "<!--",
        "<a ",
        "&",
        "~~",
        "{#",
        "https://a.vn(",
        "https://a.vn)",
        "www.",
        "a@",
        "@a.",
        "09/",
        "<b>x ",
        "a:::\n",
        "|",
        ":::note[\n",
        "{{< \n",
        "[a](b.md “c”) ",
        "a\n: ",
    ] {
        parse_soon(opener.repeat(DEEP));
    }
    parse_soon("https://a.vn".to_owned() + &")".repeat(DEEP * 10));
}

#[test]
fn a_marker_that_turns_out_to_be_indented_code_keeps_its_place() {
    assert_spans_lie_in("\n|---|\n|---|\n    :::\n");
    assert_spans_lie_in("x]]\n::::tabs\n\t:::\n-->");
}
