//! Keeps tokens in memory from other programs of the same person, as far as the system lets us.

/// No core dump, and no reading or tracing by other processes of the same person.
#[cfg(target_os = "linux")]
pub fn apply() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

    let nothing = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    if let Err(error) = setrlimit(Resource::Core, nothing) {
        tracing::warn!(%error, "core dumps stay possible");
    }
    // The web view's processes are programs of their own, so this does not reach them.
    if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        tracing::warn!(%error, "the memory stays readable to other programs");
    }
}

#[cfg(not(target_os = "linux"))]
pub fn apply() {}
