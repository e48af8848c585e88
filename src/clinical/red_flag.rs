//! Red flags, asked one by one: which are asked of whom, what was answered, and what was not asked.
//!
//! Which flags go with a condition or a place is in `conditions.toml` (an editorial choice for prompting, marked so there). A flag that
//! was not answered is "not asked": it is never taken for a no.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::facts::conditions::{Condition, RedFlag, Urgency, conditions};
use super::text::fold;

crate::vocab! {
    /// What came back to one red flag.
    pub enum FlagAnswer {
        /// Present.
        Yes "yes" "yes",
        /// Asked, not present.
        No "no" "no",
        /// Due, and not asked.
        NotAsked "not_asked" "not asked",
    }
}

/// The id of the last question, which stands for whatever no table lists.
pub const OTHER: &str = "other";

/// What decides which flags are asked.
#[derive(Debug, Clone, Default)]
pub struct Grounds<'a> {
    /// The conditions of the problems that were chosen from the table.
    pub conditions: Vec<&'a Condition>,
    /// Where it hurts, and conditions in free words.
    pub places: Vec<&'a str>,
    /// Whether a procedure lies since the last visit.
    pub after_procedure: bool,
}

impl Grounds<'_> {
    /// Whether a flag is asked: it goes with one of the conditions; where none was chosen from the table, with a group of
    /// conditions that hurt in the place. After a procedure those of procedures are asked besides.
    pub fn ask(&self, flag: &RedFlag) -> bool {
        let of_group = |groups: &[&str]| flag.groups.iter().any(|group| groups.contains(&group.as_str()));
        if self.after_procedure && of_group(&["post_procedural"]) {
            return true;
        }
        if !self.conditions.is_empty() {
            return self.conditions.iter().any(|condition| condition.red_flags.contains(&flag.id));
        }
        self.places.iter().any(|place| groups_at(place).iter().any(|group| of_group(&[*group])))
    }
}

/// The groups of conditions that hurt in a place, from its words.
fn groups_at(place: &str) -> Vec<&'static str> {
    let place = format!(" {}", fold(place));
    let said = |word: &str| place.contains(&format!(" {word}"));
    let words = conditions().red_flag_place.words.iter().filter(|of| said(&of.word));
    words.flat_map(|of| of.groups.iter().map(String::as_str)).collect()
}

/// The answers to every red flag of the table and to the last question, by id. What is not among them was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagAnswers {
    /// In the order of the table, the last question last.
    answers: Vec<Option<bool>>,
}

impl Default for FlagAnswers {
    fn default() -> Self {
        Self { answers: vec![None; conditions().red_flag.len() + 1] }
    }
}

/// The ids of all questions in their order.
pub fn ids() -> impl Iterator<Item = &'static str> {
    conditions().red_flag.iter().map(|flag| flag.id.as_str()).chain(std::iter::once(OTHER))
}

/// The words of a flag; an id that no table knows (any more) stands for itself.
pub fn label(id: &str) -> &str {
    match conditions().red_flag(id) {
        Some(flag) => &flag.label,
        None if id == OTHER => "another red flag",
        None => id,
    }
}

impl FlagAnswers {
    /// The answer to the question of this number.
    pub fn get(&self, at: usize) -> Option<bool> {
        self.answers.get(at).copied().flatten()
    }

    /// The place of an answer, to set it.
    pub fn slot(&mut self, at: usize) -> Option<&mut Option<bool>> {
        self.answers.get_mut(at)
    }

    /// Notes an answer by its id.
    pub fn set(&mut self, id: &str, answer: Option<bool>) {
        if let Some(slot) = ids().position(|one| one == id).and_then(|at| self.answers.get_mut(at)) {
            *slot = answer;
        }
    }

    /// Whether anything was answered.
    pub fn any(&self) -> bool {
        self.answers.iter().any(Option::is_some)
    }

    /// Whether any flag is present.
    pub fn any_present(&self) -> bool {
        self.answers.contains(&Some(true))
    }

    /// What the record keeps: every answer, and "not asked" for what was due. The last question is not due by itself.
    pub fn kept(&self, grounds: &Grounds<'_>) -> Vec<(String, FlagAnswer)> {
        let due = conditions().red_flag.iter().map(|flag| grounds.ask(flag)).chain(std::iter::once(false));
        let one = |((id, answer), due): ((&str, &Option<bool>), bool)| {
            let answer = match answer {
                Some(true) => FlagAnswer::Yes,
                Some(false) => FlagAnswer::No,
                None if due => FlagAnswer::NotAsked,
                None => return None,
            };
            Some((id.to_owned(), answer))
        };
        ids().zip(&self.answers).zip(due).filter_map(one).collect()
    }

    /// From what the record keeps.
    pub fn of(kept: &[(String, FlagAnswer)]) -> Self {
        let mut out = Self::default();
        for (id, answer) in kept {
            out.set(
                id,
                match answer {
                    FlagAnswer::Yes => Some(true),
                    FlagAnswer::No => Some(false),
                    FlagAnswer::NotAsked => None,
                },
            );
        }
        out
    }
}

impl Serialize for FlagAnswers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let by_id: BTreeMap<&str, Option<bool>> = ids().zip(self.answers.iter().copied()).collect();
        by_id.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for FlagAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let by_id = BTreeMap::<String, Option<bool>>::deserialize(deserializer)?;
        let mut out = Self::default();
        for (id, answer) in by_id {
            out.set(&id, answer);
        }
        Ok(out)
    }
}

/// Brings answers into the order in which the questions are asked.
pub fn sort(kept: &mut [(String, FlagAnswer)]) {
    let place = |id: &str| ids().position(|one| one == id).unwrap_or(usize::MAX);
    kept.sort_by_cached_key(|(id, _)| place(id));
}

/// The flags of one visit with this answer, in words, the most urgent first.
pub fn words(kept: &[(String, FlagAnswer)], answer: FlagAnswer) -> Vec<&str> {
    let mut found: Vec<(Urgency, &str)> = kept
        .iter()
        .filter(|(_, given)| *given == answer)
        .map(|(id, _)| (conditions().red_flag(id).map_or(Urgency::Prompt, |flag| flag.urgency), label(id)))
        .collect();
    found.sort_by_key(|(urgency, _)| *urgency);
    found.into_iter().map(|(_, words)| words).collect()
}

/// What is present, as one text: the flags that were answered yes, then what was written about them.
pub fn present(kept: &[(String, FlagAnswer)], note: &str) -> String {
    let mut out: Vec<&str> = words(kept, FlagAnswer::Yes);
    let note = note.trim();
    if !note.is_empty() {
        out.retain(|words| *words != label(OTHER));
        out.push(note);
    }
    out.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use FlagAnswer::{No, NotAsked, Yes};

    fn asked(grounds: &Grounds<'_>) -> Vec<&'static str> {
        conditions().red_flag.iter().filter(|flag| grounds.ask(flag)).map(|flag| flag.id.as_str()).collect()
    }

    #[test]
    fn the_condition_decides_what_is_asked_and_without_one_the_place() {
        let condition = |id: &str| conditions().get(id).unwrap();
        let with = |ids: &[&str]| Grounds {
            conditions: ids.iter().map(|id| condition(id)).collect(),
            places: vec!["low back"],
            after_procedure: false,
        };
        let knee = asked(&with(&["knee_oa"]));
        assert!(!knee.contains(&"saddle_numbness"), "the place is left aside once a condition is known");
        assert_eq!(asked(&with(&["phantom_limb"])), [""; 0]);
        assert!(asked(&with(&["lumbar_radiculopathy", "migraine_no_aura"])).contains(&"saddle_numbness"));
        for (place, has, has_not) in [
            ("low back, left calf", "saddle_numbness", "thunderclap"),
            ("RIGHT temple", "thunderclap", "saddle_numbness"),
            ("left Knee, inner side", "hot_joint", "saddle_numbness"),
            ("Gesicht", "", "thunderclap"),
            ("both feet", "limb_ischaemia", "hot_joint"),
        ] {
            let asked = asked(&Grounds { places: vec![place], ..Grounds::default() });
            assert!(has.is_empty() || asked.contains(&has), "{place}: {asked:?}");
            assert!(!asked.contains(&has_not), "{place}: {asked:?}");
        }
        assert_eq!(asked(&Grounds::default()), [""; 0]);
        let after = Grounds { after_procedure: true, ..Grounds::default() };
        assert_eq!(asked(&after), ["fever_chills", "post_injection", "postdural"]);
    }

    #[test]
    fn what_was_not_answered_is_not_asked_and_never_no() {
        let grounds = Grounds { after_procedure: true, ..Grounds::default() };
        let mut answers = FlagAnswers::default();
        answers.set("fever_chills", Some(false));
        answers.set("weight_loss", Some(true));
        answers.set("no such flag", Some(true));
        let kept = answers.kept(&grounds);
        let got: Vec<_> = kept.iter().map(|(id, answer)| (id.as_str(), *answer)).collect();
        assert_eq!(
            got,
            [("weight_loss", Yes), ("fever_chills", No), ("post_injection", NotAsked), ("postdural", NotAsked)]
        );
        assert_eq!(FlagAnswers::of(&kept), answers);
        assert_eq!(words(&kept, NotAsked), [label("post_injection"), label("postdural")]);
        assert_eq!(present(&kept, ""), "Unexplained weight loss");
        assert_eq!(present(&kept, " 8 kg in two months "), "Unexplained weight loss; 8 kg in two months");
        assert_eq!(present(&[(OTHER.to_owned(), Yes)], "rash"), "rash");
    }

    #[test]
    fn answers_are_kept_by_their_id() {
        let mut answers = FlagAnswers::default();
        answers.set("thunderclap", Some(true));
        answers.set(OTHER, Some(false));
        let json = serde_json::to_string(&answers).unwrap();
        assert_eq!(serde_json::from_str::<FlagAnswers>(&json).unwrap(), answers);
        assert!(json.contains("\"thunderclap\":true"));
        let older = serde_json::from_str::<FlagAnswers>("{\"gone\":true,\"thunderclap\":true}").unwrap();
        assert!(older.any_present());
    }
}
