//! Long work on one worker thread, with progress and cancel.
