//! What closing the window means.

use evergrant_agent::interface::{Reply, Request};

use crate::desk::Desk;
use crate::shell::Known;

/// The name under which the answer is remembered.
const SETTING: &str = "keep_running";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The window goes, Evergrant stays.
    Leave,
    /// The window stays and asks.
    Ask,
    Quit,
}

/// With a tray, Evergrant stays in it. Without one, nobody would see that it still runs, so it asks
/// once; closing again instead of answering quits this time and leaves the question open.
pub fn closing(known: &Known) -> Closing {
    match (known.tray, known.keep_running) {
        (true, _) | (false, Some(true)) => Closing::Leave,
        (false, Some(false)) => Closing::Quit,
        (false, None) if known.asking_background => Closing::Quit,
        (false, None) => Closing::Ask,
    }
}

/// Remembers the answer and acts on it.
pub async fn answer(desk: &Desk, keep: bool) {
    desk.shell.set(|known| {
        known.keep_running = Some(keep);
        known.asking_background = false;
    });
    let remember = Request::SetSetting { name: SETTING.to_owned(), value: keep.to_string() };
    if let Err(fault) = desk.ask(remember).await {
        tracing::warn!(code = fault.code, "the answer is not remembered");
    }
    if keep {
        desk.desktop.close_window();
    } else {
        desk.desktop.quit();
    }
}

/// What was answered once, if anything.
pub async fn recall(desk: &Desk) {
    let asked = desk.agent.ask(Request::Setting { name: SETTING.to_owned() }).await;
    if let Ok(Reply::Setting(Some(answer))) = asked {
        desk.shell.set(|known| known.keep_running = answer.parse().ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(tray: bool, keep_running: Option<bool>) -> Known {
        Known { tray, keep_running, ..Known::default() }
    }

    #[test]
    fn with_a_tray_it_stays_in_it() {
        for answer in [None, Some(true), Some(false)] {
            assert_eq!(closing(&known(true, answer)), Closing::Leave);
        }
    }

    #[test]
    fn without_a_tray_it_asks_once() {
        assert_eq!(closing(&known(false, None)), Closing::Ask);
        assert_eq!(closing(&known(false, Some(true))), Closing::Leave);
        assert_eq!(closing(&known(false, Some(false))), Closing::Quit);
    }

    #[test]
    fn nobody_is_held_by_the_question() {
        let asking = Known { asking_background: true, ..known(false, None) };
        assert_eq!(closing(&asking), Closing::Quit);
    }
}
