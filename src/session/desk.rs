//! The worker's end of the two channels.

use super::{Breakpoint, Control, Update};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TryRecvError, TrySendError, select};
use std::collections::VecDeque;
use std::time::Duration;

/// Nobody is there any more.
#[derive(Debug)]
pub(super) struct Gone;

/// What came first.
pub(super) enum Heard<T> {
    Control(Control),
    News(Option<T>),
}

/// What stays when one run gives way to another.
pub(super) struct Desk {
    controls: Receiver<Control>,
    updates: Sender<Update>,
    /// Controls that came while something was being done.
    pub(super) waiting: VecDeque<Control>,
    /// Every run stops at these.
    pub(super) breakpoints: Vec<Breakpoint>,
}

impl Desk {
    pub(super) fn new(controls: Receiver<Control>, updates: Sender<Update>) -> Desk {
        Desk { controls, updates, waiting: VecDeque::new(), breakpoints: Vec::new() }
    }

    /// Waits until somebody says something.
    pub(super) fn next(&mut self) -> Result<Control, Gone> {
        match self.waiting.pop_front() {
            Some(control) => Ok(control),
            None => self.controls.recv().map_err(|_| Gone),
        }
    }

    /// Waits until somebody says something, or there is news: what came first. `None` in place of news: there will be no
    /// more.
    pub(super) fn next_or<T>(&mut self, news: &Receiver<T>) -> Result<Heard<T>, Gone> {
        if let Some(control) = self.waiting.pop_front() {
            return Ok(Heard::Control(control));
        }
        select! {
            recv(self.controls) -> control => control.map(Heard::Control).map_err(|_| Gone),
            recv(news) -> news => Ok(Heard::News(news.ok())),
        }
    }

    /// Waits at most this long until somebody says something.
    pub(super) fn next_within(&mut self, time: Duration) -> Result<Option<Control>, Gone> {
        if let Some(control) = self.waiting.pop_front() {
            return Ok(Some(control));
        }
        match self.controls.recv_timeout(time) {
            Ok(control) => Ok(Some(control)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Gone),
        }
    }

    /// Takes in what has been said, without waiting.
    pub(super) fn listen(&mut self) -> Result<(), Gone> {
        loop {
            match self.controls.try_recv() {
                Ok(Control::Quit) | Err(TryRecvError::Disconnected) => return Err(Gone),
                Ok(control) => self.waiting.push_back(control),
                Err(TryRecvError::Empty) => return Ok(()),
            }
        }
    }

    /// Says something as soon as there is room for it, and listens meanwhile.
    pub(super) fn say(&mut self, update: Update) -> Result<(), Gone> {
        let mut outbox = VecDeque::from([update]);
        while let Some(control) = self.hand_over(&mut outbox)? {
            match control {
                Control::Quit => return Err(Gone),
                control => self.waiting.push_back(control),
            }
        }
        Ok(())
    }

    /// Says all this, as soon as there is room for it. When it has to wait for room and somebody says something meanwhile,
    /// it comes back with that, and the rest stays.
    pub(super) fn hand_over(&mut self, outbox: &mut VecDeque<Update>) -> Result<Option<Control>, Gone> {
        while let Some(update) = outbox.pop_front() {
            match self.updates.try_send(update) {
                Ok(()) => {}
                Err(TrySendError::Disconnected(_)) => return Err(Gone),
                Err(TrySendError::Full(update)) => {
                    let kept = update.clone();
                    select! {
                        send(self.updates, update) -> sent => sent.map_err(|_| Gone)?,
                        recv(self.controls) -> control => {
                            outbox.push_front(kept);
                            return control.map(Some).map_err(|_| Gone);
                        }
                    }
                }
            }
        }
        Ok(None)
    }
}
