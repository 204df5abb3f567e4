//! A connection that the server can break on purpose, before or in the middle of an answer.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// A listener for connections that the server can break.
pub(super) struct BreakableListener(pub(super) TcpListener);

impl Listener for BreakableListener {
    type Io = BreakableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (BreakableStream, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (BreakableStream { stream, breaker: Breaker::default() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// Breaks a connection; shared with the handler of its requests.
#[derive(Debug, Clone)]
pub(super) struct Breaker(Arc<AtomicUsize>);

/// The value that leaves a connection unbroken.
const NOTHING: usize = 0;

impl Default for Breaker {
    fn default() -> Self {
        Self(Arc::new(AtomicUsize::new(NOTHING)))
    }
}

impl Breaker {
    /// Breaks the connection this many bytes before the end of the next write.
    pub(super) fn cut(&self, before_end: usize) {
        self.0.store(before_end, Ordering::Relaxed);
    }

    /// Breaks the connection before the next write.
    pub(super) fn cut_all(&self) {
        self.cut(usize::MAX);
    }
}

impl Connected<IncomingStream<'_, BreakableListener>> for Breaker {
    fn connect_info(stream: IncomingStream<'_, BreakableListener>) -> Self {
        stream.io().breaker.clone()
    }
}

/// A TCP stream with its breaker.
pub(super) struct BreakableStream {
    stream: TcpStream,
    breaker: Breaker,
}

impl AsyncRead for BreakableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for BreakableStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let before_end = self.breaker.0.load(Ordering::Relaxed);
        if before_end == NOTHING {
            return Pin::new(&mut self.stream).poll_write(cx, bytes);
        }
        let allowed = bytes.get(..bytes.len().saturating_sub(before_end)).unwrap_or_default();
        if allowed.is_empty() {
            // Prefer a reset to a normal close; if that fails, a normal close is enough.
            self.stream.set_zero_linger().ok();
        } else {
            // An answer of a few hundred bytes is written in one piece, or not at all.
            std::task::ready!(Pin::new(&mut self.stream).poll_write(cx, allowed))?;
        }
        Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
