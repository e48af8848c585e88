//! The trial ledger: every treatment there was, with dates, best dose, effect and why it was stopped.
//!
//! It is computed from the history, the versions of the plan and the procedures; nothing of it is typed twice. What the lists
//! of medicines, referrals and handouts know beside them is in `lists`.
//!
//! Why so long: the rules by which plan, procedure and history become one line are read against each other.

mod lists;

use chrono::NaiveDate;

use super::difference::differences;
use super::wake::{Found, Wake, says, wake};
use super::words::recognise;
use super::{Books, ItemState, Modality, Outcome, Plan, PlanItem};
use crate::clinical::booked;
use crate::clinical::education::HandoutGiven;
use crate::clinical::elsewhere::PastProcedure;
use crate::clinical::exact::Exact;
use crate::clinical::history::TreatmentTried;
use crate::clinical::id::{PieceId, ProblemId, SessionId, VisitId};
use crate::clinical::medicine_change::DoseChange;
use crate::clinical::models::StoppedMedicine;
use crate::clinical::patient::Medication;
use crate::clinical::procedure::{self, Procedure, ProcedureSession};
use crate::clinical::referral::Referral;
use crate::clinical::sig::{self, Daily};
use crate::clinical::since::Since;
use crate::clinical::text::fold;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;

/// Relief of at least so many percent counts as having helped.
///
/// Source: Farrar JT et al., Pain, 2001; Dworkin RH et al. (IMMPACT), J Pain, 2008: a fall of pain by 30 % is a moderately
/// important improvement. The same cut as in the change of a pain score.
pub const HELPED_FROM: u8 = 30;

/// Everything the ledger is computed from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Treatments {
    /// The versions of the plan with the day each was set, oldest first.
    pub versions: Vec<(NaiveDate, Plan)>,
    /// The treatments tried, as the history has them.
    pub tried: Vec<TreatmentTried>,
    /// The procedures, oldest first.
    pub sessions: Vec<ProcedureSession>,
    /// Relief after a procedure as the patient said it, oldest first.
    pub relief: Vec<(SessionId, u8)>,
    /// Whether older versions and procedures were left out.
    pub is_cut: bool,
    /// Procedures done elsewhere.
    pub elsewhere: Vec<PastProcedure>,
    /// The medicines on the list.
    pub taken: Vec<Medication>,
    /// Medicines that were stopped, newest first.
    pub stopped: Vec<StoppedMedicine>,
    /// Doses of the list that changed, oldest first.
    pub doses: Vec<DoseChange>,
    /// Referrals, newest first.
    pub referrals: Vec<Referral>,
    /// Handouts given, newest first.
    pub handouts: Vec<HandoutGiven>,
    /// What was found since the newest version was set, and the day on which it is looked at: what has woken by it does not
    /// sleep. None where nobody asks.
    pub looked_at: Option<(Vec<Found>, NaiveDate)>,
}

crate::vocab! {
    /// Where a treatment stands.
    pub enum Standing {
        /// It runs.
        Running "running" "running",
        /// It is planned.
        Planned "planned" "planned",
        /// It sleeps until a condition is met or a date has come.
        Sleeping "sleeping" "sleeps",
        /// It harmed.
        Harmed "harmed" "harmed",
        /// It helped.
        Helped "helped" "helped",
        /// It did not help.
        NotHelped "not_helped" "did not help",
        /// It was tried; what came of it is not known.
        Tried "tried" "tried, effect ?",
        /// Education that was given: no treatment of which an effect is asked.
        Given "given" "given",
        /// The patient did not want it.
        Declined "declined" "declined",
        /// It was never tried.
        Never "never" "never tried",
        /// Nobody has asked: no treatment of any kind is known.
        NotAsked "not_asked" "nobody asked",
    }

    /// Where a line of the ledger comes from.
    pub enum From {
        /// From the history.
        History "history" "history",
        /// From the plan.
        Plan "plan" "plan",
        /// From a procedure.
        Procedure "procedure" "procedure",
        /// From a procedure done elsewhere.
        Elsewhere "elsewhere" "elsewhere",
        /// From the list of medicines.
        Medicines "medicines" "the list of medicines",
        /// From a referral that no plan speaks of.
        Referral "referral" "referral",
        /// From a handout.
        Handout "handout" "handout",
    }
}

impl Standing {
    /// Whether it has not begun but is meant to: planned, or asleep until something is so.
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Planned | Self::Sleeping)
    }
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Which piece of the jigsaw; none where nobody knows.
    pub modality: Option<Modality>,
    /// What.
    pub what: String,
    /// From when.
    pub from: Option<Since>,
    /// Until when.
    pub to: Option<Since>,
    /// The best dose, or how much.
    pub best_dose: String,
    /// Relief in percent.
    pub effect_percent: Option<u8>,
    /// The relief that was hoped for.
    pub expected_relief: Option<u8>,
    /// Why it was stopped.
    pub why_stopped: String,
    /// Where it stands.
    pub standing: Standing,
    /// Until what it sleeps: `relief < 50 % or 22 Dec 2026`; empty where it does not.
    pub sleeps_until: String,
    /// Where the line comes from.
    pub source: From,
    /// For which problem.
    pub problem: Option<ProblemId>,
    /// The piece of the plan it is.
    pub piece: Option<PieceId>,
    /// What happened to it, oldest first: when, as exactly as it is known, and a sentence.
    pub story: Vec<(Since, String)>,
}

/// What came of a treatment: what was said outright, else what its relief says.
pub fn came_of(outcome: Option<Outcome>, effect_percent: Option<u8>) -> Standing {
    match (outcome, effect_percent) {
        (Some(Outcome::Helped), _) => Standing::Helped,
        (Some(Outcome::Harmed), _) => Standing::Harmed,
        (None, Some(percent)) if percent >= HELPED_FROM => Standing::Helped,
        (Some(Outcome::NotHelped), _) | (None, Some(_)) => Standing::NotHelped,
        (None, None) => Standing::Tried,
    }
}

/// The same of a piece of this kind: of education nobody asks what it did.
fn came_of_piece(modality: Option<Modality>, outcome: Option<Outcome>, effect_percent: Option<u8>) -> Standing {
    match (modality, came_of(outcome, effect_percent)) {
        (Some(Modality::Education), Standing::Tried) => Standing::Given,
        (_, standing) => standing,
    }
}

/// The ledger: what runs, what is planned, then the past, newest first; what has no date last.
pub fn ledger(all: &Treatments) -> Vec<Trial> {
    let mut out = of_plans(all);
    out.extend(of_procedures(all));
    out.extend(all.tried.iter().map(of_history));
    out.extend(all.elsewhere.iter().map(of_elsewhere));
    lists::add(&mut out, all);
    out.sort_by_key(|trial| {
        let group = match trial.standing {
            Standing::Running => 0,
            standing if standing.is_ahead() => 1,
            _ => 2,
        };
        let day = trial.to.or(trial.from).and_then(Since::first_day);
        (group, day.is_none(), std::cmp::Reverse(day))
    });
    out
}

/// What helped most and least, and what harmed, in a line: `best TFESI L5 LEFT 60 %, least Naproxen 10 %, harmed: Tramadol`;
/// none where nothing of it is known.
pub fn in_short(trials: &[Trial]) -> Option<String> {
    let measured = || trials.iter().filter_map(|trial| Some((trial.effect_percent?, trial)));
    let say = |word: &str, (percent, trial): (u8, &Trial)| format!("{word} {} {percent} %", trial.what);
    // Of equals the newest: the ledger has it first.
    let best = measured().rev().max_by_key(|(percent, _)| *percent);
    let least = measured().min_by_key(|(percent, _)| *percent);
    let least = least.filter(|(percent, _)| best.is_some_and(|(most, _)| *percent < most));
    let mut out = match (best, least) {
        // The same twice is named once.
        (Some((most, of)), Some((percent, other))) if of.what == other.what => {
            vec![format!("best and least {}, {most} % and {percent} %", of.what)]
        }
        _ => {
            [best.map(|best| say("best", best)), least.map(|least| say("least", least))].into_iter().flatten().collect()
        }
    };
    let harmed: Vec<&str> =
        trials.iter().filter(|trial| trial.standing == Standing::Harmed).map(|trial| trial.what.as_str()).collect();
    if !harmed.is_empty() {
        out.push(format!("harmed: {}", harmed.join(", ")));
    }
    (!out.is_empty()).then(|| out.join(", "))
}

fn of_history(tried: &TreatmentTried) -> Trial {
    let modality = tried.modality.or_else(|| recognise(&tried.what));
    Trial {
        from: tried.from,
        to: tried.to,
        best_dose: tried.best_dose.clone(),
        effect_percent: tried.effect_percent,
        why_stopped: tried.why_stopped.clone(),
        standing: came_of_piece(modality, tried.outcome, tried.effect_percent),
        story: story_of(tried),
        ..Trial::new(modality, tried.what.clone(), From::History)
    }
}

fn of_elsewhere(past: &PastProcedure) -> Trial {
    let side = past.side.map(Vocab::label).unwrap_or_default();
    let words = [past.what.as_str(), past.level.as_str(), side].into_iter().filter(|word| !word.is_empty());
    let what = words.collect::<Vec<_>>().join(" ");
    let by = if past.by.is_empty() { String::new() } else { format!(" by {}", past.by) };
    Trial {
        from: past.on,
        to: past.on,
        story: past.on.map(|on| (on, format!("done elsewhere{by}: {what}"))).into_iter().collect(),
        ..Trial::new(Some(Modality::Interventional), what, From::Elsewhere)
    }
}

fn story_of(tried: &TreatmentTried) -> Vec<(Since, String)> {
    let dose = if tried.best_dose.is_empty() { String::new() } else { format!(", up to {}", tried.best_dose) };
    let why = if tried.why_stopped.is_empty() { String::new() } else { format!(", {}", tried.why_stopped) };
    let began = tried.from.map(|from| (from, format!("history: {} begun{dose}", tried.what)));
    let ended = tried.to.map(|to| (to, format!("history: {} stopped{why}", tried.what)));
    began.into_iter().chain(ended).collect()
}

/// The pieces that booked a visit for a procedure of this name, with the day and number of their version, oldest first.
fn booked_for<'a>(
    all: &'a Treatments,
    visit: VisitId,
    procedure: &'a Procedure,
) -> impl DoubleEndedIterator<Item = (NaiveDate, u32, &'a PlanItem)> {
    all.versions
        .iter()
        .filter(|(_, plan)| !plan.unchanged)
        .flat_map(|(day, plan)| plan.items.iter().map(move |item| (*day, plan.version, item)))
        .filter(move |(.., item)| item.booked == Some(visit) && names(item, procedure))
}

/// The relief that was expected of a procedure, as the newest version that booked it says: of nothing else done in the same
/// visit was anything expected.
fn expected_of(all: &Treatments, visit: VisitId, procedure: &Procedure) -> Option<u8> {
    booked_for(all, visit, procedure).rev().find_map(|(.., item)| item.expected_relief)
}

/// Which plan booked a visit first for a procedure of this name, with what it hoped for.
fn planned_for(all: &Treatments, visit: VisitId, procedure: &Procedure) -> Option<(Since, String)> {
    booked_for(all, visit, procedure).next().map(|(day, version, item)| {
        let hoped = item.expected_relief.map_or_else(String::new, |percent| format!(", relief expected {percent} %"));
        (Since::Day(day), format!("plan {version}: {}{hoped}", item.what))
    })
}

/// Whether a piece of a plan names this procedure, wherever and on whichever side.
fn names(item: &PlanItem, procedure: &Procedure) -> bool {
    let (what, name) = (fold(&item.what), fold(&booked::read(&procedure.name).procedure));
    what.strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn of_procedures(all: &Treatments) -> Vec<Trial> {
    let mut out = Vec::new();
    for session in &all.sessions {
        let relief = all.relief.iter().rev().find(|(of, _)| *of == session.id).map(|(_, percent)| *percent);
        for procedure in &session.procedures {
            let not_done = |target: &procedure::Target| target.outcome == procedure::Outcome::NotDone;
            if !procedure.targets.is_empty() && procedure.targets.iter().all(not_done) {
                continue;
            }
            let alone = ProcedureSession { procedures: vec![procedure.clone()], ..session.clone() };
            let what = alone.summary();
            let day = Since::Day(session.date);
            let came = relief.map_or_else(String::new, |percent| format!(", relief {percent} % as the patient says"));
            let done = (day, format!("done: {what}{came}"));
            out.push(Trial {
                story: planned_for(all, session.visit, procedure).into_iter().chain([done]).collect(),
                from: Some(day),
                to: Some(day),
                effect_percent: relief,
                expected_relief: expected_of(all, session.visit, procedure),
                standing: came_of(None, relief),
                problem: procedure.problem,
                ..Trial::new(Some(Modality::Interventional), what, From::Procedure)
            });
        }
    }
    out
}

/// One piece through all versions that hold it.
fn of_plans(all: &Treatments) -> Vec<Trial> {
    let versions: Vec<&(NaiveDate, Plan)> = all.versions.iter().filter(|(_, plan)| !plan.unchanged).collect();
    let mut pieces: Vec<PieceId> = Vec::new();
    for item in versions.iter().flat_map(|(_, plan)| &plan.items) {
        if item.modality != Modality::FollowUp && !pieces.contains(&item.piece) {
            pieces.push(item.piece);
        }
    }
    pieces.into_iter().filter_map(|piece| of_piece(piece, &versions, all)).collect()
}

/// Whether a piece that is over was done without its visit having been booked by the plan: as a procedure of its name, since
/// it was planned. It stands there with its relief.
fn was_done(item: &PlanItem, since: NaiveDate, sessions: &[ProcedureSession]) -> bool {
    item.modality == Modality::Interventional
        && item.why.is_empty()
        && item.effect_percent.is_none()
        && item.outcome.is_none()
        && sessions
            .iter()
            .filter(|session| session.date >= since)
            .flat_map(|session| &session.procedures)
            .any(|one| names(item, one))
}

fn of_piece(piece: PieceId, versions: &[&(NaiveDate, Plan)], all: &Treatments) -> Option<Trial> {
    let sessions = &all.sessions;
    let find = |plan: &'_ Plan| plan.items.iter().position(|item| item.piece == piece);
    let held: Vec<(NaiveDate, u32, &PlanItem)> =
        versions.iter().filter_map(|(day, plan)| find(plan).map(|at| (*day, plan.version, &plan.items[at]))).collect();
    let (day_set, _, last) = *held.last()?;
    // What was done stands there as the procedure it was.
    let is_done = |visit: VisitId| sessions.iter().any(|session| session.visit == visit);
    if held.iter().any(|(_, _, item)| item.booked.is_some_and(is_done)) {
        return None;
    }
    // A procedure that is booked and has no record has not begun, whatever its state says.
    let is_ahead = |item: &PlanItem| item.books == Some(Books::Procedure) && item.booked.is_some();
    let ran = |item: &PlanItem| matches!(item.state, ItemState::Active | ItemState::Changed) && !is_ahead(item);
    let began = held.iter().find(|(_, _, item)| ran(item)).map(|(day, ..)| *day);
    let newest_version = versions.last().map_or(0, |(_, plan)| plan.version);
    let last_held = held.last().map_or(0, |(_, version, _)| *version);
    let dropped = versions.iter().find(|(_, plan)| plan.version > last_held).map(|(day, _)| *day);
    let is_dropped = last_held < newest_version && !last.state.is_over();
    if (is_dropped || last.state.is_over()) && held.first().is_some_and(|(day, ..)| was_done(last, *day, sessions)) {
        return None;
    }
    let woke = all.looked_at.as_ref().filter(|_| last.wakes.is_some()).and_then(|(found, on)| wake(last, found, *on));
    let standing = match last.state {
        ItemState::Proposed if is_dropped => return None,
        ItemState::Active | ItemState::Changed if is_dropped && is_ahead(last) => return None,
        ItemState::Proposed if last.wakes.is_some() && last.booked.is_none() && woke.is_none() => Standing::Sleeping,
        ItemState::Proposed => Standing::Planned,
        ItemState::Active | ItemState::Changed if is_ahead(last) => Standing::Planned,
        ItemState::Active | ItemState::Changed if !is_dropped => Standing::Running,
        ItemState::Declined => Standing::Declined,
        _ => came_of_piece(Some(last.modality), last.outcome, last.effect_percent),
    };
    let ended = match last.state {
        _ if is_dropped => dropped,
        state if state.is_over() => held.last().map(|(day, ..)| *day),
        _ => None,
    };
    let mut story = Vec::new();
    for (at, (day, version, item)) in held.iter().enumerate() {
        match at.checked_sub(1).map(|before| held[before].2) {
            None => story.push((Since::Day(*day), format!("plan {version}: {}, {}", item.what, item.state.label()))),
            Some(before) => {
                let changed = differences(std::slice::from_ref(before), std::slice::from_ref(*item));
                story.extend(changed.into_iter().map(|line| (Since::Day(*day), format!("plan {version}: {line}"))));
            }
        }
    }
    // Only what has not begun wakes: of a piece that runs the board asks, and it runs on.
    story.extend(woke.filter(|_| standing == Standing::Planned).map(|woke| {
        let on = match &woke {
            Wake::Met(found) => Some(found.on),
            Wake::DateCame(_) => last.due,
        };
        (Since::Day(on.unwrap_or(day_set)), format!("awake: {}", says(last, &woke)))
    }));
    story.extend(dropped.filter(|_| is_dropped).map(|day| (Since::Day(day), "no longer in the plan".to_owned())));
    let doses: Vec<&str> = held.iter().map(|(_, _, item)| item.what.as_str()).collect();
    let is_medicine = last.modality == Modality::Medication;
    Some(Trial {
        modality: (last.modality != Modality::Other).then_some(last.modality),
        what: if is_medicine { name_of(&last.what) } else { last.what.clone() },
        from: began.map(Since::Day),
        to: ended.map(Since::Day),
        best_dose: if is_medicine { highest(&doses) } else { String::new() },
        effect_percent: last.effect_percent,
        expected_relief: last.expected_relief,
        why_stopped: last.why.clone(),
        standing,
        sleeps_until: sleeps_until(last).filter(|_| standing == Standing::Sleeping).unwrap_or_default(),
        source: From::Plan,
        problem: last.problem,
        piece: Some(piece),
        story,
    })
}

/// What wakes a piece: its condition, and the date on which it wakes whatever was found.
fn sleeps_until(item: &PlanItem) -> Option<String> {
    let condition = item.wakes?.show();
    Some(item.due.map_or(condition.clone(), |due| format!("{condition} or {}", show_date(due))))
}

/// The words before the first figure: the medicine without its dose.
fn name_of(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let name = words.iter().take_while(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    let name = name.copied().collect::<Vec<_>>().join(" ");
    if name.is_empty() { line.to_owned() } else { name }
}

fn dose_of(line: &str) -> &str {
    line.find(|c: char| c.is_ascii_digit()).map_or("", |at| line[at..].trim())
}

/// The highest dose: by what a day comes to where that is known of the last one, else by the first figure among those that
/// differ in nothing else; else the last one.
fn highest(lines: &[&str]) -> String {
    let mut doses: Vec<&str> = Vec::new();
    for line in lines {
        let dose = dose_of(line);
        doses.retain(|known| *known != dose);
        doses.push(dose);
    }
    let Some(&last) = doses.last() else { return String::new() };
    if doses.len() > 1 && a_day(last).is_some() {
        let known = doses.iter().filter_map(|dose| Some((a_day(dose)?, *dose)));
        return known.max_by(|one, other| one.0.cmp(&other.0)).map_or(last, |(_, dose)| dose).to_owned();
    }
    let parts = |dose: &str| {
        let end = dose.find(|c: char| !c.is_ascii_digit()).unwrap_or(dose.len());
        dose[..end].parse::<u32>().ok().map(|figure| (figure, fold(&dose[end..])))
    };
    let Some((figure, unit)) = parts(last) else { return last.to_owned() };
    let same = doses.iter().filter(|dose| parts(dose).is_some_and(|(_, other)| other == unit));
    let best = same.max_by_key(|dose| parts(dose).map_or(figure, |(figure, _)| figure));
    best.map_or(last, |dose| dose).to_string()
}

/// What a dose comes to in a day, in milligrams; of a patch nothing is said here.
fn a_day(dose: &str) -> Option<Exact> {
    // The name decides nothing of it.
    match sig::read(&format!("medicine {dose}")).daily().ok()? {
        Daily::Mg { total, .. } => total.first().copied(),
        Daily::Patch { .. } => None,
    }
}

impl Trial {
    /// One of which nothing is known but that it was tried.
    pub(in crate::clinical) fn new(modality: Option<Modality>, what: String, source: From) -> Self {
        Self {
            modality,
            what,
            from: None,
            to: None,
            best_dose: String::new(),
            effect_percent: None,
            expected_relief: None,
            why_stopped: String::new(),
            standing: Standing::Tried,
            sleeps_until: String::new(),
            source,
            problem: None,
            piece: None,
            story: Vec::new(),
        }
    }

    /// When: `2019 to Mar 2021`, `since 24 Nov 2026`, `until 2020`; empty where nobody knows.
    pub fn when(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => from.show(),
            (Some(from), Some(to)) => format!("{} to {}", from.show(), to.show()),
            (Some(from), None) => format!("since {}", from.show()),
            (None, Some(to)) => format!("until {}", to.show()),
            (None, None) => String::new(),
        }
    }

    /// The effect beside what was hoped for: `60 % of 50 expected`, `30 %`, `? of 50 expected`.
    pub fn effect(&self) -> String {
        match (self.effect_percent, self.expected_relief) {
            (Some(had), Some(expected)) => format!("{had} % of {expected} expected"),
            (Some(had), None) => format!("{had} %"),
            (None, Some(expected)) => format!("? of {expected} expected"),
            (None, None) => String::new(),
        }
    }

    /// Where it stands, and until what it sleeps: `running`, `sleeps until relief < 50 % or 22 Dec 2026`.
    pub fn stands(&self) -> String {
        let until = if self.sleeps_until.is_empty() { String::new() } else { format!(" until {}", self.sleeps_until) };
        format!("{}{until}", self.standing.label())
    }

    /// In one line: `Gabapentin, 2019 to Mar 2021, 1800 mg, 30 %, did not help, stopped: drowsy`.
    pub fn show(&self) -> String {
        let mut out = vec![self.what.clone()];
        let dose = if self.best_dose.is_empty() { String::new() } else { format!("up to {}", self.best_dose) };
        let effect = self.effect();
        let effect = if effect.is_empty() { effect } else { format!("relief {effect}") };
        out.extend([self.when(), dose, effect].into_iter().filter(|part| !part.is_empty()));
        out.push(self.stands());
        if !self.why_stopped.is_empty() {
            out.push(format!("because {}", self.why_stopped));
        }
        out.join(", ")
    }
}

#[cfg(test)]
mod tests;
