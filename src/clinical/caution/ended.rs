//! Medicines that were to be given for a time only, and whose last day has passed.

use chrono::NaiveDate;

use super::Caution;
use crate::clinical::facts::Severity;
use crate::clinical::patient::Medication;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::why::Fact;

pub(super) fn cautions(medicines: &[Medication], today: NaiveDate) -> Vec<Caution> {
    let over = medicines.iter().filter_map(|one| Some((one, one.last_day.filter(|last| *last < today)?)));
    over.map(|(one, last)| {
        let (name, last) = (one.sig().name, show_date(last));
        Caution {
            name: format!("ended/{name}"),
            severity: Severity::Caution,
            short: format!("{name}: its last day was {last}"),
            inputs: vec![clean_line(&one.line), format!("last day {last}")],
            fact: Fact::own("A medicine that is given for a time only is to be stopped, or its last day changed, once that day has passed"),
        }
    })
    .collect()
}
