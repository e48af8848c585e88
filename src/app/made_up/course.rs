//! What pain the invented patients have, and what is done for it. `{side}` is the side of the patient's pain.

use super::dice::Dice;
use crate::clinical::plan::Modality;
use crate::clinical::procedure::Side;

/// One kind of pain with everything that is written about it.
#[derive(Debug)]
pub struct Course {
    pub reason: &'static str,
    pub place: &'static str,
    pub histories: &'static [&'static str],
    pub examinations: &'static [&'static str],
    pub impressions: &'static [&'static str],
    /// Modality, what, next step.
    pub items: &'static [(Modality, &'static str, &'static str)],
    /// Name, level, and whether it has a side.
    pub procedure: (&'static str, &'static str, bool),
    pub medicines: &'static [&'static str],
    pub goal: &'static str,
}

/// Said of every kind of pain.
pub const WEEKS: &[&str] = &[
    "Sleeps five to six hours, wakes once or twice from pain.",
    "Sleeps through most nights since the evening dose was moved.",
    "Had two bad days after a long car journey, otherwise steady.",
    "Walks about half an hour a day, more at the weekend.",
    "Takes the medicines as agreed; no daytime sleepiness.",
    "Missed the exercises for two weeks because of a cold.",
    "Went back to work four hours a day and manages.",
    "Mood is better than in spring; sees friends again.",
    "Constipation is settled with the powder in the morning.",
    "Says that stairs are still the worst part of the day.",
];

/// The course of the patient of this number.
pub fn course(n: u32) -> &'static Course {
    let count = COURSES.len();
    &COURSES[usize::try_from(n).unwrap_or(0) % count]
}

/// A text about this side; `{s}` and `{o}` are its letter and the other one, as examination shorthand writes them.
pub fn about(text: &str, side: Side) -> String {
    let (side, letter, other) = if side == Side::Left { ("left", "l", "r") } else { ("right", "r", "l") };
    text.replace("{side}", side).replace("{s}", letter).replace("{o}", other)
}

impl Course {
    /// A history in a few sentences.
    pub fn history(&self, dice: &mut Dice, side: Side) -> String {
        let (main, week, more) = (dice.pick(self.histories), dice.pick(WEEKS), dice.pick(WEEKS));
        let text = if week == more { format!("{main} {week}") } else { format!("{main} {week} {more}") };
        about(&text, side)
    }
}

use Modality::{
    Behavioural, Complementary, Education, FollowUp, Interventional, Medication, Physical, Referral, SelfCare,
};

/// The kinds of pain.
pub const COURSES: &[Course] = &[
    Course {
        reason: "L-spine, leg pain",
        place: "low back, {side} buttock, outer {side} calf to the big toe",
        histories: &[
            "Leg pain down the outer {side} calf to the big toe, worse on sitting, eased by lying on the side. No new weakness.",
            "The {side} leg is clearly better than the back now; tingling in the big toe comes and goes, no stumbling.",
            "Coughing still shoots into the {side} leg. Sits twenty minutes before having to stand up.",
        ],
        examinations: &[
            "gait n hw + tw +; slr {s}45+ {o}-; ehl {s}4+ {o}5; kj b2+ aj b2+; lt l5{s}-. No saddle numbness.",
            "slr {s}70± {o}-; ehl b5 ta b5; kj b2+ aj b2+; lt l5{s}±; saddle n. Pulling in the thigh only.",
        ],
        impressions: &[
            "L5 radicular pain {side} with matching disc protrusion, improving slowly.",
            "L5 radicular pain {side}, function better than the scores say.",
        ],
        items: &[
            (Medication, "Gabapentin 300 mg three times a day", "up by 300 mg at night if sleepy days stay away"),
            (Physical, "Nerve glides and walking programme", "twice a day, show the log"),
            (Interventional, "TFESI L5 {side}", "if below half better in four weeks"),
            (SelfCare, "Sitting breaks every twenty minutes", ""),
            (FollowUp, "Look again", "in six weeks"),
        ],
        procedure: ("Transforaminal epidural steroid injection", "L5", true),
        medicines: &["gabapentin 300 mg 1-1-1", "naproxen 500 mg as needed"],
        goal: "sit through a film with the grandchildren",
    },
    Course {
        reason: "L-spine, facet joints",
        place: "low back across the belt line, more {side}",
        histories: &[
            "Dull ache across the belt line, stiff in the morning for half an hour, worse on leaning back and turning in bed.",
            "The good months after the last radiofrequency are over; leaning back at the sink hurts again on the {side}.",
            "Gardened for two hours and paid for it with three days. No leg pain.",
        ],
        examinations: &[
            "lext 10+ lflex 70; kemp l45{s}+ l5s1{s}+; pvt l4-s1{s}+; slr b-; aj b2+ kj b2+. Turning in bed hurts.",
            "ffd 20; lext 20+; kemp l45{s}± l5s1{s}-; slr b-. Less than last time.",
        ],
        impressions: &[
            "Facet joint pain L4 to S1, more {side}.",
            "Facet joint pain returning after radiofrequency, as expected by time.",
        ],
        items: &[
            (Physical, "Trunk strength, three times a week", "raise the load in two weeks"),
            (Interventional, "Medial branch block L4 L5 {side}", "diagnostic, with diary"),
            (Medication, "Paracetamol 1 g before garden work", ""),
            (Education, "Hurt is not harm: pacing sheet", "talk it through again"),
        ],
        procedure: ("Medial branch block", "L4, L5", true),
        medicines: &["paracetamol 1 g as needed", "amlodipine 5 mg 1-0-0"],
        goal: "an hour in the garden without paying for it",
    },
    Course {
        reason: "SI joint",
        place: "{side} buttock below the belt, into the thigh",
        histories: &[
            "Pain over the {side} dimple when turning in bed and on the first steps. Never below the knee.",
            "The belt helps for shopping. Standing on the {side} leg to dress is still the test of the day.",
        ],
        examinations: &[
            "thrust {s}+ comp {s}+ gaenslen {s}+ faber {s}± dist b-; fortin {s}+; slr b-",
            "thrust {s}+ comp {s}- gaenslen {s}- faber {s}+ dist b-; hip: ir b30. Finger points to the dimple.",
        ],
        impressions: &[
            "Sacroiliac joint pain {side}.",
            "Sacroiliac joint pain {side}, half better after the injection.",
        ],
        items: &[
            (Interventional, "SI joint injection {side}", "after the holidays"),
            (Physical, "Hip and buttock strength", "weekly with the therapist"),
            (SelfCare, "Belt for standing work only", ""),
        ],
        procedure: ("Sacroiliac joint injection", "SI joint", true),
        medicines: &["ibuprofen 400 mg as needed", "pantoprazole 20 mg 1-0-0"],
        goal: "dress standing up",
    },
    Course {
        reason: "migraine",
        place: "{side} temple and behind the eye",
        histories: &[
            "Eleven headache days this month, six with vomiting; the diary shows Mondays. Triptan taken on eight days.",
            "Seven headache days, shorter since the preventive was raised. Light still hurts for the first hour.",
            "Two attacks took the whole weekend. Counted the tablets: twelve days, she saw it herself.",
        ],
        examinations: &[
            "cn n disc b sharp stiff -; gon {s}+ {o}-; tp trap {s}+ subocc b+; blood pressure 128 over 78",
            "cn n stiff -; gon b-; tp trap {s}±. Looks rested.",
        ],
        impressions: &[
            "Migraine without aura, frequent, on the edge of medication overuse.",
            "Migraine without aura, fewer days since the preventive was raised.",
        ],
        items: &[
            (Medication, "Candesartan 8 mg in the evening", "16 mg after two weeks"),
            (Behavioural, "Relaxation by the app, daily", "look at the diary"),
            (SelfCare, "Triptan on at most nine days a month", "mark them in the diary"),
            (Education, "Overuse headache explained", ""),
        ],
        procedure: ("Greater occipital nerve block", "occipital nerve", true),
        medicines: &["candesartan 8 mg 0-0-1", "sumatriptan 50 mg as needed"],
        goal: "two weekends a month without a dark room",
    },
    Course {
        reason: "CRPS hand",
        place: "{side} hand and wrist",
        histories: &[
            "The {side} hand sweats and turns blue in the cold; a sleeve on it is unbearable. Uses it for turning pages now.",
            "Swelling goes down overnight. Mirror work three times a day; the thumb follows better than the fingers.",
        ],
        examinations: &[
            "temp hand {s}-2.0 col hand {s} blue; oed hand {s}+ sweat hand {s}+; allo hand {s}+ hpa hand {s}+; romr hand {s}+ nail {s}+. Fist closes to 3 cm.",
            "temp hand {s}-0.8 col hand {s} n; oed hand {s}- allo hand {s}±; romr hand {s}+ grip {s}4. Fist closes to 1 cm.",
        ],
        impressions: &[
            "Complex regional pain syndrome of the {side} hand, cold form.",
            "CRPS {side} hand, slowly warming and moving.",
        ],
        items: &[
            (Physical, "Hand therapy with mirror, three times a day", "add objects of different feel"),
            (Behavioural, "Graded exposure to touch", "silk, then wool"),
            (Interventional, "Stellate ganglion block {side}", "series of three if the first helps"),
            (Medication, "Pregabalin 75 mg twice a day", ""),
        ],
        procedure: ("Stellate ganglion block", "C6", true),
        medicines: &["pregabalin 75 mg 1-0-1", "vitamin C 500 mg 1-0-0"],
        goal: "peel an apple",
    },
    Course {
        reason: "knee",
        place: "{side} knee, inner side",
        histories: &[
            "Start-up pain and stairs down. The {side} knee swells after the market. Walks 400 m before sitting down.",
            "The sling of exercises bore fruit: twenty minutes on the bicycle without swelling.",
        ],
        examinations: &[
            "knee: flex {s}110 {o}135 ext {s}5; eff {s}+ jlt med {s}+ mcm med {s}-; lach b-; valgus b-",
            "knee: flex {s}120 {o}135; eff {s}- jlt med {s}±; crep {s}+. Thigh two centimetres thinner than the other.",
        ],
        impressions: &[
            "Knee osteoarthritis {side}, third grade, wants no operation yet.",
            "Knee osteoarthritis {side}, stronger thigh, less pain.",
        ],
        items: &[
            (Physical, "Bicycle and thigh strength", "thirty minutes, four days"),
            (Interventional, "Genicular nerve block {side}", "diagnostic"),
            (Medication, "Diclofenac gel four times a day", "stop if no change in four weeks"),
            (Referral, "Orthopaedics: when would they operate?", "letter sent, answer awaited"),
        ],
        procedure: ("Genicular nerve block", "superomedial, superolateral, inferomedial", true),
        medicines: &["diclofenac gel 1 %", "metformin 1000 mg 1-0-1"],
        goal: "the market and back on foot",
    },
    Course {
        reason: "shoulder",
        place: "{side} shoulder into the upper arm",
        histories: &[
            "Night pain on the {side} shoulder; cannot reach the seat belt. The arm above the head comes back by inches.",
            "Sleeps on the {side} side for an hour again. Painful arc between 70 and 110 degrees.",
        ],
        examinations: &[
            "shoulder: abd {s}100+ {o}180 er {s}10+ {o}60; jobe {s}- drop {s}-; neck without finding",
            "arc {s}80+; sabd {s}160 {o}180; jobe {s}+ hawkins {s}+ neer {s}-. Painful, not weak.",
        ],
        impressions: &["Frozen shoulder {side}, second phase.", "Subacromial pain {side}, improving."],
        items: &[
            (Physical, "Wall slides and pendulum", "five minutes, five times a day"),
            (Interventional, "Suprascapular nerve block {side}", "before the next physiotherapy series"),
            (SelfCare, "Warmth in the morning", ""),
        ],
        procedure: ("Suprascapular nerve block", "suprascapular notch", true),
        medicines: &["metamizole 500 mg as needed", "levothyroxine 75 mcg 1-0-0"],
        goal: "fasten the seat belt",
    },
    Course {
        reason: "feet, neuropathy",
        place: "both feet to the ankles, {side} worse",
        histories: &[
            "Burning soles at night, the sheet is too heavy. Walks as on cotton wool. Sugar is better since summer.",
            "The patch took the edge off for about ten weeks. No sores; his wife looks every evening.",
        ],
        examinations: &[
            "vib foot b- lt foot b-; pp toe b--; aj b0 kj b2+; gait wide. Skin whole.",
            "allo foot b+; vib foot b-; aj b0; gait n. Pulses good, nails cared for.",
        ],
        impressions: &["Painful diabetic neuropathy of both feet.", "Painful neuropathy, patch helped for ten weeks."],
        items: &[
            (Medication, "Duloxetine 60 mg in the morning", "blood pressure and sodium in two weeks"),
            (Interventional, "Capsaicin patch 8 % both feet", "every three months"),
            (SelfCare, "Look at the feet every evening", ""),
            (Referral, "Diabetes clinic: sugar before winter", "result to be read"),
        ],
        procedure: ("Capsaicin patch 8 %", "both feet", false),
        medicines: &["duloxetine 60 mg 1-0-0", "insulin glargine 18 units", "ramipril 5 mg 1-0-0"],
        goal: "sleep under one sheet",
    },
    Course {
        reason: "widespread pain",
        place: "neck, both shoulders, low back, both hips",
        histories: &[
            "Everything hurts after a week of visitors. Morning stiffness one hour. Forgets words when tired.",
            "Keeps to the plan of small portions: pool on Tuesday, rest on Wednesday. Fewer days in bed.",
        ],
        examinations: &[
            "tender trap b+ rhomb b+ gmed b+ pvm b+; gait n squat +. Joints without swelling, strength full with encouragement.",
            "tender trap b± gmed b+; gait n. Sits through the talk without shifting.",
        ],
        impressions: &["Fibromyalgia, on the better side of its waves.", "Fibromyalgia, sleep is the key again."],
        items: &[
            (Physical, "Warm pool once a week", "add a second day"),
            (Behavioural, "Pacing group", "eight evenings"),
            (Medication, "Amitriptyline 10 mg two hours before bed", "20 mg if sleep stays light"),
            (Complementary, "Tai chi, if she likes it", ""),
        ],
        procedure: ("Trigger point injection", "trapezius", true),
        medicines: &["amitriptyline 10 mg 0-0-0-1"],
        goal: "a whole morning with the choir",
    },
    Course {
        reason: "neck and arm",
        place: "neck, {side} shoulder blade, {side} arm to the thumb",
        histories: &[
            "Pain from the neck into the {side} thumb on looking up. Typing one hour is possible. Grip as before.",
            "The arm is quiet, the neck stiff. Drives short ways and turns with the whole body.",
        ],
        examinations: &[
            "spurling {s}+ {o}-; crot {s}50+ {o}75; bj {s}1+ {o}2+ tj b2+; bic {s}5- wext {s}4+; lt c6{s}-; hoff b- gait n",
            "crot {s}60 {o}75; spurling b-; bj b2+ tj b2+; bic b5 wext b5; hoff b-",
        ],
        impressions: &["C6 radicular pain {side}.", "C6 radicular pain {side}, arm settled, neck to strengthen."],
        items: &[
            (Physical, "Deep neck flexors and posture at the screen", "every hour two minutes"),
            (Medication, "Pregabalin 50 mg at night", "stop in four weeks if the arm stays quiet"),
            (Education, "Warning signs: clumsy hands, unsteady legs", "repeat next time"),
        ],
        procedure: ("Cervical medial branch block", "C4, C5", true),
        medicines: &["pregabalin 50 mg 0-0-1", "salbutamol spray as needed"],
        goal: "play a whole evening of cards",
    },
    Course {
        reason: "after shingles",
        place: "{side} chest from spine to breastbone",
        histories: &[
            "Shirt on the {side} ribs burns like a grater. Sharp jabs ten times a day.",
            "Fewer jabs. The plaster by day lets him wear a shirt, nights are still short.",
        ],
        examinations: &[
            "allo chest {s}+; pp t6{s}- lt t6{s}+. Pale scars at T6.",
            "allo chest {s}+; lt t6{s}±. A hand narrower than in summer.",
        ],
        impressions: &["Postherpetic neuralgia T6 {side}.", "Postherpetic neuralgia T6 {side}, narrowing."],
        items: &[
            (Medication, "Lidocaine plaster 12 hours on, 12 off", "two plasters"),
            (Medication, "Gabapentin 100 mg at night", "slowly, kidneys"),
            (Interventional, "Paravertebral block T6 {side}", "if nights stay short"),
        ],
        procedure: ("Paravertebral block", "T6", true),
        medicines: &["lidocaine plaster 5 %", "gabapentin 100 mg 0-0-1", "bisoprolol 2.5 mg 1-0-0"],
        goal: "wear an ironed shirt on Sundays",
    },
    Course {
        reason: "after back surgery",
        place: "low back and back of the {side} leg",
        histories: &[
            "Two years after fusion the {side} leg burns without pause. Walks with one stick, 300 m.",
            "Down to two tablets a day since the taper began; no worse, says her husband, and more awake.",
            "The trial leads were a good week: walked to the bakery and slept six hours.",
        ],
        examinations: &[
            "slr {s}60± {o}-; ta {s}4 {o}5 ehl {s}4+; aj {s}1+ {o}2+; allo shin {s}+; gait stick. Scar calm, weakness known.",
            "gait stick; ta {s}4 ehl {s}4+; aj {s}1+ {o}2+. Turns safely, scar calm.",
        ],
        impressions: &[
            "Persistent pain after spinal surgery, {side} leg neuropathic.",
            "Persistent pain after spinal surgery, taper goes well.",
        ],
        items: &[
            (Medication, "Tapentadol 50 mg twice a day", "down by 50 mg in four weeks"),
            (Interventional, "Spinal cord stimulation trial", "talk with both of them"),
            (Behavioural, "Sleep programme", "six weeks, online"),
            (Education, "Naloxone at home: husband knows how", "ask again each time"),
        ],
        procedure: ("Caudal epidural steroid injection", "sacral hiatus", false),
        medicines: &["tapentadol 50 mg 1-0-1", "macrogol 1 sachet 1-0-0", "naloxone nasal spray at home"],
        goal: "walk to the bakery",
    },
];
