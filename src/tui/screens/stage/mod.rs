//! The stage: one program, watched.
//!
//! The session makes steps; the [`History`] keeps them; the position on it, the *cursor*, belongs to the interface.
//! Stepping where something is recorded already only moves the cursor. At the end of the tape the session is asked for
//! more, and when it has delivered the cursor moves on.
//!
//! | file | what is in it |
//! |---|---|
//! | `act` | what the keys do |
//! | `arrive` | what the session says |
//! | `play` | the run that goes on by itself |
//! | `list` | selecting and scrolling |
//! | `lesson` | what is told besides what happens |
//! | `layout`, `pane`, `tabs` | where everything stands |
//! | `breaks`, `speed` | where a run stops, how fast it goes |
//! | `present` | the stage for a whole room |
//! | `status` | what the top line says about the run |
//! | `moment` | a place in the run as one line |
//! | `subject`, `world` | what is on the stage, and where it runs |
//! | `real` | holding real threads up and letting them go |
//! | `save` | writing the run into a file |
//! | `recorded` | a run that was made before |
//! | `witness` | a way that an exploration found |
//! | `contender` | as one of two programs that are compared |
//! | `challenge` | the person is the scheduler and wants to bring something about |
//! | `along` | a recording that is shown by nobody's hand |

mod act;
mod along;
mod arrive;
mod breaks;
pub(in crate::tui) mod challenge;
mod contender;
mod layout;
mod lesson;
mod list;
mod menus;
mod moment;
mod pane;
mod play;
mod present;
mod real;
mod recorded;
mod save;
mod scale;
mod speed;
mod status;
mod subject;
mod tabs;
mod witness;
mod world;

pub(in crate::tui) use act::PAGE;
pub use act::Tools;
pub use breaks::Breaks;
pub use contender::Contender;
pub use layout::{Layout, inner};
pub use lesson::Chapter;
pub use pane::Pane;
use present::Headline;
pub use present::{Board, Presenting};
pub use recorded::Recited;
pub use scale::Scale;
pub(in crate::tui) use speed::Metronome;
pub use speed::{Pace, Speed};
pub use status::Status;
pub use subject::Watched;
pub use witness::{Way, WayEnd};
pub use world::{Rule, World};

use crate::detect::{Finding, FindingKind};
use crate::event::{End, Schedule};
use crate::ids::{Step, ThreadId};
use crate::model::{History, Model, ObjectView};
use crate::said::Said;
use crate::scenario::{Localized, Picture, Target};
use crate::session::{Pause, Tape};
use crate::source::{Source, Token};
use crate::tui::app::App;
use crate::tui::keymap::Keymap;
use crate::tui::loader::{Loaded, Place, Request};
use crate::tui::{panes, text};
use crate::words::{Lang, Scene, Threads, Words};
use challenge::Challenge;
use lesson::Read;
use ratatui::Frame;
use ratatui::layout::Rect;
use recorded::Recorded;
use std::path::PathBuf;
use std::sync::Arc;
use subject::Subject;
use tabs::Tabs;
use witness::OnWay;

/// The state of the stage.
pub struct Stage {
    subject: Subject,
    /// What is drawn next to the program.
    picture: Picture,
    /// Why the comment in which the program names its picture, on this line, is none.
    picture_flaw: Option<(u32, Said)>,
    /// The file that the run comes from; `None` while it is being made.
    recorded: Option<Recorded>,
    /// The width of its longest line.
    columns: usize,
    history: History,
    focus: Pane,
    tabs: Tabs,
    zoomed: bool,
    /// The run goes on by itself.
    playing: Option<Metronome>,
    /// How fast, in the simulator and among real threads.
    speed: Speed,
    pace: Pace,
    /// The session was asked for steps and has not said that it is done: with what it was asked for last.
    asked: Option<Asked>,
    /// How many times it has yet to say so. It begins by making step 0 unasked.
    answers_due: u32,
    /// Steps that were asked for by keys while the session was still making the one before.
    typed_ahead: Vec<Ahead>,
    link: Link,
    /// Why the session makes no more steps; `None` while it does.
    pause: Option<Pause>,
    /// The cursor goes along when the tape grows.
    follow: bool,
    /// The selected thread and line.
    thread: ThreadId,
    line: u32,
    /// Where the panes were scrolled to; `None` when they show what matters by themselves.
    scroll: [Option<usize>; Pane::ALL.len()],
    /// The pane whose lines are shown from further right, and by how many cells.
    sideways: (Pane, usize),
    breaks: Breaks,
    /// What was last looked for in the events.
    search: String,
    /// How much time stands on a column of the timeline; `None`: all of it fits.
    scale: Option<Scale>,
    /// The sentence about the last step is not told yet.
    stale: bool,
    /// The sentence about the last step, in the language of the interface.
    told: String,
    /// The same for a whole room.
    headline: Headline,
    /// A sentence that is shown instead until something happens.
    notice: Option<Notice>,
    /// The sentence that is about to give way to what real threads do, and the step since which it is said.
    fading: Option<(Notice, Step)>,
    /// The file that is there already, and in which the run was to be saved.
    save_over: Option<PathBuf>,
    /// How many facts about real threads were lost.
    lost: u64,
    /// What a thread that asked for a line of input has interrupted.
    interrupted: Option<Interrupted>,
    /// The thread that waits for a line of input, and its prompt.
    prompt: Option<(ThreadId, String)>,
    /// The lines that were typed since the run began.
    typed: Vec<Arc<str>>,
    /// Where it is still on its way to, since it was opened.
    bound: Option<Place>,
    /// The way that an exploration found and that is being shown.
    way: Option<OnWay>,
    /// The person is the scheduler and wants to bring something about.
    challenge: Option<Challenge>,
    /// What of the notes was seen.
    read: Read,
    presenting: Presenting,
}

/// What the session was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// Steps: the cursor goes to where they end.
    Steps,
    /// Steps without end, until somebody says stop.
    Endless,
}

/// Whether there is a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Up,
    /// It is about to begin anew: what is shown is the end of the run before, and nothing can be asked about it.
    Renewing,
    /// It has failed: what is recorded can be looked at, nothing new can happen.
    Lost,
}

/// A step that was typed ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ahead {
    Step,
    Run(ThreadId),
}

/// What went on by itself when a thread asked for a line of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Interrupted {
    Playing,
    Running,
}

/// A sentence of the interface itself.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Notice {
    /// The message with this key.
    Key(&'static str),
    /// A finished sentence, in every language.
    Told(Localized<String>),
}

impl Notice {
    fn told(tell: impl FnMut(&Words) -> String) -> Notice {
        Notice::Told(Lang::each(tell))
    }
}

impl Stage {
    /// A stage for a program of which nothing has run yet.
    #[must_use]
    pub fn new(loaded: Loaded) -> Stage {
        let (tape, bound) = (loaded.start.tape.clone(), loaded.at);
        Stage { bound, ..Stage::of(Subject::Program(Box::new(loaded)), tape.as_ref()) }
    }

    /// A stage for a run that can only be watched.
    #[must_use]
    pub fn watching(watched: Watched) -> Stage {
        Stage::of(Subject::Watched(watched), None)
    }

    fn of(subject: Subject, tape: Option<&Tape>) -> Stage {
        let columns = longest_line(subject.source());
        let picture = subject.picture();
        let picture_flaw = subject.picture_flaw();
        let mut stage = Stage {
            subject,
            picture,
            picture_flaw,
            recorded: None,
            columns,
            history: History::new(),
            focus: Pane::Threads,
            tabs: Tabs::new(),
            zoomed: false,
            playing: None,
            speed: Speed::default(),
            pace: Pace::default(),
            asked: None,
            answers_due: 1,
            typed_ahead: Vec::new(),
            link: Link::Up,
            pause: None,
            follow: true,
            thread: ThreadId::MAIN,
            line: 1,
            scroll: [None; Pane::ALL.len()],
            sideways: (Pane::Program, 0),
            breaks: Breaks::default(),
            search: String::new(),
            scale: None,
            stale: true,
            told: String::new(),
            headline: Headline::default(),
            notice: None,
            fading: None,
            save_over: None,
            lost: 0,
            interrupted: None,
            prompt: None,
            typed: Vec::new(),
            bound: None,
            way: None,
            challenge: None,
            read: Read::default(),
            presenting: Presenting::Off,
        };
        stage.history = History::with_notes(stage.notes_of_target());
        if stage.section(Lang::En).is_some() {
            // The brief comes first.
            stage.tabs = Tabs::with_brief();
        }
        stage.play_tape(tape);
        stage.open();
        stage
    }

    /// A stage for another program, or for the same one after a change: the person's arrangement stays.
    #[must_use]
    pub fn succeeded_by(self, loaded: Loaded) -> Stage {
        let same = self.request().is_some_and(|request| request.target == loaded.request.target);
        let breaks = if same { self.breaks } else { Breaks::default() };
        let Stage { focus, tabs, zoomed, speed, presenting, .. } = self;
        Stage { focus, tabs, zoomed, speed, breaks, presenting, ..Stage::new(loaded) }
    }

    // ---- what the panes ask ----

    /// Why the comment in which the program names its picture is none, and on which line it stands.
    #[must_use]
    pub fn picture_flaw(&self) -> Option<&(u32, Said)> {
        self.picture_flaw.as_ref()
    }

    /// The picture at the cursor.
    #[must_use]
    pub fn model(&self) -> &Model {
        self.history.model()
    }

    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    #[must_use]
    pub fn source(&self) -> &Source {
        self.subject.source()
    }

    /// The number of lines, the empty one after the last line end not counted.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        let lines = self.source().line_count();
        if self.source().line_text(lines).is_empty() { lines.saturating_sub(1).max(1) } else { lines }
    }

    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        self.subject.tokens()
    }

    /// What is drawn next to the program.
    #[must_use]
    pub fn picture(&self) -> &Picture {
        &self.picture
    }

    /// What is being watched, as it is called on the command line.
    #[must_use]
    pub fn title(&self) -> String {
        self.subject.title()
    }

    /// True when the run was seen to its end, of which nothing was recorded before.
    #[must_use]
    pub fn is_seen_to_its_end(&self) -> bool {
        self.bound.is_none() && !self.is_recorded() && self.at_end() && self.end().is_some()
    }

    /// Everything that was told about the program is what this target has to tell.
    pub(in crate::tui) fn is_about(&self, target: &Target) -> bool {
        let same = |loaded: &Loaded| loaded.target.scenario() == target.scenario();
        self.subject.program().is_some_and(same)
    }

    /// The choices up to the cursor, where they can be made again: in the simulator.
    pub(in crate::tui) fn schedule_so_far(&self) -> Option<Schedule> {
        let simulated = !self.is_real() && !self.is_recorded();
        simulated.then(|| self.history.schedule(self.history.at()))
    }

    /// What loads this program again, if anything can.
    #[must_use]
    pub fn request(&self) -> Option<&Request> {
        self.subject.request()
    }

    #[must_use]
    pub fn focus(&self) -> Pane {
        self.focus
    }

    #[must_use]
    pub fn is_focused(&self, pane: Pane) -> bool {
        self.focus == pane
    }

    /// The selected thread.
    #[must_use]
    pub fn thread(&self) -> ThreadId {
        self.thread
    }

    /// The selected line.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line
    }

    #[must_use]
    pub fn breaks(&self) -> &Breaks {
        &self.breaks
    }

    #[must_use]
    pub fn search(&self) -> &str {
        &self.search
    }

    /// How much time stands on a column of the timeline; `None`: all of it fits.
    #[must_use]
    pub fn scale(&self) -> Option<Scale> {
        self.scale
    }

    /// The objects as they are listed.
    #[must_use]
    pub fn objects(&self) -> Vec<&ObjectView> {
        panes::objects::listed(self.model())
    }

    /// How fast a run of the simulator plays.
    #[must_use]
    pub fn speed(&self) -> Speed {
        self.speed
    }

    /// How many findings there are up to the cursor.
    #[must_use]
    pub fn finding_count(&self) -> usize {
        self.history.findings().len()
    }

    /// The sentence of the narration line.
    #[must_use]
    pub fn narration(&self, words: &Words, keymap: &Keymap) -> String {
        let told = match &self.notice {
            Some(Notice::Key(key)) => words.t(key),
            Some(Notice::Told(told)) => words.lang().of(told).clone(),
            None => self.told.clone(),
        };
        keymap.told_plainly(&told, words).into_owned()
    }

    /// True while the run goes on by itself.
    #[must_use]
    pub const fn is_playing(&self) -> bool {
        self.playing.is_some()
    }

    /// How the run ended, if the tape has come to its end and the cursor stands there.
    fn end(&self) -> Option<&End> {
        self.model().ended.as_ref()
    }

    /// True when nothing is recorded after the cursor.
    fn at_end(&self) -> bool {
        self.history.is_at_end()
    }

    fn cursor(&self) -> Step {
        self.history.at()
    }

    /// True while single steps are being made: what the next one does depends on where they end.
    fn must_wait(&self) -> bool {
        self.answers_due > 0 && !self.is_playing() && !self.is_live() && self.asked != Some(Asked::Endless)
    }

    /// Shows all panes again. False when they are shown.
    pub fn unzoom(&mut self) -> bool {
        std::mem::take(&mut self.zoomed)
    }

    // ---- the sentence ----

    /// Says what the last step did, if the cursor has moved since it was said. `again`: the language is another one.
    pub fn tell(&mut self, words: &Words, again: bool) {
        if !(self.stale || again) {
            return;
        }
        self.stale = false;
        if let Some(key) = self.blur() {
            self.told = words.t(key);
            self.headline = Headline::of(&self.told);
            return;
        }
        let step = self.cursor();
        let hangs = self.status() == Status::Hangs;
        // The circle may have closed before the last thread came to wait.
        let concerns = |finding: &&Finding| finding.step == step || hangs && finding.kind == FindingKind::Deadlock;
        let findings: Vec<_> = self.history.findings().iter().filter(concerns).cloned().collect();
        let events: Vec<_> = self.history.events_of(step).collect();
        let before = self.before();
        let threads = if self.is_real() { Threads::Real } else { Threads::Simulated };
        let scene =
            Scene { events: &events, before: &before, after: self.history.model(), findings: &findings, threads };
        let (said, head) = words.headed(&scene);
        let told = self.tell_no_return(words.sentences(&said), words);
        self.told = self.tell_challenge(told, words);
        let way_out = words.t(if self.is_alone() { "told-hangs-watched" } else { "told-hangs" });
        let way_out = Some(way_out).filter(|_| hangs && !self.is_recorded());
        self.headline = self.headline_of(said, head, way_out.as_deref(), words);
        if let Some(way_out) = way_out {
            self.told = words.sentences(&[std::mem::take(&mut self.told), way_out]);
        }
    }

    /// What is said while steps are made too fast to be told one by one.
    fn blur(&self) -> Option<&'static str> {
        match (self.asked, self.is_live()) {
            (Some(Asked::Endless), false) => Some("told-running"),
            (Some(Asked::Endless), true) if self.at_end() && !self.pace.is_readable() => Some("told-at-large"),
            _ => None,
        }
    }

    /// The picture before the last step.
    fn before(&mut self) -> Model {
        let step = self.cursor();
        if step == Step(0) {
            return Model::default();
        }
        let mut history = std::mem::take(&mut self.history);
        history.back();
        let before = history.model().clone();
        history.seek(step);
        self.history = history;
        before
    }
}

/// The width of the longest line, a tab taken for four cells.
fn longest_line(source: &Source) -> usize {
    let width = |line: &str| text::width(line) + 3 * line.matches('\t').count();
    source.text.lines().map(width).max().unwrap_or(0)
}

/// Draws the stage.
pub fn render(frame: &mut Frame<'_>, area: Rect, app: &App) {
    if let Some(stage) = &app.stage {
        panes::render(frame.buffer_mut(), area, app, stage);
    }
}
