//! A desktop session of its own for each test: home, message bus, keyring.
//!
//! Where the bus is found is told by the environment, which belongs to a whole process; so each test
//! runs itself once more, in a process of its own.
#![allow(dead_code)] // Each test program uses a part.

pub mod impostor;
pub mod item;
pub mod prompter;

use std::{
    env, fs,
    future::Future,
    io::{BufRead, BufReader, Read, Write},
    os::unix::{fs::PermissionsExt, net::UnixStream, process::CommandExt},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use secret_service::{EncryptionType, blocking::SecretService};
use zbus::{
    blocking::{Connection, Proxy},
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

/// What the session's bus offers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bus {
    /// There is none at all.
    None,
    /// The address leads nowhere.
    Gone,
    /// It starts no services: no vault unless a test starts one, and nobody to ask for a password.
    Bare,
    /// Whoever should ask for the password never does.
    SilentPrompter,
    /// The program that should be the vault ends as soon as it is started.
    Failing,
    /// It lets nobody speak to the vault.
    Denying,
    /// It carries no message over 32 KiB.
    Narrow,
}

const INSIDE: &str = "EVERGRANT_TEST_SESSION";
const LONGEST: Duration = Duration::from_secs(100);

/// Runs the test `name` in a session of its own.
pub fn run(name: &str, bus: Bus, body: impl Future<Output = ()>) {
    if env::var_os(INSIDE).is_some() {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build();
        runtime.expect("a runtime").block_on(body);
        return;
    }
    let home = tempfile::tempdir().expect("a folder");
    let (_bus, address) = start_bus(bus, home.path());
    let mut test = Command::new(env::current_exe().expect("this program"));
    test.args(["--exact", name, "--nocapture", "--test-threads=1"]);
    for gone in [
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "DBUS_SESSION_BUS_ADDRESS",
        "GNOME_KEYRING_CONTROL",
    ] {
        test.env_remove(gone);
    }
    for (variable, folder) in [
        ("HOME", "home"),
        ("XDG_RUNTIME_DIR", "run"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
    ] {
        let folder = home.path().join(folder);
        fs::create_dir(&folder).expect("made");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("narrowed");
        test.env(variable, folder);
    }
    if let Some(address) = address {
        test.env("DBUS_SESSION_BUS_ADDRESS", address);
    }
    test.env(INSIDE, "1").stdout(Stdio::piped()).process_group(0);
    let said = finish(test.spawn().expect("started"));
    assert!(said.contains("1 passed"), "inside the session:\n{said}");
}

fn finish(mut test: Child) -> String {
    let mut stdout = test.stdout.take().expect("piped");
    let reader = thread::spawn(move || {
        let mut said = String::new();
        let _ = stdout.read_to_string(&mut said);
        said
    });
    let until = Instant::now() + LONGEST;
    while test.try_wait().expect("asked").is_none() && Instant::now() < until {
        thread::sleep(Duration::from_millis(20));
    }
    // The group: a test that hangs or panics may leave its keyring behind.
    let group = format!("-{}", test.id());
    let _ = Command::new("kill")
        .args(["-KILL", "--", &group])
        .stderr(Stdio::null())
        .status();
    let _ = test.wait();
    reader.join().expect("read")
}

/// A program that ends with the test.
pub struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Self {
        let program = command.get_program().to_string_lossy().into_owned();
        let started = command.spawn();
        Self(started.unwrap_or_else(|error| {
            panic!("{program} is needed (Debian: dbus, gnome-keyring, libsecret-tools): {error}")
        }))
    }

    pub fn signal(&self, signal: &str) {
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status();
        assert!(sent.expect("kill").success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start_bus(bus: Bus, home: &Path) -> (Option<Running>, Option<String>) {
    match bus {
        Bus::None => return (None, None),
        Bus::Gone => return (None, Some(format!("unix:path={}/gone", home.display()))),
        _ => {}
    }
    let (running, address) = bus_at(&home.join("bus"), bus);
    (Some(running), Some(address))
}

/// Starts the bus to which this session's address leads.
pub fn start_missing_bus() -> Running {
    let address = env::var("DBUS_SESSION_BUS_ADDRESS").expect("an address");
    let socket = address.strip_prefix("unix:path=").expect("a path");
    bus_at(Path::new(socket), Bus::Bare).0
}

fn bus_at(socket: &Path, bus: Bus) -> (Running, String) {
    let home = socket.parent().expect("a folder");
    let services = home.join("services");
    fs::create_dir_all(&services).expect("made");
    if bus == Bus::SilentPrompter {
        let prompter = "[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/bin/sleep 600\n";
        fs::write(services.join("prompter.service"), prompter).expect("written");
    }
    if bus == Bus::Failing {
        let vault = "[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/false\n";
        fs::write(services.join("vault.service"), vault).expect("written");
    }
    let rule = match bus {
        Bus::Denying => r#"<deny send_destination="org.freedesktop.secrets"/>"#,
        _ => "",
    };
    let limit = match bus {
        Bus::Narrow => r#"<limit name="max_message_size">32768</limit>"#,
        _ => "",
    };
    let configuration = format!(
        r#"<busconfig>
             <type>session</type>
             <listen>unix:path={socket}</listen>
             <servicedir>{services}</servicedir>
             <policy context="default">
               <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>{rule}
             </policy>
             {limit}
           </busconfig>"#,
        socket = socket.display(),
        services = services.display(),
    );
    let file = home.join("bus.conf");
    fs::write(&file, configuration).expect("written");
    let mut daemon = Command::new("dbus-daemon");
    daemon.arg(format!("--config-file={}", file.display()));
    daemon.args(["--nofork", "--nopidfile", "--print-address=1"]);
    daemon.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = Running::start(&mut daemon);
    let mut address = String::new();
    let stdout = running.0.stdout.take().expect("piped");
    BufReader::new(stdout)
        .read_line(&mut address)
        .expect("an address");
    (running, address.trim().to_owned())
}

/// GNOME's keyring, unlocked with its password; it lives on this session's disk.
pub fn unlocked_keyring() -> Running {
    let mut daemon = keyring_command();
    let mut running = Running::start(daemon.arg("--unlock").stdin(Stdio::piped()));
    let mut stdin = running.0.stdin.take().expect("piped");
    stdin.write_all(b"password").expect("told");
    drop(stdin);
    await_keyring(|service| {
        let collection = service.get_default_collection()?;
        Ok(!collection.is_locked()?)
    });
    running
}

/// The same keyring as it is before anybody typed the password.
pub fn locked_keyring() -> Running {
    let running = Running::start(keyring_command().stdin(Stdio::null()));
    await_keyring(|service| service.get_all_collections().map(|_| true));
    running
}

/// Unlocks the running keyring as a person does in its own program.
pub fn unlock_running_keyring() {
    let bus = Connection::session().expect("a bus");
    let vault =
        |interface, path| Proxy::new(&bus, "org.freedesktop.secrets", path, interface).expect("the keyring");
    let path = "/org/freedesktop/secrets";
    let plain: (OwnedValue, OwnedObjectPath) = vault("org.freedesktop.Secret.Service", path)
        .call("OpenSession", &("plain", Value::from("")))
        .expect("a session");
    let collection: OwnedObjectPath = vault("org.freedesktop.Secret.Service", path)
        .call("ReadAlias", &("default",))
        .expect("a collection");
    let password = (plain.1, Vec::<u8>::new(), b"password".to_vec(), "text/plain");
    let () = vault("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", path)
        .call("UnlockWithMasterPassword", &(collection, password))
        .expect("unlocked");
}

/// Unlocks the running keyring as signing in does: over its control socket. It tells nobody.
pub fn sign_in_again() {
    let socket = Path::new(&env::var_os("XDG_RUNTIME_DIR").expect("set")).join("keyring/control");
    let mut control = UnixStream::connect(socket).expect("the keyring's control socket");
    // GNOME Keyring, `gkd-control-server.c`: one byte to be known by, then length, operation and text.
    let (password, unlock) = (b"password", 1_u32);
    let mut asked = vec![0_u8];
    asked.extend(
        u32::try_from(4 + 4 + 4 + password.len())
            .expect("short")
            .to_be_bytes(),
    );
    asked.extend(unlock.to_be_bytes());
    asked.extend(u32::try_from(password.len()).expect("short").to_be_bytes());
    asked.extend(password);
    control.write_all(&asked).expect("asked");
    let mut answer = [0; 8];
    control.read_exact(&mut answer).expect("answered");
    assert_eq!(answer, [0, 0, 0, 8, 0, 0, 0, 0], "unlocked");
}

/// Locks the running keyring as a person does in its own program.
pub fn lock_running_keyring() {
    let service = SecretService::connect(EncryptionType::Plain).expect("connected");
    let collection = service.get_default_collection().expect("there");
    collection.lock().expect("locked");
}

fn keyring_command() -> Command {
    let mut daemon = Command::new("gnome-keyring-daemon");
    daemon.args(["--foreground", "--components=secrets"]);
    daemon.stdout(Stdio::null()).stderr(Stdio::null());
    daemon
}

fn await_keyring(is_up: impl Fn(&SecretService) -> Result<bool, secret_service::Error>) {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let service = SecretService::connect(EncryptionType::Plain);
        if service.and_then(|service| is_up(&service)).unwrap_or(false) {
            return;
        }
        assert!(Instant::now() < until, "the keyring did not come up");
        thread::sleep(Duration::from_millis(30));
    }
}
