//! What the invented patients are asked beyond scores and texts: their problem, the history by letters, red flags, what a
//! procedure gave, the follow-up of an opioid. Made from the day and the patient alone, so that no other chance is moved.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::dice::{Dice, Of};
use super::people::Person;
use crate::clinical::answer::Answer;
use crate::clinical::asked::{Asked, PatientLists};
use crate::clinical::code_set::resolve;
use crate::clinical::coded::Coded;
use crate::clinical::history::{
    Better, HistoryLetters, Mood, Onset, PainCourse, Quality, Sleep, Timing, TreatmentTried, Work, Worse,
};
use crate::clinical::id::{AssessmentId, Ids, SessionId};
use crate::clinical::opioid_review::{Adverse, Analgesia, OpioidReview, Severity, SideEffect, Trend, Use};
use crate::clinical::patient::Goal;
use crate::clinical::plan::goal::GoalScore;
use crate::clinical::practice::Region;
use crate::clinical::problem::{Certainty, CertaintyOn, Mechanism, Problem, ProblemScore};
use crate::clinical::procedure::Side;
use crate::clinical::red_flag::{FlagAnswers, Grounds};
use crate::clinical::response::{FunctionGain, MedicineSaved, ProcedureResponse};
use crate::clinical::since::{Lasted, Since};
use crate::clinical::time::Instant;
use crate::clinical::visit::Way;

/// What is asked of one kind of pain.
#[derive(Debug)]
struct Kind {
    /// Reason of the course, and what is chosen for it: condition, label.
    reason: &'static str,
    condition: (&'static str, &'static str),
    words: &'static str,
    has_side: bool,
    mechanism: Mechanism,
    quality: &'static [Quality],
    worse: &'static [Worse],
    better: &'static [Better],
    /// What, best dose, percent, why stopped.
    tried: (&'static str, &'static str, u8, &'static str),
}

use Mechanism::{Mixed, Neuropathic, Nociceptive, Nociplastic};

const fn kind(
    reason: &'static str,
    (condition, label, words): (&'static str, &'static str, &'static str),
    (has_side, mechanism): (bool, Mechanism),
    quality: &'static [Quality],
    worse: &'static [Worse],
    better: &'static [Better],
    tried: (&'static str, &'static str, u8, &'static str),
) -> Kind {
    Kind { reason, condition: (condition, label), words, has_side, mechanism, quality, worse, better, tried }
}

const KINDS: &[Kind] = &[
    kind(
        "L-spine, leg pain",
        ("lumbar_radiculopathy", "sciatica", "Lumbar radicular pain or sciatica, sciatica"),
        (true, Neuropathic),
        &[Quality::Shooting, Quality::Tingling],
        &[Worse::Sitting, Worse::Cough],
        &[Better::Lying],
        ("Pregabalin", "300 mg", 20, "dizzy"),
    ),
    kind(
        "L-spine, facet joints",
        (
            "lumbar_facet",
            "lumbar, no cord or root sign",
            "Lumbar facet pain (spondylosis), lumbar, no cord or root sign",
        ),
        (true, Nociceptive),
        &[Quality::Aching],
        &[Worse::Extending, Worse::Turning],
        &[Better::Bending, Better::Warmth],
        ("Diclofenac", "150 mg", 30, "stomach"),
    ),
    kind(
        "SI joint",
        ("si_joint", "sacrococcygeal disorder", "Sacroiliac joint pain"),
        (true, Nociceptive),
        &[Quality::Stabbing],
        &[Worse::Turning, Worse::Standing],
        &[Better::Movement],
        ("Tizanidine", "6 mg", 10, "sleepy by day"),
    ),
    kind(
        "migraine",
        ("migraine_no_aura", "not intractable", "Migraine without aura, not intractable"),
        (true, Nociplastic),
        &[Quality::Throbbing],
        &[Worse::Light, Worse::Stress],
        &[Better::Rest, Better::Medicine],
        ("Topiramate", "75 mg", 40, "word finding"),
    ),
    kind(
        "CRPS hand",
        ("crps1", "upper limb", "Complex regional pain syndrome type 1, upper limb"),
        (true, Nociplastic),
        &[Quality::Burning, Quality::Touch, Quality::Cold],
        &[Worse::Touch, Worse::Cold],
        &[Better::Warmth],
        ("Calcitonin nasal", "200 units", 0, "no effect in six weeks"),
    ),
    kind(
        "knee",
        ("knee_oa", "primary", "Knee osteoarthritis"),
        (true, Nociceptive),
        &[Quality::Aching, Quality::Stabbing],
        &[Worse::Stairs, Worse::Walking],
        &[Better::Rest],
        ("Hyaluronic acid injections", "series of three", 20, "wore off in two months"),
    ),
    kind(
        "shoulder",
        ("frozen_shoulder", "adhesive capsulitis", "Frozen shoulder"),
        (true, Nociceptive),
        &[Quality::Aching],
        &[Worse::Lifting, Worse::Lying],
        &[Better::Warmth],
        ("Ibuprofen", "1800 mg", 30, "blood pressure"),
    ),
    kind(
        "feet, neuropathy",
        ("diabetic_neuropathy", "type 2, polyneuropathy", "Painful diabetic neuropathy, type 2, polyneuropathy"),
        (false, Neuropathic),
        &[Quality::Burning, Quality::Numb],
        &[Worse::Touch],
        &[Better::Cold],
        ("Gabapentin", "900 mg", 30, "swollen ankles"),
    ),
    kind(
        "widespread pain",
        ("fibromyalgia", "fibromyalgia", "Fibromyalgia"),
        (false, Nociplastic),
        &[Quality::Aching, Quality::Touch],
        &[Worse::Stress, Worse::Cold],
        &[Better::Warmth, Better::Movement],
        ("Tramadol", "150 mg", 20, "nausea"),
    ),
    kind(
        "neck and arm",
        ("cervical_radiculopathy", "radiculopathy, cervical", "Cervical radicular pain"),
        (true, Neuropathic),
        &[Quality::Shooting, Quality::Tingling],
        &[Worse::Turning, Worse::Extending],
        &[Better::Rest],
        ("Prednisone", "40 mg for ten days", 50, "short course, as planned"),
    ),
    kind(
        "after shingles",
        ("phn", "other zoster nerve", "Postherpetic neuralgia, other zoster nerve"),
        (true, Neuropathic),
        &[Quality::Burning, Quality::Touch],
        &[Worse::Touch],
        &[Better::Distraction],
        ("Amitriptyline", "25 mg", 20, "dry mouth, confused at night"),
    ),
    kind(
        "after back surgery",
        ("post_laminectomy", "after spine surgery", "Pain after spine surgery"),
        (true, Mixed),
        &[Quality::Burning, Quality::Aching],
        &[Worse::Walking, Worse::Standing],
        &[Better::Lying, Better::Medicine],
        ("Oxycodone", "60 mg", 30, "tapered together"),
    ),
];

fn kind_of(person: &Person) -> &'static Kind {
    KINDS.iter().find(|kind| kind.reason == person.course.reason).unwrap_or(&KINDS[0])
}

/// The problem of the patient of this number, as it came into the record.
pub fn problem(
    seed: u64,
    n: u32,
    person: &Person,
    region: Region,
    (known_since, day): (Instant, NaiveDate),
) -> Problem {
    let mut dice = Dice::of(seed, Of::Problem(n));
    let kind = kind_of(person);
    let side =
        if kind.has_side { Some(person.side) } else { Some(Side::Both).filter(|_| kind.condition.0 != "fibromyalgia") };
    let chosen = Coded::picked(kind.words, format!("c|{}|{}", kind.condition.0, kind.condition.1));
    let (condition_id, code) = resolve(region, &chosen, side);
    let certainty = if dice.percent(60) { Certainty::Certain } else { Certainty::Probable };
    Problem {
        id: dice.id(known_since),
        condition: kind.words.to_owned(),
        condition_id,
        code,
        place: super::course::about(person.course.place, person.side),
        side,
        mechanism: Some(kind.mechanism),
        certainty: vec![CertaintyOn { id: dice.id(known_since), on: day, certainty }],
        since: Some(Since::Year(day.year() - i32::from(dice.between(1, 8)))),
        ended: None,
    }
}

/// The lists with which the patient of this number comes into the record.
pub fn lists(seed: u64, n: u32, person: &Person) -> PatientLists {
    let Some(problem) = &person.problem else { return PatientLists::default() };
    let mut dice = Dice::of(seed, Of::Problem(n)).apart();
    let (what, dose, effect, why) = kind_of(person).tried;
    let began = problem.since.and_then(Since::first_day).map_or(2020, |day| day.year());
    let tried = TreatmentTried {
        id: dice.id(Instant::from_millis(0)),
        what: what.to_owned(),
        from: Some(Since::Year(began)),
        to: Some(Since::Year(began + 1)),
        best_dose: dose.to_owned(),
        effect_percent: Some(effect),
        why_stopped: why.to_owned(),
        modality: None,
        outcome: None,
    };
    PatientLists { problems: Some(vec![problem.clone()]), treatments: Some(vec![tried]), ..PatientLists::default() }
}

/// What one visit asked.
pub fn asked(
    person: &Person,
    id: AssessmentId,
    pain: u8,
    (at, way): (Instant, Way),
    date: NaiveDate,
    treated: Option<SessionId>,
) -> Asked {
    let (high, low) = Uuid::from(id).as_u64_pair();
    let mut ids = Ids::seeded(high ^ low);
    let turn = usize::try_from(date.ordinal() % 7).unwrap_or(0);
    let scores = person.problem.as_ref().map(|problem| ProblemScore {
        id: ids.next(at),
        problem: problem.id,
        answer: Answer::Given(pain),
        given: super::record::given(way, at),
    });
    let has_opioid = person.has_opioid;
    let effect = SideEffect {
        id: ids.next(at),
        drug: person.facts.medications.items().first().map(|line| line.line.clone()).unwrap_or_default(),
        effect: if has_opioid { "constipation" } else { "tired in the morning" }.to_owned(),
        severity: Some(Severity::Mild),
    };
    let reached = |goal: &Goal| {
        let answer = Answer::Given((11 - pain.min(10)).min(9));
        GoalScore { id: ids.next(at), goal: goal.id, date, answer }
    };
    let goal_scores = person.facts.goals.iter().map(reached).collect();
    Asked {
        goal_scores,
        problem_scores: scores.into_iter().collect(),
        letters: letters(person, turn),
        red_flags: red_flags(person, turn),
        response: treated.map(|session| response(session, turn)),
        opioid: if has_opioid { opioid(turn) } else { OpioidReview::default() },
        side_effects: if turn < 2 && person.facts.medications.items().len() > 1 { vec![effect] } else { Vec::new() },
        // Where it hurts is now and then taken over as it was.
        carried: if turn == 3 { vec!["place".to_owned()] } else { Vec::new() },
    }
}

fn letters(person: &Person, turn: usize) -> HistoryLetters {
    let kind = kind_of(person);
    let courses = [PainCourse::Same, PainCourse::Better, PainCourse::Waves, PainCourse::Worse];
    let set =
        |n: usize| if turn < n { BTreeSet::from([Sleep::Wakes, Sleep::Tired]) } else { BTreeSet::from([Sleep::Well]) };
    HistoryLetters {
        onset: Some(if kind.reason == "after back surgery" { Onset::Operation } else { Onset::Gradual }),
        course: Some(courses[turn % courses.len()]),
        quality: kind.quality.iter().copied().take(2 - turn / 5).collect(),
        timing: [if turn < 3 { Timing::Night } else { Timing::Load }].into(),
        worse: kind.worse.iter().copied().collect(),
        better: kind.better.iter().copied().collect(),
        sleep: set(3),
        mood: [if turn == 6 { Mood::Low } else { Mood::Good }].into(),
        work: Some(if turn < 4 { Work::Full } else { Work::Reduced }),
    }
}

/// Mostly all asked, none present; now and then the last two were not asked.
fn red_flags(person: &Person, turn: usize) -> Vec<(String, crate::clinical::red_flag::FlagAnswer)> {
    let conditions = person
        .problem
        .iter()
        .filter_map(|problem| crate::clinical::facts::conditions::conditions().get(problem.condition_id.as_deref()?));
    let grounds = Grounds { conditions: conditions.collect(), ..Grounds::default() };
    let mut answers = FlagAnswers::default();
    let due = answers.kept(&grounds);
    let left_out = if turn == 5 { 2 } else { 0 };
    for (id, _) in due.iter().rev().skip(left_out) {
        answers.set(id, Some(false));
    }
    answers.kept(&grounds)
}

fn response(session: SessionId, turn: usize) -> ProcedureResponse {
    let relief = [70, 50, 80, 30, 60, 90, 20][turn];
    ProcedureResponse {
        session,
        best_relief: Some(relief),
        lasted: Some(Lasted(24 * 7 * [3, 2, 6, 1, 4, 8, 1][turn])),
        holding: Some(relief >= 70),
        function: Some(if relief >= 50 { FunctionGain::Some } else { FunctionGain::Nothing }),
        medicine: Some(if relief >= 70 { MedicineSaved::Less } else { MedicineSaved::Nothing }),
        words: if relief >= 70 { "walked to the market again".to_owned() } else { String::new() },
    }
}

fn opioid(turn: usize) -> OpioidReview {
    OpioidReview {
        analgesia: Some(if turn < 4 { Analgesia::Part } else { Analgesia::Helps }),
        activity: Some(Trend::Same),
        adverse: Some(if turn < 2 { Adverse::Tolerable } else { Adverse::None }),
        used: Some(Use::Agreed),
        affect: Some(Trend::Same),
        note: String::new(),
    }
}
