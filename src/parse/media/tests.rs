use super::*;
use image::{GenericImageView, Rgb, RgbImage, RgbaImage};
use proptest::prelude::*;

const SECRET: &[u8] = b"21.0285N 105.8542E";

fn limits() -> Limits {
    Limits { image_pixels: 64, image_bytes: 300_000, ..Limits::default() }
}

fn prepare_with(name: &str, bytes: &[u8], limits: &Limits) -> (Prepared, Vec<Diagnostic>) {
    let data = FileData::Memory(bytes.into());
    prepare_asset(&RelPath::new(name), &data, limits, &Cache::default())
}

fn prepare(name: &str, bytes: &[u8]) -> (Prepared, Vec<Diagnostic>) {
    prepare_with(name, bytes, &limits())
}

fn published(name: &str, bytes: &[u8]) -> (Vec<u8>, (u32, u32)) {
    let (prepared, problems) = prepare(name, bytes);
    assert_eq!(problems, []);
    let bytes = prepared.data.bytes().expect("in memory").to_vec();
    (bytes, prepared.size.expect("a size"))
}

fn codes(problems: &[Diagnostic]) -> Vec<&'static str> {
    problems.iter().map(|d| d.code.id()).collect()
}

/// Left half red, right half blue, so that a turn shows.
fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) }
    })
}

fn as_jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut out, 90)).expect("encoded");
    out
}

/// EXIF as a phone writes it: one entry, the orientation; then the place, as loose bytes.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
    tiff.extend(SECRET);
    tiff
}

/// Puts a segment behind the start of a JPEG.
fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, content, &jpeg[2..]].concat()
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    memchr::memmem::find(bytes, what).is_some()
}

fn looks(bytes: &[u8], x: u32, y: u32) -> &'static str {
    let [r, _, b, _] = image::load_from_memory(bytes).expect("decoded").get_pixel(x, y).0;
    if r > b { "red" } else { "blue" }
}

#[test]
fn a_small_clean_jpeg_is_published_as_it_is() {
    let jpeg = as_jpeg(&photo(40, 20));
    assert_eq!(published("a.jpg", &jpeg), (jpeg.clone(), (40, 20)));
}

#[test]
fn metadata_goes_without_touching_pixels() {
    let jpeg = as_jpeg(&photo(40, 20));
    let icc = [&b"ICC_PROFILE\0\x01\x01"[..], b"profile"].concat();
    let coloured = with_segment(&jpeg, 0xe2, &icc);
    let mut loaded = coloured.clone();
    for (marker, content) in [
        (0xe1, exif(1)),
        (0xe1, [b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat()),
        (0xe2, [b"MPF\0", SECRET].concat()),
        (0xed, [b"Photoshop 3.0\0", SECRET].concat()),
        (0xfe, SECRET.to_vec()),
    ] {
        loaded = with_segment(&loaded, marker, &content);
    }
    loaded.extend([b"a film after the end ", SECRET].concat());
    let (bytes, size) = published("a.JPG", &loaded);
    assert_eq!((bytes, size), (coloured, (40, 20)));
}

#[test]
fn orientation_is_applied_before_it_is_lost() {
    // (orientation, size after, colour at the top left, at the bottom right)
    for (orientation, size, first, last) in [
        (1, (40, 20), "red", "blue"),
        (2, (40, 20), "blue", "red"),
        (3, (40, 20), "blue", "red"),
        (6, (20, 40), "red", "blue"),
        (8, (20, 40), "blue", "red"),
    ] {
        let jpeg = with_segment(&as_jpeg(&photo(40, 20)), 0xe1, &exif(orientation));
        let (bytes, published_size) = published("a.jpeg", &jpeg);
        assert_eq!(published_size, size, "{orientation}");
        assert!(!holds(&bytes, SECRET) && !holds(&bytes, b"Exif"), "{orientation}");
        assert_eq!(looks(&bytes, 1, 1), first, "{orientation}");
        assert_eq!(looks(&bytes, size.0 - 2, size.1 - 2), last, "{orientation}");
    }
}

#[test]
fn large_photographs_fit_the_page() {
    let jpeg = with_segment(&as_jpeg(&photo(200, 100)), 0xe1, &exif(6));
    let (bytes, size) = published("a.jpg", &jpeg);
    assert_eq!(size, (32, 64));
    assert!(!holds(&bytes, SECRET));
    assert_eq!(published("a.jpg", &jpeg).0, bytes, "the same bytes again");
}

#[test]
fn a_remembered_photograph_equals_a_fresh_one() {
    let data = FileData::Memory(as_jpeg(&photo(200, 100)).into());
    let cache = Cache::default();
    let path = RelPath::new("a.jpg");
    let first = prepare_asset(&path, &data, &limits(), &cache).0;
    let cache = Cache::new(cache.to_save().0);
    let second = prepare_asset(&path, &data, &limits(), &cache).0;
    assert_eq!(first.data.bytes(), second.data.bytes());
    assert!(!cache.to_save().1, "nothing was made again");
}

fn as_png(picture: RgbaImage) -> Vec<u8> {
    let mut out = Vec::new();
    picture.write_with_encoder(PngEncoder::new(&mut out)).expect("encoded");
    out
}

fn with_chunk(png: &[u8], name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    // Behind the signature and IHDR; nobody checks this checksum.
    [&png[..33], &length, name, content, &[0; 4], &png[33..]].concat()
}

#[test]
fn png_loses_text_and_times() {
    let png = as_png(RgbaImage::from_pixel(10, 5, Rgba([1, 2, 3, 255])));
    let mut loaded = png.clone();
    for name in [b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"] {
        loaded = with_chunk(&loaded, name, SECRET);
    }
    loaded.extend(SECRET);
    assert_eq!(published("a.png", &loaded), (png, (10, 5)));
}

#[test]
fn only_wide_and_heavy_png_are_made_smaller() {
    // Noise, which no encoder packs; the right half transparent over black.
    let mut seed = 1u32;
    let picture = RgbaImage::from_fn(128, 64, |x, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [r, g, b, _] = seed.to_le_bytes();
        if x < 64 { Rgba([r | 128, g | 128, b | 128, 255]) } else { Rgba([0, 0, 0, 0]) }
    });
    let png = as_png(picture);
    assert_eq!(published("a.png", &png).1, (128, 64), "wide, but light");

    let heavy = Limits { image_bytes: 10_000, ..limits() };
    let (prepared, problems) = prepare_with("a.png", &png, &heavy);
    assert_eq!((prepared.size, codes(&problems)), (Some((64, 32)), vec![]));
    let bytes = prepared.data.bytes().expect("in memory");
    let smaller = image::load_from_memory(bytes).expect("decoded").into_rgba8();
    assert_eq!(smaller.get_pixel(60, 10).0[3], 0, "still transparent");
    let rim = smaller.pixels().filter(|p| (1..255).contains(&p.0[3]));
    rim.for_each(|p| assert!(p.0[0] > 100, "a dark rim: {p:?}"));
}

#[test]
fn webp_loses_exif_and_says_so_in_its_header() {
    let mut plain = Vec::new();
    let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut plain);
    photo(10, 5).write_with_encoder(encoder).expect("encoded");
    assert_eq!(published("a.webp", &plain), (plain.clone(), (10, 5)));

    let chunk = |name: &[u8], content: &[u8]| {
        let mut chunk = [name, &(content.len() as u32).to_le_bytes(), content].concat();
        chunk.resize(chunk.len() + content.len() % 2, 0);
        chunk
    };
    let riff = |flags: u8, more: &[u8]| {
        let header = chunk(b"VP8X", &[flags, 0, 0, 0, 9, 0, 0, 4, 0, 0]);
        let body = [b"WEBP", &*header, &plain[12..], more].concat();
        [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
    };
    let more = [chunk(b"EXIF", &[SECRET, b"!"].concat()), chunk(b"XMP ", SECRET)].concat();
    assert_eq!(published("a.webp", &riff(0x1c, &more)), (riff(0x10, &[]), (10, 5)));
}

#[test]
fn broken_pictures_and_bombs_are_errors() {
    let jpeg = as_jpeg(&photo(200, 100));
    let mut bomb = as_png(RgbaImage::new(1, 1));
    bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let half = &jpeg[..jpeg.len() / 2];
    for (name, bytes) in [
        ("a.jpg", &b"<html>not found</html>"[..]),
        ("a.jpg", half),
        ("a.png", &bomb),
        ("a.gif", b""),
        ("a.svgz", b"\x1f\x8b"),
        ("a.png", b"BM and so on, a bitmap"),
    ] {
        let (prepared, problems) = prepare(name, bytes);
        assert_eq!(codes(&problems), ["S510"], "{name}");
        assert_eq!(prepared.size, None);
    }
}

#[test]
fn heavy_pictures_are_warned_about_in_human_sizes() {
    let jpeg = as_jpeg(&photo(60, 60));
    let strict = Limits { image_bytes: 100, ..limits() };
    let (_, problems) = prepare_with("a.jpg", &jpeg, &strict);
    assert_eq!(codes(&problems), ["S509"]);
    assert_eq!(problems[0].args["limit_vi"], "100 B");
}

#[test]
fn other_files_and_files_on_disk_pass_untouched() {
    let (prepared, problems) = prepare("mau-don.docx", b"PK");
    assert_eq!((prepared.size, problems), (None, vec![]));
    let disk = |size| FileData::Disk { path: "/x".into(), size };
    let on_disk = |name: &str| {
        codes(
            &prepare_asset(&RelPath::new(name), &disk(99_000_000), &limits(), &Cache::default()).1,
        )
    };
    assert_eq!(on_disk("film.mp4"), Vec::<&str>::new());
    assert_eq!(on_disk("a.jpg"), ["S509"]);
    assert_eq!(on_disk("a.svg"), ["S510"]);
}

fn svg(attributes: &str, body: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}>{body}</svg>")
}

#[test]
fn static_drawings_keep_their_bytes_and_tell_their_size() {
    let body = "<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
        rdf:about=\"http://example.org\"/></metadata><style>.a { fill: url(#g); } /* x */</style>\
        <defs><linearGradient id=\"g\"/></defs><use xlink:href=\"#g\" \
        xmlns:xlink=\"http://www.w3.org/1999/xlink\"/><text style=\"fill: url('#g')\">Mã độc &amp; \
        &#7883; javascript</text><image href=\"data:image/png;base64,AAAA\"/>";
    for (attributes, size) in [
        ("width=\"200\" height=\"100.4px\"", Some((200, 100))),
        ("width=\"1in\" height=\"25.4mm\"", Some((96, 96))),
        ("width=\"100%\" height=\"100%\" viewBox=\"0 0 640 480\"", Some((640, 480))),
        ("viewBox=\"0,0,64.6,48\"", Some((65, 48))),
        ("", None),
        ("viewBox=\"0 0 NaN 1e99\"", None),
    ] {
        let text = format!(
            "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE svg PUBLIC \
            \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n{}",
            svg(attributes, body)
        );
        let (prepared, problems) = prepare("a.svg", text.as_bytes());
        assert_eq!((prepared.size, problems), (size, vec![]), "{attributes}");
        assert_eq!(&**prepared.data.bytes().expect("in memory"), text.as_bytes());
    }
}

#[test]
fn active_drawings_are_refused() {
    let bodies = [
        "<script>alert(1)</script>",
        "<s:script xmlns:s=\"http://www.w3.org/2000/svg\"/>",
        "<SCRIPT/>",
        "<g onload=\"alert(1)\"/>",
        "<g x:onclick=\"alert(1)\" xmlns:x=\"y\"/>",
        "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"jav&#x61;&#10;script:alert(1)\">x</a>",
        "<a xlink:href=\"https://evil.example/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">x</a>",
        "<a q:href=\"other.svg\" xmlns:q=\"http://www.w3.org/1999/xlink\">x</a>",
        "<image href=\"https://evil.example/a.png\"/>",
        "<image href=\"//evil.example/a.png\"/>",
        "<image href=\"data:image/svg+xml,&lt;svg onload='alert(1)'/&gt;\"/>",
        "<use href=\"other.svg#a\"/>",
        "<style>@import 'https://evil.example/a.css';</style>",
        "<style>@\\69mport 'a.css';</style>",
        "<style><![CDATA[.a { fill: url(https://evil.example/a.svg#b) }]]></style>",
        "<style>.a { fill: u<![CDATA[rl(https://evil.example/)]]> }</style>",
        "<style>.a { fill: u&#114;l(//evil.example/a) }</style>",
        "<style>.a { fill: u\\72 l(//evil.example/a) }</style>",
        "<style>.a { fill: u\\rl(//evil.example/a) }</style>",
        "<style>.a { background: image-set(\"https://evil.example/a.png\" 1x) }</style>",
        "<g style=\"fill: URL( 'https://evil.example/a' )\"/>",
        "<g fill=\"url(https://evil.example/a#b)\"/>",
        "<g xml:base=\"https://evil.example/\"/>",
        "<a><set attributeName=\"href\" to=\"x\"/></a>",
        "<a><animate attributeName=\"xlink:href\" values=\"x\"/></a>",
        "<set attributeName=\"onclick\" to=\"x\"/>",
        "<handler type=\"text/javascript\">x</handler>",
        "<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" srcdoc=\"x\"/>",
        "<?xml-stylesheet href=\"https://evil.example/a.css\"?>",
    ];
    for body in bodies {
        let (_, problems) = prepare("a.svg", svg("", body).as_bytes());
        assert_eq!(codes(&problems), ["S511"], "{body}");
        assert!(!problems[0].args["what"].is_empty());
    }
    let entity =
        format!("<!DOCTYPE svg [<!ENTITY x \"<script>alert(1)</script>\">]>{}", svg("", "&x;"));
    assert_eq!(codes(&prepare("a.svg", entity.as_bytes()).1), ["S511"]);
}

#[test]
fn drawings_that_browsers_could_read_otherwise_are_refused() {
    let utf16: Vec<u8> = svg("", "<script/>").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [
        &utf16[..],
        svg("", "&unknown;").as_bytes(),
        svg("", "<g>").as_bytes(),
        b"<svg><g></svg></g>",
        b"<html></html>",
        b"<svg>",
        b"",
        b"text",
        b"<?xml version='1.0' encoding='iso-2022-jp'?><svg/>",
    ] {
        let (_, problems) = prepare("a.svg", bytes);
        assert!(matches!(codes(&problems)[..], ["S510"] | ["S511"]), "{bytes:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_taken(bytes in proptest::collection::vec(any::<u8>(), 0..200), kind in 0usize..6) {
        let (name, magic): (_, &[u8]) = [
            ("a.jpg", &b"\xff\xd8\xff\xe0"[..]), ("a.png", b"\x89PNG\r\n\x1a\n"),
            ("a.webp", b"RIFF\x40\0\0\0WEBPVP8X"), ("a.gif", b"GIF89a"), ("a.svg", b"<svg>"),
            ("a.avif", b"\0\0\0\x20ftypavif"),
        ][kind];
        prepare(name, &[magic, &bytes].concat());
        prepare(name, &bytes);
    }

    #[test]
    fn any_damage_is_taken(at in 0usize..2_000, byte: u8, cut in 0usize..2_000) {
        for (name, mut bytes) in [
            ("a.jpg", with_segment(&as_jpeg(&photo(100, 30)), 0xe1, &exif(6))),
            ("a.png", as_png(RgbaImage::new(20, 20))),
            ("a.svg", svg("width=\"1\"", "<g style=\"fill:url(#a)\">&#65;</g>").into_bytes()),
        ] {
            let length = bytes.len();
            bytes[at % length] = byte;
            prepare(name, &bytes);
            prepare(name, &bytes[..cut % length]);
        }
    }
}
