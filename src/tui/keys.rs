//! The key table: the one place that says which key does what.
//!
//! Dispatch, the footer, the help, the palette and `docs/KEYS.md` read this table and nothing else: through a
//! [`Keymap`](super::keymap::Keymap), which knows what a person has changed.

use super::app::Screen;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Everything a key, a click or a palette entry can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    PlayPause,
    Step,
    Back,
    /// Run the thread whose number the key shows (0 is the main thread).
    RunNumbered,
    /// What Enter does: run the selected thread, go to the selected event, open the selected scenario.
    Enter,
    NextEvent,
    PreviousEvent,
    NextLine,
    Start,
    End,
    Faster,
    Slower,
    Restart,
    Reseed,
    Scheduler,
    Atomicity,
    Break,
    Variant,
    World,
    /// All interleavings: of the program on the stage, of the selected scenario; back to the stage.
    Explore,
    /// Be the scheduler, and bring something about.
    Challenge,
    /// The next step of a shortest way to that.
    Hint,
    /// Explore again, and count.
    Count,
    /// Run the explored program on real threads, many times.
    RealRuns,
    /// Two variants under one schedule.
    Compare,
    /// What is on the left goes to the right.
    Swap,
    /// Questions about the program on the stage, about the selected scenario.
    Predict,
    /// Tick the selected option, or the one whose number the key shows.
    Tick,
    TickNumbered,
    /// The question after this one, and before it.
    NextQuestion,
    PreviousQuestion,
    /// Play what shows an answer to be right.
    Watch,
    /// Pass the questions over.
    Skip,
    /// Forget what was done.
    Forget,
    Follow,
    NextPane,
    PreviousPane,
    Zoom,
    /// What is told about the program; in presenter mode: shown or hidden.
    Notes,
    /// The stage for a whole room, and back.
    Present,
    ZoomIn,
    ZoomOut,
    Search,
    CopyMoment,
    Save,
    Open,
    Edit,
    Theme,
    Language,
    Mouse,
    Help,
    Palette,
    Up,
    Down,
    PageUp,
    PageDown,
    ShowLeft,
    ShowRight,
    Leave,
    Suspend,
    Quit,
}

/// On which screens a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    Everywhere,
    Stage,
    Gallery,
    Explore,
    Compare,
    Predict,
}

impl Where {
    /// Every place once.
    pub const ALL: [Where; 6] =
        [Where::Everywhere, Where::Stage, Where::Gallery, Where::Explore, Where::Compare, Where::Predict];

    /// The catalogue key of what it is called.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Where::Everywhere => "where-everywhere",
            Where::Stage => "where-stage",
            Where::Gallery => "where-gallery",
            Where::Explore => "where-explore",
            Where::Compare => "where-compare",
            Where::Predict => "where-predict",
        }
    }

    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Where::Everywhere => "everywhere",
            Where::Stage => "stage",
            Where::Gallery => "gallery",
            Where::Explore => "explore",
            Where::Compare => "compare",
            Where::Predict => "predict",
        }
    }

    /// True when the key works on this screen.
    #[must_use]
    pub const fn includes(self, screen: Screen) -> bool {
        matches!(
            (self, screen),
            (Where::Everywhere, _)
                | (Where::Stage, Screen::Stage)
                | (Where::Gallery, Screen::Gallery)
                | (Where::Explore, Screen::Explore)
                | (Where::Compare, Screen::Compare)
                | (Where::Predict, Screen::Predict)
        )
    }
}

/// A key with its modifiers. Shift matters only for keys that are not characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    pub code: KeyCode,
    pub modifiers: KeyModifiers,
}

impl Chord {
    /// True when this is the key that was pressed.
    #[must_use]
    pub fn matches(&self, key: &KeyEvent) -> bool {
        let mut pressed = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        if matches!(key.code, KeyCode::Char(_) | KeyCode::BackTab) {
            pressed.remove(KeyModifiers::SHIFT);
        }
        self.code == key.code && self.modifiers == pressed
    }
}

const fn ch(character: char) -> Chord {
    plain(KeyCode::Char(character))
}

const fn plain(code: KeyCode) -> Chord {
    Chord { code, modifiers: KeyModifiers::NONE }
}

const fn ctrl(character: char) -> Chord {
    Chord { code: KeyCode::Char(character), modifiers: KeyModifiers::CONTROL }
}

const fn shift(code: KeyCode) -> Chord {
    Chord { code, modifiers: KeyModifiers::SHIFT }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    pub action: Action,
    pub chords: &'static [Chord],
    /// The catalogue key of the sentence that says what it does (the palette and the help). With `-short` appended: the
    /// word in the footer, for those that stand there.
    pub words: &'static str,
    pub on: Where,
    /// The place in the footer, from the left; `None` when it is not shown there. When the row is too narrow the
    /// highest numbers go first.
    pub footer: Option<u8>,
}

impl Binding {
    /// What the row is called where keys are changed; once on each screen.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.words.strip_prefix("key-").unwrap_or(self.words)
    }
}

const fn row(action: Action, chords: &'static [Chord], words: &'static str, on: Where, footer: Option<u8>) -> Binding {
    Binding { action, chords, words, on, footer }
}

use Action as A;
use KeyCode as K;
use Where::{Compare, Everywhere, Explore, Gallery, Predict, Stage};

/// Every key there is, in the order in which the help lists them.
pub static KEYS: &[Binding] = &[
    row(A::PlayPause, &[ch(' ')], "key-play", Stage, Some(0)),
    row(A::Step, &[plain(K::Right), ch('l'), ch('n')], "key-step", Stage, Some(1)),
    row(A::Back, &[plain(K::Left), ch('h'), plain(K::Backspace)], "key-back", Stage, Some(2)),
    row(A::RunNumbered, DIGITS, "key-run-numbered", Stage, Some(3)),
    row(A::Enter, &[plain(K::Enter)], "key-enter", Stage, None),
    row(A::Enter, &[plain(K::Enter)], "key-open-selected", Gallery, Some(0)),
    row(A::Enter, &[plain(K::Enter)], "key-show-way", Explore, Some(0)),
    row(A::Enter, &[plain(K::Enter)], "key-answer", Predict, Some(1)),
    row(A::Tick, &[ch(' ')], "key-tick", Predict, Some(0)),
    row(A::TickNumbered, OPTIONS, "key-tick-numbered", Predict, None),
    row(A::Watch, &[ch('p')], "key-watch", Predict, Some(2)),
    row(A::NextQuestion, &[plain(K::Right), ch('n'), ch('l')], "key-next-question", Predict, Some(3)),
    row(A::PreviousQuestion, &[plain(K::Left), ch('h')], "key-previous-question", Predict, None),
    row(A::Skip, &[ch('s')], "key-skip", Predict, Some(3)),
    row(A::Predict, &[ch('p')], "key-predict", Stage, None),
    row(A::Predict, &[ch('p')], "key-predict-selected", Gallery, Some(2)),
    row(A::Forget, &[], "key-forget", Gallery, None),
    row(A::Explore, &[ch('x')], "key-explore", Stage, Some(4)),
    row(A::Explore, &[ch('x')], "key-explore-selected", Gallery, Some(1)),
    row(A::Explore, &[ch('x')], "key-to-stage", Explore, None),
    row(A::Challenge, &[ch('c')], "key-challenge", Stage, Some(6)),
    row(A::Challenge, &[ch('c')], "key-challenge-selected", Gallery, Some(14)),
    row(A::Hint, &[ch('H')], "key-hint", Stage, Some(4)),
    row(A::Count, &[ch('p')], "key-count", Explore, Some(1)),
    row(A::RealRuns, &[ch('w')], "key-real-runs", Explore, Some(2)),
    row(A::Compare, &[ch('d')], "key-compare", Stage, Some(6)),
    row(A::Compare, &[ch('d')], "key-compare-selected", Gallery, None),
    row(A::PlayPause, &[ch(' ')], "key-play-both", Compare, Some(0)),
    row(A::Step, &[plain(K::Right), ch('l'), ch('n')], "key-step-both", Compare, Some(1)),
    row(A::Back, &[plain(K::Left), ch('h'), plain(K::Backspace)], "key-back-both", Compare, Some(2)),
    row(A::NextEvent, &[plain(K::Enter), shift(K::Right)], "key-next-difference", Compare, Some(3)),
    row(A::PreviousEvent, &[shift(K::Left)], "key-previous-difference", Compare, None),
    row(A::Variant, &[ch('v')], "key-other-variant", Compare, Some(6)),
    row(A::Swap, &[ch('x')], "key-swap", Compare, Some(7)),
    row(A::Scheduler, &[ch('s')], "key-other-schedule", Compare, Some(9)),
    row(A::ShowLeft, &[ch('[')], "key-show-left", Compare, None),
    row(A::ShowRight, &[ch(']')], "key-show-right", Compare, None),
    row(A::Faster, &[ch('+'), ch('=')], "key-faster", Compare, None),
    row(A::Slower, &[ch('-')], "key-slower", Compare, None),
    row(A::CopyMoment, &[ch('y')], "key-copy-side", Compare, Some(8)),
    row(A::NextEvent, &[shift(K::Right)], "key-next-event", Stage, Some(6)),
    row(A::PreviousEvent, &[shift(K::Left)], "key-previous-event", Stage, None),
    row(A::NextLine, &[ch('e')], "key-next-line", Stage, Some(7)),
    row(A::Start, &[ch('g'), plain(K::Home)], "key-start", Everywhere, None),
    row(A::End, &[ch('G'), plain(K::End)], "key-end", Everywhere, None),
    row(A::Faster, &[ch('+'), ch('=')], "key-faster", Stage, None),
    row(A::Slower, &[ch('-')], "key-slower", Stage, None),
    row(A::Restart, &[ch('r')], "key-restart", Stage, Some(8)),
    row(A::Restart, &[ch('r')], "key-explore-again", Explore, Some(3)),
    row(A::Reseed, &[ch('R')], "key-reseed", Stage, None),
    row(A::Scheduler, &[ch('s')], "key-scheduler", Stage, None),
    row(A::Atomicity, &[ch('a')], "key-atomicity", Stage, None),
    row(A::Break, &[ch('b')], "key-break", Stage, Some(9)),
    row(A::Variant, &[ch('v')], "key-variant", Stage, Some(10)),
    row(A::World, &[ch('w')], "key-world", Stage, Some(11)),
    row(A::Follow, &[ch('f')], "key-follow", Stage, None),
    row(A::NextPane, &[plain(K::Tab)], "key-next-pane", Everywhere, Some(5)),
    row(A::PreviousPane, &[plain(K::BackTab)], "key-previous-pane", Everywhere, None),
    row(A::Up, &[plain(K::Up), ch('k')], "key-up", Everywhere, None),
    row(A::Down, &[plain(K::Down), ch('j')], "key-down", Everywhere, None),
    row(A::PageUp, &[plain(K::PageUp)], "key-page-up", Everywhere, None),
    row(A::PageDown, &[plain(K::PageDown)], "key-page-down", Everywhere, None),
    row(A::ShowLeft, &[ch('[')], "key-show-left", Stage, None),
    row(A::ShowRight, &[ch(']')], "key-show-right", Stage, None),
    row(A::Zoom, &[ch('z')], "key-zoom", Stage, None),
    row(A::Notes, &[ch('i')], "key-notes", Stage, None),
    row(A::Present, &[ch('P')], "key-present", Stage, None),
    row(A::ZoomIn, &[ch('>'), ch('.')], "key-zoom-in", Stage, None),
    row(A::ZoomOut, &[ch('<'), ch(',')], "key-zoom-out", Stage, None),
    row(A::Search, &[ch('/')], "key-search", Stage, None),
    row(A::Search, &[ch('/')], "key-filter", Gallery, Some(1)),
    row(A::CopyMoment, &[ch('y')], "key-copy", Stage, None),
    row(A::CopyMoment, &[ch('y')], "key-copy-way", Explore, Some(2)),
    row(A::Save, &[ch('S')], "key-save", Stage, None),
    row(A::Open, &[ch('o')], "key-open", Everywhere, Some(14)),
    row(A::Edit, &[ch('E')], "key-edit", Stage, None),
    row(A::Theme, &[ch('t')], "key-theme", Everywhere, None),
    row(A::Language, &[ch('L'), plain(K::F(3))], "key-language", Everywhere, Some(12)),
    row(A::Mouse, &[plain(K::F(12))], "key-mouse", Everywhere, None),
    row(A::Help, &[ch('?'), plain(K::F(1))], "key-help", Everywhere, Some(4)),
    row(A::Palette, &[ch(':'), ctrl('p')], "key-palette", Everywhere, None),
    row(A::Leave, &[plain(K::Esc), ch('q')], "key-leave", Everywhere, Some(13)),
    row(A::Suspend, &[ctrl('z')], "key-suspend", Everywhere, None),
    row(A::Quit, &[ctrl('c')], "key-quit", Everywhere, None),
];

const OPTIONS: &[Chord] = &[ch('1'), ch('2'), ch('3'), ch('4'), ch('5'), ch('6'), ch('7'), ch('8')];

const DIGITS: &[Chord] = &[ch('0'), ch('1'), ch('2'), ch('3'), ch('4'), ch('5'), ch('6'), ch('7'), ch('8'), ch('9')];

/// The rows that mean something on this screen, in the order of the table.
pub fn on_screen(screen: Screen) -> impl Iterator<Item = &'static Binding> {
    KEYS.iter().filter(move |binding| binding.on.includes(screen))
}

/// The rows of the footer, most important first.
#[must_use]
pub fn footer(screen: Screen) -> Vec<&'static Binding> {
    let mut rows: Vec<_> = on_screen(screen).filter(|binding| binding.footer.is_some()).collect();
    rows.sort_by_key(|binding| binding.footer);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keymap::Keymap;

    #[test]
    fn no_key_means_two_things_on_one_screen() {
        for screen in [Screen::Stage, Screen::Gallery, Screen::Explore, Screen::Compare, Screen::Predict] {
            let chords: Vec<Chord> = on_screen(screen).flat_map(|row| row.chords.iter().copied()).collect();
            for (index, chord) in chords.iter().enumerate() {
                assert!(!chords[index + 1..].contains(chord), "{chord:?} twice on {screen:?}");
            }
        }
    }

    #[test]
    fn shift_is_part_of_an_arrow_but_not_of_a_letter() {
        let arrow = KeyEvent::new(KeyCode::Right, KeyModifiers::SHIFT);
        let keymap = Keymap::default();
        assert_eq!(keymap.binding(Screen::Stage, &arrow).map(|row| row.action), Some(Action::NextEvent));
        let letter = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(keymap.binding(Screen::Stage, &letter).map(|row| row.action), Some(Action::End));
    }

    #[test]
    fn every_row_can_be_reached() {
        for row in KEYS {
            let screen = match row.on {
                Where::Everywhere | Where::Stage => Screen::Stage,
                Where::Gallery => Screen::Gallery,
                Where::Explore => Screen::Explore,
                Where::Compare => Screen::Compare,
                Where::Predict => Screen::Predict,
            };
            for chord in row.chords {
                let key = KeyEvent::new(chord.code, chord.modifiers);
                assert_eq!(Keymap::default().binding(screen, &key).map(|found| found.action), Some(row.action));
            }
        }
    }
}
