//! The rows of a list that belong to one row elsewhere, kept as a whole: only what changed is written.

use rusqlite::types::Value;

use super::{Put, delete, number, put_all, text};
use crate::store::error::{Doing, StoreError};
use crate::store::tx::Tx;

/// The rows of a list that belong to one row elsewhere.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct Owned<'a> {
    pub table: &'static str,
    pub doing: &'static str,
    /// The column that points to the owner.
    pub owner: &'static str,
    pub owner_id: &'a str,
}

impl Owned<'_> {
    /// Makes the list so, in this order, and gives the identities its rows have in the file.
    ///
    /// A row is known again by its identity, else by holding the same but for its place: what did not change is not
    /// rewritten, also where a form made it anew. Rows that are not in the list any more are deleted.
    pub(in crate::store) fn put(self, tx: &Tx, rows: Vec<Put>) -> Result<Vec<String>, StoreError> {
        self.put_knowing(tx, rows, false)
    }

    /// The same where it is known whether the owner is new: then it has no rows yet, and they are not looked for.
    pub(in crate::store) fn put_knowing(
        self,
        tx: &Tx,
        rows: Vec<Put>,
        owner_is_new: bool,
    ) -> Result<Vec<String>, StoreError> {
        let mut left = if owner_is_new { Vec::new() } else { self.stored(tx, rows.first())? };
        let are_new = left.is_empty();
        let mut matched: Vec<Option<String>> = rows
            .iter()
            .map(|row| left.iter().position(|(id, _)| *id == row.id).map(|found| left.swap_remove(found).0))
            .collect();
        for (row, matched) in rows.iter().zip(&mut matched).filter(|(_, matched)| matched.is_none()) {
            let same = left.iter().position(|(_, stored)| row.cells.iter().map(|(_, value)| value).eq(stored));
            *matched = same.map(|found| left.swap_remove(found).0);
        }
        self.delete(tx, left.iter().map(|(id, _)| id.as_str()))?;
        let placed = (0_i64..).zip(rows.into_iter().zip(matched)).map(|(position, (row, matched))| {
            let row = Put { id: matched.unwrap_or(row.id), ..row };
            row.set(self.owner, text(self.owner_id)).set("position", number(position))
        });
        let placed: Vec<Put> = placed.collect();
        put_all(tx, &placed, are_new)?;
        Ok(placed.into_iter().map(|row| row.id).collect())
    }

    /// The rows in the file with the columns of the list, owner and place aside.
    fn stored(self, tx: &Tx, like: Option<&Put>) -> Result<Vec<(String, Vec<Value>)>, StoreError> {
        let columns = like.map(|row| format!(", {}", row.columns())).unwrap_or_default();
        let sql = format!("SELECT id{columns} FROM {} WHERE {} = ?1 ORDER BY position", self.table, self.owner);
        let mut statement = tx.conn().prepare_cached(&sql).doing(self.doing)?;
        let width = statement.column_count();
        let mut rows = statement.query([self.owner_id]).doing(self.doing)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().doing(self.doing)? {
            let values = (1..width).map(|n| row.get(n)).collect::<Result<_, _>>().doing(self.doing)?;
            out.push((row.get(0).doing(self.doing)?, values));
        }
        Ok(out)
    }

    fn delete<'b>(self, tx: &Tx, ids: impl Iterator<Item = &'b str>) -> Result<(), StoreError> {
        for id in ids {
            delete(tx, self.table, self.doing, id)?;
        }
        Ok(())
    }
}
