//! The GUID and the build number: SEI identifies instance and run by them.

use crate::catalog::Evidence;
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::{self, quote};
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{BACKEND, PAGES, Rule};
use crate::document::{Number, Value};

pub(in crate::check) const GUID_FORM: Rule = Rule {
    code: "guid-form",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "The instance GUID is not a UUID.",
    why: "SEI still answers 202. Later, SEI finds no such instance and silently drops the run.",
    source: BACKEND,
    example: r#""instance_guid": "c9a73c1b-7590-34sa-a82f-c53a469686b7""#,
    good: r#""instance_guid": "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42""#,
    fix: "Writes the UUID in the standard notation, if nothing else is wrong.",
};

pub(in crate::check) const GUID_NIL: Rule = Rule {
    code: "guid-nil",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "The instance GUID is the nil UUID, all zeros.",
    why: "No instance has this GUID: SEI answers 202, then drops the run.",
    source: BACKEND,
    example: r#""instance_guid": "00000000-0000-0000-0000-000000000000""#,
    good: r#""instance_guid": "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42""#,
    fix: "",
};

pub(in crate::check) const GUID_SAMPLE: Rule = Rule {
    code: "guid-sample",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "The instance GUID is a sample from the documentation.",
    why: "The GUID belongs to no real instance: SEI answers 202, then drops the run.",
    source: PAGES,
    example: r#""instance_guid": "89d2491c-764a-4f77-93d9-18e8e372b795""#,
    good: r#""instance_guid": "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42""#,
    fix: "",
};

pub(in crate::check) const BUILD_NUMBER_MISSING: Rule = Rule {
    code: "build-number-missing",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "The run has no build number.",
    why: "GUID, full name and build number identify a run. Without the number, every run of the job is run 0, and SEI \
          keeps only the first.",
    source: BACKEND,
    example: r#""build_number": null"#,
    good: r#""build_number": 4487150517"#,
    fix: "",
};

pub(in crate::check) const BUILD_NUMBER_RANGE: Rule = Rule {
    code: "build-number-range",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    loss: Some(Loss::Run),
    other_losses: &[None],
    meaning: "The build number is negative, has a fraction or needs more than 64 bits. Severity for 0: warning.",
    why: "SEI stores a 64-bit whole number and identifies runs by it. A run without a number is run 0.",
    source: PAGES,
    example: r#""build_number": 7.5"#,
    good: r#""build_number": 318"#,
    fix: "",
};

/// The GUIDs of the documentation's examples.
const SAMPLES: [&str; 3] = [
    "89d2491c-764a-4f77-93d9-18e8e372b795",
    "666ba79b-3f3d-4236-ac04-4686ce526705",
    "c9a73c1b-7590-4ac6-a82f-c53a469686b7",
];

/// The documentation's example that is not a UUID.
const BAD_SAMPLE: &str = "c9a73c1b-7590-34sa-a82f-c53a469686b7";

const NIL: &str = "00000000-0000-0000-0000-000000000000";

/// The lengths of the groups of a UUID.
const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

pub(in crate::check) fn guid(report: &mut Report<'_>, guid: &str, place: &ValuePlace<'_>) {
    if !is_uuid(guid) {
        guid_form(report, guid, place);
    } else if guid == NIL {
        guid_nil(report, place);
    } else if is_sample(guid) {
        guid_sample(report, guid, place);
    }
}

fn guid_nil(report: &mut Report<'_>, place: &ValuePlace<'_>) {
    let message = "The nil GUID belongs to no instance: SEI answers 202 and drops the run.".to_owned();
    report.add(&GUID_NIL, place, message, Vec::new());
}

fn guid_sample(report: &mut Report<'_>, guid: &str, place: &ValuePlace<'_>) {
    let message = format!("{} is a sample from the documentation: SEI drops the run.", quote(guid));
    report.add(&GUID_SAMPLE, place, message, Vec::new());
}

/// Whether a GUID can belong to a real instance.
pub(in crate::check) fn is_own(guid: &str) -> bool {
    is_uuid(guid) && guid != NIL && !is_sample(guid)
}

fn is_sample(guid: &str) -> bool {
    SAMPLES.iter().any(|sample| guid.eq_ignore_ascii_case(sample))
}

fn guid_form(report: &mut Report<'_>, guid: &str, place: &ValuePlace<'_>) {
    let shown = quote(guid);
    if guid.eq_ignore_ascii_case(BAD_SAMPLE) {
        let message = format!("{shown} is a sample of the documentation, not a UUID: SEI drops the run.");
        report.add(&GUID_FORM, place, message, Vec::new());
        return;
    }
    let (fault, fixes) = match uuid::Uuid::try_parse(guid) {
        Ok(uuid) => {
            let text = uuid.hyphenated().to_string();
            let label = format!("write {text}");
            (
                "is a UUID in another notation".to_owned(),
                vec![Fix::safe(label, replace(place, Value::Text(text)))],
            )
        }
        Err(_) => (fault(guid), Vec::new()),
    };
    report.add(&GUID_FORM, place, format!("{shown} {fault}: SEI drops the run."), fixes);
}

fn fault(guid: &str) -> String {
    let foreign = guid.chars().find(|c| !c.is_ascii_hexdigit() && *c != '-');
    match foreign {
        Some(c) => format!("is not a UUID ({} is not a hex digit)", quote(&c.to_string())),
        None => "is not a UUID (8-4-4-4-12 hex digits)".to_owned(),
    }
}

/// Whether a text is a UUID in the standard notation, the only one that SEI accepts.
pub fn is_uuid(text: &str) -> bool {
    let mut groups = text.split('-');
    GROUPS.iter().all(|length| {
        groups
            .next()
            .is_some_and(|group| group.len() == *length && group.bytes().all(|b| b.is_ascii_hexdigit()))
    }) && groups.next().is_none()
}

pub(in crate::check) fn build_number_missing(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    place: &ValuePlace<'_>,
) {
    // In an empty document, the missing required fields are enough.
    if fields.object.is_empty() {
        return;
    }
    let message =
        "Without a build number, every run of this job is run 0: SEI keeps only the first.".to_owned();
    report.add(&BUILD_NUMBER_MISSING, place, message, Vec::new());
}

pub(in crate::check) fn build_number_range(
    report: &mut Report<'_>,
    number: &Number,
    whole: Option<i64>,
    place: &ValuePlace<'_>,
) {
    let shown = phrase::number(number);
    let message = match whole {
        Some(0) => {
            let message = "SEI reads build number 0 as no number: use the real build number.";
            report.warn(&BUILD_NUMBER_RANGE, place, message.to_owned(), Vec::new());
            return;
        }
        Some(n) if n < 0 => {
            let message = format!("{shown} is negative: build numbers start at 1.");
            report.add(&BUILD_NUMBER_RANGE.losing(None), place, message, Vec::new());
            return;
        }
        Some(_) => return,
        None => {
            let fault = if number.is_integer() { "needs more than 64 bits" } else { "has a fraction" };
            format!("{shown} {fault}: SEI stores build numbers as 64-bit whole numbers.")
        }
    };
    report.add(&BUILD_NUMBER_RANGE, place, message, Vec::new());
}
