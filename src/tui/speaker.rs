//! The second terminal: what the speaker sees while the first one shows the stage to a room, in the language of the stage.

use super::app::{App, Screen};
use super::input::{self, Incoming, Reader};
use super::keys::{Action, KEYS};
use super::msg::Msg;
use super::panes::{Pen, Window, scroll_marks};
use super::prose;
use super::run::Leave;
use super::terminal::{Tty, guard_panics};
use super::text;
use super::theme::Slot;
use crate::report::speech::{Speech, SpeechChapter};
use crate::said::Said;
use crate::words::{Words, safe};
use crossbeam_channel::{Receiver, select, unbounded};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::Widget;
use std::io;

/// What is heard of the presentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Heard {
    /// There is none now.
    #[default]
    Nothing,
    /// So many are listening, and there is no room for this one.
    Full(u32),
    State(Box<Speech>),
}

impl Heard {
    fn state(&self) -> Option<&Speech> {
        match self {
            Heard::State(speech) => Some(speech),
            Heard::Nothing | Heard::Full(_) => None,
        }
    }
}

/// What is on the speaker's screen.
#[derive(Debug, Default)]
pub struct Speaker {
    heard: Heard,
    scroll: usize,
    /// Somebody has asked for another language, and it is that of the stage.
    asked_language: bool,
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
                Ok(heard) => speaker.hear(&mut app, heard),
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
                Err(_) => return Err(io::Error::other(Said::new("terminal-unread"))),
            },
        }
    }
}

impl Speaker {
    /// Something was heard. A new step is read from its beginning, and everything in the language it is told in.
    pub fn hear(&mut self, app: &mut App, heard: Heard) {
        let place = |heard: &Heard| heard.state().map(|speech| (speech.target.clone(), speech.step, speech.chapter));
        if place(&self.heard) != place(&heard) {
            self.scroll = 0;
        }
        if let Some(lang) = heard.state().and_then(Speech::language) {
            app.words = Words::new(lang);
        }
        self.heard = heard;
    }

    /// A key. True when it leaves.
    pub fn takes(&mut self, app: &mut App, msg: &Msg) -> bool {
        match msg {
            Msg::Resize(columns, rows) => app.size = (*columns, *rows),
            Msg::Key(key) => {
                self.asked_language = false;
                let (body, _) = parts(Rect::new(0, 0, app.size.0, app.size.1));
                let rows = usize::from(body.height).saturating_sub(2).max(1);
                match app.keymap.binding(Screen::Gallery, key).map(|row| row.action) {
                    Some(Action::Leave | Action::Quit) => return true,
                    Some(Action::Up) => self.scroll = self.scroll.saturating_sub(1),
                    Some(Action::Down) => self.scroll += 1,
                    Some(Action::PageUp) => self.scroll = self.scroll.saturating_sub(rows),
                    Some(Action::PageDown) => self.scroll += rows,
                    Some(Action::Theme) => app.theme_name = app.themes.next(app.theme_name),
                    Some(Action::Language) if self.heard.state().is_some() => self.asked_language = true,
                    Some(Action::Language) => app.words = Words::new(app.words.lang().next()),
                    _ => {}
                }
                let last = self.lines(app, usize::from(body.width)).len().saturating_sub(usize::from(body.height));
                self.scroll = self.scroll.min(last);
            }
            _ => {}
        }
        false
    }

    /// Draws it.
    pub fn render(&self, buffer: &mut Buffer, area: Rect, app: &App) {
        buffer.set_style(area, app.theme().style(Slot::Text));
        let (body, footer) = parts(area);
        let lines = self.lines(app, usize::from(body.width));
        let window = Window::from(lines.len(), usize::from(body.height), self.scroll);
        for (y, line) in (body.y..body.bottom()).zip(lines.get(window.range()).unwrap_or(&[])) {
            line.render(Rect { y, height: 1, ..body }, buffer);
        }
        scroll_marks(buffer, body, app, window);
        if let Some(footer) = footer {
            self.footer(buffer, footer, app);
        }
    }

    /// The keys there are, or why one of them does nothing.
    fn footer(&self, buffer: &mut Buffer, area: Rect, app: &App) {
        let theme = app.theme();
        let mut pen = Pen::new(buffer, area, 0, app.glyphs().cut);
        pen.skip(1);
        if self.asked_language {
            pen.put(&app.words.t("reader-language"), theme.style(Slot::Narration));
            return;
        }
        let key = |action| app.keymap.key_for(Screen::Gallery, action);
        let scroll = format!("{} {}", key(Action::Up), key(Action::Down));
        let leave = KEYS.iter().find(|row| row.action == Action::Leave).map(|row| app.keymap.shown(row));
        let entries = [
            (leave.unwrap_or_default(), "reader-leave"),
            (scroll, "reader-scroll"),
            (key(Action::Theme), "reader-theme"),
        ];
        for (keys, words) in entries.iter().filter(|(keys, _)| !keys.trim().is_empty()) {
            pen.put(keys, theme.style(Slot::Key));
            pen.put(&format!(" {}", app.words.t(words)), theme.style(Slot::Text));
            pen.skip(2);
        }
    }

    fn lines(&self, app: &App, cells: usize) -> Vec<Line<'static>> {
        let cells = cells.saturating_sub(1).max(2);
        let mut page = Page { app, cells, lines: Vec::new() };
        match &self.heard {
            Heard::State(speech) => page.speech(speech),
            Heard::Full(readers) => page.prose(&app.words.with("presenter-full", &[("n", (*readers).into())])),
            Heard::Nothing => page.prose(&app.told(&app.words.t("presenter-waiting"))),
        }
        page.lines
    }
}

/// The notes, and the row of the keys where there is room for one.
fn parts(area: Rect) -> (Rect, Option<Rect>) {
    if area.height < 4 {
        return (area, None);
    }
    let body = Rect { height: area.height - 1, ..area };
    (body, Some(Rect { y: body.bottom(), height: 1, ..area }))
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
            self.styled(&format!("  {}", self.app.told(&self.app.words.with(key, &[answers]))), Slot::Good);
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
                let heard = |speech| Heard::State(Box::new(Speech { lang: lang.code().to_owned(), ..speech }));
                let brief = Speech { chapter: SpeechChapter::Brief, notes: Vec::new(), step: 0, ..speech() };
                speaker.hear(&mut app, heard(brief));
                assert_snapshot!(name("brief"), screen(&speaker, &app));
                speaker.hear(&mut app, heard(speech()));
                assert_snapshot!(name("during"), screen(&speaker, &app));
                speaker.hear(&mut app, heard(Speech { chapter: SpeechChapter::Explanation, ..speech() }));
                assert_snapshot!(name("after"), screen(&speaker, &app));
            }
        }
    }

    #[test]
    fn a_new_step_is_read_from_its_beginning() {
        let mut app = App::new((40, 10));
        let mut speaker = Speaker::default();
        speaker.hear(&mut app, Heard::State(Box::new(speech())));
        let top = screen(&speaker, &app);
        let key = |code| Msg::Key(KeyEvent::new(code, KeyModifiers::NONE));
        for _ in 0..100 {
            assert!(!speaker.takes(&mut app, &key(KeyCode::Down)));
        }
        let bottom = screen(&speaker, &app);
        assert!(bottom.contains("wanted."), "{bottom}");
        speaker.hear(&mut app, Heard::State(Box::new(speech())));
        assert_eq!(screen(&speaker, &app), bottom);
        speaker.hear(&mut app, Heard::State(Box::new(Speech { step: 5, ..speech() })));
        speaker.hear(&mut app, Heard::State(Box::new(speech())));
        assert_eq!(screen(&speaker, &app), top);
        assert!(speaker.takes(&mut app, &key(KeyCode::Char('q'))));
    }

    #[test]
    fn the_language_is_that_of_the_stage() {
        let mut app = App::new((80, 24));
        let mut speaker = Speaker::default();
        let key = |c| Msg::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        let in_lang = |lang: &str| Heard::State(Box::new(Speech { lang: lang.to_owned(), ..speech() }));
        // Before there is a stage it is one's own.
        assert!(screen(&speaker, &app).contains("Esc q Leave"));
        assert!(!speaker.takes(&mut app, &key('L')));
        assert!(screen(&speaker, &app).contains("现在没有演示"));
        speaker.hear(&mut app, in_lang("en"));
        assert!(screen(&speaker, &app).contains("What comes next"));
        speaker.takes(&mut app, &key('L'));
        assert!(screen(&speaker, &app).contains("What comes next"));
        assert!(screen(&speaker, &app).contains("change it there."));
        speaker.hear(&mut app, in_lang("zh"));
        speaker.takes(&mut app, &key('t'));
        let shown = screen(&speaker, &app);
        assert!(shown.contains("接下来") && shown.contains("离开") && !shown.contains("What"), "{shown}");
        assert_ne!(app.theme_name, App::new((80, 24)).theme_name);
        // A language that there are no words for changes nothing.
        speaker.hear(&mut app, in_lang("fr"));
        assert_eq!(screen(&speaker, &app), shown);
    }

    #[test]
    fn who_finds_no_room_is_told_so() {
        let mut app = App::new((80, 24));
        let mut speaker = Speaker::default();
        speaker.hear(&mut app, Heard::Full(8));
        assert!(screen(&speaker, &app).starts_with("8 are listening"));
    }

    #[test]
    fn nothing_is_told_that_is_not_presented() {
        let mut app = App::new((80, 24));
        assert_eq!(super::super::lectern::speech(&app), None);
        press(&mut app, KeyCode::Char('P'));
        assert_eq!(super::super::lectern::speech(&app), None);
    }
}
