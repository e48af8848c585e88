//! Reading the inputs of a calculator from JSON: each by name, of the right kind, and none that nobody asked for.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::json::Json;
use crate::clinical::calc::CalcError;
use crate::clinical::calc::error::known;
use crate::clinical::exact::Exact;
use crate::clinical::instrument::Answers;
use crate::clinical::vocab::Vocab;

/// The fields of one object, with the path that errors name.
#[derive(Debug, Clone)]
pub struct Inputs<'a> {
    path: String,
    fields: &'a [(String, Json)],
}

impl<'a> Inputs<'a> {
    /// The fields of a value that must be an object.
    pub fn of(path: &str, json: &'a Json) -> Result<Self, CalcError> {
        match json {
            Json::Object(fields) => Ok(Self { path: path.to_owned(), fields }),
            _ if path.is_empty() => Err(CalcError::wrong_kind("the input", "one JSON object")),
            _ => Err(CalcError::wrong_kind(path, "an object")),
        }
    }

    /// How errors name a field.
    pub fn name(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }

    /// Refuses fields that are none of these: a mistyped name must not be a missing input.
    pub fn only(&self, names: &[&str]) -> Result<(), CalcError> {
        match self.fields.iter().find(|(field, _)| !names.contains(&field.as_str())) {
            None => Ok(()),
            Some((field, _)) => Err(CalcError::unknown(self.name(field), "this input", known(names.iter().copied()))),
        }
    }

    /// Whether a field is there. Null is as good as not there.
    pub fn has(&self, field: &str) -> bool {
        self.get(field).is_some()
    }

    fn get(&self, field: &str) -> Option<&'a Json> {
        let found = self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value);
        found.filter(|value| **value != Json::Null)
    }

    fn need<T>(&self, field: &str, value: Option<T>) -> Result<T, CalcError> {
        value.ok_or_else(|| CalcError::missing(self.name(field)))
    }

    /// A number, read exactly.
    pub fn number(&self, field: &str) -> Result<Option<Exact>, CalcError> {
        self.get(field).map(|value| number(&self.name(field), value)).transpose()
    }

    /// A number that must be there.
    pub fn need_number(&self, field: &str) -> Result<Exact, CalcError> {
        self.need(field, self.number(field)?)
    }

    /// A list of numbers; empty where it is not there.
    pub fn numbers(&self, field: &str) -> Result<Vec<Exact>, CalcError> {
        self.list(field)?
            .iter()
            .enumerate()
            .map(|(i, value)| number(&format!("{}[{i}]", self.name(field)), value))
            .collect()
    }

    /// A whole number.
    pub fn whole(&self, field: &str) -> Result<Option<i64>, CalcError> {
        self.get(field).map(|value| whole(&self.name(field), value)).transpose()
    }

    /// A whole number that must be there.
    pub fn need_whole(&self, field: &str) -> Result<i64, CalcError> {
        self.need(field, self.whole(field)?)
    }

    /// True or false.
    pub fn flag(&self, field: &str) -> Result<Option<bool>, CalcError> {
        match self.get(field) {
            None => Ok(None),
            Some(Json::Flag(flag)) => Ok(Some(*flag)),
            Some(_) => Err(CalcError::wrong_kind(self.name(field), "true or false")),
        }
    }

    /// True or false that must be there.
    pub fn need_flag(&self, field: &str) -> Result<bool, CalcError> {
        self.need(field, self.flag(field)?)
    }

    /// A text.
    pub fn text(&self, field: &str) -> Result<Option<String>, CalcError> {
        self.get(field).map(|value| text(&self.name(field), value)).transpose()
    }

    /// A text that must be there.
    pub fn need_text(&self, field: &str) -> Result<String, CalcError> {
        self.need(field, self.text(field)?)
    }

    /// A list of texts; empty where it is not there.
    pub fn texts(&self, field: &str) -> Result<Vec<String>, CalcError> {
        self.list(field)?
            .iter()
            .enumerate()
            .map(|(i, value)| text(&format!("{}[{i}]", self.name(field)), value))
            .collect()
    }

    /// A list of names that must be there; one that stands twice counts once.
    pub fn need_set(&self, field: &str) -> Result<BTreeSet<String>, CalcError> {
        self.need(field, self.get(field))?;
        Ok(self.texts(field)?.into_iter().collect())
    }

    /// One of a closed set of words.
    pub fn word<V: Vocab>(&self, field: &str) -> Result<Option<V>, CalcError> {
        let Some(given) = self.text(field)? else { return Ok(None) };
        let words = || known(V::ALL.iter().map(|word| word.name()));
        V::from_name(&given).map(Some).ok_or_else(|| CalcError::unknown(self.name(field), given, words()))
    }

    /// One of a closed set of words that must be there.
    pub fn need_word<V: Vocab>(&self, field: &str) -> Result<V, CalcError> {
        self.need(field, self.word(field)?)
    }

    /// A date as 2026-11-24.
    pub fn date(&self, field: &str) -> Result<Option<NaiveDate>, CalcError> {
        let Some(given) = self.text(field)? else { return Ok(None) };
        let wrong = || CalcError::out_of_range(self.name(field), &given, "a date is written as 2026-11-24");
        given.parse().map(Some).map_err(|_| wrong())
    }

    /// A date that must be there.
    pub fn need_date(&self, field: &str) -> Result<NaiveDate, CalcError> {
        self.need(field, self.date(field)?)
    }

    fn list(&self, field: &str) -> Result<&'a [Json], CalcError> {
        match self.get(field) {
            None => Ok(&[]),
            Some(Json::List(items)) => Ok(items),
            Some(_) => Err(CalcError::wrong_kind(self.name(field), "a list")),
        }
    }

    /// The objects of a list; empty where it is not there.
    pub fn rows(&self, field: &str) -> Result<Vec<Self>, CalcError> {
        self.list(field)?
            .iter()
            .enumerate()
            .map(|(i, value)| Self::of(&format!("{}[{i}]", self.name(field)), value))
            .collect()
    }

    /// The objects of a list that must be there.
    pub fn need_rows(&self, field: &str) -> Result<Vec<Self>, CalcError> {
        self.need(field, self.get(field))?;
        self.rows(field)
    }

    /// An object within.
    pub fn object(&self, field: &str) -> Result<Option<Self>, CalcError> {
        self.get(field).map(|value| Self::of(&self.name(field), value)).transpose()
    }

    /// An object within that must be there.
    pub fn need_object(&self, field: &str) -> Result<Self, CalcError> {
        self.need(field, self.object(field)?)
    }

    /// All fields as answers to items. Null is an item that was not answered.
    pub fn answers(&self) -> Result<Answers, CalcError> {
        self.answers_but(&[], |_| false)
    }

    /// All fields as answers of yes or no: true and false count 1 and 0.
    pub fn marks(&self) -> Result<Answers, CalcError> {
        self.answers_but(&[], |_| true)
    }

    /// All fields but these as answers to items; `yes_no` says which items may also be true or false. Of a grade they
    /// would say nothing.
    pub fn answers_but(&self, others: &[&str], yes_no: impl Fn(&str) -> bool) -> Result<Answers, CalcError> {
        let is_item = |field: &str, value: &Json| *value != Json::Null && !others.contains(&field);
        let given = self.fields.iter().filter(|(field, value)| is_item(field, value));
        given
            .map(|(item, value)| match value {
                Json::Flag(flag) if yes_no(item) => Ok((item.clone(), i64::from(*flag))),
                value => Ok((item.clone(), whole(&self.name(item), value)?)),
            })
            .collect()
    }

    /// Whether a field is a list that begins with a number.
    pub fn is_list_of_numbers(&self, field: &str) -> bool {
        matches!(self.get(field), Some(Json::List(items)) if matches!(items.first(), Some(Json::Number(_))))
    }

    /// Whether a field is a list.
    pub fn is_list(&self, field: &str) -> bool {
        matches!(self.get(field), Some(Json::List(_)))
    }
}

fn number(field: &str, value: &Json) -> Result<Exact, CalcError> {
    let Json::Number(text) = value else { return Err(CalcError::wrong_kind(field, "a number")) };
    text.parse().map_err(|fault| CalcError::out_of_range(field, text, format!("{fault}")))
}

fn whole(field: &str, value: &Json) -> Result<i64, CalcError> {
    let exact = number(field, value)?;
    exact.as_whole().ok_or_else(|| CalcError::out_of_range(field, exact, "it is a whole number"))
}

fn text(field: &str, value: &Json) -> Result<String, CalcError> {
    let Json::Text(text) = value else { return Err(CalcError::wrong_kind(field, "a text")) };
    Ok(text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_kind_is_named() {
        let json = Json::read(r#"{"a":"x","b":1.5,"c":[1,"y"],"d":{"e":null},"f":"2026-02-30"}"#).unwrap();
        let inputs = Inputs::of("", &json).unwrap();
        for (fault, said) in [
            (inputs.need_number("a").unwrap_err(), "a must be a number"),
            (inputs.need_whole("b").unwrap_err(), "b is 1.5: it is a whole number"),
            (inputs.texts("c").unwrap_err(), "c[0] must be a text"),
            (inputs.numbers("c").unwrap_err(), "c[1] must be a number"),
            (inputs.rows("c").unwrap_err(), "c[0] must be an object"),
            (inputs.need_object("d").unwrap().need_text("e").unwrap_err(), "d.e is missing"),
            (inputs.need_date("f").unwrap_err(), "f is 2026-02-30: a date is written as 2026-11-24"),
            (inputs.need_flag("a").unwrap_err(), "a must be true or false"),
            (inputs.need_set("z").unwrap_err(), "z is missing"),
            (inputs.rows("a").unwrap_err(), "a must be a list"),
        ] {
            assert_eq!(fault.to_string(), said);
        }
        assert_eq!(inputs.only(&["a", "b", "c", "d"]).unwrap_err().field(), "f");
        assert!(Inputs::of("", &Json::Null).is_err());
    }

    #[test]
    fn whole_numbers_may_be_written_with_a_point_and_a_flag_is_no_grade() {
        let answers = |json: &str| Inputs::of("", &Json::read(json).unwrap()).unwrap().answers();
        let read = answers(r#"{"q1":2.0,"q2":3,"q4":null}"#).unwrap();
        assert_eq!(read.into_iter().collect::<Vec<_>>(), [("q1".into(), 2), ("q2".into(), 3)]);
        for json in [r#"{"q1":true}"#, r#"{"q1":false}"#] {
            assert_eq!(answers(json).unwrap_err().to_string(), "q1 must be a number");
        }
        let marks = Inputs::of("", &Json::read(r#"{"a":true,"b":false,"c":1}"#).unwrap()).unwrap().marks().unwrap();
        assert_eq!(marks.into_values().collect::<Vec<_>>(), [1, 0, 1]);
    }
}
