use evergrant_agent::interface::{
    AccountView, Change, ChangeKind, LeavingStep, LeavingView, ProfileName, QuestionView, Snapshot, ThemeView,
};

/// What the tray, the notifications and the windows go by, as last told.
#[derive(Clone, Debug)]
pub struct Gist {
    revision: u32,
    pub profile: ProfileName,
    pub accounts: Vec<AccountView>,
    /// No program gets anything for now.
    pub paused: bool,
    pub question: Option<Question>,
    pub theme: ThemeView,
    /// Everything is deleted: nothing is left to do but to end.
    pub deleted: bool,
}

/// As much of a question as is said outside its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: u32,
    pub program: String,
    /// Each address once, in the order in which they are asked for.
    pub emails: Vec<String>,
}

impl Gist {
    /// Takes a change in. False: it needs the whole snapshot anew.
    pub fn apply(&mut self, change: &Change) -> bool {
        // Said before the snapshot was made, and in it already: a question may have ended since.
        // Revisions go round.
        let before = self.revision.wrapping_sub(change.revision) < u32::MAX / 2;
        if before && change.what != ChangeKind::Profile {
            return true;
        }
        self.revision = change.revision;
        match &change.what {
            ChangeKind::Account { account } => {
                match self.accounts.iter_mut().find(|known| known.id == account.id) {
                    Some(known) => known.clone_from(account),
                    None => self.accounts.push(account.clone()),
                }
            }
            ChangeKind::AccountGone { id } => self.accounts.retain(|known| known.id != *id),
            ChangeKind::Programs { programs } => self.paused = programs.paused,
            ChangeKind::Question { question } => self.question = question.as_ref().map(Question::of),
            ChangeKind::Settings { settings } => self.theme = settings.theme,
            ChangeKind::Leaving { leaving } => self.deleted = is_deleted(leaving.as_ref()),
            ChangeKind::Profile => return false,
            ChangeKind::Attempt { .. }
            | ChangeKind::Notices { .. }
            | ChangeKind::Providers { .. }
            | ChangeKind::Language { .. } => {}
        }
        true
    }
}

impl From<Snapshot> for Gist {
    fn from(snapshot: Snapshot) -> Self {
        Self {
            revision: snapshot.revision,
            profile: snapshot.profile,
            accounts: snapshot.accounts,
            paused: snapshot.programs.paused,
            question: snapshot.question.as_ref().map(Question::of),
            theme: snapshot.settings.theme,
            deleted: is_deleted(snapshot.leaving.as_ref()),
        }
    }
}

fn is_deleted(leaving: Option<&LeavingView>) -> bool {
    leaving.is_some_and(|leaving| leaving.step == LeavingStep::Deleted)
}

impl Question {
    fn of(view: &QuestionView) -> Self {
        let mut emails: Vec<String> = Vec::new();
        for wish in &view.wishes {
            if !emails.contains(&wish.email) {
                emails.push(wish.email.clone());
            }
        }
        Self {
            id: view.id,
            program: view.program.name.clone(),
            emails,
        }
    }
}

#[cfg(test)]
mod tests {
    use evergrant_agent::interface::{Interface, ProgramsView};

    use super::*;
    use crate::tests::{FakeAgent, question};

    /// As of revision 7, with nothing asked.
    async fn gist() -> Gist {
        FakeAgent::default().snapshot().await.into()
    }

    fn asked(revision: u32, question: Option<QuestionView>) -> Change {
        let what = ChangeKind::Question { question };
        Change { revision, what }
    }

    #[tokio::test]
    async fn a_question_comes_and_goes() {
        let mut gist = gist().await;
        assert!(gist.apply(&asked(8, Some(question(3)))));
        assert_eq!(gist.question.as_ref().map(|question| question.id), Some(3));
        assert!(gist.apply(&asked(9, None)));
        assert_eq!(gist.question, None);
    }

    #[tokio::test]
    async fn a_question_that_ended_before_the_snapshot_does_not_come_back() {
        let mut gist = gist().await;
        assert!(gist.apply(&asked(6, Some(question(3)))));
        assert_eq!(gist.question, None);
    }

    #[tokio::test]
    async fn revisions_go_round() {
        let mut gist = gist().await;
        gist.revision = u32::MAX;
        assert!(gist.apply(&asked(0, Some(question(3)))));
        assert!(gist.question.is_some());
    }

    #[tokio::test]
    async fn a_pause_is_taken_in() {
        let mut gist = gist().await;
        let programs = ProgramsView {
            paused: true,
            programs: Vec::new(),
            taken_back: None,
        };
        let what = ChangeKind::Programs { programs };
        assert!(gist.apply(&Change { revision: 8, what }));
        assert!(gist.paused);
    }

    #[tokio::test]
    async fn another_profile_needs_the_whole_snapshot() {
        let what = ChangeKind::Profile;
        assert!(!gist().await.apply(&Change { revision: 7, what }));
    }

    #[test]
    fn each_address_is_said_once() {
        let mut view = question(3);
        view.wishes.push(view.wishes[0].clone());
        assert_eq!(Question::of(&view).emails, ["alice@example.com"]);
    }
}
