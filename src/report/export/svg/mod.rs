//! Pictures: scalable vector graphics, version 1.1, with text as text.
//!
//! | file | what |
//! |---|---|
//! | `frame` | the whole interface at one step |
//! | `timeline` | the whole run: a row for every thread and every lock |
//! | `xml` | text and numbers as they stand in the file |
//! | `measure` | how much room text takes |
//!
//! The files are read by browsers, slide programs and drawing programs, and not all of them understand style sheets,
//! patterns or newer attributes: colours stand at each element, and hatching is drawn line by line.

pub mod frame;
mod measure;
pub mod timeline;
mod xml;

use crate::words::Lang;

/// What a picture says to those who do not see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// What it shows, in a few words.
    pub title: String,
    /// The same as a sentence or two.
    pub about: String,
    /// The language of both.
    pub lang: Lang,
}

/// Fonts in which every character has the same width, the ones of the usual systems first.
const MONOSPACE: &str = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono','Noto Sans Mono CJK SC',\
    'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',monospace";

/// Fonts for everything else.
const SANS: &str = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans','PingFang SC',\
    'Microsoft YaHei','Noto Sans CJK SC',sans-serif";
