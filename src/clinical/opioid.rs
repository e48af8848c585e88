//! Whether a medicine is an opioid: one answer, for the meter, the cautions, the monitoring, the follow-up and the
//! instruments alike. By its name; where the table does not know the name, by the class that the physician said.

use std::collections::{BTreeSet, HashSet};
use std::sync::OnceLock;

use super::facts::medicine_names::{OPIOID, medicine_names};
use super::medicine::{perhaps, spelling};
use super::patient::Medication;
use super::sig::Route;

/// The classes of a medicine by its name or by what was said of it; none: it was not recognised, and is not checked.
pub fn classes(medicine: &Medication) -> Option<BTreeSet<&str>> {
    let meant = medicine.sig().meant();
    if meant.is_empty() {
        return medicine.class.as_deref().map(|class| BTreeSet::from([class]));
    }
    Some(meant.iter().flat_map(|name| &name.classes).map(String::as_str).collect())
}

/// Whether it is an opioid that reaches the blood.
pub fn is_opioid(medicine: &Medication) -> bool {
    let said = medicine.class.as_deref() == Some(OPIOID);
    if !said && !may_name_one(&medicine.line) {
        return false;
    }
    let sig = medicine.sig();
    let meant = sig.meant();
    let is_one = if meant.is_empty() {
        // Until somebody says what it is, a name in which that of an opioid stands is taken for one.
        said || medicine.class.is_none() && perhaps(&sig.name).iter().any(|name| name.is_opioid())
    } else {
        meant.iter().any(|name| name.is_opioid())
    };
    is_one && sig.route.is_none_or(Route::is_systemic)
}

/// The opioids among medicines, by the name they are known under, else as they were typed.
pub fn opioids(medicines: &[Medication]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for medicine in medicines.iter().filter(|one| is_opioid(one)) {
        let sig = medicine.sig();
        let name = sig.meant().iter().find(|name| name.is_opioid()).map(|name| name.name.clone());
        let name = name.unwrap_or(sig.name);
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// Whether any word of a line is one of an opioid's names: a quick look before the line is read. Every medicine of a day is
/// looked at, many times a day, and few are opioids.
fn may_name_one(line: &str) -> bool {
    static WORDS: OnceLock<HashSet<String>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let opioids = medicine_names().name.iter().filter(|name| name.is_opioid());
        let names = opioids.flat_map(|name| std::iter::once(&name.name).chain(&name.synonyms).chain(&name.brands));
        names.flat_map(|name| spelling(name).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
    });
    spelling(line).split(' ').any(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    fn medicine(line: &str, class: Option<&str>) -> Medication {
        let id = Ids::seeded(1).next(Instant::from_millis(0));
        Medication { class: class.map(str::to_owned), ..Medication::new(id, line, None) }
    }

    #[test]
    fn an_opioid_is_seen_by_its_name_or_by_what_was_said_of_it() {
        for (line, class, opioid) in [
            ("oxycodone 10 mg 1-0-1", None, Some("oxycodone")),
            ("Targin 10/5 twice a day", None, Some("oxycodone/naloxone")),
            ("Tramal retard 100 mg", None, Some("tramadol")),
            ("Kodein 30 mg", None, Some("codeine")),
            ("buprenorphine patch 10 mcg/h", None, Some("buprenorphine")),
            ("tapentadol 50 mg 1-0-1", None, Some("tapentadol")),
            ("nonsuchone 10 mg bid", None, None),
            ("oxycodone/ibuprofen 5/400 mg tid", None, Some("oxycodone")),
            ("ibuprofen + oxycodone 400/5 mg tid", None, Some("oxycodone")),
            ("Oxycodone ratiopharm 10 mg bid", None, Some("oxycodone")),
            ("Oxycodon-ratiopharm 10 mg bid", None, Some("oxycodone")),
            ("Oxycodone nonsuch 10 mg bid", None, Some("oxycodone")),
            ("Oxycodon-nonsuch 10 mg bid", None, Some("Oxycodon-nonsuch")),
            ("Oxycodon-nonsuch 10 mg bid", Some("laxative"), None),
            ("nonsuchone-nonsuch 10 mg bid", None, None),
            ("nonsuchone 10 mg bid", Some("opioid"), Some("nonsuchone")),
            ("nonsuchone 10 mg bid", Some("benzodiazepine"), None),
            ("nonsuchone gel 10 mg bid", Some("opioid"), None),
            ("morphine gel 0.1 % bid", None, None),
            ("gabapentin 300 mg", Some("opioid"), None),
            ("paracetamol 1 g as needed", None, None),
            ("", None, None),
        ] {
            let one = medicine(line, class);
            assert_eq!(opioids(std::slice::from_ref(&one)).first().map(String::as_str), opioid, "{line} {class:?}");
            assert_eq!(is_opioid(&one), opioid.is_some(), "{line} {class:?}");
        }
    }

    #[test]
    fn the_quick_look_misses_no_name_of_the_table() {
        for name in medicine_names().name.iter().filter(|name| name.is_opioid()) {
            for written in std::iter::once(&name.name).chain(&name.synonyms).chain(&name.brands) {
                assert!(is_opioid(&medicine(&format!("{written} 10 mg bid"), None)), "{written}");
            }
        }
    }
}
