//! A map that holds only so many: the oldest goes first.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Mutex, PoisonError},
};

#[derive(Debug)]
pub(in crate::witness) struct Bounded<K, V> {
    most: usize,
    inner: Mutex<(HashMap<K, V>, VecDeque<K>)>,
}

impl<K: Clone + Eq + Hash, V: Clone> Bounded<K, V> {
    pub(in crate::witness) fn new(most: usize) -> Self {
        Self {
            most,
            inner: Mutex::new((HashMap::new(), VecDeque::new())),
        }
    }

    pub(in crate::witness) fn get(&self, key: &K) -> Option<V> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.0.get(key).cloned()
    }

    pub(in crate::witness) fn insert(&self, key: K, value: V) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, order) = &mut *inner;
        if known.insert(key.clone(), value).is_none() {
            order.push_back(key);
        }
        while order.len() > self.most {
            if let Some(oldest) = order.pop_front() {
                known.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes_when_it_is_full() {
        let map = Bounded::new(2);
        for number in [1, 2, 2, 3] {
            map.insert(number, number);
        }
        assert_eq!([1, 2, 3].map(|number| map.get(&number)), [None, Some(2), Some(3)]);
    }
}
