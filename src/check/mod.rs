//! Reads what a build would publish as its readers will, and says what is wrong with it.
//!
//! Everything that a build reports, then what only the finished pages show: [`output`] follows
//! every address on every page ([`page`], [`style`]) while they are rendered and keeps little of
//! them; [`report`] says what is wrong where [`places`] finds its source. Then what an editor
//! should know of the whole: [`orphans`], [`review`], [`terms`]. [`external`] says what to ask other sites, and what their
//! answers mean; [`summary`] says what to do first. Nothing here touches the world.

pub mod external;
mod orphans;
mod output;
mod page;
mod places;
mod report;
mod review;
mod style;
pub mod summary;
mod terms;

use crate::base::UrlPath;
use crate::build::{Stage, render_all, tidy};
use crate::diag::Diagnostic;
use crate::project::Project;
use jiff::civil::Date;
pub use output::Counts;
use output::Output;
use places::Places;
use std::collections::BTreeMap;

/// What a check found.
pub struct Checked {
    /// Everything that is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// How much was read.
    pub counts: Counts,
    /// Links to other sites, as written, and the files of the output that hold them.
    pub external: BTreeMap<String, Vec<UrlPath>>,
}

/// Checks a project on the day `today`. `progress` is called from many threads.
pub fn check(project: &Project, today: Date, progress: &(dyn Fn(Stage) + Sync)) -> Checked {
    let mut diagnostics = project.diagnostics.clone();
    let Some(renderer) = &project.renderer else {
        let (counts, external) = Default::default();
        return Checked { diagnostics: tidy(diagnostics), counts, external };
    };
    let site = &**renderer.site();
    let output = Output::new(site);
    diagnostics.extend(render_all(renderer, &|artifact| output.read(artifact), progress));
    let places = Places { site, snapshot: &project.snapshot };
    diagnostics.extend(report::report(places, &output, &diagnostics));
    diagnostics.extend(orphans::report(site, &output.leads_to()));
    diagnostics.extend(review::report(site, &project.snapshot, today));
    diagnostics.extend(terms::report(site, &project.snapshot));
    let external = output.external().into_iter();
    let external =
        external.map(|(link, files)| (link, files.into_iter().cloned().collect())).collect();
    Checked { diagnostics: tidy(diagnostics), counts: output.counts(), external }
}
