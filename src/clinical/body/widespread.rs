//! Widespread pain: the index falls out of the marked regions; with the symptoms asked beside the map it makes the
//! fibromyalgia criteria. The rule itself is [`crate::clinical::calc::fm2016`].

use serde::{Deserialize, Serialize};

use super::Body;
use super::map::PainMap;
use crate::clinical::answer::Answer;
use crate::clinical::calc::fm2016::{Fm2016, Fm2016Input, fm2016};
use crate::clinical::exact::Exact;
use crate::clinical::facts::body_map::body_map;
use crate::clinical::facts::instruments::instruments;
use crate::clinical::figure;
use crate::clinical::instrument::Answers;

/// The symptoms of the criteria; `None` is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Symptoms {
    /// Fatigue, 0 to 3, past week.
    pub fatigue: Option<Answer>,
    /// Waking unrefreshed, 0 to 3, past week.
    pub unrefreshed: Option<Answer>,
    /// Trouble with thinking or memory, 0 to 3, past week.
    pub cognition: Option<Answer>,
    /// Headaches in the past six months.
    pub headache: Option<bool>,
    /// Lower abdominal pain or cramps in the past six months.
    pub low_abdominal: Option<bool>,
    /// Depression in the past six months.
    pub depression: Option<bool>,
    /// Months at a similar level.
    pub months: Option<u16>,
}

/// Three symptoms by the name the criteria give them, with their points; `None` is not known.
type Points = [(&'static str, Option<i64>); 3];

impl Symptoms {
    /// Those with a grade, and those that are there or not.
    fn points(&self) -> (Points, Points) {
        let graded = |answer: Option<Answer>| answer.and_then(Answer::value).map(i64::from);
        let present = |flag: Option<bool>| flag.map(i64::from);
        (
            [
                ("fatigue", graded(self.fatigue)),
                ("unrefreshed", graded(self.unrefreshed)),
                ("cognition", graded(self.cognition)),
            ],
            [
                ("headache", present(self.headache)),
                ("low_abdominal", present(self.low_abdominal)),
                ("depression", present(self.depression)),
            ],
        )
    }

    /// How many of the six are answered.
    pub fn answered(&self) -> usize {
        let (severity, presence) = self.points();
        severity.iter().chain(&presence).filter(|(_, points)| points.is_some()).count()
    }

    /// The symptom severity, 0 to 12. All six are needed: with one missing there is none, never a guess.
    pub fn severity(&self) -> Option<i64> {
        let (severity, presence) = self.points();
        severity.iter().chain(&presence).map(|(_, points)| *points).sum()
    }
}

/// What a map says of widespread pain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Widespread {
    /// The painful sites, each once, in the order of the table.
    pub sites: Vec<&'static str>,
    /// Symptom severity; none while a symptom was not asked.
    pub severity: Option<i64>,
    /// How many of the six symptoms are answered.
    pub answered: usize,
    /// The criteria; none while something they need is not known.
    pub criteria: Option<Fm2016>,
    /// Whether the months are known.
    pub has_months: bool,
}

/// The sites of the widespread pain index that a map makes positive.
pub fn sites(map: &PainMap) -> Vec<&'static str> {
    body_map().wpi_sites(map.hurting().filter_map(|(region, _)| region.facts()).map(|facts| facts.id.as_str()))
}

/// Reckons the index and the criteria; none of a map that nobody marked.
pub fn widespread(body: &Body) -> Option<Widespread> {
    if body.map.is_blank() {
        return None;
    }
    let sites = sites(&body.map);
    let symptoms = &body.symptoms;
    let named = |points: Points| -> Option<Answers> {
        points.into_iter().map(|(name, points)| Some((name.to_owned(), points?))).collect()
    };
    let (severity, presence) = symptoms.points();
    let input = named(severity).zip(named(presence)).zip(symptoms.months);
    let criteria = input.and_then(|((severity, presence), months)| {
        let sites = sites.iter().map(|site| (*site).to_owned()).collect();
        fm2016(&Fm2016Input { sites, severity, presence, months_present: Exact::whole(i64::from(months)) }).ok()
    });
    Some(Widespread {
        sites,
        severity: symptoms.severity(),
        answered: symptoms.answered(),
        criteria,
        has_months: symptoms.months.is_some(),
    })
}

impl Widespread {
    /// The widespread pain index, 0 to 19.
    pub fn index(&self) -> usize {
        self.sites.len()
    }

    /// On one line: `WPI 9 of 19 · SSS 7 of 12 · fibromyalgia criteria met`.
    pub fn line(&self) -> String {
        let wpi = format!("WPI {} of 19", self.index());
        let sss = match self.severity {
            Some(points) => format!("SSS {points} of 12"),
            None => format!("SSS ? ({} of 6 asked)", self.answered),
        };
        format!("{wpi} · {sss}{}", self.verdict().map(|verdict| format!(" · {verdict}")).unwrap_or_default())
    }

    /// The criteria in words, once all they need is known.
    pub fn verdict(&self) -> Option<String> {
        if let Some(criteria) = &self.criteria {
            let not = if criteria.met { "" } else { " not" };
            return Some(format!("fibromyalgia 2016{not} met"));
        }
        (self.severity.is_some() && !self.has_months).then(|| "fibromyalgia 2016: how many months?".to_owned())
    }

    /// For the summary, where anything beyond the map was asked: the figures and the criteria.
    pub fn sentence(&self) -> Option<String> {
        let points = self.severity?;
        let criteria = match &self.criteria {
            Some(criteria) => {
                let not = if criteria.met { "" } else { " not" };
                format!("; fibromyalgia criteria 2016{not} met, severity {} of 31", criteria.fs)
            }
            None => String::new(),
        };
        Some(format!("Widespread pain index {} of 19, symptom severity {points} of 12{criteria}.", self.index()))
    }

    /// Why: the sites, the symptoms, each criterion, and the sources.
    pub fn why(&self) -> String {
        let map = body_map();
        let mut out = format!("{}\n{}", figure::widespread(self).page(), map.conventions.wpi_rule);
        let doubt = if map.conventions.mapping_verified { "" } else { " (not verified)" };
        out.push_str(&format!("\n{}{doubt}\n{}", map.conventions.mapping_choices, map.conventions.empty_wpi));
        match (&self.criteria, self.severity) {
            (Some(criteria), _) => {
                let yes = |met: bool| if met { "yes" } else { "no" };
                out.push_str(&format!(
                    "\n\nSymptom severity {} of 12, fibromyalgia severity {} of 31, {} of 5 regions.",
                    criteria.sss, criteria.fs, criteria.regions
                ));
                out.push_str(&format!(
                    "\nEnough pain and symptoms: {}. Generalised pain: {}. At least 3 months: {}.",
                    yes(criteria.c1),
                    yes(criteria.c2),
                    yes(criteria.c3)
                ));
            }
            (None, severity) => {
                let known = severity.map_or_else(
                    || format!("{} of 6 symptoms are answered", self.answered),
                    |points| format!("symptom severity {points} of 12"),
                );
                let months = if self.has_months { "" } else { ", the months at a similar level are not known" };
                out.push_str(&format!("\n\nThe criteria are not reckoned yet: {known}{months}."));
                if let Some(form) = instruments().get("fm2016") {
                    out.push_str(&format!("\n\nSource: {}", form.source));
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::body::map::Intensity;
    use crate::clinical::body::region::BodyRegion;

    fn marked(codes: &[&str]) -> PainMap {
        let mut map = PainMap::default();
        for code in codes {
            map.mark(BodyRegion::of_code(code).unwrap());
        }
        map
    }

    fn all(points: u8, months: Option<u16>) -> Symptoms {
        let (graded, present) = (Some(Answer::Given(points)), Some(points > 1));
        Symptoms {
            fatigue: graded,
            unrefreshed: graded,
            cognition: graded,
            headache: present,
            low_abdominal: present,
            depression: present,
            months,
        }
    }

    #[test]
    fn each_site_counts_once_and_only_where_it_hurts() {
        for (codes, sites) in [
            (vec!["efl", "ffl", "fbl"], vec!["lower_arm_left"]),
            (vec!["sbl", "bll"], vec!["shoulder_girdle_left"]),
            (vec!["fhl", "hfl", "sor", "com"], vec![]),
            (vec!["bul", "bur", "ctl", "bbm"], vec!["hip_left", "hip_right", "chest"]),
        ] {
            assert_eq!(super::sites(&marked(&codes)), sites, "{codes:?}");
        }
        let mut map = marked(&["bul", "bur"]);
        map.gone(BodyRegion::of_code("bul").unwrap());
        map.set(BodyRegion::of_code("nbl").unwrap(), Intensity::MOST);
        assert_eq!(super::sites(&map), ["hip_right", "neck"]);
    }

    #[test]
    fn the_criteria_wait_for_all_they_need() {
        let map = marked(&["nbl", "sfl", "sfr", "ubl", "lbl", "bul", "bur", "afl", "kfl"]);
        let with = |symptoms| widespread(&Body { map: map.clone(), symptoms }).unwrap();
        let none = with(Symptoms::default());
        assert_eq!((none.index(), none.severity, none.criteria.is_some()), (9, None, false));
        assert_eq!(none.line(), "WPI 9 of 19 · SSS ? (0 of 6 asked)");
        assert_eq!(with(all(2, None)).line(), "WPI 9 of 19 · SSS 9 of 12 · fibromyalgia 2016: how many months?");
        assert_eq!(with(all(2, Some(6))).line(), "WPI 9 of 19 · SSS 9 of 12 · fibromyalgia 2016 met");
        assert_eq!(with(all(2, Some(2))).line(), "WPI 9 of 19 · SSS 9 of 12 · fibromyalgia 2016 not met");
        let mut declined = all(2, Some(6));
        declined.fatigue = Some(Answer::Declined);
        assert_eq!(with(declined).severity, None);
        assert_eq!(widespread(&Body { map: PainMap::default(), symptoms: all(3, Some(9)) }), None);
    }

    #[test]
    fn why_names_the_sites_the_rule_and_its_source() {
        let map = marked(&["nbl", "bul"]);
        let without = widespread(&Body { map: map.clone(), symptoms: Symptoms::default() }).unwrap().why();
        let with = widespread(&Body { map, symptoms: all(1, Some(12)) }).unwrap().why();
        for part in ["index 2 of 19\n", "sites: hip left, neck\n", "each site counts once", "not verified", "Wolfe"] {
            assert!(without.contains(part) && with.contains(part), "{part}\n{without}\n{with}");
        }
        assert!(without.contains("0 of 6 symptoms are answered") && with.contains("Generalised pain: no"), "{with}");
    }
}
