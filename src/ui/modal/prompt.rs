//! A prompt: one line to type, and what it is for. What cannot be read is said beneath; the line stays.

use std::path::PathBuf;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::Done;
use super::follow::FollowAsk;
use super::reading::wrap;
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::action::write::{DiagnosticChange, VisitChange};
use crate::action::{ScaleWrite, Write};
use crate::clinical::board::ItemKey;
use crate::clinical::bring_in::Kind;
use crate::clinical::close::{Decision, DecisionKind};
use crate::clinical::diagnostic::Diagnostic;
use crate::clinical::draft::DraftKey;
use crate::clinical::id::{AssessmentId, InstrumentResultId, MedicationId, PatientId, VisitId};
use crate::clinical::import::ask::Asked;
use crate::clinical::text::clean_line;
use crate::clinical::time::{show_day, show_time};
use crate::clinical::typed::{DateSense, Reading as Typed, read_date, read_time};
use crate::clinical::visit::{Aftermath, Visit, VisitState};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::line::Line;
use crate::ui::place::Place;
use crate::ui::question::{Question, Typed as HalfTyped};
use crate::ui::screen::DraftBody;
use crate::ui::screen::diagnostics::step::put_diagnostic;
use crate::ui::screen::import::asking::{days, typed_days, with_pattern};
use crate::ui::theme::Role;
use crate::ui::widget::input::Shown;
use crate::ui::widget::modal::Modal as Frame;
use crate::ui::widget::{Canvas, columns, row};

/// The columns of the line.
const WIDE: u16 = 66;
/// So many lines at most say what is asked about.
const ABOUT: u16 = 3;

/// What the line is for.
#[derive(Debug)]
pub enum Purpose {
    /// Show the day that is typed.
    GoToDate,
    /// Move the visit to the time, the day, or both.
    Move(Box<Visit>),
    /// Carry an open item to a date.
    Carry {
        /// Which item.
        item: ItemKey,
        /// The visit whose assessment or procedure it is.
        visit: Option<VisitId>,
        /// The day whose close it is.
        day: NaiveDate,
    },
    /// Close an open item with a reason.
    LetGo {
        /// Which item.
        item: ItemKey,
        /// The visit whose assessment or procedure it is.
        visit: Option<VisitId>,
        /// The day whose close it is.
        day: NaiveDate,
    },
    /// Cancel the visit, with why.
    Cancel(Box<Visit>),
    /// Let a no-show go, with why.
    LetVisitGo(Box<Visit>),
    /// Write what was done about a red flag.
    RedFlag {
        /// Of which assessment.
        assessment: AssessmentId,
        /// Of whom.
        patient: PatientId,
    },
    /// Write what was done about an answer that must not wait.
    Screen {
        /// Which result.
        result: InstrumentResultId,
        /// Of whom.
        patient: PatientId,
    },
    /// The reason why a medicine is given although something speaks against it, and what is kept with it.
    Caution {
        /// What is kept: a medicine, or a plan.
        write: Box<Write>,
        /// Whose.
        patient: PatientId,
        /// The caution, by its name.
        caution: String,
        /// The draft that is done with.
        draft: DraftKey,
    },
    /// Stop a medicine, with why.
    StopMedicine {
        /// Whose.
        patient: PatientId,
        /// Which.
        medicine: MedicationId,
        /// Its line.
        line: String,
        /// What goes with it.
        with: Vec<Write>,
    },
    /// Write what was done about a result.
    ActOnResult(Box<Diagnostic>),
    /// What the long follow-up asks.
    Follow(Box<FollowAsk>),
    /// Read a schedule from this file.
    ImportFile,
    /// Look at other days of the schedule.
    ImportDays(Box<Asked>),
    /// Say how a title of the schedule names a patient.
    ImportPattern(Box<Asked>),
    /// Save what was recognised in the schedule.
    SaveMapping,
    /// Mend a line that is brought in.
    MendLine {
        /// Of whom.
        patient: PatientId,
        /// Which row.
        at: usize,
        /// As what it is read; none lets its shape say.
        kind: Option<Kind>,
    },
    /// Type a line to bring in.
    NewLine {
        /// For whom.
        patient: PatientId,
    },
}

/// The prompt.
#[derive(Debug)]
pub struct Prompt {
    title: String,
    about: String,
    hint: &'static str,
    line: Line,
    purpose: Purpose,
    /// What is wrong with the line, or how it is read.
    note: Option<(Role, String)>,
}

impl Prompt {
    /// A prompt for a purpose, about somebody.
    pub fn new(purpose: Purpose, about: impl Into<String>) -> Self {
        let (title, hint) = match &purpose {
            Purpose::GoToDate => ("Go to date", "24 nov, mon, +2w"),
            Purpose::Move(_) => ("Move to", "1430, or mon 0900, or +1w"),
            Purpose::Carry { .. } => ("Carry to", "tomorrow, mon, +1w"),
            Purpose::LetGo { .. } => ("Close, because", "the reason, in a few words"),
            Purpose::Cancel(_) => ("Cancelled, because", "the reason, or nothing"),
            Purpose::LetVisitGo(_) => ("Let go, because", "the reason, in a few words"),
            Purpose::RedFlag { .. } => ("Done about the red flag", "what was done, and by whom"),
            Purpose::Screen { .. } => ("Done about this answer", "what was done, and by whom"),
            Purpose::Caution { .. } => ("Kept, because", "the reason, or nothing"),
            Purpose::StopMedicine { .. } => ("Stop, because", "the reason: no effect, tired, rash…"),
            Purpose::ActOnResult(_) => ("Done about the result", "what was done; or: nothing to do"),
            Purpose::Follow(ask) => ask.words(),
            Purpose::ImportFile => ("Import a schedule", "the file: calendar.ics or table.csv"),
            Purpose::ImportDays(_) => ("Days looked at", "24 nov to 28 nov; a first day alone; nothing is the usual"),
            Purpose::ImportPattern(_) => ("How a title names a patient", "Pain visit: {given} {family}"),
            Purpose::SaveMapping => ("Save the mapping as", "a name: front desk"),
            Purpose::MendLine { .. } => ("Mend the line", "what it should say"),
            Purpose::NewLine { .. } => {
                ("A line of your own", "TFESI L5 left, Apr 2023, by Dr Reyes; or an allergy, a medicine")
            }
        };
        Self { title: title.to_owned(), about: about.into(), hint, line: Line::default(), purpose, note: None }
    }

    /// The same with a text to begin with.
    #[must_use]
    pub fn with(mut self, text: &str) -> Self {
        self.line = Line::new(text);
        self
    }

    /// What is asked.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The question, as data.
    pub fn question(&self) -> Question {
        Question::of(&self.purpose)
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.line.text().trim().is_empty()
    }

    /// What was typed, as the draft of the question.
    pub fn draft(&self) -> DraftBody {
        let typed =
            HalfTyped { about: self.about.clone(), text: self.line.text().to_owned(), cursor: self.line.cursor() };
        let body = serde_json::to_string(&typed).unwrap_or_default();
        DraftBody { key: self.question().draft_key(), body }
    }

    /// The answer as it was half typed before. One that cannot be read leaves the prompt as it is.
    pub fn restore(&mut self, body: &str) {
        if let Ok(typed) = serde_json::from_str::<HalfTyped>(body) {
            self.line = Line::new(&typed.text).at(typed.cursor);
        }
    }

    /// Takes an input.
    pub fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Done {
        if let Input::Key(key) = input {
            match key.code {
                KeyCode::Esc => return Done::left(),
                KeyCode::Enter => {
                    return match self.finish(env) {
                        Ok(effects) => Done::Close(effects),
                        Err(why) => {
                            self.note = Some((Role::Danger, why));
                            Done::Stay
                        }
                    };
                }
                _ => {}
            }
        }
        if self.line.take(input) {
            self.note = self.read_back(env).map(|words| (Role::Second, words));
        }
        Done::Stay
    }

    fn typed(env: &Env<'_>) -> Typed {
        Typed::of(env.practice.region, env.now.wall())
    }

    /// How the line is read so far, shown back in letters before it is kept.
    fn read_back(&self, env: &Env<'_>) -> Option<String> {
        let text = self.line.text();
        match &self.purpose {
            Purpose::GoToDate | Purpose::Carry { .. } => {
                read_date(text, &Self::typed(env), DateSense::Ahead).ok().map(show_day)
            }
            Purpose::Move(visit) => moved(visit, text, &Self::typed(env)).ok().map(|visit| {
                let start = visit.start.map(show_time).unwrap_or_default();
                format!("{} {start}", show_day(visit.date))
            }),
            Purpose::ImportDays(asked) => {
                let asked = typed_days(asked, text, &Self::typed(env)).ok()?;
                Some(days(asked.window(env.now.today())))
            }
            _ => None,
        }
    }

    fn finish(&mut self, env: &mut Env<'_>) -> Result<Vec<Effect>, String> {
        let text = clean_line(self.line.text());
        let typed = Self::typed(env);
        let reason =
            |text: &str| if text.is_empty() { Err("a reason is needed, in a few words".to_owned()) } else { Ok(()) };
        match &self.purpose {
            Purpose::GoToDate => {
                let date = read_date(&text, &typed, DateSense::Near).map_err(|why| why.to_string())?;
                Ok(vec![Effect::ShowDay(date)])
            }
            Purpose::Move(visit) => {
                let mut to = moved(visit, &text, &typed)?;
                // Whoever waits here today does not wait there on another day.
                if to.date != visit.date && to.state != VisitState::Booked {
                    to = to.with_state(VisitState::Booked, env.now.instant);
                }
                Ok(vec![change(to, VisitChange::Moved)])
            }
            Purpose::Carry { item, visit, day } => {
                let to = read_date(&text, &typed, DateSense::Ahead).map_err(|why| why.to_string())?;
                if to <= *day {
                    return Err("carry it to a later day".to_owned());
                }
                Ok(vec![decide(env, *item, *visit, *day, Some(to), "")])
            }
            Purpose::LetGo { item, visit, day } => {
                reason(&text)?;
                Ok(vec![decide(env, *item, *visit, *day, None, &text)])
            }
            Purpose::Cancel(visit) => {
                let mut visit = visit.with_state(VisitState::Cancelled, env.now.instant);
                visit.end_reason = (!text.is_empty()).then_some(text);
                Ok(vec![change(visit, VisitChange::Cancelled)])
            }
            Purpose::LetVisitGo(visit) => {
                reason(&text)?;
                let mut visit = (**visit).clone();
                visit.aftermath = Aftermath::LetGo;
                visit.end_reason = Some(text);
                Ok(vec![change(visit, VisitChange::Followed)])
            }
            Purpose::RedFlag { assessment, patient } => {
                if text.is_empty() {
                    return Err("write what was done".to_owned());
                }
                let write = Write::ActOnRedFlag { assessment: *assessment, patient: *patient, action: text };
                Ok(vec![Effect::write(write)])
            }
            Purpose::Screen { result, patient } => {
                if text.is_empty() {
                    return Err("write what was done".to_owned());
                }
                let act = ScaleWrite::Action { result: *result, patient: *patient, action: text };
                Ok(vec![Effect::write(Write::Scale(act))])
            }
            Purpose::Caution { .. } | Purpose::StopMedicine { .. } => {
                Ok(super::medicine::acts(&self.purpose, &text, env))
            }
            Purpose::ActOnResult(result) => {
                if text.is_empty() {
                    return Err("write what was done, also where that is: nothing".to_owned());
                }
                let diagnostic = result.acted_on(text, env.now.today(), env.now.instant);
                Ok(vec![put_diagnostic(diagnostic, DiagnosticChange::ActedOn)])
            }
            Purpose::Follow(ask) => ask.finish(text, env),
            Purpose::ImportFile => {
                if text.is_empty() {
                    return Err("type the name of a file".to_owned());
                }
                Ok(vec![Effect::Replace(Place::Import(vec![PathBuf::from(text)]))])
            }
            Purpose::ImportDays(asked) => {
                let asked = typed_days(asked, self.line.text(), &typed)?;
                Ok(vec![Effect::ReadSchedule(Box::new(asked))])
            }
            Purpose::ImportPattern(asked) => {
                let asked = with_pattern(asked, &text)?;
                Ok(vec![Effect::ReadSchedule(Box::new(asked))])
            }
            Purpose::SaveMapping => {
                let name = if text.is_empty() { self.about.clone() } else { text };
                if name.is_empty() {
                    return Err("type a name".to_owned());
                }
                Ok(vec![Effect::SaveMapping(name)])
            }
            Purpose::MendLine { .. } | Purpose::NewLine { .. } if text.is_empty() => {
                Err("type the line; Esc leaves it as it was".to_owned())
            }
            Purpose::MendLine { at, kind, .. } => Ok(vec![Effect::ReadLine { at: *at, kind: *kind, line: text }]),
            Purpose::NewLine { .. } => Ok(vec![Effect::ReadLines(text)]),
        }
    }

    /// Draws the prompt: whom it is about, the line, how it is read, and the keys.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let asked = view.names().asked(&self.about).into_owned();
        let wide = usize::from(WIDE.min(area.width.saturating_sub(4)).max(1));
        let lines = if asked.is_empty() { Vec::new() } else { wrap(&asked, wide) };
        let about = columns(lines.len()).min(ABOUT);
        let frame = Frame { title: &self.title, width: WIDE, height: 3 + about, ..Frame::default() };
        let inside = frame.paint(canvas, area);
        for (down, line) in (0..about).zip(&lines) {
            canvas.text(row(inside, down), Role::Text, line);
        }
        let mut line = self.line.widget(self.hint);
        line.shown = if view.names_hidden && about > 0 { Shown::Masked } else { Shown::Plain };
        line.paint(canvas, row(inside, about));
        if let Some((role, words)) = &self.note {
            canvas.text(row(inside, about + 1), *role, words);
        }
        let does = match self.purpose {
            Purpose::GoToDate => "Enter shows that day · Esc leaves it",
            Purpose::Move(_) => "Enter moves the visit · Esc leaves it",
            Purpose::ImportFile => "Enter reads it; nothing is changed yet · Esc leaves it",
            _ => "Enter keeps it · Esc leaves it",
        };
        canvas.text(row(inside, about + 2), Role::Faint, does);
    }
}

fn change(visit: Visit, change: VisitChange) -> Effect {
    Effect::write(Write::ChangeVisit { visit, change })
}

fn decide(
    env: &mut Env<'_>,
    item: ItemKey,
    visit: Option<VisitId>,
    day: NaiveDate,
    to: Option<NaiveDate>,
    reason: &str,
) -> Effect {
    let visit = matches!(item, ItemKey::Assessment(_) | ItemKey::Procedure(_)).then_some(visit).flatten();
    Effect::write(Write::Decide(Decision {
        id: env.ids.next(env.now.instant),
        item,
        visit,
        day,
        kind: if to.is_some() { DecisionKind::Carried } else { DecisionKind::Closed },
        to,
        reason: reason.to_owned(),
        at: env.now.instant,
    }))
}

/// The visit at the time, day, or both that were typed.
fn moved(visit: &Visit, text: &str, typed: &Typed) -> Result<Visit, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("type a time, a day, or both".to_owned());
    }
    let mut moved = visit.clone();
    if let Ok(time) = read_time(text, typed) {
        moved.start = Some(time);
        return Ok(moved);
    }
    let as_date = read_date(text, typed, DateSense::Ahead);
    if let Ok(date) = as_date {
        moved.date = date;
        return Ok(moved);
    }
    for (at, _) in text.match_indices(' ') {
        let (left, right) = (&text[..at], text[at..].trim());
        for (day, time) in [(left, right), (right, left)] {
            if let (Ok(date), Ok(time)) = (read_date(day, typed, DateSense::Ahead), read_time(time, typed)) {
                moved.date = date;
                moved.start = Some(time);
                return Ok(moved);
            }
        }
    }
    Err(as_date.err().map_or_else(String::new, |why| why.to_string()))
}
