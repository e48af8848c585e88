//! What stays when there is not room for all: by rank, not by place.

/// Which of the items stay in a width. Each has a rank and a width; a gap goes between two that stay.
///
/// The item of the highest rank goes first, of equal ranks the last one. Rank 0 goes too when nothing else is left.
pub fn fit(items: &[(u8, usize)], gap: usize, columns: usize) -> Vec<bool> {
    let mut stay = vec![true; items.len()];
    let mut count = items.len();
    let mut total: usize = items.iter().map(|(_, width)| width).sum();
    while count > 0 && total + gap * (count - 1) > columns {
        let going = items.iter().enumerate().filter(|(at, _)| stay[*at]).max_by_key(|(at, (rank, _))| (*rank, *at));
        let Some((at, (_, width))) = going else { break };
        stay[at] = false;
        total -= width;
        count -= 1;
    }
    stay
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_important_goes_first_and_the_order_stays() {
        let items = [(0, 4), (2, 4), (1, 4), (2, 4)];
        for (columns, expected) in [
            (22, [true, true, true, true]),
            (21, [true, true, true, false]),
            (15, [true, false, true, false]),
            (9, [true, false, false, false]),
            (4, [true, false, false, false]),
            (3, [false, false, false, false]),
            (0, [false, false, false, false]),
        ] {
            assert_eq!(fit(&items, 2, columns), expected, "{columns}");
        }
        assert!(fit(&[], 2, 0).is_empty());
    }
}
