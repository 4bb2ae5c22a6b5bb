//! Files beside pages, made ready to publish: photographs without the place they were taken
//! at and no larger than a page shows, drawings that cannot run anything.
//!
//! `svg.rs` judges drawings, `metadata.rs` cuts metadata out of files without touching a
//! pixel; here it is decided what happens to which file.

mod metadata;
mod svg;

use crate::base::RelPath;
use crate::diag::{Code, Diagnostic};
use crate::model::{Cache, CacheKey, FileData, Limits};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngDecoder, PngEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, Rgba};
use imagesize::ImageType;
use metadata::Jpeg;
use std::borrow::Cow;
use std::io::Cursor;
use std::sync::Arc;

/// Changes whenever the same picture would give other bytes.
const VERSION: &str = "media 1; image 0.25";

/// A picture of more pixels is not decoded: a few kilobytes can claim terabytes.
const MOST_PIXELS: u64 = 100_000_000;

/// Of JPEG: beyond it, files grow faster than anybody sees.
const QUALITY: u8 = 82;

/// A file as it is published.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Its bytes.
    pub data: FileData,
    /// Width and height of a picture in pixels, as published.
    pub size: Option<(u32, u32)>,
}

/// Why a picture cannot be published, in Vietnamese and English.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Malformed {
    vi: Cow<'static, str>,
    en: Cow<'static, str>,
}

impl Malformed {
    const fn new(vi: &'static str, en: &'static str) -> Malformed {
        Malformed { vi: Cow::Borrowed(vi), en: Cow::Borrowed(en) }
    }
}

/// What kind of file a name promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    Picture,
    Drawing,
    PackedDrawing,
    Other,
}

/// The file at `path`, ready to publish, and what its editor should know. A file that cannot
/// be published (an error among the diagnostics) comes back as it was.
pub fn prepare_asset(
    path: &RelPath,
    data: &FileData,
    limits: &Limits,
    cache: &Cache,
) -> (Prepared, Vec<Diagnostic>) {
    let untouched = Prepared { data: data.clone(), size: None };
    let promise = promise(path);
    let Some(bytes) = data.bytes() else {
        // Too large to be held, so it was not read: as a drawing it could hide anything.
        let unread = matches!(promise, Promise::Drawing | Promise::PackedDrawing);
        let problems = if unread {
            vec![bad_image(
                path,
                Malformed::new(
                    "bản vẽ quá lớn, không kiểm tra được",
                    "the drawing is too large to be checked",
                ),
            )]
        } else if promise == Promise::Picture {
            large(path, data.size(), limits).into_iter().collect()
        } else {
            Vec::new()
        };
        return (untouched, problems);
    };
    let prepared = match promise {
        Promise::Other => return (untouched, Vec::new()),
        Promise::PackedDrawing => Err(bad_image(
            path,
            Malformed::new(
                "SVG nén không mở được từ thư mục",
                "packed SVG does not open from a folder",
            ),
        )),
        Promise::Drawing => drawing(path, bytes),
        Promise::Picture => picture(bytes, limits, cache).map_err(|p| bad_image(path, p)),
    };
    match prepared {
        Err(problem) => (untouched, vec![problem]),
        Ok(prepared) => {
            let warning = large(path, prepared.data.size(), limits);
            (prepared, warning.into_iter().collect())
        }
    }
}

fn promise(path: &RelPath) -> Promise {
    match &*path.extension() {
        "jpg" | "jpeg" | "jfif" | "png" | "webp" | "gif" | "avif" => Promise::Picture,
        "svg" => Promise::Drawing,
        "svgz" => Promise::PackedDrawing,
        _ => Promise::Other,
    }
}

fn bad_image(path: &RelPath, problem: Malformed) -> Diagnostic {
    Diagnostic::new(Code::BadImage, path)
        .with("problem_vi", problem.vi)
        .with("problem_en", problem.en)
}

fn large(path: &RelPath, size: u64, limits: &Limits) -> Option<Diagnostic> {
    (size > limits.image_bytes)
        .then(|| Diagnostic::new(Code::LargeImage, path).over(size, limits.image_bytes))
}

fn drawing(path: &RelPath, bytes: &Arc<[u8]>) -> Result<Prepared, Diagnostic> {
    match svg::check(bytes) {
        Ok(size) => Ok(Prepared { data: FileData::Memory(bytes.clone()), size }),
        Err(svg::Refused::Active(what)) => {
            Err(Diagnostic::new(Code::ActiveSvg, path).with("what", what))
        }
        Err(svg::Refused::Malformed(problem)) => Err(bad_image(path, problem)),
    }
}

/// The picture by what its bytes are, whatever its name says, as browsers take it.
fn picture(bytes: &Arc<[u8]>, limits: &Limits, cache: &Cache) -> Result<Prepared, Malformed> {
    let kind = imagesize::image_type(bytes)
        .map_err(|_| Malformed::new("tệp không phải hình", "it is no picture"))?;
    let (width, height) = pixel_size(bytes)?;
    let too_many = u64::from(width) * u64::from(height) > MOST_PIXELS;
    if too_many {
        return Err(Malformed {
            vi: format!("hình có {width} × {height} điểm ảnh").into(),
            en: format!("it has {width} × {height} pixels").into(),
        });
    }
    let published = match kind {
        ImageType::Jpeg => jpeg(bytes, (width, height), limits, cache)?,
        ImageType::Png => png(bytes, (width, height), limits, cache)?,
        ImageType::Webp => shared(metadata::webp(bytes)?, bytes),
        ImageType::Gif | ImageType::Heif(_) => bytes.clone(),
        _ => {
            return Err(Malformed::new(
                "trình duyệt không hiển thị được loại hình này",
                "browsers do not show this kind of picture",
            ));
        }
    };
    let size = pixel_size(&published)?;
    Ok(Prepared { data: FileData::Memory(published), size: Some(size) })
}

fn pixel_size(bytes: &[u8]) -> Result<(u32, u32), Malformed> {
    let damaged = || Malformed::new("không đọc được kích thước hình", "its size cannot be read");
    let size = imagesize::blob_size(bytes).map_err(|_| damaged())?;
    let edge = |n: usize| u32::try_from(n).ok().filter(|n| *n > 0).ok_or_else(damaged);
    Ok((edge(size.width)?, edge(size.height)?))
}

/// The original's own memory when nothing was changed.
fn shared(stripped: Cow<'_, [u8]>, original: &Arc<[u8]>) -> Arc<[u8]> {
    match stripped {
        Cow::Borrowed(_) => original.clone(),
        Cow::Owned(bytes) => bytes.into(),
    }
}

fn jpeg(
    bytes: &Arc<[u8]>,
    (width, height): (u32, u32),
    limits: &Limits,
    cache: &Cache,
) -> Result<Arc<[u8]>, Malformed> {
    let Jpeg { stripped, orientation } = metadata::jpeg(bytes)?;
    let fits = width.max(height) <= limits.image_pixels;
    if fits && orientation == Orientation::NoTransforms {
        return Ok(shared(stripped, bytes));
    }
    let key = cache_key("jpeg", limits.image_pixels, bytes);
    let made = cache.get_or_make(key, || {
        smaller_jpeg(bytes, orientation, limits.image_pixels).unwrap_or_default()
    });
    decoded(made)
}

fn png(
    bytes: &Arc<[u8]>,
    (width, height): (u32, u32),
    limits: &Limits,
    cache: &Cache,
) -> Result<Arc<[u8]>, Malformed> {
    let metadata::Png { stripped, animated } = metadata::png(bytes)?;
    let light = stripped.len() as u64 <= limits.image_bytes;
    if animated || light || width.max(height) <= limits.image_pixels {
        return Ok(shared(stripped, bytes));
    }
    let key = cache_key("png", limits.image_pixels, bytes);
    let made = cache.get_or_make(key, || {
        let smaller = smaller_png(bytes, limits.image_pixels).unwrap_or_default();
        // A picture of few colours can grow when its edges are smoothed; then it stays.
        if smaller.len() < stripped.len() { smaller } else { stripped.to_vec() }
    });
    decoded(made)
}

/// Nothing is what a cached failure looks like: the same bytes fail again.
fn decoded(made: Arc<[u8]>) -> Result<Arc<[u8]>, Malformed> {
    if made.is_empty() {
        Err(Malformed::new("các điểm ảnh bị hỏng", "its pixels are damaged"))
    } else {
        Ok(made)
    }
}

fn cache_key(kind: &str, longer_edge: u32, bytes: &[u8]) -> CacheKey {
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{VERSION}; {kind} {longer_edge} {QUALITY}\n").as_bytes());
    hasher.update(bytes);
    hasher.finalize().into()
}

/// The decoders' own guard, beside our count of pixels.
fn decoder_limits() -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 8);
    limits
}

fn smaller_jpeg(bytes: &[u8], orientation: Orientation, longer_edge: u32) -> Option<Vec<u8>> {
    let mut decoder = JpegDecoder::new(Cursor::new(bytes)).ok()?;
    decoder.set_limits(decoder_limits()).ok()?;
    // A profile for ink would be wrong for the screen colours that come out.
    let inks = metadata::jpeg_components(bytes) == Some(4);
    let profile = decoder.icc_profile().ok().flatten().filter(|_| !inks);
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    let mut picture = fitted(picture, longer_edge);
    picture.apply_orientation(orientation);
    let picture = match picture {
        grey @ DynamicImage::ImageLuma8(_) => grey,
        other => DynamicImage::ImageRgb8(other.into_rgb8()),
    };
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).ok()?;
    }
    picture.write_with_encoder(encoder).ok()?;
    Some(out)
}

fn smaller_png(bytes: &[u8], longer_edge: u32) -> Option<Vec<u8>> {
    let mut decoder = PngDecoder::with_limits(Cursor::new(bytes), decoder_limits()).ok()?;
    let profile = decoder.icc_profile().ok().flatten();
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    let picture = if picture.has_alpha() {
        fitted_with_alpha(picture, longer_edge)
    } else if picture.color().has_color() {
        DynamicImage::ImageRgb8(fitted(picture, longer_edge).into_rgb8())
    } else {
        DynamicImage::ImageLuma8(fitted(picture, longer_edge).into_luma8())
    };
    let mut out = Vec::new();
    let mut encoder =
        PngEncoder::new_with_quality(&mut out, CompressionType::Best, PngFilter::Adaptive);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).ok()?;
    }
    picture.write_with_encoder(encoder).ok()?;
    Some(out)
}

fn fitted(picture: DynamicImage, longer_edge: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= longer_edge {
        return picture;
    }
    picture.resize(longer_edge, longer_edge, FilterType::Lanczos3)
}

/// Colours are weighted by their opacity while they are mixed; else the black that hides
/// under transparent pixels would show as a dark rim.
fn fitted_with_alpha(picture: DynamicImage, longer_edge: u32) -> DynamicImage {
    let mut picture = picture.into_rgba8();
    for Rgba([r, g, b, a]) in picture.pixels_mut() {
        let weighted = |c: u8| ((u16::from(c) * u16::from(*a) + 127) / 255) as u8;
        (*r, *g, *b) = (weighted(*r), weighted(*g), weighted(*b));
    }
    let mut picture = fitted(DynamicImage::ImageRgba8(picture), longer_edge).into_rgba8();
    for Rgba([r, g, b, a]) in picture.pixels_mut() {
        let opacity = u16::from(*a).max(1);
        let plain = |c: u8| ((u16::from(c) * 255 + opacity / 2) / opacity).min(255) as u8;
        (*r, *g, *b) = (plain(*r), plain(*g), plain(*b));
    }
    DynamicImage::ImageRgba8(picture)
}

#[cfg(test)]
mod tests;
