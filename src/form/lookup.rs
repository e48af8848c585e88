//! Completion: where a coded text looks up what it might mean.

use super::spec::Source;

/// One thing found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hit {
    /// The words that go into the field.
    pub text: String,
    /// Its code.
    pub code: String,
    /// A word beside it in the list: a class, a birth date.
    pub hint: String,
    /// Texts for other fields (or cells of the row) by id; they go only where nothing stands.
    pub fill: Vec<(String, String)>,
}

impl Hit {
    /// A thing with its code.
    pub fn new(text: impl Into<String>, code: impl Into<String>) -> Self {
        Self { text: text.into(), code: code.into(), hint: String::new(), fill: Vec::new() }
    }
}

/// What a field wants to be completed from, and about what: the levels of this procedure, the words of that piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The list.
    pub source: Source,
    /// What else decides, in the words of the form; often nothing.
    pub about: String,
}

impl From<Source> for Wanted {
    fn from(source: Source) -> Self {
        Self { source, about: String::new() }
    }
}

/// Finds things by what was typed; answers at once (memory or a small query, 5 ms at most).
pub trait Lookup {
    /// At most `most` things, the best first.
    fn find(&self, wanted: &Wanted, query: &str, most: usize) -> Vec<Hit>;
}

/// Finds nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLookup;

impl Lookup for NoLookup {
    fn find(&self, _: &Wanted, _: &str, _: usize) -> Vec<Hit> {
        Vec::new()
    }
}
