//! The catalogue: every instrument that can be used, shipped, licensed or the physician's own, seen the same way.

use crate::clinical::facts::instruments::{Ages, Direction, Excluded, Instrument, Mcic, instruments};
use crate::clinical::provenance::Given;
use crate::clinical::time::age_in_years;
use chrono::NaiveDate;

/// From this age on a patient is an adult here, in years.
pub const ADULT: u32 = 18;

/// Whether somebody is a child on a day; where the birth date is unknown nobody is taken for one.
pub fn is_child(birth: Option<NaiveDate>, on: NaiveDate) -> bool {
    birth.is_some_and(|birth| age_in_years(birth, on) < ADULT)
}

/// One instrument of the catalogue.
#[derive(Debug, Clone, Copy)]
pub enum Entry<'a> {
    /// Held whole: shipped, or the physician's own.
    Held(&'a Instrument),
    /// Its wording may not be shipped: a total is typed.
    Licensed(&'a Excluded),
}

/// What is done with an instrument that was used before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// The answers of this visit are opened again.
    Same,
    /// Measured again each time: a new result.
    New,
}

impl<'a> Entry<'a> {
    /// Its id.
    pub fn id(&self) -> &'a str {
        match self {
            Self::Held(x) => &x.id,
            Self::Licensed(x) => &x.id,
        }
    }

    /// Its name.
    pub fn name(&self) -> &'a str {
        match self {
            Self::Held(x) => &x.name,
            Self::Licensed(x) => &x.name,
        }
    }

    /// Its name in a row: its own short one, the name where that is short, else its id in capitals.
    pub fn short(&self) -> String {
        let own = match self {
            Self::Held(x) => x.short.as_ref(),
            Self::Licensed(x) => x.short.as_ref(),
        };
        if let Some(own) = own {
            return own.clone();
        }
        let name = self.name().split(" (").next().unwrap_or_default();
        if name.chars().count() <= 10 { name.to_owned() } else { self.id().to_uppercase().replace('_', "-") }
    }

    /// Whom it was made for.
    pub fn ages(&self) -> Option<Ages> {
        match self {
            Self::Held(x) => x.ages,
            Self::Licensed(x) => x.ages,
        }
    }

    /// Why it is not for this patient: `not for children`.
    pub fn not_for(&self, birth: Option<NaiveDate>, on: NaiveDate) -> Option<&'static str> {
        let child = is_child(birth, on);
        (self.ages() == Some(Ages::Adults) && child).then_some("not for children")
    }

    /// Lowest and highest total; none where it has no total.
    pub fn range(&self) -> Option<[i32; 2]> {
        match self {
            Self::Held(x) => x.range.or_else(|| x.derived.first().map(|derived| derived.range)),
            Self::Licensed(x) => x.range,
        }
    }

    /// Which way is worse.
    pub fn direction(&self) -> Direction {
        match self {
            Self::Held(x) => x.direction,
            Self::Licensed(x) => x.direction.unwrap_or(Direction::HigherIsWorse),
        }
    }

    /// Decimals that its total is shown with.
    pub fn decimals(&self) -> u32 {
        match self {
            Self::Held(x) => x.decimals.unwrap_or(0),
            Self::Licensed(x) => x.decimals.unwrap_or(0).into(),
        }
    }

    /// The smallest change that matters.
    pub fn mcic(&self) -> Option<&'a Mcic> {
        match self {
            Self::Held(x) => x.mcic.as_ref(),
            Self::Licensed(x) => x.mcic.as_ref(),
        }
    }

    /// Days after which it is asked again.
    pub fn again_after_days(&self) -> Option<u32> {
        match self {
            Self::Held(x) => x.again_after_days,
            Self::Licensed(x) => x.again_after_days,
        }
    }

    /// The time it asks about; empty where nothing is said.
    pub fn recall(&self) -> &'a str {
        match self {
            Self::Held(x) => &x.recall,
            Self::Licensed(_) => "",
        }
    }

    /// Where it is published, and whether that was verified.
    pub fn published(&self) -> (&'a str, bool) {
        match self {
            Self::Held(x) => (&x.source, x.verified),
            Self::Licensed(x) => (&x.source, x.verified),
        }
    }

    /// Who completes it; empty where nothing is said.
    pub fn completed_by(&self) -> &'a str {
        match self {
            Self::Held(x) => &x.completed_by,
            Self::Licensed(_) => "",
        }
    }

    /// A scale of what is seen, for those who cannot report: chosen instead of the numeric rating, never mixed with it.
    pub fn is_observed(&self) -> bool {
        matches!(self, Self::Held(x) if x.domain == "observed_pain")
    }

    /// How its answers are given, where a form of several says how all are: what is seen is observed, whatever it was
    /// written on.
    pub fn given(&self, of_form: Given) -> Given {
        if self.is_observed() || self.completed_by() == "clinician" { of_form.observed() } else { of_form }
    }

    /// Whether the answers of a visit are opened again, or it is measured anew each time.
    pub fn again(&self) -> Again {
        let Self::Held(x) = self else { return Again::Same };
        match x.domain.as_str() {
            "observed_pain" | "withdrawal" | "sedation" | "recovery" | "pain_intensity" => Again::New,
            _ => Again::Same,
        }
    }

    /// Whether any answer of it can ask for an action.
    pub fn can_raise(&self) -> bool {
        match self {
            Self::Held(x) => !x.flags.is_empty() || x.bands.iter().any(|band| band.positive),
            Self::Licensed(x) => x.cutoff.is_some() || !x.action_codes.is_empty(),
        }
    }

    /// The version of the definition: the author's, else the day the table was read, else the mark of its text.
    pub fn version(&self) -> String {
        match self {
            Self::Held(x) => match &x.version {
                Some(version) => version.clone(),
                None if instruments().get(&x.id).is_some() => instruments().read.to_string(),
                None => mark(&format!("{x:?}")),
            },
            Self::Licensed(_) => instruments().read.to_string(),
        }
    }

    /// Change against an earlier total of the same instrument; none where neither way is better by itself.
    pub fn change(
        &self,
        baseline: crate::clinical::exact::Exact,
        current: crate::clinical::exact::Exact,
    ) -> Option<super::Change> {
        match self {
            Self::Held(x) => super::change(x, baseline, current).ok().flatten(),
            Self::Licensed(x) => super::change::change_of_form(x, baseline, current).ok().flatten(),
        }
    }
}

/// An instrument of the catalogue, held by whoever works with it for a while.
#[derive(Debug, Clone)]
pub enum OwnedEntry {
    /// Held whole.
    Held(Box<Instrument>),
    /// Its wording may not be shipped.
    Licensed(Box<Excluded>),
}

impl OwnedEntry {
    /// As the catalogue shows it.
    pub fn entry(&self) -> Entry<'_> {
        match self {
            Self::Held(instrument) => Entry::Held(instrument),
            Self::Licensed(form) => Entry::Licensed(form),
        }
    }
}

impl From<Entry<'_>> for OwnedEntry {
    fn from(entry: Entry<'_>) -> Self {
        match entry {
            Entry::Held(instrument) => Self::Held(Box::new(instrument.clone())),
            Entry::Licensed(form) => Self::Licensed(Box::new(form.clone())),
        }
    }
}

/// A short mark of a text, by which another text is told from it (FNV-1a, 32 bits).
fn mark(text: &str) -> String {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}

/// Every instrument that can be used.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    own: Vec<Instrument>,
}

/// Scales that have a place of their own in the assessment.
const IN_THE_ASSESSMENT: [&str; 5] = ["nrs_current", "nrs_average", "nrs_worst", "nrs_least", "peg"];

impl Catalogue {
    /// The shipped ones, with the physician's own.
    pub const fn with(own: Vec<Instrument>) -> Self {
        Self { own }
    }

    /// The physician's own.
    pub fn own(&self) -> &[Instrument] {
        &self.own
    }

    /// The instrument with this id.
    pub fn get<'a>(&'a self, id: &str) -> Option<Entry<'a>> {
        let own = self.own.iter().find(|x| x.id == id).map(Entry::Held);
        own.or_else(|| instruments().get(id).map(Entry::Held))
            .or_else(|| instruments().excluded(id).map(Entry::Licensed))
    }

    /// Every instrument that is opened by itself: own ones first, then those shipped, then those typed as a total.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let shipped = instruments().instrument.iter().filter(|x| !IN_THE_ASSESSMENT.contains(&x.id.as_str()));
        // The revised opioid risk tool is the default of the two: it stands before the older one.
        let (older, shipped): (Vec<_>, Vec<_>) = shipped.partition(|x| x.id == "ort");
        let licensed = instruments().excluded.iter().map(Entry::Licensed);
        self.own.iter().chain(shipped).chain(older).map(Entry::Held).chain(licensed)
    }

    /// The instrument that somebody means: by its id, its short name or its name, whatever the case.
    pub fn named<'a>(&'a self, text: &str) -> Option<Entry<'a>> {
        let plain =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let wanted = plain(text);
        let all = || instruments().instrument.iter().map(Entry::Held).chain(self.entries());
        self.get(text.trim()).or_else(|| {
            all().find(|entry| {
                [entry.id().to_owned(), entry.short(), entry.name().to_owned()].iter().any(|name| plain(name) == wanted)
                    || entry.name().split(" (").next().is_some_and(|name| plain(name) == wanted)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instrument_is_found_by_any_of_its_names() {
        let catalogue = Catalogue::default();
        for (text, id) in [
            ("phq9", "phq9"),
            ("PHQ-9", "phq9"),
            ("phq 9", "phq9"),
            ("ORT-OUD", "ort_oud"),
            ("Oswestry Disability Index", "odi"),
            ("PEG", "peg"),
            ("roland-morris disability questionnaire", "rmdq"),
            ("painDETECT", "paindetect"),
        ] {
            assert_eq!(catalogue.named(text).map(|entry| entry.id()), Some(id), "{text}");
        }
        assert!(catalogue.named("xyzzy").is_none());
        for entry in catalogue.entries() {
            assert_eq!(catalogue.named(&entry.short()).map(|found| found.id()), Some(entry.id()));
            assert!(entry.short().chars().count() <= 16, "{}", entry.short());
        }
    }

    #[test]
    fn the_revised_opioid_risk_tool_stands_before_the_older_one() {
        let catalogue = Catalogue::default();
        let at = |id: &str| catalogue.entries().position(|entry| entry.id() == id).unwrap();
        assert!(at("ort_oud") < at("ort"));
        assert!(catalogue.entries().all(|entry| !entry.id().starts_with("nrs") && entry.id() != "peg"));
    }

    #[test]
    fn instruments_for_adults_say_that_they_are_not_for_children() {
        let catalogue = Catalogue::default();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let on = day("2026-11-24");
        for (birth, child) in [("2008-11-24", false), ("2008-11-25", true), ("2020-01-01", true)] {
            assert_eq!(is_child(Some(day(birth)), on), child, "{birth}");
        }
        assert!(!is_child(None, on));
        assert_eq!(catalogue.get("phq9").unwrap().ages(), Some(Ages::Adults));
        assert_eq!(catalogue.get("flacc").unwrap().ages(), Some(Ages::Children));
        assert_eq!(catalogue.get("pgic").unwrap().ages(), None);
    }

    #[test]
    fn what_is_seen_is_observed_on_whatever_it_was_written() {
        use crate::clinical::provenance::{How, ReportedBy};
        let catalogue = Catalogue::default();
        let paper = Given { how: How::Paper, by: ReportedBy::Proxy };
        for (id, shown) in
            [("flacc", "observed"), ("painad", "observed"), ("cows", "observed"), ("phq9", "paper, by a proxy")]
        {
            assert_eq!(catalogue.get(id).unwrap().given(paper).show(), shown, "{id}");
        }
    }

    #[test]
    fn a_version_changes_with_the_definition() {
        let read = |text: &str| Catalogue::with(super::super::read_own(text).unwrap());
        let own = |label: &str| {
            format!(
                "[[instrument]]\nid = \"mine\"\nname = \"Mine\"\ndomain = \"sleep\"\nscoring = \"sum\"\nrange = [0, 3]\n\
                 direction = \"higher_is_worse\"\nrecall = \"now\"\ncompleted_by = \"patient\"\n\
                 items = [{{ id = \"a\", label = \"{label}\", min = 0, max = 3 }}]\nlicence = \"mine\"\n\
                 licence_status = \"free\"\nsource = \"me, 2026\"\nverified = true\n"
            )
        };
        let (one, same, other) = (read(&own("Sleep")), read(&own("Sleep")), read(&own("Rest")));
        let version = |catalogue: &Catalogue| catalogue.get("mine").unwrap().version();
        assert_eq!(version(&one), version(&same));
        assert_ne!(version(&one), version(&other));
        assert_eq!(Catalogue::default().get("phq9").unwrap().version(), "2026-11-21");
    }
}
