//! Lists as record systems print them, line by line; hostile text; what is shown reads back to the same.

use proptest::prelude::*;

use super::{read, read_as};
use crate::clinical::bring_in::{Fate, Kind, Read};
use crate::clinical::practice::Region;
use crate::clinical::typed::Reading;
use crate::clinical::vocab::Vocab;

fn reading(region: Region) -> Reading {
    Reading::of(region, "2026-11-24T10:14:00".parse().unwrap())
}

/// Kind and words of each row.
fn rows(text: &str, region: Region) -> Vec<(&'static str, String)> {
    read(text, &reading(region)).into_iter().map(|row| (row.read.kind().name(), row.read.show())).collect()
}

#[track_caller]
pub(super) fn check(text: &str, region: Region, expected: &[(&str, &str)]) {
    let expected: Vec<(&str, String)> = expected.iter().map(|(kind, words)| (*kind, (*words).to_owned())).collect();
    assert_eq!(rows(text, region), expected, "{text}");
}

#[test]
fn a_percentage_keeps_its_sign() {
    let line = "Procedure History\nTFESI L5 right 3/2023 60 %";
    check(line, Region::Us, &[("procedure", "TFESI 60 % L5 right, Mar 2023")]);
}

#[test]
fn a_day_in_the_order_of_another_region_is_read_where_it_can_be_no_other() {
    let line = |date: &str| {
        format!("Procedure History\n{date} L4-5 interlaminar ESI, Dr. Smith, 80 mg depomedrol - 60% relief")
    };
    let shown = |date: &str| format!("interlaminar ESI 60% relief L4-5, {date}, 80 mg depomedrol, by Dr. Smith");
    for (region, typed, date) in [
        (Region::Uk, "03/15/2024", "15 Mar 2024"),
        (Region::Us, "15/03/2024", "15 Mar 2024"),
        (Region::Uk, "03/05/2024", "3 May 2024"),
        (Region::Us, "03/05/2024", "5 Mar 2024"),
    ] {
        check(&line(typed), region, &[("procedure", &shown(date))]);
    }
}

#[test]
fn status_words_heads_of_tables_and_severities_are_no_entries() {
    check(
        "Problem List\n\
         Lumbar radiculopathy, left - M54.16 - Active\n\
         HTN (I10) (Active)\n\
         Active tuberculosis\n\
         Allergies\n\
         Penicillins - Hives (Severe)\n\
         Percocet (oxycodone) - itching\n\
         Past Surgical History\n\
         Procedure Laterality Date\n\
         Lumbar discectomy L4-5 Left 06/2017",
        Region::Us,
        &[
            ("problem", "Lumbar radiculopathy left [M54.16]"),
            ("diagnosis", "HTN (I10)"),
            ("diagnosis", "Active tuberculosis"),
            ("allergy", "Penicillins (Hives (Severe))"),
            ("allergy", "Percocet (oxycodone) (itching)"),
            ("procedure", "Lumbar discectomy L4-5 left, Jun 2017"),
        ],
    );
}

#[test]
fn a_chart_with_headings_is_read_list_by_list() {
    check(
        "Problem List\n\
         • Low back pain (M54.50) - onset 03/2019\n\
         • Type 2 diabetes mellitus [E11.9]\n\
         • Hypertension, since 2012\n\
         \n\
         Allergies (2): Penicillin (hives), latex\n\
         Sulfa - rash\n\
         \n\
         Current Medications\n\
         1. Gabapentin 300 mg capsule, take 2 capsules by mouth three times daily\n\
         2. apixaban 5 mg PO BID\n\
         3. Ibuprofen 400mg q6h prn\n\
         \n\
         Past Surgical History:\n\
         L4-5 TFESI left 04/12/2023 with triamcinolone 40 mg by Dr. Reyes\n\
         Lumbar fusion L4-S1 2018\n\
         \n\
         Social History: lives with her sister; does not smoke",
        Region::Us,
        &[
            ("problem", "Low back pain [M54.50], since Mar 2019"),
            ("diagnosis", "Type 2 diabetes mellitus [E11.9]"),
            ("diagnosis", "Hypertension, since 2012"),
            ("allergy", "Penicillin (hives)"),
            ("allergy", "latex"),
            ("allergy", "Sulfa (rash)"),
            ("medicine", "Gabapentin 300 mg capsule, 2 capsules by mouth three times daily"),
            ("medicine", "apixaban 5 mg, by mouth twice daily"),
            ("medicine", "Ibuprofen 400mg, every 6 hours as needed"),
            ("procedure", "TFESI L4-5 left, 12 Apr 2023, triamcinolone 40 mg, by Dr. Reyes"),
            ("procedure", "Lumbar fusion L4-S1, 2018"),
            ("text", "lives with her sister"),
            ("text", "does not smoke"),
        ],
    );
}

#[test]
fn a_blank_line_behind_a_heading_keeps_it_and_one_behind_rows_ends_it_where_something_else_begins() {
    check(
        "Allergies:\n\nPenicillin - rash\nLatex\n\nPatient prefers mornings.\nNext of kin: a sister",
        Region::Us,
        &[
            ("allergy", "Penicillin (rash)"),
            ("allergy", "Latex"),
            ("text", "Patient prefers mornings."),
            ("text", "Next of kin: a sister"),
        ],
    );
    // Every line stands apart: the list goes on.
    check(
        "Allergies\n\nPenicillin\n\nSulfa antibiotics\n\nlatex (itching)\n\nMedications\n\nnaproxen 500 mg bid\n\nmacrogol",
        Region::Us,
        &[
            ("allergy", "Penicillin"),
            ("allergy", "Sulfa antibiotics"),
            ("allergy", "latex (itching)"),
            ("medicine", "naproxen 500 mg, twice daily"),
            ("medicine", "macrogol"),
        ],
    );
    // What has a shape of its own is that, whatever stood above.
    check(
        "Allergies\nLatex\n\ngabapentin 300 mg tid\nnaproxen 500 mg bid\n\nM54.16 Lumbar radiculopathy",
        Region::Us,
        &[
            ("allergy", "Latex"),
            ("medicine", "gabapentin 300 mg, three times daily"),
            ("medicine", "naproxen 500 mg, twice daily"),
            ("problem", "Lumbar radiculopathy [M54.16]"),
        ],
    );
    // Nothing of a list that is none of ours becomes an entry of it.
    check("Social History\n\nSmokes\n\nRetired", Region::Us, &[("text", "Smokes"), ("text", "Retired")]);
}

#[test]
fn without_a_heading_the_shape_says_what_a_line_is() {
    check(
        "Naproxen 500 mg twice a day\n\
         Allergic to codeine\n\
         M54.16 Radiculopathy, lumbar region\n\
         Left knee arthroscopy 2015\n\
         Walks with a stick\n\
         Eliquis",
        Region::Uk,
        &[
            ("medicine", "Naproxen 500 mg, twice daily"),
            ("allergy", "codeine"),
            ("problem", "Radiculopathy, lumbar region [M54.16]"),
            ("procedure", "knee arthroscopy left, 2015"),
            ("text", "Walks with a stick"),
            ("medicine", "Eliquis"),
        ],
    );
}

#[test]
fn a_german_list_is_read_in_its_own_order() {
    check(
        "Diagnosen\n\
         M51.1 Bandscheibenschaden lumbal mit Radikulopathie, seit 03.2019\n\
         Allergien: keine bekannt\n\
         Dauermedikation:\n\
         Pregabalin 75 mg Kapseln 1-0-1\n\
         Metamizol 500 mg Tabletten 1-1-1-1 bei Bedarf\n\
         Phenprocoumon 3 mg nach Plan\n\
         Eingriffe\n\
         12.03.2024 PRT L5 rechts mit Triamcinolon 40 mg\n\
         Nukleotomie L4/5 links 2016",
        Region::De,
        &[
            ("problem", "Bandscheibenschaden lumbal mit Radikulopathie [M51.1], since Mar 2019"),
            ("allergy", "none"),
            ("medicine", "Pregabalin 75 mg Kapseln, 1-0-1"),
            ("medicine", "Metamizol 500 mg Tabletten, 1-1-1-1 as needed"),
            ("medicine", "Phenprocoumon 3 mg, nach Plan"),
            ("procedure", "PRT L5 right, 12 Mar 2024, Triamcinolon 40 mg"),
            ("procedure", "Nukleotomie L4/5 left, 2016"),
        ],
    );
}

#[test]
fn columns_of_a_table_are_parted_and_its_head_is_none_of_the_rows() {
    check(
        "Allergies\n\
         Allergen\tReaction\tSeverity\n\
         Penicillin\tHives\tHigh\n\
         | Latex | Itching |\n\
         Medications\n\
         Medication | Dose | Route | Frequency\n\
         Duloxetine | 60 mg | oral | daily\n\
         Buprenorphine patch | 10 mcg/h | transdermal | weekly",
        Region::Us,
        &[
            ("allergy", "Penicillin (Hives High)"),
            ("allergy", "Latex (Itching)"),
            ("medicine", "Duloxetine 60 mg, by mouth once daily"),
            ("medicine", "Buprenorphine 10 mcg/h, on the skin once weekly, patch"),
        ],
    );
}

#[test]
fn medicines_are_taken_apart() {
    for (line, name, strength, dose, route, frequency, rest) in [
        ("gabapentin 300 mg tid", "gabapentin", "300 mg", "", "", "three times daily", ""),
        ("Gabapentin 300mg cap 1 cap PO TID", "Gabapentin", "300mg cap", "1 cap", "by mouth", "three times daily", ""),
        (
            "oxycodone-acetaminophen 5-325 mg 1 tablet q4-6h prn pain",
            "oxycodone-acetaminophen",
            "5-325 mg",
            "1 tablet",
            "",
            "every 4-6 hours as needed",
            "pain",
        ),
        ("Take amitriptyline 10 mg at bedtime", "amitriptyline", "10 mg", "", "", "at night", ""),
        ("fentanyl 12 mcg/hr patch every 3 days", "fentanyl", "12 mcg/hr patch", "", "", "every 3 days", ""),
        ("methotrexate 15 mg s.c. once weekly", "methotrexate", "15 mg", "", "under the skin", "once weekly", ""),
        (
            "lidocaine 5 % patch apply to skin 12 hours on",
            "lidocaine",
            "5 % patch",
            "",
            "on the skin",
            "",
            "12 hours on",
        ),
        ("aspirin 81 mg p.o. daily", "aspirin", "81 mg", "", "by mouth", "once daily", ""),
        (
            "Vitamin B12 1000 mcg i.m. every 8 weeks",
            "Vitamin B12",
            "1000 mcg",
            "",
            "into the muscle",
            "",
            "every 8 weeks",
        ),
        ("somethingnew", "somethingnew", "", "", "", "", ""),
    ] {
        let Read::Medicine(medicine) = read_as(Kind::Medicine, line, &reading(Region::Us)) else { panic!("{line}") };
        let found = (
            medicine.name.as_str(),
            medicine.strength.as_str(),
            medicine.dose.as_str(),
            medicine.route.as_str(),
            medicine.frequency.as_str(),
            medicine.rest.as_str(),
        );
        assert_eq!(found, (name, strength, dose, route, frequency, rest), "{line}");
    }
}

#[test]
fn dates_are_read_in_the_order_of_the_practice() {
    for (region, line, shown) in [
        (Region::Us, "SI joint injection right 03/04/2024", "4 Mar 2024"),
        (Region::Uk, "SI joint injection right 03/04/2024", "3 Apr 2024"),
        (Region::De, "SI joint injection right 03.04.2024", "3 Apr 2024"),
        (Region::De, "SI joint injection right 2024-04-03", "3 Apr 2024"),
        (Region::Us, "SI joint injection right Apr 2024", "Apr 2024"),
        (Region::Us, "SI joint injection right 4/2024", "Apr 2024"),
        (Region::Us, "SI joint injection right in 2024", "2024"),
        (Region::Us, "SI joint injection right 12 Mar 2024", "12 Mar 2024"),
    ] {
        let Read::Procedure(procedure) = read_as(Kind::Procedure, line, &reading(region)) else { panic!("{line}") };
        assert_eq!(procedure.on.map(crate::clinical::since::Since::show).as_deref(), Some(shown), "{line}");
        assert_eq!(procedure.what, "SI joint injection", "{line}");
    }
    // What is no date stays where it was.
    for line in ["gabapentin 1-0-1", "oxycodone 5/325 mg", "ibuprofen 400 mg 1-2 tablets"] {
        let Read::Medicine(medicine) = read_as(Kind::Medicine, line, &reading(Region::De)) else { panic!("{line}") };
        assert_eq!(medicine.since, None, "{line}");
    }
}

#[test]
fn that_there_is_nothing_is_an_answer() {
    check("NKDA", Region::Us, &[("allergy", "none")]);
    check("Allergies: none known\nMedications\nNone", Region::Us, &[("allergy", "none"), ("medicine", "none")]);
    // Of which list it speaks is not known.
    check("None", Region::Us, &[("text", "None")]);
}

#[test]
fn no_line_is_lost_and_each_waits() {
    let text = "Allergies\npenicillin\n\n???\n--\nMedications\nx y z\n\n3";
    let rows = read(text, &reading(Region::Uk));
    let lines: Vec<&str> = rows.iter().map(|row| row.line.as_str()).collect();
    assert_eq!(lines, ["penicillin", "x y z", "3"]);
    assert!(rows.iter().all(|row| row.fate == Fate::Waiting && row.kept.is_none()));
    assert_eq!(rows[2].read, Read::Text("3".to_owned()));
}

#[test]
fn hostile_text_stays_text() {
    let long = "gabapentin ".repeat(500);
    let many = "penicillin\n".repeat(5_000);
    for text in [
        "",
        "\n\n",
        "مريض مع ألم في الظهر",
        "पीठ दर्द",
        "👩‍⚕️👨‍👩‍👧",
        "e\u{301}\u{301}\u{301}",
        "\u{202e}evil\u{9b}2J",
        "(((((",
        ";;;;",
        long.as_str(),
    ] {
        for row in read(text, &reading(Region::Us)) {
            assert!(!row.read.show().chars().any(|c| c.is_control() && c != '\n'), "{text}");
        }
    }
    let rows = read(&many, &reading(Region::Us));
    assert_eq!(rows.len(), 2_001);
    assert!(matches!(&rows[2_000].read, Read::Text(rest) if rest.lines().count() == 3_000));
    check("مريض مع ألم", Region::Us, &[("text", "مريض مع ألم")]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "[ -~\n\t\u{e0}-\u{ff}]{0,200}") {
        for row in read(&text, &reading(Region::De)) {
            for &kind in Kind::ALL {
                let _ = read_as(kind, &row.line, &reading(Region::Us));
            }
        }
    }

    #[test]
    fn what_is_shown_reads_back_to_the_same(text in proptest::collection::vec(proptest::sample::select(vec![
        "gabapentin 300 mg three times daily", "apixaban 5 mg PO BID", "TFESI L4-5 left 04/12/2023 with triamcinolone 40 mg",
        "Low back pain (M54.50)", "Hypertension since 2012", "Penicillin - hives", "latex", "naproxen 500 mg 1 tablet bid prn",
        "Lumbar fusion L4-S1 2018 by Dr. Reyes", "fentanyl 12 mcg/hr patch every 3 days",
    ]), 1..5)) {
        for row in read(&text.join("\n"), &reading(Region::Us)) {
            let shown = row.read.show();
            let again = read_as(row.read.kind(), &shown, &reading(Region::Us));
            prop_assert_eq!(again.show(), shown);
        }
    }
}
