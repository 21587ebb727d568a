use std::fs;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};
use zbus::Connection;
use zbus::connection::Builder;

use super::Folders;
use crate::failure::Failure;

/// Longest wait for a part of the stage.
pub const LONGEST: Duration = Duration::from_secs(20);

/// A session bus that starts nothing by itself.
pub struct Bus {
    pub address: String,
    pub line: Connection,
    _daemon: Child,
}

impl Bus {
    pub async fn start(folders: &Folders) -> Result<Self, Failure> {
        let socket = folders.at("bus");
        let file = folders.at("bus.conf");
        fs::write(&file, configuration(&socket.display().to_string()))?;
        let daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", file.display()))
            .args(["--nofork", "--nopidfile", "--nosyslog"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folders.at("logs").join("bus.log"))?)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| Failure::stage("dbus-daemon (Debian: dbus)", error))?;
        let address = format!("unix:path={}", socket.display());
        let reached = async {
            loop {
                match Builder::address(address.as_str())?.build().await {
                    Ok(line) => return Ok(line),
                    Err(_) => sleep(Duration::from_millis(20)).await,
                }
            }
        };
        let line = timeout(LONGEST, reached)
            .await
            .map_err(|_| Failure::Stage("the message bus did not come up".to_owned()))?;
        Ok(Self {
            line: line.map_err(|error: zbus::Error| Failure::from(error))?,
            address,
            _daemon: daemon,
        })
    }
}

fn configuration(socket: &str) -> String {
    format!(
        r#"<busconfig>
             <type>session</type>
             <listen>unix:path={socket}</listen>
             <policy context="default">
               <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
             </policy>
           </busconfig>"#
    )
}
