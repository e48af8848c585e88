//! The history by letters: onset, course, quality, timing, what makes it worse and better, sleep, mood, work. And the
//! treatments tried so far. Both become sentences.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::id::TreatmentTriedId;
use super::plan::{Modality, Outcome};
use super::since::Since;
use super::text::capital;
use super::vocab::Vocab;

crate::vocab! {
    /// How the pain began.
    pub enum Onset {
        /// Suddenly.
        Sudden "sudden" "sudden",
        /// Gradually.
        Gradual "gradual" "gradual",
        /// After an injury.
        Injury "injury" "after injury",
        /// After an operation.
        Operation "operation" "after an operation",
        /// After an illness.
        Illness "illness" "after an illness",
        /// After lifting or strain.
        Strain "strain" "after a strain",
        /// The patient does not know.
        Unclear "unclear" "unclear",
    }

    /// How it went since.
    pub enum PainCourse {
        /// Better.
        Better "better" "better",
        /// The same.
        Same "same" "same",
        /// Worse.
        Worse "worse" "worse",
        /// In waves.
        Waves "waves" "in waves",
        /// In attacks, free between them.
        Attacks "attacks" "attacks, free between",
    }

    /// What it feels like.
    pub enum Quality {
        /// Aching.
        Aching "aching" "aching",
        /// Burning.
        Burning "burning" "burning",
        /// Stabbing.
        Stabbing "stabbing" "stabbing",
        /// Shooting.
        Shooting "shooting" "shooting",
        /// Electric.
        Electric "electric" "electric",
        /// Throbbing.
        Throbbing "throbbing" "throbbing",
        /// Cramping.
        Cramping "cramping" "cramping",
        /// Pressing.
        Pressing "pressing" "pressing",
        /// Pins and needles.
        Tingling "tingling" "tingling",
        /// Numb.
        Numb "numb" "numb",
        /// Cold.
        Cold "cold" "feels cold",
        /// Touch hurts.
        Touch "touch" "touch hurts",
    }

    /// When it hurts.
    pub enum Timing {
        /// Without pause.
        Constant "constant" "constant",
        /// It comes and goes.
        Intermittent "intermittent" "comes and goes",
        /// In the morning.
        Morning "morning" "mornings",
        /// By day.
        Day "day" "by day",
        /// In the evening.
        Evening "evening" "evenings",
        /// At night.
        Night "night" "at night",
        /// At rest.
        Rest "rest" "at rest",
        /// Under load.
        Load "load" "under load",
    }

    /// What makes it worse.
    pub enum Worse {
        /// Sitting.
        Sitting "sitting" "sitting",
        /// Standing.
        Standing "standing" "standing",
        /// Walking.
        Walking "walking" "walking",
        /// Lying.
        Lying "lying" "lying",
        /// Bending forward.
        Bending "bending" "bending",
        /// Leaning back.
        Extending "extending" "leaning back",
        /// Turning.
        Turning "turning" "turning",
        /// Lifting.
        Lifting "lifting" "lifting",
        /// Stairs.
        Stairs "stairs" "stairs",
        /// Coughing or straining.
        Cough "cough" "coughing",
        /// Touch.
        Touch "touch" "touch",
        /// Cold.
        Cold "cold" "cold weather",
        /// Stress.
        Stress "stress" "stress",
        /// Eating.
        Eating "eating" "eating",
        /// Light or noise.
        Light "light" "light or noise",
    }

    /// What makes it better.
    pub enum Better {
        /// Rest.
        Rest "rest" "rest",
        /// Movement.
        Movement "movement" "movement",
        /// Lying down.
        Lying "lying" "lying",
        /// Sitting.
        Sitting "sitting" "sitting",
        /// Bending forward.
        Bending "bending" "bending",
        /// Warmth.
        Warmth "warmth" "warmth",
        /// Cold.
        Cold "cold" "cold",
        /// Medicine.
        Medicine "medicine" "medicine",
        /// Massage.
        Massage "massage" "hands-on treatment",
        /// Distraction.
        Distraction "distraction" "distraction",
        /// Nothing.
        Nothing "nothing" "nothing",
    }

    /// How the patient sleeps.
    pub enum Sleep {
        /// Well.
        Well "well" "well",
        /// Falls asleep late.
        Late "late" "falls asleep late",
        /// Wakes from pain.
        Wakes "wakes" "wakes from pain",
        /// Wakes early.
        Early "early" "wakes early",
        /// Is tired by day.
        Tired "tired" "tired by day",
    }

    /// Mood as the patient tells it.
    pub enum Mood {
        /// Good.
        Good "good" "good",
        /// Low.
        Low "low" "low",
        /// Anxious.
        Anxious "anxious" "anxious",
        /// Irritable.
        Irritable "irritable" "irritable",
        /// Without hope.
        Hopeless "hopeless" "hopeless",
    }

    /// Work.
    pub enum Work {
        /// Works as before.
        Full "full" "as before",
        /// Works less or other work.
        Reduced "reduced" "reduced",
        /// Off sick.
        OffSick "off_sick" "off sick",
        /// Looking for work.
        Without "without" "without work",
        /// Retired.
        Retired "retired" "retired",
        /// Retired early for illness.
        Pension "pension" "pension for illness",
        /// At home, in school or training.
        Home "home" "home, school or training",
    }
}

/// The history by letters: what one visit found. Blank is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryLetters {
    /// How it began.
    pub onset: Option<Onset>,
    /// How it went since.
    pub course: Option<PainCourse>,
    /// What it feels like.
    pub quality: BTreeSet<Quality>,
    /// When it hurts.
    pub timing: BTreeSet<Timing>,
    /// What makes it worse.
    pub worse: BTreeSet<Worse>,
    /// What makes it better.
    pub better: BTreeSet<Better>,
    /// Sleep.
    pub sleep: BTreeSet<Sleep>,
    /// Mood.
    pub mood: BTreeSet<Mood>,
    /// Work.
    pub work: Option<Work>,
}

/// One part of the history: its name, and the words chosen in it.
type Part = (&'static str, Vec<&'static str>);

impl HistoryLetters {
    /// Whether nothing was asked.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    fn parts(&self) -> [Part; 9] {
        fn one<V: Vocab>(name: &'static str, value: Option<V>) -> Part {
            (name, value.map(Vocab::label).into_iter().collect())
        }
        fn some<V: Vocab>(name: &'static str, values: &BTreeSet<V>) -> Part {
            (name, values.iter().map(|value| value.label()).collect())
        }
        [
            one("onset", self.onset),
            one("course", self.course),
            some("quality", &self.quality),
            some("timing", &self.timing),
            some("worse with", &self.worse),
            some("better with", &self.better),
            some("sleep", &self.sleep),
            some("mood", &self.mood),
            one("work", self.work),
        ]
    }

    /// In sentences; empty where nothing was asked: `Onset gradual, course worse. Quality: burning, numb. …`
    pub fn sentence(&self) -> String {
        let parts = self.parts();
        let mut out: Vec<String> = Vec::new();
        let began: Vec<String> =
            parts[..2].iter().filter_map(|(name, words)| Some(format!("{name} {}", words.first()?))).collect();
        if !began.is_empty() {
            out.push(capital(&began.join(", ")));
        }
        for (name, words) in parts[2..].iter().filter(|(_, words)| !words.is_empty()) {
            out.push(format!("{}: {}", capital(name), words.join(", ")));
        }
        if out.is_empty() { String::new() } else { format!("{}.", out.join(". ")) }
    }

    /// What differs from an earlier visit, one sentence a part. A part that was not asked this time says nothing.
    pub fn changes(&self, last: &Self) -> Vec<String> {
        let mut out = Vec::new();
        for ((name, now), (_, before)) in self.parts().iter().zip(last.parts().iter()) {
            if now.is_empty() || before.is_empty() || now == before {
                continue;
            }
            let new: Vec<&str> = now.iter().filter(|word| !before.contains(word)).copied().collect();
            let gone: Vec<&str> = before.iter().filter(|word| !now.contains(word)).copied().collect();
            let name = capital(name);
            out.push(match (new.is_empty(), gone.is_empty()) {
                (false, false) if now.len() == 1 && before.len() == 1 => format!("{name}: {} -> {}", gone[0], new[0]),
                (false, false) => format!("{name}: new {}; no longer {}", new.join(", "), gone.join(", ")),
                (false, true) => format!("{name}: new {}", new.join(", ")),
                (true, _) => format!("{name}: no longer {}", gone.join(", ")),
            });
        }
        out
    }
}

/// A treatment tried: what is later never tried again without knowing why it was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreatmentTried {
    /// Identity.
    pub id: TreatmentTriedId,
    /// What.
    pub what: String,
    /// Which kind of treatment; none is told by its words.
    pub modality: Option<Modality>,
    /// From when.
    pub from: Option<Since>,
    /// Until when; blank: still running, or not known.
    pub to: Option<Since>,
    /// The best dose, or how much of it.
    pub best_dose: String,
    /// Relief in percent, as the patient says.
    pub effect_percent: Option<u8>,
    /// What came of it; none is told by its relief.
    pub outcome: Option<Outcome>,
    /// Why it was stopped.
    pub why_stopped: String,
}

impl TreatmentTried {
    /// A treatment of which nothing is known yet.
    pub const fn new(id: TreatmentTriedId) -> Self {
        Self {
            id,
            what: String::new(),
            modality: None,
            from: None,
            to: None,
            best_dose: String::new(),
            effect_percent: None,
            outcome: None,
            why_stopped: String::new(),
        }
    }

    /// In one line: `Gabapentin, 2019 to Mar 2021, up to 1800 mg, 30 % relief, stopped: drowsy`.
    pub fn show(&self) -> String {
        let mut out = vec![self.what.clone()];
        match (self.from, self.to) {
            (Some(from), Some(to)) => out.push(format!("{} to {}", from.show(), to.show())),
            (Some(from), None) => out.push(format!("since {}", from.show())),
            (None, Some(to)) => out.push(format!("until {}", to.show())),
            (None, None) => {}
        }
        if !self.best_dose.is_empty() {
            out.push(format!("up to {}", self.best_dose));
        }
        out.extend(self.effect_percent.map(|percent| format!("{percent} % relief")));
        out.extend(self.outcome.map(|outcome| outcome.label().to_owned()));
        if !self.why_stopped.is_empty() {
            out.push(format!("stopped: {}", self.why_stopped));
        }
        out.join(", ")
    }
}

/// A treatment tried as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TreatmentDraft {
    /// What.
    pub what: String,
    /// Which kind of treatment.
    pub modality: Option<Modality>,
    /// From when.
    pub from: String,
    /// Until when.
    pub to: String,
    /// The best dose.
    pub best_dose: String,
    /// Relief in percent.
    pub effect_percent: Option<u8>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Why it was stopped.
    pub why_stopped: String,
}

impl TreatmentDraft {
    /// The draft of one in the record.
    pub fn of(tried: &TreatmentTried) -> Self {
        Self {
            what: tried.what.clone(),
            modality: tried.modality,
            outcome: tried.outcome,
            from: tried.from.map(Since::show).unwrap_or_default(),
            to: tried.to.map(Since::show).unwrap_or_default(),
            best_dose: tried.best_dose.clone(),
            effect_percent: tried.effect_percent,
            why_stopped: tried.why_stopped.clone(),
        }
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        let texts = [&self.what, &self.from, &self.to, &self.best_dose, &self.why_stopped];
        texts.iter().all(|text| text.trim().is_empty()) && self.effect_percent.is_none() && self.outcome.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    fn letters() -> HistoryLetters {
        HistoryLetters {
            onset: Some(Onset::Gradual),
            course: Some(PainCourse::Worse),
            quality: [Quality::Burning, Quality::Numb].into(),
            worse: [Worse::Sitting].into(),
            ..HistoryLetters::default()
        }
    }

    #[test]
    fn the_letters_become_sentences_and_what_was_not_asked_is_left_out() {
        assert_eq!(letters().sentence(), "Onset gradual, course worse. Quality: burning, numb. Worse with: sitting.");
        let only = HistoryLetters { sleep: [Sleep::Wakes, Sleep::Tired].into(), ..HistoryLetters::default() };
        assert_eq!(only.sentence(), "Sleep: wakes from pain, tired by day.");
        assert_eq!(HistoryLetters::default().sentence(), "");
        assert!(HistoryLetters::default().is_blank() && !only.is_blank());
    }

    #[test]
    fn what_changed_is_said_part_by_part_and_a_part_not_asked_says_nothing() {
        let before = letters();
        for (change, says) in [
            ((|_| ()) as fn(&mut HistoryLetters), vec![]),
            (|v| v.course = Some(PainCourse::Better), vec!["Course: worse -> better"]),
            (|v| v.course = None, vec![]),
            (|v| v.quality = [Quality::Burning].into(), vec!["Quality: no longer numb"]),
            (|v| v.quality = [Quality::Burning, Quality::Numb, Quality::Cold].into(), vec!["Quality: new feels cold"]),
            (|v| v.quality = [Quality::Aching, Quality::Numb].into(), vec!["Quality: new aching; no longer burning"]),
            (|v| v.work = Some(Work::OffSick), vec![]),
        ] {
            let mut now = before.clone();
            change(&mut now);
            assert_eq!(now.changes(&before), says);
        }
    }

    #[test]
    fn a_treatment_reads_as_one_line() {
        let mut ids = Ids::seeded(7);
        let mut tried = TreatmentTried {
            what: "Gabapentin".to_owned(),
            from: Some(Since::Year(2019)),
            to: Some(Since::Month(2021, 3)),
            best_dose: "1800 mg".to_owned(),
            effect_percent: Some(30),
            why_stopped: "drowsy".to_owned(),
            ..TreatmentTried::new(ids.next(Instant::from_millis(0)))
        };
        assert_eq!(tried.show(), "Gabapentin, 2019 to Mar 2021, up to 1800 mg, 30 % relief, stopped: drowsy");
        assert!(!TreatmentDraft::of(&tried).is_blank());
        tried.to = None;
        tried.effect_percent = Some(0);
        tried.why_stopped.clear();
        assert_eq!(tried.show(), "Gabapentin, since 2019, up to 1800 mg, 0 % relief");
    }
}
