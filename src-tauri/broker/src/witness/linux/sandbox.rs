//! Which sandbox a process runs in, by the sandbox's own file or label.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{
    cgroup,
    process::{Process, read_some, regular},
};
use crate::witness::Unseen;

/// Bytes of `.flatpak-info` read at most.
const INFO_MOST: usize = 64 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sandbox {
    /// In none, or in one that hides nothing from us.
    Free,
    Flatpak(String),
    Snap(String),
}

/// The worlds a process lives in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Namespaces {
    user: PathBuf,
    pid: PathBuf,
    mount: PathBuf,
}

impl Namespaces {
    /// # Errors
    /// The process is closed to this one.
    pub(super) fn of(process: &Process) -> io::Result<Self> {
        Ok(Self {
            user: process.link("ns/user")?,
            pid: process.link("ns/pid")?,
            mount: process.link("ns/mnt")?,
        })
    }
}

/// # Errors
/// It is shut away by something that does not say its name.
pub(super) fn of(process: &Process, theirs: &Namespaces, ours: &Namespaces) -> Result<Sandbox, Unseen> {
    let own_mounts = theirs.mount != ours.mount;
    // Another set of mounts alone is also what systemd gives a unit with a private /tmp.
    let shut_away = theirs.user != ours.user || theirs.pid != ours.pid;
    if own_mounts || shut_away {
        // The sandbox puts this file there, and what runs in it cannot write it.
        match process.file("root/.flatpak-info").and_then(regular) {
            Ok((file, _)) => {
                let info = read_some(file, INFO_MOST).map_err(|_| Unseen::UnknownSandbox)?;
                return flatpak_id(&info)
                    .map(Sandbox::Flatpak)
                    .ok_or(Unseen::UnknownSandbox);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(_) => return Err(Unseen::UnknownSandbox),
        }
    }
    if let Some(name) = snap(process) {
        return Ok(Sandbox::Snap(name));
    }
    if shut_away {
        Err(Unseen::UnknownSandbox)
    } else {
        Ok(Sandbox::Free)
    }
}

/// `name` in the group `[Application]`.
pub(super) fn flatpak_id(info: &[u8]) -> Option<String> {
    let info = std::str::from_utf8(info).ok()?;
    let mut in_group = false;
    for line in info.lines().map(str::trim) {
        if line.starts_with('[') {
            in_group = line == "[Application]";
        } else if in_group
            && let Some((key, value)) = line.split_once('=')
            && key.trim_end() == "name"
        {
            return Some(value.trim_start().to_owned()).filter(|id| is_flatpak_id(id));
        }
    }
    None
}

fn is_flatpak_id(id: &str) -> bool {
    id.len() <= 255
        && id.split('.').count() >= 2
        && id.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        })
}

/// By the label that `AppArmor` gave it; without one by the name of its scope, if what runs is also
/// a file of that snap.
fn snap(process: &Process) -> Option<String> {
    let label = process.read("attr/current", 4096).unwrap_or_default();
    if let Some(name) = snap_of_label(&label) {
        return Some(name);
    }
    let groups = process.read("cgroup", cgroup::MOST).ok()?;
    let name = cgroup::unit(&groups).and_then(|unit| snap_of_unit(&unit))?;
    let executable = process.link("exe").ok()?;
    ["/snap", "/var/lib/snapd/snap"]
        .iter()
        .any(|store| executable.starts_with(Path::new(store).join(&name)))
        .then_some(name)
}

/// Such as `snap.thunderbird.thunderbird (enforce)`.
pub(super) fn snap_of_label(label: &[u8]) -> Option<String> {
    let label = std::str::from_utf8(label).ok()?;
    let profile = label.trim_end_matches(['\n', '\0']).split(' ').next()?;
    snap_name(profile.strip_prefix("snap.")?)
}

/// Such as `snap.thunderbird.thunderbird-0ba1….scope`.
fn snap_of_unit(unit: &str) -> Option<String> {
    snap_name(unit.strip_prefix("snap.")?)
}

fn snap_name(rest: &str) -> Option<String> {
    let (name, app) = rest.split_once('.')?;
    let fits = !app.is_empty()
        && (1..=80).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    fits.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_stands_in_its_own_group_only() {
        let info = b"[Instance]\nname=org.other.App\n\n[Application]\nruntime=x\nname=org.gnome.Evolution\n";
        assert_eq!(flatpak_id(info).as_deref(), Some("org.gnome.Evolution"));
        assert_eq!(flatpak_id(b"[Runtime]\nname=org.gnome.Sdk\n"), None);
        assert_eq!(flatpak_id(b"name=org.gnome.Evolution\n"), None);
        assert_eq!(flatpak_id(b"[Application]\nname=\n"), None);
        assert_eq!(flatpak_id(b"[Application]\nname=a b.c\n"), None);
        assert_eq!(flatpak_id(b"[Application]\nname=one\n"), None);
        assert_eq!(flatpak_id(b"\xff"), None);
    }

    #[test]
    fn a_snap_is_told_by_its_label() {
        let of = |label: &str| snap_of_label(label.as_bytes());
        assert_eq!(
            of("snap.thunderbird.hook (enforce)\n").as_deref(),
            Some("thunderbird")
        );
        assert_eq!(of("snap.a_instance.app").as_deref(), Some("a_instance"));
        for label in [
            "unconfined\n",
            "snap.",
            "snap.x",
            "snap..app",
            "snap.X.app",
            "/usr/bin/snap.x.y",
            "",
        ] {
            assert_eq!(of(label), None, "{label}");
        }
        assert_eq!(
            snap_of_unit("snap.hello.hello-1234.scope").as_deref(),
            Some("hello")
        );
    }
}
