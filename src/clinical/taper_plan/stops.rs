//! The doses at which a taper stops, to be looked at before it goes on.

use std::collections::BTreeSet;

use super::super::dose::Micrograms;
use super::super::exact::Exact;
use super::super::typed::Decimal;

/// Doses typed in a row, as `75, 50`: in thousandths of their unit. A comma parts two of them; where the region writes it
/// in a number, it is the decimal sign where it can be nothing else.
///
/// # Errors
/// The word that is no dose, or that may be one dose or two.
pub(super) fn read_stops(text: &str, decimal: Decimal) -> Result<BTreeSet<Micrograms>, String> {
    let words = text.split([' ', ';']).map(|word| word.trim_matches(','));
    let apart: Vec<&str> = words.filter(|word| !matches!(*word, "" | "mg" | "mcg/h")).collect();
    let mut out = BTreeSet::new();
    for word in &apart {
        let is_number = word.contains(',') && is_decimal(word, apart.len() > 1, decimal)?;
        let one = word.replace(',', ".");
        let doses: Vec<&str> = if is_number { vec![one.as_str()] } else { word.split(',').collect() };
        for typed in doses.into_iter().filter(|typed| !typed.is_empty()) {
            let dose = typed.parse::<Exact>().ok().and_then(Micrograms::from_mg);
            out.insert(dose.ok_or_else(|| format!("{word} is no dose: 75 50"))?);
        }
    }
    Ok(out)
}

/// Whether the comma in a word is its decimal sign: `0,5`, and `37,5` among doses that are parted otherwise.
fn is_decimal(word: &str, has_others: bool, decimal: Decimal) -> Result<bool, String> {
    let parts: Vec<&str> = word.split(',').collect();
    let [whole, part] = parts.as_slice() else { return Ok(false) };
    if decimal == Decimal::Point || part.ends_with('0') {
        return Ok(false);
    }
    if has_others || *whole == "0" {
        return Ok(true);
    }
    Err(format!("{word}: one dose or two? Type {whole}.{part}, or {whole} {part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_parts_two_doses_unless_it_can_only_be_a_decimal_sign() {
        use Decimal::{CommaToo, Point};
        let told = |text: &str, decimal| {
            read_stops(text, decimal).map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        };
        for (text, decimal, expected) in [
            ("75,50", Point, "50 75"),
            ("75,50", CommaToo, "50 75"),
            ("75,50,25", CommaToo, "25 50 75"),
            ("37,5", Point, "5 37"),
            ("37,5 25", CommaToo, "25 37.5"),
            ("37,5, 25", CommaToo, "25 37.5"),
            ("0,5", CommaToo, "0.5"),
            ("37.5, 25", CommaToo, "25 37.5"),
            ("12.5", Point, "12.5"),
            ("", Point, ""),
        ] {
            assert_eq!(told(text, decimal).as_deref(), Ok(expected), "{text} {decimal:?}");
        }
        assert_eq!(told("37,5", CommaToo), Err("37,5: one dose or two? Type 37.5, or 37 5".to_owned()));
        assert!(told("half", Point).is_err());
    }
}
