//! The account of figures that compare one time with another, and of instruments that are due.

use chrono::NaiveDate;

use super::{Account, Figure};
use crate::clinical::answer::Answer;
use crate::clinical::calc::peg::peg_change;
use crate::clinical::instrument::{Answers, Due};
use crate::clinical::score::{ScoreItem, Scores};
use crate::clinical::time::show_date;
use crate::clinical::trend::level::against;
use crate::clinical::trend::{Baseline, Given, Series};
use crate::clinical::vocab::Vocab;
use crate::clinical::why::{Fact, Why};

const ITEMS: [(ScoreItem, &str); 3] =
    [(ScoreItem::PegPain, "p"), (ScoreItem::PegEnjoyment, "e"), (ScoreItem::PegActivity, "g")];

/// The change of PEG since an earlier visit; none where one of the two is not complete.
pub fn peg_change_since(now: (&Scores, NaiveDate), before: (&Scores, NaiveDate)) -> Option<Account> {
    let (after, earlier) = (now.0.peg()?, before.0.peg()?);
    let change = peg_change(&answers(before.0), &answers(now.0)).ok()?.change;
    let input = |(scores, on): (&Scores, NaiveDate)| {
        let item = |(item, _): &(ScoreItem, &str)| {
            format!("{} {}", item.label(), scores.get(*item).map_or_else(|| "blank".to_owned(), Answer::show))
        };
        format!("{}: {}", show_date(on), ITEMS.iter().map(item).collect::<Vec<_>>().join(", "))
    };
    let met = if change.responder_30 { "is met" } else { "is not met" };
    let says = format!(
        "PEG {} → {}: {}. A fall of 30 % or more, which counts as a response, {met}.",
        earlier.show(),
        after.show(),
        after.change_from(earlier)
    );
    let percent = Fact::own("The percentage is of the earlier PEG, and there is none where that was 0");
    Some(Account::new(Figure::Response, says, vec![input(before), input(now)], change.why.and(percent)))
}

fn answers(scores: &Scores) -> Answers {
    let value = |item| scores.get(item).and_then(Answer::value);
    ITEMS.iter().filter_map(|(item, key)| Some(((*key).to_owned(), i64::from(value(*item)?)))).collect()
}

/// A figure of a course against its baseline.
pub fn level(series: &Series, (given, on): (&Given, NaiveDate), baseline: &Baseline) -> Account {
    let now = format!("{}: {} {}, {}", show_date(on), series.name, given.shown, given.how.show());
    let mut inputs = vec![now];
    if given.waiting {
        inputs.push("typed in ahead, waits to be confirmed in the room".to_owned());
    }
    inputs.push(format!("compared with {} of {}", baseline.shown, show_date(baseline.date)));
    inputs.extend(series.direction_in_words().map(|words| format!("{}: {words}", series.name)));
    let change = series.entry().and_then(|entry| entry.change(baseline.value, given.value));
    let plain = || {
        Why::new(Fact::own(
            "The value of the day minus that of the baseline. For this measure no smallest change that matters is listed, so none is judged",
        ))
    };
    let why = change.map_or_else(plain, |change| change.why);
    Account::new(Figure::Level, format!("{}.", against(series, given.value, baseline, "−")), inputs, why)
}

/// Why an instrument is due.
pub fn instrument_due(due: &Due) -> Account {
    Account::new(Figure::InstrumentDue, format!("{}: due", due.name), vec![due.because.clone()], due.why.clone())
}
