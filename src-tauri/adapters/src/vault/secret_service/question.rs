//! Asking a person for a password: one question at a time in this program, and not again and again.

use std::{
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{RecvTimeoutError, channel},
    },
    thread,
    time::{Duration, Instant},
};

use evergrant_domain::Code;
use keyring_core::{Error, Result};
use secret_service::Error as Service;
use zbus::blocking::Connection;
use zbus_secret_service_keyring_store::errors::decode_error;

use super::{
    line::provider,
    meaning::{code, obstacle},
};
use crate::vault::call::{Asking, Call};

/// How often a question is looked after.
const GLANCE: Duration = Duration::from_millis(500);

static STATE: Mutex<State> = Mutex::new(State {
    open: false,
    in_vain: None,
});
static OVER: Condvar = Condvar::new();

struct State {
    open: bool,
    in_vain: Option<InVain>,
}

/// The last question brought nothing: nobody else is asked by this provider until the vault was seen
/// open again, or a person wants it.
struct InVain {
    asked_by: String,
    code: Code,
}

/// The right to ask, which one call has at a time.
pub(super) struct Turn {
    asked_by: String,
}

impl Turn {
    /// # Errors
    /// When a question would be one too many. Whoever insists waits for the open question instead,
    /// and shares a no.
    pub(super) fn take(call: &Call, asking: Asking, provider: &str) -> Result<Self> {
        let mut state = state();
        if asking == Asking::Once {
            if state.open {
                return Err(obstacle(Code::VaultLocked, "somebody is being asked already"));
            }
            if state.in_vain.as_ref().is_some_and(|it| it.asked_by == provider) {
                return Err(obstacle(Code::VaultLocked, "somebody was asked before"));
            }
        } else if state.open {
            state = until_over(call, state);
            if state.open {
                return Err(obstacle(Code::VaultLocked, "somebody is still being asked"));
            }
            if let Some(in_vain) = &state.in_vain {
                return Err(obstacle(in_vain.code, "somebody was asked just now"));
            }
        }
        *state = State {
            open: true,
            in_vain: None,
        };
        Ok(Self {
            asked_by: provider.to_owned(),
        })
    }

    /// Asks, and hangs up when a person had all the time there is, or when the provider that asked is
    /// no more: its answer would be waited for for ever. `why` is what holds until there is an answer.
    pub(super) fn ask(
        self,
        call: &Call,
        bus: &Connection,
        why: Code,
        question: impl FnOnce() -> std::result::Result<(), Service>,
    ) -> Result<()> {
        call.waits_for_a_person(why);
        let (answered, answer) = channel::<()>();
        let (line, asked_by) = (bus.clone(), self.asked_by.clone());
        let until = Instant::now() + call.longest();
        let look_after = move || {
            while answer.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
                if Instant::now() >= until || provider(&line).as_ref() != Some(&asked_by) {
                    // Closed or broken: the question ends either way.
                    let _ = line.close();
                    return true;
                }
            }
            false
        };
        let looking = thread::Builder::new()
            .name("vault-question".into())
            .spawn(look_after)
            .map_err(|error| Error::PlatformFailure(Box::new(error)))?;
        let said = question();
        drop(answered);
        let hung_up = looking.join().unwrap_or(false);
        let said = said.map_err(|error| match error {
            _ if hung_up => obstacle(why, "nobody answered"),
            // A vault that was never made is not a locked one.
            Service::Prompt if why == Code::VaultEmpty => obstacle(why, "the question was dismissed"),
            other => decode_error(other),
        });
        if let Err(Error::PlatformFailure(cause) | Error::NoStorageAccess(cause)) = &said {
            state().in_vain = Some(InVain {
                asked_by: self.asked_by.clone(),
                code: code(cause.as_ref()),
            });
        }
        said
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        state().open = false;
        OVER.notify_all();
    }
}

/// The vault is open: should it be locked again, a person may be asked again.
pub(super) fn forget() {
    state().in_vain = None;
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for the open question, no longer than anybody waits for this call.
fn until_over(call: &Call, mut state: MutexGuard<'static, State>) -> MutexGuard<'static, State> {
    while state.open && call.still_awaited().is_ok() {
        let waited = OVER.wait_timeout(state, GLANCE);
        state = waited.unwrap_or_else(PoisonError::into_inner).0;
    }
    state
}
