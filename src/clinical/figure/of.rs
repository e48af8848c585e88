//! The account of each figure.

use chrono::{NaiveDate, NaiveTime};

use super::{Account, Figure};
use crate::clinical::answer::Answer;
use crate::clinical::body::widespread::Widespread;
use crate::clinical::booking::Booking;
use crate::clinical::caution::Caution;
use crate::clinical::examination::{Finding, budapest};
use crate::clinical::exposure::{self, Exposure, Listed};
use crate::clinical::facts::instruments::{Instrument, instruments};
use crate::clinical::follow_through::dates;
use crate::clinical::instrument::Outcome;
use crate::clinical::monitoring::clock::Clock;
use crate::clinical::patient::Medication;
use crate::clinical::plan::PlanItem;
use crate::clinical::plan::ledger::{HELPED_FROM, Standing, Trial};
use crate::clinical::plan::target::{Aim, PlanTarget};
use crate::clinical::plan::wake::{Wake, says};
use crate::clinical::referral::Referral;
use crate::clinical::response::Response;
use crate::clinical::score::{ScoreItem, Scores, relief_percent};
use crate::clinical::taper_plan::TaperPlan;
use crate::clinical::text::show_tenths;
use crate::clinical::time::{show_date, show_day, show_time};
use crate::clinical::vocab::Vocab;
use crate::clinical::why::{Fact, Why};

/// The fact that an instrument of the tables is.
fn published(id: &str, rule: impl Fn(&Instrument) -> String) -> Fact {
    match instruments().get(id) {
        Some(found) => Fact::new(rule(found), &found.source, found.verified),
        None => Fact::own(id),
    }
}

fn answered(answer: Option<Answer>) -> String {
    answer.map_or_else(|| "blank".to_owned(), Answer::show)
}

/// PEG of a day.
pub fn peg(scores: &Scores, on: Option<NaiveDate>) -> Account {
    let items = [ScoreItem::PegPain, ScoreItem::PegEnjoyment, ScoreItem::PegActivity];
    let items: Vec<String> =
        items.iter().map(|item| format!("{} {}", item.label(), answered(scores.get(*item)))).collect();
    let on = on.map_or_else(String::new, |on| format!("{}: ", show_date(on)));
    let says = match scores.peg() {
        Some(peg) => format!("PEG {}", peg.show()),
        None => "no PEG: all three items are needed, and none is guessed".to_owned(),
    };
    let rule =
        published("peg", |form| format!("{}: the mean of its three items, each 0 to 10, to one decimal", form.name));
    Account::new(Figure::Peg, says, vec![format!("{on}{}", items.join(", "))], Why::new(rule))
}

/// The score a row of the board shows: which it is, and the change since the last visit.
pub fn pain(score: u8, is_now: bool, change: Option<i16>) -> Account {
    let which = if is_now { "pain now" } else { "average pain" };
    let change = match change {
        Some(0) => "as at the last visit".to_owned(),
        Some(change) => {
            format!("{} {} than at the last visit", change.unsigned_abs(), if change < 0 { "less" } else { "more" })
        }
        None => "there is no earlier score".to_owned(),
    };
    let says = format!("{score}: {which}, 0 to 10; {change}.");
    let rule = published(if is_now { "nrs_current" } else { "nrs_average" }, |form| {
        format!("{}, today's score minus that of the last visit", form.name)
    });
    Account::new(Figure::Pain, says, vec![format!("{which} {score}")], Why::new(rule))
}

/// A score against what it was.
pub fn response(response: &Response) -> Option<Account> {
    let inputs = response.changes.iter().map(|(_, earlier, _)| {
        let (before, now) = (earlier.value.show(1), response.now.show(1));
        format!("{}: {before} on {}, {now} now", response.name, show_date(earlier.date))
    });
    let says = response.sentences("→", "−").join("\n");
    Some(Account::new(Figure::Response, says, inputs.collect(), response.why()?))
}

/// Relief from before a procedure to after it; none where either is missing, or nothing was to be relieved.
pub fn relief(before: Option<Answer>, after: Option<Answer>) -> Option<Account> {
    let (had, has) = before.and_then(Answer::value).zip(after.and_then(Answer::value))?;
    let percent = relief_percent(had, has)?;
    let rule = "The fall from pain before to pain after, in percent of pain before, rounded to a whole; without pain before \
                there is no percentage";
    let inputs = vec![format!("pain before {had}, pain after {has}")];
    Some(Account::new(Figure::Relief, format!("relief {percent} %"), inputs, Why::new(Fact::own(rule))))
}

/// The total of an instrument, its band, and what it raises.
pub fn instrument(name: &str, outcome: &Outcome) -> Account {
    let answered = outcome.needed.saturating_sub(outcome.missing.len());
    let mut inputs = vec![format!("{answered} of {} questions answered", outcome.needed)];
    inputs.extend(outcome.raised.iter().map(|raised| format!("{raised}.")));
    Account::new(Figure::Instrument, format!("{name}: {}", outcome.line()), inputs, outcome.why.clone())
}

/// The widespread pain index, and the criteria it belongs to.
pub fn widespread(found: &Widespread) -> Account {
    let sites = if found.sites.is_empty() { "none".to_owned() } else { found.sites.join(", ").replace('_', " ") };
    let rule = published("fm2016", |form| format!("{}: each painful site counts once", form.name));
    let mut why = Why::new(rule);
    if let Some(criteria) = &found.criteria {
        why.add_all(&criteria.why);
    }
    let says = format!("widespread pain index {} of 19", found.index());
    Account::new(Figure::Widespread, says, vec![format!("painful sites: {sites}")], why)
}

/// The signs of complex regional pain syndrome; none where nothing of it was examined.
pub fn crps(findings: &[Finding]) -> Option<Account> {
    let says = budapest::line(findings)?;
    let signs: Vec<String> = budapest::signs(findings).into_iter().collect();
    let signs = if signs.is_empty() { "none".to_owned() } else { signs.join(", ") };
    let rule = published("budapest_clinical", |form| {
        let wanted = form.clinical_rule.as_ref().map_or(0, |rule| rule.sign_categories_min);
        format!("{}: signs in at least {wanted} categories; symptoms are asked for separately", form.name)
    });
    Some(Account::new(Figure::Crps, says, vec![format!("categories with a sign: {signs}")], Why::new(rule)))
}

/// Morphine equivalents a day; none where nothing can be reckoned with.
pub fn mme(found: &Exposure) -> Option<Account> {
    let drug = |drug: &exposure::Drug| {
        let not = || drug.not.clone().unwrap_or_else(|| "not reckoned".to_owned());
        format!("{}: {}", drug.name, drug.mme.map_or_else(not, exposure::show))
    };
    let mut inputs: Vec<String> = found.drugs.iter().map(drug).collect();
    inputs.push(found.listed.words());
    inputs.extend(found.answer.iter().flat_map(|answer| answer.notes.clone()));
    Some(Account::new(Figure::Mme, found.headline(), inputs, found.why()?.clone()))
}

/// Something to think of, with what it was read from and how far the list can be trusted.
pub fn caution(caution: &Caution, listed: Listed) -> Account {
    let mut inputs = caution.inputs.clone();
    // What was read from a list that somebody went through rests on the lines named.
    inputs.extend((!matches!(listed, Listed::Reviewed(_))).then(|| listed.words()));
    Account::new(Figure::Caution, caution.short.clone(), inputs, Why::new(caution.fact.clone()))
}

/// When the supply of a medicine ends; none where nothing is known of it.
pub fn supply(medicine: &Medication) -> Option<Account> {
    let supply = medicine.supply.as_ref()?;
    let says = format!("{}: runs out on {}", medicine.line, show_date(supply.runs_out()));
    let inputs = vec![format!("written {}, for {} days", show_date(supply.written), supply.days)];
    Some(Account::new(Figure::Supply, says, inputs, supply.why()))
}

/// When a check is due.
pub fn clock(clock: &Clock) -> Account {
    let says = match clock.due {
        Some(due) => format!("{}: due {}", clock.kind.label(), show_date(due)),
        None => format!("{}: due now", clock.kind.label()),
    };
    Account::new(Figure::Clock, says, clock.inputs.clone(), clock.why.clone())
}

/// The steps of a taper; none where they cannot be reckoned.
pub fn taper(plan: &TaperPlan) -> Option<Account> {
    let steps = plan.steps().ok()?;
    let before = format!("{} {} before", plan.start, plan.unit_words());
    let mut inputs = vec![format!("{before}, first step {}", show_date(plan.first_day))];
    inputs.extend(plan.pauses.iter().map(|(step, days)| format!("step {step} kept {days} days longer")));
    Some(Account::new(Figure::Taper, plan.line(), inputs, steps.why))
}

/// How far off a target is.
pub fn target(target: &PlanTarget, now: Option<(u16, NaiveDate)>, today: NaiveDate) -> Account {
    let value = |(tenths, on): (u16, NaiveDate)| format!("{} on {}", show_tenths(tenths), show_date(on));
    let from = target
        .from
        .map_or_else(|| "where it began is not known".to_owned(), |from| format!("began at {}", value(from)));
    let newest = now.map_or_else(|| "not measured yet".to_owned(), |now| format!("newest {}", value(now)));
    let aim = match target.aim {
        Aim::Fall(percent) => {
            let to = target.value().map_or_else(|| "?".to_owned(), show_tenths);
            format!("The target is a fall of {percent} % from where it began, rounded down to a tenth: {to}")
        }
        Aim::To(value) => format!("The target is the value itself: {}", show_tenths(value)),
    };
    let why = Why::new(Fact::own(format!("{aim}. The distance is from the newest value to it")));
    let says = format!("{}: {}", target.show(), target.distance(now, today));
    Account::new(Figure::Target, says, vec![from, newest], why)
}

/// What came of a treatment.
pub fn trial(trial: &Trial) -> Account {
    let relief = trial.effect_percent.map(|percent| format!("relief {percent} % as the patient said"));
    let mut inputs: Vec<String> = relief.into_iter().collect();
    inputs.push(format!("from {}", trial.source.label()));
    let fact = match (trial.standing, trial.effect_percent) {
        (Standing::Helped | Standing::NotHelped, Some(_)) => Fact::new(
            format!(
                "Relief from {HELPED_FROM} % on counts as having helped, less as not, unless something else was said outright"
            ),
            "Farrar JT et al., Pain, 2001; Dworkin RH et al. (IMMPACT), J Pain, 2008",
            true,
        ),
        (Standing::Tried, _) => Fact::own("Nobody has said what came of it: neither relief nor outcome is recorded"),
        (Standing::Given, _) => Fact::own("Education was given; no effect is asked of it"),
        (Standing::Sleeping, _) => Fact::own("Proposed for when something is so: it wakes then, or on its date"),
        (Standing::Planned, _) => Fact::own("Proposed, or booked without a record yet"),
        (Standing::Running, _) => {
            Fact::own("Active in the newest version of the plan, on the list of medicines, or a referral on its way")
        }
        _ => Fact::own("As it was recorded"),
    };
    Account::new(Figure::Trial, format!("{}: {}", trial.what, trial.stands()), inputs, Why::new(fact))
}

/// Why a step of a plan is awake.
pub fn step(item: &PlanItem, woke: &Wake) -> Account {
    let found = match woke {
        Wake::Met(found) | Wake::DateCame(Some(found)) => found.show(),
        Wake::DateCame(None) => "nothing was found since the newest version was set".to_owned(),
    };
    let wakes = item.wakes.map_or_else(String::new, |wakes| format!(" if {}", wakes.show()));
    let due = item.due.map_or_else(String::new, |due| format!(" on {} at the latest", show_date(due)));
    let rule = format!(
        "It wakes{wakes}{due}, by what was found since the newest version was set. A new version, or the plan kept on \
         purpose, answers it"
    );
    Account::new(Figure::Step, says(item, woke), vec![found], Why::new(Fact::own(rule)))
}

/// Why a planned visit would be then.
pub fn booking(booking: &Booking) -> Account {
    let rule = "The first free time within the hours in which such visits usually are on that weekday; a day without clinic \
                gives way to the next. The visit can be moved like any other";
    let inputs = vec![format!("asked for {}, {} minutes", show_day(booking.asked), booking.minutes)];
    Account::new(Figure::Booking, booking.says(), inputs, Why::new(Fact::own(rule)))
}

/// By when the next step of a referral is expected.
pub fn referral(referral: &Referral) -> Account {
    let rule = "A letter is expected to be sent within 3 days, an appointment to be known within 14 days of that, the patient \
                to be seen on its day, an answer to come within 14 days; a date typed instead holds. An answer that was \
                read waits for what is done about it";
    let steps = dates([
        ("written", Some(referral.written)),
        ("sent", referral.sent),
        ("appointment", referral.appointment),
        ("seen", referral.seen),
        ("next by", referral.due),
    ]);
    Account::new(Figure::Referral, referral.line(), vec![steps], Why::new(Fact::own(rule)))
}

/// When a visit will begin, as the day runs.
pub fn expected(at: NaiveTime, planned: Option<NaiveTime>) -> Account {
    let rule = "Whoever is in room stays for the planned time, or until now where that has passed; each visit then begins at \
                its own time or when the one before ends, whichever is later";
    let planned = planned.map_or_else(|| "no time was planned".to_owned(), |at| format!("planned {}", show_time(at)));
    Account::new(Figure::Expected, format!("~{}", show_time(at)), vec![planned], Why::new(Fact::own(rule)))
}
