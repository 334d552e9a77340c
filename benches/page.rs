//! The page of a run, in headless Chromium: how large it is, and how soon it can be used.
//!
//! `cargo bench --bench page` prints the figures beside their bars; without Chromium it says that it measured nothing.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::unwrap_used, dead_code, reason = "shared with the tests of the page")]

#[path = "../tests/exports/chromium.rs"]
mod chromium;
#[path = "../tests/exports/common.rs"]
mod common;

use chromium::Browser;
use lockstep::report::export::html;
use lockstep::words::{Lang, Words};
use std::time::Instant;

/// When two pictures were drawn, in milliseconds since the page was asked for.
const PAINTED: &str =
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))";
/// How long a jump to another step takes, in milliseconds: the mean of a hundred.
const SEEK: &str = "(() => { const s = document.getElementById('slider'); const t = performance.now(); for (let i = 0; i < 100; i += 1) { s.value = String(Math.floor(s.max * ((i * 37) % 100) / 100)); s.dispatchEvent(new Event('input')); } return (performance.now() - t) / 100; })()";

fn main() {
    let Some(browser) = Browser::start() else { return println!("there is no Chromium: nothing was measured") };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    for rounds in [182, 1820] {
        let run = common::program(&common::COUNTER.replace("ROUNDS", &rounds.to_string()), 1);
        let (mut page, start) = (Vec::new(), Instant::now());
        html::write(&run, &Words::new(Lang::En), &mut page).unwrap();
        let made = start.elapsed();
        std::fs::write(&path, &page).unwrap();
        browser.open(&path, "");
        let ready = browser.eval("performance.getEntriesByName('ready')[0].startTime");
        println!(
            "{} events, {} steps: {} bytes (bar for 10,000 events: 2,000,000), made in {made:?}; \
             ready after {ready} ms (bar: 1,000), painted by {} ms, a seek {} ms",
            run.history.event_count(),
            run.history.last_step().0,
            page.len(),
            browser.eval(PAINTED),
            browser.eval(SEEK)
        );
    }
}
