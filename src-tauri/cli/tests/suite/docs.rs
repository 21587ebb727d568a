//! `docs/cli` is written from the command itself. Make it anew with
//! `EVERGRANT_WRITE_DOCS=1 cargo test -p evergrant-cli docs`.

use std::path::{Path, PathBuf};
use std::{env, fs};

use clap::{Command, CommandFactory};
use clap_complete::{Shell, generate};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use evergrant_cli::arguments::Arguments;
use evergrant_cli::exit::Exit;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/cli")
}

#[test]
fn docs_are_fresh() {
    let written = [
        ("evergrant.1", manual()),
        ("completions/evergrant.bash", completion(Shell::Bash)),
        ("completions/_evergrant", completion(Shell::Zsh)),
        ("completions/evergrant.fish", completion(Shell::Fish)),
    ];
    for (name, text) in written {
        let path = folder().join(name);
        if env::var_os("EVERGRANT_WRITE_DOCS").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(&path, &text).expect("written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == text,
            "docs/cli/{name} is stale: EVERGRANT_WRITE_DOCS=1 cargo test -p evergrant-cli docs"
        );
    }
}

#[test]
fn the_manual_names_every_command_and_every_exit_code() {
    let manual = manual().replace("\\-", "-");
    for verb in leaves(&Arguments::command(), "evergrant") {
        assert!(manual.contains(name_of(&verb)), "{}", name_of(&verb));
    }
    for (exit, meaning) in Exit::ALL {
        assert!(
            manual.contains(&format!("\\fB{}\\fR", exit.number())),
            "{meaning}"
        );
        assert!(manual.contains(meaning.trim()), "{meaning}");
    }
}

fn completion(shell: Shell) -> String {
    let mut text = Vec::new();
    generate(shell, &mut Arguments::command(), "evergrant", &mut text);
    String::from_utf8(text).expect("UTF-8")
}

/// One page: the command, then each of its words in a section of its own, then what holds for all.
fn manual() -> String {
    let command = Arguments::command();
    let top = Man::new(command.clone());
    let mut page = Vec::new();
    top.render_title(&mut page).expect("rendered");
    top.render_name_section(&mut page).expect("rendered");
    top.render_synopsis_section(&mut page).expect("rendered");
    top.render_description_section(&mut page).expect("rendered");
    top.render_options_section(&mut page).expect("rendered");
    for leaf in leaves(&command, "evergrant") {
        Roff::new()
            .control("SH", [name_of(&leaf)])
            .to_writer(&mut page)
            .expect("rendered");
        page.extend(section(leaf));
    }
    endings().to_writer(&mut page).expect("rendered");
    let page = String::from_utf8(page).expect("UTF-8");
    // One preamble is enough.
    let preamble = Roff::new().to_roff();
    format!("{preamble}{}", page.replace(&preamble, ""))
}

/// Every command that does something, by its full name.
fn leaves(command: &Command, name: &str) -> Vec<Command> {
    command
        .get_subcommands()
        .flat_map(|sub| {
            let full = format!("{name} {}", sub.get_name());
            if sub.has_subcommands() {
                leaves(sub, &full)
            } else {
                vec![sub.clone().bin_name(full)]
            }
        })
        .collect()
}

fn name_of(leaf: &Command) -> &str {
    leaf.get_bin_name().unwrap_or_default()
}

fn section(leaf: Command) -> Vec<u8> {
    let man = Man::new(leaf.disable_help_flag(true));
    let mut text = Vec::new();
    man.render_synopsis_section(&mut text).expect("rendered");
    man.render_description_section(&mut text).expect("rendered");
    man.render_options_section(&mut text).expect("rendered");
    let text = String::from_utf8(text).expect("UTF-8");
    text.replace(".SH SYNOPSIS\n", "")
        .replace(".SH DESCRIPTION\n", ".PP\n")
        .replace(".SH OPTIONS\n", "")
        .into_bytes()
}

fn endings() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    for (exit, meaning) in Exit::ALL {
        roff.control("TP", []);
        roff.text([bold(exit.number().to_string())]);
        roff.text([roman(meaning.trim())]);
    }
    roff.control("SH", ["ENVIRONMENT"]);
    for (name, meaning) in [
        (
            "EVERGRANT_SOCKET",
            "The socket to ask at, instead of evergrant/broker.sock in XDG_RUNTIME_DIR.",
        ),
        ("NO_COLOR", "Not empty: no colour, also on a terminal."),
    ] {
        roff.control("TP", []);
        roff.text([bold(name)]);
        roff.text([roman(meaning)]);
    }
    roff.control("SH", ["EXAMPLES"]);
    for (what, line) in [
        (
            "The password command of a mailer:",
            "passwordeval \"evergrant token alice@example.com\"",
        ),
        (
            "A call to an API, with the token in no argument:",
            "evergrant token alice@example.com --format header | curl -H @- https://gmail.googleapis.com/gmail/v1/users/me/profile",
        ),
        (
            "Google's git hosts:",
            "git config --global credential.https://*.googlesource.com.helper \"!evergrant git-credential\"",
        ),
    ] {
        roff.control("TP", []);
        roff.text([roman(what)]);
        roff.text([bold(line)]);
    }
    roff
}
