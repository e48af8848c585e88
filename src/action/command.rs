//! Commands: everything that can be asked of the program, declared once as data.
//!
//! Dispatch, footer, help, palette and the printed key list all read [`COMMANDS`]; the settings may rebind it. To add a
//! command: a variant, a row, and one arm where it is carried out.
//!
//! Why so long: it is one table, and a key with two meanings is seen where all keys stand on one page.

use super::Context;

/// Something that can be asked of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each command's row in COMMANDS says what it does")]
pub enum Command {
    // Moving about.
    Up,
    Down,
    Left,
    Right,
    First,
    Last,
    PageUp,
    PageDown,
    NextPane,
    PreviousPane,
    PaneMorning,
    PaneMidday,
    PaneAfternoon,
    PaneLate,
    PaneEvening,
    Open,
    Back,
    // The day.
    DayBack,
    DayOn,
    Today,
    Now,
    GoToDate,
    Week,
    ByClock,
    CloseDay,
    OthersItems,
    // A visit.
    Advance,
    NewVisit,
    Edit,
    Move,
    NotComing,
    BlockToVisit,
    ConfirmPatient,
    ChangeKind,
    QuickScore,
    Instruments,
    HowGiven,
    ConfirmWaiting,
    TypePages,
    Patient,
    NewPatient,
    KeepPlan,
    Plan,
    Jigsaw,
    Ledger,
    Procedure,
    WholeCover,
    Diagnostics,
    NewDiagnostic,
    AsExpected,
    CareTeam,
    Handouts,
    NewFollow,
    Pause,
    Referrals,
    Tapers,
    Vitals,
    BringIn,
    DropRest,
    DropRow,
    ListEmpty,
    ListsReviewed,
    Monitoring,
    NewCheck,
    NewRow,
    RowKind,
    TakeRest,
    TakeRow,
    Medicines,
    NewMedicine,
    StopMedicine,
    MedicinesReviewed,
    OpioidContext,
    // The pages of a chart.
    ChartCover,
    ChartTrends,
    ChartTimeline,
    ChartNotes,
    ChooseKinds,
    ZoomIn,
    ZoomOut,
    NextSeries,
    PreviousSeries,
    AsTable,
    Baseline,
    Done,
    NoAnswer,
    // In and out.
    CopyOut,
    CopySection,
    CopyNotNeeded,
    Import,
    ImportAgain,
    ImportDays,
    ImportMapping,
    Find,
    Catch,
    // Answers.
    Why,
    Help,
    Palette,
    Phrases,
    // Taking back.
    Undo,
    Redo,
    // Forms.
    Complete,
    TakeOver,
    TakeOverSection,
    SectionBack,
    SectionOn,
    NextProblem,
    UndoTyping,
    RedoTyping,
    // The body map.
    BodyMap,
    MapAsLast,
    MapAllAsLast,
    MapGone,
    MapQuality,
    MapRadiates,
    MapSymptoms,
    // Deciding at the close of a day.
    CarryAll,
    CarryKind,
    CarryOne,
    CloseOne,
    ConfirmClose,
    // Reflection.
    EarlierEntry,
    LaterEntry,
    SearchEntries,
    DeleteEntry,
    // The program.
    HideNames,
    Lock,
    Theme,
    Practice,
    Backup,
    Verify,
    EmergencySheet,
    Suspend,
    Quit,
}

/// One command's row: its stable name, what it is called, what it does, and its keys.
#[derive(Debug, Clone, Copy)]
pub struct Info {
    /// The command.
    pub command: Command,
    /// The stable name that settings refer to: `visit.new`.
    pub id: &'static str,
    /// The name in the palette.
    pub name: &'static str,
    /// The word in the footer.
    pub short: &'static str,
    /// One sentence of help.
    pub help: &'static str,
    /// Where it can be asked for.
    pub context: Context,
    /// Its keys there; the first is shown. None: in the palette only.
    pub keys: &'static [&'static str],
    /// Its place in the footer, lower first; none keeps it out.
    pub footer: Option<u8>,
}

macro_rules! commands {
    ($($command:ident $id:literal $context:ident [$($key:literal),*] $footer:expr, $short:literal, $name:literal, $help:literal;)+) => {
        &[$(Info {
            command: Command::$command, id: $id, name: $name, short: $short, help: $help,
            context: Context::$context, keys: &[$($key),*], footer: $footer,
        }),+]
    };
}

/// Every command. The order is that of help and of the key list.
pub const COMMANDS: &[Info] = commands! {
    Open "item.open" List ["Enter"] Some(1), "open", "Open", "Opens what is selected.";
    Back "back" List ["Esc", "q"] None, "back", "Back", "Goes back to where you came from; nothing is lost.";
    Up "move.up" List ["k", "Up"] None, "up", "Up", "Selects the line above.";
    Down "move.down" List ["j", "Down"] None, "down", "Down", "Selects the line below.";
    Left "move.left" List ["h", "Left"] None, "left", "Left", "Moves to the left.";
    Right "move.right" List ["l", "Right"] None, "right", "Right", "Moves to the right.";
    First "move.first" List ["Home"] None, "first", "First line", "Selects the first line.";
    Last "move.last" List ["End"] None, "last", "Last line", "Selects the last line.";
    PageUp "move.page-up" List ["PgUp"] None, "page up", "Page up", "Moves a page up.";
    PageDown "move.page-down" List ["PgDn"] None, "page down", "Page down", "Moves a page down.";

    Advance "visit.advance" Board ["Space"] Some(2), "next step", "Patient one step on",
        "Moves the patient one step on (here, in room, left) and stamps the time.";
    QuickScore "score.quick" Board ["s"] Some(3), "score", "Quick score", "Takes pain now without opening the assessment.";
    Instruments "instrument.choose" Board ["S"] None, "further scores", "Further scores and questionnaires",
        "Opens an instrument for the selected patient: what is due stands first.";
    TypePages "page.type" Board ["T"] None, "type in pages", "Type in the patients' pages",
        "Opens the pages of the day one patient after the other, to type in what was filled in on paper.";
    ConfirmWaiting "page.confirm" Board ["C"] None, "confirm", "Confirm what was typed in ahead",
        "Confirms every value of the patient that was typed in from a page and waits.";
    NewVisit "visit.new" Board ["n"] Some(4), "new", "New visit",
        "Books a visit; with an empty time it is a walk-in, here now.";
    Edit "item.edit" Board ["e"] None, "edit", "Edit the visit", "Changes reason, length, kind, way or place of the visit.";
    Move "visit.move" Board ["m"] Some(6), "move", "Move the visit", "Moves the visit to another time or day.";
    NotComing "visit.not-coming" Board ["x"] None, "not coming", "No-show, cancelled or wrong day",
        "Says that the patient does not come, and why.";
    ChangeKind "visit.kind" Board ["v"] None, "kind", "Change the kind of visit",
        "Makes the visit an evaluation, a follow-up or a procedure; nothing recorded is lost.";
    BlockToVisit "visit.from-block" Board ["b"] None, "block to visit", "Make the block a visit",
        "Gives a block of time to a patient.";
    ConfirmPatient "visit.confirm-patient" Board ["f"] None, "confirm patient", "Confirm who the patient is",
        "Confirms the patient proposed by an import, or chooses another.";
    KeepPlan "plan.keep" Board ["="] None, "keep plan", "Keep the plan unchanged",
        "Keeps the patient's plan as it is, on purpose, as a version of its own.";
    Plan "plan.open" Board ["P"] None, "plan", "Open the plan", "Opens the plan of the selected patient.";
    Procedure "procedure.open" Board ["R"] None, "procedure", "Open the procedure record",
        "Opens the procedure record of the visit, also where none was planned.";
    Done "item.done" Board ["d"] None, "done", "Done", "Marks the task as done.";
    NoAnswer "check-in.no-answer" Board ["r"] None, "no answer", "No answer",
        "Counts a call that nobody answered; it comes again the next day.";
    CopyOut "copy.visit" List ["y"] Some(7), "copy out", "Copy out the summary",
        "Copies the summary of the visit for the clinic system.";
    CopySection "copy.section" List ["Y"] None, "copy a section", "Copy out one section",
        "Copies one section of the summary.";
    CopyNotNeeded "copy.not-needed" Board ["z"] None, "copy not needed", "Copy not needed",
        "Says that this summary need not go to the clinic system.";

    NextPane "pane.next" Board ["Tab"] None, "next pane", "Next pane", "Goes to the next pane.";
    PreviousPane "pane.previous" Board ["Shift-Tab"] None, "pane before", "Pane before", "Goes to the pane before.";
    PaneMorning "pane.morning" Board ["1"] None, "morning", "Morning: assessments", "Goes to the assessments.";
    PaneMidday "pane.midday" Board ["2"] None, "midday", "Midday: plans", "Goes to the plans.";
    PaneAfternoon "pane.afternoon" Board ["3"] None, "afternoon", "Afternoon: procedures", "Goes to the procedures.";
    PaneLate "pane.late" Board ["4"] None, "late", "Late: follow-up and paperwork", "Goes to the paperwork.";
    PaneEvening "pane.evening" Board ["5"] None, "evening", "Evening: reflection", "Opens the evening's reflection.";
    OthersItems "late.others" Board ["o"] None, "others' items", "Others' items",
        "Shows or hides what is the nurse's, the desk's or somebody else's.";
    ByClock "board.by-clock" Board ["a"] None, "by the clock", "All visits by the clock",
        "Shows assessments and procedures as one list by the clock; kept for each weekday.";
    DayBack "day.back" Board ["<", ","] None, "day back", "Day back", "Shows the day before.";
    DayOn "day.on" Board [">"] None, "day on", "Day on", "Shows the day after.";
    Today "day.today" Board ["t"] None, "today", "Today", "Shows today.";
    Now "day.now" Board ["."] None, "now", "Now", "Selects the visit at the now line.";
    GoToDate "day.go-to" Board ["g"] None, "date", "Go to a date", "Shows the day you type.";
    Week "day.week" Board ["w"] None, "week", "Week", "Shows the week with the load of each day.";
    CloseDay "day.close" Board ["c"] Some(9), "close day", "Close the day",
        "Shows everything that is open, to be done, carried or closed.";

    Find "find" List ["/"] Some(8), "find", "Find", "Finds patients as you type, and any text of any day.";
    Catch "task.catch" List ["+"] None, "catch", "Catch a call or task",
        "Notes a call or task and returns to where you were.";
    Patient "patient.open" List ["p"] None, "patient", "Open the patient's chart", "Opens the chart of the selected patient.";
    Diagnostics "diagnostics.open" List ["D"] None, "tests", "Tests and results",
        "Opens the selected patient's tests and results: X-ray, MRI, CT, EMG, laboratory.";
    Vitals "vital.new" List ["K"] None, "weight", "Weight and height", "Takes down the patient's weight or height, with its date.";
    BringIn "bring-in.open" List ["B"] None, "bring in", "Bring in lists of the clinic system",
        "Takes pasted problems, allergies, medicines and procedures of the patient, line by line.";
    Monitoring "monitoring.open" List ["W"] None, "monitoring", "Monitoring",
        "Opens the selected patient's monitoring: PDMP, urine tests, agreement, ECG, kidney and liver.";
    Medicines "medicines.open" List ["M"] None, "medicines", "Medicines",
        "Opens the selected patient's medicines: what they come to in a day, cautions, and how far the supply reaches.";
    Jigsaw "jigsaw.open" List ["J"] None, "jigsaw", "Jigsaw and trial ledger",
        "Opens the selected patient's treatments: what runs, what is planned, what was tried and what came of it.";
    Referrals "referrals.open" List ["F"] None, "referrals", "Referrals and care team",
        "Opens the selected patient's referrals, from letter to acted on, and who else takes part in the care.";
    Handouts "handouts.open" List ["H"] None, "handouts", "Handouts",
        "Opens the handouts: what the selected patient was given, and whether it was said back.";
    Tapers "tapers.open" List ["G"] None, "tapers", "Taper planner",
        "Opens the selected patient's tapers: steps with dates, pauses, the call of each step.";
    NewPatient "patient.new" List ["N"] None, "new patient", "New patient", "Makes a new patient.";
    Undo "undo" List ["u"] Some(8), "undo", "Undo", "Takes back the last act, by name.";
    Redo "redo" List ["U"] None, "redo", "Redo", "Does again what was taken back.";
    Why "why" List ["i"] None, "why", "Why", "Says how the figure came about, with its source.";
    Help "help" List ["?"] Some(11), "keys", "All keys here", "Shows every key that works here.";
    Palette "palette" List [":"] Some(10), "commands", "Commands", "Finds a command by its name or its key.";
    Import "import" List ["I"] None, "import", "Import a schedule", "Brings in a calendar or a table, after a preview.";
    ImportAgain "import.again" List ["A"] None, "import again", "Import the last source again",
        "Reads the last calendar or table again and applies what changed there.";
    Quit "quit" List ["Q"] None, "quit", "Quit", "Ends the program; drafts are kept.";

    Edit "chart.edit" Chart ["e"] Some(2), "edit", "Edit the patient", "Changes the patient's data and lists.";
    Plan "chart.plan" Chart ["P"] Some(3), "plan", "Open the plan", "Opens the plan of this patient.";
    Instruments "chart.instruments" Chart ["S"] None, "further scores", "Further scores and questionnaires",
        "Opens an instrument for this patient: what is due stands first.";
    WholeCover "chart.whole" Chart ["o"] None, "all of the cover", "All of the cover",
        "Shows every line of the cover, those that found no room too.";
    NewVisit "chart.visit" Chart ["n"] Some(4), "new visit", "New visit", "Books a visit for this patient.";

    ChartCover "chart.cover" Chart ["1"] None, "cover", "Cover of the chart", "Shows what is looked up, on one screen.";
    ChartTrends "chart.trends" Chart ["2"] None, "trends", "Trends of the chart",
        "Shows scores, instruments and weight over time, with procedures and changes of medicines.";
    ChartTimeline "chart.timeline" Chart ["3"] None, "timeline", "Timeline of the chart",
        "Shows all that happened, newest first, by kind and by words.";
    ChartNotes "chart.notes" Chart ["4"] None, "notes", "Notes of the chart",
        "Shows what was written in each visit, and what was changed since.";
    NextPane "chart.next-page" Chart ["Tab"] None, "next page", "Next page of the chart", "Goes to the next page of the chart.";
    PreviousPane "chart.previous-page" Chart ["Shift-Tab"] None, "page before", "Page of the chart before",
        "Goes to the page before.";

    ZoomIn "trends.closer" Trends ["+"] Some(2), "closer", "Look closer", "Shows less time: two years, one year, three months.";
    ZoomOut "trends.wider" Trends ["-"] Some(3), "wider", "Look wider", "Shows more time, up to all there is.";
    EarlierEntry "trends.earlier" Trends ["<", ","] Some(4), "earlier", "Earlier", "Shows the time before, by half of what is shown.";
    LaterEntry "trends.later" Trends [">"] None, "later", "Later", "Shows the time after, by half of what is shown.";
    NextSeries "trends.next" Trends ["v"] Some(5), "other values", "Next values", "Shows the next score, instrument or measure.";
    PreviousSeries "trends.previous" Trends ["V"] None, "values before", "Values before", "Shows the values before.";
    AsTable "trends.table" Trends ["t"] Some(6), "table", "As a table, or drawn", "Shows the same as a table, and back.";
    Baseline "trends.baseline" Trends ["b"] None, "compare from here", "Compare from here",
        "Takes the value under the cursor as what the others are compared with; there again, the first one.";

    ChooseKinds "timeline.kinds" Timeline ["f"] Some(2), "kinds", "Choose kinds",
        "Takes letters as the kinds to show: v visits, p procedures and so on; Enter keeps them.";
    SearchEntries "timeline.search" Timeline ["s"] Some(3), "search", "Search the timeline", "Finds words in all that happened.";

    EarlierEntry "notes.earlier" Notes ["<", ","] Some(2), "earlier", "Earlier note", "Shows the note before.";
    LaterEntry "notes.later" Notes [">"] Some(3), "later", "Later note", "Shows the note after.";
    SearchEntries "notes.search" Notes ["s"] Some(4), "search", "Search the notes", "Finds words in what was written.";

    NewDiagnostic "diagnostic.new" Diagnostics ["n"] Some(2), "new test or result", "New test or result",
        "Asks for a test, or keeps a result that was brought.";
    Done "diagnostic.step" Diagnostics ["d"] Some(3), "next step", "One step on",
        "Takes the test one step on: done, read, acted on; each with its date.";
    CloseOne "diagnostic.let-go" Diagnostics ["x"] Some(4), "let go", "Follow it no longer",
        "Follows a test no longer, with a reason.";

    Done "monitoring.step" Monitoring ["d"] Some(2), "next step", "As expected, or one step on",
        "Notes the check as expected, today; takes a urine test one step on.";
    AsExpected "monitoring.as-expected" Monitoring ["="] Some(3), "read as expected", "Read as expected",
        "Reads the urine test: every drug of that day's list found, and nothing else.";
    NewCheck "monitoring.new" Monitoring ["n"] Some(4), "note with details", "Note a check with details",
        "Notes a check with date, by whom, what was not as expected, and the next date.";
    CloseOne "monitoring.let-go" Monitoring ["x"] Some(5), "let go", "Follow the urine test no longer",
        "Follows a urine test no longer, with a reason.";
    NewMedicine "medicine.new" Medicines ["n"] Some(2), "new", "New medicine",
        "Adds a medicine, typed as one line: gabapentin 300 1-1-1.";
    StopMedicine "medicine.stop" Medicines ["x"] Some(3), "stop", "Stop the medicine",
        "Takes the medicine off the list, with the reason; it stays in the record.";
    MedicinesReviewed "medicines.reviewed" Medicines ["d"] Some(4), "reviewed", "The list was gone through",
        "Says that the list was gone through with the patient today: these are all, or there is none.";
    OpioidContext "medicines.context" Medicines ["e"] Some(5), "what for", "What opioids are given for, and risks",
        "Says what opioids are given for, which decides the rules, and which risks are present.";
    Plan "jigsaw.plan" Jigsaw ["P"] Some(2), "plan", "Open the plan", "Opens the plan of this patient.";
    KeepPlan "jigsaw.keep" Jigsaw ["="] Some(3), "keep plan", "Keep the plan unchanged",
        "Keeps the patient's plan as it is, on purpose, as a version of its own.";
    Ledger "jigsaw.ledger" Jigsaw ["Tab"] Some(4), "whole ledger", "The whole trial ledger",
        "Lists every treatment there was, and goes back to the jigsaw.";

    Done "follow.step" Follow ["d"] Some(2), "next step", "One step on",
        "Takes the referral one step on, gives the handout, notes the call of a taper.";
    NewFollow "follow.new" Follow ["n"] Some(3), "new", "New referral or taper",
        "Writes a referral, or plans a taper.";
    CareTeam "follow.care-team" Follow ["t"] Some(4), "care team", "Care team",
        "Changes who else takes part in the patient's care, and how to reach them.";
    Pause "follow.pause" Follow ["b"] Some(4), "pause", "Pause the taper",
        "Keeps the step of the taper longer; the rest is dated later.";
    CloseOne "follow.let-go" Follow ["x"] Some(5), "let go", "Follow it no longer",
        "Follows a referral no longer, or ends a taper, with a reason.";

    DayBack "week.back" Week ["<", ","] Some(2), "week back", "Week back", "Shows the week before.";
    DayOn "week.on" Week [">"] Some(3), "week on", "Week on", "Shows the week after.";
    Today "week.today" Week ["t"] Some(4), "this week", "This week", "Shows this week.";

    CarryAll "close.carry-all" Close ["a"] Some(2), "carry the rest", "Carry the rest",
        "Carries all that may be carried to the next clinic day.";
    CarryKind "close.carry-kind" Close ["A"] None, "carry the kind", "Carry all of this kind",
        "Carries all of the selected item's kind to the next clinic day.";
    CarryOne "close.carry" Close ["m"] Some(3), "carry to a date", "Carry to a date", "Carries the selected item to a date.";
    CloseOne "close.let-go" Close ["x"] Some(4), "close with a reason", "Close with a reason",
        "Closes the selected item with a reason.";
    Advance "close.advance" Close ["Space"] Some(2), "next step", "Patient one step on",
        "Advances a visit that is not over by one state, as on the board.";
    ConfirmClose "close.confirm" Close ["c"] Some(5), "close the day", "Close the day", "Closes the day and keeps the proof.";
    PaneEvening "close.reflection" Close ["5"] Some(6), "reflection", "Evening: reflection", "Opens the evening's reflection.";
    Today "close.today" Close ["t"] Some(7), "today", "Close today", "Shows the close of today instead of that of an earlier day.";

    Complete "import.apply" Import ["a"] Some(2), "apply", "Apply the import", "Applies everything shown, as one act.";
    CarryAll "import.prune" Import ["x"] Some(3), "cancel what is gone", "Cancel what is gone",
        "Cancels the visits that are gone from the schedule.";
    ImportDays "import.days" Import ["d"] Some(4), "days", "Look at other days",
        "Reads the schedule again for the days you type, from the first to the last.";
    ImportMapping "import.mapping" Import ["m"] Some(5), "mapping", "Choose or save a mapping",
        "Reads by another saved mapping, takes a pattern of titles, or saves what was recognised under a name.";

    TakeRow "bring-in.take" BringIn ["a"] Some(2), "take", "Take this line", "Takes the line as it was read, and goes to the next.";
    DropRow "bring-in.drop" BringIn ["x"] Some(3), "drop", "Drop this line", "Leaves the line out, and goes to the next.";
    TakeRest "bring-in.take-rest" BringIn ["A"] Some(4), "take the rest", "Take the rest",
        "Takes every line that waits, but for those the record holds already.";
    DropRest "bring-in.drop-rest" BringIn ["X"] None, "drop the rest", "Drop the rest", "Leaves out every line that waits.";
    RowKind "bring-in.kind" BringIn ["v"] Some(5), "kind", "Say what this line is",
        "Reads the line as a problem, diagnosis, allergy, medicine, procedure or text.";
    NewRow "bring-in.new" BringIn ["n"] Some(6), "new line", "Type a line",
        "Types a line of your own: an injection done elsewhere, say.";
    ListEmpty "bring-in.none" BringIn ["o"] Some(7), "there is none", "Asked, and there is none",
        "Says on purpose that the patient has no allergies, no antithrombotics or no medicines.";
    ListsReviewed "bring-in.reviewed" BringIn ["r"] None, "reviewed", "Gone through with the patient",
        "Says that every list that is touched was gone through with the patient today.";
    Complete "bring-in.keep" BringIn ["c", "Ctrl-S", "F4"] Some(8), "keep", "Keep what was taken",
        "Keeps everything that was taken, as one act, and goes back.";

    EarlierEntry "entries.earlier" Entries ["<", ","] Some(2), "earlier", "Earlier entry", "Shows the reflection before.";
    LaterEntry "entries.later" Entries [">"] Some(3), "later", "Later entry", "Shows the reflection after.";
    SearchEntries "entries.search" Entries ["s"] Some(4), "search", "Search the reflections",
        "Finds words in earlier reflections.";
    DeleteEntry "entries.delete" Entries ["x"] None, "delete", "Delete this entry", "Deletes this reflection, after asking.";

    Back "map.back" BodyMap ["Esc", "Ctrl-B", "F10"] Some(7), "form", "Back to the form",
        "Closes the body map and returns to the very field; what was marked is kept.";
    MapAsLast "map.as-last" BodyMap ["=", "Ctrl-T", "F3"] Some(1), "as last", "Region as last visit",
        "Marks the region as at the last visit, and says that it was taken over.";
    MapAllAsLast "map.all-as-last" BodyMap ["*", "Ctrl-E"] Some(2), "all", "All regions as last visit",
        "Marks every region that hurt at the last visit and is not marked yet, as it was.";
    MapGone "map.gone" BodyMap ["-"] Some(3), "gone", "Gone", "Says that the region was asked about and does not hurt.";
    MapQuality "map.quality" BodyMap [","] Some(4), "feels", "Quality of the pain",
        "Takes the next letter as how it feels there: a aching, b burning, s stabbing and so on.";
    MapRadiates "map.radiates" BodyMap [">"] Some(5), "goes to", "Radiates to",
        "Takes the next region as where the pain goes from here.";
    MapSymptoms "map.symptoms" BodyMap ["Tab"] Some(6), "symptoms", "Symptoms of widespread pain",
        "Goes to the symptoms that go with widespread pain, and back to the figure.";

    Complete "form.complete" Form ["Ctrl-S", "F4"] Some(3), "complete", "Complete", "Completes the form and keeps its record.";
    Back "form.back" Form ["Esc"] Some(4), "back, kept", "Back, kept", "Goes back; what was typed is kept as a draft.";
    TakeOver "form.take-over" Form ["Ctrl-T", "F3"] Some(5), "as last", "Take over the last value",
        "Takes the last visit's value into this field, and marks it as taken over.";
    TakeOverSection "form.take-over-section" Form ["Ctrl-E"] None, "section as last", "Take over the section",
        "Takes the last visit's values into the empty fields of this section.";
    SectionBack "form.section-back" Form ["PgUp"] None, "section back", "Section back", "Goes to the section before.";
    SectionOn "form.section-on" Form ["PgDn"] Some(6), "section", "Section on", "Goes to the next section.";
    NextProblem "form.problem" Form ["F8"] None, "next problem", "Next problem", "Goes to the next field that wants something.";
    UndoTyping "form.undo" Form ["Ctrl-Z"] None, "undo typing", "Undo typing", "Takes back the last typing.";
    RedoTyping "form.redo" Form ["Ctrl-Y"] None, "redo typing", "Redo typing", "Types again what was taken back.";
    BodyMap "form.body-map" Form ["Ctrl-B", "F10"] Some(7), "map", "Body map",
        "Opens the body map over this form; Esc returns to this field.";
    Plan "form.plan" Form ["Ctrl-G", "F7"] Some(7), "plan", "On to the plan",
        "Opens the patient's plan over this form; Esc returns to this field.";
    Instruments "form.instruments" Form ["Ctrl-O", "F11"] Some(9), "scores", "Further scores and questionnaires",
        "Opens an instrument over this form; Esc returns to this field.";
    ConfirmWaiting "form.confirm" Form ["Ctrl-Space"] None, "confirm", "Confirm what was typed in ahead",
        "Confirms every value of the patient that was typed in from a page and waits.";
    HowGiven "form.given" Form ["Ctrl-Q"] None, "how given", "How the answers are given",
        "Says for the whole form how the answers are given, and by whom.";
    Diagnostics "form.diagnostics" Form ["F12"] None, "tests", "Tests and results",
        "Opens the patient's tests and results over this form; Esc returns to this field.";
    Vitals "form.vital" Form [] None, "weight", "Weight and height",
        "Takes down the patient's weight or height over this form; Esc returns to this field.";
    BringIn "form.bring-in" Form [] None, "bring in", "Bring in lists of the clinic system",
        "Opens the patient's sheet for pasted lists over this form; Esc returns to this field.";
    Medicines "form.medicines" Form ["Ctrl-]"] None, "medicines", "Medicines",
        "Opens the patient's medicines over this form; Esc returns to this field.";
    Why "form.why" Form ["F2"] Some(8), "why", "Why", "Says how the figure of this field came about.";

    Palette "palette.anywhere" Anywhere ["Ctrl-P", "F5"] None, "commands", "Commands", "Finds a command by its name or its key.";
    Help "help.anywhere" Anywhere ["F1"] None, "keys", "All keys here", "Shows every key that works here.";
    Catch "task.catch-anywhere" Anywhere ["Ctrl-K", "F6"] None, "catch", "Catch a call or task",
        "Notes a call or task and returns to the very field.";
    Phrases "phrases" Anywhere [] None, "phrases", "Phrases: what a dot and a word become",
        "Lists the dot-phrases of text fields, your own first, and what is wrong in your file.";
    HideNames "names.hide" Anywhere ["F9"] None, "hide names", "Hide all names", "Hides all names until pressed again.";
    Lock "lock" Anywhere ["Ctrl-L"] None, "lock", "Lock", "Locks the record; drafts are kept.";
    Theme "theme.next" Anywhere [] None, "theme", "Next theme", "Changes between dark, light and high contrast.";
    Practice "practice.edit" Anywhere [] None, "practice", "Practice settings: name, region, zone", "Changes the practice's name, region or zone.";
    Backup "record.backup" Anywhere [] None, "backup", "Make a backup", "Makes a verified encrypted copy of the record.";
    Verify "record.verify" Anywhere [] None, "verify", "Verify the record", "Proves pages, keys, index and change log.";
    EmergencySheet "record.emergency-sheet" Anywhere [] None, "emergency sheet", "Emergency sheet",
        "Writes the sheet that says how the record is opened without this program.";
    Suspend "suspend" Anywhere [] None, "suspend", "Suspend", "Hands the terminal back to the shell until you return.";
};

impl Command {
    /// The rows of this command, the first its main one.
    pub fn rows(self) -> impl Iterator<Item = &'static Info> {
        COMMANDS.iter().filter(move |info| info.command == self)
    }

    /// Its name as the palette shows it.
    pub fn name(self) -> &'static str {
        self.rows().next().map_or("", |info| info.name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::action::key::Chord;

    #[test]
    fn every_row_has_its_own_name_and_speaks_in_sentences() {
        let mut ids = BTreeSet::new();
        for info in COMMANDS {
            assert!(ids.insert(info.id), "{} stands twice", info.id);
            assert!(info.help.ends_with('.'), "{}", info.id);
            assert!(!info.name.is_empty() && !info.short.is_empty(), "{}", info.id);
        }
    }

    #[test]
    fn every_key_can_be_typed_on_a_plain_terminal() {
        for info in COMMANDS {
            for key in info.keys {
                assert!(key.parse::<Chord>().is_ok(), "{}: {key}", info.id);
            }
        }
    }

    #[test]
    fn no_key_has_two_meanings_in_one_place() {
        for &context in Context::ALL {
            let mut seen = BTreeSet::new();
            for info in COMMANDS.iter().filter(|info| info.context == context) {
                for key in info.keys {
                    assert!(seen.insert(*key), "{key} stands twice {}", context.title());
                }
            }
        }
    }

    #[test]
    fn what_works_everywhere_is_never_a_plain_character() {
        for info in COMMANDS.iter().filter(|info| matches!(info.context, Context::Anywhere | Context::Form)) {
            for key in info.keys {
                let chord: Chord = key.parse().unwrap();
                assert_eq!(chord.key().types(), None, "{}: {key}", info.id);
            }
        }
    }
}
