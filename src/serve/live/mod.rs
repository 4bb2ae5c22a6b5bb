//! Pages that follow the files while somebody writes: what the preview adds to a page, the
//! events that an open page hears, and what is shown in it of the page and of problems.
//!
//! An open page carries the [`Versions`](super::Versions) of what it shows. It is sent those
//! that it would show now, on connecting and after every change, and compares: so nothing is
//! missed while a page loads, sleeps in a tab or waits for the preview to start again.

mod hub;
mod inject;
mod problems;

pub use hub::Hub;
pub(in crate::serve) use hub::Listener;
pub use inject::{inject, strip};
pub use problems::{Line, Place, Problem, Problems};

/// The browser's part, in the order in which its pieces build on one another. In one function,
/// so that the pages' own scripts see nothing of it.
const SCRIPT: &str = concat!(
    "(function () {\n\"use strict\";\n",
    include_str!("js/words.js"),
    include_str!("js/keep.js"),
    include_str!("js/style.js"),
    include_str!("js/panel.js"),
    include_str!("js/about.js"),
    include_str!("js/stream.js"),
    "})();\n",
);

/// The style of the panel that shows problems.
const STYLE: &str = include_str!("live.css");

/// The file of the preview's own at `path`, with the name that it has in the program.
pub(in crate::serve) fn file(path: &str) -> Option<(&'static str, &'static str)> {
    match path {
        "_sotay/live.js" => Some(("_sotay/live.js", SCRIPT)),
        "_sotay/live.css" => Some(("_sotay/live.css", STYLE)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_writes_text_and_no_markup() {
        for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(!SCRIPT.contains(word), "{word}");
        }
    }

    #[test]
    fn the_script_speaks_both_languages() {
        let words = include_str!("js/words.js");
        let (vi, en) = words.split_once("  en: {").unwrap();
        let keys = |text: &str| -> Vec<String> {
            let lines = text.lines().filter_map(|line| line.strip_prefix("    "));
            lines.filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
        };
        assert_eq!(keys(vi), keys(en));
        assert!(keys(vi).len() > 10);
    }
}
