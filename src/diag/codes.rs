//! The one table of diagnostics: stable code, severity, sentence and help in both languages.
//!
//! A code's number never changes meaning. Hundreds group them: 1 front matter, 2 Markdown,
//! 3 links, 4 pairs and kinds, 5 files and names, 6 site.toml and themes, 7 the output.

use super::UiLang;
use super::story::Story;

/// How bad a diagnostic is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Severity {
    /// The site is not built.
    Error,
    /// The site is built; with `--strict` it is not.
    Warning,
    /// Worth knowing, never in the way.
    Note,
}

impl Severity {
    /// The word machines read.
    pub fn id(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

struct Entry {
    id: &'static str,
    name: &'static str,
    severity: Severity,
    vi: (&'static str, &'static str),
    en: (&'static str, &'static str),
    story: &'static str,
}

// Each entry takes its story from `stories/`: a code without one does not compile.
macro_rules! codes {
    ($($name:ident $id:literal $severity:ident
        vi $vi:literal => $vi_help:literal
        en $en:literal => $en_help:literal;)*) => {
        /// Which mistake a diagnostic is about.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $en] $name,)*
        }

        impl Code {
            /// Every code, in the table's order.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            fn entry(self) -> Entry {
                match self {
                    $(Code::$name => Entry {
                        id: $id,
                        name: stringify!($name),
                        severity: Severity::$severity,
                        vi: ($vi, $vi_help),
                        en: ($en, $en_help),
                        story: include_str!(concat!("stories/", $id, ".md")),
                    },)*
                }
            }
        }
    };
}

codes! {
    // 1: front matter
    UnclosedFrontMatter "S101" Error
        vi "phần đầu trang mở bằng `---` nhưng không có dòng `---` để đóng"
            => "thêm một dòng chỉ có `---` sau khóa cuối cùng của phần đầu trang"
        en "the front matter opens with `---` but no line of `---` closes it"
            => "add a line of only `---` after the last key of the front matter";
    BadYaml "S102" Error
        vi "không đọc được phần đầu trang: {problem_vi}"
            => "mỗi dòng có dạng `khóa: giá trị`; đặt giá trị có dấu hai chấm trong ngoặc kép"
        en "the front matter cannot be read: {problem_en}"
            => "write each line as `key: value`; put a value that contains a colon in double quotes";
    UnknownKey "S103" Error
        vi "không có khóa `{key}` trong phần đầu trang"
            => "xóa khóa này, hoặc xem danh sách khóa trong README"
        en "there is no front matter key `{key}`"
            => "remove it, or see the list of keys in the README";
    KeyNotForKind "S104" Error
        vi "khóa `{key}` không dùng cho trang loại `{kind}`"
            => "xóa khóa này, hoặc đổi `kind` thành `{kinds}`"
        en "the key `{key}` does not belong to a page of kind `{kind}`"
            => "remove it, or set `kind` to `{kinds}`";
    WrongType "S105" Error
        vi "`{key}` phải là {expected_vi}, không phải {found_vi}"
            => "ví dụ: {example}"
        en "`{key}` must be {expected_en}, not {found_en}"
            => "for example: {example}";
    BadDate "S106" Error
        vi "`{value}` không phải một ngày có thật viết theo dạng năm-tháng-ngày"
            => "viết như `2024-02-23`"
        en "`{value}` is not a real date written as year-month-day"
            => "write it like `2024-02-23`";
    UnknownValue "S107" Error
        vi "`{key}` không nhận giá trị `{value}`"
            => "chọn một trong: {allowed}"
        en "`{key}` has no value `{value}`"
            => "choose one of: {allowed}";
    MissingField "S108" Error
        vi "trang loại `{kind}` thiếu `{key}`"
            => "thêm vào phần đầu trang: {example}"
        en "a page of kind `{kind}` needs `{key}`"
            => "add to the front matter: {example}";
    DuplicateKey "S109" Error
        vi "khóa `{key}` xuất hiện hai lần trong phần đầu trang"
            => "giữ lại một dòng"
        en "the key `{key}` stands twice in the front matter"
            => "keep one of them";
    FrontMatterTooLarge "S110" Error
        vi "phần đầu trang dài {size_vi}, quá mức {limit_vi}"
            => "chuyển nội dung xuống phần thân trang"
        en "the front matter is {size_en} long, over {limit_en}"
            => "move its content into the page";
    YamlAlias "S111" Error
        vi "giá trị không được bắt đầu bằng `{sign}`: với YAML đó là neo (`&`), bí danh (`*`) hoặc thẻ (`!`)"
            => "đặt chữ trong ngoặc kép, hoặc viết lại giá trị ở mỗi chỗ"
        en "no value can begin with `{sign}`: to YAML it is an anchor (`&`), an alias (`*`) or a tag (`!`)"
            => "put the text in double quotes, or write the value out at each place";
    YamlTooDeep "S112" Error
        vi "phần đầu trang lồng nhau quá sâu"
            => "phần đầu trang cần nhiều nhất hai cấp: khóa và danh sách"
        en "the front matter is nested too deeply"
            => "front matter needs two levels at most: keys and lists";
    BadDocNumber "S113" Error
        vi "`{value}` không phải số hiệu văn bản"
            => "viết như `09/CT-TTg` hoặc `13/2023/NĐ-CP`"
        en "`{value}` is not the number of a legal document"
            => "write it like `09/CT-TTg` or `13/2023/NĐ-CP`";
    BadOfficialUrl "S114" Error
        vi "`{value}` không phải địa chỉ web"
            => "viết đầy đủ, bắt đầu bằng `https://`"
        en "`{value}` is not a web address"
            => "write it in full, beginning with `https://`";
    CommentInValue "S115" Warning
        vi "phần sau ` #` bị coi là ghi chú và bị bỏ: `{text}`"
            => "đặt cả giá trị của `{key}` trong ngoặc kép"
        en "what follows ` #` is read as a comment and dropped: `{text}`"
            => "put the whole value of `{key}` in double quotes";
    NoOpeningLine "S116" Error
        vi "trang có phần đầu trang nhưng không bắt đầu bằng dòng `---`"
            => "thêm một dòng chỉ có ba dấu gạch ngang `---` làm dòng đầu tiên của tệp"
        en "the page has front matter but does not begin with a line of `---`"
            => "add a line of only three hyphens, `---`, as the very first line";

    // 2: Markdown
    UnclosedContainer "S201" Error
        vi "khối `:::{name}` không được đóng"
            => "thêm một dòng `:::` ở cuối khối, cùng mức thụt lề"
        en "the container `:::{name}` is not closed"
            => "add a line `:::` at its end, with the same indentation";
    StrayContainerEnd "S202" Error
        vi "dòng `:::` này không đóng khối nào"
            => "xóa dòng này, hoặc thêm dòng mở khối như `:::note` ở trên"
        en "this `:::` closes nothing"
            => "remove it, or open a container above, like `:::note`";
    UnknownContainer "S203" Error
        vi "không có khối nào tên là `{name}`"
            => "các khối có sẵn: {allowed}"
        en "there is no container called `{name}`"
            => "the containers are: {allowed}";
    BadAttributes "S204" Error
        vi "không đọc được thuộc tính `{text}`"
            => "viết như `{example}`"
        en "the attributes `{text}` cannot be read"
            => "write them like `{example}`";
    UnclosedFence "S205" Error
        vi "khối mã mở ở đây không được đóng"
            => "thêm một dòng chỉ có {fence} sau dòng mã cuối cùng"
        en "the code fence opened here is not closed"
            => "add a line of only {fence} after the last line of code";
    NestedTooDeep "S206" Error
        vi "nội dung lồng nhau quá {limit} cấp"
            => "bỏ bớt trích dẫn, danh sách hoặc khối lồng nhau"
        en "this is nested more than {limit} levels deep"
            => "use fewer quotes, lists or containers inside one another";
    BadMath "S207" Error
        vi "công thức không đúng: {problem_vi}"
            => "kiểm tra cặp ngoặc nhọn và tên lệnh; viết `\\$` nếu chỉ cần ký hiệu đô la"
        en "this formula cannot be read: {problem_en}"
            => "check its braces and command names; write `\\$` for a plain dollar sign";
    UnknownLanguage "S208" Warning
        vi "không tô màu được mã vì không biết ngôn ngữ `{language}`"
            => "dùng tên như `bash`, `powershell`, `json`, hoặc `text` nếu không cần tô màu"
        en "code is not highlighted because the language `{language}` is not known"
            => "use a name like `bash`, `powershell` or `json`, or `text` for none";
    MissingAlt "S209" Warning
        vi "hình `{target}` thiếu mô tả cho người không nhìn thấy hình"
            => "viết mô tả giữa hai ngoặc vuông: `![Sơ đồ ba lớp bảo vệ]({target})`"
        en "the image `{target}` has no description for people who cannot see it"
            => "describe it between the brackets: `![Diagram of three layers]({target})`";
    UndefinedFootnote "S210" Error
        vi "không có chú thích `[^{label}]`"
            => "thêm một dòng `[^{label}]: nội dung chú thích`"
        en "there is no footnote `[^{label}]`"
            => "add a line `[^{label}]: text of the note`";
    HtmlRemoved "S211" Warning
        vi "mã HTML không an toàn đã bị bỏ: {what}"
            => "dùng Markdown hoặc các thẻ HTML thông thường; kịch bản, kiểu và khung nhúng không được phép"
        en "unsafe HTML was removed: {what}"
            => "use Markdown or ordinary HTML elements; scripts, styles and frames are not allowed";
    MisplacedContainer "S212" Error
        vi "khối `{name}` chưa đúng: {reason_vi}"
            => "xem cách viết khối `{name}` trong README"
        en "the container `{name}` is not right: {reason_en}"
            => "see in the README how `{name}` is written";
    HeadingLevelOne "S213" Warning
        vi "tiêu đề cấp một (`#`) trong thân trang; tên trang đã là tiêu đề cấp một"
            => "dùng `##` cho mục lớn nhất"
        en "a first-level heading (`#`) in the text; the page's title is that already"
            => "begin with `##`";
    TitleWithoutBrackets "S214" Error
        vi "tiêu đề của khối `:::{name}` phải nằm trong ngoặc vuông"
            => "viết `:::{name}[{title}]`"
        en "the title of `:::{name}` belongs in brackets"
            => "write `:::{name}[{title}]`";
    BadDiagram "S215" Error
        vi "không vẽ được sơ đồ: {problem_vi}"
            => "sửa dòng này; README có các loại sơ đồ vẽ được và ví dụ"
        en "this diagram cannot be drawn: {problem_en}"
            => "correct this line; the README has what can be drawn, with examples";
    DiagramWithoutAlt "S216" Error
        vi "sơ đồ thiếu mô tả cho người không nhìn thấy hình"
            => "viết điều sơ đồ nói vào dòng mở, sau chữ mermaid: `{alt=\"Ai báo cho ai khi có sự cố\"}`"
        en "the diagram has no description for people who cannot see it"
            => "say in its first line, after the word mermaid, what it shows: `{alt=\"Who tells whom after an incident\"}`";

    // 3: links, images, includes
    BrokenLink "S301" Error
        vi "liên kết tới `{target}` không dẫn tới trang hoặc tệp nào"
            => "sửa đường dẫn; tệp được tìm là `{looked_for}`"
        en "the link to `{target}` leads to no page or file"
            => "correct the path; the file looked for is `{looked_for}`";
    BrokenAnchor "S302" Error
        vi "trang `{page}` không có mục `#{anchor}`"
            => "các mục của trang: {anchors}"
        en "the page `{page}` has no section `#{anchor}`"
            => "its sections are: {anchors}";
    BrokenImage "S303" Error
        vi "không tìm thấy hình `{target}`"
            => "đặt tệp tại `{looked_for}`, hoặc sửa đường dẫn"
        en "the image `{target}` is not there"
            => "put the file at `{looked_for}`, or correct the path";
    BrokenWikiLink "S304" Error
        vi "không có trang hoặc số văn bản nào là `{target}`"
            => "viết địa chỉ trang như `[[talks/phishing]]` hoặc số văn bản như `[[09/CT-TTg]]`"
        en "no page and no document number is `{target}`"
            => "write a page's address like `[[talks/phishing]]` or a number like `[[09/CT-TTg]]`";
    BrokenInclude "S305" Error
        vi "không tìm thấy tệp `{target}` để chèn"
            => "tệp được tìm cạnh trang này và trong `content/`"
        en "the file `{target}` to include is not there"
            => "it is looked for beside this page and under `content/`";
    IncludeLoop "S306" Error
        vi "tệp `{target}` chèn chính nó: {chain}"
            => "bỏ một dòng chèn trong vòng này"
        en "the file `{target}` includes itself: {chain}"
            => "remove one include of this circle";
    OutsideProject "S307" Error
        vi "`{target}` không phải đường dẫn tương đối trong sổ tay"
            => "dùng đường dẫn tương đối tới một tệp trong `content/`"
        en "`{target}` is not a relative path inside the handbook"
            => "use a relative path to a file under `content/`";
    RemoteResource "S308" Error
        vi "`{target}` phải tải từ mạng, nên không dùng được khi không có mạng"
            => "chép tệp vào cạnh trang rồi dẫn tới tệp đó"
        en "`{target}` has to be fetched from the network, so it does not work offline"
            => "copy the file beside the page and point to that";
    ForbiddenScheme "S309" Error
        vi "liên kết `{target}` dùng một giao thức không được phép"
            => "dùng https:, mailto:, tel: hoặc đường dẫn tương đối"
        en "the link `{target}` uses a scheme that is not allowed"
            => "use https:, mailto:, tel: or a relative path";
    CitesReplaced "S310" Warning
        vi "văn bản `{number}` đã được thay thế bởi `{by}`"
            => "dẫn chiếu văn bản mới, hoặc nói rõ vì sao vẫn dẫn văn bản cũ"
        en "the document `{number}` has been replaced by `{by}`"
            => "cite the new document, or say why the old one is cited";
    BadIncludeLine "S311" Error
        vi "không đọc được dòng chèn này"
            => "viết như `{{< include \"tep.md\" >}}` hoặc `{{< include \"tep.md#muc\" >}}`"
        en "this include line cannot be read"
            => "write it like `{{< include \"file.md\" >}}` or `{{< include \"file.md#section\" >}}`";
    NotAPicture "S312" Error
        vi "`{target}` không phải hình mà trình duyệt hiện được"
            => "lưu hình ở dạng PNG, JPEG, WebP hoặc SVG, phim ở dạng MP4; muốn mời tải tệp thì viết `[tên tệp]({target})`, không có `!`"
        en "`{target}` is no picture that browsers show"
            => "save a picture as PNG, JPEG, WebP or SVG and a film as MP4; to offer a file write `[its name]({target})` without `!`";
    SpaceInPath "S313" Warning
        vi "đường dẫn `{target}` có dấu cách nên không thành liên kết"
            => "đặt đường dẫn trong ngoặc nhọn: `(<{target}>)`"
        en "the path `{target}` has a space, so this is no link"
            => "put the path in angle brackets: `(<{target}>)`";
    RawReference "S314" Error
        vi "thẻ HTML này dẫn tới `{target}`; chỉ liên kết viết bằng Markdown mới theo được tới tệp của sổ tay"
            => "viết `[chữ]({target})` hoặc `![mô tả]({target})`"
        en "this HTML points to `{target}`; only links written in Markdown are followed to the handbook's files"
            => "write `[text]({target})` or `![description]({target})`";
    LinkToHidden "S315" Error
        vi "liên kết tới `{target}`, là trang không có trong ấn bản này (bản nháp hoặc dành cho đối tượng khác)"
            => "bỏ `draft: true` ở trang đó, hoặc bỏ liên kết; muốn xem trước bản nháp thì thêm `--drafts`"
        en "the link leads to `{target}`, which this edition does not show (a draft, or for other readers)"
            => "remove `draft: true` from that page, or the link; to read drafts build with `--drafts`";
    BrokenOutputLink "S320" Error
        vi "{where_vi}`{target}` không dẫn tới tệp nào của sổ tay"
            => "sửa địa chỉ này{origin_vi}"
        en "{where_en}`{target}` leads to no file of the site"
            => "correct this address{origin_en}";
    BrokenOutputAnchor "S321" Error
        vi "{where_vi}liên kết `{target}` không tới được chỗ cần tới: trong `{destination}` không có mã `{anchor}`"
            => "sửa hoặc bỏ phần từ dấu `#`{origin_vi}"
        en "{where_en}the link `{target}` does not arrive: nothing in `{destination}` has the id `{anchor}`"
            => "correct or remove what begins with `#`{origin_en}";
    DeadExternalLink "S322" Warning
        vi "liên kết ra ngoài `{url}` không dùng được: {problem_vi}"
            => "{advice_vi}"
        en "the external link `{url}` does not work: {problem_en}"
            => "{advice_en}";
    MovedExternalLink "S323" Note
        vi "trang `{url}` đã chuyển hẳn sang địa chỉ khác"
            => "đổi liên kết thành `{new}`"
        en "`{url}` has moved to another address for good"
            => "change the link to `{new}`";
    UncheckedExternalLink "S324" Note
        vi "chưa kiểm tra được liên kết ra ngoài `{url}`: {problem_vi}"
            => "tự mở liên kết trong trình duyệt, hoặc kiểm tra lại sau"
        en "the external link `{url}` could not be checked: {problem_en}"
            => "open it in a browser yourself, or check again later";
    OrphanPage "S325" Warning
        vi "trình đơn, các trang giới thiệu và bài viết khác đều không dẫn tới trang này"
            => "thêm liên kết tới trang này ở một trang khác, hoặc thêm trang vào `[[menu]]` của site.toml"
        en "neither the menu nor the page of a section nor the text of another page leads to this page"
            => "link to it from another page, or name it in `[[menu]]` of site.toml";

    // 4: pairs and kinds
    FactsDiffer "S401" Error
        vi "`{key}` ở đây khác với bản ngôn ngữ nguồn: `{here}` và `{there}`"
            => "xóa khóa này; bản dịch dùng giá trị của bản nguồn"
        en "`{key}` differs from the source language's: `{here}` and `{there}`"
            => "remove it here; a translation inherits the source's value";
    DuplicateNumber "S402" Error
        vi "số văn bản `{number}` đã dùng cho trang khác"
            => "mỗi số văn bản chỉ có một trang tóm tắt; sửa số hoặc gộp hai trang"
        en "the document number `{number}` is used by another page"
            => "a number has one summary; correct it or merge the two pages";
    MissingTranslation "S403" Warning
        vi "trang này chưa có bản `{lang}`"
            => "chạy `sotay translate new {page}` để tạo tệp `{file}`; cho tới khi đó người đọc thấy bản này kèm thông báo"
        en "this page has no `{lang}` version"
            => "begin the file `{file}` with `sotay translate new {page}`; until then readers see this one with a notice";
    StructureDiffers "S404" Warning
        vi "các mục không khớp với bản nguồn: {difference_vi}"
            => "giữ cùng thứ tự và cấp tiêu đề ở hai bản để liên kết tới mục dùng chung được"
        en "sections do not line up with the source: {difference_en}"
            => "keep headings in the same order and levels in both, so that links to sections are shared";
    DuplicateSectionId "S405" Error
        vi "mã mục `{id}` được đặt hai lần trong trang"
            => "đặt mã khác ở một trong hai tiêu đề"
        en "the section id `{id}` is set twice on this page"
            => "give one of the two headings another id";
    IdInTranslation "S406" Warning
        vi "mã mục `{id}` ở bản dịch khác với bản nguồn (`{source_id}`)"
            => "xóa `{#{id}}` ở bản dịch; mã mục lấy từ bản nguồn"
        en "the section id `{id}` differs from the source's (`{source_id}`)"
            => "remove `{#{id}}` from the translation; ids come from the source";
    UnknownAudience "S407" Error
        vi "`{value}` không có trong danh sách `audiences` của site.toml"
            => "chọn một trong: {allowed}"
        en "`{value}` is not among the `audiences` of site.toml"
            => "choose one of: {allowed}";
    BadSlugValue "S408" Error
        vi "nhãn `{value}` không tạo được địa chỉ"
            => "dùng ít nhất một chữ cái hoặc chữ số La-tinh"
        en "the tag `{value}` gives no address"
            => "use at least one Latin letter or digit";
    MissingAttachment "S409" Error
        vi "không tìm thấy tệp đính kèm `{target}`"
            => "đặt tệp cạnh trang: `{looked_for}`"
        en "the attachment `{target}` is not there"
            => "put the file beside the page: `{looked_for}`";
    FactOnlyInTranslation "S410" Error
        vi "`{key}` dùng chung cho mọi ngôn ngữ nên phải nằm trong bản nguồn, nhưng chỉ có ở đây"
            => "chuyển dòng này sang `{file}`; bản dịch dùng giá trị của bản nguồn"
        en "`{key}` is shared by all languages, so it belongs in the source file, but stands only here"
            => "move this line to `{file}`; a translation inherits the source's value";
    ReviewOverdue "S420" Warning
        vi "đã quá hạn xem lại trang này: {date}"
            => "đọc lại trang, sửa những gì đã cũ, rồi đặt `review_by` là ngày cần xem lại lần sau"
        en "this page was to be reviewed by {date}"
            => "read it again, mend what is out of date, then set `review_by` to the next date";
    TranslationOlder "S421" Note
        vi "bản dịch cập nhật ngày {here}, còn bản nguồn cập nhật sau đó, ngày {there}"
            => "xem bản nguồn đã đổi những gì, sửa theo, rồi đổi `updated` ở đây"
        en "this translation was updated on {here}, its source later, on {there}"
            => "carry over what changed in the source, then change `updated` here";

    SourceChanged "S430" Warning
        vi "bản nguồn của {section_vi} đã đổi từ khi bản dịch được duyệt"
            => "chạy `sotay translate diff {page}` để xem đã đổi những gì, sửa theo, rồi `sotay translate accept {page}{section}`"
        en "the source of {section_en} changed since this translation was reviewed"
            => "see what changed with `sotay translate diff {page}`, carry it over, then `sotay translate accept {page}{section}`";
    Unreviewed "S431" Warning
        vi "chưa ai duyệt bản dịch của: {sections}"
            => "so với bản nguồn; khi đã đúng, chạy `sotay translate accept {page}`"
        en "nobody has reviewed this translation yet: {sections}"
            => "compare it with the source; when it is right, run `sotay translate accept {page}`";
    EmptyTranslation "S432" Warning
        vi "{section_vi} chưa được dịch"
            => "dịch mục này; nếu lời văn phải giống hệt bản nguồn, chạy `sotay translate accept {page}{section}`"
        en "{section_en} is not translated"
            => "translate it; if its words have to be the same as the source's, run `sotay translate accept {page}{section}`";
    TranslationRefused "S433" Error
        vi "site.toml không cho phép bản dịch ở tình trạng `{state}`: {sections}"
            => "dịch hoặc duyệt những mục này, hoặc bỏ `{state}` khỏi `fail_on` trong `[translation]`"
        en "site.toml does not allow translations in the state `{state}`: {sections}"
            => "translate or review these, or take `{state}` out of `fail_on` in `[translation]`";
    BadLockLine "S434" Error
        vi "không đọc được dòng này của translations.lock: {problem_vi}"
            => "xóa dòng này, rồi duyệt lại mục đó bằng `sotay translate accept`; đừng sửa tệp này bằng tay"
        en "this line of translations.lock cannot be read: {problem_en}"
            => "remove the line, then review its section again with `sotay translate accept`; the file is not for writing by hand";
    LockConflict "S435" Error
        vi "translations.lock còn dấu xung đột của git: hai người cùng duyệt bản dịch"
            => "giữ dòng của cả hai bên, xóa các dòng dấu; mục nào có hai dòng thì xóa cả hai và duyệt lại bằng `sotay translate accept`"
        en "translations.lock holds marks of a git conflict: two people reviewed translations"
            => "keep the lines of both sides and remove the marks; where a section has two lines, remove both and review it again with `sotay translate accept`";
    LockLineUnused "S436" Warning
        vi "dòng trong translations.lock không còn ứng với mục nào của trang `{page}`: {places}"
            => "nếu trang được đổi địa chỉ ngoài `sotay rename` thì đổi lại cho khớp; nếu không, `sotay translate accept {page}` bỏ dòng thừa"
        en "translations.lock speaks of what the page `{page}` does not have any more: {places}"
            => "if the page was renamed without `sotay rename`, undo that; else `sotay translate accept {page}` takes such lines out";

    BadGlossary "S440" Error
        vi "không đọc được bảng thuật ngữ: {problem_vi}"
            => "sửa chỗ này trong content/glossary.yaml; mỗi thuật ngữ có `term` và `definition` cho từng ngôn ngữ"
        en "the glossary cannot be read: {problem_en}"
            => "mend this in content/glossary.yaml; each term has a `term` and a `definition` for each language";
    DuplicateTerm "S441" Error
        vi "`{term}` có hai lần trong bảng thuật ngữ"
            => "gộp hai mục, hoặc bỏ từ này ở một mục"
        en "`{term}` stands in the glossary twice"
            => "merge the two entries, or take these words out of one";
    TermForbidden "S442" Error
        vi "`{term}` bị cấm ở mục này nhưng lại là từ được dùng ở mục khác"
            => "bỏ từ này khỏi `forbidden`, hoặc khỏi mục kia"
        en "`{term}` is forbidden here and right in another entry"
            => "take it out of `forbidden` here, or out of the other entry";
    TermWithoutLanguage "S443" Warning
        vi "bảng thuật ngữ còn thiếu trong ngôn ngữ `{lang}`: {which_vi}"
            => "thêm khóa `{lang}:` với `term` và `definition`"
        en "the glossary lacks in the language `{lang}`: {which_en}"
            => "add the key `{lang}:` with a `term` and a `definition`";
    ForbiddenTerm "S444" Warning
        vi "bảng thuật ngữ không cho dùng `{found}`"
            => "viết `{term}`"
        en "the glossary does not allow `{found}`"
            => "write `{term}`";
    TermNotTranslated "S445" Warning
        vi "bản nguồn dùng thuật ngữ `{term}`, bản dịch không dùng từ nào được duyệt cho nó"
            => "dùng một trong: {approved}; nếu từ khác cũng đúng thì thêm vào `variants`"
        en "the source uses the term `{term}`, and this translation none of the words approved for it"
            => "use one of: {approved}; if other words are right too, add them to `variants`";

    // 5: files and names
    AddressTaken "S501" Error
        vi "hai tệp cùng tạo ra địa chỉ `{address}`: `{a}` và `{b}`"
            => "đổi tên hoặc xóa một trong hai; chữ hoa và dấu không làm địa chỉ khác đi"
        en "two files make the address `{address}`: `{a}` and `{b}`"
            => "rename or delete one of them; capitals and accents make no other address";
    NotUtf8 "S502" Error
        vi "tệp không phải UTF-8: {problem_vi}"
            => "trong Notepad chọn Tệp > Lưu thành (Save as), ở ô Mã hóa (Encoding) chọn UTF-8; chữ gõ bằng TCVN3 hay VNI thì chuyển sang Unicode trước"
        en "the file is not UTF-8: {problem_en}"
            => "in Notepad choose File > Save as and, under Encoding, UTF-8; text in TCVN3 or VNI has to be converted to Unicode first";
    PageTooLarge "S503" Error
        vi "trang dài {size_vi}, quá mức {limit_vi}"
            => "chia thành nhiều trang, hoặc nâng `page_bytes` trong [limits] của site.toml"
        en "the page is {size_en} long, over {limit_en}"
            => "split the page, or raise `page_bytes` in [limits] of site.toml";
    UnportableName "S504" Error
        vi "tên `{name}` không dùng được trên mọi máy: {problem_vi}"
            => "đổi tên tệp"
        en "the name `{name}` does not work on every machine: {problem_en}"
            => "rename the file";
    UnknownLangSuffix "S505" Error
        vi "`{lang}` trong tên tệp không phải ngôn ngữ của sổ tay này"
            => "thêm `{lang}` vào `languages` trong site.toml, hoặc đổi tên tệp"
        en "`{lang}` in the file name is not a language of this handbook"
            => "add `{lang}` to `languages` in site.toml, or rename the file";
    NoAddress "S506" Error
        vi "tên `{name}` không tạo được địa chỉ bằng chữ La-tinh"
            => "đặt tên tệp bằng chữ cái La-tinh, không dấu"
        en "the name `{name}` gives no address in Latin letters"
            => "name the file in plain Latin letters";
    Symlink "S507" Error
        vi "`{name}` là liên kết tượng trưng, không được dùng trong sổ tay"
            => "thay bằng bản sao của tệp hoặc thư mục đó"
        en "`{name}` is a symbolic link, which a handbook may not contain"
            => "replace it by a copy of the file or folder";
    Unreadable "S508" Error
        vi "không đọc được tệp: {problem_vi}"
            => "kiểm tra quyền đọc, hoặc thay bằng một tệp thông thường"
        en "the file cannot be read: {problem_en}"
            => "check that you may read it, or put an ordinary file in its place";
    LargeImage "S509" Warning
        vi "hình nặng {size_vi}, quá mức {limit_vi}"
            => "thu nhỏ hình hoặc lưu với chất lượng thấp hơn; máy cũ và đường truyền chậm sẽ mở trang nhanh hơn"
        en "the image is {size_en}, over {limit_en}"
            => "make it smaller or save it at a lower quality; old machines and slow lines will thank you";
    BadImage "S510" Error
        vi "không đọc được hình: {problem_vi}"
            => "lưu lại hình ở dạng PNG, JPEG, WebP hoặc SVG"
        en "the image cannot be read: {problem_en}"
            => "save it again as PNG, JPEG, WebP or SVG";
    ActiveSvg "S511" Error
        vi "hình SVG có nội dung chạy được hoặc tải từ ngoài: {what}"
            => "xuất lại hình không kèm kịch bản, hoặc lưu ở dạng PNG"
        en "the SVG can run or load something: {what}"
            => "export it again without scripts, or save it as PNG";
    AliasTaken "S512" Error
        vi "địa chỉ cũ `{alias}` đã là địa chỉ của `{by}`"
            => "xóa dòng này khỏi `aliases`"
        en "the alias `{alias}` is an address of `{by}` already"
            => "remove it from `aliases`";
    BadAlias "S513" Error
        vi "`{alias}` không phải địa chỉ cũ hợp lệ"
            => "viết như `talks/old-name`, không có ngôn ngữ và đuôi tệp"
        en "`{alias}` is not a valid alias"
            => "write it like `talks/old-name`, without language and extension";
    EmptyPage "S514" Error
        vi "tệp trống"
            => "thêm phần đầu trang với `title`, rồi viết nội dung"
        en "the file is empty"
            => "add front matter with a `title`, then the text";
    NoHome "S515" Error
        vi "sổ tay chưa có trang chủ"
            => "tạo tệp `{file}` với `title` trong phần đầu trang"
        en "the handbook has no home page"
            => "make the file `{file}` with a `title` in its front matter";
    NoIndex "S516" Warning
        vi "thư mục `{folder}` chưa có trang giới thiệu, nên không có trong trình đơn"
            => "tạo tệp `{file}` với `title` trong phần đầu trang"
        en "the folder `{folder}` has no page to introduce it, so it is not in the menu"
            => "make the file `{file}` with a `title` in its front matter";

    // 6: site.toml and themes
    NoSite "S601" Error
        vi "không tìm thấy site.toml ở đây hoặc trong thư mục cha"
            => "chạy lệnh trong thư mục của sổ tay, hoặc dùng `--root THƯ-MỤC`"
        en "there is no site.toml here or in a parent folder"
            => "run the command in the handbook's folder, or use `--root DIR`";
    BadToml "S602" Error
        vi "không đọc được site.toml: {problem_vi}"
            => "mỗi dòng có dạng `khóa = giá trị`; đặt chữ trong ngoặc kép"
        en "site.toml cannot be read: {problem_en}"
            => "write each line as `key = value`; put text in double quotes";
    UnknownSiteKey "S603" Error
        vi "site.toml không có khóa `{key}`"
            => "các khóa ở đây: {allowed}"
        en "site.toml has no key `{key}`"
            => "the keys here are: {allowed}";
    BadSiteValue "S604" Error
        vi "`{key}` trong site.toml không hợp lệ: {problem_vi}"
            => "ví dụ: {example}"
        en "`{key}` in site.toml is not valid: {problem_en}"
            => "for example: {example}";
    MissingSiteKey "S605" Error
        vi "site.toml thiếu `{key}`"
            => "thêm: {example}"
        en "site.toml needs `{key}`"
            => "add: {example}";
    UnknownTheme "S606" Error
        vi "không có giao diện `{theme}`"
            => "dùng `handbook`, hoặc tạo thư mục `themes/{theme}`"
        en "there is no theme `{theme}`"
            => "use `handbook`, or make the folder `themes/{theme}`";
    BadTemplate "S607" Error
        vi "giao diện có lỗi: {problem_vi}"
            => "sửa tệp này, hoặc xóa đi để dùng tệp có sẵn"
        en "the theme has a mistake: {problem_en}"
            => "correct this file, or delete it to use the built-in one";
    BadStrings "S608" Error
        vi "không đọc được tệp chuỗi giao diện: {problem_vi}"
            => "mỗi dòng có dạng `khóa = \"chữ\"`"
        en "the file of interface strings cannot be read: {problem_en}"
            => "write each line as `key = \"text\"`";
    UnknownString "S609" Error
        vi "giao diện không có chuỗi nào tên `{key}`"
            => "xóa dòng này"
        en "the theme has no string called `{key}`"
            => "remove this line";
    UnknownThemeOption "S610" Error
        vi "giao diện không có tùy chọn `{key}`"
            => "các tùy chọn: {allowed}"
        en "the theme has no option `{key}`"
            => "its options are: {allowed}";
    UnknownMenuPage "S611" Error
        vi "mục trình đơn `{page}` không dẫn tới trang nào"
            => "viết địa chỉ trang như `talks` hoặc `talks/phishing`"
        en "the menu entry `{page}` is no page"
            => "write a page's address like `talks` or `talks/phishing`";
    BadThemeValue "S612" Error
        vi "tùy chọn giao diện `{key}` không nhận `{value}`"
            => "cần {expected_vi}"
        en "the theme option `{key}` does not accept `{value}`"
            => "it needs {expected_en}";
    UnknownEdition "S613" Error
        vi "site.toml không có ấn bản `{edition}`"
            => "các ấn bản: {allowed}"
        en "site.toml has no edition `{edition}`"
            => "its editions are: {allowed}";

    // 7: the output
    ForeignOutput "S701" Error
        vi "thư mục `{dir}` có tệp không do sotay tạo ra: {files}"
            => "chọn thư mục khác với `--out`, hoặc tự chuyển các tệp đó đi (tệp muốn xuất bản thì đặt trong `static/`)"
        en "the folder `{dir}` holds files that sotay did not write: {files}"
            => "choose another folder with `--out`, or move them yourself (files to publish belong in `static/`)";
    CannotWrite "S702" Error
        vi "không ghi được `{path}`: {problem_vi}"
            => "bản cũ vẫn còn nguyên; kiểm tra dung lượng đĩa và quyền ghi"
        en "cannot write `{path}`: {problem_en}"
            => "the previous site is untouched; check free space and permissions";
    NotOffline "S703" Error
        vi "trang `{page}` cần tới `{target}`, không dùng được khi mở từ thư mục"
            => "dùng đường dẫn tương đối tới một tệp trong sổ tay; kiểm tra giao diện nếu bạn đã sửa"
        en "the page `{page}` needs `{target}`, which does not work when opened from a folder"
            => "use a relative path to a file of the handbook; check the theme if you changed it";
    StaticClash "S704" Error
        vi "`{path}` trong static/ trùng với một tệp do sotay tạo ra"
            => "đổi tên tệp trong static/"
        en "`{path}` in static/ is also a file that sotay makes"
            => "rename the file in static/";
    UnsafeOutput "S705" Error
        vi "không thể dùng `{dir}` làm nơi xuất: {problem_vi}"
            => "dùng một thư mục riêng như `dist`"
        en "`{dir}` cannot be the output: {problem_en}"
            => "use a folder of its own like `dist`";
    OutputBusy "S706" Error
        vi "một tiến trình sotay khác đang ghi vào `{dir}`"
            => "đợi tiến trình đó xong rồi chạy lại, hoặc chọn thư mục khác với `--out`"
        en "another sotay is writing to `{dir}`"
            => "wait for it to finish and run again, or choose another folder with `--out`";
    DuplicateId "S707" Error
        vi "{where_vi}mã `{id}` xuất hiện hai lần, nên liên kết tới mã này luôn dẫn tới chỗ đầu tiên"
            => "đặt mã khác cho một trong hai chỗ, với tiêu đề thì viết `{#ma-khac}`{origin_vi}"
        en "{where_en}the id `{id}` stands twice, so links to it lead to the first place only"
            => "give one of the two another id, a heading with `{#another-id}`{origin_en}";
    ImageWithoutAlt "S708" Warning
        vi "{where_vi}hình `{target}` thiếu thuộc tính `alt` để mô tả cho người không nhìn thấy hình"
            => "thêm `alt=\"mô tả\"`, hoặc `alt=\"\"` nếu hình chỉ để trang trí{origin_vi}"
        en "{where_en}the image `{target}` has no `alt` for people who cannot see it"
            => "add `alt=\"description\"`, or `alt=\"\"` for mere decoration{origin_en}";
    NeedsNetwork "S709" Error
        vi "tệp `{page}` tải `{target}` từ mạng, nên khi không có mạng sẽ thiếu"
            => "chép tệp cần tải vào sổ tay và dẫn tới bản chép{origin_vi}"
        en "the file `{page}` loads `{target}` from the network, and lacks it offline"
            => "copy what it loads into the handbook and point to the copy{origin_en}";
}

impl Code {
    /// The stable id, as shown and documented.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// Its name in words: `broken link`.
    pub fn name(self) -> String {
        let mut words = String::new();
        for c in self.entry().name.chars() {
            if c.is_ascii_uppercase() && !words.is_empty() {
                words.push(' ');
            }
            words.push(c.to_ascii_lowercase());
        }
        words
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// The sentence that says what is wrong, with `{name}` to fill in.
    pub fn message(self, lang: UiLang) -> &'static str {
        match lang {
            UiLang::Vi => self.entry().vi.0,
            UiLang::En => self.entry().en.0,
        }
    }

    /// The sentence that says what to do, with `{name}` to fill in.
    pub fn help(self, lang: UiLang) -> &'static str {
        match lang {
            UiLang::Vi => self.entry().vi.1,
            UiLang::En => self.entry().en.1,
        }
    }

    /// What it means, how it comes about and how to mend it.
    pub fn story(self) -> Story<'static> {
        // The stories are part of the program, and a test reads every one.
        Story::parse(self.entry().story).expect("a story that can be read")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_in_order() {
        let ids: Vec<_> = Code::ALL.iter().map(|c| c.id()).collect();
        let sorted: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids, sorted.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn both_languages_fill_in_the_same_names() {
        let names = |text: &str| -> BTreeSet<String> {
            text.split('{')
                .skip(1)
                .filter_map(|s| s.split_once('}').map(|(n, _)| n))
                .filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
                .map(|n| n.trim_end_matches("_vi").trim_end_matches("_en").to_owned())
                .collect()
        };
        for code in Code::ALL {
            let vi = names(&format!("{}{}", code.message(UiLang::Vi), code.help(UiLang::Vi)));
            let en = names(&format!("{}{}", code.message(UiLang::En), code.help(UiLang::En)));
            assert_eq!(vi, en, "{}", code.id());
        }
    }
}
