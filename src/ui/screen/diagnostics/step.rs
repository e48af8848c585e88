//! One step on with a test, in one key: done, read, acted on.

use crate::action::Write;
use crate::action::write::DiagnosticChange;
use crate::clinical::diagnostic::{Diagnostic, Step};
use crate::clinical::draft::{DIAGNOSTIC_FORM, DraftKey};
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::modal::{Modal, Prompt, Purpose};

/// The step that comes next, as the footer names it.
pub const fn next_of(test: &Diagnostic) -> Option<&'static str> {
    match test.step() {
        Step::Requested => Some("done today"),
        Step::Done => Some("read"),
        Step::Read => Some("act"),
        Step::ActedOn | Step::LetGo => None,
    }
}

/// A test, to be written; what was half-typed of it ends, for it speaks of a step that is over.
pub fn put_diagnostic(diagnostic: Diagnostic, change: DiagnosticChange) -> Effect {
    let typed = DraftKey::of(DIAGNOSTIC_FORM, diagnostic.id);
    Effect::complete(Write::PutDiagnostic { diagnostic, change }, typed)
}

/// Takes the next step; acting on a result asks for words. `who` names the patient.
pub fn step(test: &Diagnostic, who: &str, env: &Env<'_>) -> Vec<Effect> {
    let (today, at) = (env.now.today(), env.now.instant);
    let put = |test, change| vec![put_diagnostic(test, change)];
    match test.stepped(today, at) {
        Some(next) if test.step() == Step::Requested => put(next, DiagnosticChange::Done),
        Some(next) => put(next, DiagnosticChange::Read),
        None if test.step() == Step::Read => vec![act(test, who)],
        None => vec![Effect::refuse("this is acted on already")],
    }
}

/// Asks what was done about a result.
pub fn act(test: &Diagnostic, who: &str) -> Effect {
    let about = format!("{who} · {}", test.name());
    Effect::show(Modal::Prompt(Box::new(Prompt::new(Purpose::ActOnResult(Box::new(test.clone())), about))))
}
