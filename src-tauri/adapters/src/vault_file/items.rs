//! What is in the file once it is open.

use std::collections::BTreeMap;

use evergrant_domain::secret::VaultText;
use evergrant_engine::ports::VaultKey;
use zeroize::Zeroizing;

use crate::blocks;

/// Items by their name. Those of a kind that a newer version made up are carried along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Items(BTreeMap<String, VaultText>);

impl Items {
    /// `None` where it is not what `encode` writes.
    pub(super) fn decode(plain: &[u8]) -> Option<Self> {
        let mut items = BTreeMap::new();
        for (name, bytes) in blocks::read(plain)? {
            let text = str::from_utf8(bytes).ok()?;
            items.insert(name.to_owned(), VaultText::new(text));
        }
        Some(Self(items))
    }

    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let blocks = self.0.iter();
        blocks::write(blocks.map(|(name, text)| (name.as_str(), text.expose().as_bytes())))
    }

    pub(super) fn get(&self, key: &VaultKey) -> Option<&VaultText> {
        self.0.get(&key.name())
    }

    pub(super) fn put(&mut self, key: &VaultKey, text: VaultText) {
        self.0.insert(key.name(), text);
    }

    /// Whether there was one.
    pub(super) fn remove(&mut self, key: &VaultKey) -> bool {
        self.0.remove(&key.name()).is_some()
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = VaultKey> {
        self.0.keys().filter_map(|name| VaultKey::parse(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_of_a_kind_that_is_not_known_is_carried_along_and_not_listed() {
        let plain = b"of-tomorrow:1 3\nnew\nclient:google 3\nold\n";
        let mut items = Items::decode(plain).expect("read");
        let client = VaultKey::parse("client:google").expect("a key");
        assert!(items.keys().eq([client.clone()]));
        assert!(items.remove(&client) && !items.remove(&client));
        assert_eq!(items.encode().as_slice(), b"of-tomorrow:1 3\nnew\n");
    }
}
