//! `sotay completions`: a script that lets a shell complete sotay's commands and options.

use super::Status;
use super::report::Console;
use super::vietnamese::Vietnamese;
use clap_complete::Shell;

/// Arguments of `sotay completions`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  sotay completions bash > ~/.local/share/bash-completion/completions/sotay
  sotay completions zsh > ~/.zfunc/_sotay
  sotay completions fish > ~/.config/fish/completions/sotay.fish
  sotay completions powershell >> $PROFILE

For zsh: the folder has to be in its `fpath` before `compinit` runs.
Then: open a new terminal, type `sotay ` and press Tab.")]
pub struct Arguments {
    /// The shell that the script is for
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// The same in Vietnamese.
pub const VI: Vietnamese = Vietnamese {
    about: "In ra kịch bản để shell tự điền lệnh và tùy chọn của sotay",
    arguments: &[("shell", "Shell sẽ dùng kịch bản")],
    after_help: "Ví dụ:
  sotay completions bash > ~/.local/share/bash-completion/completions/sotay
  sotay completions zsh > ~/.zfunc/_sotay
  sotay completions fish > ~/.config/fish/completions/sotay.fish
  sotay completions powershell >> $PROFILE

Với zsh: thư mục này phải nằm trong `fpath` trước khi `compinit` chạy.
Sau đó: mở cửa sổ dòng lệnh mới, gõ `sotay ` rồi nhấn phím Tab.",
    commands: &[],
};

/// Prints the script for `sotay`, the whole table of arguments.
pub fn run(arguments: &Arguments, mut sotay: clap::Command, console: &Console) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut sotay, "sotay", &mut script);
    console.print(&String::from_utf8_lossy(&script))
}
