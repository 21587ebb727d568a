//! Puts the agent's question before the person. What an answer means is decided in the agent.

mod asking;

use std::time::Duration;

use evergrant_agent::interface::{Decision, ProgramRequest, Request};
use tokio::time::timeout;

pub use asking::Asking;

use crate::desk::Desk;

/// A desktop that shows no window by then shows none.
const OPENING: Duration = Duration::from_secs(15);

/// How long the next question waits for the window of the last one to go.
const LEAVING: Duration = Duration::from_secs(5);

/// Keeps the window as the question is: there while something is asked, gone otherwise. It alone opens
/// and closes that window, one after the other, so that no question meets a window on its way out.
pub async fn run(desk: Desk) {
    let mut asked = desk.asking.follow();
    let mut open = false;
    loop {
        let question = *asked.borrow_and_update();
        match question {
            Some(question) => {
                open = true;
                ask(&desk, question).await;
            }
            None if open => {
                open = false;
                leave(&desk).await;
            }
            None => {}
        }
        tokio::select! {
            changed = asked.changed() => if changed.is_err() { return },
            () = desk.asking.called() => {}
        }
    }
}

/// A question that cannot be shown is answered: no.
async fn ask(desk: &Desk, question: u32) {
    desk.asking.show(question);
    let trouble = match timeout(OPENING, desk.desktop.show_question()).await {
        Ok(Ok(Ok(()))) => return,
        Ok(Ok(Err(fault))) => fault.detail.unwrap_or(fault.code),
        Ok(Err(_)) => "the desktop gives no answer".to_owned(),
        Err(_) => "it takes too long".to_owned(),
    };
    tracing::warn!(trouble, "a question cannot be shown");
    if let Some(refusal) = closed(desk) {
        refusal.await;
    }
}

async fn leave(desk: &Desk) {
    // Before it goes, so that its going is no answer.
    desk.asking.take();
    if timeout(LEAVING, desk.desktop.close_question()).await.is_err() {
        tracing::warn!("the window of a question stays");
    }
}

/// The window is closed: what tells the agent no, unless its question was answered or ended before.
pub fn closed(desk: &Desk) -> Option<impl Future<Output = ()> + use<>> {
    let unanswered = desk.asking.take()?;
    Some(refuse(desk.clone(), unanswered))
}

async fn refuse(desk: Desk, question: u32) {
    let decision = Decision::Deny;
    let no = Request::Programs(ProgramRequest::Answer { question, decision });
    if let Err(fault) = desk.ask(no).await {
        // It is no by its deadline too.
        tracing::warn!(code = fault.code, "a no did not arrive");
    }
}
