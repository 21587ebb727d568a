//! A `NetworkManager` that says what it is told to, on a bus of its own.

use std::{future::Future, time::Duration};

use evergrant_engine::ports::{Connection, Network};
use tokio::time::{sleep, timeout};
use zbus::{Connection as Line, object_server::InterfaceRef};

use super::{Bus, Situation, SystemNetwork};
use crate::private_bus::PrivateBus;

const NAME: &str = "org.freedesktop.NetworkManager";
const PATH: &str = "/org/freedesktop/NetworkManager";
/// Generous: the machine may be busy.
const LONGEST: Duration = Duration::from_secs(30);

struct Played {
    state: u32,
    connectivity: u32,
    metered: u32,
}

#[zbus::interface(name = "org.freedesktop.NetworkManager")]
impl Played {
    #[zbus(property)]
    fn state(&self) -> u32 {
        self.state
    }

    #[zbus(property)]
    fn connectivity(&self) -> u32 {
        self.connectivity
    }

    #[zbus(property)]
    fn metered(&self) -> u32 {
        self.metered
    }

    #[zbus(property)]
    #[expect(clippy::unused_self, reason = "the interface's form")]
    fn wireless_enabled(&self) -> bool {
        true
    }
}

/// Connected to everything, and free of charge.
const FINE: Played = Played {
    state: 70,
    connectivity: 4,
    metered: 4,
};

async fn fake(line: &Line) -> InterfaceRef<Played> {
    line.object_server().interface(PATH).await.expect("served")
}

async fn says_connectivity(line: &Line, connectivity: u32) {
    let fake = fake(line).await;
    fake.get_mut().await.connectivity = connectivity;
    let told = fake.get().await.connectivity_changed(fake.signal_emitter()).await;
    told.expect("told");
}

async fn says_metered(line: &Line, metered: u32) {
    let fake = fake(line).await;
    fake.get_mut().await.metered = metered;
    let told = fake.get().await.metered_changed(fake.signal_emitter()).await;
    told.expect("told");
}

async fn until(network: &SystemNetwork, expected: Situation) {
    let mut known = network.known.0.subscribe();
    let reached = timeout(LONGEST, known.wait_for(|(situation, _)| *situation == expected)).await;
    assert!(
        reached.is_ok(),
        "{:?} instead of {expected:?}",
        network.situation()
    );
}

/// Waits for the change that an action brings.
async fn changed(network: &SystemNetwork, action: impl Future<Output = ()>) {
    let change = network.changed();
    tokio::pin!(change);
    // It counts from the call on, which is the first poll.
    assert!(
        timeout(Duration::ZERO, &mut change).await.is_err(),
        "nothing changed yet"
    );
    action.await;
    timeout(LONGEST, change).await.expect("a change");
}

fn times(network: &SystemNetwork) -> u64 {
    network.known.0.borrow().1
}

#[tokio::test]
async fn a_manager_that_runs_is_followed() {
    let bus = PrivateBus::start();
    let offline = Played { state: 20, ..FINE };
    let line = bus.serve(NAME, PATH, offline).await;
    let network = SystemNetwork::over(Bus::At(bus.address.clone()));
    assert_eq!(
        network.connection(),
        Connection::Online,
        "until something is known"
    );
    until(&network, Situation::Offline).await;
    assert_eq!(times(&network), 0, "it was so before");

    let fake = fake(&line).await;
    changed(&network, async {
        fake.get_mut().await.state = 70;
        let told = fake.get().await.state_changed(fake.signal_emitter()).await;
        told.expect("told");
    })
    .await;
    assert_eq!(network.connection(), Connection::Online);
    changed(&network, says_metered(&line, 3)).await;
    assert_eq!(network.connection(), Connection::Metered);
    changed(&network, says_connectivity(&line, 2)).await;
    assert_eq!(
        (network.situation(), network.connection()),
        (Situation::LoginPage, Connection::Online)
    );
    changed(&network, says_connectivity(&line, 1)).await;
    assert_eq!(network.connection(), Connection::Offline);
}

#[tokio::test]
async fn a_burst_is_one_change_and_what_does_not_matter_is_none() {
    let bus = PrivateBus::start();
    let line = bus.serve(NAME, PATH, Played { metered: 1, ..FINE }).await;
    let network = SystemNetwork::over(Bus::At(bus.address.clone()));
    until(&network, Situation::Metered).await;
    let fake = fake(&line).await;
    let told = fake
        .get()
        .await
        .wireless_enabled_changed(fake.signal_emitter())
        .await;
    told.expect("told");
    sleep(Duration::from_secs(1)).await;
    assert_eq!(times(&network), 0, "nothing that matters");
    for connectivity in [1, 2, 3, 1, 4] {
        says_connectivity(&line, connectivity).await;
    }
    sleep(Duration::from_secs(2)).await;
    assert_eq!((times(&network), network.situation()), (1, Situation::Metered));
}

#[tokio::test]
async fn a_manager_may_start_late_and_end_early() {
    let bus = PrivateBus::start();
    let network = SystemNetwork::over(Bus::At(bus.address.clone()));
    sleep(Duration::from_millis(200)).await;
    let of_the_kernel = network.situation();
    assert_ne!(of_the_kernel, Situation::Metered, "the kernel knows no prices");
    let line = bus.serve(NAME, PATH, Played { metered: 1, ..FINE }).await;
    until(&network, Situation::Metered).await;
    drop(line);
    until(&network, of_the_kernel).await;
    let line = bus
        .serve(
            NAME,
            PATH,
            Played {
                connectivity: 2,
                ..FINE
            },
        )
        .await;
    until(&network, Situation::LoginPage).await;
    // The whole bus ends.
    drop((bus, line));
    until(&network, of_the_kernel).await;
}

#[tokio::test]
async fn without_a_bus_nothing_fails_and_nothing_changes() {
    let network = SystemNetwork::over(Bus::At("unix:path=/nonexistent".to_owned()));
    sleep(Duration::from_millis(300)).await;
    let connection = network.connection();
    assert_ne!(connection, Connection::Metered);
    let nothing = timeout(Duration::from_millis(300), network.changed()).await;
    assert!(nothing.is_err(), "no change");
    assert_eq!(network.connection(), connection);
}
