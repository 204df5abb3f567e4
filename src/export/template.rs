//! Templates with placeholders of the form `@NAME@`. Inserted text is never scanned for
//! placeholders.

/// Fills the placeholders of a template. A placeholder alone on its line takes several lines and
/// indents all of them.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for line in template.lines() {
        let found = values.iter().find_map(|(name, text)| {
            let (before, after) = line.split_once(format!("@{name}@").as_str())?;
            Some((before, *text, after))
        });
        match found {
            Some((indent, text, "")) if indent.trim().is_empty() => {
                text.lines().for_each(|inner| push_line(&mut out, indent, inner));
            }
            Some((before, text, after)) => push_line(&mut out, "", &format!("{before}{text}{after}")),
            None => push_line(&mut out, "", line),
        }
    }
    out
}

/// Appends a line; an empty one gets no indent.
fn push_line(out: &mut String, indent: &str, line: &str) {
    if !line.is_empty() {
        out.push_str(indent);
    }
    out.push_str(line);
    out.push('\n');
}
