//! Tests of the record as a whole: every change there and back, the day's flow on the board, the work each read does.

mod asked;
mod body;
mod bring_in;
mod chart;
mod diagnostics;
mod examination;
mod find;
mod flow;
mod follow;
mod imported;
mod medicines;
mod monitoring;
mod plans;
mod problems;
mod read_models;
mod refused;
mod round_trip;
mod scales;
mod sealed;
mod timeline;
mod trends;
mod undo;
mod world;
