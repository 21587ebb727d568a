use std::fs;

use super::ran::{Ran, command};
use super::stage::Stage;

const ENGLISH: &str = "Evergrant is not running.";
const GERMAN: &str = "Evergrant läuft nicht.";

/// What it says where nothing runs.
fn said(stage: &Stage, language: Option<&str>) -> String {
    let mut command = command(stage);
    if let Some(language) = language {
        command.env("LANG", language);
    }
    let ran: Ran = command.arg("status").output().expect("it runs").into();
    assert_eq!(ran.exit, 3);
    ran.err.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn it_speaks_as_the_system_does_or_english() {
    let stage = Stage::empty();
    assert_eq!(said(&stage, None), ENGLISH);
    assert_eq!(said(&stage, Some("C.UTF-8")), ENGLISH);
    assert_eq!(said(&stage, Some("de_AT.UTF-8")), GERMAN);
    assert_eq!(said(&stage, Some("tlh_QO.UTF-8")), ENGLISH);
}

#[test]
fn what_a_person_chose_comes_before_the_system() {
    let stage = Stage::empty();
    let folder = stage.folder().join("settings/evergrant");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("language"), "de\n").expect("written");
    assert_eq!(said(&stage, None), GERMAN);
    assert_eq!(said(&stage, Some("en_GB.UTF-8")), GERMAN);
    fs::write(folder.join("language"), "tlh\n").expect("written");
    assert_eq!(said(&stage, Some("en_GB.UTF-8")), ENGLISH);
}
