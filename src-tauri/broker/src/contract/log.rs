use evergrant_domain::Timestamp;

use crate::ports::{Entry, EntryOutcome, Log, Search, Written};

/// Holds a new log to what the port promises.
///
/// # Panics
/// With the promise that was broken.
pub async fn log(log: &dyn Log) {
    log.flush().await.expect("flushing nothing is fine");
    let page = log.page(all()).await.expect("a page");
    assert_eq!(page.entries, [], "a new log is empty");
    assert!(page.intact, "an empty chain has no gap");

    let noted = entries();
    for entry in &noted {
        log.note(entry.clone());
    }
    log.flush().await.expect("flushed");
    it_comes_back_as_it_went(log, &noted).await;
    it_is_leafed_through(log, noted.len()).await;
    it_is_searched(log).await;
}

async fn it_comes_back_as_it_went(log: &dyn Log, noted: &[Entry]) {
    let page = log.page(all()).await.expect("a page");
    assert!(page.intact);
    assert_eq!(page.entries.len(), noted.len());
    for (written, entry) in page.entries.iter().rev().zip(noted) {
        assert_eq!(written.at, entry.at);
        assert_eq!(written.program, entry.program);
        assert_eq!(written.path, entry.path);
        assert_eq!(written.account, entry.account);
        assert_eq!(written.scopes, entry.scopes);
        assert_eq!(written.outcome, entry.outcome);
        assert_eq!(written.code.as_deref(), entry.code);
    }
    let numbers = numbers(&page.entries);
    let steps = numbers.windows(2).all(|pair| pair[0] == pair[1] + 1);
    assert!(steps, "newest first, counting by one: {numbers:?}");
}

async fn it_is_leafed_through(log: &dyn Log, how_many: usize) {
    let whole = numbers(&log.page(all()).await.expect("a page").entries);
    let mut found = Vec::new();
    let mut before = None;
    loop {
        let search = Search {
            before,
            limit: 2,
            ..Search::default()
        };
        let page = log.page(search).await.expect("a page");
        let Some(last) = page.entries.last() else { break };
        assert!(page.entries.len() <= 2 && page.intact);
        before = Some(last.number);
        found.extend(numbers(&page.entries));
    }
    assert_eq!(found, whole, "each entry on one page");

    for (limit, expected) in [(0, 1), (1, 1), (u32::MAX, how_many)] {
        let search = Search {
            limit,
            before: Some(u64::MAX),
            ..Search::default()
        };
        let page = log.page(search).await.expect("a page");
        assert_eq!(page.entries.len(), expected, "{limit} asked for");
    }
}

async fn it_is_searched(log: &dyn Log) {
    let many_words = "mail ".repeat(20_000);
    let finds = [
        ("MAIL", "mail mail mail"),
        ("/OPT/100%", "100%"),
        ("zoë@", "mail mail mail"),
        ("ZOË@EXAMPLE", "mail mail mail"),
        // Letters beyond ASCII whose small letters are within: the Kelvin sign, and the dotted capital I.
        ("kaya@", "_"),
        ("KAYA@DI", "_"),
        ("calendar.read", "100%"),
        ("refused", "_"),
        ("approval_denied", "_"),
        // Nothing in a search means more than itself.
        ("%", "100%"),
        ("_d", "_"),
        ("\\", "back\\slash"),
        ("100_", ""),
        ("nowhere", ""),
        ("mail\n/opt", ""),
        ("mail\0/opt", ""),
        (many_words.as_str(), ""),
    ];
    for (text, expected) in finds {
        let search = Search {
            text: text.into(),
            limit: 500,
            ..Search::default()
        };
        let page = log.page(search).await.expect("a page");
        let programs: Vec<&str> = page.entries.iter().map(|found| found.program.as_str()).collect();
        assert_eq!(programs.join(" "), expected, "{text:?} searched for");
        assert!(page.intact);
    }
}

fn all() -> Search {
    Search {
        limit: 500,
        ..Search::default()
    }
}

fn numbers(entries: &[Written]) -> Vec<u64> {
    entries.iter().map(|entry| entry.number).collect()
}

fn entries() -> Vec<Entry> {
    let entry = |second: i64, program: &str, outcome| Entry {
        at: Timestamp(1_800_000_000 + second),
        program: program.into(),
        path: None,
        account: None,
        scopes: String::new(),
        outcome,
        code: None,
    };
    let mail = |second, outcome| Entry {
        path: Some("/opt/mail".into()),
        account: Some("Zoë@example.com".into()),
        ..entry(second, "mail", outcome)
    };
    vec![
        mail(0, EntryOutcome::Granted),
        mail(1, EntryOutcome::Given),
        Entry {
            account: Some("\u{212a}aya@d\u{130}.example".into()),
            code: Some("approval_denied"),
            ..entry(1, "_", EntryOutcome::Refused)
        },
        Entry {
            path: Some("/opt/100%".into()),
            scopes: "https://example.com/calendar.readonly".into(),
            ..entry(2, "100%", EntryOutcome::Failed)
        },
        // A clock that was set back changes no order.
        entry(-50, "back\\slash", EntryOutcome::Given),
        mail(3, EntryOutcome::Ended),
    ]
}
