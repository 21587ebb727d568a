//! Which requests came in, for a test to read. A token, code or secret never gets here.

use crate::{clock::Moment, endpoint::Endpoint, parameters::Parameters};
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};

const MOST_KEPT: usize = 10_000;

/// Parameters whose values tell nothing that must stay secret.
const TOLD: &[&str] = &[
    "access_type",
    "approval_prompt",
    "client_id",
    "code_challenge_method",
    "fields",
    "grant_type",
    "hd",
    "include_granted_scopes",
    "login_hint",
    "personFields",
    "prompt",
    "redirect_uri",
    "response_type",
    "scope",
];

#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    pub number: u64,
    pub at: Moment,
    pub method: String,
    pub path: String,
    pub endpoint: Option<Endpoint>,
    /// Whether an `Authorization` header came along.
    pub authorization: bool,
    /// The names of all parameters.
    pub parameters: Vec<String>,
    /// The values of the harmless ones.
    pub values: BTreeMap<String, String>,
    /// The fault that met it, if any.
    pub fault: Option<String>,
    /// Absent until answered, and for ever if the answer was lost.
    pub status: Option<u16>,
}

#[derive(Debug, Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    next: u64,
}

impl Journal {
    pub fn note(&mut self, mut entry: Entry) -> u64 {
        entry.number = self.next;
        self.next += 1;
        if self.entries.len() == MOST_KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
        self.next - 1
    }

    pub fn answered(&mut self, number: u64, status: u16) {
        if let Some(entry) = self.entries.iter_mut().rev().find(|entry| entry.number == number) {
            entry.status = Some(status);
        }
    }

    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

pub fn names(parameters: &Parameters) -> Vec<String> {
    parameters.iter().map(|(name, _)| name.to_owned()).collect()
}

pub fn told_values(parameters: &Parameters) -> BTreeMap<String, String> {
    parameters
        .iter()
        .filter(|(name, _)| TOLD.contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
