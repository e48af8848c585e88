//! Answers that stand before their terms: `positive SLR r, negative slump`, `5/5 EHL`, `mild effusion`, `intact to lt and pp`;
//! and terms that share one answer: `hoff and clonus neg`.
//!
//! An answer before its term is read only at the beginning of a clause, and only where nothing behind may turn it round:
//! `positive slr last year` stays as it was typed. Where an answer stands before a term in prose, what follows a comma is
//! never taken for it.

use super::answer::{Part, Taker, side_word};
use super::clause::{Before, Clause, FILLERS, Slots, Told, WORDY};
use super::phrase::{Word, term};
use super::{Doubt, Finding};
use crate::clinical::facts::examination::Family;

/// Words behind such a clause that leave it as it is.
const FOLLOW: [&str; 18] = [
    "with",
    "and",
    "but",
    "throughout",
    "today",
    "reproducing",
    "reproduces",
    "reproduce",
    "causing",
    "causes",
    "producing",
    "produces",
    "provoking",
    "provokes",
    "eliciting",
    "elicits",
    "radiating",
    "due",
];

/// As far as is looked ahead: no clause is longer.
const AHEAD: usize = 32;

/// What stands between two terms that share an answer.
const AND: [&str; 3] = ["and", "&", "/"];

/// Words that say nothing behind a level: `l5 dermatome`, `l4/5 facets`.
pub(super) const OF_A_LEVEL: [&str; 6] = ["dermatome", "dermatomes", "distribution", "dermatomal", "facet", "facets"];

/// An answer, the terms it answers, and how many words they are.
struct Lead {
    grade: String,
    side: Option<super::Side>,
    terms: Vec<Taker>,
    words: usize,
    /// The answer as it was typed.
    typed: String,
}

/// The next word on the same line, where no sign parts it from the one before.
fn word_at(words: &[Word], at: usize) -> Option<&Word> {
    let word = words.get(at)?;
    let open = at.checked_sub(1).is_none_or(|before| words[before].sign.is_none() && word.lines == 0);
    open.then_some(word)
}

fn taker_of(word: &Word, family: Option<&'static Family>) -> Option<Taker> {
    Taker::of(term(&word.typed, family)?)
}

/// Whether a term is a title as well: of the reflexes, of power, of sensation.
pub(super) fn is_general(taker: Taker) -> bool {
    ["dtr", "power", "sens"].contains(&taker.term().key.as_str())
}

/// Whether a word is the tenderness of one place.
pub(super) fn is_tender(word: &Word, family: Option<&'static Family>) -> bool {
    let taker = taker_of(word, family).filter(|_| word.lines == 0);
    taker.is_some_and(|taker| taker.is_tenderness() && !taker.is_any_tenderness())
}

/// Whether a grade may stand before this term.
fn leads(taker: Taker, typed: &str) -> Option<String> {
    let is_sign = typed.chars().all(|c| "+-±".contains(c));
    let fits = !WORDY.contains(&typed) && (is_sign || !taker.term().everyday);
    taker.whole_grade(typed).filter(|_| fits)
}

/// An answer at the beginning of the words with the terms behind it.
fn lead(words: &[Word], family: Option<&'static Family>) -> Option<Lead> {
    let mut at = 0;
    let mut side = None;
    // `sensation intact to lt`: the general word says no more than the others.
    let general = word_at(words, 0).and_then(|word| taker_of(word, family)).filter(Taker::feels);
    let to = |at: usize| word_at(words, at).is_some_and(|word| word.typed == "to");
    if general.is_some() && to(2) {
        at = 1;
    } else if let Some(first) = side_word(&word_at(words, 0)?.typed).filter(|side| !side.compares()) {
        (side, at) = (Some(first), 1);
    }
    let first = word_at(words, at)?;
    // `ttp greater trochanter`: that it is tender.
    let over = usize::from(word_at(words, at + 1).is_some_and(|word| word.typed == "over"));
    let any = taker_of(first, family).is_some_and(|taker| taker.is_any_tenderness());
    let tender = any && word_at(words, at + 1 + over).is_some_and(|word| is_tender(word, family));
    let typed = if tender { "tender".to_owned() } else { first.typed.clone() };
    at += 1 + if tender { over } else { 0 };
    let is_silt = typed == "silt";
    if is_silt {
        let touch = crate::clinical::facts::examination::examination().term("lt").and_then(Taker::of)?;
        return Some(Lead { grade: "n".to_owned(), side: None, terms: vec![touch], words: at, typed });
    }
    let felt = to(at);
    at += usize::from(felt);
    if let Some(second) = word_at(words, at).and_then(|word| side_word(&word.typed)).filter(|_| side.is_none() && !felt)
    {
        (side, at) = (Some(second), at + 1);
    }
    let first = taker_of(word_at(words, at)?, family).filter(|first| !felt || first.feels())?;
    let grade = leads(first, &typed)?;
    let mut terms = vec![first];
    at += 1;
    // `intact to lt and pp`
    while let Some(and) = word_at(words, at).filter(|word| AND.contains(&word.typed.as_str())) {
        let other = words.get(at + 1).filter(|other| other.lines == 0 && and.sign.is_none());
        let Some(taker) = other.and_then(|other| taker_of(other, family)) else { break };
        let same = leads(taker, &typed).is_some_and(|same| same == grade) && taker.feels() == first.feels();
        let own = words.get(at + 2).is_some_and(|next| next.lines == 0 && taker.whole_grade(&next.typed).is_some());
        // `nt lt/pp +`: the answer behind is that of both.
        if own && and.typed == "/" {
            return None;
        }
        if !same || own || word_at(words, at + 1).is_none() {
            break;
        }
        terms.push(taker);
        at += 2;
    }
    if terms.iter().any(|taker| side.is_some() && !taker.term().sided) {
        return None;
    }
    Some(Lead { grade, side, terms, words: at, typed })
}

/// The clause that begins with an answer before its term.
pub(super) fn led(words: &[Word], family: Option<&'static Family>, before: Before) -> Option<Clause> {
    let words = &words[..words.len().min(AHEAD)];
    if before.open || before.prose.last().is_some_and(|word| word.sign.is_none()) {
        return None;
    }
    let lead = lead(words, family)?;
    let slots = Slots { side: lead.side, grade: Some(lead.grade.clone()), ..Slots::default() };
    let Placed { slots, words: at, twice } = placed(&lead, slots, words, family)?;
    if twice {
        // What stands behind a second figure or side would be said without the answer before it.
        return Some(Clause { words: at, found: Err(Doubt::Denied) });
    }
    let count = |at: usize| at.min(words.len());
    // A dash before a term is a dash as well as a minus.
    if lead.typed == "-" {
        return Some(Clause { words: count(at), found: Err(Doubt::Denied) });
    }
    let ends = words[at - 1].sign.is_some()
        || words.get(at).is_none_or(|next| {
            let side =
                side_word(&next.typed).is_some() && words.get(at + 1).and_then(|word| taker_of(word, family)).is_some();
            next.lines > 0
                || side
                || FOLLOW.contains(&next.typed.as_str())
                || taker_of(next, family).is_some()
                || self::lead(&words[at..], family).is_some()
        });
    // A colon makes it a heading of what follows.
    if !ends || words[at - 1].sign == Some(':') {
        // Its figure alone would be said without the answer before it.
        let told = slots.tenths.is_some();
        return told.then_some(Clause { words: at, found: Err(Doubt::Denied) });
    }
    let found = lead.terms.iter().map(|taker| slots.clone().finding(*taker)).collect();
    Some(Clause { words: at, found: Ok(found) })
}

/// Whether a part is an answer by itself.
const fn is_own(part: &Part) -> bool {
    matches!(part, Part::Grade(_) | Part::Side(super::Side::RightMore | super::Side::LeftMore))
}

/// What stands behind the terms of an answer.
struct Placed {
    slots: Slots,
    /// How many words the answer, its terms and what stands behind them are.
    words: usize,
    /// A place, side or figure was said before: what follows is not read.
    twice: bool,
}

/// The places and the figure behind the terms; none where an answer of its own stands there.
fn placed(lead: &Lead, mut slots: Slots, words: &[Word], family: Option<&'static Family>) -> Option<Placed> {
    let mut at = lead.words;
    while let Some(word) = word_at(words, at) {
        let typed = word.typed.as_str();
        let parts = lead.terms.iter().map(|taker| taker.parts(typed)).collect::<Option<Vec<_>>>();
        let filler = FILLERS.contains(&typed) && word.sign.is_none();
        if let Some([first, rest @ ..]) = parts.as_deref() {
            // `neg slr pos slump`: the next answer belongs to the next term.
            if is_of_the_next(&words[at..], family) {
                break;
            }
            if rest.iter().any(|parts| parts != first) || first.iter().any(is_own) {
                return None;
            }
            if first.iter().any(|part| slots.put(part).is_none()) {
                return Some(Placed { slots, words: at, twice: true });
            }
        } else if filler && word_at(words, at + 1).is_some_and(|next| lead.terms[0].parts(&next.typed).is_some()) {
            // `over l4/5`, `at 45`
        } else {
            let says_nothing = (slots.site.is_some() && OF_A_LEVEL.contains(&typed))
                || (slots.tenths.is_some() && lead.terms[0].is_unit(typed))
                || lead.terms[0].term().name.split(' ').any(|of| of == typed);
            if !says_nothing {
                break;
            }
        }
        at += 1;
    }
    Some(Placed { slots, words: at, twice: false })
}

/// Whether an answer of a clause is rather that of the next term: `pp reduced r, normal lt`.
pub(super) fn is_of_the_next(words: &[Word], family: Option<&'static Family>) -> bool {
    let words = &words[..words.len().min(AHEAD)];
    let Some(lead) = lead(words, family) else { return false };
    let slots = Slots { grade: Some(lead.grade.clone()), ..Slots::default() };
    placed(&lead, slots, words, family).is_some_and(|placed| !placed.twice)
}

/// Whether prose ends with an answer that the term behind it takes: `shows positive slr r, negative`.
pub(super) fn stands_before(prose: &[Word], taker: Taker) -> bool {
    prose.last().is_some_and(|word| word.sign.is_none() && leads(taker, &word.typed).is_some())
}

/// `hoff and clonus neg`: two terms with one answer.
pub(super) fn shared(words: &[Word], family: Option<&'static Family>, before: Before) -> Option<Clause> {
    let one = taker_of(word_at(words, 0)?, family).filter(|one| !stands_before(before.prose, *one))?;
    word_at(words, 1).filter(|word| AND.contains(&word.typed.as_str()))?;
    let other = taker_of(word_at(words, 2)?, family)?;
    if words[2].sign.is_some_and(|sign| !":,".contains(sign)) || one.term().key == other.term().key {
        return None;
    }
    let of = |taker: Taker| -> Option<(usize, Vec<Finding>)> {
        let told = Told::of(taker, words.get(3..)?, family);
        Some((told.words, told.findings(taker)?))
    };
    let ((first, mut found), (second, more)) = (of(one)?, of(other)?);
    found.extend(more);
    (first == second && first > 0).then_some(Clause { words: 3 + first, found: Ok(found) })
}
