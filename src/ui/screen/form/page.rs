//! A page that a patient filled in, typed in ahead: its fields stand in the order of the printed page, and completing it
//! opens the next patient's. Every value waits to be confirmed in the room.

use super::Subject;
use super::questions::{Reach, groups};
use crate::action::scale::Page;
use crate::action::{ScaleWrite, Write};
use crate::clinical::draft::{DraftKey, PAGE_FORM};
use crate::clinical::id::VisitId;
use crate::clinical::instrument::{InstrumentResult, Outcome, Raises, Setting, put_replies, replies_of};
use crate::clinical::page::{PageAsk, PageDraft, PageNote, Waiting, next_page, read_place};
use crate::clinical::patient::PatientFile;
use crate::clinical::provenance::{Given, GivenDraft, How};
use crate::clinical::score::{Score, ScoreItem};
use crate::clinical::time::{show_date, show_time};
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;
use crate::form::build::{line, note, score};
use crate::form::{Field, FormDef, Level, Slot};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

type D = PageDraft;

const REACH: Reach<D> = Reach {
    answers: ("q", |v: &mut D, at| v.answers.slot(at).map_or(Slot::Nothing, Slot::Score)),
    numbers: ("n", |v: &mut D, at| match v.numbers.slot(at) {
        Some(number) => Slot::Exact(number),
        None => Slot::Nothing,
    }),
};

/// The table of fields of a page. Its name and ids stand in drafts: they never change.
pub fn definition(ask: &PageAsk) -> FormDef<D> {
    let mut form = FormDef::new(PAGE_FORM, 1).long_labels();
    if ask.asks_rating() {
        form = form
            .section_as("Pain", "Pain, 0 none — 10 worst imaginable", pain())
            .rule("worst", Level::Warn, |v| contradiction(v, ScoreItem::Worst))
            .rule("least", Level::Warn, |v| contradiction(v, ScoreItem::Least));
    }
    if ask.asks_peg() {
        form = form.section_as("PEG", "PEG, past week", peg());
    }
    for part in ask.parts() {
        let all = groups(&part.questions, part.from, REACH);
        for (at, (title, fields)) in all.into_iter().enumerate() {
            let title = if title.is_empty() { part.entry.name().to_owned() } else { title };
            form = if at == 0 { form.section_as(part.entry.short(), title, fields) } else { form.group(title, fields) };
        }
    }
    let place = line("place", "Where it hurts", |v: &mut D, _| Slot::Text(&mut v.place));
    let place = place
        .beside(|v: &D| read_back(&v.place))
        .help("codes of the page with their numbers: bul6 cal4, burning; words stay words");
    let medicines = line("medicines", "Medicines changed", |v: &mut D, _| Slot::Text(&mut v.medicines));
    form.section("Where", vec![place])
        .section("Medicines", vec![medicines, note("given", "given").beside(|v: &D| v.given.given.show())])
}

fn pain() -> Vec<Field<D>> {
    vec![
        score("now", "right now", |v: &mut D, _| Slot::Score(&mut v.scores.now)),
        score("average", "on average", |v: &mut D, _| Slot::Score(&mut v.scores.average)),
        score("worst", "at its worst", |v: &mut D, _| Slot::Score(&mut v.scores.worst)),
        score("least", "at its least", |v: &mut D, _| Slot::Score(&mut v.scores.least)),
    ]
}

fn peg() -> Vec<Field<D>> {
    vec![
        score("peg_pain", "pain on average", |v: &mut D, _| Slot::Score(&mut v.scores.peg_pain)),
        score("peg_enjoyment", "enjoying life", |v: &mut D, _| Slot::Score(&mut v.scores.peg_enjoyment)),
        score("peg_activity", "general activity", |v: &mut D, _| Slot::Score(&mut v.scores.peg_activity)),
    ]
}

fn contradiction(draft: &D, item: ScoreItem) -> Option<String> {
    draft.scores.contradictions().into_iter().find(|(at, _)| *at == item).map(|(_, why)| why)
}

/// How the codes are read so far.
fn read_back(text: &str) -> String {
    let place = read_place(text);
    place.map.in_short()
}

/// What the form of a page is made from.
#[derive(Debug)]
pub struct PageModel {
    /// What the page asks.
    pub ask: PageAsk,
    /// The visit.
    pub visit: Visit,
    /// What was typed in before and still waits.
    pub waiting: Waiting,
    /// What stood there in words.
    pub note: Option<PageNote>,
}

/// The page of one visit.
#[derive(Debug)]
pub struct PageSubject {
    /// What it is made from.
    pub model: PageModel,
}

impl PageSubject {
    /// The questionnaires with what comes of their answers so far; those without an answer left out.
    fn outcomes(&self, draft: &D) -> Vec<(usize, Outcome)> {
        let parts = self.model.ask.parts();
        let of = |(at, part): (usize, &crate::clinical::page::PagePart<'_>)| {
            let replies = replies_of(&part.questions, &draft.answers, &draft.numbers, part.from);
            let outcome = part.entry.outcome(&replies, self.model.ask.file.patient.sex).ok()?;
            (!replies.is_empty()).then_some((at, outcome))
        };
        parts.iter().enumerate().filter_map(of).collect()
    }

    fn scores(&self, draft: &D, env: &mut Env<'_>) -> Vec<Score> {
        let (now, initials) = (env.now.instant, env.initials());
        let waiting = &self.model.waiting.scores;
        let mut out = Vec::new();
        for &item in ScoreItem::ALL {
            let Some(answer) = draft.scores.get(item) else { continue };
            let stood =
                waiting.iter().map(|(_, score)| score).find(|score| score.item == item && score.answer == answer);
            let given = draft.given.keep(stood.map(|score| &score.given), now, &initials);
            out.push(Score { waiting: true, ..Score::new(env.ids.next(now), item, answer, given) });
        }
        out
    }

    fn results(&self, draft: &D, env: &mut Env<'_>) -> Vec<InstrumentResult> {
        let (now, initials) = (env.now.instant, env.initials());
        let ask = &self.model.ask;
        let mut out = Vec::new();
        for (part, (_, outcome)) in self
            .outcomes(draft)
            .into_iter()
            .filter_map(|(at, outcome)| Some((ask.parts().into_iter().nth(at)?, (at, outcome))))
        {
            let replies = replies_of(&part.questions, &draft.answers, &draft.numbers, part.from);
            let stood = self.model.waiting.results.iter().find(|one| one.instrument == part.entry.id());
            let id = stood.map_or_else(|| env.ids.next(now), |one| one.id);
            let setting =
                Setting { patient: ask.file.patient.id, visit: Some(self.model.visit.id), date: self.model.visit.date };
            let given = GivenDraft { given: part.entry.given(draft.given.given), ..draft.given };
            let given = given.keep(stood.filter(|one| one.replies == replies).map(|one| &one.given), now, &initials);
            let result = InstrumentResult::of(id, setting, &part.entry, replies, &outcome, given);
            out.push(InstrumentResult { waiting: true, ..result });
        }
        out
    }
}

/// Goes on to the next patient's page, or back where none is left.
fn go_on(visit: VisitId, env: &Env<'_>, said: &str) -> Vec<Effect> {
    match next_page(env.records, Some(visit)) {
        Some(next) => vec![Effect::Replace(Place::Page(next))],
        None => vec![Effect::Back, Effect::Say(said.to_owned())],
    }
}

impl Subject for PageSubject {
    type Draft = D;

    fn definition(&self) -> FormDef<D> {
        definition(&self.model.ask)
    }

    fn start(&self) -> D {
        let model = &self.model;
        let given =
            Given { how: How::Paper, ..Given::usual(model.visit.way, &model.ask.file.patient, model.visit.date) };
        let mut draft = D { given: GivenDraft::usual(given), ..D::default() };
        for (_, score) in model.waiting.scores.iter().filter(|(visit, _)| *visit == model.visit.id) {
            *draft.scores.slot(score.item) = Some(score.answer);
        }
        for part in model.ask.parts() {
            let stood = model.waiting.results.iter().find(|one| one.instrument == part.entry.id());
            if let Some(stood) = stood.filter(|one| one.visit == Some(model.visit.id)) {
                put_replies(&stood.replies, &part.questions, &mut draft.answers, &mut draft.numbers, part.from);
            }
        }
        if let Some(note) = &model.note {
            draft.place.clone_from(&note.place);
            draft.medicines.clone_from(&note.medicines);
        }
        draft
    }

    fn place(&self) -> Place {
        Place::Page(self.model.visit.id)
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(PAGE_FORM, self.model.visit.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.ask.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.model.ask.file)
    }

    fn heading(&self, view: &View<'_>) -> Words<'static> {
        let visit = &self.model.visit;
        let start = visit.start.map(show_time).unwrap_or_default();
        let mut words = Words::new().bold(Role::Focus, "Page, typed in ahead").gap(3).say(Role::Second, start);
        if visit.date != view.now.today() {
            words = words.gap(2).say(Role::Wants, show_date(visit.date));
        }
        let left = crate::clinical::page::pages_left(view.records);
        words.gap(3).say(Role::Second, format!("{left} to type in"))
    }

    fn finish(&self, draft: &D, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let model = &self.model;
        let blank = D { given: draft.given, ..D::default() };
        if *draft == blank {
            return Ok(go_on(model.visit.id, env, "nothing was typed in for this patient"));
        }
        let (scores, results) = (self.scores(draft, env), self.results(draft, env));
        let given = draft.given.keep(model.note.as_ref().map(|note| &note.given), env.now.instant, &env.initials());
        let page = Page {
            visit: model.visit.id,
            patient: model.ask.file.patient.id,
            date: model.visit.date,
            scores,
            results,
            note: PageNote {
                id: model.note.as_ref().map_or_else(|| env.ids.next(env.now.instant), |note| note.id),
                place: draft.place.trim().to_owned(),
                medicines: draft.medicines.trim().to_owned(),
                given,
            },
        };
        let mut effects = vec![Effect::complete(Write::Scale(ScaleWrite::Page(page)), self.draft_key())];
        effects.extend(go_on(
            model.visit.id,
            env,
            "that was the last page: the values wait to be confirmed in the room",
        ));
        Ok(effects)
    }

    fn headline(&self, draft: &D) -> Option<String> {
        let parts = self.model.ask.parts();
        let peg = draft.scores.peg().map(|peg| format!("PEG {}", peg.show()));
        let shown = self.outcomes(draft).into_iter().filter(|(_, outcome)| outcome.missing.is_empty());
        let results =
            shown.filter_map(|(at, outcome)| Some(format!("{} {}", parts.get(at)?.entry.short(), outcome.shown)));
        let all: Vec<String> = peg.into_iter().chain(results).collect();
        (!all.is_empty()).then(|| all.join("   "))
    }

    fn notice(&self, draft: &D, _view: &View<'_>) -> Option<(Role, String)> {
        let mut all = self.outcomes(draft);
        all.sort_by_key(|(_, outcome)| std::cmp::Reverse(outcome.raises));
        let (_, worst) = all.into_iter().next()?;
        let role = if worst.raises == Raises::Alarm { Role::Danger } else { Role::Wants };
        worst.raised.first().map(|raised| (role, format!("⚠ {raised}")))
    }

    fn given(&self, draft: &D) -> Option<Given> {
        Some(draft.given.given)
    }

    fn give(&self, draft: &mut D, given: Given) {
        draft.given.change(given);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::instrument::Catalogue;
    use crate::clinical::patient::Patient;
    use crate::ui::screen::testing::World;

    #[test]
    fn the_table_of_every_page_is_sound() {
        let catalogue = Catalogue::default();
        let mut world = World::at("2026-11-24T10:14");
        let file = world.patient("OKAFOR Adaeze 1972-03-02 F A-1007");
        for due in [&[][..], &["phq2", "gad2"], &["phq9", "gad7", "rmdq", "ort_oud"], &["odi", "cows", "fm2016"]] {
            let due = due.iter().map(|id| catalogue.get(id).unwrap().into()).collect();
            let ask = PageAsk { file: file.clone(), date: world.now.today(), start: None, due };
            assert_eq!(crate::form::check::all(|| definition(&ask)), Vec::<String>::new());
            let toddler = Patient { birth_date: "2025-01-05".parse().ok(), ..file.patient.clone() };
            let ask = PageAsk { file: PatientFile { patient: toddler, ..file.clone() }, ..ask };
            assert!(!ask.asks_rating());
            assert_eq!(crate::form::check::all(|| definition(&ask)), Vec::<String>::new());
        }
    }
}
