//! What is looked for in the log: the database's answer beside that of a plain walk through all entries.

use std::sync::LazyLock;

use evergrant_adapters::book::SqliteBook;
use evergrant_broker::fakes::FakeLog;
use evergrant_broker::ports::{Entry, EntryOutcome, Log, Search};
use evergrant_domain::Timestamp;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// Words of entries: what means something to a database, what has no small letter of its own, what has
/// several, and what looks like something else.
const WORDS: &[&str] = &[
    "mail",
    "MAIL",
    "%",
    "_",
    "\\",
    "100%",
    "a_b",
    "a\\%b",
    "'",
    "\"; --",
    "[a-z]*?",
    "ZOË",
    "zoë@example.com",
    "straße",
    "STRASSE",
    "İstanbul",
    "ıstanbul",
    "Iris",
    "\u{212a}elvin",
    "kelvin",
    "\u{212b}ngström",
    "ΌΣΟΣ",
    "όσος",
    "ﬁle",
    "👩\u{200d}💻",
    "e\u{301}",
    "\u{202e}liam",
    "\n",
    " ",
    "approval_denied",
];

/// The search finds what a plain walk finds, no more and no less. The first two bytes are limit and number.
pub fn search(bytes: &[u8]) {
    static LOGS: LazyLock<Logs> = LazyLock::new(Logs::open);
    let [limit, before, text @ ..] = bytes else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let search = Search {
        text: text.to_owned(),
        before: (*before > 0).then_some(u64::from(*before)),
        limit: u32::from(*limit),
    };
    LOGS.agree_on(&search);
}

struct Logs {
    plain: FakeLog,
    real: std::sync::Arc<SqliteBook>,
    runtime: Runtime,
    _folder: TempDir,
}

impl Logs {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (real, _) = SqliteBook::open(&folder.path().join("book")).expect("a book");
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .build()
            .expect("a runtime");
        let plain = FakeLog::default();
        for (place, word) in WORDS.iter().enumerate() {
            let entry = entry(place, word);
            plain.note(entry.clone());
            real.note(entry);
        }
        runtime.block_on(real.flush()).expect("written");
        Self {
            plain,
            real,
            runtime,
            _folder: folder,
        }
    }

    fn agree_on(&self, search: &Search) {
        // Between two fields of an entry stands nothing that can be looked for.
        if search.text.contains('\0') {
            return;
        }
        let found = self
            .runtime
            .block_on(self.real.page(search.clone()))
            .expect("a page");
        let expected = self
            .runtime
            .block_on(self.plain.page(search.clone()))
            .expect("a page");
        assert_eq!(found, expected, "{search:?}");
    }
}

/// The word in one of the fields, each in its turn.
fn entry(place: usize, word: &str) -> Entry {
    let text = |field: usize| (place % 4 == field).then(|| word.to_owned());
    Entry {
        at: Timestamp(1_800_000_000),
        program: text(0).unwrap_or_else(|| "program".into()),
        path: text(1),
        account: text(2),
        scopes: text(3).unwrap_or_default(),
        outcome: EntryOutcome::ALL[place % EntryOutcome::ALL.len()],
        code: place.is_multiple_of(3).then_some("approval_denied"),
    }
}
