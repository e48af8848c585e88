//! The close of a day: one list of all that is open, each item done now, carried to a date or closed with a reason; then
//! the day is closed, and what was kept of it stands here.

mod draw;
mod sheet;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use self::sheet::{Kind, Sheet};
use super::Surface;
use super::board::acts::item_acts;
use super::board::cannot::cannot;
use super::board::scene::Day;
use super::cursor::{Cursor, Pointed};
use crate::action::input::Input;
use crate::action::{Command, Context, Write};
use crate::clinical::board::{DayRecords, Item, ItemKey};
use crate::clinical::close::{DayRecord, Decision, DecisionKind};
use crate::clinical::patient::Patient;
use crate::clinical::text::plural;
use crate::clinical::time::{Now, show_date};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::{Modal, Prompt, Purpose};
use crate::ui::place::Place;
use crate::ui::widget::Canvas;

/// The close of a day.
#[derive(Debug)]
pub struct CloseScreen {
    records: DayRecords,
    sheet: Sheet,
    cursor: Cursor,
    chosen: Option<ItemKey>,
}

/// One line of the list.
#[derive(Debug, Clone, Copy)]
enum Entry<'a> {
    /// A kind with its counts.
    Heading(&'a sheet::Group),
    /// An open item.
    Item(&'a Item),
    /// Of a closed day: what was decided.
    Decided(&'a Decision),
    /// In how many assessments red flags were due and not asked: no item, but listed.
    NotAsked(usize),
    /// Of whom, and which.
    NotAskedOf(&'a Patient, &'a [String]),
}

impl Entry<'_> {
    const fn is_row(self) -> bool {
        matches!(self, Self::Item(_) | Self::Decided(_))
    }
}

impl CloseScreen {
    /// The close of the day these records are of.
    pub fn new(records: DayRecords, now: Now) -> Self {
        let sheet = Sheet::new(&records, now);
        let mut screen = Self { records, sheet, cursor: Cursor::default(), chosen: None };
        screen.settle();
        screen
    }

    /// The day as it is now. What was chosen stays chosen; where it is gone, what came after it.
    pub fn set_model(&mut self, records: DayRecords, now: Now) {
        self.sheet = Sheet::new(&records, now);
        self.records = records;
        self.settle();
    }

    /// The day.
    pub const fn date(&self) -> NaiveDate {
        self.records.date
    }

    fn entries(&self) -> Vec<Entry<'_>> {
        if self.sheet.board.closed {
            return self.records.decided.iter().map(Entry::Decided).collect();
        }
        let groups = self.sheet.groups.iter();
        let items =
            groups.flat_map(|group| std::iter::once(Entry::Heading(group)).chain(group.items.iter().map(Entry::Item)));
        items.chain(self.not_asked()).collect()
    }

    /// The red flags of the day's assessments that were due and not asked.
    fn not_asked(&self) -> Vec<Entry<'_>> {
        let listed = self.records.visits.iter().filter_map(|record| {
            let file = record.file.as_ref()?;
            self.records.left_out(record).map(|left_out| Entry::NotAskedOf(&file.patient, &left_out.flags))
        });
        let listed: Vec<Entry<'_>> = listed.collect();
        let heading = (!listed.is_empty()).then_some(Entry::NotAsked(listed.len()));
        heading.into_iter().chain(listed).collect()
    }

    /// Puts the hands on the chosen item again, or on the row that now stands where it stood.
    fn settle(&mut self) {
        let entries = self.entries();
        let is = |entry: &Entry<'_>| matches!(entry, Entry::Item(item) if Some(item.key) == self.chosen);
        let at = entries.iter().position(is).or_else(|| {
            let from = self.cursor.at.min(entries.len());
            let after = (from..entries.len()).find(|&at| entries[at].is_row());
            after.or_else(|| (0..from).rev().find(|&at| entries[at].is_row()))
        });
        let chosen = at.and_then(|at| entries.get(at)).and_then(|entry| match entry {
            Entry::Item(item) => Some(item.key),
            Entry::Heading(_) | Entry::Decided(_) | Entry::NotAsked(_) | Entry::NotAskedOf(..) => None,
        });
        self.cursor.at = at.unwrap_or(0);
        self.chosen = chosen;
    }

    fn item(&self) -> Option<(Kind, &Item)> {
        self.sheet.open().find(|(_, item)| Some(item.key) == self.chosen)
    }

    /// To which day the rest is carried: of a day that was never closed to today.
    fn next(&self, env: &Env<'_>) -> NaiveDate {
        if self.sheet.overdue { env.now.today() } else { env.preferences.clinic_days.after(self.date()) }
    }

    fn carry(&self, items: &[&Item], env: &mut Env<'_>) -> Vec<Decision> {
        let (to, day, at) = (self.next(env), self.date(), env.now.instant);
        let decide = |item: &&Item| Decision {
            id: env.ids.next(at),
            item: item.key,
            visit: of_visit(item),
            day,
            kind: DecisionKind::Carried,
            to: Some(to),
            reason: String::new(),
            at,
        };
        items.iter().map(decide).collect()
    }

    /// Carries these items as one act. Of a day that was never closed all of them are carried and it is closed at once.
    fn carry_all(&self, items: &[&Item], env: &mut Env<'_>) -> Effect {
        let decisions = self.carry(items, env);
        if self.sheet.overdue && decisions.len() == self.sheet.total.open {
            return self.close(decisions, env);
        }
        let (count, to) = (decisions.len(), show_date(self.next(env)));
        let name = format!("carried {count} item{} to {to}", plural(count));
        Effect::write(Write::Together(name, decisions.into_iter().map(Write::Decide).collect()))
    }

    fn close(&self, decisions: Vec<Decision>, env: &mut Env<'_>) -> Effect {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let total = self.sheet.total;
        let day = DayRecord {
            id: self.records.day.as_ref().map_or_else(|| env.ids.next(env.now.instant), |day| day.id),
            date: self.date(),
            closed_at: Some(env.now.instant),
            done: number(total.done),
            carried: number(total.carried + decisions.len()),
            let_go: number(total.closed),
        };
        Effect::write(Write::CloseDay { day, decisions })
    }

    fn ask(
        &self,
        purpose: impl FnOnce(ItemKey, Option<crate::clinical::id::VisitId>, NaiveDate) -> Purpose,
    ) -> Vec<Effect> {
        let Some((_, item)) = self.item() else { return Vec::new() };
        let purpose = purpose(item.key, of_visit(item), self.date());
        let name = item.name();
        let about = if name.is_empty() { item.text.clone() } else { format!("{name} · {}", item.text) };
        vec![Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, about))))]
    }

    /// What the board does with the item. What is opened knows its day from these records, also where the board shows
    /// another.
    fn as_on_board(&self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let (_, item) = self.item()?;
        let mut here = Env {
            now: env.now,
            ids: &mut *env.ids,
            practice: env.practice,
            preferences: env.preferences,
            keymap: env.keymap,
            patients: env.patients,
            code_sets: env.code_sets,
            board: &self.sheet.board,
            records: &self.records,
            size: env.size,
        };
        item_acts(command, item, &mut here)
    }

    /// What answers a visit that is not over, as on the board: it is moved, nobody came, or it goes one step on.
    fn of_the_visit(&self, command: Command) -> Option<(&Item, Command)> {
        let (Kind::Visit, item) = self.item()? else { return None };
        let answer = match command {
            Command::CarryOne => Command::Move,
            Command::CloseOne => Command::NotComing,
            Command::Advance => Command::Advance,
            _ => return None,
        };
        Some((item, answer))
    }
}

/// The visit whose assessment or procedure the item is: it has to show on the day it is carried to.
fn of_visit(item: &Item) -> Option<crate::clinical::id::VisitId> {
    matches!(item.key, ItemKey::Assessment(_) | ItemKey::Procedure(_)).then_some(item.visit).flatten()
}

impl Surface for CloseScreen {
    fn place(&self) -> Place {
        Place::Close(self.date())
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.cursor)
    }

    fn came_back(&mut self) {
        self.chosen = None;
        self.settle();
    }

    fn context(&self) -> Context {
        Context::Close
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let rows = draw::list_area(Rect::new(0, 0, env.size.0, env.size.1), self).height;
        let mut cursor = self.cursor;
        let entries = self.entries();
        if cursor.command_over(command, entries.len(), rows, |at| entries.get(at).is_some_and(|entry| entry.is_row())) {
            self.cursor = cursor;
            self.chosen = None;
            self.settle();
            return Some(Vec::new());
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        if let Some((_, answer)) = self.of_the_visit(command) {
            return self.as_on_board(answer, env);
        }
        Some(match command {
            Command::Open => self.as_on_board(Command::Open, env)?,
            Command::CarryOne => self.ask(|item, visit, day| Purpose::Carry { item, visit, day }),
            Command::CloseOne => self.ask(|item, visit, day| Purpose::LetGo { item, visit, day }),
            Command::CarryAll => vec![self.carry_all(&self.sheet.rest(), env)],
            Command::CarryKind => {
                let (kind, _) = self.item()?;
                vec![self.carry_all(&self.sheet.of_kind(kind), env)]
            }
            Command::ConfirmClose => vec![self.close(Vec::new(), env)],
            Command::PaneEvening => vec![Effect::Open(Place::Reflection(self.date()))],
            Command::Today => vec![Effect::Replace(Place::Close(env.now.today()))],
            Command::Patient => vec![Effect::Open(Place::Chart(self.item()?.1.patient_id()?))],
            Command::CopyOut => vec![Effect::CopyOut { visit: self.item()?.1.visit?, section: None }],
            _ => return None,
        })
    }

    fn cannot(&self, command: Command, env: &Env<'_>) -> Option<String> {
        let closed = self.sheet.board.closed;
        let item = self.item();
        if let Some((item, answer)) = self.of_the_visit(command) {
            let day = Day { board: &self.sheet.board, records: &self.records, ..Day::of(env) };
            return cannot(answer, Some(item), day);
        }
        match command {
            Command::Today if self.date() == env.now.today() => Some("this is the close of today".to_owned()),
            Command::ConfirmClose if closed => Some("this day is closed already".to_owned()),
            Command::ConfirmClose if self.date() > env.now.today() => Some("this day has not come yet".to_owned()),
            Command::ConfirmClose if self.sheet.total.open > 0 => {
                Some(format!("still open: {}", self.sheet.open_words()))
            }
            Command::CarryAll if self.sheet.total.open == 0 => Some("nothing is open".to_owned()),
            Command::CarryAll if self.sheet.rest().is_empty() => {
                Some(format!("each needs a decision of its own: {}", self.sheet.own_words()))
            }
            Command::Open | Command::CarryOne | Command::CloseOne | Command::CarryKind if item.is_none() => {
                Some("nothing is open".to_owned())
            }
            Command::Advance => Some("only a visit that is not over goes one step on".to_owned()),
            Command::CarryKind if item.is_some_and(|(kind, _)| kind.wants_own_answer()) => {
                Some(format!("each needs a decision of its own: {}", self.sheet.own_words()))
            }
            Command::Patient if item.is_none_or(|(_, item)| item.patient.is_none()) => {
                Some("this is about no patient".to_owned())
            }
            Command::CopyOut | Command::CopySection if item.is_none_or(|(_, item)| item.visit.is_none()) => {
                Some("this belongs to no visit".to_owned())
            }
            _ => None,
        }
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        let Some(mouse) = env.mouse(input) else { return Vec::new() };
        let area = draw::list_area(Rect::new(0, 0, env.size.0, env.size.1), self);
        let mut cursor = self.cursor;
        let entries = self.entries();
        let is_row = |at: usize| entries.get(at).is_some_and(|entry| entry.is_row());
        let pointed = cursor.mouse_over(mouse, area, entries.len(), is_row);
        if pointed != Pointed::Elsewhere {
            self.cursor = cursor;
            self.chosen = None;
            self.settle();
        }
        pointed.follow(self, env)
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::paint(self, canvas, area, view);
    }

    fn patient(&self) -> Option<crate::clinical::id::PatientId> {
        self.item().and_then(|(_, item)| item.patient_id())
    }

    fn day_changed(&mut self, env: &mut Env<'_>) {
        if env.records.date == self.date() {
            self.set_model(env.records.clone(), env.now);
        }
    }
}

/// What stands of a closed day, in words: `18 done, 4 carried, 1 closed`.
fn proof(day: &DayRecord) -> String {
    format!("{} done, {} carried, {} closed", day.done, day.carried, day.let_go)
}
