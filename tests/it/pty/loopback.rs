//! Test servers on this machine.

use std::net::{TcpListener, TcpStream};
use std::thread::{JoinHandle, spawn};

/// A server for one connection: its address, and the result of the conversation.
pub(super) fn serving<T: Send + 'static>(
    talk: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (String, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (url, spawn(move || talk(listener.accept().unwrap().0)))
}
