//! The built-in SEI emulator: the documented and observed answers, and a verdict that SEI never
//! gives.
//!
//! [`answer`] is a pure function: it takes a request and a [`SandboxLog`] and returns a
//! [`SandboxAnswer`]. [`start`] runs a server around it on the loopback interface. The real SEI
//! answers 202 and may silently drop a run; the sandbox answers the same 202 and logs a verdict. A
//! [`Fault`] is set by a request itself or planned for the next ones. [`answer`] decides on faults
//! too; the server only delays an answer or breaks a connection. Uses no clock, no files and no
//! environment.

mod answer;
mod caller;
mod fault;
mod link;
mod list;
mod log;
mod reply;
mod server;
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
pub use verdict::Verdict;

/// The settings of a sandbox.
#[derive(Debug, Clone)]
pub struct SandboxSettings {
    /// The only accepted key; `None` accepts any key.
    pub key: Option<Secret>,
    /// The source of GUIDs for new instances.
    pub new_id: NewId,
    /// Whether the sandbox refuses at once what SEI would drop later.
    pub strict: bool,
    /// The faults of the first requests.
    pub faults: Vec<Planned>,
    /// The delay of a late answer.
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
    /// Settings that accept only this key.
    pub fn with_key(key: &str) -> Result<Self, SecretError> {
        let origin = Origin::of("http://127.0.0.1").ok_or(SecretError::Empty)?;
        Ok(Self { key: Some(Secret::new(key, origin)?), ..Self::default() })
    }
}

/// A source of GUIDs. The default counts, so that a demo shows the same GUIDs each time.
#[derive(Clone)]
pub struct NewId(Arc<dyn Fn() -> Uuid + Send + Sync>);

impl NewId {
    /// GUIDs from a function.
    pub fn from_fn(make: impl Fn() -> Uuid + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// Creates the next GUID.
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

/// A valid UUID that ends with the number.
fn counted(number: u64) -> Uuid {
    const STEM: u128 = 0x5e1c_0de5_0000_4000_8000_0000_0000_0000;
    Builder::from_random_bytes((STEM + u128::from(number)).to_be_bytes()).into_uuid()
}
