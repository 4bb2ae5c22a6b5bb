//! What the web server shows of a preview: its files, its pages with the means to follow
//! changes, and a page for what is not there.

use super::{About, Preview, Site, Versions, Visitor, live};
use crate::diag::UiLang;
use crate::model::Content;
use std::sync::Arc;

/// A preview as visitors see it.
pub struct Show {
    preview: Arc<Preview>,
    /// The editor's language.
    lang: UiLang,
}

impl Show {
    /// Shows `preview` to an editor who reads `lang`, and to guests.
    pub fn new(preview: Arc<Preview>, lang: UiLang) -> Show {
        Show { preview, lang }
    }
}

impl Site for Show {
    fn file(&self, path: &str, _: Visitor) -> Option<Content> {
        let content = self.preview.content(path)?;
        match content {
            Content::Bytes(page) if path.ends_with(".html") => {
                let page = String::from_utf8_lossy(&page);
                Some(Content::Bytes(live::inject(&page, self.versions(path)).into_bytes()))
            }
            content => Some(content),
        }
    }

    fn not_found(&self, path: &str, _: Visitor) -> Vec<u8> {
        let page = self.missing_page();
        // The page may be written while it is looked for.
        live::inject(&page, self.versions(path)).into_bytes()
    }

    fn versions(&self, page: &str) -> Versions {
        let shown = self.preview.shown();
        Versions {
            page: shown.page_print(page),
            style: shown.theme_print("site.css"),
            script: shown.theme_print("site.js"),
        }
    }

    fn about(&self, page: &str) -> Option<About> {
        self.preview.shown().about(page)
    }
}

impl Show {
    fn missing_page(&self) -> String {
        let no_site = self.preview.shown().site().is_none();
        let (lang, title, text) = match (self.lang, no_site) {
            (UiLang::Vi, false) => ("vi", "Không có trang này", "Trang này chưa có trong sổ tay."),
            (UiLang::En, false) => ("en", "No such page", "The handbook has no such page yet."),
            (UiLang::Vi, true) => {
                ("vi", "Chưa hiện được sổ tay", "Sửa các lỗi được báo, trang sẽ tự hiện ra.")
            }
            (UiLang::En, true) => (
                "en",
                "The handbook cannot be shown yet",
                "Mend what is reported, and the page will appear by itself.",
            ),
        };
        let home = match (self.lang, no_site) {
            (_, true) => "",
            (UiLang::Vi, false) => "<p><a href=\"/\">Về trang chủ</a></p>",
            (UiLang::En, false) => "<p><a href=\"/\">To the home page</a></p>",
        };
        format!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
             </head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n{home}\n</main>\n</body>\n</html>\n"
        )
    }
}
