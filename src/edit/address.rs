//! Addresses as people write them on the command line: `talks/Mật khẩu` is `talks/mat-khau`.

use super::refusal::Refusal;
use super::survey::Survey;
use crate::base::{Lang, RelPath, portable_name_problem, read_as_meant, slug};
use crate::model::{Config, Kind, PageId, stem};
use crate::resolve::problem_words;

/// Addresses and folders that sotay fills itself.
const OUR_OWN: [&str; 5] = ["audience", "changes", "glossary", "search", "tags"];

/// An address as somebody wrote it.
pub struct Asked {
    /// Its parts, folded as addresses are. Never empty.
    parts: Vec<String>,
    /// The same parts as written.
    written: Vec<String>,
    /// Whether a slash at its end says that a folder is meant.
    pub is_folder: bool,
}

impl Asked {
    /// Reads an address. A path of a file (`content/talks/phishing.vi.md`) is one too.
    pub fn read(text: &str, config: &Config) -> Result<Asked, Refusal> {
        let meant = read_as_meant(text.trim()).text.replace('\\', "/");
        let path = meant.strip_prefix("./").unwrap_or(&meant).trim_start_matches('/');
        let path = path.strip_prefix("content/").unwrap_or(path);
        let is_folder = path.ends_with('/');
        let path = stem(path.trim_end_matches('/'), &config.languages);
        if path.contains('#') {
            return Err(Refusal::new(
                format!("`{text}` là một mục trong trang; viết địa chỉ trang, không có `#`"),
                format!("`{text}` is a section of a page; write the page's address, without `#`"),
            ));
        }
        let written: Vec<String> = path.split('/').map(|part| part.trim().to_owned()).collect();
        if written.iter().any(|part| matches!(&**part, "" | "." | "..")) {
            return Err(Refusal::new(
                format!("`{text}` không phải địa chỉ trang; viết như `talks/passwords`"),
                format!("`{text}` is no page's address; write one like `talks/passwords`"),
            ));
        }
        if let Some(part) = written.iter().find(|part| part.starts_with('_')) {
            return Err(Refusal::new(
                format!(
                    "`{part}` bắt đầu bằng `_`: tệp và thư mục như vậy chỉ để chèn, không thành trang"
                ),
                format!(
                    "`{part}` begins with `_`: such files and folders are only included, they are no pages"
                ),
            ));
        }
        let parts: Vec<String> = written.iter().map(|part| slug(part)).collect();
        if let Some(i) = parts.iter().position(String::is_empty) {
            let part = &written[i];
            return Err(Refusal::new(
                format!(
                    "`{part}` không tạo được địa chỉ; đặt tên bằng chữ cái La-tinh hoặc chữ số"
                ),
                format!("`{part}` gives no address; name it in Latin letters or digits"),
            ));
        }
        Ok(Asked { parts, written, is_folder })
    }

    /// The address: `talks/mat-khau`.
    pub fn id(&self) -> PageId {
        PageId::new(self.parts.join("/"))
    }

    /// The last part, folded.
    pub fn name(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    /// The parts of the folder, folded.
    pub fn folder(&self) -> &[String] {
        &self.parts[..self.parts.len() - 1]
    }

    /// A title made of the part at `depth`: as written where it has spaces, else with its hyphens
    /// as spaces and a capital.
    pub fn title(&self, depth: usize) -> String {
        let written = &self.written[depth];
        if written.contains(' ') {
            return written.clone();
        }
        let words = written.replace('-', " ");
        let mut chars = words.chars();
        chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
    }

    /// The folders around it from the top, each as the parts of its address.
    pub fn folders(&self) -> impl Iterator<Item = &[String]> {
        (1..self.parts.len()).map(|depth| &self.parts[..depth])
    }

    /// Refuses an address that no page may have, whatever the project holds.
    pub fn check(&self, config: &Config) -> Result<(), Refusal> {
        let id = self.id();
        let first = &self.parts[0];
        if self.parts.iter().any(|part| part == "index") {
            return Err(Refusal::new(
                format!("`{id}`: tên `index` dành cho trang giới thiệu của thư mục; chọn tên khác"),
                format!(
                    "`{id}`: the name `index` is kept for the page that introduces a folder; choose another"
                ),
            ));
        }
        if config.languages.iter().any(|l: &Lang| l.as_str() == first) {
            return Err(Refusal::new(
                format!(
                    "`{id}`: địa chỉ không bắt đầu bằng ngôn ngữ; một địa chỉ dùng cho mọi ngôn ngữ"
                ),
                format!(
                    "`{id}`: an address does not begin with a language; all languages share it"
                ),
            ));
        }
        if OUR_OWN.contains(&&**first) {
            return Err(Refusal::new(
                format!("`{id}`: địa chỉ `{first}` do sotay tự tạo; chọn tên khác"),
                format!("`{id}`: sotay makes `{first}` itself; choose another name"),
            ));
        }
        let of = |lang| portable_name_problem(&format!("{lang}/{id}.html"));
        match config.languages.iter().find_map(of) {
            Some(problem) => {
                let (vi, en) = problem_words(problem);
                Err(Refusal::new(
                    format!("địa chỉ `{id}` không dùng được trên mọi máy: {vi}"),
                    format!("the address `{id}` does not work on every machine: {en}"),
                ))
            }
            None => Ok(()),
        }
    }

    /// Refuses an address that the project uses already. `own` is the page that may keep its
    /// own former addresses.
    pub fn check_free(&self, survey: &Survey<'_>, own: Option<&PageId>) -> Result<(), Refusal> {
        let id = self.id();
        let places = &survey.places;
        if places.pages().contains_key(&id) {
            let file = first_file(survey, &id);
            return Err(Refusal::new(
                format!("đã có trang `{id}` ({file})"),
                format!("there is a page `{id}` already ({file})"),
            ));
        }
        if places.is_section(id.as_str()) {
            return Err(Refusal::new(
                format!(
                    "`{id}` đã là một thư mục có trang; viết địa chỉ trang như `{id}/ten-trang`"
                ),
                format!(
                    "`{id}` is a folder of pages already; write a page's address like `{id}/name`"
                ),
            ));
        }
        if let Some((owner, file)) = survey.alias(id.as_str())
            && Some(&owner) != own
        {
            return Err(Refusal::new(
                format!(
                    "`{id}` là địa chỉ cũ của trang `{owner}`; xóa khỏi `aliases` trong {file} trước đã"
                ),
                format!(
                    "`{id}` is a former address of the page `{owner}`; remove it from `aliases` in {file} first"
                ),
            ));
        }
        self.check_folder(survey)
    }

    /// Refuses a page below a page. A folder with its own page alone (`about/index.vi.md`) may
    /// become a section, if that page is not of a kind that no section's page can be.
    fn check_folder(&self, survey: &Survey<'_>) -> Result<(), Refusal> {
        for depth in 1..self.parts.len() {
            let folder = self.parts[..depth].join("/");
            let id = PageId::new(&folder);
            let Some(files) = survey.places.pages().get(&id) else { continue };
            let is_folder = files.iter().all(|f| f.name().starts_with("index."));
            let may_be_section = is_folder && survey.kind(&id) == Kind::Page;
            if !survey.places.is_section(&folder) && !may_be_section {
                let file = first_file(survey, &id);
                return Err(Refusal::new(
                    format!(
                        "`{folder}` là một trang ({file}), không phải thư mục có trang; chọn thư mục khác"
                    ),
                    format!(
                        "`{folder}` is a page ({file}), not a folder of pages; choose another folder"
                    ),
                ));
            }
        }
        Ok(())
    }
}

/// The file that owns a page's facts.
fn first_file(survey: &Survey<'_>, id: &PageId) -> String {
    survey.files(id).first().map(RelPath::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::UiLang;
    use crate::parse::config::parse_config;

    fn config() -> Config {
        parse_config("title = \"Sổ tay\"\nlanguages = [\"vi\", \"en\"]\n").0.unwrap()
    }

    #[test]
    fn addresses_are_folded_as_file_names_are() {
        let cases = [
            ("talks/Mật khẩu", "talks/mat-khau"),
            ("talks/passwords", "talks/passwords"),
            ("/talks/passwords/", "talks/passwords"),
            ("content/talks/passwords.vi.md", "talks/passwords"),
            ("talks\\Passwords.md", "talks/passwords"),
            ("Đường dây nóng", "duong-day-nong"),
            ("v1.2", "v1-2"),
            ("talks/Ma\u{302}\u{323}t kha\u{302}\u{309}u", "talks/mat-khau"),
        ];
        for (text, id) in cases {
            let asked = Asked::read(text, &config()).unwrap_or_else(|_| panic!("{text}"));
            assert_eq!(asked.id().as_str(), id);
            assert!(asked.check(&config()).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_title_is_made_of_the_name() {
        let title = |text: &str| Asked::read(text, &config()).unwrap().title(1);
        assert_eq!(title("talks/Mật khẩu"), "Mật khẩu");
        assert_eq!(title("talks/strong-passwords"), "Strong passwords");
    }

    #[test]
    fn what_can_be_no_page_is_refused_with_its_reason() {
        let deep = format!("{}x", "a/".repeat(5));
        let long = "a".repeat(120);
        let cases = [
            ("", "no page's address"),
            ("../x", "no page's address"),
            ("talks//x", "no page's address"),
            ("talks/x#y", "a section of a page"),
            ("talks/_x", "begins with `_`"),
            ("_shared/x", "begins with `_`"),
            ("talks/ខ្មែរ", "Latin letters"),
            ("talks/index", "introduces a folder"),
            ("vi/talks", "begin with a language"),
            ("tags/x", "makes `tags` itself"),
            ("search", "makes `search` itself"),
            ("talks/con", "Windows keeps"),
            ("aux/x", "Windows keeps"),
            (&deep, "four folders"),
            (&long, "120 characters"),
        ];
        for (text, reason) in cases {
            let refused = Asked::read(text, &config()).and_then(|a| a.check(&config()));
            let sentence = refused.expect_err(text).sentence;
            let said = sentence.text(UiLang::En);
            assert!(said.contains(reason), "{text}: {said}");
            assert_ne!(sentence.text(UiLang::Vi), said);
        }
    }
}
