//! The page that a patient fills in before the visit: what it asks, in the order of the keys that type it in; and what was
//! typed, which waits to be confirmed in the room.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::board::{DayRecords, VisitRecord};
use super::body::{BodyRegion, Intensity, Mark, PainMap};
use super::id::{PageNoteId, VisitId};
use super::instrument::{Catalogue, Cells, Entry, InstrumentResult, OwnedEntry, Question, is_child};
use super::patient::PatientFile;
use super::provenance::{GivenDraft, Provenance, rates_pain};
use super::score::{Score, Scores};
use super::visit::VisitKind;

/// What a patient wrote in words on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageNote {
    /// Identity.
    pub id: PageNoteId,
    /// Where it hurts: codes of regions with numbers, and words.
    pub place: String,
    /// What changed in the medicines.
    pub medicines: String,
    /// When, how, from whom, by whom.
    pub given: Provenance,
}

/// What was typed in ahead of a patient and waits for one confirming key in the room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Scores, each with its visit.
    pub scores: Vec<(VisitId, Score)>,
    /// Instruments.
    pub results: Vec<InstrumentResult>,
}

impl Waiting {
    /// How many values wait.
    pub const fn count(&self) -> usize {
        self.scores.len() + self.results.len()
    }

    /// The visits they belong to, each once.
    pub fn visits(&self) -> Vec<VisitId> {
        let scores = self.scores.iter().map(|(visit, _)| *visit);
        let mut visits: Vec<VisitId> = scores.chain(self.results.iter().filter_map(|result| result.visit)).collect();
        visits.sort();
        visits.dedup();
        visits
    }
}

/// What one page asks of one patient.
#[derive(Debug, Clone)]
pub struct PageAsk {
    /// The patient.
    pub file: PatientFile,
    /// The day of the visit.
    pub date: NaiveDate,
    /// When it starts.
    pub start: Option<NaiveTime>,
    /// The questionnaires that are due.
    pub due: Vec<OwnedEntry>,
}

/// The visits of a day for which a page is asked, by the clock: of patients who come, in person, by phone or by video.
pub fn page_visits(records: &DayRecords) -> Vec<VisitId> {
    visits(records).map(|record| record.visit.id).collect()
}

fn visits(records: &DayRecords) -> impl Iterator<Item = &VisitRecord> {
    let asked = |record: &&VisitRecord| {
        let visit = &record.visit;
        visit.patient.is_some() && visit.state.is_live() && visit.kind != VisitKind::Block && visit.date == records.date
    };
    let mut all: Vec<&VisitRecord> = records.visits.iter().filter(asked).collect();
    all.sort_by_key(|record| (record.visit.start, record.visit.id));
    all.into_iter()
}

/// Whether a page of this visit is still to be typed in: none was, and the assessment is not complete.
fn is_left(record: &VisitRecord) -> bool {
    !record.page && !record.assessed
}

/// The next visit by the clock whose page is still to be typed in; after one, those behind it.
pub fn next_page(records: &DayRecords, after: Option<VisitId>) -> Option<VisitId> {
    let mut all = visits(records);
    if let Some(after) = after {
        all.by_ref().find(|record| record.visit.id == after);
    }
    all.find(|record| is_left(record)).map(|record| record.visit.id)
}

/// How many pages of the day are still to be typed in.
pub fn pages_left(records: &DayRecords) -> usize {
    visits(records).filter(|record| is_left(record)).count()
}

/// The most answers a page's questionnaires can have.
pub const MOST_ANSWERS: usize = 128;

/// The scale by which a child too young to rate is observed: a rule of this product.
const OBSERVED_BY: &str = "flacc";

impl PageAsk {
    /// What the page of a patient asks: what is due, and first the scale to observe with where no rating can be asked.
    pub fn new(
        file: PatientFile,
        (date, start): (NaiveDate, Option<NaiveTime>),
        due: Vec<OwnedEntry>,
        catalogue: &Catalogue,
    ) -> Self {
        let mut ask = Self { file, date, start, due };
        if !ask.asks_rating()
            && let Some(scale) = catalogue.get(OBSERVED_BY)
        {
            ask.due.retain(|due| due.entry().id() != OBSERVED_BY);
            ask.due.insert(0, scale.into());
        }
        ask
    }

    /// Whether the patient is asked to rate the pain.
    pub fn asks_rating(&self) -> bool {
        rates_pain(self.file.patient.birth_date, self.date)
    }

    /// Whether PEG is asked: it is for adults.
    pub fn asks_peg(&self) -> bool {
        !is_child(self.file.patient.birth_date, self.date)
    }

    /// The questionnaires with their questions and the number of the first; what goes beyond the page is left for another.
    pub fn parts(&self) -> Vec<PagePart<'_>> {
        let mut parts: Vec<PagePart<'_>> = Vec::new();
        let mut from = 0;
        for owned in &self.due {
            let entry = owned.entry();
            let questions = entry.questions();
            if from + questions.len() > MOST_ANSWERS {
                continue;
            }
            let next = from + questions.len();
            parts.push(PagePart { entry, questions, from });
            from = next;
        }
        parts
    }
}

/// One questionnaire of a page.
#[derive(Debug, Clone)]
pub struct PagePart<'a> {
    /// Which.
    pub entry: Entry<'a>,
    /// What it asks.
    pub questions: Vec<Question>,
    /// The number of its first answer among those of the page.
    pub from: usize,
}

/// A page as it is typed in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PageDraft {
    /// Pain and PEG.
    pub scores: Scores,
    /// Answers of the questionnaires by a digit.
    pub answers: Cells<Answer, MOST_ANSWERS>,
    /// Answers of the questionnaires by a typed number.
    pub numbers: Cells<i64, MOST_ANSWERS>,
    /// Where it hurts.
    pub place: String,
    /// What changed in the medicines.
    pub medicines: String,
    /// How it is given, and by whom.
    pub given: GivenDraft,
}

/// What was written about where it hurts, read: regions by their codes with numbers, and the words that are no codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The map.
    pub map: PainMap,
    /// The words.
    pub words: String,
}

/// Reads where it hurts: `bul6 cal 4 lbl, burning` marks the left buttock with 6, the left calf with 4, the left low back
/// without a number, and keeps `burning` as words. What is no code stays as words, never lost.
///
/// Some codes are ordinary words (`for`, `her`, `car`): a code without its number counts only where all between two commas
/// are codes and numbers. One with its number, `cal4`, counts anywhere.
pub fn read_place(text: &str) -> Place {
    let mut place = Place::default();
    let mut words: Vec<&str> = Vec::new();
    for part in text.split([',', ';', '\n']) {
        read_part(part, &mut place.map, &mut words);
    }
    place.words = words.join(" ");
    place
}

fn read_part<'a>(part: &'a str, map: &mut PainMap, words: &mut Vec<&'a str>) {
    let of_code = |word: &str| (word.len() == 3).then(|| BodyRegion::of_code(word)).flatten();
    let split = |word: &'a str| word.split_at(word.len() - trailing_digits(word));
    let is_code = |word: &'a str| {
        let (letters, digits) = split(word);
        letters.is_empty() || of_code(letters).is_some() && (digits.is_empty() || number(digits).is_some())
    };
    let all_codes = part.split_whitespace().all(is_code);
    let mut last: Option<BodyRegion> = None;
    for word in part.split_whitespace() {
        if let (Some(region), Some(number)) = (last.take(), number(word)) {
            map.set(region, number);
            continue;
        }
        let (letters, digits) = split(word);
        match (of_code(letters), digits.is_empty(), number(digits)) {
            (Some(region), true, _) if all_codes => {
                map.put(region, Mark::default());
                last = Some(region);
            }
            (Some(region), false, Some(number)) => map.set(region, number),
            _ => words.push(word),
        }
    }
}

fn trailing_digits(word: &str) -> usize {
    word.bytes().rev().take_while(u8::is_ascii_digit).count()
}

fn number(text: &str) -> Option<Intensity> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Intensity::new(text.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_too_young_to_rate_is_observed() {
        let mut ids = crate::clinical::id::Ids::seeded(3);
        let at = crate::clinical::time::Instant::from_millis(0);
        let day: NaiveDate = "2026-11-24".parse().unwrap();
        let catalogue = Catalogue::default();
        for (birth, rates) in [
            (Some("2024-06-01"), false),
            (Some("2022-11-25"), false),
            (Some("2022-11-24"), true),
            (Some("1972-03-02"), true),
            (None, true),
        ] {
            let patient = crate::clinical::patient::Patient {
                birth_date: birth.map(|birth| birth.parse().unwrap()),
                ..crate::clinical::patient::Patient::named(ids.next(at), "Okafor", "Adaeze")
            };
            let file = PatientFile { patient, facts: crate::clinical::patient::Facts::default(), problems: Vec::new() };
            for due in [Vec::new(), vec![catalogue.get("flacc").unwrap().into()]] {
                let many = due.len();
                let ask = PageAsk::new(file.clone(), (day, None), due, &catalogue);
                assert_eq!(ask.asks_rating(), rates, "{birth:?}");
                let observed = ask.due.iter().filter(|due| due.entry().id() == "flacc").count();
                assert_eq!(observed, if rates { many } else { 1 }, "{birth:?}");
            }
        }
    }

    #[test]
    fn where_it_hurts_is_read_from_codes_and_what_is_no_code_stays_as_words() {
        for (text, marks, words) in [
            ("bul6 cal4", vec![("bul", Some(6)), ("cal", Some(4))], ""),
            ("bul 6, cal 10", vec![("bul", Some(6)), ("cal", Some(10))], ""),
            ("LBL, burning", vec![("lbl", None)], "burning"),
            ("lbl7 burning", vec![("lbl", Some(7))], "burning"),
            ("low back pain for 3 weeks", vec![], "low back pain for 3 weeks"),
            ("hurts in the car, and her hand; sol 4 years", vec![], "hurts in the car and her hand sol 4 years"),
            ("lbl 3 weeks", vec![], "lbl 3 weeks"),
            ("bul6 cal 4 lbl, burning", vec![("bul", Some(6)), ("cal", Some(4)), ("lbl", None)], "burning"),
            ("lbl 7 sam", vec![("lbl", Some(7)), ("sam", None)], ""),
            ("left knee", vec![], "left knee"),
            ("bul11", vec![], "bul11"),
            ("bul 11", vec![("bul", None)], "11"),
            ("", vec![], ""),
            ("حوض kfr3", vec![("kfr", Some(3))], "حوض"),
        ] {
            let place = read_place(text);
            let mut got: Vec<(&str, Option<u8>)> =
                place.map.marks().map(|(region, mark)| (region.code(), mark.intensity.map(Intensity::get))).collect();
            got.sort_by_key(|(code, _)| text.to_lowercase().find(code));
            assert_eq!((got, place.words.as_str()), (marks, words), "{text}");
        }
    }
}
