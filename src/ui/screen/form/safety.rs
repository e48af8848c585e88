//! The strip of cautions beside the forms of a visit: what the patient's medicines come to and ask for, as they are and as
//! they would be. Quiet: a caution whose reason was kept today is not said again.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::parts::WIDE;
use crate::clinical::caution::{self, Caution, Strip};
use crate::clinical::exposure::Exposure;
use crate::clinical::facts::Severity;
use crate::clinical::figure;
use crate::clinical::monitoring::Monitoring;
use crate::clinical::monitoring::rule::OwnRule;
use crate::clinical::patient::{Known, Medication, PatientFile};
use crate::clinical::practice::Region;
use crate::clinical::text::clean_line;
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::theme::Role;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::{Canvas, columns, inset, row};

/// What the strip is computed from.
#[derive(Debug, Clone, Copy)]
pub struct From<'a> {
    /// The patient.
    pub file: &'a PatientFile,
    /// What was checked, and when.
    pub monitoring: &'a Monitoring,
    /// The newest complete score of function.
    pub function: Option<(NaiveDate, u16)>,
    /// The physician's own clocks of monitoring.
    pub own: &'a [OwnRule],
    /// Today.
    pub today: NaiveDate,
}

/// The strip as it is, and as it would be with another list.
#[derive(Debug)]
pub struct Safety {
    /// The strip as it stands beside the form.
    pub strip: Strip,
    /// The strip of the list as it is in the record.
    pub before: Strip,
    /// The figure, or how it would move; empty where there is no opioid.
    pub figure: String,
    /// The figure, reckoned.
    pub exposure: Exposure,
    /// Whether what is typed moves the figure.
    moves: bool,
    /// Names of cautions for which a reason was kept today.
    told: Vec<String>,
}

/// At most so many lines stand beside a form.
const MOST: usize = 7;

impl Safety {
    /// Of the list as it is; with `after`, as it would be.
    pub fn of(from: From<'_>, after: Option<&Known<Medication>>) -> Self {
        let From { file, monitoring, function, own, today } = from;
        let strip = |file: &PatientFile| caution::strip(&caution::Input { file, function, monitoring, own, today });
        let (before, now) = (strip(file), Exposure::of(&file.facts.medications, &file.facts.opioid));
        let told = file.facts.opioid.told_on(today).into_iter().map(str::to_owned).collect();
        let Some(after) = after.filter(|after| **after != file.facts.medications) else {
            let figure = if now.drugs.is_empty() { String::new() } else { now.headline() };
            return Self { strip: before.clone(), before, figure, exposure: now, moves: false, told };
        };
        let mut planned = file.clone();
        planned.facts.medications = after.clone();
        let then = Exposure::of(after, &planned.facts.opioid);
        let region = file.facts.opioid.region.unwrap_or(Region::Other);
        let none = now.drugs.is_empty() && then.drugs.is_empty();
        let figure = if none { String::new() } else { now.to(&then, region) };
        let moves = now.figure() != then.figure();
        Self { strip: strip(&planned), before, figure, exposure: then, moves, told }
    }

    /// Whether what is typed moves the figure.
    pub const fn moves(&self) -> bool {
        self.moves
    }

    fn told(&self) -> Vec<&str> {
        self.told.iter().map(String::as_str).collect()
    }

    /// The one caution that an act would raise and that is asked about.
    pub fn question(&self) -> Option<&Caution> {
        self.strip.question(&self.before, &self.told())
    }

    /// Whether there is nothing to say.
    fn is_quiet(&self) -> bool {
        self.strip.is_clean() && self.figure.is_empty()
    }

    /// In one line, where nothing stands beside the form; none where there is nothing to say.
    pub fn notice(&self, view: &View<'_>) -> Option<(Role, String)> {
        if self.is_quiet() || (view.columns >= WIDE && !view.preferences.plain) {
            return None;
        }
        // How it moves stands on the line above already.
        let figure = if self.moves { String::new() } else { self.figure.clone() };
        let parts = [figure, clean_line(&self.strip.line(&self.told()))];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Some((Role::Second, parts.join(" · ")))
    }

    /// The lines beside the form: what is grave by itself, what else is to be thought of in one run, what is not checked.
    fn lines(&self, width: usize) -> Vec<(Role, String)> {
        let told = self.told();
        let fresh = |caution: &&Caution| !told.contains(&caution.name.as_str());
        let all: Vec<&Caution> = self.strip.cautions.iter().chain(&self.strip.absent).filter(fresh).collect();
        let (grave, other): (Vec<&Caution>, Vec<&Caution>) =
            all.into_iter().partition(|caution| caution.severity >= Severity::High);
        let other: Vec<&str> = other.into_iter().map(|caution| caution.short.as_str()).collect();
        let mut out: Vec<(Role, String)> = Vec::new();
        let mut add = |role, text: &str| {
            let lines = wrap(&clean_line(text), width.max(1));
            out.extend(lines.into_iter().map(|line| (role, line)));
        };
        for caution in grave {
            add(Role::Danger, &caution.short);
        }
        add(Role::Wants, &other.join(" · "));
        if let Some(not) = self.strip.not_checked() {
            add(Role::Wants, &not);
        }
        let kept = told
            .iter()
            .filter(|name| self.strip.cautions.iter().chain(&self.strip.absent).any(|caution| caution.name == **name));
        match kept.count() {
            0 => {}
            n => add(Role::Faint, &format!("{n} with a reason kept today")),
        }
        if out.is_empty() {
            add_clean(&mut out, &self.strip);
        }
        out
    }

    /// Draws the strip on top of what stands beside a form, and gives what is left below it.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) -> Rect {
        if self.is_quiet() || area.height < 12 {
            return area;
        }
        let mut lines = self.lines(usize::from(area.width.saturating_sub(4)));
        if lines.len() > MOST {
            let more = lines.len() - (MOST - 1);
            lines.truncate(MOST - 1);
            lines.push((Role::Faint, format!("and {more} lines more: in the medicines")));
        }
        let height = columns(lines.len()).saturating_add(2).min(area.height);
        let name = match (self.moves, self.figure.is_empty()) {
            (true, _) => "Cautions, once it is set",
            (false, true) => "Cautions",
            (false, false) => &self.figure,
        };
        let pane = Pane { name, ..Pane::default() };
        let inside = inset(pane.paint(canvas, Rect { height, ..area }), 1, 1);
        for (down, (role, line)) in (0..inside.height).zip(&lines) {
            canvas.text(row(inside, down), *role, &view.names().asked(line));
        }
        Rect { y: area.y + height, height: area.height - height, ..area }
    }

    /// Every rule that speaks, with its source and date.
    pub fn why(&self) -> String {
        let mut lines = vec![self.figure.clone()];
        lines.extend(figure::mme(&self.exposure).map(|account| account.page()));
        lines.retain(|line| !line.is_empty());
        lines.push(self.strip.page());
        lines.join("\n\n")
    }
}

fn add_clean(out: &mut Vec<(Role, String)>, strip: &Strip) {
    out.push((Role::Second, strip.line(&[])));
}
