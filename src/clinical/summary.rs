//! The plain summary of a visit, written from the records for the clinic system: what changed first, two identifiers on
//! top, lines that any record system accepts.

use chrono::NaiveDate;

use super::assessment::Assessment;
use super::diagnostic::Diagnostic;
use super::education::HandoutGiven;
use super::examination;
use super::models::VisitSummary;
use super::patient::{Goal, Known, PatientFile};
use super::plan::goal::progress;
use super::plan::{self, ItemState, Plan};
use super::procedure::ProcedureSession;
use super::referral::{CareMember, Referral};
use super::score::{ScoreItem, Scores};
use super::taper_plan::TaperPlan;
use super::text::{capital, clean, width};
use super::time::{show_date, show_time};
use super::told;
use super::told::instruments::how_given;
use super::visit::Way;
use super::vocab::Vocab;

crate::vocab! {
    /// The sections of a summary that can be copied alone.
    pub enum Section {
        /// What changed since the last visit.
        Changes "changes" "what changed",
        /// Scores.
        Scores "scores" "scores",
        /// Questionnaires, with bands and what they raised.
        Instruments "instruments" "questionnaires",
        /// Problems, each with its own pain.
        Problems "problems" "problems",
        /// Where it hurts, and the history.
        History "history" "history",
        /// The body map, and what it says of widespread pain.
        Map "map" "body map",
        /// The follow-up of an opioid, and side effects.
        Opioid "opioid" "opioid and side effects",
        /// Examination.
        Examination "examination" "examination",
        /// Tests and results.
        Diagnostics "diagnostics" "tests and results",
        /// Checks and urine tests.
        Monitoring "monitoring" "monitoring",
        /// Impression and red flags.
        Impression "impression" "impression",
        /// Procedures.
        Procedures "procedures" "procedures",
        /// Plan and goals.
        Plan "plan" "plan",
        /// Referrals and tapers.
        Referrals "referrals" "referrals and tapers",
        /// Handouts given.
        Education "education" "education",
        /// Check-ins.
        CheckIns "check_ins" "check-ins",
    }
}

impl Section {
    /// The letter by which it is chosen alone.
    pub const fn key(self) -> char {
        match self {
            Self::Changes => 'w',
            Self::Scores => 's',
            Self::Instruments => 'n',
            Self::Problems => 'b',
            Self::History => 'h',
            Self::Map => 'g',
            Self::Opioid => 'o',
            Self::Examination => 'e',
            Self::Diagnostics => 't',
            Self::Monitoring => 'm',
            Self::Impression => 'i',
            Self::Procedures => 'r',
            Self::Plan => 'p',
            Self::Referrals => 'f',
            Self::Education => 'd',
            Self::CheckIns => 'c',
        }
    }
}

/// The widest line of a summary: older record systems cut what is longer.
const WIDTH: usize = 78;

/// The summary as text. With a section, that section alone under the same two identifiers. Sections with nothing in them are
/// left out, so what was not recorded is never read as "none".
pub fn summary(visit: &VisitSummary, section: Option<Section>) -> String {
    let mut out = head(visit);
    for &part in Section::ALL {
        if section.is_some_and(|wanted| wanted != part) {
            continue;
        }
        let lines = lines(visit, part);
        if lines.is_empty() {
            continue;
        }
        out.push(String::new());
        out.push(part.label().to_uppercase());
        out.extend(lines.iter().flat_map(|line| wrap(&clean(line))));
    }
    let mut text = out.join("\n");
    text.push('\n');
    text
}

/// What the sections of this visit say, each line as long as it is.
pub fn written(visit: &VisitSummary) -> Vec<(Section, Vec<String>)> {
    let parts = Section::ALL.iter().map(|&part| (part, lines(visit, part)));
    parts.filter(|(_, lines)| !lines.is_empty()).collect()
}

/// The sections of this visit that hold anything.
pub fn sections(visit: &VisitSummary) -> Vec<Section> {
    Section::ALL.iter().copied().filter(|&part| !lines(visit, part).is_empty()).collect()
}

fn head(summary: &VisitSummary) -> Vec<String> {
    let patient = &summary.file.patient;
    let birth =
        patient.birth_date.map_or_else(|| "birth date unknown".to_owned(), |d| format!("born {}", show_date(d)));
    let number = patient.number.as_ref().map(|number| format!(", no. {number}")).unwrap_or_default();
    let visit = &summary.visit;
    let start = visit.start.map(|start| format!(" {}", show_time(start))).unwrap_or_default();
    let way = if visit.way == Way::InPerson { String::new() } else { format!(", {}", visit.way.label()) };
    let mut out = wrap(&clean(&format!("{}, {birth}{number}", patient.list_name())));
    out.extend(wrap(&clean(&format!("{}{start}, {}{way}", show_date(visit.date), visit.kind.label()))));
    out.extend(wrap(&clean(&safety(&summary.file))));
    out
}

fn safety(file: &PatientFile) -> String {
    fn known<T>(label: &str, list: &Known<T>, show: impl Fn(&T) -> String) -> String {
        match list {
            Known::Unknown => format!("{label}: not asked"),
            Known::NoneOn(on) => format!("{label}: none ({})", show_date(*on)),
            Known::Listed(items, on) => {
                let items: Vec<String> = items.iter().map(show).collect();
                let on = on.map_or_else(|| "not reviewed".to_owned(), |on| format!("reviewed {}", show_date(on)));
                format!("{label}: {} ({on})", items.join(", "))
            }
        }
    }
    [
        known("Allergies", &file.facts.allergies, |allergy| allergy.substance.clone()),
        known("Antithrombotics", &file.facts.antithrombotics, |drug| drug.drug.clone()),
    ]
    .join(". ")
        + "."
}

/// The lines of a section, what was copied forward said below them.
fn lines(summary: &VisitSummary, section: Section) -> Vec<String> {
    let mut out = section_lines(summary, section);
    if !out.is_empty() {
        out.extend(told::carried::line(summary, section));
    }
    out
}

fn section_lines(summary: &VisitSummary, section: Section) -> Vec<String> {
    let assessment = summary.assessment.as_ref();
    let text = |label: &str, text: &str| (!text.trim().is_empty()).then(|| format!("{label}{}", text.trim()));
    match section {
        Section::Changes => changes(summary),
        Section::Scores => scores(summary),
        Section::History => assessment
            .map(|a| [text("Where: ", &a.place), text("", &a.history)].into_iter().flatten())
            .into_iter()
            .flatten()
            .chain(told::history(summary))
            .collect(),
        Section::Instruments => told::instruments::lines(summary),
        Section::Map => told::map::lines(summary),
        Section::Problems => told::problems(summary),
        Section::Opioid => told::opioid(summary),
        Section::Examination => examination(assessment),
        Section::Diagnostics => summary.diagnostics.iter().flat_map(Diagnostic::lines).collect(),
        Section::Monitoring => summary.monitoring.lines_of(summary.visit.date, summary.visit.id),
        Section::Impression => assessment
            .map(|a| text("", &a.impression).into_iter().chain(told::red_flags(a)).collect())
            .unwrap_or_default(),
        Section::Procedures => summary.session.as_ref().map(procedures).unwrap_or_default(),
        Section::Plan => match &summary.plan {
            Some(plan) => plan_lines(plan, summary),
            // They were asked all the same.
            None if assessment.is_some() => goal_lines(summary),
            None => Vec::new(),
        },
        Section::Referrals => referrals(summary),
        Section::Education => {
            let of_visit =
                |given: &&HandoutGiven| given.visit == Some(summary.visit.id) || given.on == summary.visit.date;
            summary.handouts.iter().filter(of_visit).map(|given| format!("{}.", given.line())).collect()
        }
        Section::CheckIns => summary.check_ins.iter().flat_map(|done| check_in(done, summary.expected)).collect(),
    }
}

/// The referrals and tapers of a visit: decided in it, or moved on its day.
fn referrals(summary: &VisitSummary) -> Vec<String> {
    let (day, visit) = (summary.visit.date, summary.visit.id);
    let referrals = summary.referrals.iter().filter(|referral| referral.is_of(day, visit));
    let tapers = summary.tapers.iter().filter(|taper| taper.visit == Some(visit));
    let team: Vec<String> = summary.team.iter().map(CareMember::line).collect();
    let team = (!team.is_empty()).then(|| format!("Care team: {}.", team.join("; ")));
    referrals.flat_map(Referral::lines).chain(tapers.flat_map(TaperPlan::lines)).chain(team).collect()
}

/// The examination in full words, and what the signs of CRPS come to.
fn examination(assessment: Option<&Assessment>) -> Vec<String> {
    let Some(assessment) = assessment.filter(|assessment| !assessment.examination.trim().is_empty()) else {
        return Vec::new();
    };
    let findings = examination::findings(&assessment.examination);
    let mut out = vec![examination::sentence::sentence(&assessment.examination)];
    out.extend(examination::budapest::line(&findings));
    out
}

fn changes(summary: &VisitSummary) -> Vec<String> {
    let mut out = told::changes(summary);
    if let (Some(now), Some(last)) = (&summary.assessment, &summary.last) {
        let since = show_date(last.date);
        for item in [ScoreItem::Worst, ScoreItem::Least] {
            let value = |scores: &Scores| scores.get(item).and_then(super::answer::Answer::value);
            if let (Some(new), Some(old)) = (value(&now.scores), value(&last.scores))
                && new != old
            {
                out.push(format!("{} {old} -> {new} since {since}.", capital(item.label())));
            }
        }
        let found = |assessment: &Assessment| examination::findings(&assessment.examination);
        let changed = examination::change::changes(&found(now), &found(last));
        out.extend(changed.iter().map(|change| format!("{}.", capital(&change.words().replace('→', "->")))));
    }
    if let (Some(plan), Some(before)) = (&summary.plan, &summary.plan_before) {
        if plan.unchanged {
            out.push("Plan unchanged.".to_owned());
        } else {
            out.extend(plan::differences(&before.items, &plan.items).iter().map(|line| format!("Plan: {line}.")));
        }
    }
    out
}

fn scores(summary: &VisitSummary) -> Vec<String> {
    let scores = &summary.scores;
    let how = |item: ScoreItem| {
        let one = summary.scored.iter().find(|score| score.item == item);
        one.map(|score| how_given(&score.given, score.waiting)).unwrap_or_default()
    };
    // Where all of a line were given alike it is said once, at its end.
    let show = |items: &[ScoreItem], all: &str| {
        let given = items.iter().filter_map(|&item| Some((item, scores.get(item)?)));
        let given: Vec<_> =
            given.map(|(item, answer)| (format!("{} {}", item.label(), answer.show()), how(item))).collect();
        let same =
            given.first().map(|(_, first)| first.clone()).filter(|first| given.iter().all(|(_, how)| how == first));
        let each: Vec<String> = match &same {
            Some(_) => given.into_iter().map(|(shown, _)| shown).collect(),
            None => given.into_iter().map(|(shown, how)| shown + &how).collect(),
        };
        (!each.is_empty()).then(|| format!("{}{all}{}.", each.join(", "), same.unwrap_or_default()))
    };
    let nrs = show(&[ScoreItem::Now, ScoreItem::Average, ScoreItem::Worst, ScoreItem::Least], "");
    let mean = scores.peg().map_or_else(|| "incomplete".to_owned(), super::score::Peg::show);
    let peg = show(&[ScoreItem::PegPain, ScoreItem::PegEnjoyment, ScoreItem::PegActivity], &format!(". PEG {mean}"));
    nrs.map(|line| format!("Pain 0-10: {line}")).into_iter().chain(peg).collect()
}

fn procedures(session: &ProcedureSession) -> Vec<String> {
    let mut out = vec![format!("{}.", session.summary())];
    for procedure in &session.procedures {
        for target in procedure.targets.iter().filter(|target| !target.reason.is_empty()) {
            out.push(format!("{} {}: {}.", procedure.name, target.level, target.reason));
        }
    }
    let answer = |answer: Option<super::answer::Answer>| {
        answer.map_or_else(|| "not recorded".to_owned(), super::answer::Answer::show)
    };
    if session.before.is_some() || session.after.is_some() {
        out.push(format!("Pain before {}, after {}.", answer(session.before), answer(session.after)));
    }
    if !session.text.trim().is_empty() {
        out.push(session.text.trim().to_owned());
    }
    out
}

/// The goals in the patient's words, and how far each is reached.
fn goal_lines(summary: &VisitSummary) -> Vec<String> {
    let one = |goal: &Goal| {
        let scored = summary.goal_scores.iter().any(|score| score.goal == goal.id);
        let progress =
            if scored { format!("; reached {}", progress(goal, &summary.goal_scores)) } else { String::new() };
        format!("Goal: {}{progress}", goal.text)
    };
    summary.file.facts.goals.iter().map(one).collect()
}

fn plan_lines(plan: &Plan, summary: &VisitSummary) -> Vec<String> {
    let mut out = vec![if plan.unchanged {
        format!("Plan {} (unchanged):", plan.version)
    } else {
        format!("Plan {}:", plan.version)
    }];
    for item in &plan.items {
        let mut line = format!("- {}: {}", item.modality.label(), item.what);
        if item.state != ItemState::Active {
            line.push_str(&format!(" ({})", item.state.label()));
        }
        if !item.next_step.is_empty() {
            line.push_str(&format!("; next: {}", item.next_step));
        }
        if let Some(wakes) = item.wakes {
            line.push_str(&format!("; only if {}", wakes.show()));
        }
        if let Some(due) = item.due {
            line.push_str(&format!("; {}", show_date(due)));
        }
        if let Some(expected) = item.expected_relief {
            line.push_str(&format!("; relief expected {expected} %"));
        }
        if !item.why.is_empty() && item.state.is_over() {
            line.push_str(&format!("; because {}", item.why));
        }
        out.push(line);
    }
    for target in &plan.targets {
        let distance = target.distance(target.of.newest(&summary.trend), summary.visit.date);
        out.push(format!("Target: {}; {distance}.", target.show().replace('−', "-")));
    }
    out.extend(goal_lines(summary));
    out.extend(plan.options.iter().map(|option| format!("Offered: {}", option.line())));
    if !plan.note.trim().is_empty() {
        out.push(plan.note.trim().to_owned());
    }
    out
}

fn check_in(check_in: &super::check_in::CheckIn, expected: Option<u8>) -> Vec<String> {
    let Some(done) = &check_in.done else { return Vec::new() };
    let mut parts = vec![format!("After {}", check_in.about)];
    if let Some(pain) = done.pain {
        parts.push(format!("pain {}", pain.show()));
    }
    if let Some(relief) = done.relief_percent {
        let expected = expected.map(|expected| format!(" (expected {expected} %)")).unwrap_or_default();
        parts.push(format!("relief {relief} % as the patient says{expected}"));
    }
    parts.push(match done.red_flag {
        Some(flag) => format!("red flags: {}", flag.label()),
        None => "red flags not asked".to_owned(),
    });
    if let Some(understood) = done.understood {
        parts.push(format!("aftercare understood: {}", understood.label()));
    }
    if !done.complication.is_empty() {
        parts.push(format!("complication: {}", done.complication));
    }
    if let Some(next) = done.next_contact {
        parts.push(format!("next contact {}", show_date(next)));
    }
    let mut out = vec![format!("{}.", parts.join("; "))];
    if !done.note.trim().is_empty() {
        out.push(done.note.trim().to_owned());
    }
    out
}

/// The text in lines of at most [`WIDTH`] columns, broken at blanks; a single longer word stays whole.
fn wrap(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in text.lines() {
        let mut row = String::new();
        for word in line.split(' ') {
            if !row.is_empty() && width(&row) + 1 + width(word) > WIDTH {
                out.push(std::mem::take(&mut row));
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
        out.push(row.trim_end().to_owned());
    }
    out
}

/// A date for the name of a file that holds a summary.
pub fn stamp(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::answer::Answer::Given;
    use crate::clinical::id::Ids;
    use crate::clinical::patient::{Facts, Patient};
    use crate::clinical::provenance::{Given as How, Provenance};
    use crate::clinical::score::Score;
    use crate::clinical::time::Instant;
    use crate::clinical::visit::{Visit, VisitKind};

    fn visit() -> VisitSummary {
        let mut ids = Ids::seeded(5);
        let at = Instant::from_millis(0);
        let date: NaiveDate = "2026-11-24".parse().unwrap();
        let patient = Patient {
            number: Some("A-1042".to_owned()),
            birth_date: "1988-05-09".parse().ok(),
            ..Patient::named(ids.next(at), "Nguyen", "Linh")
        };
        let scores = Scores { now: Some(Given(7)), ..Scores::default() };
        let start = "10:00:00".parse().unwrap();
        let visit = Visit::booked(ids.next(at), Some(patient.id), date, start, VisitKind::FollowUp);
        let file = PatientFile { patient, facts: Facts::default(), problems: Vec::new() };
        VisitSummary { scores, ..VisitSummary::new(visit, file) }
    }

    #[test]
    fn two_identifiers_stand_on_top_and_what_was_not_recorded_is_left_out() {
        let text = summary(&visit(), None);
        assert_eq!(
            text,
            "NGUYEN Linh, born 9 May 1988, no. A-1042\n24 Nov 2026 10:00, follow-up\n\
             Allergies: not asked. Antithrombotics: not asked.\n\nSCORES\nPain 0-10: pain now 7.\n"
        );
        assert_eq!(sections(&visit()), [Section::Scores]);
    }

    #[test]
    fn scores_say_how_they_were_given_where_it_is_not_the_usual_way() {
        use crate::clinical::provenance::{How as Way, ReportedBy};
        let spoken = How { how: Way::Spoken, by: ReportedBy::Patient };
        let paper = How { how: Way::Paper, ..spoken };
        let items = [ScoreItem::Now, ScoreItem::Average, ScoreItem::PegPain];
        let (on_paper, waits) = (" (paper, by the patient)", " (typed in, not confirmed)");
        for (given, waiting, nrs, peg) in [
            ([spoken; 3], false, "", ""),
            ([paper; 3], false, on_paper, on_paper),
            ([spoken, paper, spoken], false, on_paper, ""),
            ([spoken; 3], true, waits, waits),
        ] {
            let (mut visit, mut ids) = (visit(), Ids::seeded(8));
            let at = Instant::from_millis(0);
            let score = |((item, value), given): ((ScoreItem, u8), How)| {
                let given: Provenance = given.at(at, "");
                Score { waiting, ..Score::new(ids.next(at), item, Given(value), given) }
            };
            visit.scored = items.into_iter().zip([7, 5, 4]).zip(given).map(score).collect();
            visit.scores = Scores::of(&visit.scored);
            let says = [format!("Pain 0-10: pain now 7, average 5{nrs}."), format!("PEG pain 4. PEG incomplete{peg}.")];
            assert_eq!(scores(&visit), says);
        }
    }

    #[test]
    fn the_pain_of_a_problem_says_how_it_was_given_where_it_is_not_the_usual_way() {
        use crate::clinical::problem::{Problem, ProblemScore};
        use crate::clinical::provenance::{How as Way, ReportedBy};
        for (how, by, said) in [
            (Way::Spoken, ReportedBy::Patient, "- Sciatica, pain now 6"),
            (Way::Phone, ReportedBy::Patient, "- Sciatica, pain now 6 (phone, by the patient)"),
            (Way::Spoken, ReportedBy::Proxy, "- Sciatica, pain now 6 (spoken, by a proxy)"),
        ] {
            let (mut visit, mut ids, at) = (visit(), Ids::seeded(8), Instant::from_millis(0));
            let (patient, date) = (visit.file.patient.id, visit.visit.date);
            let mut assessment = Assessment::new(ids.next(at), visit.visit.id, patient, date, at);
            let sciatica = Problem::new(ids.next(at), "Sciatica");
            let given = How { how, by }.at(at, "");
            let score = ProblemScore { id: ids.next(at), problem: sciatica.id, answer: Given(6), given };
            assessment.asked.problem_scores = vec![score];
            visit.file.problems = vec![sciatica];
            visit.assessment = Some(assessment);
            assert_eq!(told::problems(&visit), [said]);
            assert!(summary(&visit, Some(Section::Problems)).contains(said));
        }
    }

    #[test]
    fn lines_fit_any_record_system() {
        let mut visit = visit();
        visit.file.patient.given = "x".repeat(40) + " " + &"y".repeat(60);
        let text = summary(&visit, Some(Section::Scores));
        assert!(text.lines().all(|line| width(line) <= WIDTH), "{text}");
        assert!(!text.contains('\u{1b}'));
    }
}
