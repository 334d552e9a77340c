//! `lockstep` and `lockstep TARGET`: the interface, and what it gets its programs from.

use super::Context;
use super::args::Simulation;
use super::exit::{Exit, Failure, Outcome};
use super::moment;
use super::notes;
use super::place;
use super::program;
use super::progress;
use super::settings;
use super::{list, record, replay, retell, run};
use crate::quiz::{self, Case};
use crate::said::Said;
use crate::scenario::{Catalogue, CatalogueError, Journal, Progress, Question, Target, constants};
use crate::session::{LiveOptions, Options, Start, Tape};
use crate::source::Source;
use crate::trace::Header;
use crate::tui::keymap::Keymap;
use crate::tui::loader::{Loaded, Loader, Opened, Refusal, Request};
use crate::tui::overlay::{Message, Overlay};
use crate::tui::screens::gallery::Gallery;
use crate::tui::screens::stage::Pace;
use crate::tui::theme::ThemeName;
use crate::tui::{self, App, Leave, Left, Recordings, Reloaded};
use crate::words::{Lang, Words};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Steps, when nobody says otherwise. The interface keeps every one of them.
const MAX_STEPS: u32 = 1_000_000;

pub(super) fn open(context: &Context, target: Option<String>, how: Simulation, out: &mut dyn Write) -> Outcome {
    if let Some(trace) = target.as_deref().filter(|target| replay::is_trace(target)) {
        let trace = Path::new(trace);
        return if how.plain { retell::plain(context, trace, out) } else { replay::show(context, trace, None, how) };
    }
    if let (Some(target), true) = (&target, how.plain) {
        let asked = run::Asked { times: None, form: run::Form::Plain, deny: Vec::new() };
        return run::run(context, target, &how, asked, out);
    }
    let moment = target.as_deref().and_then(moment::meant).transpose();
    let moment = moment.map_err(|error| Failure::usage(error.said()))?;
    if let Some(moment) = &moment {
        how.agrees_with(moment)?;
        moment::check_steps(moment, how.steps_kept())?;
    }
    let live = how.live()?.map(|real| to_be_watched(&how, &real));
    if !tui::terminal::is_there() {
        return without_terminal(context, target.as_deref(), out);
    }
    let catalogue = context.catalogue()?;
    if target.is_none() {
        how.recording.refuse_gallery()?;
    }
    let first = target.map(|target| Request { target, parameters: how.rules.parameters.clone() });
    let mut recordings = None;
    if let Some(request) = &first {
        // What is wrong with the command line is said before the terminal is taken.
        let request = moment.map_or_else(|| request.clone(), |moment| moment::request(&moment));
        let found = program::find(&request.target, &request.parameters, &catalogue)?;
        if let Err(exit) = found.program() {
            return run::refuse(context, &found, run::Form::Text, exit, out);
        }
        recordings = how.recording.begin_on_stage(found.target.path(), &context.words)?;
    }
    let first_given = first.is_some();
    let loader = Programs { live, first: first_given, ..Programs::new(catalogue, how) };
    show(context, loader, first, recordings)
}

/// Shows the interface until it is left.
pub(super) fn show(
    context: &Context,
    loader: Programs,
    first: Option<Request>,
    recordings: Option<Recordings>,
) -> Outcome {
    let app = app(context, &loader.catalogue, settings::keymap()?);
    let left = tui::run(app, Box::new(loader), first, recordings, notes::lectern());
    let Left { leave, app, recordings } =
        left.map_err(|error| Failure::files(Said::new("file-terminal").with("reason", &error)))?;
    if let Some(place) = app.gallery.place() {
        place::remember(&place);
    }
    if let Some(recordings) = recordings {
        record::tell(recordings, &context.words)?;
    }
    Ok(match leave {
        Leave::Quit => Exit::Done,
        Leave::Signal(_) => Exit::Interrupted,
    })
}

impl Simulation {
    /// How many steps the interface goes. Every one is kept: there is no run without end here.
    fn steps_kept(&self) -> u32 {
        self.max_steps.filter(|steps| *steps > 0).unwrap_or(MAX_STEPS)
    }
}

/// Slowly enough for the eye, and held up at first, so that the run is seen from its beginning.
fn to_be_watched(how: &Simulation, real: &LiveOptions) -> LiveOptions {
    let pace = if how.real.pace.is_some() { real.pace } else { Pace::default().length() };
    LiveOptions { pace, paused: true, ..real.clone() }
}

fn without_terminal(context: &Context, target: Option<&str>, out: &mut dyn Write) -> Outcome {
    match target {
        None => list::list(context, false, out),
        Some(target) => {
            Err(Failure::usage(context.words.with("refused-no-terminal", &[("target", moment::named(target).into())])))
        }
    }
}

/// An app that knows the language, the colours, the signs and the keys, and nothing else.
pub(super) fn bare(context: &Context, keymap: Keymap) -> App {
    let mut app = App::new((80, 24));
    app.words = context.words.clone();
    // Without colours there is still bold and underlined.
    app.themes = context.themes.themes.clone();
    app.keymap = keymap;
    app.theme_name = if context.color(true) { context.theme } else { ThemeName::Mono };
    app.glyph_set = context.glyphs;
    app
}

fn app(context: &Context, catalogue: &Catalogue, keymap: Keymap) -> App {
    let mut app = bare(context, keymap);
    app.gallery = Gallery::new(catalogue.clone());
    if let Some(place) = place::last() {
        app.gallery.go_to(&place);
    }
    app.mouse = context.mouse;
    app.asks_first = context.asks_first;
    if let Some(path) = progress::file() {
        // What cannot be read will not be written either, and then that is said.
        let (progress, odd) = progress::read(&path).unwrap_or_default();
        app.progress = Journal::new(progress);
        if !odd.is_empty() {
            let told = |words: &Words| (words.t("progress-odd-title"), progress::told(&path, &odd, words));
            app.overlays.push(Overlay::Message(Message::new(told)));
        }
    }
    app
}

/// Finds, reads and compiles programs for the interface.
pub(super) struct Programs {
    pub(super) catalogue: Catalogue,
    how: Simulation,
    /// Whether threads are real, and how.
    live: Option<LiveOptions>,
    /// The first program gets the schedule and the inputs of the command line; they fit no other.
    first: bool,
    /// The file that was loaded last, when it can change.
    current: Option<PathBuf>,
    /// A recording that is open already, and what it is called.
    pub(super) tape: Option<(String, Tape)>,
    /// The recordings that were opened, with how their runs were started.
    pub(super) headers: Vec<(String, Arc<Header>)>,
}

impl Programs {
    pub(super) fn new(catalogue: Catalogue, how: Simulation) -> Programs {
        let (live, first) = (None, false);
        Programs { catalogue, how, live, first, current: None, tape: None, headers: Vec::new() }
    }

    /// How many steps are made and kept.
    pub(super) fn max_steps(&self) -> u32 {
        self.how.steps_kept()
    }
}

impl Loader for Programs {
    fn load(&mut self, request: &Request) -> Result<Loaded, Refusal> {
        let refused = |failure: Failure| lines(|words| failure.message.text(words));
        let moment =
            moment::meant(&request.target).transpose().map_err(|error| lines(|words| words.said(&error.said())))?;
        if let Some(moment) = &moment {
            moment::check_steps(moment, self.how.steps_kept()).map_err(refused)?;
        }
        let request = &moment.as_ref().map_or_else(|| request.clone(), moment::request);
        let found = program::find(&request.target, &request.parameters, &self.catalogue).map_err(refused)?;
        let Ok(program) = found.program().cloned() else {
            return Err(lines(|words| words.diagnostics(&found.source, &found.compiled.diagnostics, false)));
        };
        if let Some(moment) = &moment {
            // From now on it is as if this had been typed on the command line.
            (self.how, self.live, self.first) = (self.how.at(moment), None, true);
        }
        self.current = found.target.file();
        let first = std::mem::take(&mut self.first);
        let mut start = self.how.start(program, self.how.steps_kept(), self.live.clone());
        if !first {
            (start.schedule, start.inputs) = (None, Vec::new());
        }
        let target = asking(found.target, &start, &request.parameters);
        Ok(Loaded {
            request: Request { target: target.name(), parameters: request.parameters.clone() },
            path: target.file(),
            parameters: parameters(&target, &found.source, &request.parameters),
            target,
            source: found.source,
            tokens: found.compiled.tokens,
            start,
            at: moment.as_ref().map(moment::place),
        })
    }

    fn keep(&mut self, fresh: &Progress) -> Option<Result<Progress, Said>> {
        Some(progress::change(&progress::file()?, |progress| progress.merge(fresh)))
    }

    fn forget(&mut self, name: Option<&str>) -> Option<Result<Progress, Said>> {
        Some(progress::forget(&progress::file()?, name).map(|forgotten| forgotten.progress))
    }

    fn folders(&self) -> Vec<PathBuf> {
        let of_file = self.current.as_deref().and_then(Path::parent);
        // A name without a folder is a file in the one where the program was started.
        let of_file = of_file.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        self.catalogue.folders().chain(of_file).map(Path::to_owned).collect()
    }

    fn reload(&mut self, request: Option<&Request>) -> Reloaded {
        let flaws = self.catalogue.renew().err().unwrap_or_default();
        let said: Vec<Said> = flaws.iter().flat_map(CatalogueError::said).collect();
        let flaws = Lang::each(|words| said.iter().map(|said| words.said(said)).collect());
        let program = request.map(|request| self.load(request).map(Box::new));
        Reloaded { catalogue: self.catalogue.clone(), flaws, program }
    }

    fn recording(&mut self, request: &Request) -> Option<Result<Opened, Refusal>> {
        self.opened(request)
    }
}

/// The target with the questions that make sense of the program as it was asked for. What a question says in words of its
/// own is about the program as it stands in the scenario: with other constants or rules the usual words take their place, and a
/// question whose steps do not exist there is not asked. As it stands all of them are asked: whoever writes it should see
/// the one that has no answer.
pub(super) fn asking(target: Target, start: &Start, parameters: &[(String, String)]) -> Target {
    let Some(variant) = target.variant() else { return target };
    let usual = Options { seed: start.options.seed, ..Options::default() };
    let is_default = |name: &str, value: &str| {
        let mut settings = variant.settings.iter();
        settings.any(|setting| *setting.parameter.name == *name && value.parse() == Ok(setting.default))
    };
    if start.options == usual && parameters.iter().all(|(name, value)| is_default(name, value)) {
        return target;
    }
    let case =
        Case { program: Arc::clone(&start.program), options: start.options.clone(), inputs: start.inputs.clone() };
    let fitting = variant.questions.iter().filter(|question| quiz::fits(&case, &question.asked));
    let questions = fitting.map(|question| Question { text: None, ..question.clone() }).collect();
    target.asking(questions)
}

/// What can be changed: the scenario's parameters, or the constants of a file, with the values they have now.
pub(super) fn parameters(target: &Target, source: &Source, given: &[(String, String)]) -> Vec<(String, String)> {
    let defaults: Vec<(String, i64)> = match target.variant() {
        Some(variant) => variant.settings.iter().map(|s| (s.parameter.name.to_string(), s.default)).collect(),
        None => constants(&source.text),
    };
    let value = |name: &str, default: i64| {
        let set = given.iter().rev().find(|(given, _)| given == name);
        set.map_or_else(|| default.to_string(), |(_, value)| value.clone())
    };
    defaults.into_iter().map(|(name, default)| (name.clone(), value(&name, default))).collect()
}

/// The lines of a text, in every language.
pub(super) fn lines(text: impl Fn(&Words) -> String) -> Refusal {
    Lang::each(|words| text(words).lines().map(str::to_owned).collect())
}
