//! Opioid risk: the revised tool (unweighted, the default) and the older one weighted by sex.
//!
//! Webster LR, Webster RM, Pain Med, 2005; Cheatle MD et al., J Pain, 2019.

use std::collections::BTreeSet;

use super::error::known;
use super::{CalcError, shipped};
use crate::clinical::facts::instruments::Instrument;
use crate::clinical::instrument::{Answers, Scored, score};
use crate::clinical::patient::Sex;
use crate::clinical::why::Why;

/// The older tool, by what is known of the sex.
#[derive(Debug, Clone)]
pub enum Older {
    /// Scored in the column of the recorded sex.
    Column(Scored<'static>),
    /// No column applies: both are shown, neither is guessed.
    Both {
        /// The women's column.
        female: Scored<'static>,
        /// The men's column.
        male: Scored<'static>,
    },
}

/// Both tools.
#[derive(Debug, Clone)]
pub struct OpioidRisk {
    /// The revised tool: drops the question on childhood abuse and counts each item 1.
    pub revised: Scored<'static>,
    /// The older tool.
    pub older: Older,
    /// Why.
    pub why: Why,
}

/// Scores both tools from the marked items of the older one.
///
/// # Errors
/// `Unknown` names an id neither tool has.
pub fn opioid_risk(marked: &BTreeSet<String>, sex: Option<Sex>) -> Result<OpioidRisk, CalcError> {
    let (ort, revised) = (shipped("ort")?, shipped("ort_oud")?);
    let has = |form: &Instrument, id: &str| form.items.iter().any(|item| item.id == id);
    if let Some(wrong) = marked.iter().find(|id| !has(ort, id) && !has(revised, id)) {
        return Err(CalcError::unknown("marked", wrong, known(ort.items.iter().map(|item| item.id.as_str()))));
    }
    let answers = |form: &Instrument| -> Answers {
        form.items.iter().map(|item| (item.id.clone(), i64::from(marked.contains(&item.id)))).collect()
    };
    let column = |sex: Sex| score(ort, &answers(ort), Some(sex));
    let revised = score(revised, &answers(revised), None)?;
    let older = match sex {
        Some(sex @ (Sex::Female | Sex::Male)) => Older::Column(column(sex)?),
        Some(Sex::Other) | None => Older::Both { female: column(Sex::Female)?, male: column(Sex::Male)? },
    };
    let mut why = revised.why.clone();
    match &older {
        Older::Column(scored) | Older::Both { female: scored, .. } => why.add_all(&scored.why),
    }
    Ok(OpioidRisk { revised, older, why })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::exact::Exact;

    fn marked(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn weights_follow_the_recorded_sex_and_bands_their_edges() {
        for (ids, sex, total, band, revised, revised_band) in [
            (vec![], Sex::Female, 0, "low", 0, "low"),
            (vec!["own_alcohol"], Sex::Female, 3, "low", 1, "low"),
            (vec!["own_illegal"], Sex::Male, 4, "moderate", 1, "low"),
            (vec!["fam_alcohol", "fam_rx"], Sex::Male, 7, "moderate", 2, "low"),
            (vec!["fam_rx", "own_illegal"], Sex::Female, 8, "high", 2, "low"),
            (vec!["preadolescent_abuse"], Sex::Female, 3, "low", 0, "low"),
            (vec!["preadolescent_abuse"], Sex::Male, 0, "low", 0, "low"),
            (vec!["age_16_45", "psych_major", "psych_depression"], Sex::Male, 4, "moderate", 3, "high"),
        ] {
            let answer = opioid_risk(&marked(&ids), Some(sex)).unwrap();
            let Older::Column(older) = &answer.older else { panic!("{ids:?}") };
            assert_eq!((older.total, older.band), (Exact::whole(total), Some(band)), "{ids:?}");
            assert_eq!(
                (answer.revised.total, answer.revised.band),
                (Exact::whole(revised), Some(revised_band)),
                "{ids:?}"
            );
        }
    }

    #[test]
    fn without_a_column_both_are_given() {
        for sex in [None, Some(Sex::Other)] {
            let answer = opioid_risk(&marked(&["fam_alcohol", "fam_illegal"]), sex).unwrap();
            let Older::Both { female, male } = answer.older else { panic!("one column") };
            assert_eq!((female.total, male.total), (Exact::whole(3), Exact::whole(6)));
        }
    }

    #[test]
    fn all_items_reach_the_top_of_the_range() {
        let ort = shipped("ort").unwrap();
        let all: BTreeSet<String> = ort.items.iter().map(|item| item.id.clone()).collect();
        let Older::Both { female, male } = opioid_risk(&all, None).unwrap().older else { panic!("one column") };
        assert_eq!((female.total, male.total), (Exact::whole(26), Exact::whole(26)));
    }

    #[test]
    fn an_unknown_item_is_named() {
        assert_eq!(opioid_risk(&marked(&["own_tobacco"]), None).unwrap_err().field(), "marked");
    }
}
