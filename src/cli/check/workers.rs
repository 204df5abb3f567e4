//! Many hands for many lines: the same work on each, on every core, with the results in order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Fewer items than this are done before a second thread has begun.
const FEW: usize = 16;
/// How many items a thread takes at a time: enough that taking costs nothing, few enough that none is left alone.
const TAKE: usize = 8;

/// Does the same with all items; the results stand in the order of the items.
pub(super) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let hands = thread::available_parallelism().map_or(1, usize::from);
    if hands == 1 || items.len() < FEW {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let start = next.fetch_add(TAKE, Ordering::Relaxed);
            let Some(some) = items.get(start..items.len().min(start + TAKE)).filter(|some| !some.is_empty())
            else {
                return done;
            };
            done.extend(some.iter().enumerate().map(|(index, item)| (start + index, work(item))));
        }
    };
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let others: Vec<_> = (1..hands).map(|_| scope.spawn(take)).collect();
        let mut place = |(index, result): (usize, R)| {
            if let Some(slot) = results.get_mut(index) {
                *slot = Some(result);
            }
        };
        take().into_iter().for_each(&mut place);
        for other in others {
            match other.join() {
                Ok(done) => done.into_iter().for_each(&mut place),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    results.into_iter().flatten().collect()
}
