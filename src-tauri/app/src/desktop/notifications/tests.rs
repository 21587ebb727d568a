//! On a bus of its own, with a server that notes what it is told.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;
use zbus::{Connection, connection::Builder};

use super::*;

const PATH: &str = "/org/freedesktop/Notifications";
const NAME: &str = "org.freedesktop.Notifications";
const LONG: Duration = Duration::from_secs(20);

/// A message bus that ends with the test.
struct Bus {
    address: String,
    daemon: Child,
    _folder: tempfile::TempDir,
}

impl Bus {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("bus.conf");
        let socket = folder.path().join("bus");
        let configuration = format!(
            r#"<busconfig><type>session</type><listen>unix:path={}</listen><policy context="default">
               <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
               </policy></busconfig>"#,
            socket.display()
        );
        std::fs::write(&file, configuration).expect("written");
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", file.display()))
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is needed (Debian: dbus)");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().expect("piped"))
            .read_line(&mut address)
            .expect("an address");
        Self {
            address: address.trim().to_owned(),
            daemon,
            _folder: folder,
        }
    }

    async fn connect(address: String) -> zbus::Result<Connection> {
        Builder::address(address.as_str())?.build().await
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// What was shown, as the server got it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    number: u32,
    replaces: u32,
    title: String,
    text: String,
    actions: Vec<String>,
    silent: bool,
}

#[derive(Clone, Default)]
struct Wall(Arc<Mutex<(Vec<Shown>, Vec<u32>)>>);

impl Wall {
    fn shown(&self) -> Vec<Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    fn closed(&self) -> Vec<u32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }
}

struct FakeServer {
    wall: Wall,
    capabilities: Vec<&'static str>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl FakeServer {
    fn get_capabilities(&self) -> Vec<String> {
        self.capabilities.iter().map(|name| (*name).to_owned()).collect()
    }

    #[expect(
        clippy::too_many_arguments,
        clippy::needless_pass_by_value,
        reason = "the specification has them so, and the bus hands them over"
    )]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        expire_timeout: i32,
    ) -> u32 {
        assert_eq!(
            (app_name, app_icon, expire_timeout),
            ("Evergrant", "evergrant-desktop", -1)
        );
        let mut wall = self.wall.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = u32::try_from(wall.0.len()).expect("few") + 100;
        let number = if replaces_id == 0 { next } else { replaces_id };
        wall.0.push(Shown {
            number,
            replaces: replaces_id,
            title: summary.to_owned(),
            text: body.to_owned(),
            actions,
            silent: hints.contains_key("suppress-sound"),
        });
        number
    }

    async fn close_notification(&self, id: u32, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) {
        self.wall
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .1
            .push(id);
        let _ = Self::notification_closed(&emitter, id, 3).await;
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action_key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

/// Notifications on a desktop with such a server.
struct Desk {
    notifications: Notifications,
    wall: Wall,
    pressed: UnboundedReceiver<About>,
    plain: UnboundedReceiver<Notification>,
    server: Option<Connection>,
    task: JoinHandle<()>,
    _bus: Bus,
}

impl Desk {
    async fn with(capabilities: Option<&[&'static str]>) -> Self {
        let bus = Bus::start();
        let wall = Wall::default();
        let server = match capabilities {
            Some(capabilities) => {
                let object = FakeServer {
                    wall: wall.clone(),
                    capabilities: capabilities.to_vec(),
                };
                let builder = Builder::address(bus.address.as_str()).expect("an address");
                let builder = builder
                    .name(NAME)
                    .expect("a name")
                    .serve_at(PATH, object)
                    .expect("a path");
                Some(builder.build().await.expect("on the bus"))
            }
            None => None,
        };
        let (press, pressed) = unbounded_channel();
        let (plainly, plain) = unbounded_channel();
        let connecting = Bus::connect(bus.address.clone());
        let (notifications, task) = open(connecting, press, move |notification| {
            let _ = plainly.send(notification);
        });
        Self {
            notifications,
            wall,
            pressed,
            plain,
            server,
            task: tokio::spawn(task),
            _bus: bus,
        }
    }

    /// Waits until the server has been told so often.
    async fn shown(&self, count: usize) -> Vec<Shown> {
        eventually(|| Some(self.wall.shown()).filter(|shown| shown.len() == count)).await
    }

    async fn closed(&self, count: usize) -> Vec<u32> {
        eventually(|| Some(self.wall.closed()).filter(|closed| closed.len() == count)).await
    }

    async fn emitter(&self) -> SignalEmitter<'static> {
        let server = self.server.as_ref().expect("a server");
        let object = server
            .object_server()
            .interface::<_, FakeServer>(PATH)
            .await
            .expect("served");
        object.signal_emitter().to_owned()
    }

    async fn press(&self, number: u32, action: &str) {
        let emitter = self.emitter().await;
        FakeServer::action_invoked(&emitter, number, action)
            .await
            .expect("sent");
    }

    async fn dismiss(&self, number: u32) {
        let emitter = self.emitter().await;
        FakeServer::notification_closed(&emitter, number, 2)
            .await
            .expect("sent");
    }

    async fn next_press(&mut self) -> Option<About> {
        tokio::time::timeout(LONG, self.pressed.recv())
            .await
            .expect("in time")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn eventually<T>(look: impl Fn() -> Option<T>) -> T {
    tokio::time::timeout(LONG, async {
        loop {
            if let Some(found) = look() {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("in time")
}

fn about(number: u32, text: &str) -> Notification {
    Notification {
        about: About::Accounts(number),
        title: "An account needs you".to_owned(),
        text: text.to_owned(),
        button: "Reconnect".to_owned(),
        news: true,
    }
}

const ABLE: &[&str] = &["body", "actions"];

#[tokio::test]
async fn a_notification_has_one_button_and_pressing_it_says_which() {
    let mut desk = Desk::with(Some(ABLE)).await;
    desk.notifications.show(about(1, "alice"));
    desk.notifications.show(about(2, "bob"));
    let shown = desk.shown(2).await;
    assert_eq!(shown[0].actions, ["default", "Reconnect", "open", "Reconnect"]);
    assert_eq!(
        (shown[0].title.as_str(), shown[0].text.as_str()),
        ("An account needs you", "alice")
    );
    assert!(!shown[0].silent);
    desk.press(shown[1].number, "open").await;
    assert_eq!(desk.next_press().await, Some(About::Accounts(2)));
    desk.press(7, "open").await;
    desk.press(shown[0].number, "default").await;
    assert_eq!(
        desk.next_press().await,
        Some(About::Accounts(1)),
        "another program's says nothing here"
    );
    assert_eq!(
        desk.closed(2).await,
        [shown[1].number, shown[0].number],
        "what was pressed goes"
    );
}

#[tokio::test]
async fn a_newer_one_takes_the_place_and_a_mended_one_goes() {
    let desk = Desk::with(Some(ABLE)).await;
    desk.notifications.show(about(1, "alice"));
    desk.notifications.show(about(1, "alice, and why"));
    let shown = desk.shown(2).await;
    assert_eq!((shown[0].replaces, shown[1].replaces), (0, shown[0].number));
    desk.notifications.withdraw(About::Accounts(9));
    desk.notifications.withdraw(About::Accounts(1));
    assert_eq!(desk.closed(1).await, [shown[0].number]);
    desk.notifications.show(about(1, "alice again"));
    assert_eq!(
        desk.shown(3).await[2].replaces,
        0,
        "what is gone cannot be replaced"
    );
}

#[tokio::test]
async fn what_was_dismissed_is_not_corrected_back_onto_the_screen() {
    let desk = Desk::with(Some(ABLE)).await;
    let correction = |text| Notification {
        news: false,
        ..about(1, text)
    };
    desk.notifications.show(about(1, "three accounts"));
    let number = desk.shown(1).await[0].number;
    desk.notifications.show(correction("two accounts"));
    let shown = desk.shown(2).await;
    assert_eq!((shown[1].replaces, shown[1].silent), (number, true));
    desk.dismiss(number).await;
    // Heard once this comes after it.
    desk.press(number, "open").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    desk.notifications.show(correction("one account"));
    desk.notifications.show(about(2, "bob"));
    let texts: Vec<String> = desk.shown(3).await.into_iter().map(|shown| shown.text).collect();
    assert_eq!(texts, ["three accounts", "two accounts", "bob"]);
}

#[tokio::test]
async fn a_server_without_buttons_gets_none_and_markup_is_not_read() {
    let desk = Desk::with(Some(&["body", "body-markup"])).await;
    desk.notifications.show(about(1, "<b>alice</b> & co"));
    let shown = desk.shown(1).await;
    assert_eq!(shown[0].actions, [] as [String; 0]);
    assert_eq!(shown[0].text, "&lt;b&gt;alice&lt;/b&gt; &amp; co");
}

#[tokio::test]
async fn without_a_server_it_goes_the_plain_way() {
    let mut desk = Desk::with(None).await;
    desk.notifications.show(about(1, "alice"));
    let plain = tokio::time::timeout(LONG, desk.plain.recv())
        .await
        .expect("in time");
    assert_eq!(plain, Some(about(1, "alice")));
}

#[tokio::test]
async fn without_a_bus_it_goes_the_plain_way_and_corrections_nowhere() {
    let (press, _pressed) = unbounded_channel();
    let (plainly, mut plain) = unbounded_channel();
    let nowhere = Bus::connect("unix:path=/nonexistent/bus".to_owned());
    let (notifications, task) = open(nowhere, press, move |notification| {
        let _ = plainly.send(notification);
    });
    let task = tokio::spawn(task);
    notifications.show(Notification {
        news: false,
        ..about(1, "fewer")
    });
    notifications.show(about(1, "alice"));
    let first = tokio::time::timeout(LONG, plain.recv()).await.expect("in time");
    assert_eq!(first, Some(about(1, "alice")));
    task.abort();
}

#[tokio::test]
async fn at_the_end_nothing_stays_that_leads_nowhere() {
    let desk = Desk::with(Some(ABLE)).await;
    desk.notifications.show(about(1, "alice"));
    desk.notifications.show(about(2, "bob"));
    let numbers: Vec<u32> = desk.shown(2).await.iter().map(|shown| shown.number).collect();
    desk.notifications.withdraw_all();
    assert_eq!(desk.closed(2).await, numbers);
}
