//! The worlds a program can run in.

use super::subject::Subject;
use super::{Notice, Pace, Stage};
use crate::ids::Nanos;
use crate::session::{LiveOptions, Start};
use crate::tui::keys::Action;
use crate::tui::msg::Effect;
use crate::tui::overlay::{Menu, Overlay, Row, Topic};
use crate::words::Words;
use std::time::Duration;

/// Where a program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// In the simulator: one step at a time, and any of them can be taken back.
    Simulator,
    /// On threads of the operating system.
    Threads,
    /// The same, with the interpreter's lock as an object among the others.
    ThreadsAndGil,
}

/// One of the rules of a run, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Where there is little room, the lowest are shown.
    pub rank: u8,
    pub text: String,
}

impl World {
    /// In the order of the menu.
    const ALL: [World; 3] = [World::Simulator, World::Threads, World::ThreadsAndGil];

    /// Where a run that is started like this takes place.
    fn of(live: Option<&LiveOptions>) -> World {
        match live {
            None => World::Simulator,
            Some(live) if live.show_gil => World::ThreadsAndGil,
            Some(_) => World::Threads,
        }
    }

    /// How a run in it begins: held up, so that it is seen from its beginning.
    fn live(self, pace: Duration, speed: f64) -> Option<LiveOptions> {
        let show_gil = match self {
            World::Simulator => return None,
            World::Threads => false,
            World::ThreadsAndGil => true,
        };
        Some(LiveOptions { pace, speed, show_gil, paused: true })
    }

    /// The catalogue keys of its name in the menu, what it means, and its name in the top line.
    const fn words(self) -> [&'static str; 3] {
        match self {
            World::Simulator => ["menu-world-simulator", "menu-world-simulator-note", "world-simulator"],
            World::Threads => ["menu-world-threads", "menu-world-threads-note", "world-threads"],
            World::ThreadsAndGil => ["menu-world-gil", "menu-world-gil-note", "world-threads-gil"],
        }
    }
}

impl Subject {
    /// The pace its threads have at first, and whether they run at once; `None` in the simulator.
    pub(super) fn opening(&self) -> Option<(Pace, bool)> {
        match self {
            Subject::Program(loaded) => loaded.start.live.as_ref().map(|live| (Pace::new(live.pace), !live.paused)),
            Subject::Watched(watched) => Some((Pace::new(watched.pace), !watched.paused)),
        }
    }
}

impl Stage {
    /// Where what is on the stage runs.
    #[must_use]
    pub fn world(&self) -> World {
        match self.recording() {
            Some(header) => World::of(header.live.as_ref()),
            None => self.subject.start().map_or(World::Threads, |start| World::of(start.live.as_ref())),
        }
    }

    /// True when the threads are those of the operating system: they choose for themselves.
    #[must_use]
    pub fn is_real(&self) -> bool {
        self.world() != World::Simulator
    }

    /// Why this action means nothing here: the key of the sentence that says so.
    #[must_use]
    pub fn refusal(&self, action: Action) -> Option<&'static str> {
        if let Some(refusal) = self.refusal_of_challenge(action) {
            return Some(refusal);
        }
        if action == Action::Challenge && self.subject.program().is_none() {
            return Some("notice-challenge-watched");
        }
        if action == Action::Explore && self.subject.program().is_none() {
            return Some("notice-explore-watched");
        }
        if action == Action::Compare && self.subject.program().is_none() {
            return Some("notice-compare-watched");
        }
        if let Some(refusal) = self.refusal_of_recording(action) {
            return Some(refusal);
        }
        match action {
            _ if !self.is_real() => None,
            Action::RunNumbered => Some("notice-real-choose"),
            Action::Scheduler => Some("notice-real-scheduler"),
            Action::Atomicity => Some("notice-real-atomicity"),
            Action::Restart
            | Action::Reseed
            | Action::Variant
            | Action::World
            | Action::Edit
            | Action::Open
            | Action::CopyMoment
                if self.is_alone() =>
            {
                Some("notice-watched")
            }
            Action::Reseed => Some("notice-real-seed"),
            _ => None,
        }
    }

    /// True when the action means nothing here; a sentence says why.
    pub fn declines(&mut self, action: Action) -> bool {
        let refusal = self.refusal(action);
        if let Some(key) = refusal {
            self.notice = Some(Notice::Key(key));
        }
        refusal.is_some()
    }

    /// True when there is no other program to go to.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.subject.program().is_none() && !self.is_recorded()
    }

    pub(super) fn world_menu(&self) -> Overlay {
        let now = self.world();
        Overlay::Menu(Menu::new(Topic::World, |words| {
            let rows = World::ALL.iter().map(|world| {
                let [label, note, _] = world.words();
                Row { label: words.t(label), note: words.t(note), chosen: *world == now }
            });
            (words.t("menu-world"), rows.collect())
        }))
    }

    /// Starts the program from the beginning in the world with this row of the menu.
    pub(super) fn pick_world(&mut self, row: usize) -> Vec<Effect> {
        let (Some(world), Some(start)) = (World::ALL.get(row), self.usual_start()) else { return Vec::new() };
        let speed = start.live.as_ref().map_or(1.0, |live| live.speed);
        let start = Start { live: world.live(self.pace.length(), speed), ..start.clone() };
        self.begin_again(start)
    }

    /// Lets a program that comes after this one run in the same world.
    pub fn lend_world(&self, start: &mut Start) {
        if let Some(before) = self.subject.start() {
            start.live = before.live.clone().map(|live| LiveOptions { pace: self.pace.length(), ..live });
        }
    }

    /// The rules of the run for the top line: `sim`, `random seed 7`, `op`, `4/s`.
    #[must_use]
    pub fn rules(&self, words: &Words) -> Vec<Rule> {
        let [.., name] = self.world().words();
        let world = words.t(name);
        if self.is_recorded() {
            return self.rules_of_recording(&world, words);
        }
        let Some(start) = self.subject.start().filter(|_| !self.is_real()) else {
            return vec![Rule { rank: 0, text: world }, Rule { rank: 1, text: self.pace_words(words) }];
        };
        let args = [("kind", start.scheduler.to_string().into()), ("seed", start.seed.to_string().into())];
        vec![
            // Whoever has not left the simulator knows what it is; what makes the same run again comes first.
            Rule { rank: 1, text: world },
            Rule { rank: 0, text: words.with("header-scheduler", &args) },
            Rule { rank: 2, text: start.options.atomicity.to_string() },
            Rule { rank: 3, text: self.speed.shown() },
        ]
    }

    /// What the pace means.
    pub(super) fn pace_sentence(&self, words: &Words) -> String {
        let length = self.pace.length();
        if length.is_zero() {
            return words.t("notice-real-full-speed");
        }
        words.with("notice-real-pace", &[("time", words.duration(nanos(length)).into())])
    }

    fn pace_words(&self, words: &Words) -> String {
        let length = self.pace.length();
        if length.is_zero() {
            return words.t("header-pace-none");
        }
        words.with("header-pace", &[("time", words.duration(nanos(length)).into())])
    }
}

fn nanos(length: Duration) -> Nanos {
    Nanos(u64::try_from(length.as_nanos()).unwrap_or(u64::MAX))
}
