//! Referrals, tapers and handouts on the cover: what somebody has to do something about, and what runs.

use chrono::NaiveDate;

use super::block::{Block, Line};
use crate::clinical::board::follow::FollowKey;
use crate::clinical::models::Chart;
use crate::clinical::referral::{CareMember, Step};
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::Words;

/// The block; none where there is nothing of it. `is_open` tells what stands among what is open, too.
pub fn block(chart: &Chart, today: NaiveDate, is_open: impl Fn(FollowKey) -> bool) -> Option<Block> {
    let sign = |from: Option<NaiveDate>| {
        if from.is_some_and(|from| from <= today) { Mark::Wants } else { Mark::ToCome }
    };
    let running = |step| !matches!(step, Step::ActedOn | Step::LetGo);
    let referrals = chart.referrals.iter().filter(|referral| running(referral.step())).map(|referral| {
        let words = Words::of(Role::Text, format!("referral: {}", clean_line(&referral.line())));
        let line = Line::Marked(sign(referral.open_from()), words, Words::new());
        (line, is_open(FollowKey::Referral(referral.id)))
    });
    let tapers = chart.tapers.iter().filter(|taper| taper.open_from().is_some()).map(|taper| {
        let words = Words::of(Role::Text, format!("taper: {}", clean_line(&taper.line())));
        (Line::Marked(sign(taper.open_from()), words, Words::new()), is_open(FollowKey::Taper(taper.id)))
    });
    let mut lines: Vec<(Line, bool)> = referrals.chain(tapers).collect();
    let given: Vec<String> =
        chart.handouts.iter().take(4).map(|given| format!("{} {}", given.title(), show_date(given.on))).collect();
    if !given.is_empty() {
        lines.push((Line::text(Role::Second, "handouts: ", given.join(" · ")), false));
    }
    let team: Vec<String> = chart.team.iter().map(CareMember::line).collect();
    if !team.is_empty() {
        lines.push((Line::text(Role::Second, "care team: ", team.join(" · ")), false));
    }
    (!lines.is_empty()).then(|| Block::where_some_stand_elsewhere("Follow-up", lines))
}
