//! Consents that an earlier run left unfinished: adopted, given back, or told.

use std::sync::Arc;

use evergrant_domain::{
    AccountId, Client, Code, Fault, Grant, Subject,
    consent::{AttemptId, attempt::Held, attempt::Target},
    lifecycle::Standing,
};

use super::giving_back::{GivenBack, Unwanted};
use super::note::{Brought, ConsentNote};
use super::{Errand, Shared};
use crate::account::AccountHandle;
use crate::clients::{Which, client_of};
use crate::event::{AttemptPurpose, Event, Showing};
use crate::ports::VaultKey;
use crate::store::kept_grant;
use crate::turns::{ConsentTurn, Mark};
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
            Ok(Note::Done) => ConsentNote::throw_away(&*shared.world.vault, attempt).await,
            Ok(Note::Stays) => {}
            Err(fault) => {
                let code = fault.code.as_str();
                tracing::info!(code, "a consent that was cut short waits to be settled");
                all = false;
            }
        }
    }
    all
}

/// What is to be made of a note.
enum Note {
    Done,
    /// Its grant ends with its account.
    Stays,
}

/// # Errors
/// Why it has to wait.
async fn settle_one(shared: &Shared, attempt: &AttemptId, keys: &[VaultKey]) -> Result<Note, Fault> {
    let Some(note) = ConsentNote::read(&*shared.world.vault, attempt).await? else {
        return Ok(Note::Done);
    };
    if is_stored(shared, attempt, keys).await? {
        return Ok(Note::Done);
    }
    let provider = shared.world.provider(&note.provider)?;
    let client = match client_of(&shared.world, &provider, &note.client_id).await {
        Err(fault) if fault.code == Code::ClientMismatch => {
            // The code serves only the client that was there then.
            tell(shared, &note, &provider);
            return Ok(Note::Done);
        }
        client => client?,
    };
    if let Some(brought) = &note.brought {
        return give_back(shared, &provider, &client, brought).await;
    }
    // A code that was never used brings its grant now. One that was used is refused, and what it brought
    // is ended by a provider that keeps to RFC 6749 4.1.2.
    let turn = shared.accounts.turns.consent().await;
    let unwanted = match note.exchanged(&*provider.port, &client).await {
        Ok(grant) => adopt(shared, &note, &provider, grant, &turn).await?,
        Err(fault) if fault.code.passes_by_itself() || fault.code == Code::AnswerLost => return Err(fault),
        Err(_) => {
            tell(shared, &note, &provider);
            None
        }
    };
    drop(turn);
    match unwanted {
        Some(unwanted) => give_back(shared, &provider, &client, &unwanted).await,
        None => Ok(Note::Done),
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

/// Adopts what a code brought, or says what nobody wants of it.
async fn adopt(
    shared: &Shared,
    note: &ConsentNote,
    provider: &Arc<KnownProvider>,
    grant: Grant,
    turn: &ConsentTurn,
) -> Result<Option<Brought>, Fault> {
    let Some(token) = grant.refresh_token.clone() else {
        tell(shared, note, provider);
        return Ok(None);
    };
    let subject = grant.person.subject.clone();
    let failed = if is_wanted(shared, note, &subject) {
        let errand = Errand {
            provider: Arc::clone(provider),
            client: Which::OfAccount(note.client_id.clone()),
            target: Target::Anyone,
            purpose: AttemptPurpose::Adding,
            asked: note.asked.clone(),
            showing: Showing::Link,
        };
        let now = shared.accounts.turns.now();
        let attempt = Some(&note.attempt);
        let adopted = shared
            .accounts
            .adopt(shared, &errand, &note.client_id, grant, attempt, (now, turn));
        match adopted.await {
            Ok(()) => return Ok(None),
            Err(fault) => Some(fault),
        }
    } else {
        None
    };
    // The code is used up now, and only the token can still end what it brought.
    note.will_be_given_back(&*shared.world.vault, &subject, &token)
        .await;
    let sub = subject.sub;
    failed.map_or(Ok(Some(Brought { sub, token })), Err)
}

/// It is of the account it was for, and nobody has disconnected that since.
fn is_wanted(shared: &Shared, note: &ConsentNote, subject: &Subject) -> bool {
    let id = AccountId::of(subject);
    let standing = shared.accounts.status(&id).map(|status| status.standing);
    let ending = matches!(standing, Some(Standing::Disconnecting(_)));
    let ended = shared.accounts.turns.revoked_since(Mark::default(), &id);
    let right = note.only.as_ref().is_none_or(|sub| *sub == subject.sub);
    right && !ending && !ended
}

async fn give_back(
    shared: &Shared,
    provider: &KnownProvider,
    client: &Client,
    brought: &Brought,
) -> Result<Note, Fault> {
    let unwanted = Unwanted {
        subject: &Subject {
            issuer: provider.spec.issuer.clone(),
            sub: brought.sub.clone(),
        },
        label: &provider.spec.name,
        token: &brought.token,
    };
    match unwanted.give_back(shared, &*provider.port, client).await {
        GivenBack::Ended => Ok(Note::Done),
        GivenBack::WithItsAccount => Ok(Note::Stays),
        GivenBack::NotYet => Err(Code::Offline.into()),
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
