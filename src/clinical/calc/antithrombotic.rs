//! Whether an antithrombotic was stopped long enough before a procedure.
//!
//! Narouze S et al., ASRA/ESRA interventional spine and pain guidelines, 2nd ed., Reg Anesth Pain Med, 2018. Stopping is a
//! decision shared with the prescriber; nothing here authorises it. A drug the table does not list is unknown, never clear.

use super::CalcError;
use super::error::within;
use crate::clinical::exact::Exact;
use crate::clinical::facts::antithrombotics::{Action, Drug, Hold, Risk, antithrombotics};
use crate::clinical::facts::procedures::procedures;
use crate::clinical::vocab::Vocab;
use crate::clinical::why::{Fact, Why};

/// The work a drug is held for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// A procedure of the catalogue.
    Procedure(String),
    /// Only its category is known.
    Category(Risk),
}

crate::vocab! {
    /// Kidney function as it bears on a hold.
    pub enum Renal {
        /// Not known to be impaired.
        NotImpaired "not_impaired" "not impaired",
        /// Clearance under 50 mL/min, or unknown with known kidney disease.
        Impaired "impaired" "impaired",
    }

    /// Whether low counts as intermediate and intermediate as high for this patient.
    pub enum Upgrade {
        /// As the procedure says.
        No "no" "as the procedure says",
        /// Age, bleeding tendency, several antithrombotics, liver or kidney disease, earlier bleeding.
        Yes "yes" "upgraded for the patient",
    }

    /// What came out, the most favourable first.
    pub enum Status {
        /// It need not be stopped.
        NoHoldNeeded "no_hold_needed" "no hold needed",
        /// Stopped long enough.
        Adequate "adequate" "long enough",
        /// Decide with the prescriber.
        SharedAssessment "shared_assessment" "decide with the prescriber",
        /// Something that decides is not known.
        Unknown "unknown" "unknown",
        /// Not long enough, or the INR is not normal.
        NotAdequate "not_adequate" "not long enough",
        /// Do not do the procedure.
        Contraindicated "contraindicated" "contraindicated",
    }

    /// What made it so.
    pub enum Reason {
        /// Too few hours.
        Time "time" "too few hours since the last dose",
        /// No last dose on file.
        UnknownLastDose "unknown_last_dose" "no last dose on file",
        /// The INR is not normal.
        Inr "inr" "the INR is not normal",
        /// The INR is needed and not on file.
        UnknownInr "unknown_inr" "no INR on file",
        /// The drug is not in the table.
        UnlistedDrug "unlisted_drug" "the drug is not in the table: ask the prescriber",
    }
}

/// One drug before one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its id in the table.
    pub drug: String,
    /// Before what.
    pub work: Work,
    /// Hours from the last dose to the procedure; none: not on file.
    pub hours_since_last_dose: Option<Exact>,
    /// INR on the day; none: not on file.
    pub inr: Option<Exact>,
    /// Kidney function.
    pub renal: Renal,
    /// Upgrade for the patient.
    pub upgrade: Upgrade,
}

/// What the table says about one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The category that was used.
    pub category: Risk,
    /// What came out.
    pub status: Status,
    /// What made it so, where it is not clear from the status.
    pub reason: Option<Reason>,
    /// Least hours; none where nothing is held.
    pub hold_hours: Option<Exact>,
    /// Most hours, where a range is given: plan with these.
    pub hold_hours_max: Option<Exact>,
    /// Hours by half-life, shown beside a shared assessment.
    pub information_hold_hours: Option<Exact>,
    /// Hours that are missing, 0 where none; none where that is not known.
    pub hours_short: Option<Exact>,
    /// Meets the least but not the most of the range: adequate with a caution.
    pub within_range: bool,
    /// Hours until restart after the needle or catheter is out, least and most; only where the drug is held.
    pub restart_hours: Option<(Exact, Option<Exact>)>,
    /// What to know, in words.
    pub notes: Vec<String>,
    /// Why.
    pub why: Why,
}

/// Checks one drug.
///
/// # Errors
/// Names an unknown procedure, hours or an INR out of range. An unlisted drug is no error: its status is unknown.
pub fn antithrombotic(check: &Check) -> Result<Window, CalcError> {
    let table = antithrombotics();
    let (category, fact) = category(check)?;
    if let Some(hours) = check.hours_since_last_dose {
        within("hours_since_last_dose", hours, 0, 100_000)?;
    }
    if let Some(inr) = check.inr {
        super::error::above_zero("inr", inr, 25)?;
    }
    let Some(drug) = table.get(&check.drug) else {
        let rule = Fact::new(&table.conventions.unlisted_drug, &table.guideline.source, table.guideline.verified);
        let mut window = empty(category, Status::Unknown, Why::new(rule).and(fact));
        window.reason = Some(Reason::UnlistedDrug);
        return Ok(window);
    };
    let hold = drug.hold(category);
    let mut window = empty(category, Status::Unknown, why(drug, category, hold).and(fact));
    window.notes.extend(drug.note.clone());
    match hold.action {
        Action::NoHold => (window.status, window.hours_short) = (Status::NoHoldNeeded, Some(Exact::ZERO)),
        Action::Contraindicated => window.status = Status::Contraindicated,
        Action::SharedAssessment => {
            (window.status, window.hours_short) = (Status::SharedAssessment, Some(Exact::ZERO));
            window.information_hold_hours = hold.information_hold_hours;
            let rule = &table.conventions.shared_assessment;
            window.why.add(Fact::new(rule, &table.guideline.source, table.guideline.verified));
        }
        Action::Hold => held(&mut window, drug, hold, check)?,
    }
    Ok(window)
}

fn empty(category: Risk, status: Status, why: Why) -> Window {
    Window {
        category,
        status,
        reason: None,
        hold_hours: None,
        hold_hours_max: None,
        information_hold_hours: None,
        hours_short: None,
        within_range: false,
        restart_hours: None,
        notes: Vec::new(),
        why,
    }
}

fn category(check: &Check) -> Result<(Risk, Fact), CalcError> {
    let (risk, fact) = match &check.work {
        Work::Category(risk) => (*risk, Fact::own(format!("Category given: {}", risk.label()))),
        Work::Procedure(id) => {
            let entry = procedures()
                .get(id)
                .ok_or_else(|| CalcError::unknown("procedure", id, "it is an id of the procedure catalogue"))?;
            let rule = format!("{}: {}", entry.name, entry.asra_risk.label());
            (entry.asra_risk, Fact::new(rule, &entry.source, entry.verified))
        }
    };
    match check.upgrade {
        Upgrade::No => Ok((risk, fact)),
        Upgrade::Yes => {
            let table = antithrombotics();
            let rule = format!("{} {}", fact.rule, table.conventions.patient_upgrade);
            Ok((risk.upgraded(), Fact::new(rule, &table.guideline.source, fact.verified && table.guideline.verified)))
        }
    }
}

fn why(drug: &Drug, category: Risk, hold: &Hold) -> Why {
    let hours = match (hold.hold_hours, hold.hold_hours_max) {
        (Some(least), Some(most)) => format!(" {least} to {most} h"),
        (Some(least), None) => format!(" {least} h"),
        (None, _) => String::new(),
    };
    let rule = format!("{}, {}: {}{hours}", drug.name, category.label(), hold.action.label());
    Why::new(Fact::new(rule, &drug.source, drug.verified))
}

/// Fills in the window of a drug that is held: hours, kidney, INR, restart.
fn held(window: &mut Window, drug: &Drug, hold: &Hold, check: &Check) -> Result<(), CalcError> {
    let table = antithrombotics();
    let least = match (check.renal, hold.renal_impaired_hold_hours) {
        (Renal::Impaired, Some(renal)) => {
            window.hold_hours_max = hold.renal_impaired_hold_hours_max;
            let rule = &table.conventions.renal_hold;
            window.why.add(Fact::new(rule, &table.guideline.source, table.guideline.verified));
            Some(renal)
        }
        (Renal::Impaired, None) => {
            window.hold_hours_max = hold.hold_hours_max;
            if matches!(drug.class.as_str(), "doac" | "lmwh" | "xa_indirect") {
                window
                    .notes
                    .push("Kidney impairment: no longer hold is published here; ask the prescriber.".to_owned());
            }
            hold.hold_hours
        }
        (Renal::NotImpaired, _) => {
            window.hold_hours_max = hold.hold_hours_max;
            hold.hold_hours
        }
    };
    let least = least.ok_or_else(|| CalcError::missing("hold_hours"))?;
    window.hold_hours = Some(least);
    window.restart_hours = Some(drug.restart.after(window.category));
    window.hours_short = match check.hours_since_last_dose {
        Some(hours) if hours < least => Some(least.minus(hours)?),
        Some(_) => Some(Exact::ZERO),
        None => None,
    };
    let normal = table.inr().filter(|_| hold.requires_normal_inr).and_then(|check| check.normal_at_or_below);
    if let (Some(rule), true) = (table.inr(), hold.requires_normal_inr) {
        window.why.add(Fact::new(&rule.rule, &rule.source, rule.verified));
    }
    let inr_high = normal.is_some_and(|normal| check.inr.is_some_and(|inr| inr > normal));
    let inr_missing = normal.is_some() && check.inr.is_none();
    (window.status, window.reason) = match window.hours_short {
        _ if inr_high => (Status::NotAdequate, Some(Reason::Inr)),
        Some(short) if short > Exact::ZERO => (Status::NotAdequate, Some(Reason::Time)),
        None => (Status::Unknown, Some(Reason::UnknownLastDose)),
        Some(_) if inr_missing => (Status::Unknown, Some(Reason::UnknownInr)),
        Some(_) => (Status::Adequate, None),
    };
    let most = window.hold_hours_max;
    window.within_range =
        window.status == Status::Adequate && most.is_some_and(|most| check.hours_since_last_dose < Some(most));
    if window.within_range {
        window.notes.push(table.conventions.between_min_and_max.clone());
    }
    Ok(())
}

/// All antithrombotics of one patient before one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// Each drug, in the order given.
    pub windows: Vec<Window>,
    /// The least favourable status; it governs.
    pub governing: Status,
    /// Aspirin and a P2Y12 inhibitor together: always with the cardiologist after a stent.
    pub dual_antiplatelet: bool,
}

/// Checks all antithrombotics of one patient: each row by itself, with the upgrade where there is more than one; the least
/// favourable governs, and dual antiplatelet therapy is never better than a shared assessment.
///
/// # Errors
/// As [`antithrombotic`], with the row; `Missing` where there is no drug.
pub fn antithrombotics_together(checks: &[Check]) -> Result<Together, CalcError> {
    let several = checks.len() > 1;
    let mut windows = Vec::with_capacity(checks.len());
    for (index, check) in checks.iter().enumerate() {
        let upgrade = if several { Upgrade::Yes } else { check.upgrade };
        let check = Check { upgrade, ..check.clone() };
        windows.push(antithrombotic(&check).map_err(|fault| fault.under(&format!("checks[{index}]")))?);
    }
    let any = |is: fn(&Drug) -> bool| checks.iter().any(|check| antithrombotics().get(&check.drug).is_some_and(is));
    let dual_antiplatelet = any(Drug::is_aspirin) && any(|drug| drug.class == "p2y12");
    let worst = windows.iter().map(|window| window.status).max().ok_or_else(|| CalcError::missing("checks"))?;
    let governing = if dual_antiplatelet { worst.max(Status::SharedAssessment) } else { worst };
    Ok(Together { windows, governing, dual_antiplatelet })
}

#[cfg(test)]
mod tests;
