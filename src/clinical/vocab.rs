//! Closed sets of words: each value has one name in the record and one on the screen.

/// An enum whose values have a stored name and a shown label.
///
/// The stored name is what the file and the JSON outputs hold; it never changes once released.
pub trait Vocab: Copy + Eq + Ord + 'static {
    /// Every value in the order in which it is offered.
    const ALL: &'static [Self];
    /// The name in the record.
    fn name(self) -> &'static str;
    /// The words on the screen.
    fn label(self) -> &'static str;
    /// The value with this stored name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.name() == name)
    }
}

/// Declares an enum of words: `Variant "stored_name" "shown label"`, in the order in which they are offered.
#[macro_export]
macro_rules! vocab {
    ($($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$vdoc:meta])* $variant:ident $stored:literal $label:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $vis enum $name { $($(#[$vdoc])* #[serde(rename = $stored)] $variant),+ }

        impl $crate::clinical::vocab::Vocab for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn name(self) -> &'static str { match self { $(Self::$variant => $stored),+ } }
            fn label(self) -> &'static str { match self { $(Self::$variant => $label),+ } }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use super::Vocab;

    vocab! {
        /// A side of the body.
        enum Side {
            /// The patient's left.
            Left "left" "LEFT",
            /// The patient's right.
            Right "right" "RIGHT",
        }
    }

    #[test]
    fn words_have_a_stored_name_and_a_label() {
        assert_eq!(Side::from_name("right"), Some(Side::Right));
        assert_eq!(Side::from_name("RIGHT"), None);
        assert_eq!(Side::Left.label(), "LEFT");
    }
}
