//! A worker pool: the same work for each item, on all cores, with the results in order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Fewer items run on the current thread: starting others takes longer.
const MIN_PARALLEL: usize = 16;
/// The number of items that a thread takes at a time: large enough for low overhead, small enough
/// for an even distribution.
const BATCH: usize = 8;

/// Applies `work` to all items; the results have the order of the items.
pub(super) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    if threads == 1 || items.len() < MIN_PARALLEL {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let work_on_batches = || {
        let mut done = Vec::new();
        loop {
            let start = next.fetch_add(BATCH, Ordering::Relaxed);
            let Some(batch) =
                items.get(start..items.len().min(start + BATCH)).filter(|batch| !batch.is_empty())
            else {
                return done;
            };
            done.extend(batch.iter().enumerate().map(|(index, item)| (start + index, work(item))));
        }
    };
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work_on_batches)).collect();
        let mut place = |(index, result): (usize, R)| {
            if let Some(slot) = results.get_mut(index) {
                *slot = Some(result);
            }
        };
        work_on_batches().into_iter().for_each(&mut place);
        for other in others {
            match other.join() {
                Ok(done) => done.into_iter().for_each(&mut place),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    results.into_iter().flatten().collect()
}
