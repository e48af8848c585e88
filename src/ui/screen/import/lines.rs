//! The lines of an import in words, and which of them are shown.

use crate::clinical::import::outcome::{Action, Gone, ImportPlan, PlanLine};
use crate::clinical::import::who::MatchedBy;
use crate::clinical::text::clean_line;
use crate::clinical::time::{show_date, show_time};
use crate::clinical::vocab::Vocab;
use crate::ui::theme::Role;

/// Which lines are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Every line that was read, and what is gone.
    All,
    /// Those of which this becomes.
    Of(Action),
    /// Visits that are not in the schedule any more.
    Gone,
}

impl Shown {
    /// Its heading.
    pub const fn label(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Of(Action::Create) => "new",
            Self::Of(Action::Update) => "changed",
            Self::Of(Action::Unchanged) => "as it was",
            Self::Of(Action::Skip) => "left",
            Self::Of(Action::Refuse) => "refused",
            Self::Gone => "gone",
        }
    }

    /// What its colour means.
    pub const fn role(self) -> Role {
        match self {
            Self::All => Role::Text,
            Self::Of(Action::Create) => Role::Done,
            Self::Of(Action::Update) => Role::Info,
            Self::Of(Action::Unchanged) => Role::Faint,
            Self::Of(Action::Skip) | Self::Gone => Role::Wants,
            Self::Of(Action::Refuse) => Role::Danger,
        }
    }
}

/// How many lines of a kind there are.
pub(super) fn count(plan: &ImportPlan, shown: Shown) -> usize {
    match shown {
        Shown::All => plan.lines.len() + plan.gone.len(),
        Shown::Of(action) => plan.count(action),
        Shown::Gone => plan.gone.len(),
    }
}

/// The kinds of which there is a line, all of them first.
pub(super) fn kinds(plan: &ImportPlan) -> Vec<Shown> {
    let order = [Action::Create, Action::Update, Action::Skip, Action::Refuse, Action::Unchanged];
    let kinds = order.into_iter().map(Shown::Of).chain([Shown::Gone]);
    std::iter::once(Shown::All).chain(kinds.filter(|kind| count(plan, *kind) > 0)).collect()
}

/// A line, and what becomes of it.
pub(super) type Row<'a> = (Shown, &'a PlanLine);

/// The lines of a kind.
pub(super) fn shown(plan: &ImportPlan, shown: Shown) -> Vec<Row<'_>> {
    let read = plan.lines.iter().map(|line| (Shown::Of(line.action), line));
    let gone = plan.gone.iter().map(|gone| (Shown::Gone, &gone.line));
    read.chain(gone).filter(|(kind, _)| shown == Shown::All || *kind == shown).collect()
}

/// The visits that are cancelled where what is gone is.
pub(super) fn to_cancel(plan: &ImportPlan) -> impl Iterator<Item = &Gone> {
    plan.gone.iter().filter(|gone| gone.can_be_cancelled())
}

/// The day, and the time where it is about one.
pub(super) fn when(line: &PlanLine) -> (String, String) {
    let Some(start) = line.start else { return (String::new(), String::new()) };
    let time = if line.all_day { "all day".to_owned() } else { show_time(start.time()) };
    (show_date(start.date()), time)
}

/// What kind of visit it is.
pub(super) fn kind(line: &PlanLine) -> &'static str {
    line.kind.map_or("", Vocab::label)
}

/// Whom it is about, as lists name a patient.
pub(super) fn who(line: &PlanLine) -> Option<String> {
    let patient = line.patient.as_ref()?;
    let family = patient.family.as_deref().unwrap_or_default();
    let given = patient.given.as_deref().unwrap_or_default();
    let name = crate::clinical::patient::list_name(family, given);
    let number = patient.number.as_ref().map(|number| clean_line(number));
    Some(if name.is_empty() { number.unwrap_or_default() } else { name })
}

/// Title or reason.
pub(super) fn title(line: &PlanLine) -> String {
    line.title.as_ref().map(|title| clean_line(title)).unwrap_or_default()
}

/// Why, in words, on one line.
pub(super) fn reason(line: &PlanLine) -> String {
    let reason = line.reason.as_ref().map(|reason| clean_line(reason)).unwrap_or_default();
    let is_proposed = line.patient.as_ref().is_some_and(|patient| patient.matched == MatchedBy::NameOnly);
    let parts = [
        (line.cancelled && !reason.contains("cancelled")).then_some("cancelled there"),
        (is_proposed && line.action == Action::Create).then_some("patient? by name alone"),
        (!reason.is_empty()).then_some(reason.as_str()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// File and line.
pub(super) fn source(line: &PlanLine) -> String {
    let (file, at) = &line.source;
    let file = clean_line(file);
    at.map_or_else(|| file.clone(), |at| format!("{file}:{at}"))
}

/// The line in a few words: when, who or what.
pub(super) fn brief(line: &PlanLine) -> String {
    let (date, time) = when(line);
    let about = who(line).unwrap_or_else(|| title(line));
    [date, time, about].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

/// Everything that is known of the line.
pub(super) fn whole(line: &PlanLine) -> String {
    let (date, time) = when(line);
    let mut out = vec![format!("{}   {}", line.action.label(), source(line))];
    let mut add = |label: &str, value: String| {
        if !value.trim().is_empty() {
            out.push(format!("{label}: {value}"));
        }
    };
    add("when", format!("{date} {time}"));
    add("written", line.as_written.as_ref().map(|text| clean_line(text)).unwrap_or_default());
    add("title", title(line));
    add("kind", kind(line).to_owned());
    if let Some(patient) = &line.patient {
        add("patient", who(line).unwrap_or_default());
        add("born", patient.birth_date.map(show_date).unwrap_or_default());
        add("number", patient.number.as_ref().map(|number| clean_line(number)).unwrap_or_default());
        add("found", patient.matched.label().to_owned());
    }
    add("because", reason(line));
    out.join("\n")
}
