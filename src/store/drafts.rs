//! Drafts: what was typed into open forms and is no fact yet. One row for each form and subject, replaced in place,
//! outside the log. What an open reflection holds is sealed like the reflection itself.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::error::{Doing, StoreError};
use super::row::{Reading, statements};
use super::{Store, reflection};
use crate::clinical::draft::{DraftKey, REFLECTION_FORM};
use crate::clinical::time::Instant;

/// What an open form holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Of which form, about what.
    pub key: DraftKey,
    /// When it was last kept.
    pub saved_at: Instant,
    /// The fields, field and cursor, as the form wrote them.
    pub body: String,
}

impl Draft {
    fn from_row(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            key: DraftKey { form: row.get(0)?, subject: row.get(1)? },
            saved_at: Instant::from_millis(row.get(2)?),
            body: row.get(3)?,
        })
    }
}

impl Store {
    /// Keeps a draft, in place of the one before.
    pub fn put_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        self.must_write()?;
        let body = self.closed(draft)?;
        let mut statement = self
            .conn
            .prepare_cached(
                "INSERT INTO draft (form, subject, saved_at, body) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (form, subject) DO UPDATE SET saved_at = ?3, body = ?4",
            )
            .doing("keeping a draft")?;
        statement
            .execute(params![draft.key.form, draft.key.subject, draft.saved_at.millis(), body])
            .doing("keeping a draft")?;
        Ok(())
    }

    /// The draft of a form about a subject.
    pub fn draft(&self, key: &DraftKey) -> Result<Option<Draft>, StoreError> {
        const SQL: &str = "SELECT form, subject, saved_at, body FROM draft WHERE form = ?1 AND subject = ?2";
        let mut statement = self.conn.prepare_cached(SQL).doing("reading a draft")?;
        let draft =
            statement.query_row([&key.form, &key.subject], Draft::from_row).optional().doing("reading a draft")?;
        draft.map(|draft| self.opened(draft)).transpose()
    }

    /// All drafts, the last kept first.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        const SQL: &str = "SELECT form, subject, saved_at, body FROM draft ORDER BY saved_at DESC, form, subject";
        let mut statement = self.conn.prepare_cached(SQL).doing("listing the drafts")?;
        let drafts = statement.query_map([], Draft::from_row).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        drafts.doing("listing the drafts")?.into_iter().map(|draft| self.opened(draft)).collect()
    }

    /// The body as the file holds it: that of a reflection sealed.
    fn closed<'a>(&self, draft: &'a Draft) -> Result<Cow<'a, str>, StoreError> {
        if draft.key.form != REFLECTION_FORM {
            return Ok(Cow::Borrowed(&draft.body));
        }
        let refused = || StoreError::Constraint {
            doing: "keeping a draft",
            rule: "the practice is not set up, so that nothing can be sealed".to_owned(),
        };
        reflection::seal_draft(&self.conn, &draft.key.subject, &draft.body)?.map(Cow::Owned).ok_or_else(refused)
    }

    fn opened(&self, draft: Draft) -> Result<Draft, StoreError> {
        if draft.key.form != REFLECTION_FORM {
            return Ok(draft);
        }
        let wrong = || StoreError::WrongValue {
            table: "draft",
            row: format!("{REFLECTION_FORM} {}", draft.key.subject),
            column: "body".to_owned(),
        };
        let body = reflection::open_draft(&self.conn, &draft.key.subject, &draft.body)?.ok_or_else(wrong)?;
        Ok(Draft { body, ..draft })
    }

    /// Lets a draft go that was given up; one that is not there is no error.
    pub fn drop_draft(&mut self, key: &DraftKey) -> Result<(), StoreError> {
        self.must_write()?;
        end(&self.conn, key)
    }
}

/// Lets a draft go: given up, or in the transaction of the act that it was typed for.
pub(super) fn end(conn: &Connection, key: &DraftKey) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM draft WHERE form = ?1 AND subject = ?2")
        .and_then(|mut statement| statement.execute([&key.form, &key.subject]))
        .doing("letting a draft go")?;
    Ok(())
}

statements! {
    KEYS = "SELECT form, subject FROM draft";
}

/// Which drafts are kept.
pub(super) fn keys(conn: &Connection) -> Result<BTreeSet<DraftKey>, StoreError> {
    let reading = Reading { table: "draft", doing: "listing the drafts" };
    let keys = reading.all(conn, KEYS, [], |cells| Ok(DraftKey { form: cells.text()?, subject: cells.text()? }))?;
    Ok(keys.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::{NOW, memory};

    #[test]
    fn a_draft_replaces_the_one_before_and_leaves_no_trace_in_the_log() {
        let mut store = memory();
        let of_visit = DraftKey::of("assessment", "visit 1");
        let draft = |form: &str, later, body: &str| Draft {
            key: DraftKey::of(form, "visit 1"),
            saved_at: NOW.plus_millis(later),
            body: body.to_owned(),
        };
        store.put_draft(&draft("assessment", 0, "half a sen")).unwrap();
        store.put_draft(&draft("assessment", 1, "half a sentence ✍️ \u{0}\n")).unwrap();
        store.put_draft(&draft("plan", 2, "")).unwrap();
        let kept = store.draft(&of_visit).unwrap();
        assert_eq!(kept, Some(draft("assessment", 1, "half a sentence ✍️ \u{0}\n")));
        let forms: Vec<_> = store.drafts().unwrap().into_iter().map(|draft| draft.key.form).collect();
        assert_eq!(forms, ["plan", "assessment"]);
        store.drop_draft(&of_visit).unwrap();
        store.drop_draft(&of_visit).unwrap();
        assert_eq!(store.draft(&of_visit).unwrap(), None);
        assert_eq!(store.number("SELECT count(*) FROM change"), 0);
    }
}
