//! Type-ahead: the same keys give the same record, one after the other or as one burst.

use super::*;

/// Types the pieces: waiting for what each brings, or all at once. What the record holds afterwards.
fn record_after(pieces: &[(&str, &str)], in_one_burst: bool) -> Vec<String> {
    let office = Office::with(&[
        ("09:00", "OKAFOR", "back", VisitKind::FollowUp),
        ("09:40", "NGUYEN", "migraine", VisitKind::FollowUp),
    ]);
    let mut day = office.open_locked((100, 40));
    day.wait_for("passphrase");
    if in_one_burst {
        let keys: String = pieces.iter().map(|(keys, _)| *keys).collect();
        day.keys(&keys);
    } else {
        for (keys, brings) in pieces {
            day.keys(keys);
            if !brings.is_empty() {
                day.wait_for(brings);
            }
        }
    }
    assert_eq!(day.exit_code(), 0);
    office.facts()
}

#[test]
fn a_burst_gives_the_same_record_as_the_same_keys_one_by_one() {
    let unlock = ("gravel otter lantern 94 quiet<Enter>", "Morning · Assessments");
    let journeys: &[&[(&str, &str)]] = &[
        // One waits for a nought; Esc leaves a form at once and the next key is the board's.
        &[
            unlock,
            ("<Space><Space>", "OKAFOR Test: in room"),
            ("s", "Pain now"),
            ("7", "pain now 7"),
            ("<Enter>", "Assessment"),
            ("<Tab>", ""),
            ("1", "makes ten"),
            ("0", ""),
            ("5", ""),
            ("1", "makes ten"),
            ("<Tab>", ""),
            ("210", ""),
            ("<Esc>", "1 Morning"),
            ("j", ""),
            ("<Space>", "NGUYEN Test: here"),
            ("<Enter>", "Assessment"),
            ("8994t<Tab><Tab>", ""),
            ("left temple<Tab>since Sunday<Enter>with aura", "with aura"),
            ("<Ctrl-S>", "completed assessment"),
            ("+", "what"),
            ("call the lab<Ctrl-S>", "caught task"),
            ("u", "undid: caught task"),
            ("Q", "still here"),
            ("Q", ""),
        ],
        // What comes after the end goes nowhere.
        &[unlock, ("<Space>", "OKAFOR Test: here"), ("QQ", ""), ("<Space>x", "")],
        // A wrong passphrase, then the right one.
        &[("gravel<Enter>", "does not open"), unlock, ("m1500<Enter>", "moved to"), ("Q", "")],
    ];
    for (number, pieces) in journeys.iter().enumerate() {
        let (slow, burst) = (record_after(pieces, false), record_after(pieces, true));
        assert_eq!(slow, burst, "journey {number}");
        assert!(slow.len() > 4, "{slow:?}");
    }
}
