//! Education: topics with handouts in our own words, and when which was given, with teach-back: whether the patient could say
//! it back.
//!
//! A handout is a file in `assets/education/`: a title, then plain short sentences. A new one is a file and a line here.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::{HandoutGivenId, PatientId, VisitId};
use super::time::{Instant, show_date};

/// A handout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handout {
    /// Its name: what `daysheet print handout` takes, and what the record keeps.
    pub id: &'static str,
    /// The whole text: its title on the first line, behind a `#`.
    pub text: &'static str,
}

macro_rules! handouts {
    ($($id:literal),+ $(,)?) => {
        /// Every handout, in the order in which they are offered.
        pub const HANDOUTS: &[Handout] =
            &[$(Handout { id: $id, text: include_str!(concat!("../../assets/education/", $id, ".md")) }),+];
    };
}

handouts! {
    "pacing", "exercise", "sleep", "relaxation", "cbt", "flare_up", "heat_cold", "tens", "medicines", "opioid_safety",
    "naloxone", "driving", "epidural", "facet_rf", "trigger_point", "nerve_block", "joint_injection",
    "spinal_cord_stimulation", "sympathetic_block", "botulinum", "pain_pump", "vertebral_augmentation", "infusion",
}

impl Handout {
    /// The one of this name.
    pub fn named(id: &str) -> Option<&'static Self> {
        let wanted = id.trim().to_lowercase().replace(['-', ' '], "_");
        HANDOUTS.iter().find(|handout| handout.id == wanted)
    }

    /// Its title.
    pub fn title(&self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim_start_matches('#').trim()
    }

    /// The text below the title.
    pub fn body(&self) -> &'static str {
        self.text.split_once('\n').map_or("", |(_, body)| body.trim())
    }

    /// For paper: the title underlined, the text in lines of at most so many columns, and who gave it.
    pub fn page(&self, width: usize, given_by: &str) -> String {
        let mut out = format!("{}\n{}\n\n", self.title(), "=".repeat(self.title().chars().count()));
        for line in self.body().lines() {
            let (lead, text) = line.strip_prefix("- ").map_or(("", line), |text| ("- ", text));
            let mut column = 0;
            for word in text.split_whitespace() {
                let wide = word.chars().count();
                if column == 0 {
                    out.push_str(lead);
                    column = lead.len();
                } else if column + 1 + wide > width {
                    out.push('\n');
                    out.push_str(if lead.is_empty() { "" } else { "  " });
                    column = lead.len();
                } else {
                    out.push(' ');
                    column += 1;
                }
                out.push_str(word);
                column += wide;
            }
            out.push('\n');
        }
        if !given_by.is_empty() {
            out.push_str(&format!("\n{given_by}\n"));
        }
        out
    }
}

/// A handout given to a patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoutGiven {
    /// Identity.
    pub id: HandoutGivenId,
    /// To whom.
    pub patient: PatientId,
    /// In which visit.
    pub visit: Option<VisitId>,
    /// Which one, by its name.
    pub topic: String,
    /// When.
    pub on: NaiveDate,
    /// By whom.
    pub by: String,
    /// Whether the patient said it back in own words; none was not asked.
    pub teach_back: Option<bool>,
    /// When it was kept.
    pub kept_at: Instant,
}

impl HandoutGiven {
    /// Its title; of one that is no longer shipped, its name.
    pub fn title(&self) -> String {
        Handout::named(&self.topic).map_or_else(|| self.topic.clone(), |handout| handout.title().to_owned())
    }

    /// Whether it was said back, in words.
    pub const fn teach_back_words(&self) -> &'static str {
        match self.teach_back {
            Some(true) => "said back in own words",
            Some(false) => "not said back: explain again",
            None => "not asked to say it back",
        }
    }

    /// In a line: `Pacing, 24 Nov 2026, by AR, said back in own words`.
    pub fn line(&self) -> String {
        format!("{}, {}, by {}, {}", self.title(), show_date(self.on), self.by, self.teach_back_words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::facts::procedures::procedures;

    #[test]
    fn there_are_handouts_enough_each_with_a_title_and_a_text_of_its_own() {
        assert!(HANDOUTS.len() >= 15);
        for handout in HANDOUTS {
            assert!(handout.text.starts_with("# "), "{}", handout.id);
            let words = handout.body().split_whitespace().count();
            assert!((120..=420).contains(&words), "{}: {words} words", handout.id);
            assert_eq!(HANDOUTS.iter().filter(|other| other.title() == handout.title()).count(), 1, "{}", handout.id);
            assert_eq!(Handout::named(handout.id), Some(handout));
        }
        assert_eq!(Handout::named("Opioid-Safety").map(|handout| handout.id), Some("opioid_safety"));
        assert_eq!(Handout::named("dancing"), None);
    }

    #[test]
    fn every_family_of_procedures_has_its_handout() {
        let topics = [
            ("epidural", "epidural"),
            ("facet", "facet_rf"),
            ("rfa", "facet_rf"),
            ("sacroiliac", "joint_injection"),
            ("joint", "joint_injection"),
            ("peripheral_nerve", "nerve_block"),
            ("sympathetic", "sympathetic_block"),
            ("trigger_point", "trigger_point"),
            ("botulinum", "botulinum"),
            ("neuromodulation", "spinal_cord_stimulation"),
            ("intrathecal", "pain_pump"),
            ("augmentation", "vertebral_augmentation"),
            ("other", "infusion"),
        ];
        for procedure in &procedures().procedure {
            let topic = topics.iter().find(|(family, _)| *family == procedure.family);
            let handout = topic.and_then(|(_, topic)| Handout::named(topic));
            assert!(handout.is_some(), "{}: no handout for {}", procedure.name, procedure.family);
        }
    }

    /// The sentences of a handout: bullets and paragraphs, cut at full stops, question marks and colons.
    fn sentences(handout: &Handout) -> Vec<&'static str> {
        let lines = handout.body().lines().map(|line| line.trim_start_matches("- "));
        let cut = lines.flat_map(|line| line.split(['.', '?', '!', ':']));
        cut.map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
    }

    #[test]
    fn a_child_of_twelve_can_read_them_short_sentences_and_short_words() {
        for handout in HANDOUTS {
            let sentences = sentences(handout);
            let count = |sentence: &str| sentence.split_whitespace().count();
            for sentence in &sentences {
                assert!(count(sentence) <= 16, "{}: {} words: {sentence}", handout.id, count(sentence));
            }
            let words: Vec<&str> = sentences.iter().flat_map(|sentence| sentence.split_whitespace()).collect();
            let mean = words.len() * 10 / sentences.len();
            assert!(mean <= 105, "{}: {mean} tenths of a word a sentence", handout.id);
            let long = words.iter().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 10).count();
            assert!(long * 100 <= words.len() * 4, "{}: {long} long words of {}", handout.id, words.len());
        }
    }

    #[test]
    fn on_paper_no_line_is_too_wide_and_bullets_hang() {
        for handout in HANDOUTS {
            let page = handout.page(72, "Dr. A. Rivera");
            assert!(page.lines().all(|line| line.chars().count() <= 72), "{}", handout.id);
            assert!(page.starts_with(handout.title()) && page.ends_with("Dr. A. Rivera\n"));
        }
        let handout = Handout { id: "x", text: "# T\n\n- one two three\n" };
        assert_eq!(handout.page(9, ""), "T\n=\n\n- one two\n  three\n");
    }
}
