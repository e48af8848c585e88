//! The short choice of how the answers of a form are given, and by whom: one key each, for the whole form.

use crate::clinical::patient::PatientFile;
use crate::clinical::provenance::{Given, How, ReportedBy};
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::modal::{Choice, Choose, Modal};

/// The choice, named after the patient.
pub fn how_given(now: Given, file: Option<&PatientFile>) -> Modal {
    let how = How::ALL.iter().map(|&how| {
        let key = match how {
            How::Spoken => 's',
            How::Paper => 'p',
            How::Phone => 'h',
            How::Observed => 'o',
            How::Imported => 'i',
        };
        Choose::new(key, how.label(), vec![Effect::Give(Given { how, ..now })])
    });
    let by = ReportedBy::ALL.iter().map(|&by| {
        let key = match by {
            ReportedBy::Patient => 't',
            ReportedBy::Proxy => 'x',
            ReportedBy::Interpreter => 'r',
        };
        Choose::new(key, format!("by {}", by.label()), vec![Effect::Give(Given { by, ..now })])
    });
    Modal::Choice(Choice {
        title: "How is it given?".to_owned(),
        about: file.map(|file| file.patient.list_name()).unwrap_or_default(),
        lines: vec![format!("now: {}; holds for the whole form", now.show())],
        options: how.chain(by).collect(),
        enter: false,
    })
}
