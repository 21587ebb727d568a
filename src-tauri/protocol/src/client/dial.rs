//! Connecting, and making sure who answers.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::Path;

use rustix::io::Errno;
use rustix::process::geteuid;

use super::unreachable::Unreachable;

/// A connection to the broker at this path, made within two seconds.
pub(super) fn dial(socket: &Path) -> Result<UnixStream, Unreachable> {
    let me = geteuid().as_raw();
    is_my_folder(socket, me)?;
    let stream = connected(socket)?;
    is_me(&stream, me)?;
    Ok(stream)
}

/// In a folder of somebody else, the socket could be anybody's. One of the administrator's is as good as
/// one's own: the connection itself says who listens.
fn is_my_folder(socket: &Path, me: u32) -> Result<(), Unreachable> {
    let folder = socket.parent().ok_or(Unreachable::NoPlace)?;
    let owner = fs::metadata(folder).map_err(|error| missing(error.kind()))?.uid();
    (owner == me || owner == 0)
        .then_some(())
        .ok_or(Unreachable::Stranger)
}

fn missing(kind: ErrorKind) -> Unreachable {
    match kind {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Unreachable::NotRunning,
        _ => Unreachable::Stranger,
    }
}

#[cfg(target_os = "linux")]
fn connected(socket: &Path) -> Result<UnixStream, Unreachable> {
    use std::time::Duration;

    use rustix::net::sockopt::{Timeout, set_socket_timeout};
    use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType, connect, socket_with};

    /// A server whose queue is full makes others wait (unix(7)); the time to send bounds that too.
    const WITHIN: Duration = Duration::from_secs(2);

    let address = SocketAddrUnix::new(socket).map_err(|_| Unreachable::NoPlace)?;
    let fd = socket_with(
        AddressFamily::UNIX,
        SocketType::STREAM,
        SocketFlags::CLOEXEC,
        None,
    )
    .map_err(|_| Unreachable::Broken)?;
    set_socket_timeout(&fd, Timeout::Send, Some(WITHIN)).map_err(|_| Unreachable::Broken)?;
    connect(&fd, &address).map_err(refused)?;
    Ok(UnixStream::from(fd))
}

/// Where the queue is full, other systems refuse at once instead of waiting.
#[cfg(not(target_os = "linux"))]
fn connected(socket: &Path) -> Result<UnixStream, Unreachable> {
    UnixStream::connect(socket).map_err(|error| match error.kind() {
        ErrorKind::InvalidInput => Unreachable::NoPlace,
        _ => Errno::from_io_error(&error).map_or(Unreachable::Broken, refused),
    })
}

fn refused(error: Errno) -> Unreachable {
    match error {
        Errno::NOENT | Errno::CONNREFUSED | Errno::NOTDIR => Unreachable::NotRunning,
        Errno::ACCESS | Errno::PERM => Unreachable::Stranger,
        Errno::AGAIN | Errno::TIMEDOUT => Unreachable::Silent,
        _ => Unreachable::Broken,
    }
}

/// Whoever listens is this person, by the word of the kernel (`SO_PEERCRED`).
#[cfg(target_os = "linux")]
fn is_me(stream: &UnixStream, me: u32) -> Result<(), Unreachable> {
    let peer = rustix::net::sockopt::socket_peercred(stream).map_err(|_| Unreachable::Broken)?;
    (peer.uid.as_raw() == me)
        .then_some(())
        .ok_or(Unreachable::Stranger)
}

/// Here the folder's owner is all that is known.
#[cfg(not(target_os = "linux"))]
fn is_me(_stream: &UnixStream, _me: u32) -> Result<(), Unreachable> {
    Ok(())
}
