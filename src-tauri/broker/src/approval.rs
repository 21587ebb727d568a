//! Asks the person: keeps the line of questions, tells what is shown, and lets callers wait for the answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use evergrant_domain::Timestamp;
use tokio::sync::watch;

use crate::judgement::{Asker, Decision, Joined, Question, QuestionId, Questions, Wish};
use crate::ports::Clock;
use crate::witness::Caller;

/// What a person is asked now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub question: Question,
    pub behind: usize,
}

/// How waiting for a person ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Decided(Decision),
    /// Nobody decided yet, and the caller would not wait longer.
    StillAsking,
    /// More wait than a person will answer.
    Full,
}

pub struct Approval {
    clock: Arc<dyn Clock>,
    inside: Mutex<Inside>,
    shown: watch::Sender<Option<Shown>>,
}

#[derive(Default)]
struct Inside {
    questions: Questions,
    answers: HashMap<QuestionId, watch::Sender<Option<Decision>>>,
    /// Keeps the connections of a question apart from later ones for as long as it is asked.
    callers: HashMap<QuestionId, Vec<Arc<Caller>>>,
}

impl Approval {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            inside: Mutex::default(),
            shown: watch::Sender::new(None),
        }
    }

    /// What is shown, now and from now on.
    pub fn shown(&self) -> watch::Receiver<Option<Shown>> {
        self.shown.subscribe()
    }

    /// Asks, and waits this long for the answer. With no patience the question is asked all the same.
    pub async fn ask(
        &self,
        caller: &Arc<Caller>,
        wishes: &[Wish],
        reason: Option<&str>,
        patience: Duration,
    ) -> Answered {
        let Some((waiting, mut answer)) = self.join(caller, wishes, reason, patience.is_zero()) else {
            return Answered::Full;
        };
        let decided = answer.wait_for(Option::is_some);
        let silence = Answered::Decided(Decision::Silence);
        tokio::select! {
            decision = decided => {
                // A question that was withdrawn has no answer: nobody said yes.
                decision.map_or(silence, |decision| decision.map_or(silence, Answered::Decided))
            }
            () = tokio::time::sleep(patience) => {
                waiting.stays();
                Answered::StillAsking
            }
            () = caller.ended() => silence,
        }
    }

    fn join(
        &self,
        caller: &Arc<Caller>,
        wishes: &[Wish],
        reason: Option<&str>,
        stays: bool,
    ) -> Option<(Waiting<'_>, watch::Receiver<Option<Decision>>)> {
        let mut inside = self.lock();
        let asker = asker(caller);
        let now = self.clock.now();
        let joined = inside.questions.ask(&asker, &caller.program, wishes, reason, now);
        let Joined::In(id) = joined else { return None };
        inside.questions.waits(id);
        if stays {
            inside.questions.stays(id);
        }
        let callers = inside.callers.entry(id).or_default();
        if !callers.iter().any(|known| Arc::ptr_eq(known, caller)) {
            callers.push(Arc::clone(caller));
        }
        let answer = inside
            .answers
            .entry(id)
            .or_insert_with(|| watch::Sender::new(None));
        let answer = answer.subscribe();
        self.publish(&inside);
        Some((Waiting { approval: self, id }, answer))
    }

    /// Takes a question out of the line, with who tells those that wait.
    pub fn take(&self, id: QuestionId) -> Option<Taken> {
        let mut inside = self.lock();
        let question = inside.questions.take(id, self.clock.now())?;
        let taken = Taken {
            question,
            answers: inside.answers.remove(&id),
            callers: inside.callers.remove(&id).unwrap_or_default(),
        };
        self.publish(&inside);
        Some(taken)
    }

    /// The question whose time is over, if any.
    pub fn late(&self) -> Option<QuestionId> {
        self.lock().questions.late(self.clock.now())
    }

    /// When the shown question's time is over.
    pub fn deadline(&self) -> Option<Timestamp> {
        self.lock()
            .questions
            .shown()
            .and_then(|(question, _)| question.deadline)
    }

    /// All that wait.
    pub fn ids(&self) -> Vec<QuestionId> {
        self.lock().questions.ids()
    }

    fn publish(&self, inside: &Inside) {
        let shown = inside.questions.shown().map(|(question, behind)| Shown {
            question: question.clone(),
            behind,
        });
        self.shown.send_if_modified(|before| {
            let differs = !same(before.as_ref(), shown.as_ref());
            *before = shown;
            differs
        });
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many callers wait is nothing to show.
fn same(one: Option<&Shown>, other: Option<&Shown>) -> bool {
    one.map(|shown| (shown.question.id, shown.behind)) == other.map(|shown| (shown.question.id, shown.behind))
}

/// Who asks. A connection's address names it as long as the connection is held.
pub fn asker(caller: &Arc<Caller>) -> Asker {
    Asker::new(&caller.program, Arc::as_ptr(caller).addr() as u64)
}

/// A question that was taken out of the line.
pub struct Taken {
    pub question: Question,
    pub callers: Vec<Arc<Caller>>,
    answers: Option<watch::Sender<Option<Decision>>>,
}

impl Taken {
    /// Tells those that wait.
    pub fn tell(self, decision: Decision) {
        if let Some(answers) = self.answers {
            answers.send_replace(Some(decision));
        }
    }
}

/// A caller that waits; dropped when it went away.
struct Waiting<'a> {
    approval: &'a Approval,
    id: QuestionId,
}

impl Waiting<'_> {
    /// The caller was told to come back, so the question is not withdrawn.
    fn stays(&self) {
        self.approval.lock().questions.stays(self.id);
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut inside = self.approval.lock();
        if inside
            .questions
            .leaves(self.id, self.approval.clock.now())
            .is_some()
        {
            inside.answers.remove(&self.id);
            inside.callers.remove(&self.id);
            self.approval.publish(&inside);
        }
    }
}
