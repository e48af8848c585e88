//! Numbers as they are typed: exact, never through a float.

use super::{Decimal, Unread};

/// Reads a number as a count of its last kept digit: with two decimals `2.5` is 250.
///
/// A separator between thousands is never taken: where a comma may be the decimal sign, `1,000` and `1.000` have two
/// readings and are refused with a sentence; where it may not, any comma is refused.
pub fn read_number(text: &str, decimal: Decimal, decimals: u8) -> Result<i64, Unread> {
    let text = text.trim();
    let (negative, body) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let bytes = body.as_bytes();
    if bytes.is_empty() || bytes.len() > 40 || !bytes.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) {
        return Err(Unread::NotANumber);
    }
    if !bytes.iter().any(u8::is_ascii_digit) {
        return Err(Unread::NotANumber);
    }
    let two_readings = || Unread::Thousands { typed: text.to_owned() };
    let signs = bytes.iter().filter(|b| !b.is_ascii_digit()).count();
    if signs > 1 || (decimal == Decimal::Point && body.contains(',')) {
        return Err(two_readings());
    }
    let (whole, part) = body.split_once(['.', ',']).unwrap_or((body, ""));
    let grouped = part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if decimal == Decimal::CommaToo && grouped {
        return Err(two_readings());
    }
    let kept = part.trim_end_matches('0');
    if kept.len() > usize::from(decimals) {
        return Err(Unread::TooFine(decimals));
    }
    let mut value: i64 = 0;
    let padding = std::iter::repeat_n(b'0', usize::from(decimals) - kept.len());
    for digit in whole.bytes().chain(kept.bytes()).chain(padding) {
        value = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(i64::from(digit - b'0')))
            .ok_or(Unread::TooLarge)?;
    }
    Ok(if negative { -value } else { value })
}

/// A count of the last kept digit as it is shown: zeros at its end go, the region's decimal sign stands.
pub fn show_number(value: i64, decimal: Decimal, decimals: u8) -> String {
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = usize::from(decimals) + 1);
    let (whole, part) = digits.split_at(digits.len() - usize::from(decimals));
    let part = part.trim_end_matches('0');
    let sign = if value < 0 { "-" } else { "" };
    let point = if decimal == Decimal::CommaToo { ',' } else { '.' };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{point}{part}") }
}

/// A number as it would be typed: read back, it gives the same. Where three digits behind the decimal sign could be
/// thousands, a zero behind them says that they are not.
pub fn type_number(value: i64, decimal: Decimal, decimals: u8) -> String {
    let mut shown = show_number(value, decimal, decimals);
    if read_number(&shown, decimal, decimals).is_err() {
        shown.push('0');
    }
    shown
}
