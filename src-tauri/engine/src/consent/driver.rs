use std::sync::Arc;
use std::time::Duration;

use evergrant_domain::{
    AuthorizationCode, Client, Code, Fault, Grant, Timestamp,
    consent::ask::{AttemptSecrets, Purpose},
    consent::attempt::{Attempt, Effect, Held, Input, State},
    consent::callback::Expected,
    lifecycle::Epoch,
    secret,
    time::Seconds,
};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Errand;
use crate::accounts::Accounts;
use crate::clients::client_of;
use crate::event::{AttemptStatus, Event, Step};
use crate::ports::{CodeExchange, ConsentAsk, Ending, Redirect};
use crate::world::World;

/// How long the browser's answer is waited for.
pub const PATIENCE: Duration = Duration::from_secs(300);
/// Tries to give a late grant back, and the pause before each further one.
const RETURN_TRIES: u32 = 3;
const RETURN_PAUSE: Duration = Duration::from_secs(2);

/// What a person may do with an attempt.
enum Order {
    Cancel,
    OpenAgain,
    SaveAgain,
    Link(oneshot::Sender<Option<String>>),
}

/// The way to the driver of an attempt.
#[derive(Clone)]
pub struct ConsentHandle(mpsc::Sender<Order>);

impl ConsentHandle {
    /// Gives up. An attempt that is over already stays over.
    pub async fn cancel(&self) {
        let _ = self.0.send(Order::Cancel).await;
    }

    pub async fn open_again(&self) {
        let _ = self.0.send(Order::OpenAgain).await;
    }

    pub async fn save_again(&self) {
        let _ = self.0.send(Order::SaveAgain).await;
    }

    /// The link of the consent page; `None` while there is none.
    pub async fn link(&self) -> Option<String> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Order::Link(reply)).await.ok()?;
        answer.await.ok().flatten()
    }
}

/// What drivers share with the engine.
#[derive(Clone)]
pub(crate) struct Shared {
    pub world: Arc<World>,
    pub accounts: Arc<Accounts>,
    pub events: mpsc::UnboundedSender<Event>,
}

enum Done {
    Exchanged(Epoch, Result<Box<(Grant, Held)>, Fault>),
    Saved(Epoch, Result<(), Fault>),
    Returned,
}

/// What the browser was asked in this epoch.
struct Question {
    redirect: Box<dyn Redirect>,
    link: String,
    secrets: AttemptSecrets,
    until: Instant,
}

pub(crate) struct Driver {
    shared: Shared,
    errand: Errand,
    orders: mpsc::Receiver<Order>,
    tasks: JoinSet<Done>,
    question: Option<Question>,
    client: Option<Client>,
    deadline: Timestamp,
    /// A fault that does not end the attempt, such as a browser that would not open.
    hindrance: Option<Fault>,
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
            deadline,
            hindrance: None,
        };
        (driver, ConsentHandle(send))
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
                let effects = attempt.step(input);
                self.perform_all(&mut attempt, effects).await;
            }
        }
        self.over();
        self.see_off(&mut attempt).await;
    }

    /// What must be in place before the browser opens: a client, and a vault that takes the grant.
    /// `None` when the person gave up meanwhile.
    async fn prepare(&mut self) -> Result<Option<Client>, Fault> {
        let world = Arc::clone(&self.shared.world);
        let errand = self.errand.clone();
        let ready = async {
            let client = client_of(&world, &errand.provider).await?;
            world.vault.ready().await?;
            Ok(client)
        };
        tokio::pin!(ready);
        loop {
            tokio::select! {
                client = &mut ready => return client.map(Some),
                order = self.orders.recv() => match order {
                    None | Some(Order::Cancel) => return Ok(None),
                    Some(Order::Link(reply)) => drop(reply),
                    Some(Order::OpenAgain | Order::SaveAgain) => {}
                },
            }
        }
    }

    /// Waits for whatever comes next in this state.
    async fn next(&mut self, attempt: &Attempt) -> Option<Input> {
        let waiting = attempt.state == State::Waiting;
        let epoch = attempt.epoch;
        tokio::select! {
            order = self.orders.recv() => match order {
                None | Some(Order::Cancel) => Some(Input::Cancelled),
                Some(Order::SaveAgain) => Some(Input::SaveAsked),
                Some(Order::OpenAgain) => { self.open(attempt); None }
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
                Ok(Done::Exchanged(epoch, result)) => Some(Input::Exchanged { epoch, result }),
                Ok(Done::Saved(epoch, result)) => Some(Input::Saved { epoch, result }),
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
        self.conclude(attempt).await;
    }

    async fn perform(&mut self, attempt: &mut Attempt, effect: Effect) {
        match effect {
            Effect::Ask(epoch, purpose) => {
                if let Err(fault) = self.ask(&purpose).await {
                    let answer = Err(fault);
                    // Failing here has no effects but the announcement that follows.
                    attempt.step(Input::Answered { epoch, answer });
                }
                self.open(attempt);
            }
            Effect::Exchange(epoch, code) => self.exchange(epoch, code),
            Effect::Save(epoch, grant) => self.save(epoch, *grant),
            Effect::Return(grant) => self.give_back(*grant),
            Effect::Announce => self.show(attempt),
        }
    }

    /// Listens before the link is built, since the link names the port.
    async fn ask(&mut self, purpose: &Purpose) -> Result<(), Fault> {
        if let Some(earlier) = self.question.take() {
            self.tasks.spawn(async move {
                earlier.redirect.conclude(Ending::Failed).await;
                Done::Returned
            });
        }
        let world = &self.shared.world;
        let secrets = AttemptSecrets {
            state: secret::State::new(world.entropy.unguessable()),
            nonce: secret::Nonce::new(world.entropy.unguessable()),
            verifier: secret::Verifier::new(world.entropy.unguessable()),
        };
        let expected = Expected {
            state: secrets.state.clone(),
            issuer: self.errand.provider.spec.issuer.clone(),
        };
        let redirect = world.redirects.listen(expected).await?;
        let client_id = self.client.as_ref().map_or("", |client| client.id.as_str());
        let ask = ConsentAsk {
            client_id,
            redirect_uri: &redirect.uri(),
            scopes: &self.errand.asked,
            purpose,
            secrets: &secrets,
        };
        let link = self.errand.provider.port.consent_link(ask).await?;
        let patience = i64::try_from(PATIENCE.as_secs()).unwrap_or(i64::MAX);
        self.deadline = world.clock.now() + Seconds(patience);
        self.question = Some(Question {
            redirect,
            link,
            secrets,
            until: Instant::now() + PATIENCE,
        });
        Ok(())
    }

    fn open(&mut self, attempt: &Attempt) {
        if let Some(asked) = &self.question {
            self.hindrance = self.shared.world.browser.open(&asked.link).err();
            self.show(attempt);
        }
    }

    fn exchange(&mut self, epoch: Epoch, code: AuthorizationCode) {
        let (Some(asked), Some(client)) = (&self.question, self.client.clone()) else {
            return;
        };
        let (secrets, redirect_uri) = (asked.secrets.clone(), asked.redirect.uri());
        let (errand, accounts) = (self.errand.clone(), Arc::clone(&self.shared.accounts));
        self.tasks.spawn(async move {
            let exchange = CodeExchange {
                client: &client,
                redirect_uri: &redirect_uri,
                asked: &errand.asked,
                code: &code,
                secrets: &secrets,
            };
            let result = errand.provider.port.exchange(exchange).await;
            let result = result.map(|grant| {
                let held = accounts.held(&grant.person.subject);
                Box::new((grant, held))
            });
            Done::Exchanged(epoch, result)
        });
    }

    fn save(&mut self, epoch: Epoch, grant: Grant) {
        let (shared, errand) = (self.shared.clone(), self.errand.clone());
        let client_id = self.client.as_ref().map_or_else(String::new, |c| c.id.clone());
        self.tasks.spawn(async move {
            let result = shared.accounts.adopt(&shared, &errand, &client_id, grant).await;
            Done::Saved(epoch, result)
        });
    }

    /// A revoke ends every grant of the account, so it is only for accounts that are not kept here.
    fn give_back(&mut self, grant: Grant) {
        let label = grant.person.label().to_owned();
        let held = self.shared.accounts.held(&grant.person.subject);
        let (Some(token), Some(client), Held::Nothing) =
            (grant.refresh_token, self.client.clone(), held)
        else {
            return;
        };
        let (port, events) = (
            Arc::clone(&self.errand.provider.port),
            self.shared.events.clone(),
        );
        self.tasks.spawn(async move {
            for attempt in 0..RETURN_TRIES {
                if attempt > 0 {
                    tokio::time::sleep(RETURN_PAUSE).await;
                }
                if port.revoke(&client, &token).await.is_ok() {
                    let _ = events.send(Event::GrantReturned { label });
                    break;
                }
            }
            Done::Returned
        });
    }

    /// Tells the browser how it ended, once that is known.
    async fn conclude(&mut self, attempt: &Attempt) {
        let ending = match &attempt.state {
            State::Connected => Ending::Connected,
            State::Failed(fault) if fault.code == Code::ConsentDenied => Ending::Denied,
            State::Failed(_) | State::NotSaved(..) | State::GivenUp => Ending::Failed,
            State::Waiting | State::Finishing | State::Saving(_) => return,
        };
        if let Some(asked) = self.question.take() {
            self.tasks.spawn(async move {
                asked.redirect.conclude(ending).await;
                Done::Returned
            });
        }
    }

    /// After the end: lets late answers come, so that a late grant is given back.
    async fn see_off(&mut self, attempt: &mut Attempt) {
        while let Some(done) = self.tasks.join_next().await {
            if let Ok(Done::Exchanged(epoch, result)) = done {
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

    fn show(&self, attempt: &Attempt) {
        let (step, fault) = match &attempt.state {
            State::Waiting => (Step::Waiting, self.hindrance.clone()),
            State::Finishing => (Step::Finishing, None),
            State::Saving(_) => (Step::Saving, None),
            State::NotSaved(_, fault) => (Step::NotSaved, Some(fault.clone())),
            State::Failed(fault) => (Step::Failed, Some(fault.clone())),
            State::Connected | State::GivenUp => return,
        };
        self.announce(step, attempt.asked_again, fault);
    }

    fn announce(&self, step: Step, asked_again: bool, fault: Option<Fault>) {
        let status = AttemptStatus {
            provider: self.errand.provider.spec.id.clone(),
            purpose: self.errand.purpose,
            label: self.errand.label(),
            step,
            asked_again,
            deadline: self.deadline,
            fault,
        };
        let _ = self.shared.events.send(Event::Attempt(Some(status)));
    }

    fn over(&self) {
        let _ = self.shared.events.send(Event::Attempt(None));
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
