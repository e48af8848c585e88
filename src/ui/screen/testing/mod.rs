//! For the tests of screens: a made-up day with everything a screen is lent, and the shortest way to press keys on a
//! screen and read what it shows. Invented people only.

mod full_day;

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Surface;
use crate::action::Keymap;
use crate::action::input::Input;
use crate::action::key::{Chord, Key};
use crate::clinical::answer::Answer;
use crate::clinical::board::records::PlanRecord;
use crate::clinical::board::{Board, DayRecords, VisitRecord, board};
use crate::clinical::check_in::CheckIn;
use crate::clinical::find::{PatientIndex, PatientName};
use crate::clinical::id::{AllergyId, AntithromboticId, Ids, PatientId, VisitId};
use crate::clinical::patient::{Allergy, Antithrombotic, Facts, Known, Patient, PatientFile, Sex};
use crate::clinical::plan::{ItemState, Modality, PlanItem};
use crate::clinical::practice::{Practice, Region};
use crate::clinical::task::{Owner, Task, TaskKind};
use crate::clinical::time::{Instant, Now, instant};
use crate::clinical::visit::{Visit, VisitKind, VisitState};
use crate::clinical::vocab::Vocab;
use crate::ui::chrome::names::guests;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, Message, Preferences, View};
use crate::ui::modal::Modal;
use crate::ui::place::Place;
use crate::ui::theme::{Look, Signs};
use crate::ui::widget::Canvas;

/// The zone of the made-up practice.
pub const ZONE: Tz = chrono_tz::Europe::Berlin;

/// A made-up practice on one of its days, with all a screen is lent.
pub struct World {
    /// The moment.
    pub now: Now,
    /// Identities.
    pub ids: Ids,
    /// The practice.
    pub practice: Practice,
    /// The settings.
    pub preferences: Preferences,
    /// The keys.
    pub keymap: Keymap,
    /// Every patient.
    pub patients: PatientIndex,
    /// Where conditions are found.
    pub code_sets: crate::clinical::code_set::CodeSets,
    /// The day's records; after a change call [`World::load`].
    pub records: DayRecords,
    /// The board of these records.
    pub board: Board,
    /// Who is in room today.
    pub guests: Vec<Patient>,
    /// The line above the footer.
    pub message: Message,
    /// Whether all names are hidden.
    pub names_hidden: bool,
    /// Whether this is the demo.
    pub demo: bool,
    /// Whether the record can only be read.
    pub read_only: bool,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Colours and signs.
    pub look: Look,
    people: Vec<PatientName>,
}

impl World {
    /// An empty day at a moment on the wall: `2026-11-24T10:14`.
    pub fn at(wall: &str) -> Self {
        let wall: NaiveDateTime = format!("{wall}:00").parse().unwrap();
        let now = Now { instant: instant(wall, ZONE), zone: ZONE };
        let mut ids = Ids::seeded(11);
        let records = DayRecords { date: wall.date(), follow_copies: true, ..DayRecords::default() };
        Self {
            practice: Practice {
                id: ids.next(now.instant),
                physician: "Dr A. Rivera".to_owned(),
                region: Region::Uk,
                zone: ZONE,
            },
            board: board(&records, now),
            guests: Vec::new(),
            records,
            now,
            ids,
            preferences: Preferences::default(),
            keymap: Keymap::default(),
            patients: PatientIndex::default(),
            code_sets: crate::clinical::code_set::CodeSets::default(),
            message: Message::None,
            names_hidden: false,
            demo: false,
            read_only: false,
            size: (120, 40),
            look: Look::default(),
            people: Vec::new(),
        }
    }

    /// Computes the board and the index of patients from the records as they now are.
    pub fn load(&mut self) {
        self.board = board(&self.records, self.now);
        if self.board.is_today {
            self.guests = guests(&self.board);
        }
        self.patients = PatientIndex::new(self.people.clone());
    }

    /// The records after a change, loaded.
    pub fn change(&mut self, change: impl FnOnce(&mut DayRecords)) {
        change(&mut self.records);
        self.load();
    }

    /// The moment at this time of the day's date, on the wall.
    pub fn moment(&self, time: &str) -> Instant {
        instant(self.records.date.and_time(format!("{time}:00").parse().unwrap()), ZONE)
    }

    /// An identity.
    pub fn id<T: From<uuid::Uuid>>(&mut self) -> T {
        self.ids.next(self.now.instant)
    }

    /// A patient: `OKAFOR Adaeze 1972-03-02 F A-1007`; what follows the names may be left out.
    pub fn patient(&mut self, line: &str) -> PatientFile {
        let mut words = line.split(' ');
        let (family, given) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let birth_date = words.next().and_then(|word| word.parse().ok());
        let sex = words.next().map(|word| if word == "F" { Sex::Female } else { Sex::Male });
        let number = words.next().map(str::to_owned);
        let patient = Patient {
            number: number.clone(),
            birth_date,
            sex,
            ..Patient::named(self.id(), family.replace('_', " "), given.replace('_', " "))
        };
        self.people.push(PatientName {
            id: patient.id,
            number,
            family: patient.family.clone(),
            given: patient.given.clone(),
            birth_date,
        });
        PatientFile { patient, facts: Facts::default(), problems: Vec::new() }
    }

    /// A visit of the day, with its state's stamps; `earlier` are the last headline scores, oldest first.
    pub fn visit(
        &mut self,
        start: &str,
        kind: VisitKind,
        state: VisitState,
        file: &PatientFile,
        reason: &str,
        earlier: &[u8],
    ) -> VisitId {
        let id = self.id();
        let date = self.records.date;
        let at = self.moment(start).min(self.now.instant);
        let start = format!("{start}:00").parse().unwrap();
        let mut visit = Visit::booked(id, Some(file.patient.id), date, start, kind);
        visit.reason = (!reason.is_empty()).then(|| reason.to_owned());
        for step in [VisitState::Here, VisitState::InRoom, VisitState::Left] {
            if state.is_live() && step <= state {
                visit = visit.with_state(step, at);
            }
        }
        if !state.is_live() {
            visit = visit.with_state(state, at);
        }
        let earlier = earlier.to_vec();
        self.records.visits.push(VisitRecord { earlier, ..VisitRecord::new(visit, Some(file.clone())) });
        id
    }

    /// The record of a visit of the day.
    pub fn record(&mut self, id: VisitId) -> &mut VisitRecord {
        self.records.visits.iter_mut().find(|record| record.visit.id == id).unwrap()
    }

    /// Completes the assessment of a visit with a score, and gives the plan record that waits for it.
    pub fn assessed(&mut self, id: VisitId, score: u8) {
        let assessment = self.id();
        let at = self.now.instant;
        let date = self.records.date;
        let record = self.record(id);
        record.scores.now = Some(Answer::Given(score));
        record.assessed = true;
        record.visit.recorded_at = Some(at);
        let file = record.file.clone().unwrap();
        self.records.plans.push(PlanRecord {
            assessment,
            visit: id,
            date,
            file,
            score: Some(score),
            answered_by: None,
            version: None,
            version_on: None,
            keeps: Vec::new(),
        });
    }

    /// The plan record of a visit's assessment.
    pub fn plan(&mut self, id: VisitId) -> &mut PlanRecord {
        self.records.plans.iter_mut().find(|plan| plan.visit == id).unwrap()
    }

    /// A running item of a plan.
    pub fn plan_item(&mut self, what: &str) -> PlanItem {
        PlanItem { state: ItemState::Active, ..PlanItem::new(self.id(), Modality::Medication, what) }
    }

    /// A task of the day.
    pub fn task(&mut self, what: &str, kind: TaskKind, owner: Owner, file: Option<&PatientFile>) -> Task {
        let task = Task {
            id: self.id(),
            patient: file.map(|file| file.patient.id),
            visit: None,
            kind,
            what: what.to_owned(),
            due: None,
            owner,
            caught_at: self.now.instant,
            done_at: None,
            result: String::new(),
            let_go: None,
        };
        self.records.tasks.push((task.clone(), file.cloned()));
        task
    }

    /// A check-in due on the day.
    pub fn check_in(&mut self, about: &str, attempts: u8, file: &PatientFile) -> CheckIn {
        let check_in = CheckIn {
            id: self.id(),
            patient: file.patient.id,
            session: None,
            visit: None,
            about: about.to_owned(),
            due: self.records.date,
            owner: Owner::Me,
            attempts,
            done: None,
            let_go: None,
        };
        self.records.check_ins.push((check_in.clone(), file.clone()));
        check_in
    }

    /// An allergy list of one.
    pub fn allergic_to(&mut self, file: &mut PatientFile, substance: &str) {
        let id: AllergyId = self.id();
        let on = Some(self.records.date);
        file.facts.allergies = Known::Listed(vec![Allergy { id, substance: substance.to_owned(), reaction: None }], on);
    }

    /// An antithrombotic list of one.
    pub fn takes(&mut self, file: &mut PatientFile, drug: &str) {
        let id: AntithromboticId = self.id();
        let on = Some(self.records.date);
        file.facts.antithrombotics = Known::Listed(vec![Antithrombotic { id, drug: drug.to_owned(), dose: None }], on);
    }

    /// A full day, part of it done: nine assessments, four procedures, plans due and paperwork of every kind, at 10:14.
    pub fn day() -> Self {
        let mut world = Self::at("2026-11-24T10:14");
        full_day::full_day(&mut world);
        world.load();
        world
    }

    /// A day of this many follow-ups, fifteen minutes each from 07:00.
    pub fn long_day(visits: u32) -> Self {
        let mut world = Self::at("2026-11-24T10:14");
        for n in 0..visits {
            let file = world.patient(&format!("FAMILY{n:02} Given 19{:02}-05-09 F", 40 + n % 50));
            let minutes = 7 * 60 + n * 15;
            let start = format!("{:02}:{:02}", minutes / 60, minutes % 60);
            let state = if minutes < 10 * 60 { VisitState::Left } else { VisitState::Booked };
            let id = world.visit(&start, VisitKind::FollowUp, state, &file, "low back pain", &[5, 6]);
            world.record(id).visit.minutes = 15;
            if state == VisitState::Left {
                world.assessed(id, 4);
            }
        }
        world.load();
        world
    }

    /// What goes with drawing.
    pub fn view(&self) -> View<'_> {
        View {
            now: self.now,
            keymap: &self.keymap,
            practice: &self.practice,
            preferences: &self.preferences,
            patients: &self.patients,
            board: &self.board,
            records: &self.records,
            message: &self.message,
            names_hidden: self.names_hidden,
            guests: &self.guests,
            columns: self.size.0,
            demo: self.demo,
            read_only: self.read_only,
        }
    }

    /// What goes with input.
    pub fn env(&mut self) -> Env<'_> {
        Env {
            now: self.now,
            ids: &mut self.ids,
            practice: &self.practice,
            preferences: &self.preferences,
            keymap: &self.keymap,
            patients: &self.patients,
            code_sets: &self.code_sets,
            board: &self.board,
            records: &self.records,
            size: self.size,
        }
    }

    /// Presses keys, as the app would give them to the screen: what the key map binds as a command, the rest as input.
    /// Keys are written as in the binding table, with blanks between: `j j Enter`.
    pub fn press(&mut self, screen: &mut impl Surface, keys: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        for key in keys.split(' ').filter(|key| !key.is_empty()) {
            let key: Key = key.parse::<Chord>().unwrap().key();
            let command = self.keymap.command(screen.context(), key);
            let own = !(screen.takes_text() && key.types().is_some());
            let done = command.filter(|_| own).and_then(|command| screen.command(command, &mut self.env()));
            effects.extend(done.unwrap_or_else(|| screen.input(&Input::Key(key), &mut self.env())));
        }
        effects
    }

    /// Gives the screen an input.
    pub fn input(&mut self, screen: &mut impl Surface, input: &Input) -> Vec<Effect> {
        screen.input(input, &mut self.env())
    }

    /// The screen as it is drawn at the world's size.
    pub fn draw(&self, screen: &impl Surface) -> Buffer {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buf = Buffer::empty(area);
        let look = Look { plain: self.preferences.plain, ..self.look };
        screen.render(&mut Canvas::new(&mut buf, look), area, &self.view());
        buf
    }

    /// The screen in these sizes, each under its name; the world keeps the last.
    pub fn in_sizes(&mut self, screen: &impl Surface, sizes: &[(u16, u16)]) -> String {
        let mut all = String::new();
        for &size in sizes {
            self.size = size;
            all += &format!("── {}×{}\n{}", size.0, size.1, self.show(screen));
        }
        all
    }

    /// The screen with names hidden, in signs of ASCII and in plain lines; the world keeps the last two.
    pub fn in_modes(&mut self, screen: &impl Surface) -> String {
        self.names_hidden = true;
        let mut all = format!("── names hidden\n{}", self.show(screen));
        self.names_hidden = false;
        self.look = Look { signs: Signs::Ascii, ..Look::default() };
        all += &format!("── ascii\n{}", self.show(screen));
        self.preferences.plain = true;
        all + &format!("── plain\n{}", self.show(screen))
    }

    /// Proves that none of these words is on the screen while all names are hidden, drawn or in plain lines.
    pub fn shows_no(&mut self, screen: &impl Surface, words: &[&str]) {
        self.names_hidden = true;
        for plain in [false, true] {
            self.preferences.plain = plain;
            let shown = self.show(screen).to_lowercase();
            for word in words {
                assert!(!shown.contains(word), "{word}\n{shown}");
            }
        }
    }

    /// The text of the screen as it is drawn.
    pub fn show(&self, screen: &impl Surface) -> String {
        text(&self.draw(screen))
    }
}

/// What effects ask for, a short line each.
pub fn told(effects: &[Effect]) -> Vec<String> {
    effects.iter().map(tell).collect()
}

fn tell(effect: &Effect) -> String {
    match effect {
        Effect::Write(write, _) => format!("write: {}", write.act()),
        Effect::Open(place) => format!("open {}", place_name(place)),
        Effect::Replace(place) => format!("replace by {}", place_name(place)),
        Effect::Show(modal) => match &**modal {
            Modal::Choice(choice) => {
                let keys: String = choice.options.iter().map(|option| option.key).collect();
                format!("choice {} · {} [{keys}]", choice.title, choice.about)
            }
            Modal::Prompt(prompt) => format!("prompt {}", prompt.title()),
            Modal::QuickScore(score) => format!("score {}", score.name),
            Modal::Reading(reading) => format!("read {}", reading.title),
            Modal::Instruments(list) => format!("instruments for {}", list.about),
            Modal::Keys(_) => "keys".to_owned(),
            Modal::Palette(_) => "palette".to_owned(),
        },
        Effect::ShowDay(date) => format!("show {date}"),
        Effect::CopyOut { section, .. } => match section {
            Some(section) => format!("copy out {}", section.label()),
            None => "copy out".to_owned(),
        },
        Effect::Refuse(why) => format!("refuse: {why}"),
        other => format!("{other:?}"),
    }
}

fn place_name(place: &Place) -> String {
    let shown = format!("{place:?}");
    shown.split(['(', ' ', '{']).next().unwrap_or_default().to_owned()
}

/// The text of a buffer, a line a row.
pub fn text(buf: &Buffer) -> String {
    let mut lines = String::new();
    for y in 0..buf.area.height {
        let mut line = String::new();
        let mut hidden = 0;
        for x in 0..buf.area.width {
            let symbol = buf[(x, y)].symbol();
            if hidden == 0 {
                line.push_str(symbol);
                hidden = crate::clinical::text::width(symbol).max(1);
            }
            hidden -= 1;
        }
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    lines
}

/// The identity of the patient whose family name this is.
pub fn who(world: &World, family: &str) -> PatientId {
    world.patients.all().iter().find(|name| name.family == family).unwrap().id
}
