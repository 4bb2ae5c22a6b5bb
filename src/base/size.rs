//! Sizes of files as people say them.

/// `bytes` in words: `512 B`, `83 kB`, `1,2 MB`. Units are powers of 1000, as file managers and
/// phone plans count; kilobytes are rounded up, so that what is over a limit also reads so.
pub fn size_in_words(bytes: u64, decimal: &str) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..999_001 => format!("{} kB", bytes.div_ceil(1000)),
        999_001..999_950_000 => tenths(bytes, 1_000_000, decimal, "MB"),
        _ => tenths(bytes, 1_000_000_000, decimal, "GB"),
    }
}

fn tenths(bytes: u64, unit: u64, decimal: &str, name: &str) -> String {
    // Halved units, because the largest files would overflow otherwise.
    let tenths = (bytes / 10 + unit / 200) / (unit / 100);
    match tenths % 10 {
        0 => format!("{} {name}", tenths / 10),
        rest => format!("{}{decimal}{rest} {name}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::size_in_words;

    #[test]
    fn sizes_read_as_people_say_them() {
        for (bytes, words) in [
            (999, "999 B"),
            (82_001, "83 kB"),
            (999_000, "999 kB"),
            (999_001, "1 MB"),
            (1_234_567, "1,2 MB"),
            (20_000_000, "20 MB"),
            (999_949_999, "999,9 MB"),
            (999_950_000, "1 GB"),
            (3_200_000_000, "3,2 GB"),
            (u64::MAX, "18446744073,7 GB"),
        ] {
            assert_eq!(size_in_words(bytes, ","), words);
        }
    }
}
