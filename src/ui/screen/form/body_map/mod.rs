//! The body map over a form: front and back to choose on, the list beside them, the symptoms of widespread pain below.
//!
//! It lies over the form like a sheet: what is marked goes into the form's own draft at once, so drafts, undo and a lock
//! hold it as they hold every field, and closing it returns to the very field and cursor. Letters are codes: three of them
//! choose a region. Digits say how much; there are no timers, so the same keys always mean the same.

mod draw;
mod list;
mod symptoms;
#[cfg(test)]
mod tests;

pub use draw::Parts;

use crate::action::Command;
use crate::action::form_command::FormCommand;
use crate::clinical::body::figure::{Direction, neighbour};
use crate::clinical::body::{Body, BodyRegion, Intensity, Line, MapOn, PainMap, Quality, Symptoms};
use crate::form::{AnyForm, Form, In, Key, Out};

/// What the map was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// A command of the key table.
    Command(Command),
    /// A key that every editor has.
    Editing(FormCommand),
    /// A plain character.
    Char(char),
    /// A click on a region.
    Region(BodyRegion),
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Did {
    /// At most what is shown changed.
    Shown,
    /// The map or the symptoms are now so.
    Changed(Body),
    /// Back to the form.
    Closed,
    /// Not the map's.
    Passed,
}

/// What the next key belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waits {
    /// To the region.
    Nothing,
    /// A `1` stands that a `0` makes ten.
    Nought,
    /// A letter of a quality.
    Quality,
    /// The region to which the pain goes, chosen by arrows so far.
    Radiates(BodyRegion),
    /// A region: what was typed named none, so what follows is not for the one chosen before.
    Region,
}

/// The body map over a form.
pub struct MapView {
    at: BodyRegion,
    /// Letters of a code that is not whole yet.
    letters: String,
    waits: Waits,
    /// A word about the last key.
    said: Option<String>,
    symptoms: Form<Symptoms>,
    in_symptoms: bool,
}

impl std::fmt::Debug for MapView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MapView").field("at", &self.at).finish_non_exhaustive()
    }
}

impl MapView {
    /// Opens the map on a region, else on what hurts most now or hurt most then.
    pub fn open(body: &Body, last: Option<&MapOn>, at: Option<BodyRegion>, env: &crate::form::Env<'_>) -> Self {
        let first = |map: &PainMap| map.by_intensity().first().map(|(region, _)| *region);
        let at = at.or_else(|| first(&body.map)).or_else(|| last.and_then(|last| first(&last.map)));
        Self {
            at: at.unwrap_or(BodyRegion::START),
            letters: String::new(),
            waits: Waits::Nothing,
            said: None,
            symptoms: Form::open(symptoms::definition(), body.symptoms.clone(), None, env),
            in_symptoms: false,
        }
    }

    /// The chosen region.
    pub const fn at(&self) -> BodyRegion {
        self.at
    }

    /// Whether the hands are at the symptoms.
    pub const fn in_symptoms(&self) -> bool {
        self.in_symptoms
    }

    /// Brings the symptoms in order after the form changed them: by undo.
    pub fn follow(&mut self, body: &Body, env: &crate::form::Env<'_>) {
        self.symptoms.change(env, |symptoms| symptoms.clone_from(&body.symptoms));
    }

    /// Does what was asked; `body` is what stands in the draft now.
    pub fn ask(&mut self, ask: Ask, body: &Body, last: Option<&MapOn>, env: &crate::form::Env<'_>) -> Did {
        self.said = None;
        if self.in_symptoms {
            return self.ask_symptoms(ask, body, env);
        }
        let waits = std::mem::replace(&mut self.waits, Waits::Nothing);
        let did = match ask {
            Ask::Char(c) => self.char(c, waits, body),
            Ask::Region(region) => {
                self.letters.clear();
                self.choose(region, waits, body)
            }
            Ask::Command(command) => self.command(command, waits, body, last),
            Ask::Editing(command) => self.editing(command, waits, body, last),
        };
        if self.in_symptoms {
            // Always at the same question, so that the same keys give the same answers.
            let first = if ask == Ask::Editing(FormCommand::Previous) { symptoms::LAST } else { symptoms::FIRST };
            self.symptoms.go(Key::of(first), env);
        }
        did
    }

    fn ask_symptoms(&mut self, ask: Ask, body: &Body, env: &crate::form::Env<'_>) -> Did {
        let input = match ask {
            Ask::Command(Command::Back) => return self.show_figure(),
            Ask::Command(Command::BodyMap) => return Did::Closed,
            Ask::Command(command) => match FormCommand::of(command) {
                Some(command) => In::Cmd(command),
                None => return Did::Passed,
            },
            Ask::Editing(FormCommand::Next) if self.is_last_symptom() => return self.show_figure(),
            Ask::Editing(FormCommand::Previous) if self.is_first_symptom() => return self.show_figure(),
            Ask::Editing(command) => In::Cmd(command),
            Ask::Char(c) => In::Char(c),
            Ask::Region(region) => {
                self.at = region;
                return self.show_figure();
            }
        };
        // The last answer goes back to the figure, as an answer goes on to the next field.
        if self.is_last_symptom() && ask == Ask::Editing(FormCommand::Enter) {
            self.in_symptoms = false;
        }
        let out = self.symptoms.handle(input, env);
        self.said = self.symptoms.message().map(ToOwned::to_owned);
        match out {
            Out::Changed => Did::Changed(Body { symptoms: self.symptoms.value().clone(), ..body.clone() }),
            Out::Pass if matches!(ask, Ask::Char(_)) => {
                self.said = Some("that does nothing at this question".to_owned());
                Did::Shown
            }
            Out::Pass => Did::Passed,
            Out::Same | Out::Moved | Out::Open(..) | Out::Submit => Did::Shown,
        }
    }

    fn is_last_symptom(&self) -> bool {
        self.symptoms.pos().id == symptoms::LAST
    }

    fn is_first_symptom(&self) -> bool {
        self.symptoms.pos().id == symptoms::FIRST
    }

    fn show_figure(&mut self) -> Did {
        self.in_symptoms = false;
        Did::Shown
    }

    fn say(&mut self, words: impl Into<String>) -> Did {
        self.said = Some(words.into());
        Did::Shown
    }

    /// Changes the map; the same map again is no change.
    fn change(body: &Body, change: impl FnOnce(&mut PainMap)) -> Did {
        let mut after = body.clone();
        change(&mut after.map);
        if after == *body { Did::Shown } else { Did::Changed(after) }
    }

    fn char(&mut self, c: char, waits: Waits, body: &Body) -> Did {
        let at = self.at;
        match (c, waits) {
            (letter, Waits::Quality) if letter.is_alphabetic() => match Quality::of_key(letter) {
                Some(quality) => Self::change(body, |map| map.turn(at, quality)),
                None => self.say(format!("no quality has the letter {letter}")),
            },
            (_, Waits::Quality) => self.say("the quality was left as it is"),
            (letter, waits) if letter.is_alphabetic() => self.letter(letter, waits, body),
            (other, Waits::Region) => {
                self.waits = Waits::Region;
                self.say(format!("no region was named, so {other} was not taken"))
            }
            (digit, _) if !self.letters.is_empty() => {
                let letters = std::mem::take(&mut self.letters);
                self.waits = Waits::Region;
                self.say(format!("“{letters}” is no whole code, so {digit} was not taken"))
            }
            ('0', Waits::Nought) => Self::change(body, |map| map.set(at, Intensity::MOST)),
            (digit, Waits::Nothing | Waits::Nought) if digit.is_ascii_digit() => {
                let value = digit.to_digit(10).and_then(|value| u8::try_from(value).ok()).and_then(Intensity::new);
                self.waits = if digit == '1' { Waits::Nought } else { Waits::Nothing };
                value.map_or(Did::Shown, |value| Self::change(body, |map| map.set(at, value)))
            }
            (' ', Waits::Nothing | Waits::Nought) => match body.map.get(at) {
                Some(mark) if mark.intensity.is_some() || !mark.details().is_empty() => {
                    self.say("it is marked already: Delete takes the mark away")
                }
                Some(_) => Self::change(body, |map| map.clear(at)),
                None => Self::change(body, |map| map.mark(at)),
            },
            (other, _) => self.say(format!("{other} does nothing here")),
        }
    }

    fn letter(&mut self, letter: char, waits: Waits, body: &Body) -> Did {
        self.letters.extend(letter.to_lowercase());
        if let Some(region) = BodyRegion::of_code(&self.letters) {
            self.letters.clear();
            return self.choose(region, waits, body);
        }
        // What the code will be for is still waited for, but no nought.
        self.waits = if matches!(waits, Waits::Nought | Waits::Region) { Waits::Nothing } else { waits };
        if BodyRegion::beginning(&self.letters).next().is_none() {
            let letters = std::mem::take(&mut self.letters);
            self.waits = Waits::Region;
            return self.say(format!("no region has a code that begins with “{letters}”"));
        }
        Did::Shown
    }

    /// A region was named, by code or click: chosen, or what the pain of the chosen one goes to.
    fn choose(&mut self, region: BodyRegion, waits: Waits, body: &Body) -> Did {
        match waits {
            Waits::Radiates(_) => self.radiate(region, body),
            Waits::Nothing | Waits::Nought | Waits::Quality | Waits::Region => {
                self.at = region;
                Did::Shown
            }
        }
    }

    fn radiate(&mut self, to: BodyRegion, body: &Body) -> Did {
        let at = self.at;
        if to == at {
            return self.say("a pain does not go to where it is; it was left as it is");
        }
        Self::change(body, |map| map.radiate(at, Some(to)))
    }

    fn command(&mut self, command: Command, waits: Waits, body: &Body, last: Option<&MapOn>) -> Did {
        use Command as C;
        let at = self.at;
        let letters = std::mem::take(&mut self.letters);
        let changes = [C::MapGone, C::MapAsLast, C::TakeOver, C::MapQuality, C::MapRadiates].contains(&command);
        if changes && (!letters.is_empty() || waits == Waits::Region) {
            self.waits = Waits::Region;
            return self.say("no region was named, so nothing was changed");
        }
        match command {
            // Esc first takes back what is half typed.
            C::Back if !letters.is_empty() || matches!(waits, Waits::Quality | Waits::Radiates(_)) => Did::Shown,
            Command::Back | Command::BodyMap => Did::Closed,
            Command::MapGone if matches!(waits, Waits::Radiates(_)) => Self::change(body, |map| map.radiate(at, None)),
            Command::MapGone => Self::change(body, |map| map.gone(at)),
            Command::MapAsLast | Command::TakeOver => self.as_last(body, last),
            Command::MapAllAsLast | Command::TakeOverSection => self.all_as_last(body, last),
            Command::MapQuality => {
                self.waits = Waits::Quality;
                Did::Shown
            }
            Command::MapRadiates => {
                let to = body.map.get(at).and_then(|mark| mark.radiates);
                self.waits = Waits::Radiates(to.unwrap_or(at));
                Did::Shown
            }
            Command::MapSymptoms => {
                self.in_symptoms = true;
                Did::Shown
            }
            Command::SectionOn => self.walk(1, body, last),
            Command::SectionBack => self.walk(-1, body, last),
            _ => Did::Passed,
        }
    }

    fn as_last(&mut self, body: &Body, last: Option<&MapOn>) -> Did {
        let at = self.at;
        let Some(last) = last else { return self.say("there is no earlier map to take from") };
        let mut after = body.clone();
        if !after.map.take(at, &last.map) {
            return self.say("it did not hurt there then");
        }
        if after == *body { Did::Shown } else { Did::Changed(after) }
    }

    fn all_as_last(&mut self, body: &Body, last: Option<&MapOn>) -> Did {
        let Some(last) = last else { return self.say("there is no earlier map to take from") };
        let mut after = body.clone();
        match after.map.take_all(&last.map) {
            0 => self.say("every region that hurt then is marked already"),
            count => {
                let regions = if count == 1 { "region" } else { "regions" };
                self.said = Some(format!("took over {count} {regions}"));
                Did::Changed(after)
            }
        }
    }

    /// To the next region of the list, or the one before.
    fn walk(&mut self, by: isize, body: &Body, last: Option<&MapOn>) -> Did {
        let listed: Vec<BodyRegion> = lines(body, last).iter().map(|line| line.region).collect();
        if listed.is_empty() {
            return self.say("no region is marked, now or last time");
        }
        // From a region that is not listed the next is the first, and the one before the last.
        let outside = if by > 0 { 0_usize.checked_sub(1) } else { Some(listed.len()) };
        let at = listed.iter().position(|region| *region == self.at).or(outside);
        let to = at.map_or_else(|| by.unsigned_abs() - 1, |at| at.saturating_add_signed(by));
        self.at = listed[to.min(listed.len() - 1)];
        Did::Shown
    }

    fn editing(&mut self, command: FormCommand, waits: Waits, body: &Body, last: Option<&MapOn>) -> Did {
        use FormCommand as C;
        let at = self.at;
        let letters = std::mem::take(&mut self.letters);
        let direction = match command {
            C::Up => Some(Direction::Up),
            C::Down => Some(Direction::Down),
            C::Left => Some(Direction::Left),
            C::Right => Some(Direction::Right),
            _ => None,
        };
        match (direction, command, waits) {
            (Some(way), _, Waits::Radiates(to)) => {
                self.waits = Waits::Radiates(neighbour(to, way));
                Did::Shown
            }
            (Some(way), ..) => {
                self.at = neighbour(at, way);
                Did::Shown
            }
            (None, C::Enter, Waits::Radiates(to)) => self.radiate(to, body),
            // Codes typed on would go into the scores of the form.
            (None, C::Enter, _) => self.say("there is nothing to take, and the map stays"),
            (None, C::Backspace, waits) if !letters.is_empty() => {
                self.letters = letters.chars().take(letters.chars().count() - 1).collect();
                self.waits = waits;
                Did::Shown
            }
            (None, C::Delete | C::Clear, waits) if !letters.is_empty() || waits == Waits::Region => {
                self.say("no region was named, so nothing was changed")
            }
            (None, C::Delete | C::Clear, _) => Self::change(body, |map| map.clear(at)),
            (None, C::LineStart | C::TextStart, _) => self.walk(isize::MIN, body, last),
            (None, C::LineEnd | C::TextEnd, _) => self.walk(isize::MAX, body, last),
            (None, C::Previous, _) => {
                self.in_symptoms = true;
                Did::Shown
            }
            _ => Did::Shown,
        }
    }
}

/// Every region now and then, from the head down.
fn lines<'a>(body: &'a Body, last: Option<&'a MapOn>) -> Vec<Line<'a>> {
    body.map.against(last.map(|last| &last.map))
}
