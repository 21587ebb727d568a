//! Where the socket is.

use std::env;
use std::path::PathBuf;

/// Names another socket, for tests and for servers with a place of their own.
pub const OVERRIDE: &str = "EVERGRANT_SOCKET";

/// `$EVERGRANT_SOCKET`, else `$XDG_RUNTIME_DIR/evergrant/broker.sock`. `None` where the system gives a
/// person no runtime folder: a socket elsewhere could be taken by others first.
pub fn socket() -> Option<PathBuf> {
    let named = env::var_os(OVERRIDE).filter(|path| !path.is_empty());
    named.map(PathBuf::from).or_else(|| {
        let folder = env::var_os("XDG_RUNTIME_DIR").filter(|path| !path.is_empty())?;
        Some(PathBuf::from(folder).join("evergrant").join("broker.sock"))
    })
}
