//! A word to a delivery that somebody waits for: stop.

use tokio::sync::oneshot;

/// What a delivery listens to while it runs.
#[derive(Debug)]
pub struct Stop(oneshot::Receiver<()>);

/// What says the word.
#[derive(Debug)]
pub struct Stopper(oneshot::Sender<()>);

impl Stop {
    /// A listener and its speaker; a speaker that goes without a word stops nothing.
    pub fn new() -> (Stopper, Self) {
        let (speak, listen) = oneshot::channel();
        (Stopper(speak), Self(listen))
    }

    /// A listener to nobody.
    pub fn never() -> Self {
        Self::new().1
    }

    /// Waits for the word.
    pub(super) async fn given(self) {
        if self.0.await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Stopper {
    /// Says the word; whether there was still somebody to hear it.
    pub fn stop(self) -> bool {
        self.0.send(()).is_ok()
    }
}
