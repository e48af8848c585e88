//! Imports on a record in memory: what each paragraph of the rules asks; in `again`, that the same file again changes nothing.

mod again;
mod by_hand;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::outcome::{Action, ImportPlan, WithGone};
use super::pattern::TitlePattern;
use super::plan::{KnownVisit, Record, Rules, plan};
use super::who::MatchedBy;
use crate::clinical::find::PatientName;
use crate::clinical::id::Ids;
use crate::clinical::schedule::{LeftOut, Reach, Read, Said, SourceEvent, SourceKey, SourcePatient, Window};
use crate::clinical::time::Instant;
use crate::clinical::usual::UsualMinutes;
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitState, Way};

const AT: Instant = Instant::from_millis(1_795_000_000_000);

fn at(text: &str) -> NaiveDateTime {
    let (day, time) = text.split_once(' ').unwrap_or((text, "00:00"));
    let day: u32 = day.parse().unwrap();
    let time: NaiveTime = format!("{time}:00").parse().unwrap();
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_time(time)
}

/// A record in memory, and everything imports did to it.
struct World {
    patients: Vec<PatientName>,
    visits: Vec<KnownVisit>,
    by_hand: Vec<Visit>,
    ids: Ids,
    rules: Rules,
}

impl World {
    fn new() -> Self {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        let rules = Rules {
            window: Window { from: day(11, 1), to: day(12, 1) },
            said: Said::default(),
            patterns: vec![TitlePattern::read("Pain visit: {given} {family}").unwrap()],
            kinds: [("Spezial".to_owned(), VisitKind::Procedure)].into(),
            usual_minutes: UsualMinutes { block: 15, ..UsualMinutes::default() },
        };
        Self { patients: Vec::new(), visits: Vec::new(), by_hand: Vec::new(), ids: Ids::seeded(5), rules }
    }

    fn with(mut self, family: &str, given: &str, birth: &str, number: &str) -> Self {
        let birth_date = (!birth.is_empty()).then(|| birth.parse().unwrap());
        let number = (!number.is_empty()).then(|| number.to_owned());
        let id = self.ids.next(AT);
        self.patients.push(PatientName { id, number, family: family.to_owned(), given: given.to_owned(), birth_date });
        self
    }

    fn plan(&mut self, reads: &[Read]) -> ImportPlan {
        let record = Record { patients: &self.patients, visits: &self.visits, by_hand: &self.by_hand };
        plan(reads, record, &self.rules, &mut self.ids, AT)
    }

    /// Plans and carries out.
    fn import(&mut self, events: &[SourceEvent]) -> ImportPlan {
        self.import_read(&[read(events)], WithGone::Keep)
    }

    fn import_read(&mut self, reads: &[Read], gone: WithGone) -> ImportPlan {
        let plan = self.plan(reads);
        let rows = plan.rows(gone);
        for patient in rows.patients {
            let crate::clinical::patient::Patient { id, number, family, given, birth_date, .. } = patient;
            self.patients.push(PatientName { id, number, family, given, birth_date });
        }
        for visit in rows.changed {
            let known = self.visits.iter_mut().find(|known| known.visit.id == visit.id).unwrap();
            known.visit = visit;
        }
        let mut made = rows.visits;
        for (source_id, visit_id, source) in rows.sources {
            if let Some(known) = self.visits.iter_mut().find(|known| known.source_id == source_id) {
                known.source = source;
            } else {
                let here = |visits: &[Visit]| visits.iter().position(|visit| visit.id == visit_id);
                let visit = match here(&made) {
                    Some(at) => made.swap_remove(at),
                    None => self.by_hand.swap_remove(here(&self.by_hand).unwrap()),
                };
                self.visits.push(KnownVisit { visit, source_id, source, holds_record: false });
            }
        }
        for known in &self.visits {
            assert!(known.visit.kind == VisitKind::Block || known.visit.patient.is_some(), "the record's own check");
            assert!(known.visit.kind == VisitKind::Block || known.visit.start.is_some(), "the record's own check");
        }
        plan
    }

    fn visit(&mut self, uid: &str) -> &mut Visit {
        &mut self.visits.iter_mut().find(|known| known.source.key.uid == uid).unwrap().visit
    }
}

fn read(events: &[SourceEvent]) -> Read {
    let file = "a.ics".to_owned();
    Read { file, calendars: vec!["Clinic".to_owned()], events: events.to_vec(), ..Read::default() }
}

fn event(uid: &str, start: &str, title: &str) -> SourceEvent {
    SourceEvent {
        key: SourceKey { calendar: "Clinic".to_owned(), uid: uid.to_owned(), recurrence: String::new() },
        line: 1,
        as_written: start.to_owned(),
        start: at(start),
        end: Some(at(start) + chrono::Duration::minutes(25)),
        all_day: !start.contains(' '),
        title: (!title.is_empty()).then(|| title.to_owned()),
        kind_words: None,
        place: None,
        cancelled: false,
        patient: None,
        note: None,
    }
}

/// A row with columns: `Family, Given *birth #number`.
fn row(uid: &str, start: &str, who: &str, words: &str) -> SourceEvent {
    let part = |mark: char| who.split_once(mark).map(|(_, rest)| rest.split(' ').next().unwrap_or_default().to_owned());
    let name = who.split(['*', '#']).next().unwrap_or_default().trim().to_owned();
    let (family, given) = match name.split_once(", ") {
        Some((family, given)) => (Some(family.to_owned()), Some(given.to_owned())),
        None => (None, None),
    };
    let name = (family.is_none() && !name.is_empty()).then_some(name);
    let birth_date = part('*').map(|birth| birth.parse().unwrap());
    let patient = SourcePatient { family, given, name, birth_date, number: part('#'), sex: None };
    SourceEvent { patient: (!patient.is_empty()).then_some(patient), ..event(uid, start, words) }
}

fn actions(plan: &ImportPlan) -> Vec<Action> {
    plan.lines.iter().map(|line| line.action).collect()
}

fn writes_nothing(plan: &ImportPlan) -> bool {
    plan.rows(WithGone::Keep).is_empty()
}

fn reason(plan: &ImportPlan) -> &str {
    plan.lines[0].reason.as_deref().unwrap_or_default()
}

#[test]
fn rows_find_their_patient_propose_one_make_one_or_are_refused() {
    let mut world = World::new()
        .with("Okafor", "Adaeze", "1972-03-01", "100")
        .with("Ng", "Linh", "", "")
        .with("Ng", "Linh", "", "")
        .with("Ruiz", "Ana", "", "");
    let plan = world.import(&[
        row("1", "24 08:00", "OKAFOR, ADAEZE #100", "Follow Up"),
        row("2", "24 08:30", "Okafor, Adaeze *1972-03-01", "Injection"),
        row("3", "24 09:00", "Ruiz, Ana *1980-01-01", ""),
        row("4", "24 09:30", "Ng, Linh", ""),
        row("5", "24 10:00", "Hale, Ruth *1950-05-05", "New Patient"),
        row("6", "24 10:30", "HALE, Ruth *1950-05-05", "Telehealth"),
        row("7", "24 11:00", "#M0001", "Spezial 4"),
        row("8", "24 11:30", "", "Lunch"),
    ]);
    let matched: Vec<Option<MatchedBy>> =
        plan.lines.iter().map(|line| line.patient.as_ref().map(|p| p.matched)).collect();
    let (number, birth, name, new) = (MatchedBy::Number, MatchedBy::BirthDate, MatchedBy::NameOnly, MatchedBy::New);
    assert_eq!(matched, [Some(number), Some(birth), Some(name), None, Some(new), Some(birth), Some(new), None]);
    assert_eq!(plan.lines[3].action, Action::Refuse);
    assert!(plan.lines[3].reason.as_ref().unwrap().contains("2 patients"));
    let kinds: Vec<Option<VisitKind>> = plan.lines.iter().map(|line| line.kind).collect();
    let (follow_up, procedure) = (Some(VisitKind::FollowUp), Some(VisitKind::Procedure));
    assert_eq!(
        kinds,
        [follow_up, procedure, follow_up, None, Some(VisitKind::New), follow_up, procedure, Some(VisitKind::Block)]
    );
    assert_eq!(world.patients.len(), 6, "one was made for two rows, one for a number");
    assert!(!world.visit("3").patient_confirmed && world.visit("2").patient_confirmed);
    assert_eq!(world.visit("6").way, Way::Video);
    assert_eq!(world.visit("1").minutes, 25);
    assert_eq!(world.visit("1").reason.as_deref(), Some("Follow Up"));
    assert_eq!(world.visit("8").title.as_deref(), Some("Lunch"));
    // Of a patient known by number alone a later file may bring the name.
    let named = world.import(&[row("9", "25 08:00", "Kunde, Mafalda #M0001", "")]);
    assert_eq!(named.lines[0].patient.as_ref().map(|p| p.matched), Some(number));
}

#[test]
fn a_title_names_a_patient_by_the_whole_name_or_by_a_pattern_else_it_is_a_block() {
    let mut world = World::new().with("Okafor", "Adaeze", "", "").with("Ng", "Linh", "", "").with("Ng", "Linh", "", "");
    let plan = world.import(&[
        event("1", "24 08:00", "ESI L5 left, Adaeze Okafor"),
        event("2", "24 09:00", "Okafor"),
        event("3", "24 10:00", "Pain visit: Ruth Hale"),
        event("4", "24 11:00", "Linh Ng"),
        event("5", "24 12:00", "Pain visit: Linh Ng"),
        event("6", "24", "Adaeze Okafor on holiday"),
    ]);
    let shown: Vec<(Action, Option<VisitKind>, Option<MatchedBy>)> =
        plan.lines.iter().map(|line| (line.action, line.kind, line.patient.as_ref().map(|p| p.matched))).collect();
    let block = (Action::Create, Some(VisitKind::Block), None);
    assert_eq!(
        shown,
        [
            (Action::Create, Some(VisitKind::Procedure), Some(MatchedBy::NameOnly)),
            block,
            (Action::Create, Some(VisitKind::FollowUp), Some(MatchedBy::New)),
            block,
            (Action::Refuse, None, None),
            (Action::Create, Some(VisitKind::Block), Some(MatchedBy::NameOnly)),
        ]
    );
    assert!(plan.lines[3].reason.as_ref().unwrap().contains("taken as a block"));
    // The same file again: a patient who is known by now changes nothing.
    let again = world.import(&[event("2", "24 09:00", "Okafor"), event("3", "24 10:00", "Pain visit: Ruth Hale")]);
    assert_eq!(actions(&again), [Action::Unchanged, Action::Unchanged]);
    assert!(writes_nothing(&again));
}

#[test]
fn only_what_the_source_changed_is_applied_and_what_the_physician_changed_stays() {
    let first = [row("1", "24 09:00", "Okafor, Adaeze *1972-03-01", "Follow Up")];
    let moved = [row("1", "24 11:00", "Okafor, Adaeze *1972-03-01", "Follow Up")];
    for (name, change, second, action, start, words) in [
        ("nothing", None, &first, Action::Unchanged, "24 09:00", ""),
        ("the source moved it", None, &moved, Action::Update, "24 11:00", "moved from 24 Nov 2026 09:00 to 11:00"),
        ("the physician moved it", Some("24 10:00"), &first, Action::Unchanged, "24 10:00", ""),
        (
            "both moved it",
            Some("24 10:00"),
            &moved,
            Action::Skip,
            "24 10:00",
            "you moved it to 24 Nov 2026 10:00, the schedule now says 11:00",
        ),
        ("both to the same", Some("24 11:00"), &moved, Action::Unchanged, "24 11:00", ""),
    ] {
        let mut world = World::new();
        world.import(&first);
        if let Some(start) = change {
            let visit = world.visit("1");
            (visit.date, visit.start) = (at(start).date(), Some(at(start).time()));
        }
        let plan = world.import(second);
        assert_eq!(actions(&plan), [action], "{name}");
        assert_eq!(world.visit("1").starts(), at(start), "{name}");
        assert!(reason(&plan).contains(words), "{name}: {}", reason(&plan));
        assert!(writes_nothing(&world.import(second)), "{name}");
    }
}

#[test]
fn a_length_that_the_physician_changed_stays() {
    let first = [row("1", "24 09:00", "Okafor, Adaeze *1972-03-01", "Follow Up")];
    let longer = [SourceEvent { end: Some(at("24 10:00")), ..first[0].clone() }];
    let mut world = World::new();
    world.import(&first);
    world.visit("1").minutes = 40;
    let plan = world.import(&longer);
    assert_eq!((actions(&plan), world.visit("1").minutes), (vec![Action::Skip], 40));
    assert!(reason(&plan).contains("you changed the length to 40 min"), "{}", reason(&plan));
}

#[test]
fn each_part_follows_by_itself() {
    let base = row("1", "24 09:00", "Okafor, Adaeze *1972-03-01", "Follow Up");
    let longer = SourceEvent { end: Some(at("24 10:00")), ..base.clone() };
    let injection = row("1", "24 09:00", "Okafor, Adaeze *1972-03-01", "Injection");
    let no_end = SourceEvent { end: None, ..injection.clone() };
    let ruth = row("1", "24 09:00", "Hale, Ruth *1950-05-05", "Follow Up");
    let whole_day = SourceEvent { all_day: true, start: at("24"), ..base.clone() };
    for (name, second, minutes, kind, words) in [
        ("length", &longer, 60, VisitKind::FollowUp, "25 → 60 min"),
        ("kind and reason", &injection, 25, VisitKind::Procedure, "now a procedure"),
        ("no length any more", &no_end, 30, VisitKind::Procedure, "25 → 30 min"),
        ("patient", &ruth, 25, VisitKind::FollowUp, "now another patient"),
        ("a day instead of a time", &whole_day, 565, VisitKind::Block, "now a block"),
    ] {
        let mut world = World::new();
        world.import(std::slice::from_ref(&base));
        let plan = world.import(std::slice::from_ref(second));
        assert_eq!(actions(&plan), [Action::Update], "{name}");
        let visit = world.visit("1").clone();
        assert_eq!((visit.minutes, visit.kind), (minutes, kind), "{name}");
        assert!(reason(&plan).contains(words), "{name}: {}", reason(&plan));
        assert!(writes_nothing(&world.import(std::slice::from_ref(second))), "{name}");
    }
    // The physician's own length and reason stay while the time follows.
    let mut world = World::new();
    world.import(std::slice::from_ref(&base));
    world.visit("1").minutes = 45;
    world.visit("1").reason = Some("left knee".to_owned());
    world.import(&[row("1", "24 11:00", "Okafor, Adaeze *1972-03-01", "Follow Up")]);
    let visit = world.visit("1");
    assert_eq!((visit.minutes, visit.reason.as_deref(), visit.starts()), (45, Some("left knee"), at("24 11:00")));
}

#[test]
fn a_visit_that_has_begun_or_holds_a_record_is_never_moved_or_cancelled() {
    let first = [row("1", "24 09:00", "Okafor, Adaeze *1972-03-01", "")];
    let cancelled = [SourceEvent { cancelled: true, ..first[0].clone() }];
    let moved = [row("1", "25 09:00", "Okafor, Adaeze *1972-03-01", "")];
    let other = [row("1", "24 09:00", "Hale, Ruth *1950-05-05", "")];
    for begin in [
        (|known: &mut KnownVisit| known.visit.state = VisitState::InRoom) as fn(&mut KnownVisit),
        |known| known.visit.state = VisitState::NoShow,
        |known| known.visit.recorded_at = Some(AT),
        |known| known.visit.here_at = Some(AT),
        // A quick score or an open form does not show in the visit itself.
        |known| known.holds_record = true,
    ] {
        for second in [&cancelled[..], &moved, &other, &[]] {
            let mut world = World::new();
            world.import(&first);
            begin(&mut world.visits[0]);
            let before = world.visit("1").clone();
            let plan = world.import_read(&[read(second)], WithGone::Cancel);
            assert_eq!(*world.visit("1"), before);
            let lines: Vec<_> = plan.all_lines(WithGone::Cancel).collect();
            assert_eq!(lines.len(), 1);
            assert_eq!(lines[0].action, Action::Skip);
            assert!(lines[0].reason.as_ref().unwrap().contains("has begun"), "{:?}", lines[0].reason);
        }
    }
}

#[test]
fn cancelled_and_booked_again_follow_the_source_and_not_the_other_way_round() {
    let booked = event("1", "24 09:00", "Pain visit: Ruth Hale");
    let off = SourceEvent { cancelled: true, ..booked.clone() };
    let mut world = World::new();
    let first = world.import(std::slice::from_ref(&off));
    assert_eq!(actions(&first), [Action::Create]);
    let made = world.visit("1").clone();
    assert_eq!(
        (made.state, made.aftermath),
        (VisitState::Cancelled, Aftermath::NotNeeded),
        "faint, and nothing to follow"
    );
    world.import(std::slice::from_ref(&booked));
    assert_eq!(world.visit("1").state, VisitState::Booked);
    world.import(std::slice::from_ref(&off));
    assert_eq!((world.visit("1").state, world.visit("1").aftermath), (VisitState::Cancelled, Aftermath::Open));
    // What the physician cancelled stays so while the source says the same as before.
    let mut world = World::new();
    world.import(std::slice::from_ref(&booked));
    world.visit("1").state = VisitState::Cancelled;
    assert!(writes_nothing(&world.import(std::slice::from_ref(&booked))));
    assert_eq!(world.visit("1").state, VisitState::Cancelled);
}

#[test]
fn what_is_gone_is_listed_and_cancelled_only_on_demand() {
    let (a, b, c) = (event("a", "24 09:00", "x"), event("b", "24 10:00", "y"), event("c", "24 11:00", "z"));
    let mut world = World::new();
    world.import(&[a.clone(), b.clone(), c.clone()]);
    let listed = world.import(std::slice::from_ref(&a));
    assert_eq!(listed.gone.len(), 2);
    assert!(world.visits.iter().all(|known| known.visit.state == VisitState::Booked));
    // One that cannot be read now, or lies outside the window now, is not gone; nor is one of a calendar not read.
    let left = LeftOut { line: 9, title: None, reason: "broken".to_owned(), uid: Some("b".to_owned()) };
    let outside = SourceEvent { start: at("24 11:00") + chrono::Duration::days(30), end: None, ..c.clone() };
    let refused = Read { refused: vec![left], outside: vec![outside], ..read(std::slice::from_ref(&a)) };
    assert_eq!(world.plan(&[refused]).gone.len(), 0);
    let message = Read { calendars: vec!["Other".to_owned()], ..read(std::slice::from_ref(&a)) };
    assert_eq!(world.plan(&[message]).gone.len(), 0);
    let pruned = world.import_read(&[read(std::slice::from_ref(&a))], WithGone::Cancel);
    assert_eq!(pruned.all_lines(WithGone::Cancel).filter(|line| line.action == Action::Update).count(), 2);
    assert_eq!(world.visit("b").state, VisitState::Cancelled);
    assert_eq!(world.plan(&[read(std::slice::from_ref(&a))]).gone.len(), 0, "once is enough");
    let back = world.import(&[a, b, c]);
    assert_eq!((world.visit("b").state, back.count(Action::Update)), (VisitState::Booked, 2));
}

/// A list of some days, from a source that nobody named.
fn of_some_days(file: &str, events: &[SourceEvent]) -> Read {
    let reach = Reach::of(events.iter().map(|event| event.start.date()));
    Read { file: file.to_owned(), nameless: vec!["Clinic".to_owned()], reach, ..read(events) }
}

#[test]
fn a_list_calls_nothing_gone_that_it_does_not_cover() {
    let list = |file: &str, uids: &str| {
        let all = [event("a", "24 09:00", "x"), event("b", "25 09:00", "y"), event("c", "25 10:00", "z")];
        let events: Vec<SourceEvent> = all.into_iter().filter(|event| uids.contains(&event.key.uid)).collect();
        of_some_days(file, &events)
    };
    let gone = |plan: &ImportPlan| plan.gone.iter().filter_map(|gone| gone.line.title.clone()).collect::<String>();
    for (name, first, last, said, expected) in [
        ("a list of another day", list("24.csv", "a"), list("25.csv", "b"), "", ""),
        ("a list of the same day", list("25.csv", "bc"), list("25.csv", "b"), "", "z"),
        ("under another name", list("25.csv", "bc"), list("25 (1).csv", "c"), "", "y"),
        ("another list of the day", list("room 1.csv", "b"), list("room 2.csv", "c"), "", ""),
        ("a whole week again", list("w.csv", "ab"), list("w.csv", "a"), "", ""),
        ("up to a day that is said", list("w.csv", "ab"), list("w.csv", "a"), "to", "y"),
        ("from a day that is said", list("w.csv", "ab"), list("w.csv", "b"), "from", "x"),
        ("what lies before its first day", list("w.csv", "ac"), list("w.csv", "c"), "", ""),
    ] {
        let mut world = World::new();
        world.import_read(&[first], WithGone::Keep);
        world.rules.said = Said { from: said == "from", to: said == "to" };
        assert_eq!(gone(&world.plan(&[last])), expected, "{name}");
    }
    // Two files of one import speak for the days of both.
    let mut world = World::new();
    world.import_read(&[list("w.csv", "ab")], WithGone::Keep);
    let day = of_some_days("w.csv", &[event("new", "24 12:00", "n")]);
    assert_eq!(gone(&world.plan(&[day, list("25.csv", "b")])), "x");
}

#[test]
fn a_schedule_that_lies_outside_the_days_looked_at_says_where_it_lies() {
    let later = |days| {
        let start = at("24 09:00") + chrono::Duration::days(days);
        SourceEvent { start, end: None, ..event(&days.to_string(), "24 09:00", "x") }
    };
    let notes = |days: &[i64]| {
        let outside = days.iter().map(|days| later(*days)).collect();
        World::new().plan(&[Read { outside, ..read(&[]) }]).notes
    };
    assert_eq!(notes(&[]), Vec::<String>::new());
    assert_eq!(notes(&[40]), ["1 appointment lies outside the days looked at: on 3 Jan 2027"]);
    let several = ["3 appointments lie outside the days looked at: from 3 Jan 2027 to 6 Jan 2027"];
    assert_eq!(notes(&[43, 40, 41]), several);
}

#[test]
fn one_that_is_moved_out_of_the_window_is_followed() {
    let mut world = World::new();
    world.import(&[event("1", "24 09:00", "x")]);
    let far =
        SourceEvent { start: at("24 09:00") + chrono::Duration::days(40), end: None, ..event("1", "24 09:00", "x") };
    let unknown = SourceEvent { key: SourceKey { uid: "2".to_owned(), ..far.key.clone() }, ..far.clone() };
    let plan = world.import_read(&[Read { outside: vec![far, unknown], ..read(&[]) }], WithGone::Keep);
    assert_eq!(actions(&plan), [Action::Update]);
    assert!(reason(&plan).contains("outside the window"));
    assert_eq!(world.visits.len(), 1);
}

#[test]
fn a_series_that_is_moved_as_a_whole_keeps_its_visits() {
    let instance = |recurrence: &str, start: &str| {
        let mut event = event("s", start, "Pain visit: Ruth Hale");
        event.key.recurrence = recurrence.to_owned();
        event
    };
    let mut world = World::new();
    world.import(&[instance("20261110T080000Z", "10 09:00"), instance("20261117T080000Z", "17 09:00")]);
    let ids: Vec<_> = world.visits.iter().map(|known| known.visit.id).collect();
    let later = [instance("20261110T090000Z", "10 10:00"), instance("20261117T090000Z", "17 10:00")];
    let plan = world.import(&later);
    assert_eq!((actions(&plan), plan.gone.len()), (vec![Action::Update, Action::Update], 0));
    assert_eq!(world.visits.iter().map(|known| known.visit.id).collect::<Vec<_>>(), ids);
    assert!(writes_nothing(&world.import(&later)));
    // Each is known by its new first plan from now on, also where it then leaves its day.
    let moved = [instance("20261110T090000Z", "12 10:00"), instance("20261117T090000Z", "17 10:00")];
    let plan = world.import(&moved);
    assert_eq!((actions(&plan), plan.gone.len()), (vec![Action::Update, Action::Unchanged], 0));
}

#[test]
fn what_was_left_out_in_reading_has_its_line() {
    let mut world = World::new();
    let left = |line, reason: &str| LeftOut { line, title: None, reason: reason.to_owned(), uid: None };
    let twice = SourceEvent { line: 5, ..event("1", "24 09:00", "x") };
    let first = Read {
        refused: vec![left(3, "broken")],
        passed_over: vec![left(2, "repeats")],
        ..read(std::slice::from_ref(&twice))
    };
    let second = Read { file: "b.ics".to_owned(), ..read(&[twice]) };
    let plan = world.plan(&[first, second]);
    assert_eq!(actions(&plan), [Action::Skip, Action::Refuse, Action::Create, Action::Skip]);
    assert_eq!(plan.lines[3].reason.as_deref(), Some("the same event stands in a.ics:5"));
}
