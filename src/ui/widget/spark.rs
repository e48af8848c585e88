//! The course of a pain score in a few cells, and how it changed.

use super::words::Words;
use crate::ui::theme::{Look, Mark, Role, Signs};

const BLOCKS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// The block of each score: eleven scores share eight heights, so that a step of one shows from 1 to 7, where most
/// scores are; the colour tells the others apart.
const HEIGHTS: [usize; 11] = [0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 7];
const DIGITS: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X"];

/// The last scores, oldest first, in so many cells: each a block as high as its score in the colour of the ramp, in
/// ASCII its digit (ten is `X`). A visit without a score leaves its cell faint. Fewer scores than cells start at the
/// left.
pub fn spark(look: Look, scores: &[Option<u8>], cells: usize) -> Words<'static> {
    let mut words = Words::new();
    let shown = &scores[scores.len().saturating_sub(cells)..];
    for score in shown {
        words = match score {
            None => words.say(Role::Faint, look.glyphs().dot),
            Some(score) => {
                let score = (*score).min(10);
                let sign = match look.signs {
                    Signs::Unicode => BLOCKS[HEIGHTS[usize::from(score)]],
                    Signs::Ascii => DIGITS[usize::from(score)],
                };
                words.say(Role::Pain(score), sign)
            }
        };
    }
    words
}

/// A score in its colour; `–` where it was not taken.
pub fn score(score: Option<u8>) -> Words<'static> {
    match score {
        Some(score) => Words::new().bold(Role::Pain(score), score.to_string()),
        None => Words::of(Role::Faint, "–"),
    }
}

/// How a pain score changed since the last one (`▼2`, `▲1`, `=`); nothing where one of the two is missing.
///
/// From a jump of 5 up or more on, the change is amber: it wants a second look, as a mistyped score does.
pub fn change(look: Look, now: Option<u8>, last: Option<u8>) -> Words<'static> {
    let (Some(now), Some(last)) = (now, last) else { return Words::new() };
    let mark = match now.cmp(&last) {
        std::cmp::Ordering::Less => Mark::Better,
        std::cmp::Ordering::Equal => Mark::Same,
        std::cmp::Ordering::Greater => Mark::Worse,
    };
    let by = now.abs_diff(last);
    let role = if mark == Mark::Worse && by >= 5 { Role::Wants } else { mark.role() };
    let words = Words::of(role, mark.glyph(look.signs));
    if by == 0 { words } else { words.say(role, by.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_scores_stay_and_each_has_its_height() {
        let look = Look::default();
        for (scores, cells, shown) in [
            (&[Some(0), Some(5), Some(10)][..], 4, "▁▅█"),
            (&[Some(1), Some(2), Some(3), None, Some(8)], 3, "▃·▇"),
            (&[], 4, ""),
            (&[Some(200)], 4, "█"),
            (&[Some(3)], 0, ""),
        ] {
            assert_eq!(spark(look, scores, cells).plain(), shown);
        }
        let ascii = Look { signs: Signs::Ascii, ..look };
        assert_eq!(spark(ascii, &[Some(0), None, Some(10)], 4).plain(), "0-X");
    }

    #[test]
    fn a_change_has_sign_number_and_meaning() {
        for (now, last, shown, role) in [
            (Some(6), Some(8), "▼2", Role::Done),
            (Some(7), Some(6), "▲1", Role::Danger),
            (Some(9), Some(4), "▲5", Role::Wants),
            (Some(2), Some(7), "▼5", Role::Done),
            (Some(6), Some(6), "=", Role::Second),
        ] {
            let words = change(Look::default(), now, last);
            assert_eq!((words.plain().as_str(), words.0[0].role), (shown, role));
        }
        assert!(change(Look::default(), Some(3), None).is_empty());
    }
}
