use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, watch};

/// What the agent asks now, by its number, and whether the window still owes it an answer.
#[derive(Clone, Default)]
pub struct Asking(Arc<Inner>);

#[derive(Default)]
struct Inner {
    asked: watch::Sender<Option<u32>>,
    called: Notify,
    /// The question in the window, until it is answered.
    shown: Mutex<Option<u32>>,
}

impl Asking {
    /// What the agent asks now. The same question said again is no change.
    pub fn set(&self, question: Option<u32>) {
        self.0.asked.send_if_modified(|asked| {
            let changed = *asked != question;
            *asked = question;
            changed
        });
    }

    pub fn follow(&self) -> watch::Receiver<Option<u32>> {
        self.0.asked.subscribe()
    }

    /// The person wants to see the question again.
    pub fn call(&self) {
        self.0.called.notify_one();
    }

    /// Waits for `call`.
    pub async fn called(&self) {
        self.0.called.notified().await;
    }

    /// The question is in the window from now on, in place of any before it.
    pub fn show(&self, question: u32) {
        *self.0.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(question);
    }

    /// The question in the window that nobody has answered. Taken by whoever answers it now.
    pub fn take(&self) -> Option<u32> {
        self.0.shown.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// A button answered it: closing the window says nothing more.
    pub fn answered(&self, question: u32) {
        let mut shown = self.0.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.take_if(|shown| *shown == question);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_taken_once() {
        let asking = Asking::default();
        assert_eq!(asking.take(), None);
        asking.show(3);
        assert_eq!(asking.take(), Some(3));
        assert_eq!(asking.take(), None);
    }

    #[test]
    fn an_answered_question_is_not_taken() {
        let asking = Asking::default();
        asking.show(3);
        asking.answered(3);
        assert_eq!(asking.take(), None);
    }

    #[test]
    fn a_late_answer_leaves_the_next_question_open() {
        let asking = Asking::default();
        asking.show(4);
        asking.answered(3);
        assert_eq!(asking.take(), Some(4));
    }

    #[test]
    fn the_same_question_said_again_is_no_change() {
        let asking = Asking::default();
        asking.set(Some(3));
        let mut follower = asking.follow();
        follower.mark_unchanged();
        asking.set(Some(3));
        assert!(!follower.has_changed().expect("it is there"));
        asking.set(None);
        assert!(follower.has_changed().expect("it is there"));
    }
}
