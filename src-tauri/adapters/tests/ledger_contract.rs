//! The real ledger keeps what every ledger promises.

use evergrant_adapters::ledger::SqliteLedger;
use evergrant_engine::contract;

#[tokio::test]
async fn it_keeps_the_contract() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ledger, _) = SqliteLedger::open(&folder.path().join("ledger.sqlite3")).expect("opened");
    contract::ledger(&ledger).await;
}
