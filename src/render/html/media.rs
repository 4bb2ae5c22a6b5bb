//! Pictures, films and files beside a page.

use super::{Writer, escape};
use crate::base::{RelPath, UrlPath, size_in_words};
use crate::model::*;
use crate::render::theme::Strings;

impl<'a> Writer<'a> {
    /// Writes a picture or a film. One that stands `alone` in a paragraph is a figure, and its
    /// title its caption.
    pub(super) fn image(&mut self, image: &'a Image, alone: bool) {
        let Ok(source) = self.tools.site.file(self.place(), &image.target) else {
            // Reported by resolve; the description stays readable.
            self.push_text(&image.alt);
            return;
        };
        let asset = &self.tools.site.assets[source];
        let href = self.here.link_to(&asset.path);
        match source.extension().as_str() {
            "mp4" | "webm" | "ogv" | "m4v" => self.film("video", &href, image, asset),
            "mp3" | "ogg" | "oga" | "m4a" | "wav" | "opus" => {
                self.film("audio", &href, image, asset)
            }
            _ => {
                if self.body.first_image.is_none() && asset.path.as_str().ends_with_raster() {
                    self.body.first_image = Some(asset.path.clone());
                }
                self.picture(&href, image, asset, alone);
            }
        }
    }

    fn picture(&mut self, href: &str, image: &Image, asset: &Asset, alone: bool) {
        let caption = alone && !image.title.is_empty();
        self.push(match (alone, caption) {
            (true, true) => "<figure class=\"figure\">",
            (true, false) => "<p>",
            (false, _) => "",
        });
        self.push("<img src=\"");
        escape::push_address(&mut self.out, href);
        self.push("\" alt=\"");
        self.push_attribute(&image.alt);
        self.push("\"");
        if let Some((width, height)) = asset.size {
            self.push(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        if !image.title.is_empty() && !caption {
            self.push(" title=\"");
            self.push_attribute(&image.title);
            self.push("\"");
        }
        self.push(" loading=\"lazy\" decoding=\"async\">");
        if caption {
            self.push("<figcaption>");
            self.push_text(&image.title);
            self.push("</figcaption></figure>\n");
        } else if alone {
            self.push("</p>\n");
        }
    }

    /// A film or a recording: plays in place, and can be saved where it cannot be played.
    fn film(&mut self, tag: &str, href: &str, image: &Image, asset: &Asset) {
        let strings = self.strings;
        self.push("<figure class=\"media\">");
        self.push(&format!("<{tag} controls preload=\"metadata\" src=\""));
        escape::push_address(&mut self.out, href);
        self.push("\" aria-label=\"");
        self.push_attribute(if image.alt.is_empty() {
            strings.get("video_label")
        } else {
            &image.alt
        });
        self.push("\"></");
        self.push(tag);
        self.push("><figcaption>");
        let name = if image.title.is_empty() { &image.alt } else { &image.title };
        self.push("<a class=\"file\" href=\"");
        escape::push_address(&mut self.out, href);
        self.push("\">");
        self.push_text(if name.is_empty() { asset.path.name() } else { name });
        self.push("</a> <span class=\"file-info\">(");
        self.push_text(&file_info(strings, &asset.path, asset.data.size()));
        self.push(")</span></figcaption></figure>\n");
    }

    /// A link to a file says what it is and how large.
    pub(super) fn file_link(&mut self, source: &RelPath, link: &'a Link) {
        let asset = &self.tools.site.assets[source];
        let href = self.here.link_to(&asset.path);
        self.open_link(&href, link, " class=\"file\"");
        self.inlines(&link.content);
        self.push("</a> <span class=\"file-info\">(");
        self.push_text(&file_info(self.strings, &asset.path, asset.data.size()));
        self.push(")</span>");
    }
}

trait Raster {
    fn ends_with_raster(&self) -> bool;
}

impl Raster for str {
    /// Whether previews elsewhere can show it: they do not draw SVG.
    fn ends_with_raster(&self) -> bool {
        [".png", ".jpg", ".jpeg", ".webp", ".gif"].iter().any(|e| self.ends_with(e))
    }
}

/// Type and size of a file in words: `PDF, 1,2 MB`.
pub fn file_info(strings: &Strings, path: &UrlPath, bytes: u64) -> String {
    let kind = path.name().rsplit_once('.').map_or("", |(_, e)| e).to_uppercase();
    let size = size_in_words(bytes, &strings.decimal());
    strings.format("file_info", &[("type", &kind), ("size", &size)])
}
