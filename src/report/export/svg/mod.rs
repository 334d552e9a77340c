//! Pictures: scalable vector graphics, version 1.1, with text as text.
//!
//! | file | what |
//! |---|---|
//! | `frame` | the whole interface at one step |
//! | `xml` | text and numbers as they stand in the file |
//!
//! The files are read by browsers, slide programs and drawing programs, and not all of them understand style sheets,
//! patterns or newer attributes: colours stand at each element, and hatching is drawn line by line.

pub mod frame;
mod xml;

/// What a picture says to those who do not see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// What it shows, in a few words.
    pub title: String,
    /// The same as a sentence or two.
    pub about: String,
    /// The language of both: `en`, `zh`.
    pub lang: &'static str,
}

/// Fonts in which every character has the same width, the ones of the usual systems first.
const MONOSPACE: &str = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono','Noto Sans Mono CJK SC',\
    'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',monospace";
