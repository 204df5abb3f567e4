//! The location of an artifact: registry and repository, without name and tag.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::rule::{PAGES, Rule};
use crate::document::{self, Value};

pub(in crate::check) const ARTIFACT_LOCATION: Rule = Rule {
    code: "artifact-location",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: Some(Loss::Pairing),
    other_losses: &[],
    meaning: "The location of an artifact ends with its name, tag or digest.",
    why: "Name, qualifier and hash have their own fields. If a build and a deployment split the address differently, \
          SEI does not pair them by location.",
    source: PAGES,
    example: r#""artifacts": [{"location": "registry.example/shop/web:1.2", "name": "web", "qualifier": "1.2"}]"#,
    good: r#""artifacts": [{"location": "registry.example/shop", "name": "web", "qualifier": "1.2"}]"#,
    fix: "Splits the address into location, name, qualifier and hash.",
};

/// The parts of an address.
struct RepositoryAddress<'t> {
    /// The address without tag and digest.
    bare: &'t str,
    /// Registry and repository; `None` when nothing is before the name.
    location: Option<&'t str>,
    /// The last segment of the path.
    name: &'t str,
    tag: Option<&'t str>,
    digest: Option<&'t str>,
}

impl<'t> RepositoryAddress<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let start = text.find("://").map_or(0, |at| at + "://".len());
        // In `user:password@host/path`, a host follows the @.
        let cut = text.rsplit_once('@').filter(|(_, rest)| rest.contains(':') && !rest.contains('/'));
        let (bare, digest) = cut.map_or((text, None), |(bare, digest)| (bare, Some(digest)));
        let path = bare.get(start..)?;
        let slash = path.rfind('/');
        let segment = path.get(slash.map_or(0, |at| at + 1)..)?;
        // Without a path, a port follows the colon.
        let (name, tag) = match (slash, segment.split_once(':')) {
            (Some(_), Some((name, tag))) => (name, Some(tag)),
            _ => (segment, None),
        };
        let bare = tag.map_or(Some(bare), |tag| bare.strip_suffix(tag)?.strip_suffix(':'))?;
        let location = slash.and_then(|at| text.get(..start + at)).filter(|left| !left.is_empty());
        let tag = tag.filter(|tag| !tag.is_empty());
        Some(Self { bare: bare.trim_end_matches('/'), location, name, tag, digest })
    }

    /// The parts of the address that are not part of the location, and their fields.
    const fn excess(&self, has_name: bool) -> Option<&'static str> {
        Some(match (has_name, self.tag.is_some(), self.digest.is_some()) {
            (true, true, true) => "name, tag and digest, which have their own fields",
            (true, true, false) => "name and tag, which have their own fields",
            (true, false, true) => "name and digest, which have their own fields",
            (false, true, true) => "tag and digest, which have their own fields",
            (true, false, false) => "the name, which has its own field",
            (false, true, false) => "a tag, which belongs in the qualifier",
            (false, false, true) => "a digest, which belongs in the hash",
            (false, false, false) => return None,
        })
    }
}

/// Checks the location of an artifact, after the walk.
pub(in crate::check) fn artifact_location(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let Some(text) = fields.text(FieldRole::ArtifactLocation) else { return };
    let name = fields.text(FieldRole::ArtifactName);
    let Some(address) = RepositoryAddress::of(text.trim_end_matches('/')) else { return };
    // A name may contain a path.
    let of_name = name.and_then(|name| {
        let left = address.bare.strip_suffix(name)?;
        (left.is_empty() || left.ends_with('/')).then(|| left.trim_end_matches('/'))
    });
    let Some(excess) = address.excess(of_name.is_some()) else { return };
    let Some(place) = fields.at(FieldRole::ArtifactLocation, record) else { return };
    let left = match (of_name, name) {
        (Some(left), _) => Some(left).filter(|left| !left.is_empty() && !left.ends_with(':')),
        (None, None) => address.location,
        // The last segment is not the name, so it belongs to the location.
        (None, Some(_)) => None,
    };
    let others = [(FieldRole::ArtifactQualifier, address.tag), (FieldRole::ArtifactHash, address.digest)];
    let is_compatible = others
        .iter()
        .all(|(role, part)| part.is_none_or(|part| fields.text(*role).is_none_or(|own| own == part)));
    let fix = left.filter(|_| is_compatible).map(|left| {
        let at = record.pointer();
        let mut parts = vec![(FieldRole::ArtifactLocation, left)];
        parts.extend(name.is_none().then_some((FieldRole::ArtifactName, address.name)));
        let absent = others.iter().filter(|(role, _)| fields.text(*role).is_none());
        parts.extend(absent.filter_map(|(role, part)| Some((*role, (*part)?))));
        let edits = parts
            .iter()
            .flat_map(|(role, part)| document::set(report.document, &at.key(role.name()), Value::from(*part)))
            .collect();
        Fix::offer(format!("split: location {}", quote(left)), edits)
    });
    let message = format!("{} contains {excess}.", quote(text));
    report.add(&ARTIFACT_LOCATION, &place, message, fix.into_iter().collect());
}
