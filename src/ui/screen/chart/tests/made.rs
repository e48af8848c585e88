//! The patient whose chart is looked at: two years of visits, a plan in its fourth version. Invented.

use super::*;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn at(date: NaiveDate) -> Instant {
    instant(date.and_hms_opt(9, 30, 0).unwrap(), ZONE)
}

pub(super) fn scores(now: u8, peg: [u8; 3]) -> Scores {
    let given = |value| Some(Answer::Given(value));
    let [peg_pain, peg_enjoyment, peg_activity] = peg.map(given);
    Scores { now: given(now), peg_pain, peg_enjoyment, peg_activity, ..Scores::default() }
}

pub(super) fn item(world: &mut World, what: &str, state: ItemState, next: &str, due: Option<&str>) -> PlanItem {
    let due = due.map(day);
    PlanItem { state, next_step: next.to_owned(), due, modality: Modality::Medication, ..world.plan_item(what) }
}

/// A chart with two years of visits, a plan in its fourth version, and something open.
pub(super) fn chart(world: &mut World) -> Chart {
    let mut file = world.patient("Nguyen Linh 1988-05-09 F A-1042");
    facts(world, &mut file);
    let patient = file.patient.id;
    let months = [
        ("2026-03-03", 8, [8, 8, 7]),
        ("2026-04-02", 7, [8, 7, 7]),
        ("2026-05-04", 7, [7, 7, 7]),
        ("2026-06-02", 6, [7, 7, 6]),
        ("2026-07-01", 7, [7, 7, 7]),
        ("2026-08-03", 6, [6, 6, 6]),
        ("2026-09-01", 5, [6, 6, 5]),
        ("2026-10-27", 6, [6, 5, 5]),
    ];
    let mut visits: Vec<ChartLine> = Vec::new();
    for (n, (date, now, peg)) in (0u32..).zip(months) {
        let id: VisitId = world.id();
        let start = chrono::NaiveTime::from_hms_opt(9, 20, 0).unwrap();
        let mut visit = Visit::booked(id, Some(patient), day(date), start, VisitKind::FollowUp);
        visit = visit.with_state(VisitState::Left, at(day(date)));
        visit.recorded_at = Some(at(day(date)));
        visit.reason = Some("migraine".to_owned());
        let impression = Some("migraine without aura, attacks shorter".to_owned());
        let plan = (n % 2 == 1).then_some((n.div_ceil(2), false));
        visits.push(ChartLine { visit, scores: scores(now, peg), impression, session: None, plan });
    }
    visits[3].session = Some("greater occipital nerve block RIGHT".to_owned());
    visits[3].impression = None;
    visits[3].visit.kind = VisitKind::Procedure;
    visits[5].visit.state = VisitState::NoShow;
    visits[5].visit.recorded_at = None;
    visits[5].scores = Scores::default();
    visits[5].plan = None;
    let ahead: VisitId = world.id();
    let start = chrono::NaiveTime::from_hms_opt(9, 40, 0).unwrap();
    let mut visit = Visit::booked(ahead, Some(patient), day("2026-12-08"), start, VisitKind::FollowUp);
    visit.reason = Some("six weeks on propranolol".to_owned());
    visits.push(ChartLine { visit, scores: Scores::default(), impression: None, session: None, plan: None });
    let trend: Vec<TrendPoint> = visits
        .iter()
        .filter(|line| line.scores.headline().is_some())
        .map(|line| TrendPoint { date: line.visit.date, scores: line.scores })
        .collect();
    visits.reverse();
    let newest = visits[1].clone();
    let assessment = assessment(world, &newest);
    let (plan, plan_before) = plans(world, patient, newest.visit.id);
    let tasks = vec![world.task("prior authorisation", TaskKind::Call, Owner::Desk, Some(&file))];
    let mut tasks = tasks;
    tasks[0].due = Some(day("2026-11-20"));
    world.records.tasks.clear();
    let check_in = world.check_in("greater occipital nerve block RIGHT, 24 Nov 2026", 1, &file);
    world.records.check_ins.clear();
    world.load();
    Chart {
        plan: Some(plan),
        plan_before: Some(plan_before),
        assessment: Some(assessment),
        trend,
        visits,
        has_more_visits: true,
        tasks,
        check_ins: vec![check_in],
        ..Chart::new(file)
    }
}

pub(super) fn assessment(world: &mut World, line: &ChartLine) -> Assessment {
    let (patient, date) = (line.visit.patient.unwrap(), line.visit.date);
    Assessment {
        scores: Scores {
            average: Some(Answer::Given(5)),
            worst: Some(Answer::Given(9)),
            least: Some(Answer::Declined),
            ..line.scores
        },
        place: "RIGHT forehead and temple".to_owned(),
        impression:
            "Migraine without aura: attacks are shorter since propranolol was raised, but come as often; two a \
                     week, one of them with vomiting. Sleep is better."
                .to_owned(),
        red_flags: Some(RedFlags::NonePresent),
        answered_by: Some(world.id()),
        ..Assessment::new(world.id(), line.visit.id, patient, date, at(date))
    }
}

pub(super) fn plans(world: &mut World, patient: PatientId, visit: VisitId) -> (Plan, Plan) {
    let before = vec![
        item(world, "propranolol 40 mg twice a day", ItemState::Active, "raise if tolerated", Some("2026-10-27")),
        item(world, "amitriptyline 10 mg at night", ItemState::Active, "", None),
    ];
    let now = vec![
        item(world, "propranolol 80 mg twice a day", ItemState::Active, "pulse and pressure", Some("2026-12-08")),
        item(world, "amitriptyline 10 mg at night", ItemState::Stopped, "", None),
        item(world, "paced breathing, twice a day", ItemState::Proposed, "ask how it went", Some("2026-11-20")),
    ];
    let plan = |world: &mut World, version, date: &str, items| Plan {
        visit: Some(visit),
        items,
        ..Plan::new(world.id(), patient, version, at(day(date)))
    };
    (plan(world, 4, "2026-10-27", now), plan(world, 3, "2026-08-03", before))
}

pub(super) fn facts(world: &mut World, file: &mut PatientFile) {
    let on = Some(day("2026-10-27"));
    let allergy = |world: &mut World, substance: &str, reaction: Option<&str>| Allergy {
        id: world.id(),
        substance: substance.to_owned(),
        reaction: reaction.map(str::to_owned),
    };
    let allergies = vec![allergy(world, "penicillin", Some("rash")), allergy(world, "latex", None)];
    file.facts.allergies = Known::Listed(allergies, on);
    file.facts.antithrombotics = Known::NoneOn(day("2026-10-27"));
    let medicine = |world: &mut World, line: &str| Medication::new(world.id(), line, None);
    let medicines =
        vec![medicine(world, "propranolol 80 mg twice a day"), medicine(world, "sumatriptan 50 mg, rescue")];
    file.facts.medications = Known::Listed(medicines, None);
    file.facts.goals = vec![Goal { id: world.id(), text: "read to my son".to_owned(), since: day("2026-03-03") }];
}

pub(super) fn world() -> World {
    World::at("2026-11-24T10:14")
}

pub(super) fn opened(world: &mut World) -> ChartScreen {
    let chart = chart(world);
    ChartScreen::new(chart, None, world.now.today())
}
