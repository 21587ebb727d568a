//! What closing the window means.

use evergrant_agent::interface::{FaultView, Reply, Request};

use crate::desk::Desk;

/// The name under which the answer is remembered.
const SETTING: &str = "keep_running";

/// Whether to keep running when the window is closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Background {
    #[default]
    Unasked,
    Asking,
    Keep,
    Quit,
}

impl From<bool> for Background {
    fn from(keep: bool) -> Self {
        if keep { Self::Keep } else { Self::Quit }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The window goes, Evergrant stays.
    Leave,
    /// The window stays and asks.
    Ask,
    Quit,
}

/// What a person chose holds. Where nobody did, Evergrant stays in the tray; without one, nobody would see that it still
/// runs, so it asks once; closing again instead of answering quits this time and leaves the question open.
pub fn closing(tray: bool, background: Background) -> Closing {
    match (background, tray) {
        (Background::Keep, _) | (Background::Unasked | Background::Asking, true) => Closing::Leave,
        (Background::Quit, _) | (Background::Asking, false) => Closing::Quit,
        (Background::Unasked, false) => Closing::Ask,
    }
}

/// Remembers the answer and acts on it.
pub async fn answer(desk: &Desk, keep: bool) {
    desk.shell.set(|known| known.background = keep.into());
    if let Err(fault) = remember(desk, keep).await {
        tracing::warn!(code = fault.code, "the answer is not remembered");
    }
    if keep {
        desk.desktop.close_window();
    } else {
        desk.desktop.quit();
    }
}

/// Chooses it for the windows that are closed from now on.
///
/// # Errors
/// Where it cannot be remembered: then it stays as it was.
pub async fn choose(desk: &Desk, keep: bool) -> Result<(), FaultView> {
    remember(desk, keep).await?;
    desk.shell.set(|known| known.background = keep.into());
    Ok(())
}

async fn remember(desk: &Desk, keep: bool) -> Result<(), FaultView> {
    let name = SETTING.to_owned();
    let value = keep.to_string();
    desk.ask(Request::SetSetting { name, value }).await
}

/// What was answered once, if anything. It may wait long for the ledger.
pub async fn recall(desk: Desk) {
    let name = SETTING.to_owned();
    if let Ok(Reply::Setting(Some(answer))) = desk.agent.ask(Request::Setting { name }).await
        && let Ok(keep) = answer.parse::<bool>()
    {
        desk.shell.set(|known| known.background = keep.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_a_tray_it_stays_in_it_unless_a_person_chose_otherwise() {
        for background in [Background::Unasked, Background::Asking, Background::Keep] {
            assert_eq!(closing(true, background), Closing::Leave);
        }
        assert_eq!(closing(true, Background::Quit), Closing::Quit);
    }

    #[test]
    fn without_a_tray_it_asks_once() {
        assert_eq!(closing(false, Background::Unasked), Closing::Ask);
        assert_eq!(closing(false, Background::Keep), Closing::Leave);
        assert_eq!(closing(false, Background::Quit), Closing::Quit);
    }

    #[test]
    fn nobody_is_held_by_the_question() {
        assert_eq!(closing(false, Background::Asking), Closing::Quit);
    }
}
