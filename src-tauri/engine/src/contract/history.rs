use evergrant_domain::{AccountId, Code, Subject, Timestamp};

use crate::ports::{Happening, History, HistoryLine};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;
/// Midnight UTC, where a day begins.
const MIDNIGHT: i64 = 20_833 * DAY;

/// Holds a new history to what the port promises.
///
/// # Panics
/// With the promise that was broken.
pub async fn history(history: &dyn History) {
    rolls_up_by_the_day(history).await;
    remembers_every_happening(history).await;
    lists_the_newest_first(history).await;
    forgets_one_account_alone(history).await;
    keeps_a_year(history).await;
    keeps_a_thousand(history).await;
    bears_a_clock_that_goes_back(history).await;
}

async fn rolls_up_by_the_day(history: &dyn History) {
    let id = account("rolls");
    assert_eq!(lines(history, &id, 10).await, [], "nothing happened yet");
    for hour in [0, 1, 23] {
        note(history, &id, MIDNIGHT + hour * HOUR, &Happening::Refreshed).await;
    }
    let day = line(MIDNIGHT, MIDNIGHT + 23 * HOUR, 3, Happening::Refreshed);
    assert_eq!(
        lines(history, &id, 10).await,
        std::slice::from_ref(&day),
        "one line that counts"
    );

    note(history, &id, MIDNIGHT + 24 * HOUR, &Happening::Refreshed).await;
    let next = line(MIDNIGHT + DAY, MIDNIGHT + DAY, 1, Happening::Refreshed);
    let expected = [next.clone(), day.clone()];
    assert_eq!(
        lines(history, &id, 10).await,
        expected,
        "another day, another line"
    );

    let failed = Happening::Failed(Code::Offline);
    note(history, &id, MIDNIGHT + 25 * HOUR, &failed).await;
    note(history, &id, MIDNIGHT + 26 * HOUR, &Happening::Refreshed).await;
    let broken = line(MIDNIGHT + 25 * HOUR, MIDNIGHT + 25 * HOUR, 1, failed);
    let after = line(
        MIDNIGHT + 26 * HOUR,
        MIDNIGHT + 26 * HOUR,
        1,
        Happening::Refreshed,
    );
    let expected = [after, broken, next, day];
    assert_eq!(
        lines(history, &id, 10).await,
        expected,
        "only what comes in a row"
    );
}

async fn remembers_every_happening(history: &dyn History) {
    let id = account("everything");
    let plain = [
        Happening::Connected,
        Happening::Reconnected,
        Happening::Refreshed,
        Happening::Disconnecting,
    ];
    let coded = Code::ALL
        .iter()
        .flat_map(|code| [Happening::Failed(*code), Happening::Stopped(*code)]);
    let all: Vec<Happening> = plain.into_iter().chain(coded).collect();
    for what in &all {
        note(history, &id, MIDNIGHT, what).await;
    }
    let found = lines(history, &id, 1_000).await;
    let found: Vec<_> = found.into_iter().rev().map(|line| line.what).collect();
    assert_eq!(found, all);
}

async fn lists_the_newest_first(history: &dyn History) {
    let id = account("order");
    for day in 0..5 {
        note(history, &id, MIDNIGHT + day * DAY, &Happening::Refreshed).await;
    }
    let firsts = |lines: Vec<HistoryLine>| -> Vec<i64> {
        let days = lines.iter().map(|line| (line.first.0 - MIDNIGHT) / DAY);
        days.collect()
    };
    assert_eq!(firsts(lines(history, &id, 2).await), [4, 3], "only so many");
    assert_eq!(firsts(lines(history, &id, 0).await), [0; 0]);
    assert_eq!(firsts(lines(history, &id, u32::MAX).await), [4, 3, 2, 1, 0]);
}

async fn forgets_one_account_alone(history: &dyn History) {
    let (gone, stays) = (account("gone"), account("stays"));
    for id in [&gone, &stays] {
        note(history, id, MIDNIGHT, &Happening::Connected).await;
    }
    history.forget(&gone).await.expect("forgotten");
    history.forget(&gone).await.expect("forgetting nothing is fine");
    assert_eq!(lines(history, &gone, 10).await, []);
    assert_eq!(lines(history, &stays, 10).await.len(), 1, "of one account alone");
    note(history, &gone, MIDNIGHT, &Happening::Connected).await;
    assert_eq!(lines(history, &gone, 10).await.len(), 1, "and begins anew");
}

async fn keeps_a_year(history: &dyn History) {
    let id = account("year");
    for day in [0, 1, 366] {
        note(history, &id, MIDNIGHT + day * DAY, &Happening::Refreshed).await;
    }
    let left: Vec<_> = lines(history, &id, 10)
        .await
        .iter()
        .map(|line| line.first.0)
        .collect();
    assert_eq!(
        left,
        [MIDNIGHT + 366 * DAY, MIDNIGHT + DAY],
        "a year, and not a day more"
    );
}

async fn keeps_a_thousand(history: &dyn History) {
    let id = account("many");
    let (one, other) = (Happening::Refreshed, Happening::Failed(Code::Offline));
    for second in 0..1_003 {
        let what = if second % 2 == 0 { &one } else { &other };
        note(history, &id, MIDNIGHT + second, what).await;
    }
    let left = lines(history, &id, 2_000).await;
    assert_eq!(left.len(), 1_000);
    let ends = (left[0].first.0 - MIDNIGHT, left[999].first.0 - MIDNIGHT);
    assert_eq!(ends, (1_002, 3), "the newest are kept");
}

async fn bears_a_clock_that_goes_back(history: &dyn History) {
    let id = account("back");
    note(history, &id, MIDNIGHT + 5 * HOUR, &Happening::Refreshed).await;
    note(history, &id, MIDNIGHT + 2 * HOUR, &Happening::Refreshed).await;
    let same = line(MIDNIGHT + 5 * HOUR, MIDNIGHT + 5 * HOUR, 2, Happening::Refreshed);
    assert_eq!(
        lines(history, &id, 10).await,
        std::slice::from_ref(&same),
        "no line ends before it begins"
    );
    note(history, &id, -HOUR, &Happening::Refreshed).await;
    note(history, &id, HOUR, &Happening::Refreshed).await;
    let before = line(-HOUR, -HOUR, 1, Happening::Refreshed);
    let after = line(HOUR, HOUR, 1, Happening::Refreshed);
    let expected = [after, before, same];
    assert_eq!(
        lines(history, &id, 10).await,
        expected,
        "newest is what was noted last"
    );
}

async fn note(history: &dyn History, id: &AccountId, at: i64, what: &Happening) {
    history.note(id, Timestamp(at), what).await.expect("noted");
}

async fn lines(history: &dyn History, id: &AccountId, limit: u32) -> Vec<HistoryLine> {
    history.lines(id, limit).await.expect("listed")
}

fn line(first: i64, last: i64, times: u32, what: Happening) -> HistoryLine {
    HistoryLine {
        first: Timestamp(first),
        last: Timestamp(last),
        times,
        what,
    }
}

fn account(sub: &str) -> AccountId {
    AccountId::of(&Subject {
        issuer: "https://issuer.example".into(),
        sub: sub.into(),
    })
}
