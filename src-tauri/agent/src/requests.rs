//! What each request does, a few lines each.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use evergrant_adapters::client_file;
use evergrant_broker::ports::Log;
use evergrant_domain::{
    AccountId, Client, ClientKey, Code, Fault, Permission, Scope, ScopeSet, permission::asked_scopes,
    provider::ProviderId,
};
use evergrant_engine::event::{AttemptPurpose, Showing};
use evergrant_engine::{Which, account_id};

use crate::board::{Board, News};
use crate::browsers;
use crate::history;
use crate::interface::{ConsentRequest, Reply, Request};
use crate::leaving::ending;
use crate::profile::Profile;
use crate::view;

/// The lines of an account's history that are shown.
const HISTORY: u32 = 200;

/// Requests about accounts and consents, in the shown profile.
pub async fn account(profile: &Profile, board: &Board, request: Request) -> Result<Reply, Fault> {
    let engine = &profile.engine;
    match request {
        Request::Connect {
            provider,
            client,
            consent,
        } => {
            let (provider, asked) = (provider_id(&provider)?, asked(&consent)?);
            let client = chosen(client.as_deref())?.unwrap_or(Which::LastUsed);
            let showing = showing(profile, None).await;
            engine.connect_with(&provider, client, asked, showing).await?;
        }
        Request::Reconnect { account, client } => {
            let (id, purpose) = (account_id(&account)?, AttemptPurpose::Reconnecting);
            let client = chosen(client.as_deref())?;
            let showing = showing(profile, Some(&id)).await;
            match client {
                Some(client) => engine.renew_with(&id, client, purpose, showing).await?,
                None => engine.renew(&id, purpose, showing).await?,
            }
        }
        Request::AskAgain { account } => {
            let id = account_id(&account)?;
            let showing = showing(profile, Some(&id)).await;
            engine.renew(&id, AttemptPurpose::AskingAgain, showing).await?;
        }
        Request::CancelAttempt => {
            if let Some(attempt) = engine.attempt() {
                attempt.cancel().await;
            }
        }
        Request::OpenAgain => {
            if let Some(attempt) = engine.attempt() {
                attempt.open_again().await;
            }
        }
        Request::SaveAgain => {
            if let Some(attempt) = engine.attempt() {
                attempt.save_again().await;
            }
        }
        Request::Link => return link(profile).await,
        Request::Test { account } => engine.account(&account_id(&account)?)?.test().await?,
        Request::TestAll => {
            for account in engine.accounts() {
                // One that is at work is tested by whoever set it to work.
                let _ = account.test().await;
            }
        }
        Request::Refresh { account } => engine.account(&account_id(&account)?)?.refresh().await?,
        Request::Disconnect { account, reach } => {
            let account = engine.account(&account_id(&account)?)?;
            account.disconnect(reach.into()).await?;
        }
        Request::DisconnectAll => {
            profile.told_together(engine.accounts());
            ending::disconnect_all(engine).await;
        }
        Request::ImportClient { provider, file } => {
            import(profile, &provider, &file).await?;
            board.providers(profile.name, profile.providers().await);
            board.tell(profile.name, News::good("client_imported"));
        }
        Request::RenameClient { client, name } => {
            engine.rename_client(&client_key(&client)?, &name).await?;
            board.providers(profile.name, profile.providers().await);
        }
        Request::RemoveClient { client } => {
            engine.remove_client(&client_key(&client)?).await?;
            board.providers(profile.name, profile.providers().await);
        }
        Request::Picture { account } => return Ok(picture(profile, &account)),
        Request::AccountBrowser { account } => {
            let own = profile.browsing.of(&known(profile, &account)?).await?;
            return Ok(Reply::AccountBrowser(own.as_ref().map(browsers::named_view)));
        }
        Request::ChooseAccountBrowser { account, browser } => {
            let id = known(profile, &account)?;
            let own = match browser {
                Some(pick) => Some(browsers::picked_apart(pick).await?),
                None => None,
            };
            profile.browsing.keep(&id, own).await?;
        }
        Request::History { .. }
        | Request::ShowProfile(_)
        | Request::DismissNotice(_)
        | Request::Programs(_)
        | Request::DeleteEverything { .. }
        | Request::KeepEverything
        | Request::Speak(_)
        | Request::Choose(_)
        | Request::ChooseProxy(_)
        | Request::Browsers
        | Request::Setting { .. }
        | Request::SetSetting { .. } => {}
    }
    Ok(Reply::Begun)
}

/// How the page of a consent comes before the person, with the browser chosen that shows it.
pub async fn showing(profile: &Profile, account: Option<&AccountId>) -> Showing {
    profile.browsing.begin(account, profile.settings.browser()).await
}

/// What happened to an account of the profile, and who asked for it.
pub async fn history(profile: &Profile, log: Option<&dyn Log>, account: &str) -> Result<Reply, Fault> {
    let id = account_id(account)?;
    let lines = history::of(&profile.engine, log, &id, HISTORY).await?;
    Ok(Reply::History(view::history(account, lines)))
}

/// The program's own small settings.
pub async fn setting(profile: &Profile, request: Request) -> Result<Reply, Fault> {
    match request {
        Request::Setting { name } => Ok(Reply::Setting(profile.ledger.setting(&name).await?)),
        Request::SetSetting { name, value } => {
            profile.ledger.set_setting(&name, &value).await?;
            Ok(Reply::Begun)
        }
        _ => Ok(Reply::Begun),
    }
}

/// What was chosen, as scopes.
///
/// # Errors
/// `RequestRefused` naming the line that is no scope.
pub fn asked(consent: &ConsentRequest) -> Result<ScopeSet, Fault> {
    let permissions: Vec<Permission> = consent.permissions.iter().map(|id| (*id).into()).collect();
    let mut extra = ScopeSet::default();
    for text in consent.scopes.iter().map(|text| text.trim()) {
        if !text.is_empty() {
            let scope = Scope::parse(text).ok_or_else(|| Fault::with_detail(Code::RequestRefused, text))?;
            extra.insert(&scope);
        }
    }
    Ok(asked_scopes(&permissions, &extra))
}

async fn link(profile: &Profile) -> Result<Reply, Fault> {
    let attempt = profile.engine.attempt();
    let link = match attempt {
        Some(attempt) => attempt.link().await,
        None => None,
    };
    link.map(Reply::Link).ok_or_else(|| Code::ConsentTimedOut.into())
}

async fn import(profile: &Profile, provider: &str, file: &std::path::Path) -> Result<(), Fault> {
    let file = file.to_owned();
    let read = tokio::task::spawn_blocking(move || client_file::read(&file));
    let found = read.await.map_err(|_| Code::ClientFileUnreadable)??;
    let client = Client {
        id: found.client_id,
        secret: Some(found.client_secret),
    };
    let project = found.project_id.as_deref();
    let provider = provider_id(provider)?;
    profile.engine.import_client(&provider, &client, project).await
}

fn picture(profile: &Profile, account: &str) -> Reply {
    let kept = account_id(account)
        .ok()
        .and_then(|id| profile.engine.world().pictures.load(&id));
    Reply::Picture(kept.map(|picture| {
        let encoded = STANDARD.encode(&picture.bytes);
        format!("data:{};base64,{encoded}", picture.media_type)
    }))
}

/// The id of an account that is there.
fn known(profile: &Profile, text: &str) -> Result<AccountId, Fault> {
    let id = account_id(text)?;
    profile.engine.account(&id)?;
    Ok(id)
}

fn chosen(client: Option<&str>) -> Result<Option<Which>, Fault> {
    let key = client.map(client_key).transpose()?;
    Ok(key.map(Which::This))
}

fn client_key(text: &str) -> Result<ClientKey, Fault> {
    ClientKey::parse(text).ok_or_else(|| Code::ClientMissing.into())
}

pub fn provider_id(text: &str) -> Result<ProviderId, Fault> {
    ProviderId::parse(text).ok_or_else(|| Code::ProviderUnknown.into())
}
