//! Why nothing was written.

use crate::base::RelPath;
use crate::diag::{Code, Diagnostic, io_problem};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why nothing was written. The previous site, if there was one, is untouched.
#[derive(Debug)]
pub enum EmitError {
    /// A folder that sotay would replace or remove holds files that it did not write.
    Foreign {
        /// The folder, as the caller named it.
        dir: PathBuf,
        /// Those files, in order, relative to the folder.
        files: Vec<String>,
    },
    /// The output would endanger something.
    Unsafe {
        /// The output, as the caller named it.
        dir: PathBuf,
        /// What.
        problem: UnsafeOutput,
    },
    /// Another build is writing to this output.
    Busy {
        /// The output, as the caller named it.
        dir: PathBuf,
    },
    /// A file or folder could not be written.
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Why a folder cannot be the output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnsafeOutput {
    /// It is the project, or a folder around it.
    HoldsProject,
    /// It is one of the folders that the site is made from, or inside one.
    IsSource,
    /// It is a file.
    IsFile,
    /// It is a symbolic link.
    IsSymlink,
    /// It is the root of a drive, which cannot be replaced by another folder.
    IsDrive,
}

impl UnsafeOutput {
    fn sentence(self) -> (&'static str, &'static str) {
        match self {
            UnsafeOutput::HoldsProject => {
                ("sổ tay nằm trong thư mục này", "the handbook itself lies in it")
            }
            UnsafeOutput::IsSource => (
                "đây là nơi chứa nội dung nguồn của sổ tay",
                "it is where the handbook's own sources are",
            ),
            UnsafeOutput::IsFile => ("đây là một tệp", "it is a file"),
            UnsafeOutput::IsSymlink => ("đây là liên kết tượng trưng", "it is a symbolic link"),
            UnsafeOutput::IsDrive => ("đây là gốc của một ổ đĩa", "it is the root of a drive"),
        }
    }
}

/// How many foreign files a message names.
const NAMED: usize = 5;

impl EmitError {
    pub(super) fn io(path: &Path, error: io::Error) -> EmitError {
        EmitError::Io { path: path.to_owned(), error }
    }

    /// The error as sotay reports it.
    pub fn to_diagnostic(&self) -> Diagnostic {
        match self {
            EmitError::Foreign { dir, files } => {
                about(Code::ForeignOutput, dir).with("dir", shown(dir)).with("files", named(files))
            }
            EmitError::Unsafe { dir, problem } => {
                let (vi, en) = problem.sentence();
                about(Code::UnsafeOutput, dir)
                    .with("dir", shown(dir))
                    .with("problem_vi", vi)
                    .with("problem_en", en)
            }
            EmitError::Busy { dir } => about(Code::OutputBusy, dir).with("dir", shown(dir)),
            EmitError::Io { path, error } => {
                let (vi, en) = io_problem(error);
                about(Code::CannotWrite, path)
                    .with("path", shown(path))
                    .with("problem_vi", vi)
                    .with("problem_en", en)
            }
        }
    }
}

fn about(code: Code, path: &Path) -> Diagnostic {
    Diagnostic::new(code, &RelPath::new(shown(path)))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn named(files: &[String]) -> String {
    let mut text = files[..files.len().min(NAMED)].join(", ");
    if files.len() > NAMED {
        text.push_str(", …");
    }
    text
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_diagnostic().message(crate::diag::UiLang::En))
    }
}

impl std::error::Error for EmitError {}
