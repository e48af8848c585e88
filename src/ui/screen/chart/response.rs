//! The last procedure on the cover, and what became of it: pain before and after, what the patient says, the check-in.

use super::block::{Block, Line};
use crate::clinical::answer::Answer;
use crate::clinical::models::{Chart, LastProcedure};
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

/// The block; none where nothing was ever done.
pub fn block(chart: &Chart) -> Option<Block> {
    let last = chart.cover.procedure.as_ref()?;
    let on = Words::of(Role::Second, show_date(last.session.date));
    let done = Line::Text(Role::Procedure, String::new(), clean_line(&last.session.summary()), on);
    let lines = vec![done, Line::text(Role::Text, "", clean_line(&answer(last)))];
    Some(Block { keeps: 2, ..Block::new("Procedure", lines) })
}

/// What it gave: the patient's own word where there is one, else the check-in's, else that nobody has asked.
fn answer(last: &LastProcedure) -> String {
    let mut parts = Vec::new();
    let value = |answer: Option<Answer>| answer.and_then(Answer::value);
    if let (Some(before), Some(after)) = (value(last.session.before), value(last.session.after)) {
        parts.push(format!("pain {before} → {after} on the day"));
    }
    if let Some((on, said)) = &last.said {
        parts.push(format!("{} ({})", said.sentence(), show_date(*on)));
    } else if let Some(done) = last.check_in.as_ref().and_then(|check_in| check_in.done.as_ref()) {
        let mut told = Vec::new();
        told.extend(done.relief_percent.map(|percent| format!("relief {percent} % as the patient says")));
        told.extend(done.pain.map(|pain| format!("pain {}", pain.show())));
        if !done.complication.trim().is_empty() {
            told.push(format!("complication: {}", done.complication.trim()));
        }
        parts.push(if told.is_empty() { "checked in".to_owned() } else { format!("check-in: {}", told.join(", ")) });
    } else {
        parts.push("response ? nobody has asked yet".to_owned());
    }
    parts.join(" · ")
}
