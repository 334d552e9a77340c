//! The state of the interface, as plain data.

use super::glyph::{GlyphSet, Glyphs};
use super::keymap::Keymap;
use super::overlay::Overlay;
use super::screens::compare::Compare;
use super::screens::explore::{Explore, Known};
use super::screens::gallery::Gallery;
use super::screens::predict::Predict;
use super::screens::stage::Stage;
use super::screens::stage::challenge::Objective;
use super::theme::{Theme, ThemeName, Themes};
use crate::scenario::Journal;
use crate::words::{Lang, Words};

/// Which screen is shown under the overlays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    Gallery,
    Stage,
    Explore,
    Compare,
    Predict,
}

/// What waits for a program to be opened, or for what an exploration finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Errand {
    Explore,
    /// To ask questions about it.
    Predict,
    /// To offer what may be wanted of it.
    Challenge,
    /// To set another one beside it; where that is left to.
    Compare(Screen),
    /// To set it beside the one on the left again, if it is not as it was.
    CompareAgain(Screen),
}

/// Everything the interface knows.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own: none of them excludes another")]
pub struct App {
    pub screen: Screen,
    /// What lies on the screen; the last one gets the keys.
    pub overlays: Vec<Overlay>,
    pub gallery: Gallery,
    /// The program on the stage; `None` until one was opened.
    pub stage: Option<Stage>,
    /// All its interleavings; `None` until they were asked for.
    pub explore: Option<Explore>,
    /// Two variants under one schedule; `None` until they were asked for.
    pub compare: Option<Compare>,
    /// The questions about it; `None` until they were asked for.
    pub predict: Option<Predict>,
    /// What somebody has done with which program.
    pub progress: Journal,
    /// It was said that what was done cannot be written down.
    pub(super) unkept: bool,
    /// Whoever opens a program for the first time is asked before it runs.
    pub asks_first: bool,
    /// What explorations of this session came to.
    pub(super) known: Known,
    /// What is to be done as soon as what it needs is there.
    pub(super) errand: Option<Errand>,
    /// Files have changed since the program on the stage was loaded.
    pub(super) out_of_date: bool,
    /// What the menu of challenges offers.
    pub(super) objectives: Vec<Objective>,
    /// A way is searched for, for whoever is the scheduler.
    pub(super) pursues: bool,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The mouse is listened to.
    pub mouse: bool,
    /// Every text of the interface, in its language.
    pub words: Words,
    pub theme_name: ThemeName,
    /// What there is to choose from.
    pub themes: Themes,
    pub glyph_set: GlyphSet,
    pub keymap: Keymap,
    /// Something that is drawn has changed since it was drawn.
    changed: bool,
}

impl App {
    /// An app that shows the gallery.
    #[must_use]
    pub fn new(size: (u16, u16)) -> App {
        App {
            screen: Screen::Gallery,
            overlays: Vec::new(),
            gallery: Gallery::default(),
            stage: None,
            explore: None,
            compare: None,
            predict: None,
            progress: Journal::default(),
            unkept: false,
            asks_first: true,
            known: Known::default(),
            errand: None,
            objectives: Vec::new(),
            pursues: false,
            out_of_date: false,
            size,
            mouse: true,
            words: Words::new(Lang::En),
            theme_name: ThemeName::default(),
            themes: Themes::default(),
            glyph_set: GlyphSet::default(),
            keymap: Keymap::default(),
            changed: true,
        }
    }

    /// The colours to draw with.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        self.themes.theme(self.theme_name)
    }

    /// The signs to draw with.
    #[must_use]
    pub const fn glyphs(&self) -> &'static Glyphs {
        self.glyph_set.glyphs()
    }

    /// The text with the keys of the actions that it names, as they are.
    pub(super) fn told(&self, text: &str) -> String {
        self.keymap.told_plainly(text, &self.words).into_owned()
    }

    /// Notes that what is on the screen is out of date.
    pub fn touch(&mut self) {
        self.changed = true;
    }

    /// True when the screen has to be drawn; it counts as drawn from now on.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// True while something on the screen moves by itself: the run loop then sends ticks.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.is_playing() || self.explore.as_ref().is_some_and(Explore::is_searching)
    }

    /// True while the run on the stage, or a comparison, goes on by itself.
    pub(super) fn is_playing(&self) -> bool {
        self.stage.as_ref().is_some_and(Stage::is_playing) || self.compare.as_ref().is_some_and(Compare::is_playing)
    }
}
