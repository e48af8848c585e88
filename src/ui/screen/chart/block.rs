//! Blocks of lines, each with its label: drawn as a column, or said line by line.
//!
//! They are fitted into the rows there are: blanks go first, then the longest block gets shorter and says how much of it
//! is out of sight.

use ratatui::layout::Rect;

use super::dense;
use crate::ui::modal::reading::wrap;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::columns::{Column, Laid as Columns, lay_holding};
use crate::ui::widget::{Canvas, Words, columns, inset, mark, row};

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What they are about.
    pub label: String,
    /// The date below the label.
    pub under: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// The rows it keeps while others can still get shorter.
    pub keeps: usize,
    /// The lines where there is not room for all of the cover: without what is known elsewhere; empty where they are the same.
    pub terse: Vec<Line>,
}

impl Block {
    /// Lines below each other, with no date, of which one is kept.
    pub fn new(label: impl Into<String>, lines: Vec<Line>) -> Self {
        Self { label: label.into(), under: String::new(), lines, keeps: 1, terse: Vec::new() }
    }

    /// The same of lines that may stand in another block, too: they are left out where there is not room for all.
    pub fn where_some_stand_elsewhere(label: impl Into<String>, lines: Vec<(Line, bool)>) -> Self {
        let terse: Vec<Line> = lines.iter().filter(|(_, elsewhere)| !elsewhere).map(|(line, _)| line.clone()).collect();
        Self { terse, ..Self::new(label, lines.into_iter().map(|(line, _)| line).collect()) }
    }
}

/// A line of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Words, and what stands at the right end of the line.
    Words(Words<'static>, Words<'static>),
    /// The same behind a sign.
    Marked(Mark, Words<'static>, Words<'static>),
    /// Words that go on below where they are too long, and what stands at the right end of their first line.
    Text(Role, String, String, Words<'static>),
    /// A lead and a list that may be of any length: so much of it is drawn as a few rows hold, and how many more there are.
    List(Role, String, Vec<String>),
    /// A piece of the plan: what, its state, the next step, when.
    Item([Words<'static>; 4]),
}

impl Line {
    /// A line with nothing at its right.
    pub fn left(words: Words<'static>) -> Self {
        Self::Words(words, Words::new())
    }

    /// Words that go on below, with nothing at their right.
    pub fn text(role: Role, lead: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Text(role, lead.into(), text.into(), Words::new())
    }

    /// All of it, to read: a long list item by item.
    fn whole(&self) -> Vec<String> {
        match self {
            Self::List(_, lead, items) if items.len() > 3 => {
                let lead = (!lead.is_empty()).then(|| lead.trim_end().to_owned());
                lead.into_iter().chain(items.iter().map(|item| format!("- {item}"))).collect()
            }
            line => vec![line.plain()],
        }
    }

    fn plain(&self) -> String {
        let both = |left: String, right: &Words<'_>| {
            if right.is_empty() { left } else { format!("{left}, {}", right.plain()) }
        };
        match self {
            Self::Marked(Mark::Wants | Mark::Danger, left, right) => {
                both(format!("wants you: {}", left.plain()), right)
            }
            Self::Words(left, right) | Self::Marked(_, left, right) => both(left.plain(), right),
            Self::Text(_, lead, text, right) => both(format!("{lead}{text}"), right),
            Self::List(_, lead, items) => format!("{lead}{}", several(items, SPOKEN)),
            Self::Item(parts) => {
                let parts: Vec<String> = parts.iter().map(Words::plain).filter(|part| !part.is_empty()).collect();
                parts.join(", ")
            }
        }
    }
}

/// In fewer columns what would be cut runs on, also where there are rows enough.
const NARROW: u16 = 42;
/// The rows that a list has at most.
const LISTED: usize = 3;
/// The items of a list that a screen reader is given.
const SPOKEN: usize = 12;

/// So many items of a list, and how many more there are.
fn several(items: &[String], most: usize) -> String {
    let (shown, more) = items.split_at(most.min(items.len()));
    let more = (!more.is_empty()).then(|| format!("{} more", more.len()));
    shown.iter().cloned().chain(more).collect::<Vec<_>>().join(" · ")
}

/// A list in rows, as many items as find room in them.
fn list_rows(lead: &str, items: &[String], width: usize, rows: usize) -> Vec<String> {
    let of = |most: usize| wrap(&format!("{lead}{}", several(items, most)), width);
    // More items than columns never fit.
    let most = items.len().min(width.saturating_mul(rows));
    let (mut fits, mut over) = (0, most + 1);
    while over - fits > 1 {
        let middle = fits.midpoint(over);
        if of(middle).len() <= rows { fits = middle } else { over = middle }
    }
    let mut out = of(fits);
    out.truncate(rows);
    out
}

/// The columns of the labels, with the gap after them.
const LABEL: u16 = 13;

/// A block laid out at one width, in rows.
pub(super) struct Laid<'b> {
    /// What is laid out.
    pub block: &'b Block,
    /// Its rows.
    pub rows: Vec<Row<'b>>,
    /// Its lines run on as text, the date below its label among them.
    pub runs_on: bool,
}

/// A row of a block.
pub(super) enum Row<'b> {
    /// A line as it is.
    Line(&'b Line),
    /// A row of text, and what stands at its right end.
    Text(Words<'b>, &'b Words<'static>),
}

impl<'b> Row<'b> {
    /// A row with nothing at its right end.
    pub const fn alone(words: Words<'b>) -> Self {
        Self::Text(words, NOTHING)
    }

    /// The text alone.
    #[cfg(test)]
    pub fn plain(&self) -> String {
        match self {
            Self::Line(Line::Marked(sign, left, _)) => format!("{} {}", mark(*sign).plain(), left.plain()),
            Self::Line(line) => line.plain(),
            Self::Text(words, right) => format!("{}{}", words.plain(), right.plain()),
        }
    }
}

impl<'b> Laid<'b> {
    /// Its words, where it is one row of running text.
    pub fn only(&self) -> Option<&Words<'b>> {
        match self.rows.as_slice() {
            [Row::Text(words, right)] if self.runs_on && right.is_empty() => Some(words),
            _ => None,
        }
    }
}

const NOTHING: &Words<'static> = &Words::new();

/// A block laid out; a list in so many rows at most.
pub(super) fn lay_block(block: &Block, width: usize, listed: usize) -> Laid<'_> {
    let rows = block.lines.iter().flat_map(|line| match line {
        Line::Words(..) | Line::Marked(..) | Line::Item(_) => vec![Row::Line(line)],
        Line::Text(role, lead, text, right) => {
            lead_and_rows(*role, lead, wrap_beside(&format!("{lead}{text}"), width, right.width()), right)
        }
        Line::List(role, lead, items) => lead_and_rows(*role, lead, list_rows(lead, items, width, listed), NOTHING),
    });
    Laid { block, rows: rows.collect(), runs_on: false }
}

/// Rows of text; the first says its lead apart, and has beside it what stands at its right.
fn lead_and_rows<'b>(role: Role, lead: &'b str, rows: Vec<String>, right: &'b Words<'static>) -> Vec<Row<'b>> {
    let first = |line: String| match line.strip_prefix(lead) {
        Some(rest) if !lead.is_empty() => {
            let lead_role = if role == Role::Danger { role } else { Role::Second };
            Words::of(lead_role, lead).say(role, rest.to_owned())
        }
        _ => Words::of(role, line),
    };
    let mut rows = rows.into_iter();
    let first = Row::Text(first(rows.next().unwrap_or_default()), right);
    std::iter::once(first).chain(rows.map(|line| Row::Text(Words::of(role, line), NOTHING))).collect()
}

/// Text on one line in rows; the first leaves room for what stands at its right.
fn wrap_beside(text: &str, width: usize, right: usize) -> Vec<String> {
    if right == 0 {
        return wrap(text, width);
    }
    let Some(first) = wrap(text, width.saturating_sub(right + 2)).into_iter().next() else { return Vec::new() };
    let rest = text.get(first.len()..).unwrap_or_default().trim_start();
    std::iter::once(first).chain(wrap(rest, width)).collect()
}

/// How many rows the cover wants at a width, blanks between the blocks included.
pub fn wanted(blocks: &[Block], width: u16) -> u16 {
    let width = usize::from(width.saturating_sub(LABEL));
    let rows: usize = blocks.iter().map(|block| height(&lay_block(block, width, LISTED))).sum();
    columns(rows + blocks.len().saturating_sub(1))
}

/// A block with a date below its label is two rows high at least.
pub(super) fn height(laid: &Laid<'_>) -> usize {
    laid.rows.len().max(if laid.block.under.is_empty() || laid.runs_on { 1 } else { 2 })
}

/// Whether a line of a block that goes on nowhere is wider than there is room.
fn is_cut(block: &Block, width: usize) -> bool {
    block.lines.iter().any(|line| match line {
        Line::Words(left, right) => left.width() + right.width() + 2 > width,
        Line::Marked(_, left, right) => left.width() + right.width() + 4 > width,
        Line::Text(..) | Line::List(..) => false,
        Line::Item(_) => true,
    })
}

/// The blocks laid out for an area: line by line and lists whole where there is room, else running on.
fn lay_all(blocks: &[Block], area: Rect) -> Vec<Laid<'_>> {
    let (width, room) = (usize::from(area.width.saturating_sub(LABEL)), usize::from(area.height));
    let lay_one = |block, listed| {
        if area.width < NARROW && is_cut(block, width) {
            return dense::run_on(block, width);
        }
        lay_block(block, width, listed)
    };
    let lay = |listed| blocks.iter().map(|block| lay_one(block, listed)).collect::<Vec<_>>();
    // No list has to be looked at further than there are rows.
    let whole = lay(room + 1);
    if whole.iter().map(height).sum::<usize>() <= room {
        return whole;
    }
    let mut laid = lay(LISTED);
    dense::tighten(&mut laid, (width, usize::from(LABEL)), room);
    laid
}

/// How many rows each block gets out of so many, and after how many of them there is a blank. Each has the rows it wants and
/// those it keeps while another can still get shorter.
fn fit(blocks: &[(usize, usize)], room: usize) -> (Vec<usize>, usize) {
    let mut got: Vec<usize> = blocks.iter().map(|(wants, _)| *wants).collect();
    let blanks = room.saturating_sub(got.iter().sum()).min(blocks.len().saturating_sub(1));
    while got.iter().sum::<usize>() > room {
        let longest =
            |floor: &dyn Fn(usize) -> usize| (0..got.len()).filter(|&at| got[at] > floor(at)).max_by_key(|&at| got[at]);
        let shorter = longest(&|at| blocks[at].1.max(1)).or_else(|| longest(&|_| 1));
        match shorter.or_else(|| got.iter().rposition(|rows| *rows > 0)) {
            Some(at) => got[at] -= 1,
            None => break,
        }
    }
    (got, blanks)
}

/// How many rows of the cover find no room in so many columns and rows.
pub fn hidden(blocks: &[Block], area: Rect) -> usize {
    let drawn = lay_all(blocks, area);
    let width = usize::from(area.width.saturating_sub(LABEL));
    // All of a list is wanted, and a part of it drawn; of what runs on all is laid out.
    let wants = drawn
        .iter()
        .map(|laid| if laid.runs_on { laid.rows.len() } else { lay_block(laid.block, width, usize::MAX).rows.len() });
    let heights: Vec<(usize, usize)> = drawn.iter().map(|laid| (height(laid), laid.block.keeps)).collect();
    let (got, _) = fit(&heights, usize::from(area.height));
    let shown = drawn.iter().zip(got).map(|(laid, got)| laid.rows.len().min(got));
    wants.zip(shown).map(|(wants, shown)| wants.saturating_sub(shown)).sum()
}

/// Draws the cover.
pub fn paint(canvas: &mut Canvas<'_>, area: Rect, blocks: &[Block]) {
    canvas.clear(area);
    let laid = lay_all(blocks, area);
    let wanted: Vec<(usize, usize)> = laid.iter().map(|laid| (height(laid), laid.block.keeps)).collect();
    let (got, blanks) = fit(&wanted, usize::from(area.height));
    let mut down = 0;
    for (n, (block, rows)) in laid.iter().zip(got).enumerate() {
        paint_block(canvas, Rect { y: area.y.saturating_add(down), height: columns(rows), ..area }, block);
        down = down.saturating_add(columns(rows)).saturating_add(u16::from(n < blanks));
    }
}

fn paint_block(canvas: &mut Canvas<'_>, area: Rect, laid: &Laid<'_>) {
    let content = inset(area, LABEL, 0);
    let label = Rect { width: area.width.min(LABEL.saturating_sub(1)), ..area };
    canvas.words(row(label, 0), &Words::new().bold(Role::Second, laid.block.label.as_str()));
    if !laid.runs_on {
        canvas.text(row(label, 1), Role::Faint, &laid.block.under);
    }
    let hidden = laid.rows.len().saturating_sub(usize::from(area.height));
    let more = Words::of(Role::Wants, if hidden > 0 { format!("+{hidden}") } else { String::new() });
    let beside = if hidden > 0 { columns(more.width() + 1) } else { 0 };
    let items = laid.block.lines.iter().filter_map(|line| match line {
        Line::Item(parts) => Some(parts),
        _ => None,
    });
    let items = lay_holding(&ITEM, items, content.width.saturating_sub(beside));
    for (down, line) in (0..area.height).zip(&laid.rows) {
        let mut at = row(content, down);
        let is_last = down + 1 == area.height;
        if is_last {
            canvas.words_right(at, &more);
        }
        // The columns of the plan line up also where one row says how many more there are.
        if is_last || matches!(line, Row::Line(Line::Item(_))) {
            at = inset(at, 0, beside);
        }
        match line {
            Row::Text(words, right) => paint_words(canvas, at, words, right),
            Row::Line(line) => paint_line(canvas, at, line, &items),
        }
    }
}

/// What, state, next step, when.
const ITEM: [Column; 4] = [
    Column::between(12, 30, 0),
    Column::fixed(9, 2).after(2),
    Column::rest(10, 3).after(2),
    Column::fixed(11, 1).right().after(2),
];

fn paint_line(canvas: &mut Canvas<'_>, area: Rect, line: &Line, items: &Columns) {
    match line {
        Line::Words(left, right) => paint_words(canvas, area, left, right),
        Line::Marked(sign, left, right) => {
            let used = canvas.words(area, &mark(*sign));
            paint_words(canvas, inset(area, used.saturating_add(1), 0), left, right);
        }
        Line::Text(role, lead, text, right) => {
            paint_words(canvas, area, &Words::of(*role, format!("{lead}{text}")), right);
        }
        Line::List(role, ..) => paint_words(canvas, area, &Words::of(*role, line.plain()), NOTHING),
        Line::Item(parts) => {
            for (at, part) in parts.iter().enumerate() {
                items.write(canvas, area, at, part);
            }
        }
    }
}

fn paint_words(canvas: &mut Canvas<'_>, area: Rect, left: &Words<'_>, right: &Words<'_>) {
    let used = canvas.words_right(area, right);
    canvas.words(inset(area, 0, if used > 0 { used.saturating_add(2) } else { 0 }), left);
}

/// The cover in lines for screen readers: one line an item, each with its label.
pub fn lines(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .flat_map(|block| {
            let under = if block.under.is_empty() { String::new() } else { format!(", {}", block.under) };
            block.lines.iter().map(move |line| format!("{}{under}: {}", block.label, line.plain()))
        })
        .collect()
}

/// The whole cover as a page: each label above its lines.
pub fn page(blocks: &[Block]) -> String {
    let block = |block: &Block| {
        let under = if block.under.is_empty() { String::new() } else { format!(" · {}", block.under) };
        let lines = block.lines.iter().flat_map(Line::whole).map(|line| format!("  {line}"));
        std::iter::once(format!("{}{under}", block.label)).chain(lines).collect::<Vec<_>>().join("\n")
    };
    blocks.iter().map(block).collect::<Vec<_>>().join("\n\n")
}

/// The words of the cover with every name hidden.
pub fn hide(blocks: &mut [Block], hide: impl Fn(&str) -> String) {
    let in_words = |words: &mut Words<'static>| {
        for word in &mut words.0 {
            word.text = hide(&word.text).into();
        }
    };
    for line in blocks.iter_mut().flat_map(|block| block.lines.iter_mut().chain(&mut block.terse)) {
        match line {
            Line::Words(left, right) | Line::Marked(_, left, right) => {
                in_words(left);
                in_words(right);
            }
            Line::Text(_, _, text, _) => *text = hide(text),
            Line::List(_, _, items) => items.iter_mut().for_each(|item| *item = hide(item)),
            Line::Item(parts) => parts.iter_mut().for_each(in_words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_row_leaves_room_for_what_stands_beside_it() {
        for (text, width, right, rows) in [
            ("one two three four", 18, 0, vec!["one two three four"]),
            ("one two three four", 18, 6, vec!["one two", "three four"]),
            ("one", 18, 6, vec!["one"]),
            ("", 18, 6, vec![]),
            ("abcdef", 5, 2, vec!["a", "bcdef"]),
        ] {
            assert_eq!(wrap_beside(text, width, right), rows, "{text}");
        }
    }

    #[test]
    fn a_list_of_any_length_takes_a_few_rows_and_says_how_many_more() {
        let items: Vec<String> = (1..=300).map(|n| format!("item {n}")).collect();
        for (count, width, expected) in [
            (1, 30, vec!["was: item 1"]),
            (3, 30, vec!["was: item 1 · item 2 · item 3"]),
            (4, 30, vec!["was: item 1 · item 2 · item 3", "· item 4"]),
            (300, 16, vec!["was: item 1 ·", "item 2 · item 3", "· 297 more"]),
            (300, 5, vec!["was:", "300", "more"]),
        ] {
            assert_eq!(list_rows("was: ", &items[..count], width, 3), expected, "{count} in {width}");
        }
        let line = Line::List(Role::Text, "was: ".to_owned(), items);
        let block = Block::new("Label", vec![line]);
        let blocks = [block];
        assert_eq!(wanted(&blocks, 80), 3);
        assert!(hidden(&blocks, Rect::new(0, 0, 80, 9)) > 10);
        assert!(lines(&blocks)[0].ends_with("item 12 · 288 more"));
        assert!(page(&blocks).ends_with("- item 300") && page(&blocks).lines().count() == 302);
    }

    #[test]
    fn what_finds_no_room_is_counted_block_by_block() {
        let block = |lines: usize| Block {
            label: "Label".to_owned(),
            under: String::new(),
            // Long enough that running on saves no row.
            lines: vec![Line::left(Words::of(Role::Text, "a line of words that is as long as forty-one")); lines],
            keeps: 1,
            terse: Vec::new(),
        };
        for (blocks, rows, expected) in [
            (vec![3, 2], 5, 0),
            (vec![3, 2], 9, 0),
            (vec![3, 2], 3, 2),
            (vec![3, 2], 1, 4),
            (vec![3, 2], 0, 5),
            (vec![], 4, 0),
        ] {
            let all: Vec<Block> = blocks.iter().map(|lines| block(*lines)).collect();
            assert_eq!(hidden(&all, Rect::new(0, 0, 60, rows)), expected, "{blocks:?} in {rows}");
        }
    }

    #[test]
    fn blanks_go_first_then_the_longest_block_gets_shorter() {
        for (blocks, room, expected, blanks) in [
            (vec![(3, 1), (2, 1), (1, 1)], 8, vec![3, 2, 1], 2),
            (vec![(3, 1), (2, 1), (1, 1)], 7, vec![3, 2, 1], 1),
            (vec![(3, 1), (2, 1), (1, 1)], 6, vec![3, 2, 1], 0),
            (vec![(5, 1), (2, 1), (1, 1)], 6, vec![3, 2, 1], 0),
            (vec![(5, 4), (5, 1), (1, 1)], 6, vec![4, 1, 1], 0),
            (vec![(5, 4), (5, 1), (1, 1)], 5, vec![3, 1, 1], 0),
            (vec![(5, 4), (5, 1), (1, 1)], 2, vec![1, 1, 0], 0),
            (vec![(1, 1), (1, 1)], 0, vec![0, 0], 0),
            (vec![], 9, vec![], 0),
        ] {
            assert_eq!(fit(&blocks, room), (expected, blanks), "{blocks:?} in {room}");
        }
    }
}
