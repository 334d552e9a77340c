//! The menu of what may be wanted, the beginning of a challenge, and the questions that it asks.

use super::super::{Link, Notice, Stage};
use super::objective::{Objective, Par};
use super::{Challenge, Hint, Impossible, Standing, Victory};
use crate::event::Schedule;
use crate::explore::Answer;
use crate::scenario::Asked as Question;
use crate::session::Answered;
use crate::tui::app::{App, Errand, Screen};
use crate::tui::msg::Effect;
use crate::tui::overlay::{Menu, Overlay, Row, Topic};
use crate::tui::screens::explore::{self, Told};
use crate::words::Words;

/// Offers what may be wanted of the program on the stage. What that is, an exploration finds out first; whoever asks once
/// more meanwhile need not wait for it.
pub(in crate::tui) fn open(app: &mut App) -> Vec<Effect> {
    let impatient = app.errand == Some(Errand::Challenge);
    let (told, mut effects) = explore::ask(app);
    let Some(stage) = &mut app.stage else { return effects };
    effects.extend(stage.rest());
    if told.is_none() && !impatient {
        app.errand = Some(Errand::Challenge);
        stage.notice = Some(Notice::Key("challenge-searching"));
        return effects;
    }
    app.errand = None;
    offer(app, told.as_deref());
    effects
}

/// A search has ended: who waits for it is offered what it found.
pub(in crate::tui) fn surveyed(app: &mut App) {
    if app.screen != Screen::Stage || app.errand.take_if(|errand| *errand == Errand::Challenge).is_none() {
        return;
    }
    let told = app.stage.as_ref().and_then(Stage::quest).and_then(|quest| app.known.find(&quest).cloned());
    if let Some(stage) = &mut app.stage {
        stage.notice = None;
    }
    offer(app, told.as_deref());
}

fn offer(app: &mut App, told: Option<&Told>) {
    let Some(stage) = &mut app.stage else { return };
    app.objectives = Objective::all(told, &stage.asked_about());
    if app.objectives.is_empty() {
        stage.notice = Some(Notice::Key("challenge-unread"));
        return;
    }
    let now = stage.challenge.as_ref().map(|challenge| &challenge.objective.aim);
    let menu = Menu::new(Topic::Objective, |words| {
        let row = |objective: &Objective| Row {
            label: objective.words(words),
            note: par_note(objective.par, words),
            chosen: Some(&objective.aim) == now,
        };
        (words.t("menu-challenge"), app.objectives.iter().map(row).collect())
    });
    app.overlays.push(Overlay::Menu(menu));
}

/// How few switches it takes. What was proved impossible is offered for the reason to be seen, not as a riddle.
fn par_note(par: Par, words: &Words) -> String {
    match par {
        Par::Switches { n, perhaps_fewer: false } => words.with("challenge-par", &[("n", n.into())]),
        Par::Switches { n, perhaps_fewer: true } => words.with("challenge-par-most", &[("n", n.into())]),
        Par::Impossible { .. } => words.t("challenge-par-impossible"),
        Par::Unknown => words.t("challenge-par-unknown"),
    }
}

/// A row of the menu was picked: a fresh run begins, in which the person is the scheduler.
pub(in crate::tui) fn begin(app: &mut App, row: usize) -> Vec<Effect> {
    let Some(objective) = app.objectives.get(row).cloned() else { return Vec::new() };
    let Some(stage) = &mut app.stage else { return Vec::new() };
    let Some(quest) = stage.quest() else { return Vec::new() };
    let cyclic = app.known.find(&quest).map(|told| told.exploration.cyclic);
    let mut pursuit = quest.pursuit(objective.aim.clone(), cyclic);
    if let (Some(way), Par::Switches { perhaps_fewer, .. }) = (&objective.way, objective.par) {
        pursuit = pursuit.knowing(way.clone(), !perhaps_fewer);
    }
    let mut effects = vec![Effect::Pursue(Box::new(pursuit))];
    effects.extend(stage.challenge(objective, quest.start));
    app.pursues = true;
    effects
}

/// Asks what there is to be asked, and notes what was won. This is done after everything that may have moved the cursor.
pub(in crate::tui) fn attend(app: &mut App) -> Vec<Effect> {
    if !app.pursues {
        return Vec::new();
    }
    let Some(stage) = app.stage.as_mut().filter(|stage| stage.challenge.is_some()) else {
        app.pursues = false;
        return vec![Effect::EndPursuit];
    };
    stage.question()
}

impl Stage {
    /// A fresh run begins, in which the person is the scheduler.
    fn challenge(&mut self, objective: Objective, start: crate::session::Start) -> Vec<Effect> {
        let Some(usual) = self.usual_start().cloned() else { return Vec::new() };
        let displaced = self.is_real() || self.is_recorded();
        let mut effects = if self.is_live() { Vec::new() } else { self.halt() };
        self.way = None;
        self.challenge = Some(Challenge::new(objective, start.clone(), usual, displaced));
        effects.extend(self.begin_again(start));
        if self.link == Link::Up {
            // The session before has failed: this one is a new one, and does not say that it begins.
            self.begin_attempt_at_once();
        }
        effects
    }

    fn begin_attempt_at_once(&mut self) {
        if let Some(challenge) = &mut self.challenge {
            challenge.begin_attempt();
        }
    }

    /// The variables that the questions of a scenario are about.
    fn asked_about(&self) -> Vec<String> {
        let variant = self.subject.program().and_then(|loaded| loaded.target.variant());
        let questions = variant.into_iter().flat_map(|variant| &variant.questions);
        let of = questions.filter_map(|question| match &question.asked {
            Question::Values { of } => Some(of.to_string()),
            _ => None,
        });
        of.collect()
    }

    /// Nothing is being done, and an attempt has begun.
    fn stands_still(&self) -> bool {
        let begun = self.challenge.as_ref().is_some_and(|challenge| !challenge.awaited);
        begun && self.link == Link::Up && !self.must_wait() && self.history.event_count() > 0
    }

    /// The question about the place where the run stands, unless it was asked.
    fn question(&mut self) -> Vec<Effect> {
        if !self.stands_still() {
            return Vec::new();
        }
        let place = self.history.schedule(self.cursor());
        let over = self.at_end() && self.end().is_some();
        let Some(challenge) = &mut self.challenge else { return Vec::new() };
        if challenge.place.as_ref() == Some(&place) {
            return Vec::new();
        }
        if challenge.place.replace(place.clone()).is_some() {
            // A hint belongs to the place where it was wanted.
            challenge.hint = Hint::Unwanted;
        }
        challenge.question += 1;
        challenge.standing = Standing::Asked;
        if over {
            // Who has tried to the end may know.
            challenge.reveal();
        }
        self.stale = true;
        vec![Effect::Seek(challenge.question, place)]
    }

    /// A question was answered. What was won by that, if something was.
    pub(in crate::tui) fn answered(&mut self, (number, answer): Answered) -> Option<Victory> {
        let challenge = self.challenge.as_mut().filter(|challenge| number == challenge.question || number == 0)?;
        challenge.standing = answer.map_or_else(Standing::Failed, Standing::Told);
        self.stale = true;
        let first = challenge.place.as_ref().is_some_and(Schedule::is_empty);
        if let Standing::Told(Answer::Reached { switches, .. }) = challenge.standing {
            let moves = challenge.win(switches);
            // Who has taken steps back may have found a better way.
            if challenge.scored.is_none_or(|best| moves < best) {
                challenge.scored = Some(moves);
                let objective = &challenge.objective;
                let par = objective.par.exact();
                return Some(Victory { objective: objective.name(), moves, par });
            }
        }
        match &challenge.standing {
            Standing::Told(Answer::Unreachable { states }) if first => {
                challenge
                    .impossible
                    .get_or_insert(Impossible { states: *states, revealed: challenge.hint == Hint::Wanted });
            }
            Standing::Told(Answer::Reachable(way)) => {
                if first && way.shortest {
                    challenge.objective.par = Par::Switches { n: way.switches, perhaps_fewer: false };
                }
                if challenge.hint == Hint::Wanted {
                    challenge.show_hint();
                }
            }
            _ => {}
        }
        None
    }
}
