//! The hash chain: SHA-256 over a machine's last hash, a change set and its changes, every field with its length.
//!
//! Names and values are hashed, not how this file writes them: its order (`seq`), its numbers for names and its images
//! another machine's file may have otherwise.

use rusqlite::types::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::image::Image;
use super::log::Change;
use crate::clinical::id::{ChangeSetId, PatientId};

/// A hash of the chain.
pub(super) type Hash = [u8; 32];

/// What stands before a machine's first change set.
pub(super) const START: Hash = [0; 32];

/// A change set as it is hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub previous: Hash,
    pub machine: String,
    pub number: i64,
    pub id: ChangeSetId,
    pub name: String,
    pub kind: String,
    pub act: Option<ChangeSetId>,
    pub patient: Option<PatientId>,
    pub at: i64,
}

impl Link {
    /// Begins the hash of this change set; its changes follow.
    pub(super) fn hasher(&self) -> Hasher {
        let mut hasher = Hasher { sha: Sha256::new(), changes: 0 };
        hasher.field(Some(b"daysheet change set 1"));
        hasher.field(Some(&self.previous));
        for text in [&self.machine, &self.name, &self.kind] {
            hasher.field(Some(text.as_bytes()));
        }
        for id in [Some(self.id.into()), self.act.map(Uuid::from), self.patient.map(Uuid::from)] {
            hasher.field(id.as_ref().map(|id| &id.as_bytes()[..]));
        }
        for number in [self.number, self.at] {
            hasher.field(Some(&number.to_le_bytes()));
        }
        hasher
    }
}

/// The hash of a change set on its way.
pub(super) struct Hasher {
    sha: Sha256,
    changes: u64,
}

impl Hasher {
    /// Adds the next change of the set.
    pub(super) fn change(&mut self, change: &Change) {
        self.changes += 1;
        self.field(Some(change.table.as_bytes()));
        self.field(Some(change.row.as_bytes()));
        self.image(change.before.as_ref());
        self.image(change.after.as_ref());
    }

    /// The columns in the order of their names, by name and value: how the file writes them is not hashed.
    fn image(&mut self, image: Option<&Image>) {
        let columns = image.map(|image| (image.len() as u64).to_le_bytes());
        self.field(columns.as_ref().map(|count| &count[..]));
        for (column, value) in image.into_iter().flatten() {
            self.field(Some(column.as_bytes()));
            self.value(value);
        }
    }

    /// What kind of value it is, and the value.
    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.field(None),
            Value::Integer(number) => {
                self.field(Some(b"integer"));
                self.field(Some(&number.to_le_bytes()));
            }
            Value::Real(number) => {
                self.field(Some(b"real"));
                self.field(Some(&number.to_le_bytes()));
            }
            Value::Text(text) => {
                self.field(Some(b"text"));
                self.field(Some(text.as_bytes()));
            }
            Value::Blob(bytes) => {
                self.field(Some(b"bytes"));
                self.field(Some(bytes));
            }
        }
    }

    /// Whether no change was added.
    pub(super) fn is_empty(&self) -> bool {
        self.changes == 0
    }

    /// The hash.
    pub(super) fn finish(mut self) -> Hash {
        let changes = self.changes;
        self.field(Some(&changes.to_le_bytes()));
        self.sha.finalize().into()
    }

    /// One field: absent is another thing than empty, and no two lists of fields look the same.
    fn field(&mut self, bytes: Option<&[u8]>) {
        let Some(bytes) = bytes else {
            self.sha.update([0]);
            return;
        };
        self.sha.update([1]);
        self.sha.update((bytes.len() as u64).to_le_bytes());
        self.sha.update(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> Link {
        Link {
            previous: START,
            machine: "m".into(),
            number: 1,
            id: Uuid::from_u128(1).into(),
            name: "n".into(),
            kind: "act".into(),
            act: None,
            patient: None,
            at: 7,
        }
    }

    fn change() -> Change<'static> {
        let before = Image::from([("c", Value::Text("x".into()))]);
        Change { table: "t", row: "r".into(), before: Some(before), after: None }
    }

    fn hash(link: &Link, changes: &[Change]) -> Hash {
        let mut hasher = link.hasher();
        for change in changes {
            hasher.change(change);
        }
        hasher.finish()
    }

    #[test]
    fn every_field_moves_the_hash() {
        let links: [fn(&mut Link); 11] = [
            |_| {},
            |l| l.previous[31] = 1,
            |l| l.machine = "mn".into(),
            |l| l.number = 2,
            |l| (l.machine, l.name) = ("mn".into(), String::new()),
            |l| l.name = "m".into(),
            |l| l.kind = "undo".into(),
            |l| l.id = Uuid::from_u128(2).into(),
            |l| l.act = Some(Uuid::from_u128(1).into()),
            |l| l.patient = Some(Uuid::from_u128(1).into()),
            |l| l.at = 8,
        ];
        let changes: [fn(&mut Change); 12] = [
            |c| c.table = "tr",
            |c| c.row = "s".into(),
            |c| (c.before, c.after) = (None, c.before.take()),
            |c| c.after = c.before.clone(),
            |c| c.before = None,
            |c| c.before = Some(Image::new()),
            |c| c.before = Some(Image::from([("d", Value::Text("x".into()))])),
            |c| c.before = Some(Image::from([("c", Value::Null)])),
            |c| c.before = Some(Image::from([("c", Value::Integer(0))])),
            |c| c.before = Some(Image::from([("c", Value::Real(0.0))])),
            |c| c.before = Some(Image::from([("c", Value::Blob(vec![0; 8]))])),
            |c| c.before = Some(Image::from([("c", Value::Text("\0".repeat(8)))])),
        ];
        let mut seen: Vec<Hash> = Vec::new();
        for edit in links {
            let mut link = link();
            edit(&mut link);
            seen.push(hash(&link, &[]));
            seen.push(hash(&link, &[change()]));
        }
        for edit in changes {
            let mut change = change();
            edit(&mut change);
            seen.push(hash(&link(), &[change]));
        }
        seen.push(hash(&link(), &[change(), change()]));
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all);
    }
}
