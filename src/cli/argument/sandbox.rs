//! The arguments of `sandbox`.

use clap::Args;

use crate::sandbox::Planned;

const NOTES: &str = "\
Faults: 401, 403, 404, 429 (with Retry-After), 500, 503, slow (taken, answered after 10 s), reset (taken, the connection \
breaks without an answer), half (taken, it breaks in the middle of the answer), html (a proxy's page). `429` is for the \
next request, `429x3` for the next three, `429...` for all. Requests that are tried again count each time. A request \
can ask for a fault itself, with the header sei-sandbox-fault: 429.

GET /sandbox/runs lists what came, what SEI would have made of it, and which faults are still to come.";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(crate) struct SandboxArguments {
    /// Port of the loopback interface; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// A fault for the next requests; several come one after the other
    #[arg(long = "fault", value_name = "FAULT", value_parser = Planned::read)]
    pub(crate) faults: Vec<Planned>,
    /// Refuse at once what SEI would drop later
    #[arg(long)]
    pub(crate) strict: bool,
}
