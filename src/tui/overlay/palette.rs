//! The palette: every command by its name, the scenarios among them.

use super::finder::{Deed, Entry, Finder, Order};
use super::{Reply, help};
use crate::tui::app::App;
use crate::tui::keys::Action;
use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// The state of the palette.
#[derive(Clone, Debug)]
pub struct Palette(Finder);

impl Palette {
    /// The commands of the screen that is shown, then everything that can be opened.
    #[must_use]
    pub fn new(app: &App) -> Palette {
        let words = &app.words;
        let mut entries = help::entries(app);
        // What needs a key to say which thread makes no sense without it, and the palette is open already.
        entries.retain(|entry| {
            !matches!(
                entry.deed,
                Deed::Run(Action::RunNumbered | Action::TickNumbered | Action::Palette | Action::Up | Action::Down)
            )
        });
        entries.extend(scenarios(app));
        Palette(Finder::new(words.t("palette-title"), words.t("palette-hint"), Order::Best, entries))
    }

    pub(super) fn retell(&mut self, app: &App) {
        self.0.retell(Palette::new(app).0);
    }

    pub(super) fn key(&mut self, key: &KeyEvent) -> Reply {
        self.0.key(key)
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.0.paste(text);
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        self.0.render(frame, area, app);
    }
}

fn scenarios(app: &App) -> Vec<Entry> {
    let lang = app.words.lang();
    let mut entries = Vec::new();
    for scenario in app.gallery.catalogue().scenarios() {
        for variant in &scenario.variants {
            let target = format!("{}/{}", scenario.id, variant.id);
            let title = app.words.with(
                "palette-open",
                &[("scenario", lang.text(&scenario.title).into()), ("variant", lang.text(&variant.title).into())],
            );
            let also = format!("{target} {} {}", scenario.title.en, scenario.title.zh);
            entries.push(Entry { label: title, keys: String::new(), also, deed: Deed::Open(target) });
        }
    }
    entries
}
