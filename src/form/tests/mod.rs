//! The engine tried as a whole: keys in, struct and drawing out.

mod look;

use super::check;
use super::sample::{last, sample_form};

#[test]
fn the_sample_form_passes_every_check() {
    assert_eq!(check::all(sample_form), Vec::<String>::new());
}

#[test]
fn random_keys_leave_the_form_whole() {
    for seed in 100..140 {
        assert_eq!(check::random_keys(sample_form, Some(last()), seed, 140), Vec::<String>::new());
    }
}
