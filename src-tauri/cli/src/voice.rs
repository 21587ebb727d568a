//! Standard output for answers, standard error for people.

use std::env;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::stop::Stop;

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

/// A line of the answer. What others named is shown without the signs that could steer a terminal.
pub fn line(text: &str) -> Result<(), Stop> {
    let mut line = plain(text);
    line.push('\n');
    self::text(&line)
}

/// The answer as it is, line ends included.
pub fn text(text: &str) -> Result<(), Stop> {
    bytes(text.as_bytes())
}

/// The answer as it is.
pub fn bytes(bytes: &[u8]) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}

/// The answer as one line of JSON.
pub fn json(answer: &impl Serialize) -> Result<(), Stop> {
    let mut line = serde_json::to_vec(answer).map_err(io::Error::from)?;
    line.push(b'\n');
    bytes(&line)
}

/// A sentence on the side.
pub fn remark(words: &str) {
    // With nobody to read it, there is nobody to tell.
    let _ = writeln!(io::stderr().lock(), "{words}");
}

/// What went wrong, what to do, and the details.
pub fn complain(what: &str, todo: Option<&str>, detail: Option<&str>) {
    let (bold, dim, reset) = if colourful() {
        (BOLD, DIM, RESET)
    } else {
        ("", "", "")
    };
    remark(&format!("{bold}{}{reset}", plain(what)));
    if let Some(todo) = todo {
        remark(&format!("→ {}", plain(todo)));
    }
    if let Some(detail) = detail {
        remark(&format!("{dim}  {}{reset}", plain(detail)));
    }
}

/// Only on a terminal, and not where somebody said no (no-color.org).
fn colourful() -> bool {
    let unwanted = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !unwanted && io::stderr().is_terminal()
}

/// Without control characters.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { '\u{fffd}' } else { letter })
        .collect()
}
