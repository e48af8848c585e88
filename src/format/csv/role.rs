//! What a column is for, by its name: English, German and some other languages, and the names that common record systems
//! use. A name is known as a whole, or not at all: half-known names (`Reminder Date`, `Cancel Code`) are the trap. The names
//! themselves stand in `assets/columns.toml`.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::clinical::facts::columns::columns;
use crate::clinical::text::fold;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Start: a date, a time, or both.
    Start,
    /// End: a date, a time, or both.
    End,
    /// Length.
    Length,
    /// The patient's family name.
    Family,
    /// The patient's given names.
    Given,
    /// The patient's name in one cell.
    Name,
    /// The patient's birth date.
    Birth,
    /// The patient's sex.
    Sex,
    /// The patient's record number.
    Number,
    /// What names the appointment for good.
    Id,
    /// Its state, in the words of the source.
    Status,
    /// Whether it is cancelled: yes or no.
    Cancelled,
    /// What kind of appointment.
    Kind,
    /// Why the patient comes.
    Reason,
    /// Title of an event.
    Title,
    /// Whether it is about the whole day.
    AllDay,
    /// Where.
    Place,
}

/// What systems put before a column's own name.
const PREFIXES: [&str; 20] = [
    "appointment",
    "appt",
    "schedule",
    "scheduled",
    "sched",
    "patients",
    "patienten",
    "patient",
    "pat",
    "pt",
    "client",
    "customer",
    "invitee",
    "visit",
    "event",
    "booking",
    "termin",
    "pc",
    "person",
    "calendar",
];

/// The role of a column with this name.
pub fn role(header: &str) -> Option<Role> {
    let name = squeezed(without_brackets(header));
    by_name(&name).or_else(|| by_name(name.trim_end_matches(|c: char| c.is_ascii_digit())))
}

fn by_name(name: &str) -> Option<Role> {
    known().get(name).copied().or_else(|| {
        let rests = PREFIXES.iter().filter_map(|prefix| name.strip_prefix(prefix)).filter(|rest| !rest.is_empty());
        // What is a patient's own id or an appointment's own is told by the whole name only.
        rests.filter_map(by_name).find(|role| *role != Role::Id)
    })
}

/// Every name of the table with its role. A name is one role's only, and each role is known: a test reads the table.
fn known() -> &'static HashMap<&'static str, Role> {
    static KNOWN: OnceLock<HashMap<&str, Role>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let each = columns().column.iter().filter_map(|column| Some((role_named(&column.role)?, &column.names)));
        each.flat_map(|(role, names)| names.iter().map(move |name| (name.as_str(), role))).collect()
    })
}

fn role_named(name: &str) -> Option<Role> {
    Role::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name)).ok()
}

/// `Patient (DOB)` is a column of patients.
fn without_brackets(header: &str) -> &str {
    match header.find(['(', '[']) {
        Some(at) if at > 0 && !header[..at].trim().is_empty() => &header[..at],
        _ => header,
    }
}

/// A column's name in small letters without accents, blanks and signs.
pub fn squeezed(header: &str) -> String {
    let mut out = String::new();
    for c in header.to_lowercase().chars() {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            '#' => out.push_str("no"),
            c if c.is_ascii_alphanumeric() => out.push(c),
            c if c.is_alphanumeric() => out.push_str(&fold(c.encode_utf8(&mut [0; 4]))),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_gives_every_name_to_one_known_role_as_it_is_compared() {
        let mut seen = HashMap::new();
        for column in &columns().column {
            assert!(role_named(&column.role).is_some(), "{}", column.role);
            for name in &column.names {
                assert_eq!(*name, squeezed(name), "{}", column.role);
                assert_eq!(seen.insert(name, &column.role), None, "{name} stands twice");
            }
        }
    }

    #[test]
    fn columns_are_known_by_the_names_that_systems_give_them() {
        for (role_, names) in [
            (
                Role::Start,
                &[
                    "Date",
                    "apptdate",
                    "apptstarttime",
                    "sched.Start Date",
                    "pc_eventDate",
                    "Appointment Start Time",
                    "Uhrzeit",
                    "Beginnt am",
                    "Appt Date/Time",
                    "Start Date/Time",
                    "scheduled_time",
                    "Termindatum",
                    "Heure de début",
                    "Fecha y hora",
                    "Čas",
                ][..],
            ),
            (Role::End, &["apptendtime", "sched.End Date", "Endet um", "pc_endTime", "Appointment End"]),
            (Role::Length, &["sched.Duration", "Duration (min)", "Appt Length", "Dauer", "Length"]),
            (Role::Family, &["last", "Last Name", "Patient Last Name", "lname", "Nachname", "Apelido", "Příjmení"]),
            (
                Role::Given,
                &["first", "First Name", "Patient First Name", "Invitee First Name", "Vorname", "Prénom", "Imię"],
            ),
            (Role::Name, &["patient name", "Patient (DOB)", "Name", "Patient's Name", "Patientenname", "Nom"]),
            (
                Role::Birth,
                &["DOB", "Geb.-Datum", "Date of Birth", "Patient DOB", "Geburtsdatum", "Birth Date/Time", "Né(e) le"],
            ),
            (Role::Sex, &["Sex", "Gender", "Patient Sex", "pt_gender", "Geschlecht", "Sexe"]),
            (
                Role::Number,
                &["patient.MRN", "enterpriseid", "Patient ID", "Pat.-Nr.", "pid", "Patient #", "NHS Number"],
            ),
            (Role::Id, &["apptid", "Appointment ID", "ID", "pc_eid", "CSN"]),
            (Role::Status, &["apptstatus", "Status", "pc_apptstatus", "Appt Status"]),
            (Role::Cancelled, &["sched.Canceled", "Abgesagt", "Cancelled?", "cancel_ind", "Cancelled at"]),
            (Role::Kind, &["appttype", "Visit Type", "sched.Type1", "Terminart", "Type"]),
            (
                Role::Reason,
                &[
                    "Motif de consultation",
                    "Terminanlass",
                    "reason",
                    "Grund",
                    "sched.Reason",
                    "Visit Reason",
                    "sched.Comment",
                ],
            ),
            (Role::Title, &["Subject", "Betreff", "pc_title"]),
            (Role::AllDay, &["All day event", "Ganztägiges Ereignis"]),
            (Role::Place, &["Location", "sched.Location", "Ort"]),
        ] {
            for name in names {
                assert_eq!(role(name), Some(role_), "{name}");
            }
        }
        for name in [
            "Reminder Date",
            "sched.Due Date",
            "sched.Cancel Code",
            "sched.Cancel Date",
            "sched.Confirmed",
            "sched.Resource",
            "patient.partition",
            "appt schdlng prvdrid",
            "svcdeptid",
            "Provider",
            "onset_date",
            "Inventory Date",
            "Nom de naissance",
            "deceased_date",
            "",
            "City",
        ] {
            assert_eq!(role(name), None, "{name}");
        }
    }
}
