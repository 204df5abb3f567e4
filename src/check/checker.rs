//! A check that is repeated after each change of one document.

use std::sync::Arc;

use super::cache::StageCache;
use super::problem::Problem;
use super::session::CheckSession;
use super::walk;
use crate::document::{DocumentSize, Object, Pointer, Value};

/// Checks one document repeatedly, and only the parts that changed.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    cache: StageCache,
    has_duplicate_keys: bool,
}

impl Checker {
    /// All problems, as [`CheckSession::problems`] finds them; unchanged stages share their
    /// problems with the last check.
    ///
    /// `touched` are the places of the edits since the last call, as
    /// [`Edit::places`](crate::document::Edit::places) returns them; `None` means another document.
    pub fn check(&mut self, session: &CheckSession<'_>, touched: Option<&[Pointer]>) -> Vec<Arc<Problem>> {
        let CheckSession { document, context, silenced, .. } = *session;
        let mut cache = std::mem::take(&mut self.cache);
        match touched {
            Some(places) => places.iter().for_each(|place| cache.forget(place)),
            None => cache.clear(),
        }
        cache.measure(document);
        let (mut problems, cache) = walk::again(document, context, cache);
        self.cache = cache;
        problems.retain(|problem| !silenced.contains(problem.code));
        self.has_duplicate_keys = match touched {
            // Only an edit can add a duplicate key.
            Some(places) if !self.has_duplicate_keys => {
                places.iter().any(|place| may_repeat_keys(document, place))
            }
            Some(_) | None => document.has_duplicate_keys(),
        };
        if self.has_duplicate_keys {
            problems.extend(session.text_problems().into_iter().map(|fault| Arc::new(fault.problem)));
            problems.sort_by_key(|problem| problem.rank());
        }
        problems
    }

    /// The size of the document at the last check.
    pub const fn size(&self) -> DocumentSize {
        self.cache.size()
    }
}

/// Whether a value, or the object around it, has duplicate keys.
fn may_repeat_keys(document: &Value, place: &Pointer) -> bool {
    let holder = place.parent().and_then(|parent| document.get(&parent)).and_then(Value::as_object);
    holder.is_some_and(Object::has_duplicate_keys)
        || document.get(place).is_some_and(Value::has_duplicate_keys)
}
