//! The command line.

use std::path::PathBuf;

pub const USAGE: &str = "Usage: evergrant-practice [--port N] [--issuer URL] [--state FILE] \
[--control-key-file FILE] [--seed N]";

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    pub port: u16,
    pub issuer: Option<String>,
    pub state_file: Option<PathBuf>,
    /// Read if it exists, written otherwise.
    pub control_key_file: Option<PathBuf>,
    pub seed: Option<u64>,
}

/// Reads the arguments, or says in a sentence what is wrong with them.
pub fn read(words: impl IntoIterator<Item = String>) -> Result<Arguments, String> {
    let mut words = words.into_iter();
    let mut arguments = Arguments::default();
    while let Some(name) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{name} needs a value."));
        match name.as_str() {
            "--port" => arguments.port = number(&name, &value()?)?,
            "--issuer" => arguments.issuer = Some(value()?),
            "--state" => arguments.state_file = Some(value()?.into()),
            "--control-key-file" => arguments.control_key_file = Some(value()?.into()),
            "--seed" => arguments.seed = Some(number(&name, &value()?)?),
            unknown => return Err(format!("There is no argument {unknown}. {USAGE}")),
        }
    }
    Ok(arguments)
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{name} needs a number, and {text} is none that fits."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Result<Arguments, String> {
        read(text.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_port_and_a_seed_are_read() {
        let read = words("--port 4600 --seed 3").expect("these are right");
        assert_eq!((read.port, read.seed), (4600, Some(3)));
    }

    #[test]
    fn a_mistake_is_one_sentence() {
        assert_eq!(words("--port"), Err("--port needs a value.".to_owned()));
        assert_eq!(
            words("--port 99999"),
            Err("--port needs a number, and 99999 is none that fits.".to_owned())
        );
        assert!(words("--colour red").is_err());
    }
}
