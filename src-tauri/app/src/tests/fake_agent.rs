use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use evergrant_agent::interface::{
    Change, ChangeKind, ClientView, FaultView, Interface, LanguageView, OwnClientView, ProfileName,
    ProgramsView, ProviderView, Reply, Request, SettingsView, Snapshot,
};
use tokio::sync::broadcast;

use super::account;

/// Notes what is asked of it, and answers as told.
pub struct FakeAgent {
    changes: broadcast::Sender<Change>,
    asked: Mutex<Vec<Request>>,
    answers: Mutex<VecDeque<Result<Reply, FaultView>>>,
}

impl Default for FakeAgent {
    fn default() -> Self {
        Self {
            changes: broadcast::channel(16).0,
            asked: Mutex::default(),
            answers: Mutex::default(),
        }
    }
}

impl FakeAgent {
    /// The answer to the next request that has none yet; the others get `Begun`.
    pub fn answer_next(&self, answer: Result<Reply, FaultView>) {
        self.answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_back(answer);
    }

    /// How many follow its changes.
    pub fn followers(&self) -> usize {
        self.changes.receiver_count()
    }

    pub fn tell(&self, change: Change) {
        let _ = self.changes.send(change);
    }

    /// More changes at once than anybody can keep up with.
    pub fn tell_too_much(&self) {
        for revision in 8..2_000 {
            let id = "nobody".to_owned();
            self.tell(Change {
                revision,
                what: ChangeKind::AccountGone { id },
            });
        }
    }

    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Interface for FakeAgent {
    async fn snapshot(&self) -> Snapshot {
        Snapshot {
            revision: 7,
            profile: ProfileName::Personal,
            opening: false,
            providers: vec![ProviderView {
                id: "google".to_owned(),
                name: "Google".to_owned(),
                client: ClientView::Imported {
                    clients: vec![OwnClientView {
                        id: "google:0123456789abcdef".to_owned(),
                        client_id: "42-abc.apps.googleusercontent.com".to_owned(),
                        name: "Home".to_owned(),
                        project: None,
                        project_number: Some("42".to_owned()),
                    }],
                },
            }],
            permissions: Vec::new(),
            accounts: vec![account("alice")],
            attempt: None,
            notices: Vec::new(),
            programs: ProgramsView::default(),
            question: None,
            language: LanguageView {
                spoken: "en".to_owned(),
                chosen: false,
            },
            settings: SettingsView::default(),
            leaving: None,
        }
    }

    async fn ask(&self, request: Request) -> Result<Reply, FaultView> {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.pop_front().unwrap_or(Ok(Reply::Begun))
    }

    fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    async fn stop(&self) {}
}
