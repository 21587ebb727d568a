//! Consents that an earlier run left unfinished: adopted, given back, or told.

use std::sync::Arc;

use evergrant_domain::{
    Client, Code, Fault, Grant, Subject,
    consent::{AttemptId, attempt::Held, attempt::Target},
};

use super::giving_back::Unwanted;
use super::note::{Brought, ConsentNote};
use super::{Errand, Shared};
use crate::account::AccountHandle;
use crate::clients::client_of;
use crate::event::{AttemptPurpose, Event, Showing};
use crate::ports::VaultKey;
use crate::store::kept_grant;
use crate::world::KnownProvider;

/// Brings what is noted under these keys to its end; `false` where something has to wait for the network
/// or the vault.
pub(crate) async fn settle(shared: &Shared, keys: &[VaultKey]) -> bool {
    let mut all = true;
    for key in keys {
        let VaultKey::Consent(attempt) = key else { continue };
        // What this run began, it looks after itself.
        if shared.notes.has(attempt) {
            continue;
        }
        match settle_one(shared, attempt, keys).await {
            Ok(()) => ConsentNote::throw_away(&*shared.world.vault, attempt).await,
            Err(fault) => {
                let code = fault.code.as_str();
                tracing::info!(code, "a consent that was cut short waits to be settled");
                all = false;
            }
        }
    }
    all
}

/// # Errors
/// Why it has to wait.
async fn settle_one(shared: &Shared, attempt: &AttemptId, keys: &[VaultKey]) -> Result<(), Fault> {
    let note = match ConsentNote::read(&*shared.world.vault, attempt).await {
        Ok(note) => note,
        Err(fault) if matches!(fault.code, Code::VaultItemMissing | Code::VaultItemDamaged) => return Ok(()),
        Err(fault) => return Err(fault),
    };
    if is_stored(shared, attempt, keys).await? {
        return Ok(());
    }
    let provider = shared.world.provider(&note.provider)?;
    let client = client_of(&shared.world, &provider).await?;
    if client.id != note.client_id {
        // The code serves only the client that was there then.
        tell(shared, &note, &provider);
        return Ok(());
    }
    if let Some(brought) = &note.brought {
        return give_back(shared, &provider, &client, brought).await;
    }
    // A code that was never used brings its grant now. One that was used is refused, and what it brought
    // is ended by a provider that keeps to RFC 6749 4.1.2.
    match note.exchanged(&*provider.port, &client).await {
        Ok(grant) => adopt_or_give_back(shared, &note, provider, &client, grant).await,
        Err(fault) if fault.code.passes_by_itself() || fault.code == Code::AnswerLost => Err(fault),
        Err(_) => {
            tell(shared, &note, &provider);
            Ok(())
        }
    }
}

/// The account's item says which consent brought it.
async fn is_stored(shared: &Shared, attempt: &AttemptId, keys: &[VaultKey]) -> Result<bool, Fault> {
    for key in keys {
        let VaultKey::Account(id) = key else { continue };
        match kept_grant(&*shared.world.vault, id).await {
            Ok(kept) if kept.attempt.as_ref() == Some(attempt) => return Ok(true),
            Ok(_) => {}
            Err(fault) if matches!(fault.code, Code::VaultItemMissing | Code::VaultItemDamaged) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(false)
}

async fn adopt_or_give_back(
    shared: &Shared,
    note: &ConsentNote,
    provider: Arc<KnownProvider>,
    client: &Client,
    grant: Grant,
) -> Result<(), Fault> {
    let right = note
        .only
        .as_ref()
        .is_none_or(|sub| *sub == grant.person.subject.sub);
    let Some(token) = grant.refresh_token.clone() else {
        tell(shared, note, &provider);
        return Ok(());
    };
    let subject = grant.person.subject.clone();
    if right {
        let errand = Errand {
            provider: Arc::clone(&provider),
            target: Target::Anyone,
            purpose: AttemptPurpose::Adding,
            asked: note.asked.clone(),
            showing: Showing::Link,
        };
        let adopted = shared
            .accounts
            .adopt(shared, &errand, &client.id, grant, Some(&note.attempt));
        match adopted.await {
            Ok(()) => return Ok(()),
            Err(fault) => {
                // The code is used up now, and only the token can still end what it brought.
                note.will_be_given_back(&*shared.world.vault, &subject, &token)
                    .await;
                return Err(fault);
            }
        }
    }
    note.will_be_given_back(&*shared.world.vault, &subject, &token)
        .await;
    let brought = Brought {
        sub: subject.sub,
        token,
    };
    give_back(shared, &provider, client, &brought).await
}

async fn give_back(
    shared: &Shared,
    provider: &KnownProvider,
    client: &Client,
    brought: &Brought,
) -> Result<(), Fault> {
    let unwanted = Unwanted {
        subject: &Subject {
            issuer: provider.spec.issuer.clone(),
            sub: brought.sub.clone(),
        },
        label: &provider.spec.name,
        token: &brought.token,
    };
    if unwanted.give_back(shared, &*provider.port, client).await {
        Ok(())
    } else {
        Err(Code::Offline.into())
    }
}

/// Whether something lives at the provider is not known: the person is told, and a new consent of the same
/// account takes its place. Where that account works, or a newer consent was given, there is nothing to
/// tell: whoever gave it was told then.
fn tell(shared: &Shared, note: &ConsentNote, provider: &KnownProvider) {
    let works = note.only.as_ref().is_some_and(|sub| {
        let subject = Subject {
            issuer: provider.spec.issuer.clone(),
            sub: sub.clone(),
        };
        shared.accounts.held(&subject) == Held::Live
    });
    let is_newer = |account: &AccountHandle| {
        let row = account.status().row;
        row.provider == note.provider && row.consented_at > note.since
    };
    if !works && !shared.accounts.all().iter().any(is_newer) {
        let _ = shared
            .events
            .send(Event::Trouble(Code::ConsentInterrupted.into()));
    }
}
