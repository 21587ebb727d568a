//! What the session bus tells by itself: a vault was unlocked, or started.

use std::{pin::Pin, time::Duration};

use futures_util::{Stream, StreamExt, stream};
use tokio::time::{sleep, timeout};
use zbus::{
    Connection, MatchRule, Message, MessageStream,
    fdo::{NameOwnerChanged, PropertiesChanged},
    message::Type,
};

const SERVICE: &str = "org.freedesktop.Secret.Service";
const COLLECTION: &str = "org.freedesktop.Secret.Collection";
const PATH: &str = "/org/freedesktop/secrets";

/// How often a bus is looked for where there is none; a bus that is there tells by itself.
const PACE: Duration = Duration::from_secs(10);
/// How long the bus may take to let somebody listen.
const PATIENCE: Duration = Duration::from_secs(10);
/// Signals that may wait to be read.
const QUEUE: usize = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::vault) enum Sign {
    /// A vault started, or one of its collections was unlocked.
    Mended,
    /// A collection was made or changed; the sign does not say how.
    Changed,
    /// The bus is gone.
    BusGone,
}

/// An ear at the session bus; it leaves the bus when dropped. Nothing is asked of the vault.
pub(in crate::vault) struct Signs(Pin<Box<dyn Stream<Item = Sign> + Send>>);

impl Signs {
    /// Listens; `None` where there is no bus to listen to.
    pub(in crate::vault) async fn listen() -> Option<Self> {
        let listening = async {
            let bus = Connection::session().await?;
            let owner = hear(&bus, owners()?, of_owner).await?;
            let locks = hear(&bus, locks()?, of_lock).await?;
            let collections = hear(&bus, collections()?, |_| Some(Sign::Changed)).await?;
            let gone = stream::once(async { Sign::BusGone });
            let told = stream::select(owner, stream::select(locks, collections)).chain(gone);
            Ok::<_, zbus::Error>(Self(Box::pin(told)))
        };
        match timeout(PATIENCE, listening).await {
            Ok(Ok(signs)) => Some(signs),
            Ok(Err(error)) => {
                tracing::debug!(%error, "no session bus to listen to");
                None
            }
            Err(_) => None,
        }
    }

    /// Returns when there is a bus.
    pub(in crate::vault) async fn bus_found() {
        while Self::listen().await.is_none() {
            sleep(PACE).await;
        }
    }

    pub(in crate::vault) async fn next(&mut self) -> Sign {
        self.0.next().await.unwrap_or(Sign::BusGone)
    }
}

/// What `meaning` finds in the signals of this rule; the stream ends with its bus.
async fn hear(
    bus: &Connection,
    rule: MatchRule<'static>,
    meaning: fn(&Message) -> Option<Sign>,
) -> zbus::Result<impl Stream<Item = Sign> + Send + use<>> {
    let heard = MessageStream::for_match_rule(rule, bus, Some(QUEUE)).await?;
    let whole = heard.take_while(|message| std::future::ready(message.is_ok()));
    Ok(whole.filter_map(move |message| std::future::ready(message.ok().as_ref().and_then(meaning))))
}

fn owners() -> zbus::Result<MatchRule<'static>> {
    Ok(MatchRule::builder()
        .msg_type(Type::Signal)
        .sender("org.freedesktop.DBus")?
        .member("NameOwnerChanged")?
        .arg(0, super::NAME)?
        .build())
}

fn locks() -> zbus::Result<MatchRule<'static>> {
    Ok(MatchRule::builder()
        .msg_type(Type::Signal)
        .path_namespace(PATH)?
        .interface("org.freedesktop.DBus.Properties")?
        .member("PropertiesChanged")?
        .arg(0, COLLECTION)?
        .build())
}

/// Some vaults tell of an unlocked collection only so (`KeePassXC`).
fn collections() -> zbus::Result<MatchRule<'static>> {
    Ok(MatchRule::builder()
        .msg_type(Type::Signal)
        .path(PATH)?
        .interface(SERVICE)?
        .build())
}

fn of_owner(message: &Message) -> Option<Sign> {
    let change = NameOwnerChanged::from_message(message.clone())?;
    let came = change.args().ok()?.new_owner().is_some();
    came.then_some(Sign::Mended)
}

fn of_lock(message: &Message) -> Option<Sign> {
    let change = PropertiesChanged::from_message(message.clone())?;
    let change = change.args().ok()?;
    let locked = change.changed_properties().get("Locked")?;
    let unlocked = *locked == zbus::zvariant::Value::Bool(false);
    unlocked.then_some(Sign::Mended)
}
