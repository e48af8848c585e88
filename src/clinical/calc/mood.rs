//! PHQ-9 and GAD-7 together, with the two-item screens they contain.
//!
//! Kroenke K et al., J Gen Intern Med, 2001 and Med Care, 2003; Spitzer RL et al., Arch Intern Med, 2006.

use super::{CalcError, shipped};
use crate::clinical::instrument::{Answers, Scored, score};
use crate::clinical::why::Why;

/// A questionnaire and the two-item screen within it.
#[derive(Debug, Clone)]
pub struct Screened {
    /// The whole form.
    pub form: Scored<'static>,
    /// The first two items by themselves.
    pub screen: Scored<'static>,
}

impl Screened {
    /// Whether the two-item screen is positive.
    pub fn screen_positive(&self) -> bool {
        self.screen.severity > Some(0)
    }
}

/// Mood and anxiety.
#[derive(Debug, Clone)]
pub struct Mood {
    /// PHQ-9 and PHQ-2.
    pub phq: Screened,
    /// GAD-7 and GAD-2.
    pub gad: Screened,
    /// Why.
    pub why: Why,
}

/// Scores both forms. All items are needed.
///
/// # Errors
/// Names the item, as `phq9.q3`.
pub fn mood(phq9: &Answers, gad7: &Answers) -> Result<Mood, CalcError> {
    let phq = screened("phq9", "phq2", phq9)?;
    let gad = screened("gad7", "gad2", gad7)?;
    let mut why = phq.form.why.clone();
    for scored in [&phq.screen, &gad.form, &gad.screen] {
        why.add_all(&scored.why);
    }
    Ok(Mood { phq, gad, why })
}

fn screened(form: &str, screen: &str, answers: &Answers) -> Result<Screened, CalcError> {
    let scored = score(shipped(form)?, answers, None).map_err(|fault| fault.under(form))?;
    let short = shipped(screen)?;
    let first: Answers =
        short.items.iter().filter_map(|item| Some((item.id.clone(), *answers.get(&item.id)?))).collect();
    let screen = score(short, &first, None).map_err(|fault| fault.under(form))?;
    Ok(Screened { form: scored, screen })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::exact::Exact;

    fn form(values: &[i64]) -> Answers {
        values.iter().enumerate().map(|(i, value)| (format!("q{}", i + 1), *value)).collect()
    }

    #[test]
    fn the_short_screens_are_the_first_two_items() {
        for (first, second, positive) in [(1, 1, false), (2, 1, true), (0, 3, true), (3, 3, true), (0, 0, false)] {
            let phq = form(&[first, second, 3, 3, 3, 3, 3, 3, 0]);
            let gad = form(&[first, second, 0, 0, 0, 0, 0]);
            let mood = mood(&phq, &gad).unwrap();
            assert_eq!(mood.phq.screen_positive(), positive, "{first} {second}");
            assert_eq!(mood.gad.screen_positive(), positive, "{first} {second}");
            assert_eq!(mood.phq.screen.total, Exact::whole(first + second));
        }
    }

    #[test]
    fn a_missing_item_is_named_with_its_form() {
        let fault = mood(&form(&[0; 9]), &form(&[0; 6])).unwrap_err();
        assert_eq!(fault, CalcError::missing("gad7.q7"));
    }
}
