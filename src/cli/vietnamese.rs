//! The command line in Vietnamese.
//!
//! A command's file writes its English texts where clap's derive wants them: doc comments and
//! `after_help`. Beside them it has a constant [`Vietnamese`] with the same texts, and
//! [`translate`] puts those in their place, together with the words that clap adds by itself.
//! The tests at the end refuse a command, an argument or examples without Vietnamese.

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, Command};

/// What one command says of itself in Vietnamese.
#[derive(Clone, Copy)]
pub struct Vietnamese {
    /// What it does, as the command's doc comment says it.
    pub about: &'static str,
    /// Its arguments, by the name of their field. Defaults and possible values that clap knows
    /// are added to each.
    pub arguments: Texts,
    /// Examples and the like; empty where there are none in English.
    pub after_help: &'static str,
    /// The commands below it, by name.
    pub commands: &'static [(&'static str, &'static Vietnamese)],
}

/// The heading over what every command understands, in English.
pub const GLOBAL_OPTIONS: &str = "Global options";

/// What stands for a value, as `<DIR>` does in `--out <DIR>`.
const VALUE_NAMES: Texts = &[
    ("ADDRESS", "ĐỊA-CHỈ"),
    ("AUDIENCE", "ĐỐI-TƯỢNG"),
    ("CODE", "MÃ"),
    ("COMMAND", "LỆNH"),
    ("DATE", "NGÀY"),
    ("DIR", "THƯ-MỤC"),
    ("KIND", "LOẠI"),
    ("LANG", "NGÔN-NGỮ"),
    ("N", "SỐ"),
    ("NAME", "TÊN"),
    ("NEW", "MỚI"),
    ("NUMBER", "SỐ-HIỆU"),
    ("OLD", "CŨ"),
    ("PAGE", "TRANG"),
    ("PAGE[#SECTION]", "TRANG[#MỤC]"),
    ("PORT", "CỔNG"),
    ("QUERY", "TỪ-KHÓA"),
    ("SECONDS", "GIÂY"),
    ("SHELL", "SHELL"),
    ("TEXT", "CHỮ"),
    ("WHEN", "KHI-NÀO"),
];

/// The arguments that clap adds by itself.
const OF_CLAP: Texts = &[
    ("help", "Hiện phần hướng dẫn này"),
    ("version", "Hiện số phiên bản"),
    ("subcommand", "Hiện hướng dẫn của lệnh này"),
];

const HELP_COMMAND: &str = "Hiện hướng dẫn của sotay hoặc của một lệnh";

/// Clap's own order, with its one English word replaced.
const TEMPLATE: &str = "\
{before-help}{about-with-newline}
USAGE {usage}

{all-args}{after-help}";

/// Texts by name.
type Texts = &'static [(&'static str, &'static str)];

/// `command` with `texts` in place of its English ones.
pub fn translate(mut command: Command, texts: &Vietnamese) -> Command {
    // What clap adds by itself, and global arguments below every command, come with this.
    command.build();
    translate_tree(command, texts, texts.arguments)
}

fn translate_tree(command: Command, texts: &Vietnamese, global: Texts) -> Command {
    let known = [texts.arguments, global, OF_CLAP];
    let command = command
        .mut_args(|argument| translate_argument(argument, &known))
        .mut_subcommands(|below| match below_of(texts, below.get_name()) {
            Some(texts) => translate_tree(below, &texts, global),
            None => below,
        })
        .about(texts.about)
        .long_about(Resettable::Reset);
    let command = match command.get_after_help() {
        Some(_) => command.after_help(texts.after_help),
        None => command,
    };
    with_words_of_clap(command)
}

/// The texts of the command `name` below `texts`. Below the command `help` stand the same
/// commands once more.
fn below_of(texts: &Vietnamese, name: &str) -> Option<Vietnamese> {
    let own = texts.commands.iter().find(|(known, _)| *known == name);
    match own {
        Some((_, texts)) => Some(**texts),
        None if name == "help" => {
            Some(Vietnamese { about: HELP_COMMAND, arguments: &[], after_help: "", ..*texts })
        }
        None => None,
    }
}

fn translate_argument(argument: Arg, known: &[Texts]) -> Arg {
    let text = known.iter().find_map(|texts| find(texts, argument.get_id().as_str()));
    let heading = match argument.get_help_heading() {
        Some(GLOBAL_OPTIONS) => "Tùy chọn chung",
        _ if argument.is_positional() => "Tham số",
        _ => "Tùy chọn",
    };
    let names = argument.get_value_names().unwrap_or_default().iter();
    let names: Option<Vec<&str>> = names.map(|name| find(VALUE_NAMES, name)).collect();
    let values = values(&argument);
    let mut argument =
        argument.help_heading(heading).hide_default_value(true).hide_possible_values(true);
    if let Some(names) = names.filter(|names| !names.is_empty()) {
        argument = argument.value_names(names);
    }
    match text {
        Some(text) => argument.help(format!("{text}{values}")).long_help(Resettable::Reset),
        None => argument,
    }
}

/// `[mặc định: auto] [chọn: auto, always, never]`, as far as it applies.
fn values(argument: &Arg) -> String {
    let takes_value = argument.get_action().takes_values();
    let defaults = argument.get_default_values().iter().map(|value| value.to_string_lossy());
    let defaults = defaults.collect::<Vec<_>>().join(", ");
    let possible = argument.get_possible_values();
    let possible = possible.iter().filter(|value| !value.is_hide_set()).map(|v| v.get_name());
    let possible = possible.collect::<Vec<_>>().join(", ");
    let mut out = String::new();
    for (word, values) in [("mặc định", defaults), ("chọn", possible)] {
        if takes_value && !values.is_empty() {
            out += &format!(" [{word}: {values}]");
        }
    }
    out
}

fn with_words_of_clap(command: Command) -> Command {
    let mut command = command.subcommand_help_heading("Lệnh").subcommand_value_name("LỆNH");
    // The usage that clap would make of the translated arguments, but for its own two words.
    let usage = command.render_usage().ansi().to_string();
    let usage = usage.split_once("Usage:").and_then(|(_, rest)| rest.split_once(' '));
    let usage = usage.map(|(_, usage)| usage.replace("[OPTIONS]", "[TÙY-CHỌN]"));
    let style = command.get_styles().get_usage();
    let template = TEMPLATE.replace("USAGE", &format!("{style}Cách dùng:{style:#}"));
    let command = command.help_template(template);
    match usage {
        Some(usage) => command.override_usage(StyledStr::from(usage)),
        None => command,
    }
}

fn find(texts: Texts, name: &str) -> Option<&'static str> {
    texts.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::super::{Arguments, VI};
    use super::*;
    use clap::CommandFactory;
    use clap::error::ErrorKind;

    /// Words that are common in English and are none in Vietnamese.
    const ENGLISH: &[&str] = &[
        "the",
        "of",
        "with",
        "is",
        "are",
        "and",
        "or",
        "for",
        "from",
        "when",
        "which",
        "what",
        "only",
        "this",
        "that",
        "by",
        "every",
        "print",
        "write",
        "show",
        "usage",
        "options",
        "option",
        "commands",
        "command",
        "arguments",
        "examples",
        "example",
        "exit",
        "default",
        "possible",
        "values",
        "folder",
        "handbook",
        "page",
        "pages",
    ];

    fn english() -> Command {
        let mut command = Arguments::command();
        command.build();
        command
    }

    /// Every command that a person types, with its texts.
    fn commands() -> Vec<(Command, Option<Vietnamese>)> {
        fn walk(
            command: &Command,
            texts: Option<Vietnamese>,
            out: &mut Vec<(Command, Option<Vietnamese>)>,
        ) {
            out.push((command.clone(), texts));
            for below in command.get_subcommands().filter(|c| c.get_name() != "help") {
                walk(below, texts.and_then(|texts| below_of(&texts, below.get_name())), out);
            }
        }
        let mut out = Vec::new();
        walk(&english(), Some(VI), &mut out);
        out
    }

    fn path(command: &Command) -> String {
        command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned()
    }

    /// Names and values, which are typed alike in every language.
    fn typed() -> Vec<String> {
        let commands = commands();
        let names = commands.iter().map(|(command, _)| command.get_name().to_owned());
        let arguments = commands.iter().flat_map(|(command, _)| command.get_arguments());
        let values = arguments.flat_map(|argument| argument.get_possible_values());
        names.chain(values.map(|value| value.get_name().to_owned())).collect()
    }

    /// The English words of a text, what is typed left out.
    fn english_words(text: &str) -> Vec<&str> {
        let typed = typed();
        text.split(|c: char| c.is_whitespace() || "()[],:;".contains(c))
            .filter(|word| ENGLISH.contains(&word.to_lowercase().as_str()))
            .filter(|word| !typed.iter().any(|name| name == word))
            .collect()
    }

    /// What is wrong with a text that should be Vietnamese.
    fn fault(english: &str, vietnamese: &str) -> Option<String> {
        if vietnamese.trim().is_empty() {
            return Some("has no Vietnamese".to_owned());
        }
        let words = english_words(vietnamese);
        if vietnamese.is_ascii() || vietnamese == english || !words.is_empty() {
            return Some(format!("is not Vietnamese ({words:?}): {vietnamese}"));
        }
        None
    }

    #[test]
    fn every_text_is_there_in_vietnamese() {
        let wrong: Vec<String> = commands()
            .iter()
            .flat_map(|(command, texts)| match texts {
                Some(texts) => faults(command, texts),
                None => vec![format!("{} is not among the `commands` of VI", path(command))],
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn faults(command: &Command, texts: &Vietnamese) -> Vec<String> {
        let (name, mut wrong) = (path(command), Vec::new());
        let mut check = |what: &str, english: Option<&StyledStr>, vietnamese: &str| {
            let english = english.map(ToString::to_string).unwrap_or_default();
            wrong.extend(fault(&english, vietnamese).map(|f| format!("{what} of `{name}` {f}")));
        };
        check("the description", command.get_about(), texts.about);
        if command.get_after_help().is_some() || !texts.after_help.is_empty() {
            check("after_help", command.get_after_help(), texts.after_help);
        }
        let own = own_arguments(command);
        for argument in &own {
            let id = argument.get_id().as_str();
            check(id, argument.get_help(), find(texts.arguments, id).unwrap_or_default());
        }
        wrong.extend(own.iter().flat_map(|argument| untranslatable(argument)));
        let gone = texts.arguments.iter().filter(|(id, _)| own.iter().all(|a| a.get_id() != id));
        wrong.extend(gone.map(|(id, _)| format!("`{name}` has no argument {id}")));
        let below = texts.commands.iter().map(|(below, _)| below);
        let gone = below.filter(|below| command.find_subcommand(below).is_none());
        wrong.extend(gone.map(|below| format!("`{name}` has no command {below}")));
        wrong
    }

    /// The arguments that a command's own file explains.
    fn own_arguments(command: &Command) -> Vec<&Arg> {
        let is_root = command.get_name() == "sotay";
        let own = command.get_arguments().filter(|argument| {
            let inherited = argument.is_global_set() && !is_root;
            !inherited && find(OF_CLAP, argument.get_id().as_str()).is_none()
        });
        own.collect()
    }

    /// What has no place for Vietnamese.
    fn untranslatable(argument: &Arg) -> Vec<String> {
        let id = argument.get_id();
        let takes_value = argument.get_action().takes_values();
        let names = argument.get_value_names().unwrap_or_default().iter();
        let unknown = names.filter(|name| takes_value && find(VALUE_NAMES, name).is_none());
        let mut wrong: Vec<_> =
            unknown.map(|name| format!("{id}: add {name} to VALUE_NAMES")).collect();
        if argument.get_help_heading().is_some_and(|heading| heading != GLOBAL_OPTIONS) {
            wrong.push(format!("{id}: a heading of its own has no Vietnamese"));
        }
        if argument.get_possible_values().iter().any(|value| value.get_help().is_some()) {
            wrong.push(format!("{id}: explain its values in the argument's own help"));
        }
        wrong
    }

    #[test]
    fn help_as_it_is_shown_has_no_english_left() {
        fn walk(command: &mut Command, wrong: &mut Vec<String>) {
            for help in [command.render_help(), command.render_long_help()] {
                let help = help.to_string();
                let words = english_words(&help);
                if !words.is_empty() || !help.contains("Cách dùng: sotay") {
                    wrong.push(format!("{words:?} in\n{help}"));
                }
            }
            command.get_subcommands_mut().for_each(|below| walk(below, wrong));
        }
        let mut wrong = Vec::new();
        walk(&mut translate(Arguments::command(), &VI), &mut wrong);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// The lines of a text that can be typed, as words.
    fn examples(text: &str) -> Vec<Vec<String>> {
        let lines = text.lines().filter_map(|line| line.strip_prefix("  "));
        // What it does stands behind two spaces; pipes and files are the shell's.
        let typed = lines.filter_map(|line| line.trim().split("  ").next());
        let typed = typed.filter_map(|line| line.split([';', '|', '<', '>', '&']).next());
        typed
            .map(arguments)
            .filter(|l: &Vec<_>| l.first().is_some_and(|word| word == "sotay"))
            .collect()
    }

    /// The words of a command line; what stands in quotation marks is one.
    fn arguments(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut open = None;
        for c in line.chars() {
            match (c, open) {
                (c, Some(quote)) if c == quote => open = None,
                ('"' | '\'', None) => open = Some(c),
                (' ', None) => words.push(String::new()),
                (c, _) => words.last_mut().unwrap().push(c),
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }

    #[test]
    fn examples_work_and_are_as_many_in_both_languages() {
        let mut wrong = Vec::new();
        for (command, texts) in commands() {
            let Some(english) = command.get_after_help().map(ToString::to_string) else { continue };
            let vietnamese = texts.map_or("", |texts| texts.after_help);
            let (english, vietnamese) = (examples(&english), examples(vietnamese));
            if english.is_empty() || english.len() != vietnamese.len() {
                wrong.push(format!("{}: {english:?} and {vietnamese:?}", path(&command)));
            }
            for line in english.iter().chain(&vietnamese) {
                match Arguments::command().try_get_matches_from(line) {
                    Ok(_) => {}
                    Err(e) if e.kind() == ErrorKind::DisplayHelp => {}
                    Err(e) if e.kind() == ErrorKind::MissingSubcommand && line.len() > 1 => {}
                    Err(e) => wrong.push(format!("{}: {e}", line.join(" "))),
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn texts_in_the_wrong_language_are_found() {
        assert_eq!(fault("Build the site", "Dựng sổ tay vào `dist/`"), None);
        assert!(fault("Build the site", "Dựng the site").is_some());
        assert!(fault("Build", "Build").is_some());
        assert!(fault("Build", " ").is_some());
        assert_eq!(
            examples("Examples:\n  sotay man | man -l -   read it\n\nNote: sotay is fine."),
            [["sotay", "man"]]
        );
    }
}
