//! The emergency sheet: how the record is opened without this program. For paper, with a line for the passphrase to be
//! written by hand.

/// The sheet for a record, as text.
pub fn sheet(record: &str, physician: &str, day: &str) -> String {
    format!(
        "EMERGENCY SHEET\n\nThe medical day sheets of {physician}, as of {day}.\n\n\
         The record is one file:\n  {record}\n\n\
         Copies lie in the folder \"backups\" beside it.\n\n\
         It is an encrypted database in the format SQLCipher 4. Whoever has the file and the\n\
         passphrase can read it; without the passphrase nobody can, and nobody can reset it.\n\n\
         With daysheet:   daysheet --file FILE\n\
         Without it, with the sqlcipher command of any system:\n  sqlcipher FILE\n  \
         PRAGMA key = 'the passphrase';     (a ' in it is typed twice)\n  SELECT family, given, birth_date FROM patient;\n\n\
         Passphrase (write by hand, keep apart from the computer):\n\n\n  \
         ____________________________________________________________\n"
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sheet_says_where_the_file_is_and_never_holds_the_passphrase() {
        let sheet = super::sheet("/home/a/record.db", "Dr A. Rivera", "24 Nov 2026");
        assert!(sheet.contains("/home/a/record.db") && sheet.contains("SQLCipher 4") && sheet.contains("____"));
    }
}
