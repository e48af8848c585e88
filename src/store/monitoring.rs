//! Monitoring: checks and urine tests, and whose clocks are due.
//!
//! What is due is computed from what is taken and what was last done; only whom to look at is found by index.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Cells, Owned, Put, Reading, at, date, flag, key, list, opt, opt_text, statements, text, word};
use super::tx::Tx;
use crate::clinical::id::{CheckId, PatientId, UrineTestId, VisitId};
use crate::clinical::monitoring::clock::{Clock, Course, Last};
use crate::clinical::monitoring::group::{Group, from_stored};
use crate::clinical::monitoring::rule::{Risk, Rule, Rules, Whom};
use crate::clinical::monitoring::urine::{Finding, UrineTest};
use crate::clinical::monitoring::{Check, CheckKind, Monitoring};
use crate::clinical::time::Instant;
use crate::clinical::vocab::Vocab;

macro_rules! check_columns {
    () => {
        "id, patient_id, visit_id, kind, on_date, checked_by, outcome, note, next, kept_at"
    };
}

macro_rules! urine_columns {
    () => {
        "id, patient_id, visit_id, ordered, due, collected, resulted, read_at, confirm_asked, confirmed, note, action, \
         acted_at, let_go"
    };
}

statements! {
    CHECK_BY_ID = concat!("SELECT ", check_columns!(), " FROM monitoring_check WHERE id = ?1");
    CHECKS_OF = concat!("SELECT ", check_columns!(), " FROM monitoring_check INDEXED BY monitoring_check_of
        WHERE patient_id = ?1 ORDER BY on_date DESC, kept_at DESC, id DESC");
    NEWEST_CHECKS = concat!("SELECT ", check_columns!(), " FROM monitoring_check INDEXED BY monitoring_check_of
        WHERE patient_id = ?1 AND kind = ?2 ORDER BY on_date DESC, kept_at DESC, id DESC LIMIT 4");
    NEWEST_URINE = concat!("SELECT ", urine_columns!(), " FROM urine_test INDEXED BY urine_test_of WHERE patient_id = ?1
        ORDER BY coalesce(collected, resulted, ordered) DESC, id DESC LIMIT 12");
    CHECKS_KEPT = concat!("SELECT ", check_columns!(), " FROM monitoring_check INDEXED BY monitoring_check_kept
        WHERE kept_at >= ?1 AND kept_at < ?2 ORDER BY kept_at, id");
    URINE_BY_ID = concat!("SELECT ", urine_columns!(), " FROM urine_test WHERE id = ?1");
    URINE_OF = concat!("SELECT ", urine_columns!(), " FROM urine_test INDEXED BY urine_test_of WHERE patient_id = ?1
        ORDER BY coalesce(collected, resulted, ordered) DESC, id DESC");
    URINE_OPEN = concat!("SELECT ", urine_columns!(), " FROM urine_test INDEXED BY urine_test_open
        WHERE open_from <= ?1 ORDER BY open_from, id");
    URINE_SETTLED = concat!("SELECT ", urine_columns!(), " FROM urine_test INDEXED BY urine_test_settled
        WHERE settled_at >= ?1 AND settled_at < ?2 ORDER BY settled_at, id");
    FINDINGS = "SELECT id, drug, listed, found, confirmed FROM urine_finding INDEXED BY urine_finding_of
        WHERE test_id = ?1 ORDER BY position";
    /// Everybody who takes something that is monitored.
    TAKEN = "SELECT patient_id, monitored, started FROM medication INDEXED BY medication_monitored
        WHERE monitored > ''";
    /// Whoever has a date that was set by hand and has come.
    BY_HAND = "SELECT id, patient_id FROM monitoring_check INDEXED BY monitoring_check_next WHERE next <= ?1";
    NEWEST = "SELECT monitoring_check.id, monitoring_check.patient_id, monitoring_check.kind, monitoring_check.on_date,
        monitoring_check.next
        FROM json_each(?1) AS who CROSS JOIN json_each(?2) AS what CROSS JOIN monitoring_check
        WHERE monitoring_check.id = (SELECT newest.id FROM monitoring_check AS newest INDEXED BY monitoring_check_of
            WHERE newest.patient_id = who.value AND newest.kind = what.value
            ORDER BY newest.on_date DESC, newest.kept_at DESC LIMIT 1)";
    URINE_READ = "SELECT id, patient_id, coalesce(collected, resulted) FROM urine_test INDEXED BY urine_test_of
        WHERE patient_id IN (SELECT value FROM json_each(?1)) AND read_at IS NOT NULL";
    /// Whoever has a urine test under way: it stands for its clock until it is read or let go.
    URINE_UNDER_WAY = "SELECT id, patient_id FROM urine_test INDEXED BY urine_test_of
        WHERE patient_id IN (SELECT value FROM json_each(?1)) AND read_at IS NULL AND let_go IS NULL";
    REVIEWED = "SELECT who.value, (SELECT assessment.date FROM assessment INDEXED BY assessment_opioid_reviewed
            WHERE assessment.patient_id = who.value AND assessment.opioid_reviewed = 1
            ORDER BY assessment.date DESC LIMIT 1) FROM json_each(?1) AS who";
    RISK = "SELECT instrument_result.id, instrument_result.patient_id, instrument_result.band, instrument_result.date
        FROM json_each(?1) AS who CROSS JOIN json_each('[\"ort\",\"ort_oud\"]') AS what CROSS JOIN instrument_result
        WHERE instrument_result.id = (SELECT newest.id FROM instrument_result AS newest INDEXED BY instrument_result_of
            WHERE newest.patient_id = who.value AND newest.instrument = what.value
            ORDER BY newest.date DESC, newest.at DESC LIMIT 1)";
}

const READING: Reading = Reading { table: "monitoring_check", doing: "reading checks" };
const READING_URINE: Reading = Reading { table: "urine_test", doing: "reading urine tests" };
const KEEPING: &str = "keeping a check";
const KEEPING_URINE: &str = "keeping a urine test";

fn read_check(cells: &mut Cells) -> Result<Check, StoreError> {
    Ok(Check {
        id: cells.id()?,
        patient: cells.id()?,
        visit: cells.opt_id()?,
        kind: cells.word()?,
        on: cells.date()?,
        by: cells.text()?,
        outcome: cells.word()?,
        note: cells.text()?,
        next: cells.opt_date()?,
        kept_at: cells.at()?,
    })
}

fn read_urine(cells: &mut Cells) -> Result<UrineTest, StoreError> {
    Ok(UrineTest {
        id: cells.id()?,
        patient: cells.id()?,
        visit: cells.opt_id()?,
        ordered: cells.opt_date()?,
        due: cells.opt_date()?,
        collected: cells.opt_date()?,
        resulted: cells.opt_date()?,
        read_at: cells.opt_at()?,
        findings: Vec::new(),
        confirm_asked: cells.opt_date()?,
        confirmed: cells.opt_date()?,
        note: cells.text()?,
        action: cells.text()?,
        acted_at: cells.opt_at()?,
        let_go: cells.opt_text()?,
    })
}

fn with_findings(conn: &Connection, mut tests: Vec<UrineTest>) -> Result<Vec<UrineTest>, StoreError> {
    for test in &mut tests {
        let reading = Reading { table: "urine_finding", ..READING_URINE };
        test.findings = reading.all(conn, FINDINGS, [test.id.to_string()], |cells| {
            Ok(Finding {
                id: cells.id()?,
                drug: cells.text()?,
                listed: cells.flag()?,
                found: cells.word()?,
                confirmed: cells.opt_word()?,
            })
        })?;
    }
    Ok(tests)
}

/// One check.
pub(super) fn check(conn: &Connection, id: CheckId) -> Result<Option<Check>, StoreError> {
    READING.one(conn, CHECK_BY_ID, [id.to_string()], read_check)
}

/// Checks kept from one moment up to another.
pub(super) fn kept(conn: &Connection, from: Instant, to: Instant) -> Result<Vec<Check>, StoreError> {
    READING.all(conn, CHECKS_KEPT, [from.millis(), to.millis()], read_check)
}

/// One urine test.
pub(super) fn urine(conn: &Connection, id: UrineTestId) -> Result<Option<UrineTest>, StoreError> {
    let found = READING_URINE.one(conn, URINE_BY_ID, [id.to_string()], read_urine)?;
    Ok(with_findings(conn, found.into_iter().collect())?.pop())
}

/// Urine tests about which somebody has to do something, up to a day.
pub(super) fn urine_open(conn: &Connection, to: NaiveDate) -> Result<Vec<UrineTest>, StoreError> {
    with_findings(conn, READING_URINE.all(conn, URINE_OPEN, [to.to_string()], read_urine)?)
}

/// Urine tests settled from one moment up to another.
pub(super) fn urine_settled(conn: &Connection, from: Instant, to: Instant) -> Result<Vec<UrineTest>, StoreError> {
    with_findings(conn, READING_URINE.all(conn, URINE_SETTLED, [from.millis(), to.millis()], read_urine)?)
}

/// Everything about one patient.
pub(super) fn of_patient(conn: &Connection, patient: PatientId) -> Result<Monitoring, StoreError> {
    let id = patient.to_string();
    let who = list([patient]);
    Ok(Monitoring {
        checks: READING.all(conn, CHECKS_OF, [&id], read_check)?,
        urine: with_findings(conn, READING_URINE.all(conn, URINE_OF, [&id], read_urine)?)?,
        risk: risks(conn, &who)?.remove(&patient),
        reviewed: reviewed(conn, &who)?.remove(&patient),
    })
}

/// The newest of each kind: what a cover and its clocks are computed from.
pub(super) fn for_cover(conn: &Connection, patient: PatientId) -> Result<Monitoring, StoreError> {
    let id = patient.to_string();
    let who = list([patient]);
    let mut checks = Vec::new();
    for kind in CheckKind::ALL {
        checks.extend(READING.all(conn, NEWEST_CHECKS, [id.as_str(), kind.name()], read_check)?);
    }
    checks.sort_by_key(|check| std::cmp::Reverse((check.on, check.kept_at, check.id)));
    Ok(Monitoring {
        checks,
        urine: with_findings(conn, READING_URINE.all(conn, NEWEST_URINE, [&id], read_urine)?)?,
        risk: risks(conn, &who)?.remove(&patient),
        reviewed: reviewed(conn, &who)?.remove(&patient),
    })
}

/// The newest risk of each; of two questionnaires on one day the higher.
fn risks(conn: &Connection, who: &str) -> Result<BTreeMap<PatientId, (Risk, NaiveDate)>, StoreError> {
    let reading = Reading { table: "instrument_result", ..READING };
    let rows = reading.all(conn, RISK, [who], |cells| {
        cells.skip();
        Ok((cells.id()?, Risk::from_name(&cells.text()?), cells.date()?))
    })?;
    let mut risks: BTreeMap<PatientId, (Risk, NaiveDate)> = BTreeMap::new();
    for (patient, risk, on) in rows.into_iter().filter_map(|(patient, risk, on)| Some((patient, risk?, on))) {
        let newest = risks.entry(patient).or_insert((risk, on));
        *newest = (*newest).max_by(|(risk, on)| (*on, *risk), (risk, on));
    }
    Ok(risks)
}

/// The greater of two by a key.
trait MaxBy: Copy {
    fn max_by<K: Ord>(self, key: impl Fn(&Self) -> K, other: Self) -> Self {
        if key(&other) > key(&self) { other } else { self }
    }
}

impl MaxBy for (Risk, NaiveDate) {}

fn reviewed(conn: &Connection, who: &str) -> Result<BTreeMap<PatientId, NaiveDate>, StoreError> {
    let reading = Reading { table: "assessment", ..READING };
    let rows = reading.all(conn, REVIEWED, [who], |cells| Ok((cells.id()?, cells.opt_date()?)))?;
    Ok(rows.into_iter().filter_map(|(patient, on)| Some((patient, on?))).collect())
}

/// The clocks due on a day, of everybody, by these rules.
pub(super) fn due(conn: &Connection, day: NaiveDate, rules: &Rules<'_>) -> Result<Vec<(PatientId, Clock)>, StoreError> {
    let mut courses = taken(conn, rules)?;
    let by_hand = READING.all(conn, BY_HAND, [day.to_string()], |cells| {
        cells.skip();
        cells.id::<PatientId>()
    })?;
    for patient in by_hand {
        courses.entry(patient).or_default();
    }
    if courses.is_empty() {
        return Ok(Vec::new());
    }
    let who = list(courses.keys());
    last_done(conn, &who, &mut courses)?;
    if rules.own.iter().any(|own| own.risk.is_some()) {
        for (patient, (risk, _)) in risks(conn, &who)? {
            courses.entry(patient).or_default().whom.risk = Some(risk);
        }
    }
    for (patient, context) in super::medicine::contexts(conn, &who)? {
        courses.entry(patient).or_default().whom.given_for = Some(context);
    }
    if runs(rules, CheckKind::Review) {
        for (patient, on) in reviewed(conn, &who)? {
            courses.entry(patient).or_default().done(CheckKind::Review, Last { on, next: None });
        }
    }
    let under_way: BTreeSet<PatientId> = READING_URINE
        .all(conn, URINE_UNDER_WAY, [&who], |cells| {
            cells.skip();
            cells.id()
        })?
        .into_iter()
        .collect();
    let stands = |patient: PatientId, clock: &Clock| clock.kind != CheckKind::Urine || !under_way.contains(&patient);
    // Thousands follow one of a few rules: only of whom anything is due, the clocks are told with their reasons.
    let mut known: BTreeMap<(Whom, Vec<Group>), Vec<_>> = BTreeMap::new();
    courses.retain(|_, course| {
        let rhythms = known
            .entry((course.whom, course.groups.keys().copied().collect()))
            .or_insert_with_key(|(whom, groups)| rules.rhythms(*whom, groups));
        course.is_any_due(rhythms, day)
    });
    let due_of = |(patient, course): (PatientId, Course)| {
        let clocks = course.watch(rules).running;
        clocks
            .into_iter()
            .filter(|clock| clock.is_due_on(day) && stands(patient, clock))
            .map(move |clock| (patient, clock))
            .collect::<Vec<_>>()
    };
    Ok(courses.into_iter().flat_map(due_of).collect())
}

/// Whether a clock can run for anybody by these rules.
fn runs(rules: &Rules<'_>, kind: CheckKind) -> bool {
    rules.own.iter().any(|own| own.kind == kind && own.days > 0)
        || matches!(rules.of(kind, Whom::default(), Group::ALL), Some(Rule::Runs(..)))
}

/// What everybody takes that is monitored; only those for whom a clock can run.
fn taken(conn: &Connection, rules: &Rules<'_>) -> Result<BTreeMap<PatientId, Course>, StoreError> {
    let mut courses: BTreeMap<PatientId, Course> = BTreeMap::new();
    let mut known: BTreeMap<String, BTreeSet<Group>> = BTreeMap::new();
    let reading = Reading { table: "medication", ..READING };
    reading.each(conn, TAKEN, [], |cells| {
        let (patient, words, started) = (cells.id()?, cells.text()?, cells.opt_date()?);
        let groups = known.entry(words).or_insert_with_key(|words| from_stored(words)).clone();
        courses.entry(patient).or_default().drug(groups, started);
        Ok(true)
    })?;
    // Thousands take one of a few combinations: each is looked up in the rules once.
    let mut any_runs: BTreeMap<Vec<Group>, bool> = BTreeMap::new();
    let runs_for = |groups: &Vec<Group>| {
        let own = |kind: CheckKind| rules.own.iter().any(|own| own.kind == kind && own.days > 0);
        let by_table = |kind| matches!(rules.of(kind, Whom::default(), groups), Some(Rule::Runs(..)));
        CheckKind::ALL.iter().any(|&kind| own(kind) || by_table(kind))
    };
    courses.retain(|_, course| {
        let groups: Vec<Group> = course.groups.keys().copied().collect();
        *any_runs.entry(groups).or_insert_with_key(runs_for)
    });
    Ok(courses)
}

fn last_done(conn: &Connection, who: &str, courses: &mut BTreeMap<PatientId, Course>) -> Result<(), StoreError> {
    let kinds = list(CheckKind::ALL.iter().map(|kind| kind.name()));
    let checks = READING.all(conn, NEWEST, [who, &kinds], |cells| {
        cells.skip();
        Ok((cells.id()?, cells.word()?, Last { on: cells.date()?, next: cells.opt_date()? }))
    })?;
    let urine = READING_URINE.all(conn, URINE_READ, [who], |cells| {
        cells.skip();
        Ok((cells.id()?, CheckKind::Urine, Last { on: cells.date()?, next: None }))
    })?;
    for (patient, kind, last) in checks.into_iter().chain(urine) {
        courses.entry(patient).or_default().done(kind, last);
    }
    Ok(())
}

/// Keeps a check; gives the visit it belongs to.
pub(super) fn put_check(tx: &Tx, check: &Check) -> Result<Option<VisitId>, StoreError> {
    Put::new("monitoring_check", KEEPING, check.id)
        .set("patient_id", key(check.patient))
        .set("visit_id", opt(check.visit, key))
        .set("kind", word(check.kind))
        .set("on_date", date(check.on))
        .set("checked_by", text(&check.by))
        .set("outcome", word(check.outcome))
        .set("note", text(&check.note))
        .set("next", opt(check.next, date))
        .set("kept_at", at(check.kept_at))
        .put(tx)?;
    Ok(check.visit)
}

/// Keeps a urine test; gives the visit it belongs to.
pub(super) fn put_urine(tx: &Tx, test: &UrineTest) -> Result<Option<VisitId>, StoreError> {
    Put::new("urine_test", KEEPING_URINE, test.id)
        .set("patient_id", key(test.patient))
        .set("visit_id", opt(test.visit, key))
        .set("ordered", opt(test.ordered, date))
        .set("due", opt(test.due, date))
        .set("collected", opt(test.collected, date))
        .set("resulted", opt(test.resulted, date))
        .set("read_at", opt(test.read_at, at))
        .set("confirm_asked", opt(test.confirm_asked, date))
        .set("confirmed", opt(test.confirmed, date))
        .set("note", text(&test.note))
        .set("action", text(&test.action))
        .set("acted_at", opt(test.acted_at, at))
        .set("let_go", opt_text(test.let_go.as_ref()))
        .set("open_from", opt(test.open_from(), date))
        .set("settled_at", opt(test.settled_at(), at))
        .put(tx)?;
    let owner_id = test.id.to_string();
    let rows = test.findings.iter().map(|finding| {
        Put::new("urine_finding", KEEPING_URINE, finding.id)
            .set("drug", text(&finding.drug))
            .set("listed", flag(finding.listed))
            .set("found", word(finding.found))
            .set("confirmed", opt(finding.confirmed, word))
    });
    Owned { table: "urine_finding", doing: KEEPING_URINE, owner: "test_id", owner_id: &owner_id }
        .put(tx, rows.collect())?;
    Ok(test.visit)
}

/// Moves the day by which a sample, result or confirmation is expected; of what is there the decision alone hides it.
pub(super) fn carry_urine(tx: &Tx, id: UrineTestId, to: NaiveDate) -> Result<(), StoreError> {
    match urine(tx.conn(), id)? {
        Some(test) if test.open_from() == test.due => put_urine(tx, &UrineTest { due: Some(to), ..test }).map(drop),
        _ => Ok(()),
    }
}

/// Notes why a urine test is followed no longer.
pub(super) fn let_urine_go(tx: &Tx, id: UrineTestId, reason: &str) -> Result<(), StoreError> {
    match urine(tx.conn(), id)? {
        Some(test) => put_urine(tx, &UrineTest { let_go: Some(reason.to_owned()), ..test }).map(drop),
        None => Err(StoreError::Gone { table: "urine_test" }),
    }
}
