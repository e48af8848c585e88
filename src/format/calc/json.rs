//! JSON whose numbers keep the digits they were written with: a dose never passes through a binary float.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

use crate::clinical::exact::Exact;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// Nothing.
    Null,
    /// True or false.
    Flag(bool),
    /// A number, as it is written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Fields in their order.
    Object(Vec<(String, Json)>),
}

/// Why a text is no JSON this reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotJson {
    /// Not JSON at all.
    #[error("the input is no JSON: {0}")]
    Malformed(String),
    /// Lists within lists within lists.
    #[error("the input is nested too deeply")]
    TooDeep,
    /// The same field twice in one object: which one is meant?
    #[error("the field {0} stands twice")]
    Twice(String),
}

/// Inputs are a few levels deep; more is a mistake.
const DEEPEST: usize = 16;

impl Json {
    /// An exact number with as few digits as say it, at most six decimals.
    pub fn number(value: Exact) -> Self {
        Self::Number(value.plain())
    }
    /// A whole number.
    pub fn whole(value: impl fmt::Display) -> Self {
        Self::Number(value.to_string())
    }
    /// A text.
    pub fn text(value: impl Into<String>) -> Self {
        Self::Text(value.into())
    }
    /// A list of texts.
    pub fn texts<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::List(values.into_iter().map(|value| Self::Text(value.into())).collect())
    }
    /// The value, or null.
    pub fn or_null(value: Option<Self>) -> Self {
        value.unwrap_or(Self::Null)
    }

    /// Reads a JSON text.
    ///
    /// # Errors
    /// Text that is no JSON, is nested deeper than any input, or names a field twice.
    pub fn read(text: &str) -> Result<Self, NotJson> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|fault| NotJson::Malformed(fault.to_string()))?;
        read(raw, 0)
    }
}

fn read(raw: &RawValue, depth: usize) -> Result<Json, NotJson> {
    let malformed = |fault: serde_json::Error| NotJson::Malformed(fault.to_string());
    if depth > DEEPEST {
        return Err(NotJson::TooDeep);
    }
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'{') => {
            let Fields(fields) = serde_json::from_str(text).map_err(malformed)?;
            let mut out: Vec<(String, Json)> = Vec::with_capacity(fields.len());
            for (name, value) in fields {
                if out.iter().any(|(known, _)| *known == name) {
                    return Err(NotJson::Twice(name));
                }
                out.push((name, read(value, depth + 1)?));
            }
            Ok(Json::Object(out))
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(malformed)?;
            items.into_iter().map(|item| read(item, depth + 1)).collect::<Result<_, _>>().map(Json::List)
        }
        Some(b'"') => serde_json::from_str(text).map(Json::Text).map_err(malformed),
        Some(b't') => Ok(Json::Flag(true)),
        Some(b'f') => Ok(Json::Flag(false)),
        Some(b'n') => Ok(Json::Null),
        _ => Ok(Json::Number(text.to_owned())),
    }
}

/// The fields of an object, in order.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields<'de>, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

impl fmt::Display for Json {
    /// As one line of JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(text) => f.write_str(text),
            Self::Text(text) => f.write_str(&serde_json::Value::from(text.as_str()).to_string()),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(fields) => {
                f.write_str("{")?;
                for (index, (name, value)) in fields.iter().enumerate() {
                    let name = serde_json::Value::from(name.as_str());
                    write!(f, "{}{name}:{value}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_keep_their_digits() {
        let text = r#"{"a":0.1,"b":[1.0,2e3,-5],"c":"x\ny","d":null,"e":true,"f":{}}"#;
        let read = Json::read(text).unwrap();
        assert_eq!(read.to_string(), text);
        assert_eq!(
            Json::read(" {\"a\" : 0.1000000000000000055 } ").unwrap().to_string(),
            "{\"a\":0.1000000000000000055}"
        );
    }

    #[test]
    fn what_is_no_json_is_said() {
        for text in ["", "{", "{\"a\":}", "[1,]", "nul", "{'a':1}", "{\"a\":1} x", "01", "1.", "{\"a\":NaN}"] {
            assert!(matches!(Json::read(text), Err(NotJson::Malformed(_))), "{text}");
        }
        assert_eq!(Json::read("{\"a\":1,\"a\":2}"), Err(NotJson::Twice("a".to_owned())));
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(Json::read(&deep).is_err());
    }

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Flag),
            any::<i32>().prop_map(Json::whole),
            ".*".prop_map(Json::Text),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::List),
                proptest::collection::btree_map(".*", inner, 0..4)
                    .prop_map(|fields| Json::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(json in any_json()) {
            prop_assert_eq!(Json::read(&json.to_string()), Ok(json));
        }
    }
}
