//! Words of the invented practice that belong to no patient's course.

use crate::clinical::task::{Owner, TaskKind};

/// Whose practice it is.
pub const PHYSICIAN: &str = "Dr. Juniper Halloway";

/// What is to be done after visits: kind, what, whose.
pub const TASKS: &[(TaskKind, &str)] = &[
    (TaskKind::Call, "call back about the tablets"),
    (TaskKind::Refill, "refill for the month"),
    (TaskKind::Letter, "letter to the family doctor"),
    (TaskKind::Result, "read the X-ray report"),
    (TaskKind::Referral, "answer of the physiotherapist"),
    (TaskKind::Task, "send the exercise sheet"),
];

/// Whose tasks are.
pub fn owner(n: usize) -> Owner {
    match n % 5 {
        0 | 1 => Owner::Me,
        2 => Owner::Nurse,
        3 => Owner::Desk,
        _ => Owner::Named("Ines".to_owned()),
    }
}

/// What the evenings leave behind.
pub const REFLECTIONS: &[&str] = &[
    "The long talk about the taper was worth its twenty minutes. The waiting room paid for it; tell them sooner next time.",
    "Two injections went like clockwork, the third needed three views. I slowed down when I noticed my shoulders.",
    "Ran late from nine o'clock on and never caught up. A gap at eleven would have saved the afternoon.",
    "She laughed about the apple. A whole year for one apple, and I nearly did not ask.",
    "Read too many results between patients. They go to noon from now on.",
    "A quiet day. Wrote all letters, went home in daylight.",
    "I was short with the desk about the double booking and said so to them afterwards.",
];

/// What an evening's prompt is answered with.
pub const ANSWERS: &[&str] = &[
    "The team held the schedule while I was on the phone.",
    "Sat down for every talk, also the short ones.",
    "The worry about the red flag: it is handed over, it may go.",
    "Nothing special, which is rare enough.",
];

/// What is said in a check-in.
pub const CHECK_INS: &[&str] = &[
    "Slept well, leg warm for an hour, walks as usual.",
    "Sore at the site for a day, better than before now.",
    "No fever, no weakness. Keeps the diary.",
    "Pleased; wants to know when to start the exercises.",
];

/// What is written of a procedure.
pub const PROCEDURE_TEXTS: &[&str] = &[
    "Prone, monitored. Skin prepared, time-out done. Needle placed under fluoroscopy in two views, contrast spread as wanted, no vascular uptake. Injected without resistance. Left walking.",
    "Guided by ultrasound, needle seen throughout. Negative aspiration, slow injection. No complication. Aftercare explained and repeated in the patient's own words.",
    "Consent on file, side confirmed with the patient awake. First attempt. Tolerated well, observed for twenty minutes.",
];
