// What the preview says in a page: in the editor's language, which the first event tells, and
// in the page's until then.
var words = {
  vi: {
    error: "lỗi",
    warning: "cảnh báo",
    help: "gợi ý",
    related: "xem thêm",
    label: "Các lỗi và cảnh báo của sổ tay",
    errors: function (n) { return n + " lỗi"; },
    warnings: function (n) { return n + " cảnh báo"; },
    fold: "Thu gọn",
    stale: "Trang đang hiện là bản đúng gần nhất. Sửa xong lỗi thì trang tự cập nhật.",
    more: function (n) { return "Còn " + n + " mục nữa, xem trong cửa sổ dòng lệnh."; },
    mended: "Đã sửa xong, không còn lỗi hay cảnh báo nào.",
    stopped: "Bản xem trước đã dừng. Trang tự kết nối lại khi sotay serve chạy lại."
  },
  en: {
    error: "error",
    warning: "warning",
    help: "help",
    related: "see also",
    label: "Errors and warnings in the handbook",
    errors: function (n) { return n + (n === 1 ? " error" : " errors"); },
    warnings: function (n) { return n + (n === 1 ? " warning" : " warnings"); },
    fold: "Fold",
    stale: "You see the last good version of this page. It updates by itself once the errors are mended.",
    more: function (n) { return "The terminal lists " + n + " more."; },
    mended: "All mended: no errors or warnings are left.",
    stopped: "The preview has stopped. This page reconnects by itself when sotay serve runs again."
  }
};
var lang = /^vi\b/.test(document.documentElement.lang) ? "vi" : "en";

