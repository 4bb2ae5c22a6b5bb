//! Views for tests: one with everything a page can have, one with next to nothing.

use crate::model::*;

fn s(text: &str) -> String {
    text.to_owned()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn link(title: &str, href: &str, current: bool) -> NavLink {
    NavLink { title: s(title), lang: None, href: s(href), current }
}

fn date(iso: &str, text: &str) -> DateView {
    DateView { iso: s(iso), text: s(text) }
}

/// A site with every optional part.
pub fn full_site(csp: &str, script: &str) -> SiteView {
    SiteView {
        title: s("Sổ tay an toàn thông tin"),
        home: s("../index.html"),
        root: s("../../"),
        id: s("attt"),
        menu: vec![
            link("Bài giảng", "../talks/index.html", true),
            link("Hướng dẫn", "../guidelines/index.html", false),
            link("Văn bản chỉ đạo", "../directives/index.html", false),
            link("Giới thiệu", "../about.html", false),
        ],
        licence: some("CC-BY-4.0"),
        licence_url: some("https://creativecommons.org/licenses/by/4.0/"),
        report: some("mailto:attt@example.edu.vn"),
        feed: some("../feed.xml"),
        freshness: some("../freshness.html"),
        glossary: some("../glossary.html"),
        tags: some("../tags/index.html"),
        audiences: some("../audience/index.html"),
        csp: s(csp),
        inline_script_html: s(script),
    }
}

/// A page of `kind` with nothing but a title.
pub fn empty_page(kind: &'static str) -> PageView {
    PageView {
        kind,
        lang: s("vi"),
        dir: "ltr",
        title: s("Nhận biết & phòng tránh lừa đảo trực tuyến"),
        title_lang: None,
        head_title: s("Nhận biết & phòng tránh lừa đảo trực tuyến · Sổ tay an toàn thông tin"),
        description: None,
        canonical: None,
        alternates: vec![],
        image: None,
        json_ld_html: None,
        languages: vec![],
        breadcrumbs: vec![],
        sidebar_html: String::new(),
        toc: vec![],
        body_html: String::new(),
        has_terms: false,
        answers_html: String::new(),
        citation_html: String::new(),
        report: None,
        fallback: None,
        translation: None,
        bilingual: None,
        cites_replaced: vec![],
        previous: None,
        next: None,
        updated: None,
        published: None,
        review_by: None,
        source: None,
        draft: false,
        tags: vec![],
        audience: vec![],
        talk: None,
        guideline: None,
        directive: None,
        cards: vec![],
        register: vec![],
        register_types: vec![],
        register_states: vec![],
        letters: vec![],
        terms: vec![],
        print_all: None,
    }
}

/// A site with nothing but a name.
pub fn empty_site() -> SiteView {
    SiteView {
        title: s("Sổ tay"),
        home: s("index.html"),
        root: s("../"),
        id: s("so-tay"),
        menu: vec![],
        licence: None,
        licence_url: None,
        report: None,
        feed: None,
        freshness: None,
        glossary: None,
        tags: None,
        audiences: None,
        csp: s("default-src 'none'"),
        inline_script_html: String::new(),
    }
}

/// A page of `kind` with every field filled.
pub fn full_page(kind: &'static str, body_html: &str, sidebar_html: &str) -> PageView {
    let talk = TalkView {
        speakers: vec![
            SpeakerView {
                name: some("Nguyễn Thị Hoà"),
                role: some("Trưởng phòng"),
                organisation: some("Cục An toàn thông tin"),
            },
            SpeakerView {
                name: None, role: None, organisation: some("Bộ Giáo dục và Đào tạo")
            },
        ],
        event: some("Hội nghị tập huấn an toàn thông tin năm học 2024"),
        date: Some(date("2024-02-23", "23/02/2024")),
        duration: some("45 phút"),
        level: some("Cơ bản"),
        attachments: vec![AttachmentView {
            name: s("bai-giang-lua-dao.pdf"),
            href: s("../../assets/talks/bai-giang.pdf"),
            info: s("PDF, 1,2 MB"),
        }],
    };
    let guideline = GuidelineView {
        level: some("Cấp độ 3"),
        owner: some("Phòng Công nghệ thông tin"),
        applies_to: some("Hệ thống quản lý học sinh"),
        checklist_items: 12,
    };
    let status = StatusView { id: s("in-force"), label: s("Còn hiệu lực") };
    let cited = |number: &str, href: Option<&str>| CitedView {
        number: s(number),
        href: href.map(str::to_owned),
    };
    let directive = DirectiveView {
        number: s("09/CT-TTg"),
        type_label: s("Chỉ thị"),
        issuer: s("Thủ tướng Chính phủ"),
        issuer_lang: some("vi"),
        issued: date("2024-02-23", "23/02/2024"),
        effective: Some(date("2024-02-23", "23/02/2024")),
        status: Some(status.clone()),
        replaces: vec![cited("14/CT-TTg", Some("14-ct-ttg.html")), cited("1/CT", None)],
        replaced_by: Some(cited("20/CT-TTg", None)),
        official_url: some("https://vanban.example.gov.vn/09"),
        cited_by: vec![link("Mật khẩu và xác thực hai lớp", "../guidelines/a.html", false)],
    };
    let row = |number: &str, id: &str, label: &str| RegisterRow {
        number: s(number),
        href: s("09-ct-ttg.html"),
        title: s("Tuân thủ quy định và tăng cường bảo đảm an toàn hệ thống thông tin theo cấp độ"),
        lang: some("vi"),
        type_label: s("Chỉ thị"),
        issuer: s("Thủ tướng Chính phủ"),
        issuer_lang: some("vi"),
        issued: date("2024-02-23", "23/02/2024"),
        status: Some(StatusView { id: s(id), label: s(label) }),
    };
    let card = |title: &str, kind: &'static str, label: &str, lang: Option<&str>| CardView {
        title: s(title),
        lang: lang.map(str::to_owned),
        href: s("phishing.html"),
        description: some(
            "Cách nhận ra tin nhắn giả mạo, dừng lại trước khi bấm, và báo cho ai khi lỡ để lộ.",
        ),
        kind,
        icon: kind,
        kind_label: s(label),
        facts: vec![s("Nguyễn Thị Hoà"), s("45 phút")],
        pages: (kind == "section").then(|| s("3 trang")),
    };
    PageView {
        kind,
        title_lang: some("vi"),
        description: some("Năm dấu hiệu của một tin nhắn giả mạo và ba bước khi đã lỡ bấm."),
        canonical: some("https://handbook.example.edu.vn/vi/talks/phishing.html"),
        alternates: vec![Alternate {
            lang: s("en"),
            href: s("https://handbook.example.edu.vn/en/talks/phishing.html"),
        }],
        image: some("https://handbook.example.edu.vn/assets/talks/p.png"),
        json_ld_html: some("{\"@type\":\"Article\"}"),
        languages: vec![LanguageLink {
            lang: s("en"),
            label: s("English"),
            href: s("../../en/talks/phishing.html"),
            translated: false,
        }],
        breadcrumbs: vec![
            link("Trang chủ", "../index.html", false),
            link("Bài giảng", "index.html", false),
        ],
        sidebar_html: s(sidebar_html),
        toc: vec![
            TocEntry { id: s("muc-tieu"), title: s("Mục tiêu"), children: vec![] },
            TocEntry {
                id: s("dau-hieu"),
                title: s("Năm dấu hiệu nhận biết"),
                children: vec![TocEntry {
                    id: s("thuc-giuc"),
                    title: s("Thúc giục, đe doạ, hẹn giờ: bắt phải quyết định ngay"),
                    children: vec![],
                }],
            },
            TocEntry { id: s("cac-buoc"), title: s("Các bước xử lý"), children: vec![] },
            TocEntry { id: s("kiem-tra"), title: s("Danh sách kiểm tra"), children: vec![] },
        ],
        body_html: s(body_html),
        answers_html: s("<li value=\"1\"><b>A. Đúng</b></li>\n"),
        citation_html: s("“Nhận biết &amp; phòng tránh”, Sổ tay"),
        report: Some(ReportView {
            href: s("mailto:attt@example.edu.vn?subject=x"),
            is_mail: true,
            to: s("attt@example.edu.vn"),
            text: s("Trang: x\n"),
        }),
        fallback: Some(FallbackView { lang: s("vi"), label: s("tiếng Việt") }),
        translation: Some(TranslationView {
            title: s("Bản dịch có thể đã cũ"),
            sentences: vec![s("Bản tiếng Việt đã thay đổi."), s("Còn 2/9 mục chưa dịch.")],
            href: s("../../vi/talks/phishing.html"),
            link: s("Đọc bản tiếng Việt"),
            lang: s("vi"),
        }),
        bilingual: some("phishing.bilingual.html"),
        cites_replaced: vec![ReplacedView {
            number: s("14/CT-TTg"),
            by: s("09/CT-TTg"),
            href: s("../directives/09-ct-ttg.html"),
        }],
        previous: Some(link("Mạng xã hội và quyền riêng tư", "a.html", false)),
        next: Some(link("Bảo vệ điện thoại và máy tính cũ", "b.html", false)),
        updated: Some(date("2024-02-23", "23/02/2024")),
        published: Some(date("2024-02-20", "20/02/2024")),
        review_by: Some(date("2025-02-23", "23/02/2025")),
        source: some("Tài liệu tập huấn của Cục An toàn thông tin"),
        draft: true,
        tags: vec![
            link("Lừa đảo", "../tags/lua-dao.html", false),
            link("Mật khẩu", "../tags/mat-khau.html", false),
        ],
        audience: vec![
            link("Giáo viên", "../audience/teachers.html", false),
            link("Lãnh đạo", "../audience/leaders.html", false),
        ],
        talk: (kind == "talk").then_some(talk),
        guideline: (kind == "guideline").then_some(guideline),
        directive: (kind == "directive").then_some(directive),
        cards: vec![
            card("Nhận biết lừa đảo trực tuyến", "talk", "Bài giảng", None),
            card("Mật khẩu và xác thực hai lớp", "guideline", "Hướng dẫn", None),
            card("Chỉ thị 09/CT-TTg", "directive", "Văn bản", Some("en")),
            card("Văn bản chỉ đạo", "section", "Chuyên mục", None),
            card("Giới thiệu", "page", "Trang", None),
        ],
        register: vec![
            row("09/CT-TTg", "in-force", "Còn hiệu lực"),
            row("2345/BGDĐT-CNTT", "amended", "Đã sửa đổi, bổ sung"),
            row("14/CT-TTg", "replaced", "Đã bị thay thế"),
            row("7/CT", "expired", "Hết hiệu lực"),
        ],
        register_types: vec![s("Chỉ thị"), s("Thông tư")],
        register_states: vec![s("Còn hiệu lực"), s("Hết hiệu lực")],
        letters: vec![LetterView {
            letter: s("Đ"),
            id: s("_letter-1"),
            entries: vec![
                EntryView {
                    text: s("Đăng nhập <an toàn>"),
                    href: some("passwords.html#dang-nhap"),
                    page: some("Mật khẩu & xác thực"),
                    places: vec![],
                },
                EntryView {
                    text: s("Đọc thêm"),
                    href: None,
                    page: None,
                    places: vec![
                        link("Mật khẩu", "a.html", false),
                        link("Lừa đảo", "b.html", false),
                    ],
                },
            ],
        }],
        print_all: some("index.print.html"),
        terms: vec![TermView {
            title: s("Lừa đảo"), href: s("lua-dao.html"), pages: s("3 trang")
        }],
        ..empty_page(kind)
    }
}

/// A section with pages and folders.
pub fn sidebar(full: bool) -> SidebarView {
    let pages = vec![
        link("Nhận biết & phòng tránh lừa đảo trực tuyến", "phishing.html", false),
        link("Mạng xã hội và quyền riêng tư", "a.html", false),
        link("Bảo vệ điện thoại và máy tính cũ", "b.html", false),
    ];
    SidebarView {
        section: link("Bài giảng", "index.html", false),
        parent: full.then(|| link("Tập huấn", "../training/index.html", false)),
        folders: if full { vec![link("Năm 2023", "2023/index.html", false)] } else { vec![] },
        pages: if full { pages } else { vec![] },
    }
}

/// Two languages, with relative or absolute addresses.
pub fn root_languages(base: &str) -> Vec<RootLanguage> {
    let language = |lang: &str, label: &str, title: &str, choose: &str| RootLanguage {
        lang: s(lang),
        label: s(label),
        title: s(title),
        href: format!("{base}{lang}/index.html"),
        choose: s(choose),
    };
    vec![
        language("vi", "Tiếng Việt", "Sổ tay an toàn thông tin", "Chọn ngôn ngữ"),
        language("en", "English", "Information security handbook", "Choose a language"),
    ]
}

/// A section as one document, with a page of each kind.
pub fn section_print(full: bool, csp: &str, script: &str) -> SectionPrintView {
    let kinds = ["talk", "guideline", "directive", "page"].into_iter().enumerate();
    let article = |(i, kind): (usize, &'static str)| ArticleView {
        id: s(kind),
        number: format!("{}", i + 1),
        level: 1,
        page: match full {
            true => full_page(kind, &format!("<h3 id=\"{kind}--a\">A</h3>"), ""),
            false => empty_page(kind),
        },
    };
    SectionPrintView {
        site: if full { full_site(csp, script) } else { empty_site() },
        page: if full { full_page("print", "<p>Ẫ</p>", "") } else { empty_page("print") },
        id: s("index"),
        articles: kinds.map(article).collect(),
        has_answers: full,
    }
}

/// A page in two languages.
pub fn bilingual(full: bool, csp: &str, script: &str) -> BilingualView {
    let column = |lang: &str, label: &str, title: &str| ColumnView {
        lang: s(lang),
        dir: "ltr",
        label: s(label),
        href: s("../../vi/talks/phishing.html"),
        title: s(title),
        description: full.then(|| s("Một câu.")),
    };
    let row = |id: &str, left: &str, right: &str| RowView {
        id: s(id),
        cells_html: [s(left), s(right)],
        state: full.then(|| state("source-changed", "≠", "bản nguồn đã đổi")),
        is_notes: false,
    };
    BilingualView {
        site: if full { full_site(csp, script) } else { empty_site() },
        page: if full { full_page("bilingual", "", "") } else { empty_page("bilingual") },
        columns: vec![
            column("vi", "Tiếng Việt", "Nhận biết lừa đảo"),
            column("en", "English", "Recognising fraud"),
        ],
        rows: match full {
            true => vec![
                row("", "<p>Ẫ</p>", "<p>A</p>"),
                row("signs", "<h3 id=\"vi--signs\">Dấu hiệu</h3>", ""),
                row("more", "", "<h3 id=\"en--more\">More</h3>"),
            ],
            false => vec![],
        },
    }
}

/// The glossary.
pub fn glossary(full: bool, csp: &str, script: &str) -> GlossaryView {
    let entry = |more: bool| GlossaryEntry {
        id: if more { s("phishing") } else { s("malware") },
        term: s("lừa đảo & giả mạo"),
        definition: s("Thủ đoạn < giả làm > người đáng tin."),
        twins: if more {
            vec![TwinView {
                lang: s("en"),
                label: s("English"),
                term: s("phishing"),
                href: s("../en/glossary.html#phishing"),
            }]
        } else {
            vec![]
        },
        variants: if more { s("lừa đảo qua mạng") } else { String::new() },
        forbidden: if more { s("câu mạng") } else { String::new() },
        source: more.then(|| s("Luật, Điều 3")),
    };
    let letter = GlossaryLetter {
        letter: s("L"),
        id: s("_letter-1"),
        terms: vec![entry(true), entry(false)],
    };
    GlossaryView {
        site: if full { full_site(csp, script) } else { empty_site() },
        page: if full { full_page("glossary", "", "") } else { empty_page("glossary") },
        letters: if full { vec![letter] } else { vec![] },
    }
}

fn state(id: &'static str, mark: &'static str, label: &str) -> StateView {
    StateView { id, mark, label: s(label) }
}

/// How translations stand.
pub fn freshness(full: bool, csp: &str, script: &str) -> FreshnessView {
    let current = || state("current", "✓", "còn khớp");
    let changed = || state("source-changed", "≠", "bản nguồn đã đổi");
    let cell = |state: StateView, heading: &str| CellFreshness {
        state,
        heading: s(heading),
        lang: some("en"),
        href: s("talks/phishing.bilingual.html#signs"),
    };
    let language = LanguageFreshness {
        lang: s("en"),
        label: s("English"),
        summary: s("1/2 mục còn khớp với bản nguồn"),
        current: 1,
        total: 2,
        counts: vec![(1, changed())],
        pages: vec![PageFreshness {
            title: s("Recognising fraud"),
            lang: some("en"),
            href: s("../en/talks/phishing.html"),
            cells: vec![cell(current(), "Dấu hiệu"), cell(changed(), "Việc cần làm & báo ai")],
            words: vec![(1, changed())],
        }],
    };
    FreshnessView {
        site: if full { full_site(csp, script) } else { empty_site() },
        page: if full { full_page("freshness", "", "") } else { empty_page("freshness") },
        states: if full { vec![current(), changed()] } else { vec![] },
        is_recorded: full,
        languages: if full { vec![language] } else { vec![] },
    }
}

/// The root page.
pub fn root(csp: &str, script: &str) -> RootView {
    RootView {
        title: s("Sổ tay an toàn thông tin"),
        lang: s("vi"),
        languages: root_languages(""),
        csp: s(csp),
        id: s("attt"),
        inline_script_html: s(script),
    }
}

/// A page that has moved.
pub fn redirect(full: bool, csp: &str) -> RedirectView {
    RedirectView {
        lang: s("vi"),
        title: s("Nhận biết lừa đảo"),
        href: s("../talks/phishing.html"),
        canonical: full.then(|| s("https://handbook.example.edu.vn/vi/talks/phishing.html")),
        csp: s(csp),
    }
}

/// The page for addresses that do not exist.
pub fn not_found(csp: &str, style: &str) -> NotFoundView {
    NotFoundView {
        title: s("Sổ tay an toàn thông tin"),
        lang: s("vi"),
        languages: root_languages("https://handbook.example.edu.vn/"),
        csp: s(csp),
        style_html: s(style),
    }
}
