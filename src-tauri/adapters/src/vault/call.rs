//! Calls into the vault's library, each on a thread of its own and bounded in time.
//!
//! A Secret Service that waits for a password answers never. Such a call cannot be ended, only left
//! behind: its thread is not one of the runtime's, which would keep the program from quitting.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use evergrant_domain::{Code, Fault};
use tokio::{
    sync::{Semaphore, oneshot},
    time::{Instant, timeout_at},
};

/// Threads at work at once, those left behind included.
const MOST: usize = 4;

/// The calls under way.
pub(crate) struct Calls {
    room: Arc<Semaphore>,
    left_behind: Arc<LeftBehind>,
    longest: Duration,
}

/// Counts threads that nobody waits for and that are still at work.
#[derive(Default)]
struct LeftBehind {
    all: AtomicUsize,
    /// Those that hang before a lock: while there is one, silence means the same lock.
    locked: AtomicUsize,
}

impl LeftBehind {
    /// What holds while nothing answers: a lock that somebody hangs before, or just silence.
    fn silence(&self) -> Fault {
        if self.locked.load(Ordering::SeqCst) > 0 {
            Code::VaultLocked.into()
        } else {
            Fault::with_detail(Code::VaultFailed, "no answer in time")
        }
    }
}

/// How far a call may go to have something unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asking {
    /// Nobody may be there: a person is asked once, and after a no not until the vault was opened.
    Once,
    /// A person waits for this.
    Always,
}

impl Calls {
    /// `longest`: how long a person may leave a question unanswered, whoever still waits for it.
    pub(crate) fn new(longest: Duration) -> Self {
        Self {
            room: Arc::new(Semaphore::new(MOST)),
            left_behind: Arc::default(),
            longest,
        }
    }

    /// Runs `work` and waits for it no longer than `patience`.
    ///
    /// # Errors
    /// Those of `work`; when it takes too long, what a person was waited for (`VaultLocked`, `VaultEmpty`),
    /// and `VaultFailed` where nobody was.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        patience: Duration,
        work: impl FnOnce(&Call) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        if self.left_behind.all.load(Ordering::SeqCst) >= MOST {
            return Err(self.left_behind.silence());
        }
        let deadline = Instant::now() + patience;
        let room = Arc::clone(&self.room).acquire_owned();
        let Ok(Ok(room)) = timeout_at(deadline, room).await else {
            return Err(self.left_behind.silence());
        };
        let call = Call::new(&self.left_behind, self.longest);
        let waiting = Waiting(Arc::clone(&call));
        let (tell, mut told) = oneshot::channel();
        let at_work = move || {
            let at_work = AtWork(call);
            let result = work(&at_work.0);
            if at_work.0.commit() {
                // Nobody listens only when the program is quitting.
                let _ = tell.send(result);
            }
            drop(room);
        };
        let started = thread::Builder::new().name("vault".into()).spawn(at_work);
        started.map_err(|error| Fault::with_detail(Code::VaultFailed, &error.to_string()))?;
        let ended_early = |_| Fault::with_detail(Code::VaultFailed, "the call ended early");
        match timeout_at(deadline, &mut told).await {
            Ok(answer) => answer.map_err(ended_early)?,
            Err(_) if waiting.0.give_up() => Err(waiting.0.too_late()),
            Err(_) => told.await.map_err(ended_early)?,
        }
    }
}

/// One call, as its caller and its thread both see it.
pub(crate) struct Call {
    phase: Mutex<Phase>,
    /// What a person may have to mend before this call goes on.
    awaits: Mutex<Option<Code>>,
    left_behind: Arc<LeftBehind>,
    longest: Duration,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Awaited,
    GivenUp { locked: bool },
    Answered,
}

impl Call {
    fn new(left_behind: &Arc<LeftBehind>, longest: Duration) -> Arc<Self> {
        Arc::new(Self {
            phase: Mutex::new(Phase::Awaited),
            awaits: Mutex::new(None),
            left_behind: Arc::clone(left_behind),
            longest,
        })
    }

    /// A call whose caller is gone.
    #[cfg(test)]
    pub(crate) fn given_up() -> Arc<Self> {
        let call = Self::new(&Arc::default(), Duration::ZERO);
        call.give_up();
        call
    }

    /// Remembers that somebody may have to type a password before this call goes on, and why.
    #[cfg_attr(windows, allow(dead_code, reason = "Credential Manager is never locked"))]
    pub(super) fn waits_for_a_person(&self, why: Code) {
        *self.awaits.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
    }

    fn awaits(&self) -> Option<Code> {
        *self.awaits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long a person may take to answer a question of this call.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(dead_code, reason = "only the Secret Service leaves hanging up to us")
    )]
    pub(super) fn longest(&self) -> Duration {
        self.longest
    }

    /// # Errors
    /// When the caller gave up: nothing may be changed for it any more.
    pub(crate) fn still_awaited(&self) -> Result<(), Fault> {
        match self.phase() {
            Phase::GivenUp { .. } => Err(self.too_late()),
            Phase::Awaited | Phase::Answered => Ok(()),
        }
    }

    /// Settles that this call's result counts; `false` when the caller gave up before.
    pub(crate) fn commit(&self) -> bool {
        self.settle(Phase::Answered) == Phase::Answered
    }

    /// Settles that nobody waits any more; `false` when the result came before.
    fn give_up(&self) -> bool {
        let locked = self.awaits() == Some(Code::VaultLocked);
        matches!(self.settle(Phase::GivenUp { locked }), Phase::GivenUp { .. })
    }

    fn too_late(&self) -> Fault {
        self.awaits()
            .map_or_else(|| self.left_behind.silence(), Fault::from)
    }

    fn phase(&self) -> Phase {
        *self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whoever settles first wins; the answer is the phase that counts.
    fn settle(&self, wanted: Phase) -> Phase {
        let mut phase = self.phase.lock().unwrap_or_else(PoisonError::into_inner);
        if *phase == Phase::Awaited {
            *phase = wanted;
            if let Phase::GivenUp { locked } = wanted {
                self.left_behind.all.fetch_add(1, Ordering::SeqCst);
                self.left_behind
                    .locked
                    .fetch_add(usize::from(locked), Ordering::SeqCst);
            }
        }
        *phase
    }
}

/// The caller's end: dropping it, with its future, gives the call up.
struct Waiting(Arc<Call>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.give_up();
    }
}

/// The thread's end: a call left behind no longer is once its thread is done, however it ended.
struct AtWork(Arc<Call>);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.commit();
        if let Phase::GivenUp { locked } = self.0.phase() {
            self.0.left_behind.all.fetch_sub(1, Ordering::SeqCst);
            self.0
                .left_behind
                .locked
                .fetch_sub(usize::from(locked), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const SHORT: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn a_call_that_hangs_is_left_behind_and_the_fifth_is_refused_at_once() {
        let calls = Calls::new(SHORT);
        let (release, hold) = mpsc::channel::<()>();
        let hold = Arc::new(Mutex::new(hold));
        for _ in 0..MOST {
            let hold = Arc::clone(&hold);
            let hang = move |call: &Call| {
                call.waits_for_a_person(Code::VaultLocked);
                let _ = hold.lock().expect("whole").recv();
                Ok(())
            };
            let fault = calls.run(SHORT, hang).await.expect_err("too late");
            assert_eq!(fault.code, Code::VaultLocked);
        }
        let asked = Instant::now();
        let minute = Duration::from_secs(60);
        let fault = calls.run(minute, |_| Ok(())).await.expect_err("refused");
        assert_eq!(fault.code, Code::VaultLocked);
        assert!(asked.elapsed() < Duration::from_secs(5), "refused at once");

        drop(release);
        let again = async {
            while calls.run(minute, |_| Ok(())).await.is_err() {
                tokio::time::sleep(SHORT).await;
            }
        };
        let within = Duration::from_secs(10);
        tokio::time::timeout(within, again)
            .await
            .expect("room again once the threads are done");
    }

    #[tokio::test]
    async fn silence_of_an_open_vault_is_a_failure_and_not_a_lock() {
        let calls = Calls::new(SHORT);
        let (_release, hold) = mpsc::channel::<()>();
        let fault = calls
            .run(SHORT, move |_| Ok(hold.recv()))
            .await
            .expect_err("too late");
        assert_eq!(fault.code, Code::VaultFailed);
    }

    #[tokio::test]
    async fn a_vault_that_is_still_to_be_made_is_not_a_locked_one() {
        let calls = Calls::new(SHORT);
        let (_release, hold) = mpsc::channel::<()>();
        let make = move |call: &Call| {
            call.waits_for_a_person(Code::VaultEmpty);
            Ok(hold.recv())
        };
        // Long enough for its thread to begin, also where others build.
        let begun = Duration::from_secs(2);
        let fault = calls.run(begun, make).await.expect_err("too late");
        assert_eq!(fault.code, Code::VaultEmpty);
    }

    #[tokio::test]
    async fn many_calls_that_hang_in_silence_are_a_failure_and_not_a_lock() {
        let calls = Calls::new(SHORT);
        let mut silent = Vec::new();
        for _ in 0..=MOST {
            let (release, hold) = mpsc::channel::<()>();
            silent.push(release);
            let answer = calls.run(SHORT, move |_| Ok(hold.recv())).await;
            assert_eq!(answer.expect_err("too late").code, Code::VaultFailed);
        }
    }

    #[tokio::test]
    async fn a_call_learns_that_nobody_waits_any_more() {
        let calls = Calls::new(SHORT);
        let (release, hold) = mpsc::channel::<()>();
        let (say, said) = mpsc::channel();
        let work = move |call: &Call| {
            let _ = hold.recv();
            say.send((call.still_awaited().is_ok(), call.commit()))
                .expect("heard");
            Ok(())
        };
        assert!(calls.run(SHORT, work).await.is_err());
        drop(release);
        let heard = said.recv_timeout(Duration::from_secs(10)).expect("said");
        assert_eq!(heard, (false, false));
    }
}
