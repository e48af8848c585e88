//! A patient's chart: its cover on one screen, and the visits, newest first.

mod aims;
mod alerts;
mod block;
mod cover;
mod dense;
mod diagnostics;
mod elsewhere;
mod follow;
mod map;
mod medicines;
mod monitoring;
mod open;
pub mod page;
mod problems;
mod response;
mod scales;
#[cfg(test)]
mod tests;
mod timeline;
mod why;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::Surface;
use super::cursor::Cursor;
use crate::action::input::Input;
use crate::action::{Command, Context};
use crate::clinical::board::Board;
use crate::clinical::id::PatientId;
use crate::clinical::models::{Chart, ChartLine};
use crate::clinical::monitoring::rule::Rules;
use crate::clinical::text::{clean_line, cut};
use crate::clinical::time::Now;
use crate::clinical::time::show_date;
use crate::ui::chrome::{self, Foot, Linear, band, plain};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::{Choice, Modal, Reading};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::pane::{Focus, Pane, inside};
use crate::ui::widget::trend::{Event, Point, Trend};
use crate::ui::widget::{Canvas, Words, columns, inset};

/// From this width on the trend stands beside the cover.
const TREND_FROM: u16 = 100;
/// The rows the trend wants, its frame included.
const TREND: u16 = 14;
/// The rows it is content with where the figure of the body map stands below it.
const LEAST_TREND: u16 = 8;
/// Below so many rows the visits get a smaller share.
const LOW: u16 = 24;
/// The rows of the visits, their frame included, where the cover wants more than there is.
const FEW: u16 = 5;
/// The same on a low screen: the chosen visit alone.
const ONE: u16 = 3;

/// A patient's chart.
#[derive(Debug)]
pub struct ChartScreen {
    chart: Chart,
    /// What helped most and least.
    helped: Option<String>,
    /// Over whose chart or form this one lies.
    over: Option<String>,
    cursor: Cursor,
    /// For screen readers: the line under the hands among those of the cover and the visits.
    line: usize,
}

/// Where the parts of the body stand.
#[derive(Clone, Copy)]
struct Layout {
    cover: Rect,
    trend: Rect,
    figure: Rect,
    /// Below the trend instead of the figure: the blocks from `split` on.
    beside: Rect,
    /// How many blocks stand in the cover's own column.
    split: usize,
    timeline: Rect,
}

impl Layout {
    /// How many rows of the blocks find no room.
    fn hidden(&self, blocks: &[block::Block]) -> usize {
        let (own, beside) = blocks.split_at(self.split.min(blocks.len()));
        block::hidden(own, self.cover) + if beside.is_empty() { 0 } else { block::hidden(beside, self.beside) }
    }

    /// The same with the last blocks below the trend in the place of the figure, whose regions the blocks name, too: as few
    /// of them as show the most.
    fn in_two_columns(self, blocks: &[block::Block]) -> Self {
        let trend = Rect { height: self.trend.height.min(LEAST_TREND), ..self.trend };
        let below = Rect { y: trend.bottom(), height: self.cover.height.saturating_sub(trend.height), ..trend };
        let of = |split| Self { trend, beside: inset(below, 1, 1), figure: Rect::default(), split, ..self };
        let two = (1..blocks.len()).rev().map(of).min_by_key(|layout| layout.hidden(blocks));
        two.filter(|two| two.hidden(blocks) < self.hidden(blocks)).unwrap_or(self)
    }
}

impl ChartScreen {
    /// The chart, opened today; `over` names the patient underneath, where that is another.
    pub fn new(chart: Chart, over: Option<String>, today: NaiveDate) -> Self {
        let newest = chart.visits.iter().position(|line| line.visit.date <= today);
        let helped = aims::best_and_least(&chart);
        Self { chart, helped, over, cursor: Cursor::new(newest.unwrap_or(0)), line: 0 }
    }

    /// The chart as it is now; the selected visit stays selected.
    pub fn set_model(&mut self, chart: Chart) {
        let chosen = self.chosen().map(|line| line.visit.id);
        self.helped = aims::best_and_least(&chart);
        self.chart = chart;
        let at = self.chart.visits.iter().position(|line| Some(line.visit.id) == chosen);
        self.cursor = Cursor::new(at.unwrap_or_else(|| self.cursor.at.min(self.chart.visits.len().saturating_sub(1))));
    }

    /// The chart shown.
    pub const fn model(&self) -> &Chart {
        &self.chart
    }

    fn chosen(&self) -> Option<&ChartLine> {
        self.chart.visits.get(self.cursor.at)
    }

    fn blocks(&self, view_keys: &cover::Keys, (rules, board): (&Rules<'_>, &Board), now: Now) -> Vec<block::Block> {
        cover::cover((&self.chart, self.helped.as_deref()), (rules, board), (now.today(), now.zone), view_keys)
    }

    /// The cover takes what it wants, the visits the rest; at least a third while all of the cover is seen. The visits have a
    /// page of their own, the cover has none. `few` are their rows where the cover wants more than there is.
    fn layout(&self, body: Rect, (wanted, blanks): (u16, u16), trend: bool, few: u16) -> Layout {
        let visits = u16::try_from(self.chart.visits.len().max(1)).unwrap_or(u16::MAX).saturating_add(2);
        // On a low screen the cover has the room: the visits scroll, the cover does not.
        let share = if body.height < LOW { body.height / 4 } else { body.height / 3 };
        let is_short = wanted.saturating_sub(blanks) > body.height.saturating_sub(share);
        let share = if is_short { share.min(few) } else { share.max(4) };
        let least = visits.min(share).min(body.height);
        let room = body.height - least;
        let figure =
            if trend { map::rows(&self.chart, beside(body.width), room.saturating_sub(LEAST_TREND)) } else { None };
        let wanted = if trend { wanted.max(TREND + figure.unwrap_or(0)) } else { wanted };
        // A blank row between the cover and the visits, where there is one to spare.
        let top = wanted.saturating_add(1).min(body.height - least);
        let cover = Rect { height: top, ..inset(body, 1, 1) };
        let timeline = Rect { y: body.y.saturating_add(top), height: body.height - top, ..body };
        if !trend {
            let none = Rect::default();
            return Layout { cover, trend: none, figure: none, beside: none, split: usize::MAX, timeline };
        }
        let beside = beside(body.width);
        let column = Rect { x: body.right().saturating_sub(beside), width: beside, ..cover };
        let trend = Rect { height: column.height.saturating_sub(figure.unwrap_or(0)).min(TREND), ..column };
        let figure = match figure {
            Some(rows) if trend.height + rows <= column.height => {
                Rect { y: column.y + trend.height, height: rows, ..column }
            }
            _ => Rect::default(),
        };
        let cover = inset(cover, 0, beside + 1);
        Layout { cover, trend, figure, beside: Rect::default(), split: usize::MAX, timeline }
    }

    fn of(&self, area: Rect, blocks: &[block::Block]) -> Layout {
        let body = chrome::parts(area, page::top(area.height)).body;
        let trend = area.width >= TREND_FROM && body.height >= TREND + 8;
        let width = if trend { body.width - beside(body.width) - 3 } else { body.width.saturating_sub(2) };
        let blanks = columns(blocks.len().saturating_sub(1));
        let wants = (block::wanted(blocks, width), blanks);
        let few = if body.height < LOW { ONE } else { FEW };
        let usual = self.layout(body, wants, trend, few);
        if usual.hidden(blocks) == 0 {
            return usual;
        }
        // What is looked up goes before the visits, which scroll, and before the figure.
        let tight = self.layout(body, wants, trend, ONE);
        if trend && tight.hidden(blocks) > 0 { tight.in_two_columns(blocks) } else { tight }
    }

    fn rows(&self, env: &Env<'_>) -> Rect {
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        let keys = cover::Keys::default();
        let blocks = self.blocks(&keys, (&env.rules(), env.board), env.now);
        inside(self.of(area, &blocks).timeline)
    }

    /// Moves through the lines a screen reader is given: the cover, then the visits.
    fn move_line(&mut self, command: Command, env: &Env<'_>) -> bool {
        let blocks = self.blocks(&cover::Keys::default(), (&env.rules(), env.board), env.now);
        let cover = block::lines(&blocks).len();
        let mut place = Cursor::new(self.line);
        if !place.command(command, cover + self.chart.visits.len(), env.size.1 / 2) {
            return false;
        }
        self.line = place.at;
        if let Some(at) = self.line.checked_sub(cover) {
            self.cursor = Cursor::new(at);
        }
        true
    }

    fn band<'a>(&'a self, view: &View<'_>) -> crate::ui::widget::band::PatientBand<'a> {
        let mut place = page::place(page::Page::Cover, self.over.as_deref(), view);
        if let Some(phone) = self.chart.file.patient.phone.as_ref().filter(|_| !view.names_hidden) {
            place.push(Item::new(4, Words::of(Role::Second, format!("phone {}", clean_line(phone)))));
        }
        let seen = self.chart.visits.iter().find(|line| line.visit.left_at.is_some());
        if let Some(seen) = seen {
            let words = Words::of(Role::Second, format!("last seen {}", show_date(seen.visit.date)));
            place.push(Item::new(5, words));
        }
        band(&self.chart.file, place, Words::new(), view)
    }

    fn foot<'a>(&self, view: &View<'_>) -> Foot<'a> {
        let mut without = Vec::new();
        if self.chosen().is_none() {
            without.extend([Command::Open, Command::CopyOut]);
        }
        if self.chosen().is_some_and(|line| line.visit.recorded_at.is_none()) {
            without.push(Command::CopyOut);
        }
        Foot::new(Context::Chart, view).without(&without)
    }

    fn note(&self, hidden: usize, view: &View<'_>) -> Words<'static> {
        let words = match (self.chart.visits.len(), self.chart.has_more_visits) {
            (1, false) => "1 visit".to_owned(),
            (shown, true) => format!("the newest {shown} visits"),
            (shown, false) => format!("{shown} visits"),
        };
        if hidden == 0 {
            return Words::of(Role::Second, words);
        }
        // What found no room on the cover says so where cover and visits meet, with the key that shows it.
        let key = view.keymap.key_for(Context::Chart, Command::WholeCover).unwrap_or_default();
        let lines = if hidden == 1 { "line" } else { "lines" };
        let more = Words::of(Role::Wants, format!("{hidden} more {lines} above")).gap(1).bold(Role::Focus, key);
        more.say(Role::Second, format!(" shows all · {words}"))
    }

    /// Every line of the cover, to read and scroll through.
    fn whole(&self, env: &Env<'_>) -> Effect {
        let blocks = self.blocks(&cover::Keys::default(), (&env.rules(), env.board), env.now);
        Effect::show(Modal::Reading(Reading::new("Cover", &block::page(&blocks))))
    }

    fn render_plain(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>, blocks: &[block::Block]) {
        let mut rows = block::lines(blocks);
        let hide = |text: &str| view.names().asked(text).into_owned();
        rows.extend(self.chart.visits.iter().map(|line| format!("visit: {}", hide(&timeline::line(line)))));
        let head = plain::band_lines(&self.band(view));
        let chosen = Some(self.line.min(rows.len().saturating_sub(1)));
        Linear { head, rows, chosen }.paint(canvas, area, &self.foot(view), view);
    }
}

/// The columns the trend takes beside the cover.
const fn beside(width: u16) -> u16 {
    let wide = width / 10 * 3;
    if wide < 42 { 42 } else { wide }
}

/// The rows inside a pane's frame.
fn keys(view: &View<'_>) -> cover::Keys {
    let key = |command| view.keymap.key_for(Context::Chart, command).unwrap_or_default();
    cover::Keys { plan: key(Command::Plan), visit: key(Command::NewVisit), edit: key(Command::Edit) }
}

impl Surface for ChartScreen {
    fn place(&self) -> Place {
        Place::Chart(timeline::patient(&self.chart))
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.cursor)
    }

    fn context(&self) -> Context {
        Context::Chart
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let patient = timeline::patient(&self.chart);
        if let Some(effects) = page::go(page::Page::Cover, command, patient) {
            return Some(effects);
        }
        if env.preferences.plain && self.move_line(command, env) {
            return Some(Vec::new());
        }
        let rows = self.rows(env).height;
        if self.cursor.command(command, self.chart.visits.len(), rows) {
            return Some(Vec::new());
        }
        let visit = self.chosen().map(|line| line.visit.id);
        Some(match command {
            Command::Open => timeline::open(&self.chart, self.cursor.at, env.now.today()),
            Command::CopyOut => vec![Effect::CopyOut { visit: visit?, section: None }],
            Command::CopySection => {
                let line = self.chosen()?;
                let about = format!("{} · {}", self.chart.file.patient.list_name(), show_date(line.visit.date));
                vec![Effect::show(Modal::Choice(Choice::section(line.visit.id, about)))]
            }
            Command::WholeCover => vec![self.whole(env)],
            Command::Why => vec![why::why(&self.chart, &env.rules(), env.now.today())?],
            other => vec![Effect::Open(Place::of_chart(other, patient, env.now.today())?)],
        })
    }

    fn cannot(&self, command: Command, _env: &Env<'_>) -> Option<String> {
        let why = match command {
            Command::Open if self.chart.visits.is_empty() => "this patient has no visit yet",
            Command::CopyOut | Command::CopySection => match self.chosen() {
                None => "this patient has no visit yet",
                Some(line) if line.visit.recorded_at.is_none() => "nothing was recorded in this visit",
                Some(_) => return None,
            },
            Command::Patient => "this is the patient's chart",
            Command::Why if !why::may_have_one(&self.chart) => "there is no assessment yet, and so no figure",
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        let Some(mouse) = env.mouse(input) else { return Vec::new() };
        let rows = self.rows(env);
        self.cursor.mouse(mouse, rows, self.chart.visits.len()).follow(self, env)
    }

    /// ```text
    /// NGUYEN Linh  38 F  9 May 1988  A-1042   allergy penicillin   anticoag none
    /// Chart   Esc returns to OKAFOR Adaeze   last seen 27 Oct 2026
    /// Plan 4      propranolol 80 mg     changed    raise in two weeks   8 Dec 2026
    /// 27 Oct 2026 since plan 3: propranolol 80 mg: active → changed
    /// Assessed    pain now 7  average 6  worst 9  least 2
    /// 27 Oct 2026 PEG 5.3  ▼0.3 −5 % since 1 Sep 2026
    /// Medicines   propranolol 80 mg                         reviewed 27 Oct 2026
    /// Open        ○ call: prior authorisation                    due 30 Nov 2026
    /// Ahead       Tue 8 Dec 2026 09:40  follow-up
    /// ╭ Visits ────────────────────────────────────────────────────── 12 visits ╮
    /// │ ✓ 27 Oct 2026 09:40  follow-up  7 ▲1  5.3  plan 4   migraine, better     │
    /// ╰─────────────────────────────────────────────────────────────────────────╯
    /// ```
    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let mut blocks = self.blocks(&keys(view), (&view.rules(), view.board), view.now);
        let hide = |text: &str| view.names().asked(text).into_owned();
        if view.names_hidden {
            block::hide(&mut blocks, hide);
        }
        canvas.clear(area);
        if view.preferences.plain {
            self.render_plain(canvas, area, view, &blocks);
            return;
        }
        let parts = chrome::parts(area, page::top(area.height));
        page::paint_top(canvas, parts.top, page::Page::Cover, &self.band(view), view);
        let layout = self.of(area, &blocks);
        let (own, beside) = blocks.split_at(layout.split.min(blocks.len()));
        block::paint(canvas, layout.cover, own);
        if !beside.is_empty() {
            block::paint(canvas, layout.beside, beside);
        }
        if !layout.trend.is_empty() {
            self.paint_trend(canvas, layout.trend);
        }
        if !layout.figure.is_empty() {
            map::paint(&self.chart, canvas, layout.figure);
        }
        let hidden = layout.hidden(&blocks);
        let list = self.cursor.list(self.chart.visits.len(), inside(layout.timeline).height);
        let pane = Pane {
            name: "Visits",
            note: self.note(hidden, view),
            foot: list.hidden(inside(layout.timeline).height),
            focus: Focus::Here,
            ..Pane::default()
        };
        let rows = pane.paint(canvas, layout.timeline);
        list.paint(canvas, rows, |canvas, line, at| timeline::paint(canvas, line, &self.chart.visits, at, hide));
        if self.chart.visits.is_empty() {
            let key = keys(view).visit;
            let words = Words::of(Role::Second, "visits of this patient").gap(2).bold(Role::Focus, key);
            canvas.words(inset(rows, 1, 1), &words.say(Role::Second, " new visit"));
        }
        chrome::message_line(canvas, parts.message, Context::Chart, view);
        self.foot(view).paint(canvas, parts.foot);
    }

    fn patient(&self) -> Option<PatientId> {
        Some(timeline::patient(&self.chart))
    }

    fn patient_for_undo(&self) -> Option<PatientId> {
        self.patient()
    }
}

impl ChartScreen {
    /// PEG over time; where fewer than two visits have it, the headline score.
    fn paint_trend(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let peg = self.chart.trend.iter().filter(|point| point.scores.peg().is_some()).count() > 1;
        let points: Vec<Point> = self.chart.trend.iter().filter_map(|point| of_trend(point, peg)).collect();
        let first = points.iter().map(|point| point.date).min();
        let last = points.iter().map(|point| point.date).max();
        let mut events: Vec<Event> = self
            .chart
            .visits
            .iter()
            .rev()
            .filter(|line| first.is_some_and(|first| first <= line.visit.date))
            .filter(|line| last.is_some_and(|last| line.visit.date <= last))
            .filter_map(|line| event(line, Some(line.visit.date) == last))
            .collect();
        events.truncate(6);
        let note = match (first, last) {
            (Some(first), Some(last)) if first < last => {
                let months = (last - first).num_days() / 30;
                format!(
                    "{}, {} month{}",
                    if peg { "PEG" } else { "pain" },
                    months.max(1),
                    if months > 1 { "s" } else { "" }
                )
            }
            _ => String::new(),
        };
        let pane = Pane { name: "Trend", note: Words::of(Role::Second, note), ..Pane::default() };
        let inside = pane.paint(canvas, area);
        Trend { points: &points, target: None, events: &events }.paint(canvas, inset(inside, 1, 1));
    }
}

fn of_trend(point: &crate::clinical::models::TrendPoint, peg: bool) -> Option<Point> {
    let (value, label, role) = if peg {
        let peg = point.scores.peg()?;
        (f64::from(peg.tenths()) / 10.0, peg.show(), cover::pain_of(peg))
    } else {
        let score = point.scores.headline()?;
        (f64::from(score), score.to_string(), Role::Pain(score))
    };
    Some(Point { date: point.date, value, label, role })
}

/// A procedure or a changed plan; that of the last day has no room for its words, and the cover shows it.
fn event(line: &ChartLine, is_last: bool) -> Option<Event> {
    let date = line.visit.date;
    if let Some(session) = &line.session {
        return Some(Event { date, label: cut(&clean_line(session), 18), role: Role::Procedure });
    }
    match line.plan {
        Some((version, false)) if !is_last => Some(Event { date, label: format!("plan {version}"), role: Role::Info }),
        Some(_) | None => None,
    }
}
