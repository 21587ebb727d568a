//! One person's computer, for one run: folders, a message bus, an unlocked keyring, a provider, and the
//! programs under test. All of it ends when the stage is dropped.

mod agent;
mod bus;
mod command;
mod folders;
mod keyring;
mod programs;
mod provider;
mod robot;

pub use agent::{Agent, Ended};
pub use command::Said;
pub use folders::Folders;
pub use provider::{Given, Provider};

use crate::failure::Failure;
use bus::Bus;
use keyring::Keyring;
use programs::Programs;

pub struct Stage {
    pub provider: Provider,
    pub folders: Folders,
    keyring: Keyring,
    bus: Bus,
    programs: Programs,
    lives: u32,
}

impl Stage {
    /// Sets everything up but the agent.
    ///
    /// # Errors
    /// `Failure::Stage`: what is missing.
    pub async fn set_up(seed: u64) -> Result<Self, Failure> {
        let programs = Programs::beside_this_one().await?;
        let folders = Folders::make()?;
        let bus = Bus::start(&folders).await?;
        let keyring = Keyring::start(&folders, &bus).await?;
        let provider = Provider::start(seed).await?;
        Ok(Self {
            provider,
            folders,
            keyring,
            bus,
            programs,
            lives: 0,
        })
    }

    /// What every program on this stage finds in its environment, and nothing else.
    fn environment(&self) -> Vec<(&'static str, String)> {
        let mut environment = self.folders.environment();
        environment.push(("DBUS_SESSION_BUS_ADDRESS", self.bus.address.clone()));
        environment.push(("EVERGRANT_PRACTICE_URL", self.provider.address()));
        environment.push(("EVERGRANT_LOG", "debug".to_owned()));
        environment
    }

    /// The line to the keyring.
    pub fn line(&self) -> &zbus::Connection {
        &self.bus.line
    }

    /// A keyring that crashed is started again, as systemd would; says how often it was.
    pub async fn mend_keyring(&mut self) -> Result<u32, Failure> {
        self.keyring.mend(&self.folders, &self.bus).await
    }
}
