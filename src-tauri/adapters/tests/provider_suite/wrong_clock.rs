//! A computer whose clock is wrong, and a provider whose is right.

use std::sync::Arc;

use evergrant_adapters::{
    clock::SystemClock,
    provider::{Http, Limits, practice, reach},
};
use evergrant_domain::{
    Code, Fault, Moment, Timestamp,
    time::{Seconds, Uptime},
};
use evergrant_engine::ports::Clock;
use serde_json::json;

use crate::{
    bench::Bench,
    script::{Script, answer},
};

struct Off(i64);

impl Clock for Off {
    fn moment(&self) -> Moment {
        Moment {
            wall: SystemClock.now() + Seconds(self.0),
            up: Uptime(1_000),
        }
    }
}

async fn connected(off: i64, fault: Option<&str>) -> Result<(), Fault> {
    let bench = Bench::by(Arc::new(Off(off)), |base| practice(base, base)).await;
    let code = bench.consent("openid").await;
    if let Some(fault) = fault {
        bench.fault("token.code", json!({"fault": fault})).await;
    }
    bench.exchange(&code, "openid").await.map(|_| ())
}

fn words(fault: &Fault) -> &str {
    fault.detail.as_ref().map_or("", |detail| detail.as_str())
}

#[tokio::test]
async fn a_sign_in_that_only_looks_out_of_date_is_the_clocks_fault() {
    let fault = connected(3 * 3_600 + 60, None)
        .await
        .expect_err("three hours ahead");
    assert_eq!((fault.code, words(&fault)), (Code::ClockWrong, "3 hours ahead"));
    let expired = connected(0, Some("id-token-expired")).await.expect_err("expired");
    assert_eq!(expired.code, Code::IdentityUnproven, "the clock is right");
    let other = connected(420, Some("wrong-nonce")).await.expect_err("a nonce");
    assert_eq!(other.code, Code::IdentityUnproven, "not because of the clock");
    assert_eq!(connected(420, None).await, Ok(()), "seven minutes spoil nothing");
}

#[tokio::test]
async fn each_answer_says_what_time_it_is() {
    let dated = |status: &str, date: &str| {
        let plain = String::from_utf8(answer(status, "text/html", "<p>")).expect("text");
        plain
            .replacen("\r\n", &format!("\r\ndate: {date}\r\n"), 1)
            .into_bytes()
    };
    let script = Script::start(|_| {
        vec![
            dated("404 Not Found", "Sun, 06 Nov 1994 08:49:37 GMT"),
            answer("404 Not Found", "text/html", ""),
            dated("503 Busy", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ]
    })
    .await;
    let http = Http::new(Limits::default()).expect("a client");
    let told = http.watch_clock();
    let data = practice(&script.base, "https://id.example");
    assert_eq!(http.clock_ahead(), None);
    let reached = reach(&http, &data).await;
    assert_eq!(reached, Ok(Some(Timestamp(784_111_777))));
    let ahead = http.clock_ahead().expect("measured");
    let off = SystemClock.now() - Timestamp(784_111_777);
    assert!((off.0 - ahead.0).abs() < 20, "{ahead:?}");
    assert!(told.has_changed().expect("open"));
    assert_eq!(reach(&http, &data).await, Ok(None));
    assert_eq!(http.clock_ahead(), Some(ahead), "no date, no news");
    let reached = reach(&http, &data).await.expect("reached");
    assert!(reached.is_some() && http.clock_ahead().is_some_and(|ahead| ahead.0 < 0));
}
