//! The evening's reflection: the cursor in the text, prompts, energy and strain. Stands apart from the charts.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::Subject;
use crate::action::{Command, Write};
use crate::clinical::draft::{DraftKey, REFLECTION_FORM};
use crate::clinical::id::ReflectionId;
use crate::clinical::reflection::{Reflection, ReflectionDraft, ReflectionText};
use crate::clinical::time::show_day;
use crate::form::build::{area, line, note, score_of};
use crate::form::{Field, FormDef, ScoreSpec, Slot, Tone};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::{Canvas, Words, columns, inset, row};

type R = ReflectionDraft;

const ENERGY: ScoreSpec = ScoreSpec::toned(1, 5, Tone::Better);
const STRAIN: ScoreSpec = ScoreSpec::range(1, 5);

/// The table of fields for these prompts. Its name and ids stand in drafts: they never change.
pub fn definition(prompts: &[String]) -> FormDef<R> {
    let mut asked: Vec<Field<R>> = Vec::new();
    for (n, prompt) in prompts.iter().enumerate() {
        asked.push(note("prompt", "").item(n).labelled(prompt.clone()));
        asked.push(line("answer", "", |v: &mut R, n| Slot::Text(answer(v, n))).item(n));
    }
    FormDef::new(REFLECTION_FORM, 1)
        .section("Tonight", vec![area("text", "", 8, |v: &mut R, _| Slot::Text(&mut v.text))])
        .section("Prompts", asked)
        .section(
            "How it was",
            vec![
                score_of("energy", "energy left", ENERGY, |v: &mut R, _| Slot::Score(&mut v.energy))
                    .help("1 empty to 5 full"),
                score_of("strain", "strain", STRAIN, |v: &mut R, _| Slot::Score(&mut v.strain))
                    .help("1 light to 5 heavy"),
            ],
        )
}

fn answer(draft: &mut R, n: usize) -> &mut String {
    if draft.answers.len() <= n {
        draft.answers.resize(n + 1, (String::new(), String::new()));
    }
    &mut draft.answers[n].1
}

/// One evening's reflection.
pub struct ReflectionSubject {
    /// The evening.
    pub date: NaiveDate,
    /// What was written already.
    pub current: Option<Reflection>,
    /// The evening's prompts.
    pub prompts: Vec<String>,
}

impl Subject for ReflectionSubject {
    type Draft = R;

    fn definition(&self) -> FormDef<R> {
        let written = self.current.as_ref().map(|reflection| &reflection.text.answers);
        match written {
            Some(answers) if !answers.is_empty() => {
                let asked: Vec<String> = answers.iter().map(|(prompt, _)| prompt.clone()).collect();
                definition(&asked)
            }
            _ => definition(&self.prompts),
        }
    }

    fn start(&self) -> R {
        let empty = ReflectionText::default();
        let text = self.current.as_ref().map_or(&empty, |reflection| &reflection.text);
        R::of(text, self.prompts.clone())
    }

    fn place(&self) -> Place {
        Place::Reflection(self.date)
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(REFLECTION_FORM, self.date)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, "Reflection")
    }

    fn told(&self, view: &View<'_>) -> Vec<Item<'static>> {
        let other = (self.date != view.now.today()).then(|| format!("evening of {}", show_day(self.date)));
        other.map(|words| Item::new(1, Words::of(Role::Info, words))).into_iter().collect()
    }

    fn has_beside(&self) -> bool {
        true
    }

    /// The day in figures, where the board is of this evening.
    fn beside(&self, _draft: &R, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        if view.board.date != self.date {
            return;
        }
        let figures = view.board.figures();
        let height = columns(figures.len()).saturating_add(2).min(area.height);
        let pane = Pane { name: "The day in figures", ..Pane::default() };
        let inside = inset(pane.paint(canvas, Rect { height, ..area }), 1, 1);
        for (down, (what, count, of)) in (0..inside.height).zip(figures) {
            let number = Words::new().bold(Role::Text, format!("{count:>4}"));
            let all = of.map_or_else(String::new, |of| format!("of {of}"));
            canvas.words(row(inside, down), &number.gap(1).say(Role::Second, format!("{all:<6} {what}")));
        }
    }

    fn leads_on(&self) -> Option<&'static str> {
        Some("earlier")
    }

    fn leads_elsewhere(&self) -> Option<&'static str> {
        Some("Earlier evenings")
    }

    fn finish(&self, draft: &R, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let text = draft.finish();
        if text.is_empty() {
            return Err(("text", "nothing is written yet; Esc goes back".to_owned()));
        }
        let current = self.current.as_ref().map(|reflection| reflection.id);
        let id: ReflectionId = current.unwrap_or_else(|| env.ids.next(env.now.instant));
        let write = Write::PutReflection(Reflection { id, date: self.date, text });
        Ok(vec![Effect::complete(write, self.draft_key()), Effect::Back])
    }

    fn command(&mut self, command: Command, _draft: &R, _env: &mut Env<'_>) -> Option<Vec<Effect>> {
        // The chord that leads on to the plan elsewhere leads to earlier evenings here.
        (command == Command::Plan).then(|| vec![Effect::KeepDraft, Effect::Open(Place::Entries)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let prompts = ["What went well?".to_owned()];
        assert_eq!(crate::form::check::all(|| definition(&prompts)), Vec::<String>::new());
    }
}
