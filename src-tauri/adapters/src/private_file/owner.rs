//! Whose a file is. Elsewhere than on Unix the folder of a person's own data is closed to others by itself.

use std::{
    fs::{self, DirBuilder, File, Metadata, OpenOptions},
    io::ErrorKind,
    path::Path,
};

use super::Trouble;

/// Opens a file, not through a link, and made 0600 where it is made.
pub(super) fn open(options: &mut OpenOptions, path: &Path) -> Result<File, Trouble> {
    #[cfg(unix)]
    {
        use rustix::{fs::OFlags, io::Errno};
        use std::os::unix::fs::OpenOptionsExt;
        // Without waiting for the other end of a pipe.
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
        options
            .open(path)
            .map_err(|error| match Errno::from_io_error(&error) {
                Some(Errno::LOOP) => Trouble::NotAFile,
                _ => error.into(),
            })
    }
    #[cfg(not(unix))]
    Ok(options.open(path)?)
}

/// Makes the folder where there is none, closed to others.
pub(super) fn make_folder(folder: &Path) -> Result<(), Trouble> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

pub(super) fn folder(folder: &Path) -> Result<(), Trouble> {
    let found = fs::metadata(folder)?;
    if !found.is_dir() {
        return Err(Trouble::NotAFile);
    }
    closed(&found)
}

pub(super) fn file(file: &File) -> Result<(), Trouble> {
    let found = file.metadata()?;
    if !found.is_file() {
        return Err(Trouble::NotAFile);
    }
    closed(&found)
}

#[cfg(unix)]
fn closed(found: &Metadata) -> Result<(), Trouble> {
    use std::os::unix::fs::MetadataExt;
    const OPEN_TO_OTHERS: u32 = 0o077;

    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(Trouble::OfSomebodyElse);
    }
    if found.mode() & OPEN_TO_OTHERS != 0 {
        let mode = found.mode() & 0o777;
        return Err(Trouble::OpenToOthers { mode });
    }
    Ok(())
}

#[cfg(not(unix))]
fn closed(_found: &Metadata) -> Result<(), Trouble> {
    Ok(())
}
