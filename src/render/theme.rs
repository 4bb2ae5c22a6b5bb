//! The theme: templates, strings, style and scripts, taken from the project file by file and,
//! where it has none, from the theme inside the binary.
//!
//! A theme is loaded and checked once; after that it turns a typed view into a page. What the
//! pages say is decided elsewhere.

mod bundle;
mod complaints;
mod files;
#[cfg(test)]
mod fixtures;
mod manifest;
mod policy;
mod smaller;
mod strings;
mod templates;
#[cfg(test)]
mod tests;

use crate::base::{Lang, RelPath};
use crate::diag::{Code, Diagnostic};
use crate::model::{Config, Snapshot};
use files::ThemeFiles;
use policy::Policy;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
pub use strings::Strings;
use templates::Templates;
use tera::Value;

/// A theme, ready to make pages. Immutable; pages are rendered from many threads.
pub struct Theme {
    templates: Templates,
    /// One per language of the site, in that order. Never empty.
    strings: Vec<(Lang, Strings)>,
    options: Value,
    icons: BTreeMap<String, String>,
    published: Vec<(String, Arc<[u8]>)>,
    policy: Policy,
}

/// Loads the theme that site.toml names, and checks its templates, its strings and the options
/// that site.toml gives it. `None` where pages cannot be made at all; the diagnostics say why.
pub fn load(snapshot: &Snapshot, config: &Config) -> (Option<Theme>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let theme = load_theme(snapshot, config, &mut problems);
    (theme, problems)
}

fn load_theme(
    snapshot: &Snapshot,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Option<Theme> {
    let files = ThemeFiles::collect(snapshot, &config.theme, problems);
    if files.is_unknown() {
        problems.push(unknown_theme(snapshot, &config.theme));
        return None;
    }
    let manifest = manifest::read(&files, problems);
    let templates = Templates::compile(&files, problems);
    let used = templates::strings_used(&files);
    let strings = strings::load(&files, &config.languages, &used, problems);
    let manifest = manifest?;
    let values = manifest.check_options(&config.theme_options, problems);
    let published = bundle::published(&files, &manifest, &values, &strings, problems);
    Some(Theme {
        templates: templates?,
        strings,
        options: values.for_templates(),
        icons: icons(&files),
        published,
        policy: Policy::new(&files),
    })
}

fn unknown_theme(snapshot: &Snapshot, name: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::UnknownTheme, &RelPath::new("site.toml")).with("theme", name);
    let parsed = toml::de::DeTable::parse(&snapshot.config.text).ok();
    match parsed.as_ref().and_then(|table| table.get_ref().get("theme")) {
        Some(value) => diagnostic.at(value.span().into()),
        None => diagnostic,
    }
}

fn icons(files: &ThemeFiles) -> BTreeMap<String, String> {
    files
        .below("icons/")
        .filter_map(|(name, file)| {
            let id = name.strip_suffix(".svg")?;
            Some((id.to_owned(), file.text()?.trim().to_owned()))
        })
        .collect()
}

impl Theme {
    /// A page made from `template` (`page.html`). The context's fields stand at the top level;
    /// beside them `t` holds the strings of `lang` and `options` the theme's options.
    ///
    /// Fails with S607 at the place in the template that asks for something that is not there.
    pub fn render<T: Serialize>(
        &self,
        template: &str,
        lang: &Lang,
        context: &T,
    ) -> Result<String, Diagnostic> {
        // Both values are reference-counted: a page does not pay for them again.
        let shared = [("t", self.strings(lang).as_value()), ("options", self.options.clone())];
        self.templates.render(template, context, shared)
    }

    /// The strings of `lang`; those of the default language for a language the site has not.
    pub fn strings(&self, lang: &Lang) -> &Strings {
        let own = self.strings.iter().find(|(l, _)| l == lang);
        &own.unwrap_or(&self.strings[0]).1
    }

    /// Every file for the folder `theme/` of the output, by its name below it, in order of name.
    pub fn files(&self) -> Vec<(String, Arc<[u8]>)> {
        self.published.clone()
    }

    /// The picture called `name` as inline SVG; empty when the theme has none.
    pub fn icon(&self, name: &str) -> &str {
        self.icons.get(name).map_or("", String::as_str)
    }

    /// The Content-Security-Policy of every page, for `<meta http-equiv>`.
    pub fn csp(&self) -> &str {
        &self.policy.page
    }

    /// The one inline script, exactly as its hash in [`Theme::csp`] demands.
    pub fn inline_script(&self) -> &str {
        &self.policy.inline_script
    }

    /// The Content-Security-Policy of `404.html`, whose style is inline.
    pub fn not_found_csp(&self) -> &str {
        &self.policy.not_found
    }

    /// The style of `404.html`, exactly as its hash in [`Theme::not_found_csp`] demands.
    pub fn not_found_style(&self) -> &str {
        &self.policy.not_found_style
    }
}
