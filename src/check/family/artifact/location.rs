//! Where an artifact lives: registry and repository, without its name and tag.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
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
    meaning: "The location of an artifact ends in its name or its tag.",
    why: "Name and qualifier have fields of their own; a build and a deployment that split the address in different \
          ways are not paired by location.",
    source: PAGES,
    example: r#""artifacts": [{"location": "registry.example/shop/web:1.2", "name": "web", "qualifier": "1.2"}]"#,
    good: r#""artifacts": [{"location": "registry.example/shop", "name": "web", "qualifier": "1.2"}]"#,
    fix: "Splits the address into location, name and qualifier.",
};

/// An address, taken apart.
struct RepositoryAddress<'t> {
    /// Registry and repository, when something is left of them.
    location: Option<&'t str>,
    /// The last segment of the path.
    name: &'t str,
    tag: Option<&'t str>,
}

impl<'t> RepositoryAddress<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let start = text.find("://").map_or(0, |at| at + "://".len());
        let path = text.get(start..)?;
        let bare = path.split_once('@').map_or(path, |(bare, _)| bare);
        let slash = bare.rfind('/');
        let segment = bare.get(slash.map_or(0, |at| at + 1)..)?;
        // Without a path, what follows the colon is a port.
        let (name, tag) = match (slash, segment.split_once(':')) {
            (Some(_), Some((name, tag))) => (name, Some(tag)),
            _ => (segment, path.split_once('@').map(|(_, digest)| digest)),
        };
        let location = slash.and_then(|at| text.get(..start + at)).filter(|left| !left.is_empty());
        Some(Self { location, name, tag: tag.filter(|tag| !tag.is_empty()) })
    }
}

/// Looks at an artifact, after the walk has been through it.
pub(in crate::check) fn artifact_location(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let Some(text) = fields.text(FieldRole::ArtifactLocation) else { return };
    let (name, qualifier) = (fields.text(FieldRole::ArtifactName), fields.text(FieldRole::ArtifactQualifier));
    let Some(address) = RepositoryAddress::of(text.trim_end_matches('/')) else { return };
    // A name may have a path of its own.
    let of_name = name.and_then(|name| {
        let bare = text.trim_end_matches('/');
        let bare = address
            .tag
            .and_then(|tag| bare.strip_suffix(tag))
            .map_or(bare, |bare| bare.trim_end_matches([':', '@']));
        let left = bare.strip_suffix(name)?;
        (left.is_empty() || left.ends_with('/')).then(|| left.trim_end_matches('/'))
    });
    let what = match (of_name, address.tag) {
        (Some(_), Some(_)) => "name and tag, which have fields of their own",
        (Some(_), None) => "the name, which has a field of its own",
        (None, Some(_)) => "a tag, which belongs into the qualifier",
        (None, None) => return,
    };
    let Some(place) = fields.at(FieldRole::ArtifactLocation, record) else { return };
    let left = match (of_name, name) {
        (Some(left), _) => Some(left).filter(|left| !left.is_empty() && !left.ends_with(':')),
        (None, None) => address.location,
        // The last segment is another one than the name, so it belongs to the location.
        (None, Some(_)) => None,
    };
    let is_tag_kept = address.tag.is_none_or(|tag| qualifier.is_none_or(|own| own == tag));
    let fix = left.filter(|_| is_tag_kept).map(|left| {
        let at = record.pointer();
        let mut parts = vec![(FieldRole::ArtifactLocation, left)];
        parts.extend(name.is_none().then_some((FieldRole::ArtifactName, address.name)));
        parts.extend(
            address.tag.filter(|_| qualifier.is_none()).map(|tag| (FieldRole::ArtifactQualifier, tag)),
        );
        let edits = parts
            .iter()
            .flat_map(|(role, part)| document::set(report.document, &at.key(role.name()), Value::from(*part)))
            .collect();
        Fix::offer(format!("split: location {}", quote(left)), edits)
    });
    let message = format!("{} holds {what}.", quote(text));
    report.add(&ARTIFACT_LOCATION, &place, message, fix.into_iter().collect());
}
