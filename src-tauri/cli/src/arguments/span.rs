//! Spans of time as people type them.

/// Seconds from `300`, `300s`, `5m`, `2h` or `1d`.
pub fn seconds(text: &str) -> Result<u32, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit: Option<u32> = match &text[digits.len()..] {
        "" | "s" => Some(1),
        "m" => Some(60),
        "h" => Some(3600),
        "d" => Some(86_400),
        _ => None,
    };
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let count = digits.parse::<u32>().ok().filter(|_| plain);
    count
        .zip(unit)
        .and_then(|(count, unit)| count.checked_mul(unit))
        .ok_or_else(|| "not a span of time; write 300, 300s, 5m, 2h or 1d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_is_understood() {
        for (text, expected) in [
            ("300", 300),
            ("300s", 300),
            ("5m", 300),
            ("1h", 3600),
            ("2d", 172_800),
            ("0", 0),
        ] {
            assert_eq!(seconds(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "m",
            "5 m",
            "-5m",
            "+5",
            "5x",
            "5M",
            "1h30m",
            "1.5h",
            "99999999999",
            "4294967295h",
            "５m",
        ] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
