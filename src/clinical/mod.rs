//! Pure: what a pain physician's day is made of, and its rules.
//!
//! Nothing here reads a clock, a file, a terminal or a database, and nothing here knows the modules above it.
//! Every function takes what it needs and gives back a value, so each rule is tested case by case beside its code.

pub mod answer;
pub mod asked;
pub mod assessment;
pub mod board;
pub mod body;
pub mod booking;
pub mod bring_in;
pub mod calc;
pub mod check_in;
pub mod close;
pub mod code_set;
pub mod coded;
pub mod diagnostic;
pub mod dose;
pub mod elsewhere;
pub mod exact;
pub mod examination;
pub mod facts;
pub mod find;
pub mod history;
pub mod id;
pub mod import;
pub mod instrument;
pub mod intake;
pub mod medicine;
pub mod models;
pub mod monitoring;
pub mod opioid_review;
pub mod page;
pub mod patient;
pub mod phrase;
pub mod plan;
pub mod practice;
pub mod problem;
pub mod procedure;
pub mod provenance;
pub mod red_flag;
pub mod reflection;
pub mod response;
pub mod schedule;
pub mod score;
pub mod score_table;
pub mod since;
pub mod suggest;
pub mod summary;
pub mod task;
pub mod text;
pub mod time;
pub mod typed;
pub mod visit;
pub mod vital;
pub mod vocab;
pub mod why;
