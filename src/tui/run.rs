//! The run loop: the only part of the interface that waits, reads the clock and does what the app asks for.

use super::app::{App, Screen};
use super::input::{self, Incoming, Reader};
use super::lectern::{Lectern, speech};
use super::loader::{Loaded, Loader, Opened, Refusal, Request};
use super::msg::{Effect, Msg};
use super::record::{Recordings, Unrecorded};
use super::reload::Reloaded;
use super::save::{self, Savers};
use super::screens::explore::{Ran, Sight, Told};
use super::screens::stage::{Stage, Watched};
use super::terminal::{Tty, guard_panics};
use super::update::update;
use super::watch::{self, Watch};
use crate::explore::Explorer;
use crate::report::diff::Paired;
use crate::said::Said;
use crate::scenario::Catalogue;
use crate::session::{self, Answered, Chase, Control, Handle, Pairing, Repeats, Survey, Update};
use crate::words::Lang;
use crossbeam_channel::{Receiver, after, never, select, unbounded};
use std::collections::VecDeque;
use std::io;
use std::process::Command;
use std::time::{Duration, Instant};

/// Between two pictures while something moves.
const FRAME: Duration = Duration::from_millis(33);
/// Between two looks at a search: numbers that change more often cannot be read.
const GLANCE: Duration = Duration::from_millis(100);
/// How long messages are taken in before the next picture is drawn.
const INTAKE: Duration = Duration::from_millis(12);

/// Why the interface ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// The person wanted to.
    Quit,
    /// This signal asked for it.
    Signal(i32),
}

/// What is there when the interface was left.
pub struct Left {
    pub leave: Leave,
    /// As it was then.
    pub app: App,
    pub recordings: Option<Recordings>,
}

/// Runs the interface in the terminal until it is left. `first` is opened at once; every run is recorded, if there are
/// `recordings`.
///
/// The caller has made sure that there is a terminal ([`is_there`](super::terminal::is_there)).
pub fn run(
    app: App,
    loader: Box<dyn Loader>,
    first: Option<Request>,
    recordings: Option<Recordings>,
    lectern: Option<Box<dyn Lectern>>,
) -> io::Result<Left> {
    let mut loop_ = Loop { recordings, lectern, ..Loop::new(app, loader, None)? };
    if let Some(msg) = first.map(|request| loop_.open(&request)) {
        loop_.take(msg)?;
    }
    loop_.finish()
}

/// Shows a run that goes on elsewhere, such as that of an ordinary Rust program over the primitives of [`crate::sync`],
/// until it is left. Whoever is at the other end of `session` obeys [`Control::Run`], [`Control::Stop`],
/// [`Control::Pace`] and [`Control::Quit`], and may pass over the others.
pub fn show(mut app: App, watched: Watched, session: Handle) -> io::Result<Left> {
    app.stage = Some(Stage::watching(watched));
    app.screen = Screen::Stage;
    Loop::new(app, Box::new(NoPrograms), Some(session))?.finish()
}

/// There is one run to be watched and nothing else.
struct NoPrograms;

impl Loader for NoPrograms {
    fn load(&mut self, request: &Request) -> Result<Loaded, Refusal> {
        Err(Lang::each(|_| vec![request.target.clone()]))
    }

    fn reload(&mut self, _: Option<&Request>) -> Reloaded {
        Reloaded { catalogue: Catalogue::default(), flaws: Refusal::default(), program: None }
    }
}

struct Loop {
    app: App,
    tty: Tty,
    reader: Reader,
    incoming: Receiver<Incoming>,
    loader: Box<dyn Loader>,
    session: Option<Handle>,
    survey: Option<Surveying>,
    repeats: Option<Repeats<Ran>>,
    chase: Option<Chase>,
    pairing: Option<Pairing<Box<Paired>>>,
    savers: Savers,
    recordings: Option<Recordings>,
    lectern: Option<Box<dyn Lectern>>,
    watch: Watch,
    /// When files changed that were not looked at again yet.
    changed: Option<Instant>,
    /// When the last tick was.
    ticked: Instant,
}

/// A search that goes on, and when it began.
struct Surveying {
    survey: Survey<Told>,
    began: Instant,
}

/// What woke the loop.
enum Woken {
    Incoming(Incoming),
    Update(Update),
    SessionGone,
    Surveyed(Result<Told, String>),
    Answered(Answered),
    /// A run was made; `None`: all of them were.
    Ran(Option<Result<Ran, String>>),
    Paired(Result<Box<Paired>, String>),
    /// Files are changing.
    Changing,
    /// They have stopped to.
    Changed,
    Tick,
}

impl Loop {
    /// Takes the terminal.
    fn new(app: App, loader: Box<dyn Loader>, session: Option<Handle>) -> io::Result<Loop> {
        guard_panics();
        let tty = Tty::take(app.mouse)?;
        let (sender, incoming) = unbounded();
        input::watch_signals(sender.clone())?;
        let savers = Savers::new(sender.clone());
        let reader = Reader::start(sender)?;
        let mut loop_ = Loop {
            app,
            tty,
            reader,
            incoming,
            loader,
            session,
            survey: None,
            repeats: None,
            chase: None,
            pairing: None,
            savers,
            recordings: None,
            lectern: None,
            watch: Watch::new(),
            changed: None,
            ticked: Instant::now(),
        };
        if let Ok((columns, rows)) = loop_.tty.size() {
            loop_.take(Msg::Resize(columns, rows))?;
        }
        Ok(loop_)
    }

    /// Works until it is left, and ends the session.
    fn finish(mut self) -> io::Result<Left> {
        let left = self.until_left();
        if let Some(session) = &self.session {
            // It may have ended before.
            let _ = session.controls.send(Control::Quit);
        }
        self.savers.wait();
        left.map(|leave| Left { leave, app: self.app, recordings: self.recordings })
    }

    fn until_left(&mut self) -> io::Result<Leave> {
        loop {
            if self.app.take_changed() {
                self.tty.draw(&self.app)?;
                if let Some(lectern) = &mut self.lectern {
                    lectern.show(speech(&self.app));
                }
            }
            let woken = self.wait();
            if let Some(leave) = self.handle(woken)? {
                return Ok(leave);
            }
            // Whatever else has come in belongs into the same picture.
            let end = Instant::now() + INTAKE;
            while Instant::now() < end {
                let Some(woken) = self.poll() else { break };
                if let Some(leave) = self.handle(woken)? {
                    return Ok(leave);
                }
            }
        }
    }

    /// Waits for something to happen; without end when nothing moves.
    fn wait(&mut self) -> Woken {
        let silent = never();
        let (unfound, unmade, unpaired, unanswered) = (never(), never(), never(), never());
        let answers = self.chase.as_ref().map_or(&unanswered, Chase::answers);
        let paired = self.pairing.as_ref().map_or(&unpaired, Pairing::made);
        let made = self.repeats.as_ref().map_or(&unmade, Repeats::made);
        let found = self.survey.as_ref().map_or(&unfound, |surveying| surveying.survey.found());
        let updates = self.session.as_ref().map_or(&silent, |session| &session.updates);
        let tick = if self.app.moves() {
            let pause = if self.app.is_playing() { FRAME } else { GLANCE };
            after(pause.saturating_sub(self.ticked.elapsed()))
        } else {
            self.ticked = Instant::now();
            never()
        };
        let rest = self.changed.map_or_else(never, |at| after(watch::REST.saturating_sub(at.elapsed())));
        select! {
            recv(self.incoming) -> incoming => woken_by(incoming),
            recv(updates) -> update => update.map_or(Woken::SessionGone, Woken::Update),
            recv(found) -> found => Woken::Surveyed(found.unwrap_or_else(|_| Err("the search is gone".to_owned()))),
            recv(answers) -> answer => Woken::Answered(answer.unwrap_or_else(|_| (0, Err("the search is gone".to_owned())))),
            recv(made) -> made => Woken::Ran(made.ok()),
            recv(paired) -> made => Woken::Paired(made.unwrap_or_else(|_| Err("the comparison is gone".to_owned()))),
            recv(self.watch.changes()) -> _ => Woken::Changing,
            recv(rest) -> _ => Woken::Changed,
            recv(tick) -> _ => Woken::Tick,
        }
    }

    /// What has happened already, if anything. Keys come first: they are answered however many events arrive.
    fn poll(&mut self) -> Option<Woken> {
        if let Ok(incoming) = self.incoming.try_recv() {
            return Some(Woken::Incoming(incoming));
        }
        if let Some(found) = self.survey.as_ref().and_then(|surveying| surveying.survey.found().try_recv().ok()) {
            return Some(Woken::Surveyed(found));
        }
        if let Some(answer) = self.chase.as_ref().and_then(|chase| chase.answers().try_recv().ok()) {
            return Some(Woken::Answered(answer));
        }
        if let Some(made) = self.repeats.as_ref().and_then(|repeats| repeats.made().try_recv().ok()) {
            return Some(Woken::Ran(Some(made)));
        }
        let update = self.session.as_ref()?.updates.try_recv().ok()?;
        Some(Woken::Update(update))
    }

    fn handle(&mut self, woken: Woken) -> io::Result<Option<Leave>> {
        match woken {
            Woken::Incoming(Incoming::Msg(msg)) => self.take(msg),
            Woken::Incoming(Incoming::End(signal)) => Ok(Some(Leave::Signal(signal))),
            Woken::Incoming(Incoming::Stop) => self.suspend().map(|()| None),
            Woken::Incoming(Incoming::Lost(error)) => Err(error),
            Woken::Update(update) => {
                let unrecorded = self.record(&update);
                match (self.take(Msg::Update(update))?, unrecorded) {
                    (None, Some(msg)) => self.take(msg),
                    (leave, _) => Ok(leave),
                }
            }
            Woken::SessionGone => {
                self.session = None;
                self.take(Msg::SessionGone)
            }
            Woken::Surveyed(found) => {
                let took = self.survey.take().map_or(Duration::ZERO, |surveying| surveying.began.elapsed());
                self.take(Msg::Surveyed(found.map(|told| told.after(took).into())))
            }
            Woken::Paired(made) => {
                self.pairing = None;
                self.take(Msg::Paired(made))
            }
            Woken::Answered(answer) => {
                if answer.1.is_err() {
                    // It has ended with that.
                    self.chase = None;
                }
                self.take(Msg::Answered(answer))
            }
            Woken::Ran(ran) => {
                if ran.is_none() {
                    self.repeats = None;
                }
                self.take(Msg::Ran(ran))
            }
            Woken::Changing => {
                self.changed = Some(Instant::now());
                Ok(None)
            }
            Woken::Changed => {
                self.changed = None;
                self.take(Msg::Changed)
            }
            Woken::Tick => {
                let passed = self.ticked.elapsed();
                self.ticked = Instant::now();
                if let Some(sight) = self.survey.as_ref().map(Surveying::sight) {
                    self.take(Msg::Surveying(sight))?;
                }
                self.take(Msg::Tick(passed))
            }
        }
    }

    /// Gives a message to the app and does what it asks for.
    fn take(&mut self, msg: Msg) -> io::Result<Option<Leave>> {
        let mut effects: VecDeque<Effect> = update(&mut self.app, msg).into();
        while let Some(effect) = effects.pop_front() {
            if matches!(effect, Effect::Quit) {
                return Ok(Some(Leave::Quit));
            }
            if let Some(msg) = self.perform(effect)? {
                effects.extend(update(&mut self.app, msg));
            }
        }
        Ok(None)
    }

    /// Does what the app asks for. What comes of it may be a message.
    fn perform(&mut self, effect: Effect) -> io::Result<Option<Msg>> {
        match effect {
            // Leaving is up to the caller.
            Effect::Quit => {}
            Effect::Suspend => self.suspend()?,
            Effect::Copy(text) => self.tty.send(&clipboard(&text))?,
            Effect::Mouse(on) => self.tty.set_mouse(on)?,
            Effect::Edit { path, line } => {
                let status = self.away(|| editor(&path, line).status())?;
                let reason = |error| Said::new("edit-reason").with("reason", &error);
                return Ok(Some(Msg::Edited(status.map_err(reason).map(|_| ()))));
            }
            Effect::NameFile(words) => return Ok(Some(Msg::SaveAs(save::free_name(&words)))),
            Effect::Save { path, existing, reel } => return Ok(self.savers.save(path, existing, reel)),
            Effect::Open(request) => return Ok(Some(self.open(&request))),
            Effect::Reload(request) => {
                let again = self.loader.reload(request.as_ref());
                self.watch.follow(self.loader.folders());
                return Ok(Some(Msg::Reloaded(Box::new(again))));
            }
            Effect::OpenOther(request) => return Ok(Some(self.open_other(&request))),
            Effect::Pair(duel) => self.pairing = Some(session::pair(*duel, |pair| Box::new(Paired::of(pair)))),
            Effect::EndPair => self.pairing = None,
            Effect::Survey(explorer, counted) => self.survey = Some(Surveying::begin(*explorer, counted)),
            Effect::StopSurvey => {
                if let Some(surveying) = &self.survey {
                    surveying.survey.stop();
                }
            }
            Effect::EndSurvey => self.survey = None,
            Effect::Pursue(pursuit) => self.chase = Some(session::chase(*pursuit)),
            Effect::Seek(number, place) => {
                if let Some(chase) = &mut self.chase {
                    chase.ask(number, place);
                }
            }
            Effect::EndPursuit => self.chase = None,
            Effect::Rehearse(rehearsal) => {
                let (start, runs) = (rehearsal.start.clone(), rehearsal.runs);
                self.repeats = Some(session::repeat(start, runs, move |trial| rehearsal.judge(trial)));
            }
            Effect::EndRehearsal => self.repeats = None,
            Effect::Keep(fresh) => return Ok(self.loader.keep(&fresh).map(Msg::Kept)),
            Effect::Forget(name) => return Ok(self.loader.forget(name.as_deref()).map(Msg::Kept)),
            Effect::Begin(start) => self.replace(session::spawn(*start)),
            Effect::Recite(tape) => {
                self.replace(session::recite(tape));
                return Ok(self.end_recording());
            }
            Effect::Send(control) => {
                if let (Control::Input { line }, Some(recordings)) = (&control, &mut self.recordings) {
                    recordings.typed(line.clone());
                }
                if let Some(session) = &self.session {
                    // A session that has ended says so by its other channel.
                    let _ = session.controls.send(control);
                }
            }
        }
        Ok(None)
    }

    /// Writes down what the session says. What was wrong with that is a message.
    fn record(&mut self, update: &Update) -> Option<Msg> {
        let (recordings, stage) = (self.recordings.as_mut()?, self.app.stage.as_ref()?);
        let unrecorded = recordings.hear(update, stage).err()?;
        Some(Self::broke_off(&unrecorded))
    }

    /// The run that was recorded is on the stage no more. (Of a run that is made, its beginning tells that.)
    fn end_recording(&mut self) -> Option<Msg> {
        let unrecorded = self.recordings.as_mut()?.finish().err()?;
        Some(Self::broke_off(&unrecorded))
    }

    fn broke_off(Unrecorded { path, error }: &Unrecorded) -> Msg {
        let told = Said::new("unrecorded-rest").with("path", path.display().to_string()).with("reason", error);
        Msg::Unrecorded(Lang::each(|words| vec![words.said(&told)]))
    }

    fn open(&mut self, request: &Request) -> Msg {
        let msg = self.load(request);
        self.watch.follow(self.loader.folders());
        msg
    }

    fn load(&mut self, request: &Request) -> Msg {
        if let Some(recording) = self.loader.recording(request) {
            return match recording {
                Ok(Opened::Program(loaded)) => Msg::Opened(loaded),
                Ok(Opened::Recited(recited)) => Msg::Recited(recited),
                Err(lines) => Msg::Refused(lines),
            };
        }
        match self.loader.load(request) {
            Ok(loaded) => Msg::Opened(Box::new(loaded)),
            Err(lines) => Msg::Refused(lines),
        }
    }

    /// The program to compare with. Of a recording it is what was recorded.
    fn open_other(&mut self, request: &Request) -> Msg {
        match self.open(request) {
            Msg::Opened(loaded) => Msg::OtherOpened(loaded),
            Msg::Recited(recited) => Msg::Refused(recited.reasons.unwrap_or_default()),
            refused => refused,
        }
    }

    /// Takes a session in place of the one before.
    fn replace(&mut self, session: Handle) {
        if let Some(before) = self.session.replace(session) {
            // It may have ended already.
            let _ = before.controls.send(Control::Quit);
        }
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.away(input::stop_process)?;
        let (columns, rows) = self.tty.size()?;
        self.app.size = (columns, rows);
        self.app.touch();
        Ok(())
    }

    /// Gives the terminal to somebody else for a while.
    fn away<T>(&mut self, meanwhile: impl FnOnce() -> T) -> io::Result<T> {
        let tty = &mut self.tty;
        let result = self.reader.paused(|| tty.lend(meanwhile));
        self.app.touch();
        self.ticked = Instant::now();
        result
    }
}

impl Surveying {
    fn begin(explorer: Explorer, counted: bool) -> Surveying {
        let survey = session::survey(explorer, move |explorer, found| Told::of(explorer, found, counted));
        Surveying { survey, began: Instant::now() }
    }

    fn sight(&self) -> Sight {
        let progress = self.survey.progress();
        Sight {
            phase: progress.phase(),
            states: progress.states(),
            open: progress.open(),
            bytes: progress.bytes(),
            elapsed: self.began.elapsed(),
        }
    }
}

fn woken_by(incoming: Result<Incoming, crossbeam_channel::RecvError>) -> Woken {
    match incoming {
        Ok(incoming) => Woken::Incoming(incoming),
        // Both senders are gone only when their threads have died.
        Err(_) => Woken::Incoming(Incoming::Lost(io::Error::other(Said::new("terminal-unread")))),
    }
}

/// The escape sequence that puts text into the terminal's clipboard (OSC 52). It works over SSH as well.
fn clipboard(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", base64(text.as_bytes()))
}

/// Base 64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place) & 63) as usize];
            out.push(if place > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

/// The command that opens a file in the person's editor. `$VISUAL` and `$EDITOR` may carry options.
fn editor(path: &std::path::Path, line: u32) -> Command {
    let chosen =
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.trim().is_empty()));
    let chosen = chosen.unwrap_or_else(|| "vi".to_owned());
    let mut words = chosen.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let mut command = Command::new(program);
    command.args(words);
    let name = std::path::Path::new(program).file_stem().and_then(|name| name.to_str()).unwrap_or("");
    // The editors that are known to take a line in this way.
    if matches!(name, "vi" | "vim" | "nvim" | "nano" | "emacs" | "emacsclient" | "micro" | "kak" | "joe" | "mg") {
        command.arg(format!("+{line}"));
    }
    command.arg(path);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clipboard_gets_base_64() {
        let known = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (text, encoded) in known {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
        assert_eq!(clipboard("v1/M3"), "\x1b]52;c;djEvTTM=\x07");
    }
}
