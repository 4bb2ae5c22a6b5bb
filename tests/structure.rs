//! DESIGN.md's rule of imports, read from the sources: who may use whom, who may touch files,
//! clocks and the environment, and who may print. Tests inside the sources may do anything.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What each module may import, beside itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("diag", &["base"]),
    ("model", &["base", "diag"]),
    ("search", &["base", "diag", "model"]),
    ("load", &["base", "diag", "model"]),
    ("parse", &["base", "diag", "model"]),
    ("resolve", &["base", "diag", "model"]),
    ("render", &["base", "diag", "model", "search"]),
    ("emit", &["base", "diag", "model"]),
    ("print", &["base", "diag", "model", "search"]),
    ("project", &["base", "diag", "model", "parse", "resolve", "render"]),
    ("build", &["base", "diag", "model", "load", "render", "emit", "project"]),
    ("schema", &["base", "diag", "model"]),
    ("check", STAGES_AND_BELOW),
    ("edit", &["base", "diag", "model", "parse", "resolve", "schema"]),
    ("release", STAGES_AND_BELOW),
    ("serve", STAGES_AND_BELOW),
    ("cli", ANYTHING),
    ("main", ANYTHING),
    ("lib", ANYTHING),
];

/// For what stands above the stages; `project` and `build` call them in order.
const STAGES_AND_BELOW: &[&str] = &[
    "base", "diag", "model", "search", "load", "parse", "resolve", "render", "emit", "print",
    "edit", "project", "build",
];

const ANYTHING: &[&str] = &["*"];

/// Modules that may touch the world.
const MAY_TOUCH: &[&str] = &["load", "emit", "release", "serve", "cli", "main"];

/// What touching the world looks like.
const WORLD: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "SystemTime",
    "Instant::now",
    "jiff::Zoned",
    "Timestamp::now",
    "ureq",
];

const PRINTING: &[&str] = &["println!", "eprintln!", "print!(", "stdout()", "stderr()", "dbg!"];

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for (file, module, code) in sources() {
        let rule = MAY_IMPORT.iter().find(|(name, _)| *name == module);
        let Some((_, allowed)) = rule else {
            wrong.push(format!("{file}: `{module}` has no rule here; DESIGN.md says which it has"));
            continue;
        };
        for used in imports(&code) {
            let fine = used == module || allowed.contains(&"*") || allowed.contains(&&*used);
            if !fine && is_module(&used) {
                wrong.push(format!("{file}: `{module}` may not use `{used}`"));
            }
        }
    }
    assert_eq!(wrong, [] as [String; 0]);
}

#[test]
fn only_the_edges_touch_the_world() {
    let mut wrong = Vec::new();
    for (file, module, code) in sources() {
        let words = WORLD.iter().filter(|w| code.contains(**w) && !MAY_TOUCH.contains(&&*module));
        wrong.extend(words.map(|w| format!("{file}: {w}")));
    }
    assert_eq!(wrong, [] as [String; 0]);
}

#[test]
fn only_the_command_line_prints() {
    let mut wrong = Vec::new();
    for (file, module, code) in sources() {
        let words = PRINTING.iter().filter(|w| code.contains(**w) && module != "cli");
        wrong.extend(words.map(|w| format!("{file}: {w}")));
    }
    assert_eq!(wrong, [] as [String; 0]);
}

/// Every source file with the module it belongs to and its code without comments and tests.
fn sources() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap) {
        let below = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let name = entry.file_name().to_str().unwrap();
        // These are modules behind `#[cfg(test)]`.
        if !name.ends_with(".rs") || matches!(name, "tests.rs" | "fixtures.rs") {
            continue;
        }
        let module = below.split(['/', '.']).next().unwrap().to_owned();
        found.push((below, module, code(&fs::read_to_string(entry.path()).unwrap())));
    }
    assert!(found.len() > 50, "the sources are not where this test looks");
    found
}

/// A source text without comments, and without what stands behind `#[cfg(test)]`.
fn code(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            // One item follows, to its closing brace at the same indentation.
            let indent = &line[..line.len() - line.trim_start().len()];
            let first = lines.next().unwrap_or_default();
            if !first.trim_end().ends_with(';') {
                let end = format!("{indent}}}");
                lines.by_ref().find(|l| *l == end);
            }
        } else if !line.trim_start().starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The first names of `crate::` paths, those in braces too.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(top_level_names(group)),
            None => found.push(word(rest)),
        }
    }
    found
}

/// The first name of every path in `{a::b, c::{d, e}}`, given after its opening brace.
fn top_level_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut at_start) = (0, Vec::new(), true);
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            c if at_start && c.is_alphabetic() => {
                names.push(word(&group[i..]));
                at_start = false;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether a name is one of the modules; the library also re-exports items.
fn is_module(name: &str) -> bool {
    MAY_IMPORT.iter().any(|(module, _)| *module == name)
}

#[test]
fn the_reading_of_sources_is_right() {
    let text = "use crate::{load, parse::{a, b}, C};\nfn f() { crate::emit::g() }\n// crate::cli\n\
                #[cfg(test)]\nmod tests {\n    use crate::serve;\n}\nuse crate::diag;\n";
    assert_eq!(imports(&code(text)), ["load", "parse", "C", "emit", "diag"]);
    let modules: BTreeMap<_, _> = MAY_IMPORT.iter().copied().collect();
    assert_eq!(modules.len(), MAY_IMPORT.len());
}
