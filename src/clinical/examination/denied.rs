//! Words that deny what stands beside them: `no ttp l4/5`, `tenderness l4/5 has gone`. A place without an answer is never
//! said to be tender beside one of them.

use super::phrase::Word;

/// What says that there is none, directly before a term.
pub(super) const NONE: [&str; 7] = ["no", "not", "non", "nil", "nor", "without", "w/o"];

/// What may say so somewhere before it.
const BEFORE: [&str; 14] = [
    "or", "never", "neither", "none", "deny", "denies", "denied", "denying", "neg", "negative", "free", "lacks",
    "absent", "cannot",
];

/// What may say so behind it.
const BEHIND: [&str; 16] = [
    "is", "was", "are", "were", "has", "had", "never", "none", "gone", "resolved", "settled", "improved", "denied",
    "absent", "excluded", "unlikely",
];

/// Whether a word before may deny what follows. What a comma ends says nothing of it.
pub(super) fn before(prose: &[Word]) -> bool {
    let denies = |word: &Word| {
        let typed = word.typed.as_str();
        NONE.contains(&typed) || BEFORE.contains(&typed) || typed.ends_with("n't")
    };
    prose.iter().rev().take_while(|word| word.sign.is_none()).any(denies)
}

/// Whether the word behind a term and so many words of answers may deny them.
pub(super) fn behind(words: &[Word], answers: usize) -> bool {
    let denies = |word: &Word| {
        let typed = word.typed.as_str();
        NONE.contains(&typed) || BEHIND.contains(&typed) || typed.ends_with("n't")
    };
    let open = words.get(answers).is_some_and(|last| last.sign.is_none());
    open && words.get(answers + 1).is_some_and(|next| next.lines == 0 && denies(next))
}
