//! `daysheet import FILE…`: a schedule brought in, or shown line by line what would happen.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;

use super::{Failed, Global, print, record};
use crate::app::import::{self, Request, Terms};
use crate::clinical::import::outcome::{Action, ImportPlan, WithGone};
use crate::clinical::schedule::Window;
use crate::format::csv::mapping::Mapping;
use crate::format::import_line;
use crate::store::Mode;

/// What is asked.
#[derive(Debug, Args)]
pub struct Ask {
    /// Calendars (iCalendar) and tables (CSV).
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
    /// The first day looked at; today where nothing is said.
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// The first day after; one year on where nothing is said.
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// What the columns and titles mean: a saved mapping's name, or its file.
    #[arg(long, value_name = "NAME")]
    mapping: Option<String>,
    /// Saves the mapping used under this name.
    #[arg(long, value_name = "NAME", requires = "mapping")]
    save_mapping: Option<String>,
}

impl From<import::ImportError> for Failed {
    fn from(error: import::ImportError) -> Self {
        match error {
            import::ImportError::Store(error) => error.into(),
            other => Self(format!("{other}. Nothing was changed.")),
        }
    }
}

/// Brings the files in.
pub fn run(global: &Global, ask: &Ask) -> Result<ExitCode, Failed> {
    let paths = record::paths(global)?;
    let settings = record::settings(global)?;
    let mode = if ask.dry_run { Mode::Read } else { Mode::Write };
    let mut record = record::open(global, mode)?;
    let usual = import::usual_window(ask.from.unwrap_or_else(|| record.now.today()));
    let window = Window { from: usual.from, to: ask.to.unwrap_or(usual.to) };
    if window.to <= window.from {
        return Err(Failed("--to must lie after --from: the first day after those looked at".to_owned()));
    }
    let mapping = ask.mapping.as_ref().map(|name| mapping(&paths.mappings(), name)).transpose()?;
    if let (Some(name), Some(mapping)) = (&ask.save_mapping, &mapping) {
        let named = Mapping { name: name.clone(), ..mapping.clone() };
        crate::app::paths::write_private(&paths.mappings().join(format!("{name}.toml")), &named.write())?;
    }
    let terms = Terms {
        window,
        practice: &record.practice,
        usual_minutes: settings.preferences.usual_minutes,
        mapping: mapping.as_ref(),
    };
    let plan = import::plan(&record.store, &ask.files, terms, &mut record::ids()?, record.now)?;
    let gone = if ask.prune { WithGone::Cancel } else { WithGone::Keep };
    if !ask.dry_run {
        if let Some(write) = import::act(&plan, gone) {
            record.store.commit(&write, record.now)?;
        }
        import::remember(&mut record.store, &Request { files: ask.files.clone(), mapping: ask.mapping.clone() })?;
    }
    report(&plan, gone, ask)?;
    record.store.close()?;
    Ok(ExitCode::SUCCESS)
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
    if refused > 0 {
        print::say(&format!("{refused} refused; the rest {} in", if ask.dry_run { "would go" } else { "went" }));
    }
    Ok(())
}

/// A mapping by its file, or by the name it was saved under.
fn mapping(folder: &Path, name: &str) -> Result<Mapping, Failed> {
    let path = Path::new(name);
    if path.is_file() {
        let text = std::fs::read_to_string(path)?;
        return Mapping::read(&text).map_err(|why| Failed(format!("the mapping {name} cannot be used: {why}")));
    }
    Ok(import::mapping(folder, name)?)
}
