//! Writing runs into files, each on an OS thread of its own: keys are answered meanwhile.

use super::input::Incoming;
use super::msg::Msg;
use crate::model::Reel;
use crate::trace::Packing;
use crate::trace::whole::{self, Existing, Unwritten};
use crossbeam_channel::Sender;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

/// A name for a trace that no file in the working directory has: these words and the lowest number.
pub(super) fn free_name(words: &str) -> String {
    let name = |number: u32| format!("{words}-{number}.jsonl.gz");
    let taken = |name: &String| Path::new(name).symlink_metadata().is_ok();
    (1..=u32::MAX).map(name).find(|name| !taken(name)).unwrap_or_else(|| name(1))
}

/// Whoever writes at the moment.
pub(super) struct Savers {
    news: Sender<Incoming>,
    threads: Vec<JoinHandle<()>>,
}

impl Savers {
    pub(super) fn new(news: Sender<Incoming>) -> Savers {
        Savers { news, threads: Vec::new() }
    }

    /// Begins to write the run into this file. What comes of it is a message, at once when it cannot begin.
    pub(super) fn save(&mut self, path: PathBuf, existing: Existing, reel: Arc<Reel>) -> Option<Msg> {
        self.threads.retain(|thread| !thread.is_finished());
        let news = self.news.clone();
        let target = path.clone();
        let body = move || {
            let packing = Packing::of(&target);
            let write = |out: &mut dyn Write| reel.write(packing, out);
            let written = whole::write(&target, existing, &write).map_err(Arc::new);
            // The interface may have ended before us.
            let _ = news.send(Incoming::Msg(Msg::Saved(target, written)));
        };
        match thread::Builder::new().name("saver".into()).spawn(body) {
            Ok(thread) => {
                self.threads.push(thread);
                None
            }
            Err(error) => Some(Msg::Saved(path, Err(Arc::new(Unwritten::Other(error))))),
        }
    }

    /// Waits until everything is written.
    pub(super) fn wait(&mut self) {
        for thread in self.threads.drain(..) {
            // A panic in there has left no file behind.
            let _ = thread.join();
        }
    }
}
