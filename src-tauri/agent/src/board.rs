//! What is shown now, and the numbered changes to it. One page a profile; only the shown page's
//! changes are sent.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use evergrant_domain::Fault;
use tokio::sync::broadcast;

use crate::interface::{
    AccountView, AttemptView, Change, ChangeKind, LeavingView, Notice, ProfileName, ProgramsView,
    ProviderView, QuestionView, SettingsView, Snapshot, Tone,
};
use crate::language;
use crate::view;

/// Changes kept for a watcher that is slow; one that falls further behind loads the snapshot again.
const BACKLOG: usize = 256;
/// Older notices give way to newer ones.
const MOST_NOTICES: usize = 5;

pub struct Board {
    inside: Mutex<Inside>,
    changes: broadcast::Sender<Change>,
}

struct Inside {
    revision: u32,
    last_notice: u32,
    shown: ProfileName,
    personal: Page,
    practice: Page,
    programs: ProgramsView,
    question: Option<QuestionView>,
    settings: SettingsView,
    leaving: Option<LeavingView>,
}

/// What one profile shows.
pub struct Page {
    opening: bool,
    providers: Vec<ProviderView>,
    accounts: BTreeMap<String, AccountView>,
    attempt: Option<AttemptView>,
    notices: Vec<Notice>,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            opening: true,
            providers: vec![],
            accounts: BTreeMap::new(),
            attempt: None,
            notices: vec![],
        }
    }
}

impl Board {
    pub fn new(shown: ProfileName) -> Self {
        Self {
            inside: Mutex::new(Inside {
                revision: 0,
                last_notice: 0,
                shown,
                personal: Page::default(),
                practice: Page::default(),
                programs: ProgramsView::default(),
                question: None,
                settings: SettingsView::default(),
                leaving: None,
            }),
            changes: broadcast::channel(BACKLOG).0,
        }
    }

    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    pub fn shown(&self) -> ProfileName {
        self.lock().shown
    }

    pub fn show(&self, profile: ProfileName) {
        let mut inside = self.lock();
        if inside.shown != profile {
            inside.shown = profile;
            self.publish(&mut inside, profile, ChangeKind::Profile);
        }
    }

    pub fn snapshot(&self) -> Snapshot {
        let mut inside = self.lock();
        let (revision, profile) = (inside.revision, inside.shown);
        let (programs, question) = (inside.programs.clone(), inside.question.clone());
        let settings = inside.settings.clone();
        let leaving = inside.leaving.clone();
        let page = inside.page(profile);
        Snapshot {
            revision,
            profile,
            opening: page.opening,
            providers: page.providers.clone(),
            permissions: view::permissions(),
            accounts: page.accounts.values().cloned().collect(),
            attempt: page.attempt.clone(),
            notices: page.notices.clone(),
            programs,
            question,
            language: language::view(),
            settings,
            leaving,
        }
    }

    /// Another language is spoken, whichever profile is shown.
    pub fn language(&self) {
        let language = language::view();
        self.tell_all(&mut self.lock(), ChangeKind::Language { language });
    }

    /// What a person chose, whichever profile is shown.
    pub fn settings(&self, settings: SettingsView) {
        let mut inside = self.lock();
        if inside.settings != settings {
            inside.settings.clone_from(&settings);
            self.tell_all(&mut inside, ChangeKind::Settings { settings });
        }
    }

    /// The profile's accounts are read; whoever watches loads them in one go.
    pub fn opened(&self, profile: ProfileName) {
        let mut inside = self.lock();
        inside.page(profile).opening = false;
        self.publish(&mut inside, profile, ChangeKind::Profile);
    }

    pub fn account(&self, profile: ProfileName, account: AccountView) {
        let mut inside = self.lock();
        let page = inside.page(profile);
        page.accounts.insert(account.id.clone(), account.clone());
        self.publish(&mut inside, profile, ChangeKind::Account { account });
    }

    /// Shows an account anew; does nothing where it is not there any more, or looks the same.
    pub fn account_again(&self, profile: ProfileName, account: AccountView) {
        let mut inside = self.lock();
        let Some(shown) = inside.page(profile).accounts.get_mut(&account.id) else {
            return;
        };
        if *shown != account {
            shown.clone_from(&account);
            self.publish(&mut inside, profile, ChangeKind::Account { account });
        }
    }

    /// An account as it is shown, whichever profile it is of.
    pub fn find(&self, id: &str) -> Option<AccountView> {
        let inside = self.lock();
        let pages = [&inside.personal, &inside.practice];
        pages.iter().find_map(|page| page.accounts.get(id)).cloned()
    }

    pub fn account_gone(&self, profile: ProfileName, id: &str) {
        let mut inside = self.lock();
        inside.page(profile).accounts.remove(id);
        let id = id.to_owned();
        self.publish(&mut inside, profile, ChangeKind::AccountGone { id });
    }

    pub fn attempt(&self, profile: ProfileName, attempt: Option<AttemptView>) {
        let mut inside = self.lock();
        inside.page(profile).attempt.clone_from(&attempt);
        self.publish(&mut inside, profile, ChangeKind::Attempt { attempt });
    }

    /// The providers and their clients; does nothing where they look the same.
    pub fn providers(&self, profile: ProfileName, providers: Vec<ProviderView>) {
        let mut inside = self.lock();
        let page = inside.page(profile);
        if page.providers != providers {
            page.providers.clone_from(&providers);
            self.publish(&mut inside, profile, ChangeKind::Providers { providers });
        }
    }

    /// Tells something once. The same thing said twice stands there once.
    pub fn tell(&self, profile: ProfileName, news: News) {
        let mut inside = self.lock();
        inside.last_notice += 1;
        let notice = Notice {
            id: inside.last_notice,
            code: news.code.to_owned(),
            tone: news.tone,
            values: news.values,
            fault: news.fault.as_ref().map(Into::into),
        };
        let notices = &mut inside.page(profile).notices;
        notices.retain(|earlier| {
            (&earlier.code, &earlier.values, &earlier.fault) != (&notice.code, &notice.values, &notice.fault)
        });
        notices.push(notice);
        if notices.len() > MOST_NOTICES {
            notices.remove(0);
        }
        let notices = notices.clone();
        self.publish(&mut inside, profile, ChangeKind::Notices { notices });
    }

    /// Takes back what is no longer so, and was told as one of these.
    pub fn take_back(&self, profile: ProfileName, codes: &[&str]) {
        let mut inside = self.lock();
        let notices = &mut inside.page(profile).notices;
        let stood = notices.len();
        notices.retain(|notice| !codes.contains(&notice.code.as_str()));
        if notices.len() < stood {
            let notices = notices.clone();
            self.publish(&mut inside, profile, ChangeKind::Notices { notices });
        }
    }

    /// What was decided about programs, whichever profile is shown.
    pub fn programs(&self, programs: ProgramsView) {
        let mut inside = self.lock();
        if inside.programs != programs {
            inside.programs.clone_from(&programs);
            self.tell_all(&mut inside, ChangeKind::Programs { programs });
        }
    }

    /// What a person is asked now, whichever profile is shown.
    pub fn question(&self, question: Option<QuestionView>) {
        let mut inside = self.lock();
        if inside.question != question {
            inside.question.clone_from(&question);
            self.tell_all(&mut inside, ChangeKind::Question { question });
        }
    }

    /// How far everything is deleted, whichever profile is shown.
    pub fn leaving(&self, leaving: Option<LeavingView>) {
        let mut inside = self.lock();
        if inside.leaving != leaving {
            inside.leaving.clone_from(&leaving);
            self.tell_all(&mut inside, ChangeKind::Leaving { leaving });
        }
    }

    pub fn dismiss(&self, id: u32) {
        let mut inside = self.lock();
        let shown = inside.shown;
        let notices = &mut inside.page(shown).notices;
        notices.retain(|notice| notice.id != id);
        let notices = notices.clone();
        self.publish(&mut inside, shown, ChangeKind::Notices { notices });
    }

    fn publish(&self, inside: &mut Inside, profile: ProfileName, what: ChangeKind) {
        if profile == inside.shown {
            self.tell_all(inside, what);
        }
    }

    fn tell_all(&self, inside: &mut Inside, what: ChangeKind) {
        inside.revision = inside.revision.wrapping_add(1);
        let revision = inside.revision;
        // Nobody may be watching.
        let _ = self.changes.send(Change { revision, what });
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn page(&mut self, profile: ProfileName) -> &mut Page {
        match profile {
            ProfileName::Personal => &mut self.personal,
            ProfileName::Practice => &mut self.practice,
        }
    }
}

/// Something to tell once.
pub struct News {
    code: &'static str,
    tone: Tone,
    values: BTreeMap<String, String>,
    fault: Option<Fault>,
}

impl News {
    pub fn good(code: &'static str) -> Self {
        Self::new(code, Tone::Good)
    }

    pub fn info(code: &'static str) -> Self {
        Self::new(code, Tone::Info)
    }

    pub fn problem(code: &'static str) -> Self {
        Self::new(code, Tone::Problem)
    }

    /// A fault that concerns no single account.
    pub fn fault(fault: Fault) -> Self {
        let mut news = Self::problem("fault");
        news.fault = Some(fault);
        news
    }

    #[must_use]
    pub fn value(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    fn new(code: &'static str, tone: Tone) -> Self {
        Self {
            code,
            tone,
            values: BTreeMap::new(),
            fault: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shown_profile_speaks() {
        let board = Board::new(ProfileName::Personal);
        let mut changes = board.changes();
        board.tell(ProfileName::Practice, News::info("client_imported"));
        assert!(changes.try_recv().is_err(), "practice is not shown");
        board.show(ProfileName::Practice);
        assert_eq!(changes.try_recv().unwrap().what, ChangeKind::Profile);
        assert_eq!(board.snapshot().notices.len(), 1);
    }

    #[test]
    fn a_snapshot_says_which_changes_are_in_it() {
        let board = Board::new(ProfileName::Personal);
        let mut changes = board.changes();
        board.tell(ProfileName::Personal, News::good("client_imported"));
        let seen = changes.try_recv().unwrap().revision;
        assert_eq!(board.snapshot().revision, seen);
    }

    #[test]
    fn an_account_is_shown_again_only_where_it_is_and_looks_otherwise() {
        let board = Board::new(ProfileName::Personal);
        let mut changes = board.changes();
        let alice = crate::programs::tests::shown("alice");
        board.account_again(ProfileName::Personal, alice.clone());
        assert_eq!(board.find("alice"), None, "what is gone does not come back");
        board.account(ProfileName::Personal, alice.clone());
        changes.try_recv().expect("a change");
        board.account_again(ProfileName::Personal, alice.clone());
        assert!(changes.try_recv().is_err(), "nothing to tell");
        let other = AccountView {
            last_checked: Some(1),
            ..alice
        };
        board.account_again(ProfileName::Personal, other.clone());
        changes.try_recv().expect("a change");
        assert_eq!(board.find("alice"), Some(other));
    }

    #[test]
    fn the_same_news_stands_once_and_old_news_gives_way() {
        let board = Board::new(ProfileName::Personal);
        for _ in 0..3 {
            board.tell(ProfileName::Personal, News::good("client_imported"));
        }
        assert_eq!(board.snapshot().notices.len(), 1);
        for number in 0..9 {
            let news = News::good("disconnected").value("email", number.to_string());
            board.tell(ProfileName::Personal, news);
        }
        assert_eq!(board.snapshot().notices.len(), MOST_NOTICES);
    }
}
