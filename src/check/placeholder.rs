//! Placeholders: the parts of a template that a person must fill in.

/// The first placeholder of a text.
///
/// `<…>` counts only in capitals or with `your` at its start, because names may contain brackets.
pub fn find(text: &str) -> Option<&str> {
    let mut rest = text;
    let mut is_inside = false;
    // Searched once: otherwise a text of many openings would be searched from each of them.
    let last_close = text.rfind("}}").unwrap_or_default();
    loop {
        let (before, here) = rest.split_at_checked(rest.find(['<', '$', '{', 'Y'])?)?;
        is_inside = before.chars().next_back().map_or(is_inside, is_word);
        let is_closed = text.len() - here.len() < last_close;
        let found = if is_closed { doubled(here) } else { None };
        let found = found
            .or_else(|| between(here, "${", '}', is_variable))
            .or_else(|| between(here, "<", '>', is_shouted))
            .or_else(|| if is_inside { None } else { yours(here) });
        if found.is_some() {
            return found;
        }
        is_inside = here.starts_with('Y');
        rest = here.get(1..)?;
    }
}

/// `{{ … }}` at the start of a text, unless it is empty.
fn doubled(text: &str) -> Option<&str> {
    let (inner, _) = text.strip_prefix("{{")?.split_once("}}")?;
    (!inner.trim().is_empty()).then(|| text.get(..inner.len() + "{{}}".len()))?
}

/// The text up to the closing sign, if it starts with the opening sign and the text between is
/// valid. A valid text does not open again.
fn between<'t>(text: &'t str, open: &str, close: char, is_valid: fn(&str) -> bool) -> Option<&'t str> {
    let after = text.strip_prefix(open)?;
    let inner = after.split([close, open.chars().next_back()?]).next()?;
    let is_closed = after.get(inner.len()..)?.starts_with(close);
    (is_closed && is_valid(inner.trim())).then(|| text.get(..open.len() + inner.len() + close.len_utf8()))?
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
