//! Where a field is: by name, so that a draft still finds it when the form has grown.

/// A field, or a cell of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The field's id.
    pub id: &'static str,
    /// The item's number, in forms made at run time.
    pub ix: u16,
    /// The row, in repeating rows.
    pub row: u16,
    /// The column, in repeating rows.
    pub col: u16,
}

impl Key {
    /// A plain field.
    pub const fn of(id: &'static str) -> Self {
        Self { id, ix: 0, row: 0, col: 0 }
    }
    /// An item of a questionnaire.
    pub const fn item(id: &'static str, ix: u16) -> Self {
        Self { id, ix, row: 0, col: 0 }
    }
    /// A cell.
    pub const fn cell(id: &'static str, row: u16, col: u16) -> Self {
        Self { id, ix: 0, row, col }
    }
    /// The same field without row and column.
    #[must_use]
    pub const fn field(self) -> Self {
        Self { row: 0, col: 0, ..self }
    }
    /// Another cell of the same field.
    #[must_use]
    pub const fn at(self, row: u16, col: u16) -> Self {
        Self { row, col, ..self }
    }
}
