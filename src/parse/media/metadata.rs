//! Metadata, cut out of picture files without touching a pixel: the place and the phone of a
//! photograph, thumbnails of what was cropped away, editors' histories, bytes after the end.

use super::Malformed;
use image::metadata::Orientation;
use std::borrow::Cow;

const CUT_OFF: Malformed = Malformed::new("tệp bị cắt cụt", "the file is cut off");

/// A JPEG without metadata.
pub struct Jpeg<'a> {
    /// Its bytes; borrowed when there was nothing to cut.
    pub stripped: Cow<'a, [u8]>,
    /// How viewers turned it, which the cut metadata said.
    pub orientation: Orientation,
}

/// A PNG without metadata.
pub struct Png<'a> {
    /// Its bytes; borrowed when there was nothing to cut.
    pub stripped: Cow<'a, [u8]>,
    /// Whether it moves.
    pub animated: bool,
}

/// Collects what stays of a file.
struct Kept<'a> {
    original: &'a [u8],
    bytes: Vec<u8>,
}

impl<'a> Kept<'a> {
    fn new(original: &'a [u8]) -> Kept<'a> {
        Kept { original, bytes: Vec::with_capacity(original.len()) }
    }

    fn finish(self) -> Cow<'a, [u8]> {
        if self.bytes == self.original {
            Cow::Borrowed(self.original)
        } else {
            Cow::Owned(self.bytes)
        }
    }
}

/// Cuts everything from a JPEG but what its pixels and their colours need: APP0 (JFIF), APP2
/// with a colour profile and APP14 (Adobe's colour transform) stay. Source: ITU T.81, annex B.
pub fn jpeg(bytes: &[u8]) -> Result<Jpeg<'_>, Malformed> {
    let mut kept = Kept::new(bytes);
    let mut orientation = Orientation::NoTransforms;
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return Err(Malformed::new("tệp không phải JPEG", "it is no JPEG"));
    }
    kept.bytes.extend_from_slice(&bytes[..2]);
    let mut at = 2;
    loop {
        let segment = JpegSegment::read(bytes, at)?;
        if let Some(found) = segment.orientation() {
            orientation = found;
        }
        if segment.stays() {
            kept.bytes.extend_from_slice(&[0xff, segment.marker]);
            kept.bytes.extend_from_slice(segment.body);
        }
        at = segment.end;
        if segment.marker == JpegSegment::END {
            break;
        }
        if segment.marker == JpegSegment::SCAN {
            let end = entropy_coded_end(bytes, at)?;
            kept.bytes.extend_from_slice(&bytes[at..end]);
            at = end;
        }
    }
    Ok(Jpeg { stripped: kept.finish(), orientation })
}

/// The number of colour components that a JPEG's frame declares.
pub fn jpeg_components(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let segment = JpegSegment::read(bytes, at).ok()?;
        match segment.marker {
            // SOF0 to SOF15, without DHT, JPG and DAC among them.
            0xc0..=0xcf if !matches!(segment.marker, 0xc4 | 0xc8 | 0xcc) => {
                return segment.body.get(7).copied();
            }
            JpegSegment::SCAN | JpegSegment::END => return None,
            _ => at = segment.end,
        }
    }
}

struct JpegSegment<'a> {
    marker: u8,
    /// From the length on.
    body: &'a [u8],
    end: usize,
}

impl<'a> JpegSegment<'a> {
    const SCAN: u8 = 0xda;
    const END: u8 = 0xd9;

    fn read(bytes: &'a [u8], mut at: usize) -> Result<JpegSegment<'a>, Malformed> {
        if *bytes.get(at).ok_or(CUT_OFF)? != 0xff {
            return Err(Malformed::new("các phần của tệp bị hỏng", "its parts are damaged"));
        }
        // Any number of fill bytes may stand before a marker.
        while *bytes.get(at).ok_or(CUT_OFF)? == 0xff {
            at += 1;
        }
        let marker = bytes[at];
        at += 1;
        if marker == Self::END || (0xd0..=0xd7).contains(&marker) || marker == 0x01 {
            return Ok(JpegSegment { marker, body: &[], end: at });
        }
        let length = bytes.get(at..at + 2).ok_or(CUT_OFF)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        if length < 2 {
            return Err(Malformed::new("các phần của tệp bị hỏng", "its parts are damaged"));
        }
        let body = bytes.get(at..at + length).ok_or(CUT_OFF)?;
        Ok(JpegSegment { marker, body, end: at + length })
    }

    fn content(&self) -> &'a [u8] {
        self.body.get(2..).unwrap_or_default()
    }

    fn stays(&self) -> bool {
        match self.marker {
            0xe0 => self.content().starts_with(b"JFIF\0"),
            0xe2 => self.content().starts_with(b"ICC_PROFILE\0"),
            0xee => self.content().starts_with(b"Adobe"),
            // The other application segments, and comments.
            0xe1..=0xef | 0xfe => false,
            _ => true,
        }
    }

    fn orientation(&self) -> Option<Orientation> {
        if self.marker != 0xe1 {
            return None;
        }
        Orientation::from_exif_chunk(self.content().strip_prefix(b"Exif\0\0")?)
    }
}

/// Where the pixels of a scan end: at the next marker that is no restart and no stuffed byte.
fn entropy_coded_end(bytes: &[u8], mut at: usize) -> Result<usize, Malformed> {
    loop {
        at += memchr::memchr(0xff, bytes.get(at..).ok_or(CUT_OFF)?).ok_or(CUT_OFF)?;
        match bytes.get(at + 1).ok_or(CUT_OFF)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Ok(at),
        }
    }
}

/// Cuts text, times and EXIF from a PNG, and whatever follows its end. Source: PNG (Third
/// Edition), 5.
pub fn png(bytes: &[u8]) -> Result<Png<'_>, Malformed> {
    let mut kept = Kept::new(bytes);
    let mut animated = false;
    let mut rest = bytes
        .strip_prefix(b"\x89PNG\r\n\x1a\n")
        .ok_or(Malformed::new("tệp không phải PNG", "it is no PNG"))?;
    kept.bytes.extend_from_slice(&bytes[..8]);
    loop {
        let head = rest.get(..8).ok_or(CUT_OFF)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let name = &head[4..8];
        // Length, name, content, checksum.
        let whole = length.checked_add(12).ok_or(CUT_OFF)?;
        let chunk = rest.get(..whole).ok_or(CUT_OFF)?;
        animated |= name == b"acTL";
        if !matches!(name, b"eXIf" | b"tEXt" | b"iTXt" | b"zTXt" | b"tIME") {
            kept.bytes.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Ok(Png { stripped: kept.finish(), animated });
        }
        rest = &rest[whole..];
    }
}

/// Cuts EXIF and XMP from a WebP, and whatever follows its end. Source: WebP Container
/// Specification.
pub fn webp(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Malformed> {
    const EXIF_AND_XMP: u8 = 0x08 | 0x04;
    let damaged = Malformed::new("tệp không phải WebP", "it is no WebP");
    let head = bytes.get(..12).ok_or(CUT_OFF)?;
    if &head[..4] != b"RIFF" || &head[8..] != b"WEBP" {
        return Err(damaged);
    }
    let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
    let end = length.checked_add(8).ok_or(CUT_OFF)?;
    let mut rest = bytes.get(12..end).ok_or(CUT_OFF)?;
    let mut kept = Kept::new(bytes);
    kept.bytes.extend_from_slice(head);
    while !rest.is_empty() {
        let head = rest.get(..8).ok_or(CUT_OFF)?;
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let content_end = length.checked_add(8).ok_or(CUT_OFF)?;
        let content = rest.get(8..content_end).ok_or(CUT_OFF)?;
        // Chunks have even lengths; the last one's padding is sometimes forgotten.
        let whole = (content_end + length % 2).min(rest.len());
        match &head[..4] {
            b"EXIF" | b"XMP " => {}
            b"VP8X" if !content.is_empty() => {
                let from = kept.bytes.len();
                kept.bytes.extend_from_slice(&rest[..whole]);
                kept.bytes[from + 8] &= !EXIF_AND_XMP;
            }
            _ => kept.bytes.extend_from_slice(&rest[..whole]),
        }
        rest = &rest[whole..];
    }
    let size = u32::try_from(kept.bytes.len() - 8).map_err(|_| damaged)?;
    kept.bytes[4..8].copy_from_slice(&size.to_le_bytes());
    Ok(kept.finish())
}
