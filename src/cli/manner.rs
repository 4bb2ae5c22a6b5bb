//! How messages are worded and coloured. Help and wrong usage have to know before the arguments
//! are understood, so it is also found in raw ones.

use crate::diag::UiLang;
use clap::ValueEnum;
use std::ffi::OsString;

/// A language that messages have.
#[derive(Clone, Copy, ValueEnum, Debug)]
pub enum UiChoice {
    Vi,
    En,
}

/// When messages are coloured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// The value of the option `name` as it stands among raw arguments, if it is one of its values.
pub fn written<T: ValueEnum>(arguments: &[OsString], name: &str) -> Option<T> {
    let texts = arguments.iter().map(|argument| argument.to_str().unwrap_or_default());
    let mut texts = texts.take_while(|text| *text != "--");
    while let Some(text) = texts.next() {
        let value = match text.strip_prefix(name) {
            Some("") => texts.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(value) = value {
            return T::from_str(value, false).ok();
        }
    }
    None
}

/// The language of messages: as asked, else the system's, else English.
pub fn ui_lang(asked: Option<UiChoice>) -> UiLang {
    match asked {
        Some(UiChoice::Vi) => UiLang::Vi,
        Some(UiChoice::En) => UiLang::En,
        None => match sys_locale::get_locale() {
            Some(locale) if locale.to_ascii_lowercase().starts_with("vi") => UiLang::Vi,
            _ => UiLang::En,
        },
    }
}

impl From<ColorChoice> for clap::ColorChoice {
    fn from(choice: ColorChoice) -> clap::ColorChoice {
        match choice {
            ColorChoice::Auto => clap::ColorChoice::Auto,
            ColorChoice::Always => clap::ColorChoice::Always,
            ColorChoice::Never => clap::ColorChoice::Never,
        }
    }
}
