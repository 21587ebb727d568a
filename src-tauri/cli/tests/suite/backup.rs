//! Export and import hand over to `evergrant-agent`, which here is a shell script.

use std::path::Path;
use std::process::Command;

use super::program;
use super::ran::{Ran, command};
use super::stage::Stage;

/// Tells what it was given, and where it stands.
const AGENT: &str = r#"printf '%s\n' "$@"
[ -e /dev/fd/7 ] && cat /dev/fd/7
echo "$$" >&2
exit 5
"#;

fn agent_in(folder: &Path) {
    program::script(&folder.join("evergrant-agent"), AGENT);
}

/// The command in a folder of its own.
fn alone(stage: &Stage) -> Command {
    let mut command = Command::new(program::copy_of_the_command(stage.folder()));
    command.env_clear().env("PATH", "/usr/bin:/bin");
    command
}

#[test]
fn the_agent_beside_it_takes_its_place_with_the_same_words() {
    for (typed, words) in [
        (
            &["export", "my backup.age", "--replace", "--recipient", "age1x"][..],
            &["export", "--recipient=age1x", "--replace", "--", "my backup.age"][..],
        ),
        (
            &[
                "export",
                "b",
                "--passphrase-fd",
                "3",
                "--vault-passphrase-fd",
                "4",
            ],
            &[
                "export",
                "--passphrase-fd=3",
                "--vault-passphrase-fd=4",
                "--",
                "b",
            ],
        ),
        (
            &["import", "--identity=-k", "--", "-b"],
            &["import", "--identity=-k", "--", "-b"],
        ),
    ] {
        let stage = Stage::empty();
        agent_in(stage.folder());
        let child = alone(&stage)
            .args(typed)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("it starts");
        let id = child.id().to_string();
        let ran: Ran = child.wait_with_output().expect("it ends").into();
        assert_eq!(ran.out.lines().collect::<Vec<_>>(), words);
        assert_eq!(ran.exit, 5, "its exit code is the command's");
        assert_eq!(ran.err.trim(), id, "it is the same process");
    }
}

#[test]
fn open_descriptors_go_with_it() {
    let stage = Stage::empty();
    agent_in(stage.folder());
    let inner = alone(&stage);
    let line = format!(
        "exec {} import b --passphrase-fd 7 7<<END\nthe passphrase\nEND",
        inner.get_program().display()
    );
    let ran: Ran = Command::new("sh")
        .args(["-c", &line])
        .output()
        .expect("it runs")
        .into();
    assert!(ran.out.ends_with("the passphrase\n"), "{ran:?}");
}

#[test]
fn one_in_the_path_serves_and_without_any_it_says_so() {
    let (stage, elsewhere) = (Stage::empty(), Stage::empty());
    agent_in(elsewhere.folder());
    let ran: Ran = alone(&stage)
        .args(["export", "b"])
        .env("PATH", format!("{}:/usr/bin:/bin", elsewhere.folder().display()))
        .output()
        .expect("it runs")
        .into();
    assert_eq!((ran.exit, ran.out.as_str()), (5, "export\n--\nb\n"));

    let ran: Ran = alone(&stage)
        .args(["export", "b"])
        .output()
        .expect("it runs")
        .into();
    ran.stopped(
        1,
        "The program evergrant-agent was not found.\n→ Install it beside this command, or in a folder of your PATH.\n",
    );
}

#[test]
fn a_passphrase_is_no_argument() {
    for wrong in [
        &["export", "b", "--passphrase", "x"][..],
        &["import", "b", "--passphrase=x"],
    ] {
        let ran: Ran = command(&Stage::empty())
            .args(wrong)
            .output()
            .expect("it runs")
            .into();
        assert_eq!(ran.exit, 2, "{ran:?}");
    }
}
