//! One form for every instrument: its questions as fields, the total and its band while typing, what it raises, how it
//! stands against the last time; made at run time from the instrument's own table.

use std::fmt::Write as _;

use ratatui::layout::Rect;

use super::Subject;
use super::questions::{Reach, groups};
use crate::action::{ScaleWrite, Write};
use crate::clinical::copied::Copied;
use crate::clinical::draft::{DraftKey, INSTRUMENT_FORM};
use crate::clinical::facts::instruments::LicenceStatus;
use crate::clinical::figure;
use crate::clinical::id::InstrumentResultId;
use crate::clinical::instrument::{
    Asks, Entry, InstrumentDraft, InstrumentResult, Outcome, OwnedEntry, Question, Raises, Setting, change_words,
};
use crate::clinical::patient::PatientFile;
use crate::clinical::provenance::{Given, GivenDraft};
use crate::clinical::time::show_date;
use crate::clinical::visit::{Visit, Way};
use crate::clinical::why::Why;
use crate::form::build::{line, note};
use crate::form::{FormDef, Prev, Slot};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::reading::wrap;
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::trend::{Point, Trend};
use crate::ui::widget::{Canvas, Words, row};

type D = InstrumentDraft;

const REACH: Reach<D> = Reach {
    answers: ("q", |v: &mut D, at| v.answers.slot(at).map_or(Slot::Nothing, Slot::Score)),
    numbers: ("n", |v: &mut D, at| match v.numbers.slot(at) {
        Some(number) => Slot::Exact(number),
        None => Slot::Nothing,
    }),
};

/// The table of fields of an instrument. Its name and ids stand in drafts: they never change.
pub fn definition(entry: &Entry<'_>) -> FormDef<D> {
    let questions = entry.questions();
    let mut form = FormDef::new(INSTRUMENT_FORM, 1).long_labels();
    for (at, (part, fields)) in groups(&questions, 0, REACH).into_iter().enumerate() {
        let title = if part.is_empty() { title(entry) } else { part };
        form = if at == 0 { form.section_as(entry.short(), title, fields) } else { form.group(title, fields) };
    }
    let mut after = vec![note("given", "given").beside(|draft: &D| draft.given.given.show())];
    if entry.can_raise() {
        let action = line("action", "Done about it", |v: &mut D, _| Slot::Text(&mut v.action));
        after.push(action.help("where an answer is positive: what was done, and by whom; empty: the flag stays"));
    }
    form.group("", after)
}

/// The name of the fields by which a question is answered.
const fn field_of(question: &Question) -> &'static str {
    match question.asks {
        Asks::Number { .. } => "n",
        Asks::Digit { .. } => "q",
    }
}

/// What is asked over all questions: the time it asks about.
fn title(entry: &Entry<'_>) -> String {
    let recall = entry.recall();
    let about =
        if recall.is_empty() { "total from the licensed form".to_owned() } else { format!("asks about: {recall}") };
    format!("{}, {about}", entry.name())
}

/// What the form of an instrument is made from.
#[derive(Debug)]
pub struct InstrumentModel {
    /// The patient.
    pub file: PatientFile,
    /// The visit in which it is given.
    pub visit: Option<Visit>,
    /// The instrument.
    pub instrument: OwnedEntry,
    /// The result that is opened again.
    pub current: Option<InstrumentResult>,
    /// Earlier results of the same instrument, oldest first; none that waits.
    pub earlier: Vec<InstrumentResult>,
    /// On which day it is given.
    pub date: chrono::NaiveDate,
}

/// One instrument, filled in once.
#[derive(Debug)]
pub struct InstrumentSubject {
    /// What it is made from.
    pub model: InstrumentModel,
}

impl InstrumentSubject {
    fn entry(&self) -> Entry<'_> {
        self.model.instrument.entry()
    }

    fn questions(&self) -> Vec<Question> {
        self.entry().questions()
    }

    fn outcome(&self, draft: &D) -> Option<Outcome> {
        let replies = draft.replies(&self.questions());
        // Where a blank counts as no, a form of blanks alone says nothing yet.
        let counts_blanks = matches!(self.entry(), Entry::Held(form) if form.missing_counts_as.is_some());
        if replies.is_empty() && counts_blanks {
            return None;
        }
        self.entry().outcome(&replies, self.model.file.patient.sex).ok()
    }

    fn last(&self) -> Option<&InstrumentResult> {
        self.model.earlier.last()
    }

    /// How the total stands against the last one.
    fn change(&self, outcome: &Outcome) -> Option<String> {
        let last = self.last()?;
        let change = self.entry().change(last.total?, outcome.total?)?;
        Some(change_words(&change, last.date, &self.entry()))
    }

    /// The answers that were taken over from the last time and stand as they were.
    fn copied(&self, fields: &[String]) -> Option<Copied> {
        let before = self.model.current.as_ref().and_then(|current| current.copied.as_ref());
        let from = self.last().map(|last| last.date).or_else(|| before.map(|copied| copied.from));
        let is_taken = |at: usize, question: &Question| {
            let field = field_of(question);
            fields.iter().any(|taken| match taken.split_once('/') {
                Some((id, ix)) => id == field && ix.parse() == Ok(at),
                None => taken == field && at == 0,
            })
        };
        let questions = self.questions();
        let taken = questions.iter().enumerate().filter(|(at, question)| is_taken(*at, question));
        Copied::of(from, taken.map(|(_, question)| question.id.clone()).collect())
    }

    /// How it is usually given: scales of what is seen are observed by whoever completes them.
    fn usual(&self) -> Given {
        let way = self.model.visit.as_ref().map_or(Way::InPerson, |visit| visit.way);
        self.entry().given(Given::usual(way, &self.model.file.patient, self.model.date))
    }

    fn identity(&self) -> String {
        let model = &self.model;
        let where_to = model.visit.as_ref().map_or_else(|| model.file.patient.id.to_string(), |v| v.id.to_string());
        let result = model.current.as_ref().map(|current| format!("/{}", current.id)).unwrap_or_default();
        format!("{where_to}/{}{result}", self.entry().id())
    }
}

impl Subject for InstrumentSubject {
    type Draft = D;

    fn definition(&self) -> FormDef<D> {
        definition(&self.entry())
    }

    fn start(&self) -> D {
        let Some(current) = &self.model.current else {
            return D { given: GivenDraft::usual(self.usual()), ..D::default() };
        };
        D {
            action: current.action.clone(),
            given: GivenDraft::usual(current.given.given()),
            ..D::holding(&current.replies, &self.questions())
        }
    }

    fn previous(&self) -> Option<Prev<D>> {
        let last = self.last()?;
        Some(Prev { value: D::holding(&last.replies, &self.questions()), date: last.date })
    }

    fn carried(&self) -> Vec<String> {
        let parts = self.model.current.as_ref().and_then(|current| current.copied.as_ref()).map(|copied| &copied.parts);
        let questions = self.questions();
        let field = |part: &String| {
            let at = questions.iter().position(|question| question.id == *part)?;
            Some(format!("{}/{at}", field_of(&questions[at])))
        };
        parts.into_iter().flatten().filter_map(field).collect()
    }

    fn carry(&self, draft: &mut D, fields: Vec<String>) {
        draft.carried = fields;
    }

    fn place(&self) -> Place {
        Place::Instrument {
            patient: self.model.file.patient.id,
            visit: self.model.visit.as_ref().map(|visit| visit.id),
            instrument: self.entry().id().to_owned(),
            result: self.model.current.as_ref().map(|current| current.id),
        }
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(INSTRUMENT_FORM, self.identity())
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.model.file)
    }

    fn heading(&self, view: &View<'_>) -> Words<'static> {
        let entry = self.entry();
        let mut words = Words::new().bold(Role::Focus, entry.name().to_owned());
        if let Some(why) = entry.not_for(self.model.file.patient.birth_date, self.model.date) {
            words = words.gap(3).bold(Role::Wants, why);
        }
        if self.model.current.as_ref().is_some_and(|current| current.waiting) {
            words = words.gap(3).bold(Role::Wants, "typed in ahead: completing confirms it");
        }
        if let Some(last) = self.last() {
            words = words.gap(3).say(Role::Second, format!("last {}", show_date(last.date)));
        }
        if self.model.date != view.now.today() {
            words = words.gap(3).say(Role::Wants, format!("of {}", show_date(self.model.date)));
        }
        words
    }

    fn finish(&self, draft: &D, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let (entry, model) = (self.entry(), &self.model);
        let replies = draft.replies(&self.questions());
        let first = self.questions().first().map_or("q", field_of);
        if replies.is_empty() {
            return Err((first, "nothing is answered yet".to_owned()));
        }
        let outcome = entry.outcome(&replies, model.file.patient.sex).map_err(|fault| (first, fault.to_string()))?;
        let now = env.now.instant;
        let current = model.current.as_ref();
        let id: InstrumentResultId = current.map_or_else(|| env.ids.next(now), |current| current.id);
        let stood = current.filter(|current| current.replies == replies).map(|current| &current.given);
        let given = draft.given.keep(stood, now, &env.initials());
        let setting = Setting {
            patient: model.file.patient.id,
            visit: model.visit.as_ref().map(|visit| visit.id),
            date: model.date,
        };
        let mut result = InstrumentResult::of(id, setting, &entry, replies, &outcome, given);
        result.copied = self.copied(&draft.carried);
        if result.raises != Raises::Nothing {
            draft.action.trim().clone_into(&mut result.action);
        }
        let write = ScaleWrite::Result { result: Box::new(result), again: current.is_some() };
        Ok(vec![Effect::complete(Write::Scale(write), self.draft_key()), Effect::Back])
    }

    fn headline(&self, draft: &D) -> Option<String> {
        let outcome = self.outcome(draft)?;
        let change = self.change(&outcome).map(|change| format!("   {change}")).unwrap_or_default();
        Some(format!("{}{change}", outcome.line()))
    }

    fn notice(&self, draft: &D, _view: &View<'_>) -> Option<(Role, String)> {
        let outcome = self.outcome(draft)?;
        let role = if outcome.raises == Raises::Alarm { Role::Danger } else { Role::Wants };
        outcome.raised.first().map(|raised| (role, format!("⚠ {raised}")))
    }

    fn given(&self, draft: &D) -> Option<Given> {
        Some(draft.given.given)
    }

    fn give(&self, draft: &mut D, given: Given) {
        draft.given.change(given);
    }

    fn has_beside(&self) -> bool {
        true
    }

    fn beside(&self, draft: &D, canvas: &mut Canvas<'_>, area: Rect, _view: &View<'_>) {
        let outcome = self.outcome(draft);
        let top = Rect { height: (area.height * 3 / 5).max(10).min(area.height), ..area };
        self.result_panel(outcome.as_ref(), canvas, top);
        let rest = Rect { y: area.y + top.height, height: area.height - top.height, ..area };
        if rest.height >= 5 {
            self.trend_panel(outcome.as_ref(), canvas, rest);
        }
    }

    fn why(&self, _field: &'static str, draft: &D) -> Option<String> {
        let entry = self.entry();
        let outcome = self.outcome(draft)?;
        let mut text = figure::instrument(entry.name(), &outcome).page();
        text.push('\n');
        if let (Some(last), Some(total)) = (self.last(), outcome.total)
            && let Some(before) = last.total
            && let Some(change) = entry.change(before, total)
        {
            let _ = write!(
                text,
                "\nAgainst {} ({}): {}\n",
                show_date(last.date),
                last.shown,
                change_words(&change, last.date, &entry)
            );
            push_facts(&mut text, &change.why);
        }
        Some(text)
    }
}

fn push_facts(text: &mut String, why: &Why) {
    for fact in why.facts() {
        let _ = writeln!(text, "{}", fact.show());
    }
}

impl InstrumentSubject {
    /// The total so far, its band among all bands, the change, what it raises, and the notice the licence asks for.
    fn result_panel(&self, outcome: Option<&Outcome>, canvas: &mut Canvas<'_>, area: Rect) {
        let entry = self.entry();
        let inside = Pane { name: "Result", ..Pane::default() }.paint(canvas, area);
        let width = usize::from(inside.width).saturating_sub(2);
        let mut lines: Vec<Words<'static>> = Vec::new();
        let mut say = |role: Role, text: &str| {
            lines.extend(wrap(text, width).into_iter().map(|line| Words::new().gap(1).say(role, line)));
        };
        if let Some(outcome) = outcome {
            for (at, raised) in outcome.raised.iter().enumerate() {
                let role = if at == 0 && outcome.raises == Raises::Alarm { Role::Danger } else { Role::Wants };
                say(role, &format!("⚠ {raised}"));
            }
            if outcome.missing.is_empty() {
                let of = entry.range().filter(|_| outcome.total.is_some()).map(|[_, high]| format!(" of {high}"));
                say(Role::Strong, &format!("{}{}", outcome.shown, of.unwrap_or_default()));
            } else {
                say(Role::Second, &format!("no total yet: {} to answer", outcome.missing.len()));
            }
            if let Some(change) = self.change(outcome) {
                say(Role::Text, &change);
            }
        }
        for (label, reached) in bands(&entry, outcome) {
            say(
                if reached { Role::Strong } else { Role::Faint },
                &format!("{} {label}", if reached { "▸" } else { " " }),
            );
        }
        if let Some(mcic) = entry.mcic() {
            let points = mcic.absolute.map(|points| format!("{points} points"));
            let percent = mcic.percent.map(|percent| format!("{percent} %"));
            let both = [points, percent].into_iter().flatten().collect::<Vec<_>>().join(" or ");
            say(Role::Second, &format!("a change matters from {both}"));
        }
        if let Entry::Held(instrument) = &entry
            && instrument.licence_status != LicenceStatus::Free
        {
            say(Role::Faint, &instrument.licence);
        }
        if let Entry::Licensed(form) = &entry {
            say(Role::Faint, &form.reason);
        }
        for (down, words) in (0..inside.height).zip(&lines) {
            canvas.words(row(inside, down), words);
        }
    }

    fn trend_panel(&self, outcome: Option<&Outcome>, canvas: &mut Canvas<'_>, area: Rect) {
        let inside = Pane { name: "Trend", ..Pane::default() }.paint(canvas, area);
        let decimals = self.entry().decimals();
        let mut points: Vec<Point> = Vec::new();
        let earlier = self.model.earlier.iter().filter_map(|result| Some((result.date, result.total?)));
        let now = outcome.and_then(|outcome| outcome.total).map(|total| (self.model.date, total));
        for (date, total) in earlier.chain(now) {
            let label = total.show(decimals);
            let value = label.parse().unwrap_or(0.0);
            points.push(Point { date, value, label, role: Role::Text });
        }
        if points.is_empty() {
            canvas.text(row(inside, 0), Role::Faint, " never given before");
            return;
        }
        Trend { points: &points, target: None, events: &[] }.paint(canvas, inside);
    }
}

/// The bands of an instrument, each in a line, and which the outcome lies in.
fn bands(entry: &Entry<'_>, outcome: Option<&Outcome>) -> Vec<(String, bool)> {
    let reached = outcome.and_then(|outcome| outcome.band.as_deref());
    let of = |bands: &[crate::clinical::facts::instruments::Band]| {
        bands
            .iter()
            .map(|band| (crate::clinical::instrument::show_band(band), reached == Some(band.label.as_str())))
            .collect()
    };
    match entry {
        Entry::Held(instrument) if instrument.bands.is_empty() => {
            reached.map(|band| (band.to_owned(), true)).into_iter().collect()
        }
        Entry::Held(instrument) => of(&instrument.bands),
        Entry::Licensed(form) if form.bands.is_empty() => {
            reached.map(|band| (band.to_owned(), true)).into_iter().collect()
        }
        Entry::Licensed(form) => of(&form.bands),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::instrument::Catalogue;

    #[test]
    fn the_table_of_every_instrument_is_sound() {
        let catalogue = Catalogue::default();
        for entry in catalogue.entries() {
            assert_eq!(crate::form::check::all(|| definition(&entry)), Vec::<String>::new(), "{}", entry.id());
        }
    }
}
