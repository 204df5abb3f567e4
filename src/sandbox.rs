//! The embedded stand-in for SEI: the documented and observed answers, and a verdict SEI never gives.
//!
//! [`answer`] is pure: a request and a [`Ledger`] in, an [`Answer`] out. [`start`] puts a server on the loopback
//! interface around it. A real SEI says 202 and drops in silence; this one says the same 202 and writes into the
//! ledger what SEI would have made of the run. [`Fault`]s are answered on request, of a request itself or planned for
//! the next ones: they too are decided by [`answer`], and the server only carries out what is not a plain answer, by
//! waiting or by breaking the connection. Knows no clock, no files and no environment.

mod answer;
mod caller;
mod fault;
mod link;
mod list;
mod log;
mod reply;
mod server;
mod stored;
mod verdict;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use uuid::{Builder, Uuid};

use crate::wire::{Origin, Secret, SecretError};

pub use answer::{Asked, answer};
pub use fault::{Fault, Planned};
pub use list::{Overview, Seen};
pub use log::{ReceivedRun, SandboxInstance, SandboxLog};
pub use reply::{Manner, SandboxAnswer};
pub use server::{Sandbox, Watch, start};
pub use stored::{Artifact, LOSING, Stored};
pub use verdict::{ALTERING, Verdict};

/// How a sandbox behaves.
#[derive(Debug, Clone)]
pub struct SandboxSettings {
    /// The only key it takes; any key without one.
    pub key: Option<Secret>,
    /// Where the GUIDs of new instances come from.
    pub new_id: NewId,
    /// Whether it refuses at once what SEI would drop later.
    pub strict: bool,
    /// The faults of the first requests.
    pub faults: Vec<Planned>,
    /// How long a late answer takes.
    pub late: Duration,
}

impl Default for SandboxSettings {
    fn default() -> Self {
        Self {
            key: None,
            new_id: NewId::default(),
            strict: false,
            faults: Vec::new(),
            late: Duration::from_secs(10),
        }
    }
}

impl SandboxSettings {
    /// A sandbox that takes this key only.
    pub fn with_key(key: &str) -> Result<Self, SecretError> {
        let here = Origin::of("http://127.0.0.1").ok_or(SecretError::Empty)?;
        Ok(Self { key: Some(Secret::new(key, here)?), ..Self::default() })
    }
}

/// A source of GUIDs. By default they are counted, so that a demo shows the same ones each time.
#[derive(Clone)]
pub struct NewId(Arc<dyn Fn() -> Uuid + Send + Sync>);

impl NewId {
    /// GUIDs from a function.
    pub fn from_fn(make: impl Fn() -> Uuid + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// Makes the next one.
    pub fn make(&self) -> Uuid {
        (self.0)()
    }
}

impl Default for NewId {
    fn default() -> Self {
        let count = AtomicU64::new(1);
        Self::from_fn(move || counted(count.fetch_add(1, Ordering::Relaxed)))
    }
}

impl fmt::Debug for NewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewId(…)")
    }
}

/// A UUID of the usual form that shows its number at the end.
fn counted(number: u64) -> Uuid {
    const STEM: u128 = 0x5e1c_0de5_0000_4000_8000_0000_0000_0000;
    Builder::from_random_bytes((STEM + u128::from(number)).to_be_bytes()).into_uuid()
}
