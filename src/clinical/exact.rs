//! Exact numbers: what is typed as `0.15` is fifteen hundredths, and a third stays a third.
//!
//! Doses, factors and scores are reckoned with these and never with binary floats, so that a threshold is compared
//! with the figure itself and rounding happens once, where it is shown.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// A figure that has more digits than can be reckoned with exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the figures have too many digits to reckon with")]
pub struct TooLong;

/// A text that is no decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotANumber {
    /// Not written as a number.
    #[error("not a number")]
    Malformed,
    /// More digits before or after the point than are read.
    #[error("too many digits")]
    TooLong,
}

/// Digits that are read after the point, and before it.
const DIGITS: usize = 15;

/// An exact number: a fraction of two whole numbers in lowest terms, the lower one above 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exact {
    top: i128,
    bottom: i128,
}

impl Exact {
    /// Nought.
    pub const ZERO: Self = Self { top: 0, bottom: 1 };
    /// One.
    pub const ONE: Self = Self { top: 1, bottom: 1 };
    /// A hundred, for percentages.
    pub const HUNDRED: Self = Self { top: 100, bottom: 1 };

    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self { top: value as i128, bottom: 1 }
    }

    /// So many tenths, hundredths… : `decimal(125, 1)` is 12.5. At most 15 decimals.
    pub fn decimal(value: i64, decimals: u32) -> Self {
        let (top, bottom) = (i128::from(value), 10_i128.pow(decimals.min(15)));
        Self::reduced(top, bottom).unwrap_or(Self { top, bottom })
    }

    fn reduced(top: i128, bottom: i128) -> Result<Self, TooLong> {
        let shared = i128::try_from(gcd(top.unsigned_abs(), bottom.unsigned_abs())).map_err(|_| TooLong)?;
        // `bottom` is never 0 here, so the shared factor is at least 1.
        let (top, bottom) = (top / shared, bottom / shared);
        if bottom < 0 {
            return Ok(Self { top: top.checked_neg().ok_or(TooLong)?, bottom: bottom.checked_neg().ok_or(TooLong)? });
        }
        Ok(Self { top, bottom })
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Result<Self, TooLong> {
        let shared =
            i128::try_from(gcd(self.bottom.unsigned_abs(), other.bottom.unsigned_abs())).map_err(|_| TooLong)?;
        let (mine, theirs) = (self.bottom / shared, other.bottom / shared);
        let left = self.top.checked_mul(theirs).ok_or(TooLong)?;
        let right = other.top.checked_mul(mine).ok_or(TooLong)?;
        Self::reduced(left.checked_add(right).ok_or(TooLong)?, self.bottom.checked_mul(theirs).ok_or(TooLong)?)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Result<Self, TooLong> {
        self.plus(Self { top: other.top.checked_neg().ok_or(TooLong)?, bottom: other.bottom })
    }

    /// The product.
    pub fn times(self, other: Self) -> Result<Self, TooLong> {
        // Shared factors go before the multiplication, which keeps the figures short.
        let (a, b) = (Self::reduced(self.top, other.bottom)?, Self::reduced(other.top, self.bottom)?);
        Ok(Self {
            top: a.top.checked_mul(b.top).ok_or(TooLong)?,
            bottom: a.bottom.checked_mul(b.bottom).ok_or(TooLong)?,
        })
    }

    /// The quotient; none where the divisor is 0.
    pub fn over(self, other: Self) -> Result<Option<Self>, TooLong> {
        if other.top == 0 {
            return Ok(None);
        }
        self.times(Self::reduced(other.bottom, other.top)?).map(Some)
    }

    /// The smaller of two.
    #[must_use]
    pub fn least(self, other: Self) -> Self {
        if other < self { other } else { self }
    }

    /// The larger of two.
    #[must_use]
    pub fn most(self, other: Self) -> Self {
        if other > self { other } else { self }
    }

    /// Whether it is a whole number, and which.
    pub fn as_whole(self) -> Option<i64> {
        (self.bottom == 1).then(|| i64::try_from(self.top).ok()).flatten()
    }

    /// The largest whole number not above it.
    pub fn floor(self) -> i128 {
        self.top.div_euclid(self.bottom)
    }

    /// Rounded half away from zero to so many decimals, as shown: `66.7`.
    pub fn show(self, decimals: u32) -> String {
        let ten = 10_i128.pow(decimals.min(9));
        let (sign, size) = (if self.top < 0 { "-" } else { "" }, self.top.unsigned_abs());
        let Some(scaled) = size.checked_mul(ten.unsigned_abs() * 2) else {
            return format!("{sign}{}", size / self.bottom.unsigned_abs());
        };
        let rounded = (scaled / self.bottom.unsigned_abs()).div_ceil(2);
        if rounded == 0 {
            digits(0, ten.unsigned_abs(), "", decimals)
        } else {
            digits(rounded, ten.unsigned_abs(), sign, decimals)
        }
    }

    /// Rounded down to so many decimals: what must not be exceeded is never shown larger than it is.
    #[must_use]
    pub fn rounded_down(self, decimals: u32) -> Self {
        let ten = 10_i128.pow(decimals.min(9));
        let scaled = self.top.checked_mul(ten).map_or(i128::MAX, |top| top.div_euclid(self.bottom));
        Self::reduced(scaled, ten).unwrap_or(self)
    }

    /// As few digits as say it, at most six decimals: `100`, `0.15`, `5.333333`.
    pub fn plain(self) -> String {
        let text = self.show(6);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// The number whose shortest decimal text a binary float has: for tables, whose reader knows only floats. Up to 15
    /// digits that text is what stands in the file.
    fn from_float_text(value: f64) -> Result<Self, NotANumber> {
        value.to_string().parse()
    }
}

fn digits(scaled: u128, ten: u128, sign: &str, decimals: u32) -> String {
    let (whole, rest) = (scaled / ten, scaled % ten);
    if decimals == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0width$}", width = decimals.min(9) as usize)
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl From<i32> for Exact {
    fn from(value: i32) -> Self {
        Self::whole(i64::from(value))
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    /// Compares whole parts, then the remainders turned over, as in Euclid's algorithm: exact whatever the size.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b, mut c, mut d) = (self.top, self.bottom, other.top, other.bottom);
        let mut turned = false;
        loop {
            let order = a.div_euclid(b).cmp(&c.div_euclid(d));
            let (rest_a, rest_c) = (a.rem_euclid(b), c.rem_euclid(d));
            let order = match order {
                Ordering::Equal if rest_a == 0 || rest_c == 0 => rest_a.cmp(&rest_c).then(Ordering::Equal),
                Ordering::Equal => {
                    (a, b, c, d) = (b, rest_a, d, rest_c);
                    turned = !turned;
                    continue;
                }
                decided => decided,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.top, self.bottom)
    }
}

impl FromStr for Exact {
    type Err = NotANumber;

    /// Reads a decimal number as JSON writes it: `12`, `-0.5`, `2.5e1`. No thousands separators, no comma, no `+`.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (mantissa, power) = match rest.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i32>().map_err(|_| NotANumber::Malformed)?),
            None => (rest, 0),
        };
        let (whole, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(after) || (after.is_empty() && mantissa.contains('.')) {
            return Err(NotANumber::Malformed);
        }
        let after = after.trim_end_matches('0');
        let figures = whole.trim_start_matches('0');
        if figures.len() > DIGITS || after.len() > DIGITS || power.unsigned_abs() as usize > DIGITS {
            return Err(NotANumber::TooLong);
        }
        let top: i128 = format!("0{figures}{after}").parse().map_err(|_| NotANumber::TooLong)?;
        let places = i32::try_from(after.len()).map_err(|_| NotANumber::TooLong)? - power;
        let ten = 10_i128.checked_pow(places.unsigned_abs()).ok_or(NotANumber::TooLong)?;
        let value = if places >= 0 {
            Self::reduced(top, ten)
        } else {
            top.checked_mul(ten).ok_or(TooLong).map(|top| Self { top, bottom: 1 })
        };
        let value = value.map_err(|_| NotANumber::TooLong)?;
        Ok(Self { top: value.top * sign, bottom: value.bottom })
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = Exact;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Exact, E> {
                Ok(Exact::whole(value))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Exact, E> {
                i64::try_from(value).map(Exact::whole).map_err(E::custom)
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Exact, E> {
                Exact::from_float_text(value).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_are_read_as_written() {
        for (text, plain) in [
            ("0", "0"),
            ("-0", "0"),
            ("100.0", "100"),
            ("0.15", "0.15"),
            ("-2.50", "-2.5"),
            ("2.5e1", "25"),
            ("25E-1", "2.5"),
            ("000012", "12"),
            ("0.0000001", "0"),
            ("999999999999999.999999", "999999999999999.999999"),
        ] {
            assert_eq!(n(text).plain(), plain, "{text}");
        }
        for text in ["", "-", ".5", "5.", "1,5", "1 000", "+1", "abc", "NaN", "1e", "٣", "0x10", "--1"] {
            assert_eq!(text.parse::<Exact>(), Err(NotANumber::Malformed), "{text}");
        }
        for text in ["1234567890123456", "0.1234567890123456", "1e16", "1e999999999"] {
            assert_eq!(text.parse::<Exact>(), Err(NotANumber::TooLong), "{text}");
        }
    }

    #[test]
    fn tenths_add_up_as_floats_do_not() {
        assert_eq!(n("0.1").plus(n("0.2")), Ok(n("0.3")));
        let third = Exact::ONE.over(Exact::whole(3)).unwrap().unwrap();
        assert_eq!(third.plus(third).unwrap().plus(third), Ok(Exact::ONE));
        assert_eq!(Exact::ONE.over(Exact::ZERO), Ok(None));
    }

    #[test]
    fn rounding_is_half_away_from_zero_and_down_where_asked() {
        for (text, decimals, shown) in [
            ("186.666666", 1, "186.7"),
            ("0.05", 1, "0.1"),
            ("-0.05", 1, "-0.1"),
            ("-0.04", 1, "0.0"),
            ("29.25", 0, "29"),
            ("0.5", 0, "1"),
            ("2.5", 0, "3"),
        ] {
            assert_eq!(n(text).show(decimals), shown, "{text}");
        }
        for (text, down) in [("29.25", "29.2"), ("29.29", "29.2"), ("29.2", "29.2"), ("-0.01", "-0.1")] {
            assert_eq!(n(text).rounded_down(1), n(down), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_reckoned_exactly_is_refused() {
        let long = n("999999999999999.999999999999999");
        assert_eq!(long.times(long).and_then(|x| x.times(long)), Err(TooLong));
        assert!(long > n("999999999999999.999999999999998"));
    }

    proptest! {
        #[test]
        fn order_is_that_of_cross_multiplication(a in -9_999_i64..9_999, b in 1_i64..9_999, c in -9_999_i64..9_999, d in 1_i64..9_999) {
            let left = Exact::whole(a).over(Exact::whole(b)).unwrap().unwrap();
            let right = Exact::whole(c).over(Exact::whole(d)).unwrap().unwrap();
            prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn sums_and_products_undo(a in -999_999_i64..999_999, b in 1_i64..9_999, c in -999_999_i64..999_999, d in 1_i64..9_999) {
            let x = Exact::whole(a).over(Exact::whole(b)).unwrap().unwrap();
            let y = Exact::whole(c).over(Exact::whole(d)).unwrap().unwrap();
            prop_assert_eq!(x.plus(y).unwrap().minus(y).unwrap(), x);
            if c != 0 {
                prop_assert_eq!(x.times(y).unwrap().over(y).unwrap(), Some(x));
            }
        }

        #[test]
        fn what_is_printed_reads_the_same(whole in -999_999_i64..999_999, micro in 0_i64..999_999) {
            let x = n(&format!("{whole}.{micro:06}"));
            prop_assert_eq!(n(&x.plain()), x);
        }
    }
}
