//! The real engine and the real way to a provider, over real sockets, before a practice Google; the
//! vault, the ledger, the history and the browser are fakes.

pub mod google;
pub mod robot;

use std::{sync::Arc, time::Duration};

use evergrant_adapters::{
    provider::{Http, Limits, OidcProvider, practice},
    redirect::{LoopbackRedirects, Pages, Words},
};
use evergrant_domain::{
    Client, ClientSecret,
    provider::{Endpoints, ProviderId},
};
use evergrant_engine::{ClientSource, KnownProvider, World, fakes::FakeHouse, ports::Clock};
use evergrant_practice::{CLIENT_ID, CLIENT_SECRET};
use reqwest::redirect;

/// Patience for a busy machine, and little for a server that hangs.
pub const PATIENCE: Duration = Duration::from_secs(4);

/// A world of these fakes, with the ways to the practice Google at `base` in place of theirs.
pub fn world(fakes: &FakeHouse, clock: &Arc<dyn Clock>, base: &str) -> World {
    let mut spec = practice(base, base);
    // So that each of its documents can go wrong.
    spec.endpoints = Endpoints::Discovered;
    let limits = Limits {
        connect: PATIENCE,
        whole: PATIENCE,
    };
    let http = Http::new(limits).expect("a way out");
    let port = Arc::new(OidcProvider::new(spec.clone(), http, Arc::clone(clock)));
    let client = ClientSource::BuiltIn(registered());
    let known = KnownProvider { spec, port, client };
    let mut world = fakes.world();
    world.clock = Arc::clone(clock);
    world.entropy = Arc::new(evergrant_adapters::entropy::OsEntropy);
    world.redirects = Arc::new(LoopbackRedirects::new(pages, Arc::clone(&world.entropy)));
    world.providers = [(provider_id(), Arc::new(known))].into();
    world
}

/// A way to servers on this computer: past any proxy, and without the system's trust store, whose
/// reading takes a while.
fn client(patience: Duration) -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy().tls_certs_only([]);
    let builder = builder.redirect(redirect::Policy::none()).timeout(patience);
    builder.build().expect("a client")
}

pub fn provider_id() -> ProviderId {
    ProviderId::parse("practice").expect("a good name")
}

fn registered() -> Client {
    Client {
        id: CLIENT_ID.to_owned(),
        secret: Some(ClientSecret::new(CLIENT_SECRET)),
    }
}

fn pages() -> Pages {
    let words = |title: &str| Words {
        title: title.to_owned(),
        text: String::new(),
    };
    Pages {
        language: "en",
        right_to_left: false,
        done: words("done"),
        denied: words("denied"),
        failed: words("failed"),
        waiting: words("waiting"),
        stray: words("stray"),
    }
}
