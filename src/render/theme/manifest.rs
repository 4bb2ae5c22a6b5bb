//! `theme.toml`: the order of a theme's styles and scripts, and the options it offers.

use super::files::{ThemeFile, ThemeFiles};
use crate::base::RelPath;
use crate::diag::{Code, Diagnostic, toml_mistake};
use crate::model::ThemeOption;
use serde::Deserialize;
use std::collections::BTreeMap;
use tera::Value;

/// What a theme says about itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// Files of `css/` that come first, in this order.
    pub css: Vec<String>,
    /// Files of `js/` that come first, in this order.
    pub js: Vec<String>,
    #[serde(default)]
    options: BTreeMap<String, OptionSpec>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionSpec {
    #[serde(rename = "type")]
    kind: OptionKind,
    default: toml::Value,
    /// A colour on or under which this colour must be readable.
    on: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum OptionKind {
    Color,
    Bool,
    Text,
}

/// The theme's options with their values.
pub(super) struct OptionValues(BTreeMap<String, (OptionKind, String)>);

/// `theme.toml` of the theme. Reports what is wrong with it.
pub(super) fn read(files: &ThemeFiles, problems: &mut Vec<Diagnostic>) -> Option<Manifest> {
    // The built-in theme always has one, so a theme without its own inherits that.
    let file = files.get("theme.toml")?;
    match toml::from_str(file.text()?) {
        Ok(manifest) => Some(manifest),
        Err(error) => {
            problems.push(not_toml(file, &error));
            None
        }
    }
}

fn not_toml(file: &ThemeFile, error: &toml::de::Error) -> Diagnostic {
    let mistake = toml_mistake(file.text().unwrap_or_default(), error);
    let at = file.span(mistake.at.clone());
    mistake.describe(Diagnostic::new(Code::BadTemplate, &file.path)).at(at)
}

impl Manifest {
    /// The value of every option: site.toml's where it is valid, else the default.
    pub fn check_options(
        &self,
        given: &[ThemeOption],
        problems: &mut Vec<Diagnostic>,
    ) -> OptionValues {
        let defaults = self.options.iter();
        let mut values: BTreeMap<_, _> =
            defaults.map(|(key, spec)| (key.clone(), (spec.kind, spec.default_text()))).collect();
        for option in given {
            match self.options.get(&option.key) {
                None => problems.push(self.unknown(option)),
                Some(spec) if spec.accepts(&option.value) => {
                    values.insert(option.key.clone(), (spec.kind, option.value.clone()));
                }
                Some(spec) => problems.push(spec.refusal(option)),
            }
        }
        OptionValues(values)
    }

    fn unknown(&self, option: &ThemeOption) -> Diagnostic {
        let keys: Vec<&str> = self.options.keys().map(String::as_str).collect();
        at_option(Code::UnknownThemeOption, option)
            .with("allowed", keys.join(", "))
            .suggest(&option.key, keys)
    }
}

fn at_option(code: Code, option: &ThemeOption) -> Diagnostic {
    Diagnostic::new(code, &RelPath::new("site.toml")).at(option.span).with("key", &*option.key)
}

/// WCAG 2.2, success criterion 1.4.3.
const MIN_CONTRAST: f64 = 4.5;

impl OptionSpec {
    fn default_text(&self) -> String {
        self.default.as_str().map_or_else(|| self.default.to_string(), str::to_owned)
    }

    fn accepts(&self, value: &str) -> bool {
        match self.kind {
            OptionKind::Text => true,
            OptionKind::Bool => matches!(value, "true" | "false"),
            OptionKind::Color => luminance(value).is_some_and(|own| {
                let other = self.on.as_deref().and_then(luminance);
                other.is_none_or(|other| contrast(own, other) >= MIN_CONTRAST)
            }),
        }
    }

    fn refusal(&self, option: &ThemeOption) -> Diagnostic {
        let example = self.default_text();
        let (vi, en) = match (self.kind, &self.on) {
            (OptionKind::Color, Some(on)) => (
                format!("một màu như `{example}`, có độ tương phản với `{on}` ít nhất là 4,5"),
                format!("a colour like `{example}` whose contrast with `{on}` is at least 4.5"),
            ),
            (OptionKind::Color, None) => {
                (format!("một màu như `{example}`"), format!("a colour like `{example}`"))
            }
            _ => ("`true` hoặc `false`".to_owned(), "`true` or `false`".to_owned()),
        };
        at_option(Code::BadThemeValue, option)
            .with("value", &*option.value)
            .with("expected_vi", vi)
            .with("expected_en", en)
    }
}

/// Relative luminance of `#rrggbb` or `#rgb` as WCAG 2.2 defines it; `None` for anything else.
fn luminance(colour: &str) -> Option<f64> {
    let hex = colour.strip_prefix('#').filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let digits = hex.len() / 3;
    if !matches!(hex.len(), 3 | 6) {
        return None;
    }
    let channel = |i: usize| {
        let part = u32::from_str_radix(&hex[i * digits..(i + 1) * digits], 16).unwrap_or(0);
        let value = f64::from(if digits == 1 { part * 17 } else { part }) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    Some(0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2))
}

fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

impl OptionValues {
    /// The colours as custom properties: `:root{--brand:#0f4c81}`.
    pub fn custom_properties(&self) -> String {
        let colours = self.0.iter().filter(|(_, (kind, _))| *kind == OptionKind::Color);
        let lines: Vec<_> = colours
            .map(|(key, (_, value))| format!("--{}:{value}", key.replace('_', "-")))
            .collect();
        if lines.is_empty() { String::new() } else { format!(":root{{{}}}\n", lines.join(";")) }
    }

    /// What templates see as `options`.
    pub fn for_templates(&self) -> Value {
        let value = |kind, text: &str| match kind {
            OptionKind::Bool => Value::from(text == "true"),
            _ => Value::normal_string(text),
        };
        let values: BTreeMap<_, _> =
            self.0.iter().map(|(key, (kind, text))| (key.clone(), value(*kind, text))).collect();
        Value::from(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_wcags() {
        let of = |a, b| contrast(luminance(a).unwrap(), luminance(b).unwrap());
        assert_eq!(of("#000", "#ffffff"), 21.0);
        assert!((of("#0F4C81", "#fff") - 8.9).abs() < 0.1);
        for bad in ["red", "#12", "#12345g", "#1234567", "0f4c81"] {
            assert!(luminance(bad).is_none(), "{bad}");
        }
    }
}
