//! Bars of one line: the header of the day, the keys at the foot, the message above them.

use ratatui::layout::Rect;

use super::{canvas::Canvas, canvas::columns, canvas::inset, canvas::row, fit::fit, words::Words, words::mark};
use crate::ui::theme::{Mark, Role, Surface};

/// Something on a bar, and how soon it goes where there is not room for all (the highest rank first).
#[derive(Debug, Clone, Default)]
pub struct Item<'a> {
    /// What is written.
    pub words: Words<'a>,
    /// A shorter wording, taken before anything goes.
    pub short: Option<Words<'a>>,
    /// How soon it goes.
    pub rank: u8,
}

impl<'a> Item<'a> {
    /// An item.
    pub const fn new(rank: u8, words: Words<'a>) -> Self {
        Self { words, short: None, rank }
    }

    /// The same with a shorter wording.
    #[must_use]
    pub fn or(mut self, short: Words<'a>) -> Self {
        self.short = Some(short);
        self
    }
}

/// The items that fit a width with such a gap between them, in their order: first the least important get shorter,
/// then the least important go. Gives their words and how many went.
pub fn fitting<'i, 'a>(items: &'i [Item<'a>], gap: usize, width: u16) -> (Vec<&'i Words<'a>>, usize) {
    let chosen = choose(items, gap, usize::from(width));
    let gone = chosen.iter().filter(|words| words.is_none()).count();
    (chosen.into_iter().flatten().collect(), gone)
}

/// The wording of each item, or none for those that go.
fn choose<'i, 'a>(items: &'i [Item<'a>], gap: usize, width: usize) -> Vec<Option<&'i Words<'a>>> {
    let mut shown: Vec<&Words<'a>> = items.iter().map(|item| &item.words).collect();
    let mut by_rank: Vec<usize> = (0..items.len()).collect();
    by_rank.sort_by_key(|at| std::cmp::Reverse((items[*at].rank, *at)));
    for at in by_rank {
        let total: usize = shown.iter().map(|words| words.width()).sum();
        if total + gap * items.len().saturating_sub(1) <= width {
            break;
        }
        shown[at] = items[at].short.as_ref().unwrap_or(shown[at]);
    }
    let sizes: Vec<(u8, usize)> = items.iter().zip(&shown).map(|(item, words)| (item.rank, words.width())).collect();
    let stay = fit(&sizes, gap, width);
    shown.into_iter().zip(stay).map(|(words, stays)| stays.then_some(words)).collect()
}

/// Writes items one after the other. Gives the columns used.
pub(super) fn write_items(canvas: &mut Canvas<'_>, area: Rect, items: &[&Words<'_>], gap: u16) -> u16 {
    let mut x = 0u16;
    for (at, words) in items.iter().enumerate() {
        if at > 0 {
            x = x.saturating_add(gap);
        }
        x = x.saturating_add(canvas.words(inset(area, x, 0), words));
    }
    x
}

/// A bar with items from the left and one at the right.
#[derive(Debug, Clone, Default)]
pub struct Bar<'a> {
    /// What it lies on.
    pub surface: Surface,
    /// From the left, by place; they go by rank.
    pub items: Vec<Item<'a>>,
    /// At the right end; it goes by rank like the others.
    pub right: Option<Item<'a>>,
}

impl Bar<'_> {
    /// Draws the bar.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let area = row(area, 0);
        canvas.on(self.surface, |canvas| {
            canvas.clear(area);
            let inside = inset(area, 1, 1);
            let all: Vec<Item<'_>> = self.items.iter().chain(&self.right).cloned().collect();
            let mut shown = choose(&all, 3, usize::from(inside.width));
            let right = self.right.as_ref().and_then(|_| shown.pop().flatten());
            let shown: Vec<&Words<'_>> = shown.into_iter().flatten().collect();
            let used = write_items(canvas, inside, &shown, 3);
            if let Some(right) = right {
                canvas.words_right(inset(inside, used, 0), right);
            }
        });
    }
}

/// A key and what it does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint<'a> {
    /// The key, as the binding table shows it.
    pub key: &'a str,
    /// What it does, in a word or two.
    pub word: &'a str,
    /// How soon it goes where there is not room for all.
    pub rank: u8,
}

impl Hint<'_> {
    fn words(&self) -> Words<'_> {
        Words::new().bold(Role::Focus, self.key).gap(1).say(Role::Second, self.word)
    }
}

/// The keys that work here and now.
#[derive(Debug, Clone, Copy)]
pub struct Footer<'a> {
    /// By place; they go by rank.
    pub hints: &'a [Hint<'a>],
}

impl Footer<'_> {
    /// Draws the keys that fit.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let items = self.hints.iter().map(|hint| Item::new(hint.rank, hint.words())).collect::<Vec<_>>();
        let area = row(area, 0);
        canvas.on(Surface::BarFoot, |canvas| {
            canvas.clear(area);
            let inside = inset(area, 1, 1);
            let (shown, _) = fitting(&items, 2, inside.width);
            write_items(canvas, inside, &shown, 2);
        });
    }
}

/// What just happened, and how to take it back.
#[derive(Debug, Clone, Default)]
pub struct Message<'a> {
    /// The sign in front.
    pub mark: Option<Mark>,
    /// What happened.
    pub words: Words<'a>,
    /// The key that takes it back, and its word; empty where nothing can be.
    pub undo: Option<(&'a str, &'a str)>,
}

impl Message<'_> {
    /// Draws the line; how to take it back stays in view.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let area = row(area, 0);
        canvas.clear(area);
        let mut words = Words::new();
        if let Some(sign) = self.mark {
            words = words.join(mark(sign)).gap(1);
        }
        let words = words.join(self.words.clone());
        let undo = self.undo.map_or(Words::new(), |(key, word)| {
            Words::new().gap(3).bold(Role::Focus, key).gap(1).say(Role::Faint, word)
        });
        let inside = inset(area, 1, 1);
        let used = canvas.words(inset(inside, 0, columns(undo.width())), &words);
        canvas.words(inset(inside, used, 0), &undo);
    }
}
