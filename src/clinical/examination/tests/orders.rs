//! Answers before their terms, sides that differ, words that are one: as physicians type them. What could be said wrongly is
//! marked and not said.

use super::{findings, read, says};
use crate::clinical::examination::{Doubt, Piece};

#[test]
fn an_answer_before_its_term_is_that_terms_and_never_its_neighbours() {
    for (text, expected) in [
        ("positive slr r, negative slump", "Straight leg raise right positive. Slump test negative."),
        ("neg slr, pos slump r", "Straight leg raise negative. Slump test right positive."),
        ("neg slr pos slump r", "Straight leg raise negative. Slump test right positive."),
        ("5/5 EHL, 4/5 TA r", "Big toe extension (EHL, L5) 5/5. Ankle dorsiflexion (tibialis anterior, L4) right 4/5."),
        ("4/5 R EHL, 5/5 L EHL", "Big toe extension (EHL, L5) right 4/5. Big toe extension (EHL, L5) left 5/5."),
        ("decreased pp L5 r, normal lt", "Pinprick right L5 reduced. Light touch normal."),
        ("pp reduced l5 r, normal lt", "Pinprick right L5 reduced. Light touch normal."),
        ("1+ R AJ, 2+ L KJ", "Ankle reflex right reduced (1+). Knee reflex left normal (2+)."),
        ("reflexes: 1+ R AJ, 2+ L KJ", "reflexes: Ankle reflex right reduced (1+). Knee reflex left normal (2+)."),
        ("+ Neer, + Hawkins R", "Neer's test positive (side not said). Hawkins' test right positive."),
        ("+SLR R at 40", "Straight leg raise right positive at 40°."),
        ("mild effusion", "Knee effusion slight (side not said)."),
        ("small effusion R knee", "Knee effusion right slight."),
        ("antalgic gait", "Gait antalgic."),
        ("normal gait, slow", "Gait normal. slow"),
        ("5/5 strength bilateral LE", "Power both sides leg and foot 5/5."),
        ("decreased sensation L5 dermatome right", "Sensation right L5 reduced."),
        ("intact to LT", "Light touch normal."),
        ("sensation intact to light touch and pp", "Light touch normal. Pinprick normal."),
        ("SILT L2-S1 b/l", "Light touch both sides L2-S1 normal."),
        ("lt and pp intact", "Light touch normal. Pinprick normal."),
        ("lt/pp intact", "Light touch normal. Pinprick normal."),
        ("positive slump and slr neg", "Slump test positive (side not said). and. Straight leg raise negative."),
        ("hoff and clonus neg", "Hoffmann's sign negative. Ankle clonus absent."),
        ("ttp greater trochanter R", "Tenderness over the greater trochanter right tender."),
        ("occipital tenderness b/l", "Tenderness over the greater occipital nerve both sides tender."),
        ("positive spurling r reproducing arm pain", "Spurling's test right positive. reproducing arm pain"),
    ] {
        says(text, expected);
    }
}

#[test]
fn what_may_turn_an_answer_round_marks_it() {
    for text in [
        "positive slr last year, now negative",
        "was positive slr r",
        "no longer positive slr r",
        "no marked effusion r",
        "without marked spasm",
        "shows positive slr r, negative",
        "positive slr r previously",
        "- slump",
        "-SLR b/l",
        "slr r - , - slump",
    ] {
        let said: Vec<String> =
            findings(text).into_iter().map(|finding| finding.term).filter(|term| term != "slr").collect();
        assert_eq!(said, Vec::<String>::new(), "{text}: {:?}", read(text));
        assert!(text.starts_with("slr r") || findings(text).is_empty(), "{text}: {:?}", read(text));
        assert!(
            read(text).iter().any(|piece| matches!(piece, Piece::Unread(_, Doubt::Denied))),
            "{text}: {:?}",
            read(text)
        );
    }
    // A word of every day is no term behind an adjective, a stroke is no side, and a bullet is no minus.
    for text in ["small tear, right", "hip flexion 5/5", "knee ext -5 r", "compression +", "ROM limited in extension"] {
        assert_eq!(findings(text), [], "{text}: {:?}", read(text));
    }
    says("shows positive slump and xslr neg", "shows positive. slump. and. Crossed straight leg raise negative.");
    says("- SLR r+", "-. Straight leg raise right positive.");
    says("TTP L4/5 facets R>L", "Tenderness L4/5 tender, right more than left.");
}

#[test]
fn sides_that_differ_are_both_said() {
    for (text, expected) in [
        ("aj 1+/2+", "Ankle reflex right reduced (1+), left normal (2+)."),
        ("aj r 1+ / l 2+", "Ankle reflex right reduced (1+), left normal (2+)."),
        ("kj 2+/2+ aj 0/1+", "Knee reflex both sides normal (2+). Ankle reflex right absent (0), left reduced (1+)."),
        ("kj 2/4 b", "Knee reflex both sides normal (2+)."),
        ("bab down/up", "Plantar response right flexor, left extensor."),
        ("ttp l4/5 R>L", "Tenderness L4/5 tender, right more than left."),
        ("facet loading L > R", "Extension with rotation left more than right."),
        ("facet loading positive b/l L>R", "Extension with rotation positive, left more than right."),
        ("edema hand r<l", "Swelling hand present, left more than right."),
        ("Spurling positive on the right", "Spurling's test right positive."),
        ("SLR positive at 30 degrees on the left", "Straight leg raise left positive at 30°."),
        ("temp -2 C R foot", "Skin temperature right foot 2 °C colder."),
        (
            "Shoulder R: abd 90, neer +, er l 60",
            "Shoulder R: Shoulder abduction right 90°. Neer's test right positive. Shoulder external rotation left 60°.",
        ),
        ("knee rom l: 0-90\nhip right: ir 15", "knee rom l: 0-90\nhip right: Hip internal rotation right 15°."),
        // What has no side leaves it to the term behind.
        ("mouth nt R fadir +", "Mouth opening not tested. FADIR test right positive."),
        ("gait antalgic R SLR 45+", "Gait antalgic. Straight leg raise right positive at 45°."),
        ("faber neg, hip l: flex 100", "FABER test negative. hip l: Hip flexion left 100°."),
        (
            "thigh thrust +r, slr -l +r",
            "Thigh thrust right positive. Straight leg raise left negative, right positive.",
        ),
        (
            "temp asymmetry r hand, sweating inc r hand, color changes r hand",
            "Skin temperature right hand different from the other side. Sweating right hand more. Skin colour right hand \
             changed.",
        ),
        (
            "R shoulder: abd 90 neer + er l 60",
            "R shoulder: Shoulder abduction right 90°. Neer's test right positive. Shoulder external rotation left 60°.",
        ),
        (
            "R knee: flex 120 spurling -\nkflex 90",
            "R knee: Knee flexion right 120°. Spurling's test negative.\nKnee flexion 90°.",
        ),
    ] {
        says(text, expected);
    }
    for text in ["ehl 5/4", "ehl 4+/5-", "slr -/+", "spurling -/+"] {
        let marked = matches!(read(text).as_slice(), [Piece::Unread(all, Doubt::WhichSide)] if all == text);
        assert!(marked, "{text}: {:?}", read(text));
    }
}

#[test]
fn a_turned_arm_reaches_a_vertebra() {
    for (text, expected) in [
        ("shoulder: ir t8", "shoulder: Shoulder internal rotation to T8."),
        ("shoulder: ir r t8 l l1", "shoulder: Shoulder internal rotation right to T8, left to L1."),
        ("ir t8", "Shoulder internal rotation to T8."),
        ("IR to L5 R", "Shoulder internal rotation right to L5."),
        ("sir rt12+", "Shoulder internal rotation right to T12, painful."),
        ("sir r 60", "Shoulder internal rotation right 60°."),
        ("shoulder: ir r buttock", "shoulder: Shoulder internal rotation right to the buttock."),
        (
            "deltoid 5/5, biceps 5/5, triceps 4/5 R",
            "Shoulder abduction (deltoid) 5/5. Elbow flexion (biceps, C5) 5/5. Elbow extension (triceps, C7) right 4/5.",
        ),
    ] {
        says(text, expected);
    }
    assert_eq!(findings("ir 20"), [], "of which joint");
    assert_eq!(findings("biceps 2"), [], "a reflex or a grade of power");
}
