//! The practice: the physician's name, the region, the zone.

use std::str::FromStr;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Subject;
use crate::action::Write;
use crate::clinical::draft::{DraftKey, PRACTICE_FORM};
use crate::clinical::practice::{Practice, Region};
use crate::clinical::text::clean_line;
use crate::form::build::{line, pick};
use crate::form::{FormDef, Level, Slot};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

/// The practice as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PracticeDraft {
    physician: String,
    region: Option<Region>,
    zone: String,
}

type D = PracticeDraft;

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<D> {
    FormDef::new(PRACTICE_FORM, 1)
        .section(
            "Practice",
            vec![
                line("physician", "physician", |v: &mut D, _| Slot::Text(&mut v.physician)).required(),
                pick("region", "region", |v: &mut D, _| Slot::Pick(&mut v.region)).required(),
                line("zone", "zone", |v: &mut D, _| Slot::Text(&mut v.zone)).help("Europe/Berlin, America/New_York…"),
            ],
        )
        .rule("zone", Level::Error, |v| {
            Tz::from_str(v.zone.trim())
                .is_err()
                .then(|| "this zone is not known: try one like Europe/Berlin".to_owned())
        })
}

/// The practice.
#[derive(Debug)]
pub struct PracticeSubject {
    /// As the record has it.
    pub practice: Practice,
}

impl Subject for PracticeSubject {
    type Draft = D;

    fn definition(&self) -> FormDef<D> {
        definition()
    }

    fn start(&self) -> D {
        D {
            physician: self.practice.physician.clone(),
            region: Some(self.practice.region),
            zone: self.practice.zone.name().to_owned(),
        }
    }

    fn place(&self) -> Place {
        Place::Practice
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(PRACTICE_FORM, "practice")
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, "Practice")
    }

    fn finish(&self, draft: &D, _env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let zone = Tz::from_str(draft.zone.trim()).map_err(|_| ("zone", "this zone is not known".to_owned()))?;
        let practice = Practice {
            id: self.practice.id,
            physician: clean_line(&draft.physician),
            region: draft.region.unwrap_or(self.practice.region),
            zone,
        };
        Ok(vec![Effect::complete(Write::PutPractice(practice), self.draft_key()), Effect::Back])
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
