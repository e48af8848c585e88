//! What a listed medicine is, as far as monitoring asks: read from its name by the table of names; where the table does not
//! know the name, from the class that was said of it.

use std::collections::BTreeSet;

use super::super::facts::medicine_names::OPIOID;
use super::super::opioid::is_opioid;
use super::super::patient::Medication;
use super::super::sig::Route;
use super::super::vocab::Vocab;

crate::vocab! {
    /// A group of medicines for which something is monitored, or for which a urine test can look.
    pub enum Group {
        /// Opioids.
        Opioid "opioid" "opioid",
        /// Methadone and levomethadone.
        Methadone "methadone" "methadone",
        /// Benzodiazepines.
        Benzodiazepine "benzodiazepine" "benzodiazepine",
        /// Z-drugs.
        ZDrug "z_drug" "Z-drug",
        /// Barbiturates.
        Barbiturate "barbiturate" "barbiturate",
        /// Gabapentin, pregabalin.
        Gabapentinoid "gabapentinoid" "gabapentinoid",
        /// Cannabinoids.
        Cannabinoid "cannabinoid" "cannabinoid",
        /// Stimulants.
        Stimulant "stimulant" "stimulant",
        /// Anti-inflammatory medicines.
        Nsaid "nsaid" "NSAID",
        /// Duloxetine.
        Duloxetine "duloxetine" "duloxetine",
    }
}

impl Group {
    /// Whether a urine drug test can look for it.
    pub const fn is_looked_for(self) -> bool {
        match self {
            Self::Opioid
            | Self::Methadone
            | Self::Benzodiazepine
            | Self::ZDrug
            | Self::Barbiturate
            | Self::Gabapentinoid
            | Self::Cannabinoid
            | Self::Stimulant => true,
            Self::Nsaid | Self::Duloxetine => false,
        }
    }

    /// The group that a class of the table of names is.
    fn of_class(class: &str) -> Option<Self> {
        match class {
            "cox2" => Some(Self::Nsaid),
            class => Self::from_name(class),
        }
    }

    /// The group that a medicine by itself is.
    fn of_name(name: &str) -> Option<Self> {
        match name {
            "methadone" | "levomethadone" => Some(Self::Methadone),
            "duloxetine" => Some(Self::Duloxetine),
            _ => None,
        }
    }
}

/// The groups of a listed medicine; none where nobody knows what it is, nothing of it is monitored, or it does not reach the
/// blood. A name that may mean several medicines has the groups of all.
pub fn groups_of(medicine: &Medication) -> BTreeSet<Group> {
    let sig = medicine.sig();
    if !sig.route.is_none_or(Route::is_systemic) {
        return BTreeSet::new();
    }
    let names = sig.meant();
    if names.is_empty() {
        // What may be an opioid is watched as one until somebody says what it is.
        let class = medicine.class.as_deref().or_else(|| is_opioid(medicine).then_some(OPIOID));
        return class.and_then(Group::of_class).into_iter().collect();
    }
    let classes = names.iter().flat_map(|name| &name.classes).filter_map(|class| Group::of_class(class));
    classes.chain(names.iter().filter_map(|name| Group::of_name(&name.name))).collect()
}

/// The groups in the words the record keeps beside a medicine, so that the day finds whom to watch; none where nothing of
/// it is monitored.
pub fn stored(medicine: &Medication) -> Option<String> {
    let groups: Vec<&str> = groups_of(medicine).into_iter().map(Vocab::name).collect();
    (!groups.is_empty()).then(|| groups.join(" "))
}

/// The groups that the record keeps beside a medicine.
pub fn from_stored(words: &str) -> BTreeSet<Group> {
    words.split(' ').filter_map(Group::from_name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    #[test]
    fn a_listed_medicine_is_read_by_its_name_else_by_what_was_said_of_it() {
        let mut ids = Ids::seeded(3);
        for (line, class, expected) in [
            ("tapentadol 50 mg 1-0-1", None, &[Group::Opioid][..]),
            ("Palexia 50 mg", None, &[Group::Opioid]),
            ("methadone 5 mg twice daily", None, &[Group::Opioid, Group::Methadone]),
            ("L-Polamidon", None, &[Group::Opioid, Group::Methadone]),
            ("pregabalin 75 mg 1-0-1", None, &[Group::Gabapentinoid]),
            ("celecoxib 200 mg", None, &[Group::Nsaid]),
            ("diclofenac gel 1 % tid", None, &[]),
            ("duloxetine 60 mg 1-0-0", None, &[Group::Duloxetine]),
            ("a herb from home", None, &[]),
            ("Oxycodon-nonsuch 10 mg bid", None, &[Group::Opioid]),
            ("Oxycodon-nonsuch 10 mg bid", Some("cox2"), &[Group::Nsaid]),
            ("oxycodone/ibuprofen 5/400 mg tid", None, &[Group::Opioid, Group::Nsaid]),
            ("nonsuchone 10 mg bid", Some("opioid"), &[Group::Opioid]),
            ("nonsuchone 10 mg bid", Some("cox2"), &[Group::Nsaid]),
            ("nonsuchone 10 mg bid", Some("diuretic"), &[]),
            ("macrogol 1 sachet 1-0-0", Some("opioid"), &[]),
        ] {
            let one = Medication::new(ids.next(Instant::from_millis(0)), line, None);
            let one = Medication { class: class.map(str::to_owned), ..one };
            let groups: Vec<Group> = groups_of(&one).into_iter().collect();
            assert_eq!(groups, expected, "{line}");
            let words = stored(&one).unwrap_or_default();
            assert_eq!(from_stored(&words).into_iter().collect::<Vec<_>>(), expected, "{line}");
        }
    }
}
