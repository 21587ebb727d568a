//! The short crash test; `make soak` is the long one.

use evergrant_soak::{Wish, run};

/// Enough for each deed to die at most of its steps.
const KILLS: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_promise_holds_after_every_death() {
    let wish = Wish {
        seed: 4,
        kills: KILLS,
    };
    let tally = run(wish, |_| {})
        .await
        .unwrap_or_else(|failure| panic!("{failure}"));
    for deed in ["connect", "reconnect", "refresh", "disconnect"] {
        assert!(tally.deaths_during(deed) > 2, "{deed} hardly ever died:\n{tally}");
    }
    eprintln!("seed {}: {tally}", wish.seed);
}
