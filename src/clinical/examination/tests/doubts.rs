//! What could be read as its opposite: denials, sides, and words that are more than one thing. Where it cannot be told, it is
//! marked.

use std::collections::BTreeSet;

use super::{budapest, findings, read, says, sentence};
use crate::clinical::examination::{Doubt, Piece};

#[test]
fn what_is_denied_is_never_said_to_be_there() {
    for (text, expected) in [
        ("no ttp l4/5 r", "Tenderness right L4/5 not tender."),
        ("no tenderness over l4/5", "Tenderness L4/5 not tender."),
        ("not tender l5 r", "Tenderness right L5 not tender."),
        ("without tenderness l4-s1", "Tenderness L4-S1 not tender."),
        ("No trigger point trapezius r", "Trigger point right trapezius not tender."),
        ("slr r+ no ttp l5 r", "Straight leg raise right positive. Tenderness right L5 not tender."),
        ("ttp l4/5 r, no tp trap", "Tenderness right L4/5 tender. Trigger point upper trapezius not tender."),
        (
            "no allodynia foot r, swelling +",
            "Allodynia to light touch right foot absent. Swelling present (side not said).",
        ),
        ("tenderness l4/5 absent", "Tenderness L4/5 not tender."),
        // The answer that was typed is the answer.
        ("no doubt, ttp l4/5 r", "no doubt. Tenderness right L4/5 tender."),
        ("no ttp l4/5 r -", "no. Tenderness right L4/5 not tender."),
    ] {
        says(text, expected);
    }
    for (text, marked) in [
        ("no focal tenderness over l4/5 r", "tenderness over l4/5 r"),
        ("denies tenderness l5", "tenderness l5"),
        ("never tender l5 r", "tender l5 r"),
        ("redness or tenderness l5", "tenderness l5"),
        ("ttp l4/5 r no spasm", "ttp l4/5 r"),
        ("tenderness l4/5 r not found", "tenderness l4/5 r"),
        ("tenderness l4/5 has gone", "tenderness l4/5"),
    ] {
        let pieces = read(text);
        let unread = |piece: &Piece| matches!(piece, Piece::Unread(text, Doubt::Denied) if text == marked);
        assert!(pieces.iter().any(unread), "{text}: {pieces:?}");
        assert!(findings(text).iter().all(|finding| finding.term != "ttp"), "{text}: {pieces:?}");
    }
}

#[test]
fn no_before_a_range_or_a_growth_is_not_its_opposite() {
    for text in [
        "CRPS: no ROM",
        "crps: no range of motion",
        "no hair growth",
        "no nail growth",
        "no skin",
        "no squat",
        "crps: rom none",
        "crps: rom no",
        "hair growth no",
        "hair r none",
        "nail growth yes",
    ] {
        assert_eq!(findings(text), [], "{text}: {:?}", read(text));
        assert_eq!(budapest::signs(&findings(text)), BTreeSet::new(), "{text}");
    }
    for (text, expected) in [("no oedema", "Swelling absent."), ("no tenderness", "Tenderness not tender.")] {
        says(text, expected);
    }
}

#[test]
fn plain_words_of_a_pain_clinic_are_no_findings() {
    for text in [
        "facet relief 80%",
        "spurling relief",
        "SLR relieves nothing",
        "CNS intact",
        "discs normal",
        "disc normal at l4/5",
        "toes normal",
    ] {
        assert_eq!(findings(text), [], "{text}: {:?}", read(text));
    }
    for (text, expected) in [
        ("cdist relief", "Relief on cervical distraction positive (side not said)."),
        ("sar r relieves", "Relief on lifting the arm right positive."),
        ("cn intact", "Cranial nerves normal."),
        ("optic discs normal", "Optic disc sharp."),
        ("plantars flexor", "Plantar response flexor."),
    ] {
        says(text, expected);
    }
}

#[test]
fn lt_beside_rt_is_left_and_else_light_touch() {
    for (text, expected) in [
        ("SLR Rt +, Lt -", "Straight leg raise right positive, left negative."),
        ("SLR Rt +; Lt -", "Straight leg raise right positive, left negative."),
        ("Rt SLR +, Lt -", "Straight leg raise right positive, left negative."),
        ("SLR: Rt +, Lt -.", "Straight leg raise right positive, left negative."),
        ("SLR Rt+, Lt-", "Straight leg raise right positive, left negative."),
        ("SLR Rt 45+ Lt 80-", "Straight leg raise right positive at 45°, left negative at 80°."),
        ("slr rt45+, lt80-", "Straight leg raise right positive at 45°, left negative at 80°."),
        ("AJ Rt 1+ Lt 2+", "Ankle reflex right reduced (1+), left normal (2+)."),
        ("EHL 4/5 Rt, 5/5 Lt", "Big toe extension (EHL, L5) right 4/5, left 5/5."),
        ("EHL 4 R / 5 L", "Big toe extension (EHL, L5) right 4/5, left 5/5."),
        ("ehl 4/5 r / 5/5 l", "Big toe extension (EHL, L5) right 4/5, left 5/5."),
        ("Rt SLR +, Lt SLR neg", "Straight leg raise right positive. Straight leg raise left negative."),
        ("Lt SLR +", "Straight leg raise left positive."),
        ("Lt ttp over l4/5", "Tenderness left L4/5 tender."),
        ("Lt SLR, +", "Straight leg raise left positive."),
        ("Sens Rt L5 -, Lt L5 n", "Sensation right L5 reduced, left L5 normal."),
        ("slr lt 45 +", "Straight leg raise left positive at 45°."),
        ("Spurling Lt +", "Spurling's test left positive."),
        ("SLR Lt +, Rt -", "Straight leg raise left positive, right negative."),
        ("EHL lt 4/5, rt 5/5", "Big toe extension (EHL, L5) left 4/5, right 5/5."),
        ("kemp lt l4/5 +", "Extension with rotation left L4/5 positive."),
        // Light touch as ever.
        ("gait lt n", "gait. Light touch normal."),
        ("sens lt intact", "sens. Light touch normal."),
        ("spurling, lt -", "spurling. Light touch reduced (side not said)."),
        ("tone lt l5r-", "tone. Light touch right L5 reduced."),
        ("lt l5r-", "Light touch right L5 reduced."),
        ("slr rt +, lt l5r-", "Straight leg raise right positive. Light touch right L5 reduced."),
        ("SLR Rt +, lt l5 r -", "Straight leg raise right positive. Light touch right L5 reduced."),
        ("SLR Rt +, lt intact", "Straight leg raise right positive. Light touch normal."),
        ("SLR Rt +. lt -", "Straight leg raise right positive. Light touch reduced (side not said)."),
        ("SLR Rt +\nlt n", "Straight leg raise right positive.\nLight touch normal."),
        ("slr r+, lt -", "Straight leg raise right positive. Light touch reduced (side not said)."),
        ("lt pp -", "lt. Pinprick reduced (side not said)."),
        ("lt slr r+", "lt. Straight leg raise right positive."),
        ("pp rt12-", "Pinprick right T12 reduced."),
    ] {
        says(text, expected);
    }
    for (text, marked) in [
        ("SLR Rt + Lt -", "SLR Rt + Lt -"),
        ("Rt SLR + Lt -", "Rt SLR + Lt -"),
        ("SLR Rt -, lt -, pp -", "SLR Rt -, lt -,"),
        ("SLR Rt + with back pain, Lt -", "Lt -"),
    ] {
        let pieces = read(text);
        let unread = |piece: &Piece| matches!(piece, Piece::Unread(text, Doubt::WhichSide) if text == marked);
        assert!(pieces.iter().any(unread), "{text}: {pieces:?}");
        assert!(findings(text).iter().all(|finding| finding.term != "lt"), "{text}: {pieces:?}");
    }
}

#[test]
fn an_answer_left_over_makes_its_finding_doubtful() {
    for (text, marked, doubt) in [
        ("EHL L5 4/5 R", "EHL L5 4/5 R", Doubt::WhichSide),
        ("ehl l5, 4/5 r", "ehl l5, 4/5 r", Doubt::WhichSide),
        ("ehl 5 4/5", "ehl 5 4/5", Doubt::NotTaken),
        ("slr + -", "slr + -", Doubt::NotTaken),
        ("hir r30 45", "hir r30 45", Doubt::WhichSide),
    ] {
        let pieces = read(text);
        assert_eq!(pieces, [Piece::Unread(marked.to_owned(), doubt)], "{text}");
    }
    for (text, expected) in [
        ("power 5/5 normal", "Power 5/5. normal"),
        ("flexion limited painful", "flexion limited painful"),
        ("lflex limited painful", "Lumbar flexion limited. painful"),
        ("slr r+ - again next time", "Straight leg raise right positive. - again next time"),
        ("ehl r4, 3 weeks ago 5", "Big toe extension (EHL, L5) right 4/5. 3 weeks ago 5"),
    ] {
        says(text, expected);
    }
}

#[test]
fn where_a_side_could_belong_to_either_answer_nothing_is_guessed() {
    for text in ["kj 2 r 1", "slr 45+ r 30-", "EHL 4/5 R, L 5/5", "R SLR + L", "ehl 4 r l"] {
        let pieces = read(text);
        assert!(!pieces.iter().any(|piece| matches!(piece, Piece::Finding(_))), "{text}: {pieces:?}");
        let marked = pieces.iter().any(|piece| matches!(piece, Piece::Unread(_, Doubt::WhichSide)));
        assert!(marked && sentence(text).contains(text), "{text}: {pieces:?}");
    }
    for (text, marked) in [("flex 60", "flex 60"), ("xyz 4/5 r", "xyz 4/5"), ("wobble + r", "wobble +")] {
        let unread = |piece: &Piece| matches!(piece, Piece::Unread(text, _) if text == marked);
        assert!(read(text).iter().any(unread), "{text}: {:?}", read(text));
    }
}

#[test]
fn an_answer_that_a_term_does_not_take_is_marked_with_its_term() {
    for text in ["arm 5/5", "hir 10/30", "slr 5/5"] {
        let pieces = read(text);
        let marked = pieces.iter().filter(|piece| matches!(piece, Piece::Unread(..))).count();
        assert!(marked > 0 && findings(text).is_empty(), "{text}: {pieces:?}");
    }
}
