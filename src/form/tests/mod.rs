//! The engine tried as a whole: keys in, struct and drawing out.

mod abreast;
mod asks;
mod complete;
mod draft;
mod keys;
mod look;
mod rows;
mod score;
mod size;
mod take;
mod text;
mod undo;
mod walk;

use super::check;
use super::sample::{Sample, last, sample_form};

#[test]
fn the_sample_form_passes_every_check() {
    assert_eq!(check::all(sample_form), Vec::<String>::new());
}

#[test]
fn random_keys_leave_the_form_whole() {
    for seed in 100..112 {
        assert_eq!(check::random_keys(sample_form, &Sample::default(), Some(last()), seed, 140), Vec::<String>::new());
    }
}
