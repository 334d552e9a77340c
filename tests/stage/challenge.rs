//! The person is the scheduler: challenges as (state, keys, screen), over the real session and the real search.

use crate::styles::THEMES;
use crate::{Desk, loaded};
use insta::assert_snapshot;
use lockstep::explore::{Progress, Pursuit};
use lockstep::report::diff::Paired;
use lockstep::session::{Control, Handle, LiveOptions, Update, spawn};
use lockstep::tui::glyph::GlyphSet;
use lockstep::tui::loader::Loaded;
use lockstep::tui::screens::explore::Told;
use lockstep::tui::screens::stage::Stage;
use lockstep::tui::theme::ThemeName;
use lockstep::tui::{App, Effect, Msg, Screen};
use std::sync::Arc;
use std::time::Duration;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 32), (40, 10)];

const RACE: &str = "\
from threading import Thread
n = 0
def work():
    global n
    n += 1
threads = [Thread(target=work), Thread(target=work)]
for thread in threads: thread.start()
for thread in threads: thread.join()
";

/// A file with this text: nothing is known of it but what it does.
fn program(text: &str) -> Loaded {
    crate::loaded_text(text)
}

/// A desk with everything the interface asks for, which works whenever somebody waits.
pub(crate) struct Class {
    pub(crate) desk: Desk,
    session: Option<Handle>,
    /// How often the session has yet to say that it rests.
    rests_due: u32,
    pursuit: Option<Pursuit>,
    /// Whether explorations, and ways, are found at once.
    explores: bool,
    finds: bool,
}

impl Class {
    pub(crate) fn new(size: (u16, u16), loaded: Loaded) -> Class {
        let mut desk = Desk { app: App::new(size), effects: Vec::new() };
        desk.send(Msg::Opened(Box::new(loaded)));
        let mut class = Class { desk, session: None, rests_due: 0, pursuit: None, explores: true, finds: true };
        class.work();
        class
    }

    /// Presses keys, and lets everything happen that comes of each.
    pub(crate) fn press(&mut self, keys: &str) {
        for key in crate::parse(keys) {
            self.desk.send(Msg::Key(key));
            self.work();
        }
    }

    fn work(&mut self) {
        loop {
            let effects = std::mem::take(&mut self.desk.effects);
            let done = effects.is_empty();
            for effect in effects {
                self.perform(effect);
            }
            if self.rests_due > 0 {
                let update = self.session.as_ref().unwrap().updates.recv_timeout(Duration::from_mins(1));
                let update = update.unwrap_or_else(|_| panic!("nothing happens any more:\n{}", self.screen()));
                self.rests_due -= u32::from(matches!(update, Update::Idle { .. }));
                self.desk.send(Msg::Update(update));
            } else if done {
                return;
            }
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Begin(start) => {
                self.rests_due = u32::from(start.live.is_none());
                self.session = Some(spawn(*start));
            }
            Effect::Send(control) => {
                let rests = matches!(
                    control,
                    Control::Run { .. } | Control::Choose { .. } | Control::Until { .. } | Control::Restart(_)
                );
                self.rests_due += u32::from(rests || matches!(control, Control::Input { .. }));
                self.session.as_ref().unwrap().controls.send(control).unwrap();
            }
            Effect::Survey(explorer, counted) if self.explores => {
                let found = explorer.run(&Progress::default());
                self.desk.send(Msg::Surveyed(Ok(Arc::new(Told::of(&explorer, found, counted)))));
            }
            Effect::Pursue(pursuit) => self.pursuit = Some(*pursuit),
            Effect::Seek(number, place) if self.finds => {
                let answer = self.pursuit.as_mut().unwrap().ask(&place, &Progress::default());
                self.desk.send(Msg::Answered((number, Ok(answer))));
            }
            Effect::EndPursuit => self.pursuit = None,
            Effect::Open(request) => self.desk.send(Msg::Opened(Box::new(crate::loaded(&request.target)))),
            Effect::OpenOther(request) => self.desk.send(Msg::OtherOpened(Box::new(crate::loaded(&request.target)))),
            Effect::Pair(duel) => {
                self.desk.send(Msg::Paired(Ok(Box::new(Paired::of(duel.run(&Progress::default()))))));
            }
            _ => {}
        }
    }

    fn screen(&self) -> String {
        self.desk.screen()
    }

    /// The line that says how the challenge stands.
    pub(crate) fn banner(&self) -> String {
        self.screen().lines().nth(1).unwrap().trim().to_owned()
    }

    fn narration(&self) -> String {
        self.stage().narration(&self.desk.app.words, &self.desk.app.keymap)
    }

    pub(crate) fn stage(&self) -> &Stage {
        self.desk.app.stage.as_ref().unwrap()
    }
}

/// In each of the sizes, in English and in Chinese.
fn everywhere(name: &str, loaded: fn() -> Loaded, keys: &str) {
    for size in SIZES {
        let mut class = Class::new(size, loaded());
        class.press(keys);
        assert_snapshot!(format!("challenge_{name}_en_{}x{}", size.0, size.1), class.screen());
        let mut class = Class::new(size, loaded());
        class.press("L");
        class.press(keys);
        assert_snapshot!(format!("challenge_{name}_zh_{}x{}", size.0, size.1), class.screen());
    }
}

fn philosophers() -> Loaded {
    loaded("philosophers/naive")
}

fn ordered() -> Loaded {
    loaded("philosophers/ordered")
}

/// Keys that lead to the deadlock at par: the digits of a shortest way, which the hints tell.
pub(crate) fn way(class: &mut Class) -> String {
    let mut keys = String::new();
    for _ in 0..200 {
        class.press("H");
        let Some(thread) = class.stage().hinted() else { return keys };
        let key = thread.0.to_string();
        class.press(&key);
        keys.push_str(&key);
    }
    panic!("no end:\n{}", class.screen());
}

fn solved(loaded: Loaded, menu: &str) -> String {
    let mut class = Class::new((80, 24), loaded);
    class.press(menu);
    way(&mut class)
}

#[test]
fn what_may_be_wanted_is_offered() {
    everywhere("menu", philosophers, "c");
    let mut class = Class::new((80, 24), program(RACE));
    class.press("c");
    assert_snapshot!("challenge_menu_race_80x24", class.screen());
}

#[test]
fn a_challenge_begins() {
    everywhere("begun", philosophers, "c<Enter>");
}

#[test]
fn on_the_way() {
    everywhere("midway", philosophers, "c<Enter><Right><Right><Right>1");
}

#[test]
fn a_hint_is_the_next_step_of_a_shortest_way() {
    everywhere("hint", philosophers, "c<Enter><Right><Right>H");
}

#[test]
fn a_hint_may_be_wanted_before_the_run_has_begun() {
    let mut class = Class::new((80, 24), philosophers());
    class.press("c");
    // Both keys are there before the session says anything.
    class.desk.press("<Enter>H");
    class.work();
    assert!(class.banner().contains("1 hint"), "{}", class.screen());
    assert!(class.narration().starts_with("Hint: "), "{}", class.screen());
    class.press("r");
    assert!(!class.banner().contains("hint"), "{}", class.screen());
}

/// In front of a room the fact comes first.
#[test]
fn what_was_won_is_what_a_room_reads() {
    let keys = solved(philosophers(), "c<Enter>");
    let mut class = Class::new((80, 24), philosophers());
    class.press("Pc<Enter>");
    assert!(class.screen().contains("Challenge: ") && !class.screen().contains("Left takes"), "{}", class.screen());
    class.press(&keys);
    let screen = class.screen();
    assert!(screen.contains("Deadlock: A waits for") && !screen.contains("You did it"), "{screen}");
    assert_snapshot!("challenge_par_presented_80x24", screen);
    class.press("i");
    assert_snapshot!("challenge_par_revealed_80x24", class.screen());
}

#[test]
fn who_has_won_at_par_is_told_so() {
    let keys = solved(philosophers(), "c<Enter>");
    let mut class = Class::new((80, 24), philosophers());
    class.press("c<Enter>");
    class.press(&keys);
    assert!(class.banner().contains("WON AT PAR"), "{}", class.banner());
    let done = class.desk.app.progress.of("philosophers/naive").unwrap();
    let best = done.challenges.get("deadlock").unwrap();
    assert_eq!((best.moves, best.par), (3, Some(3)));
    for size in SIZES {
        class.desk.send(Msg::Resize(size.0, size.1));
        assert_snapshot!(format!("challenge_par_en_{}x{}", size.0, size.1), class.screen());
        class.press("L");
        assert_snapshot!(format!("challenge_par_zh_{}x{}", size.0, size.1), class.screen());
        class.press("L");
    }
    class.desk.send(Msg::Resize(80, 24));
    class.desk.app.glyph_set = GlyphSet::Ascii;
    assert_snapshot!("challenge_par_ascii_80x24", class.screen());
    assert!(class.screen().replace("中文", "").is_ascii());
}

#[test]
fn moves_are_the_switches_of_the_run_and_are_taken_back_with_it() {
    // Both read, both write: 1. The first may make a step in between that it need not.
    let mut class = Class::new((120, 32), program(RACE));
    class.press("c<Down><Down><Enter>");
    assert!(class.banner().starts_with("Challenge: bring it to a good end with n = 1"), "{}", class.banner());
    assert!(class.banner().contains("0 switches, par 4"), "{}", class.banner());
    let keys = way(&mut class);
    assert!(
        class.banner().contains("4 switches, par 4") && class.banner().contains("WON AT PAR"),
        "{}",
        class.banner()
    );
    assert!(class.banner().contains("hints"), "{}", class.banner());
    class.press("<Left>");
    assert!(!class.banner().contains("WON"), "{}", class.banner());
    class.press("r");
    assert!(
        class.banner().contains("0 switches, par 4   0 steps") || class.banner().contains("0 switches, par 4  0 steps")
    );
    // The same with a detour: B begins before A has read, and goes on after it.
    let to_threads: String = keys.chars().take_while(|key| *key == '0').collect();
    class.press(&to_threads);
    let before = class.banner();
    class.press("1");
    assert_ne!(class.banner(), before);
    class.press("<Left>");
    assert_eq!(class.banner(), before, "what is taken back costs nothing");
}

#[test]
fn who_takes_more_moves_is_told_how_many_more() {
    let mut class = Class::new((120, 32), program(RACE));
    class.press("c<Down><Down><Down><Enter>");
    assert!(class.banner().contains("bring it to a good end with n = 2"), "{}", class.banner());
    // To and fro between the threads as long as that is possible and leads there, then as the hints say.
    let mut switches = 0;
    while switches < 2 {
        let last = class.stage().model().last;
        let mut other = class.stage().model().threads.iter().map(|thread| thread.id);
        let other = other.rfind(|id| Some(*id) != last && class.stage().choice_of(*id).is_some());
        match other {
            Some(other) if last.is_some() => {
                class.press(&other.0.to_string());
                if class.banner().contains("LOST") {
                    class.press("<Left><Right>");
                } else {
                    switches += 1;
                }
            }
            _ => class.press("<Right>"),
        }
    }
    way(&mut class);
    assert!(class.banner().contains("OVER PAR"), "{}", class.banner());
    assert_snapshot!("challenge_over_en_120x32", class.screen());
    class.press("L");
    assert_snapshot!("challenge_over_zh_120x32", class.screen());
}

#[test]
fn who_has_lost_is_told_at_once() {
    for (size, name) in [((80, 24), "80x24"), ((40, 10), "40x10")] {
        let mut class = Class::new(size, philosophers());
        class.press("c<Enter>");
        // Somebody eats.
        for _ in 0..60 {
            if class.banner().contains("LOST") {
                break;
            }
            class.press(
                if class.stage().model().threads.len() > 1
                    && class.stage().choice_of(lockstep::ids::ThreadId(1)).is_some()
                {
                    "1"
                } else {
                    "<Right>"
                },
            );
        }
        assert!(class.narration().contains("Nothing you do from here"), "{}", class.screen());
        assert_snapshot!(format!("challenge_lost_en_{name}"), class.screen());
        class.press("L");
        assert_snapshot!(format!("challenge_lost_zh_{name}"), class.screen());
        class.press("L<Left>");
        assert!(!class.banner().contains("LOST"), "{}", class.banner());
    }
}

#[test]
fn what_is_impossible_is_proved_to_whoever_has_tried() {
    let mut class = Class::new((80, 24), ordered());
    class.press("c<Enter>");
    assert!(class.banner().contains("par ?") && !class.banner().contains("PROVED"), "{}", class.banner());
    for _ in 0..400 {
        if class.stage().model().ended.is_some() {
            break;
        }
        let mut able = class.stage().model().threads.iter().map(|thread| thread.id);
        let able = able.rfind(|id| class.stage().choice_of(*id).is_some()).unwrap();
        class.press(&able.0.to_string());
    }
    assert!(class.banner().contains("PROVED IMPOSSIBLE"), "{}", class.screen());
    assert_snapshot!("challenge_impossible_en_80x24", class.screen());
    class.press("L");
    assert_snapshot!("challenge_impossible_zh_80x24", class.screen());
    // Who gives up hears it at once.
    let mut class = Class::new((120, 32), ordered());
    class.press("c<Enter>H");
    for (theme, name) in THEMES {
        class.desk.app.theme_name = theme;
        assert_eq!(class.desk.is_colourless(), theme == ThemeName::Mono);
        assert_snapshot!(format!("challenge_impossible_{name}_120x32"), class.desk.styled());
    }
}

#[test]
fn nobody_chooses_but_the_person() {
    let mut class = Class::new((80, 24), philosophers());
    class.press("c<Enter>");
    for keys in [" ", "e", "G", "<S-Right>", "s"] {
        class.press(keys);
        assert_eq!(class.stage().model().step.0, 0, "{keys}");
        assert!(class.narration().contains("nobody else chooses"), "{keys}: {}", class.narration());
        assert!(class.desk.app.overlays.is_empty());
    }
    // Right goes on with the same thread as long as that can; here nobody else could.
    class.press("<Right><Right>");
    assert_eq!(class.stage().model().step.0, 2);
}

#[test]
fn escape_leaves_the_challenge_first() {
    let mut class = Class::new((80, 24), philosophers());
    class.press("c<Enter><Right>");
    assert!(class.stage().is_challenged() && class.pursuit.is_some());
    class.press("<Esc>");
    assert!(!class.stage().is_challenged() && class.pursuit.is_none());
    assert_eq!(class.desk.app.screen, Screen::Stage);
    class.press("<Right>");
    assert_eq!(class.stage().model().step.0, 2, "the scheduler chooses again");
    class.press("H");
    assert!(class.narration().contains("c begins one"), "{}", class.narration());
    class.press("<Esc>");
    assert_eq!(class.desk.app.screen, Screen::Gallery);
}

#[test]
fn other_rules_and_other_programs_end_it() {
    let mut class = Class::new((80, 24), philosophers());
    class.press("c<Enter>ra<Down><Enter>");
    assert!(!class.stage().is_challenged() && class.pursuit.is_none(), "{}", class.screen());
    class.press("c<Enter>");
    assert!(class.stage().is_challenged());
    class.desk.send(Msg::Opened(Box::new(ordered())));
    class.work();
    assert!(!class.stage().is_challenged() && class.pursuit.is_none());
}

#[test]
fn real_threads_give_way_to_the_simulator() {
    let mut live = philosophers();
    live.start.live = Some(LiveOptions { pace: Duration::from_millis(1), speed: 1.0, show_gil: false, paused: true });
    let mut class = Class::new((80, 24), live);
    class.press("c<Enter>");
    // What the threads still said comes first.
    while class.stage().is_real() || !class.narration().contains("You are the scheduler") {
        let update = class.session.as_ref().unwrap().updates.recv_timeout(Duration::from_mins(1)).unwrap();
        class.desk.send(Msg::Update(update));
        class.work();
    }
    assert!(class.narration().contains("fresh run in the simulator"), "{}", class.narration());
    assert!(class.stage().is_challenged());
}

#[test]
fn who_cannot_wait_begins_without_par() {
    let mut class = Class::new((80, 24), philosophers());
    class.explores = false;
    class.press("c");
    assert!(class.narration().contains("c again"), "{}", class.narration());
    class.press("c");
    assert_snapshot!("challenge_menu_unexplored_80x24", class.screen());
    class.finds = false;
    class.press("<Enter>H");
    assert!(class.banner().contains("par ?") && class.narration().contains("Looking for a way"), "{}", class.screen());
    class.finds = true;
    class.press("<Right>H");
    assert!(class.narration().starts_with("Hint"), "{}", class.narration());
}

#[test]
fn a_program_that_reads_finds_the_end_of_its_input() {
    let text = "\
from threading import Thread
n = 0
def work():
    global n
    try:
        input()
    except EOFError:
        n = 1
thread = Thread(target=work)
thread.start()
n = 2
";
    let mut class = Class::new((80, 24), program(text));
    class.press("c<Down><Down><Enter>");
    assert!(class.banner().starts_with("Challenge: bring it to a good end with n = 1"), "{}", class.screen());
    way(&mut class);
    assert!(class.banner().contains("WON AT PAR"), "{}", class.screen());
}

#[test]
fn the_gallery_has_challenges_too() {
    let mut desk = Desk::new(80, 24);
    desk.press("<Esc>");
    assert_eq!(desk.app.screen, Screen::Gallery);
    desk.effects.clear();
    desk.press("c");
    assert!(matches!(desk.effects[..], [Effect::Open(_)]));
    desk.send(Msg::Opened(Box::new(philosophers())));
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::Survey(..))));
}

/// Sentences below the panes that are cut.
fn cut(screen: &str) -> bool {
    let below = screen.lines().skip_while(|line| !line.starts_with('└')).skip(1);
    below.collect::<Vec<_>>().split_last().is_some_and(|(_, told)| told.iter().any(|line| line.contains('…')))
}

/// With the arrows one comes from the first words to the last ones of the explanation, and is told that there is more.
fn explanation_can_be_read(class: &mut Class, after: &str) {
    let after = &lockstep::scenario::with_usual_keys(after);
    class.press("i<PageUp><PageUp><PageUp><PageUp><PageUp>");
    let app = &class.desk.app;
    let after = app.keymap.told(after, &app.words).into_owned();
    let words: Vec<String> = after.split_whitespace().map(|word| word.replace(['*', '`', '_'], "")).collect();
    let ends = [words.first().unwrap(), words.last().unwrap()];
    let ends = ends.map(|word| word.chars().rev().take(2).collect::<Vec<_>>().iter().rev().collect::<String>());
    let mut seen = class.screen();
    loop {
        let before = class.screen();
        class.press("<Down>");
        if class.screen() == before {
            break;
        }
        assert!(before.contains('↓'), "there is more:\n{before}");
        seen += &class.screen();
    }
    assert!(ends.iter().all(|end| seen.contains(end)), "{ends:?} of {after}\n{seen}");
}

#[test]
fn nothing_is_cut_of_what_is_told_at_the_end_in_a_small_window() {
    let catalogue = lockstep::scenario::Catalogue::embedded();
    for scenario in catalogue.scenarios() {
        for variant in &scenario.variants {
            let name = format!("{}/{}", scenario.id, variant.id);
            if name == "peterson/flags" {
                // It never ends.
                continue;
            }
            let mut class = Class::new((80, 24), loaded(&name));
            for _ in 0..3 {
                class.press("G");
                for _ in lockstep::words::Lang::ALL {
                    assert!(!cut(&class.screen()), "{name}:\n{}\n{}", class.screen(), class.narration());
                    class.press("L");
                }
                class.press("R");
            }
            class.press("G");
            for lang in lockstep::words::Lang::ALL {
                explanation_can_be_read(&mut class, &lang.of(&scenario.story).section(&variant.id).unwrap().after);
                class.press("L");
            }
        }
    }
}

#[test]
fn nothing_is_cut_of_what_is_told_of_a_challenge_that_is_won() {
    for (name, keys) in [
        ("deadlock/opposite", "c<Enter>001122"),
        ("philosophers/naive", "c<Enter>000123"),
        ("rendezvous/wait-first", "c<Enter>0012"),
        ("condition/notify-one", "c<Enter>000011122233333441111112222"),
    ] {
        let mut class = Class::new((80, 24), loaded(name));
        class.press(keys);
        assert!(class.screen().contains("WON") || name.starts_with("cond"), "{name}:\n{}", class.screen());
        for _ in lockstep::words::Lang::ALL {
            assert!(!cut(&class.screen()), "{name}:\n{}\n{}", class.screen(), class.narration());
            class.press("L");
        }
    }
}
