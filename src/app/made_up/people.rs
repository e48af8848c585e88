//! Invented patients. Their names are put together from lists of our own and look invented; nobody was thought of.

use chrono::{Datelike, Days, NaiveDate};

use super::asked;
use super::course::{Course, course};
use super::days_ago;
use super::dice::{Dice, Of};
use super::elsewhere;
use super::safety;
use crate::action::Write;
use crate::clinical::opioid::is_opioid;
use crate::clinical::patient::{
    Allergy, Antithrombotic, Capacity, Facts, Goal, Kidney, Known, Medication, Patient, Pregnancy, Sex, YesNo,
};
use crate::clinical::problem::Problem;
use crate::clinical::procedure::Side;
use crate::clinical::time::{Instant, Now, age_in_years, instant};

/// A patient with what they suffer from.
#[derive(Debug)]
pub struct Person {
    pub patient: Patient,
    pub facts: Facts,
    pub course: &'static Course,
    pub side: Side,
    /// How much it hurts on an ordinary day.
    pub pain: u8,
    /// What hurts; of those whom nobody saw before, nothing is known.
    pub problem: Option<Problem>,
    /// Whether one of the medicines is an opioid.
    pub has_opioid: bool,
}

/// Numbers of patients who have a part in the day around now.
pub mod cast {
    /// New evaluations of today: nobody saw them before.
    pub const NEWCOMERS: [u32; 3] = [2, 9, 12];
    /// Comes with an interpreter.
    pub const INTERPRETER: u32 = 9;
    /// Share a family name on one day.
    pub const NAMESAKES: [u32; 2] = [10, 11];
    /// Came with a calendar that said no birth date.
    pub const UNCONFIRMED: u32 = 12;
    /// Takes apixaban.
    pub const APIXABAN: u32 = 13;
    /// Never asked about antithrombotics or allergies.
    pub const UNASKED: [u32; 2] = [14, 22];
    /// Takes warfarin.
    pub const WARFARIN: u32 = 17;
    /// Somebody else decides.
    pub const DECIDED_FOR: u32 = 5;
    /// A new case of tomorrow without a birth date.
    pub const WITHOUT_BIRTH_DATE: u32 = 20;
    /// The first patient without a part.
    pub const END: u32 = 32;
}

/// The patient of this number.
pub fn person(seed: u64, n: u32, now: Now) -> Person {
    let mut dice = Dice::of(seed, Of::Patient(n));
    let today = now.today();
    // The same moment however far back the record reaches: so the same patients have the same identities.
    let known_since =
        instant(days_ago(today, 8000).and_time(chrono::NaiveTime::MIN), now.zone).plus_millis(i64::from(n) * 60_000);
    let course = course(n);
    let side = if dice.percent(50) { Side::Left } else { Side::Right };
    let pain = dice.between(3, 8);
    let patient = patient(&mut dice, n, known_since, today);
    let facts = facts(&mut dice, n, course, known_since, today);
    let mut person = Person { patient, facts, course, side, pain, problem: None, has_opioid: false };
    play(&mut person, n, today, &mut dice, known_since);
    safety::play(&mut person, n, today, &mut dice, known_since);
    person.has_opioid = person.facts.medications.items().iter().any(is_opioid);
    if !cast::NEWCOMERS.contains(&n) {
        let region = safety::region(now.zone);
        let began = days_ago(today, 300 + u32::from(person.pain) * 150);
        person.problem = Some(asked::problem(seed, n, &person, region, (known_since, began)));
    }
    person
}

/// The writes that bring the patient of this number into the record.
pub fn writes(seed: u64, n: u32, now: Now) -> Vec<Write> {
    let person = person(seed, n, now);
    let lists = asked::lists(seed, n, &person);
    let brought = elsewhere::brought(n, &person, &lists, now);
    let Person { patient, facts, .. } = person;
    let id = patient.id;
    let new = Write::PutPatient { patient, facts: Some(facts), is_new: true };
    let mut writes = vec![new, Write::PutLists { patient: id, lists }];
    writes.extend(brought.map(|brought| Write::BringIn { patient: id, brought: Box::new(brought) }));
    writes
}

fn patient(dice: &mut Dice, n: u32, known_since: Instant, today: NaiveDate) -> Patient {
    let sex = if dice.percent(58) { Sex::Female } else { Sex::Male };
    let given = dice.pick(if sex == Sex::Female { GIVEN_WOMEN } else { GIVEN_MEN });
    let birth = days_ago(today, 365 * u32::from(dice.between(19, 90)) + u32::from(dice.between(0, 250)));
    let age = age_in_years(birth, today);
    let asked = days_ago(today, u32::from(dice.between(10, 200)));
    let pregnancy = match (sex, age) {
        (Sex::Female, 0..50) => match dice.below(10) {
            0 => None,
            1 => Some((Pregnancy::Possible, asked)),
            _ => Some((Pregnancy::No, asked)),
        },
        _ => Some((Pregnancy::NotApplicable, asked)),
    };
    let kidney = match dice.below(10) {
        0 | 1 => None,
        2 if age > 60 => Some((Kidney::Impaired, asked)),
        _ => Some((Kidney::Normal, asked)),
    };
    Patient {
        id: dice.id(known_since),
        number: Some(format!("{}", 10_000 + n)),
        family: family(n),
        given: given.to_owned(),
        birth_date: Some(birth),
        sex: Some(sex),
        phone: Some(format!("555 01{:02} {:02}", dice.below(100), dice.below(100))),
        language: None,
        interpreter: Some(YesNo::No),
        capacity: Some(Capacity::Has),
        decides: None,
        pregnancy,
        kidney,
        note: dice.percent(12).then(|| dice.pick(NOTES).to_owned()),
    }
}

fn facts(dice: &mut Dice, n: u32, course: &Course, known_since: Instant, today: NaiveDate) -> Facts {
    let reviewed = days_ago(today, u32::from(dice.between(5, 240)));
    let allergies = match dice.below(10) {
        0 => Known::Unknown,
        1..=6 => Known::NoneOn(reviewed),
        _ => {
            let (substance, reaction) = ALLERGIES[dice.below(ALLERGIES.len())];
            let allergy = Allergy {
                id: dice.id(known_since),
                substance: substance.to_owned(),
                reaction: Some(reaction.to_owned()),
            };
            Known::Listed(vec![allergy], Some(reviewed))
        }
    };
    let antithrombotics = match dice.below(10) {
        0 => Known::Unknown,
        1..=7 => Known::NoneOn(reviewed),
        _ => {
            let drug = ANTITHROMBOTICS[dice.below(ANTITHROMBOTICS.len())];
            antithrombotic(dice, drug, known_since, reviewed)
        }
    };
    let started = days_ago(today, 100 + u32::from(dice.between(0, 250)));
    let medicines = course.medicines.iter().map(|line| Medication::new(dice.id(known_since), *line, Some(started)));
    let medications = Known::Listed(medicines.collect(), (!n.is_multiple_of(9)).then_some(reviewed));
    let goals = vec![Goal { id: dice.id(known_since), text: course.goal.to_owned(), since: started }];
    Facts { allergies, antithrombotics, medications, goals, ..Facts::default() }
}

fn antithrombotic(
    dice: &mut Dice,
    (drug, dose): (&str, &str),
    known_since: Instant,
    reviewed: NaiveDate,
) -> Known<Antithrombotic> {
    let drug = Antithrombotic { id: dice.id(known_since), drug: drug.to_owned(), dose: Some(dose.to_owned()) };
    Known::Listed(vec![drug], Some(reviewed))
}

/// What the day around now needs of those who have a part in it.
fn play(person: &mut Person, n: u32, today: NaiveDate, dice: &mut Dice, known_since: Instant) {
    if n >= cast::END {
        return;
    }
    let week_ago = today.checked_sub_days(Days::new(7)).unwrap_or(today);
    let (patient, facts) = (&mut person.patient, &mut person.facts);
    facts.antithrombotics = Known::NoneOn(week_ago);
    if facts.allergies.is_unknown() {
        facts.allergies = Known::NoneOn(week_ago);
    }
    match n {
        cast::INTERPRETER => {
            patient.language = Some("Esperanto".to_owned());
            patient.interpreter = Some(YesNo::Yes);
        }
        _ if n == cast::NAMESAKES[1] => patient.family = family(cast::NAMESAKES[0]),
        cast::UNCONFIRMED | cast::WITHOUT_BIRTH_DATE => {
            patient.birth_date = None;
            patient.number = None;
            patient.sex = None;
            patient.pregnancy = None;
            patient.kidney = None;
            facts.medications = Known::Unknown;
        }
        cast::APIXABAN => {
            facts.antithrombotics = antithrombotic(dice, ("apixaban", "5 mg 1-0-1"), known_since, week_ago);
        }
        cast::WARFARIN => facts.antithrombotics = antithrombotic(dice, ("warfarin", "by INR"), known_since, week_ago),
        cast::DECIDED_FOR => {
            patient.capacity = Some(Capacity::Supported);
            patient.decides = Some("her son, 555 0199 07".to_owned());
        }
        _ if cast::UNASKED.contains(&n) => {
            facts.antithrombotics = Known::Unknown;
            facts.allergies = Known::Unknown;
        }
        _ => {}
    }
    if cast::NEWCOMERS.contains(&n) {
        facts.goals = Vec::new();
    }
}

/// A family name: distinct for the first thousand, then they come again as in any practice.
fn family(n: u32) -> String {
    let pairs = FAMILY_BEGINS.len() * FAMILY_ENDS.len();
    let n = usize::try_from(n).unwrap_or(0);
    if n % 13 == 7 {
        return FAMILY_WHOLE[n / 13 % FAMILY_WHOLE.len()].to_owned();
    }
    // A step without a common factor goes through all pairs before one comes again.
    let at = n.wrapping_mul(677) % pairs;
    format!("{}{}", FAMILY_BEGINS[at % FAMILY_BEGINS.len()], FAMILY_ENDS[at / FAMILY_BEGINS.len()])
}

/// Whether a day is a clinic day of the past.
pub fn is_clinic_day(date: NaiveDate) -> bool {
    let holidays = (date.month() == 12 && date.day() >= 24) || (date.month() == 1 && date.day() == 1);
    date.weekday().num_days_from_monday() < 5 && !holidays
}

/// The last clinic day before today: how many days ago, and its date.
pub fn last_clinic_day(today: NaiveDate) -> (u32, NaiveDate) {
    let days = (1..20).map(|ago| (ago, days_ago(today, ago)));
    days.into_iter().find(|(_, date)| is_clinic_day(*date)).unwrap_or((1, today))
}

const FAMILY_BEGINS: &[&str] = &[
    "Amber", "Birch", "Cloud", "Dusk", "Elder", "Fern", "Glim", "Hazel", "Ivory", "Jade", "Kelp", "Linen", "Maple",
    "Moss", "Otter", "Plum", "Quill", "Rowan", "Sedge", "Teal", "Umber", "Vesper", "Wren", "Yarrow", "Acorn", "Briar",
    "Coral", "Ember", "Flint", "Gorse", "Heron", "Iris", "Juniper",
];
const FAMILY_ENDS: &[&str] = &[
    "mere", "wick", "fold", "lock", "gate", "loft", "song", "wisp", "bell", "dale", "kin", "sail", "path", "tarn",
    "hand", "leaf", "moor", "reed", "nook", "veil", "stow", "dell", "mint", "pond", "dawn", "rill", "vine", "mist",
    "lamp", "star", "shade",
];
const FAMILY_WHOLE: &[&str] = &[
    "Süßmilch-Apfelwind",
    "O'Thistledown",
    "de la Brisa",
    "van der Wolkje",
    "Łąkowiatr",
    "Ñublado Claro",
    "Çınaryeli",
    "Ní Ghealachán",
    "Đurđicová",
    "Snøfjellby",
    "Ógreen-Lamplight",
    "Mac an Tsolais",
    "Tsukimori-Vale",
    "Abendröte",
    "Quatrelunes",
    "Pânsemut",
    "St. Nowhere",
    "Zephyrides",
    "Õhtupäike",
    "Al-Mishmish",
];
const GIVEN_WOMEN: &[&str] = &[
    "Adaline",
    "Beatrix",
    "Clover",
    "Delphine",
    "Elowen",
    "Fiorella",
    "Gwendolyn",
    "Hyacinth",
    "Ilse",
    "Juniper",
    "Kalila",
    "Linnea",
    "Marigold",
    "Nerys",
    "Odalys",
    "Petra",
    "Quintessa",
    "Rosalind",
    "Saoirse",
    "Tamsin",
    "Ursuline",
    "Violet",
    "Winifred",
    "Xanthe",
    "Yolande",
    "Zuleika",
    "Ama Serwaa",
    "Brigitta",
    "Chiyo",
    "Éowyn",
    "Freya",
    "Ginevra",
];
const GIVEN_MEN: &[&str] = &[
    "Alaric",
    "Barnaby",
    "Caspian",
    "Dashiell",
    "Evander",
    "Florian",
    "Gideon",
    "Hieronymus",
    "Ignatius",
    "Jasper",
    "Kasimir",
    "Leopold",
    "Mortimer",
    "Nikodem",
    "Orlando",
    "Peregrine",
    "Quincy",
    "Roderick",
    "Sylvester",
    "Thaddeus",
    "Ulysses",
    "Valentin",
    "Wendell",
    "Xaver",
    "Yorick",
    "Zebedee",
    "Kwabena",
    "Björn-Ole",
    "Dariusz",
    "Émile",
    "Søren",
    "Tadeáš",
];
const NOTES: &[&str] = &[
    "hard of hearing on the right, sit on the left",
    "comes with her daughter",
    "needs the room near the door",
    "prefers the last slot before noon",
    "afraid of needles: say each step first",
];
const ALLERGIES: &[(&str, &str)] = &[
    ("penicillin", "rash"),
    ("iodine contrast", "hives"),
    ("latex", "itching"),
    ("codeine", "vomiting"),
    ("plaster adhesive", "blisters"),
];
const ANTITHROMBOTICS: &[(&str, &str)] = &[
    ("aspirin", "100 mg 1-0-0"),
    ("clopidogrel", "75 mg 1-0-0"),
    ("apixaban", "5 mg 1-0-1"),
    ("rivaroxaban", "20 mg 0-0-1"),
    ("warfarin", "by INR"),
];
