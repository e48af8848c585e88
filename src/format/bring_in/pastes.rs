//! A dozen lists as record systems print them: numbered, with bullets, in columns, with dates in every order. All invented.

use super::tests::check;
use crate::clinical::practice::Region;

#[test]
fn numbered_lists_with_columns_of_dashes() {
    check(
        "ACTIVE PROBLEMS\n---------------\n1) Chronic low back pain ...... M54.50\n2) CRPS of right hand (G90.511) dx 2021\n3) Asthma\n\n\
         ALLERGIES\n---------\n1) Codeine: nausea, vomiting\n2) Adhesive tape\n",
        Region::Us,
        &[
            ("problem", "Chronic low back pain [M54.50]"),
            ("problem", "CRPS of hand right [G90.511], since 2021"),
            ("diagnosis", "Asthma"),
            ("allergy", "Codeine (nausea, vomiting)"),
            ("allergy", "Adhesive tape"),
        ],
    );
}

#[test]
fn tables_with_a_column_for_each_thing() {
    check(
        "Medications\n\nName\tStrength\tDirections\tStart Date\nDuloxetine\t60 mg\tone capsule every morning\t01/15/2025\n\
         Tizanidine\t4 mg\t1 tablet at bedtime as needed\t11/02/2024\n",
        Region::Us,
        &[
            ("medicine", "Duloxetine 60 mg, every morning, one capsule, since 15 Jan 2025"),
            ("medicine", "Tizanidine 4 mg, 1 tablet at night as needed, since 2 Nov 2024"),
        ],
    );
}

#[test]
fn lists_on_one_line_behind_their_heading() {
    check(
        "PMH: hypertension; migraine without aura; hypothyroidism\nMeds: levothyroxine 75 mcg daily; topiramate 50 mg bid\n\
         Allergies: NKDA\nPSH: appendectomy 1998; C5-6 ACDF 2016",
        Region::Us,
        &[
            ("diagnosis", "hypertension"),
            ("problem", "migraine without aura"),
            ("diagnosis", "hypothyroidism"),
            ("medicine", "levothyroxine 75 mcg, once daily"),
            ("medicine", "topiramate 50 mg, twice daily"),
            ("allergy", "none"),
            ("procedure", "appendectomy, 1998"),
            ("procedure", "ACDF C5-6, 2016"),
        ],
    );
}

#[test]
fn british_lists_with_days_before_months() {
    check(
        "Active Problems:\n\n- 14/02/2019 Lumbar spinal stenosis\n- 03/11/2020 Osteoarthritis of left knee\n\n\
         Repeat Medication:\n\n- Co-codamol 30/500 tablets, two four times a day\n- Omeprazole 20mg gastro-resistant capsules, one each day\n\n\
         Allergies:\n\n- Trimethoprim (urticaria) 05/06/2011",
        Region::Uk,
        &[
            ("problem", "Lumbar spinal stenosis, since 14 Feb 2019"),
            ("problem", "Osteoarthritis of knee left, since 3 Nov 2020"),
            ("medicine", "Co-codamol 30/500 tablets four times daily, two"),
            ("medicine", "Omeprazole 20mg, once daily, gastro-resistant capsules, one"),
            ("allergy", "Trimethoprim (urticaria, 05/06/2011)"),
        ],
    );
}

#[test]
fn german_lists_with_points_in_dates() {
    check(
        "Dauerdiagnosen:\n\n(M54.4) Lumboischialgie links, G, seit 05.2021\n(I10.90) Essentielle Hypertonie, G\n\n\
         Medikationsplan:\n\nTilidin 50/4 mg ret. 1-0-1\nRamipril 5 mg Tbl. 1-0-0\n\nAllergien:\n\nPenicillin - Ausschlag\n\n\
         Operationen:\n\n17.06.2022 Facettengelenksinfiltration L4/5 bds.",
        Region::De,
        &[
            ("problem", "Lumboischialgie G left [M54.4], since May 2021"),
            ("diagnosis", "Essentielle Hypertonie, G [I10.90]"),
            ("medicine", "Tilidin 50/4 mg, 1-0-1, ret."),
            ("medicine", "Ramipril 5 mg Tbl., 1-0-0"),
            ("allergy", "Penicillin (Ausschlag)"),
            ("procedure", "Facettengelenksinfiltration L4/5 both sides, 17 Jun 2022"),
        ],
    );
}

#[test]
fn injections_with_dates_in_every_order() {
    check(
        "Previous injections\n\n2024-03-12  L4-5 interlaminar ESI, dexamethasone 10 mg\nMar 5, 2023: right SI joint injection\n\
         11/2022 - left greater trochanteric bursa injection, Dr. Amsel\n7 Jul 2021 occipital nerve block bilateral\n2020: MBB L3, L4, L5 right",
        Region::Us,
        &[
            ("procedure", "interlaminar ESI L4-5, 12 Mar 2024, dexamethasone 10 mg"),
            ("procedure", "SI joint injection right, 5 Mar 2023"),
            ("procedure", "greater trochanteric bursa injection left, Nov 2022, by Dr. Amsel"),
            ("procedure", "occipital nerve block both sides, 7 Jul 2021"),
            ("procedure", "MBB L3, L4, L5 right, 2020"),
        ],
    );
}

#[test]
fn words_of_a_list_that_is_none_of_ours_stay_text() {
    check(
        "Vitals\n\nBP 142/88\nPulse 76\n\nImmunizations\n\nTetanus 2019\n\nSocial History\n\nRetired welder. Smokes 5 a day.\n\nAllergies\n\nNone recorded",
        Region::Us,
        &[
            ("text", "BP 142/88"),
            ("text", "Pulse 76"),
            ("text", "Tetanus 2019"),
            ("text", "Retired welder. Smokes 5 a day."),
            ("allergy", "none"),
        ],
    );
}

#[test]
fn bullets_boxes_and_headings_in_capitals() {
    check(
        "CURRENT OUTPATIENT MEDICATIONS:\n▪ amitriptyline 25 mg tablet - Take 1 tablet nightly\n☑ oxyCODONE 5 mg immediate release tablet - 1 tab q6h prn severe pain\n\n\
         ALLERGIES AND INTOLERANCES:\n• Morphine — itching\n• IV contrast → anaphylaxis",
        Region::Us,
        &[
            ("medicine", "amitriptyline 25 mg tablet, 1 tablet at night"),
            ("medicine", "oxyCODONE 5 mg, 1 tab every 6 hours as needed, immediate release tablet severe pain"),
            ("allergy", "Morphine (itching)"),
            ("allergy", "IV contrast (anaphylaxis)"),
        ],
    );
}

#[test]
fn what_is_over_is_no_medicine_of_today_and_its_end_no_beginning() {
    check(
        "Medications (Active)\nWarfarin 5 mg tab take as directed STOPPED 01/2024\nibuprofen 800mg TID (discontinued)\n\
         traMADol 50 mg oral tablet, q6hr, PRN",
        Region::Us,
        &[
            ("text", "Warfarin 5 mg tab take as directed STOPPED 01/2024"),
            ("text", "ibuprofen 800mg TID (discontinued)"),
            ("medicine", "traMADol 50 mg, by mouth every 6 hours as needed, tablet"),
        ],
    );
}

#[test]
fn several_medicines_on_a_line_are_several_rows() {
    check(
        "PMH:\n1. HTN\n3 - Fibromyalgia\nMEDS: lisinopril 10 mg daily, atorvastatin 40 mg qhs, aspirin 81 mg",
        Region::Us,
        &[
            ("diagnosis", "HTN"),
            ("problem", "Fibromyalgia"),
            ("medicine", "lisinopril 10 mg, once daily"),
            ("medicine", "atorvastatin 40 mg, at night"),
            ("medicine", "aspirin 81 mg"),
        ],
    );
    check(
        "medication;dose;freq\nGabapentin;300 mg;TID",
        Region::Us,
        &[("medicine", "Gabapentin 300 mg, three times daily")],
    );
}

#[test]
fn an_allergy_is_never_a_medicine_and_a_story_is_text() {
    check(
        "Medication\nRepeat Amitriptyline 10mg tablets, one at night\nSensitivities\nAllergy to trimethoprim",
        Region::Uk,
        &[("medicine", "Amitriptyline 10mg tablets, at night, one"), ("allergy", "trimethoprim")],
    );
    check(
        "Medikamente:\nPregabalin 75 mg 1-0-1\nAllergien/CAVE: Novalgin - Exanthem",
        Region::De,
        &[("medicine", "Pregabalin 75 mg, 1-0-1"), ("allergy", "Novalgin (Exanthem)")],
    );
    check("ALLERGIES: sulfa drugs (rash); NKFA", Region::Us, &[("allergy", "sulfa drugs (rash)"), ("text", "NKFA")]);
    let story = "Pt is a 54 yo F w/ hx of CRPS of the L hand. Takes gabapentin 600 mg TID. Had 3 stellate ganglion blocks. \
                 Allergic to morphine (itching).";
    check(story, Region::Us, &[("text", story)]);
}
