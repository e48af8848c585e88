//! `opioid_contexts.toml`: which rules of monitoring hold, by what opioids are given for.

use serde::Deserialize;

use super::table;

table! {
    /// The contexts.
    opioid_contexts: OpioidContexts = "opioid_contexts.toml"
}

/// The whole table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpioidContexts {
    /// Version of the layout.
    pub schema_version: u32,
    /// When the table was read.
    pub read: toml::value::Datetime,
    /// The contexts.
    pub context: Vec<ContextRules>,
}

/// What a context switches.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextRules {
    /// Which context, named as the record names it.
    pub id: String,
    /// What has no interval in it: checks, and `function`.
    pub off: Vec<String>,
    /// Why.
    pub why: String,
    /// Source.
    pub source: String,
    /// Verified.
    pub verified: bool,
}

impl OpioidContexts {
    /// What a context switches.
    pub fn get(&self, id: &str) -> Option<&ContextRules> {
        self.context.iter().find(|context| context.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::calc::mme::OpioidContext;
    use crate::clinical::monitoring::CheckKind;
    use crate::clinical::vocab::Vocab;

    #[test]
    fn every_context_has_its_row_and_each_row_names_known_checks() {
        let table = opioid_contexts();
        let ids: Vec<&str> = table.context.iter().map(|context| context.id.as_str()).collect();
        assert_eq!(ids, OpioidContext::ALL.iter().map(|context| context.name()).collect::<Vec<_>>());
        for context in &table.context {
            for off in &context.off {
                assert!(off == "function" || CheckKind::from_name(off).is_some(), "{}: {off}", context.id);
            }
            for stays in ["naloxone", "ecg"] {
                assert!(!context.off.iter().any(|off| off == stays), "{}: {stays} belongs to the medicine", context.id);
            }
            assert!(!context.why.is_empty() && !context.source.is_empty(), "{}", context.id);
        }
    }
}
