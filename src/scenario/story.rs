//! A story: what happens, what to watch, why the fix works.
//!
//! ```text
//! # Dining philosophers          the title; not shown, the manifest has it
//!
//! Introduction …                 about the scenario as a whole
//!
//! ## naive                       one section for each variant, called by the variant's id
//!
//! Text …                         the brief: what it is, what to watch
//!
//! ### after
//!
//! Text …                         the explanation: what happened and why; for afterwards
//! ```
//!
//! The text is Markdown with paragraphs, `- ` lists, `code` and **emphasis**, and nothing else, so that it can be
//! shown in a terminal as well as in a browser. `{key:explore}` is the key of an action ([`with_keys`](super::with_keys)).

use super::key;
use super::load::Flaw;
use crate::said::Said;
use std::sync::Arc;

/// The story of a scenario in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    pub introduction: Arc<str>,
    sections: Vec<(Arc<str>, Section)>,
}

/// What is told of one variant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Before the run.
    pub brief: Arc<str>,
    /// After it.
    pub after: Arc<str>,
}

const AFTER: &str = "### after";

impl Story {
    /// What is told of this variant.
    #[must_use]
    pub fn section(&self, variant: &str) -> Option<&Section> {
        self.sections.iter().find(|(name, _)| &**name == variant).map(|(_, section)| section)
    }

    /// Reads a story, which must have one section for each of `variants` and no others.
    pub(super) fn parse(file: &str, text: &str, variants: &[&str], flaws: &mut Vec<Flaw>) -> Story {
        let mut story = Story::default();
        let mut open: Option<(&str, u32)> = None;
        let mut body = String::new();
        for (line, number) in text.lines().zip(1u32..) {
            flaws.extend(key::flaw(line).map(|message| Flaw::new(file, number, message)));
            if let Some(heading) = line.strip_prefix("## ") {
                flaws.extend(story.close(open, &body).map(|(line, message)| Flaw::new(file, line, message)));
                body.clear();
                let heading = heading.trim();
                if !variants.contains(&heading) {
                    flaws.push(Flaw::new(file, number, Said::new("flaw-section-unknown").with("name", heading)));
                } else if story.section(heading).is_some() {
                    flaws.push(Flaw::new(file, number, Said::new("flaw-section-twice").with("name", heading)));
                }
                open = Some((heading, number));
            } else if line.starts_with("###") && (line.trim_end() != AFTER || open.is_none() || body.contains(AFTER)) {
                let message = Said::new("flaw-heading").with("line", line.trim_end()).with("after", AFTER);
                flaws.push(Flaw::new(file, number, message));
            } else if !line.starts_with("# ") {
                body.push_str(line);
                body.push('\n');
            }
        }
        flaws.extend(story.close(open, &body).map(|(line, message)| Flaw::new(file, line, message)));
        let last = u32::try_from(text.lines().count()).unwrap_or(u32::MAX).max(1);
        for variant in variants.iter().filter(|variant| story.section(variant).is_none()) {
            flaws.push(Flaw::new(file, last, Said::new("flaw-section-missing").with("name", *variant)));
        }
        if story.introduction.is_empty() {
            flaws.push(Flaw::new(file, 1, Said::new("flaw-introduction")));
        }
        story
    }

    /// Keeps what was read since this heading, or the introduction when there was none yet. What is missing in a section
    /// is said, with its line.
    fn close(&mut self, heading: Option<(&str, u32)>, body: &str) -> Option<(u32, Said)> {
        let Some((name, line)) = heading else {
            self.introduction = body.trim().into();
            return None;
        };
        let (brief, after) = body.split_once(AFTER).unwrap_or((body, ""));
        let section = Section { brief: brief.trim().into(), after: after.trim().into() };
        let missing = if section.brief.is_empty() {
            Some(Said::new("flaw-no-brief").with("name", name))
        } else if section.after.is_empty() {
            Some(Said::new("flaw-no-after").with("name", name).with("after", AFTER))
        } else {
            None
        };
        self.sections.push((name.into(), section));
        missing.map(|message| (line, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Story, Vec<String>) {
        let mut flaws = Vec::new();
        let story = Story::parse("story.en.md", text, &["one", "two"], &mut flaws);
        (story, flaws.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn sections_belong_to_variants() {
        let (story, flaws) = parse(
            "# T\n\nHello.\n\n## one\n\nFirst.\n\nMore.\n\n### after\n\nSo.\n\n## two\nSecond.\n### after\nWhy.\n",
        );
        assert_eq!(flaws, Vec::<String>::new());
        assert_eq!(&*story.introduction, "Hello.");
        let section = |name: &str| story.section(name).map(|section| [&*section.brief, &*section.after]);
        assert_eq!(section("one"), Some(["First.\n\nMore.", "So."]));
        assert_eq!(section("two"), Some(["Second.", "Why."]));
        assert_eq!(section("three"), None);
    }

    #[test]
    fn a_section_has_one_heading_in_it() {
        let (_, flaws) =
            parse("# T\n\nI.\n\n## one\nx\n### why\n### after\nx\n## two\ny\n### after\nz\n### after\nw\n");
        let heading = "a section has one heading in it, `### after`";
        assert_eq!(
            flaws,
            [format!("story.en.md:7: `### why`: {heading}"), format!("story.en.md:14: `### after`: {heading}")]
        );
    }

    #[test]
    fn a_section_tells_something_before_the_run_and_after_it() {
        let (_, flaws) = parse("# T\n\nI.\n\n## one\nx\n\n## two\n### after\ny\n");
        let wanted = [
            "story.en.md:5: `## one` tells nothing after the run: put `### after` before what is for afterwards",
            "story.en.md:8: `## two` tells nothing before the run",
        ];
        assert_eq!(flaws, wanted);
        let (_, flaws) = parse("# T\n\nI.\n\n## one\nx\n### after\ny\n## two\ny\n### after\n\n");
        assert_eq!(flaws, [wanted[0].replace(":5: `## one`", ":9: `## two`")]);
    }

    #[test]
    fn keys_that_nothing_has_are_named_with_their_line() {
        let (_, flaws) = parse(
            "# T\n\nPress {key:explore}.\n## one\nx {key:exlpore}\n### after\n{key:x}\n## two\ny\n### after\n{key:step\n",
        );
        let wanted = [
            "story.en.md:5: there is no key for `exlpore` on the stage; did you mean `explore`?",
            "story.en.md:7: there is no key for `x` on the stage; `lockstep keys` lists the names",
            "story.en.md:11: there is no key for `{key:step` on the stage; `lockstep keys` lists the names",
        ];
        assert_eq!(flaws, wanted);
    }

    #[test]
    fn sections_that_lead_nowhere_are_named_with_their_line() {
        let (_, flaws) = parse("# T\n\n## one\nx\n### after\nx\n## three\ny\n### after\ny\n## one\nz\n### after\nz\n");
        assert_eq!(
            flaws,
            [
                "story.en.md:7: there is no variant `three`",
                "story.en.md:11: a second section `one`",
                "story.en.md:14: the section `## two` is missing",
                "story.en.md:1: the introduction before the first section is missing",
            ]
        );
    }
}
