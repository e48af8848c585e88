//! All integration tests, one module for each kind.

mod cli;
mod driver;
mod figures;
mod gallery;
mod journeys;
mod layers;
mod sizes;
mod source;
mod widgets;
mod worked_cases;
