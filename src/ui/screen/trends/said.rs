//! What is said of the day under the cursor, and why.

use super::TrendsScreen;
use crate::clinical::figure;
use crate::clinical::time::show_date;
use crate::clinical::trend::level::{against, band_of};
use crate::clinical::trend::{Given, Mark, Reading, Sample, Series};
use crate::ui::effect::Effect;
use crate::ui::modal::{Modal, Reading as Page};
use crate::ui::theme::Role;
use crate::ui::widget::Words;
use crate::ui::widget::course::colour;

/// How a figure was given, and what must be known of it.
pub fn provenance(given: &Given) -> Words<'static> {
    let words =
        if given.waiting { Words::of(Role::Wants, "○ typed in, to be confirmed").gap(2) } else { Words::new() };
    let words = if given.by_proxy() { words.say(Role::Text, "◆ ") } else { words };
    words.say(Role::Second, given.how.show())
}

/// The name of a figure: its own, else that of its band.
pub fn band<'a>(series: &'a Series, given: &'a Given) -> &'a str {
    if given.band.is_empty() { band_of(series, given.value).unwrap_or_default() } else { &given.band }
}

/// The day and its value.
pub fn value(series: &Series, day: chrono::NaiveDate, sample: Option<&Sample>) -> Words<'static> {
    let words = Words::new().bold(Role::Focus, show_date(day)).gap(2);
    match sample.map(|sample| &sample.reading) {
        None => words.say(Role::Second, format!("no {} on this day", series.name)),
        Some(Reading::Missing(why)) => {
            words.say(Role::Second, format!("{}: ", series.name)).say(Role::Text, format!("× {why}"))
        }
        Some(Reading::Given(given)) => {
            let words = words.say(Role::Second, format!("{} ", series.name));
            let words = words.bold(colour(series, given.value), given.shown.clone());
            let band = band(series, given);
            let words = if band.is_empty() { words } else { words.say(Role::Text, format!(" {band}")) };
            words.gap(3).join(provenance(given))
        }
    }
}

/// What was done on a day.
fn events(screen: &TrendsScreen) -> impl Iterator<Item = &Mark> {
    screen.trends.marks.iter().filter(|mark| Some(mark.date) == screen.day)
}

/// How it compares, and what was done on that day.
pub fn comparison(screen: &TrendsScreen, series: &Series, minus: &str) -> Words<'static> {
    let mut words = Words::new();
    for mark in events(screen) {
        words = if words.is_empty() { words } else { words.say(Role::Faint, " · ") };
        words = words.say(crate::ui::widget::lanes::role(mark.kind), mark.words());
    }
    let given = screen.sample().and_then(Sample::given);
    let Some((given, baseline)) = given.zip(screen.baseline()) else { return words };
    let own = screen.day == Some(baseline.date);
    let change = if own { "this is the baseline".to_owned() } else { against(series, given.value, baseline, minus) };
    let change = Words::of(Role::Second, change);
    if words.is_empty() { change } else { change.say(Role::Faint, " · ").join(words) }
}

/// Why the change under the cursor counts as it does: both figures, the rule and its source.
pub fn why(screen: &TrendsScreen) -> Option<Effect> {
    let series = screen.series()?;
    let (sample, baseline) = (screen.sample()?, screen.baseline()?);
    let account = figure::level(series, (sample.given()?, sample.date), baseline);
    Some(Effect::show(Modal::Reading(Page::new(format!("Why: {}", series.name), &account.page()))))
}
