//! What the keys do on the stage.

use super::{Ahead, Link, Notice, Pace, Pane, Scale, Speed, Stage};
use crate::event::ThreadState;
use crate::ids::ThreadId;
use crate::session::{Control, Start};
use crate::tui::field::Field;
use crate::tui::keys::Action;
use crate::tui::msg::Effect;
use crate::tui::overlay::{Ask, Overlay, Purpose};
use crate::words::Words;

/// What an action may use besides the stage.
pub struct Tools<'a> {
    pub words: &'a Words,
    pub overlays: &'a mut Vec<Overlay>,
    /// The digit that was pressed.
    pub digit: Option<u32>,
}

/// How many steps may be typed ahead.
const AHEAD: usize = 32;

/// Rows of a page.
pub(in crate::tui) const PAGE: isize = 10;

impl Stage {
    /// Carries out an action of the stage.
    pub fn act(&mut self, action: Action, tools: &mut Tools<'_>) -> Vec<Effect> {
        if self.must_wait() {
            match self.ahead_of(action, tools) {
                Some(ahead) => {
                    self.typed_ahead.push(ahead);
                    return Vec::new();
                }
                None => self.typed_ahead.clear(),
            }
        }
        match action {
            Action::PlayPause => self.play_or_pause(),
            Action::Step if self.prompt.is_some() && self.at_end() => self.ask_again(tools),
            Action::Step if self.is_challenged() => self.go_on(tools),
            Action::Hint => self.hint(),
            Action::Step => self.step(),
            Action::Back => self.back(),
            Action::RunNumbered => tools.digit.map_or_else(Vec::new, |digit| self.run(ThreadId(digit), tools)),
            Action::Enter => match self.enter() {
                Some(effects) => effects,
                None => self.run(self.thread, tools),
            },
            Action::NextEvent => self.next_event(),
            Action::PreviousEvent => self.previous_event(),
            Action::NextLine => self.next_line(),
            Action::Start => self.go_to_start(),
            Action::End => self.go_to_end(),
            Action::Faster => self.change_speed(Speed::faster, Pace::faster),
            Action::Slower => self.change_speed(Speed::slower, Pace::slower),
            Action::Restart => self.restart(0),
            Action::Reseed => self.restart(u64::from(!self.is_challenged())),
            Action::Edit => self.edit(),
            Action::Save => self.name_save(),
            Action::CopyMoment => self.copy_moment(tools),
            _ => {
                self.look(action, tools);
                Vec::new()
            }
        }
    }

    /// The actions that need nothing from outside.
    fn look(&mut self, action: Action, tools: &mut Tools<'_>) {
        match action {
            Action::Scheduler => tools.overlays.push(self.scheduler_menu()),
            Action::Atomicity => tools.overlays.push(self.atomicity_menu()),
            Action::Break => tools.overlays.push(self.break_menu()),
            Action::Variant => self.variant_menu(tools),
            Action::World => tools.overlays.push(self.world_menu()),
            Action::Follow => self.toggle_follow(),
            Action::NextPane => self.set_focus(self.focus.next()),
            Action::PreviousPane => self.set_focus(self.focus.previous()),
            Action::Zoom => self.zoomed = !self.zoomed,
            Action::Notes => self.show_notes(),
            Action::Present => self.present(),
            Action::ZoomIn => self.scale = Some(self.shown_scale().finer()),
            Action::ZoomOut => self.scale = Some(self.shown_scale().coarser()),
            Action::Search => {
                tools
                    .overlays
                    .push(Overlay::Ask(Ask { purpose: Purpose::SearchEvents, field: Field::with(&self.search) }));
            }
            Action::ShowLeft => self.shift(-1),
            Action::ShowRight => self.shift(1),
            Action::Up => self.scroll(self.focus, -1),
            Action::Down => self.scroll(self.focus, 1),
            Action::PageUp => self.scroll(self.focus, -PAGE),
            Action::PageDown => self.scroll(self.focus, PAGE),
            _ => {}
        }
    }

    /// A key that makes a step was pressed while the step before is still being made: it keeps until then.
    fn ahead_of(&self, action: Action, tools: &Tools<'_>) -> Option<Ahead> {
        if self.typed_ahead.len() >= AHEAD {
            return None;
        }
        match action {
            Action::Step => Some(Ahead::Step),
            Action::RunNumbered => tools.digit.map(|digit| Ahead::Run(ThreadId(digit))),
            _ => None,
        }
    }

    /// The session has answered: what was typed meanwhile is done.
    pub(super) fn catch_up(&mut self, tools: &mut Tools<'_>) -> Vec<Effect> {
        let mut effects = Vec::new();
        while !self.must_wait() && !self.typed_ahead.is_empty() {
            effects.extend(match self.typed_ahead.remove(0) {
                Ahead::Step => self.act(Action::Step, tools),
                Ahead::Run(thread) => self.run(thread, tools),
            });
            if self.notice.is_some() || !tools.overlays.is_empty() {
                // What was typed after that was meant for another moment.
                self.typed_ahead.clear();
            }
        }
        effects
    }

    /// Runs a thread one step, or says why it cannot run.
    pub fn run(&mut self, thread: ThreadId, tools: &mut Tools<'_>) -> Vec<Effect> {
        let Some(view) = self.model().thread(thread) else {
            self.miss(thread);
            return Vec::new();
        };
        if view.state == ThreadState::Reading && self.at_end() {
            return self.ask_again(tools);
        }
        self.thread = thread;
        if self.is_real() {
            self.notice = Some(Notice::Key(self.refusal(Action::RunNumbered).unwrap_or("notice-real-choose")));
            return Vec::new();
        }
        if let Some(choice) = self.wanted_choice(thread).or_else(|| self.choice_of(thread)) {
            return self.run_thread(choice);
        }
        self.explain(thread);
        Vec::new()
    }

    /// Says that there is no such thread, or not yet.
    fn miss(&mut self, thread: ThreadId) {
        let over = self.end().is_some() || self.is_recorded() && self.history.head().thread(thread).is_none();
        let key = if over { "notice-no-thread" } else { "notice-no-thread-yet" };
        let args = [("number", thread.0.to_string().into()), ("letter", thread.letter().into())];
        self.notice = Some(Notice::told(|words| words.with(key, &args)));
    }

    /// Asks again for the line of input that somebody has declined to type.
    fn ask_again(&mut self, tools: &mut Tools<'_>) -> Vec<Effect> {
        tools.overlays.extend(self.input_question());
        Vec::new()
    }

    /// The same program from the beginning, with the same seed or one further on.
    fn restart(&mut self, seeds: u64) -> Vec<Effect> {
        // Another seed leads elsewhere than along the way that is being shown.
        let before = if seeds == 0 { self.subject.start() } else { self.usual_start() };
        let Some(mut start) = before.cloned() else { return Vec::new() };
        start.seed = start.seed.wrapping_add(seeds);
        self.lend_world(&mut start);
        self.begin_again(start)
    }

    /// Starts from the beginning; with a new session where the old one has failed.
    pub(super) fn begin_again(&mut self, start: Start) -> Vec<Effect> {
        // What was recorded is not made again; the program runs anew.
        let start = Start { tape: None, ..start };
        if std::mem::replace(&mut self.link, Link::Renewing) == Link::Lost {
            self.link = Link::Up;
            self.reset();
            self.subject.set_start(start.clone());
            return vec![Effect::Begin(Box::new(start))];
        }
        vec![Effect::Send(Control::Restart(Box::new(start)))]
    }

    fn edit(&mut self) -> Vec<Effect> {
        let Some(path) = self.subject.path().map(ToOwned::to_owned) else {
            let key = if self.is_recorded() { "notice-recorded-no-file" } else { "notice-no-file" };
            self.notice = Some(Notice::Key(key));
            return Vec::new();
        };
        vec![Effect::Edit { path, line: self.line }]
    }

    fn toggle_follow(&mut self) {
        // Whoever looks back wants to see the newest event, whatever held before.
        self.follow = !(self.follow && self.at_end());
        if self.follow {
            self.move_to(self.history.last_step());
        }
        let key = if self.follow { "notice-follow" } else { "notice-stay" };
        self.notice = Some(Notice::Key(key));
    }

    /// Looks for the next event whose sentence contains the text; from the beginning when there is none further on.
    pub fn find(&mut self, text: String, words: &Words) -> Vec<Effect> {
        let wanted = text.to_lowercase();
        self.search = text;
        self.set_focus(Pane::Events);
        if wanted.is_empty() {
            return Vec::new();
        }
        let model = self.history.head();
        let matches = |event: &crate::event::Event| words.event(event, model).to_lowercase().contains(&wanted);
        let from = self.history.notable_count().saturating_sub(1);
        let found = self.history.find_next(from, matches).or_else(|| self.history.find_first(matches));
        let step = found.and_then(|number| self.history.notable(number..number + 1).next()).map(|event| event.step);
        if let Some(step) = step {
            return self.go_to(step);
        }
        let args = [("text", self.search.as_str().into())];
        self.notice = Some(Notice::told(|words| words.with("notice-not-found", &args)));
        Vec::new()
    }

    fn shown_scale(&self) -> Scale {
        // What fits on a usual screen, when nobody has chosen.
        self.scale.unwrap_or_else(|| Scale::fitting(self.history.timeline().len(), 60))
    }
}
