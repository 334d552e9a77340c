//! Findings in words.

use super::{Arg, Words};
use crate::detect::{Finding, FindingKind, Link, Want};
use crate::event::End;
use crate::ids::ThreadId;
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
        }
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

fn line(finding: &Finding) -> (&'static str, Arg<'static>) {
    ("line", finding.lines.first().copied().unwrap_or(0).into())
}
