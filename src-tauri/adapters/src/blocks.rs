//! Named texts one after the other, as they stand inside an encrypted file:
//! `<name> <length in bytes>`, a line end, the bytes, a line end. A person who opened the file can read it.

use zeroize::Zeroizing;

/// Writes the blocks in their order. The room is taken at once: growing would leave copies behind that
/// nobody wipes.
pub(crate) fn write<'a>(blocks: impl Iterator<Item = (&'a str, &'a [u8])> + Clone) -> Zeroizing<Vec<u8>> {
    const DIGITS: usize = 20;
    let room = blocks
        .clone()
        .map(|(name, bytes)| name.len() + bytes.len() + DIGITS + 3)
        .sum();
    let mut text = Zeroizing::new(Vec::with_capacity(room));
    for (name, bytes) in blocks {
        text.extend_from_slice(format!("{name} {}\n", bytes.len()).as_bytes());
        text.extend_from_slice(bytes);
        text.push(b'\n');
    }
    text
}

/// Reads the blocks; `None` where anything is not as `write` writes it, or a name stands there twice.
pub(crate) fn read(mut text: &[u8]) -> Option<Vec<(&str, &[u8])>> {
    let mut blocks: Vec<(&str, &[u8])> = Vec::new();
    while !text.is_empty() {
        let end = text.iter().position(|byte| *byte == b'\n')?;
        let (name, digits) = str::from_utf8(&text[..end]).ok()?.split_once(' ')?;
        let length: usize = digits.parse().ok()?;
        let plain = length.to_string() == digits && !name.is_empty();
        let (bytes, rest) = text[end + 1..].split_at_checked(length)?;
        text = rest.strip_prefix(b"\n")?;
        if !plain || blocks.iter().any(|(other, _)| *other == name) {
            return None;
        }
        blocks.push((name, bytes));
    }
    Some(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: [(&str, &[u8]); 3] = [("a:1", b"one\ntwo 2\n"), ("b", b""), ("c", "grün".as_bytes())];

    #[test]
    fn blocks_come_back_as_they_were() {
        assert_eq!(read(&write(SAMPLE.into_iter())), Some(SAMPLE.to_vec()));
        assert_eq!(read(b""), Some(vec![]));
    }

    #[test]
    fn every_part_is_refused_but_the_one_that_ends_with_a_block() {
        let whole = write(SAMPLE.into_iter());
        let ends: Vec<usize> = (0..=SAMPLE.len())
            .map(|count| write(SAMPLE.into_iter().take(count)).len())
            .collect();
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]).is_some(), ends.contains(&end), "cut at {end}");
        }
    }

    #[test]
    fn what_write_never_writes_is_refused() {
        for wrong in [
            "a 1\nxy\n",
            "a 01\nx\n",
            "a +1\nx\n",
            " 1\nx\n",
            "a\nx\n",
            "a 1\nx\na 1\ny\n",
            "a 99999999999999999999999\nx\n",
        ] {
            assert_eq!(read(wrong.as_bytes()), None, "{wrong:?}");
        }
    }
}
