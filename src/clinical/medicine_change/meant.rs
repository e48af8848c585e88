//! Which line of a list, or which piece of a plan, words about a medicine mean: by substance, by how fast it is given off,
//! by its way. Where more than one may be meant nothing is guessed.

use super::is_same;
use crate::clinical::sig::Sig;

/// Which of several lines is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// None of them.
    Nothing,
    /// This one.
    At(usize),
    /// More than one may be.
    Several,
}

/// What the strength in the words is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// That of the line as it stands: it is stopped, or was found by its words.
    AsItStands,
    /// That which it comes to.
    AsItComesTo,
}

/// Which of these lines the words mean.
pub fn meant(lines: &[Sig], typed: &Sig, said: Said) -> Meant {
    let fits = |line: &Sig| is_same(line, typed) && !line.is_other_form(typed) && is_told(line, typed, said);
    let all: Vec<usize> = (0..lines.len()).filter(|at| fits(&lines[*at])).collect();
    let only = |test: &dyn Fn(&Sig) -> bool| {
        let mut found = all.iter().filter(|at| test(&lines[**at]));
        found.next().filter(|_| found.next().is_none()).copied()
    };
    let form = |line: &Sig| line.form() == typed.form();
    let says_form = typed.form() != (None, None);
    match all.as_slice() {
        [] => Meant::Nothing,
        [one] => Meant::At(*one),
        _ => {
            let by_form = only(&form).filter(|_| says_form);
            let by_often = || only(&|line| form(line) && is_as_often(line, typed));
            let by_strength = || only(&|line| said == Said::AsItStands && is_as_strong(line, typed));
            by_form.or_else(by_often).or_else(by_strength).map_or(Meant::Several, Meant::At)
        }
    }
}

/// Whether a form that only one of the two says may be meant by the other.
fn is_told(line: &Sig, typed: &Sig, said: Said) -> bool {
    line.form() == typed.form()
        || match said {
            Said::AsItStands => typed.strength.is_empty() || line.strength.is_empty() || is_as_strong(line, typed),
            // `change oxycodone to 30 mg`: whatever form it has it keeps.
            Said::AsItComesTo => typed.often.is_none() && typed.dose.is_none(),
        }
}

fn is_as_strong(line: &Sig, typed: &Sig) -> bool {
    !typed.strength.is_empty() && line.strength == typed.strength && line.unit == typed.unit
}

/// Whether both say how often, and the same.
pub fn is_as_often(line: &Sig, typed: &Sig) -> bool {
    typed.often.is_some() && line.often == typed.often && line.as_needed == typed.as_needed
}
