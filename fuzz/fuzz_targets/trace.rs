//! Any bytes as a trace: the reader keeps its promises, and the model, the detectors, the exports and the stage take what
//! comes of it.

#![no_main]

#[path = "../../tests/trace/promises.rs"]
mod promises;

use lockstep::lang;
use lockstep::model::Recording;
use lockstep::report::export::palette::Shade;
use lockstep::report::export::{Steps, csv, dot, html, mermaid, perfetto, svg};
use lockstep::trace::Reader;
use lockstep::tui::glyph::GlyphSet;
use lockstep::tui::offstage::{Offstage, Setting};
use lockstep::tui::theme::ThemeName;
use lockstep::words::{Lang, Words};
use std::io::{self, Cursor};
use std::sync::LazyLock;

/// Reading the catalogues takes longer than a whole trace.
static WORDS: LazyLock<[Words; 2]> = LazyLock::new(|| [Words::new(Lang::En), Words::new(Lang::Zh)]);

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if !promises::hold(bytes) {
        return;
    }
    let Ok(reader) = Reader::new(Cursor::new(bytes.to_vec())) else { return };
    let (recording, _) = Recording::read(reader);
    // Each input in one language, both in turn.
    exports(&recording, &WORDS[bytes.len() % 2]).expect("nothing that is written here can fail");
    stage(&recording, &WORDS[bytes.len() % 2]);
});

fn exports(recording: &Recording, words: &Words) -> io::Result<()> {
    let out = &mut io::sink();
    csv::write(recording, Steps::ALL, words, out)?;
    dot::write(recording, recording.history.last_step(), words, out)?;
    html::write(recording, words, out)?;
    mermaid::write(recording, Steps::ALL, words, out)?;
    perfetto::write(recording, words, out)?;
    svg::timeline::write(recording, Shade::Light, words, out)
}

/// The whole interface, at the last step.
fn stage(recording: &Recording, words: &Words) {
    let setting = Setting {
        size: (100, 30),
        words: words.clone(),
        theme: ThemeName::Ansi,
        glyphs: GlyphSet::Unicode,
        playing: false,
        caption: String::new(),
    };
    let mut stage = Offstage::new(recording, lang::tokens(&recording.source), setting);
    stage.go_to(recording.history.last_step());
    let _ = (stage.screen(), stage.narration());
}
