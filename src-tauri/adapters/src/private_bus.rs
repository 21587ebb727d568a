//! A message bus of its own for each test.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use zbus::{Connection, connection::Builder, object_server::Interface};

/// Ends with the test.
pub(crate) struct PrivateBus {
    pub address: String,
    daemon: Child,
    _folder: tempfile::TempDir,
}

impl PrivateBus {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("bus.conf");
        let configuration = format!(
            r#"<busconfig>
                 <type>session</type>
                 <listen>unix:path={}/bus</listen>
                 <policy context="default">
                   <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
                 </policy>
               </busconfig>"#,
            folder.path().display()
        );
        fs::write(&file, configuration).expect("written");
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", file.display()))
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is needed (Debian: dbus)");
        let mut address = String::new();
        let stdout = daemon.stdout.take().expect("piped");
        BufReader::new(stdout)
            .read_line(&mut address)
            .expect("an address");
        Self {
            address: address.trim().to_owned(),
            daemon,
            _folder: folder,
        }
    }

    /// Serves one object under a name, until the connection is dropped.
    pub async fn serve(&self, name: &str, path: &str, object: impl Interface) -> Connection {
        let builder = Builder::address(self.address.as_str()).expect("an address");
        let builder = builder
            .name(name)
            .expect("a name")
            .serve_at(path, object)
            .expect("a path");
        builder.build().await.expect("on the bus")
    }
}

impl Drop for PrivateBus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
