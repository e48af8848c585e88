//! Tests and results among the paperwork: a result until it is acted on, a request once it is overdue.

use super::made::{Made, TODAY, day};
use crate::clinical::board::{ItemKey, Mark};
use crate::clinical::diagnostic::{Diagnostic, DiagnosticKind};

impl Made {
    /// An MRI asked for on 3 Nov; done on a day where one is given.
    fn mri(&mut self, due: &str, done: Option<&str>) -> ItemKey {
        let file = self.patient("Amari");
        let test = Diagnostic {
            requested: Some(day("2026-11-03")),
            due: Some(day(due)),
            done: done.map(day),
            ..Diagnostic::new(self.id(), file.patient.id, DiagnosticKind::Mri, "lumbar spine")
        };
        let key = ItemKey::Diagnostic(test.id);
        self.records.diagnostics.push((test, file));
        key
    }
}

#[test]
fn a_result_stands_from_its_day_and_a_request_from_the_day_it_is_overdue() {
    for (due, done, mark, text) in [
        ("2026-12-01", None, None, ""),
        (TODAY, None, Some(Mark::ToCome), "MRI lumbar spine · no result, due 24 Nov"),
        ("2026-11-20", None, Some(Mark::WantsYou), "MRI lumbar spine · no result, due 20 Nov"),
        ("2026-12-01", Some(TODAY), Some(Mark::ToCome), "MRI lumbar spine · unread, done 24 Nov"),
        ("2026-11-20", Some("2026-11-22"), Some(Mark::WantsYou), "MRI lumbar spine · unread, done 22 Nov"),
        ("2026-12-01", Some("2026-11-25"), None, ""),
    ] {
        let mut made = Made::at("10:14");
        let key = made.mri(due, done);
        let item = made.item(key);
        assert_eq!(item.as_ref().map(|item| item.mark), mark, "{due} {done:?}");
        assert_eq!(item.map_or_else(String::new, |item| item.text), text, "{due} {done:?}");
    }
}

#[test]
fn it_stays_when_read_and_goes_when_acted_on_or_let_go() {
    let mut made = Made::at("10:14");
    let key = made.mri(TODAY, Some("2026-11-22"));
    let at = made.now.instant;
    made.records.diagnostics[0].0.read_at = Some(at);
    let item = made.item(key).unwrap();
    assert_eq!((item.done, item.text.as_str()), (false, "MRI lumbar spine · read, not acted on"));
    assert_eq!(made.board().open().count(), 1, "it is open at the close of the day");

    let acted = made.records.diagnostics[0].0.acted_on("told".to_owned(), day(TODAY), at);
    made.records.diagnostics[0].0 = acted;
    assert_eq!(made.item(key).map(|item| (item.done, item.mark)), Some((true, Mark::Done)));
    assert_eq!(made.board().open().count(), 0);

    made.records.diagnostics[0].0.acted_at = None;
    made.records.diagnostics[0].0.let_go = Some("moved away".to_owned());
    assert_eq!(made.item(key), None);
}

#[test]
fn a_result_comes_before_tasks_and_what_is_overdue_stands_among_them() {
    let mut made = Made::at("10:14");
    let overdue = made.mri("2026-11-10", None);
    let task = made.task("2026-11-12", Some("2026-11-12"));
    let result = made.mri("2026-12-01", Some("2026-11-23"));
    let late: Vec<ItemKey> = made.board().late.iter().map(|item| item.key).collect();
    assert_eq!(late, [result, overdue, task]);
}

#[test]
fn one_carried_to_a_later_day_is_hidden_until_then() {
    let mut made = Made::at("10:14");
    let key = made.mri(TODAY, Some("2026-11-22"));
    made.decided(key, Some("2026-11-25"));
    assert_eq!(made.item(key), None);
    made.decided(key, Some(TODAY));
    assert!(made.item(key).is_some());
}
