//! The agent as it is shipped, at rest.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::figure::{Figure, Target};
use crate::{Outcome, place};

/// How long it may take to open its door.
const OPENING: Duration = Duration::from_secs(20);
/// How long its memory is left to settle.
const REST: Duration = Duration::from_secs(3);
/// Megabytes.
const MOST: f64 = 12.0;

/// The memory of `evergrant-agent` with its own profile, no account, and nobody who asks.
pub fn resting() -> Outcome<Vec<Figure>> {
    let home = tempfile::tempdir()?;
    let runtime = home.path().join("run");
    fs::create_dir(&runtime)?;
    fs::set_permissions(&runtime, Permissions::from_mode(0o700))?;
    let mut agent = start(home.path(), &runtime)?;
    let looked = look(&mut agent, &runtime);
    let _ = agent.kill();
    let _ = agent.wait();
    let bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    let server = if bus {
        "evergrant-agent, with a session bus"
    } else {
        "evergrant-agent, without a session bus"
    };
    Ok(vec![
        Figure::new("memory of the agent alone, at rest", looked?, "MB", server).target(Target::Most(MOST)),
    ])
}

fn start(home: &Path, runtime: &Path) -> Outcome<Child> {
    let mut command = Command::new(std::env::current_exe()?.with_file_name("evergrant-agent"));
    for place in [
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
    ] {
        command.env(place, home.join(place.to_lowercase()));
    }
    command.env("HOME", home).env("XDG_RUNTIME_DIR", runtime);
    command.env_remove("EVERGRANT_SOCKET");
    Ok(command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?)
}

fn look(agent: &mut Child, runtime: &Path) -> Outcome<f64> {
    let door = runtime.join("evergrant").join("broker.sock");
    let began = Instant::now();
    while !door.exists() {
        if let Some(ended) = agent.try_wait()? {
            return Err(format!("evergrant-agent: {ended}").into());
        }
        if began.elapsed() > OPENING {
            return Err("evergrant-agent does not open its door".into());
        }
        sleep(Duration::from_millis(50));
    }
    sleep(REST);
    Ok(place::memory(agent.id())?)
}
