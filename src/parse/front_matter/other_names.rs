//! What people call a key before they have learnt its name: in Vietnamese, and in the
//! generators that they come from.

use crate::base::fold;
use crate::model::Key;

/// Folded names, in which `_` and `-` are spaces.
const OTHER_NAMES: &[(Key, &[&str])] = &[
    (Key::Title, &["tieu de", "ten", "ten bai", "ten trang", "headline"]),
    (Key::Description, &["mo ta", "tom tat", "gioi thieu", "summary", "abstract", "excerpt"]),
    (Key::Source, &["nguon"]),
    (Key::Updated, &["cap nhat", "ngay cap nhat", "ngay sua", "lastmod", "last modified"]),
    (Key::Kind, &["loai trang", "layout"]),
    (Key::Date, &["ngay", "ngay dang", "thoi gian", "published"]),
    (Key::Tags, &["the", "nhan", "tu khoa", "chu de", "keywords", "categories", "category"]),
    (Key::Audience, &["doi tuong", "nguoi doc", "danh cho"]),
    (Key::Aliases, &["dia chi cu", "redirect from"]),
    (Key::Weight, &["thu tu", "order", "nav order", "sidebar position"]),
    (Key::Draft, &["nhap", "ban nhap"]),
    (
        Key::Speakers,
        &["nguoi trinh bay", "dien gia", "bao cao vien", "tac gia", "author", "authors"],
    ),
    (Key::Event, &["su kien", "hoi nghi"]),
    (Key::Duration, &["thoi luong"]),
    (Key::Level, &["cap do", "muc do"]),
    (Key::Attachments, &["dinh kem", "tep dinh kem", "tai lieu", "files"]),
    (Key::Owner, &["phu trach", "don vi phu trach"]),
    (Key::AppliesTo, &["ap dung", "ap dung cho", "pham vi", "pham vi ap dung"]),
    (Key::Number, &["so", "so hieu", "so van ban"]),
    (Key::Type, &["loai", "loai van ban"]),
    (Key::Issuer, &["co quan ban hanh", "noi ban hanh"]),
    (Key::Issued, &["ban hanh", "ngay ban hanh"]),
    (Key::Effective, &["hieu luc", "ngay hieu luc"]),
    (Key::Status, &["trang thai", "tinh trang"]),
    (Key::Replaces, &["thay the"]),
    (Key::OfficialUrl, &["duong dan", "lien ket", "url", "link"]),
];

/// The key that `name` is another name of.
pub(super) fn meant(name: &str) -> Option<Key> {
    let name = fold(name).replace(['_', '-'], " ");
    OTHER_NAMES.iter().find(|(_, names)| names.contains(&&*name)).map(|(key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_key() {
        let names: Vec<_> = OTHER_NAMES.iter().flat_map(|(_, names)| *names).collect();
        let once: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(once.len(), names.len());
        assert_eq!(meant("Tiêu đề"), Some(Key::Title));
        assert_eq!(meant("redirect_from"), Some(Key::Aliases));
        assert_eq!(meant("màu"), None);
    }
}
