//! What a person does with the accounts through the `evergrant` command.

use std::sync::{Arc, Weak};
use std::time::Duration;

use async_trait::async_trait;
use evergrant_broker::ports::{self, Condition, Undertaking};
use evergrant_domain::{AccountId, Code, Fault, lifecycle};
use evergrant_engine::event::{self, AttemptPurpose, Showing, Status, TestLine as Line};
use evergrant_engine::ports::ProbeAnswer;
use evergrant_protocol::command::{Attempt, Check, Connect, HistoryLine, Outcome, TestLine, Trouble};
use tokio::sync::watch;

use super::attempt::trouble;
use super::{doctor, past};
use crate::interface::{ConsentRequest, PermissionId};
use crate::messages::say;
use crate::profile::Profile;
use crate::profiles::Profiles;
use crate::{requests, said};

/// How long a test, refresh or disconnect is waited for.
const PATIENCE: Duration = Duration::from_secs(90);

pub struct Office(Weak<Profiles>);

impl Office {
    pub fn new(profiles: Weak<Profiles>) -> Self {
        Self(profiles)
    }

    fn profiles(&self) -> Result<Arc<Profiles>, Fault> {
        self.0.upgrade().ok_or_else(|| Code::Stopping.into())
    }

    async fn begin(&self, wish: Connect) -> Result<(), Fault> {
        let profiles = self.profiles()?;
        profiles.attempt.begin();
        let begun = consent(&profiles, wish).await;
        if begun.is_err() {
            profiles.attempt.none();
        }
        begun
    }

    async fn run(&self, id: &AccountId, what: Undertaking) -> Result<Outcome, Fault> {
        let account = self.profiles()?.index.handle(id)?;
        let mut status = account.follow();
        let before = status.borrow_and_update().clone();
        match what {
            Undertaking::Test => account.test().await?,
            Undertaking::Refresh => account.refresh().await?,
            Undertaking::Disconnect => account.disconnect(lifecycle::Reach::Everywhere).await?,
            Undertaking::Remove => account.disconnect(lifecycle::Reach::ThisComputer).await?,
        }
        let ended = tokio::time::timeout(PATIENCE, ended(&mut status, &before)).await;
        ended
            .map(|status| outcome(status, &before))
            .map_err(|_| Code::ProviderSilent.into())
    }
}

#[async_trait]
impl ports::Office for Office {
    async fn connect(&self, wish: Connect) -> Result<(), Trouble> {
        self.begin(wish).await.map_err(|fault| trouble(&fault))
    }

    async fn attempt(&self) -> Attempt {
        let Ok(profiles) = self.profiles() else {
            return super::LastAttempt::default().get();
        };
        let mut attempt = profiles.attempt.get();
        if attempt.step == "waiting"
            && let Ok(shown) = profiles.shown().await
            && let Some(handle) = shown.engine.attempt()
        {
            attempt.link = handle.link().await;
        }
        attempt
    }

    async fn cancel(&self) {
        if let Ok(profiles) = self.profiles()
            && let Ok(shown) = profiles.shown().await
            && let Some(handle) = shown.engine.attempt()
        {
            handle.cancel().await;
        }
    }

    async fn undertake(&self, account: &AccountId, what: Undertaking) -> Result<Outcome, Trouble> {
        self.run(account, what).await.map_err(|fault| trouble(&fault))
    }

    fn condition(&self, account: &AccountId) -> Condition {
        let shown = self.profiles().ok();
        let shown = shown.and_then(|profiles| profiles.board.find(account.as_str()));
        let reason = shown.as_ref().and_then(|account| account.reason.as_ref());
        let forecast = shown.as_ref().and_then(|account| account.forecast.as_ref());
        Condition {
            reason: reason.map(|reason| said::reason(reason).joined()),
            forecast: forecast.map(|forecast| said::forecast(forecast).joined()),
        }
    }

    async fn history(&self, accounts: &[AccountId], limit: u32) -> Result<Vec<HistoryLine>, Trouble> {
        let told = async { past::of(&*self.profiles()?, accounts, limit).await };
        told.await.map_err(|fault: Fault| trouble(&fault))
    }

    async fn examine(&self) -> Vec<Check> {
        match self.profiles() {
            Ok(profiles) => doctor::examine(&profiles).await,
            Err(_) => vec![],
        }
    }
}

/// Asks for a consent in the shown profile.
async fn consent(profiles: &Profiles, wish: Connect) -> Result<(), Fault> {
    let shown = profiles.shown().await?;
    if let Some(name) = wish.account {
        let id = named(profiles, &name)?;
        let showing = showing(&shown, Some(&id), wish.browser).await;
        let purpose = AttemptPurpose::Reconnecting;
        return shown.engine.renew(&id, purpose, showing).await;
    }
    let provider = wish.provider.unwrap_or_else(|| only_provider(&shown));
    let provider = requests::provider_id(&provider)?;
    let asked = requests::asked(&ConsentRequest {
        permissions: permissions(&wish.permissions)?,
        scopes: wish.scopes,
    })?;
    let showing = showing(&shown, None, wish.browser).await;
    shown.engine.connect(&provider, asked, showing).await
}

/// Whoever types a command sees its link there where no browser is opened.
async fn showing(profile: &Profile, account: Option<&AccountId>, browser: bool) -> Showing {
    if browser {
        profile
            .browsing
            .begin(account, profile.settings.browser_to_open())
            .await
    } else {
        profile.browsing.begin_elsewhere()
    }
}

/// The account's status once the work that just began is over; `None` when the account is gone.
async fn ended(status: &mut watch::Receiver<Status>, before: &Status) -> Option<Status> {
    let mut began = false;
    loop {
        status.changed().await.ok()?;
        let now = status.borrow_and_update().clone();
        began |= now.busy.is_some();
        // Another change can come first, with the outcome of earlier work.
        if now.busy.is_none() && now.outcome.is_some() && (began || now.outcome != before.outcome) {
            return Some(now);
        }
    }
}

fn outcome(status: Option<Status>, before: &Status) -> Outcome {
    let row = &before.row;
    let mut outcome = Outcome {
        account: evergrant_protocol::AccountName {
            id: row.id.as_str().to_owned(),
            provider: row.provider.as_str().to_owned(),
            email: row.person.label().to_owned(),
        },
        done: true,
        fresh_until: None,
        lines: vec![],
        trouble: None,
    };
    match status.and_then(|status| status.outcome) {
        Some(event::Outcome::Tested { lines, .. }) => {
            outcome.done = lines.iter().all(|line| line.result == Ok(ProbeAnswer::Works));
            outcome.lines = lines.iter().map(test_line).collect();
        }
        Some(event::Outcome::Refreshed { until, .. }) => outcome.fresh_until = Some(until.0),
        Some(event::Outcome::Failed { fault, .. }) => {
            outcome.done = false;
            outcome.trouble = Some(trouble(&fault));
        }
        Some(event::Outcome::Connected { .. }) | None => {}
    }
    outcome
}

fn test_line(line: &Line) -> TestLine {
    let check = match line.check {
        event::Check::SignIn => "signIn",
        event::Check::Identity => "identity",
        event::Check::Api(evergrant_domain::Api::Gmail) => "gmail",
        event::Check::Api(evergrant_domain::Api::Calendar) => "calendar",
        event::Check::Api(evergrant_domain::Api::Contacts) => "contacts",
        event::Check::Api(evergrant_domain::Api::Drive) => "drive",
    };
    let (verdict, key) = match &line.result {
        Ok(ProbeAnswer::Works) => ("works", "works"),
        Ok(ProbeAnswer::SwitchedOff) => ("switched_off", "switchedOff"),
        Ok(ProbeAnswer::NotAllowed) => ("not_allowed", "notAllowed"),
        Err(_) => ("failed", "failed"),
    };
    TestLine {
        name: check.to_owned(),
        verdict: verdict.to_owned(),
        what: say(&format!("check.{check}.{key}"), &[]),
        todo: line.result.as_ref().err().map(|fault| trouble(fault).todo),
    }
}

/// The account of this name, as the window would find it.
fn named(profiles: &Profiles, name: &str) -> Result<AccountId, Fault> {
    match ports::Accounts::find(&*profiles.index, name) {
        ports::Found::One(account) => Ok(account.id.clone()),
        ports::Found::Nobody | ports::Found::Several(_) => Err(Code::AccountUnknown.into()),
    }
}

/// The only provider there is, else Google.
fn only_provider(shown: &crate::profile::Profile) -> String {
    let mut providers = shown.engine.world().providers.keys();
    match (providers.next(), providers.next()) {
        (Some(only), None) => only.as_str().to_owned(),
        _ => "google".to_owned(),
    }
}

/// The permissions by their names on the command line.
fn permissions(names: &[String]) -> Result<Vec<PermissionId>, Fault> {
    let permission = |name: &String| match name.as_str() {
        "send_mail" => Ok(PermissionId::SendMail),
        "read_mail" => Ok(PermissionId::ReadMail),
        "calendar" => Ok(PermissionId::Calendar),
        "contacts" => Ok(PermissionId::Contacts),
        "drive_files" => Ok(PermissionId::DriveFiles),
        other => Err(Fault::with_detail(Code::RequestRefused, other)),
    };
    names.iter().map(permission).collect()
}
