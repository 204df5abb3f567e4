//! Frames with holes: `@NAME@` is where a text goes. What is put in is never looked through for holes again.

/// The frame with its holes filled. A hole alone on its line takes a text of any length and indents all of it.
pub(super) fn fill(frame: &str, holes: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for line in frame.lines() {
        let found = holes.iter().find_map(|(name, text)| {
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
