//! Exports for which the interface is drawn: what the command line says about how.

use super::options::Export;
use crate::cli::Context;
use crate::ids::Step;
use crate::lang;
use crate::model::Recording;
use crate::report::export::cast::{self, Pace};
use crate::report::export::palette::Shade;
use crate::report::export::svg::{self, Caption};
use crate::source::Token;
use crate::trace::{Language, Moment, lines_read};
use crate::tui::glyph::GlyphSet;
use crate::tui::offstage::{Offstage, Setting};
use crate::tui::text;
use crate::tui::theme::ThemeName;
use std::io::{self, Write};

/// The timeline, or the interface at one step.
pub(super) fn svg(recording: &Recording, asked: &Export, context: &Context, out: &mut dyn Write) -> io::Result<()> {
    let Some(step) = asked.frame.map(Step) else {
        // Slides and papers are white more often than not.
        let shade = shade(context, context.typed_theme.unwrap_or(ThemeName::Light));
        return svg::timeline::write(recording, shade, &context.words, out);
    };
    let setting = setting(recording, asked, context, step);
    let shade = shade(context, setting.theme);
    let mut stage = Offstage::new(recording, tokens(recording), setting);
    stage.go_to(step);
    let args = [("target", (&*recording.header.target).into()), ("step", step.0.to_string().into())];
    let caption = Caption {
        title: context.words.with("svg-frame-title", &args),
        about: stage.narration(),
        lang: context.words.lang(),
    };
    svg::frame::write(&stage.screen(), shade, &caption, out)
}

/// The interface as a film.
pub(super) fn cast(recording: &Recording, asked: &Export, context: &Context, out: &mut dyn Write) -> io::Result<()> {
    let setting = Setting { playing: true, ..setting(recording, asked, context, recording.history.last_step()) };
    let (shade, words) = (shade(context, setting.theme), setting.words.clone());
    let mut stage = Offstage::new(recording, tokens(recording), setting);
    cast::write(recording, &mut stage, Pace { speed: asked.speed }, shade, &words, out)
}

/// The interface as it is drawn at this step. What the terminal and the settings of whoever asks are like has nothing to
/// do with it.
fn setting(recording: &Recording, asked: &Export, context: &Context, step: Step) -> Setting {
    let size = asked.size.unwrap_or_default();
    let caption = again(recording, step).filter(|line| text::width(line) + 2 <= usize::from(size.columns));
    Setting {
        size: (size.columns, size.rows),
        words: context.words.clone(),
        theme: context.typed_theme.unwrap_or_default(),
        themes: context.themes.themes.clone(),
        glyphs: context.typed_glyphs.unwrap_or(GlyphSet::Unicode),
        playing: false,
        caption: caption.unwrap_or_default(),
    }
}

/// The program in pieces, for colouring.
fn tokens(recording: &Recording) -> Vec<Token> {
    match recording.header.language {
        Language::Python => lang::tokens(&recording.source),
        Language::Rust => Vec::new(),
    }
}

/// The command that leads to this step again, if there is one.
fn again(recording: &Recording, step: Step) -> Option<String> {
    let header = &recording.header;
    if header.is_live() || header.language != Language::Python || header.target.is_empty() {
        return None;
    }
    let lines = lines_read(&header.inputs, &recording.inputs);
    let moment = Moment::of(header, recording.history.schedule(step), lines);
    // The line has neither quotes nor ends of lines in it.
    Some(format!("lockstep '{moment}'"))
}

/// What a theme is drawn on, where a terminal has a ground of its own.
fn shade(context: &Context, theme: ThemeName) -> Shade {
    // Print is what no colour is for.
    let bright = theme == ThemeName::Mono || context.themes.themes.theme(theme).is_bright();
    if bright { Shade::Light } else { Shade::Dark }
}
