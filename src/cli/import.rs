//! `daysheet import FILE…`: a schedule brought in, or shown line by line what would happen.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;
use color_eyre::eyre::eyre;

use super::record::{self, Record};
use super::{Failed, Global, print};
use crate::app::instruments;
use crate::app::paths::Paths;
use crate::clinical::import::ask::{Asked, MappingAsked};
use crate::clinical::import::outcome::{Action, ImportPlan, WithGone};
use crate::clinical::import::pattern::TitlePattern;
use crate::clinical::instrument::Catalogue;
use crate::clinical::score_table::ScorePlan;
use crate::format::{import_line, score_line};
use crate::jobs::import::{self, ImportError, Request, Terms};
use crate::jobs::scores;
use crate::store::Mode;

/// What is asked.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Ask {
    /// Calendars (iCalendar) and tables (CSV); `-` is what another program pipes in.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Shows what would happen, line by line; changes nothing.
    #[arg(long)]
    dry_run: bool,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
    /// Cancels visits that are gone from the schedule.
    #[arg(long)]
    prune: bool,
    /// The first day looked at; today where nothing is said. Said, a table speaks for all days from it.
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// The first day after; one year on where nothing is said. Said, a table speaks for all days up to it.
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// What the columns and titles mean: a saved mapping's name, or its file. Without it, the saved one that has the
    /// table's headers or the calendar's name.
    #[arg(long, value_name = "NAME")]
    mapping: Option<String>,
    /// Reads by no mapping, though one fits.
    #[arg(long, conflicts_with = "mapping")]
    no_mapping: bool,
    /// How a title names a patient: "Pain visit: {given} {family}".
    #[arg(long, value_name = "TITLE")]
    pattern: Vec<String>,
    /// Saves what was recognised in the first file (columns, delimiter, encoding, order of dates) under this name; the
    /// next file like it is read so.
    #[arg(long, value_name = "NAME")]
    save_mapping: Option<String>,
}

impl Ask {
    fn asked(&self) -> Asked {
        let mapping = match (&self.mapping, self.no_mapping) {
            (Some(name), _) => MappingAsked::Named(name.clone()),
            (None, true) => MappingAsked::Without,
            (None, false) => MappingAsked::ByItself,
        };
        Asked { from: self.from, to: self.to, mapping, patterns: self.pattern.clone() }
    }
}

/// Brings the files in: schedules first, so that the scores find the patients that they bring. Every file is read before anything is written.
pub fn run(global: &Global, ask: &Ask) -> Result<ExitCode, Failed> {
    let (tables, schedules): (Vec<PathBuf>, Vec<PathBuf>) =
        ask.files.iter().cloned().partition(|file| scores::is_scores(file));
    let paths = record::paths(global)?;
    let (settings, mappings) = (record::settings(global)?, paths.mappings());
    let asked = ask.asked();
    if let Some(why) = asked.patterns.iter().find_map(|text| TitlePattern::read(text).err()) {
        return Err(eyre!("--pattern: {why}"));
    }
    let catalogue = (!tables.is_empty()).then(|| catalogue(&paths));
    let mut record = record::open(global, if ask.dry_run { Mode::Read } else { Mode::Write })?;
    let practice = record.practice.clone();
    let usual_minutes = settings.preferences.usual_minutes;
    let terms = Terms { asked: &asked, practice: &practice, usual_minutes, mappings: &mappings };
    let read = || -> Result<Option<ImportPlan>, Failed> {
        if ask.files.len() > 1 {
            for table in &tables {
                plan_scores(&record, table, catalogue.as_ref())?;
            }
        }
        if schedules.is_empty() {
            return Ok(None);
        }
        Ok(Some(import::plan(&record.store, &schedules, terms, &mut record::ids()?, record.now)?.plan))
    };
    let schedule = read()?;
    let mut written = Vec::new();
    let schedules_in = match &schedule {
        Some(plan) => {
            bring_schedules(&mut record, &Ask { files: schedules, ..ask.clone() }, (plan, terms), &mut written)
        }
        None => Ok(()),
    };
    let done = schedules_in.and_then(|()| bring_scores(&mut record, ask, (&tables, catalogue.as_ref()), &mut written));
    done.map_err(|why| stopped(why, &written))?;
    record.store.close()?;
    Ok(ExitCode::SUCCESS)
}

/// What went wrong, with what went in before it.
fn stopped(why: Failed, written: &[String]) -> Failed {
    if written.is_empty() {
        return why;
    }
    let words = match why.downcast_ref() {
        Some(ImportError::Store(_)) | None => super::words(&why),
        Some(other) => format!("{other}."),
    };
    eyre!("{words} What was brought in before stays: {}.", written.join(", "))
}

/// Every instrument, those of the physician's own files too.
fn catalogue(paths: &Paths) -> Catalogue {
    let (catalogue, faults) = instruments::load(&paths.instruments());
    for fault in &faults {
        print::say(fault);
    }
    catalogue
}

fn plan_scores(record: &Record, table: &Path, catalogue: Option<&Catalogue>) -> Result<ScorePlan, Failed> {
    let none = Catalogue::default();
    let how = (&mut record::ids()?, record.now);
    Ok(scores::plan(&record.store, table, &record.practice, catalogue.unwrap_or(&none), how)?)
}

fn bring_scores(
    record: &mut Record,
    ask: &Ask,
    (tables, catalogue): (&[PathBuf], Option<&Catalogue>),
    written: &mut Vec<String>,
) -> Result<(), Failed> {
    for table in tables {
        let plan = plan_scores(record, table, catalogue)?;
        if let Some(write) = scores::act(&plan).filter(|_| !ask.dry_run) {
            record.store.commit(&write, record.now)?;
            written.push(plan.file.clone());
        }
        if ask.json {
            print::result(&score_line::json(&plan))?;
        } else if ask.dry_run {
            print::result(&score_line::text(&plan))?;
        } else {
            for line in plan.lines.iter().filter(|line| line.action == Action::Refuse) {
                print::say(&score_line::show(&plan, line));
            }
        }
        for note in &plan.notes {
            print::say(note);
        }
        let would = if ask.dry_run { "would be: " } else { "" };
        print::say(&format!("{would}{}", score_line::summary(&plan)));
    }
    Ok(())
}

fn bring_schedules(
    record: &mut Record,
    ask: &Ask,
    (plan, terms): (&ImportPlan, Terms<'_>),
    written: &mut Vec<String>,
) -> Result<(), Failed> {
    let gone = if ask.prune { WithGone::Cancel } else { WithGone::Keep };
    if !ask.dry_run {
        if let Some(write) = import::act(plan, gone) {
            record.store.commit(&write, record.now)?;
            written.extend(ask.files.iter().map(|file| file.display().to_string()));
        }
        let saved = ask.save_mapping.as_ref().zip(ask.files.first());
        let saved = saved.map(|(name, file)| import::save_mapping(file, name, terms, record.now)).transpose()?;
        if let Some(saved) = saved {
            print::say(&format!("saved: {}", saved.display()));
        }
        import::remember(&mut record.store, &Request { files: ask.files.clone(), asked: terms.asked.clone() })?;
    }
    report(plan, gone, ask)
}

fn report(plan: &ImportPlan, gone: WithGone, ask: &Ask) -> Result<(), Failed> {
    if ask.json {
        print::result(&import_line::json(plan, gone))?;
    } else if ask.dry_run {
        print::result(&import_line::text(plan, gone))?;
    }
    for note in &plan.notes {
        print::say(note);
    }
    if !ask.json && !ask.dry_run {
        let said = plan.all_lines(gone).filter(|line| line.reason.is_some() || line.action == Action::Refuse);
        for line in said {
            print::say(&import_line::show(&line));
        }
    }
    let refused = plan.count(Action::Refuse);
    let would = if ask.dry_run { "would be: " } else { "" };
    print::say(&format!("{would}{}", import_line::summary(plan)));
    if refused > 0 && plan.lines.len() > refused {
        print::say(&format!("{refused} refused; the rest {} in", if ask.dry_run { "would go" } else { "went" }));
    }
    Ok(())
}
