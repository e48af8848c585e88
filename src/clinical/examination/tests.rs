//! Shorthand, family by family; what holds for any words is in `properties`.

mod doubts;
mod orders;
mod properties;

use std::collections::{BTreeMap, BTreeSet};

use super::change::changes;
use super::sentence::sentence;
use super::{Doubt, Piece, budapest, canonical, findings, guide, read};
use crate::clinical::facts::examination::examination;

#[track_caller]
fn says(text: &str, expected: &str) {
    assert_eq!(sentence(text), expected, "{text}");
}

#[test]
fn the_example_of_every_day_reads_as_it_should() {
    says(
        "slr r45+ l80- ehl r4+ lt l5r-",
        "Straight leg raise right positive at 45°, left negative at 80°. Big toe extension (EHL, L5) right 4+/5. \
         Light touch right L5 reduced.",
    );
}

#[test]
fn back_and_sacroiliac_joint() {
    for (text, expected) in [
        ("slr r45+", "Straight leg raise right positive at 45°."),
        ("SLR R 45 pos", "Straight leg raise right positive at 45°."),
        ("slr: r45+, l-", "Straight leg raise right positive at 45°, left negative."),
        ("lasegue b-", "Straight leg raise both sides negative."),
        ("slr b−", "Straight leg raise both sides negative."),
        ("slr positive right", "Straight leg raise right positive."),
        ("slr 45+", "Straight leg raise positive at 45° (side not said)."),
        ("lflex 60 pain", "Lumbar flexion 60° painful."),
        (
            "back: flex 60+ ext 10° lat r20 l15+",
            "back: Lumbar flexion 60° painful. Lumbar extension 10°. Lumbar side bending right 20°, left 15° painful.",
        ),
        ("ffd 12.5cm", "Fingertips to floor 12.5 cm."),
        ("schober 14,5", "Schober's measure 14.5 cm."),
        (
            "kemp l45r+ l5s1r+ l-",
            "Extension with rotation right L4/5 positive, right L5/S1 positive, left L5/S1 negative.",
        ),
        ("pvt l4-s1b+", "Tenderness beside the spine both sides L4-S1 tender."),
        (
            "faber r+ thrust r+ comp r- dist b-",
            "FABER test right positive. Thigh thrust right positive. Sacroiliac compression right negative. Sacroiliac distraction both sides negative.",
        ),
        ("saddle n anal n", "Saddle feeling normal. Anal tone normal."),
    ] {
        says(text, expected);
    }
}

#[test]
fn neck_hip_shoulder_and_knee() {
    for (text, expected) in [
        (
            "crot r40+ l70 spurling r+ lherm -",
            "Cervical rotation right 40° painful, left 70°. Spurling's test right positive. Lhermitte's sign negative.",
        ),
        (
            "neck: flex 45 facet c45r+ c56r++",
            "neck: Cervical flexion 45°. Tenderness over the cervical facet joints right C4/5 tender, right C5/6 very tender.",
        ),
        (
            "hip: flex r100 ir r15+ l30 fadir r+",
            "hip: Hip flexion right 100°. Hip internal rotation right 15° painful, left 30°. FADIR test right positive.",
        ),
        ("hir r15+", "Hip internal rotation right 15° painful."),
        (
            "trend r+ gtt r++",
            "Trendelenburg's sign right positive. Tenderness over the greater trochanter right very tender.",
        ),
        (
            "shoulder: abd r90+ l180 jobe r+ arc r70+",
            "shoulder: Shoulder abduction right 90° painful, left 180°. Empty can test right positive. Painful arc right positive at 70°.",
        ),
        (
            "knee: flex r110 l135 eff r± mcm med r+ jlt r med+",
            "knee: Knee flexion right 110°, left 135°. Knee effusion right slight. McMurray's test right inner side positive. Tenderness over the joint line right inner side tender.",
        ),
        ("lach b- valgus r5-", "Lachman's test both sides negative. Valgus stress test right negative at 5°."),
    ] {
        says(text, expected);
    }
}

#[test]
fn neurological() {
    for (text, expected) in [
        ("power l4r4 l5r3+ s1r5 l5l5", "Power right L4 4/5, right L5 3+/5, right S1 5/5, left L5 5/5."),
        ("power 5 both", "Power both sides 5/5."),
        ("ehl l5", "Big toe extension (EHL, L5) left 5/5."),
        (
            "ehl r4/5 ta r4- gastro b5",
            "Big toe extension (EHL, L5) right 4/5. Ankle dorsiflexion (tibialis anterior, L4) right 4-/5. Ankle plantar flexion (S1) both sides 5/5.",
        ),
        ("kj b2+ aj r0 l1+", "Knee reflex both sides normal (2+). Ankle reflex right absent (0), left reduced (1+)."),
        ("psr b2 asr r-", "Knee reflex both sides normal (2+). Ankle reflex right absent (0)."),
        (
            "bab r up l down clonus r4+ hoff b-",
            "Plantar response right extensor, left flexor. Ankle clonus right 4 beats present. Hoffmann's sign both sides negative.",
        ),
        ("lt l5r- l+", "Light touch right L5 reduced, left L5 increased."),
        (
            "pp c6r-- cold sural l- lt n",
            "Pinprick right C6 absent. Feeling of cold left sural nerve reduced. Light touch normal.",
        ),
        ("vib foot b-", "Vibration both sides foot reduced."),
        ("tone arm r+ mas r1+", "Muscle tone right arm increased. Modified Ashworth grade right 1+ of 4."),
        ("gait antalgic slow stick", "Gait antalgic, slow, with a stick."),
        (
            "hw r- tw + sls r12 romberg -",
            "Heel walking right not possible. Toe walking possible. Single leg stance right 12 s. Romberg's test negative.",
        ),
        (
            "tinel median r+ grip r4 dyna r24kg",
            "Tinel's sign right median nerve positive. Grip right 4/5. Grip by dynamometer right 24 kg.",
        ),
    ] {
        says(text, expected);
    }
}

#[test]
fn headache_and_crps() {
    for (text, expected) in [
        (
            "tp trap r++ l+ subocc b+",
            "Trigger point right upper trapezius very tender, left upper trapezius tender, both sides suboccipital muscles tender.",
        ),
        (
            "gon r+ l- son b- sta b-",
            "Tenderness over the greater occipital nerve right tender, left not tender. Tenderness over the supraorbital nerve both sides not tender. Tenderness of the temporal artery both sides not tender.",
        ),
        (
            "callo scalp r+ mouth 38 cn n fundi b sharp",
            "Allodynia of the skin of the head right scalp present. Mouth opening 38 mm. Cranial nerves normal. Optic disc both sides sharp.",
        ),
        (
            "temp hand r-1.5 col hand r blue mottled",
            "Skin temperature right hand 1.5 °C colder. Skin colour right hand bluish, right hand mottled.",
        ),
        (
            "oed hand r+ sweat r more allo hand r+ hpa r+",
            "Swelling right hand present. Sweating right more. Allodynia to light touch right hand present. Hyperalgesia to pinprick right present.",
        ),
        (
            "romr r+ nail r+ hair r- dyst r-",
            "Active movement right reduced. Nail growth right changed. Hair growth right unchanged. Dystonia right absent.",
        ),
    ] {
        says(text, expected);
    }
}

#[test]
fn answers_in_the_order_of_a_physicians_own_note_keep_their_sides() {
    for (text, expected) in [
        (
            "R SLR + at 45, L SLR neg, EHL 4/5 R, 5/5 L, AJ 1+ R 2+ L, sens decr L5 R",
            "Straight leg raise right positive at 45°. Straight leg raise left negative. Big toe extension (EHL, L5) right 4/5, left 5/5. Ankle reflex right reduced (1+), left normal (2+). Sensation right L5 reduced.",
        ),
        ("SLR pos R at 40, neg L.", "Straight leg raise right positive at 40°, left negative."),
        ("slr 30 R pos", "Straight leg raise right positive at 30°."),
        ("slr r + 45", "Straight leg raise right positive at 45°."),
        ("slr r+/l-", "Straight leg raise right positive, left negative."),
        ("SLR -/-", "Straight leg raise both sides negative."),
        ("slr R: 45+, L: 80-", "Straight leg raise right positive at 45°, left negative at 80°."),
        ("kj 2+/2+ aj 2+ sym", "Knee reflex both sides normal (2+). Ankle reflex both sides normal (2+)."),
        ("lt reduced L5 R S1 R", "Light touch right L5 reduced, right S1 reduced."),
        ("FADIR+ FABER- r", "FADIR test positive (side not said). FABER test right negative."),
        ("no effusion, no crepitus", "Knee effusion absent. Crepitus of the knee absent."),
        ("RUE 5/5, LUE 4/5", "Power right arm and hand 5/5, left arm and hand 4/5."),
        ("Strong. RLE: 4+/5", "Strong. Power right leg and foot 4+/5."),
        ("RLE swollen", "RLE swollen"),
        ("L grip 4/5, power 5/5 BLE", "Grip left 4/5. Power both sides leg and foot 5/5."),
        ("sacral thrust - thigh thrust + r", "Sacral thrust negative. Thigh thrust right positive."),
        ("sacral thrust+ r, thigh  thrust− l", "Sacral thrust right positive. Thigh thrust left negative."),
        ("R hip IR 5, knee ext 10 deg l", "Hip internal rotation right 5°. Lack of knee extension left 10°."),
        (
            "Lumbar ROM: flexion 50 deg, extension 10 deg painful. Shoulder abduction 90 r",
            "Lumbar ROM: Lumbar flexion 50°. Lumbar extension 10° painful. Shoulder abduction right 90°.",
        ),
        ("ttp l4/5 r, tender over l5/s1 b", "Tenderness right L4/5 tender. Tenderness both sides L5/S1 tender."),
        ("Hoffmann's neg, cn 2-12 intact", "Hoffmann's sign negative. Cranial nerves normal."),
        // What a sentence says is not torn into findings.
        ("swelling no worse, tremor no longer there", "swelling no worse, tremor no longer there"),
        ("right hip pain since May, left knee replaced", "right hip pain since May, left knee replaced"),
        ("oedema, no tremor", "oedema. Tremor absent."),
        ("neck stiffness no better than before", "neck stiffness no better than before"),
    ] {
        says(text, expected);
    }
}

#[test]
fn prose_stays_as_it_was_typed_and_unknown_words_are_marked_in_order() {
    let unread = |text: &str| -> Vec<(String, Doubt)> {
        let of = |piece| if let Piece::Unread(text, doubt) = piece { Some((text, doubt)) } else { None };
        read(text).into_iter().filter_map(of).collect()
    };
    for (text, expected) in [
        ("Walks well, no limp. Undresses alone.", "Walks well, no limp. Undresses alone."),
        ("walks well; slr r45+; needs a stick", "walks well. Straight leg raise right positive at 45°. needs a stick"),
        ("gait with a limp", "gait with a limp"),
        ("knee pain on stairs, hip replaced 2019", "knee pain on stairs, hip replaced 2019"),
        ("L5/S1 fused, B12 given, pain 4+ weeks", "L5/S1 fused, B12 given, pain 4+ weeks"),
        ("first line\nslr r45+\n\nthird", "first line\nStraight leg raise right positive at 45°.\n\nthird"),
    ] {
        says(text, expected);
        assert_eq!(unread(text), [], "{text}");
    }
    for (text, expected) in [
        ("sle r45+ ehl r4", vec![("sle r45+", Doubt::NoTerm)]),
        ("sle r45+ l80-", vec![("sle r45+ l80-", Doubt::NoTerm)]),
        ("slr", vec![("slr", Doubt::NoAnswer)]),
        ("slr r", vec![("slr r", Doubt::NoAnswer)]),
        ("slr r45+ l", vec![("l", Doubt::NoAnswer)]),
        ("slr r45+ r999", vec![("r999", Doubt::NotTaken)]),
        ("ehl r7", vec![("ehl", Doubt::NoAnswer), ("r7", Doubt::NoTerm)]),
        ("abd r90", vec![("abd r90", Doubt::WhichFamily)]),
        ("slr r45+ bla r4+ ehl r5 foo l5r-", vec![("bla r4+", Doubt::NoTerm), ("foo l5r-", Doubt::NoTerm)]),
    ] {
        let expected: Vec<(String, Doubt)> = expected.into_iter().map(|(text, why)| (text.to_owned(), why)).collect();
        assert_eq!(unread(text), expected, "{text}");
    }
}

#[test]
fn what_changed_since_the_last_visit_is_named() {
    let named = |now: &str, last: &str| -> Vec<String> {
        changes(&findings(now), &findings(last)).iter().map(super::change::Change::words).collect()
    };
    for (now, last, expected) in [
        ("ehl l4", "", vec!["new: left EHL 4/5"]),
        ("ehl l4", "ehl b5", vec!["left EHL 5/5 → 4/5"]),
        ("ehl b5", "ehl b5", vec![]),
        ("ehl b5", "", vec![]),
        ("slr r30+ l-", "slr r45+ l-", vec!["right SLR positive at 45° → positive at 30°"]),
        ("slr r-", "slr r45+", vec!["right SLR positive at 45° → negative"]),
        ("slr l- slr r+ lt l5r-", "slr b-", vec!["right SLR negative → positive", "new: right light touch L5 reduced"]),
        ("gait antalgic stick", "gait antalgic", vec!["gait antalgic → antalgic, with a stick"]),
        ("", "slr r+", vec![]),
    ] {
        assert_eq!(named(now, last), expected, "{now} after {last}");
    }
}

#[test]
fn signs_of_crps_feed_the_budapest_criteria() {
    for (text, signs) in [
        ("allo hand r+", vec!["sensory"]),
        ("allo hand r- oed r+", vec!["sudomotor"]),
        ("temp r-1.0", vec![]),
        ("temp r-1.1", vec!["vasomotor"]),
        ("temp r cold", vec!["vasomotor"]),
        ("col r red oed r+ sweat r= romr r+", vec!["motor_trophic", "sudomotor", "vasomotor"]),
        ("slr r+", vec![]),
    ] {
        let found: Vec<String> = budapest::signs(&findings(text)).into_iter().collect();
        assert_eq!(found, signs, "{text}");
    }
    let all = BTreeSet::from(["sensory", "vasomotor", "sudomotor"].map(str::to_owned));
    let input = budapest::input(&findings("col r red oed r+"), all, true, true);
    assert!(crate::clinical::calc::budapest::budapest(&input).unwrap().clinical_met);
    assert_eq!(budapest::line(&findings("slr r+")), None);
    assert_eq!(
        budapest::line(&findings("col r red oed r+")).unwrap(),
        "Budapest signs in 2 of 4 categories (vasomotor, sudomotor / oedema): as many as the criteria ask."
    );
    assert!(budapest::line(&findings("oed r-")).unwrap().contains("0 of 4"));
}

#[test]
fn the_words_are_told_apart() {
    let table = examination();
    let mut typed: BTreeMap<&str, &str> = BTreeMap::new();
    let mut keys = BTreeSet::new();
    for term in table.family.iter().flat_map(|family| &family.terms) {
        keys.insert(term.key.as_str());
        for word in std::iter::once(&term.key).chain(&term.also) {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || " '-".contains(c);
            assert!(word.len() <= 26 && word.chars().all(plain), "{word}");
            assert!(word.split(' ').count() <= 4, "{word}");
            let other = typed.insert(word, &term.key);
            assert_eq!(other, None, "{word} stands twice");
        }
        assert!(table.scale_of(term).is_some(), "{}: {}", term.key, term.scale);
        assert_eq!(term.unit.is_some(), table.unit_of(term).is_some(), "{}", term.key);
        assert_eq!(term.unit.is_some(), term.most.is_some(), "{}", term.key);
        for set in &term.sites {
            let built_in = ["root", "segment"].contains(&set.as_str());
            assert!(built_in || table.site.iter().any(|known| &known.set == set), "{}: {set}", term.key);
        }
    }
    for family in &table.family {
        let mut within = BTreeSet::new();
        for term in &family.terms {
            for word in &term.within {
                assert!(within.insert(word), "{word} stands twice under {}", family.id);
                assert!(!keys.contains(word.as_str()), "{word} is a term of its own");
            }
        }
    }
    for term in table.family.iter().flat_map(|family| &family.terms).filter(|term| term.unit.is_some()) {
        // A bare number is the figure or a grade, never either.
        let number = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
        let grades = table.scale_of(term).unwrap().answers.iter().any(|answer| number(&answer.key));
        assert!(!grades, "{} takes a figure and graded numbers", term.key);
    }
    // Behind another term the key that is printed must not be read as an answer of it.
    let answers = || table.scale.iter().flat_map(|scale| &scale.answers);
    let words = || answers().flat_map(|answer| std::iter::once(&answer.key).chain(&answer.also));
    for term in table.family.iter().flat_map(|family| &family.terms) {
        assert!(words().all(|word| word != &term.key), "{} is an answer too", term.key);
    }
    for scale in &table.scale {
        let mut seen = BTreeSet::new();
        for answer in &scale.answers {
            for word in std::iter::once(&answer.key).chain(&answer.also) {
                assert!(seen.insert(word), "{}: {word} stands twice", scale.id);
            }
        }
    }
    let mut names = BTreeSet::new();
    for name in table.site.iter().flat_map(|set| &set.names) {
        assert!(names.insert(&name.key), "{} stands twice", name.key);
    }
}

#[test]
fn every_term_reads_with_every_answer_and_prints_as_itself() {
    let table = examination();
    for term in table.family.iter().flat_map(|family| &family.terms) {
        for answer in &table.scale_of(term).unwrap().answers {
            for word in std::iter::once(&answer.key).chain(&answer.also) {
                let side = if term.sided { "r " } else { "" };
                let text = format!("{} {side}{word}", term.key);
                let read = findings(&text);
                assert_eq!(read.len(), 1, "{text}");
                assert_eq!(
                    (read[0].term.as_str(), read[0].grade.as_deref()),
                    (term.key.as_str(), Some(answer.key.as_str())),
                    "{text}"
                );
            }
        }
        if let Some(most) = term.most {
            assert_eq!(findings(&format!("{} {most}", term.key))[0].tenths, Some(most * 10), "{}", term.key);
            assert_eq!(findings(&format!("{} {}", term.key, most + 1)), [], "{}", term.key);
        }
    }
}

#[test]
fn the_published_words_hold_every_term() {
    let text = guide::text();
    for term in examination().family.iter().flat_map(|family| &family.terms) {
        let name: Vec<&str> = term.name.split(' ').collect();
        assert!(text.contains(&term.key) && name.iter().all(|word| text.contains(word)), "{}", term.key);
    }
    assert!(text.lines().all(|line| crate::clinical::text::width(line) <= 74), "{text}");
    assert!(text.contains("not verified") && text.contains("Memorandum"));
}

#[test]
fn hostile_text_is_prose() {
    let family = "👨‍👩‍👧‍👦 e\u{301}\u{301}\u{301} مريض مع ألم دर्द है \u{202e}slr\u{0} ﷽ 🦴🦴";
    for text in
        [family, "", " ", "\n\n\n", ";;;", "+++", "r", "l5", ".,;:!?", "slr r45+\u{7}", "ｓｌｒ ｒ４５＋", "ſlr r4"]
    {
        let pieces = read(text);
        assert_eq!(read(&canonical(&pieces)), pieces, "{text}");
    }
    says(family, family);
    let long = "slr r45+ xyz r4+ مريض 👩‍⚕️ ".repeat(4_000);
    let pieces = read(&long);
    assert_eq!(pieces.iter().filter(|piece| matches!(piece, Piece::Finding(_))).count(), 4_000);
    // Nor does a long row of answers before their terms take long, or the stack.
    assert_eq!(findings(&"+ slr ".repeat(4_000)).len(), 4_000);
    let one_word = "r4+".repeat(50_000);
    assert_eq!(canonical(&read(&one_word)), one_word);
}

#[test]
fn a_grade_before_a_muscle_is_never_that_of_the_whole_limb() {
    for text in ["RLE: 3/5 EHL", "RLE: 5/5 EHL, 4/5 TA"] {
        assert!(!sentence(text).contains("right leg and foot"), "{}", sentence(text));
    }
}
