//! A medicine as its form edits it: one typed line with a live reading, and the prescription behind it.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::caution::{self, Strip};
use super::exposure::Exposure;
use super::id::MedicationId;
use super::medicine;
use super::models::MedicinesModel;
use super::monitoring::rule::OwnRule;
use super::not_typed::NotTyped;
use super::patient::{Known, Medication, PatientFile};
use super::practice::Region;
use super::sig::{Parts, Sig, read};
use super::supply::{Supply, days_for};
use super::text::clean_line;
use super::vocab::Vocab;

crate::vocab! {
    /// The classes that can be said of a medicine no table knows: those that a rule looks at.
    pub enum SaidClass {
        /// An opioid.
        Opioid "opioid" "opioid",
        /// A benzodiazepine.
        Benzodiazepine "benzodiazepine" "benzodiazepine",
        /// A sleeping medicine of the kind of zolpidem.
        ZDrug "z_drug" "z-drug",
        /// Any other that sedates.
        OtherSedative "other_sedative" "other sedative",
        /// A gabapentinoid.
        Gabapentinoid "gabapentinoid" "gabapentinoid",
        /// A muscle relaxant.
        MuscleRelaxant "muscle_relaxant" "muscle relaxant",
        /// An antipsychotic.
        Antipsychotic "antipsychotic" "antipsychotic",
        /// An SSRI.
        Ssri "ssri" "SSRI",
        /// An SNRI.
        Snri "snri" "SNRI",
        /// A tricyclic.
        Tca "tca" "tricyclic",
        /// An MAO inhibitor.
        Maoi "maoi" "MAO inhibitor",
        /// A triptan.
        Triptan "triptan" "triptan",
        /// An anti-inflammatory.
        Nsaid "nsaid" "NSAID",
        /// An anticoagulant.
        Anticoagulant "anticoagulant_oral" "anticoagulant",
        /// An antiplatelet medicine.
        Antiplatelet "antiplatelet" "platelet inhibitor",
        /// None of these.
        Other "other" "none of these",
    }
}

/// What stands beside the draft: the list without this medicine, and what is known of the patient.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beside {
    /// The model; none in a test of the table.
    pub model: Option<MedicinesModel>,
    /// Which medicine of the list is edited.
    pub id: Option<MedicationId>,
    /// Today.
    pub today: Option<NaiveDate>,
    /// The physician's own clocks of monitoring.
    pub own: Vec<OwnRule>,
}

/// A medicine as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MedicineDraft {
    /// Name, strength, dose, how often, as one line.
    pub line: String,
    /// The same in its parts; the one follows the other.
    pub parts: Parts,
    /// The class, where no table knows the name.
    pub class: Option<SaidClass>,
    /// What it is for.
    pub reason: String,
    /// Since when.
    pub started: Option<NaiveDate>,
    /// Its last day, where it is given for a time only.
    pub last_day: Option<NaiveDate>,
    /// When the prescription was written.
    pub written: Option<NaiveDate>,
    /// How many pieces.
    pub quantity: Option<u32>,
    /// For how many days.
    pub days: Option<u16>,
    /// Not filled again before.
    pub earliest: Option<NaiveDate>,
    /// Who wrote it.
    pub prescriber: String,
    /// What stands beside it; not typed, so not kept with the draft.
    #[serde(skip)]
    pub beside: Beside,
    /// Line and parts as they agreed last: what differs from it was typed since.
    #[serde(skip)]
    agreed: (String, Parts),
    /// What the list comes to, reckoned when the draft changed last.
    #[serde(skip)]
    live: NotTyped<Option<Moved>>,
}

/// What a list comes to and asks to be thought of.
#[derive(Debug)]
pub struct Reckoned {
    /// The opioids of a day.
    pub exposure: Exposure,
    /// The strip of cautions.
    pub strip: Strip,
}

/// What the list comes to now, and what it would come to with the draft.
#[derive(Debug, Clone)]
pub struct Moved {
    /// As it stands in the record.
    pub now: Arc<Reckoned>,
    /// As it would be.
    pub then: Arc<Reckoned>,
    /// Whose tables hold.
    pub region: Region,
    /// Of which words it was reckoned.
    of: Words,
}

/// What of a draft the figures follow from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Words {
    line: String,
    class: Option<SaidClass>,
    started: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
}

impl MedicineDraft {
    /// The draft of a medicine of the list.
    pub fn of(medicine: &Medication) -> Self {
        let supply = medicine.supply.as_ref();
        Self {
            line: medicine.line.clone(),
            parts: Parts::of(&medicine.line),
            agreed: (medicine.line.clone(), Parts::of(&medicine.line)),
            class: medicine.class.as_deref().and_then(SaidClass::from_name),
            reason: medicine.reason.clone().unwrap_or_default(),
            started: medicine.started,
            last_day: medicine.last_day,
            written: supply.map(|supply| supply.written),
            quantity: supply.and_then(|supply| supply.quantity),
            days: supply.map(|supply| supply.days),
            earliest: supply.and_then(|supply| supply.earliest),
            prescriber: supply.and_then(|supply| supply.prescriber.clone()).unwrap_or_default(),
            beside: Beside::default(),
            live: NotTyped::default(),
        }
    }

    /// Brings line and parts to the same words: the parts follow the line, the line the parts.
    ///
    /// How many and what for, said in the line, stand in their own fields too, until something else is typed there.
    pub fn settle(&mut self) {
        let before = read(&clean_line(&self.agreed.0));
        if self.line != self.agreed.0 {
            self.parts = Parts::of(&clean_line(&self.line));
        } else if self.parts != self.agreed.1 {
            self.line = self.parts.line();
        }
        self.agreed = (self.line.clone(), self.parts.clone());
        let now = self.sig();
        // Where it is not known how long so many last, they are said in the line alone: nothing more is asked.
        let lasting = |sig: &Sig| sig.quantity.filter(|quantity| days_for(*quantity, sig).is_some());
        let (was, is) = (lasting(&before), lasting(&now));
        if was != is && self.quantity == was {
            self.quantity = is;
        }
        let (was, is) = (before.reason.unwrap_or_default(), now.reason.unwrap_or_default());
        if was != is && self.reason == was {
            self.reason = is;
        }
        self.live = NotTyped(self.moved());
    }

    /// Takes what stands beside it, and reckons with it.
    pub fn stand_beside(&mut self, beside: Beside) {
        self.beside = beside;
        // Line and parts of a draft that comes back said the same when it was kept: nothing of them was typed since.
        if self.agreed.0.is_empty() && self.parts != Parts::default() {
            self.agreed = (self.line.clone(), self.parts.clone());
        }
        self.live = NotTyped::default();
        self.live = NotTyped(self.moved());
    }

    /// Whether its last day lies before its first.
    pub fn ends_before_it_begins(&self) -> bool {
        self.started.zip(self.last_day).is_some_and(|(started, last)| last < started)
    }

    /// The line, read.
    pub fn sig(&self) -> Sig {
        read(&clean_line(&self.line))
    }

    /// Whether the typed name is in no table: then its class is asked, once.
    pub fn is_unrecognised(&self) -> bool {
        let name = self.sig().name;
        name.chars().count() > 2 && medicine::named(&name).is_empty()
    }

    /// The class that was once said of the name, for whomever: it is not asked again.
    pub fn remembered(&self) -> Option<SaidClass> {
        let said = &self.beside.model.as_ref()?.said;
        let class = said.get(&medicine::spelling(&self.sig().name))?;
        SaidClass::from_name(class)
    }

    /// Whether its class is asked: no table knows the name, and nobody said it of the name before. One that this medicine
    /// has already can be changed.
    pub fn asks_class(&self) -> bool {
        self.is_unrecognised() && (self.class.is_some() || self.remembered().is_none())
    }

    /// For how many days the prescription lasts: as typed, else as the quantity says.
    pub fn lasts(&self) -> Option<u16> {
        let sig = self.sig();
        self.days.or_else(|| days_for(self.quantity.or(sig.quantity)?, &sig))
    }

    /// Whether anything was said of a prescription.
    pub fn has_supply(&self) -> bool {
        self.written.is_some() || self.days.is_some() || self.quantity.is_some()
    }

    /// The prescription, where one was said.
    ///
    /// # Errors
    /// The sentence where it is not known how long it lasts.
    pub fn supply(&self, today: NaiveDate) -> Result<Option<Supply>, String> {
        if !self.has_supply() {
            return Ok(None);
        }
        let days = self.lasts().filter(|days| (1..=730).contains(days)).ok_or("say for how many days it lasts")?;
        let prescriber = Some(clean_line(&self.prescriber)).filter(|who| !who.is_empty());
        let written = self.written.unwrap_or(today);
        Ok(Some(Supply { written, days, quantity: self.quantity, prescriber, earliest: self.earliest }))
    }

    /// The medicine as the draft says; the supply that cannot be read is left as it was before.
    pub fn medicine(&self, id: MedicationId, today: NaiveDate) -> Medication {
        let text = |text: &str| Some(clean_line(text)).filter(|text| !text.is_empty());
        let class = self.is_unrecognised().then(|| self.class.or_else(|| self.remembered())).flatten();
        Medication {
            id,
            line: clean_line(&self.line),
            started: self.started,
            last_day: self.last_day,
            reason: text(&self.reason),
            class: class.map(|class| class.name().to_owned()),
            supply: self.supply(today).unwrap_or_default(),
        }
    }

    /// The patient's file with the list as it would be, where the line says anything.
    pub fn file_after(&self) -> Option<PatientFile> {
        let Beside { model, id, today, .. } = &self.beside;
        let (model, today) = (model.as_ref()?, (*today)?);
        let mut file = model.file.clone();
        let known = file.facts.medications;
        let mut items = known.items().to_vec();
        let reviewed = match known {
            Known::Listed(_, on) => on,
            Known::NoneOn(on) => Some(on),
            Known::Unknown => None,
        };
        if !self.line.trim().is_empty() {
            // A new one needs an identity only to be told apart while it is tried out.
            let new = self.medicine(id.unwrap_or_else(|| uuid::Uuid::nil().into()), today);
            match items.iter_mut().find(|item| Some(item.id) == *id) {
                Some(item) => *item = new,
                None => items.push(new),
            }
        }
        file.facts.medications = Known::Listed(items, reviewed);
        Some(file)
    }

    /// What the list comes to now, and what it would come to: as it was reckoned when the draft changed last. Every medicine is
    /// read for it, which takes longer than a key should.
    pub fn moved(&self) -> Option<Moved> {
        let line = clean_line(&self.line);
        let of = Words { line, class: self.class, started: self.started, last_day: self.last_day };
        let known = self.live.as_ref();
        if let Some(known) = known.filter(|known| known.of == of) {
            return Some(known.clone());
        }
        let (model, today) = (self.beside.model.as_ref()?, self.beside.today?);
        let reckon = |file: &PatientFile| {
            let (facts, monitoring, own) = (&file.facts, &model.monitoring, self.beside.own.as_slice());
            let exposure = Exposure::of(&facts.medications, &facts.opioid);
            let strip = caution::strip(&caution::Input { file, function: model.function, monitoring, own, today });
            Arc::new(Reckoned { exposure, strip })
        };
        let now = known.map_or_else(|| reckon(&model.file), |known| known.now.clone());
        let then = reckon(&self.file_after()?);
        Some(Moved { now, then, region: model.file.facts.opioid.region.unwrap_or(Region::Other), of })
    }

    /// The meter in one line, as it would move: `MME 60 → 90, reaches the mark at 90`.
    pub fn what_if(&self) -> String {
        let Some(Moved { now, then, region, .. }) = self.moved() else { return String::new() };
        let none = now.exposure.drugs.is_empty() && then.exposure.drugs.is_empty();
        if none { String::new() } else { now.exposure.to(&then.exposure, region) }
    }

    /// What the line adds to the strip.
    pub fn new_cautions(&self) -> String {
        let Some(Moved { now, then, .. }) = self.moved() else { return String::new() };
        let (now, then) = (&now.strip, &then.strip);
        let was = |name: &str| now.cautions.iter().chain(&now.absent).any(|old| old.name == name);
        let new = then.cautions.iter().chain(&then.absent).filter(|caution| !was(&caution.name));
        let mut all: Vec<String> = new.map(|caution| caution.short.clone()).collect();
        if then.unchecked.len() > now.unchecked.len() {
            all.extend(then.not_checked());
        }
        all.join(" · ")
    }

    /// What the name means.
    pub fn meant(&self) -> String {
        let sig = self.sig();
        let known = medicine::shown(&sig.name);
        if !known.is_empty() || sig.name.is_empty() {
            return known;
        }
        if let Some(class) = self.class.is_none().then(|| self.remembered()).flatten() {
            return format!("{}, as said before", class.label());
        }
        let perhaps: Vec<&str> = medicine::perhaps(&sig.name).iter().map(|name| name.name.as_str()).collect();
        match perhaps.as_slice() {
            [] => "not recognised".to_owned(),
            some => format!("not recognised; perhaps {}", some.join(" + ")),
        }
    }

    /// The line as it is read: how it is given, and what was not read.
    pub fn reading(&self) -> String {
        let sig = self.sig();
        let unread = if sig.unread.is_empty() { String::new() } else { format!("not read: {}", sig.unread.join(" ")) };
        let parts = [sig.reading(), unread];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_follow_the_line_and_the_line_the_parts() {
        let mut draft =
            MedicineDraft { line: "oxycodone er 20 mg bid for the knee".to_owned(), ..MedicineDraft::default() };
        draft.settle();
        assert_eq!((draft.parts.strength.as_str(), draft.parts.often.as_str()), ("20 mg", "bid"));
        draft.parts.strength = "30 mg".to_owned();
        draft.settle();
        assert_eq!(draft.line, "oxycodone er 30 mg bid for the knee");
        // A part that is half typed changes nothing else.
        draft.parts.often = "q".to_owned();
        draft.settle();
        assert_eq!((draft.line.as_str(), draft.parts.often.as_str()), ("oxycodone er 30 mg q for the knee", "q"));
        draft.line = "fentanyl patch 25 mcg/h q72h".to_owned();
        draft.settle();
        assert_eq!((draft.parts.drug.as_str(), draft.parts.form.as_str()), ("fentanyl", "patch"));
        let before = draft.clone();
        draft.settle();
        assert_eq!(draft, before, "what agrees stays");
    }

    #[test]
    fn how_many_and_what_for_stand_in_their_own_fields_until_they_are_typed_there() {
        let mut draft = MedicineDraft::default();
        let typed = |line: &str, draft: &mut MedicineDraft| {
            line.clone_into(&mut draft.line);
            draft.settle();
            (draft.quantity, draft.reason.clone())
        };
        for (line, quantity, reason) in [
            ("oxycodone er 20 mg bid #60 for knee pain", Some(60), "knee pain"),
            ("oxycodone er 20 mg bid #56 for the knee", Some(56), "the knee"),
            ("oxycodone er 20 mg bid", None, ""),
            // For how long these last is not known: nothing more is asked.
            ("naproxen 500 mg as needed #20", None, ""),
            ("oxycodone er 20 mg bid #28", Some(28), ""),
        ] {
            assert_eq!(typed(line, &mut draft), (quantity, reason.to_owned()), "{line}");
        }
        assert_eq!(draft.lasts(), Some(14));
        draft.quantity = Some(30);
        draft.reason = "hip".to_owned();
        assert_eq!(typed("oxycodone er 20 mg bid #60 for the knee", &mut draft), (Some(30), "hip".to_owned()));
        draft.parts.quantity = "84".to_owned();
        draft.settle();
        assert_eq!(draft.line, "oxycodone er 20 mg bid #84 for the knee");
    }

    #[test]
    fn what_was_blanked_stays_blank_where_the_draft_comes_back() {
        let line = "oxycodone er 20 mg bid #60 for the knee";
        let mut draft = MedicineDraft { line: line.to_owned(), ..MedicineDraft::default() };
        draft.settle();
        assert_eq!((draft.quantity, draft.reason.as_str()), (Some(60), "the knee"));
        (draft.quantity, draft.reason) = (None, String::new());
        draft.settle();
        let kept = serde_json::to_string(&draft).unwrap();
        let mut back: MedicineDraft = serde_json::from_str(&kept).unwrap();
        back.stand_beside(Beside::default());
        back.prescriber = "somebody".to_owned();
        back.settle();
        assert_eq!((back.line.as_str(), back.quantity, back.reason.as_str()), (line, None, ""));
    }
}
