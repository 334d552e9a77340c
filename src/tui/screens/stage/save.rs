//! Writing what is on the tape into a file.

use super::subject::Subject;
use super::{Notice, Stage, Tools};
use crate::model::Reel;
use crate::session::{LiveOptions, Start};
use crate::trace::whole::{Existing, Unwritten};
use crate::trace::{Header, Language};
use crate::tui::field::Field;
use crate::tui::msg::Effect;
use crate::tui::overlay::{Ask, Menu, Message, Overlay, Purpose, Row, Topic};
use crate::words::Words;
use std::path::Path;
use std::sync::Arc;

/// The rows of the menu about a file that is there already.
const SAVE_OVER_ROWS: [&str; 2] = ["save-over", "save-elsewhere"];

impl Stage {
    /// Looks for a name, to be asked for.
    pub(super) fn name_save(&mut self) -> Vec<Effect> {
        if self.history.event_count() == 0 {
            self.notice = Some(Notice::Key("notice-save-nothing"));
            return Vec::new();
        }
        vec![Effect::NameFile(file_words(&self.title()))]
    }

    /// The name of the file was typed.
    pub fn save(&mut self, name: &str, existing: Existing) -> Vec<Effect> {
        let path = Path::new(name).to_owned();
        if name.is_empty() {
            return Vec::new();
        }
        self.notice = Some(Notice::Key("notice-saving"));
        vec![Effect::Save { path, existing, reel: Arc::new(self.reel()) }]
    }

    /// The run was saved, or was not.
    pub fn saved(&mut self, path: &Path, result: Result<(), &Unwritten>, overlays: &mut Vec<Overlay>) {
        if self.notice == Some(Notice::Key("notice-saving")) {
            self.notice = None;
        }
        let shown = ("path", path.display().to_string().into());
        match result {
            Ok(()) => {
                self.notice = Some(Notice::told(|words| words.with("notice-saved", std::slice::from_ref(&shown))));
            }
            Err(Unwritten::Exists) => {
                self.save_over = Some(path.to_owned());
                let menu = Menu::new(Topic::SaveOver, |words| {
                    let row = |key: &&str| Row { label: words.t(key), note: String::new(), chosen: false };
                    let title = words.with("save-exists", std::slice::from_ref(&shown));
                    (title, SAVE_OVER_ROWS.iter().map(row).collect())
                });
                // Whoever presses Enter without reading replaces nothing.
                overlays.push(Overlay::Menu(menu.on(1)));
            }
            Err(why) => {
                let told = |words: &Words| (words.t("save-failed"), vec![words.unwritten(path, why)]);
                overlays.push(Overlay::Message(Message::new(told)));
            }
        }
    }

    pub(super) fn pick_save_over(&mut self, row: usize, tools: &mut Tools<'_>) -> Vec<Effect> {
        let Some(path) = self.save_over.take() else { return Vec::new() };
        let name = path.display().to_string();
        if row == 0 {
            return self.save(&name, Existing::Replace);
        }
        tools.overlays.push(Overlay::Ask(Ask { purpose: Purpose::SaveAs, field: Field::with(&name) }));
        Vec::new()
    }

    /// Everything that is on the tape.
    #[must_use]
    pub fn reel(&self) -> Reel {
        let header = self.header();
        let given = header.inputs.iter().chain(&self.typed).cloned().map(Some);
        let lines = given.collect();
        let reel = self.history.reel(header, lines, self.lost);
        // What a file does not have its copy has not, either.
        if self.is_cut_short() { reel.without_end() } else { reel }
    }

    /// How a run of the program on the stage is started, as its trace says it.
    #[must_use]
    pub fn header_of(&self, start: &Start) -> Header {
        let parameters = self.request().map_or(&[][..], |request| &request.parameters);
        let header = start.header(&self.title(), self.source(), parameters);
        Header { picture: self.subject.declared_picture(), ..header }
    }

    /// How the run was started, as its trace says it.
    #[must_use]
    pub fn header(&self) -> Header {
        if let Some(header) = self.recording() {
            return Header::clone(header);
        }
        match &self.subject {
            Subject::Program(loaded) => self.header_of(&loaded.start),
            Subject::Watched(watched) => Header {
                language: Language::Rust,
                target: watched.title.as_str().into(),
                source_name: Arc::clone(&watched.source.name),
                source: Arc::clone(&watched.source.text),
                live: Some(LiveOptions::default()),
                ..Header::default()
            },
        }
    }
}

/// What a file of this run is called: letters and digits of its title, `counter-race`.
fn file_words(title: &str) -> String {
    let name = match title.strip_suffix(".py") {
        Some(path) => path.rsplit(['/', '\\']).next().unwrap_or(path),
        None => title,
    };
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let words: String = words.join("-").chars().take(60).collect();
    if words.is_empty() { "run".to_owned() } else { words }
}
