//! An address as a square that a phone's camera reads, drawn in a terminal.

use qrcodegen::{QrCode, QrCodeEcc};

/// Empty modules around the square, as the standard demands.
const QUIET: i32 = 4;

/// White on black of the 256 fixed colours: a terminal's own first sixteen may be anything.
const COLOURS: &str = "\x1b[38;5;231;48;5;16m";

/// `text` as lines of half blocks, two modules above each other in a character, each line with
/// its line break. With `color` it looks the same in every terminal; without, a light terminal
/// shows it inverted, which most cameras read as well. `None` when the text is too long.
pub fn qr_code(text: &str, color: bool) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let (start, reset) = if color { (COLOURS, "\x1b[0m") } else { ("", "") };
    let all = -QUIET..code.size() + QUIET;
    let mut out = String::new();
    for y in all.clone().step_by(2) {
        out.push_str(start);
        // What is light is drawn: outside the square, and below its last line, all is.
        out.extend(all.clone().map(|x| block(!code.get_module(x, y), !code.get_module(x, y + 1))));
        out.push_str(reset);
        out.push('\n');
    }
    Some(out)
}

fn block(upper: bool, lower: bool) -> char {
    match (upper, lower) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a drawing as a camera does; `light` is how bright a drawn block is.
    fn read(drawing: &str, light: u8) -> String {
        let mut rows = Vec::new();
        for line in drawing.lines() {
            let upper: Vec<_> = line.chars().map(|c| matches!(c, '█' | '▀')).collect();
            rows.push(upper);
            rows.push(line.chars().map(|c| matches!(c, '█' | '▄')).collect());
        }
        let (zoom, width) = (8, rows[0].len());
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(width * zoom, rows.len() * zoom, |x, y| {
                if rows[y / zoom][x / zoom] { light } else { 255 - light }
            });
        let grids = image.detect_grids();
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_camera_reads_the_address() {
        for address in ["http://192.168.1.5:4321/", "http://10.123.231.255:65535/vi/talks/"] {
            assert_eq!(read(&qr_code(address, false).unwrap(), 255), address);
        }
    }

    #[test]
    fn colours_change_nothing_but_colours() {
        let plain = qr_code("http://192.168.1.5:4321/", false).unwrap();
        let coloured = qr_code("http://192.168.1.5:4321/", true).unwrap();
        assert_eq!(coloured.replace(COLOURS, "").replace("\x1b[0m", ""), plain);
        assert!(coloured.lines().all(|l| l.starts_with(COLOURS) && l.ends_with("\x1b[0m")));
        // It fits a terminal of 24 lines and 80 columns.
        assert!(plain.lines().count() <= 20 && plain.lines().all(|l| l.chars().count() <= 40));
    }

    #[test]
    fn what_is_too_long_is_not_drawn() {
        assert!(qr_code(&"a".repeat(3000), true).is_none());
    }
}
