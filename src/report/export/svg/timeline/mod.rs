//! The timeline: what every thread did during which steps, who held what, who was in whose way, what was found.
//!
//! ```text
//! title
//! rules of the run                                   [deadlock, step 6]
//! M MainThread  ▬▬▬▬▬|                                       │
//! A first           ──────▬▬▬▬▬▬▬▬▬▬▬▬▬──────▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬▬│
//! B second                ──────▬▬▬▬▬▬▬▬▬▬▬▬▬/////////////////│
//! lock_a                  AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA│
//! switches                '     '              '             │
//!               ─0─────1─────2─────3─────4─────5─────6────────
//! legend, sentences
//! ```
//!
//! | file | what |
//! |---|---|
//! | `plan` | where everything stands |
//! | `places` | who holds what |
//! | `ink` | colours and patterns |
//! | `lanes` | threads and locks |
//! | `waits` | who waits for what |
//! | `deeds` | what was done at each step |
//! | `marks` | axis, switches, findings |
//! | `legend` | what the signs mean, and the sentences |

mod deeds;
mod ink;
mod lanes;
mod legend;
mod marks;
mod places;
mod plan;
mod waits;

use super::xml::{self, Length, escaped};
use super::{Caption, MONOSPACE as CODE, SANS, measure};
use crate::model::{History, Recording};
use crate::report::export::palette::Shade;
use crate::words::Words;
use plan::{PAD, Plan};
use std::io::{self, Write};

/// What everybody who draws needs.
struct Drawing<'a> {
    history: &'a History,
    plan: Plan,
    shade: Shade,
    words: &'a Words,
    /// What was done at each step, where steps are wide enough to be pointed at.
    deeds: Vec<String>,
}

impl Drawing<'_> {
    /// The top of the row with the switches.
    fn switches_top(&self) -> i64 {
        self.plan.end() + 2_00
    }
}

/// Writes the timeline of a whole run as a picture.
pub fn write(recording: &Recording, shade: Shade, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let history = &recording.history;
    let mut drawing = Drawing { history, plan: Plan::new(history, words, 0), shade, words, deeds: Vec::new() };
    drawing.deeds = deeds::deeds(recording, &drawing.plan, words);
    let flags = marks::flags(&drawing);
    drawing.plan.top = PAD + 46_00 + marks::flags_height(&flags).max(14_00);
    let said = legend::sentences(&drawing);
    let waits = waits::waits(history, &drawing.plan);

    // How high the picture is, is known when its end is written.
    let mut body = Vec::new();
    marks::grid(&drawing, &mut body)?;
    marks::baton(&drawing, &mut body)?;
    lanes::threads(&drawing, &mut body)?;
    lanes::locks(&drawing, &mut body)?;
    marks::switches(&drawing, &mut body)?;
    marks::axis(&drawing, &mut body)?;
    lanes::arrows(&drawing, &waits, &mut body)?;
    marks::findings(&drawing, &flags, &mut body)?;
    lanes::reasons(&drawing, &waits, &mut body)?;
    let arrows = waits.iter().any(|wait| wait.holder.is_some());
    let top = drawing.switches_top() + marks::SWITCHES + 34_00;
    let end = legend::legend(&drawing, arrows, top, &mut body)?;
    let end = legend::notes(&drawing, &said, end, &mut body)?;

    let title = recording.header.target.to_string();
    let caption = Caption {
        title: words.with("svg-title", &[("target", title.as_str().into())]),
        about: words.sentences(&said),
        lang: words.lang(),
    };
    xml::begin(up(drawing.plan.edge() + PAD), up(end + PAD - 6_00), &caption, out)?;
    writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>", shade.ground())?;
    writeln!(out, "<g font-family=\"{SANS}\" fill=\"{}\">", shade.ink())?;
    head(&drawing, recording, out)?;
    out.write_all(&body)?;
    writeln!(out, "</g>\n</svg>")
}

/// Title and rules of the run.
fn head(drawing: &Drawing<'_>, recording: &Recording, out: &mut dyn Write) -> io::Result<()> {
    let (words, plan) = (drawing.words, &drawing.plan);
    let room = plan.edge() - PAD;
    let title = crate::words::safe(&recording.header.target);
    let title = measure::fit(&title, room, |text| measure::width(text, 20_00));
    writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"20\" font-weight=\"bold\">{}</text>",
        Length(PAD),
        Length(PAD + 14_00),
        escaped(&title)
    )?;
    let rules = rules(recording, words);
    let rules = measure::fit(&rules, room, |text| measure::width(text, 12_00));
    writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"{}\">{}</text>",
        Length(PAD),
        Length(PAD + 34_00),
        ink::quiet(drawing.shade),
        escaped(&rules)
    )
}

/// Where it ran, who chose, how long it was.
fn rules(recording: &Recording, words: &Words) -> String {
    let (header, history) = (&recording.header, &recording.history);
    let who = if let Some(live) = &header.live {
        words.t(if live.show_gil { "world-threads-gil" } else { "world-threads" })
    } else {
        let args = [("kind", header.scheduler.to_string().into()), ("seed", header.seed.to_string().into())];
        words.with("header-scheduler", &args)
    };
    let counts = [
        ("steps", crate::words::grouped(u64::from(history.last_step().0)).into()),
        ("switches", crate::words::grouped(u64::from(history.head().switches)).into()),
    ];
    words.with("svg-rules", &[("who", who.into()), counts[0].clone(), counts[1].clone()])
}

/// In whole units, rounded up.
fn up(length: i64) -> i64 {
    (length + 99) / 100
}
