//! The loopback server of the sandbox: runs in its own thread until its handle is dropped.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use tokio::sync::oneshot;

use super::SandboxSettings;
use super::answer::{Asked, answer};
use super::caller;
use super::fault::Planned;
use super::link::{BreakableListener, Breaker};
use super::list::Overview;
use super::log::{ReceivedRun, SandboxInstance, SandboxLog};
use super::reply::{Manner, SandboxAnswer};
use crate::wire::VERDICT_HEADER;

/// Far larger than any run.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

/// The time for open connections to end after the server stops.
const GRACE: Duration = Duration::from_millis(200);

/// The header of a request that asks for a fault.
const FAULT_HEADER: &str = "sei-sandbox-fault";

struct Shared {
    address: SocketAddr,
    log: Mutex<SandboxLog>,
    settings: SandboxSettings,
    listeners: Mutex<Listeners>,
}

/// The listeners for events of the server.
#[derive(Default)]
struct Listeners {
    /// Called with each new instance.
    instance: Option<Box<dyn Fn(SandboxInstance) + Send>>,
    /// Called once, at the next request.
    change: Option<Box<dyn FnOnce() + Send>>,
}

impl Shared {
    fn with_log<T>(&self, read: impl FnOnce(&mut SandboxLog) -> T) -> T {
        read(&mut self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn with_listeners<T>(&self, read: impl FnOnce(&mut Listeners) -> T) -> T {
        read(&mut self.listeners.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Calls the listeners after a POST, with the instance if one was created.
    fn notify(&self, made: Option<SandboxInstance>) {
        let change = self.with_listeners(|listeners| {
            if let (Some(listener), Some(made)) = (&listeners.instance, made) {
                listener(made);
            }
            listeners.change.take()
        });
        if let Some(listener) = change {
            listener();
        }
    }
}

/// A running sandbox; it stops when the value is dropped.
pub struct Sandbox {
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Starts a sandbox on the loopback interface; port 0 selects a free port.
pub fn start(port: u16, settings: SandboxSettings) -> io::Result<Sandbox> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut log = SandboxLog::default();
    log.plan(settings.faults.iter().copied());
    let (log, listeners) = (Mutex::new(log), Mutex::default());
    let shared = Arc::new(Shared { address, log, settings, listeners });
    let router = Router::new().fallback(handle).with_state(Arc::clone(&shared));
    let (stop, stopped) = oneshot::channel();
    let thread = std::thread::Builder::new()
        .name("sandbox".to_owned())
        .spawn(move || runtime.block_on(serve(listener, router, stopped)))?;
    Ok(Sandbox { shared, stop: Some(stop), thread: Some(thread) })
}

async fn serve(listener: TcpListener, router: Router, stopped: oneshot::Receiver<()>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let (ending, ends) = oneshot::channel::<()>();
    let router = router.into_make_service_with_connect_info::<Breaker>();
    let serving = axum::serve(BreakableListener(listener), router).with_graceful_shutdown(async move {
        // The handle never sends: dropping it ends the wait.
        stopped.await.ok();
        drop(ending);
    });
    tokio::select! {
        _ = async { serving.await } => {}
        () = async { ends.await.ok(); tokio::time::sleep(GRACE).await } => {}
    }
}

impl Sandbox {
    /// The base address: `http://127.0.0.1:` and the port.
    pub fn url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// The received runs, oldest first.
    pub fn received(&self) -> Vec<ReceivedRun> {
        self.shared.with_log(|log| log.received().to_vec())
    }

    /// The created instances, by GUID.
    pub fn instances(&self) -> Vec<SandboxInstance> {
        self.shared.with_log(|log| log.instances().cloned().collect())
    }

    /// A shared handle to the received runs and the planned faults.
    pub fn watch(&self) -> Watch {
        Watch(Arc::clone(&self.shared))
    }

    /// Stops listening, lets running answers finish, and waits for the end.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread is reported already.
            thread.join().ok();
        }
    }
}

/// A shared handle to the log of a sandbox; it may outlive the sandbox.
#[derive(Clone)]
pub struct Watch(Arc<Shared>);

impl Watch {
    /// The received runs and the planned faults, for a list.
    pub fn overview(&self) -> Overview {
        self.0.with_log(|log| log.overview())
    }

    /// Calls the listener with each new instance, before the answer is sent.
    pub fn on_instance(&self, listener: impl Fn(SandboxInstance) + Send + 'static) {
        self.0.with_listeners(|listeners| listeners.instance = Some(Box::new(listener)));
    }

    /// Calls the listener once, after the next POST: the overview may have changed.
    pub fn when_stirred(&self, listener: impl FnOnce() + Send + 'static) {
        self.0.with_listeners(|listeners| listeners.change = Some(Box::new(listener)));
    }

    /// Replaces the planned faults.
    pub fn plan(&self, faults: impl IntoIterator<Item = Planned>) {
        self.0.with_log(|log| log.plan(faults));
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch(…)")
    }
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(breaker): ConnectInfo<Breaker>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    if let Some(fault) = caller::fault(&parts, shared.address.port()) {
        let own = shared.address;
        return respond(SandboxAnswer::refusal(
            403,
            &format!(
                "The sandbox answers only programs on this machine: {fault}. Call http://{own} directly."
            ),
        ));
    }
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return respond(SandboxAnswer::refusal(413, "the body is too large or incomplete"));
    };
    let Ok(body) = std::str::from_utf8(&body) else {
        return respond(SandboxAnswer::refusal(400, "the body is not UTF-8"));
    };
    let asked = Asked {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        authorization: parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()),
        fault: parts.headers.get(FAULT_HEADER).map(|value| value.to_str().unwrap_or("?")),
        body,
    };
    let settings = &shared.settings;
    let (answer, verdict, made) = shared.with_log(|log| {
        let before = log.received().len();
        let answer = answer(log, settings, &asked, || settings.new_id.make());
        let arrived = log.received().get(before).map(ReceivedRun::sentence);
        (answer, arrived, log.take_made())
    });
    if asked.method == "POST" {
        shared.notify(made);
    }
    match answer.manner {
        Manner::Whole => {}
        Manner::Late => tokio::time::sleep(settings.late).await,
        Manner::Half => breaker.cut(answer.body.len().div_ceil(2)),
        Manner::Unsaid => breaker.cut_all(),
    }
    let mut response = respond(answer);
    if let Some(value) = verdict.and_then(|words| HeaderValue::from_bytes(words.as_bytes()).ok()) {
        response.headers_mut().insert(VERDICT_HEADER, value);
    }
    response
}

fn respond(answer: SandboxAnswer) -> Response<Body> {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    if let Some(seconds) = answer.retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
