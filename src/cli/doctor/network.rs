//! The way to the environment: proxies, certificates and, when asked, connection, key and clock.

use std::path::Path;

use super::DoctorLine;
use crate::cli::probe::{self, ProbeVerdict};
use crate::runtime::network::{Probe, probe};
use crate::text;
use crate::time::{self, Duration};
use crate::wire::{self, Environment};
use crate::world::World;
use crate::world::key::KeyWithSource;

/// A difference of clocks that does no harm.
const TOLERATED: Duration = Duration::from_millis(60_000);
/// A difference at which runs land in the wrong hour.
const GRAVE: Duration = Duration::from_millis(3_600_000);

/// What is set on this machine about the network.
pub(super) fn settings(world: &dyn World, environment: &Environment) -> Vec<DoctorLine> {
    vec![proxies(world), certificates(world, environment)]
}

fn proxies(world: &dyn World) -> DoctorLine {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"];
    let set: Vec<_> = names
        .into_iter()
        .filter_map(|name| Some(format!("{name} is {}", without_login(&world.variable(name)?))))
        .collect();
    let none = "no variable names a proxy".to_owned();
    DoctorLine::fine("proxy", if set.is_empty() { none } else { set.join(", ") })
}

/// An address without the user and password in it.
fn without_login(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let shown = if scheme.is_empty() { host.to_owned() } else { format!("{scheme}://{host}") };
    text::cut(&text::visible(&shown), 60).into_owned()
}

fn certificates(world: &dyn World, environment: &Environment) -> DoctorLine {
    if let Some(path) = &environment.ca_file {
        return match world.read(path) {
            Ok(_) => DoctorLine::fine("certificates", format!("{} besides the system's", path.display())),
            Err(fault) => DoctorLine::problem("certificates", format!("ca_file: {fault}")),
        };
    }
    let mut set = ["SSL_CERT_FILE", "SSL_CERT_DIR"]
        .into_iter()
        .filter_map(|name| Some((name, world.variable(name)?)))
        .peekable();
    if set.peek().is_none() {
        return DoctorLine::fine("certificates", "those of this system");
    }
    let told: Vec<_> = set.collect();
    if let Some((name, path)) = told.iter().find(|(_, path)| !world.exists(Path::new(path))) {
        let path = text::visible(path);
        return DoctorLine::problem(
            "certificates",
            format!("{name} is {path}, where nothing is. Mend or unset it."),
        );
    }
    let told: Vec<_> = told.iter().map(|(name, path)| format!("{name} is {}", text::visible(path))).collect();
    DoctorLine::fine("certificates", told.join(", "))
}

/// What the environment answers. Without a key it is only asked whether it is there.
pub(super) fn findings(
    world: &dyn World,
    environment: &Environment,
    found: Option<&KeyWithSource>,
) -> Vec<DoctorLine> {
    let place = format!("{} ({})", environment.label, environment.host());
    if environment.is_unstarted() {
        return vec![DoctorLine::warning(
            "network",
            format!("{place} runs only while the app or `sandbox` does."),
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
        (_, ProbeVerdict::Taken) => DoctorLine::fine("network", format!("{place} takes the key")),
        (_, ProbeVerdict::Open) => DoctorLine::warning(
            "network",
            format!("{place} has nothing at this path: it may not have looked at the key."),
        ),
        (_, ProbeVerdict::Refused) => {
            let result = seen.map(|probe| probe.reply);
            let told = wire::explain(&probe::request(environment), environment, &result);
            let next = told.next.first().map_or_else(String::new, |step| format!(" {step}"));
            DoctorLine::problem("network", format!("{place}: {}.{next}", told.headline))
        }
    };
    std::iter::once(answer).chain(clock).collect()
}

fn clock(world: &dyn World, date: Option<&str>) -> DoctorLine {
    let now = world.now();
    let Some(theirs) = date.and_then(|date| time::parse_instant(date, now)) else {
        return DoctorLine::warning("clock", "the server told no time to compare with");
    };
    let skew = now - theirs;
    let away = skew.abs().whole_seconds().human();
    let direction = if skew < Duration::ZERO { "behind" } else { "ahead of" };
    let text = format!("{away} {direction} the server");
    if skew.abs() <= TOLERATED {
        DoctorLine::fine("clock", "agrees with the server to the minute")
    } else if skew.abs() < GRAVE {
        DoctorLine::warning("clock", format!("{text}; times of runs are off by as much."))
    } else {
        DoctorLine::problem("clock", format!("{text}. Set this machine's clock: runs would land elsewhere."))
    }
}
