//! The plan: a shorthand line, pieces by modality with state, next step and date; goals, targets, what was offered; what it
//! books. Beside it what was read, how it differs from the last version, the jigsaw and the aims.

mod aside;
mod keep;
mod safety;
mod table;

use ratatui::layout::Rect;

use super::Subject;
use crate::action::{Command, Write};
use crate::clinical::booking::{Booking, Hours};
use crate::clinical::draft::{DraftKey, PLAN_FORM};
use crate::clinical::figure::{self, Account};
use crate::clinical::id::{PlanId, PlanItemId, VisitId};
use crate::clinical::models::PlanModel;
use crate::clinical::monitoring::rule::OwnRule;
use crate::clinical::patient::{Goal, PatientFile, YesNo};
use crate::clinical::plan::ledger::{Trial, ledger};
use crate::clinical::plan::target::PlanTarget;
use crate::clinical::plan::{
    Beside, ItemState, Modality, Plan, PlanDraft, PlanItem, PlanItemDraft, PlanOption, differences,
};
use crate::clinical::problem;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::typed::Reading;
use crate::clinical::visit::Visit;
use crate::form::FormDef;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::screen::form::medicine::{ask_why, list_follows};
use crate::ui::screen::form::parts::WIDE;
use crate::ui::screen::form::safety::Safety;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::{Canvas, Words};

pub use keep::{keep, keep_choice, waiting};
pub use safety::Reckoned;
pub use table::definition;
use table::{bookings_of, guide, merged};

type P = PlanDraft;
type I = PlanItemDraft;

/// A patient's plan: the next version.
#[derive(Debug)]
pub struct PlanSubject {
    /// What it shows beside its fields.
    pub model: PlanModel,
    /// How typed dates are read.
    pub reading: Reading,
    /// The physician's own clocks of monitoring.
    pub own: Vec<OwnRule>,
    /// When visits are.
    pub hours: Hours,
    /// What the jigsaw is drawn from, reckoned from the model.
    trials: Vec<Trial>,
    /// The strip of cautions, with what it was reckoned from; none before the form is open.
    strip: Option<Reckoned>,
}

impl PlanSubject {
    /// The plan of a patient, with the physician's own clocks and hours.
    pub fn new(model: PlanModel, reading: Reading, own: Vec<OwnRule>, hours: Hours) -> Self {
        let trials = ledger(&model.treatments);
        Self { model, reading, own, hours, trials, strip: None }
    }

    /// The record as it is now; what was reckoned from it is reckoned anew.
    pub fn set_model(&mut self, model: PlanModel) {
        self.trials = ledger(&model.treatments);
        self.model = model;
        self.strip = None;
    }

    /// The plan as the record begins it: the pieces of the last version of which something is ahead, and what the list says
    /// since.
    fn fresh(&self) -> P {
        let (last, file) = (self.model.last.as_ref(), &self.model.file);
        let mut draft = PlanDraft::from_last(last, &file.facts.goals, &file.problems, self.reading.today);
        draft.items.extend(self.model.of_list.iter().map(|piece| piece.item.clone()));
        draft.beginning()
    }

    /// The pieces of the last version that are over.
    fn over(&self) -> Vec<I> {
        let items = self.model.last.iter().flat_map(|plan| &plan.items).filter(|item| item.state.is_over());
        items.map(|item| I::of(item, &self.model.file.problems)).collect()
    }

    fn version(&self) -> u32 {
        self.model.last.as_ref().map_or(1, |plan| plan.version + 1)
    }

    fn items(&self, draft: &P, env: &mut Env<'_>, booked: &mut Vec<Visit>) -> Result<Vec<PlanItem>, String> {
        let now = env.now.instant;
        let typed = merged(draft);
        let mut bookings = bookings_of(draft, &typed).into_iter().peekable();
        let mut items = Vec::new();
        for (at, typed) in typed.iter().enumerate().filter(|(_, item)| !item.is_blank()) {
            let id: PlanItemId = env.ids.next(now);
            let Some(mut item) = typed.item(id) else { continue };
            if let Some((_, booking)) = bookings.next_if(|(of, _)| *of == at) {
                let new = book(&booking, typed, &self.model.file, env);
                item.booked = Some(new.id);
                item.due = Some(booking.date);
                booked.push(new);
            }
            item.problem = problem::referred(&self.model.file.problems, &typed.problem)?;
            items.push(item);
        }
        Ok(items)
    }

    fn targets(&self, draft: &P, env: &mut Env<'_>) -> Vec<PlanTarget> {
        let mut out = Vec::new();
        for typed in &draft.targets {
            let (Some(of), Ok(aim), Some(by)) = (typed.of, typed.read_aim(), typed.by) else { continue };
            let from = typed.from.or_else(|| of.newest(&self.model.trend));
            out.push(PlanTarget { id: env.ids.next(env.now.instant), of, aim, from, by });
        }
        out
    }

    fn goals(&self, draft: &P, env: &mut Env<'_>) -> Vec<Goal> {
        let known = &self.model.file.facts.goals;
        let typed = draft.goals.iter().map(|goal| goal.text.trim()).filter(|text| !text.is_empty());
        typed
            .map(|text| {
                let same = known.iter().find(|goal| goal.text == text).cloned();
                same.unwrap_or_else(|| Goal {
                    id: env.ids.next(env.now.instant),
                    text: text.to_owned(),
                    since: env.now.today(),
                })
            })
            .collect()
    }
}

fn options(draft: &P, env: &mut Env<'_>) -> Vec<PlanOption> {
    let named = draft.options.iter().filter(|option| !option.what.trim().is_empty());
    named
        .map(|option| PlanOption {
            id: env.ids.next(env.now.instant),
            what: option.what.trim().to_owned(),
            chosen: option.chosen.unwrap_or(YesNo::No),
            why: option.why.trim().to_owned(),
        })
        .collect()
}

/// A visit that an item books, at the first free time of its day.
fn book(booking: &Booking, item: &I, file: &PatientFile, env: &mut Env<'_>) -> Visit {
    let id: VisitId = env.ids.next(env.now.instant);
    let start = booking.proposal.start;
    let mut visit = Visit::booked(id, Some(file.patient.id), booking.date, start, booking.kind);
    visit.minutes = booking.minutes;
    let reason = if item.next_step.trim().is_empty() { &item.what } else { &item.next_step };
    visit.reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    visit
}

impl Subject for PlanSubject {
    type Draft = P;

    fn definition(&self) -> FormDef<P> {
        definition()
    }

    fn start(&self) -> P {
        let mut draft = self.fresh();
        if draft.items.is_empty() {
            draft.items.push(PlanItemDraft::default());
        }
        self.attune(&mut draft);
        draft
    }

    fn brought(&self) -> Option<P> {
        Some(self.start())
    }

    fn attune(&self, draft: &mut P) {
        draft.follow(&self.fresh(), &self.over());
        let PatientFile { problems, facts, .. } = &self.model.file;
        let medicines = facts.medications.items().to_vec();
        let schedule = Some((self.model.bookings.clone(), self.hours.clone()));
        let last = self.model.last.as_ref().map(|plan| plan.items.clone()).unwrap_or_default();
        *draft.beside = Beside { reading: Some(self.reading), problems: problems.clone(), medicines, last, schedule };
    }

    fn reckon(&mut self, draft: &P) {
        self.reckon_strip(draft);
    }

    fn place(&self) -> Place {
        Place::Plan(self.model.file.patient.id)
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(PLAN_FORM, self.model.file.patient.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, format!("Plan {}", self.version()))
    }

    fn told(&self, _view: &View<'_>) -> Vec<Item<'static>> {
        let follows = self
            .model
            .last
            .as_ref()
            .map_or_else(|| "the first".to_owned(), |last| format!("follows plan {}", last.version));
        let mut items = vec![Item::new(4, Words::of(Role::Second, follows))];
        if let Some(assessment) = &self.model.assessment {
            items.push(Item::new(5, Words::of(Role::Second, format!("assessed {}", show_date(assessment.date)))));
        }
        items
    }

    fn visit(&self) -> Option<&Visit> {
        self.model.visit.as_ref()
    }

    fn leads_on(&self) -> Option<&'static str> {
        Some("jigsaw")
    }

    fn leads_elsewhere(&self) -> Option<&'static str> {
        Some("On to the jigsaw")
    }

    fn finish(&self, draft: &P, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let mut booked = Vec::new();
        let items = self.items(draft, env, &mut booked).map_err(|why| ("items", why))?;
        let id: PlanId = env.ids.next(now);
        let plan = Plan {
            visit: self.model.visit.as_ref().map(|visit| visit.id),
            items,
            targets: self.targets(draft, env),
            options: options(draft, env),
            note: draft.note.trim().to_owned(),
            ..Plan::new(id, self.model.file.patient.id, self.version(), now)
        };
        let goals = self.goals(draft, env);
        // Doses that the plan changes change the list, as one act with it.
        let medicines = list_follows(&self.model.file, self.model.last.as_ref(), &plan, env);
        let safety = self.safety_of(&plan.items);
        let write = Write::SetPlan { plan, goals, answers: self.model.unanswered.clone(), booked }.with(medicines);
        if let Some(caution) = safety.question() {
            return Ok(ask_why(&self.model.file, caution, write, self.draft_key()));
        }
        Ok(vec![Effect::complete(write, self.draft_key()), Effect::Back])
    }

    fn values(&self, _draft: &P) -> Vec<(&'static str, String)> {
        let Some(assessment) = &self.model.assessment else { return Vec::new() };
        let told = [
            assessment.scores.now.map(|now| ("now", now.show())),
            assessment.scores.peg().map(|peg| ("peg", peg.show())),
            Some(("last", show_date(assessment.date))),
        ];
        told.into_iter().flatten().collect()
    }

    fn has_beside(&self) -> bool {
        true
    }

    fn beside(&self, draft: &P, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let area = self.safety(draft, |safety| safety.paint(canvas, area, view));
        let lines = self.differences(draft);
        aside::paint((&self.model, &self.trials), &lines, canvas, area, view);
    }

    fn headline(&self, draft: &P) -> Option<String> {
        self.safety(draft, |safety| safety.moves().then(|| safety.figure.clone()))
    }

    fn notice(&self, draft: &P, view: &View<'_>) -> Option<(Role, String)> {
        self.safety(draft, |safety| safety.notice(view)).or_else(|| self.differs(draft, view))
    }

    fn why(&self, field: &'static str, draft: &P) -> Option<String> {
        match field {
            "line" => Some(guide()),
            "targets" => {
                let targets = self.model.last.as_ref().map(|plan| plan.targets.as_slice()).unwrap_or_default();
                let account = |target: &PlanTarget| {
                    figure::target(target, target.of.newest(&self.model.trend), self.reading.today)
                };
                let accounts: Vec<Account> = targets.iter().map(account).collect();
                (!accounts.is_empty()).then(|| figure::pages(&accounts))
            }
            "items" => {
                let items = merged(draft);
                let accounts: Vec<Account> =
                    bookings_of(draft, &items).iter().map(|(_, booking)| figure::booking(booking)).collect();
                let strip = self.safety(draft, Safety::why);
                Some([strip, figure::pages(&accounts)].join("\n\n").trim_end().to_owned())
            }
            _ => None,
        }
    }

    fn command(&mut self, command: Command, _draft: &P, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        match command {
            Command::Plan => Some(vec![Effect::KeepDraft, Effect::Open(Place::Jigsaw(self.model.file.patient.id))]),
            Command::KeepPlan => {
                let effects = keep(&self.model, env)?;
                Some(vec![Effect::show(keep_choice(&self.model, effects, env))])
            }
            _ => None,
        }
    }
}

impl PlanSubject {
    /// In what it differs from the last version, where nothing stands beside that would say it.
    fn differs(&self, draft: &P, view: &View<'_>) -> Option<(Role, String)> {
        let last = self.model.last.as_ref().filter(|_| view.columns < WIDE)?;
        let lines = self.differences(draft);
        let first = lines.first()?;
        let count = lines.len();
        Some((Role::Second, format!("differs from plan {} in {count}: {}", last.version, clean_line(first))))
    }

    fn differences(&self, draft: &P) -> Vec<String> {
        let typed = merged(draft);
        let Some(last) = &self.model.last else {
            let what = typed.iter().map(|item| item.what.trim().to_owned());
            return what.filter(|what| !what.is_empty()).collect();
        };
        differences(&self.before(last, &typed), &tried_out(&typed))
    }
}

impl PlanSubject {
    /// The last version, with what the list alone changed since as it stood then.
    fn before(&self, last: &Plan, typed: &[I]) -> Vec<PlanItem> {
        let pieces = self.model.of_list.iter().filter(|piece| typed.iter().any(|item| item.piece == piece.item.piece));
        let then = pieces.filter_map(|piece| {
            let id = PlanItemId::from(uuid::Uuid::from(piece.item.piece?));
            let item = PlanItem::new(id, Modality::Medication, piece.was.as_deref()?);
            Some(PlanItem { state: ItemState::Active, ..item })
        });
        last.items.iter().cloned().chain(then).collect()
    }
}

/// Typed rows as items. Identities do not matter for what is only compared, but each row needs one: those of no record.
fn tried_out(typed: &[I]) -> Vec<PlanItem> {
    let nobody = |n: usize| PlanItemId::from(uuid::Uuid::from_u128(n as u128 + 1));
    let items = typed.iter().enumerate().filter(|(_, item)| !item.is_blank());
    items.filter_map(|(n, item)| item.item(nobody(n))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::not_typed::NotTyped;
    use crate::form::AnyForm;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }

    #[test]
    fn what_does_not_fit_of_an_item_is_said_below_the_items() {
        let next = "thirty minutes, four days a week";
        let what = "Bicycle and thigh strength".to_owned();
        let item =
            PlanItemDraft { modality: Some(Modality::Physical), what, next_step: next.to_owned(), ..I::default() };
        let sleeps = PlanItemDraft { wakes: "<50%".to_owned(), ..item.clone() };
        let draft = PlanDraft { items: vec![item, sleeps], ..PlanDraft::default() };
        let reading = Reading::of(crate::clinical::practice::Region::De, "2026-11-24T10:14:00".parse().unwrap());
        for (width, said) in [(60, true), (78, true), (220, false)] {
            let size = (width, 60);
            let env =
                crate::form::Env { reading, size, lookup: &crate::form::NoLookup, phrases: &crate::form::NoPhrases };
            let form = crate::form::Form::open(definition(), draft.clone(), None, &env);
            let lines: Vec<String> = form.view(size).lines.iter().map(crate::form::Line::text).collect();
            let all = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
            assert_eq!(all.contains(&format!("next step {next}")), said, "{width}: {lines:#?}");
            assert!(all.contains("only if <50%") || !said, "{width}: {lines:#?}");
        }
    }

    #[test]
    fn a_procedure_that_is_planned_asks_for_the_relief_that_is_expected_of_it() {
        let reading = Reading::of(crate::clinical::practice::Region::De, "2026-11-24T10:14:00".parse().unwrap());
        let beside = Beside { reading: Some(reading), ..Beside::default() };
        let row = |expected| PlanItemDraft {
            modality: Some(Modality::Interventional),
            what: "TFESI L5 left".to_owned(),
            expected_relief: expected,
            ..I::default()
        };
        let known = PlanItemDraft { piece: Some(uuid::Uuid::from_u128(1).into()), ..row(None) };
        for (line, items, asked) in [
            ("mbb l4 l5 left 2w", vec![], true),
            ("mbb l4 l5 left 2w e80", vec![], false),
            ("pt 6w; fu 6w", vec![], false),
            ("", vec![row(None)], true),
            ("", vec![row(Some(50))], false),
            ("", vec![known], false),
        ] {
            let draft =
                PlanDraft { line: line.to_owned(), items, beside: NotTyped(beside.clone()), ..PlanDraft::default() };
            let env = crate::form::Env {
                reading,
                size: (120, 40),
                lookup: &crate::form::NoLookup,
                phrases: &crate::form::NoPhrases,
            };
            let form = crate::form::Form::open(definition(), draft, None, &env);
            let said = form.problems().into_iter().any(|problem| {
                problem.text.contains("relief expected of") || problem.text.contains("relief is expected")
            });
            assert_eq!(said, asked, "{line}");
        }
    }
}
