//! Where it hurts: the place in words, and the body map.

use super::A;
use crate::clinical::body::{Body, PainMap};
use crate::form::build::{body, line};
use crate::form::slot::Other;
use crate::form::{FormDef, Slot, Source};

/// Adds the section.
pub fn add(form: FormDef<A>) -> FormDef<A> {
    form.section(
        "Where",
        vec![
            line("place", "Where it hurts", |v: &mut A, _| Slot::Text(&mut v.place))
                .completes(|_| Some(Source::Hurts.into())),
            body("map", "Body map", |v: &mut A, _| Slot::Other(&mut v.body)).aside(),
        ],
    )
}

/// The field speaks of the map alone; the symptoms are asked on the map.
impl Other for Body {
    fn words(&self) -> String {
        self.map.in_short()
    }

    fn clear(&mut self) {
        self.map = PainMap::default();
    }

    fn json(&self) -> serde_json::Value {
        serde_json::to_value(&self.map).unwrap_or_default()
    }

    fn set_json(&mut self, json: serde_json::Value) -> bool {
        serde_json::from_value(json).map(|map| self.map = map).is_ok()
    }
}
