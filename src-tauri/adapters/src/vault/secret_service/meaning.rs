//! What an error of the Secret Service, or of its bus, means for a person.

use std::io;

use evergrant_domain::Code;
use keyring_core::Error;
use secret_service::Error as Service;
use zbus::fdo::Error as Standard;

/// What the service's own errors do not say.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
struct Obstacle {
    code: Code,
    why: String,
}

pub(super) fn obstacle(code: Code, why: &str) -> Error {
    let why = why.to_owned();
    Error::PlatformFailure(Box::new(Obstacle { code, why }))
}

/// Sorts what the service or the bus answered.
pub(in crate::vault) fn code(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Code {
    if let Some(obstacle) = cause.downcast_ref::<Obstacle>() {
        return obstacle.code;
    }
    match cause.downcast_ref::<Service>() {
        Some(Service::Unavailable) => Code::VaultAbsent,
        Some(Service::NoResult) => Code::VaultEmpty,
        Some(Service::Prompt) => Code::VaultDismissed,
        // Hung up on: nobody answered the question.
        Some(Service::Locked | Service::PromptDisconnected) => Code::VaultLocked,
        Some(Service::Zbus(error)) => bus_code(error),
        Some(Service::ZbusFdo(error)) => standard_code(error),
        _ => Code::VaultFailed,
    }
}

fn bus_code(error: &zbus::Error) -> Code {
    match error {
        zbus::Error::FDO(error) => standard_code(error),
        zbus::Error::MethodError(name, ..) => named_code(name.as_str()),
        // The service did not answer; the bus did not go away.
        zbus::Error::InputOutput(error) if error.kind() == io::ErrorKind::TimedOut => Code::VaultFailed,
        zbus::Error::Address(_)
        | zbus::Error::Connection(..)
        | zbus::Error::Handshake(_)
        | zbus::Error::InputOutput(_) => Code::VaultUnreachable,
        zbus::Error::ExcessData => Code::VaultTooSmall,
        _ => Code::VaultFailed,
    }
}

/// Source: D-Bus Specification, "Error names"; libdbus, `dbus-protocol.h`, which says of `TimedOut`:
/// "certain timeout errors, e.g. while starting a service".
fn standard_code(error: &Standard) -> Code {
    match error {
        Standard::ZBus(error) => bus_code(error),
        Standard::Disconnected(_) | Standard::NoServer(_) => Code::VaultUnreachable,
        Standard::ServiceUnknown(_)
        | Standard::NameHasNoOwner(_)
        | Standard::TimedOut(_)
        | Standard::SpawnExecFailed(_)
        | Standard::SpawnForkFailed(_)
        | Standard::SpawnChildExited(_)
        | Standard::SpawnChildSignaled(_)
        | Standard::SpawnFailed(_)
        | Standard::SpawnFailedToSetup(_)
        | Standard::SpawnConfigInvalid(_)
        | Standard::SpawnServiceNotValid(_)
        | Standard::SpawnServiceNotFound(_)
        | Standard::SpawnPermissionsInvalid(_)
        | Standard::SpawnFileInvalid(_)
        | Standard::SpawnNoMemory(_) => Code::VaultAbsent,
        Standard::AccessDenied(_)
        | Standard::AuthFailed(_)
        | Standard::InteractiveAuthorizationRequired(_) => Code::VaultDenied,
        Standard::LimitsExceeded(_) => Code::VaultTooSmall,
        _ => Code::VaultFailed,
    }
}

/// Source: Secret Service API 0.2, "Errors". A service that systemd may not or cannot start is
/// refused in systemd's own words.
fn named_code(name: &str) -> Code {
    match name {
        "org.freedesktop.Secret.Error.IsLocked" => Code::VaultLocked,
        "org.freedesktop.Secret.Error.NoSuchObject" => Code::VaultItemMissing,
        "org.freedesktop.DBus.Error.Disconnected" | "org.freedesktop.DBus.Error.NoServer" => {
            Code::VaultUnreachable
        }
        "org.freedesktop.DBus.Error.ServiceUnknown"
        | "org.freedesktop.DBus.Error.NameHasNoOwner"
        | "org.freedesktop.DBus.Error.TimedOut" => Code::VaultAbsent,
        "org.freedesktop.DBus.Error.AccessDenied"
        | "org.freedesktop.DBus.Error.AuthFailed"
        | "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired" => Code::VaultDenied,
        "org.freedesktop.DBus.Error.LimitsExceeded" => Code::VaultTooSmall,
        starting
            if starting.starts_with("org.freedesktop.DBus.Error.Spawn.")
                || starting.starts_with("org.freedesktop.systemd1.") =>
        {
            Code::VaultAbsent
        }
        _ => Code::VaultFailed,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn io(kind: io::ErrorKind) -> Service {
        Service::Zbus(zbus::Error::InputOutput(Arc::new(kind.into())))
    }

    #[test]
    fn the_service_s_answers_are_told_apart() {
        let text = String::new;
        let cases = [
            (Service::Unavailable, Code::VaultAbsent),
            (Service::NoResult, Code::VaultEmpty),
            (Service::Prompt, Code::VaultDismissed),
            (Service::Locked, Code::VaultLocked),
            (Service::PromptDisconnected, Code::VaultLocked),
            (io(io::ErrorKind::BrokenPipe), Code::VaultUnreachable),
            (io(io::ErrorKind::TimedOut), Code::VaultFailed),
            (
                Service::ZbusFdo(Standard::ServiceUnknown(text())),
                Code::VaultAbsent,
            ),
            (
                Service::ZbusFdo(Standard::SpawnChildExited(text())),
                Code::VaultAbsent,
            ),
            (Service::ZbusFdo(Standard::NoReply(text())), Code::VaultFailed),
            (
                Service::ZbusFdo(Standard::AccessDenied(text())),
                Code::VaultDenied,
            ),
            (
                Service::Zbus(zbus::Error::FDO(Box::new(Standard::LimitsExceeded(text())))),
                Code::VaultTooSmall,
            ),
        ];
        for (answer, expected) in cases {
            assert_eq!(code(&answer), expected, "{answer}");
        }
    }

    #[test]
    fn errors_are_known_by_their_names() {
        for (name, expected) in [
            ("Secret.Error.IsLocked", Code::VaultLocked),
            ("Secret.Error.NoSuchObject", Code::VaultItemMissing),
            ("Secret.Error.NoSession", Code::VaultFailed),
            ("DBus.Error.AccessDenied", Code::VaultDenied),
            ("DBus.Error.LimitsExceeded", Code::VaultTooSmall),
            ("DBus.Error.Spawn.ExecFailed", Code::VaultAbsent),
            ("DBus.Error.TimedOut", Code::VaultAbsent),
            ("DBus.Error.NoReply", Code::VaultFailed),
            ("DBus.Error.Disconnected", Code::VaultUnreachable),
            ("systemd1.NoSuchUnit", Code::VaultAbsent),
        ] {
            assert_eq!(named_code(&format!("org.freedesktop.{name}")), expected, "{name}");
        }
    }
}
