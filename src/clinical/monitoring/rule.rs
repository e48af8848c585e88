//! Which clocks run and how often: by region and by what opioids are given for from the tables, and by region, risk,
//! medicine and context from the settings.
//!
//! A figure of one region is never used in another. Where the table of a region has none the clock is off, and the reason
//! says so; the physician's own setting may switch it on.

use super::super::calc::mme::OpioidContext;
use super::super::facts::opioid_contexts::{ContextRules, opioid_contexts};
use super::super::facts::regions::{Monitoring as Table, regions};
use super::super::facts::safety_checks::{Check as TableCheck, safety_checks};
use super::super::practice::Region;
use super::super::vocab::Vocab;
use super::super::why::Fact;
use super::CheckKind;
use super::group::Group;

crate::vocab! {
    /// The risk of opioid use other than agreed, as a questionnaire banded it.
    pub enum Risk {
        /// Low.
        Low "low" "low",
        /// Moderate.
        Moderate "moderate" "moderate",
        /// High.
        High "high" "high",
    }
}

/// The source of a rule that the physician set.
pub const OWN: &str = "Own setting";

/// A clock of the physician's own settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnRule {
    /// Of what.
    pub kind: CheckKind,
    /// In which region; none is every.
    pub region: Option<Region>,
    /// At which risk; none is every.
    pub risk: Option<Risk>,
    /// For which group of medicines; none is those of the rule.
    pub group: Option<Group>,
    /// For what opioids are given; none is wherever the tables do not switch the clock off.
    pub context: Option<OpioidContext>,
    /// Every so many days; 0 switches it off.
    pub days: u32,
}

impl OwnRule {
    /// The rule that a line of the settings names: a check, then in any order region, risk, group of medicines and what
    /// opioids are given for.
    ///
    /// # Errors
    /// What is wrong with the words.
    pub fn read(words: &str, days: u32) -> Result<Self, String> {
        let mut words = words.split_whitespace();
        let first = words.next().unwrap_or_default();
        let list = |names: Vec<&str>| names.join(", ");
        let kind = CheckKind::from_name(first)
            .ok_or_else(|| format!("a clock is one of {}, not `{first}`", list(names::<CheckKind>())))?;
        let mut rule = Self { kind, region: None, risk: None, group: None, context: None, days };
        for word in words {
            if let Some(region) = Region::from_name(word) {
                rule.region = Some(region);
            } else if let Some(risk) = Risk::from_name(word) {
                rule.risk = Some(risk);
            } else if let Some(group) = Group::from_name(word) {
                rule.group = Some(group);
            } else if let Some(context) = OpioidContext::from_name(word) {
                rule.context = Some(context);
            } else {
                let known = [names::<Region>(), names::<Risk>(), names::<Group>(), names::<OpioidContext>()].concat();
                return Err(format!("after a clock may stand {}, not `{word}`", list(known)));
            }
        }
        Ok(rule)
    }

    fn fits(self, kind: CheckKind, region: Region, whom: Whom, groups: &[Group]) -> bool {
        self.kind == kind
            && self.region.is_none_or(|own| own == region)
            && self.risk.is_none_or(|own| Some(own) == whom.risk)
            && match self.context {
                Some(own) => own == whom.context(),
                None => whom.switched_off(kind.name()).is_none(),
            }
            && match self.group {
                Some(group) => groups.contains(&group),
                None => is_for(kind, groups),
            }
    }

    /// How much it says: what says more goes before what says less.
    fn says(self) -> usize {
        let said = [self.region.is_some(), self.risk.is_some(), self.group.is_some(), self.context.is_some()];
        said.into_iter().filter(|said| *said).count()
    }

    fn fact(self) -> Fact {
        let for_whom: Vec<&str> = [
            self.region.map(Vocab::label),
            self.risk.map(|risk| match risk {
                Risk::Low => "low risk",
                Risk::Moderate => "moderate risk",
                Risk::High => "high risk",
            }),
            self.group.map(Vocab::label),
            self.context.map(Vocab::label),
        ]
        .into_iter()
        .flatten()
        .collect();
        let for_whom = if for_whom.is_empty() { String::new() } else { format!(" ({})", for_whom.join(", ")) };
        let rule = if self.days == 0 {
            format!("{}{for_whom}: switched off in the settings", self.kind.label())
        } else {
            format!("{}{for_whom}: every {} days, by the settings", self.kind.label(), self.days)
        };
        Fact { source: OWN.to_owned(), ..Fact::own(rule) }
    }
}

fn names<V: Vocab>() -> Vec<&'static str> {
    V::ALL.iter().map(|value| value.name()).collect()
}

/// When a check is due: the first time, and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// So many days after the start of the medicine.
    pub first: u32,
    /// Once more so many days after the start, where the rule wants that.
    pub second: Option<u32>,
    /// Then every so many days; none: not again.
    pub every: Option<u32>,
}

/// A clock that runs, or the reason why it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// It runs.
    Runs(Rhythm, Fact),
    /// It is off.
    Off(Fact),
}

/// What of a patient switches the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Whom {
    /// The risk; none was never asked.
    pub risk: Option<Risk>,
    /// For what opioids are given; where nobody has said, the rules of chronic pain hold.
    pub given_for: Option<OpioidContext>,
}

impl Whom {
    /// For what opioids are given.
    pub fn context(self) -> OpioidContext {
        self.given_for.unwrap_or(OpioidContext::Chronic)
    }

    /// The table's row where it has no interval for this check, or for `function`, in this context.
    pub fn switched_off(self, what: &str) -> Option<&'static ContextRules> {
        opioid_contexts().get(self.context().name()).filter(|rules| rules.off.iter().any(|off| off == what))
    }
}

/// The rules of a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules<'a> {
    /// Where.
    pub region: Region,
    /// The physician's own.
    pub own: &'a [OwnRule],
}

/// Whether a check is about medicines of these groups at all.
pub fn is_for(kind: CheckKind, groups: &[Group]) -> bool {
    let any = |wanted: &[Group]| groups.iter().any(|group| wanted.contains(group));
    match kind {
        CheckKind::Pdmp | CheckKind::Urine | CheckKind::Agreement | CheckKind::Review | CheckKind::Naloxone => {
            any(&[Group::Opioid])
        }
        CheckKind::Ecg => any(&[Group::Methadone]),
        CheckKind::Organs => any(&[Group::Nsaid, Group::Gabapentinoid, Group::Duloxetine]),
    }
}

impl Rules<'_> {
    /// The rule of a check for a patient with medicines of these groups; none where it does not concern them.
    pub fn of(&self, kind: CheckKind, whom: Whom, groups: &[Group]) -> Option<Rule> {
        let own = self.own.iter().filter(|own| own.fits(kind, self.region, whom, groups));
        // Of those that say as much, the shortest; one that switches off gives way to one that runs.
        let sooner = |own: &&OwnRule| (own.says(), std::cmp::Reverse(if own.days == 0 { u32::MAX } else { own.days }));
        if let Some(own) = own.max_by_key(sooner) {
            let rhythm = Rhythm { first: 0, second: None, every: Some(own.days) };
            return Some(if own.days == 0 { Rule::Off(own.fact()) } else { Rule::Runs(rhythm, own.fact()) });
        }
        is_for(kind, groups).then(|| match whom.switched_off(kind.name()) {
            Some(rules) => off_in(kind, whom.context(), rules),
            None => of_tables(kind, self.region),
        })
    }

    /// The clocks that run for such a patient, without their reasons.
    pub fn rhythms(&self, whom: Whom, groups: &[Group]) -> Vec<(CheckKind, Rhythm)> {
        let runs = |&kind: &CheckKind| match self.of(kind, whom, groups) {
            Some(Rule::Runs(rhythm, _)) => Some((kind, rhythm)),
            Some(Rule::Off(_)) | None => None,
        };
        CheckKind::ALL.iter().filter_map(runs).collect()
    }
}

/// What the tables say of a check in a region.
fn of_tables(kind: CheckKind, region: Region) -> Rule {
    let table = regions().monitoring.iter().find(|table| table.region == region);
    let check = |id: &str| safety_checks().get(id);
    let Some(table) = table else {
        return off(kind, region, "the tables say nothing of it");
    };
    let of_region = |days: u32, words: &str| match days {
        0 => Rule::Off(Fact::new(
            format!("{}: off in {}: {words}", kind.label(), region.place()),
            &table.source,
            table.verified,
        )),
        days => Rule::Runs(
            Rhythm { first: 0, second: None, every: Some(days) },
            Fact::new(
                format!("{}: at the start and every {days} days: {words}", kind.label()),
                &table.source,
                table.verified,
            ),
        ),
    };
    match kind {
        CheckKind::Pdmp => of_region(table.pdmp_clock_days, &table.pdmp),
        CheckKind::Urine => of_region(table.urine_clock_days, &table.urine_test),
        CheckKind::Agreement => agreement(region, table, check("opioid_agreement")),
        CheckKind::Review => review(region, table, check("opioid_followup")),
        CheckKind::Ecg => check("ecg_methadone").map_or_else(|| off(kind, region, "no table"), ecg),
        CheckKind::Organs => check("renal_hepatic").map_or_else(
            || off(kind, region, "no table"),
            |check| {
                let rule =
                    format!("{}: no interval in the table; a setting may give one ({})", kind.label(), check.when);
                Rule::Off(Fact::new(rule, &check.source, check.verified))
            },
        ),
        CheckKind::Naloxone => {
            let words = table.naloxone_note.as_deref().unwrap_or(if table.naloxone_offer {
                "offered where a trigger is present; no clock"
            } else {
                "no offer by the table"
            });
            Rule::Off(Fact::new(format!("{}: {words}", kind.label()), &table.source, table.verified))
        }
    }
}

/// Off because of what opioids are given for.
fn off_in(kind: CheckKind, context: OpioidContext, rules: &ContextRules) -> Rule {
    let words = format!("{}: off, {}. {}", kind.label(), context.label(), rules.why);
    Rule::Off(Fact::new(words, &rules.source, rules.verified))
}

fn off(kind: CheckKind, region: Region, why: &str) -> Rule {
    Rule::Off(Fact::own(format!("{}: off in {}: {why}", kind.label(), region.place())))
}

/// The interval of the agreement comes from guidelines of the United States.
fn agreement(region: Region, table: &Table, check: Option<&TableCheck>) -> Rule {
    let kind = CheckKind::Agreement;
    match check.and_then(|check| Some((check, check.interval_days?))) {
        Some((check, days)) if region == Region::Us => Rule::Runs(
            Rhythm { first: 0, second: None, every: Some(days) },
            Fact::new(
                format!("{}: at the start and every {days} days: {}", kind.label(), check.detail),
                &check.source,
                check.verified,
            ),
        ),
        _ => Rule::Off(Fact::new(
            format!("{}: no interval for {}: {}", kind.label(), region.place(), table.agreement),
            &table.source,
            table.verified,
        )),
    }
}

/// The first review after starting is of a guideline of the United States; the yearly one of the United Kingdom's table.
fn review(region: Region, table: &Table, check: Option<&TableCheck>) -> Rule {
    let kind = CheckKind::Review;
    match (region, check.and_then(|check| Some((check, check.first_review_days_max?)))) {
        (Region::Us, Some((check, days))) => Rule::Runs(
            Rhythm { first: days, second: None, every: None },
            Fact::new(
                format!("{}: within {days} days of starting: {}", kind.label(), check.detail),
                &check.source,
                check.verified,
            ),
        ),
        (Region::Uk, _) if table.review.is_some() => Rule::Runs(
            Rhythm { first: YEAR, second: None, every: Some(YEAR) },
            Fact::new(
                format!("{}: {}", kind.label(), table.review.as_deref().unwrap_or_default()),
                &table.source,
                table.verified,
            ),
        ),
        _ => off(kind, region, "the tables have no interval"),
    }
}

/// "Yearly" of the tables, in days.
const YEAR: u32 = 365;
/// "About 30 days" after the start of methadone.
const ECG_SECOND: u32 = 30;

/// Before, about 30 days and yearly: of the medicine, in every region.
fn ecg(check: &TableCheck) -> Rule {
    Rule::Runs(
        Rhythm { first: 0, second: Some(ECG_SECOND), every: Some(YEAR) },
        Fact::new(format!("{}: {}", CheckKind::Ecg.label(), check.detail), &check.source, check.verified),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPIOID: &[Group] = &[Group::Opioid];

    fn every(rule: Option<&Rule>) -> Option<u32> {
        match rule {
            Some(Rule::Runs(rhythm, _)) => rhythm.every,
            Some(Rule::Off(_)) | None => None,
        }
    }

    #[test]
    fn no_figure_of_one_region_is_used_in_another() {
        for (kind, us, uk, de, other) in [
            (CheckKind::Pdmp, Some(90), None, None, None),
            (CheckKind::Urine, Some(365), None, None, None),
            (CheckKind::Agreement, Some(365), None, None, None),
            (CheckKind::Review, None, Some(365), None, None),
        ] {
            for (region, expected) in [(Region::Us, us), (Region::Uk, uk), (Region::De, de), (Region::Other, other)] {
                let rules = Rules { region, own: &[] };
                let rule = rules.of(kind, Whom::default(), OPIOID);
                assert_eq!(every(rule.as_ref()), expected, "{kind:?} {region:?}");
                if let Some(Rule::Off(fact)) = rule {
                    assert!(fact.rule.starts_with(kind.label()) && !fact.source.is_empty(), "{fact:?}");
                }
            }
        }
    }

    #[test]
    fn a_check_concerns_the_medicines_it_is_for() {
        let rules = Rules { region: Region::De, own: &[] };
        assert_eq!(rules.of(CheckKind::Pdmp, Whom::default(), &[Group::Gabapentinoid]), None);
        assert_eq!(rules.of(CheckKind::Ecg, Whom::default(), OPIOID), None);
        assert_eq!(
            every(rules.of(CheckKind::Ecg, Whom::default(), &[Group::Opioid, Group::Methadone]).as_ref()),
            Some(365)
        );
        assert!(matches!(rules.of(CheckKind::Organs, Whom::default(), &[Group::Nsaid]), Some(Rule::Off(_))));
        assert_eq!(rules.of(CheckKind::Organs, Whom::default(), OPIOID), None);
    }

    #[test]
    fn the_setting_that_says_most_decides() {
        let own: Vec<OwnRule> = [
            ("urine", 365),
            ("urine high", 90),
            ("urine de", 180),
            ("urine de high methadone", 30),
            ("urine benzodiazepine", 200),
            ("pdmp us", 0),
        ]
        .into_iter()
        .map(|(words, days)| OwnRule::read(words, days).unwrap())
        .collect();
        let of = |region, risk, groups: &[Group]| {
            every(Rules { region, own: &own }.of(CheckKind::Urine, Whom { risk, given_for: None }, groups).as_ref())
        };
        let methadone = &[Group::Opioid, Group::Methadone];
        for (region, risk, groups, expected) in [
            (Region::Us, None, OPIOID, Some(365)),
            (Region::Us, Some(Risk::High), OPIOID, Some(90)),
            (Region::De, None, OPIOID, Some(180)),
            (Region::De, Some(Risk::High), OPIOID, Some(90)),
            (Region::De, Some(Risk::High), methadone, Some(30)),
            (Region::Us, None, &[Group::Benzodiazepine], Some(200)),
            (Region::Us, None, &[Group::Nsaid], None),
        ] {
            assert_eq!(of(region, risk, groups), expected, "{region:?} {risk:?} {groups:?}");
        }
        let rules = Rules { region: Region::Us, own: &own };
        assert!(
            matches!(rules.of(CheckKind::Pdmp, Whom::default(), OPIOID), Some(Rule::Off(fact)) if fact.source == "Own setting")
        );
    }

    #[test]
    fn what_opioids_are_given_for_switches_the_clocks_and_a_setting_may_name_it() {
        let own = [OwnRule::read("urine", 100).unwrap(), OwnRule::read("urine use_disorder", 30).unwrap()];
        let groups = &[Group::Opioid, Group::Methadone, Group::Nsaid];
        let whom = |given_for| Whom { risk: None, given_for };
        for (context, own_urine) in [
            (None, Some(100)),
            (Some(OpioidContext::Chronic), Some(100)),
            (Some(OpioidContext::Cancer), None),
            (Some(OpioidContext::Palliative), None),
            (Some(OpioidContext::SickleCell), None),
            (Some(OpioidContext::UseDisorder), Some(30)),
        ] {
            let chronic = context.is_none_or(|context| context == OpioidContext::Chronic);
            for region in [Region::Us, Region::Uk] {
                let tables = Rules { region, own: &[] };
                for kind in [CheckKind::Pdmp, CheckKind::Urine, CheckKind::Agreement, CheckKind::Review] {
                    let rule = tables.of(kind, whom(context), groups).unwrap();
                    let as_chronic = tables.of(kind, Whom::default(), groups).unwrap();
                    assert_eq!(rule == as_chronic, chronic, "{kind:?} {context:?} {region:?}");
                    if let (false, Rule::Off(fact)) = (chronic, &rule) {
                        assert!(fact.rule.contains(context.unwrap().label()), "{fact:?}");
                    }
                }
                let ecg = tables.of(CheckKind::Ecg, whom(context), groups);
                assert_eq!(every(ecg.as_ref()), Some(365), "the ECG belongs to the medicine: {context:?}");
            }
            let rule = Rules { region: Region::Us, own: &own }.of(CheckKind::Urine, whom(context), groups);
            assert_eq!(every(rule.as_ref()), own_urine, "{context:?}");
        }
    }

    #[test]
    fn a_setting_that_means_nothing_says_what_could_stand_there() {
        assert!(OwnRule::read("pdpm", 30).unwrap_err().starts_with("a clock is one of pdmp, urine"));
        assert!(OwnRule::read("pdmp france", 30).unwrap_err().starts_with("after a clock may stand us, uk"));
        assert!(OwnRule::read("", 30).is_err());
    }
}
