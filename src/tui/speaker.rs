//! The second terminal: what the speaker sees while the first one shows the stage to a room.

use super::app::App;
use super::input::{self, Incoming, Reader};
use super::keys::Action;
use super::msg::Msg;
use super::panes::{Window, scroll_marks};
use super::prose;
use super::run::Leave;
use super::terminal::{Tty, guard_panics};
use super::text;
use super::theme::Slot;
use crate::report::speech::{Speech, SpeechChapter};
use crate::words::safe;
use crossbeam_channel::{Receiver, select, unbounded};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::Widget;
use std::io;

/// What is heard of the presentation; `None`: there is none now.
pub type Heard = Option<Speech>;

/// What is on the speaker's screen.
#[derive(Debug, Default)]
pub struct Speaker {
    heard: Heard,
    scroll: usize,
}

/// Shows the speaker's notes until they are left. `app` knows the language, the colours and the signs.
pub fn read(mut app: App, heard: &Receiver<Heard>) -> io::Result<Leave> {
    guard_panics();
    let mut tty = Tty::take(false)?;
    let (sender, incoming) = unbounded();
    input::watch_signals(sender.clone())?;
    let reader = Reader::start(sender)?;
    app.size = tty.size()?;
    let mut speaker = Speaker::default();
    loop {
        tty.draw_with(|frame| {
            let area = frame.area();
            speaker.render(frame.buffer_mut(), area, &app);
        })?;
        select! {
            recv(heard) -> speech => match speech {
                Ok(speech) => speaker.hear(speech),
                Err(_) => return Ok(Leave::Quit),
            },
            recv(incoming) -> came => match came {
                Ok(Incoming::Msg(msg)) => {
                    if speaker.takes(&mut app, &msg) {
                        return Ok(Leave::Quit);
                    }
                }
                Ok(Incoming::End(signal)) => return Ok(Leave::Signal(signal)),
                Ok(Incoming::Stop) => reader.paused(|| tty.lend(input::stop_process))?,
                Ok(Incoming::Lost(error)) => return Err(error),
                Err(_) => return Err(io::Error::other("nobody reads the terminal any more")),
            },
        }
    }
}

impl Speaker {
    /// Something was heard. A new step is read from its beginning.
    pub fn hear(&mut self, heard: Heard) {
        let place = |heard: &Heard| heard.as_ref().map(|speech| (speech.target.clone(), speech.step, speech.chapter));
        if place(&self.heard) != place(&heard) {
            self.scroll = 0;
        }
        self.heard = heard;
    }

    /// A key. True when it leaves.
    pub fn takes(&mut self, app: &mut App, msg: &Msg) -> bool {
        match msg {
            Msg::Resize(columns, rows) => app.size = (*columns, *rows),
            Msg::Key(key) => {
                let rows = usize::from(app.size.1).saturating_sub(3).max(1);
                match app.keymap.binding(super::app::Screen::Gallery, key).map(|row| row.action) {
                    Some(Action::Leave | Action::Quit) => return true,
                    Some(Action::Up) => self.scroll = self.scroll.saturating_sub(1),
                    Some(Action::Down) => self.scroll += 1,
                    Some(Action::PageUp) => self.scroll = self.scroll.saturating_sub(rows),
                    Some(Action::PageDown) => self.scroll += rows,
                    _ => {}
                }
                let area = Rect::new(0, 0, app.size.0, app.size.1);
                let last = self.lines(app, usize::from(area.width)).len().saturating_sub(usize::from(area.height));
                self.scroll = self.scroll.min(last);
            }
            _ => {}
        }
        false
    }

    /// Draws it.
    pub fn render(&self, buffer: &mut Buffer, area: Rect, app: &App) {
        buffer.set_style(area, app.theme().style(Slot::Text));
        let lines = self.lines(app, usize::from(area.width));
        let window = Window::from(lines.len(), usize::from(area.height), self.scroll);
        for (y, line) in (area.y..area.bottom()).zip(lines.get(window.range()).unwrap_or(&[])) {
            line.render(Rect { y, height: 1, ..area }, buffer);
        }
        scroll_marks(buffer, area, app, window);
    }

    fn lines(&self, app: &App, cells: usize) -> Vec<Line<'static>> {
        let cells = cells.saturating_sub(1).max(2);
        let mut page = Page { app, cells, lines: Vec::new() };
        match &self.heard {
            Some(speech) => page.speech(speech),
            None => page.prose(&app.words.t("presenter-waiting")),
        }
        page.lines
    }
}

struct Page<'a> {
    app: &'a App,
    cells: usize,
    lines: Vec<Line<'static>>,
}

impl Page<'_> {
    /// What matters now comes first.
    fn speech(&mut self, speech: &Speech) {
        let words = &self.app.words;
        let args = [
            ("title", speech.title.as_str().into()),
            ("step", speech.step.to_string().into()),
            ("status", speech.status.as_str().into()),
        ];
        self.styled(&words.with("presenter-head", &args), Slot::Bar);
        self.styled(&speech.told, Slot::Narration);
        if speech.chapter == SpeechChapter::Brief {
            self.part("presenter-brief", &speech.brief);
            self.questions(speech);
        }
        for note in speech.notes.iter().filter(|note| note.step == speech.step) {
            self.part("presenter-note", &note.text);
        }
        if speech.chapter == SpeechChapter::Explanation {
            self.part("presenter-explanation", &speech.explanation);
        }
        self.list("presenter-next-title", &speech.next);
        self.list("presenter-findings", &speech.findings);
        let earlier: Vec<String> = speech
            .notes
            .iter()
            .rev()
            .filter(|note| note.step != speech.step)
            .map(|note| {
                words.with("plain-step", &[("n", note.step.to_string().into()), ("text", note.text.as_str().into())])
            })
            .collect();
        self.list("presenter-earlier", &earlier);
        if speech.chapter == SpeechChapter::Notes {
            self.part("presenter-explanation", &speech.explanation);
        }
    }

    fn questions(&mut self, speech: &Speech) {
        if speech.questions.is_empty() {
            return;
        }
        self.heading("presenter-questions");
        for question in &speech.questions {
            self.prose(&format!("- {}", safe(&question.text)));
            let key = if question.answers.is_empty() { "presenter-unanswered" } else { "presenter-answer" };
            let answers = ("answers", self.app.words.list(&question.answers).into());
            self.styled(&format!("  {}", self.app.words.with(key, &[answers])), Slot::Good);
        }
    }

    fn heading(&mut self, key: &str) {
        self.lines.push(Line::default());
        let style = self.app.theme().style(Slot::Title).add_modifier(Modifier::BOLD);
        self.lines.push(Line::styled(text::fit(&self.app.words.t(key), self.cells, "").into_owned(), style));
    }

    /// A text with its heading, if there is one.
    fn part(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.heading(key);
            self.prose(text);
        }
    }

    fn list(&mut self, key: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.heading(key);
            for text in texts {
                self.prose(&format!("- {text}"));
            }
        }
    }

    fn prose(&mut self, text: &str) {
        self.lines.extend(prose::layout(text, self.cells, self.app.theme(), self.app.glyphs().bullet));
    }

    fn styled(&mut self, text: &str, slot: Slot) {
        let style = self.app.theme().style(slot);
        let lines = prose::wrap(&safe(text), self.cells);
        self.lines.extend(lines.into_iter().map(|line| Line::styled(line, style)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::speech::{SpokenNote, SpokenQuestion};
    use crate::tui::testing::press;
    use crate::words::{Lang, Words};
    use insta::assert_snapshot;
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    fn speech() -> Speech {
        let note = |step, text: &str| SpokenNote { step, text: text.to_owned() };
        Speech {
            target: "deadlock/opposite".to_owned(),
            title: "Two locks: Opposite order".to_owned(),
            chapter: SpeechChapter::Notes,
            step: 4,
            status: "PAUSED".to_owned(),
            told: "B takes lock_b.".to_owned(),
            brief: "Watch **both** locks.".to_owned(),
            explanation: "Each held what the other one wanted.".to_owned(),
            notes: vec![note(3, "A has one."), note(4, "B comes from `the other side`.")],
            questions: vec![
                SpokenQuestion { text: "Can it hang?".to_owned(), answers: vec!["yes".to_owned()] },
                SpokenQuestion { text: "Who can go on?".to_owned(), answers: Vec::new() },
            ],
            next: vec!["A first, line 10: print".to_owned(), "B second, line 17: print\x1b[2J".to_owned()],
            findings: vec!["Lock order: 锁的顺序相反".to_owned()],
            ..Speech::default()
        }
    }

    fn screen(speaker: &Speaker, app: &App) -> String {
        let area = Rect::new(0, 0, app.size.0, app.size.1);
        let mut buffer = Buffer::empty(area);
        speaker.render(&mut buffer, area, app);
        let is_second = |x: u16, y| x > 0 && text::width(buffer[(x - 1, y)].symbol()) > 1;
        let row = |y| {
            let seen = (0..area.width).filter(|x| !is_second(*x, y));
            seen.map(|x| buffer[(x, y)].symbol()).collect::<String>()
        };
        let rows: Vec<String> = (0..area.height).map(|y| row(y).trim_end().to_owned()).collect();
        rows.join("\n") + "\n"
    }

    #[test]
    fn the_speaker_sees_what_matters_first() {
        for lang in Lang::ALL {
            for size in [(80, 24), (40, 10)] {
                let mut app = App::new(size);
                app.words = Words::new(lang);
                let mut speaker = Speaker::default();
                let name = |what| format!("speaker-{what}-{}-{}x{}", lang.code(), size.0, size.1);
                assert_snapshot!(name("waiting"), screen(&speaker, &app));
                speaker.hear(Some(Speech { chapter: SpeechChapter::Brief, notes: Vec::new(), step: 0, ..speech() }));
                assert_snapshot!(name("brief"), screen(&speaker, &app));
                speaker.hear(Some(speech()));
                assert_snapshot!(name("during"), screen(&speaker, &app));
                speaker.hear(Some(Speech { chapter: SpeechChapter::Explanation, ..speech() }));
                assert_snapshot!(name("after"), screen(&speaker, &app));
            }
        }
    }

    #[test]
    fn a_new_step_is_read_from_its_beginning() {
        let mut app = App::new((40, 10));
        let mut speaker = Speaker::default();
        speaker.hear(Some(speech()));
        let top = screen(&speaker, &app);
        let key = |code| Msg::Key(KeyEvent::new(code, KeyModifiers::NONE));
        for _ in 0..100 {
            assert!(!speaker.takes(&mut app, &key(KeyCode::Down)));
        }
        let bottom = screen(&speaker, &app);
        assert!(bottom.contains("wanted."), "{bottom}");
        speaker.hear(Some(speech()));
        assert_eq!(screen(&speaker, &app), bottom);
        speaker.hear(Some(Speech { step: 5, ..speech() }));
        speaker.hear(Some(speech()));
        assert_eq!(screen(&speaker, &app), top);
        assert!(speaker.takes(&mut app, &key(KeyCode::Char('q'))));
    }

    #[test]
    fn nothing_is_told_that_is_not_presented() {
        let mut app = App::new((80, 24));
        assert_eq!(super::super::lectern::speech(&app), None);
        press(&mut app, KeyCode::Char('P'));
        assert_eq!(super::super::lectern::speech(&app), None);
    }
}
