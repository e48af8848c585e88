//! The letters by which options are chosen: each option gets one of its own, the first of its words that is free.

/// A letter for each label, in order; `None` when the alphabet has run out.
///
/// The first letter of the label if nobody before has it, else the first letter of a later word, else any letter of
/// the label, else the first free letter of the alphabet. The same labels always give the same letters.
pub fn letters<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<Option<char>> {
    let labels: Vec<String> = labels.map(str::to_lowercase).collect();
    let mut taken = [false; 26];
    let mut out: Vec<Option<char>> = vec![None; labels.len()];
    // First letters go first, so that a later option's own initial is not eaten by an earlier one's second choice.
    for (label, letter) in labels.iter().zip(&mut out) {
        *letter = label.chars().next().and_then(|c| claim(&mut taken, c));
    }
    for (label, letter) in labels.iter().zip(&mut out).filter(|(_, letter)| letter.is_none()) {
        *letter = initials(label).chain(label.chars()).chain('a'..='z').find_map(|c| claim(&mut taken, c));
    }
    out
}

fn initials(label: &str) -> impl Iterator<Item = char> {
    label.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.chars().next())
}

fn claim(taken: &mut [bool; 26], c: char) -> Option<char> {
    let at = (c.is_ascii_lowercase()).then(|| usize::from(c as u8 - b'a'))?;
    (!std::mem::replace(&mut taken[at], true)).then_some(c)
}

/// Which option a typed character means: its letter, or its number from 1 to 9.
pub fn option_of<'a>(labels: impl Iterator<Item = &'a str> + Clone, typed: char) -> Option<usize> {
    let count = labels.clone().count();
    if let Some(digit) = typed.to_digit(10) {
        let option = usize::try_from(digit).ok()?.checked_sub(1)?;
        return (option < count).then_some(option);
    }
    let typed = typed.to_ascii_lowercase();
    letters(labels).iter().position(|letter| *letter == Some(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_option_has_a_letter_of_its_own() {
        for (labels, expected) in [
            (vec!["left", "right", "both", "midline"], "lrbm"),
            (vec!["stopped", "started", "tapered"], "sat"),
            (vec!["follow-up", "first visit", "procedure"], "fvp"),
            (vec!["LEFT", "RIGHT"], "lr"),
            (vec!["1 to 2", "3 to 4"], "to"),
            (vec!["ä", "ö"], "ab"),
        ] {
            let got: String = letters(labels.iter().copied()).into_iter().flatten().collect();
            assert_eq!(got, expected, "{labels:?}");
        }
        let many = vec!["a"; 30];
        assert_eq!(letters(many.iter().copied()).into_iter().flatten().count(), 26);
    }

    #[test]
    fn options_answer_to_letter_and_number() {
        let labels = ["done", "partly done", "stopped"];
        for (typed, option) in [('d', Some(0)), ('P', Some(1)), ('3', Some(2)), ('4', None), ('0', None), ('x', None)] {
            assert_eq!(option_of(labels.iter().copied(), typed), option, "{typed}");
        }
    }
}
