//! Checks that every form can run over itself, and a small world to try one in. For tests; nothing here draws or waits.
//!
//! ```
//! # use daysheet::form::{build::line, FormDef, Slot, check};
//! # use serde::{Deserialize, Serialize};
//! # #[derive(Default, Clone, PartialEq, Serialize, Deserialize)]
//! # #[serde(default)]
//! # struct Call { who: String }
//! # fn call_form() -> FormDef<Call> {
//! #     FormDef::new("call", 1).section("Call", vec![line("who", "Who", |v: &mut Call, _| Slot::Text(&mut v.who))])
//! # }
//! assert_eq!(check::all(call_form), Vec::<String>::new());
//! ```

mod keys;
mod lint;
mod members;
mod random;

pub use keys::{World, press};
pub use lint::lint;
pub use members::members;
pub use random::random_keys;

use super::def::FormDef;
use super::state::Value;

/// Everything: the lint, one member per field, and a thousand random keys. What is wrong, in words; empty if nothing.
pub fn all<T: Value>(form: impl Fn() -> FormDef<T>) -> Vec<String> {
    let mut out = lint(&form());
    out.extend(members(&form()));
    if out.is_empty() {
        out.extend((0..4).flat_map(|seed| random_keys(&form, &T::default(), None, seed, 250)));
    }
    out
}
