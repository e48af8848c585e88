//! A referral: to whom and why, when it was sent, booked and seen, what they answer, what was done. And the care team.

use super::Subject;
use crate::action::follow::ReferralChange;
use crate::action::{FollowWrite, Write};
use crate::clinical::draft::{DraftKey, REFERRAL_FORM, TEAM_FORM};
use crate::clinical::id::VisitId;
use crate::clinical::patient::PatientFile;
use crate::clinical::referral::{CareMember, PlannedReferral, Referral, ReferralDraft, Step};
use crate::clinical::text::clean_line;
use crate::form::build::{area, date, flag, line, rows};
use crate::form::{DateSpec, Field, FormDef, Level, Row, Slot};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::{FollowPlace, Place};
use crate::ui::theme::Role;
use crate::ui::widget::Words;

type D = ReferralDraft;

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<D> {
    FormDef::new(REFERRAL_FORM, 1)
        .section(
            "Letter",
            vec![
                line("to", "to", |v: &mut D, _| Slot::Text(&mut v.to)),
                area("question", "question", 2, |v: &mut D, _| Slot::Text(&mut v.question)),
                date("written", "written", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.written)).blank("today"),
                date("sent", "sent", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.sent)),
                date("due", "next by", DateSpec::Any, |v: &mut D, _| Slot::Date(&mut v.due))
                    .blank("by the step; from then on it stands in the Late pane"),
            ],
        )
        .section(
            "Answer",
            vec![
                date("appointment", "appointment", DateSpec::Any, |v: &mut D, _| Slot::Date(&mut v.appointment)),
                date("seen", "seen", DateSpec::Past, |v: &mut D, _| Slot::Date(&mut v.seen)),
                area("answer", "answer", 3, |v: &mut D, _| Slot::Text(&mut v.answer)),
                flag("read", "read", |v: &mut D, _| Slot::Flag(&mut v.read)),
                area("action", "done about it", 2, |v: &mut D, _| Slot::Text(&mut v.action))
                    .help("also where that is: nothing; until then the answer stays in the Late pane"),
            ],
        )
        .rule("to", Level::Error, |v| v.to.trim().is_empty().then(|| "to whom?".to_owned()))
}

/// A referral of a patient.
#[derive(Debug)]
pub struct ReferralSubject {
    /// As the record has it; none where it is new.
    pub referral: Option<Referral>,
    /// The piece of the plan a new one comes from.
    pub plan: Option<PlannedReferral>,
    /// Of whom.
    pub file: PatientFile,
    /// The visit in which a new one is written.
    pub visit: Option<VisitId>,
}

impl Subject for ReferralSubject {
    type Draft = D;

    fn definition(&self) -> FormDef<D> {
        definition()
    }

    fn start(&self) -> D {
        if let Some(referral) = &self.referral {
            return D::of(referral);
        }
        let plan = self.plan.as_ref();
        let (to, question) = plan.map(|plan| (plan.what.clone(), plan.question.clone())).unwrap_or_default();
        D { to, question, ..D::default() }
    }

    fn place(&self) -> Place {
        let patient = self.file.patient.id;
        Place::Follow(match &self.referral {
            Some(referral) => FollowPlace::Referral(referral.id),
            None => {
                FollowPlace::NewReferral { patient, visit: self.visit, plan: self.plan.as_ref().map(|plan| plan.item) }
            }
        })
    }

    fn draft_key(&self) -> DraftKey {
        let plan = self.plan.as_ref().map_or_else(String::new, |plan| plan.item.to_string());
        let new = || format!("new {} {plan}", self.file.patient.id);
        DraftKey::of(REFERRAL_FORM, self.referral.as_ref().map_or_else(new, |referral| referral.id.to_string()))
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        match &self.referral {
            Some(referral) => Words::new().bold(Role::Focus, "Referral").gap(3).say(Role::Second, referral.line()),
            None => Words::new().bold(Role::Focus, "New referral"),
        }
    }

    fn finish(&self, draft: &D, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let (now, today) = (env.now.instant, env.now.today());
        let old = self.referral.as_ref();
        let id = old.map_or_else(|| env.ids.next(now), |referral| referral.id);
        let visit = old.map_or(self.visit, |referral| referral.visit);
        let who = (id, self.file.patient.id, visit);
        let referral = draft.finish(old, who, self.plan.as_ref(), (today, now))?;
        let change = match old {
            None => ReferralChange::Written,
            Some(old) if old.step() == referral.step() => ReferralChange::Changed,
            Some(_) if referral.step() == Step::ActedOn => ReferralChange::ActedOn,
            Some(_) => ReferralChange::Stepped,
        };
        let write = FollowWrite::Referral { referral, change };
        Ok(vec![Effect::complete(Write::Follow(write), self.draft_key()), Effect::Back])
    }
}

/// One member of the care team as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct MemberDraft {
    /// Who.
    pub name: String,
    /// As what.
    pub role: String,
    /// How to reach them.
    pub reach: String,
}

/// The care team as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct TeamDraft {
    /// Who, one a row.
    pub members: Vec<MemberDraft>,
}

impl Row for MemberDraft {
    const COLS: &'static [Field<Self>] = &[
        line("name", "name", |v: &mut MemberDraft, _| Slot::Text(&mut v.name)).width(24),
        line("role", "as", |v: &mut MemberDraft, _| Slot::Text(&mut v.role)).width(20),
        line("reach", "how to reach", |v: &mut MemberDraft, _| Slot::Text(&mut v.reach)).width(26),
    ];
}

/// The table of the care team. Its name and ids stand in drafts: they never change.
pub fn team_definition() -> FormDef<TeamDraft> {
    FormDef::new(TEAM_FORM, 1)
        .section("Care team", vec![rows("members", "", |v: &mut TeamDraft, _| Slot::Rows(&mut v.members))])
}

/// A patient's care team.
#[derive(Debug)]
pub struct TeamSubject {
    /// As the record has it.
    pub team: Vec<CareMember>,
    /// Whose.
    pub file: PatientFile,
}

impl Subject for TeamSubject {
    type Draft = TeamDraft;

    fn definition(&self) -> FormDef<TeamDraft> {
        team_definition()
    }

    fn start(&self) -> TeamDraft {
        let member = |member: &CareMember| MemberDraft {
            name: member.name.clone(),
            role: member.role.clone(),
            reach: member.reach.clone(),
        };
        TeamDraft { members: self.team.iter().map(member).collect() }
    }

    fn place(&self) -> Place {
        Place::Follow(FollowPlace::CareTeam(self.file.patient.id))
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(TEAM_FORM, self.file.patient.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, "Care team")
    }

    fn finish(&self, draft: &TeamDraft, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let mut members = Vec::new();
        for row in &draft.members {
            let (name, role, reach) = (clean_line(&row.name), clean_line(&row.role), clean_line(&row.reach));
            if name.is_empty() && role.is_empty() && reach.is_empty() {
                continue;
            }
            if name.is_empty() {
                return Err(("members", format!("who is {}?", if role.is_empty() { reach } else { role })));
            }
            members.push(CareMember { id: env.ids.next(now), name, role, reach });
        }
        let write = FollowWrite::CareTeam { patient: self.file.patient.id, members };
        Ok(vec![Effect::complete(Write::Follow(write), self.draft_key()), Effect::Back])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
        assert_eq!(crate::form::check::all(team_definition), Vec::<String>::new());
    }
}
