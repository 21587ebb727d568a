//! What the kernel says of the other end of a connection.

/// The other end, as it was when it connected.
#[derive(Debug)]
pub struct Peer {
    /// The effective user id.
    #[cfg(unix)]
    pub uid: u32,
    /// 0: a process that is not visible from here.
    pub pid: u32,
    /// Names the process for good, also after its number was given to another. `None` before Linux 6.5
    /// and where there is no such thing: then the number is only a hint.
    #[cfg(unix)]
    pub pidfd: Option<std::os::fd::OwnedFd>,
    /// The audit token, which names the process and what it runs.
    #[cfg(target_os = "macos")]
    pub token: [u32; 8],
}

#[cfg(unix)]
mod unix {
    use std::{io, os::fd::AsFd};

    use nix::sys::socket::{getsockopt, sockopt};

    use super::Peer;

    impl Peer {
        /// Asks the kernel about the process that connected.
        ///
        /// There is no falling back to `pidfd_open`: between the connection and that call the number can
        /// already be another's, and nothing tells.
        ///
        /// # Errors
        /// This is no Unix socket, or there are no file handles left.
        #[cfg(target_os = "linux")]
        pub fn of(socket: &impl AsFd) -> io::Result<Self> {
            use nix::errno::Errno;

            let credentials = getsockopt(socket, sockopt::PeerCredentials)?;
            let pidfd = match getsockopt(socket, sockopt::PeerPidfd) {
                Ok(pidfd) => Some(pidfd),
                // An older kernel, or a process that is gone already.
                Err(Errno::ENOPROTOOPT | Errno::ESRCH | Errno::EINVAL | Errno::ENODATA) => None,
                Err(errno) => return Err(errno.into()),
            };
            Ok(Self {
                uid: credentials.uid(),
                pid: u32::try_from(credentials.pid()).unwrap_or(0),
                pidfd,
            })
        }

        /// Asks the kernel about the process that connected.
        ///
        /// # Errors
        /// This is no Unix socket.
        #[cfg(target_os = "macos")]
        pub fn of(socket: &impl AsFd) -> io::Result<Self> {
            Ok(Self {
                uid: getsockopt(socket, sockopt::LocalPeerCred)?.uid(),
                pid: u32::try_from(getsockopt(socket, sockopt::LocalPeerPid)?).unwrap_or(0),
                pidfd: None,
                token: getsockopt(socket, sockopt::LocalPeerToken)?.val,
            })
        }
    }
}
