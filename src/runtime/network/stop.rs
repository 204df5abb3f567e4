//! A signal that stops a delivery while a caller waits for it.

use tokio::sync::oneshot;

/// The receiver of a stop, for a running delivery.
#[derive(Debug)]
pub struct Stop(oneshot::Receiver<()>);

/// The sender of a stop.
#[derive(Debug)]
pub struct Stopper(oneshot::Sender<()>);

impl Stop {
    /// A sender and its receiver; a sender that is dropped stops nothing.
    pub fn new() -> (Stopper, Self) {
        let (sender, receiver) = oneshot::channel();
        (Stopper(sender), Self(receiver))
    }

    /// A receiver without a sender: the delivery is never stopped.
    pub fn never() -> Self {
        Self::new().1
    }

    /// Waits for the stop; waits forever if the sender was dropped.
    pub(super) async fn requested(self) {
        if self.0.await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Stopper {
    /// Sends the stop; returns whether the delivery was still running.
    pub fn stop(self) -> bool {
        self.0.send(()).is_ok()
    }
}
