//! A term with answers in the orders in which physicians write them: `R SLR + at 45`, `EHL 4/5 R, 5/5 L`, `no effusion`.
//!
//! The grammar has one order, side before answer; `read` reads that. Here are the others, and only they. A side is given
//! to an answer only where there is one way to do so; else the whole is marked.

use super::answer::{Gathered, Part, Taker, Took, side_word};
use super::phrase::{Word, term};
use super::{Doubt, Finding, Side, Site, denied, led, left};
use crate::clinical::facts::examination::Family;

/// A term with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    /// How many words it has.
    pub(super) words: usize,
    /// What was found; a doubt where it cannot be told what belongs to what, or whether it is there.
    pub(super) found: Result<Vec<Finding>, Doubt>,
}

/// Answers that are words of every day: before prose they are prose.
pub(super) const WORDY: [&str; 5] = ["no", "yes", "none", "more", "less"];

/// What stands before a figure or a grade and says nothing.
pub(super) const FILLERS: [&str; 5] = ["at", "with", "@", "over", "to"];

/// Whether prose goes on behind the first of the words, on the same line.
pub(super) fn goes_on(words: &[Word], family: Option<&'static Family>) -> bool {
    let [word, next, ..] = words else { return false };
    let is_prose = |word: &Word| {
        let letters = word.typed.chars().count() > 2 && word.typed.chars().all(char::is_alphabetic);
        letters && term(&word.typed, family).is_none() && side_word(&word.typed).is_none()
    };
    word.sign.is_none() && next.lines == 0 && is_prose(next)
}

/// What stands before a clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'a> {
    /// Whether a side at the beginning belongs to it.
    pub(super) owns_side: bool,
    /// Whether a term before it is open and would take its answer.
    pub(super) open: bool,
    /// The words of prose.
    pub(super) prose: &'a [Word],
}

/// The clause that the words begin with; none where they begin none, or one in the order of the grammar.
pub(super) fn clause(words: &[Word], family: Option<&'static Family>, before: Before) -> Option<Clause> {
    let first = words.first()?;
    if let Some(found) = none_of(words, family) {
        return Some(Clause { words: 2, found: Ok(vec![found]) });
    }
    if let Some(none) = none_at(words, family) {
        return Some(none);
    }
    if let Some(other) = led::led(words, family, before).or_else(|| led::shared(words, family, before)) {
        return Some(other);
    }
    let owned = before.owns_side;
    let side = side_word(&first.typed).filter(|side| first.sign.is_none() && !owned && !side.compares());
    let at = usize::from(side.is_some());
    let name = words.get(at).filter(|name| at == 0 || name.lines == 0)?;
    let taker = Taker::of(term(&name.typed, family)?)?;
    if name.sign.is_some_and(|sign| sign != ':' && sign != ',') || (side.is_some() && !taker.term().sided) {
        return None;
    }
    // `shows positive slr r, negative`: its answer stands before it, what follows a comma is another's.
    let answered = led::stands_before(before.prose, taker) && side.is_none();
    if answered && name.sign.is_some() {
        return Some(Clause { words: at + 1, found: Err(Doubt::Denied) });
    }
    // `reflexes 1+ r aj, 2+ l kj`: each answer stands before its term, and the first word is a title.
    let first_leads = side.is_none() && !answered && led::is_of_the_next(words.get(1..)?, family);
    if first_leads && (led::is_general(taker) || name.sign == Some(',')) {
        return Some(Clause { words: 1, found: Ok(Vec::new()) });
    }
    let told = Told::read(taker, words.get(at + 1..)?, family, answered);
    if answered && !told.answers.iter().any(Answer::has_value) {
        return Some(Clause { words: at + 1 + told.words, found: Err(Doubt::Denied) });
    }
    if told.unsure {
        return Some(Clause { words: at + 1 + told.words, found: Err(Doubt::WhichSide) });
    }
    let places_first = told.answers.first().is_some_and(Answer::begins_with_place);
    if told.answers.is_empty() || (side.is_some() && told.answers[0].has_side()) {
        return None;
    }
    let named = name.typed.ends_with(" tenderness") && told.answers.iter().all(Answer::is_place);
    let implied = taker.term().implied.clone().filter(|_| told.places_alone());
    let implied = implied.or_else(|| Some("+".to_owned()).filter(|_| named && taker.is_tenderness()));
    let behind = !places_first && side.is_none() && told.side_behind();
    if side.is_none() && !behind && !told.odd && implied.is_none() {
        let doubt = if told.answers.iter().any(Answer::has_side) { Doubt::WhichSide } else { Doubt::NotTaken };
        return told.leaves_over(taker).then(|| Clause { words: 1 + told.words, found: Err(doubt) });
    }
    if implied.is_some() && (told.denied || denied::before(before.prose) || denied::behind(&words[at..], told.words)) {
        return Some(Clause { words: at + 1 + told.words, found: Err(Doubt::Denied) });
    }
    let found = match implied {
        Some(grade) => told.sides_behind(taker, Slots { grade: Some(grade), side, ..Slots::default() }),
        None if behind => told.sides_behind(taker, Slots::default()),
        None => told.sides_before(taker, side),
    };
    Some(Clause { words: at + 1 + told.words, found: found.ok_or(Doubt::WhichSide) })
}

/// `no ttp l4/5 r`, where nothing but places follow: it is absent there.
fn none_at(words: &[Word], family: Option<&'static Family>) -> Option<Clause> {
    let [no, name, rest @ ..] = words else { return None };
    if !denied::NONE.contains(&no.typed.as_str()) || no.sign.is_some() || name.lines > 0 {
        return None;
    }
    let taker = Taker::of(term(&name.typed, family)?)?;
    let told = Told::of(taker, rest, family);
    let places = !told.answers.is_empty() && told.answers.iter().all(Answer::is_place);
    let grade = taker.absent().filter(|_| places && name.sign.is_none() && !told.denied)?;
    let found = told.sides_behind(taker, Slots { grade: Some(grade), ..Slots::default() })?;
    Some(Clause { words: 2 + told.words, found: Ok(found) })
}

/// `no effusion`, where nothing answers it otherwise.
fn none_of(words: &[Word], family: Option<&'static Family>) -> Option<Finding> {
    let [no, name, rest @ ..] = words else { return None };
    if no.typed != "no" || no.sign.is_some() || name.lines > 0 {
        return None;
    }
    let taker = Taker::of(term(&name.typed, family)?)?;
    // `no ttp gtt`: it is another that is denied.
    if name.sign.is_none() && taker.is_any_tenderness() && rest.first().is_some_and(|next| led::is_tender(next, family))
    {
        return None;
    }
    let ends = name.sign.is_some()
        || rest.first().is_none_or(|next| {
            let begins = next.typed == "no" || term(&next.typed, family).is_some();
            next.lines > 0 || (begins && taker.parts(&next.typed).is_none())
        });
    let grade = taker.absent().filter(|_| ends && name.sign != Some(':'))?;
    Some(Finding { term: taker.term().key.clone(), site: None, side: None, tenths: None, grade: Some(grade) })
}

/// The parts of one word.
struct Answer {
    parts: Vec<Part>,
    /// A figure or grade behind a word such as `at`: it belongs to the answer before it.
    joins: bool,
    /// Whether it can hardly be prose.
    sharp: bool,
}

impl Answer {
    fn has_side(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Side(_)))
    }
    fn is_place(&self) -> bool {
        self.parts.iter().all(Part::is_place)
    }
    fn has_value(&self) -> bool {
        let compares = |part: &Part| matches!(part, Part::Side(side) if side.compares());
        self.parts.iter().any(|part| !part.is_place() || compares(part))
    }
    fn begins_with_place(&self) -> bool {
        self.parts.first().is_some_and(Part::is_place)
    }
}

/// Whether a word has digits or is all signs. Behind a comma a number alone may be prose: `ehl r4, 3 weeks`.
fn is_sharp(typed: &str, comma: bool) -> bool {
    let signs = typed.chars().all(|c| "+-±".contains(c));
    if comma { typed.contains('/') } else { signs || typed.contains(|c: char| c.is_ascii_digit()) }
}

/// Whether a minus is a dash, because prose follows.
fn is_dash(word: &Word, next: Option<&Word>, taker: Taker) -> bool {
    word.typed == "-" && word.sign.is_none() && next.is_some_and(|next| taker.parts(&next.typed).is_none())
}

/// The answers behind a term.
pub(super) struct Told {
    answers: Vec<Answer>,
    pub(super) words: usize,
    /// Whether one is written in a way that the grammar does not have.
    odd: bool,
    /// Whether they end before a `no` that may be the last of them.
    denied: bool,
    /// Whether an `lt` among them may be left or light touch.
    unsure: bool,
}

impl Told {
    pub(super) fn of(taker: Taker, words: &[Word], family: Option<&'static Family>) -> Self {
        Self::read(taker, words, family, false)
    }

    /// `answered` says that they end with the first comma.
    fn read(taker: Taker, words: &[Word], family: Option<&'static Family>, answered: bool) -> Self {
        let mut told = Self { answers: Vec::new(), words: 0, odd: false, denied: false, unsure: false };
        let mut comma = false;
        while let Some(word) = words.get(told.words) {
            let rest = &words[told.words..];
            let next = rest.get(1).filter(|next| next.lines == 0);
            // Behind a comma a term is a term, and a side before one is that term's: `R SLR +, L SLR neg`.
            let named = |word: &Word| term(&word.typed, family).is_some();
            let is_side = side_word(&word.typed).is_some();
            let is_next = comma && if is_side { next.is_some_and(named) } else { named(word) };
            let is_prose = WORDY.contains(&word.typed.as_str()) && goes_on(rest, family);
            // `ttp l4/5, no spasm`: what follows is none, and says nothing of this.
            let is_no = word.sign.is_none() && word.typed == "no" && next.is_some_and(named);
            told.denied = is_no && !comma && word.lines == 0;
            let is_led = comma && led::is_of_the_next(rest, family);
            if word.lines > 0 || is_next || is_prose || is_no || is_led {
                break;
            }
            if word.typed == left::UNSURE && !told.answers.is_empty() {
                (told.odd, told.unsure, comma) = (true, true, false);
                told.words += 1;
                continue;
            }
            // `ehl 4 r / 5 l`: a stroke by itself parts two answers.
            let is_parted = word.typed == "/" && word.sign.is_none() && !told.answers.is_empty();
            if is_parted && next.is_some_and(|next| taker.parts(&next.typed).is_some()) {
                told.words += 1;
                comma = false;
                continue;
            }
            let Some(count) = told.take(taker, word, next, comma) else { break };
            told.words += count;
            let last = words.get(told.words - 1).unwrap_or(word);
            comma = last.sign == Some(',');
            let is_label = last.sign == Some(':') && side_word(&last.typed).is_some();
            told.odd |= is_label;
            if last.sign.is_some() && (!comma || answered) && !is_label {
                break;
            }
        }
        told
    }

    /// What they say of a term, in whichever order; none where it cannot be told.
    pub(super) fn findings(&self, taker: Taker) -> Option<Vec<Finding>> {
        let places_first = self.answers.first()?.begins_with_place();
        if self.unsure || self.denied || self.leaves_over(taker) {
            return None;
        }
        let behind = !places_first && self.side_behind();
        if behind { self.sides_behind(taker, Slots::default()) } else { self.sides_before(taker, None) }
    }

    /// Takes a word, or a filler with the word behind it; how many words that were.
    fn take(&mut self, taker: Taker, word: &Word, next: Option<&Word>, comma: bool) -> Option<usize> {
        if let Some(parts) = taker.parts(&word.typed) {
            // A figure behind its grade: `slr r + 45`.
            let figure = matches!(parts.as_slice(), [Part::Figure(_)]);
            let graded = |answer: &Answer| matches!(answer.parts.last(), Some(Part::Grade(_)));
            let behind = figure && self.answers.last().is_some_and(graded);
            if behind && comma {
                return None;
            }
            self.odd |= behind;
            let sharp = is_sharp(&word.typed, comma) && !is_dash(word, next, taker);
            self.answers.push(Answer { parts, joins: false, sharp });
            return Some(1);
        }
        if FILLERS.contains(&word.typed.as_str()) && word.sign.is_none() {
            let parts = taker.parts(&next?.typed)?;
            let over = word.typed == "over";
            let fits = if over { parts.iter().all(Part::is_place) } else { !parts.iter().any(Part::is_place) };
            return (fits && (over || word.typed == "to" || !self.answers.is_empty())).then(|| {
                self.odd = true;
                self.answers.push(Answer { parts, joins: !over, sharp: false });
                2
            });
        }
        // `50 deg`: the unit in a word of its own.
        let figure = |answer: &Answer| answer.parts.iter().any(|part| matches!(part, Part::Figure(_)));
        if taker.is_unit(&word.typed) && self.answers.last().is_some_and(figure) {
            self.odd = true;
            return Some(1);
        }
        let site = |answer: &Answer| answer.parts.iter().any(|part| matches!(part, Part::Site(_)));
        if led::OF_A_LEVEL.contains(&word.typed.as_str()) && self.answers.last().is_some_and(site) {
            self.odd = true;
            return Some(1);
        }
        self.stroke(taker, word)
    }

    /// Two answers with a stroke between them.
    fn stroke(&mut self, taker: Taker, word: &Word) -> Option<usize> {
        let (one, other) = word.typed.split_once('/')?;
        let (one, other) = (taker.parts(one)?, taker.parts(other)?);
        // `hip flexion 5/5` is the power, and no 5 degrees on both sides.
        let figures = one.iter().any(|part| matches!(part, Part::Figure(_)));
        if figures && word.typed.ends_with("/5") {
            return None;
        }
        let grades = [&one, &other].iter().all(|parts| matches!(parts.as_slice(), [Part::Grade(_)]));
        let sided = |parts: &[Part]| parts.iter().any(|part| matches!(part, Part::Side(_)));
        if sided(&one) && sided(&other) {
            self.answers.extend([one, other].map(|parts| Answer { parts, joins: false, sharp: false }));
        } else if one == other && !one.iter().any(Part::is_place) && taker.term().sided {
            let parts = std::iter::once(Part::Side(Side::Both)).chain(one).collect();
            self.answers.push(Answer { parts, joins: false, sharp: false });
        } else if grades && taker.term().sided {
            // Of two that differ the right side is written first, where that is the custom.
            for (side, grade) in [(Side::Right, one), (Side::Left, other)] {
                let parts = std::iter::once(Part::Side(side)).chain(grade).collect();
                self.answers.push(Answer { parts, joins: false, sharp: false });
            }
            self.unsure |= !taker.pairs();
        } else {
            return None;
        }
        self.odd = true;
        Some(1)
    }

    /// Whether an answer is left over that the grammar gives no place: `ehl l5 4/5`.
    fn leaves_over(&self, taker: Taker) -> bool {
        let (mut now, mut first) = (Gathered::default(), true);
        for answer in &self.answers {
            for part in &answer.parts {
                match now.take(part.clone(), taker.term(), first) {
                    Took::Here => {}
                    Took::Next(_) => first = false,
                    Took::No => {
                        // A side behind an answer that has none may be its own.
                        let side = matches!(part, Part::Side(_)) && now.wants_side();
                        return (answer.sharp || side) && !now.says(part);
                    }
                }
            }
        }
        false
    }

    /// Whether a side or a place stands behind an answer that has none, and none stands in one word with its answer.
    fn side_behind(&self) -> bool {
        let lone = self.answers.iter().skip(1).any(Answer::is_place);
        lone && self.answers.iter().all(|answer| answer.is_place() || !answer.parts.iter().any(Part::is_place))
    }

    /// Whether they are places and nothing else, a site among them.
    fn places_alone(&self) -> bool {
        let site = |answer: &Answer| answer.parts.iter().any(|part| matches!(part, Part::Site(_)));
        self.answers.iter().all(Answer::is_place) && self.answers.iter().any(site)
    }

    /// Answers, each with its side behind it. A place that follows has the answer of the one before it: `lt - l5 r s1 r`.
    fn sides_behind(&self, taker: Taker, mut now: Slots) -> Option<Vec<Finding>> {
        let mut out: Vec<Slots> = Vec::new();
        for (at, answer) in self.answers.iter().enumerate() {
            // What stands behind the last side belongs to it, as does what `at` leads in.
            let is_last = !self.answers[at..].iter().any(Answer::is_place);
            for part in &answer.parts {
                let joins = (answer.joins || is_last) && now.has_room(part);
                if !part.is_place() && now.is_placed() && !joins {
                    out.push(std::mem::take(&mut now));
                } else if matches!(part, Part::Site(_)) && now.site.is_some() && now.side.is_some() {
                    let after = Slots { tenths: now.tenths, grade: now.grade.clone(), ..Slots::default() };
                    out.push(std::mem::replace(&mut now, after));
                }
                now.put(part)?;
            }
        }
        out.push(now);
        let whole = out.iter().all(|slots| slots.is_placed() && slots.has_value());
        whole.then(|| out.into_iter().map(|slots| slots.finding(taker)).collect())
    }

    /// Answers, each with its side before it. A place holds for the answers behind it.
    fn sides_before(&self, taker: Taker, side: Option<Side>) -> Option<Vec<Finding>> {
        let mut out: Vec<Slots> = Vec::new();
        let mut now = Slots { side, ..Slots::default() };
        for part in self.answers.iter().flat_map(|answer| &answer.parts) {
            if part.is_place() && now.has_value() {
                let holds = now.site.clone().filter(|_| !matches!(part, Part::Site(_)));
                out.push(std::mem::replace(&mut now, Slots { site: holds, ..Slots::default() }));
            } else if taker.term().many && now.grade.is_some() && matches!(part, Part::Grade(_)) {
                let again = Slots { site: now.site.clone(), side: now.side, ..Slots::default() };
                out.push(std::mem::replace(&mut now, again));
            }
            now.put(part)?;
        }
        out.push(now);
        let whole = out.iter().all(Slots::has_value);
        whole.then(|| out.into_iter().map(|slots| slots.finding(taker)).collect())
    }
}

/// A finding as far as it is filled.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    pub(super) site: Option<Site>,
    pub(super) side: Option<Side>,
    pub(super) tenths: Option<u16>,
    pub(super) grade: Option<String>,
}

impl Slots {
    const fn is_placed(&self) -> bool {
        self.site.is_some() || self.side.is_some()
    }
    const fn has_value(&self) -> bool {
        let compares = matches!(self.side, Some(Side::RightMore | Side::LeftMore));
        self.tenths.is_some() || self.grade.is_some() || compares
    }
    const fn has_room(&self, part: &Part) -> bool {
        match part {
            Part::Site(_) => self.site.is_none(),
            // Both sides with more on one of them.
            Part::Side(side) => self.side.is_none() || (matches!(self.side, Some(Side::Both)) && side.compares()),
            Part::Figure(_) => self.tenths.is_none(),
            Part::Grade(_) => self.grade.is_none(),
        }
    }
    /// Fills a slot; none where it is filled already.
    pub(super) fn put(&mut self, part: &Part) -> Option<()> {
        if !self.has_room(part) {
            return None;
        }
        match part {
            Part::Site(site) => self.site = Some(site.clone()),
            Part::Side(side) => self.side = Some(*side),
            Part::Figure(tenths) => self.tenths = Some(*tenths),
            Part::Grade(grade) => self.grade = Some(grade.clone()),
        }
        Some(())
    }
    pub(super) fn finding(self, taker: Taker) -> Finding {
        let Self { site, side, tenths, grade } = self;
        Finding { term: taker.term().key.clone(), site, side, tenths, grade }
    }
}
