//! What a link that leads nowhere was meant to lead to.

use crate::base::{RelPath, UrlPath, fold, nearest};
use crate::model::{Place, Site, scheme, stem};
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

/// The page or file that a link means, as the link should be written.
pub fn by_link(site: &Site, place: Place<'_>, target: &str) -> Option<String> {
    let (path, section) = match target.split_once('#') {
        Some((path, section)) => (path, format!("#{section}")),
        None => (target, String::new()),
    };
    let path = on_this_site(path);
    let found = exact(site, place, &path)
        .or_else(|| web_address(target))
        .or_else(|| near(site, place, &path, |_| true))?;
    Some(match found {
        Found::File(file) => written(&(link_to(place, &file) + &section)),
        Found::Web(address) => address,
    })
}

/// The file that a picture or an attachment means, as its path should be written.
pub fn by_file(site: &Site, place: Place<'_>, target: &str) -> Option<String> {
    let path = on_this_site(target);
    let is_file = |file: &RelPath| site.assets.contains_key(file);
    match exact(site, place, &path).or_else(|| near(site, place, &path, is_file))? {
        Found::File(file) if is_file(&file) => Some(link_to(place, &file)),
        _ => None,
    }
}

/// The page that a wiki link means: by its address, the last part of that, or its title.
pub fn by_name(site: &Site, name: &str) -> Option<String> {
    let ids = || site.pairs.iter().map(|pair| pair.id.as_str());
    let last = |id: &str| id.trim_end_matches("/index").rsplit('/').next().map(str::to_owned);
    let names: Vec<(String, &str)> = ids()
        .map(|id| (id.to_owned(), id))
        .chain(ids().filter_map(|id| Some((last(id)?, id))))
        .chain(site.pairs.iter().flat_map(|pair| {
            let titles = pair.versions.iter().flatten().map(|v| v.meta.title.clone());
            titles.map(|title| (title, pair.id.as_str()))
        }))
        .collect();
    let near = nearest(name, names.iter().map(|(name, _)| name.as_str()))?;
    let (_, id) = names.iter().find(|(name, _)| name == near)?;
    Some(id.trim_end_matches("/index").to_owned())
}

/// A path as it stands between a link's parentheses.
pub fn written(path: &str) -> String {
    if path.contains([' ', '(', ')']) { format!("<{path}>") } else { path.to_owned() }
}

enum Found {
    File(RelPath),
    Web(String),
}

/// A path without what ties it to one machine: `C:\...`, `file:///...`, `..\...`.
pub fn on_this_site(target: &str) -> String {
    let path = percent_decode_str(target).decode_utf8_lossy().replace('\\', "/");
    match scheme(&path) {
        Some(scheme) if scheme == "file" || scheme.len() == 1 => {
            path.split_once(':').map_or_else(String::new, |(_, path)| path.to_owned())
        }
        _ => path,
    }
}

/// The file whose path says the same in another spelling: from the top, in other letters, by
/// the name it has in the output, without its extension.
fn exact(site: &Site, place: Place<'_>, path: &str) -> Option<Found> {
    let wanted = candidates(site, place, path);
    let known = |file: &RelPath| site.assets.contains_key(file);
    for file in &wanted {
        let name = stem(without_html(file), &site.config.languages);
        for page in [name.to_owned(), format!("{name}/index")] {
            if site.by_stem.contains_key(&page) {
                return Some(Found::File(RelPath::new(format!("{page}.md"))));
            }
        }
        let file = RelPath::new(file);
        if known(&file) {
            return Some(Found::File(file));
        }
    }
    let folded: BTreeSet<String> = wanted.iter().map(|file| fold(file)).collect();
    let is_wanted = |file: &str| folded.contains(&fold(file));
    let pages = site.by_stem.keys().map(|stem| format!("{stem}.md"));
    let pages: BTreeSet<String> = pages.filter(|page| is_wanted(page)).collect();
    let page = pages.into_iter().next().map(RelPath::new);
    let file = || site.assets.keys().find(|file| is_wanted(file.as_str())).cloned();
    page.or_else(file).map(Found::File)
}

/// Paths of the project that `path` might be.
fn candidates(site: &Site, place: Place<'_>, path: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if !path.starts_with('/') {
        found.extend(place.source.join_beside(path).map(|file| file.to_string()));
    }
    let top = path.trim_start_matches(['/', '.']).trim_end_matches('/');
    let below = top.strip_prefix("content/").unwrap_or(top);
    let mut tops = vec![below];
    // Copied from the address line of a browser.
    if let Some((lang, rest)) = below.split_once('/')
        && site.config.languages.iter().any(|l| l.as_str() == lang)
    {
        tops.push(rest);
    }
    found.extend(tops.into_iter().filter(|t| !t.is_empty()).map(|t| format!("content/{t}")));
    found
}

fn without_html(path: &str) -> &str {
    path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).unwrap_or(path)
}

/// `www.example.vn`, `example.edu.vn/huong-dan`, `attt@example.vn`
fn web_address(target: &str) -> Option<Found> {
    let host = target.split(['/', '?', '#']).next()?;
    let (user, host) = host.split_once('@').map_or((None, host), |(u, h)| (Some(u), h));
    let (_, top) = host.rsplit_once('.')?;
    let is_host = matches!(top, "vn" | "com" | "org" | "net" | "edu" | "gov" | "info" | "io")
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    is_host.then(|| {
        Found::Web(match user {
            Some(_) => format!("mailto:{target}"),
            None => format!("https://{target}"),
        })
    })
}

/// The file of this kind whose name is nearest. Folders and extensions are not compared letter
/// by letter: most paths share them, and everything would seem near.
fn near(
    site: &Site,
    place: Place<'_>,
    path: &str,
    is_meant: impl Fn(&RelPath) -> bool,
) -> Option<Found> {
    let joined = place.source.join_beside(path);
    let wanted = joined.unwrap_or_else(|| RelPath::new(path));
    let kind = match wanted.extension() {
        page if matches!(&*page, "html" | "htm" | "") => "md".to_owned(),
        kind => kind,
    };
    let pages = site.by_stem.keys().map(|s| RelPath::new(format!("{s}.md")));
    let mut known: Vec<RelPath> = pages.chain(site.assets.keys().cloned()).collect();
    known.retain(|file| file.extension() == kind && is_meant(file));
    known.sort_by_key(|file| (file.folder() != wanted.folder(), file.clone()));
    let near = nearest(name_alone(&wanted), known.iter().map(name_alone))?;
    known.iter().find(|file| name_alone(file) == near).cloned().map(Found::File)
}

fn name_alone(file: &RelPath) -> &str {
    file.name().rsplit_once('.').map_or(file.name(), |(name, _)| name)
}

fn link_to(place: Place<'_>, file: &RelPath) -> String {
    UrlPath::new(place.source.as_str()).link_to(&UrlPath::new(file.as_str()))
}
