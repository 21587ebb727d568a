//! Which file an interpreter runs, by the rules of its own options.
//!
//! Only options that are known to change nothing about that are passed over; with any other the answer is
//! that it is not clear. It stays a label: the arguments can be rewritten, and an environment such as
//! `PYTHONPATH` brings code in that no argument names.

use std::{ffi::OsString, os::unix::ffi::OsStrExt};

use super::dialect::{self, Dialect};

/// What a process runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Runs {
    /// Its own executable is the program.
    Itself,
    /// This file.
    File(OsString),
    /// A shell: the commands that stand in its arguments.
    Commands,
    /// A shell without a file: what is typed, or what comes through a pipe.
    Input,
    /// Code that is in no file, or nobody can say.
    Unclear,
}

/// Judged by the file name of the executable that really runs.
pub(super) fn runs(executable: &str, argv: &[OsString]) -> Runs {
    match dialect::of(executable, argv) {
        None => Runs::Itself,
        Some(dialect::Interpreter::Unread) => Runs::Unclear,
        Some(dialect::Interpreter::Read(dialect)) => read(dialect, argv.get(1..).unwrap_or_default()),
    }
}

fn read(dialect: &Dialect, arguments: &[OsString]) -> Runs {
    let mut rest = arguments.iter();
    let mut commanded = false;
    while let Some(argument) = rest.next() {
        let Some(text) = argument.to_str() else {
            return if argument.as_bytes().starts_with(b"-") || dialect.only_after_option {
                Runs::Unclear
            } else {
                Runs::File(argument.clone())
            };
        };
        let read = if dialect.before_file.contains(&text) {
            rest.next().map_or(Read::Unclear, |file| Read::File(file.clone()))
        } else if text == "--" {
            let file = rest.next().cloned();
            return file.map_or_else(|| without_file(dialect), Runs::File);
        } else if text.len() > 1 && (text.starts_with('-') || dialect.shell && text.starts_with('+')) {
            option(dialect, text)
        } else if text == "-" {
            return without_file(dialect);
        } else if !commanded && dialect.command == Some(text) {
            commanded = true;
            Read::Passed
        } else if dialect.only_after_option
            || dialect.command.is_some() && !commanded && !text.contains(['.', '/'])
        {
            // Another of its commands.
            Read::Unclear
        } else {
            Read::File(argument.clone())
        };
        match read {
            Read::Passed => {}
            Read::WithNext => {
                rest.next();
            }
            Read::File(file) => return Runs::File(file),
            Read::Commands => return Runs::Commands,
            Read::Input => return Runs::Input,
            Read::Unclear => return Runs::Unclear,
        }
    }
    without_file(dialect)
}

enum Read {
    Passed,
    /// The next argument is its value.
    WithNext,
    File(OsString),
    Commands,
    Input,
    Unclear,
}

fn option(dialect: &Dialect, text: &str) -> Read {
    if dialect.words.iter().any(|word| covers(word, text)) {
        return Read::Passed;
    }
    if dialect.words_with_next.contains(&text) {
        return Read::WithNext;
    }
    if text.starts_with("--") {
        return Read::Unclear;
    }
    let letters = &text[1..];
    for (place, letter) in letters.char_indices() {
        if dialect.shell && letter == 'c' {
            return Read::Commands;
        }
        if dialect.shell && letter == 's' {
            return Read::Input;
        }
        if dialect.with_value.contains(letter) {
            let attached = place + letter.len_utf8() < letters.len();
            return if attached && !dialect.shell {
                Read::Passed
            } else {
                Read::WithNext
            };
        }
        if !dialect.letters.contains(letter) {
            return Read::Unclear;
        }
    }
    Read::Passed
}

fn covers(word: &str, text: &str) -> bool {
    word.strip_suffix('*')
        .map_or(word == text, |start| text.starts_with(start))
}

fn without_file(dialect: &Dialect) -> Runs {
    if dialect.shell { Runs::Input } else { Runs::Unclear }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Runs {
        let argv: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        runs(line.split(' ').next().expect("a name"), &argv)
    }

    fn file(name: &str) -> Runs {
        Runs::File(name.into())
    }

    #[test]
    fn the_file_is_found_behind_harmless_options() {
        for line in [
            "python3.11 x",
            "python3 -u -W ignore -Xdev -Es x --flag y",
            "pypy3 x",
            "perl -wT x -e",
            "ruby -W:no-deprecated -w x",
            "node --max-old-space-size=4096 --no-warnings x",
            "nodejs x -e y",
            "bash --norc -eu -o pipefail x -c y",
            "bash -euo pipefail x",
            "sh -e x",
            "dash +x -e -- x",
            "zsh -f x",
            "fish --no-config x",
            "lua5.4 -W x",
            "php8.2 -f x",
            "php -q x",
            "deno run -A --allow-net=example.org x",
            "java -Xmx1g -Da=b -jar x -c",
        ] {
            assert_eq!(of(line), file("x"), "{line}");
        }
        assert_eq!(of("bun ./x"), file("./x"));
    }

    #[test]
    fn code_that_is_in_no_file_is_unclear() {
        for line in [
            "python3 -c x",
            "python3 -m x",
            "python3 -ic x",
            "python3 -i x",
            "python3 -",
            "python3",
            "python3 --unknown x",
            "perl -e x",
            "perl -Mevil x",
            "perl -ne x",
            "ruby -rx y",
            "node -e x",
            "node -r ./y x",
            "node --import=./y x",
            "node --eval=x",
            "node",
            "lua -lx y",
            "php -r x",
            "php -d auto_prepend_file=y x",
            "deno eval x",
            "deno run",
            "bun test",
            "java -cp a Main",
            "java -javaagent:y -jar x",
            "java -jar",
            "gawk x",
            "ld-linux-x86-64.so.2 /usr/bin/x",
            "busybox x",
        ] {
            assert_eq!(of(line), Runs::Unclear, "{line}");
        }
    }

    #[test]
    fn shells_tell_commands_from_input() {
        assert_eq!(of("sh -c x"), Runs::Commands);
        assert_eq!(of("bash -lc x"), Runs::Commands);
        assert_eq!(of("bash -euo pipefail -c x"), Runs::Commands);
        assert_eq!(of("bash"), Runs::Input);
        assert_eq!(of("bash -l"), Runs::Input);
        assert_eq!(of("sh -s x"), Runs::Input);
        assert_eq!(of("bash --rcfile y"), Runs::Unclear);
        assert_eq!(
            runs("bash", &["-bash".into()]),
            Runs::Input,
            "a login shell is told by its name"
        );
        let busybox = ["sh", "-c", "x"].map(OsString::from);
        assert_eq!(runs("busybox", &busybox), Runs::Commands);
    }

    #[test]
    fn everything_else_is_itself() {
        assert_eq!(of("msmtp -c x"), Runs::Itself);
        assert_eq!(of("bashtop"), Runs::Itself);
        assert_eq!(of("ld x.o"), Runs::Itself);
    }

    #[test]
    fn no_arguments_at_all_are_no_surprise() {
        assert_eq!(runs("python3", &[]), Runs::Unclear);
        assert_eq!(runs("sh", &[]), Runs::Input);
        assert_eq!(runs("", &[]), Runs::Itself);
    }
}
