//! Which addresses may be called, by their text alone.

/// Encrypted, or on this computer; with no name, password or fragment in it. Of a normalized address.
pub fn may_be_called(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let place = match scheme {
        "https" => !host.is_empty(),
        "http" => matches!(host, "127.0.0.1" | "[::1]" | "localhost"),
        _ => false,
    };
    place && !authority.contains('@') && !address.contains('#')
}
