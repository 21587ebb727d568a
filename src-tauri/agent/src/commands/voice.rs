//! What a command says, all of it to a person: on the standard error, so that nothing else is in the way of
//! a pipe.

use std::io::Write;

/// A sentence. What others named is shown without the signs that could steer a terminal.
pub fn tell(sentence: &str) {
    // With nobody to read it, there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{}", plain(sentence));
}

/// What went wrong, what to do, and the details.
pub fn complain(what: &str, todo: &str, detail: Option<&str>) {
    tell(what);
    tell(&format!("→ {todo}"));
    if let Some(detail) = detail {
        tell(&format!("  {detail}"));
    }
}

fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { '\u{fffd}' } else { letter })
        .collect()
}
