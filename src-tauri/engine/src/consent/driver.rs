use std::sync::Arc;

use evergrant_domain::{
    AuthorizationCode, Client, Code, Fault, Grant, Timestamp,
    consent::AttemptId,
    consent::ask::Purpose,
    consent::attempt::{Attempt, Effect, Held, Input, State},
    lifecycle::Epoch,
    time::Seconds,
};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::Errand;
use super::giving_back::give_back;
use super::handle::{ConsentHandle, Order, unless_given_up};
use super::note::{ConsentNote, NotesOfThisRun};
use super::question::{PATIENCE, Question};
use crate::accounts::Accounts;
use crate::clients::{ClientTurn, client_for};
use crate::event::{Event, Showing, Step};
use crate::ports::Ending;
use crate::turns::{ConsentTurn, Mark};
use crate::world::World;

/// What drivers share with the engine.
#[derive(Clone)]
pub(crate) struct Shared {
    pub world: Arc<World>,
    pub accounts: Arc<Accounts>,
    pub events: mpsc::UnboundedSender<Event>,
    pub clients: Arc<ClientTurn>,
    /// The notes that this run wrote itself.
    pub notes: Arc<NotesOfThisRun>,
}

enum Done {
    Exchanged(Epoch, ConsentTurn, Result<Box<(Grant, Held)>, Fault>),
    Saved(Epoch, Result<(), Fault>),
    /// The browser was started, or could not be.
    Opened(Epoch, Result<(), Fault>),
    Returned,
}

pub(crate) struct Driver {
    pub(super) shared: Shared,
    pub(super) errand: Errand,
    pub(super) orders: mpsc::Receiver<Order>,
    tasks: JoinSet<Done>,
    question: Option<Question>,
    pub(super) client: Option<Client>,
    /// Of the code that was exchanged last.
    note: Option<ConsentNote>,
    /// And when that was; revokes that come later end what it brought.
    brought: Mark,
    /// From the exchange on, until what it brought has a place.
    turn: Option<ConsentTurn>,
    pub(super) deadline: Timestamp,
    /// A fault that does not end the attempt, such as a browser that would not open.
    pub(super) hindrance: Option<Fault>,
}

impl Driver {
    pub fn new(shared: Shared, errand: Errand) -> (Self, ConsentHandle) {
        let (send, orders) = mpsc::channel(8);
        let deadline = shared.world.clock.now();
        let driver = Self {
            shared,
            errand,
            orders,
            tasks: JoinSet::new(),
            question: None,
            client: None,
            note: None,
            brought: Mark::default(),
            turn: None,
            deadline,
            hindrance: None,
        };
        (driver, ConsentHandle::new(send))
    }

    /// Drives the attempt to its end, then sees late grants off.
    pub async fn run(mut self) {
        self.announce(Step::Opening, false, None);
        match self.prepare().await {
            Ok(Some(client)) => self.client = Some(client),
            Ok(None) => return self.over(),
            Err(fault) => {
                self.announce(Step::Failed, false, Some(fault));
                self.until_cancelled().await;
                return self.over();
            }
        }
        let (mut attempt, effects) = Attempt::begin(self.errand.target.clone());
        self.perform_all(&mut attempt, effects).await;
        self.show(&attempt);
        while !attempt.is_over() {
            let input = self.next(&attempt).await;
            if let Some(input) = input {
                let brought = matches!(&input, Input::Exchanged { result: Ok(_), .. });
                let effects = attempt.step(input);
                let wanted = |effect: &Effect| matches!(effect, Effect::Save(..) | Effect::Return(_));
                if brought && !effects.iter().any(wanted) {
                    // Nothing that lasts came of it.
                    self.throw_note_away();
                }
                self.perform_all(&mut attempt, effects).await;
                self.turn = None;
            }
        }
        self.over();
        self.see_off(&mut attempt).await;
    }

    /// What must be in place before the browser opens: a client, and a vault that takes the grant.
    /// `None` when the person gave up meanwhile.
    async fn prepare(&mut self) -> Result<Option<Client>, Fault> {
        let (shared, errand) = (self.shared.clone(), self.errand.clone());
        let ready = async {
            // One that is being removed is not begun to be relied on.
            let turn = shared.clients.lock().await;
            let client = client_for(&shared.world, &errand.provider, &errand.client).await?;
            drop(turn);
            shared.world.vault.ready().await?;
            Ok(client)
        };
        unless_given_up(&mut self.orders, ready).await.transpose()
    }

    /// Waits for whatever comes next in this state.
    async fn next(&mut self, attempt: &Attempt) -> Option<Input> {
        let waiting = attempt.state == State::Waiting;
        let epoch = attempt.epoch;
        // Whoever could give an order is gone, and what is being saved is saved all the same.
        let deserted = self.orders.is_closed() && matches!(attempt.state, State::Saving(_));
        tokio::select! {
            order = self.orders.recv(), if !deserted => match order {
                None | Some(Order::Cancel) => Some(Input::Cancelled),
                Some(Order::SaveAgain) => Some(Input::SaveAsked),
                Some(Order::OpenAgain) => {
                    // Once it answered, the page would ask for a further consent.
                    if waiting {
                        self.open(attempt);
                    }
                    None
                }
                Some(Order::Link(reply)) => {
                    let link = self.question.as_ref().map(|asked| asked.link.clone());
                    // Whoever asked may be gone.
                    let _ = reply.send(link);
                    None
                }
            },
            answer = answer_of(&mut self.question), if waiting => {
                Some(Input::Answered { epoch, answer })
            }
            Some(done) = self.tasks.join_next() => match done {
                Ok(Done::Exchanged(epoch, turn, result)) => {
                    self.brought = self.shared.accounts.turns.now();
                    self.turn = Some(turn);
                    Some(Input::Exchanged { epoch, result })
                }
                Ok(Done::Saved(epoch, result)) => Some(Input::Saved { epoch, result }),
                Ok(Done::Opened(epoch, opened)) => {
                    if epoch == attempt.epoch {
                        self.hindrance = opened.err();
                        self.show(attempt);
                    }
                    None
                }
                Ok(Done::Returned) => None,
                Err(lost) => {
                    tracing::error!(%lost, "a task of a consent ended badly");
                    None
                }
            },
        }
    }

    async fn perform_all(&mut self, attempt: &mut Attempt, effects: Vec<Effect>) {
        for effect in effects {
            self.perform(attempt, effect).await;
        }
        self.conclude(attempt);
    }

    async fn perform(&mut self, attempt: &mut Attempt, effect: Effect) {
        match effect {
            Effect::Ask(epoch, purpose) => match self.ask(&purpose).await {
                Some(Ok(())) => match self.errand.showing {
                    Showing::Browser => self.open(attempt),
                    Showing::Link => self.show(attempt),
                },
                // Ending here has no effects but the announcement that follows.
                Some(Err(fault)) => {
                    let answer = Err(fault);
                    attempt.step(Input::Answered { epoch, answer });
                }
                None => {
                    attempt.step(Input::Cancelled);
                }
            },
            Effect::Exchange(epoch, code) => self.exchange(epoch, code),
            Effect::Save(epoch, grant) => self.save(epoch, *grant),
            Effect::Return(grant) => self.give_back(*grant),
            Effect::Announce => self.show(attempt),
        }
    }

    /// Asks the browser; `None` when the person gave up meanwhile.
    async fn ask(&mut self, purpose: &Purpose) -> Option<Result<(), Fault>> {
        self.conclude_with(Ending::Failed);
        let world = &self.shared.world;
        let client_id = self.client.as_ref().map_or("", |client| client.id.as_str());
        let posing = Question::pose(world, &self.errand, client_id, purpose);
        let posed = unless_given_up(&mut self.orders, posing).await?;
        Some(posed.map(|question| {
            let patience = i64::try_from(PATIENCE.as_secs()).unwrap_or(i64::MAX);
            self.deadline = self.shared.world.clock.now() + Seconds(patience);
            self.question = Some(question);
        }))
    }

    fn open(&mut self, attempt: &Attempt) {
        if let Some(asked) = &self.question {
            let (browser, link) = (Arc::clone(&self.shared.world.browser), asked.link.clone());
            let epoch = attempt.epoch;
            // A browser may take its time to say that it does not start.
            self.tasks
                .spawn_blocking(move || Done::Opened(epoch, browser.open(&link)));
            self.hindrance = None;
            self.show(attempt);
        }
    }

    fn exchange(&mut self, epoch: Epoch, code: AuthorizationCode) {
        let (Some(client), Some(note)) = (self.client.clone(), self.new_note(code)) else {
            return;
        };
        self.note = Some(note.clone());
        let (port, shared) = (Arc::clone(&self.errand.provider.port), self.shared.clone());
        self.tasks.spawn(async move {
            let turn = shared.accounts.turns.consent().await;
            let brought = note
                .exchanged_for_the_first_time(&shared.world, &*port, &client)
                .await;
            let result = brought.map(|grant| {
                let held = shared.accounts.held(&grant.person.subject);
                Box::new((grant, held))
            });
            Done::Exchanged(epoch, turn, result)
        });
    }

    fn new_note(&self, code: AuthorizationCode) -> Option<ConsentNote> {
        let (asked, client) = (self.question.as_ref()?, self.client.as_ref()?);
        let attempt = AttemptId::parse(&self.shared.world.entropy.unguessable())?;
        self.shared.notes.begin(&attempt);
        Some(ConsentNote {
            attempt,
            provider: self.errand.provider.spec.id.clone(),
            client_id: client.id.clone(),
            redirect_uri: asked.redirect.uri(),
            asked: self.errand.asked.clone(),
            since: self.shared.world.clock.now(),
            only: self.errand.only(),
            code,
            verifier: asked.secrets.verifier.clone(),
            nonce: asked.secrets.nonce.clone(),
            brought: None,
        })
    }

    fn throw_note_away(&mut self) {
        if let Some(note) = self.note.take() {
            let world = Arc::clone(&self.shared.world);
            self.tasks.spawn(async move {
                ConsentNote::throw_away(&*world.vault, &note.attempt).await;
                Done::Returned
            });
        }
    }

    fn save(&mut self, epoch: Epoch, grant: Grant) {
        let (shared, errand) = (self.shared.clone(), self.errand.clone());
        let client_id = self.client.as_ref().map_or_else(String::new, |c| c.id.clone());
        let attempt = self.note.as_ref().map(|note| note.attempt.clone());
        let (brought, turn) = (self.brought, self.turn.take());
        self.tasks.spawn(async move {
            let again = turn.is_none();
            let turn = match turn {
                Some(turn) => turn,
                None => shared.accounts.turns.consent().await,
            };
            let saved = async {
                if again {
                    // A person pressed for it, and may be asked to unlock.
                    shared.world.vault.ready().await?;
                }
                let attempt = attempt.as_ref();
                let accounts = &shared.accounts;
                accounts
                    .adopt(&shared, &errand, &client_id, grant, attempt, (brought, &turn))
                    .await
            };
            let result = saved.await;
            if let (Ok(()), Some(attempt)) = (&result, &attempt) {
                ConsentNote::throw_away(&*shared.world.vault, attempt).await;
            }
            Done::Saved(epoch, result)
        });
    }

    fn give_back(&mut self, grant: Grant) {
        if let Some(client) = self.client.clone() {
            let (shared, port) = (self.shared.clone(), Arc::clone(&self.errand.provider.port));
            let note = self.note.take();
            self.tasks.spawn(async move {
                give_back(&shared, &*port, &client, &grant, note).await;
                Done::Returned
            });
        }
    }

    /// Tells the browser how it ended, once that is known.
    fn conclude(&mut self, attempt: &Attempt) {
        let ending = match &attempt.state {
            State::Connected => Ending::Connected,
            State::Failed(fault) if fault.code == Code::ConsentDenied => Ending::Denied,
            State::Failed(_) | State::NotSaved(..) | State::GivenUp => Ending::Failed,
            State::Waiting | State::Finishing | State::Saving(_) => return,
        };
        self.conclude_with(ending);
    }

    fn conclude_with(&mut self, ending: Ending) {
        if let Some(asked) = self.question.take() {
            self.tasks.spawn(async move {
                asked.redirect.conclude(ending).await;
                Done::Returned
            });
        }
    }

    /// After the end: lets late answers come, so that a late grant is given back. Whoever still has
    /// a question is answered at once.
    async fn see_off(&mut self, attempt: &mut Attempt) {
        self.orders.close();
        while self.orders.try_recv().is_ok() {}
        while let Some(done) = self.tasks.join_next().await {
            if let Ok(Done::Exchanged(epoch, _turn, result)) = done {
                for effect in attempt.step(Input::Exchanged { epoch, result }) {
                    if let Effect::Return(grant) = effect {
                        self.give_back(*grant);
                    }
                }
            }
        }
    }

    async fn until_cancelled(&mut self) {
        while let Some(order) = self.orders.recv().await {
            if matches!(order, Order::Cancel) {
                return;
            }
        }
    }
}

/// The browser's answer, or that it took too long.
async fn answer_of(question: &mut Option<Question>) -> Result<AuthorizationCode, Fault> {
    match question {
        Some(asked) => tokio::time::timeout_at(asked.until, asked.redirect.answer())
            .await
            .unwrap_or_else(|_| Err(Code::ConsentTimedOut.into())),
        None => Err(Code::ListenerUnavailable.into()),
    }
}
