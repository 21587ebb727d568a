//! One process under `/proc`, held by its directory: once it is dead every read fails, also after its
//! number was given to another.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, Read},
    os::{
        fd::{AsFd, OwnedFd},
        unix::ffi::OsStringExt,
    },
    path::{Path, PathBuf},
};

use rustix::fs::{AtFlags, CWD, Mode, OFlags, fstat, open, openat, readlinkat, statat};

use super::{file::Stamp, stat::Stat};

/// A line of `stat`; the kernel writes some 400 bytes at most.
const STAT_MOST: usize = 2048;

#[derive(Debug)]
pub(super) struct Process {
    pub(super) pid: u32,
    dir: OwnedFd,
}

impl Process {
    /// # Errors
    /// There is none with this number.
    pub(super) fn open(proc: &Path, pid: u32) -> io::Result<Self> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let dir = open(proc.join(pid.to_string()), flags, Mode::empty())?;
        Ok(Self { pid, dir })
    }

    /// The first bytes of one of its files, at most so many.
    pub(super) fn read(&self, name: &str, most: usize) -> io::Result<Vec<u8>> {
        read_some(File::from(self.file(name)?), most)
    }

    /// The same of a file that the kernel writes in one piece: what comes short was all.
    pub(super) fn read_whole(&self, name: &str, most: usize) -> io::Result<Vec<u8>> {
        let file = self.file(name)?;
        let mut bytes = vec![0; most.min(4096)];
        let mut filled = 0;
        loop {
            match rustix::io::read(&file, &mut bytes[filled..]) {
                Ok(read) => filled += read,
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            if filled < bytes.len() || filled == most {
                bytes.truncate(filled);
                return Ok(bytes);
            }
            bytes.resize(most, 0);
        }
    }

    /// Opens a file of this name, which waits for nothing whatever the name stands for.
    pub(super) fn file(&self, name: &str) -> io::Result<OwnedFd> {
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        Ok(openat(&self.dir, name, flags, Mode::empty())?)
    }

    /// Where one of its links leads.
    pub(super) fn link(&self, name: &str) -> io::Result<PathBuf> {
        let target = readlinkat(&self.dir, name, Vec::with_capacity(256))?;
        Ok(PathBuf::from(OsString::from_vec(target.into_bytes())))
    }

    /// What stands behind one of its links.
    pub(super) fn stamp(&self, name: &str) -> io::Result<Stamp> {
        Ok(Stamp::of(&statat(&self.dir, name, AtFlags::empty())?))
    }

    /// A path as the process itself sees it.
    pub(super) fn own_view(&self, path: &Path) -> io::Result<Stamp> {
        let inside = Path::new("root").join(path.strip_prefix("/").unwrap_or(path));
        Ok(Stamp::of(&statat(&self.dir, inside, AtFlags::empty())?))
    }

    /// Whose it is; root's, where it is closed to its own person.
    pub(super) fn owner(&self) -> io::Result<u32> {
        Ok(fstat(&self.dir)?.st_uid)
    }

    pub(super) fn stat(&self) -> io::Result<Stat> {
        Stat::parse(&self.read_whole("stat", STAT_MOST)?).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

/// The first bytes of a file, at most so many.
pub(in crate::witness) fn read_some(file: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(most.min(2048));
    file.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a regular file for reading without ever waiting: not for the writer of a pipe, not for a device.
pub(in crate::witness) fn open_regular(path: &Path) -> io::Result<(File, Stamp)> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = openat(CWD, path, flags, Mode::empty())?;
    regular(file)
}

/// The same of what is open already.
pub(super) fn regular(file: OwnedFd) -> io::Result<(File, Stamp)> {
    let stamp = Stamp::of(&fstat(file.as_fd())?);
    if !stamp.regular {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok((File::from(file), stamp))
}
