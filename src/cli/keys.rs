//! `lockstep keys`.

use super::exit::{Exit, Failure, Outcome};
use super::{Context, settings};
use crate::tui::keymap::Keymap;
use crate::tui::keys::{Binding, KEYS, Where};
use crate::tui::text;
use serde::Serialize;
use std::io::{self, Write};

/// How the keys are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Json,
    /// As a file to begin with.
    Toml,
}

pub(super) fn keys(context: &Context, form: Form, out: &mut dyn Write) -> Outcome {
    // Somebody may be looking for what is wrong with the file.
    let keymap = settings::keymap().unwrap_or_else(|mistake| {
        super::warn(&mistake.lines, &context.words);
        Keymap::default()
    });
    match form {
        Form::Text => table(context, &keymap, out)?,
        Form::Json => json(context, &keymap, out)?,
        Form::Toml => file(context, &keymap, out)?,
    }
    Ok(Exit::Done)
}

/// The rows of each screen, with the place of each in the table.
fn screens() -> impl Iterator<Item = (Where, Vec<(usize, &'static Binding)>)> {
    Where::ALL.into_iter().map(|on| (on, KEYS.iter().enumerate().filter(|(_, row)| row.on == on).collect()))
}

fn table(context: &Context, keymap: &Keymap, out: &mut dyn Write) -> io::Result<()> {
    let shown: Vec<String> = KEYS.iter().map(|row| keymap.shown(row)).collect();
    let keys = shown.iter().map(|keys| text::width(keys)).max().unwrap_or(0);
    let names = KEYS.iter().map(|row| row.name().len()).max().unwrap_or(0);
    for (on, rows) in screens() {
        writeln!(out, "[{}] {}", on.name(), context.words.t(on.words()))?;
        for (place, row) in rows {
            let mark = if keymap.is_changed(place) { '*' } else { ' ' };
            let blanks = " ".repeat(keys - text::width(&shown[place]));
            let does = context.words.t(row.words);
            writeln!(out, "{mark} {}{blanks}  {:names$}  {does}", shown[place], row.name())?;
        }
        writeln!(out)?;
    }
    let file = settings::key_file().map_or_else(String::new, |path| path.display().to_string());
    writeln!(out, "{}", context.words.with("keys-how", &[("file", file.into())]))
}

#[derive(Serialize)]
struct Row<'a> {
    screen: &'static str,
    name: &'static str,
    keys: Vec<&'a str>,
    changed: bool,
    does: String,
}

#[derive(Serialize)]
struct Report<'a> {
    lockstep: u32,
    keys: Vec<Row<'a>>,
}

fn json(context: &Context, keymap: &Keymap, out: &mut dyn Write) -> Result<(), Failure> {
    let shown: Vec<String> = KEYS.iter().map(|row| keymap.shown(row)).collect();
    let row = |(place, row): (usize, &'static Binding)| Row {
        screen: row.on.name(),
        name: row.name(),
        keys: shown[place].split(' ').filter(|key| !key.is_empty()).collect(),
        changed: keymap.is_changed(place),
        does: context.words.t(row.words),
    };
    let report = Report { lockstep: 1, keys: screens().flat_map(|(_, rows)| rows).map(row).collect() };
    serde_json::to_writer_pretty(&mut *out, &report).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Every row in a comment, ready to be changed.
fn file(context: &Context, keymap: &Keymap, out: &mut dyn Write) -> io::Result<()> {
    for (on, rows) in screens() {
        writeln!(out, "[{}]", on.name())?;
        for (place, row) in rows {
            let sign = if keymap.is_changed(place) { "" } else { "# " };
            let keys: Vec<String> =
                keymap.chords(place).iter().map(|chord| format!("{:?}", chord.to_string())).collect();
            writeln!(out, "{sign}{} = [{}]  # {}", row.name(), keys.join(", "), context.words.t(row.words))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
