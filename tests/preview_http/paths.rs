//! What a path leads to: a file of the site by its exact name, or nothing.

use crate::preview::Preview;

#[test]
fn folders_are_their_index() {
    let preview = Preview::start();
    for (path, text) in [("/", "<p>root"), ("/vi/", "<p>xin chào"), ("/vi/?q=1", "<p>xin chào")] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.text()), (200, text), "{path}");
    }
    for (path, address) in [("/vi", "/vi/"), ("/vi?a=b&c", "/vi/?a=b&c")] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.field("location")), (302, Some(address)));
    }
}

#[test]
fn what_is_not_there_is_said_in_a_page() {
    let preview = Preview::start();
    for path in ["/vi/none.html", "/talks/", "/vi/index.html/", "/VI/", "/_sotay/", "/.git/config"]
    {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
    let answer = preview.get("/vi/none.html");
    assert_eq!(answer.text(), "<p>no vi/none.html");
    assert_eq!(answer.field("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(answer.field("content-security-policy"), Some("frame-ancestors 'self'"));
}

#[test]
fn names_are_decoded_once() {
    let preview = Preview::start();
    preview.site.set_text("assets/sơ đồ 100%.txt", "ở đây");
    let path = "/assets/s%C6%A1%20%C4%91%E1%BB%93%20100%25.txt";
    assert_eq!(preview.get(path).text(), "ở đây");
}

#[test]
fn nothing_climbs_out() {
    let preview = Preview::start();
    let ups = [
        "..",
        "%2e%2e",
        "%2E%2e",
        ".%2e",
        "%2e.",
        "%252e%252e",
        "%25%32%65%25%32%65",
        "..%00",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "%uff0e%uff0e",
        "..;",
        "....",
        "...",
    ];
    let slashes = ["/", "//", "%2f", "%2F", "%252f", "\\", "%5c", "%5C", "%255c", "%c0%af", "/./"];
    for up in ups {
        for slash in slashes {
            let path = format!("/vi/{}Cargo.toml", format!("{up}{slash}").repeat(3));
            let status = preview.get(&path).status;
            assert!(matches!(status, 400 | 404), "{path}: {status}");
        }
    }
    for path in preview.asked() {
        let inside = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        assert!(inside && !path.contains(['\\', '\0']), "{path:?} reached the site");
    }
}

#[test]
fn odd_paths_are_refused_before_the_site_sees_them() {
    let preview = Preview::start();
    for path in [
        "//",
        "//evil.example/",
        "/vi//",
        "/./vi/",
        "/vi/.",
        "/vi/..",
        "/%00",
        "/vi/%0d%0aX:%20y",
        "/%",
        "/%2",
        "/%zz",
        "/%ff",
        "/c:%5cwindows",
        "/\\\\host\\share",
        "/vi/..%2findex.html",
    ] {
        assert_eq!(preview.get(path).status, 400, "{path}");
    }
    assert_eq!(preview.asked(), [] as [String; 0]);
}

#[test]
fn no_redirect_leads_elsewhere() {
    let preview = Preview::start();
    preview.site.set_text("evil.example/index.html", "x");
    preview.site.set_text("ă b/index.html", "x");
    assert_eq!(preview.get("/evil.example").field("location"), Some("/evil.example/"));
    assert_eq!(preview.get("/%C4%83%20b").field("location"), Some("/%C4%83%20b/"));
    for path in ["//evil.example", "/%2fevil.example", "/%5cevil.example"] {
        assert_eq!(preview.get(path).field("location"), None, "{path}");
    }
}
