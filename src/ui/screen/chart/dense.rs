//! A cover with more lines than rows: what stood below each other runs on as text, the longest blocks first, and short
//! blocks share a row. Nothing is left out for it but what a block names as known elsewhere; what still finds no room is
//! counted.

use super::block::{Block, Laid, Line, Row, height};
use crate::form::text::Wrap;
use crate::ui::theme::Role;
use crate::ui::widget::words::Word;
use crate::ui::widget::{Words, mark};

/// What stands between parts that run on.
const BETWEEN: &str = " · ";

/// Makes blocks as low as the rows ask for: lets them run on, then lets neighbours share a row. `width` is that of the
/// content, `label` that of a label with its gap.
pub fn tighten<'b>(laid: &mut Vec<Laid<'b>>, (width, label): (usize, usize), room: usize) {
    let total = |laid: &[Laid<'_>]| laid.iter().map(height).sum::<usize>();
    if total(laid) <= room {
        return;
    }
    let mut run: Vec<Option<Laid<'b>>> = laid.iter().map(|laid| Some(run_on(laid.block, width))).collect();
    while total(laid) > room {
        let saves = |at: usize| run[at].as_ref().map_or(0, |run| height(&laid[at]).saturating_sub(height(run)));
        let Some(most) = (0..laid.len()).max_by_key(|&at| saves(at)).filter(|&at| saves(at) > 0) else { break };
        if let Some(run) = run[most].take() {
            laid[most] = run;
        }
    }
    let mut at = 0;
    while total(laid) > room && at + 1 < laid.len() {
        let (first, second) = (run_on(laid[at].block, width), run_on(laid[at + 1].block, width));
        if let Some(shared) = share(&first, &second, (width, label)) {
            laid[at] = shared;
            laid.remove(at + 1);
        }
        at += 1;
    }
}

/// A block whose lines run on, the date below its label first.
pub(super) fn run_on(block: &Block, width: usize) -> Laid<'_> {
    let date = (!block.under.is_empty()).then(|| Words::of(Role::Faint, block.under.clone()));
    let lines = if block.terse.is_empty() { &block.lines } else { &block.terse };
    let lines = lines.iter().map(|line| part(line, width));
    let mut words = Words::new();
    for part in date.into_iter().chain(lines).filter(|part| !part.is_empty()) {
        words = if words.is_empty() { part } else { words.say(Role::Faint, BETWEEN).join(part) };
    }
    let rows = wrapped(&words, width).into_iter().map(Row::alone).collect();
    Laid { block, rows, runs_on: true }
}

/// A line as a part of running text. What stands at its right leads where the text is long: it would be cut off.
fn part(line: &Line, width: usize) -> Words<'static> {
    let beside = |left: Words<'static>, right: &Words<'static>| match (left.is_empty(), right.is_empty()) {
        (_, true) => left,
        (true, false) => right.clone(),
        (false, false) if left.width() + right.width() + 2 > width => {
            right.clone().say(Role::Faint, BETWEEN).join(left)
        }
        (false, false) => left.gap(2).join(right.clone()),
    };
    match line {
        Line::Words(left, right) => beside(left.clone(), right),
        Line::Marked(sign, left, right) => beside(mark(*sign).gap(1).join(left.clone()), right),
        Line::Text(role, lead, text, right) => {
            let lead_role = if *role == Role::Danger { *role } else { Role::Second };
            beside(Words::of(lead_role, lead.clone()).say(*role, text.clone()), right)
        }
        Line::List(role, lead, items) => Words::of(Role::Second, lead.clone()).say(*role, items.join(BETWEEN)),
        Line::Item(parts) => {
            let mut out = Words::new();
            for part in parts.iter().filter(|part| !part.is_empty()) {
                out = if out.is_empty() { part.clone() } else { out.gap(1).join(part.clone()) };
            }
            out
        }
    }
}

/// Two blocks of one short row each in one row, the second with its label before it.
fn share<'b>(first: &Laid<'b>, second: &Laid<'b>, (width, label): (usize, usize)) -> Option<Laid<'b>> {
    let (left, right) = (first.only()?, second.only()?);
    let half = width.saturating_sub(label) / 2;
    if left.width() > half || right.width() + label > width - half.min(width) || half == 0 {
        return None;
    }
    let title = second.block.label.clone();
    let gap = label.saturating_sub(crate::clinical::text::width(&title)).max(1);
    let words = left.clone().gap(half + 1 - left.width()).bold(Role::Second, title).gap(gap).join(right.clone());
    (words.width() <= width).then(|| Laid { block: first.block, rows: vec![Row::alone(words)], runs_on: true })
}

/// Words in rows, each keeping its role.
fn wrapped(words: &Words<'static>, width: usize) -> Vec<Words<'static>> {
    let text = words.plain();
    let rows = Wrap::new(&text, width);
    rows.rows().iter().map(|row| slice(words, row.start, row.end)).collect()
}

/// The words between two offsets of their text, without blanks at the ends.
fn slice(words: &Words<'static>, start: usize, end: usize) -> Words<'static> {
    let (mut out, mut at) = (Words::new(), 0);
    for word in &words.0 {
        let (from, to) = (start.clamp(at, at + word.text.len()), end.clamp(at, at + word.text.len()));
        let piece = &word.text[from - at..to - at];
        at += word.text.len();
        let piece = if out.is_empty() { piece.trim_start() } else { piece };
        if !piece.is_empty() {
            out.0.push(Word { text: piece.to_owned().into(), role: word.role, add: word.add });
        }
    }
    while let Some(last) = out.0.last_mut() {
        let trimmed = last.text.trim_end().to_owned();
        if !trimmed.is_empty() {
            last.text = trimmed.into();
            break;
        }
        out.0.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Mark;

    fn block(label: &str, under: &str, lines: Vec<Line>) -> Block {
        Block { under: under.to_owned(), ..Block::new(label, lines) }
    }

    fn plain(laid: &[Laid<'_>]) -> Vec<String> {
        laid.iter()
            .flat_map(|laid| laid.rows.iter().map(|row| format!("{}: {}", laid.block.label, row.plain())))
            .collect()
    }

    fn laid(blocks: &[Block]) -> Vec<Laid<'_>> {
        blocks.iter().map(|block| super::super::block::lay_block(block, 40, 3)).collect()
    }

    fn scores() -> Block {
        let peg = Line::Words(Words::of(Role::Text, "PEG 3.0"), Words::of(Role::Second, "red flags: none"));
        let plan = Line::Marked(Mark::Wants, Words::of(Role::Wants, "no plan answers it yet"), Words::new());
        let where_it_is = Line::text(Role::Text, "where: ", "neck");
        block("Assessed", "14 Oct 2026", vec![Line::left(Words::of(Role::Text, "pain 4")), peg, plan, where_it_is])
    }

    #[test]
    fn what_has_room_stands_as_it_was_and_the_longest_block_runs_on_first() {
        let allergies = block("Allergies", "", vec![Line::left(Words::of(Role::Text, "none"))]);
        let plan = block("Plan", "", vec![Line::text(Role::Text, "", "one"), Line::text(Role::Text, "", "two")]);
        let blocks = [scores(), allergies, plan];
        for (room, rows) in [
            (
                7,
                &[
                    "Assessed: pain 4",
                    "Assessed: PEG 3.0, red flags: none",
                    "Assessed: ● no plan answers it yet",
                    "Assessed: where: neck",
                    "Allergies: none",
                    "Plan: one",
                    "Plan: two",
                ][..],
            ),
            (
                6,
                &[
                    "Assessed: pain 4",
                    "Assessed: PEG 3.0, red flags: none",
                    "Assessed: ● no plan answers it yet",
                    "Assessed: where: neck",
                    "Allergies: none",
                    "Plan: one · two",
                ],
            ),
            (
                5,
                &[
                    "Assessed: 14 Oct 2026 · pain 4 · PEG 3.0  red",
                    "Assessed: flags: none · ● no plan answers it yet ·",
                    "Assessed: where: neck",
                    "Allergies: none",
                    "Plan: one · two",
                ],
            ),
            (
                4,
                &[
                    "Assessed: 14 Oct 2026 · pain 4 · PEG 3.0  red",
                    "Assessed: flags: none · ● no plan answers it yet ·",
                    "Assessed: where: neck",
                    "Allergies: none           Plan       one · two",
                ],
            ),
        ] {
            let mut laid = laid(&blocks);
            tighten(&mut laid, (40, 11), room);
            assert_eq!(plain(&laid), rows, "{room}");
        }
    }

    #[test]
    fn what_is_known_elsewhere_is_left_out_only_where_the_block_runs_on() {
        let long = Line::text(Role::Text, "", "amitriptyline 10 mg (since 19 Jul 2026) · lorazepam 1 mg");
        let terse = Line::text(Role::Text, "", "amitriptyline 10 mg · lorazepam 1 mg");
        let blocks = [Block { terse: vec![terse], ..block("Medicines", "", vec![long]) }];
        for (room, rows) in [
            (2, &["Medicines: amitriptyline 10 mg (since 19 Jul 2026)", "Medicines: · lorazepam 1 mg"][..]),
            (1, &["Medicines: amitriptyline 10 mg · lorazepam 1 mg"]),
        ] {
            let mut laid = laid(&blocks);
            tighten(&mut laid, (40, 11), room);
            assert_eq!(plain(&laid), rows, "{room}");
        }
    }

    #[test]
    fn what_stands_at_the_right_leads_where_it_would_be_cut_off() {
        let medicines = |text: &str| {
            let reviewed = Words::of(Role::Wants, "not reviewed");
            part(&Line::Text(Role::Text, String::new(), text.to_owned(), reviewed), 40).plain()
        };
        assert_eq!(medicines("none"), "none  not reviewed");
        let long = "amitriptyline 10 mg · fentanyl patch 25 mcg/h";
        assert_eq!(medicines(long), format!("not reviewed · {long}"));
    }

    #[test]
    fn rows_of_words_keep_their_roles_and_cut_no_cluster() {
        let words = Words::of(Role::Second, "pain ").bold(Role::Danger, "नमस्ते 👩‍👩‍👧‍👦 ").say(Role::Text, "and more of it");
        for width in 1..30 {
            let rows = wrapped(&words, width);
            let again: String = rows.iter().map(Words::plain).collect::<Vec<_>>().join(" ");
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(bare(&again), bare(&words.plain()), "{width}");
            assert!(
                rows.iter().flat_map(|row| &row.0).all(|word| word.role != Role::Danger || !word.text.contains("and"))
            );
        }
    }
}
