//! What a calculator gives back: fields for programs, a sentence for people, and why.

use super::json::Json;
use crate::clinical::exact::Exact;
use crate::clinical::why::{Fact, Why};

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    fields: Vec<(String, Json)>,
    /// The answer in words.
    pub sentence: String,
    /// Why.
    pub why: Why,
}

impl Answer {
    /// An answer without fields yet.
    pub const fn new(why: Why) -> Self {
        Self { fields: Vec::new(), sentence: String::new(), why }
    }

    /// The same with a field.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: Json) -> Self {
        self.fields.push((name.into(), value));
        self
    }

    /// The same with a field, if there is a value.
    #[must_use]
    pub fn with_some(self, name: impl Into<String>, value: Option<Json>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same with an exact number.
    #[must_use]
    pub fn number(self, name: impl Into<String>, value: Exact) -> Self {
        self.with(name, Json::number(value))
    }

    /// The same with true or false.
    #[must_use]
    pub fn flag(self, name: impl Into<String>, value: bool) -> Self {
        self.with(name, Json::Flag(value))
    }

    /// The same with these words for people.
    #[must_use]
    pub fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.sentence = sentence.into();
        self
    }

    /// As one JSON object, `why` last: the governing rule with source, date and whether all of it is verified, and every
    /// fact by itself.
    pub fn json(&self) -> Json {
        let mut object = self.fields.clone();
        object.push(("why".to_owned(), why(&self.why)));
        Json::Object(object)
    }

    /// In words: the sentence, then why, one fact a line.
    pub fn words(&self) -> String {
        let facts: Vec<String> = self.why.facts().map(|fact| format!("  {}", fact.show())).collect();
        format!("{}\nWhy:\n{}\n", self.sentence, facts.join("\n"))
    }
}

fn why(why: &Why) -> Json {
    let mut fields = fact(why.first());
    if let Some((_, verified)) = fields.iter_mut().find(|(name, _)| name == "verified") {
        *verified = Json::Flag(why.verified());
    }
    let facts = why.facts().map(|each| Json::Object(fact(each))).collect();
    fields.push(("facts".to_owned(), Json::List(facts)));
    Json::Object(fields)
}

fn fact(fact: &Fact) -> Vec<(String, Json)> {
    vec![
        ("rule".to_owned(), Json::text(&fact.rule)),
        ("source".to_owned(), Json::text(&fact.source)),
        ("date".to_owned(), Json::text(&fact.date)),
        ("verified".to_owned(), Json::Flag(fact.verified)),
    ]
}

/// `yes` or `no`.
pub const fn yes_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// Parts that say something, one sentence each.
pub fn sentences(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `Label: a; b.`, or nothing where there is nothing to list.
pub fn listed<'a>(label: &str, items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<&str> = items.into_iter().map(|item| item.trim_end_matches('.')).collect();
    if items.is_empty() { String::new() } else { format!("{label}: {}.", items.join("; ")) }
}
