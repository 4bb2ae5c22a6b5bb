use super::*;
use proptest::prelude::*;

fn clean(raw: &str) -> Sanitised {
    let mut assembly = Assembly::new();
    assembly.push_raw(raw);
    assembly.finish()
}

/// Reads `html` as a browser's tokenizer would and fails on anything active.
fn assert_harmless(html: &str, why: &str) {
    assert!(!html.contains("<!"), "{why}: {html}");
    for_each_tag(html, |tag| {
        let element = &*tag.name;
        assert!(ELEMENTS.contains(&element), "{why}: <{element}> in {html}");
        for attribute in &tag.attrs {
            let (name, value) = (&*attribute.name.local, &*attribute.value);
            assert!(is_allowed(element, name), "{why}: {name} in {html}");
            let spelled: String =
                value.chars().filter(|c| *c > ' ').collect::<String>().to_ascii_lowercase();
            if matches!(name, "href" | "src") {
                for scheme in ["javascript:", "data:", "vbscript:", "blob:", "file:"] {
                    assert!(!spelled.starts_with(scheme), "{why}: {value}");
                }
            }
            if name == "src" {
                assert!(!spelled.contains(':') && !spelled.starts_with("//"), "{why}: {value}");
            }
            if name == "id" {
                assert!(is_id(value), "{why}: {value}");
            }
        }
    });
}

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<script\u{0}>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x\nonerror\n=\nalert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src='x' \"onerror=alert(1)>",
    "<img src=\"x\" alt=\"`><script>alert(1)</script>\">",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='jav&#x61;script:alert(1)'>x</a>",
    "<a href='jav&#97script:alert(1)'>x</a>",
    "<a href='java&Tab;script&colon;alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='\u{1}javascript:alert(1)'>x</a>",
    "<a href='&#1; javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='blob:https://evil.example/1'>x</a>",
    "<a href=x target=_blank ping=https://evil.example>x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<svg><desc><![CDATA[</desc><script>alert(1)</script>]]></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<noscript><style></noscript><img src=x onerror=alert(1)></style></noscript>",
    "<style><img src=x onerror=alert(1)></style>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<template><script>alert(1)</script></template>",
    "<template><img src=x onerror=alert(1)></template>",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<title><img title=\"</title><img src=x onerror=alert(1)>\">",
    "<xmp><img title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<plaintext><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<object data=evil.swf><embed src=evil.swf></object>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--!><script>alert(1)</script>",
    "<!-- unclosed <script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<div style=\"position:fixed;inset:0\">x</div>",
    "<p id=\"a b\">x</p><p id=\"createElement\">y</p>",
    "<form name=document id=forms><input name=cookie></form>",
    "<img name=getElementById src=x>",
    "<a id=x name=config href=y>z</a>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<img src=https://evil.example/t.gif>",
    "<img src=//evil.example/t.gif>",
    "<img src='/\\evil.example/t.gif'>",
    "<img src='\\\\evil.example\\t.gif'>",
    "<img src=data:image/svg+xml,<svg/onload=alert(1)>>",
    "<img srcset='https://evil.example/t.gif 1x' src=x>",
    "<video poster=https://evil.example/t.gif src=https://evil.example/v.mp4></video>",
    "<audio src=x><source src=https://evil.example/a.mp3 onerror=alert(1)></audio>",
    "<table background=https://evil.example/t.gif><tr><td>x</td></tr></table>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<a href=\"x\"onclick=\"alert(1)\">x</a>",
    "<div title='\"><script>alert(1)</script>'>x</div>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
];

#[test]
fn no_payload_survives() {
    assert!(PAYLOADS.len() > 40);
    for payload in PAYLOADS {
        let once = clean(payload);
        assert_harmless(&once.html, payload);
        // What a browser would read and write again must be as harmless.
        assert_harmless(&clean(&once.html).html, payload);

        let mut assembly = Assembly::new();
        assembly.push_raw(payload);
        assembly.push_trusted("<p>Đoạn của ta</p>".to_owned());
        assembly.push_raw("\">'>--></textarea></script></style>");
        let html = assembly.finish().html;
        assert_eq!(html.matches("<p>Đoạn của ta</p>").count(), 1, "{payload}: {html}");
        assert_harmless(&html, payload);
    }
}

#[test]
fn ordinary_elements_stay_as_they_are() {
    for html in [
        "<details open=\"\"><summary>Xem</summary>Nội dung <kbd>Ctrl</kbd></details>",
        "<p class=\"lead big\" id=\"mo-dau\" lang=\"vi\" dir=\"ltr\">a<sub>1</sub><sup>2</sup><mark>x</mark></p>",
        "<table><tbody><tr><th scope=\"row\" colspan=\"2\">a</th><td rowspan=\"2\">b</td></tr></tbody></table>",
        "<abbr title=\"An toàn thông tin\">ATTT</abbr> <time datetime=\"2024-02-23\">23/2</time>",
        "<ol start=\"3\" reversed=\"\" type=\"a\"><li value=\"5\">x</li></ol>",
        "<figure><img src=\"so-do.svg\" alt=\"Sơ đồ\" width=\"10\" height=\"20\"><figcaption>c</figcaption></figure>",
        "<a href=\"https://example.edu.vn/?a=1&amp;b=2\" hreflang=\"vi\">x</a><a href=\"mailto:a@b.vn\">y</a><a href=\"tel:113\">z</a>",
        "<a href=\"../talks/phishing.md#muc\">x</a><ruby>漢<rp>(</rp><rt>hán</rt><rp>)</rp></ruby>",
        "<video src=\"clip.mp4\" controls=\"\"></video><audio controls=\"\"><source src=\"a.mp3\"></audio>",
        "<dl><dt>a</dt><dd>b</dd></dl><small>s</small><ins>i</ins><del>d</del><br><hr><wbr>",
    ] {
        assert_eq!(clean(html), Sanitised { html: html.to_owned(), removed: vec![] });
    }
}

#[test]
fn says_what_it_removed() {
    let cases: &[(&str, &[&str])] = &[
        ("<script>if (a<b) c()</script>", &["<script>"]),
        ("<p onclick=x style=y>a</p>", &["onclick", "style"]),
        ("<a href='jav&#x61;script:x'>a</a>", &["javascript:"]),
        ("<img src='https://x.example/a.png'>", &["<img src=\"https://x.example/a.png\">"]),
        ("<p id='Mở đầu'>a</p>", &["id=\"Mở đầu\""]),
        ("<a href='//x.example'>a</a>", &["href=\"//x.example\""]),
        ("<iframe src=x></iframe><iframe src=y></iframe>", &["<iframe>"]),
        ("<!-- một ghi chú --><p>a</p></b>", &[]),
    ];
    for (html, removed) in cases {
        assert_eq!(clean(html).removed, *removed, "{html}");
    }
}

fn assembled(pieces: &[(bool, &str)]) -> String {
    let mut assembly = Assembly::new();
    for (trusted, html) in pieces {
        if *trusted {
            assembly.push_trusted((*html).to_owned());
        } else {
            assembly.push_raw(html);
        }
    }
    assembly.finish().html
}

#[test]
fn trusted_pieces_stand_between_raw_tags_unchanged() {
    let ours = "<p>a <math display=\"block\"><mi>x</mi></math> <b class=k>if</b></p>";
    let html = assembled(&[
        (false, "<details><summary>T</summary>\n"),
        (true, ours),
        (false, "</details>\n"),
    ]);
    assert_eq!(html, format!("<details><summary>T</summary>\n{ours}</details>\n"));
}

#[test]
fn lost_pieces_come_at_the_end_in_order() {
    let html = assembled(&[
        (false, "<p>a</p><script>"),
        (true, "<p>1</p>"),
        (false, "</script><div title=\""),
        (true, "<p title=\"2\">2</p>"),
        (false, "\">b</div><!-- "),
        (true, "<p>3</p>"),
    ]);
    assert_harmless(&html, "lost pieces");
    assert_eq!(html, "<p>a</p><div title=\"\">b</div><p>1</p><p title=\"2\">2</p><p>3</p>");
}

#[test]
fn placeholders_cannot_be_forged() {
    let mut assembly = Assembly::new();
    assembly.push_trusted("<p>1</p>".to_owned());
    let forged = placeholder(&assembly.mark(), 0);
    assembly.push_raw(&forged);
    assembly.push_raw(&forged.replace(MARK, "&#xE5A7;"));
    let html = assembly.finish().html;
    assert!(html.starts_with("<p>1</p>"), "{html}");
    assert_eq!(html.matches("<p>1</p>").count(), 1);
}

#[test]
fn references_are_decoded_and_in_order() {
    assert_eq!(
        raw_references("<a href='a.md#x&amp;y'>x</a><!-- <a href=no> --><img src=b.png alt=href>"),
        ["a.md#x&y", "b.png"]
    );
}

#[test]
fn deep_nesting_neither_overflows_nor_takes_long() {
    let start = std::time::Instant::now();
    for tag in
        ["<div>", "<b>", "<ul><li>", "<svg>", "<style><div>", "<p><i>", "<x>", "</p>", "<title>"]
    {
        clean(&tag.repeat(50_000));
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());

    let deep = assembled(&[(false, &"<div>".repeat(501)), (true, "<p>a</p>"), (false, "</div>")]);
    assert_harmless(&deep, "deep");
    assert!(deep.starts_with("&lt;div&gt;") && deep.contains("<p>a</p>"));
    assert_eq!(clean(&"<div>".repeat(501)).removed, ["<div><div>…"]);
    assert_eq!(clean(&"<li>a<p>b".repeat(2_000)).removed, Vec::<String>::new());
}

proptest! {
    #[test]
    fn any_text_becomes_harmless(html in "(<|>|/|\"|'|=|&#x?|;|!--|-->|a|script|style|svg|math|img|p|table|td|title| |onerror|href|src|javascript:|id|x|\u{E5A7}|\u{0}|\n){0,40}") {
        let once = clean(&html);
        assert_harmless(&once.html, &html);
    }

    #[test]
    fn trusted_text_is_never_lost(before in "[<>/\"'=!a-c \\-]{0,20}", after in "[<>/\"'=!a-c \\-]{0,20}") {
        let html = assembled(&[(false, &before), (true, "<p>@1</p>"), (false, &after), (true, "<p>@2</p>")]);
        prop_assert_eq!(html.matches("<p>@1</p>").count(), 1);
        prop_assert_eq!(html.matches("<p>@2</p>").count(), 1);
    }
}
