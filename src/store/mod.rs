//! The only SQL: the encrypted record, its change log, undo, drafts, search, backup and proof.
