//! What stands in a draft and is not typed: the record it is read beside, and figures reckoned from the rest.

use std::ops::{Deref, DerefMut};

/// A part of a draft that is no part of what was typed. Whether a draft changed is asked of its typed parts alone, so any
/// two of these are equal, whatever they hold.
#[derive(Debug, Clone, Copy, Default)]
pub struct NotTyped<T>(pub T);

impl<T> PartialEq for NotTyped<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for NotTyped<T> {}

impl<T> Deref for NotTyped<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for NotTyped<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_makes_no_two_drafts_differ() {
        let drafts = [("typed", "as read"), ("typed", "as read since"), ("typed anew", "as read")];
        let [a, b, c] = drafts.map(|(typed, beside)| (typed, NotTyped(beside)));
        assert_eq!(a, b);
        assert_ne!(a, c);
        assert_eq!((a.1.len(), b.1.len()), (7, 13));
    }
}
