//! `sotay translate`: which translations still say what their sources say, and what to do about it.

mod accept;
mod diff;
mod new;
mod status;

use super::report::Console;
use super::vietnamese::Vietnamese;
use super::{Global, Status, check, lacking, root};
use crate::base::nearest;
use crate::diag::{Diagnostic, Severity, UiLang};
use crate::load;
use crate::model::{Lock, PageId, Site};
use crate::project::{EditionChoice, Project};
use crate::render::Renderer;
use std::sync::Arc;

/// Arguments of `sotay translate`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay translate status                  how every translation stands
  sotay translate diff talks/phishing     what its source says now and did not say then
  sotay translate accept talks/phishing   this translation is reviewed
  sotay translate new talks/phishing      begin the file that is missing

What was reviewed stands in translations.lock, which belongs to the content: commit it together.")]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// Show how every translation stands to its source
    Status(status::Arguments),
    /// Show what changed in the source since a translation was reviewed
    Diff(diff::Arguments),
    /// Record that a translation was reviewed
    Accept(accept::Arguments),
    /// Begin the other language's file, with the source as comments
    New(new::Arguments),
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Theo dõi bản dịch: mục nào còn khớp với bản nguồn, mục nào không",
    arguments: &[],
    after_help: "Ví dụ:
  sotay translate status                  tình trạng của mọi bản dịch
  sotay translate diff talks/phishing     bản nguồn nay viết gì khác với lúc duyệt
  sotay translate accept talks/phishing   bản dịch này đã được duyệt
  sotay translate new talks/phishing      tạo tệp của ngôn ngữ còn thiếu

Những gì đã duyệt được ghi trong translations.lock; tệp này là một phần của nội dung, hãy commit cùng.",
    commands: &[
        ("status", &status::VI),
        ("diff", &diff::VI),
        ("accept", &accept::VI),
        ("new", &new::VI),
    ],
};

/// Runs the command below `translate` that is asked for.
pub fn run(global: &Global, arguments: &Arguments, console: &Console) -> Status {
    let whole = match Whole::open(global, console) {
        Ok(whole) => whole,
        Err(status) => return status,
    };
    match &arguments.what {
        What::Status(arguments) => status::run(&whole, arguments, console),
        What::Diff(arguments) => diff::run(&whole, arguments, console),
        What::Accept(arguments) => accept::run(&whole, arguments, console),
        What::New(arguments) => new::run(&whole, arguments, console),
    }
}

/// A handbook with everything in it, whoever it is for.
struct Whole {
    root: std::path::PathBuf,
    project: Project,
}

impl Whole {
    fn open(global: &Global, console: &Console) -> Result<Whole, Status> {
        let root = root::folder(global);
        let (snapshot, problems) = load::load(&root);
        let project = Project::new(snapshot, problems, &EditionChoice::everything(), None);
        // A lock of which a part cannot be read would look as if that had never been reviewed.
        let is_broken =
            |d: &&Diagnostic| d.file.as_str() == Lock::FILE && d.severity() == Severity::Error;
        let broken: Vec<Diagnostic> =
            project.diagnostics.iter().filter(is_broken).cloned().collect();
        if project.renderer.is_none() {
            console.problems(&project.diagnostics, &project.snapshot);
            return Err(check::status(&project.diagnostics, false));
        }
        if !broken.is_empty() {
            console.problems(&broken, &project.snapshot);
            return Err(Status::Problems);
        }
        Ok(Whole { root, project })
    }

    fn site(&self) -> &Arc<Site> {
        self.renderer().site()
    }

    fn renderer(&self) -> &Renderer {
        // `open` refuses a project without one.
        self.project.renderer.as_ref().expect("a whole handbook has a renderer")
    }

    /// The page called `name`, as a position among all pairs, and the section after `#`.
    fn page<'a>(
        &self,
        name: &'a str,
        console: &Console,
    ) -> Result<(usize, Option<&'a str>), Status> {
        let (page, section) = match name.split_once('#') {
            Some((page, section)) => (page, Some(section)),
            None => (name, None),
        };
        let site = self.site();
        let stripped = crate::model::stem(page, &site.config.languages);
        let address = stripped.strip_prefix("content/").unwrap_or(stripped);
        let Some(pair) = site.page_by_address(address) else {
            let all: Vec<&str> = site.pairs.iter().map(|pair| pair.id.as_str()).collect();
            let meant = nearest(address, all.iter().copied());
            let what = match console.lang {
                UiLang::Vi => format!("sổ tay không có trang `{page}`"),
                UiLang::En => format!("the handbook has no page `{page}`"),
            };
            let help = match (meant, console.lang) {
                (Some(meant), UiLang::Vi) => format!("có phải ý bạn là `{meant}`?"),
                (Some(meant), UiLang::En) => format!("did you mean `{meant}`?"),
                (None, UiLang::Vi) => "`sotay translate status` liệt kê mọi trang".to_owned(),
                (None, UiLang::En) => "`sotay translate status` lists every page".to_owned(),
            };
            console.refuse(&what, &help);
            return Err(Status::Usage);
        };
        if let Some(section) = section {
            self.check_section(pair, section, console)?;
        }
        Ok((pair, section))
    }

    fn check_section(&self, pair: usize, section: &str, console: &Console) -> Result<(), Status> {
        let pair = &self.site().pairs[pair];
        let words = pair.source_version().words();
        if words.iter().any(|known| known.id == section) {
            return Ok(());
        }
        let ids: Vec<&str> =
            words.iter().map(|w| w.id.as_str()).filter(|i| !i.is_empty()).collect();
        let (page, all) = (&pair.id, ids.join(", "));
        let meant = nearest(section, ids.iter().copied());
        let what = match console.lang {
            UiLang::Vi => format!("trang `{page}` không có mục `#{section}`"),
            UiLang::En => format!("the page `{page}` has no section `#{section}`"),
        };
        let help = match (meant, console.lang) {
            (Some(meant), UiLang::Vi) => format!("có phải ý bạn là `{page}#{meant}`?"),
            (Some(meant), UiLang::En) => format!("did you mean `{page}#{meant}`?"),
            (None, UiLang::Vi) => format!("trang có: {all}"),
            (None, UiLang::En) => format!("it has: {all}"),
        };
        console.refuse(&what, &help);
        Err(Status::Usage)
    }

    /// Positions of the languages asked for: one, or all.
    fn languages(&self, lang: Option<&str>, console: &Console) -> Result<Vec<usize>, Status> {
        lacking::languages(&self.site().config, lang, console.lang).map_err(|lacking| {
            console.refuse(&lacking.what, &lacking.help);
            Status::Usage
        })
    }

    fn id(&self, pair: usize) -> &PageId {
        &self.site().pairs[pair].id
    }
}

/// A page and a section as people write them: `talks/phishing#signs`, or the page for what stands
/// before its first heading.
fn place(page: &PageId, section: &str) -> String {
    match section {
        "" => page.to_string(),
        section => format!("{page}#{section}"),
    }
}
