//! Artifact names that are whole image references.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::rule::{PAGES, Rule};
use crate::document::{self, Value};

pub(in crate::check) const IMAGE_REFERENCE: Rule = Rule {
    code: "image-reference",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    loss: Some(Loss::Pairing),
    other_losses: &[],
    meaning: "The name of an artifact is a whole image reference: registry, name, tag or digest in one text.",
    why: "SEI pairs builds with deployments by name, qualifier, location and hash, each in its own field. A tag in the \
          name gives every build a new name.",
    source: PAGES,
    example: r#""artifacts": [{"output": true, "type": "container", "name": "registry.example/shop/web:1.2"}]"#,
    good: r#""artifacts": [{"output": true, "type": "container", "location": "registry.example/shop", "name": "web", "qualifier": "1.2"}]"#,
    fix: "Splits the reference into location, name, qualifier and hash.",
};

/// Artifact types that are images. Names of other types may contain colons.
const IMAGES: [&str; 6] = ["container", "docker", "image", "oci", "docker-image", "docker image"];

/// The parts of an image reference.
struct Reference<'t> {
    /// Registry and path before the name.
    location: Option<&'t str>,
    /// Whether the location starts with a registry.
    has_host: bool,
    name: &'t str,
    tag: Option<&'t str>,
    digest: Option<&'t str>,
}

impl<'t> Reference<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let (bare, digest) = text.split_once('@').map_or((text, None), |(bare, rest)| (bare, Some(rest)));
        let (location, segment) =
            bare.rsplit_once('/').map_or((None, bare), |(location, segment)| (Some(location), segment));
        let (name, tag) = segment.split_once(':').map_or((segment, None), |(name, tag)| (name, Some(tag)));
        let host = location.and_then(|location| location.split('/').next()).filter(|host| is_host(host));
        let has_host = host.is_some();
        let path = location.into_iter().flat_map(|location| location.split('/').skip(usize::from(has_host)));
        let is_valid = path.chain([name]).all(|part| is_component(part, has_host))
            && tag.is_none_or(is_tag)
            && digest.is_none_or(is_digest);
        is_valid.then_some(Self { location, has_host, name, tag, digest })
    }

    /// Whether this is a reference, not a name with a path or a colon, in an artifact of type
    /// `kind`.
    fn is_whole(&self, kind: Option<&str>) -> bool {
        let is_image = kind.map(|kind| IMAGES.iter().any(|image| kind.eq_ignore_ascii_case(image)));
        match (self.digest, self.tag, self.location) {
            (Some(_), ..) => true,
            (None, None, _) => false,
            (None, Some(_), Some(_)) => is_image.unwrap_or(true),
            (None, Some(_), None) => is_image.unwrap_or(false) && self.name != "localhost",
        }
    }
}

/// Whether a text is a registry: a host with a dot or a port, or localhost.
fn is_host(text: &str) -> bool {
    let (host, port) = text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
    let is_port = port.is_none_or(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    let is_name = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let is_marked = host.contains('.') || port.is_some() || host == "localhost";
    !host.is_empty() && is_port && is_name && is_marked
}

/// Whether a text is a part of the path. Registries require lower case; after a registry, capitals
/// are accepted here.
fn is_component(text: &str, may_have_capitals: bool) -> bool {
    let is_letter =
        |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || (may_have_capitals && b.is_ascii_uppercase());
    let (first, last) = (text.bytes().next(), text.bytes().next_back());
    first.is_some_and(is_letter)
        && last.is_some_and(is_letter)
        && text.bytes().all(|b| is_letter(b) || matches!(b, b'.' | b'_' | b'-'))
}

fn is_tag(text: &str) -> bool {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    (1..=128).contains(&text.len())
        && text.bytes().next().is_some_and(is_word)
        && text.bytes().all(|b| is_word(b) || matches!(b, b'.' | b'-'))
}

fn is_digest(text: &str) -> bool {
    text.split_once(':').is_some_and(|(algorithm, hex)| {
        let is_algorithm = algorithm.bytes().all(|b| b.is_ascii_alphanumeric() || b"+._-".contains(&b));
        !algorithm.is_empty() && is_algorithm && hex.len() >= 32 && hex.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

/// Checks the name of an artifact, after the walk.
pub(in crate::check) fn image_reference(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let Some(text) = fields.text(FieldRole::ArtifactName) else { return };
    let reference = Reference::of(text);
    let kind = fields.text(FieldRole::ArtifactType);
    let Some(reference) = reference.filter(|reference| reference.is_whole(kind)) else { return };
    let Some(place) = fields.at(FieldRole::ArtifactName, record) else { return };
    let fix = parts(fields, text, &reference).map(|parts| {
        let at = record.pointer();
        let set = |(role, part): &(FieldRole, String)| {
            document::set(report.document, &at.key(role.name()), Value::from(part.as_str()))
        };
        let shown: Vec<_> =
            parts.iter().map(|(role, part)| format!("{} {}", role.name(), quote(part))).collect();
        Fix::offer(format!("split: {}", shown.join(", ")), parts.iter().flat_map(set).collect())
    });
    let message = format!("{} is an image reference, not a name: SEI never pairs it.", quote(text));
    report.add(&IMAGE_REFERENCE, &place, message, fix.into_iter().collect());
}

/// The fields to set; `None` when one of them already has another value.
fn parts(fields: &Fields<'_>, text: &str, reference: &Reference<'_>) -> Option<Vec<(FieldRole, String)>> {
    let own = fields.text(FieldRole::ArtifactLocation).map(|own| own.trim_end_matches('/'));
    let (location, name) = match (own, reference.location) {
        (None, location) => (location, reference.name.to_owned()),
        (Some(own), location) if own == text => (location, reference.name.to_owned()),
        (Some(_), None) => (None, reference.name.to_owned()),
        (Some(own), Some(location)) => (None, within(own, location, reference)?),
    };
    let mut parts = Vec::new();
    parts.extend(location.map(|location| (FieldRole::ArtifactLocation, location.to_owned())));
    parts.push((FieldRole::ArtifactName, name));
    let others = [(FieldRole::ArtifactQualifier, reference.tag), (FieldRole::ArtifactHash, reference.digest)];
    for (role, part) in others {
        match (fields.text(role), part) {
            (None, Some(part)) => parts.push((role, part.to_owned())),
            (Some(own), Some(part)) if own != part => return None,
            (Some(_), _) | (None, None) => {}
        }
    }
    Some(parts)
}

/// The name below the location that the artifact already has.
fn within(own: &str, location: &str, reference: &Reference<'_>) -> Option<String> {
    let name = reference.name;
    let is_end = own.strip_suffix(location).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    if is_end {
        return Some(name.to_owned());
    }
    match location.strip_prefix(own).and_then(|rest| rest.strip_prefix('/')) {
        Some(rest) => Some(format!("{rest}/{name}")),
        None if reference.has_host => None,
        None => Some(format!("{location}/{name}")),
    }
}
