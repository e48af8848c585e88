//! All integration tests, one module for each kind.

mod gallery;
mod widgets;
