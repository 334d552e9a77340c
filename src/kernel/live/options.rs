//! How a live run goes: what the simulator has no use for.

use std::time::Duration;

/// See the module. Which program it is, its seed and its limits are said elsewhere, as for the simulator. How long a
/// thread may keep the GIL comes from the program (`sys.setswitchinterval`).
#[derive(Clone, Debug, PartialEq)]
pub struct LiveOptions {
    /// Every visible operation takes at least this long, for the eye.
    pub pace: Duration,
    /// How much faster than real time sleeps, time-outs and the clock go.
    pub speed: f64,
    /// Whether the GIL is an object of the run like any other lock.
    pub show_gil: bool,
    /// Whether the gate is closed at first.
    pub paused: bool,
}

impl Default for LiveOptions {
    fn default() -> LiveOptions {
        LiveOptions { pace: Duration::ZERO, speed: 1.0, show_gil: false, paused: false }
    }
}
