//! What is known from elsewhere on the cover: procedures that others did, and lines of another record system.

use super::block::{Block, Line};
use crate::clinical::elsewhere::LineKind;
use crate::clinical::models::Chart;
use crate::clinical::text::clean_line;
use crate::ui::theme::Role;

/// The blocks; none where nothing is known from elsewhere.
pub fn blocks(chart: &Chart) -> Vec<Block> {
    let past: Vec<String> = chart.past.iter().map(|past| clean_line(&past.show())).collect();
    let of = |kind| {
        let lines = chart.elsewhere.iter().filter(move |line| line.kind == kind);
        lines.map(|line| clean_line(&line.text)).collect::<Vec<String>>()
    };
    let rows = [
        ("Elsewhere", Role::Procedure, past),
        ("Diagnoses", Role::Text, of(LineKind::Diagnosis)),
        ("As text", Role::Second, of(LineKind::Text)),
    ];
    let blocks = rows.into_iter().filter(|(_, _, lines)| !lines.is_empty());
    blocks.map(|(label, role, lines)| Block::new(label, vec![Line::List(role, String::new(), lines)])).collect()
}
