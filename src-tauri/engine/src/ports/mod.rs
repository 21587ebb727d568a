//! What the engine needs of the world. Each port has a fake in `fakes`, held to the same contract
//! as the real one by the tests in `contract`.

mod browser;
mod clock;
mod entropy;
mod history;
mod ledger;
mod network;
mod pictures;
mod provider;
mod redirect;
mod vault;

pub use browser::Browser;
pub use clock::Clock;
pub use entropy::Entropy;
pub use history::{Happening, History, HistoryLine};
pub use ledger::{ClientRow, Ledger, Row};
pub use network::{Connection, Network};
pub use pictures::Pictures;
pub use provider::{CodeExchange, ConsentAsk, Picture, ProbeAnswer, Provider, Refreshed};
pub use redirect::{Ending, Redirect, Redirects};
pub use vault::{Vault, VaultKey};
