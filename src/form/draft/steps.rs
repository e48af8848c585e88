//! The undo history of a form as small edits: what differs between one state and the next, not copies of the struct.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::Spot;

/// A state of the form, told by how it differs from the one after it (of a redo: before it).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptMoment {
    /// What differs in the struct.
    pub changes: Vec<Change>,
    /// Where the hands were.
    pub pos: Spot,
    /// Texts that could not be read, and why.
    #[serde(default)]
    pub bad: Vec<(Spot, String, String)>,
    /// Fields taken over.
    #[serde(default)]
    pub taken: Vec<Spot>,
}

/// One difference, at a JSON pointer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Another value stands there.
    Value(String, Json),
    /// Part of a text reads differently: from a byte on, so many bytes are this text.
    Text(String, usize, usize, String),
}

/// What leads from one value to another.
pub(super) fn changes(from: &Json, to: &Json) -> Vec<Change> {
    let mut out = Vec::new();
    compare(from, to, &mut String::new(), &mut out);
    out
}

fn compare(from: &Json, to: &Json, at: &mut String, out: &mut Vec<Change>) {
    match (from, to) {
        (Json::Object(a), Json::Object(b)) if a.len() == b.len() && a.keys().all(|key| b.contains_key(key)) => {
            for (key, a) in a {
                let len = at.len();
                at.push('/');
                at.push_str(&key.replace('~', "~0").replace('/', "~1"));
                compare(a, b.get(key).unwrap_or(&Json::Null), at, out);
                at.truncate(len);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (n, (a, b)) in a.iter().zip(b).enumerate() {
                let len = at.len();
                at.push('/');
                at.push_str(&n.to_string());
                compare(a, b, at, out);
                at.truncate(len);
            }
        }
        (Json::String(a), Json::String(b)) if a != b => {
            let (start, old, new) = middle(a, b);
            out.push(Change::Text(at.clone(), start, old, new.to_owned()));
        }
        (a, b) if a != b => out.push(Change::Value(at.clone(), b.clone())),
        _ => {}
    }
}

/// Where two texts differ: the first byte, how many bytes of the first, the text in the second.
fn middle<'a>(a: &str, b: &'a str) -> (usize, usize, &'a str) {
    let mut start = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(start) || !b.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = a[start..].bytes().rev().zip(b[start..].bytes().rev()).take_while(|(a, b)| a == b).count();
    while !a.is_char_boundary(a.len() - end) || !b.is_char_boundary(b.len() - end) {
        end -= 1;
    }
    (start, a.len() - end - start, &b[start..b.len() - end])
}

/// Applies what [`changes`] found; `None` if it does not fit.
pub(super) fn apply(value: &mut Json, changes: &[Change]) -> Option<()> {
    for change in changes {
        match change {
            Change::Value(at, new) => value.pointer_mut(at)?.clone_from(new),
            Change::Text(at, start, old, new) => match value.pointer_mut(at)? {
                Json::String(text) => {
                    let end = start.checked_add(*old)?;
                    text.get(*start..end)?;
                    text.replace_range(*start..end, new);
                }
                _ => return None,
            },
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn differences_are_small_and_lead_from_one_to_the_other() {
        let long = "a long text ".repeat(100);
        for (a, b, size) in [
            (json!({"a": 1, "b/c": null}), json!({"a": 1, "b/c": [1]}), 1),
            (json!({"t": format!("{long}x{long}")}), json!({"t": format!("{long}yz{long}")}), 1),
            (json!({"rows": [{"x": "é"}]}), json!({"rows": [{"x": "è"}]}), 1),
            (json!({"rows": [1]}), json!({"rows": [1, 2]}), 1),
            (json!({"same": true}), json!({"same": true}), 0),
        ] {
            let found = changes(&a, &b);
            assert_eq!(found.len(), size);
            assert!(serde_json::to_string(&found).unwrap().len() < 100, "{found:?}");
            let mut value = a.clone();
            assert_eq!(apply(&mut value, &found), Some(()));
            assert_eq!(value, b);
        }
    }

    proptest! {
        #[test]
        fn any_two_texts_are_joined_by_their_difference(a in "[aé日\u{301}]{0,8}", b in "[aé日\u{301}]{0,8}") {
            let (from, to) = (json!({ "t": a }), json!({ "t": b }));
            let mut value = from.clone();
            prop_assert_eq!(apply(&mut value, &changes(&from, &to)), Some(()));
            prop_assert_eq!(value, to);
        }
    }
}
