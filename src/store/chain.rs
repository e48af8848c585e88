//! The hash chain: SHA-256 over a machine's last hash, a change set and its changes, every field with its length.
//!
//! What is not hashed is only the order in this file (`seq`), which another machine's file may have otherwise.

use sha2::{Digest, Sha256};

use super::log::Change;

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
    pub id: String,
    pub name: String,
    pub kind: String,
    pub act: Option<String>,
    pub patient: Option<String>,
    pub at: i64,
}

impl Link {
    /// Begins the hash of this change set; its changes follow.
    pub(super) fn hasher(&self) -> Hasher {
        let mut hasher = Hasher { sha: Sha256::new(), changes: 0 };
        hasher.field(Some(b"daysheet change set 1"));
        hasher.field(Some(&self.previous));
        for text in [&self.machine, &self.id, &self.name, &self.kind] {
            hasher.field(Some(text.as_bytes()));
        }
        for text in [&self.act, &self.patient] {
            hasher.field(text.as_ref().map(String::as_bytes));
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
        for text in [&change.table, &change.row, &change.op] {
            self.field(Some(text.as_bytes()));
        }
        for text in [&change.before, &change.after] {
            self.field(text.as_ref().map(String::as_bytes));
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
            id: "i".into(),
            name: "n".into(),
            kind: "act".into(),
            act: None,
            patient: None,
            at: 7,
        }
    }

    fn change() -> Change {
        let text = |text: &str| text.to_owned();
        Change { seq: 1, table: text("t"), row: text("r"), op: text("update"), before: Some(text("{}")), after: None }
    }

    #[test]
    fn every_field_moves_the_hash() {
        let hash = |link: &Link, changes: &[Change]| {
            let mut hasher = link.hasher();
            for change in changes {
                hasher.change(change);
            }
            hasher.finish()
        };
        let links: [fn(&mut Link); 10] = [
            |_| {},
            |l| l.previous[31] = 1,
            |l| l.machine = "mi".into(),
            |l| l.number = 2,
            |l| (l.machine, l.id) = ("mi".into(), String::new()),
            |l| l.name = "m".into(),
            |l| l.kind = "undo".into(),
            |l| l.act = Some(String::new()),
            |l| l.patient = Some(String::new()),
            |l| l.at = 8,
        ];
        let changes: [fn(&mut Change); 5] = [
            |c| c.table = "tr".into(),
            |c| c.row = "s".into(),
            |c| c.op = "insert".into(),
            |c| (c.before, c.after) = (None, Some("{}".into())),
            |c| c.before = None,
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

    #[test]
    fn order_in_the_file_is_not_hashed() {
        let hash = |seq| {
            let mut hasher = link().hasher();
            hasher.change(&Change { seq, ..change() });
            hasher.finish()
        };
        assert_eq!(hash(1), hash(2));
    }
}
