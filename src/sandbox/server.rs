//! The loopback server around the answers: a thread of its own, gone with its handle.

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
use super::link::{Ear, Knife};
use super::list::Overview;
use super::log::{ReceivedRun, SandboxInstance, SandboxLog};
use super::reply::{Manner, SandboxAnswer};
use crate::wire::VERDICT_HEADER;

/// Far more than any run has.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

/// How long open connections may take to end once the server is stopped.
const GRACE: Duration = Duration::from_millis(200);

/// The header by which a request asks for a fault.
const FAULT_HEADER: &str = "sei-sandbox-fault";

struct Shared {
    address: SocketAddr,
    ledger: Mutex<SandboxLog>,
    settings: SandboxSettings,
    listeners: Mutex<Listeners>,
}

/// Who wants to be told what happens.
#[derive(Default)]
struct Listeners {
    /// Told of each instance.
    instance: Option<Box<dyn Fn(SandboxInstance) + Send>>,
    /// Told once, when anything comes.
    stirred: Option<Box<dyn FnOnce() + Send>>,
}

impl Shared {
    fn with_ledger<T>(&self, read: impl FnOnce(&mut SandboxLog) -> T) -> T {
        read(&mut self.ledger.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn with_listeners<T>(&self, read: impl FnOnce(&mut Listeners) -> T) -> T {
        read(&mut self.listeners.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells who listens that something was posted, and the instance that was made.
    fn notify(&self, made: Option<SandboxInstance>) {
        let stirred = self.with_listeners(|listeners| {
            if let (Some(listener), Some(made)) = (&listeners.instance, made) {
                listener(made);
            }
            listeners.stirred.take()
        });
        if let Some(stirred) = stirred {
            stirred();
        }
    }
}

/// A sandbox that is listening; dropping it stops it.
pub struct Sandbox {
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Starts a sandbox on this machine; port 0 takes a free one.
pub fn start(port: u16, settings: SandboxSettings) -> io::Result<Sandbox> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut ledger = SandboxLog::default();
    ledger.plan(settings.faults.iter().copied());
    let (ledger, listeners) = (Mutex::new(ledger), Mutex::default());
    let shared = Arc::new(Shared { address, ledger, settings, listeners });
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
    let router = router.into_make_service_with_connect_info::<Knife>();
    let serving = axum::serve(Ear(listener), router).with_graceful_shutdown(async move {
        // The handle never sends: it is dropped.
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

    /// The runs taken so far, oldest first.
    pub fn received(&self) -> Vec<ReceivedRun> {
        self.shared.with_ledger(|ledger| ledger.received().to_vec())
    }

    /// The instances made so far.
    pub fn instances(&self) -> Vec<SandboxInstance> {
        self.shared.with_ledger(|ledger| ledger.instances().cloned().collect())
    }

    /// A way to what has arrived, and to the faults to come, for whoever does not hold the sandbox itself.
    pub fn watch(&self) -> Watch {
        Watch(Arc::clone(&self.shared))
    }

    /// Stops listening, lets answers under way finish, and waits for the end.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so already.
            thread.join().ok();
        }
    }
}

/// A look into a sandbox that somebody else holds; it outlives the sandbox, and sees nothing new then.
#[derive(Clone)]
pub struct Watch(Arc<Shared>);

impl Watch {
    /// What has arrived, for a list.
    pub fn overview(&self) -> Overview {
        self.0.with_ledger(|ledger| ledger.overview())
    }

    /// Has each instance told that is made from now on, before the answer goes out.
    pub fn on_instance(&self, listener: impl Fn(SandboxInstance) + Send + 'static) {
        self.0.with_listeners(|listeners| listeners.instance = Some(Box::new(listener)));
    }

    /// Has it told, once, when the next thing was posted: the overview is another one then.
    pub fn when_stirred(&self, listener: impl FnOnce() + Send + 'static) {
        self.0.with_listeners(|listeners| listeners.stirred = Some(Box::new(listener)));
    }

    /// Forgets the faults that were planned and plans these.
    pub fn plan(&self, faults: impl IntoIterator<Item = Planned>) {
        self.0.with_ledger(|ledger| ledger.plan(faults));
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch(…)")
    }
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(knife): ConnectInfo<Knife>,
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
        return respond(SandboxAnswer::refusal(413, "the body is too large, or broke off"));
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
    let (answer, verdict, made) = shared.with_ledger(|ledger| {
        let before = ledger.received().len();
        let answer = answer(ledger, settings, &asked, || settings.new_id.make());
        let arrived = ledger.received().get(before).map(ReceivedRun::sentence);
        (answer, arrived, ledger.take_made())
    });
    if asked.method == "POST" {
        shared.notify(made);
    }
    match answer.manner {
        Manner::Whole => {}
        Manner::Late => tokio::time::sleep(settings.late).await,
        Manner::Half => knife.cut(answer.body.len().div_ceil(2)),
        Manner::Unsaid => knife.cut_all(),
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
