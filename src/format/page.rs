//! The page that a patient fills in before the visit, as plain text for paper: one sheet a patient, a second only where the
//! questionnaires that are due do not fit on the first.

mod body;

pub use self::body::Ink;
use self::body::body;
use crate::clinical::facts::instruments::LicenceStatus;
use crate::clinical::instrument::{Asks, Entry, Question};
use crate::clinical::page::{PageAsk, PagePart};
use crate::clinical::patient::Known;
use crate::clinical::text::{clean_line, cut, width};
use crate::clinical::time::{show_date, show_day, show_time};

/// Columns of a sheet.
const COLUMNS: usize = 78;
/// Lines of a sheet.
const LINES: usize = 66;
/// Where the numbers of a line begin.
const LABEL: usize = 42;

/// The sheet of one patient, ended by a form feed.
///
/// ```text
/// OKAFOR Adaeze   born 2 Mar 1972   no. 1007              Tue 24 Nov 2026, 08:00
/// Please fill this in before your visit. Circle one number in each line.
///
/// PAIN, from 0 (no pain) to 10 (worst pain imaginable)
///   right now                                0  1  2  3  4  5  6  7  8  9  10
/// ```
pub fn page(ask: &PageAsk, physician: &str, ink: Ink) -> String {
    let parts = ask.parts();
    let pain = if ask.asks_rating() { pain() } else { Vec::new() };
    let first = [pain, if ask.asks_peg() { peg() } else { Vec::new() }].concat();
    let last = [body(ink, ask.asks_rating()), medicines(ask)].concat();
    let blocks: Vec<Vec<String>> = parts.iter().map(questionnaire).collect();
    let blanks = |lines: &[String]| lines.iter().filter(|line| line.is_empty()).count();
    // Where one more fits if the blank lines go, they go.
    let room = (LINES + blanks(&first) + blanks(&last)).saturating_sub(HEAD + first.len() + last.len() + FOOT);
    let (mut here, mut next): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for block in blocks {
        // Once one went to the second sheet the rest follow it: the order of the keys stays.
        let taken = here.len() + block.len() - blanks(&here) - blanks(&block);
        if next.is_empty() && taken <= room {
            here.extend(block);
        } else {
            next.extend(block);
        }
    }
    let lines = tightened([first, here, last].concat(), LINES.saturating_sub(HEAD + FOOT));
    let mut out = sheet(ask, physician, &lines, "");
    if !next.is_empty() {
        out.push_str(&sheet(ask, physician, &next, "second sheet"));
    }
    out
}

/// Without as many of its blank lines, from the first, as it is too long by.
fn tightened(lines: Vec<String>, most: usize) -> Vec<String> {
    let mut over = lines.len().saturating_sub(most);
    let stays = |line: &String| {
        let goes = over > 0 && line.is_empty();
        over -= usize::from(goes);
        !goes
    };
    lines.into_iter().filter(stays).collect()
}

/// Lines above and below what is asked.
const HEAD: usize = 3;
const FOOT: usize = 2;

fn sheet(ask: &PageAsk, physician: &str, lines: &[String], which: &str) -> String {
    let patient = &ask.file.patient;
    let birth = patient.birth_date.map(|birth| format!("   born {}", show_date(birth))).unwrap_or_default();
    let number = patient.number.as_ref().map(|number| format!("   no. {}", clean_line(number))).unwrap_or_default();
    let start = ask.start.map(|start| format!(", {}", show_time(start))).unwrap_or_default();
    let who = format!("{}{birth}{number}", patient.list_name());
    let mut out = apart(&who, &format!("{}{start}", show_day(ask.date)));
    out.push_str(&apart("Please fill this in before your visit. Circle one number in each line.", which));
    out.push('\n');
    for line in lines {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.push('\n');
    out.push_str(&apart(&clean_line(physician), "Left and right are your own."));
    out.push('\u{c}');
    out
}

/// Two texts at the ends of a line; where there is no room the left one is cut.
fn apart(left: &str, right: &str) -> String {
    let room = COLUMNS.saturating_sub(width(right) + usize::from(!right.is_empty()));
    let left = cut(left, room);
    let gap = COLUMNS.saturating_sub(width(&left) + width(right));
    format!("{left}{}{right}", " ".repeat(gap)).trim_end().to_owned() + "\n"
}

/// Numbers to circle, three columns each.
fn numbers(answers: impl IntoIterator<Item = u8>) -> String {
    let numbers: Vec<String> = answers.into_iter().map(|answer| format!("{answer:>3}")).collect();
    numbers.concat()
}

fn scale(label: &str) -> String {
    format!("  {label}{}{}", " ".repeat(LABEL.saturating_sub(width(label) + 2)), numbers(0..=10))
}

fn pain() -> Vec<String> {
    let mut out = vec!["PAIN, from 0 (no pain) to 10 (worst pain imaginable)".to_owned()];
    out.extend(["right now", "on average, past week", "at its worst, past week", "at its least, past week"].map(scale));
    out.push(String::new());
    out
}

/// PEG in our own words: Krebs EE et al, J Gen Intern Med, 2009.
fn peg() -> Vec<String> {
    vec![
        "PAST WEEK, from 0 (none, not at all) to 10 (as bad as can be, completely)".to_owned(),
        scale("pain on average"),
        scale("pain got in the way of enjoying life"),
        scale("pain got in the way of general activity"),
        String::new(),
    ]
}

fn questionnaire(part: &PagePart<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let entry = &part.entry;
    let title = match entry {
        Entry::Held(instrument) if entry.is_observed() => {
            format!("filled in by the staff, what is seen over {}", instrument.recall)
        }
        Entry::Held(instrument) => {
            instrument.stem.clone().unwrap_or_else(|| format!("asks about: {}", instrument.recall))
        }
        Entry::Licensed(_) => "fill in the form of its own that lies with this page".to_owned(),
    };
    let scored: Vec<&Question> = part.questions.iter().filter(|question| question.is_scored).collect();
    let ticks = is_ticked(entry, &scored);
    let how = if ticks { " Tick each that fits." } else { "" };
    let gap = if entry.is_observed() { "," } else { ":" };
    out.extend(wrap(&format!("{}{gap} {title}{how}", entry.short()), COLUMNS, ""));
    let shared = shared_words(&scored);
    if let Some(words) = &shared {
        let words: Vec<String> = words.iter().enumerate().map(|(n, word)| format!("{n} {word}")).collect();
        out.extend(wrap(&words.join("  "), COLUMNS - 2, "  "));
    }
    if matches!(entry, Entry::Licensed(_)) {
        return [out, vec![String::new()]].concat();
    }
    for question in &part.questions {
        out.extend(asked(question, ticks, shared.is_some()));
    }
    if let Entry::Held(instrument) = entry
        && instrument.licence_status == LicenceStatus::FreeWithNotice
    {
        out.extend(wrap(&instrument.source, COLUMNS - 2, "  "));
    }
    out.push(String::new());
    out
}

/// Whether a questionnaire is a list to tick: what is left blank counts as no.
fn is_ticked(entry: &Entry<'_>, questions: &[&Question]) -> bool {
    let counts_blank = matches!(entry, Entry::Held(instrument) if instrument.missing_counts_as == Some(0));
    counts_blank && questions.iter().all(|question| question.range_in_words() == "0 to 1")
}

/// The words of the answers, where all questions share them.
fn shared_words(questions: &[&Question]) -> Option<Vec<String>> {
    let words = |question: &Question| match &question.asks {
        Asks::Digit { answers, words } if answers.len() == words.len() && words.iter().all(|word| !word.is_empty()) => {
            Some(words.clone())
        }
        _ => None,
    };
    let first = words(questions.first()?)?;
    (questions.len() > 1 && questions.iter().all(|question| words(question).as_ref() == Some(&first))).then_some(first)
}

/// One question: the published wording where there is one, and what to circle.
fn asked(question: &Question, ticks: bool, shared: bool) -> Vec<String> {
    let wording = if question.detail.is_empty() { &question.label } else { &question.detail };
    if ticks {
        return wrap(&format!("[ ] {wording}"), COLUMNS - 2, "  ");
    }
    let answers = match &question.asks {
        Asks::Digit { answers, .. } => numbers(answers.iter().copied()),
        Asks::Number { .. } => " ______".to_owned(),
    };
    let mut out = wrap(wording, COLUMNS - 3 - width(&answers), "  ");
    if let Some(last) = out.last_mut() {
        let gap = COLUMNS.saturating_sub(width(last) + width(&answers));
        last.push_str(&" ".repeat(gap));
        last.push_str(&answers);
    }
    if let (Asks::Digit { answers, words }, false) = (&question.asks, shared) {
        let words: Vec<String> = answers
            .iter()
            .zip(words)
            .filter(|(_, word)| !word.is_empty())
            .map(|(answer, word)| format!("{answer} {word}"))
            .collect();
        if !words.is_empty() {
            out.extend(wrap(&words.join("   "), COLUMNS - 4, "    "));
        }
    }
    out
}

fn medicines(ask: &PageAsk) -> Vec<String> {
    let mut out = vec!["MEDICINES: what did you stop, start or change since the last visit?".to_owned()];
    match &ask.file.facts.medications {
        Known::Listed(items, _) => {
            let lines: Vec<String> = items.iter().map(|item| clean_line(&item.line)).collect();
            let known = wrap(&format!("We have: {}", lines.join("; ")), COLUMNS - 2, "  ");
            let more = known.len() > 3;
            out.extend(known.into_iter().take(3));
            if more && let Some(last) = out.last_mut() {
                last.push_str(" …");
            }
        }
        Known::NoneOn(on) => out.push(format!("  We have: none ({})", show_date(*on))),
        Known::Unknown => out.push("  We have no list of your medicines yet: please bring yours.".to_owned()),
    }
    out.extend([format!("  {}", "_".repeat(COLUMNS - 2)), format!("  {}", "_".repeat(COLUMNS - 2))]);
    out
}

/// Text over as many lines as it needs, each after the indent.
fn wrap(text: &str, columns: usize, indent: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in clean_line(text).split(' ') {
        let last = lines.last_mut().map_or(0, |line| width(line));
        let gap = usize::from(last > 0);
        if last + gap + width(word) > columns && last > 0 {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            line.push_str(if gap > 0 { " " } else { "" });
            line.push_str(word);
        }
    }
    lines.into_iter().map(|line| format!("{indent}{line}")).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::clinical::body::region::BodyRegion;
    use crate::clinical::id::Ids;
    use crate::clinical::instrument::Catalogue;
    use crate::clinical::patient::{Facts, Medication, Patient, PatientFile};
    use crate::clinical::time::Instant;

    fn ask(due: &[&str], birth: &str) -> PageAsk {
        let mut ids = Ids::seeded(5);
        let at = Instant::from_millis(0);
        let patient = Patient {
            number: Some("1007".to_owned()),
            birth_date: birth.parse().ok(),
            ..Patient::named(ids.next(at), "Okafor", "Adaeze")
        };
        let line = |line: &str| Medication::new(Ids::seeded(9).next(at), line, None);
        let medications = Known::Listed(vec![line("gabapentin 300 mg 3×"), line("tramadol 50 mg at night")], None);
        let catalogue = Catalogue::default();
        PageAsk {
            file: PatientFile { patient, facts: Facts { medications, ..Facts::default() }, problems: Vec::new() },
            date: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
            start: chrono::NaiveTime::from_hms_opt(8, 0, 0),
            due: due.iter().map(|id| catalogue.get(id).unwrap().into()).collect(),
        }
    }

    #[test]
    fn every_sheet_keeps_to_its_lines_and_columns() {
        for (due, sheets) in [
            (&[][..], 1),
            (&["phq2", "gad2"], 1),
            (&["phq9"], 1),
            (&["phq9", "gad7"], 2),
            (&["rmdq"], 2),
            (&["phq9", "gad7", "rmdq", "ort_oud"], 2),
            (&["odi"], 1),
        ] {
            let text = page(&ask(due, "1972-03-02"), "Dr Ines Vela", Ink::Braille);
            assert_eq!(text.matches('\u{c}').count(), sheets, "{due:?}\n{text}");
            for sheet in text.split_terminator('\u{c}') {
                assert!(sheet.lines().count() <= LINES, "{due:?}: {} lines\n{sheet}", sheet.lines().count());
                assert!(sheet.starts_with("OKAFOR Adaeze   born 2 Mar 1972   no. 1007"), "{sheet}");
                for line in sheet.lines() {
                    assert!(width(line) <= COLUMNS, "{line}");
                }
            }
        }
    }

    #[test]
    fn blank_lines_go_first_and_only_as_many_as_are_too_many() {
        let lines = || ["a", "", "b", "", "", "c"].map(str::to_owned).to_vec();
        for (most, left) in
            [(9, "a//b///c"), (6, "a//b///c"), (5, "a/b///c"), (4, "a/b//c"), (3, "a/b/c"), (2, "a/b/c")]
        {
            assert_eq!(tightened(lines(), most).join("/"), left, "{most}");
        }
    }

    #[test]
    fn the_order_is_that_of_the_keys_and_the_published_wording_is_printed() {
        let text = page(&ask(&["phq2"], "1972-03-02"), "Dr Ines Vela", Ink::Braille);
        let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is not in\n{text}"));
        let order = [
            "right now",
            "at its least",
            "enjoying life",
            "Over the last 2 weeks, how often have you been bothered",
            "Little interest or pleasure in doing things",
            "WHERE DOES IT HURT?",
            "bul ___",
            "MEDICINES",
            "gabapentin 300 mg 3×; tramadol 50 mg at night",
        ];
        assert!(order.map(at).is_sorted(), "{text}");
        for region in BodyRegion::all() {
            assert_eq!(text.matches(&format!("{} ___", region.code())).count(), 1, "{}", region.code());
        }
    }

    #[test]
    fn a_toddler_is_observed_and_not_asked_for_a_number() {
        let text = page(&ask(&["flacc"], "2024-06-01"), "Dr Ines Vela", Ink::Braille);
        assert!(!text.contains("right now") && !text.contains("enjoying life"), "{text}");
        assert!(
            text.contains("FLACC, filled in by the staff")
                && !text.contains("not asked")
                && text.contains("Consolability"),
            "{text}"
        );
        assert!(!text.contains("number from 0 to 10"), "{text}");
        assert_eq!(text.matches('\u{c}').count(), 1);
    }

    #[test]
    fn a_child_is_not_asked_what_is_for_adults() {
        let text = page(&ask(&[], "2016-01-01"), "Dr Ines Vela", Ink::Braille);
        assert!(!text.contains("enjoying life") && text.contains("right now"), "{text}");
    }

    #[test]
    fn a_list_to_tick_has_boxes_and_no_numbers() {
        let text = page(&ask(&["rmdq"], "1972-03-02"), "Dr Ines Vela", Ink::Braille);
        assert_eq!(text.matches("[ ] ").count(), 24);
        assert!(text.contains("[ ] I stay in bed most of the time because of my back."));
    }
}
