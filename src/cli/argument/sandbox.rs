//! The arguments of `sandbox`.

use clap::Args;

use crate::sandbox::Planned;

const NOTES: &str = "\
Faults: 401, 403, 404, 429 (with Retry-After), 500, 503, slow (accepted, reply after 10 s), reset (accepted, the \
connection breaks without a reply), half (accepted, the connection breaks in the middle of the reply), html (a proxy's \
page). `429` is for the next request, `429x3` for the next three, `429...` for all. Each retry counts as a request. A \
request can select a fault itself with the header sei-sandbox-fault: 429.

GET /sandbox/runs lists the received runs, the verdict of SEI on each, and the pending faults.";

#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(crate) struct SandboxArguments {
    /// Port of the loopback interface; 0 selects a free port
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// Fault for the next requests; repeat the option for faults in sequence
    #[arg(long = "fault", value_name = "FAULT", value_parser = Planned::read)]
    pub(crate) faults: Vec<Planned>,
    /// Refuse at once the runs that SEI would drop later
    #[arg(long)]
    pub(crate) strict: bool,
}
