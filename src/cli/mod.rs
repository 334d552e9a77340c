//! The command line: the only place that reads the arguments, prints, and picks an exit code.
//!
//! | module | what is in it |
//! |---|---|
//! | `args` | the command line as it is typed |
//! | `exit` | exit codes, and the failures that lead to them |
//! | `usage` | help and usage errors in either language |
//! | `settings`, `place`, `progress` | the settings file; the last place in the gallery; what was done |
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
use crate::tui::theme::{ThemeName, Themes};
use crate::words::{Lang, Words};
use args::{Cli, ColorWhen, Command, Global};
use clap::Parser;
use exit::{Exit, Failure, Outcome, Told};
use settings::Settings;
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
    let context = Context::new(&cli.global)?;
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

/// What every command needs to know.
struct Context {
    words: Words,
    /// Folders of scenarios besides the embedded ones.
    paths: Vec<PathBuf>,
    color: ColorWhen,
    themes: Themes,
    theme: ThemeName,
    glyphs: GlyphSet,
    /// The same, when the command line says so: a picture is not made for the terminal of whoever asks for it.
    typed_theme: Option<ThemeName>,
    typed_glyphs: Option<GlyphSet>,
    mouse: bool,
    /// The gallery asks before it opens a program.
    asks_first: bool,
}

impl Context {
    fn new(global: &Global) -> Result<Context, Failure> {
        let settings = Settings::read()?;
        let lang = choose(global.lang, settings.lang.as_deref(), Lang::of_system)?;
        let themes = settings::themes()?;
        let theme = |name: &str| themes.find(name).map_err(|error| Failure::usage(error.said()));
        let typed_theme = global.theme.as_deref().map(theme).transpose()?;
        let set_theme = settings.theme.as_deref().map(theme).transpose().map_err(in_settings)?;
        Ok(Context {
            words: Words::new(lang),
            paths: settings.paths.into_iter().chain(global.paths.iter().cloned()).collect(),
            color: global.color,
            theme: typed_theme.or(set_theme).unwrap_or_default(),
            themes,
            glyphs: choose(global.glyphs, settings.glyphs.as_deref(), GlyphSet::of_system)?,
            typed_theme,
            typed_glyphs: global.glyphs,
            asks_first: settings.predict.unwrap_or(true),
            mouse: !global.no_mouse && settings.mouse.unwrap_or(true),
        })
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
fn choose<T>(typed: Option<T>, set: Option<&str>, default: impl FnOnce() -> T) -> Result<T, Failure>
where
    T: FromStr<Err = Said>,
{
    match (typed, set) {
        (Some(typed), _) => Ok(typed),
        (None, Some(set)) => set.parse().map_err(|error| in_settings(Failure::usage(error))),
        (None, None) => Ok(default()),
    }
}

/// What is wrong with a name stands in the settings file.
fn in_settings(Failure { exit, message }: Failure) -> Failure {
    let told = match message {
        Told::Said(lines) => lines,
        Told::Text(text) => vec![Said::new("file-text").with("text", text)],
    };
    let in_file = |line| Said::new("file-settings").with("told", line);
    Failure { exit, message: told.into_iter().map(in_file).collect::<Vec<_>>().into() }
}
