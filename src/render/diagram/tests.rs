use super::*;
use proptest::prelude::*;
use std::time::Instant;

fn drawn(source: &str) -> String {
    svg(&Cache::default(), source).unwrap_or_else(|r| panic!("{source}\n{r:?}"))
}

fn refused(source: &str) -> Refusal {
    match svg(&Cache::default(), source) {
        Ok(svg) => panic!("{source}\nis drawn: {svg}"),
        Err(refusal) => refusal,
    }
}

/// What a browser shows as words, line by line.
fn words(svg: &str) -> Vec<String> {
    let texts = svg.split("<text").skip(1);
    texts.filter_map(|t| Some(t.split_once('>')?.1.split_once('<')?.0.to_owned())).collect()
}

/// The numbers of an attribute of every element called `name`.
fn numbers(svg: &str, name: &str, attribute: &str) -> Vec<f64> {
    let start = format!("<{name} ");
    let elements = svg.split(&start).skip(1);
    let values = elements.filter_map(|e| {
        let tag = format!(" {}", e.split_once('>')?.0);
        let value = tag.split_once(&format!(" {attribute}=\""))?.1.split_once('"')?.0.to_owned();
        value.parse().ok()
    });
    values.collect()
}

/// Left, top, width and height of all rectangles.
fn rectangles(svg: &str) -> Vec<[f64; 4]> {
    let get = |attribute| numbers(svg, "rect", attribute);
    let (x, y, w, h) = (get("x"), get("y"), get("width"), get("height"));
    (0..x.len()).map(|i| [x[i], y[i], w[i], h[i]]).collect()
}

fn overlap(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3]
}

#[test]
fn a_flowchart_has_all_its_boxes_arrows_and_words() {
    let svg = drawn(
        "flowchart TD\n  A([Bắt đầu]) --> B{Đã nhập?}\n  B -->|Có| C[(Kho)] & D:::danger\n  C -.-> E{{\"Có (ngoặc)\"}}\n",
    );
    assert_eq!(words(&svg), ["Có", "Có", "Bắt đầu", "Đã nhập?", "Kho", "D", "Có (ngoặc)"]);
    assert_eq!(svg.matches("class=\"d-box").count(), 5, "{svg}");
    assert!(svg.contains("d-box d-decision") && svg.contains("d-box d-danger"), "{svg}");
    let heads = svg.split("d-heads").nth(1).and_then(|h| h.split("</g>").next()).unwrap();
    assert_eq!(heads.matches("<path").count(), 4, "{heads}");
    assert!(svg.contains("class=\"d-dotted\""), "{svg}");
}

#[test]
fn arrows_of_every_kind_are_read() {
    for arrow in [
        "-->",
        "---",
        "--->",
        "-----",
        "-.->",
        "-.-",
        "-..->",
        "==>",
        "===",
        "--o",
        "--x",
        "<-->",
        "-->|chữ|",
        "-- chữ -->",
        "== chữ ==>",
        "-. chữ .->",
        "---|chữ|",
    ] {
        let svg = drawn(&format!("flowchart LR\nA {arrow} B"));
        let has_words = words(&svg).contains(&"chữ".to_owned());
        assert_eq!(has_words, arrow.contains("chữ"), "{arrow}: {svg}");
    }
    assert_eq!(words(&drawn("graph TD; A-->B; B-->C")), ["A", "B", "C"]);
}

#[test]
fn ranks_follow_the_direction() {
    let first_and_last = |direction: &str, attribute: &str| {
        let svg = drawn(&format!("flowchart {direction}\nA --> B --> C"));
        let at = numbers(&svg, "rect", attribute);
        (at[0], at[2])
    };
    for (direction, attribute, grows) in
        [("TD", "y", true), ("BT", "y", false), ("LR", "x", true), ("RL", "x", false)]
    {
        let (first, last) = first_and_last(direction, attribute);
        assert_eq!(first < last, grows, "{direction}: {first} {last}");
    }
}

#[test]
fn boxes_never_overlap_and_groups_hold_theirs() {
    let svg = drawn(
        "flowchart TD\nsubgraph a [Nhóm một]\nA-->B-->C\nend\nsubgraph b [Nhóm hai có tên dài]\nD-->E\nend\nC-->D\nE-->C\nE-->F\nF-->A\nA-->G\nB-->G",
    );
    let all = rectangles(&svg);
    // First come the groups, then the grounds of their titles, then boxes.
    let (groups, boxes) = (&all[..2], &all[all.len() - 7..]);
    let within = |a: &[f64; 4], b: &[f64; 4]| {
        a[0] > b[0] && a[1] > b[1] && a[0] + a[2] < b[0] + b[2] && a[1] + a[3] < b[1] + b[3]
    };
    assert!(!overlap(&groups[0], &groups[1]), "{svg}");
    for (at, one) in boxes.iter().enumerate() {
        assert!(boxes[..at].iter().all(|other| !overlap(one, other)), "{svg}");
        let inside: Vec<bool> = groups.iter().map(|g| within(one, g)).collect();
        let outside: Vec<bool> = groups.iter().map(|g| !overlap(one, g)).collect();
        let expected = [[true, false], [false, true], [false, false]];
        let of = [0, 0, 0, 1, 1, 2, 2][at];
        assert_eq!(inside, expected[of], "box {at} in {svg}");
        assert!(inside.iter().zip(&outside).all(|(i, o)| i != o), "box {at} in {svg}");
    }
}

#[test]
fn a_sequence_has_its_participants_messages_and_frames() {
    let svg = drawn(
        "sequenceDiagram\nautonumber\nactor A as Người báo\nparticipant B as Tổ trực\nA->>+B: Gọi điện\nB-->>-A: Đã nhận\nNote over A,B: Họp nhanh\nalt Có dữ liệu bị lộ\nB->>B: Lập danh sách\nelse Không\nB-)A: Cảm ơn\nend",
    );
    let words = words(&svg);
    for expected in
        ["Người báo", "Tổ trực", "Gọi điện", "Họp nhanh", "Có dữ liệu bị lộ", "Không", "4"]
    {
        assert!(words.iter().any(|w| w == expected), "{expected} in {words:?}");
    }
    assert_eq!(svg.matches("d-life").count(), 2);
    assert_eq!(svg.matches("d-bar").count(), 1);
    assert_eq!(svg.matches("d-number").count(), 4);
}

#[test]
fn states_are_boxes_with_a_beginning_and_an_end() {
    let svg = drawn(
        "stateDiagram-v2\n[*] --> a\na : Bình thường\nstate \"Có sự cố\" as b\na --> b : phát hiện\nb --> a\nb --> [*]",
    );
    assert_eq!(words(&svg), ["phát hiện", "Bình thường", "Có sự cố"]);
    assert_eq!(svg.matches("d-start").count(), 2, "{svg}");
}

#[test]
fn drawings_hold_nothing_but_shapes_and_words() {
    let svg = drawn(
        "flowchart TD\nA[\"<script>alert(1)</script> & 'x'\"] -->|\"<b>\"| B[\"#quot;#60;#35;\"]\nsubgraph g [\"<i>\"]\nC\nend",
    );
    for forbidden in ["<script", "style", " id=", "href", "<b>", "<i>", "javascript", " on"] {
        assert!(!svg.contains(forbidden), "{forbidden} in {svg}");
    }
    assert!(svg.contains("&lt;script&gt;"), "{svg}");
    assert_eq!(words(&svg).iter().filter(|w| w.ends_with("&lt;#")).count(), 1, "{svg}");
}

#[test]
fn mistakes_are_found_in_their_line() {
    for (source, line, says) in [
        ("", 0, "nothing in it"),
        ("%% chỉ có ghi chú", 0, "nothing in it"),
        ("pie\n\"a\": 1", 1, "not a kind"),
        ("flowchart XX\nA-->B", 1, "no direction `XX`"),
        ("flowchart TD", 1, "no box"),
        ("flowchart TD\nA --> B\nA -> B", 3, "from `-> B`"),
        ("flowchart TD\n\nA[chưa đóng --> B", 3, "not closed with `]`"),
        ("flowchart TD\nA[Có (OTP)] --> B", 2, "put it in quotes"),
        ("flowchart TD\nA -->", 2, "not finished"),
        ("flowchart TD\nfoo bar", 2, "from `bar`"),
        ("flowchart TD\nsubgraph x\nA", 2, "has no `end`"),
        ("flowchart TD\nA\nend", 3, "closes nothing"),
        ("flowchart TD\nA --> A", 2, "own box"),
        ("flowchart TD\nA:::đỏ", 2, "no class `đỏ`"),
        ("flowchart TD\nA\nclassDef x fill:#f00", 3, "`classDef` is not used"),
        ("flowchart TD\nsubgraph g [x]\nA\nend\nB --> g", 1, "group `g`"),
        ("sequenceDiagram\nparticipant A", 1, "no message"),
        ("sequenceDiagram\nA->>B: x\nalt y\nB->>A: z", 3, "`alt` that opens here"),
        ("sequenceDiagram\nA->>B: x\nelse y", 3, "belongs to no block"),
        ("sequenceDiagram\nmột dòng lạ", 2, "from `một dòng lạ`"),
        ("stateDiagram-v2\nstate a {\nb\n}", 2, "holds other states"),
    ] {
        let refusal = refused(source);
        assert_eq!(refusal.line, line, "{source}: {refusal:?}");
        assert!(refusal.en.contains(says), "{source}: {refusal:?}");
        assert_ne!(refusal.vi, refusal.en, "{source}");
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let many = |n: usize| (0..n).map(|i| format!("n{i}\n")).collect::<String>();
    assert!(refused(&format!("flowchart TD\n{}", many(MOST_NODES + 1))).en.contains("60 boxes"));
    drawn(&format!("flowchart TD\n{}", many(MOST_NODES)));
    let arrows = "A-->B\n".repeat(MOST_EDGES + 1);
    assert!(refused(&format!("flowchart TD\n{arrows}")).en.contains("120 arrows"));
    let words = "chữ ".repeat(LONGEST_LABEL);
    assert!(refused(&format!("flowchart TD\nA[{words}]")).en.contains("200 characters"));
    assert_eq!(refused(&"x".repeat(LONGEST + 1)).line, 0);
    let long: String =
        (1..MOST_NODES).map(|i| format!("n{} --> n{i}\nn0 --> n{i}\n", i - 1)).collect();
    assert!(refused(&format!("flowchart TD\n{long}")).en.contains("span the diagram"));
}

#[test]
fn the_worst_diagram_is_drawn_in_bounded_time() {
    // Sixty boxes, arrows from each to two others far away.
    let arrows: String = (0..MOST_NODES)
        .map(|i| {
            format!(
                "n{i} --> n{}\nn{i} --> n{}\n",
                (i * 7 + 3) % MOST_NODES,
                (i * 11 + 5) % MOST_NODES
            )
        })
        .collect();
    let start = Instant::now();
    let _ = svg(&Cache::default(), &format!("flowchart TD\n{arrows}"));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn words_fit_their_boxes_with_every_mark() {
    // Advances of DejaVu Sans, the widest face of the theme's stack, in thousandths.
    let dejavu = [
        ("Nghi lộ dữ liệu", 7_211.0),
        ("WWWW", 3_955.0),
        ("Ưu tiên", 3_729.0),
        ("Bảo đảm an toàn hệ thống", 13_374.0),
        ("Đề xuất cấp độ", 7_618.0),
    ];
    for (text, least) in dejavu {
        let wide = measure::width(text) * 1000.0 / measure::TEXT;
        assert!(wide >= least && wide < least * 1.05, "{text}: {wide}");
    }
    // Marks as characters of their own are as wide as letters that have them.
    assert_eq!(measure::width("Ẫ"), measure::width("A\u{302}\u{303}"));
    const { assert!(measure::LINE >= measure::TEXT * (1.32 + 0.06)) };
    let lines = measure::Words::within("Báo tổ an toàn thông tin của đơn vị mình", 120.0).lines;
    assert!(lines.len() > 1 && lines.iter().all(|l| measure::width(l) <= 120.0), "{lines:?}");
}

#[test]
fn what_is_remembered_is_what_would_be_drawn() {
    for source in ["flowchart TD\nA-->B", "flowchart TD\nA->B", ""] {
        let fresh = draw(source);
        assert_eq!(unpack(&pack(&fresh)), Some(fresh.clone()));
        let cache = Cache::default();
        assert_eq!(svg(&cache, source), fresh);
        let (saved, _) = cache.to_save();
        assert_eq!(svg(&Cache::new(saved), source), fresh);
    }
    assert_eq!(unpack(b"<damaged"), None);
    assert_eq!(unpack(b" viewBox=\"0"), None);
}

/// Lines that are nearly right: the readers' and the placers' corners lie there.
fn line() -> impl Strategy<Value = String> {
    let id = prop::sample::select(vec!["A", "B", "C", "d-e", "Đ", "end", "[*]", "g"]);
    let arrow = prop::sample::select(vec![
        "-->", "---", "-.->", "==>", "<-->", "--o", "->", "->>", "-->>", "-)", "-- x -->",
        "-->|y|", ":",
    ]);
    let shape = prop::sample::select(vec![
        "", "[x]", "{Có?}", "((t))", "([", "]", "[\"", ":::tip", ": nhãn",
    ]);
    let frame = prop::sample::select(vec![
        "subgraph g [t]",
        "end",
        "alt x",
        "else",
        "loop",
        "Note over A,B: n",
        "activate A",
        "deactivate A",
        "direction LR",
        "autonumber",
        "state \"s\" as A",
        "%% c",
        "A & B --> C",
    ]);
    prop_oneof![
        4 => (id.clone(), shape.clone(), arrow, id, shape).prop_map(|(a, s, r, b, t)| format!("{a}{s} {r} {b}{t}")),
        1 => frame.prop_map(str::to_owned),
        1 => "\\PC{0,20}",
    ]
}

/// A flowchart of boxes, in groups or not, with arrows between any of them.
fn flowchart() -> impl Strategy<Value = (usize, usize, String)> {
    let head = prop::sample::select(vec!["TD", "LR", "BT", "RL"]);
    let groups = prop::collection::vec(0usize..4, 2..14);
    let arrows = prop::collection::vec((0usize..14, 0usize..14, prop::bool::ANY), 0..22);
    (head, groups, arrows).prop_map(|(head, groups, arrows)| {
        let mut source = format!("flowchart {head}\n");
        let mut shown = 0;
        for group in 1..4 {
            let members: Vec<usize> = (0..groups.len()).filter(|n| groups[*n] == group).collect();
            if !members.is_empty() {
                shown += 1;
                source += &format!("subgraph g{group} [Nhóm thứ {group} có tên]\n");
                members.iter().for_each(|n| source += &format!("n{n}[Ô số {n}]\n"));
                source += "end\n";
            }
        }
        (0..groups.len()).for_each(|n| source += &format!("n{n}[Ô số {n}]\n"));
        for (from, to, labelled) in arrows {
            let (from, to) = (from % groups.len(), to % groups.len());
            if from != to {
                let label = if labelled { "|có chữ|" } else { "" };
                source += &format!("n{from} -->{label} n{to}\n");
            }
        }
        (groups.len(), shown, source)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_source_ends_the_build(
        head in prop::sample::select(vec!["flowchart TD", "flowchart LR", "flowchart BT", "sequenceDiagram", "stateDiagram-v2"]),
        lines in prop::collection::vec(line(), 0..7),
    ) {
        let source = format!("{head}\n{}", lines.join("\n"));
        let first = svg(&Cache::default(), &source);
        prop_assert_eq!(&first, &svg(&Cache::default(), &source));
        match first {
            Ok(svg) => prop_assert!(!svg.contains("NaN") && !svg.contains("inf") && svg.ends_with("</svg>")),
            Err(refusal) => prop_assert!(refusal.line <= lines.len() + 1),
        }
    }

    #[test]
    fn nothing_ever_overlaps((boxes, groups, source) in flowchart()) {
        let svg = drawn(&source);
        let all = rectangles(&svg);
        let (frames, boxes) = (&all[..groups], &all[all.len() - boxes..]);
        for kind in [frames, boxes] {
            for (at, one) in kind.iter().enumerate() {
                prop_assert!(kind[..at].iter().all(|other| !overlap(one, other)), "{source}\n{svg}");
            }
        }
        // A box belongs to one group at most, wholly.
        for one in boxes {
            prop_assert!(frames.iter().filter(|f| overlap(one, f)).count() <= 1, "{source}\n{svg}");
        }
    }

    #[test]
    fn no_text_ends_the_build(source in "\\PC{0,200}") {
        let _ = svg(&Cache::default(), &source);
    }
}
