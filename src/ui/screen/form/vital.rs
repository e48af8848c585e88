//! Weight and height, each with its date and how it came about.

use chrono::NaiveDate;

use super::Subject;
use crate::action::{ScaleWrite, Write};
use crate::clinical::draft::{DraftKey, VITAL_FORM};
use crate::clinical::id::VisitId;
use crate::clinical::patient::PatientFile;
use crate::clinical::practice::Region;
use crate::clinical::provenance::{Given, GivenDraft};
use crate::clinical::visit::Way;
use crate::clinical::vital::{
    Vital, VitalDraft, VitalKind, doubt_weight, grams_of_tenth_pounds, tenth_pounds_of_grams, why_doubted,
};
use crate::form::build::{date, note, num};
use crate::form::{DateSpec, FormDef, Level, NumSpec, Prev, Slot};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

type D = VitalDraft;

/// In grams.
const HECTOGRAM: u32 = 100;

const KG: NumSpec = NumSpec { min: 0.3, max: 500.0, warn: (2.0, 200.0), unit: "kg", decimals: 1 };
const LB: NumSpec = NumSpec { min: 0.7, max: 1100.0, warn: (4.4, 440.0), unit: "lb", decimals: 1 };
const CM: NumSpec = NumSpec { min: 20.0, max: 260.0, warn: (40.0, 210.0), unit: "cm", decimals: 1 };

/// The table of fields. Its name and ids stand in drafts: they never change. In pounds only where they are usual.
pub fn definition(region: Region) -> FormDef<D> {
    let mut fields = vec![num("weight", "weight", &KG, |v: &mut D, _| Slot::Exact(&mut v.weight_hg))];
    if region == Region::Us {
        let pounds = num("pounds", "or in pounds", &LB, |v: &mut D, _| Slot::Exact(&mut v.weight_tenth_lb));
        fields.push(pounds.beside(|v: &D| v.weight_tenth_lb.map(in_kilograms).unwrap_or_default()));
    }
    fields.extend([
        num("height", "height", &CM, |v: &mut D, _| Slot::Exact(&mut v.height_mm)),
        date("date", "measured on", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.date)).blank("today"),
        note("given", "given").beside(|v: &D| v.given.given.show()),
    ]);
    let form = FormDef::new(VITAL_FORM, 1).section("Measured", fields);
    let form = form.rule("weight", Level::Warn, |v| doubt(v, v.weight_hg? * HECTOGRAM));
    let form = if region == Region::Us {
        form.rule("pounds", Level::Warn, |v| doubt(v, grams_of_tenth_pounds(v.weight_tenth_lb?)))
    } else {
        form
    };
    form.rule("weight", Level::Error, |v| {
        let (kilograms, pounds) = (v.weight_hg? * HECTOGRAM, grams_of_tenth_pounds(v.weight_tenth_lb?));
        // What was taken over from one measure stands in both.
        (kilograms.abs_diff(pounds) > HECTOGRAM).then(|| "one weight: in kilograms or in pounds".to_owned())
    })
}

/// What is asked about a weight that can hardly be right at the age.
fn doubt(draft: &D, grams: u32) -> Option<String> {
    let (birth, today) = draft.born?;
    doubt_weight(grams, birth, draft.date.unwrap_or(today))
}

fn in_kilograms(tenths: u32) -> String {
    format!("= {}", crate::clinical::vital::show(VitalKind::Weight, grams_of_tenth_pounds(tenths)))
}

/// A patient's weight and height.
#[derive(Debug)]
pub struct VitalSubject {
    /// Of whom.
    pub file: PatientFile,
    /// What was measured before, oldest first.
    pub earlier: Vec<Vital>,
    /// The visit of today, where there is one.
    pub visit: Option<VisitId>,
    /// The region, for its units.
    pub region: Region,
    /// The day it is: a weight is doubted by the age on the day it was taken.
    pub today: NaiveDate,
}

impl VitalSubject {
    fn last(&self, kind: VitalKind) -> Option<&Vital> {
        self.earlier.iter().rev().find(|vital| vital.kind == kind)
    }
}

impl Subject for VitalSubject {
    type Draft = D;

    fn definition(&self) -> FormDef<D> {
        definition(self.region)
    }

    fn start(&self) -> D {
        let mut draft =
            // Put on the scale by whoever stands under it; a weight that was only told is said so by one key.
            D { given: GivenDraft::usual(Given::usual(Way::InPerson, &self.file.patient, self.today).observed()), ..D::default() };
        self.attune(&mut draft);
        draft
    }

    fn attune(&self, draft: &mut D) {
        draft.born = self.file.patient.birth_date.map(|birth| (birth, self.today));
    }

    fn previous(&self) -> Option<Prev<D>> {
        let (weight, height) = (self.last(VitalKind::Weight), self.last(VitalKind::Height));
        let date = [weight, height].into_iter().flatten().map(Vital::measured).max()?;
        // The day is asked anew: what was measured then was measured then.
        let value = D {
            weight_hg: weight.map(|vital| (vital.value + HECTOGRAM / 2) / HECTOGRAM),
            weight_tenth_lb: weight.map(|vital| tenth_pounds_of_grams(vital.value)),
            height_mm: height.map(|vital| vital.value),
            ..D::default()
        };
        Some(Prev { value, date })
    }

    fn own_dates(&self) -> Vec<(&'static str, NaiveDate)> {
        let fields = [("weight", VitalKind::Weight), ("pounds", VitalKind::Weight), ("height", VitalKind::Height)];
        fields.into_iter().filter_map(|(field, kind)| Some((field, self.last(kind)?.measured()))).collect()
    }

    fn carry(&self, draft: &mut D, fields: Vec<String>) {
        draft.carried = fields;
    }

    fn place(&self) -> Place {
        Place::Vitals(self.file.patient.id)
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(VITAL_FORM, self.file.patient.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        let mut words = Words::new().bold(Role::Focus, "Weight and height");
        for vital in [VitalKind::Weight, VitalKind::Height].into_iter().filter_map(|kind| self.last(kind)) {
            words = words.gap(3).say(Role::Second, vital.told());
        }
        words
    }

    fn finish(&self, draft: &D, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let (now, today) = (env.now.instant, env.now.today());
        let date = draft.date.unwrap_or(today);
        let weight = draft.weight_hg.map(|hectograms| hectograms * HECTOGRAM);
        let weight = weight.or_else(|| draft.weight_tenth_lb.map(grams_of_tenth_pounds));
        let weighed = if draft.weight_hg.is_some() { "weight" } else { "pounds" };
        let measured = [(VitalKind::Weight, weight, weighed), (VitalKind::Height, draft.height_mm, "height")];
        let given = draft.given.given.at(now, env.initials());
        let vitals: Vec<Vital> = measured
            .into_iter()
            .filter_map(|(kind, typed, field)| {
                let typed = typed?;
                // What was taken over is what was measured then, to the gram.
                let copied = self.last(kind).filter(|_| draft.carried.iter().any(|carried| carried == field));
                Some(Vital {
                    id: env.ids.next(now),
                    patient: self.file.patient.id,
                    visit: self.visit.filter(|_| date == today),
                    date,
                    kind,
                    value: copied.map_or(typed, |last| last.value),
                    copied_from: copied.map(Vital::measured),
                    given: given.clone(),
                })
            })
            .collect();
        if vitals.is_empty() {
            return Err(("weight", "nothing is measured yet".to_owned()));
        }
        let write = ScaleWrite::Vitals { patient: self.file.patient.id, vitals };
        Ok(vec![Effect::complete(Write::Scale(write), self.draft_key()), Effect::Back])
    }

    fn why(&self, field: &'static str, draft: &D) -> Option<String> {
        let birth = self.file.patient.birth_date.filter(|_| matches!(field, "weight" | "pounds"))?;
        Some(why_doubted(birth, draft.date.unwrap_or(self.today)))
    }

    fn given(&self, draft: &D) -> Option<Given> {
        Some(draft.given.given)
    }

    fn give(&self, draft: &mut D, given: Given) {
        draft.given.change(given);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screen::form::FormScreen;
    use crate::ui::screen::testing::{World, told};

    #[test]
    fn the_table_is_sound() {
        for region in [Region::Us, Region::De] {
            assert_eq!(crate::form::check::all(|| definition(region)), Vec::<String>::new(), "{region:?}");
        }
    }

    fn open(world: &mut World, who: &str, region: Region) -> FormScreen<VitalSubject> {
        let file = world.patient(who);
        world.load();
        let today = world.env().now.today();
        let subject = VitalSubject { file, earlier: Vec::new(), visit: None, region, today };
        FormScreen::open(subject, None, &world.env())
    }

    #[test]
    fn a_weight_that_can_hardly_be_right_at_the_age_is_doubted_at_the_field_and_kept() {
        for (who, region, keys, asked) in [
            ("Toddler Tansy 2025-08-24", Region::De, "2 0 0 Tab", Some("200 kg at 15 months")),
            ("Toddler Tansy 2025-08-24", Region::Us, "Tab 2 0 0 Tab", Some("90.7 kg at 15 months")),
            ("Okafor Adaeze 1986-02-03", Region::De, "3 Tab", Some("3 kg at 40 years")),
            ("Okafor Adaeze 1986-02-03", Region::De, "7 1 Tab", None),
            // Of a birth date nobody knows nothing follows.
            ("Okafor Adaeze", Region::De, "3 Tab", None),
        ] {
            let mut world = World::at("2026-11-24T10:14");
            let mut screen = open(&mut world, who, region);
            for key in keys.split(' ') {
                world.press(&mut screen, key);
            }
            let shown = world.show(&screen);
            assert_eq!(shown.contains("is it the unit"), asked.is_some(), "{who} {keys}: {shown}");
            assert!(asked.is_none_or(|asked| shown.contains(asked)), "{who} {keys}: {shown}");
            assert!(told(&world.press(&mut screen, "Ctrl-S"))[0].starts_with("write: "), "it is asked, not refused");
        }
    }

    fn kept(region: Region, keys: &str) -> Vec<String> {
        let mut world = World::at("2026-11-24T10:14");
        let mut screen = open(&mut world, "Diallo Awa 2025-08-08", region);
        let mut effects = Vec::new();
        for key in keys.split(' ') {
            effects = world.press(&mut screen, key);
        }
        told(&effects)
    }

    #[test]
    fn a_weight_in_pounds_is_kept_in_grams_and_nothing_is_no_weight() {
        for (region, keys, first) in [
            (Region::De, "1 0 . 2 Tab 7 8 Ctrl-S", "write: 10.2 kg, 78 cm"),
            (Region::Us, "Tab 2 2 . 5 Ctrl-S", "write: 10.2 kg"),
            (Region::Us, "Tab Tab 7 8 . 5 Ctrl-S", "write: 78.5 cm"),
        ] {
            assert_eq!(kept(region, keys).first().map(String::as_str), Some(first), "{keys}");
        }
        for keys in ["Ctrl-S", "9 9 9 Ctrl-S"] {
            let told = kept(Region::De, keys);
            assert!(!told.iter().any(|line| line.starts_with("write")), "{keys}: {told:?}");
        }
    }
}
