//! How far a longer work is, for whoever watches.

use super::report::Console;
use crate::build::Stage;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// A progress bar that shows itself when the work takes longer than half a second.
pub struct Bar {
    bar: ProgressBar,
    started: Instant,
    watched: bool,
    drawing: &'static str,
}

impl Bar {
    /// A bar for the rendering of a site; the work began at `started`.
    pub fn new(console: &Console, started: Instant) -> Bar {
        let drawing = console
            .say("{bar:30} {pos}/{len} trang, còn {eta}", "{bar:30} {pos}/{len} files, {eta} left");
        Bar::drawn(console, started, drawing)
    }

    /// A bar for asking `total` addresses on other sites.
    pub fn for_links(console: &Console, total: usize) -> Bar {
        let drawing = console.say("{bar:30} {pos}/{len} liên kết", "{bar:30} {pos}/{len} links");
        let bar = Bar::drawn(console, Instant::now(), drawing);
        bar.begin(total);
        bar
    }

    fn drawn(console: &Console, started: Instant, drawing: &'static str) -> Bar {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Bar { bar, started, watched: console.is_watched(), drawing }
    }

    /// Shows how far the rendering is.
    pub fn show(&self, stage: Stage) {
        match stage {
            Stage::Reading | Stage::Writing => {}
            Stage::Rendering(total) => self.begin(total),
            Stage::Rendered => self.step(),
        }
    }

    fn begin(&self, total: usize) {
        self.bar.set_length(total as u64);
        if let Ok(style) = ProgressStyle::with_template(self.drawing) {
            self.bar.set_style(style);
        }
    }

    /// One more is done.
    pub fn step(&self) {
        let late = self.started.elapsed() > Duration::from_millis(500);
        if self.watched && late && self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
