//! The instance compared with the instance book: known, known elsewhere, or known by another name.

use crate::catalog::{Evidence, FieldRole};
use crate::check::context::KnownInstance;
use crate::check::family::identity;
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::{brief, quote, series};
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{BACKEND, Rule};
use crate::document::Value;

pub(in crate::check) const GUID_UNKNOWN: Rule = Rule {
    code: "guid-unknown",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "The instance GUID is not in the instance book. Severity in the built-in sandbox: warning.",
    why: "SEI answers 202 to an unknown GUID, then drops the run. The book lists the instances that were created or used \
          here. A sandbox starts without instances and forgets its own when it ends.",
    source: BACKEND,
    example: r#""instance_guid": "0c9f1f0a-2f63-4a8e-9d55-3b1f7a6c2e10""#,
    good: r#""instance_guid": "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42""#,
    fix: "",
};

pub(in crate::check) const GUID_ELSEWHERE: Rule = Rule {
    code: "guid-elsewhere",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "In the instance book, the GUID belongs to another environment than the target of the run.",
    why: "Each environment has its own instances. In another environment the GUID is unknown: SEI answers 202, then \
          drops the run.",
    source: BACKEND,
    example: r#""instance_guid": "7d1b0f6e-98c4-4c53-8a3e-5f0e6b2d9a71""#,
    good: r#""instance_guid": "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42""#,
    fix: "Uses an instance of this environment from the book. Or switch the environment.",
};

pub(in crate::check) const INSTANCE_RENAMED: Rule = Rule {
    code: "instance-renamed",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "The name or URL of the instance differs from the instance book.",
    why: "Every send overwrites the stored name and URL of the instance, so this run would rename it for all jobs.",
    source: BACKEND,
    example: r#""instance_name": "Jenkins Instance""#,
    good: r#""instance_name": "ci""#,
    fix: "Copies the name or URL from the book.",
};

/// A longer list of fixes makes the choice harder.
const MAX_OFFERS: usize = 3;

/// Runs the rules that compare the instance with the known instances.
pub(in crate::check) fn instance(report: &mut Report<'_>, fields: &Fields<'_>, record: &ValuePlace<'_>) {
    let book = &report.context.instances;
    let all_known = report.context.all_known;
    let is_checked = |guid: &&str| (all_known || !book.is_empty()) && identity::is_own(guid);
    let guid = fields.text(FieldRole::InstanceGuid).filter(is_checked);
    let (Some(guid), Some(place)) = (guid, fields.at(FieldRole::InstanceGuid, record)) else { return };
    let environment = report.context.environment.as_deref();
    let known: Vec<_> = book.iter().filter(|known| known.guid.eq_ignore_ascii_case(guid)).collect();
    if known.is_empty() {
        guid_unknown(report, guid, &place);
    } else if let Some(own) = known.iter().find(|known| known.may_be_in(environment)) {
        instance_renamed(report, fields, record, own);
    } else {
        guid_elsewhere(report, &known, &place);
    }
}

fn guid_unknown(report: &mut Report<'_>, guid: &str, place: &ValuePlace<'_>) {
    if report.context.all_known {
        let message = format!("This sandbox did not create {}: it would drop the run.", quote(guid));
        let fixes = offers(report, "", place);
        report.warn(&GUID_UNKNOWN, place, message, fixes);
    } else {
        let message =
            format!("{} is not in the instance book: SEI drops runs of unknown instances.", quote(guid));
        report.add(&GUID_UNKNOWN, place, message, Vec::new());
    }
}

fn guid_elsewhere(report: &mut Report<'_>, known: &[&KnownInstance], place: &ValuePlace<'_>) {
    let Some(environment) = report.context.environment.as_deref() else { return };
    let others: Vec<_> = known.iter().filter_map(|known| known.environment.as_deref()).collect();
    let name = known.first().map_or("", |known| known.name.as_str());
    let message = format!(
        "The GUID belongs to {} in {}: in {environment}, SEI would drop the run.",
        quote(name),
        series(&others)
    );
    let fixes = offers(report, name, place);
    report.add(&GUID_ELSEWHERE, place, message, fixes);
}

/// Fixes with the instances of the environment, an instance of the same name first.
fn offers(report: &Report<'_>, name: &str, place: &ValuePlace<'_>) -> Vec<Fix> {
    let environment = report.context.environment.as_deref();
    let here =
        |known: &&KnownInstance| known.environment.is_some() && known.environment.as_deref() == environment;
    let mut offers: Vec<_> = report.context.instances.iter().filter(here).collect();
    offers.sort_by_key(|other| other.name != name);
    let offer = |known: &KnownInstance| {
        let label = format!("use {} of {}", quote(&known.name), environment.unwrap_or_default());
        Fix::offer(label, replace(place, Value::from(known.guid.as_str())))
    };
    offers.into_iter().take(MAX_OFFERS).map(offer).collect()
}

fn instance_renamed(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
    known: &KnownInstance,
) {
    let url = known.url.as_deref();
    let pairs = [(FieldRole::InstanceName, Some(known.name.as_str())), (FieldRole::InstanceUrl, url)];
    for (role, booked) in pairs {
        let (Some(booked), Some(text)) = (booked, fields.text(role)) else { continue };
        // A slash at the end of a URL does not change the address.
        let is_same = text.trim_end_matches('/') == booked.trim_end_matches('/');
        let Some(place) = fields.at(role, record).filter(|_| !is_same && !booked.trim().is_empty()) else {
            continue;
        };
        let message = format!("SEI would overwrite {} (instance book) with {}.", brief(booked), brief(text));
        let fix = Fix::offer(format!("use {}", quote(booked)), replace(&place, Value::from(booked)));
        report.add(&INSTANCE_RENAMED, &place, message, vec![fix]);
    }
}
