//! The vault's errors by what a person can do about them.

use evergrant_domain::{Code, Fault};
use keyring_core::Error;
use zeroize::Zeroize;

use super::store;

/// Sorts an error of the vault's library. Bytes that came with it are wiped.
pub(super) fn fault(error: Error) -> Fault {
    match error {
        Error::NoEntry => Code::VaultItemMissing.into(),
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            Code::VaultItemDamaged.into()
        }
        Error::Ambiguous(_) => Fault::with_detail(Code::VaultItemDamaged, "several items for one account"),
        Error::TooLong(what, most) => {
            Fault::with_detail(Code::VaultTooSmall, &format!("{what}: at most {most}"))
        }
        Error::NoDefaultStore => Code::VaultAbsent.into(),
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => {
            Fault::with_detail(store::code(cause.as_ref()), &cause.to_string())
        }
        other => Fault::with_detail(Code::VaultFailed, &other.to_string()),
    }
}
