//! What `NetworkManager` says, over the system's message bus.
//!
//! Source: `NetworkManager`'s D-Bus reference, `org.freedesktop.NetworkManager`: `NMState`,
//! `NMConnectivityState`, `NMMetered`.

use std::{io, time::Duration};

use futures_util::{FutureExt, Stream, StreamExt, stream};
use zbus::{
    Connection,
    fdo::{DBusProxy, PropertiesProxy},
    names::{BusName, InterfaceName},
    proxy::CacheProperties,
};

use super::{Bus, Known, SETTLING, Situation, kernel};

const NAME: &str = "org.freedesktop.NetworkManager";
const PATH: &str = "/org/freedesktop/NetworkManager";
/// What a change of the network changes; the rest is of no interest.
const TELLING: [&str; 4] = ["State", "Connectivity", "Metered", "PrimaryConnection"];
/// How long an answer may take; later counts as none.
const PATIENCE: Duration = Duration::from_secs(5);

/// Follows `NetworkManager` while it runs, and the kernel while it does not. Ends with the bus.
///
/// # Errors
/// Where there is no such bus.
pub(super) async fn follow(bus: &Bus, known: &Known) -> zbus::Result<()> {
    let bus = bounded(connect(bus)).await?;
    let names = DBusProxy::new(&bus).await?;
    let properties = PropertiesProxy::builder(&bus)
        .destination(NAME)?
        .path(PATH)?
        .cache_properties(CacheProperties::No)
        .build()
        .await?;
    let mut signals = bounded(signals(&names, &properties)).await?;
    let mut begun = false;
    loop {
        // Whatever goes wrong here: it is as good as not running.
        let situation = bounded(ask(&names, &properties)).await.ok().flatten();
        match situation {
            Some(situation) if begun => known.news(situation),
            Some(situation) => known.begins(situation),
            None => {}
        }
        begun = true;
        let heard = if situation.is_some() {
            signals.next().await
        } else {
            tokio::select! {
                heard = signals.next() => heard,
                never = kernel::follow(known) => match never {},
            }
        };
        if heard.is_none() {
            return Ok(());
        }
        tokio::time::sleep(SETTLING).await;
        while let Some(Some(())) = signals.next().now_or_never() {}
    }
}

async fn connect(bus: &Bus) -> zbus::Result<Connection> {
    match bus {
        Bus::System => Connection::system().await,
        #[cfg(test)]
        Bus::At(address) => {
            zbus::connection::Builder::address(address.as_str())?
                .build()
                .await
        }
    }
}

async fn bounded<T>(call: impl Future<Output = zbus::Result<T>>) -> zbus::Result<T> {
    let late = |_| zbus::Error::from(io::Error::from(io::ErrorKind::TimedOut));
    tokio::time::timeout(PATIENCE, call).await.map_err(late)?
}

/// Each time that it starts, ends, or says something new of the network.
async fn signals(
    names: &DBusProxy<'_>,
    properties: &PropertiesProxy<'_>,
) -> zbus::Result<impl Stream<Item = ()> + Unpin> {
    let owners = names.receive_name_owner_changed_with_args(&[(0, NAME)]).await?;
    let changes = properties
        .receive_properties_changed_with_args(&[(0, NAME)])
        .await?;
    let telling = changes.filter_map(|change| {
        let tells = change.args().is_ok_and(|args| {
            let mut said = args
                .changed_properties
                .keys()
                .chain(args.invalidated_properties.iter());
            said.any(|name| TELLING.contains(name))
        });
        std::future::ready(tells.then_some(()))
    });
    Ok(stream::select(owners.map(|_| ()), telling))
}

/// `None` where it does not run. Asking what does not run for its properties could start it.
async fn ask(names: &DBusProxy<'_>, properties: &PropertiesProxy<'_>) -> zbus::Result<Option<Situation>> {
    if !names.name_has_owner(BusName::try_from(NAME)?).await? {
        return Ok(None);
    }
    let told = properties.get_all(InterfaceName::try_from(NAME)?).await?;
    let number = |name| told.get(name).and_then(|value| value.downcast_ref::<u32>().ok());
    Ok(Some(situation(
        number("State").unwrap_or(0),
        number("Connectivity").unwrap_or(0),
        number("Metered").unwrap_or(0),
    )))
}

/// What its numbers mean; those it does not explain count as online, since trying shows it.
fn situation(state: u32, connectivity: u32, metered: u32) -> Situation {
    const ASLEEP: u32 = 10;
    const DISCONNECTED: u32 = 20;
    const NO_CONNECTIVITY: u32 = 1;
    const PORTAL: u32 = 2;
    const METERED: u32 = 1;
    const GUESSED_METERED: u32 = 3;
    match (state, connectivity, metered) {
        (ASLEEP | DISCONNECTED, _, _) | (_, NO_CONNECTIVITY, _) => Situation::Offline,
        (_, PORTAL, _) => Situation::LoginPage,
        (_, _, METERED | GUESSED_METERED) => Situation::Metered,
        _ => Situation::Online,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_numbers_have_meanings() {
        for (state, connectivity, metered, expected) in [
            (70, 4, 2, Situation::Online),
            (70, 4, 4, Situation::Online),
            (70, 4, 0, Situation::Online),
            (70, 3, 2, Situation::Online),
            (70, 0, 0, Situation::Online),
            (0, 0, 0, Situation::Online),
            (40, 0, 0, Situation::Online),
            (99, 99, 99, Situation::Online),
            (70, 4, 1, Situation::Metered),
            (70, 4, 3, Situation::Metered),
            (60, 2, 1, Situation::LoginPage),
            (60, 2, 2, Situation::LoginPage),
            (20, 4, 2, Situation::Offline),
            (10, 0, 1, Situation::Offline),
            (70, 1, 1, Situation::Offline),
        ] {
            let met = situation(state, connectivity, metered);
            assert_eq!(met, expected, "{state} {connectivity} {metered}");
        }
    }
}
