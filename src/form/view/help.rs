//! The faint words under the focused field: what its keys do, its options, what was said about the last key.

use crate::clinical::typed::HourClock;
use crate::form::core::Core;
use crate::form::def::{Kind, Meta};
use crate::form::read::range_words;
use crate::form::sheet::Sheet;
use crate::form::slot::Slot;
use crate::form::spec::{DateSpec, ScoreSpec, Source};
use crate::form::text::{Wrap, width_of};
use crate::form::vocab::letters;

use super::layout::MARGIN;
use super::line::{Build, joined};
use super::role::{Line, Role};

/// The lines under the focused field.
pub(super) fn help_lines(sheet: &mut dyn Sheet, core: &Core, field: usize, width: usize) -> Vec<Line> {
    // What was said stands above the field's own choices, never in their place.
    let mut said = core.message.as_ref().map_or_else(Vec::new, |text| paragraph(text, Role::Warn, MARGIN, width));
    said.extend(own_lines(sheet, core, field, width));
    said
}

/// What the keys of the focused field do, and its options.
fn own_lines(sheet: &mut dyn Sheet, core: &Core, field: usize, width: usize) -> Vec<Line> {
    let Some(meta) = sheet.meta_at(core.pos) else { return Vec::new() };
    let is_cell = matches!(sheet.meta(field).kind, Kind::Rows);
    if let Some(hint) = &core.hint {
        return vec![one_line(std::slice::from_ref(hint), width)];
    }
    let has_ghost = core.ghosts.get(field).is_some_and(Option::is_some);
    if core.popup.is_some() {
        let takes = format!("{} takes it", core.names.enter);
        return vec![one_line(&["↓ chooses".to_owned(), takes, "what you typed is kept".to_owned()], width)];
    }
    let mut parts = if meta.help.is_empty() { Vec::new() } else { vec![meta.help.to_owned()] };
    parts.extend((!meta.blank.is_empty()).then(|| format!("blank: {}", meta.blank)));
    let detail = if meta.detail.is_empty() { Vec::new() } else { paragraph(&meta.detail, Role::Second, MARGIN, width) };
    let slot = sheet.slot_at(core.pos);
    match (&meta.kind, &slot) {
        (Kind::Score(spec), _) if !spec.words.is_empty() && !core.pending => {
            parts.extend(spec.answers().filter_map(|value| Some(format!("{value} {}", spec.word(value)?))));
            let mut lines = detail;
            lines.extend(paragraph(&parts.join(" · "), Role::Faint, MARGIN, width));
            lines.push(one_line(&of_kind(&meta.kind, core, has_ghost), width));
            return lines;
        }
        (Kind::Pick, Slot::Pick(pick)) => {
            let options: Vec<_> = (0..pick.count()).map(|at| (pick.label(at), pick.get() == Some(at))).collect();
            return options_lines(&options, None, width);
        }
        (Kind::Chips, Slot::Multi(multi)) => {
            let options: Vec<_> = (0..multi.count()).map(|at| (multi.label(at), multi.has(at))).collect();
            return options_lines(&options, Some(core.option), width);
        }
        (kind, _) => parts.extend(of_kind(kind, core, has_ghost)),
    }
    if is_cell {
        parts.extend(of_rows(&meta, core, matches!(slot, Slot::Nothing)));
    }
    let mut lines = detail;
    lines.extend((!parts.is_empty()).then(|| one_line(&parts, width)));
    lines
}

fn of_kind(kind: &Kind, core: &Core, has_ghost: bool) -> Vec<String> {
    let as_last = if has_ghost { "= as last".to_owned() } else { String::new() };
    let take = if has_ghost { format!("{} as last", core.names.take) } else { String::new() };
    let fixed = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
    match kind {
        Kind::Score(_) if core.pending => vec![format!("1 · 0 makes ten · {} keeps 1", core.names.next)],
        Kind::Score(spec) => of_score(spec, as_last, core),
        Kind::Ask => fixed(&["y yes", "n no", "- not asked", "a no to all others shown"]),
        Kind::Flag => fixed(&["y yes", "n no", "- not asked", &as_last]),
        Kind::Checklist => fixed(&["a letter or Space ticks", "- blanks all", &as_last]),
        Kind::Body => vec![format!("{} opens the map", core.names.enter), as_last],
        Kind::Date(DateSpec::Birth) => fixed(&["a date: 9 may 1988"]),
        Kind::Date(DateSpec::Past) => fixed(&["a date: 24 nov", "-3d", "yesterday", &take]),
        Kind::Date(_) => fixed(&["a date: 24 nov", "+2w", "mon", &take]),
        Kind::Time => match core.reading.clock {
            HourClock::Twelve => fixed(&["a time: 1430", "2:30 is the afternoon's", &take]),
            HourClock::TwentyFour => fixed(&["a time: 1430", "2:30p", &take]),
        },
        Kind::Num(spec) => vec![range_words(spec, core.reading.decimal), take],
        Kind::Coded(Source::Patient) => fixed(&["type to search", &take]),
        Kind::Coded(_) => fixed(&["type to search; free text is kept, uncoded", &take]),
        Kind::Line | Kind::Area { .. } => vec![take],
        Kind::Pick | Kind::Chips | Kind::Rows | Kind::Note => Vec::new(),
    }
}

fn of_score(spec: &ScoreSpec, as_last: String, core: &Core) -> Vec<String> {
    let mut parts = Vec::new();
    if spec.words.is_empty() {
        parts.push("a digit sets it and moves on".to_owned());
        parts.push(as_last);
        parts.push(format!("{} blank", core.names.next));
        parts.extend(spec.takes(10).then(|| "t ten".to_owned()));
    } else {
        parts.push(as_last);
    }
    parts.extend(["d declined", "c cannot report", "n not asked"].map(str::to_owned));
    parts
}

fn of_rows(meta: &Meta, core: &Core, no_row: bool) -> Vec<String> {
    if no_row {
        return vec![format!("type to begin, or {} for a row", core.names.row_add)];
    }
    let _ = meta;
    vec![
        format!("{} next cell", core.names.enter),
        format!("{} adds a row", core.names.row_add),
        format!("{} deletes it", core.names.row_delete),
    ]
}

fn one_line(parts: &[String], width: usize) -> Line {
    let parts: Vec<String> = parts.iter().filter(|part| !part.is_empty()).cloned().collect();
    let mut line = Build::new(width);
    line.at(MARGIN);
    line.put(&joined(&parts, width.saturating_sub(MARGIN)), Role::Faint);
    line.done()
}

/// The options of a choice, each with its letter; the chosen ones ticked.
fn options_lines(options: &[(&str, bool)], cursor: Option<usize>, width: usize) -> Vec<Line> {
    let keys = letters(options.iter().map(|(label, _)| *label));
    let mut lines = Vec::new();
    let mut line = Build::new(width);
    line.at(MARGIN);
    for (at, ((label, chosen), key)) in options.iter().zip(keys).enumerate() {
        let key = key.map_or_else(|| (at + 1).to_string(), String::from);
        let tick = if *chosen { "✓ " } else { "" };
        let wide = width_of(&key) + 1 + width_of(tick) + width_of(label);
        if line.x() > MARGIN {
            if line.x() + 3 + wide > width {
                lines.push(std::mem::replace(&mut line, Build::new(width)).done());
                line.at(MARGIN);
            } else {
                line.put(" · ", Role::Faint);
            }
        }
        line.put(&key, Role::Key);
        line.gap(1);
        line.put(tick, Role::Chosen);
        let role = match (*chosen, cursor == Some(at)) {
            (_, true) => Role::Cell,
            (true, false) => Role::Chosen,
            (false, false) => Role::Second,
        };
        line.put(label, role);
    }
    lines.push(line.done());
    lines
}

/// Words over as many lines as they need.
pub(super) fn paragraph(text: &str, role: Role, indent: usize, width: usize) -> Vec<Line> {
    let wrap = Wrap::new(text, width.saturating_sub(indent).max(1));
    let row = |row: &crate::form::text::Row| {
        let mut line = Build::new(width);
        line.at(indent);
        line.put(text.get(row.range()).unwrap_or_default().trim_end(), role);
        line.done()
    };
    wrap.rows().iter().map(row).collect()
}
