//! Conditions of flags as the tables write them: `q9 >= 1`, `total >= 10`, `value == -2`.

use std::str::FromStr;

use crate::clinical::exact::Exact;

/// A name compared with a whole number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    name: String,
    comparison: Comparison,
    number: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    Above,
    AtMost,
    Below,
    Equal,
}

impl Condition {
    /// What is compared: an item, or `total` or `value` for the score.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the score itself is compared.
    pub fn is_about_score(&self) -> bool {
        matches!(self.name.as_str(), "total" | "value")
    }

    /// In words, about whatever is compared: `is 1 or more`.
    pub fn says(&self) -> String {
        let number = self.number;
        match self.comparison {
            Comparison::AtLeast => format!("is {number} or more"),
            Comparison::Above => format!("is above {number}"),
            Comparison::AtMost => format!("is {number} or less"),
            Comparison::Below => format!("is below {number}"),
            Comparison::Equal => format!("is {number}"),
        }
    }

    /// Whether a value meets it.
    pub fn is_met(&self, value: Exact) -> bool {
        let number = Exact::from(self.number);
        match self.comparison {
            Comparison::AtLeast => value >= number,
            Comparison::Above => value > number,
            Comparison::AtMost => value <= number,
            Comparison::Below => value < number,
            Comparison::Equal => value == number,
        }
    }
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no condition; write it as: total >= 10");
        let mut words = text.split_whitespace();
        let (Some(name), Some(comparison), Some(number), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(wrong());
        };
        let comparison = match comparison {
            ">=" => Comparison::AtLeast,
            ">" => Comparison::Above,
            "<=" => Comparison::AtMost,
            "<" => Comparison::Below,
            "==" => Comparison::Equal,
            _ => return Err(wrong()),
        };
        Ok(Self { name: name.to_owned(), comparison, number: number.parse().map_err(|_| wrong())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_compare_as_written() {
        for (text, value, met) in [
            ("q9 >= 1", 1, true),
            ("q9 >= 1", 0, false),
            ("value == -2", -2, true),
            ("value <= -3", -3, true),
            ("value <= -3", -2, false),
            ("total > 3", 3, false),
            ("total < 3", 2, true),
        ] {
            assert_eq!(text.parse::<Condition>().unwrap().is_met(Exact::from(value)), met, "{text} {value}");
        }
        for (text, said) in [
            ("q9 >= 1", "is 1 or more"),
            ("value == -2", "is -2"),
            ("value <= -3", "is -3 or less"),
            ("total > 3", "is above 3"),
            ("total < 3", "is below 3"),
        ] {
            assert_eq!(text.parse::<Condition>().unwrap().says(), said);
        }
        for text in ["", "q9", "q9 => 1", "q9 >= one", "q9 >= 1 or so"] {
            assert!(text.parse::<Condition>().is_err(), "{text}");
        }
    }
}
