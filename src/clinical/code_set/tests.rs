//! Cases of finding and coding conditions.

use super::*;

fn texts(region: Region, query: &str) -> Vec<String> {
    CodeSets::default().find(region, query, 3).into_iter().map(|found| found.text.clone()).collect()
}

#[test]
fn a_condition_is_found_by_any_part_by_its_code_and_but_for_a_slip() {
    for (query, first) in [
        ("low back", "Low back pain, non-specific, low back, unspecified"),
        ("fibro", "Fibromyalgia"),
        ("M54.32", "Lumbar radicular pain or sciatica, sciatica"),
        ("m5432", "Lumbar radicular pain or sciatica, sciatica"),
        ("crps", "Complex regional pain syndrome type 1, upper limb"),
        ("fibromylgia", "Fibromyalgia"),
        ("failed back", "Persisting pain after spine surgery"),
        ("FBSS", "Persisting pain after spine surgery"),
        ("psps", "Persisting pain after spine surgery"),
        ("fms", "Fibromyalgia"),
    ] {
        assert_eq!(texts(Region::Us, query).first().map(String::as_str), Some(first), "{query}");
    }
    assert!(texts(Region::Us, "").is_empty() && texts(Region::Us, "zzzz").is_empty());
}

#[test]
fn what_physicians_say_finds_the_condition_and_what_the_table_has_not_finds_nothing() {
    for (query, first) in [
        ("tmj", "Jaw-joint pain"),
        ("sciatica m54", "Lumbar radicular pain or sciatica"),
        ("sciatca", "Lumbar radicular pain or sciatica"),
        ("whiplash", "Neck sprain, first visit"),
        ("lumbago", "Low back pain, non-specific, low back, unspecified"),
        ("slipped disc", "Lumbar disc displacement"),
        ("facet arthropathy", "Lumbar facet pain (spondylosis)"),
        ("rsd", "Complex regional pain syndrome type 1, upper limb"),
        ("herpes zoster", "Shingles, uncomplicated"),
        ("gonarthrosis", "Knee osteoarthritis"),
        ("plantar fasciitis", "Plantar fascia pain"),
        ("tennis elbow", "Lateral elbow tendon pain"),
        ("ankylosing", "Axial spondyloarthritis"),
        ("post-stroke", "Central pain"),
        ("bulging disc", "Lumbar disc displacement"),
        ("ddd", "Lumbar disc degeneration"),
        ("chronic low back pain", "Low back pain, non-specific"),
        ("pdn", "Painful diabetic neuropathy"),
        ("facial pain", "Persistent idiopathic face pain"),
        ("shingles pain", "Postherpetic neuralgia"),
        ("frozen shoulder", "Frozen shoulder"),
        ("carpal tunnel", "Carpal tunnel"),
        ("fibromialgia", "Fibromyalgia"),
    ] {
        let found = texts(Region::Us, query);
        assert!(found.first().is_some_and(|text| text.starts_with(first)), "{query}: {found:?}");
    }
    for query in [
        "coccydynia",
        "rotator cuff",
        "pudendal",
        "trigger thumb",
        "thoracic outlet",
        "hernia mesh",
        "rsi",
        "ear",
        "piriformis",
    ] {
        assert_eq!(texts(Region::Us, query), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn the_code_is_that_of_the_region_and_of_the_side() {
    use Region::{De, Other, Uk, Us};
    let sciatica = "c|lumbar_radiculopathy|sciatica";
    let both = Some(Side::Both);
    for (region, key, side, code) in [
        (Us, sciatica, Some(Side::Left), Some("M54.32")),
        (Us, sciatica, Some(Side::Right), Some("M54.31")),
        (Us, sciatica, None, Some("M54.30")),
        (Us, sciatica, both, Some("M54.31, M54.32")),
        (Us, "c|lumbar_radiculopathy|radiculopathy, lumbar", Some(Side::Left), Some("M54.16")),
        (Us, "c|knee_oa|primary", both, Some("M17.0")),
        (Other, sciatica, Some(Side::Left), Some("MG30.51")),
        (Other, "c|pad|peripheral vascular, unspecified", None, None),
        (De, "c|fibromyalgia|fibromyalgia", None, Some("M79.70")),
        (Uk, "c|fibromyalgia|fibromyalgia", None, Some("M79.7")),
        (De, sciatica, Some(Side::Left), None),
        (De, "c|chronic_pain_syndrome|chronic pain syndrome", None, None),
        (De, "o|icd10gm2026|M54.4|lumbar_radiculopathy", None, Some("M54.4")),
        (Us, "c|nothing_known|x", None, None),
        (Us, "garbage", None, None),
    ] {
        let chosen = Coded::picked("words", key);
        let (_, found) = resolve(region, &chosen, side);
        assert_eq!(found.map(|found| found.code).as_deref(), code, "{region:?} {key} {side:?}");
    }
}

#[test]
fn a_code_that_was_kept_is_never_converted_but_follows_its_side() {
    for (region, set, code, side, stays) in [
        (Region::De, "icd10cm", "M54.16", Some(Side::Left), "M54.16"),
        (Region::De, "icd10cm", "M54.32", Some(Side::Right), "M54.31"),
        (Region::Us, "icd10cm", "M54.31, M54.32", Some(Side::Left), "M54.32"),
        (Region::Us, "icd10gm2026", "M54.4", Some(Side::Left), "M54.4"),
    ] {
        let kept = Coded::picked("words", format!("k|{set}|{code}|lumbar_radiculopathy"));
        let (id, found) = resolve(region, &kept, side);
        assert_eq!(id.as_deref(), Some("lumbar_radiculopathy"));
        assert_eq!(found, Some(Code { set: set.to_owned(), code: stays.to_owned() }), "{code}");
        assert_eq!(condition_of(&kept).map(|condition| condition.id.as_str()), Some("lumbar_radiculopathy"));
    }
    assert_eq!(resolve(Region::Us, &Coded::free("sore all over"), None), (None, None));
}

#[test]
fn the_hint_says_which_codes_there_are_how_near_and_how_sure() {
    let hint = |region, query: &str| CodeSets::default().find(region, query, 1).pop().unwrap().hint.clone();
    assert!(hint(Region::Us, "carpal").contains("G56.02"));
    assert_eq!(hint(Region::De, "fibromyalgia"), "nearest M79.70");
    assert!(hint(Region::De, "low back pain, non").ends_with("not verified"));
    assert_eq!(hint(Region::De, "carpal"), "no ICD-10-GM code");
    assert_eq!(hint(Region::Uk, "carpal"), "no ICD-10, WHO, 5th edition code");
}

#[test]
fn own_code_sets_are_found_in_their_region_beside_the_conditions() {
    let text = "id = \"gm\"\nname = \"GM\"\nregion = \"de\"\nsource = \"BfArM\"\n[[code]]\ncode = \"M54.4\"\nlabel = \"Lumboischialgie\"\n";
    let sets = CodeSets::with(vec![read_own(text).unwrap()]);
    assert_eq!(sets.find(Region::De, "lumboi", 9).len(), 1);
    assert_eq!(sets.find(Region::De, "m54.4", 9)[0].hint, "M54.4 · GM");
    assert!(sets.find(Region::Us, "lumboischialgie", 9).is_empty());
}

#[test]
fn every_condition_can_be_chosen_and_means_itself() {
    for condition in &conditions().condition {
        for label in labels(condition) {
            let chosen = Coded::picked(&condition.name, format!("c|{}|{label}", condition.id));
            assert_eq!(condition_of(&chosen).map(|found| &found.id), Some(&condition.id));
            for region in [Region::Us, Region::Uk, Region::De, Region::Other] {
                for side in [None, Some(Side::Left), Some(Side::Right), Some(Side::Both), Some(Side::Midline)] {
                    let (id, _) = resolve(region, &chosen, side);
                    assert_eq!(id.as_deref(), Some(condition.id.as_str()));
                }
            }
        }
    }
}
