//! Placeholders: what a template leaves to be filled in.

/// The first placeholder of a text.
///
/// `<…>` counts only when shouted or addressed to you, since names may hold brackets of their own.
pub fn find(text: &str) -> Option<&str> {
    let mut rest = text;
    let mut is_inside = false;
    loop {
        let (before, here) = rest.split_at_checked(rest.find(['<', '$', '{', 'Y'])?)?;
        is_inside = before.chars().next_back().map_or(is_inside, is_word);
        let found = between(here, "{{", "}}", |inner| !inner.is_empty())
            .or_else(|| between(here, "${", "}", is_variable))
            .or_else(|| between(here, "<", ">", is_shouted))
            .or_else(|| if is_inside { None } else { yours(here) });
        if found.is_some() {
            return found;
        }
        is_inside = here.starts_with('Y');
        rest = here.get(1..)?;
    }
}

/// The text up to the closing sign, if it starts with the opening one and what stands between is right.
fn between<'t>(text: &'t str, open: &str, close: &str, is_right: fn(&str) -> bool) -> Option<&'t str> {
    let after = text.strip_prefix(open)?;
    let (inner, _) = after.split_once(close)?;
    is_right(inner.trim()).then(|| text.get(..open.len() + inner.len() + close.len()))?
}

fn yours(text: &str) -> Option<&str> {
    let after = text.strip_prefix("YOUR_")?;
    let end = after.find(|c| !is_word(c)).unwrap_or(after.len());
    let name = after.get(..end)?;
    let is_shouted = !name.is_empty() && !name.contains(char::is_lowercase);
    is_shouted.then(|| text.get(.."YOUR_".len() + end))?
}

fn is_variable(inner: &str) -> bool {
    inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && !inner.contains(['{', '\n'])
}

fn is_shouted(inner: &str) -> bool {
    let is_name = inner.chars().all(|c| is_word(c) || matches!(c, '-' | ' ' | '.' | '/'));
    let letters = inner.chars().filter(char::is_ascii_alphabetic).count();
    let is_loud = letters >= 2 && !inner.contains(char::is_lowercase);
    let is_addressed = inner.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("your"));
    is_name && (is_loud || is_addressed)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
