//! One test reads all tables; the others hold their ids, references and dates.

use std::collections::BTreeSet;

use super::antithrombotics::antithrombotics;
use super::body_map::body_map;
use super::bring_in::bring_in;
use super::columns::columns;
use super::conditions::conditions;
use super::examination::examination;
use super::instruments::instruments;
use super::local_anaesthetics::local_anaesthetics;
use super::medications::medications;
use super::medicine_names::{Name, medicine_names};
use super::opioids::opioids;
use super::procedures::procedures;
use super::regions::regions;
use super::safety_checks::safety_checks;
use super::steroids::steroids;
use crate::clinical::exact::Exact;
use crate::clinical::why::READ_ON;

#[track_caller]
fn unique<'a>(what: &str, ids: impl IntoIterator<Item = &'a String>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    for id in ids {
        assert!(!id.is_empty(), "{what}: an empty id");
        assert!(seen.insert(id.as_str()), "{what}: {id} stands twice");
    }
    seen
}

#[track_caller]
fn all_in<'a>(what: &str, ids: impl IntoIterator<Item = &'a String>, known: &BTreeSet<&str>) {
    for id in ids {
        assert!(known.contains(id.as_str()), "{what}: {id} is nowhere");
    }
}

#[test]
fn every_table_parses_and_was_read_on_the_same_day() {
    let days = [
        instruments().read,
        opioids().read,
        medications().read,
        medicine_names().read,
        conditions().read,
        regions().read,
        local_anaesthetics().read,
        steroids().read,
        antithrombotics().read,
        procedures().read,
        body_map().read,
        safety_checks().read,
        examination().read,
        bring_in().read,
        columns().read,
    ];
    for day in days {
        assert_eq!(day.to_string(), READ_ON);
    }
}

#[test]
fn the_tables_hold_what_they_held_when_they_were_read() {
    assert_eq!((instruments().instrument.len(), instruments().excluded.len()), (26, 15));
    assert_eq!((opioids().factor.len(), opioids().research_factor.len(), opioids().no_factor.len()), (10, 8, 6));
    assert_eq!((medications().medication.len(), medicine_names().name.len()), (78, 788));
    assert_eq!((conditions().condition.len(), conditions().red_flag.len()), (99, 32));
    assert_eq!((procedures().procedure.len(), antithrombotics().drug.len()), (80, 37));
    assert_eq!((body_map().region.len(), body_map().wpi_site.len()), (74, 19));
    assert_eq!((local_anaesthetics().limit.len(), steroids().steroid.len(), regions().region.len()), (12, 6, 4));
    assert_eq!((safety_checks().check.len(), safety_checks().time_out.len()), (57, 11));
}

#[test]
fn ids_are_unique_within_their_list() {
    let shipped = instruments().instrument.iter().map(|x| &x.id);
    unique("instruments", shipped.chain(instruments().excluded.iter().map(|x| &x.id)));
    for instrument in &instruments().instrument {
        unique(
            &instrument.id,
            instrument.items.iter().map(|x| &x.id).chain(instrument.extra_items.iter().map(|x| &x.id)),
        );
        unique(&instrument.id, instrument.flags.iter().map(|x| &x.id));
    }
    unique("responders", instruments().responder.iter().map(|x| &x.id));
    let factors = opioids().factor.iter().chain(&opioids().research_factor).map(|x| &x.id);
    unique("opioids", factors.chain(opioids().no_factor.iter().map(|x| &x.id)));
    unique("thresholds", opioids().threshold.iter().map(|x| &x.id));
    unique("bands", opioids().band.iter().map(|x| &x.id));
    unique("naloxone triggers", opioids().naloxone_trigger.iter().map(|x| &x.id));
    unique("cautions", opioids().coprescription_caution.iter().map(|x| &x.id));
    unique("medications", medications().medication.iter().map(|x| &x.id));
    unique("names", medicine_names().name.iter().map(|x| &x.name));
    unique("classes", medicine_names().class.iter().map(|x| &x.id));
    unique("conditions", conditions().condition.iter().map(|x| &x.id));
    unique("steroids", steroids().steroid.iter().map(|x| &x.id));
    unique("site rules", steroids().site_rule.iter().map(|x| &x.id));
    unique("limits", steroids().limit.iter().map(|x| &x.id));
    unique("antithrombotics", antithrombotics().drug.iter().map(|x| &x.id));
    unique("procedures", procedures().procedure.iter().map(|x| &x.id));
    unique("regions of the map", body_map().region.iter().map(|x| &x.id));
    unique("checks", safety_checks().check.iter().map(|x| &x.id).chain(safety_checks().time_out.iter().map(|x| &x.id)));
    let limits: BTreeSet<_> = local_anaesthetics().limit.iter().map(|x| (&x.drug, x.variant)).collect();
    assert_eq!(limits.len(), local_anaesthetics().limit.len());
}

#[test]
fn procedures_refer_to_what_exists() {
    let table = procedures();
    let checks = unique("checks", safety_checks().check.iter().map(|x| &x.id));
    let sets = unique("check sets", table.check_set.iter().map(|x| &x.id));
    let aftercare = unique("aftercare", table.aftercare.iter().map(|x| &x.id));
    let diaries = unique("diaries", table.diary_window.iter().map(|x| &x.id));
    let ids = unique("procedures", table.procedure.iter().map(|x| &x.id));
    let families = unique("families", &table.conventions.families);
    let sides = unique("sides", &table.conventions.laterality);
    let guidance = unique("guidance", &table.conventions.guidance);
    for set in &table.check_set {
        all_in(&set.id, &set.checks, &checks);
    }
    for threshold in &table.success_threshold {
        all_in(&threshold.id, &threshold.applies_to, &ids);
    }
    for procedure in &table.procedure {
        let id = &procedure.id;
        all_in(id, &procedure.check_sets, &sets);
        all_in(id, &procedure.aftercare, &aftercare);
        all_in(id, &procedure.diary, &diaries);
        all_in(id, [&procedure.family], &families);
        all_in(id, &procedure.laterality, &sides);
        all_in(id, &procedure.guidance, &guidance);
        for level in procedure.levels.iter().filter_map(|level| level.strip_prefix('@')) {
            assert!(!table.levels.list(level).is_empty(), "{id}: {level}");
        }
        if let Some(site) = &procedure.steroid_site {
            // The thoracic interlaminar site has neither a usual dose nor a rule of its own.
            assert!(steroids().knows_site(site) || site == "epidural_interlaminar_thoracic", "{id}: {site}");
        }
    }
}

#[test]
fn conditions_refer_to_what_exists() {
    let table = conditions();
    let flags = unique("red flags", table.red_flag.iter().map(|x| &x.id));
    let codes = unique("icd11", table.icd11.iter().map(|x| &x.code));
    let groups = unique("groups", &table.conventions.groups);
    let tools = unique("instruments", instruments().instrument.iter().map(|x| &x.id));
    for flag in &table.red_flag {
        all_in(&flag.id, &flag.groups, &groups);
    }
    for condition in &table.condition {
        all_in(&condition.id, [&condition.group], &groups);
        all_in(&condition.id, &condition.red_flags, &flags);
        all_in(&condition.id, &condition.instruments, &tools);
        assert!(condition.icd11.is_empty() || codes.contains(condition.icd11.as_str()), "{}", condition.id);
        for code in &condition.icd10 {
            assert!(["", "left", "right", "bilateral", "unspecified"].contains(&code.side.as_str()), "{}", code.code);
        }
    }
}

#[test]
fn medicines_refer_to_what_exists() {
    let names = medicine_names();
    let classes = unique("classes", names.class.iter().map(|x| &x.id));
    let drugs = unique("medications", medications().medication.iter().map(|x| &x.id));
    let opioid_ids: BTreeSet<&str> = opioids().ids().collect();
    let antithrombotic = unique("antithrombotics", antithrombotics().drug.iter().map(|x| &x.id));
    let steroid = unique("steroids", steroids().steroid.iter().map(|x| &x.id));
    let known: BTreeSet<&str> = names.name.iter().map(|x| x.name.as_str()).collect();
    for entry in &names.name {
        all_in(&entry.name, &entry.classes, &classes);
        all_in(&entry.name, &entry.medication_id, &drugs);
        all_in(&entry.name, &entry.opioid_id, &opioid_ids);
        all_in(&entry.name, &entry.antithrombotic_id, &antithrombotic);
        all_in(&entry.name, &entry.steroid_id, &steroid);
        all_in(&entry.name, &entry.contains, &known);
        all_in(&entry.name, &entry.pregnancy_role, &unique("roles", &names.conventions.pregnancy_role));
    }
    for pair in &names.confusable {
        // The other of the two may be a name that is taken for it and is no entry itself.
        assert!(pair.pair.iter().any(|name| known.contains(name.as_str())), "{:?}", pair.pair);
    }
    for brand in &names.shared_brand {
        assert!(brand.meanings.iter().any(|meaning| known.contains(meaning.name.as_str())), "{}", brand.brand);
    }
    for medication in &medications().medication {
        all_in(&medication.id, &medication.mme_id, &opioid_ids);
        for flag in &medication.flags {
            assert!(medications().flag_labels.contains_key(flag), "{}: {flag}", medication.id);
        }
    }
}

#[test]
fn the_body_map_and_the_fibromyalgia_criteria_name_the_same_sites() {
    let map = body_map();
    let sites = unique("sites", map.wpi_site.iter().map(|x| &x.id));
    let groups = unique("groups", map.group.iter().map(|x| &x.id));
    for region in &map.region {
        all_in(&region.id, [&region.group], &groups);
        assert!(region.wpi.is_empty() || sites.contains(region.wpi.as_str()), "{}", region.id);
    }
    let fm = instruments().get("fm2016").unwrap();
    assert_eq!(unique("criteria", fm.regions.iter().flat_map(|region| &region.sites)), sites);
    for site in &map.wpi_site {
        let region = fm.regions.iter().find(|region| region.sites.contains(&site.id)).unwrap();
        assert_eq!(region.id, site.region, "{}", site.id);
        let left_out = fm.sites_not_counted_for_generalised_pain.contains(&site.id);
        assert_eq!(site.counted_for_generalised, !left_out, "{}", site.id);
    }
}

#[test]
fn regions_refer_to_what_exists() {
    let table = regions();
    let thresholds = unique("dose thresholds", table.dose_threshold.iter().map(|x| &x.id));
    let code_sets = unique("code sets", table.code_set.iter().map(|x| &x.id));
    for region in &table.region {
        all_in(&region.name, &region.dose_thresholds, &thresholds);
        let known = |id: &str| id == "none" || code_sets.contains(id);
        assert!(known(&region.diagnosis_code_set) && known(&region.procedure_code_set), "{}", region.name);
        let has_table = matches!(region.dose_table.as_str(), "none" | "opioids.toml:factor")
            || table.dose_table(&region.dose_table).is_some();
        assert!(has_table, "{}", region.name);
    }
    for threshold in table.dose_threshold.iter().filter_map(|entry| Some((entry, entry.same_as.as_ref()?))) {
        let (own, id) = (threshold.0, threshold.1.rsplit('/').next().unwrap());
        let same = opioids().threshold.iter().find(|entry| entry.id == id).unwrap();
        assert_eq!((own.from_mg_per_day, own.inclusive), (same.from_mme, same.inclusive), "{id}");
    }
    assert!(table.dose_table("de_review").is_none(), "a table that is not enabled is not used");
}

#[test]
fn steroid_factors_are_the_ratio_of_the_equivalence_rounded() {
    let table = steroids();
    for steroid in &table.steroid {
        let per_5 = table.equivalence.prednisone_5mg_equals_mg[&steroid.equivalence];
        let exact = Exact::whole(4).over(per_5).unwrap().unwrap();
        assert_eq!(exact.show(9), steroid.to_methylprednisolone.show(9), "{}", steroid.id);
    }
    for range in table.range.iter().filter(|range| !range.steroid.is_empty()) {
        assert!(table.get(&range.steroid).is_some() && range.min_mg <= range.max_mg, "{}", range.site);
    }
    for effect in &table.systemic_effect {
        assert!(effect.steroids.iter().all(|id| table.get(id).is_some()), "{}", effect.id);
    }
}

#[test]
fn opioid_cautions_name_classes_and_opioids_that_exist() {
    let classes = unique("classes", medicine_names().class.iter().map(|x| &x.id));
    // Two words of the opioid table stand for a name and for a group of classes of the names table.
    let known = |class: &str| classes.contains(class) || matches!(class, "carisoprodol" | "sedative_or_alcohol");
    let table = opioids();
    for caution in &table.coprescription_caution {
        assert!(caution.with_class.split('+').all(known), "{}", caution.id);
        assert!(caution.only_with.iter().all(|id| table.ids().any(|known| known == id)), "{}", caution.id);
    }
    let triggers = unique("triggers", table.naloxone_trigger.iter().map(|x| &x.id));
    for trigger in &table.naloxone_trigger {
        assert!(trigger.classes.iter().all(|class| known(class)), "{}", trigger.id);
    }
    for entry in &table.no_factor {
        all_in(&entry.id, &entry.naloxone_triggers, &triggers);
    }
    for class in &medicine_names().class {
        for rule in &class.rules {
            let Some(id) = rule.strip_prefix("opioids:coprescription_caution/") else { continue };
            assert!(table.coprescription_caution.iter().any(|caution| caution.id == id), "{rule}");
        }
    }
}

#[test]
fn bands_cover_each_range_without_gap_or_overlap() {
    for instrument in instruments().instrument.iter().filter(|x| x.bands.iter().all(|band| band.from.is_some())) {
        let Some([low, high]) = instrument.range else { continue };
        if instrument.bands.is_empty() {
            continue;
        }
        let held = |score: i32| instrument.allowed_values.as_ref().is_none_or(|allowed| allowed.contains(&score));
        for score in (low..=high).filter(|&score| held(score)) {
            let bands = instrument.bands.iter().filter(|band| band.from <= Some(score) && Some(score) <= band.to);
            assert_eq!(bands.count(), 1, "{} {score}", instrument.id);
        }
    }
}

#[test]
fn every_brand_with_a_form_is_the_brand_of_an_opioid() {
    let names = medicine_names();
    for entry in &names.brand_release {
        assert!(!entry.source.is_empty());
        for brand in &entry.brands {
            let of: Vec<bool> =
                names.name.iter().filter(|name| name.brands.contains(brand)).map(Name::is_opioid).collect();
            assert_eq!(of, [true], "{brand}");
        }
    }
}
