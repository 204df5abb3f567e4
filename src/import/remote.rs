//! Addresses of repositories and pages, without credentials.

/// The address without credentials: web addresses without user and password, other addresses
/// without a password.
pub(super) fn clean(address: &str) -> Option<String> {
    let address = address.trim();
    let Some((scheme, rest)) = address.split_once("://") else {
        return Some(address.to_owned()).filter(|address| !address.is_empty());
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    let (user, host) =
        authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let user =
        user.filter(|_| !is_web).and_then(|user| user.split(':').next()).filter(|user| !user.is_empty());
    let user = user.map(|user| format!("{user}@")).unwrap_or_default();
    Some(format!("{scheme}://{user}{host}{path}"))
}

/// The scheme and host of a web address, and the segments of its path.
pub(super) fn segments(address: &str) -> Option<(String, Vec<&str>)> {
    let (scheme, rest) = address.split_once("://")?;
    let rest = rest.split(['?', '#']).next()?;
    let (host, path) = rest.split_once('/')?;
    Some((format!("{scheme}://{host}"), path.split('/').filter(|segment| !segment.is_empty()).collect()))
}
