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
//! shown in a terminal as well as in a browser.

use super::load::Flaw;
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
    /// After it; empty when nothing is left to be said.
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
        let mut name: Option<&str> = None;
        let mut body = String::new();
        for (line, number) in text.lines().zip(1u32..) {
            if let Some(heading) = line.strip_prefix("## ") {
                story.close(name, &body);
                body.clear();
                let heading = heading.trim();
                if !variants.contains(&heading) {
                    flaws.push(Flaw::new(file, number, format!("there is no variant `{heading}`")));
                } else if story.section(heading).is_some() || name == Some(heading) {
                    flaws.push(Flaw::new(file, number, format!("a second section `{heading}`")));
                }
                name = Some(heading);
            } else if line.starts_with("###") && (line.trim_end() != AFTER || name.is_none() || body.contains(AFTER)) {
                let message = format!("`{}`: a section has one heading in it, `{AFTER}`", line.trim_end());
                flaws.push(Flaw::new(file, number, message));
            } else if !line.starts_with("# ") {
                body.push_str(line);
                body.push('\n');
            }
        }
        story.close(name, &body);
        let last = u32::try_from(text.lines().count()).unwrap_or(u32::MAX).max(1);
        for variant in variants.iter().filter(|variant| story.section(variant).is_none()) {
            flaws.push(Flaw::new(file, last, format!("the section `## {variant}` is missing")));
        }
        if story.introduction.is_empty() {
            flaws.push(Flaw::new(file, 1, "the introduction before the first section is missing".to_owned()));
        }
        story
    }

    fn close(&mut self, name: Option<&str>, body: &str) {
        match name {
            None => self.introduction = body.trim().into(),
            Some(name) => {
                let (brief, after) = body.split_once(AFTER).unwrap_or((body, ""));
                let section = Section { brief: brief.trim().into(), after: after.trim().into() };
                self.sections.push((name.into(), section));
            }
        }
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
        let (story, flaws) = parse("# T\n\nHello.\n\n## one\n\nFirst.\n\nMore.\n\n## two\nSecond.\n### after\nWhy.\n");
        assert_eq!(flaws, Vec::<String>::new());
        assert_eq!(&*story.introduction, "Hello.");
        let section = |name: &str| story.section(name).map(|section| [&*section.brief, &*section.after]);
        assert_eq!(section("one"), Some(["First.\n\nMore.", ""]));
        assert_eq!(section("two"), Some(["Second.", "Why."]));
        assert_eq!(section("three"), None);
    }

    #[test]
    fn a_section_has_one_heading_in_it() {
        let (_, flaws) = parse("# T\n\nI.\n\n## one\nx\n### why\n## two\ny\n### after\nz\n### after\nw\n");
        let heading = "a section has one heading in it, `### after`";
        assert_eq!(
            flaws,
            [format!("story.en.md:7: `### why`: {heading}"), format!("story.en.md:12: `### after`: {heading}")]
        );
    }

    #[test]
    fn sections_that_lead_nowhere_are_named_with_their_line() {
        let (_, flaws) = parse("# T\n\n## one\nx\n## three\ny\n## one\nz\n");
        assert_eq!(
            flaws,
            [
                "story.en.md:5: there is no variant `three`",
                "story.en.md:7: a second section `one`",
                "story.en.md:8: the section `## two` is missing",
                "story.en.md:1: the introduction before the first section is missing",
            ]
        );
    }
}
