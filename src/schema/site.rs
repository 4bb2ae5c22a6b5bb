//! The shape of site.toml. A field that is not optional is required.

#![expect(dead_code, reason = "no value of these types is ever made; their schemas are")]

use super::values::{
    Address, BaseUrl, EditionAudiences, Languages, Localised, Report, SiteText, Slug, State,
    ThemeOption,
};
use crate::model;
use schemars::JsonSchema;
use std::collections::BTreeMap;

/// The handbook's settings: what it is called, speaks and allows.
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    extend("vi" = "Thiết lập của sổ tay: tên gọi, ngôn ngữ và những gì được phép.")
)]
pub struct Site {
    /// The handbook's name, one for every language. Required.
    #[schemars(extend("vi" = "Tên sổ tay, bằng mọi ngôn ngữ của sổ tay. Bắt buộc."))]
    title: Localised,
    /// The languages of the content; the first is the source. Required.
    #[schemars(
        extend("vi" = "Các ngôn ngữ của nội dung; ngôn ngữ đầu tiên là bản nguồn. Bắt buộc."),
        extend("examples" = [["vi", "en"]])
    )]
    languages: Languages,
    /// Where the site is hosted. Only the sitemap, feeds and previews need it; links do not.
    #[schemars(
        extend("vi" = "Địa chỉ trên mạng của sổ tay. Chỉ sitemap, nguồn tin và phần xem trước cần tới; liên kết thì không."),
        extend("examples" = ["https://handbook.example.edu.vn/"])
    )]
    base_url: Option<BaseUrl>,
    /// Sets this handbook apart from others in a reader's browser. By default it is made from the
    /// title.
    #[schemars(
        extend("vi" = "Phân biệt sổ tay này với sổ tay khác trong trình duyệt của người đọc. Mặc định tạo từ tên sổ tay."),
        extend("examples" = ["attt"])
    )]
    site_id: Option<Slug>,
    /// The theme: `handbook`, or a folder in `themes`.
    #[schemars(
        extend("vi" = "Giao diện: `handbook`, hoặc tên một thư mục trong `themes`."),
        extend("default" = "handbook")
    )]
    theme: Option<Slug>,
    /// The licence of the text.
    #[schemars(
        extend("vi" = "Giấy phép của nội dung."),
        extend("examples" = ["CC-BY-4.0"])
    )]
    licence: Option<SiteText>,
    /// Where readers report a mistake: an address that begins with `mailto:` or `https://`.
    #[schemars(
        extend("vi" = "Nơi người đọc báo lỗi: địa chỉ bắt đầu bằng `mailto:` hoặc `https://`."),
        extend("examples" = ["mailto:attt@example.edu.vn"])
    )]
    report: Option<Report>,
    /// Who the pages are for: ids, and what they are called.
    #[schemars(
        extend("vi" = "Các đối tượng người đọc: mã, và tên gọi bằng từng ngôn ngữ."),
        extend("examples" = [{ "teachers": { "vi": "Giáo viên", "en": "Teachers" } }])
    )]
    audiences: Option<BTreeMap<Slug, Localised>>,
    /// What topics are called.
    #[schemars(
        extend("vi" = "Tên gọi của các chủ đề."),
        extend("examples" = [{ "phishing": { "vi": "Lừa đảo", "en": "Phishing" } }])
    )]
    tags: Option<BTreeMap<Slug, Localised>>,
    /// The names of languages that sotay does not know, or that are called otherwise here.
    #[schemars(extend("vi" = "Tên của những ngôn ngữ mà sotay không biết, hoặc muốn gọi khác đi."))]
    languages_label: Option<Localised>,
    /// The menu's entries. By default the top sections, by weight.
    #[schemars(extend("vi" = "Các mục của trình đơn. Mặc định là các chuyên mục ở cấp đầu, theo `weight`."))]
    menu: Option<Vec<MenuEntry>>,
    /// Options that the theme declares.
    #[schemars(
        extend("vi" = "Các tùy chọn mà giao diện cho phép."),
        extend("examples" = [{ "brand": "#0f4c81" }])
    )]
    theme_options: Option<BTreeMap<String, ThemeOption>>,
    /// What is asked of translations.
    #[schemars(extend("vi" = "Yêu cầu đối với bản dịch."))]
    translation: Option<Translation>,
    /// What editions of the handbook show. `public` is the one built by default.
    #[schemars(extend("vi" = "Mỗi ấn bản của sổ tay cho xem những gì. `public` là ấn bản được dựng khi không chọn gì."))]
    editions: Option<BTreeMap<Slug, Edition>>,
    /// Limits on content.
    #[schemars(extend("vi" = "Các giới hạn đối với nội dung."))]
    limits: Option<Limits>,
}

/// An entry of the menu.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("vi" = "Một mục của trình đơn."))]
struct MenuEntry {
    /// The address of a page, without language and extension.
    #[schemars(
        extend("vi" = "Địa chỉ trang, không có ngôn ngữ và đuôi tệp."),
        extend("examples" = ["talks", "talks/phishing"])
    )]
    page: Address,
}

/// What is asked of translations.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("vi" = "Yêu cầu đối với bản dịch."))]
struct Translation {
    /// States of a translation that fail a build. None by default.
    #[schemars(
        extend("vi" = "Những tình trạng của bản dịch làm cho việc dựng bị từ chối. Mặc định không có."),
        extend("examples" = [["missing-section"]])
    )]
    fail_on: Option<Vec<State>>,
    /// Whether each page also stands side by side with its translation. Doubles the files of a site.
    #[schemars(
        extend("vi" = "Mỗi trang có thêm một trang song ngữ, hai ngôn ngữ cạnh nhau. Số tệp của sổ tay tăng gấp đôi."),
        extend("default" = true)
    )]
    side_by_side: Option<bool>,
}

/// What one edition shows.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("vi" = "Một ấn bản cho xem những gì."))]
struct Edition {
    /// Speaker notes and what is for trainers only.
    #[schemars(
        extend("vi" = "Ghi chú cho báo cáo viên và phần chỉ dành cho tập huấn viên."),
        extend("default" = false)
    )]
    notes: Option<bool>,
    /// Drafts.
    #[schemars(extend("vi" = "Bản nháp."), extend("default" = false))]
    drafts: Option<bool>,
    /// A page that shows editors how translations stand.
    #[schemars(
        extend("vi" = "Trang cho người biên tập thấy tình trạng các bản dịch."),
        extend("default" = false)
    )]
    freshness: Option<bool>,
    /// `all`, or the audiences whose pages it shows.
    #[schemars(
        extend("vi" = "`all` (tất cả), hoặc những đối tượng mà ấn bản có trang dành cho."),
        extend("default" = "all")
    )]
    audiences: Option<EditionAudiences>,
}

/// Limits on content.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("vi" = "Các giới hạn đối với nội dung."))]
struct Limits {
    /// How many bytes one Markdown file may have.
    #[schemars(
        range(min = 1_000, max = 100_000_000),
        extend("vi" = "Dung lượng tối đa của một tệp Markdown, tính bằng byte."),
        extend("default" = model::Limits::default().page_bytes)
    )]
    page_bytes: Option<i64>,
    /// From how many bytes on a published image is warned of.
    #[schemars(
        range(min = 1_000, max = 100_000_000),
        extend("vi" = "Hình xuất bản lớn hơn chừng này byte thì có cảnh báo."),
        extend("default" = model::Limits::default().image_bytes)
    )]
    image_bytes: Option<i64>,
    /// The longer edge of a published photograph, in pixels.
    #[schemars(
        range(min = 16, max = 16_384),
        extend("vi" = "Cạnh dài của ảnh chụp khi xuất bản, tính bằng điểm ảnh."),
        extend("default" = model::Limits::default().image_pixels)
    )]
    image_pixels: Option<i64>,
    /// How deep quotes, lists and containers may stand inside one another.
    #[schemars(
        range(min = 1, max = 64),
        extend("vi" = "Trích dẫn, danh sách và khối được lồng nhau tối đa mấy cấp."),
        extend("default" = model::Limits::default().nesting)
    )]
    nesting: Option<i64>,
    /// How many pages a section may have below its index page to be printed as one document. 0: no such documents.
    #[schemars(
        range(min = 0, max = 2_000),
        extend("vi" = "Chuyên mục có tối đa chừng này trang, không kể trang mở đầu, thì in được thành một tài liệu. 0: không làm tài liệu in."),
        extend("default" = model::Limits::default().section_print_pages)
    )]
    section_print_pages: Option<i64>,
}
