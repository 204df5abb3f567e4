//! Proxies, certificates and, with `--check-network`, connection, key and clock.

use std::path::Path;

use super::DoctorLine;
use crate::cli::probe::{self, ProbeVerdict};
use crate::runtime::network::{Probe, probe};
use crate::text;
use crate::time::{self, Duration};
use crate::wire::{self, Environment};
use crate::world::World;
use crate::world::key::KeyWithSource;

/// The largest clock difference without a warning.
const TOLERATED: Duration = Duration::from_millis(60_000);
/// The clock difference from which runs are counted in the wrong hour.
const SERIOUS: Duration = Duration::from_millis(3_600_000);

/// The network settings of this machine.
pub(super) fn settings(world: &dyn World, environment: &Environment) -> Vec<DoctorLine> {
    vec![proxies(world), certificates(world, environment)]
}

fn proxies(world: &dyn World) -> DoctorLine {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"];
    let set: Vec<_> = names
        .into_iter()
        .filter_map(|name| Some(format!("{name} is {}", without_login(&world.variable(name)?))))
        .collect();
    let none = "no proxy variable is set".to_owned();
    DoctorLine::fine("proxy", if set.is_empty() { none } else { set.join(", ") })
}

/// An address without its user and password.
fn without_login(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let shown = if scheme.is_empty() { host.to_owned() } else { format!("{scheme}://{host}") };
    text::cut(&text::visible(&shown), 60).into_owned()
}

fn certificates(world: &dyn World, environment: &Environment) -> DoctorLine {
    if let Some(path) = &environment.ca_file {
        return match world.read(path) {
            Ok(_) => {
                DoctorLine::fine("certificates", format!("{} in addition to the system's", path.display()))
            }
            Err(fault) => DoctorLine::problem("certificates", format!("ca_file: {fault}")),
        };
    }
    let mut set = ["SSL_CERT_FILE", "SSL_CERT_DIR"]
        .into_iter()
        .filter_map(|name| Some((name, world.variable(name)?)))
        .peekable();
    if set.peek().is_none() {
        return DoctorLine::fine("certificates", "the certificates of this system");
    }
    let variables: Vec<_> = set.collect();
    if let Some((name, path)) = variables.iter().find(|(_, path)| !world.exists(Path::new(path))) {
        let path = text::visible(path);
        return DoctorLine::problem(
            "certificates",
            format!("{name} is {path}, which does not exist. Fix or unset {name}."),
        );
    }
    let settings: Vec<_> =
        variables.iter().map(|(name, path)| format!("{name} is {}", text::visible(path))).collect();
    DoctorLine::fine("certificates", settings.join(", "))
}

/// The reply of the environment. Without a key, only the connection is checked.
pub(super) fn findings(
    world: &dyn World,
    environment: &Environment,
    found: Option<&KeyWithSource>,
) -> Vec<DoctorLine> {
    let place = format!("{} ({})", environment.label, environment.host());
    if environment.is_unstarted() {
        return vec![DoctorLine::warning(
            "network",
            format!(
                "{} has no fixed address. Run `sei-compose sandbox`, then `doctor --base-url URL`.",
                environment.label
            ),
        )];
    }
    let key = found.map(|found| (environment.scheme, &found.key));
    let seen = match key {
        Some(_) => found.map(|found| probe::request_status(world, environment, &found.key)),
        None => Some(probe(world, &environment.base, environment.ca_file.as_deref(), None)),
    };
    let Some(seen) = seen else { return Vec::new() };
    let date = seen.as_ref().ok().and_then(|probe| probe.date.clone());
    let clock = seen.is_ok().then(|| clock(world, date.as_deref()));
    let answer = match (&seen, probe::verdict(&seen)) {
        (Ok(Probe { reply, .. }), _) if key.is_none() => {
            DoctorLine::fine("network", format!("{place} answers with {}", reply.status))
        }
        (_, ProbeVerdict::Taken) => DoctorLine::fine("network", format!("{place} accepts the key")),
        (_, ProbeVerdict::Open) => DoctorLine::warning(
            "network",
            format!("{place}: unknown path; the key may not have been checked."),
        ),
        (_, ProbeVerdict::Refused) => {
            let result = seen.map(|probe| probe.reply);
            let explanation = wire::explain(&probe::request(environment), environment, &result);
            let next = explanation.next.first().map_or_else(String::new, |step| format!(" {step}"));
            DoctorLine::problem("network", format!("{place}: {}.{next}", explanation.headline))
        }
    };
    std::iter::once(answer).chain(clock).collect()
}

fn clock(world: &dyn World, date: Option<&str>) -> DoctorLine {
    let now = world.now();
    let Some(theirs) = date.and_then(|date| time::parse_instant(date, now)) else {
        return DoctorLine::warning("clock", "the server sent no time to compare with");
    };
    let skew = now - theirs;
    let away = skew.abs().whole_seconds().human();
    let direction = if skew < Duration::ZERO { "behind" } else { "ahead of" };
    let text = format!("{away} {direction} the server");
    if skew.abs() <= TOLERATED {
        DoctorLine::fine("clock", "agrees with the server to the minute")
    } else if skew.abs() < SERIOUS {
        DoctorLine::warning("clock", format!("{text}; the times of runs are off by the same amount."))
    } else {
        DoctorLine::problem("clock", format!("{text}. Set this machine's clock: runs would get wrong times."))
    }
}
