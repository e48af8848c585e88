//! What the long follow-up asks in one line: what was done about a urine test or an answer, an appointment, a pause.

use crate::action::follow::{ReferralChange, TaperChange, UrineChange};
use crate::clinical::monitoring::urine::UrineTest;
use crate::clinical::referral::Referral;
use crate::clinical::taper_plan::TaperPlan;
use crate::clinical::typed::{DateSense, Reading, read_date};
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::screen::follow::step::{put_referral, put_taper};
use crate::ui::screen::monitoring::step::put_urine;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum FollowAsk {
    /// What was done about a urine test.
    ActOnUrine(UrineTest),
    /// On which day the appointment of a referral is.
    BookReferral(Referral),
    /// What was done about the answer to a referral.
    ActOnReferral(Referral),
    /// How many days longer the step of a taper is kept.
    PauseTaper(TaperPlan),
    /// Why a taper ends before its end.
    EndTaper(TaperPlan),
}

impl FollowAsk {
    /// The title and a hint.
    pub const fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::ActOnUrine(_) => ("Done about the urine test", "what was said and done; or: nothing to do"),
            Self::BookReferral(_) => ("Appointment on", "14 dec, mon, +3w"),
            Self::ActOnReferral(_) => ("Done about the answer", "what was done; or: nothing to do"),
            Self::PauseTaper(_) => ("Keep this step longer by", "days: 14"),
            Self::EndTaper(_) => ("End the taper, because", "the reason, in a few words"),
        }
    }

    /// What is written, from the line as it was typed.
    ///
    /// # Errors
    /// What is missing, in words.
    pub fn finish(&self, said: String, env: &Env<'_>) -> Result<Vec<Effect>, String> {
        match self {
            Self::ActOnUrine(test) => {
                if said.is_empty() {
                    return Err("write what was done, also where that is: nothing".to_owned());
                }
                let test = test.acted_on(said, env.now.today(), env.now.instant);
                Ok(vec![put_urine(test, UrineChange::ActedOn)])
            }
            Self::BookReferral(referral) => {
                let reading = Reading::of(env.practice.region, env.now.wall());
                let on = read_date(&said, &reading, DateSense::Ahead).map_err(|why| why.to_string())?;
                Ok(vec![put_referral(referral.booked(on, env.now.today()), ReferralChange::Stepped)])
            }
            Self::ActOnReferral(referral) => {
                if said.is_empty() {
                    return Err("write what was done, also where that is: nothing".to_owned());
                }
                Ok(vec![put_referral(referral.acted_on(said, env.now.instant), ReferralChange::ActedOn)])
            }
            Self::PauseTaper(taper) => {
                let days = said.split_whitespace().next().and_then(|days| days.parse().ok());
                let days = days.ok_or_else(|| "type how many days, as 14".to_owned())?;
                let paused = taper.paused(env.now.today(), days)?;
                Ok(vec![put_taper(paused, TaperChange::Paused)])
            }
            Self::EndTaper(taper) => {
                if said.is_empty() {
                    return Err("write why, in a few words".to_owned());
                }
                let ended = TaperPlan { ended: Some(said), ..taper.clone() };
                Ok(vec![put_taper(ended, TaperChange::Ended)])
            }
        }
    }
}
