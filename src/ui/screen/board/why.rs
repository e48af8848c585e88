//! Why a line is as it is: its mark, its lateness, its figures and its flags, each with the rule behind it.

use super::cannot::who;
use super::scene::Day;
use crate::clinical::board::{Flag, Item, ItemKey, Mark};
use crate::clinical::exposure::Exposure;
use crate::clinical::figure;
use crate::clinical::patient::{Known, PatientFile};
use crate::clinical::plan::wake::wake;
use crate::clinical::score::Scores;
use crate::clinical::time::{Instant, show_date, show_time, wall};
use crate::clinical::visit::{Visit, VisitState};
use crate::clinical::vocab::Vocab;

/// The title: whom or what it is about.
pub fn title(item: &Item) -> String {
    if item.patient.is_some() { format!("Why · {}", who(item)) } else { "Why".to_owned() }
}

/// Every reason, a paragraph each.
pub fn text(item: &Item, day: Day<'_>) -> String {
    let mut out = vec![mark(item, day)];
    out.extend(waiting(item, day));
    out.extend(lateness(item, day));
    out.extend(scores(item, day));
    let file = item.patient_id().and_then(|id| day.records.file(id));
    out.extend(item.flags.iter().map(|flag| flag_reason(flag, file, day)));
    if item.draft && !item.done {
        out.push("draft: its form was begun and is kept as it was typed.".to_owned());
    }
    out.join("\n\n")
}

/// Where the mark comes from.
fn mark(item: &Item, day: Day<'_>) -> String {
    let what = item.key.what().word();
    let visit = item.visit.and_then(|id| day.records.any_visit(id));
    let at = |moment: fn(&Visit) -> Option<Instant>| {
        visit
            .and_then(moment)
            .map_or_else(String::new, |at| format!(" since {}", show_time(wall(at, day.now.zone).time())))
    };
    match item.mark {
        Mark::Done => format!("✓ The records say it is done ({what}). Where the patient is makes no ✓."),
        Mark::InRoom => format!("▶ In room{}.", at(|visit| visit.in_room_at)),
        Mark::Here => format!("◐ Here{}.", at(|visit| visit.here_at)),
        Mark::NotComing => match visit {
            Some(visit) => {
                let why = visit.end_reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
                format!("✗ {}{why}. It is in no count.", visit.state.label())
            }
            None => "✗ Not coming. It is in no count.".to_owned(),
        },
        Mark::ToCome => match item.state {
            Some(_) => "○ Booked, and not here yet.".to_owned(),
            None => format!("○ To do ({what})."),
        },
        Mark::WantsYou => wants(item, day),
    }
}

fn wants(item: &Item, day: Day<'_>) -> String {
    let reason = match item.key {
        _ if item.date != day.board.date && item.state.is_some() => {
            format!("it was carried here from {}", show_date(item.date))
        }
        ItemKey::Assessment(_) | ItemKey::Procedure(_) => {
            format!("the patient has left, and the {} is still open", item.key.what().name())
        }
        ItemKey::Plan(_) if item.draft => "a plan was begun and is not set".to_owned(),
        ItemKey::Step(_) => format!("a step of the plan asks for a decision: {}", item.text),
        ItemKey::Plan(_) => format!("the assessment of {} has no plan yet", show_date(item.date)),
        ItemKey::Diagnostic(_) if item.due.is_none() => "a result is there, and nobody has acted on it".to_owned(),
        ItemKey::Follow(key) => super::follow::wants(key, item),
        ItemKey::RedFlag(_) => "a red flag was found, and what was done about it is not written".to_owned(),
        ItemKey::Screen(_) => "an answer must not wait, and what was done about it is not written".to_owned(),
        _ => match item.due {
            Some(due) => format!("it was due on {}", show_date(due)),
            None => "it has waited since an earlier day".to_owned(),
        },
    };
    format!("● Wants you: {reason}.")
}

/// Why an item without a visit's state stands here at all.
fn waiting(item: &Item, day: Day<'_>) -> Option<String> {
    let text = match item.key {
        ItemKey::Plan(_) if item.done => "The plan that answered this assessment was set.".to_owned(),
        ItemKey::Plan(_) => {
            let plans = || day.records.plans.iter().filter(|plan| ItemKey::Plan(plan.assessment) == item.key);
            let last = plans().find_map(|plan| Some((plan.version?.0, plan.version_on)));
            let newest = match last {
                Some((version, Some(on))) => format!("the newest plan is version {version} of {}", show_date(on)),
                Some((version, None)) => format!("the newest plan is version {version}"),
                None => "there is no plan".to_owned(),
            };
            format!("The assessment of {} is newer than the plan: {newest}.", show_date(item.date))
        }
        ItemKey::Step(id) => {
            let step = day.records.steps.iter().find(|step| step.item.id == id)?;
            let woke = wake(&step.item, &step.evidence, day.records.date)?;
            format!("A step of the plan is awake: {}", figure::step(&step.item, &woke).page())
        }
        ItemKey::Copy(_) => {
            let visit = item.visit.and_then(|id| day.records.any_visit(id))?;
            match visit.copied_at {
                Some(at) => format!(
                    "Something was recorded after the summary was copied out at {}.",
                    show_time(wall(at, day.now.zone).time())
                ),
                None => "The visit is over, and its summary was not yet copied out.".to_owned(),
            }
        }
        ItemKey::Aftermath(_) => "Nobody has decided yet what follows the visit that did not happen.".to_owned(),
        ItemKey::NotAsked(_) => {
            "Red flags that go with the conditions or the place were not answered in this visit; none of them is taken for \
             a no. It is told, and not counted as open."
                .to_owned()
        }
        ItemKey::Tomorrow(_) => format!("The case of {} misses something: {}", show_date(item.date), item.text),
        ItemKey::Diagnostic(_) if item.due.is_none() => {
            "A result stands here until something was done about it, also where that is: nothing.".to_owned()
        }
        ItemKey::Diagnostic(_) => "The result was expected by now and is not there.".to_owned(),
        ItemKey::Follow(key) => return crate::clinical::board::follow::why(day.records, key),
        ItemKey::Assessment(_)
        | ItemKey::Procedure(_)
        | ItemKey::CheckIn(_)
        | ItemKey::Task(_)
        | ItemKey::Screen(_)
        | ItemKey::RedFlag(_) => {
            return None;
        }
    };
    Some(text)
}

fn lateness(item: &Item, day: Day<'_>) -> Option<String> {
    if let Some(expected) = item.expected {
        return Some(figure::expected(expected, item.start).page());
    }
    let minutes = item.in_room_min.filter(|_| item.state == Some(VisitState::InRoom))?;
    let planned = item.visit.and_then(|id| day.records.visit(id)).map(|record| record.visit.minutes)?;
    Some(format!("{minutes} min in room; {planned} min are planned."))
}

fn scores(item: &Item, day: Day<'_>) -> Option<String> {
    item.state?;
    let record = item.visit.and_then(|id| day.records.visit(id))?;
    let Some(score) = item.score else {
        return (!item.scores.is_empty())
            .then(|| "The spark line shows earlier visits; today's score was not yet taken.".to_owned());
    };
    let Scores { now, .. } = record.scores;
    let is_now = now.and_then(crate::clinical::answer::Answer::value).is_some();
    Some(figure::pain(score, is_now, item.change()).page())
}

fn flag_reason(flag: &Flag, file: Option<&PatientFile>, day: Day<'_>) -> String {
    let reviewed = |on: Option<chrono::NaiveDate>| {
        on.map_or_else(|| "never reviewed".to_owned(), |on| format!("reviewed {}", show_date(on)))
    };
    match flag {
        Flag::RedFlag => "red flag: one was found when the red flags of this visit were asked.".to_owned(),
        Flag::Alarm(short) | Flag::Screen(short) => {
            let open = file.into_iter().flat_map(|file| &file.facts.screens).find(|screen| screen.word() == short);
            let raised = open.map(|screen| format!(" {} ({})", screen.told(), show_date(screen.date)));
            format!("{short}: a positive screen on which nothing was written.{}", raised.unwrap_or_default())
        }
        Flag::ToConfirm(count) => {
            format!("{count} to confirm: typed in from the patient's page; one key in the room confirms all of them.")
        }
        Flag::Observed(seen) => {
            format!("{seen}: pain as it was seen in this visit; it is never mixed with what patients report.")
        }
        Flag::Anticoagulant(drug) => {
            let on = file.and_then(|file| match &file.facts.antithrombotics {
                Known::Listed(_, on) => *on,
                Known::Unknown | Known::NoneOn(_) => None,
            });
            format!("anticoag: {drug} is on the list of antithrombotics, {}.", reviewed(on))
        }
        Flag::AnticoagulantUnknown => {
            "anticoag?: a procedure is planned, and nobody has asked about antithrombotics.".to_owned()
        }
        Flag::Pregnant => match file.and_then(|file| file.patient.pregnancy) {
            Some((pregnancy, on)) => format!("pregnant: {}, asked {}.", pregnancy.label(), show_date(on)),
            None => "pregnant, or possibly.".to_owned(),
        },
        Flag::Allergy => {
            let list = file.map(|file| &file.facts.allergies);
            let names: Vec<&str> =
                list.map_or(&[][..], Known::items).iter().map(|item| item.substance.as_str()).collect();
            let on = match list {
                Some(Known::Listed(_, on)) => *on,
                Some(Known::Unknown | Known::NoneOn(_)) | None => None,
            };
            format!("allergy: {}; {}.", names.join(", "), reviewed(on))
        }
        Flag::Opioid(short) => {
            let exposure = file.map(|file| Exposure::of(&file.facts.medications, &file.facts.opioid));
            let account = exposure.as_ref().and_then(figure::mme).map(|account| account.page());
            format!("{short}: {}", account.unwrap_or_default())
        }
        Flag::Kidney => match file.and_then(|file| file.patient.kidney) {
            Some((kidney, on)) => format!("kidney: function {}, reviewed {}.", kidney.label(), show_date(on)),
            None => "kidney: function impaired.".to_owned(),
        },
        Flag::PatientUnconfirmed => {
            "patient?: an import found the patient by the bare name; confirm who it is.".to_owned()
        }
        Flag::NameAlert => {
            let date = show_date(day.board.date);
            format!("same name: another patient of {date} has this family name.")
        }
        Flag::Interpreter => {
            let language = file.and_then(|file| file.patient.language.as_deref());
            format!(
                "interpreter: one is needed{}.",
                language.map_or_else(String::new, |language| format!(", {language}"))
            )
        }
        Flag::Decides => {
            let who = file.and_then(|file| file.patient.decides.as_deref()).unwrap_or("not named");
            format!("proxy: the patient does not decide alone; who does: {who}.")
        }
        Flag::Overlap => "overlap: another visit or block wants the same minutes.".to_owned(),
        Flag::Missing(what) => format!("missing: {what}."),
        Flag::Decided(Some(to)) => {
            format!("carried: at the close, to {}; the patient is still to be met.", show_date(*to))
        }
        Flag::Decided(None) => "closed: at the close, without it; the patient is still to be met.".to_owned(),
    }
}
