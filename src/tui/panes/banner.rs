//! The line below the top one in a challenge: what is wanted, how many moves it took, how it stands.

use super::pen::Pen;
use crate::tui::app::App;
use crate::tui::screens::stage::Stage;
use crate::tui::screens::stage::challenge::Tone;
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// So much of what is wanted is shown, whatever else there is.
const AIM_LEAST: usize = 12;

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let Some([title, aim]) = stage.challenge_words(&app.words) else { return };
    let (theme, width) = (app.theme(), usize::from(area.width));
    let (status, tone) = stage.challenge_status(&app.words);
    let (sign, slot) = match tone {
        Tone::Plain => ("", Slot::Text),
        Tone::Good => (app.glyphs().yes, Slot::Good),
        Tone::Bad => (app.glyphs().no, Slot::Error),
    };
    let status = [sign, &status].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let mut room = width.saturating_sub(2 + text::width(&status) + 2 * usize::from(!status.is_empty()));
    let wanted = text::width(&title);
    let mut score = stage.challenge_score(&app.words);
    let beside = |score: &[String]| score.iter().map(|part| text::width(part) + 2).sum::<usize>();
    // The moves are what it is about; the rest gives way to what is wanted.
    while score.len() > 1 && wanted + beside(&score) > room {
        score.pop();
    }
    if score.len() == 1 && AIM_LEAST + beside(&score) > room {
        score.clear();
    }
    room = room.saturating_sub(beside(&score));
    let mut pen = Pen::new(buffer, area, 0, app.glyphs().cut);
    pen.skip(1);
    pen.field(if wanted > room { &aim } else { &title }, room, theme.style(Slot::Title));
    for part in &score {
        pen.skip(2);
        pen.put(part, theme.style(Slot::Text));
    }
    if !status.is_empty() {
        pen.skip(2);
        pen.put(&status, theme.style(slot).add_modifier(Modifier::BOLD));
    }
}
