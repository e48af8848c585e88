//! What opioids are given to a patient for, which decides the rules, and the risks that bear on them.

use serde::{Deserialize, Serialize};

use super::Subject;
use crate::action::{MedicineWrite, Write};
use crate::clinical::calc::mme::OpioidContext;
use crate::clinical::draft::{DraftKey, OPIOID_CONTEXT_FORM};
use crate::clinical::opioid_context::Risk;
use crate::clinical::patient::{PatientFile, YesNo};
use crate::form::build::{flag, pick};
use crate::form::{FormDef, Slot};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

/// What opioids are given for, as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OpioidContextDraft {
    context: Option<OpioidContext>,
    breathing: Option<bool>,
    substance_use: Option<bool>,
    lost_tolerance: Option<bool>,
    household: Option<bool>,
}

type O = OpioidContextDraft;

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<O> {
    FormDef::new(OPIOID_CONTEXT_FORM, 1)
        .section(
            "What for",
            vec![
                pick("context", "opioids for", |v: &mut O, _| Slot::Pick(&mut v.context))
                    .help("outside chronic pain the figure stands without thresholds; breathing cautions stay"),
            ],
        )
        .section(
            "Risks",
            vec![
                flag("breathing", "sleep apnoea or lung disease", |v: &mut O, _| Slot::Flag(&mut v.breathing)),
                flag("substance_use", "use disorder or overdose, ever", |v: &mut O, _| {
                    Slot::Flag(&mut v.substance_use)
                }),
                flag("lost_tolerance", "tolerance lost (taper, stay elsewhere)", |v: &mut O, _| {
                    Slot::Flag(&mut v.lost_tolerance)
                }),
                flag("household", "children or others at risk at home", |v: &mut O, _| Slot::Flag(&mut v.household)),
            ],
        )
        .long_labels()
}

impl O {
    fn risks(&self) -> [(Risk, Option<bool>); 4] {
        [
            (Risk::Breathing, self.breathing),
            (Risk::SubstanceUse, self.substance_use),
            (Risk::LostTolerance, self.lost_tolerance),
            (Risk::Household, self.household),
        ]
    }
}

/// What opioids are given to a patient for.
#[derive(Debug)]
pub struct OpioidContextSubject {
    /// The patient.
    pub file: PatientFile,
}

impl Subject for OpioidContextSubject {
    type Draft = O;

    fn definition(&self) -> FormDef<O> {
        definition()
    }

    fn start(&self) -> O {
        let facts = &self.file.facts.opioid;
        let risk = |risk: Risk| facts.risks.get(&risk).map(|(answer, _)| *answer == YesNo::Yes);
        O {
            context: facts.context.map(|(context, _)| context),
            breathing: risk(Risk::Breathing),
            substance_use: risk(Risk::SubstanceUse),
            lost_tolerance: risk(Risk::LostTolerance),
            household: risk(Risk::Household),
        }
    }

    fn place(&self) -> Place {
        Place::OpioidContext(self.file.patient.id)
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(OPIOID_CONTEXT_FORM, self.file.patient.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, "What opioids are given for")
    }

    fn finish(&self, draft: &O, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let said = |answer: bool| if answer { YesNo::Yes } else { YesNo::No };
        let risks =
            draft.risks().into_iter().filter_map(|(risk, answer)| Some((env.ids.next(now), risk, said(answer?))));
        let risks: Vec<_> = risks.collect();
        let context = draft.context.map(|context| (env.ids.next(now), context));
        let write = MedicineWrite::Context { patient: self.file.patient.id, context, risks, on: env.now.today() };
        Ok(vec![Effect::complete(Write::Medicine(write), self.draft_key()), Effect::Back])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }
}
