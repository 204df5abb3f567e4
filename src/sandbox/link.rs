//! A connection that can be broken on purpose, before an answer or in the middle of one.

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

/// A listener whose connections can be broken.
pub(super) struct Ear(pub(super) TcpListener);

impl Listener for Ear {
    type Io = Link;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Link, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (Link { stream, knife: Knife::default() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// What breaks a connection; the handler of its requests holds it too.
#[derive(Debug, Clone)]
pub(super) struct Knife(Arc<AtomicUsize>);

/// How much of the next answer is held back when nothing is to be broken.
const NOTHING: usize = 0;

impl Default for Knife {
    fn default() -> Self {
        Self(Arc::new(AtomicUsize::new(NOTHING)))
    }
}

impl Knife {
    /// Breaks the connection so many bytes before the end of the next thing that is written.
    pub(super) fn cut(&self, before_end: usize) {
        self.0.store(before_end, Ordering::Relaxed);
    }

    /// Breaks the connection before anything is written.
    pub(super) fn cut_all(&self) {
        self.cut(usize::MAX);
    }
}

impl Connected<IncomingStream<'_, Ear>> for Knife {
    fn connect_info(stream: IncomingStream<'_, Ear>) -> Self {
        stream.io().knife.clone()
    }
}

/// A connection.
pub(super) struct Link {
    stream: TcpStream,
    knife: Knife,
}

impl AsyncRead for Link {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Link {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let held_back = self.knife.0.load(Ordering::Relaxed);
        if held_back == NOTHING {
            return Pin::new(&mut self.stream).poll_write(cx, bytes);
        }
        let said = bytes.get(..bytes.len().saturating_sub(held_back)).unwrap_or_default();
        if said.is_empty() {
            // A reset rather than a polite end; where that cannot be had, an end will do.
            self.stream.set_zero_linger().ok();
        } else {
            // An answer of a few hundred bytes goes out in one piece, or not at all.
            std::task::ready!(Pin::new(&mut self.stream).poll_write(cx, said))?;
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
