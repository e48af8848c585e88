//! Why a form was not completed, on the line above the keys.

/// The fields that are named; the others are counted.
const NAMED: usize = 4;

/// How many answers want the physician, and the first of them: `not completed: 2 answers want you: worst, least`.
pub fn not_completed(blocking: &[String]) -> String {
    let (want, answers) = if blocking.len() == 1 { ("wants", "answer") } else { ("want", "answers") };
    let lead = format!("not completed: {} {answers} {want} you", blocking.len());
    let named: Vec<&str> = blocking.iter().map(String::as_str).filter(|label| !label.is_empty()).take(NAMED).collect();
    let more = blocking.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if named.is_empty() { lead } else { format!("{lead}: {}{more}", named.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_answers_that_are_wanted_are_named_and_the_others_counted() {
        for (labels, said) in [
            (&["worst"][..], "not completed: 1 answer wants you: worst"),
            (&["worst", "least"], "not completed: 2 answers want you: worst, least"),
            (&[""], "not completed: 1 answer wants you"),
            (&["a", "b", "c", "d", "e"], "not completed: 5 answers want you: a, b, c, d and 1 more"),
        ] {
            let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
            assert_eq!(not_completed(&labels), said);
        }
    }
}
