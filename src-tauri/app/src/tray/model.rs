use evergrant_agent::interface::{AccountState, AccountView, Activity, ProfileName};
use evergrant_agent::messages::{Language, say, spoken};
use evergrant_agent::said;

use crate::attention;
use crate::gist::Gist;

/// What the tray shows; compared, so that it is redrawn only when it differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrayModel {
    pub practice: bool,
    pub accounts: Vec<Line>,
    pub need: Option<Need>,
    /// No program gets anything for now.
    pub paused: bool,
    /// The entries are said in it.
    pub language: Language,
}

/// What needs the person; of two, the one that cannot wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A program waits for an answer.
    Question,
    /// An account goes on only when something is done.
    Account,
}

/// An account and how it is, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub account: String,
    pub words: String,
}

impl TrayModel {
    /// `now` in Unix seconds.
    pub fn of(gist: &Gist, now: u32) -> Self {
        Self {
            practice: gist.profile == ProfileName::Practice,
            accounts: gist
                .accounts
                .iter()
                .map(|account| Line::of(account, now))
                .collect(),
            need: Need::of(gist, now),
            paused: gist.paused,
            language: spoken(),
        }
    }

    /// What the icon says of itself, where the system shows such words.
    pub fn words(&self) -> String {
        let key = match (self.need, self.paused) {
            (Some(Need::Question), _) => "tray.question",
            (Some(Need::Account), _) => "tray.attention",
            (None, true) => "tray.paused",
            (None, false) => "app.name",
        };
        say(key, &[])
    }
}

impl Need {
    fn of(gist: &Gist, now: u32) -> Option<Self> {
        let mut accounts = gist.accounts.iter();
        if gist.question.is_some() {
            Some(Self::Question)
        } else if accounts.any(|account| attention::cause(account, now).is_some()) {
            Some(Self::Account)
        } else {
            None
        }
    }
}

impl Line {
    fn of(account: &AccountView, now: u32) -> Self {
        let email = ("email", account.email.as_str());
        let words = if let Some(why) = why(account, now) {
            say("tray.why", &[email, ("why", &why)])
        } else {
            let state = say(&format!("state.{}", state(account)), &[]);
            say("tray.account", &[email, ("state", &state)])
        };
        Self {
            account: account.id.clone(),
            words,
        }
    }
}

/// Why it stopped, or what ends it within a day; nothing while something is being done about it.
fn why(account: &AccountView, now: u32) -> Option<String> {
    if account.busy.is_some() {
        return None;
    }
    let stopped = account.reason.as_ref().map(said::reason);
    let why = stopped.or_else(|| attention::about_to_end(account, now).map(said::forecast));
    why.map(|why| why.what)
}

/// What it does now, else how it is.
fn state(account: &AccountView) -> &'static str {
    match (account.busy, account.state) {
        (Some(Activity::Testing), _) => "testing",
        (Some(Activity::Refreshing), _) => "refreshing",
        (Some(Activity::Disconnecting), _) | (None, AccountState::Disconnecting) => "disconnecting",
        (None, AccountState::Connected) => "connected",
        (None, AccountState::NeedsReconnect) => "needsReconnect",
        (None, AccountState::NeedsSignIn) => "needsSignIn",
    }
}

#[cfg(test)]
mod tests {
    use evergrant_agent::interface::Interface;

    use super::*;
    use crate::gist::Question;
    use crate::tests::{FakeAgent, account, ahead, removed};

    const NOW: u32 = 1_800_000_000;
    const DAY: u32 = 24 * 60 * 60;

    async fn gist(accounts: Vec<AccountView>) -> Gist {
        let mut snapshot = FakeAgent::default().snapshot().await;
        snapshot.accounts = accounts;
        snapshot.into()
    }

    fn question() -> Question {
        Question {
            id: 3,
            program: "sync".to_owned(),
            emails: vec!["alice@example.com".to_owned()],
        }
    }

    #[tokio::test]
    async fn each_account_has_a_line_in_words() {
        let model = TrayModel::of(&gist(vec![account("alice")]).await, NOW);
        assert_eq!(model.accounts[0].words, "alice@example.com: Connected");
        assert!(model.need.is_none() && !model.practice && !model.paused);
    }

    #[tokio::test]
    async fn what_an_account_does_now_comes_before_how_it_is() {
        let busy = AccountView {
            busy: Some(Activity::Testing),
            ..account("alice")
        };
        let mut gist = gist(vec![busy]).await;
        gist.profile = ProfileName::Practice;
        let model = TrayModel::of(&gist, NOW);
        assert_eq!(model.accounts[0].words, "alice@example.com: Testing…");
        assert!(model.practice);
    }

    #[tokio::test]
    async fn an_account_that_stopped_says_why() {
        let stopped = AccountView {
            state: AccountState::NeedsReconnect,
            reason: Some(removed()),
            ..account("alice")
        };
        let words = |account: AccountView| async {
            TrayModel::of(&gist(vec![account]).await, NOW).accounts[0]
                .words
                .clone()
        };
        assert_eq!(
            words(stopped.clone()).await,
            "alice@example.com – Most likely: Evergrant was removed from the apps with access to this account."
        );
        let busy = AccountView {
            busy: Some(Activity::Refreshing),
            ..stopped
        };
        assert_eq!(words(busy).await, "alice@example.com: Refreshing…");
    }

    #[tokio::test]
    async fn an_end_within_a_day_is_a_need_and_a_later_one_is_not() {
        for (left, need) in [(DAY, true), (DAY + 1, false)] {
            let ending = AccountView {
                forecast: Some(ahead(NOW + left)),
                ..account("alice")
            };
            let model = TrayModel::of(&gist(vec![ending]).await, NOW);
            assert_eq!(model.need.is_some(), need, "{left} s left");
            let words = &model.accounts[0].words;
            assert_eq!(words.contains("ends on"), need, "{words}");
        }
    }

    #[tokio::test]
    async fn one_account_in_need_is_enough_for_the_sign() {
        let ill = AccountView {
            state: AccountState::NeedsSignIn,
            ..account("bob")
        };
        let model = TrayModel::of(&gist(vec![account("alice"), ill]).await, NOW);
        assert_eq!(model.need, Some(Need::Account));
    }

    #[tokio::test]
    async fn the_words_say_what_is_most_pressing() {
        let mut gist = gist(vec![account("alice")]).await;
        let mut words = vec![TrayModel::of(&gist, NOW).words()];
        gist.paused = true;
        words.push(TrayModel::of(&gist, NOW).words());
        gist.accounts[0].state = AccountState::NeedsReconnect;
        words.push(TrayModel::of(&gist, NOW).words());
        gist.question = Some(question());
        words.push(TrayModel::of(&gist, NOW).words());
        let keys = ["app.name", "tray.paused", "tray.attention", "tray.question"];
        assert_eq!(words, keys.map(|key| say(key, &[])));
    }

    #[tokio::test]
    async fn another_question_of_the_same_kind_is_nothing_to_redraw() {
        let mut gist = gist(Vec::new()).await;
        gist.question = Some(question());
        let before = TrayModel::of(&gist, NOW);
        gist.question = Some(Question { id: 4, ..question() });
        assert_eq!(TrayModel::of(&gist, NOW), before);
        gist.question = None;
        assert_ne!(TrayModel::of(&gist, NOW), before);
    }

    #[test]
    fn every_state_has_its_word() {
        for state in ["connected", "needsReconnect", "needsSignIn", "disconnecting"] {
            let key = format!("state.{state}");
            assert_ne!(say(&key, &[]), key);
        }
        for busy in ["testing", "refreshing"] {
            let key = format!("state.{busy}");
            assert_ne!(say(&key, &[]), key);
        }
    }
}
