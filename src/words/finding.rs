//! Findings in words.

use super::{Arg, Words};
use crate::detect::{Finding, FindingKind, Link, Misuse, Want};
use crate::event::{Access, End, Text};
use crate::ids::{ObjectId, ThreadId};
use crate::model::Model;

impl Words {
    /// What was found, in one line: who is concerned, with names and lines, and what it means.
    #[must_use]
    pub fn finding(&self, finding: &Finding, model: &Model) -> String {
        match &finding.kind {
            FindingKind::Deadlock => self.with(
                "finding-deadlock",
                &[("n", finding.threads.len().into()), ("links", self.links(&finding.evidence, model).into())],
            ),
            FindingKind::Stuck => self.with(
                "finding-stuck",
                &[("n", finding.threads.len().into()), ("links", self.links(&finding.evidence, model).into())],
            ),
            FindingKind::Crash { exception } => self.with(
                "finding-crash",
                &[self.who(finding, model), line(finding), ("exception", exception.as_ref().into())],
            ),
            FindingKind::Limit(limit) => {
                let end = self.end(&End::Limit(*limit));
                self.with("finding-limit", &[self.who(finding, model), line(finding), ("end", end.into())])
            }
            FindingKind::Unmodelled { what } => self
                .with("finding-unmodelled", &[self.who(finding, model), line(finding), ("what", what.as_ref().into())]),
            FindingKind::DataRace { key, first, second, loops } => {
                let said = self.accesses((race_key(*first, *second), key), finding, model, &[]);
                if *loops { self.sentences(&[said, self.t("finding-data-race-loop")]) } else { said }
            }
            FindingKind::LostUpdate { key, lost, read } => {
                let more = [("lost", lost.to_string().into()), ("read", (*read).into())];
                self.accesses(("finding-lost-update", key), finding, model, &more)
            }
            FindingKind::InconsistentGuard { key, access } => {
                let sentence = match access {
                    Access::Read => "finding-inconsistent-guard-read",
                    Access::Write => "finding-inconsistent-guard-write",
                };
                self.accesses((sentence, key), finding, model, &[])
            }
            FindingKind::LockOrder => self.with(
                "finding-lock-order",
                &[("n", finding.threads.len().into()), ("orders", self.orders(finding, model).into())],
            ),
            FindingKind::LostWakeup { cleared: None } => {
                self.accesses(("finding-lost-wakeup", &None), finding, model, &[])
            }
            FindingKind::LostWakeup { cleared: Some(cleared) } => {
                let more = [("cleared", (*cleared).into())];
                self.accesses(("finding-lost-event", &None), finding, model, &more)
            }
            FindingKind::Starvation { times } => {
                self.accesses(("finding-starvation", &None), finding, model, &[("times", times.to_string().into())])
            }
            FindingKind::BusyWaiting { key, times } => {
                self.accesses((busy_key(finding), key), finding, model, &[("times", (*times).into())])
            }
            FindingKind::Misuse(misuse) => self.misuse(*misuse, finding, model),
        }
    }

    fn misuse(&self, misuse: Misuse, finding: &Finding, model: &Model) -> String {
        let sentence = match misuse {
            Misuse::ReleaseUnlocked => "finding-release-unlocked",
            Misuse::ReleaseNotOwned if finding.threads.len() > 1 => "finding-release-of-other",
            Misuse::ReleaseNotOwned => "finding-release-not-owned",
            Misuse::ForeignRelease => "finding-foreign-release",
            Misuse::ReleaseAfterFailure => "finding-release-after-failure",
            Misuse::HeldAtEnd => "finding-held-at-end",
            Misuse::OverRelease => "finding-over-release",
            Misuse::WaitWithoutLock => "finding-wait-without-lock",
            Misuse::NotifyWithoutLock => "finding-notify-without-lock",
            Misuse::TaskDoneTooOften => "finding-task-done-too-often",
            Misuse::StartTwice => "finding-start-twice",
            Misuse::JoinBeforeStart => "finding-join-before-start",
            Misuse::JoinSelf => "finding-join-self",
        };
        self.accesses((sentence, &None), finding, model, &[])
    }

    /// A sentence about what one or two threads do: who and on which lines, with what, and the second object.
    fn accesses(
        &self,
        (sentence, key): (&str, &Option<Text>),
        finding: &Finding,
        model: &Model,
        more: &[(&'static str, Arg<'_>)],
    ) -> String {
        let thread = |place: usize| finding.threads.get(place).map_or_else(String::new, |id| self.thread(*id, model));
        let line = |place: usize| Arg::from(finding.lines.get(place).copied().unwrap_or(0));
        let place = finding.objects.first().map_or_else(String::new, |id| self.place(*id, key.as_ref(), model));
        let lock = finding.objects.get(1).map_or_else(String::new, |id| self.object_name(*id, model));
        let mut args: Vec<(&str, Arg<'_>)> = vec![
            ("thread", thread(0).into()),
            ("line", line(0)),
            ("other", thread(1).into()),
            ("other-line", line(1)),
            ("letter", finding.threads.get(1).map_or_else(String::new, |id| id.letter()).into()),
            ("place", place.into()),
            ("lock", lock.into()),
        ];
        args.extend(more.iter().cloned());
        self.with(sentence, &args)
    }

    /// The kind of the finding, one or two words for a list.
    #[must_use]
    pub fn finding_kind(&self, kind: &FindingKind) -> String {
        self.t(match kind {
            FindingKind::Deadlock => "finding-kind-deadlock",
            FindingKind::Stuck => "finding-kind-stuck",
            FindingKind::Crash { .. } => "finding-kind-crash",
            FindingKind::Limit(_) => "finding-kind-limit",
            FindingKind::Unmodelled { .. } => "finding-kind-unmodelled",
            FindingKind::DataRace { .. } => "finding-kind-data-race",
            FindingKind::LostUpdate { .. } => "finding-kind-lost-update",
            FindingKind::InconsistentGuard { .. } => "finding-kind-inconsistent-guard",
            FindingKind::LockOrder => "finding-kind-lock-order",
            FindingKind::LostWakeup { .. } => "finding-kind-lost-wakeup",
            FindingKind::Starvation { .. } => "finding-kind-starvation",
            FindingKind::BusyWaiting { .. } => "finding-kind-busy-waiting",
            FindingKind::Misuse(_) => "finding-kind-misuse",
        })
    }

    /// A thread by letter and name: "A Plato".
    #[must_use]
    pub fn thread(&self, thread: ThreadId, model: &Model) -> String {
        match model.thread(thread) {
            Some(view) => format!("{} {}", thread.letter(), super::safe(&view.name)),
            None => thread.letter(),
        }
    }

    fn who(&self, finding: &Finding, model: &Model) -> (&'static str, Arg<'static>) {
        let thread = finding.threads.first().map_or_else(String::new, |thread| self.thread(*thread, model));
        ("thread", thread.into())
    }

    fn links(&self, links: &[Link], model: &Model) -> String {
        links.iter().map(|link| self.link(link, model)).collect::<Vec<_>>().join(&self.t("list-semicolon"))
    }

    /// "A Plato took fork[1], then fork[2] (line 12)", for each thread of a circle.
    fn orders(&self, finding: &Finding, model: &Model) -> String {
        let next = finding.objects.iter().cycle().skip(1);
        let pairs = finding.threads.iter().zip(&finding.lines).zip(finding.objects.iter().zip(next));
        let order = |((thread, line), (first, second)): ((&ThreadId, &u32), (&ObjectId, &ObjectId))| {
            self.with(
                "finding-lock-order-one",
                &[
                    ("thread", self.thread(*thread, model).into()),
                    ("line", (*line).into()),
                    ("first", self.object_name(*first, model).into()),
                    ("second", self.object_name(*second, model).into()),
                ],
            )
        };
        pairs.map(order).collect::<Vec<_>>().join(&self.t("list-semicolon"))
    }

    /// "A Plato wants fork[1] (line 12), held by B Kant since line 11".
    fn link(&self, link: &Link, model: &Model) -> String {
        let thread = ("thread", Arg::from(self.thread(link.thread, model)));
        let at = ("line", Arg::from(link.line));
        match link.wants {
            Want::Object(object) => {
                let object = ("object", Arg::from(self.object_name(object, model)));
                let since = ("since", Arg::from(link.held_since));
                match link.held_by {
                    None => self.with("finding-link-waits", &[thread, at, object]),
                    Some(owner) if owner == link.thread => self.with("finding-link-self", &[thread, at, object, since]),
                    Some(owner) => {
                        let owner = ("owner", Arg::from(self.thread(owner, model)));
                        self.with("finding-link-held", &[thread, at, object, since, owner])
                    }
                }
            }
            Want::End(other) => {
                self.with("finding-link-join", &[thread, at, ("other", self.thread(other, model).into())])
            }
        }
    }
}

/// The sentence about a data race of these two accesses.
const fn race_key(first: Access, second: Access) -> &'static str {
    match (first, second) {
        (Access::Write, Access::Write) => "finding-data-race-writes",
        (Access::Write, Access::Read) => "finding-data-race-write-read",
        (Access::Read, _) => "finding-data-race-read-write",
    }
}

/// The sentence about busy waiting: for a value that somebody changed, or nobody, or for an end.
const fn busy_key(finding: &Finding) -> &'static str {
    match (finding.objects.is_empty(), finding.threads.len()) {
        (true, _) => "finding-busy-waiting-end",
        (false, 1) => "finding-busy-waiting-alone",
        (false, _) => "finding-busy-waiting",
    }
}

fn line(finding: &Finding) -> (&'static str, Arg<'static>) {
    ("line", finding.lines.first().copied().unwrap_or(0).into())
}
