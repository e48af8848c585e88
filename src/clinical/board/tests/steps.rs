//! Steps of plans: asleep, awake, and in one row with a plan that is due.

use super::made::{Made, TODAY, day};
use crate::clinical::board::records::StepRecord;
use crate::clinical::board::{ItemKey, Mark};
use crate::clinical::plan::wake::{Found, Gauge, Wakes};
use crate::clinical::plan::{Modality, PlanItem};

fn step(made: &mut Made, due: Option<&str>, wakes: &str, relief: Option<u16>) -> ItemKey {
    let file = made.patient("Okafor");
    let mut item = PlanItem::new(made.id(), Modality::Other, "Spine surgery");
    item.due = due.map(day);
    item.wakes = Wakes::read(wakes).ok();
    let evidence = relief.map(|percent| Found { of: Gauge::Relief, tenths: percent * 10, on: day("2026-11-20") });
    let key = ItemKey::Step(item.id);
    made.records.steps.push(StepRecord {
        item,
        file,
        evidence: evidence.into_iter().collect(),
        version: 3,
        version_on: Some(day("2026-11-03")),
        keeps: Vec::new(),
        is_open: true,
    });
    key
}

#[test]
fn a_step_stands_among_the_plans_when_its_date_has_come_or_its_condition_is_met() {
    for (due, wakes, relief, text) in [
        (Some(TODAY), "", None, Some("Spine surgery: due 24 Nov 2026")),
        (Some("2026-11-25"), "", None, None),
        (Some("2026-12-22"), "<50%", None, None),
        (Some("2026-12-22"), "<50%", Some(60), None),
        (Some("2026-12-22"), "<50%", Some(30), Some("Spine surgery: relief 30 % on 20 Nov 2026 (if relief < 50 %)")),
        (None, "<50%", Some(30), Some("Spine surgery: relief 30 % on 20 Nov 2026 (if relief < 50 %)")),
    ] {
        let mut made = Made::at("10:14");
        let key = step(&mut made, due, wakes, relief);
        let item = made.item(key);
        assert_eq!(item.as_ref().map(|item| item.text.as_str()), text, "{due:?} {wakes} {relief:?}");
        assert!(item.iter().all(|item| item.mark == Mark::WantsYou && !item.done));
        made.records.steps[0].is_open = false;
        assert_eq!(made.item(key), None, "what waits no more is only named");
    }
}
