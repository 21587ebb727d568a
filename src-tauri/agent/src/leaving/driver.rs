//! Goes from what was asked to nothing left, and says how far it is.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use evergrant_adapters::leaving::{Belongings, Stage};
use evergrant_domain::Fault;
use tokio::sync::watch;

use super::ending::Left;
use crate::board::{Board, News};
use crate::interface::{LeavingStep, LeavingView, ProfileName};

/// How often it is looked whether an account is gone.
const LOOK: Duration = Duration::from_millis(500);

/// What is left, in the order in which it goes.
#[async_trait]
pub(crate) trait House: Send + Sync {
    /// Has every access end that this computer holds, and says what is left of them.
    async fn end(&self) -> Result<Left, Fault>;
    /// Ends all that works with what is deleted next. Twice is once.
    async fn close(&self);
    /// Deletes everything but the note. `asked`: a person pressed for it; `past_vault`: what the vault does not give away
    /// now is left in it.
    async fn erase(&self, asked: bool, past_vault: bool) -> Result<(), Fault>;
}

/// What a person wants, as last said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wish {
    stage: Option<Stage>,
    past_vault: bool,
    /// Nobody pressed anything since the start while it is 0.
    pressed: u32,
}

/// The way to whoever leaves.
pub struct Leaving {
    wish: watch::Sender<Wish>,
    gone: watch::Sender<bool>,
    belongings: Belongings,
    board: Arc<Board>,
}

impl Leaving {
    /// With what was asked before this start.
    pub fn new(belongings: Belongings, board: Arc<Board>) -> Self {
        let wish = Wish {
            stage: belongings.asked(),
            past_vault: false,
            pressed: 0,
        };
        Self {
            wish: watch::Sender::new(wish),
            gone: watch::Sender::new(false),
            belongings,
            board,
        }
    }

    /// Nothing is kept any more, so nothing is opened or asked either.
    pub fn is_deleting(&self) -> bool {
        self.wish.borrow().stage == Some(Stage::Deleting)
    }

    /// Disconnects and deletes everything. `now`: what cannot be ended yet is not waited for; where it is the vault that
    /// gives nothing away, what is in it stays.
    pub fn delete(&self, now: bool) {
        self.wish.send_modify(|wish| {
            wish.pressed += 1;
            wish.past_vault |= now && wish.stage == Some(Stage::Deleting);
            if now || wish.stage.is_none() {
                wish.stage = Some(if now { Stage::Deleting } else { Stage::Ending });
            }
        });
    }

    /// Calls it off, as long as it can be.
    pub fn keep(&self) {
        self.wish.send_if_modified(|wish| {
            let kept = wish.stage == Some(Stage::Ending);
            if kept {
                wish.stage = None;
            }
            kept
        });
    }

    /// Waits until nothing is left but the note.
    pub async fn until_gone(&self) {
        let _ = self.gone.subscribe().wait_for(|gone| *gone).await;
    }

    /// Does what is wished until nothing is left.
    pub(crate) async fn run(&self, house: &dyn House) {
        let mut wishes = self.wish.subscribe();
        loop {
            let wish = *wishes.borrow_and_update();
            let outcome = match wish.stage {
                None => self.call_off(),
                Some(stage) => self.belongings.ask(stage),
            };
            let outcome = match (outcome, wish.stage) {
                (Ok(()), Some(Stage::Ending)) => {
                    tokio::select! {
                        () = self.end(house) => self.advance(),
                        _ = wishes.changed() => {}
                    }
                    continue;
                }
                (Ok(()), Some(Stage::Deleting)) => self.erase(house, wish).await,
                (outcome, _) => outcome,
            };
            match (outcome, wish.stage) {
                (Ok(()), Some(Stage::Deleting)) => return self.deleted(),
                (Ok(()), _) => {}
                (Err(fault), None) => self.board.tell(ProfileName::Personal, News::fault(fault)),
                (Err(fault), Some(stage)) => self.hindered(stage, &fault),
            }
            if wishes.changed().await.is_err() {
                return;
            }
        }
    }

    fn call_off(&self) -> Result<(), Fault> {
        self.board.leaving(None);
        self.belongings.forget()
    }

    /// Until nothing is left that could be ended.
    async fn end(&self, house: &dyn House) {
        loop {
            let mut view = LeavingView::at(LeavingStep::Ending);
            match house.end().await {
                Ok(left) if left.is_nothing() => return,
                Ok(left) => {
                    view.unfinished = u32::try_from(left.unfinished).unwrap_or(u32::MAX);
                    view.waiting = left.accounts;
                }
                Err(fault) => view.fault = Some(fault.into()),
            }
            self.board.leaving(Some(view));
            tokio::time::sleep(LOOK).await;
        }
    }

    /// On to the next stage, unless it was called off at the last moment.
    fn advance(&self) {
        self.wish.send_if_modified(|wish| {
            let on = wish.stage == Some(Stage::Ending);
            if on {
                wish.stage = Some(Stage::Deleting);
            }
            on
        });
    }

    async fn erase(&self, house: &dyn House, wish: Wish) -> Result<(), Fault> {
        self.board.leaving(Some(LeavingView::at(LeavingStep::Deleting)));
        house.close().await;
        house.erase(wish.pressed > 0, wish.past_vault).await
    }

    fn deleted(&self) {
        self.board.leaving(Some(LeavingView::at(LeavingStep::Deleted)));
        self.gone.send_replace(true);
    }

    fn hindered(&self, stage: Stage, fault: &Fault) {
        tracing::warn!(code = fault.code.as_str(), "leaving does not go on");
        let step = match stage {
            Stage::Ending => LeavingStep::Ending,
            Stage::Deleting => LeavingStep::Deleting,
        };
        let view = LeavingView {
            fault: Some(fault.into()),
            ..LeavingView::at(step)
        };
        self.board.leaving(Some(view));
    }
}
