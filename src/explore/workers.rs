//! OS threads that share work.

use std::sync::{Mutex, PoisonError};
use std::thread;

/// Does the work on every job; several OS threads take one job after the other. Which of them does which job makes no
/// difference, as a job has everything that it changes.
pub(super) fn share<T: Send>(workers: usize, jobs: &mut [T], work: impl Fn(&mut T) + Sync) {
    if workers < 2 || jobs.len() < 2 {
        jobs.iter_mut().for_each(work);
        return;
    }
    let extra = workers.min(jobs.len()) - 1;
    let queue = Mutex::new(jobs.iter_mut());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let take_all = || {
        while let Some(job) = next() {
            work(job);
        }
    };
    thread::scope(|scope| {
        for _ in 0..extra {
            scope.spawn(take_all);
        }
        take_all();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_job_is_done_once() {
        for workers in [0, 1, 2, 5] {
            let mut jobs: Vec<u32> = (0..100).collect();
            share(workers, &mut jobs, |job| *job += 1);
            assert!(jobs.into_iter().eq(1..101));
        }
    }
}
