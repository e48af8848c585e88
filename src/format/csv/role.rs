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
    /// The half of the day (AM or PM) of a time in the column before it.
    Half,
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
    let header = without_brackets(header);
    if is_of_names(header) {
        return Some(Role::Name);
    }
    let name = squeezed(header);
    by_name(&name).or_else(|| by_name(name.trim_end_matches(|c: char| c.is_ascii_digit())))
}

/// Whether a column holds more than one part of a patient, in whatever language its parts are named: `Name, Vorname`,
/// `Last name First name`, `Name/DOB`.
fn is_of_names(header: &str) -> bool {
    let parts = parts(header);
    let has = |roles: &[Role]| parts.iter().any(|part| part.is_some_and(|role| roles.contains(&role)));
    let names = [Role::Name, Role::Family];
    let is_all = |roles: &[Role]| parts.iter().all(|part| part.is_some_and(|role| roles.contains(&role)));
    if parts.len() > 1 && is_all(&[Role::Name, Role::Family, Role::Given, Role::Birth]) {
        return has(&names) && has(&[Role::Given, Role::Birth]);
    }
    // Without a sign between them; "First Name" is known as a whole, and is only that.
    let words = words(header);
    by_name(&squeezed(header)).is_none()
        && words.iter().all(|word| word.is_some_and(|role| matches!(role, Role::Name | Role::Family | Role::Given)))
        && words.contains(&Some(Role::Given))
        && names.iter().any(|name| words.contains(&Some(*name)))
}

/// Whether a column of whole names says that the family name stands first: `Nachname Vorname`, `Patient (Last, First)`.
pub fn is_family_first(header: &str) -> bool {
    let words = words(header);
    let place = |wanted: Role| words.iter().position(|role| *role == Some(wanted));
    let Some(given) = place(Role::Given) else { return false };
    place(Role::Family).or_else(|| place(Role::Name)).is_some_and(|family| family < given)
}

/// The roles of the parts that signs keep apart.
fn parts(header: &str) -> Vec<Option<Role>> {
    header.split([',', '/', ';', '&', '+', '|']).map(|part| by_name(&squeezed(part))).collect()
}

fn words(header: &str) -> Vec<Option<Role>> {
    header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| by_name(&squeezed(word)))
        .collect()
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
            (Role::Half, &["AM/PM", "am pm", "Start AM/PM"]),
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
                &[
                    "patient.MRN",
                    "enterpriseid",
                    "Patient ID",
                    "Pat.-Nr.",
                    "pid",
                    "Patient #",
                    "NHS Number",
                    "med_rec_nbr",
                ],
            ),
            (Role::Id, &["apptid", "Appointment ID", "ID", "pc_eid", "CSN"]),
            (Role::Status, &["apptstatus", "Status", "pc_apptstatus", "Appt Status", "Sch State"]),
            (Role::Cancelled, &["sched.Canceled", "Abgesagt", "Cancelled?", "cancel_ind", "Cancelled at"]),
            (
                Role::Kind,
                &["appttype", "Visit Type", "sched.Type1", "Terminart", "Type", "Event Type Name", "Tipo visita"],
            ),
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
            "Birth Name",
            "Provider Last, First",
            "First/Second",
            "deceased_date",
            "",
            "City",
        ] {
            assert_eq!(role(name), None, "{name}");
        }
    }

    #[test]
    fn columns_of_whole_names_are_known_in_whatever_order() {
        for name in [
            "Name, Vorname",
            "Nachname, Vorname",
            "Nachname Vorname",
            "Last, First",
            "Last Name, First Name",
            "Last name First name",
            "LastName, FirstName",
            "Patient Last Name, First Name",
            "First / Last",
            "Name/DOB",
            "Patient/DOB",
            "Name / Geb.-Datum",
            "Nom, prénom",
            "Apellidos, Nombre",
            "Cognome, Nome",
            "Achternaam, Voornaam",
            "Vorname Name",
            "Nazwisko Imię",
            "Příjmení, jméno",
            "Patient/in",
        ] {
            assert_eq!(role(name), Some(Role::Name), "{name}");
        }
        for (name, first) in [
            ("Nachname Vorname", true),
            ("Name, Vorname", true),
            ("Patient (Last, First)", true),
            ("Last name First name", true),
            ("First Name Last Name", false),
            ("Name (First Last)", false),
            ("Patient Name", false),
            ("", false),
        ] {
            assert_eq!(is_family_first(name), first, "{name}");
        }
    }
}
