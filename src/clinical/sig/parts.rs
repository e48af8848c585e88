//! A typed line in its parts, each as it was typed, and the line made of them again: the two say the same.

use serde::{Deserialize, Serialize};

use super::read::Reader;
use super::{Sig, words};

/// The parts of a line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Parts {
    /// The medicine.
    pub drug: String,
    /// How it is made and by which way it is given: `er`, `patch`, `sl`.
    pub form: String,
    /// How much is in one: `20 mg`, `25 mcg/h`, `10 mg/5 ml`.
    pub strength: String,
    /// How much at a time: `2`, `1-2 tabs`, `2.5 ml`.
    pub dose: String,
    /// How often, whether only when needed, at most how much: `1-0-1`, `q4h prn max 6/day`.
    pub often: String,
    /// How many were prescribed: `#60`.
    pub quantity: String,
    /// Everything else: what for, what was not read.
    pub rest: String,
}

impl Parts {
    /// The parts of a line.
    pub fn of(line: &str) -> Self {
        let mut reader = Reader::of(line);
        let mut parts = Self { drug: reader.sig.name.clone(), ..Self::default() };
        loop {
            let before = reader.sig.clone();
            let Some(text) = reader.take() else { return parts };
            // A sign between two parts belongs to neither.
            if text.chars().any(char::is_alphanumeric) {
                let part = parts.of_kind(&before, &reader.sig, text);
                let gap = if part.is_empty() { "" } else { " " };
                part.push_str(gap);
                part.push_str(text);
            }
        }
    }

    /// The part that a piece of the line belongs to: what it said.
    fn of_kind(&mut self, before: &Sig, after: &Sig, text: &str) -> &mut String {
        let frequency = |sig: &Sig| (sig.often.clone(), sig.as_needed, sig.most);
        let is_time =
            || text.split_whitespace().next().is_some_and(|word| words::times(&word.to_lowercase()).is_some());
        if before.strength != after.strength {
            &mut self.strength
        } else if before.dose != after.dose {
            &mut self.dose
        } else if frequency(before) != frequency(after) {
            &mut self.often
        } else if (before.release, before.route) != (after.release, after.route) {
            &mut self.form
        } else if before.quantity != after.quantity {
            &mut self.quantity
        } else if is_time() {
            &mut self.often
        } else {
            &mut self.rest
        }
    }

    /// The line that says the same.
    pub fn line(&self) -> String {
        let quantity = self.quantity_words();
        let parts = [&self.drug, &self.form, &self.strength, &self.dose, &self.often, &quantity, &self.rest];
        let parts: Vec<&str> = parts.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }

    /// How many, as a line says it: a bare number has its sign before it.
    fn quantity_words(&self) -> String {
        let typed = self.quantity.trim();
        let bare = !typed.is_empty() && typed.chars().all(|c| c.is_ascii_digit());
        if bare { format!("#{typed}") } else { typed.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn a_line_falls_into_its_parts() {
        for (line, expected) in [
            ("gabapentin 300 1-1-1", ["gabapentin", "", "300", "", "1-1-1", "", ""]),
            (
                "oxycodone er 20 mg bid #60 for knee pain",
                ["oxycodone", "er", "20 mg", "", "bid", "#60", "for knee pain"],
            ),
            ("naproxen 500 mg bid qty 28", ["naproxen", "", "500 mg", "", "bid", "qty 28", ""]),
            ("gabapentin 300 mg tid daily", ["gabapentin", "", "300 mg", "", "tid daily", "", ""]),
            ("fentanyl patch 25 mcg/h q72h", ["fentanyl", "patch", "25 mcg/h", "", "q72h", "", ""]),
            (
                "morphine 10 mg/5 ml 2.5 ml q4h prn max 6/day",
                ["morphine", "", "10 mg/5 ml", "2.5 ml", "q4h prn max 6/day", "", ""],
            ),
            ("Norco 10/325 1 tab q6h prn", ["Norco", "", "10/325", "1 tab", "q6h prn", "", ""]),
            ("buprenorphine 8 mg sl daily", ["buprenorphine", "sl", "8 mg", "", "daily", "", ""]),
            ("gabapentin 300 1-1-1 blue ones", ["gabapentin", "", "300", "", "1-1-1", "", "blue ones"]),
            ("", [""; 7]),
        ] {
            let parts = Parts::of(line);
            let told =
                [&parts.drug, &parts.form, &parts.strength, &parts.dose, &parts.often, &parts.quantity, &parts.rest];
            assert_eq!(told.map(String::as_str), expected, "{line}");
        }
    }

    #[test]
    fn the_line_made_of_the_parts_reads_the_same() {
        for line in [
            "gabapentin 300 mg 2-2-2",
            "gabapentin 300 2 tid",
            "gabapentin 900 mg/day",
            "oxycodone er 20 mg bid #60 for knee pain",
            "OxyContin 20 mg b.i.d.",
            "oxycodone 5-10 mg q4-6h prn",
            "oxycodone 5 mg 1-2 tabs q4-6h prn up to 30 mg a day",
            "Percocet 5 mg/325 mg one tablet every 6 hours",
            "Oramorph 20 mg/ml 0,5 ml q6h",
            "methadone 5 mg 3x daily",
            "tapentadol 50 mg ½-0-½",
            "fentanyl 25 µg/h every 3 days",
            "fentanyl patch 2 patches 50 mcg/hour every 72 hours",
            "amitriptyline 10 mg at night",
            "Tylenol 3 300/30 q6h",
            "gabapentin 1.000 mg bid",
            "fentanyl patch 25 mg/h q72h",
            "take oxycodone 20 mcg bid",
            "some new drug 5 mg",
            "Eliquis (apixaban) 5 mg bid",
            "9999999999999999999 mg",
        ] {
            let (typed, made) = (read(line), read(&Parts::of(line).line()));
            assert_eq!(made.reading(), typed.reading(), "{line} -> {}", Parts::of(line).line());
            assert_eq!(made.refused, typed.refused, "{line}");
            assert_eq!(made.name, typed.name, "{line}");
        }
    }
}
