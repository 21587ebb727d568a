//! The command line, read without preparing for what was not typed.

use std::env;
use std::ffi::OsString;

use clap::{Error, Parser};

use super::{Arguments, Token, Verb};

/// What `evergrant token` understands. Preparing every verb takes longer than all the rest of handing out
/// a token.
#[derive(Debug, Parser)]
#[command(name = "token", disable_help_flag = true)]
struct TokenAlone {
    #[arg(long)]
    json: bool,
    #[arg(long)]
    start: bool,
    #[command(flatten)]
    token: Token,
}

/// Reads the command line.
///
/// # Errors
/// What is wrong with it; or that help or the version is asked for.
pub fn read() -> Result<Arguments, Error> {
    read_from(env::args_os().collect())
}

fn read_from(words: Vec<OsString>) -> Result<Arguments, Error> {
    // Whatever is not plain, and every mistake, is for the one that knows all verbs.
    if words.get(1).is_some_and(|verb| verb == "token")
        && let Ok(alone) = TokenAlone::try_parse_from(&words[1..])
    {
        return Ok(Arguments {
            json: alone.json,
            start: alone.start,
            verb: Some(Verb::Token(alone.token)),
        });
    }
    Arguments::try_parse_from(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn the_short_way_reads_what_the_long_way_reads() {
        for line in [
            "evergrant token a@example.com",
            "evergrant token --json a@example.com --start",
            "evergrant token a@example.com --scope s --scope t --min-valid 5m",
            "evergrant token --format header --wait 0s --reason why a@example.com",
            "evergrant token -- --json",
            "evergrant accounts --json",
            "evergrant --json token a@example.com",
        ] {
            let short = read_from(words(line)).expect(line);
            let long = Arguments::try_parse_from(words(line)).expect(line);
            assert_eq!(format!("{short:?}"), format!("{long:?}"), "{line}");
        }
    }

    #[test]
    fn mistakes_and_help_are_told_the_long_way() {
        for line in [
            "evergrant token",
            "evergrant token a b",
            "evergrant token a --min-valid soon",
            "evergrant token --help",
            "evergrant token a --version",
            "evergrant tokens",
        ] {
            let short = read_from(words(line)).expect_err(line);
            let long = Arguments::try_parse_from(words(line)).expect_err(line);
            assert_eq!(short.to_string(), long.to_string(), "{line}");
        }
    }
}
