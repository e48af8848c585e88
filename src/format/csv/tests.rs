//! What tables say, told as small files and the appointments that come out of them.

use super::*;

const WINDOW: Window =
    Window { from: NaiveDate::from_ymd_opt(2025, 1, 1).unwrap(), to: NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() };

fn options(mapping: Option<&Mapping>) -> Options<'_> {
    Options { window: WINDOW, practice: Tz::Europe__Berlin, region: DateOrder::Dmy, mapping }
}

fn table(text: &str) -> Read {
    super::read("a.csv", text.as_bytes(), options(None)).unwrap_or_else(|why| panic!("{why}: {text}"))
}

/// Start, length, patient and title of an appointment, on one line.
fn shown(event: &SourceEvent) -> String {
    let patient = event.patient.clone().unwrap_or_default();
    let parts = [
        Some(event.start.format("%m-%d %H:%M").to_string()),
        event.end.map(|end| format!("{}min", (end - event.start).num_minutes())),
        patient.family.map(|family| format!("{family}, {}", patient.given.unwrap_or_default())),
        patient.name,
        patient.birth_date.map(|birth| format!("*{birth}")),
        patient.number.map(|number| format!("#{number}")),
        event.title.clone(),
        event.cancelled.then(|| "CANCELLED".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[test]
fn tables_are_read_whatever_their_layout() {
    for (text, expected) in [
        (
            "Datum;Uhrzeit;Name;Vorname;Geb.-Datum;Grund\n24.11.2026;08:30;Müller;Änne;05.03.61;Kontrolle\n",
            "11-24 08:30 Müller, Änne *1961-03-05 Kontrolle",
        ),
        (
            "Datum\tvon\tbis\tPatient\tPat.-Nr.\n24.11.2026\t08:30\t08:50\tMüller, Änne\t77\n",
            "11-24 08:30 20min Müller, Änne #77",
        ),
        (
            "Appt Date/Time,Patient Name,MRN,Appt Length,Visit Type,Appt Status\n11/24/2026 8:30 AM,\"NG,LINH [4711]\",4711,20,New Patient,Canceled\n",
            "11-24 08:30 20min NG, LINH #4711 New Patient CANCELLED",
        ),
        (
            "appointment_id,patient_id,appointment_date,appointment_time,reason_for_visit,status\nA1,P9,2026-11-24,08:30:00,Back pain,Scheduled\n",
            "11-24 08:30 #P9 Back pain",
        ),
        (
            "pc_eid,pc_eventDate,pc_startTime,pc_duration,pc_title,pc_apptstatus,fname,lname\n5,2026-11-24,08:30:00,1200,Office Visit,x,Linh,Ng\n",
            "11-24 08:30 20min Ng, Linh Office Visit CANCELLED",
        ),
        ("start,end,patient\n2026-11-24T08:30:00Z,2026-11-24T08:50:00Z,Linh Ng\n", "11-24 08:30 20min Linh Ng"),
        ("Time,Patient\n9:00 - 9:20,Linh Ng\n", ""),
        (
            "Clinic list for 24 November 2026\n\nTime,Patient\n9:00 - 9:20,Linh Ng\nTotal: 1,\n",
            "11-24 09:00 20min Linh Ng",
        ),
        (
            "Linh Ng;24.11.2026;08:30;Follow Up\nAna Ruiz;24.11.2026;08:50;Injection\n",
            "11-24 08:30 Linh Ng Follow Up|11-24 08:50 Ana Ruiz Injection",
        ),
        ("name:date:duration\nNg, Linh:2026-11-24 0830:30\n", "11-24 08:30 30min Ng, Linh"),
        (
            "Subject,Start Date,Start Time,End Date,End Time,All day event\nLunch,24/11/2026,12:00,24/11/2026,13:00,False\nHoliday,25/11/2026,,26/11/2026,,True\n",
            "11-24 12:00 60min Lunch|11-25 00:00 1440min Holiday",
        ),
        (
            "Date,Time,Patient,Type\n2026-11-24,12:00,Lunch,\n2026-11-24,13:00,,Staff meeting\n2026-11-24,14:00,,\n",
            "11-24 12:00 Lunch|11-24 13:00 Staff meeting",
        ),
        ("Fecha;Hora;Paciente\n24/11/2026;08:30;Ana Ruiz\n", "11-24 08:30 Ana Ruiz"),
        (
            "Date de début,Date de fin,Nom,Prénom,Nom de naissance,Date de naissance,Statut\n24/11/2026 08:30,24/11/2026 08:50,Lefèvre,Zoé,Durand,03/04/1960,Annulé\n",
            "11-24 08:30 20min Lefèvre, Zoé *1960-04-03 CANCELLED",
        ),
        (
            "Appointment,Appointment,Patient,Patient\nDate,Time,Last,First\n2026-11-24,8:30,Ng,Linh\n",
            "11-24 08:30 Ng, Linh",
        ),
        ("Date,Time,Last,First,DOB\n46350,0.354166666666667,Ng,Linh,26359\n", "11-24 08:30 Ng, Linh *1972-03-01"),
        (
            "Invitee First Name,Invitee Last Name,Start Date & Time,Cancelled at\nLinh,Ng,2026-11-24 08:30 am,2026-11-20 10:00\n",
            "11-24 08:30 Ng, Linh CANCELLED",
        ),
        (
            "Date,Time,Last,First,MRN\n-----,-----,-----,-----,-----\n=\"2026-11-24\",=\"08:30\",Ng,Linh,=\"007\"\n\n*** End ***\nPrinted 2026-11-23 10:00\n",
            "11-24 08:30 Ng, Linh #007",
        ),
        (
            "Date,Time,Last,First,DOB\n13/11/2026,08:30,Ng,Linh,1/2/1980\n24/11/2026,08:30,Ruiz,Ana,12/31/1948\n",
            "11-13 08:30 Ng, Linh *1980-01-02|11-24 08:30 Ruiz, Ana *1948-12-31",
        ),
        ("Date,Start,End,Last,First\n2026-11-24,23:30,24:00,Ng,Linh\n", "11-24 23:30 30min Ng, Linh"),
        ("Date,Time,Last,First\n2026-11-24,08:30-09:00,Ng,Linh\n", "11-24 08:30 30min Ng, Linh"),
        (
            "Appt Date,Appt Time,MRN,Patient Name,Appt Status,DOB\n24-Mar-2026,08:30,7,\"NG, LINH\",Can,13-Mar-1972\n",
            "03-24 08:30 NG, LINH *1972-03-13 #7 CANCELLED",
        ),
        (
            "Date,Time,Last,First\n2026-11-24,0830,Ng,Linh\nDate,Time,Last,First\n2026-11-25,0900,Ng,Linh\n",
            "11-24 08:30 Ng, Linh|11-25 09:00 Ng, Linh",
        ),
        (
            "Monday list,,\nTime,Last,First\nTuesday 24 Nov 2026,,\n8:30,Ng,Linh\nWednesday 25 Nov 2026,,\n8:30,Ng,Linh\n",
            "11-24 08:30 Ng, Linh|11-25 08:30 Ng, Linh",
        ),
        ("ScheduledDay,AppointmentDay,PatientId,Time\n2026-10-01T10:00,2026-11-24,7,08:30\n", "11-24 08:30 #7"),
    ] {
        let got = match super::read("a.csv", text.as_bytes(), options(None)) {
            Ok(read) => read.events.iter().map(shown).collect::<Vec<_>>().join("|"),
            Err(_) => String::new(),
        };
        assert_eq!(got, expected, "{text}");
    }
}

#[test]
fn tables_of_the_front_desk_are_read_as_they_were_meant() {
    for (text, expected) in [
        (
            "Date,Start Time,AM/PM,Patient\n2026-11-24,9:00,AM,A B\n2026-11-24,1:30,PM,C D\n",
            "11-24 09:00 A B|11-24 13:30 C D",
        ),
        (
            "Date,Start,AM/PM,End,AM/PM,Patient\n2026-11-24,11:30,AM,12:30,PM,A B\n2026-11-24,1:00 PM,PM,1:20,PM,C D\n",
            "11-24 11:30 60min A B|11-24 13:00 20min C D",
        ),
        ("Date,Start,End,AM/PM,Patient\n2026-11-24,1:00,1:20,PM,A B\n", "11-24 13:00 20min A B"),
        ("Date,Start,AM/PM,End,Patient\n2026-11-24,11:30,AM,12:30,A B\n", "11-24 11:30 60min A B"),
        ("Date;Time;Name, Vorname\n2026-11-24;9:00;Doe, Jane\n", "11-24 09:00 Doe, Jane"),
        ("Date;Time;Nachname Vorname\n2026-11-24;9:00;Doe Jane Ann\n", "11-24 09:00 Doe, Jane Ann"),
        ("Date;Time;Patient (Last First)\n2026-11-24;9:00;van der Berg Jan\n", "11-24 09:00 van der Berg, Jan"),
        ("Date;Time;Name/DOB\n2026-11-24;9:00;Doe, Jane 13/02/1950\n", "11-24 09:00 Doe, Jane *1950-02-13"),
        ("Date,Time,Patient,DOB,Venue\n2026-11-24,9:00,A B,1950-02-01,Room 3\n", "11-24 09:00 A B *1950-02-01"),
        ("Date,Time,Patient,Price\n2026-11-24,9:00,A B,100\n", "11-24 09:00 A B"),
        (
            "Date,Time,Patient\n2026-11-24,12:00,LUNCH / ADMIN\n2026-11-24,12:30,Staff meeting\n2026-11-24,13:00,\"Block, Robert\"\n",
            "11-24 12:00 LUNCH / ADMIN|11-24 12:30 Staff meeting|11-24 13:00 Block, Robert",
        ),
        (
            "Date,Time,Patient,DOB\n46350,0.375,A B,18264\n46350,0.395833333,C D,20000\n",
            "11-24 09:00 A B *1950-01-01|11-24 09:30 C D *1954-10-03",
        ),
        ("Date,Time,Duration,Patient\n2026-11-24,09:00,300,A B\n", "11-24 09:00 300min A B"),
        (
            "Date,Time,Duration,Patient\n2026-11-24,09:00,1800,A B\n2026-11-24,10:00,2700,C D\n",
            "11-24 09:00 30min A B|11-24 10:00 45min C D",
        ),
        (
            "Date,Time,Duration,Patient\n2026-11-24,08:00,300,A B\n2026-11-24,13:00,360,C D\n",
            "11-24 08:00 300min A B|11-24 13:00 360min C D",
        ),
    ] {
        let read = table(text);
        assert_eq!(read.events.iter().map(shown).collect::<Vec<_>>().join("|"), expected, "{text}");
    }
}

#[test]
fn what_a_row_leaves_open_or_contradicts_stands_on_its_line() {
    for (row, end, words) in [
        ("2026-11-24,23:00,01:00,A B", Some("11-25 01:00"), "next day"),
        ("2026-11-24,10:00,09:00,A B", None, "ends before it starts"),
        ("2026-11-24,10:00,00:00,A B", None, ""),
        ("2026-11-24,10:00,10:00,A B", None, ""),
        ("Mon 24/11/2026,10:00,,A B", None, "24 Nov 2026 is a Tuesday, the schedule says Monday"),
        ("Tue 24/11/2026,10:00,,A B", None, ""),
        ("\"Monday, November 24, 2026\",10:00,,A B", None, "is a Tuesday"),
        ("Mar 24 2026,10:00,,A B", None, ""),
    ] {
        let read = table(&format!("Date,Start,End,Patient\n{row}\n"));
        let event = &read.events[0];
        assert_eq!(event.end.map(|end| end.format("%m-%d %H:%M").to_string()).as_deref(), end, "{row}");
        let note = event.note.clone().unwrap_or_default();
        assert!(note.contains(words) && note.is_empty() == words.is_empty(), "{row}: {note}");
    }
    let read = table("Date,Time,Patient,DOB\n2026-11-24,9:00,A B,010250\n2026-11-24,9:30,C D,18264\n");
    assert_eq!((read.events.len(), read.refused.len()), (0, 2));
    assert!(read.refused[0].reason.contains("run together"), "{}", read.refused[0].reason);
    let read = table("Date,Time,Patient\n03/14/2026,9:00,A B\n14/03/2026,9:00,C D\n");
    assert!(read.notes.iter().any(|note| note.contains("contradict")), "{:?}", read.notes);
    // What is a date in no order contradicts nothing: its own line says so.
    let read = table("Date,Time,Patient\n2026-11-24,9:00,A B\n24/24/2026,9:30,C D\n");
    assert_eq!((read.events.len(), read.refused.len()), (1, 1));
    assert!(!read.notes.iter().any(|note| note.contains("contradict")), "{:?}", read.notes);
}

#[test]
fn what_is_no_schedule_says_why() {
    for (text, words) in [
        ("", "nothing stands in it"),
        ("a,b,c\n1,2,3\n", "no column holds the dates"),
        ("pid,fname,lname,DOB\n1,Linh,Ng,1980-01-01\n", "birth dates"),
        ("Linh Ng,1980-01-01\nAna Ruiz,1950-05-05\nBo Li,2010-02-03\n", "birth dates"),
        ("Time,Patient\n9:00,Linh Ng\n", "no date"),
        ("Date,Time,Patient\n241126,9:00,Linh Ng\n", "its dates are six digits run together"),
        ("Date,Patient,Reason\n112426,Linh Ng,back\n112526,Ana Ruiz,knee\n", "its dates are six digits run together"),
        ("Time,Patient\n083000,Linh Ng\n", "no date"),
        ("Date,Patient\n2026-11-24,Linh Ng\n", "no times"),
        ("Date,Time,Temperature\n2026-11-24,08:30,21.5\n", "neither patients"),
        ("id,date,reason,pid,encounter\n1,2026-01-15 09:30:00,Pain,7,5\n", "took place"),
        ("Name,Start Date,Ticket Url\nBand,2026-04-12T19:30,http://example.org\n", "public events"),
    ] {
        let why = super::read("a.csv", text.as_bytes(), options(None)).unwrap_err();
        assert!(why.0.contains(words), "{text}: {why}");
    }
}

#[test]
fn a_bad_row_is_refused_with_its_line_and_the_rest_goes_in() {
    let good = "2026-11-24,08:30,Ng,Linh,1980-01-01";
    for (bad, words) in [
        ("2026-11-24,08:30,Ng", "3 cells, the header has 5"),
        ("2026-11-24,08:30,Ng,Linh,1980-01-01,x", "6 cells, the header has 5"),
        ("2026-02-30,08:30,Ng,Linh,", "impossible date 2026-02-30"),
        ("2026-11-24,25:61,Ng,Linh,", "impossible time 25:61"),
        ("2026-11-24,,Ng,Linh,", "no time"),
        (",08:30,Ng,Linh,", "no date"),
        ("soon,08:30,Ng,Linh,", "\"soon\" is no date"),
        ("2026-11-24,08:30,Ng,Linh,1980-02-30", "impossible birth date"),
    ] {
        let read = table(&format!("date,time,last,first,dob\n{bad}\n{good}\n"));
        assert_eq!(read.events.len(), 1, "{bad}");
        assert_eq!(read.refused.iter().map(|refused| refused.line).collect::<Vec<_>>(), [2], "{bad}");
        assert!(read.refused[0].reason.contains(words), "{bad}: {}", read.refused[0].reason);
    }
    let read = table(&format!("date,time,last,first,dob\n{good}\n{good}\n"));
    assert_eq!((read.events.len(), read.passed_over[0].line), (1, 3));
}

#[test]
fn a_row_keeps_its_name_while_other_rows_come_and_go() {
    let uids = |text: &str| -> Vec<String> { table(text).events.into_iter().map(|event| event.key.uid).collect() };
    let header = "date,time,last,first,dob\n";
    let (early, late) = ("2026-11-24,08:30,Ng,Linh,1980-01-01\n", "2026-11-24,14:00,NG,Linh,1980-01-01\n");
    let other = "2026-11-24,08:30,Ng,Linh,1999-09-09\n";
    let both = uids(&format!("{header}{late}{early}{other}"));
    assert_eq!(
        both,
        [
            "linh ng 1980-01-01 | 2026-11-24 | 2",
            "linh ng 1980-01-01 | 2026-11-24 | 1",
            "linh ng 1999-09-09 | 2026-11-24 | 1"
        ]
    );
    // With an id column the row may move to any day.
    assert_eq!(uids("apptid,date,time,patient\n7,2026-11-24,08:30,Linh Ng\n"), ["apptid 7"]);
    // An "ID" that comes back with its patient is the patient's.
    let read = table("ID,Name,Date,Time\n7,Linh Ng,2026-11-24,08:30\n7,Linh Ng,2026-11-25,08:30\n");
    assert_eq!(read.events[0].patient.as_ref().unwrap().number.as_deref(), Some("7"));
    assert_eq!(read.events.len(), 2);
}

#[test]
fn what_was_decided_is_said() {
    let read = table("Date,Time,Patient\n03/04/2026,08:30,Linh Ng\n");
    assert!(read.notes[0].contains("3 Apr 2026"), "{:?}", read.notes);
    let latin: Vec<u8> = "Datum;Zeit;Name\n24.11.2026;08:30;Müller\n".chars().map(|c| c as u8).collect();
    let read = super::read("a.csv", &latin, options(None)).unwrap();
    assert_eq!(read.events[0].patient.as_ref().unwrap().name.as_deref(), Some("Müller"));
    assert!(read.notes[0].contains("windows-1252"), "{:?}", read.notes);
    let read = table("date,date,time,patient\n2026-11-24,2026-11-25,08:30,Linh Ng\n");
    assert!(read.events[0].note.as_ref().unwrap().contains("the first counts"));
}

#[test]
fn a_day_of_the_week_beside_the_date_is_no_reason_to_come() {
    for (header, row, title) in [
        ("Day,Date,Time,Patient", "Wed,2026-11-25,09:00,Ruth Hale", None),
        ("Day,Date,Time,Patient,Reason", "Wednesday,2026-11-25,09:00,Ruth Hale,knee", Some("knee")),
        ("Appointment,Date,Time,Patient", "knee,2026-11-25,09:00,Ruth Hale", Some("knee")),
    ] {
        let read = table(&format!("{header}\n{row}\n"));
        assert_eq!(read.events[0].title.as_deref(), title, "{header}");
    }
}

#[test]
fn a_mapping_says_what_columns_mean() {
    let by_name = Mapping::read("name = \"Desk\"\ndate_order = \"mdy\"\nmove_by_offset = true\n[columns]\nstart = [\"D\", \"T\"]\nname = \"Who\"\n").unwrap();
    let text = "Report\nD,T,Who,X\n03/04/2026,08:30-05:00,Linh Ng,1\n";
    let read = super::read("a.csv", text.as_bytes(), options(Some(&by_name))).unwrap();
    assert_eq!(read.events.iter().map(shown).collect::<Vec<_>>(), ["03-04 14:30 Linh Ng"]);
    assert_eq!((read.events[0].as_written.as_str(), read.calendars[0].as_str()), ("2026-03-04T08:30-05:00", "Desk"));
    let says = |read: &Read| read.notes.iter().any(|note| note.contains("taken as they stand"));
    assert!(!says(&read), "{:?}", read.notes);
    assert!(says(&table("start,patient\n2026-11-24T08:30:00Z,Linh Ng\n")));
    assert!(!says(&table("start,patient\n2026-11-24T08:30:00,Linh Ng\n")));
    let by_number = Mapping::read("[columns]\nstart = [2, 3]\nfamily = 1\n").unwrap();
    let read = super::read("a.csv", b"Ng,2026-11-24,08:30\n", options(Some(&by_number))).unwrap();
    assert_eq!(read.events.iter().map(shown).collect::<Vec<_>>(), ["11-24 08:30 Ng, "]);
    let missing = super::read("a.csv", b"A,B\n1,2\n", options(Some(&by_name))).unwrap_err();
    assert!(missing.0.contains("\"D\""), "{missing}");
}

proptest::proptest! {
    /// Any bytes are read in part or refused in words.
    #[test]
    fn no_bytes_stop_the_reader(noise in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
        let mut bytes = b"Date,Time,Patient (DOB),Length\n".to_vec();
        bytes.extend(&noise);
        let _ = super::read("a.csv", &bytes, options(None));
        let _ = super::read("a.csv", &noise, options(None));
    }

    /// Cells put together from what tables are made of, in any order, are read without a stop, and each row is accounted for.
    #[test]
    fn no_mixture_of_cells_stops_the_reader(picks in proptest::collection::vec((0..CELLS.len(), 0..CELLS.len(), 0..CELLS.len()), 1..20)) {
        let mut text = "Start,Patient,DOB\n".to_owned();
        for (a, b, c) in picks {
            text.push_str(&format!("\"{}\",\"{}\",\"{}\"\n", CELLS[a], CELLS[b], CELLS[c]));
        }
        if let Ok(read) = super::read("a.csv", text.as_bytes(), options(None)) {
            for event in &read.events {
                proptest::prop_assert!(WINDOW.holds(event.start.date()));
            }
        }
    }
}

/// What stands of an appointment, whatever calendar it belongs to.
fn told(read: &Read) -> Vec<(String, bool, Option<String>, Option<String>)> {
    let told = |event: &SourceEvent| (shown(event), event.all_day, event.place.clone(), event.kind_words.clone());
    read.events.iter().chain(&read.outside).map(told).collect()
}

#[test]
fn a_mapping_made_of_a_table_reads_it_the_same_and_knows_it_again() {
    for (name, bytes) in [
        ("athena_report", &include_bytes!("../../../tests/data/schedule/athena_report.csv")[..]),
        ("injection_and_ragged", include_bytes!("../../../tests/data/schedule/injection_and_ragged.csv")),
        ("outlook_calendar_en", include_bytes!("../../../tests/data/schedule/outlook_calendar_en.csv")),
        ("printed_report", include_bytes!("../../../tests/data/schedule/printed_report_with_preamble.csv")),
        ("semicolon_latin1_dmy", include_bytes!("../../../tests/data/schedule/semicolon_latin1_dmy.csv")),
        ("utf16le_tab_excel", include_bytes!("../../../tests/data/schedule/utf16le_tab_excel.txt")),
        ("webchart_import", include_bytes!("../../../tests/data/schedule/webchart_import.csv")),
        ("no header", b"Linh Ng;24.11.2026;08:30;Follow Up\nAna Ruiz;24.11.2026;08:50;Injection\n"),
    ] {
        let mapping = mapping_of(bytes, options(None)).unwrap();
        let saved = Mapping::read(&mapping.write()).unwrap();
        assert_eq!(saved, mapping, "{name}");
        let (by_itself, by_mapping) =
            (super::read("a", bytes, options(None)).unwrap(), super::read("a", bytes, options(Some(&saved))).unwrap());
        assert_eq!(told(&by_itself), told(&by_mapping), "{name}");
        assert_eq!(by_itself.calendars, by_mapping.calendars, "{name}: its visits are known again");
        assert_eq!(by_itself.refused, by_mapping.refused, "{name}");
        assert_eq!(fits(bytes, &saved), !saved.headers.is_empty(), "{name}");
    }
}

#[test]
fn a_table_is_known_by_its_columns_in_any_order_and_under_any_name() {
    let calendar = |text: &str| table(text).calendars.remove(0);
    let first = calendar("Date,Time,Last,First\n2026-11-24,09:00,Ng,Linh\n");
    assert_eq!(first, calendar("first;last;time;DATE\nAna;Ruiz;09:00;2026-11-24\n"));
    assert_ne!(first, calendar("Date,Time,Last,First,MRN\n2026-11-24,09:00,Ng,Linh,7\n"));
    let named = Mapping { name: "Front desk".to_owned(), ..Mapping::default() };
    let bytes = b"Date,Time,Last,First\n2026-11-24,09:00,Ng,Linh\n";
    let read = super::read("a.csv", bytes, options(Some(&named))).unwrap();
    assert_eq!((read.calendars, read.formerly, read.nameless), (vec!["Front desk".to_owned()], Some(first), vec![]));
}

#[test]
fn a_table_speaks_from_its_first_to_its_last_day_with_its_empty_slots() {
    let read = table("Date,Time,Patient\n2026-11-25,09:00,Linh Ng\n2026-11-24,09:00,Ana Ruiz\n2026-11-27,09:00,\n");
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    assert_eq!(read.reach, Reach::Days(day(24), day(27)));
}

const CELLS: &[&str] = &[
    "",
    " ",
    "2026-11-24 08:30",
    "24.11.2026",
    "99/99/9999",
    "00/00/00",
    "31/12/99 23:59:59",
    "20261124T083000Z",
    "8:30 - 8:50 pm",
    "Ng, Linh (01/02/1980)",
    "Linh Ng",
    "LUNCH",
    "May 5",
    "2026 Feb 30",
    "45778.375",
    "1e308",
    "-0",
    "\u{308}",
    "ß [",
    "*",
    "=1+1",
    "Monday, May 5, 2025",
    "Printed 05/05/2025",
    "#",
    "DOB 1",
    "0-0-0",
    "12:60 am",
    "24:00",
];

#[test]
fn columns_that_hold_something_and_are_not_used_are_named() {
    let not_used = |text: &str| table(text).notes.into_iter().find(|note| note.starts_with("not used"));
    for (text, expected) in [
        ("date,time,patient\n2026-11-24,09:00,Linh Ng\n", None),
        ("date,time,patient,copay,\n2026-11-24,09:00,Linh Ng,,x\n", None),
        ("date,time,patient,copay\n2026-11-24,09:00,Linh Ng,20\n", Some("not used: the column copay")),
        (
            "date,a1x,b1x,c1x,time,patient,d1x,e1x,f1x,g1x,h1x\n2026-11-24,1,1,1,09:00,Linh Ng,1,1,1,1,1\n",
            Some("not used: the columns a1x, b1x, c1x, d1x, e1x, f1x and 2 more"),
        ),
        ("2026-11-24,09:00,Linh Ng\n2026-11-24,09:20,Ruth Hale\n", None),
        (
            "24.11.2026;08:00;Ng;Linh;Kontrolle\n24.11.2026;08:30;Hale;Ruth;Kontrolle\n24.11.2026;09:00;Marsh;Ann;RFA\n",
            Some("not used: the columns 3, 4"),
        ),
    ] {
        assert_eq!(not_used(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn a_header_without_rows_is_refused_for_that() {
    for text in ["date,time,family,given,dob\n", "date,time,family,given,dob\n,,,,\n\n"] {
        let why = super::read("a.csv", text.as_bytes(), options(None)).unwrap_err();
        assert!(why.to_string().ends_with("its columns have names, but no row stands below them"), "{why}");
    }
}

#[test]
fn a_column_number_is_the_record_number_unless_it_counts_the_rows() {
    for (case, numbers, expected) in [
        ("record numbers", ["4711", "4712", "90"], [Some("4711"), Some("4712"), Some("90")]),
        ("with letters", ["A-1", "A-2", "A-3"], [Some("A-1"), Some("A-2"), Some("A-3")]),
        ("some are missing", ["4711", "", "90"], [Some("4711"), None, Some("90")]),
        ("rising, but not from one", ["1001", "1002", "1003"], [Some("1001"), Some("1002"), Some("1003")]),
        ("running", ["1", "2", "3"], [None; 3]),
        ("running, a row taken out", ["1", "3.", "4"], [None; 3]),
        ("one for two people", ["77", "77", "90"], [None; 3]),
        ("words", ["first", "second", "third"], [None; 3]),
    ] {
        let [a, b, c] = numbers;
        for header in ["Number", "Nummer"] {
            let text = format!(
                "Date,Time,{header},Patient\n2026-11-24,08:30,{a},Linh Ng\n2026-11-24,09:00,{b},Ruth Hale\n2026-11-24,09:30,{c},Ada Ok\n"
            );
            let read = table(&text);
            let found: Vec<_> = read.events.iter().map(|event| event.patient.clone().unwrap().number).collect();
            assert_eq!(found, expected.map(|number| number.map(str::to_owned)), "{case}");
        }
    }
    // Beside a column that says so it is whatever else it may be.
    let read = table("Date,Time,Number,MRN,Patient\n2026-11-24,08:30,8,4711,Linh Ng\n");
    assert_eq!(read.events[0].patient.clone().unwrap().number.as_deref(), Some("4711"));
}

#[test]
fn a_new_patient_begins_with_the_sex_that_the_table_says() {
    use crate::clinical::patient::Sex;
    for (header, cell, expected) in [
        ("Sex", "F", Some(Sex::Female)),
        ("Gender", "Male", Some(Sex::Male)),
        ("Geschlecht", "männlich", Some(Sex::Male)),
        ("Geschlecht", "divers", Some(Sex::Other)),
        ("Sex", "unknown", None),
        ("Sex", "", None),
    ] {
        let read = table(&format!("Date,Time,Patient,{header}\n2026-11-24,08:30,Linh Ng,{cell}\n"));
        assert_eq!(read.events[0].patient.clone().unwrap().sex, expected, "{header} {cell}");
    }
}
