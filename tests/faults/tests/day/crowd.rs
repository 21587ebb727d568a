//! More people than live in the practice Google by itself.

use std::path::{Path, PathBuf};

use evergrant_practice::{Options, start};
use serde_json::{Value, json};

pub struct Crowd {
    people: Vec<String>,
    state: PathBuf,
}

impl Crowd {
    pub async fn of(size: usize, folder: &Path) -> Self {
        let (template, state) = (folder.join("template.json"), folder.join("practice.json"));
        let mut remembered = remembered_by_a_new_one(&template).await;
        let people: Vec<String> = (0..size).map(|number| format!("person{number:02}")).collect();
        let first = remembered["people"][0].clone();
        let known = people
            .iter()
            .zip(0..)
            .map(|(name, number)| born(&first, name, number));
        remembered["people"] = known.collect();
        std::fs::write(&state, remembered.to_string()).expect("written");
        Self { people, state }
    }

    /// How a practice Google is started that knows them.
    pub fn at_home(&self) -> Options {
        Options {
            state_file: Some(self.state.clone()),
            ..Options::default()
        }
    }

    /// By the first part of their addresses.
    pub fn people(&self) -> impl Iterator<Item = &String> {
        self.people.iter()
    }
}

async fn remembered_by_a_new_one(file: &Path) -> Value {
    let options = Options {
        state_file: Some(file.to_owned()),
        control_key: Some("key".to_owned()),
        ..Options::default()
    };
    let practice = start(options).await.expect("a free port");
    let touched = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .expect("a client");
    let reset = touched
        .post(format!("{}/_control/reset", practice.base_url()))
        .bearer_auth("key");
    reset.send().await.expect("something to remember");
    practice.stop().await;
    let text = std::fs::read(file).expect("saved");
    serde_json::from_slice(&text).expect("JSON")
}

fn born(like: &Value, name: &str, number: u64) -> Value {
    let mut person = like.clone();
    person["sub"] = json!(format!("2{number:020}"));
    person["email"] = json!(format!("{name}@example.com"));
    person["name"] = json!(name);
    person
}
