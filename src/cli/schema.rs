//! `sotay schema`: JSON Schemas for site.toml and front matter.

use super::files::write_all;
use super::report::Console;
use super::vietnamese::Vietnamese;
use super::{Global, Status, root};
use crate::base::read_as_meant;
use crate::diag::Code;
use crate::model::Config;
use crate::parse::config::parse_config;
use crate::schema;
use clap::builder::PossibleValuesParser;
use std::path::{Path, PathBuf};

/// Arguments of `sotay schema`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay schema               write all schemas into .vscode/sotay in the handbook
  sotay schema talk          print the schema of a talk's front matter
  sotay schema --out -       print all schemas, one a line

Audiences, topics and editions come from site.toml: run it again after changing them.
How to make an editor use them: docs/editor-setup.md.")]
pub struct Arguments {
    /// Print this one instead of writing all
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(schema::NAMES))]
    name: Option<String>,
    /// Where to write them, `-` to print them [default: .vscode/sotay in the handbook's folder]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: Option<PathBuf>,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "Ghi các JSON Schema để trình soạn thảo gợi ý và kiểm tra khi bạn viết",
    arguments: &[
        ("name", "In riêng lược đồ này thay vì ghi tất cả"),
        ("out", "Nơi ghi, hoặc `-` để in ra [mặc định: .vscode/sotay trong thư mục của sổ tay]"),
    ],
    after_help: "Ví dụ:
  sotay schema               ghi mọi lược đồ vào .vscode/sotay trong sổ tay
  sotay schema talk          in lược đồ cho phần đầu trang của bài giảng
  sotay schema --out -       in mọi lược đồ, mỗi lược đồ một dòng

Đối tượng, chủ đề và ấn bản lấy từ site.toml: sửa những thứ đó xong thì chạy lại lệnh này.
Cách để trình soạn thảo dùng các lược đồ này: docs/editor-setup.vi.md.",
    commands: &[],
};

/// Writes or prints schemas; without a handbook those that hold for all.
pub fn run(global: &Global, arguments: &Arguments, console: &Console) -> Status {
    let root = root::folder(global);
    let config = config(&root, console);
    let config = config.as_ref();
    let to_stdout = arguments.out.as_deref() == Some(Path::new("-"));
    match (&arguments.name, &arguments.out) {
        (Some(name), Some(out)) if !to_stdout => {
            let one = schema::schema(name, console.lang, config);
            let one = one.map(|text| (schema::file_name(name), text));
            write_all(out, one.as_slice(), console)
        }
        (Some(name), _) => {
            console.print(&schema::schema(name, console.lang, config).unwrap_or_default())
        }
        (None, Some(out)) if !to_stdout => {
            write_all(out, &schema::files(console.lang, config), console)
        }
        (None, Some(_)) => console.print(&one_a_line(&schema::files(console.lang, config))),
        (None, None) if root.join("site.toml").exists() => {
            let folder = root.join(schema::FOLDER);
            write_all(&folder, &schema::files(console.lang, config), console)
        }
        (None, None) => {
            console.refuse(Code::NoSite.message(console.lang), Code::NoSite.help(console.lang));
            Status::Io
        }
    }
}

/// What site.toml says, as far as it can be read.
fn config(root: &Path, console: &Console) -> Option<Config> {
    let text = std::fs::read_to_string(root.join("site.toml")).ok()?;
    let (config, _) = parse_config(&read_as_meant(&text).text);
    if config.is_none() {
        eprintln!(
            "{}",
            console.say(
                "site.toml có lỗi, nên lược đồ không có đối tượng, chủ đề và ấn bản của sổ tay này; \
                 `sotay build` cho biết lỗi ở đâu",
                "site.toml cannot be used, so the schemas lack this handbook's audiences, topics and \
                 editions; `sotay build` says what is wrong with it"
            )
        );
    }
    config
}

fn one_a_line(files: &[(String, String)]) -> String {
    let lines = files.iter().filter_map(|(_, text)| {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        Some(format!("{value}\n"))
    });
    lines.collect()
}
