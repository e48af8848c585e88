//! A whole day of follow-up visits by keys alone: once slowly, looking at the screen after each act, once with each visit's
//! keys in one burst. Both give the same record.

use super::everything::differences;
use super::*;

/// The day: time, name, reason.
const DAY: [(&str, &str, &str); 16] = [
    ("09:00", "OKAFOR", "back, left leg"),
    ("09:20", "NGUYEN", "migraine"),
    ("09:40", "HALE", "neck"),
    ("10:00", "MARSH", "CRPS right hand"),
    ("10:20", "TANAKA", "knee"),
    ("10:40", "SANTOS", "shoulder"),
    ("11:00", "BERGSTROM", "zoster"),
    ("11:20", "ADEYEMI", "feet, burning"),
    ("11:40", "KOWALSKI", "hip"),
    ("12:00", "LINDQVIST", "face"),
    ("13:20", "MOREAU", "pelvic"),
    ("13:40", "PETROV", "back surgery 2024"),
    ("14:00", "QURESHI", "ribs"),
    ("14:20", "RAMIREZ", "tailbone"),
    ("14:40", "STEINER", "phantom foot"),
    ("15:00", "VOLKOV", "widespread"),
];

const SIZE: (u16, u16) = (120, 48);

/// No to all red flags: it answers those that are in view, and so hangs on the size of the terminal, on purpose.
const NO_TO_ALL: &str = "a";

/// One act: its keys, and what the screen shows when it is done.
type Act = (String, String);

/// The acts of one visit. No two are alike: scores, words, what is done with the plan, and where one is called away.
fn visit(at: usize, name: &str) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    let mut act = |keys: &str, shows: &str| acts.push((keys.to_owned(), shows.to_owned()));
    act(".<Space>", &format!("{name} Test: here"));
    act("<Space>", &format!("{name} Test: in room"));
    if at % 5 == 1 {
        act("s6", &format!("{name} Test: pain now 6"));
    }
    act("<Enter>", "Assessment · follow-up");
    // Now, average, worst, least; then PEG. A ten as one and nought; a one that waits for none; what cannot be said.
    let scores = ["7584", "5693", "45103", "t9t1<Tab>", "1<Tab>281", "ddcn"][at % 6];
    act(scores, "");
    act(["656", "1078", "221<Tab>", "nd<Tab>"][at % 4], "");
    act("<Ctrl-T>", "low back, left leg to the foot  as on 27 Oct");
    act(&format!("<PgDn>sleeps better, {at} steps"), &format!("better, {at} steps"));
    match at % 4 {
        1 => {
            // A call comes in: it is caught, and the sentence goes on where it was.
            act("<F6>", "Catch a call or task");
            act(&format!("ring ward {at}<Ctrl-S>"), &format!("better, {at} steps"));
        }
        2 => {
            // Back to the board and again into the form, at the very letter.
            act("<Esc>", "1 Morning");
            act("<Enter>", &format!("better, {at} steps"));
        }
        _ => {}
    }
    act(" a day", &format!("better, {at} steps a day"));
    act("<PgDn>SLR negative", "SLR negative");
    // No red flag, each of those that are asked shown before it is said.
    act("<PgDn><PgDn>", "a no to all");
    act(NO_TO_ALL, "");
    act(&format!("<Ctrl-PgDn>improving {at}"), &format!("improving {at}"));
    act("<Ctrl-S>", &format!("{name} Test: completed assessment"));
    if at % 3 == 2 {
        act("P", "Plan 2");
        act("<PgDn><Ctrl-N>iTFESI L5 left<Tab><Tab><Tab>", "TFESI L5 left");
        act(&format!("+{}d<Tab>", at + 1), "follow-up visit");
        act("p<Ctrl-S>", &format!("{name} Test: set plan 2"));
    } else {
        act("=", "Keep the plan unchanged?");
        act("<Enter>", &format!("{name} Test: kept plan unchanged as version 2"));
    }
    act("y", "copied ");
    act("<Space>", &format!("✓ {} seen", at + 1));
    acts
}

#[derive(Clone, Copy)]
enum Pace {
    /// Looking after each act.
    Slow,
    /// A visit's keys at once.
    Bursts,
    /// The terminal has another size before each key.
    Resized,
}

/// Sizes of a terminal: those that are told apart, and any other.
fn size(chance: &mut u64) -> (u16, u16) {
    *chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let number = u16::try_from(*chance >> 48).unwrap();
    match number % 8 {
        0 => (1, 1),
        1 => (80, 24),
        2 => (120, 40),
        3 => (160, 50),
        _ => (1 + number / 8 % 180, 1 + number / 16 % 60),
    }
}

/// Works through the day, or its first visits; what the record holds afterwards.
fn day_at(pace: Pace, visits: usize, acts_of: fn(usize, &str) -> Vec<Act>) -> Vec<String> {
    let office = Office::with_follow_ups(&DAY[..visits]);
    let mut day = office.open_board(SIZE);
    let mut chance = 0x00da_2026;
    for (at, (_, name, _)) in DAY[..visits].iter().enumerate() {
        let acts = acts_of(at, name);
        match pace {
            Pace::Slow => {
                for (keys, shows) in &acts {
                    day.keys(keys);
                    day.wait_for(shows);
                }
            }
            Pace::Bursts => {
                let keys: String = acts.iter().map(|(keys, _)| keys.as_str()).collect();
                day.keys(&keys);
                day.wait_for(&format!("✓ {} seen", at + 1));
            }
            Pace::Resized => {
                let keys: String = acts.iter().map(|(keys, _)| keys.as_str()).collect();
                day.keys_with(&keys, |day| day.resize(size(&mut chance)));
                day.resize(SIZE);
                day.wait_for(&format!("✓ {} seen", at + 1));
            }
        }
    }
    day.wait_for("0 to go");
    day.keys("q");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(day.left_on(), Vec::<&str>::new());
    office.everything()
}

#[test]
fn a_day_of_sixteen_visits_is_the_same_slowly_and_in_bursts() {
    let (slow, bursts) = (day_at(Pace::Slow, 16, visit), day_at(Pace::Bursts, 16, visit));
    let differ = differences(&slow, &bursts);
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    // And it is the day that was typed.
    let count = |what: &str| slow.iter().filter(|line| line.contains(what)).count();
    for (what, times) in [
        // Four weeks ago, and today.
        ("act: act completed assessment", 32),
        ("kept plan unchanged as version 2", 11),
        ("set plan 2", 5),
        ("state=left", 32),
        ("act: act copied out", 16),
        (" steps a day  examination=", 16),
        ("act: act caught task: ", 4),
        ("draft: ", 0),
    ] {
        assert_eq!(count(what), times, "{what}");
    }
    assert_eq!(slow.iter().filter(|line| line.starts_with("task: ")).count(), 4);
}

#[test]
fn a_terminal_of_every_size_while_typing_changes_nothing_in_the_record() {
    let of_any_size = |at, name: &str| visit(at, name).into_iter().filter(|(keys, _)| keys != NO_TO_ALL).collect();
    let (bursts, resized) = (day_at(Pace::Bursts, 5, of_any_size), day_at(Pace::Resized, 5, of_any_size));
    let differ = differences(&bursts, &resized);
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
