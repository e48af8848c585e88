//! The trends of a chart: one value over time with what was done and changed beside it, drawn or as a table.

mod draw;
mod layout;
mod said;
mod table;
#[cfg(test)]
mod tests;

use chrono::{Days, NaiveDate};
use ratatui::layout::Rect;

use super::Surface;
use super::chart::page::{Page, go};
use super::cursor::Cursor;
use crate::action::input::{Input, Mouse, MouseKind};
use crate::action::{Command, Context};
use crate::clinical::id::PatientId;
use crate::clinical::trend::course::{Row, Way, nearest, next, rows, stops};
use crate::clinical::trend::{Baseline, Level, Sample, Series, SeriesKey, Trends, Window, Zoom, levels};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::{Place, TrendsLook};
use crate::ui::widget::{Canvas, course};

/// How much is looked at first.
const FIRST: Zoom = Zoom::TwoYears;

/// The trends of a patient's chart.
#[derive(Debug)]
pub struct TrendsScreen {
    trends: Trends,
    /// Over whose chart or form this one lies.
    over: Option<String>,
    today: NaiveDate,
    /// Which series.
    at: usize,
    zoom: Zoom,
    window: Window,
    /// The day under the cursor.
    day: Option<NaiveDate>,
    /// What the chosen series is compared with, where it is not its first value.
    baseline: Option<(SeriesKey, Baseline)>,
    table: bool,
    cursor: Cursor,
}

impl TrendsScreen {
    /// From which day on values are read for what is to be looked at; none is from the beginning.
    pub fn wants(look: &TrendsLook, today: NaiveDate) -> Option<NaiveDate> {
        let days = look.zoom.unwrap_or(FIRST).days()?;
        let around = look.at.unwrap_or(today).min(today);
        // As much before it again, so that one can look back without waiting.
        around.checked_sub_days(Days::new(days * 2))
    }

    /// Trends as they are looked at, opened today.
    pub fn new(trends: Trends, look: &TrendsLook, over: Option<String>, today: NaiveDate) -> Self {
        let zoom = look.zoom.unwrap_or(FIRST);
        let extent = trends.extent(today);
        let window = match look.at {
            Some(day) => Window::around(zoom, day, extent),
            None => Window::ending(zoom, extent.1, extent),
        };
        let kept = look.series.as_ref().and_then(|key| trends.series.iter().position(|series| series.key == *key));
        let most = || {
            let given = |series: &Series| {
                series.samples.iter().filter(|sample| window.holds(sample.date) && sample.given().is_some()).count()
            };
            (0..trends.series.len()).rev().max_by_key(|at| given(&trends.series[*at]))
        };
        let at = kept.or_else(most).unwrap_or(0);
        let mut screen = Self {
            trends,
            over,
            today,
            at,
            zoom,
            window,
            day: look.at,
            baseline: None,
            table: look.table,
            cursor: Cursor::default(),
        };
        screen.settle();
        screen
    }

    /// The same after it was read again.
    pub fn set_model(&mut self, trends: Trends) {
        let key = self.series().map(|series| series.key.clone());
        self.trends = trends;
        let at = self.trends.series.iter().position(|series| Some(&series.key) == key.as_ref());
        self.at = at.unwrap_or(0);
        self.window = Window::ending(self.zoom, self.window.to, self.extent());
        self.settle();
    }

    /// Whose they are.
    pub const fn subject(&self) -> PatientId {
        self.trends.file.patient.id
    }

    /// From which day on what is shown now must be read; none is from the beginning.
    pub fn wanted(&self) -> Option<NaiveDate> {
        let days = self.zoom.days()?;
        let from = self.window.from.checked_sub_days(Days::new(days))?;
        Some(self.trends.from.map_or(from, |read| read.min(from)))
    }

    fn extent(&self) -> (NaiveDate, NaiveDate) {
        self.trends.extent(self.today)
    }

    fn series(&self) -> Option<&Series> {
        self.trends.series.get(self.at)
    }

    fn stops(&self) -> Vec<NaiveDate> {
        self.series().map(|series| stops(&self.trends, series)).unwrap_or_default()
    }

    /// The cursor stands on a day that says something, in sight; the row of the table on the same.
    fn settle(&mut self) {
        let seen: Vec<NaiveDate> = self.stops().into_iter().filter(|day| self.window.holds(*day)).collect();
        self.day = nearest(&seen, self.day.unwrap_or(self.window.to));
        let rows = self.rows();
        let at = rows.iter().position(|row| Some(row.date()) == self.day && matches!(row, Row::Sample(_)));
        let at = at.or_else(|| rows.iter().position(|row| Some(row.date()) == self.day)).unwrap_or(0);
        let count = rows.len();
        self.cursor.go(at, count, 1);
    }

    fn rows(&self) -> Vec<Row<'_>> {
        self.series().map(|series| rows(&self.trends, series, self.window)).unwrap_or_default()
    }

    fn sample(&self) -> Option<&Sample> {
        self.series()?.on(self.day?)
    }

    /// What the chosen series is compared with.
    fn baseline(&self) -> Option<&Baseline> {
        let series = self.series()?;
        let own = self.baseline.as_ref().filter(|(key, _)| *key == series.key).map(|(_, baseline)| baseline);
        own.or(series.first.as_ref())
    }

    fn levels(&self) -> Vec<Level> {
        self.series().map(|series| levels(series, self.baseline())).unwrap_or_default()
    }

    /// Whether the same is shown as lines of text.
    const fn is_table(&self, plain: bool) -> bool {
        self.table || plain
    }

    /// Asks for what lies before what was read, where it is in sight.
    fn loaded(&self) -> Vec<Effect> {
        if self.trends.lacks(self.window) || (self.zoom == Zoom::All && self.trends.from.is_some()) {
            vec![Effect::LoadMore]
        } else {
            Vec::new()
        }
    }

    fn look_at(&mut self, zoom: Zoom) {
        let around = self.day.unwrap_or(self.window.to);
        let at_end = self.window.to >= self.extent().1;
        self.zoom = zoom;
        self.window =
            if at_end && self.day.is_none_or(|day| Window::ending(zoom, self.window.to, self.extent()).holds(day)) {
                Window::ending(zoom, self.window.to, self.extent())
            } else {
                Window::around(zoom, around, self.extent())
            };
        self.settle();
    }

    fn choose(&mut self, step: isize) {
        let count = self.trends.series.len();
        if count > 0 {
            self.at = self.at.checked_add_signed(step).map_or(count - 1, |at| at % count);
            self.settle();
        }
    }

    fn step(&mut self, way: Way) {
        let Some(day) = self.day else { return };
        if let Some(to) = next(&self.stops(), day, way) {
            self.window = self.window.holding(to, self.zoom, self.extent());
            self.day = Some(to);
            self.settle();
        } else if way == Way::Back && self.trends.from.is_some() {
            // What is older was not read yet.
            self.window = self.window.earlier(self.zoom, self.extent());
        }
    }

    fn pan(&mut self, way: Way) {
        let extent = self.extent();
        self.window = match way {
            Way::Back => self.window.earlier(self.zoom, extent),
            Way::On => self.window.later(self.zoom, extent),
        };
        self.settle();
    }

    /// Moves along the table; the day under the hands is that of the row.
    fn move_row(&mut self, command: Command, height: u16) -> bool {
        let count = self.rows().len();
        if !self.cursor.command(command, count, height) {
            return false;
        }
        self.day = self.rows().get(self.cursor.at).map(Row::date);
        true
    }

    fn moves(&mut self, command: Command, env: &Env<'_>) -> bool {
        let table = self.is_table(env.preferences.plain);
        if table && self.move_row(command, layout::table_rows(env.size).height.max(2)) {
            return true;
        }
        match command {
            Command::Left => self.step(Way::Back),
            Command::Right => self.step(Way::On),
            Command::Down | Command::NextSeries => self.choose(1),
            Command::Up | Command::PreviousSeries => self.choose(-1),
            Command::EarlierEntry | Command::PageUp => self.pan(Way::Back),
            Command::LaterEntry | Command::PageDown => self.pan(Way::On),
            Command::First => {
                self.window = Window::ending(self.zoom, self.extent().0, self.extent());
                self.day = Some(self.window.from);
                self.settle();
            }
            Command::Last => {
                self.window = Window::ending(self.zoom, self.extent().1, self.extent());
                self.day = Some(self.window.to);
                self.settle();
            }
            Command::ZoomIn => self.look_at(self.zoom.closer()),
            Command::ZoomOut => self.look_at(self.zoom.wider()),
            Command::AsTable => {
                self.table = !self.table;
                self.settle();
            }
            _ => return false,
        }
        true
    }

    /// The value under the cursor becomes what the others are compared with; there again, the first one is.
    fn compare_from_here(&mut self) -> Vec<Effect> {
        let Some(series) = self.series() else { return Vec::new() };
        let (key, name) = (series.key.clone(), series.name.clone());
        let Some(here) = self.sample().and_then(Baseline::of) else { return Vec::new() };
        let again = self.baseline.as_ref().is_some_and(|(of, old)| *of == key && *old == here);
        self.baseline = (!again).then_some((key, here));
        let words = self.baseline().map(|baseline| {
            let day = crate::clinical::time::show_date(baseline.date);
            format!("{name} is compared with {} of {day}", baseline.shown)
        });
        vec![Effect::Say(words.unwrap_or_default())]
    }

    /// The record behind the day under the cursor: the instrument, the visit, or the visit of what was done.
    fn open(&self) -> Option<Effect> {
        let row = self.rows().get(self.cursor.at).copied();
        let mark = match row {
            Some(Row::Mark(mark)) if self.table => Some(mark),
            _ => None,
        };
        let on_day = || self.trends.marks.iter().find(|mark| Some(mark.date) == self.day && mark.visit.is_some());
        if let Some(sample) = self.sample().filter(|_| mark.is_none()) {
            let patient = self.subject();
            if let (Some(result), Some(SeriesKey::Instrument(id))) = (sample.result, self.series().map(|s| &s.key)) {
                let (instrument, result) = (id.clone(), Some(result));
                return Some(Effect::Open(Place::Instrument { patient, visit: sample.visit, instrument, result }));
            }
            return sample.visit.map(|visit| Effect::Open(Place::Assessment(visit)));
        }
        let mark = mark.or_else(on_day)?;
        let place = match mark.kind {
            crate::clinical::trend::MarkKind::Procedure => Place::Procedure(mark.visit?),
            _ => Place::Plan(self.subject()),
        };
        Some(Effect::Open(place))
    }

    /// Why a command would do nothing here.
    fn idle(&self, command: Command) -> Option<&'static str> {
        let why = match command {
            Command::ZoomIn
            | Command::ZoomOut
            | Command::EarlierEntry
            | Command::LaterEntry
            | Command::NextSeries
            | Command::PreviousSeries
            | Command::AsTable
            | Command::Open
            | Command::Why
            | Command::Baseline
                if self.trends.series.is_empty() =>
            {
                "no value is in this chart yet"
            }
            Command::ZoomIn if self.zoom == Zoom::Quarter => "this is as close as it goes",
            Command::ZoomOut if self.zoom == Zoom::All => "this is all there is",
            Command::NextSeries | Command::PreviousSeries if self.trends.series.len() < 2 => "this is the only value",
            Command::EarlierEntry if self.window.earlier(self.zoom, self.extent()) == self.window => {
                "nothing lies before"
            }
            Command::LaterEntry if self.window.later(self.zoom, self.extent()) == self.window => "nothing lies after",
            Command::Baseline if self.sample().and_then(Sample::confirmed).is_none() => {
                "there is no confirmed value on this day to compare with"
            }
            Command::Open if self.open().is_none() => "nothing of this day can be opened",
            Command::Why if self.sample().and_then(Sample::given).is_none() => "there is no value on this day",
            Command::Patient => "this is the patient's chart",
            Command::CopyOut | Command::CopySection => "trends are copied out with the summary of a visit",
            _ => return None,
        };
        Some(why)
    }

    fn mouse(&mut self, mouse: Mouse, env: &Env<'_>) {
        match mouse.kind {
            MouseKind::ScrollUp => _ = self.moves(Command::ZoomIn, env),
            MouseKind::ScrollDown => _ = self.moves(Command::ZoomOut, env),
            MouseKind::Press(_) if !self.table => {
                let plot =
                    course::plot(layout::of(env.size, self.trends.series.len(), &self.trends.marks, self.window).lead);
                if let Some(day) = course::day_at(self.window, plot, mouse.x) {
                    self.day = Some(day);
                    self.settle();
                }
            }
            MouseKind::Press(_) | MouseKind::Drag(_) | MouseKind::Release => {}
        }
    }
}

impl Surface for TrendsScreen {
    fn place(&self) -> Place {
        let look = TrendsLook {
            series: self.series().map(|series| series.key.clone()),
            zoom: Some(self.zoom),
            at: self.day,
            table: self.table,
        };
        Place::Trends { patient: self.subject(), look }
    }

    fn context(&self) -> Context {
        Context::Trends
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let patient = self.subject();
        if let Some(effects) = go(Page::Trends, command, patient) {
            return Some(effects);
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        if self.moves(command, env) {
            return Some(self.loaded());
        }
        Some(match command {
            Command::Open => vec![self.open()?],
            Command::Baseline => self.compare_from_here(),
            Command::Why => vec![said::why(self)?],
            other => vec![Effect::Open(Place::of_chart(other, patient, env.now.today())?)],
        })
    }

    fn cannot(&self, command: Command, _env: &Env<'_>) -> Option<String> {
        self.idle(command).map(str::to_owned)
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        match env.mouse(input) {
            Some(mouse) => {
                self.mouse(mouse, env);
                self.loaded()
            }
            None => Vec::new(),
        }
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
}
