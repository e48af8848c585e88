//! What a later import does to a visit: three values of each part are compared, the one last imported, the one in the record
//! and the one the source has now.
//!
//! | the source changed it | the physician changed it | then |
//! |---|---|---|
//! | no | either | the record stays |
//! | yes | no | the record follows, unless the visit has begun |
//! | yes | to the same | remembered, nothing to do |
//! | yes | to something else | a line says so, the record stays |

use chrono::NaiveDateTime;

use crate::clinical::time::{Instant, show_date, show_time};
use crate::clinical::usual::UsualMinutes;
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitSource, VisitState};
use crate::clinical::vocab::Vocab;

/// What the source says of a visit now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// What is to be remembered when all of it is taken.
    pub source: VisitSource,
    /// Where a first title goes: a row gives the reason of a visit, an event its title.
    pub is_reason: bool,
    /// The usual length of each kind.
    pub usual_minutes: UsualMinutes,
}

impl Incoming {
    /// The length of a visit of this kind where the source gives none.
    pub fn usual(&self, kind: VisitKind) -> u16 {
        self.usual_minutes.of(kind)
    }
}

/// A visit after the source was compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The visit.
    pub visit: Visit,
    /// What it remembers.
    pub source: VisitSource,
    /// What changed, in words.
    pub changes: Vec<String>,
    /// What was left and why, in words.
    pub left: Vec<String>,
    /// Whether the visit has begun or holds a record: then it is neither moved nor cancelled, and keeps its patient.
    pub begun: bool,
}

impl Changed {
    /// Starts from what the record holds.
    pub fn of(visit: &Visit, source: &VisitSource, begun: bool) -> Self {
        Self { visit: visit.clone(), source: source.clone(), changes: Vec::new(), left: Vec::new(), begun }
    }

    /// Applies what the source changed since the last import, part by part. The patient is the caller's.
    pub fn follow(&mut self, new: &Incoming, at: Instant) {
        let begun = self.begun;
        // The key itself may have changed with the plan of a series.
        self.source.key = new.source.key.clone();
        // A visit needs a time before it is one, and loses it only after it is a block.
        if new.source.all_day {
            self.kind(new, begun);
            self.start(new, begun);
        } else {
            self.start(new, begun);
            self.kind(new, begun);
        }
        self.length(new, begun);
        self.title(new);
        self.state(new, begun, at);
    }

    fn start(&mut self, new: &Incoming, begun: bool) {
        let (last, now) = (place(&self.source), place(&new.source));
        let here = (self.visit.starts(), self.visit.start.is_none());
        if last == now {
            return;
        }
        if here == now {
            self.remember_start(new);
        } else if begun {
            self.left.push(format!("the visit has begun: not moved, the schedule now says {}", show(now)));
        } else if here != last {
            self.left.push(format!("you moved it to {}, the schedule now says {}", show(here), show_after(here, now)));
        } else if now.1 && self.visit.kind != VisitKind::Block {
            self.left.push("the schedule now gives a whole day: a visit keeps its time".to_owned());
        } else {
            self.visit.date = now.0.date();
            self.visit.start = (!now.1).then(|| now.0.time());
            self.changes.push(format!("moved from {} to {}", show(last), show_after(last, now)));
            self.remember_start(new);
        }
    }

    fn remember_start(&mut self, new: &Incoming) {
        self.source.start = new.source.start;
        self.source.all_day = new.source.all_day;
    }

    fn length(&mut self, new: &Incoming, begun: bool) {
        let (last, now) = (self.source.minutes, new.source.minutes);
        if last == now {
            return;
        }
        let wanted = now.unwrap_or_else(|| new.usual(self.visit.kind));
        let before = last.unwrap_or_else(|| new.usual(self.source.kind));
        if self.visit.minutes == wanted {
            self.source.minutes = now;
        } else if begun {
            self.left.push(format!("the visit has begun: not changed to {wanted} min"));
        } else if self.visit.minutes != before {
            let yours = self.visit.minutes;
            self.left.push(format!("you changed the length to {yours} min, the schedule now says {wanted} min"));
        } else {
            self.visit.minutes = wanted;
            self.source.minutes = now;
            self.changes.push(format!("{before} → {wanted} min"));
        }
    }

    fn title(&mut self, new: &Incoming) {
        let (last, now) = (self.source.title.clone(), new.source.title.clone());
        if last == now {
            return;
        }
        // Where the last title went it is kept up; without one it goes where a new one would.
        let in_reason = if last.is_some() { self.visit.reason == last } else { new.is_reason };
        let field = if in_reason { &mut self.visit.reason } else { &mut self.visit.title };
        if *field == last {
            field.clone_from(&now);
            self.changes.push(format!("now called \"{}\"", now.as_deref().unwrap_or_default()));
        } else if *field != now {
            let now = now.as_deref().unwrap_or_default();
            self.left.push(format!("you renamed it, the schedule now says \"{now}\""));
            return;
        }
        self.source.title = now;
    }

    fn kind(&mut self, new: &Incoming, begun: bool) {
        let (last, now) = (self.source.kind, new.source.kind);
        if last == now {
            return;
        }
        if self.visit.kind == now {
            self.source.kind = now;
        } else if begun || self.visit.kind != last {
            let why = if begun { "the visit has begun" } else { "you changed its kind" };
            self.left.push(format!("{why}: not made a {}", now.label()));
        } else if now != VisitKind::Block && (self.visit.patient.is_none() || self.visit.start.is_none()) {
            self.left.push(format!("a {} wants a patient and a time: it stays a block", now.label()));
        } else {
            // A length that was only the usual one follows the kind.
            if self.source.minutes.is_none() && new.source.minutes.is_none() && self.visit.minutes == new.usual(last) {
                self.visit.minutes = new.usual(now);
            }
            self.visit.kind = now;
            self.source.kind = now;
            self.changes.push(format!("now a {}", now.label()));
        }
    }

    fn state(&mut self, new: &Incoming, begun: bool, at: Instant) {
        if self.source.cancelled == new.source.cancelled {
            return;
        }
        let is_cancelled = self.visit.state == VisitState::Cancelled;
        if is_cancelled == new.source.cancelled {
            self.source.cancelled = new.source.cancelled;
        } else if begun {
            self.left.push(if new.source.cancelled {
                "the visit has begun: not cancelled, though the schedule cancels it".to_owned()
            } else {
                "the schedule books it again, but the visit has begun".to_owned()
            });
        } else if new.source.cancelled {
            let is_visit = self.visit.kind != VisitKind::Block;
            self.visit = self.visit.with_state(VisitState::Cancelled, at);
            // A patient who will not come may want another time; a block is just gone.
            self.visit.aftermath = if is_visit { Aftermath::Open } else { Aftermath::NotNeeded };
            self.visit.end_reason = Some("cancelled in the schedule".to_owned());
            self.source.cancelled = true;
            self.changes.push("cancelled".to_owned());
        } else {
            self.visit = self.visit.with_state(VisitState::Booked, at);
            self.visit.aftermath = Aftermath::NotNeeded;
            self.visit.end_reason = None;
            self.source.cancelled = false;
            self.changes.push("booked again".to_owned());
        }
    }
}

fn place(source: &VisitSource) -> (NaiveDateTime, bool) {
    (source.start, source.all_day)
}

fn show((start, all_day): (NaiveDateTime, bool)) -> String {
    let day = show_date(start.date());
    if all_day { day } else { format!("{day} {}", show_time(start.time())) }
}

/// A second place beside a first: on the same day its time alone.
fn show_after(first: (NaiveDateTime, bool), second: (NaiveDateTime, bool)) -> String {
    match (first, second) {
        ((first, _), (start, false)) if first.date() == start.date() => show_time(start.time()),
        _ => show(second),
    }
}
