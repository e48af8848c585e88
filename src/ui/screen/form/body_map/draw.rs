//! Drawing the body map: the figure as large as there is room, beside it the region at hand, the list, widespread pain.

use ratatui::layout::Rect;

use super::{MapView, Waits, lines, list, symptoms};
use crate::action::{Command, Context};
use crate::clinical::body::figure::Size;
use crate::clinical::body::widespread::{Widespread, widespread};
use crate::clinical::body::{Body, BodyRegion, Line, MapOn, Quality};
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::form::AnyForm;
use crate::ui::env::View;
use crate::ui::theme::{Role, Surface};
use crate::ui::widget::body::{BodyFigure, columns_of, fitting, region_at};
use crate::ui::widget::list::scroll;
use crate::ui::widget::{Canvas, Words, form as painter, inset, row};

/// Columns the list needs at least beside the figure.
const LIST: u16 = 38;
/// Columns between the figure and what stands beside it.
const GAP: u16 = 2;
/// From so many columns on there are margins, and words are whole.
const WIDE: u16 = 100;
/// Rows of the region at hand.
const HEAD: u16 = 4;
/// Rows of the symptoms as a form, and where only what is known of them is shown.
const ASKED: u16 = 12;
const KNOWN: u16 = 4;
/// From so many rows on blanks stand between the parts.
const ROOMY: u16 = 26;

/// The parts of the map: a pure function of the area, for drawing and for the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// The figure and its size; none where there is no room, or in plain mode.
    pub figure: Option<(Rect, Size)>,
    /// The region at hand.
    pub head: Rect,
    /// The list under its heading.
    pub list: Rect,
    /// Widespread pain.
    pub below: Rect,
}

impl Parts {
    /// The parts for this area.
    pub fn of(area: Rect, in_symptoms: bool) -> Self {
        let size = fitting(area.width.saturating_sub(LIST + GAP), area.height, true);
        let margin = u16::from(area.width >= WIDE);
        let figure = size.map(|size| {
            let wide = columns_of(size);
            let tall = area.height.min(size.rows() + 1);
            (Rect { x: area.x.saturating_add(margin), width: wide, height: tall, ..area }, size)
        });
        let left = figure.map_or(1, |(at, _)| at.width + margin + GAP);
        let beside = inset(area, left, 1);
        let head = HEAD + u16::from(beside.height >= ROOMY);
        let below = if in_symptoms { ASKED } else { KNOWN }.min(beside.height.saturating_sub(head + 1));
        let part = |from: u16, height: u16| Rect {
            y: beside.y.saturating_add(from),
            height: height.min(beside.height.saturating_sub(from)),
            ..beside
        };
        let list = beside.height.saturating_sub(head + below);
        Self { figure, head: part(0, head), list: part(head, list), below: part(head + list, below) }
    }

    /// Where the symptoms are asked, as a form.
    pub fn form(self) -> Rect {
        let below = self.below;
        Rect { y: below.y.saturating_add(1), height: below.height.saturating_sub(1), ..below }
    }
}

impl MapView {
    /// The region at a cell of the screen: on the figure, or in the list.
    pub fn region_at(&self, area: Rect, body: &Body, last: Option<&MapOn>, (x, y): (u16, u16)) -> Option<BodyRegion> {
        let parts = Parts::of(area, self.in_symptoms);
        if let Some((at, size)) = parts.figure
            && let Some(region) = region_at(at, size, x, y)
        {
            return Some(region);
        }
        let inside = Rect { y: parts.list.y + 1, height: parts.list.height.saturating_sub(1), ..parts.list };
        let lines = lines(body, last);
        let top = self.top(&lines, inside.height);
        inside.contains((x, y).into()).then(|| lines.get(top + usize::from(y - inside.y)))?.map(|line| line.region)
    }

    /// The first line of the list that is shown: the chosen region is in view.
    fn top(&self, lines: &[Line<'_>], rows: u16) -> usize {
        let at = lines.iter().position(|line| line.region == self.at).unwrap_or(0);
        scroll(0, at, usize::from(rows), lines.len())
    }

    /// What stands on the line of the title: how many regions hurt, and what they are compared with.
    pub fn title(body: &Body, last: Option<&MapOn>) -> (Words<'static>, Words<'static>) {
        let count = body.map.hurting().count();
        let regions = if count == 1 { "region" } else { "regions" };
        let left = Words::new().bold(Role::Focus, "Body map").gap(3);
        let left = match (count, body.map.is_blank()) {
            (_, true) => left.say(Role::Second, "nothing marked yet"),
            (count, false) => left.say(Role::Text, format!("{count} {regions}")),
        };
        let right = match last {
            Some(last) => Words::of(Role::Second, format!("compared with {}", show_date(last.date))),
            None => Words::of(Role::Second, "the first map"),
        };
        (left, right)
    }

    /// Draws the map.
    ///
    /// ```text
    /// RIGHT      LEFT   LEFT      RIGHT   bul  patient's LEFT buttock and outer hip
    ///      figure            figure       6, new; burning, into LEFT calf
    ///                                     0–10 how much · , quality · > radiates · …
    ///
    ///                                     Where it hurts             now    27 Oct
    ///                                     bul LEFT buttock and outer …  6 NEW    –
    /// front             back              WPI 4 of 19 · SSS ? (0 of 6 asked)
    /// ```
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, body: &Body, last: Option<&MapOn>, view: &View<'_>) {
        canvas.clear(area);
        let parts = Parts::of(area, self.in_symptoms);
        if let Some((at, size)) = parts.figure {
            let target = match self.waits {
                Waits::Radiates(to) if to != self.at => Some(to),
                _ => None,
            };
            let chosen = (!self.in_symptoms).then_some(self.at);
            let last = last.map(|last| &last.map);
            BodyFigure { size, map: &body.map, last, chosen, target }.paint(canvas, at);
        }
        let lines = lines(body, last);
        self.head(canvas, parts.head, &lines, last, view);
        self.list(canvas, parts.list, &lines, last);
        self.below(canvas, parts, body, view);
    }

    fn head(&self, canvas: &mut Canvas<'_>, area: Rect, lines: &[Line<'_>], last: Option<&MapOn>, view: &View<'_>) {
        let named = Words::new().bold(Role::Focus, self.at.code()).gap(2).bold(Role::Strong, self.at.of_patient());
        canvas.words(row(area, 0), &named);
        let about = self.about(lines, last);
        canvas.words(row(area, 1), &about);
        let (first, second) = self.hint(area.width, view);
        canvas.words(row(area, 2), &first);
        canvas.words(row(area, 3), &second);
    }

    /// What is known of the region at hand.
    fn about(&self, lines: &[Line<'_>], last: Option<&MapOn>) -> Words<'static> {
        let Some(line) = lines.iter().find(|line| line.region == self.at) else {
            return Words::of(Role::Second, "not marked");
        };
        let mut words = Words::new();
        if let Some(mark) = line.now.filter(|mark| mark.hurts()) {
            words = words.bold(crate::ui::widget::body::pain(mark.intensity), mark.number()).gap(2);
        }
        let change = line.change_words();
        words = words.say(Role::Text, change.clone());
        if let Some(mark) = line.now {
            let details = mark.details();
            if !details.is_empty() {
                words = words.say(Role::Text, if change.is_empty() { details } else { format!("; {details}") });
            }
            if let Some(last) = last.filter(|_| mark.carried) {
                words = words.gap(2).say(Role::Info, format!("taken from {}", show_date(last.date)));
            }
        }
        if words.is_empty() { Words::of(Role::Second, "no earlier map to compare with") } else { words }
    }

    /// What the next key does: what is half typed, what was said of the last key, else the keys.
    fn hint(&self, width: u16, view: &View<'_>) -> (Words<'static>, Words<'static>) {
        let faint = |text: String| Words::of(Role::Faint, text);
        if let Some(said) = &self.said {
            return (Words::of(Role::Wants, said.clone()), Words::new());
        }
        if !self.letters.is_empty() {
            let found: Vec<BodyRegion> = BodyRegion::beginning(&self.letters).collect();
            let each = found.iter().map(|region| format!("{} {}", region.code(), region.words()));
            let typed = Words::new().bold(Role::Focus, format!("{}…", self.letters)).gap(1);
            return (typed.join(faint(each.collect::<Vec<_>>().join(" · "))), Words::new());
        }
        match self.waits {
            Waits::Nought => (faint("1 · 0 makes ten".to_owned()), Words::new()),
            Waits::Quality => {
                let half = |from: usize, to: usize| {
                    let each = Quality::ALL[from..to].iter();
                    each.fold(Words::new(), |words, quality| {
                        words
                            .bold(Role::Focus, quality.key().to_string())
                            .gap(1)
                            .say(Role::Faint, quality.label())
                            .gap(2)
                    })
                };
                let middle = Quality::ALL.len() / 2;
                (half(0, middle), half(middle, Quality::ALL.len()))
            }
            Waits::Radiates(to) => {
                let to = if to == self.at { "a code, or arrows and Enter".to_owned() } else { to.of_patient() };
                let keys = "Enter takes it   - nowhere   Esc as it was";
                (Words::of(Role::Text, "radiates into ").bold(Role::Focus, to), faint(keys.to_owned()))
            }
            Waits::Nothing | Waits::Region if self.in_symptoms => (Words::new(), Words::new()),
            Waits::Nothing | Waits::Region => {
                use Command as C;
                let key = |command| view.keymap.key_for(Context::BodyMap, command).unwrap_or_else(|| "·".to_owned());
                let (quality, radiates) = (key(C::MapQuality), key(C::MapRadiates));
                let (same, gone) = (key(C::MapAsLast), key(C::MapGone));
                let (much, choose) = if width < 48 {
                    ("0–10", "3 letters, arrows")
                } else {
                    ("0–10 how much", "three letters or arrows choose")
                };
                let first = format!("{much}   {quality} feels   {radiates} goes to   {gone} gone");
                let second = format!("{choose}   {same} as last");
                (faint(first), faint(second))
            }
        }
    }

    fn list(&self, canvas: &mut Canvas<'_>, area: Rect, lines: &[Line<'_>], last: Option<&MapOn>) {
        let title =
            if area.width < 60 { "The patient's own sides" } else { "Where it hurts · the patient's own sides" };
        let title = Words::of(Role::Second, title);
        let heads = list::heads(last.map(|last| last.date));
        let used = canvas.words_right(row(area, 0), &heads);
        canvas.words(inset(row(area, 0), 0, used.saturating_add(1)), &title);
        let inside = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
        if lines.is_empty() {
            canvas.text(row(inside, 0), Role::Faint, "nothing is marked: type a code such as bul, then 6");
            return;
        }
        let laid = list::columns(area.width);
        let top = self.top(lines, inside.height);
        for (down, line) in (0..inside.height).zip(lines.iter().skip(top)) {
            let at = row(inside, down);
            let is_chosen = line.region == self.at && !self.in_symptoms;
            let surface = if is_chosen { Surface::Band } else { Surface::Ground };
            let look = canvas.look();
            canvas.on(surface, |canvas| {
                canvas.clear(at);
                for (column, words) in list::cells(line, look).iter().enumerate() {
                    laid.write(canvas, at, column, words);
                }
            });
        }
        let hidden = lines.len().saturating_sub(top + usize::from(inside.height));
        if hidden > 0 && inside.height > 0 {
            canvas.words_right(row(inside, inside.height - 1), &Words::of(Role::Faint, format!(" ↓ {hidden}")));
        }
    }

    fn below(&self, canvas: &mut Canvas<'_>, parts: Parts, body: &Body, view: &View<'_>) {
        let area = parts.below;
        let found = widespread(body);
        let line = found.as_ref().map_or_else(|| "WPI ?".to_owned(), Widespread::line);
        if self.in_symptoms {
            canvas.words(row(area, 0), &Words::new().bold(Role::Text, line));
            let form = parts.form();
            painter::paint(&self.symptoms.view((form.width, form.height)), canvas, form, view.names());
            return;
        }
        let key = view.keymap.key_for(Context::BodyMap, Command::MapSymptoms).unwrap_or_default();
        canvas.words_right(row(area, 0), &Words::new().bold(Role::Focus, key).gap(1).say(Role::Faint, "asks"));
        canvas.words(inset(row(area, 0), 0, 12), &Words::of(Role::Second, "Widespread pain, symptoms"));
        let [week, months] = symptoms::known(&body.symptoms, area.width);
        canvas.words(row(area, 1), &week);
        canvas.words(row(area, 2), &months);
        canvas.text(row(area, 3), Role::Text, &line);
    }

    /// The map in plain lines: the region at hand, then the list.
    pub fn plain(
        &self,
        body: &Body,
        last: Option<&MapOn>,
        view: &View<'_>,
    ) -> (Vec<String>, Vec<String>, Option<usize>) {
        let lines = lines(body, last);
        let (first, second) = self.hint(u16::MAX, view);
        let mut head = vec![format!("Body map, at {} ({})", self.at.of_patient(), self.at.code())];
        head.push(self.about(&lines, last).plain());
        head.extend([first.plain(), second.plain()].into_iter().filter(|line| !line.is_empty()));
        if let Some(found) = widespread(body) {
            head.push(found.line());
        }
        if self.in_symptoms {
            let form = self.symptoms.view((72, ASKED));
            let rows = form.lines.iter().map(|line| line.spans.iter().map(|span| span.text.as_str()).collect());
            return (head, rows.collect(), None);
        }
        let rows: Vec<String> =
            lines.iter().map(|line| format!("{}: {}", line.region.code(), line.sentence())).collect();
        let chosen = lines.iter().position(|line| line.region == self.at);
        (head, rows, chosen)
    }
}
