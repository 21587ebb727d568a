//! Keeps tokens in memory from other programs of the same person, as far as the system lets us, and
//! makes room for those that ask.

/// No core dump, and no reading or tracing by other processes of the same person.
#[cfg(target_os = "linux")]
pub fn apply() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};

    const HANDLES: u64 = 10_240;

    let nothing = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    if let Err(error) = setrlimit(Resource::Core, nothing) {
        tracing::warn!(%error, "core dumps stay possible");
    }
    // A connection of a program takes two handles.
    let handles = getrlimit(Resource::Nofile);
    let wanted = Rlimit {
        current: handles
            .maximum
            .map_or(Some(HANDLES), |most| Some(most.min(HANDLES))),
        ..handles
    };
    if handles.current.is_some_and(|now| now < HANDLES)
        && let Err(error) = setrlimit(Resource::Nofile, wanted)
    {
        tracing::warn!(%error, "fewer programs can be served at once");
    }
    // The web view's processes are programs of their own, so this does not reach them.
    if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        tracing::warn!(%error, "the memory stays readable to other programs");
    }
}

#[cfg(not(target_os = "linux"))]
pub fn apply() {}
