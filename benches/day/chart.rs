//! Opening the chart: its four pages, of somebody seen twice and of somebody seen for as long as the record is old.

use chrono::Months;
use daysheet::clinical::id::PatientId;
use daysheet::clinical::instrument::Catalogue;
use daysheet::clinical::timeline::{Read, Sought};
use daysheet::store::Store;
use divan::Bencher;

use super::files;

/// Seen twice, and more often than the cover lists.
const VISITS: [usize; 2] = [2, 50];

/// A record of twenty years, and a patient of it.
fn opened(visits: usize) -> (Store, PatientId) {
    let store = files::open(&files::made(20));
    let names = store.patient_names().unwrap();
    let fits = |patient: &PatientId| {
        let chart = store.chart(*patient).unwrap();
        chart.visits.len() == visits && chart.has_more_visits == (visits > VISITS[0])
    };
    let patient = names.iter().map(|name| name.id).find(fits).unwrap();
    (store, patient)
}

/// The cover, with the newest visits.
#[divan::bench(args = VISITS)]
fn cover(bencher: Bencher, visits: usize) {
    let (store, patient) = opened(visits);
    bencher.bench_local(|| store.chart(patient).unwrap());
}

/// The first page of the timeline.
#[divan::bench(args = VISITS)]
fn timeline(bencher: Bencher, visits: usize) {
    let (store, patient) = opened(visits);
    bencher.bench_local(|| store.timeline(patient, &Sought::default(), &Read::default(), 60).unwrap());
}

/// The trends of two years.
#[divan::bench(args = VISITS)]
fn trends(bencher: Bencher, visits: usize) {
    let (store, patient) = opened(visits);
    let (catalogue, from) = (Catalogue::default(), files::now().today().checked_sub_months(Months::new(24)));
    bencher.bench_local(|| store.trends(patient, from, &catalogue).unwrap());
}

/// The first page of the notes.
#[divan::bench(args = VISITS)]
fn notes(bencher: Bencher, visits: usize) {
    let (store, patient) = opened(visits);
    bencher.bench_local(|| store.notes(patient, "", None, 60).unwrap());
}
