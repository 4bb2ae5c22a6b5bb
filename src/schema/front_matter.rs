//! The shape of front matter, one type for each kind of page: what editors read while they
//! write. A field that is not optional is one that its kind requires.

#![expect(dead_code, reason = "no value of these types is ever made; their schemas are")]

use super::values::{
    Audiences, Date, DirectiveType, FilledText, Kind, List, Minutes, Status, SystemLevel, Tags,
    TalkLevel, Text, WebAddress, Whole,
};
use schemars::JsonSchema;

/// What every kind of page has.
#[derive(JsonSchema)]
struct Common {
    /// The page's title, in the language of this file. Required in every language.
    #[schemars(extend("vi" = "Tên trang, bằng ngôn ngữ của tệp này. Bắt buộc ở mọi ngôn ngữ."))]
    title: FilledText,
    /// One or two sentences for lists, search results and previews.
    #[schemars(extend("vi" = "Một hai câu, hiện trong danh sách, kết quả tìm kiếm và phần xem trước."))]
    description: Option<Text>,
    /// Where the text comes from.
    #[schemars(extend("vi" = "Nội dung lấy từ đâu."))]
    source: Option<Text>,
    /// When the text last changed in substance; readers see this day.
    #[schemars(
        extend("vi" = "Ngày nội dung thay đổi đáng kể lần gần nhất; người đọc thấy ngày này."),
        extend("examples" = ["2024-02-23"])
    )]
    updated: Option<Date>,
    /// Which kind of page this is. Needed only where the folder does not say so; `talks`,
    /// `guidelines` and `directives` do.
    #[schemars(extend("vi" = "Loại trang: `talk` (bài giảng), `guideline` (hướng dẫn), `directive` (văn bản chỉ đạo), `page` (trang thường). Chỉ cần khi tên thư mục chưa nói lên loại trang; `talks`, `guidelines` và `directives` thì đã nói."))]
    kind: Option<Kind>,
    /// When it was first published or given.
    #[schemars(
        extend("vi" = "Ngày đăng lần đầu hoặc ngày trình bày."),
        extend("examples" = ["2024-02-23"])
    )]
    date: Option<Date>,
    /// The day by which somebody should read it again.
    #[schemars(
        extend("vi" = "Ngày cần có người đọc lại và cập nhật."),
        extend("examples" = ["2025-02-23"])
    )]
    review_by: Option<Date>,
    /// Topics. What each is called stands in site.toml.
    #[schemars(
        extend("vi" = "Các chủ đề. Tên hiển thị của từng chủ đề nằm trong site.toml."),
        extend("examples" = [["phishing", "email"]])
    )]
    tags: Option<Tags>,
    /// Former addresses, which then lead to this page.
    #[schemars(
        extend("vi" = "Các địa chỉ cũ; ai mở địa chỉ cũ sẽ được đưa tới trang này."),
        extend("examples" = [["talks/old-name"]])
    )]
    aliases: Option<List>,
    /// Its order within the section: lower comes first.
    #[schemars(
        extend("vi" = "Thứ tự trong chuyên mục: số nhỏ đứng trước."),
        extend("examples" = [10])
    )]
    weight: Option<Whole>,
    /// Whether this is a draft, which is left out unless `--drafts` asks for it.
    #[schemars(
        extend("vi" = "Có phải bản nháp không; bản nháp chỉ được dựng khi dùng `--drafts`."),
        extend("default" = false)
    )]
    draft: Option<bool>,
}

/// Front matter of a page.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("vi" = "Phần đầu trang của một trang thường."))]
pub struct Page {
    #[schemars(flatten)]
    common: Common,
    /// Who it is for, by the ids of site.toml.
    #[schemars(extend("vi" = "Dành cho ai, theo mã trong site.toml."))]
    audience: Option<Audiences>,
}

/// Front matter of a talk.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("vi" = "Phần đầu trang của một bài giảng."))]
pub struct Talk {
    #[schemars(flatten)]
    common: Common,
    /// Who it is for, by the ids of site.toml.
    #[schemars(extend("vi" = "Dành cho ai, theo mã trong site.toml."))]
    audience: Option<Audiences>,
    /// Who gave it. A name is written once, a role and an organisation in each language.
    #[schemars(extend("vi" = "Báo cáo viên. Tên chỉ viết một lần; chức vụ và đơn vị viết ở từng ngôn ngữ."))]
    speakers: Option<Vec<Option<Speaker>>>,
    /// The event at which it was given.
    #[schemars(extend("vi" = "Sự kiện mà bài được trình bày."))]
    event: Option<Text>,
    /// Its length in minutes.
    #[schemars(extend("vi" = "Thời lượng, tính bằng phút."), extend("examples" = [45]))]
    duration: Option<Minutes>,
    /// How much it presupposes.
    #[schemars(extend("vi" = "Trình độ người nghe cần có: `basic` (cơ bản), `intermediate` (trung cấp), `advanced` (nâng cao)."))]
    level: Option<TalkLevel>,
    /// Files beside the page, for readers to take along.
    #[schemars(
        extend("vi" = "Các tệp đặt cạnh trang, để người đọc tải về."),
        extend("examples" = [["slides.pdf"]])
    )]
    attachments: Option<List>,
}

/// One speaker, with a name, a role or an organisation.
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    extend("vi" = "Một báo cáo viên, có tên, chức vụ hoặc đơn vị."),
    extend("minProperties" = 1)
)]
struct Speaker {
    /// The name, the same in all languages.
    #[schemars(extend("vi" = "Họ tên, giống nhau ở mọi ngôn ngữ."))]
    name: Option<Text>,
    /// The role, in the language of this file.
    #[schemars(extend("vi" = "Chức vụ, bằng ngôn ngữ của tệp này."))]
    role: Option<Text>,
    /// The organisation, in the language of this file.
    #[schemars(extend("vi" = "Đơn vị công tác, bằng ngôn ngữ của tệp này."))]
    organisation: Option<Text>,
}

/// Front matter of a guideline.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("vi" = "Phần đầu trang của một hướng dẫn."))]
pub struct Guideline {
    #[schemars(flatten)]
    common: Common,
    /// Who it is for, by the ids of site.toml.
    #[schemars(
        extend("vi" = "Dành cho ai, theo mã trong site.toml."),
        extend("minItems" = 1)
    )]
    audience: Audiences,
    /// The security level of the information system it is for, 1 to 5.
    #[schemars(extend("vi" = "Cấp độ an toàn của hệ thống thông tin, từ 1 đến 5."))]
    level: Option<SystemLevel>,
    /// Who keeps it up to date.
    #[schemars(extend("vi" = "Ai chịu trách nhiệm cập nhật hướng dẫn này."))]
    owner: Option<Text>,
    /// What it applies to.
    #[schemars(extend("vi" = "Áp dụng cho đơn vị hoặc hệ thống nào."))]
    applies_to: Option<Text>,
}

/// Front matter of the summary of a legal document.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("vi" = "Phần đầu trang của bản tóm tắt một văn bản chỉ đạo."))]
pub struct Directive {
    #[schemars(flatten)]
    common: Common,
    /// Who it is for, by the ids of site.toml.
    #[schemars(extend("vi" = "Dành cho ai, theo mã trong site.toml."))]
    audience: Option<Audiences>,
    /// The document's number, as printed.
    #[schemars(
        extend("vi" = "Số hiệu văn bản, viết như trên bản in."),
        extend("examples" = ["09/CT-TTg", "13/2023/NĐ-CP"])
    )]
    number: Text,
    /// What kind of document it is.
    #[schemars(
        rename = "type",
        extend("vi" = "Loại văn bản: `directive` (chỉ thị), `official-dispatch` (công điện), `decree` (nghị định), `circular` (thông tư), `law` (luật).")
    )]
    doc_type: DirectiveType,
    /// Who issued it.
    #[schemars(
        extend("vi" = "Cơ quan hoặc người ban hành."),
        extend("examples" = ["Thủ tướng Chính phủ"])
    )]
    issuer: Text,
    /// When it was issued.
    #[schemars(extend("vi" = "Ngày ban hành."), extend("examples" = ["2024-02-23"]))]
    issued: Date,
    /// From when it is in force.
    #[schemars(extend("vi" = "Ngày bắt đầu có hiệu lực."), extend("examples" = ["2024-02-23"]))]
    effective: Option<Date>,
    /// Whether it is in force.
    #[schemars(extend("vi" = "Hiệu lực: `in-force` (còn hiệu lực), `amended` (đã sửa đổi, bổ sung), `replaced` (đã bị thay thế), `expired` (hết hiệu lực)."))]
    status: Option<Status>,
    /// The numbers of the documents that it replaces.
    #[schemars(
        extend("vi" = "Số hiệu những văn bản mà nó thay thế."),
        extend("examples" = [["14/CT-TTg"]])
    )]
    replaces: Option<List>,
    /// The address of the official text.
    #[schemars(
        extend("vi" = "Địa chỉ của văn bản chính thức."),
        extend("examples" = ["https://vanban.chinhphu.vn/"])
    )]
    official_url: Option<WebAddress>,
}
