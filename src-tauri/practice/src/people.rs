//! Who lives in the practice Google: four people and two apps.

use crate::state::{Client, ClientType, Person};

/// The built-in desktop client.
pub const CLIENT_ID: &str = "100000000001-practiceevergrantdesktop.apps.googleusercontent.com";
/// Public on purpose: it belongs to the emulator and protects nothing.
pub const CLIENT_SECRET: &str = "PRACTICE-not-a-secret-desktop";
/// A second client of the same project: a revocation reaches it too.
pub const SECOND_CLIENT_ID: &str = "100000000001-practiceevergrantsecond.apps.googleusercontent.com";
pub const SECOND_CLIENT_SECRET: &str = "PRACTICE-not-a-secret-second";
/// The number before the dash, by which the console knows the project.
pub const PROJECT_NUMBER: &str = "100000000001";

pub fn clients() -> Vec<Client> {
    [
        (CLIENT_ID, CLIENT_SECRET),
        (SECOND_CLIENT_ID, SECOND_CLIENT_SECRET),
    ]
    .map(|(id, secret)| Client {
        id: id.to_owned(),
        secret: secret.to_owned(),
        kind: ClientType::Desktop,
        redirect_uris: Vec::new(),
        deleted: false,
    })
    .into()
}

pub fn people() -> Vec<Person> {
    vec![
        person(1, "alice@example.com", "Alice Example", None),
        person(2, "bob@example.com", "Bob Builder", None),
        person(3, "chioma@school.example", "Chioma Work", Some("school.example")),
        person(4, "dora@example.com", "Dora Fernández-Østergård", None),
    ]
}

fn person(number: u8, email: &str, name: &str, hd: Option<&str>) -> Person {
    Person {
        sub: format!("1000000000000000000{number:02}"),
        email: email.to_owned(),
        email_verified: true,
        name: name.to_owned(),
        given_name: name.split(' ').next().unwrap_or(name).to_owned(),
        hd: hd.map(str::to_owned),
        test_user: true,
        deleted: false,
        disabled: false,
        rapt: None,
    }
}

/// The picture of a person, drawn by `people/draw.py`.
pub fn picture(local_part: &str) -> Option<&'static [u8]> {
    Some(match local_part {
        "alice" => include_bytes!("../people/alice.png"),
        "bob" => include_bytes!("../people/bob.png"),
        "chioma" => include_bytes!("../people/chioma.png"),
        "dora" => include_bytes!("../people/dora.png"),
        _ => return None,
    })
}
