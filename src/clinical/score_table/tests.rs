//! What each row of a table comes to, case by case.

use super::*;
use crate::clinical::answer::Answer;
use crate::clinical::provenance::{Given, How, ReportedBy};
use crate::clinical::score::ScoreItem;

const TODAY: &str = "2026-11-24";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct World {
    patients: Vec<PatientName>,
    known: BTreeMap<PatientId, KnownPatient>,
    ids: Ids,
}

fn world() -> World {
    let mut ids = Ids::seeded(2);
    let at = Instant::from_millis(0);
    let name = |ids: &mut Ids, number: Option<&str>, family: &str, given: &str, birth: &str| PatientName {
        id: ids.next(at),
        number: number.map(str::to_owned),
        family: family.to_owned(),
        given: given.to_owned(),
        birth_date: birth.parse().ok(),
    };
    let patients = vec![
        name(&mut ids, Some("A-1007"), "Okafor", "Adaeze", "1972-03-02"),
        name(&mut ids, None, "Müller", "Ines", "1980-01-01"),
        name(&mut ids, None, "Müller", "Ines", "1980-01-01"),
    ];
    let visits = BTreeMap::from([(day(TODAY), (ids.next(at), Vec::new()))]);
    let known = BTreeMap::from([(patients[0].id, KnownPatient { visits, ..KnownPatient::default() })]);
    World { patients, known, ids }
}

impl World {
    fn plan(&mut self, rows: Vec<ScoreRow>) -> ScorePlan {
        let table = ScoreTable { file: "scores.csv".to_owned(), rows, notes: Vec::new() };
        let moment = |_: NaiveDate| Instant::from_millis(1_795_000_000_000);
        let catalogue = Catalogue::default();
        let terms = Terms { patients: &self.patients, catalogue: &catalogue, today: day(TODAY), moment: &moment };
        plan(&table, &self.known, &terms, &mut self.ids)
    }
}

/// A row of the patient with a number: date, instrument, item, value.
fn row(line: u32, date: &str, instrument: &str, item: &str, value: &str) -> ScoreRow {
    ScoreRow {
        line,
        number: Some("A-1007".to_owned()),
        date: date.parse().ok(),
        date_as_written: date.to_owned(),
        instrument: instrument.to_owned(),
        item: (!item.is_empty()).then(|| item.to_owned()),
        value: value.to_owned(),
        ..ScoreRow::default()
    }
}

fn told(plan: &ScorePlan) -> Vec<(Action, String, Option<String>)> {
    plan.lines
        .iter()
        .map(|line| (line.action, format!("{} {}", line.instrument, line.result), line.reason.clone()))
        .collect()
}

#[test]
fn each_row_comes_to_a_result_or_says_why_not() {
    let waits = "waits to be confirmed";
    for (name, given, action, result, reason) in [
        (
            "a total today",
            row(2, TODAY, "phq 9", "", "12"),
            Action::Create,
            "PHQ-9 12 moderate",
            Some(
                "At or above the usual screening cut-off. “Thoughts of being better off dead or of self-harm” is \
                 unknown: a total does not say it; ask it; waits to be confirmed",
            ),
        ),
        ("a total of the past", row(2, "2026-10-01", "RMDQ", "", "9"), Action::Create, "RMDQ 9 middle", None),
        ("a licensed total", row(2, TODAY, "ODI", "", "44"), Action::Create, "ODI 44 severe", Some(waits)),
        ("with a decimal", row(2, TODAY, "Brief Pain Inventory", "", "5,5"), Action::Create, "BPI 5.5", Some(waits)),
        ("pain now", row(2, TODAY, "NRS", "", "7"), Action::Create, "NRS-CURRENT 7", Some(waits)),
        (
            "pain on a day without a visit",
            row(2, "2026-10-01", "NRS", "", "7"),
            Action::Refuse,
            "NRS-CURRENT ",
            Some("there is no visit on that day, and these scores belong to one"),
        ),
        (
            "out of range",
            row(2, TODAY, "phq9", "", "28"),
            Action::Refuse,
            "PHQ-9 ",
            Some("total is 28: it lies between 0 and 27"),
        ),
        ("no number", row(2, TODAY, "phq9", "", "high"), Action::Refuse, "PHQ-9 ", Some("\"high\" is no number")),
        (
            "no instrument",
            row(2, TODAY, "XYZ", "", "3"),
            Action::Refuse,
            "XYZ 3",
            Some("no instrument is called \"XYZ\""),
        ),
        ("no date", row(2, "someday", "phq9", "", "3"), Action::Refuse, "phq9 3", Some("\"someday\" is no date")),
        (
            "no item of it",
            row(2, TODAY, "phq9", "q10", "3"),
            Action::Refuse,
            "PHQ-9 ",
            Some("\"q10\" is no item of it"),
        ),
        (
            "an answer by its number on the form, alone",
            row(2, TODAY, "phq9", "9", "4"),
            Action::Refuse,
            "PHQ-9 ",
            Some("q9 is 4: it is 0 to 3"),
        ),
        (
            "half a point of a sum",
            row(2, TODAY, "GAD-7", "", "5.5"),
            Action::Refuse,
            "GAD-7 ",
            Some("total is 5.5: it has fewer decimals"),
        ),
        (
            "a day that lies ahead",
            row(2, "2026-11-25", "RMDQ", "", "9"),
            Action::Refuse,
            "RMDQ ",
            Some("the day lies ahead, and there is no visit on it"),
        ),
        (
            "before the patient was born",
            row(2, "1972-03-01", "RMDQ", "", "9"),
            Action::Refuse,
            "RMDQ ",
            Some("the day lies before the patient was born"),
        ),
        (
            "one for adults while the patient was a child",
            row(2, "1985-03-02", "RMDQ", "", "9"),
            Action::Create,
            "RMDQ 9 middle",
            Some("not for children"),
        ),
        (
            "PEG by its mean",
            row(2, TODAY, "PEG", "", "5"),
            Action::Refuse,
            "PEG ",
            Some("PEG is kept by its three items: p, e and g"),
        ),
    ] {
        let plan = world().plan(vec![given]);
        assert_eq!(told(&plan), [(action, result.to_owned(), reason.map(str::to_owned))], "{name}");
        assert_eq!(plan.results.len() + plan.scores.len(), usize::from(action == Action::Create), "{name}");
    }
}

#[test]
fn rows_of_items_become_one_result_with_what_they_raise() {
    let mut world = world();
    let items = (1..=9).map(|n| row(n + 1, TODAY, "PHQ-9", &format!("q{n}"), if n == 9 { "1" } else { "0" }));
    let plan = world.plan(items.collect());
    let said = "Item 9 positive: same-visit suicide risk assessment, whatever the total; waits to be confirmed";
    assert_eq!(told(&plan), [(Action::Create, "PHQ-9 1 minimal".to_owned(), Some(said.to_owned()))]);
    assert!(plan.results[0].waiting && plan.results[0].given.how == How::Imported);
    // By their numbers on the form they are the same answers.
    let numbered = (1..=9).map(|n| row(n + 1, TODAY, "PHQ-9", &n.to_string(), if n == 9 { "1" } else { "0" }));
    assert_eq!(world.plan(numbered.collect()).results[0].replies, plan.results[0].replies);
    // The same again is in the record.
    let mut known = world.known.clone();
    for patient in known.values_mut() {
        patient.results.clone_from(&plan.results);
    }
    world.known = known;
    let items = (1..=9).map(|n| row(n + 1, TODAY, "PHQ-9", &format!("q{n}"), if n == 9 { "1" } else { "0" }));
    let again = world.plan(items.collect());
    assert_eq!(again.count(Action::Unchanged), 1);
    assert!(again.results.is_empty());
    // Another total of the same day goes in, and says so.
    let other = world.plan(vec![row(2, TODAY, "PHQ-9", "", "12")]);
    assert_eq!(other.count(Action::Create), 1);
    assert!(other.lines[0].reason.as_deref().is_some_and(|why| why.contains("the record also holds 1 of that day")));
}

#[test]
fn a_patient_is_found_by_number_or_by_name_with_birth_date_never_by_the_name_alone() {
    let world = world();
    let named = |family: &str, given: &str, birth: Option<&str>| ScoreRow {
        family: Some(family.to_owned()),
        given: Some(given.to_owned()),
        birth_date: birth.map(day),
        ..ScoreRow::default()
    };
    for (row, found) in [
        (named("OKAFOR", "adaeze", Some("1972-03-02")), Ok((0, None))),
        (ScoreRow { number: Some("A-1007".to_owned()), ..ScoreRow::default() }, Ok((0, None))),
        (ScoreRow { number: Some("A-1007".to_owned()), ..named("Okafor", "Adaeze", None) }, Ok((0, None))),
        (ScoreRow { number: Some("A-1007".to_owned()), ..named("Smith", "Adaeze", Some("1972-03-02")) }, Ok((0, None))),
        (
            ScoreRow { number: Some("A-1007".to_owned()), ..named("Okafor", "Adaeze", Some("1972-02-03")) },
            Ok((0, Some("the birth date is another than in the record"))),
        ),
        (
            ScoreRow { number: Some("A-1007".to_owned()), ..named("Hale", "Ruth", Some("1949-08-09")) },
            Err("the number A-1007 is that of OKAFOR Adaeze in the record"),
        ),
        (named("Okafor", "Adaeze", None), Err("a name alone is not enough: a number or the birth date")),
        (named("Okafor", "Adaeze", Some("1972-03-03")), Err("no patient has this name and birth date")),
        (named("Muller", "Ines", Some("1980-01-01")), Err("two patients have this name and birth date")),
        (
            ScoreRow { number: Some("B-1".to_owned()), ..named("Okafor", "Adaeze", None) },
            Err("no patient has the number B-1"),
        ),
        (ScoreRow::default(), Err("no patient is named")),
    ] {
        let found = found.map(|(at, note): (usize, Option<&str>)| (world.patients[at].id, note.map(str::to_owned)));
        assert_eq!(who(&row, &world.patients), found.map_err(str::to_owned), "{row:?}");
    }
}

#[test]
fn a_score_of_the_room_is_not_replaced() {
    let mut world = world();
    let given = Given { how: How::Spoken, by: ReportedBy::Patient }.at(Instant::from_millis(0), "AR");
    let score = Score::new(world.ids.next(Instant::from_millis(0)), ScoreItem::Now, Answer::Given(3), given);
    for patient in world.known.values_mut() {
        for (_, scores) in patient.visits.values_mut() {
            scores.push(score.clone());
        }
    }
    let plan = world.plan(vec![row(2, TODAY, "pain", "", "9")]);
    assert_eq!((plan.count(Action::Skip), plan.scores.len()), (1, 0));
    assert_eq!(plan.lines[0].reason.as_deref(), Some("the visit holds 3, the table says 9"));
    let same = world.plan(vec![row(2, TODAY, "pain", "", "3")]);
    assert_eq!((same.count(Action::Unchanged), same.scores.len()), (1, 0));
}

#[test]
fn two_rows_for_one_patient_day_and_score_are_one_or_contradict() {
    let waits = "waits to be confirmed";
    for (second, expected) in [
        ("7", (Action::Unchanged, Some("another row says the same"))),
        ("4", (Action::Refuse, Some("another row gives this patient another value for this day"))),
    ] {
        let plan = world().plan(vec![row(2, TODAY, "NRS", "", "7"), row(3, TODAY, "pain now", "", second)]);
        let came: Vec<(Action, Option<&str>)> =
            plan.lines.iter().map(|line| (line.action, line.reason.as_deref())).collect();
        assert_eq!(came, [(Action::Create, Some(waits)), expected], "{second}");
        assert_eq!(plan.scores.len(), 1, "{second}");
    }
    let both = world().plan(vec![row(2, TODAY, "NRS", "", "7"), row(3, TODAY, "worst pain", "", "9")]);
    assert_eq!((both.count(Action::Create), both.scores.len()), (2, 2), "two scores of one day");
}

#[test]
fn what_there_is_to_say_of_whom_a_row_means_stands_in_its_line() {
    let given = ScoreRow {
        family: Some("Okafor".to_owned()),
        birth_date: Some(day("1972-02-03")),
        ..row(2, "2026-10-01", "RMDQ", "", "9")
    };
    let plan = world().plan(vec![given]);
    let said = "the birth date is another than in the record".to_owned();
    assert_eq!(told(&plan), [(Action::Create, "RMDQ 9 middle".to_owned(), Some(said))]);
}

#[test]
fn how_and_by_whom_are_kept_as_the_table_says_them() {
    for (instrument, how, by, shown, said) in [
        ("phq9", None, None, "imported, by the patient", ""),
        ("phq9", Some("paper"), Some("the patient"), "paper, by the patient", ""),
        ("NRS", Some("Telephone"), Some("mother"), "phone, by a proxy", ""),
        ("phq9", Some("mündlich"), Some("interpreter"), "spoken, by an interpreter", ""),
        ("flacc", Some("paper"), Some("proxy"), "observed", ""),
        ("NRS", Some("tablet"), None, "imported, by the patient", "how \"tablet\" is not known: kept as imported"),
        ("phq9", None, Some("Bob"), "imported, by the patient", "by whom \"Bob\" is not known: kept as by the patient"),
    ] {
        let mut world = world();
        let text = |text: Option<&str>| text.map(str::to_owned);
        let plan = world.plan(vec![ScoreRow { how: text(how), by: text(by), ..row(2, TODAY, instrument, "", "4") }]);
        let scores = plan.scores.iter().map(|(.., score)| score.given.show());
        let got: Vec<String> = scores.chain(plan.results.iter().map(|result| result.given.show())).collect();
        assert_eq!(got, [shown], "{instrument} {how:?} {by:?}: {:?}", plan.lines);
        let reason = plan.lines[0].reason.clone().unwrap_or_default();
        assert!(reason.contains(said) && (!said.is_empty() || !reason.contains("not known")), "{reason}");
    }
}
