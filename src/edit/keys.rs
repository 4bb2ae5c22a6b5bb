//! What a new page says about each key of front matter: an explanation and an example.
//!
//! Both are matches over every key, so that a new key cannot be forgotten.

use crate::base::Lang;
use crate::model::{Key, Kind};

/// The language in which a new page explains itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Voice {
    /// Vietnamese.
    Vi,
    /// English, for every other language too.
    En,
}

impl Voice {
    /// The voice of a page written in `lang`.
    pub fn of(lang: &Lang) -> Voice {
        match lang.as_str().split('-').next() {
            Some("vi") => Voice::Vi,
            _ => Voice::En,
        }
    }

    /// Picks the text in this voice.
    pub fn say<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Voice::Vi => vi,
            Voice::En => en,
        }
    }
}

/// Whether a page of `kind` cannot be without `key`.
pub fn is_required(key: Key, kind: Kind) -> bool {
    match key {
        Key::Title => true,
        Key::Audience => kind == Kind::Guideline,
        Key::Number | Key::Type | Key::Issuer | Key::Issued => kind == Kind::Directive,
        _ => false,
    }
}

/// What `key` says of a page of `kind`, in a line or two.
pub fn explanation(key: Key, kind: Kind, voice: Voice) -> &'static str {
    let (vi, en) = match key {
        Key::Title => ("Tên trang.", "The page's title."),
        Key::Description => (
            "Một, hai câu giới thiệu; hiện trong danh sách trang và khi chia sẻ liên kết.",
            "One or two sentences; shown in lists of pages and when the link is shared.",
        ),
        Key::Source => ("Nội dung lấy từ đâu.", "Where the text comes from."),
        Key::Updated => (
            "Ngày bản này được sửa nội dung lần cuối: năm-tháng-ngày.",
            "When this version's text last changed in substance: year-month-day.",
        ),
        Key::Kind => (
            "Loại trang, khi khác với loại mà thư mục cho biết: talk (bài giảng), guideline (hướng dẫn), directive (văn bản chỉ đạo) hoặc page (trang thường).",
            "The kind of page, where it is not the one its folder implies: talk, guideline, directive or page.",
        ),
        Key::Date => match kind {
            Kind::Talk => ("Ngày trình bày: năm-tháng-ngày.", "When it was given: year-month-day."),
            _ => ("Ngày công bố: năm-tháng-ngày.", "When it was first published: year-month-day."),
        },
        Key::ReviewBy => (
            "Ngày cần đọc lại để nội dung không bị cũ.",
            "By when somebody should read it again, so that it stays true.",
        ),
        Key::Tags => (
            "Chủ đề; tên gọi từng chủ đề đặt trong [tags] của site.toml.",
            "Topics; [tags] of site.toml says what each is called.",
        ),
        Key::Audience => (
            "Dành cho ai: các mã trong [audiences] của site.toml.",
            "Who it is for: ids from [audiences] of site.toml.",
        ),
        Key::Aliases => (
            "Địa chỉ cũ của trang; ai mở địa chỉ cũ sẽ được đưa tới đây.",
            "Former addresses of the page, which then lead to it.",
        ),
        Key::Weight => (
            "Thứ tự trong thư mục: số nhỏ đứng trước.",
            "Order within the folder: lower comes first.",
        ),
        Key::Draft => (
            "Bản nháp chỉ hiện khi chạy sotay với `--drafts`. Xóa dòng này khi trang đã xong.",
            "A draft shows only when sotay runs with `--drafts`. Delete this line when the page is ready.",
        ),
        Key::Speakers => (
            "Người trình bày; dòng nào không có thì bỏ đi.",
            "Who gave it; leave out the lines that you have nothing for. A name is written in the source language only.",
        ),
        Key::Event => ("Trình bày tại đâu.", "Where it was given."),
        Key::Duration => ("Thời lượng, tính bằng phút.", "Its length in minutes."),
        Key::Level => match kind {
            Kind::Guideline => (
                "Cấp độ an toàn của hệ thống mà hướng dẫn áp dụng: từ 1 đến 5.",
                "Security level of the system that it is for: 1 to 5.",
            ),
            _ => (
                "Mức độ: basic (cơ bản), intermediate (trung cấp) hoặc advanced (nâng cao).",
                "Level: basic, intermediate or advanced.",
            ),
        },
        Key::Attachments => {
            ("Tệp để tải về, đặt cạnh trang này.", "Files to download, which lie beside this page.")
        }
        Key::Owner => ("Ai giữ cho hướng dẫn luôn đúng.", "Who keeps it up to date."),
        Key::AppliesTo => ("Áp dụng cho đơn vị hoặc hệ thống nào.", "What it applies to."),
        Key::Number => (
            "Số hiệu văn bản, đúng như in trên văn bản.",
            "The document's number, as it is printed.",
        ),
        Key::Type => (
            "Loại văn bản: directive (chỉ thị), official-dispatch (công điện, công văn), decree (nghị định), circular (thông tư) hoặc law (luật).",
            "Type of document: directive, official-dispatch, decree, circular or law.",
        ),
        Key::Issuer => ("Cơ quan hoặc người ban hành.", "Who issued it."),
        Key::Issued => ("Ngày ban hành: năm-tháng-ngày.", "When it was issued: year-month-day."),
        Key::Effective => ("Ngày có hiệu lực.", "From when it is in force."),
        Key::Status => (
            "Hiệu lực: in-force (còn hiệu lực), amended (đã sửa đổi, bổ sung), replaced (đã bị thay thế) hoặc expired (hết hiệu lực).",
            "Its state: in-force, amended, replaced or expired.",
        ),
        Key::Replaces => (
            "Số hiệu những văn bản mà văn bản này thay thế.",
            "Numbers of the documents that it replaces.",
        ),
        Key::OfficialUrl => {
            ("Địa chỉ của bản chính thức trên mạng.", "Address of the official text on the web.")
        }
    };
    voice.say(vi, en)
}

/// What follows `key:` on a new page of `kind`, over several lines where it is a list of people;
/// a value that a build accepts. Keys whose value the page itself decides (its title, number and
/// audience) have one here as well, for where nothing better is known.
pub fn example(key: Key, kind: Kind, voice: Voice) -> &'static str {
    let (vi, en) = match key {
        Key::Title => ("Tên trang", "Title"),
        Key::Description => (
            "Trang này nói về điều gì và giúp được gì cho người đọc.",
            "What this page is about, and how it helps its readers.",
        ),
        Key::Source => ("Tài liệu tập huấn của nhà trường", "Training material of the school"),
        Key::Updated | Key::Date | Key::Issued | Key::Effective => ("2000-01-01", "2000-01-01"),
        Key::Kind => (kind.id(), kind.id()),
        Key::ReviewBy => ("2099-12-31", "2099-12-31"),
        Key::Tags => ("[phishing, passwords]", "[phishing, passwords]"),
        Key::Audience => ("[teachers, students]", "[teachers, students]"),
        Key::Aliases => ("[talks/old-name]", "[talks/old-name]"),
        Key::Weight => ("10", "10"),
        Key::Draft => ("true", "true"),
        Key::Speakers => (
            "\n  - name: Họ và tên\n    role: Chức vụ\n    organisation: Đơn vị",
            "\n  - role: Role\n    organisation: Organisation",
        ),
        Key::Event => {
            ("Hội nghị tập huấn an toàn thông tin", "Training conference on information security")
        }
        Key::Duration => ("45", "45"),
        Key::Level if kind == Kind::Guideline => ("1", "1"),
        Key::Level => ("basic", "basic"),
        Key::Attachments => ("[slides.pdf]", "[slides.pdf]"),
        Key::Owner => ("Tổ công nghệ thông tin", "IT team"),
        Key::AppliesTo => ("Máy tính dùng chung trong trường", "Shared computers of the school"),
        Key::Number => ("\"0/SỐ-HIỆU\"", "\"0/ITS-NUMBER\""),
        Key::Type => ("directive", "directive"),
        Key::Issuer => ("Cơ quan ban hành", "Issuing body"),
        Key::Status => ("in-force", "in-force"),
        Key::Replaces => ("[\"00/SỐ-CŨ\"]", "[\"00/OLD-NUMBER\"]"),
        Key::OfficialUrl => ("https://vanban.chinhphu.vn/", "https://vanban.chinhphu.vn/"),
    };
    voice.say(vi, en)
}
