//! The command line: the only place that reads the arguments, prints, and picks an exit code.
//!
//! | module | what is in it |
//! |---|---|
//! | `args` | the command line as it is typed |
//! | `exit` | exit codes, and the failures that lead to them |
//! | `usage` | help and usage errors in either language |
//! | `settings`, `place`, `progress` | the settings file, own themes and keys; the last place in the gallery; what was done |
//! | `program` | from what was typed to a program that is ready |
//! | `moment` | a place in a run, where a target may stand |
//! | `watch`, `recipe` | what goes on beside a run, and how to make it again |
//! | `open` | the interface |
//! | `world` | which world a run is made in |
//! | `record` | the run as a file |
//! | `simulate`, `live`, `repeat` | one run in either world, many runs |
//! | `deny` | findings that are not allowed |
//! | `notes` | the speaker's notes, from one terminal to another |
//! | `run`, `explore`, `replay`, `retell`, `check`, `list`, `export`, `diff`, `install`, `doctor`, `new`, `keys`, `paths` | one command each |

// This is where the program prints.
#![allow(clippy::print_stderr)]

mod args;
mod check;
mod deny;
mod diff;
mod doctor;
mod exit;
mod explore;
mod export;
mod install;
mod keys;
mod list;
mod live;
mod moment;
mod new;
mod notes;
mod open;
mod paths;
mod place;
mod program;
mod progress;
mod recipe;
mod record;
mod repeat;
mod replay;
mod retell;
mod run;
mod settings;
mod simulate;
mod usage;
mod watch;
mod world;

use crate::said::Said;
use crate::scenario::{Catalogue, CatalogueError};
use crate::trace;
use crate::tui::glyph::GlyphSet;
use crate::tui::theme::ThemeName;
use crate::words::{Lang, Words};
use args::{Cli, ColorWhen, Command, Global};
use clap::Parser;
use exit::{Exit, Failure, Outcome};
use settings::{Mistake, OwnThemes, Set, Settings, Wanted};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::str::FromStr;

/// Does what the command line says. What `clap` cannot read ends with exit code 2.
#[must_use]
pub fn main() -> ExitCode {
    let typed = args::arranged(std::env::args_os());
    let cli = match Cli::try_parse_from(&typed) {
        Ok(cli) => cli,
        Err(error) => return usage::answer(&error, &typed),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = dispatch(cli, &mut out).and_then(|exit| Ok(out.flush().map(|()| exit)?));
    let exit = outcome.unwrap_or_else(|failure| {
        let told = failure.message.text(&Words::new(usage::lang(&typed)));
        if !told.is_empty() {
            // The reader may be gone here as well.
            let _ = writeln!(io::stderr(), "lockstep: {told}");
        }
        failure.exit
    });
    exit.into()
}

fn dispatch(cli: Cli, out: &mut dyn Write) -> Outcome {
    let (context, mistake) = Context::new(&cli.global)?;
    match mistake {
        Some(mistake) if !cli.command.as_ref().is_some_and(mends) => return Err(mistake.into()),
        Some(mistake) if !matches!(cli.command, Some(Command::Doctor)) => warn(&mistake.lines, &context.words),
        _ => {}
    }
    match cli.command {
        None => open::open(&context, cli.open.target, cli.open.simulation, out),
        Some(Command::List { json }) => list::list(&context, json, out),
        Some(Command::Run { target, simulation, repeat, deny, json }) => {
            let form = match (json, simulation.plain) {
                (true, _) => run::Form::Json,
                (false, true) => run::Form::Plain,
                (false, false) => run::Form::Text,
            };
            run::run(&context, &target, &simulation, run::Asked { times: repeat, form, deny }, out)
        }
        Some(Command::Explore(asked)) => explore::explore(&context, &asked, out),
        Some(Command::Check { path, max_states, json, dis }) => {
            let form = match (json, dis) {
                (true, _) => check::Form::Json,
                (false, true) => check::Form::Dis,
                (false, false) => check::Form::Text,
            };
            check::check(&context, &path, form, max_states, out)
        }
        Some(Command::Replay(asked)) => replay::replay(&context, &asked, out),
        Some(Command::Notes { plain }) => notes::notes(&context, plain, out),
        Some(Command::Export(asked)) => export::export(&context, &asked, out),
        Some(Command::New { dir }) => new::new(&context, &dir, out),
        Some(Command::Diff { a, b, json }) => diff::diff(&context, [&a, &b], json, out),
        Some(Command::Schema) => {
            out.write_all(trace::SCHEMA.as_bytes())?;
            Ok(Exit::Done)
        }
        Some(Command::Completions { shell }) => install::completions(shell, out),
        Some(Command::Man { dir }) => install::man(&dir, out),
        Some(Command::Doctor) => doctor::doctor(&context, out),
        Some(Command::Keys { json, toml }) => {
            let form = match (json, toml) {
                (true, _) => keys::Form::Json,
                (false, true) => keys::Form::Toml,
                (false, false) => keys::Form::Text,
            };
            keys::keys(&context, form, out)
        }
        Some(Command::Progress { reset, json }) => {
            let asked = match (reset, json) {
                (Some(name), _) => progress::Asked::Reset(name),
                (None, true) => progress::Asked::Json,
                (None, false) => progress::Asked::Show,
            };
            progress::progress(&context, asked, out)
        }
        Some(Command::Paths) => paths::paths(&context, out),
    }
}

/// Whether somebody needs the command to mend a file of his own: then it has to work however broken that is.
const fn mends(command: &Command) -> bool {
    matches!(
        command,
        Command::Paths
            | Command::Doctor
            | Command::Keys { .. }
            | Command::Progress { .. }
            | Command::Schema
            | Command::Completions { .. }
            | Command::Man { .. }
    )
}

/// Tells what is wrong without stopping because of it.
fn warn(lines: &[Said], words: &Words) {
    for line in lines {
        // The reader may be gone.
        let _ = writeln!(io::stderr(), "lockstep: {}", words.said(line));
    }
}

/// What every command needs to know.
struct Context {
    words: Words,
    /// Folders of scenarios besides the embedded ones.
    paths: Vec<PathBuf>,
    color: ColorWhen,
    themes: OwnThemes,
    theme: ThemeName,
    glyphs: GlyphSet,
    /// The same, when the command line says so: a picture is not made for the terminal of whoever asks for it.
    typed_theme: Option<ThemeName>,
    typed_glyphs: Option<GlyphSet>,
    mouse: bool,
    /// The gallery asks before it opens a program.
    asks_first: bool,
    /// What is wrong with the settings.
    flaws: Vec<Said>,
}

impl Context {
    /// Reads the settings. What is wrong with them comes along: whoever can do without goes on without.
    fn new(global: &Global) -> Result<(Context, Option<Mistake>), Failure> {
        let mut mistake = None;
        let mut note = |wrong: Mistake| mistake = Some(wrong.after(mistake.take()));
        let settings = Settings::read().unwrap_or_else(|wrong| {
            note(wrong);
            Settings::default()
        });
        let themes = OwnThemes::read();
        let typed_theme = global.theme.as_deref().map(|name| themes.find(name)).transpose();
        let typed_theme = typed_theme.map_err(|wanted| match wanted {
            Wanted::Unknown(told) => Failure::usage(told),
            Wanted::Broken(mistake) => mistake.into(),
        })?;
        let set_theme = settings.theme.as_ref().filter(|_| typed_theme.is_none()).and_then(|set| {
            let wrong = match themes.find(&set.name) {
                Ok(theme) => return Some(theme),
                Err(Wanted::Unknown(told)) => set.wrong(told),
                Err(Wanted::Broken(mistake)) => mistake,
            };
            note(wrong);
            None
        });
        let lang = choose(global.lang, settings.lang.as_ref(), Lang::of_system, &mut note);
        let glyphs = choose(global.glyphs, settings.glyphs.as_ref(), GlyphSet::of_system, &mut note);
        let context = Context {
            words: Words::new(lang),
            paths: settings.paths.into_iter().chain(global.paths.iter().cloned()).collect(),
            color: global.color,
            theme: typed_theme.or(set_theme).unwrap_or_default(),
            themes,
            glyphs,
            typed_theme,
            typed_glyphs: global.glyphs,
            asks_first: settings.predict.unwrap_or(true),
            mouse: !global.no_mouse && settings.mouse.unwrap_or(true),
            flaws: mistake.as_ref().map_or_else(Vec::new, |mistake| mistake.lines.clone()),
        };
        Ok((context, mistake))
    }

    /// Whether diagnostics are coloured on standard output.
    fn color_of_stdout(&self) -> bool {
        self.color(io::stdout().is_terminal())
    }

    /// Whether diagnostics are coloured on standard error.
    fn color_of_stderr(&self) -> bool {
        self.color(io::stderr().is_terminal())
    }

    fn color(&self, terminal: bool) -> bool {
        match self.color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    /// The embedded scenarios, and those in other folders, as far as they are in order.
    fn catalogue(&self) -> Result<Catalogue, Failure> {
        let mut catalogue = Catalogue::embedded();
        for path in &self.paths {
            match catalogue.add(path) {
                // The catalogue knows them as broken: they concern nobody but who asks for them.
                Ok(()) | Err(CatalogueError::Flaws(_)) => {}
                Err(error @ CatalogueError::Unreadable { .. }) => return Err(Failure::files(error.said())),
                Err(error @ CatalogueError::Empty(_)) => return Err(Failure::usage(error.said())),
            }
        }
        Ok(catalogue)
    }

    /// The same; what was left out is said on standard error, apart from what is asked for: that will be refused.
    fn catalogue_told(&self, target: Option<&str>) -> Result<Catalogue, Failure> {
        let catalogue = self.catalogue()?;
        let asked = target.and_then(|target| target.split('/').next());
        for broken in catalogue.broken().iter().filter(|broken| Some(&*broken.id) != asked) {
            // The reader may be gone.
            let _ = writeln!(io::stderr(), "lockstep: {}", self.words.said(&broken.said()));
        }
        Ok(catalogue)
    }
}

/// What the command line says, else what the settings say, else the default.
fn choose<T>(typed: Option<T>, set: Option<&Set>, default: impl FnOnce() -> T, note: &mut impl FnMut(Mistake)) -> T
where
    T: FromStr<Err = Said>,
{
    let set = typed.or_else(|| set.and_then(|set| set.name.parse().map_err(|told| note(set.wrong(told))).ok()));
    set.unwrap_or_else(default)
}
