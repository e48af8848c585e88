//! Lists of another record system, brought in: what is pasted becomes rows, each taken, mended or dropped, and only then kept.

mod draw;
#[cfg(test)]
mod tests;

use ratatui::layout::Rect;

use super::cursor::Cursor;
use super::{DraftBody, Surface};
use crate::action::input::Input;
use crate::action::{Command, Context, Write};
use crate::clinical::bring_in::{Fate, Kind, Read, Row, Sheet, take_in};
use crate::clinical::code_set::set_of;
use crate::clinical::draft::{BRING_IN_FORM, DraftKey};
use crate::clinical::elsewhere::{ElsewhereLine, PastProcedure};
use crate::clinical::id::PatientId;
use crate::clinical::patient::{ListKind, PatientFile};
use crate::clinical::text::plural;
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::{Choice, Choose, Modal, Prompt, Purpose};
use crate::ui::place::Place;
use crate::ui::widget::Canvas;

/// A longer line cannot be mended in a prompt.
const LONGEST_MENDED: usize = 600;

/// What the record holds of a patient, to bring rows in over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BringInModel {
    /// Whose.
    pub file: PatientFile,
    /// Procedures elsewhere.
    pub past: Vec<PastProcedure>,
    /// Lines from elsewhere.
    pub lines: Vec<ElsewhereLine>,
}

/// Lists brought in.
#[derive(Debug)]
pub struct BringInScreen {
    model: BringInModel,
    sheet: Sheet,
    cursor: Cursor,
}

impl BringInScreen {
    /// The sheet over the record, with what a draft of it holds.
    pub fn new(model: BringInModel, draft: Option<&str>) -> Self {
        let kept: Option<Sheet> = draft.and_then(|body| serde_json::from_str(body).ok());
        let sheet = kept.unwrap_or_default().over(&model.past, &model.lines);
        let cursor = Cursor::new(sheet.next_waiting(0).unwrap_or(0));
        Self { model, sheet, cursor }
    }

    /// The record as it is now; what waits stays.
    pub fn set_model(&mut self, model: BringInModel) {
        self.sheet = std::mem::take(&mut self.sheet).over(&model.past, &model.lines);
        self.model = model;
        self.cursor.at = self.cursor.at.min(self.sheet.rows.len().saturating_sub(1));
    }

    /// Whose lists these are.
    pub const fn subject(&self) -> PatientId {
        self.model.file.patient.id
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(BRING_IN_FORM, self.subject())
    }

    /// Rows that were read of a paste or of a line that was typed.
    pub fn add(&mut self, rows: Vec<Row>, env: &Env<'_>) -> Vec<Effect> {
        if rows.is_empty() {
            return vec![Effect::refuse("there is no line to read in this")];
        }
        let all = rows.len();
        let (first, twice) = self.sheet.add(rows);
        self.go(first, env);
        let said = if twice == 0 {
            format!("{all} line{} read: each waits", plural(all))
        } else {
            format!("{} read, {twice} stood here already", all - twice)
        };
        vec![Effect::DraftChanged, Effect::Say(said)]
    }

    /// A row as it was mended, read again.
    pub fn mend(&mut self, at: usize, line: String, read: Read) -> Vec<Effect> {
        self.sheet.mend(at, line, read);
        vec![Effect::DraftChanged]
    }

    fn chosen(&self) -> Option<&Row> {
        self.sheet.rows.get(self.cursor.at)
    }

    fn go(&mut self, at: usize, env: &Env<'_>) {
        let height = draw::list_area(Rect::new(0, 0, env.size.0, env.size.1)).height;
        self.cursor.go(at, self.sheet.rows.len(), height);
    }

    fn decide(&mut self, fate: Fate, env: &Env<'_>) -> Vec<Effect> {
        let at = self.cursor.at;
        self.sheet.decide(at, fate);
        let next = self.sheet.next_waiting(at).unwrap_or_else(|| (at + 1).min(self.sheet.rows.len() - 1));
        self.go(next, env);
        vec![Effect::DraftChanged]
    }

    fn kind(&self) -> Option<Effect> {
        let row = self.chosen()?;
        let key = |kind: Kind| match kind {
            Kind::Problem => 'p',
            Kind::Diagnosis => 'd',
            Kind::Allergy => 'a',
            Kind::Medicine => 'm',
            Kind::Procedure => 'r',
            Kind::Text => 't',
        };
        let option = |&kind: &Kind| {
            let effect = Effect::ReadLine { at: self.cursor.at, kind: Some(kind), line: row.line.clone() };
            Choose::new(key(kind), kind.label(), vec![effect])
        };
        Some(Effect::show(Modal::Choice(Choice {
            title: "This line is".to_owned(),
            about: self.model.file.patient.list_name(),
            lines: Vec::new(),
            options: Kind::ALL.iter().map(option).collect(),
            enter: false,
        })))
    }

    fn prompt(&self, purpose: Purpose, text: &str) -> Effect {
        Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, self.model.file.patient.list_name()).with(text))))
    }

    fn mends(&self) -> Option<Effect> {
        let row = self.chosen()?;
        let kind = Some(row.read.kind()).filter(|kind| *kind != Kind::Text);
        Some(self.prompt(Purpose::MendLine { patient: self.subject(), at: self.cursor.at, kind }, &row.read.show()))
    }

    /// Which list is empty, said on purpose.
    fn empty(&self) -> Effect {
        let option = |&list: &ListKind| {
            let key = match list {
                ListKind::Allergies => 'a',
                ListKind::Antithrombotics => 't',
                ListKind::Medications => 'm',
            };
            let word = if self.sheet.asked.contains(&list) { "take back: no" } else { "asked: no" };
            Choose::new(key, format!("{word} {}", list.label()), vec![Effect::ListEmpty(list)])
        };
        Effect::show(Modal::Choice(Choice {
            title: "Asked, and there is none".to_owned(),
            about: self.model.file.patient.list_name(),
            lines: Vec::new(),
            options: ListKind::ALL.iter().map(option).collect(),
            enter: false,
        }))
    }

    /// Says of a list on purpose that it is empty, or takes that back.
    pub fn ask(&mut self, list: ListKind) -> Vec<Effect> {
        self.sheet.ask(list);
        vec![Effect::DraftChanged]
    }

    /// Everything that was taken, as one act; then back.
    fn complete(&mut self, env: &mut Env<'_>) -> Vec<Effect> {
        let BringInModel { file, past, lines } = &self.model;
        if !self.sheet.would_change(past, lines) {
            self.sheet = Sheet::of(past, lines);
            let said = Effect::Say("nothing was taken in".to_owned());
            return vec![Effect::DropDraft(self.draft_key()), Effect::Back, said];
        }
        let set = set_of(env.practice.region);
        let decided = (self.sheet.asked.as_slice(), self.sheet.reviewed);
        let brought = take_in(&self.sheet.rows, file, decided, set, env.ids, env.now);
        let write = Write::BringIn { patient: self.subject(), brought: Box::new(brought) };
        vec![Effect::complete(write, self.draft_key()), Effect::Back]
    }
}

impl Surface for BringInScreen {
    fn place(&self) -> Place {
        Place::BringIn(self.subject())
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.cursor)
    }

    fn context(&self) -> Context {
        Context::BringIn
    }

    fn takes_paste(&self) -> bool {
        true
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let height = draw::list_area(Rect::new(0, 0, env.size.0, env.size.1)).height;
        if self.cursor.command(command, self.sheet.rows.len(), height) {
            return Some(Vec::new());
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        Some(match command {
            Command::TakeRow => self.decide(Fate::Accepted, env),
            Command::DropRow => self.decide(Fate::Dropped, env),
            Command::TakeRest => {
                let rest = self.sheet.take_rest(&self.model.file);
                let known = match rest.known {
                    0 => String::new(),
                    known => format!(", {known} left out: the record holds them already"),
                };
                vec![Effect::DraftChanged, Effect::Say(format!("{} taken{known}", rest.taken))]
            }
            Command::DropRest => {
                let dropped = self.sheet.drop_rest();
                vec![Effect::DraftChanged, Effect::Say(format!("{dropped} dropped"))]
            }
            Command::Open => vec![self.mends()?],
            Command::RowKind => vec![self.kind()?],
            Command::NewRow => vec![self.prompt(Purpose::NewLine { patient: self.subject() }, "")],
            Command::ListEmpty => vec![self.empty()],
            Command::ListsReviewed => {
                self.sheet.reviewed = !self.sheet.reviewed;
                vec![Effect::DraftChanged]
            }
            Command::Complete => self.complete(env),
            _ => return None,
        })
    }

    fn cannot(&self, command: Command, _env: &Env<'_>) -> Option<String> {
        let waiting = self.sheet.waiting();
        let why = match (command, self.chosen()) {
            (Command::TakeRow | Command::DropRow | Command::Open | Command::RowKind, None) => {
                "paste a list first, or type a line of your own"
            }
            (Command::TakeRest | Command::DropRest, _) if waiting == 0 => "no line waits",
            (Command::Open, Some(row)) if row.line.len() > LONGEST_MENDED || row.line.contains('\n') => {
                "this is too long to mend: take it as text, or drop it and paste it line by line"
            }
            (Command::Complete, _) if waiting > 0 => {
                return Some(format!("{waiting} line{} still to be taken or dropped", plural(waiting)));
            }
            (Command::BringIn, _) => "paste the list here",
            (Command::CopyOut | Command::CopySection, _) => "this is about no visit",
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        if let Input::Paste(text) = input {
            return vec![Effect::ReadLines(text.clone())];
        }
        let Some(mouse) = env.mouse(input) else { return Vec::new() };
        let area = draw::list_area(Rect::new(0, 0, env.size.0, env.size.1));
        self.cursor.mouse(mouse, area, self.sheet.rows.len()).follow(self, env)
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::paint(self, canvas, area, view);
    }

    fn patient(&self) -> Option<PatientId> {
        Some(self.subject())
    }

    fn patient_for_undo(&self) -> Option<PatientId> {
        self.patient()
    }

    fn draft(&self) -> Option<DraftBody> {
        let BringInModel { past, lines, .. } = &self.model;
        if !self.sheet.is_begun(past, lines) {
            return None;
        }
        let body = serde_json::to_string(&self.sheet).ok()?;
        Some(DraftBody { key: self.draft_key(), body })
    }

    fn kept(&mut self) {
        self.sheet = Sheet::of(&self.model.past, &self.model.lines);
    }
}
