//! What an operating system's error means, in words for a person who writes handbooks.

use std::io::{Error, ErrorKind};

/// `error` in plain Vietnamese and English, for a code whose text has `{problem_vi}` and
/// `{problem_en}`. Rare errors keep the system's own words, without its error number.
pub fn io_problem(error: &Error) -> (String, String) {
    let known = match error.kind() {
        ErrorKind::NotFound => ("không tìm thấy", "it is not there"),
        ErrorKind::PermissionDenied => ("không có quyền", "permission denied"),
        ErrorKind::StorageFull => ("đĩa đã đầy", "the disk is full"),
        ErrorKind::QuotaExceeded => ("đã hết hạn mức đĩa", "your disk quota is used up"),
        ErrorKind::ReadOnlyFilesystem => ("đĩa chỉ cho đọc", "the disk is read-only"),
        ErrorKind::AlreadyExists => ("tên này đã có tệp khác dùng", "another file has this name"),
        ErrorKind::NotADirectory => {
            ("một phần của đường dẫn là tệp", "a part of its path is a file, not a folder")
        }
        ErrorKind::IsADirectory => ("đó là thư mục", "it is a folder"),
        ErrorKind::InvalidFilename => {
            ("tên không hợp lệ hoặc quá dài", "the name is not valid or too long")
        }
        ErrorKind::ResourceBusy => {
            ("đang được dùng, hoặc là gốc của một ổ đĩa", "it is in use, or the root of a drive")
        }
        ErrorKind::CrossesDevices => {
            ("nằm trên ổ đĩa khác", "it is on another drive than the folder around it")
        }
        _ => return as_the_system_says(error),
    };
    (known.0.to_owned(), known.1.to_owned())
}

fn as_the_system_says(error: &Error) -> (String, String) {
    let text = error.to_string();
    let plain = text.split(" (os error").next().unwrap_or(&text);
    (plain.to_owned(), plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_it_in_plain_words_without_numbers() {
        let (vi, en) = io_problem(&Error::from(ErrorKind::StorageFull));
        assert_eq!((&*vi, &*en), ("đĩa đã đầy", "the disk is full"));
        let (_, rare) = io_problem(&Error::from_raw_os_error(5));
        assert!(!rare.contains("os error") && !rare.is_empty(), "{rare}");
    }
}
