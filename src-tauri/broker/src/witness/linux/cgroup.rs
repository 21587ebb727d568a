//! The systemd unit or scope in `/proc/PID/cgroup`.

/// Bytes read at most.
pub(super) const MOST: usize = 8 * 1024;
/// Bytes of a unit's name at most, as systemd has it.
const LONGEST: usize = 255;

/// The innermost service or scope.
pub(super) fn unit(text: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(text).ok()?;
    let path = text
        .lines()
        .find_map(|line| line.strip_prefix("0::"))
        .filter(|path| *path != "/")
        .or_else(|| {
            text.lines()
                .find_map(|line| line.split_once(":name=systemd:").map(|(_, path)| path))
        })?;
    let part = path.rsplit('/').find(|part| is_unit(part))?;
    // A leading line keeps names apart from the kernel's own.
    Some(unescaped(part.strip_prefix('_').unwrap_or(part)))
}

fn is_unit(part: &str) -> bool {
    part.len() <= LONGEST
        && [".service", ".scope"]
            .iter()
            .any(|kind| part.strip_suffix(kind).is_some_and(|name| !name.is_empty()))
}

/// Turns `\x2d` back into `-`; what is no printable letter stays as it is, and so does a slash: a unit is
/// to look like no path.
fn unescaped(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once("\\x") {
        text.push_str(before);
        let byte = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let readable = |byte: &u8| byte.is_ascii_graphic() && *byte != b'/';
        if let Some(byte) = byte.filter(readable) {
            text.push(char::from(byte));
            rest = &after[2..];
        } else {
            text.push_str("\\x");
            rest = after;
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_unit_is_named() {
        let text =
            b"0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-org.kde.konsole\\x2d12.scope\n";
        assert_eq!(unit(text).as_deref(), Some("app-org.kde.konsole-12.scope"));
        let inside = b"0::/user.slice/user@1000.service/app.slice/mail-sync.service/child\n";
        assert_eq!(unit(inside).as_deref(), Some("mail-sync.service"));
        let old = b"4:memory:/x\n1:name=systemd:/user.slice/session-2.scope\n0::/\n";
        assert_eq!(unit(old).as_deref(), Some("session-2.scope"));
    }

    #[test]
    fn no_unit_is_none() {
        for text in ["", "0::/\n", "0::/user.slice\n", "0::/.scope\n", "nonsense"] {
            assert_eq!(unit(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_unit_cannot_look_like_a_path() {
        let unit = unit(b"0::/app.slice/\\x2fusr\\x2Fbin\\x2dx.service\n");
        assert_eq!(unit.as_deref(), Some("\\x2fusr\\x2Fbin-x.service"));
    }

    #[test]
    fn escapes_end_well() {
        assert_eq!(unescaped("a\\x2db"), "a-b");
        for odd in ["a\\x", "a\\x2", "a\\xzz", "a\\x\u{e9}\u{e9}", "\\x0a"] {
            assert_eq!(unescaped(odd), odd);
        }
    }
}
