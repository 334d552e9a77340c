//! The menus of the stage, and what their rows do.

use super::act::Tools;
use super::{Notice, Pane, Stage};
use crate::ids::ObjectId;
use crate::scenario::Localized;
use crate::sched::SchedulerKind;
use crate::session::{Atomicity, Breakpoint, Control, Start};
use crate::tui::field::Field;
use crate::tui::loader::{Loaded, Request};
use crate::tui::msg::Effect;
use crate::tui::overlay::{Ask, Menu, Overlay, Purpose, Row, Topic};
use crate::words::{Lang, Words};

/// The dial from fine to coarse.
const ATOMICITIES: [Atomicity; 3] = [Atomicity::Op, Atomicity::Line, Atomicity::Gil];

/// The rows of the menu of places to stop at.
const BREAK_ROWS: [&str; 4] = ["break-line", "break-other-line", "break-object", "break-finding"];

impl Stage {
    pub(super) fn scheduler_menu(&self) -> Overlay {
        let now = self.subject.start().map(|start| start.scheduler.name());
        Overlay::Menu(Menu::new(Topic::Scheduler, |words| {
            let rows = SchedulerKind::ALL.iter().map(|kind| Row {
                label: kind.name().to_owned(),
                note: words.t(scheduler_note(*kind)),
                chosen: Some(kind.name()) == now,
            });
            (words.t("menu-scheduler"), rows.collect())
        }))
    }

    pub(super) fn atomicity_menu(&self) -> Overlay {
        let now = self.subject.start().map(|start| start.options.atomicity);
        Overlay::Menu(Menu::new(Topic::Atomicity, |words| {
            let rows = ATOMICITIES.iter().map(|atomicity| Row {
                label: atomicity.to_string(),
                note: words.t(atomicity_note(*atomicity)),
                chosen: Some(*atomicity) == now,
            });
            (words.t("menu-atomicity"), rows.collect())
        }))
    }

    pub(super) fn break_menu(&self) -> Overlay {
        let line = ("line", self.line.to_string().into());
        let set = [self.breaks.has_line(self.line), false, false, self.breaks.has(Breakpoint::Finding)];
        let menu = Menu::new(Topic::Break, |words| {
            let rows = BREAK_ROWS.iter().zip(set).map(|(key, chosen)| Row {
                label: words.with(key, std::slice::from_ref(&line)),
                note: if chosen { words.t("break-set") } else { String::new() },
                chosen,
            });
            (words.t("menu-break"), rows.collect())
        });
        Overlay::Menu(menu.on(0))
    }

    fn object_menu(&self) -> Overlay {
        Overlay::Menu(Menu::new(Topic::BreakObject, |words| {
            let rows = self.objects().into_iter().map(|object| Row {
                label: words.name(&object.name),
                note: words.kind(object.kind),
                chosen: self.breaks.has(Breakpoint::Object(object.id)),
            });
            (words.t("menu-break-object"), rows.collect())
        }))
    }

    pub(super) fn variant_menu(&mut self, tools: &mut Tools<'_>) {
        if self.variant_rows(tools.words).is_empty() {
            self.notice = Some(Notice::Key("notice-no-variants"));
        } else {
            let menu = Menu::new(Topic::Variant, |words| (words.t("menu-variant"), self.variant_rows(words)));
            tools.overlays.push(Overlay::Menu(menu));
        }
    }

    /// The variants of the scenario, then the parameters of the program.
    fn variant_rows(&self, words: &Words) -> Vec<Row> {
        let Some(Loaded { target, parameters, .. }) = self.subject.program() else { return Vec::new() };
        let now = target.variant().map(|variant| variant.id.clone());
        let variants = target.scenario().map_or(&[][..], |scenario| &scenario.variants[..]);
        let mut rows: Vec<Row> = variants
            .iter()
            .map(|variant| Row {
                label: variant.id.to_string(),
                note: localized(&variant.title, words),
                chosen: Some(&variant.id) == now.as_ref(),
            })
            .collect();
        rows.extend(parameters.iter().map(|(name, value)| Row {
            label: format!("{name} = {value}"),
            note: words.t("variant-parameter"),
            chosen: false,
        }));
        rows
    }

    /// A row of a menu was picked.
    pub fn pick(&mut self, topic: Topic, index: usize, tools: &mut Tools<'_>) -> Vec<Effect> {
        match topic {
            Topic::Scheduler => SchedulerKind::ALL.get(index).map_or_else(Vec::new, |kind| self.set_scheduler(*kind)),
            Topic::Atomicity => ATOMICITIES.get(index).map_or_else(Vec::new, |dial| self.set_atomicity(*dial)),
            Topic::Break => self.pick_break(index, tools),
            Topic::BreakObject => {
                let object: Option<ObjectId> = self.objects().get(index).map(|object| object.id);
                object.map_or_else(Vec::new, |object| self.toggle_break(Breakpoint::Object(object)))
            }
            Topic::Variant => self.pick_variant(index, tools),
            Topic::World => self.pick_world(index),
            Topic::SaveOver => self.pick_save_over(index, tools),
            // Not of the stage: they are picked elsewhere.
            Topic::CompareWith | Topic::Objective | Topic::Forget => Vec::new(),
        }
    }

    fn pick_break(&mut self, index: usize, tools: &mut Tools<'_>) -> Vec<Effect> {
        match index {
            0 => return self.toggle_break(Breakpoint::Line(self.line)),
            1 => {
                let field = Field::default();
                tools.overlays.push(Overlay::Ask(Ask { purpose: Purpose::BreakLine, field }));
            }
            2 => tools.overlays.push(self.object_menu()),
            _ => return self.toggle_break(Breakpoint::Finding),
        }
        Vec::new()
    }

    fn toggle_break(&mut self, breakpoint: Breakpoint) -> Vec<Effect> {
        self.breaks.toggle(breakpoint);
        self.send_breaks()
    }

    /// The number of a line was typed.
    pub fn break_at(&mut self, typed: &str) -> Vec<Effect> {
        match typed.trim().parse() {
            Ok(line) if (1..=self.line_count()).contains(&line) => {
                self.line = line;
                self.set_focus(Pane::Program);
                self.toggle_break(Breakpoint::Line(line))
            }
            _ => {
                let typed = [("typed", typed.into())];
                self.notice = Some(Notice::told(|words| words.with("notice-no-line", &typed)));
                Vec::new()
            }
        }
    }

    /// From here on another scheduler chooses; the next restart begins with it.
    fn set_scheduler(&mut self, kind: SchedulerKind) -> Vec<Effect> {
        let Some(start) = self.subject.start() else { return Vec::new() };
        let start = Start { scheduler: kind, ..start.clone() };
        let seed = start.seed;
        self.subject.set_start(start);
        vec![Effect::Send(Control::Scheduler { kind, seed })]
    }

    /// Begins again with steps of another size.
    fn set_atomicity(&mut self, atomicity: Atomicity) -> Vec<Effect> {
        let Some(mut start) = self.usual_start().cloned() else { return Vec::new() };
        if std::mem::replace(&mut start.options.atomicity, atomicity) == atomicity {
            return Vec::new();
        }
        self.begin_again(start)
    }

    fn pick_variant(&mut self, index: usize, tools: &mut Tools<'_>) -> Vec<Effect> {
        let Some(Loaded { target, parameters, .. }) = self.subject.program() else { return Vec::new() };
        let variants = target.scenario().map_or(0, |scenario| scenario.variants.len());
        if let Some((name, value)) = index.checked_sub(variants).and_then(|place| parameters.get(place)) {
            let purpose = Purpose::Parameter { name: name.clone() };
            tools.overlays.push(Overlay::Ask(Ask { purpose, field: Field::with(value) }));
            return Vec::new();
        }
        let Some(scenario) = target.scenario() else { return Vec::new() };
        let Some(variant) = scenario.variants.get(index) else { return Vec::new() };
        let target = format!("{}/{}", scenario.id, variant.id);
        vec![Effect::Open(Request { target, parameters: Vec::new() })]
    }

    /// Another value was typed for a parameter.
    pub fn set_parameter(&mut self, name: String, value: String) -> Vec<Effect> {
        let Some(mut request) = self.subject.request().cloned() else { return Vec::new() };
        request.parameters.retain(|(known, _)| *known != name);
        request.parameters.push((name, value));
        vec![Effect::Open(request)]
    }
}

/// The text in the language of the interface.
fn localized(text: &Localized, words: &Words) -> String {
    match words.lang() {
        Lang::En => text.en.to_string(),
        Lang::Zh => text.zh.to_string(),
    }
}

/// The catalogue key of what a scheduler does.
const fn scheduler_note(kind: SchedulerKind) -> &'static str {
    match kind {
        SchedulerKind::Manual => "scheduler-manual",
        SchedulerKind::Random => "scheduler-random",
        SchedulerKind::RoundRobin { .. } => "scheduler-rr",
        SchedulerKind::Fifo => "scheduler-fifo",
        SchedulerKind::Pct { .. } => "scheduler-pct",
    }
}

/// The catalogue key of what a step is then.
const fn atomicity_note(atomicity: Atomicity) -> &'static str {
    match atomicity {
        Atomicity::Op => "atomicity-op",
        Atomicity::Line => "atomicity-line",
        Atomicity::Gil => "atomicity-gil",
    }
}
