//! Dot-phrases: those that ship with the program and the physician's own. A phrase of one's own takes the place of the
//! shipped one of the same word.

use super::facts::phrases::phrases;

/// What a phrase may hold in braces, and what it becomes. A field of the form counts by its own name, too.
pub const VALUES: &[(&str, &str)] = &[
    ("age", "age in years"),
    ("sex", "sex"),
    ("name", "given and family name"),
    ("reason", "reason of the visit"),
    ("language", "language"),
    ("allergies", "allergies"),
    ("antithrombotics", "blood thinners"),
    ("medicines", "other medicines"),
    ("goal", "goal in the patient's words"),
    ("now", "pain now"),
    ("peg", "PEG"),
    ("change", "change of PEG since the last visit"),
    ("last", "date of the last visit or procedure"),
    ("today", "today's date"),
    ("time", "the time"),
];

/// The physician's own phrases over the shipped ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhraseBook {
    /// The physician's own, in the order of the file.
    pub own: Vec<OwnPhrase>,
    /// What is wrong in their file, as sentences with line and column.
    pub faults: Vec<String>,
}

/// A phrase of the physician's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPhrase {
    /// The word after the dot.
    pub word: String,
    /// What it is; its first words where nothing was said.
    pub title: String,
    /// What it becomes.
    pub text: String,
}

/// A phrase as lists show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed<'a> {
    /// Where it is listed.
    pub group: &'a str,
    /// The word after the dot.
    pub word: &'a str,
    /// What it is.
    pub title: &'a str,
}

impl PhraseBook {
    /// What a word becomes.
    pub fn text(&self, word: &str) -> Option<&str> {
        let own = self.own.iter().find(|phrase| phrase.word == word).map(|phrase| phrase.text.as_str());
        own.or_else(|| phrases().phrase.iter().find(|phrase| phrase.word == word).map(|phrase| phrase.text.as_str()))
    }

    /// Every phrase, the physician's own first.
    pub fn all(&self) -> impl Iterator<Item = Listed<'_>> {
        let own = self.own.iter().map(|one| Listed { group: "Your own", word: &one.word, title: &one.title });
        let shipped = phrases().phrase.iter().filter(|one| !self.own.iter().any(|own| own.word == one.word));
        own.chain(shipped.map(|one| Listed { group: &one.group, word: &one.word, title: &one.title }))
    }

    /// Those whose word begins so.
    pub fn beginning(&self, with: &str) -> Vec<Listed<'_>> {
        self.all().filter(|one| one.word.starts_with(with)).collect()
    }

    /// Everything about phrases on one page: how they work, every word, what is wrong in the own file.
    pub fn page(&self, own_file: &str) -> String {
        let mut out = vec![
            "In a text of several lines type a dot and a word, then a blank, Enter or Tab: the phrase takes its place. \
             Tab goes to the next blank (***). It is yours to change before it is kept."
                .to_owned(),
        ];
        if !self.faults.is_empty() {
            out.push(format!("In your own file, to be mended:\n{}", self.faults.join("\n")));
        }
        let mut group = "";
        for one in self.all() {
            if one.group != group {
                group = one.group;
                out.push(group.to_owned());
            }
            let line = format!("\n  .{:<13} {}", one.word, one.title);
            if let Some(last) = out.last_mut() {
                last.push_str(&line);
            }
        }
        let values: Vec<String> = VALUES.iter().map(|(name, what)| format!("{{{name}}} {what}")).collect();
        out.push(format!("A phrase may hold {}, and any field of the form by its name.", values.join(", ")));
        out.push(format!("Your own stand in {own_file}, one a line:\n  plan = \"We agreed on ***.\""));
        out.join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(word: &str, text: &str) -> OwnPhrase {
        OwnPhrase { word: word.to_owned(), title: "mine".to_owned(), text: text.to_owned() }
    }

    #[test]
    fn ones_own_phrase_takes_the_place_of_the_shipped_one() {
        let book = PhraseBook { own: vec![own("neuro", "as I write it"), own("mine", "new")], faults: Vec::new() };
        assert_eq!(book.text("neuro"), Some("as I write it"));
        assert_eq!(book.text("mine"), Some("new"));
        assert_eq!(book.text("nothing"), None);
        assert!(PhraseBook::default().text("neuro").is_some_and(|text| text.contains("Reflexes")));
        assert_eq!(book.all().filter(|one| one.word == "neuro").count(), 1);
        assert_eq!(book.beginning("neuro").first().map(|one| one.group), Some("Your own"));
    }

    #[test]
    fn the_shipped_phrases_are_sound() {
        let mut seen = std::collections::BTreeSet::new();
        for phrase in &phrases().phrase {
            let word = &phrase.word;
            assert!(seen.insert(word), ".{word} stands twice");
            assert!(word.chars().all(|c| c.is_ascii_lowercase()), ".{word}");
            assert!(!phrase.title.is_empty() && phrase.text.ends_with('.') && !phrase.text.contains("  "), ".{word}");
            for name in phrase.text.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                assert!(VALUES.iter().any(|(known, _)| *known == name), ".{word} asks for {{{name}}}");
            }
        }
    }

    #[test]
    fn the_page_lists_every_word_and_what_is_wrong() {
        let faults = vec!["line 3, column 5: a phrase is a text in quotes".to_owned()];
        let page = PhraseBook { own: vec![own("mine", "new")], faults }.page("phrases.toml");
        for words in [".neuro", ".consent", ".mine", "line 3, column 5", "{peg}", "phrases.toml"] {
            assert!(page.contains(words), "{words}");
        }
    }
}
