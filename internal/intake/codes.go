package intake

// The codes of problems. Each has its sentences in messages/.
const (
	// a cell that cannot be read
	badDate      Code = "bad_date"
	noSuchDay    Code = "no_such_day"
	badLength    Code = "bad_length"
	tooLong      Code = "too_long"
	badFine      Code = "bad_fine"
	negativeFine Code = "negative_fine"
	badHours     Code = "bad_hours"
	badReplaced  Code = "bad_replaced_by"
	badCount     Code = "bad_count"
	badYesNo     Code = "bad_yes_no"
	badVerdict   Code = "bad_verdict"
	badGround    Code = "bad_mitigation"
	noneAndSome  Code = "none_and_some"
	badForm      Code = "bad_form"
	badOffender  Code = "bad_offender"
	badEncoding  Code = "bad_encoding"

	// a row that cannot be
	judgedBefore      Code = "judged_before_offence"
	judgedBeforeSwap  Code = "judged_before_offence_swapped"
	offenceReversed   Code = "offence_reversed"
	punishedAcquitted Code = "punished_though_acquitted"
	raggedRow         Code = "ragged_row"
	badQuote          Code = "bad_quote"
	badJSON           Code = "bad_json"
	doubleKey         Code = "double_key"

	// what could be meant otherwise
	dayOrMonth        Code = "day_or_month"
	monthFirst        Code = "month_first"
	suspendedUnknown  Code = "suspended_unknown"
	suspendedAlone    Code = "suspended_alone"
	verificationAlone Code = "verification_alone"
	replacedAlone     Code = "replaced_alone"
	annulledSentence  Code = "annulled_with_sentence"
	futureDate        Code = "future_date"

	// the file as a whole
	emptyFile      Code = "empty_file"
	binaryFile     Code = "binary_file"
	pdfFile        Code = "pdf_file"
	oldWorkbook    Code = "old_workbook"
	otherArchive   Code = "other_archive"
	badWorkbook    Code = "bad_workbook"
	workbookTooBig Code = "workbook_too_big"
	jsonArray      Code = "json_array"
	missingColumn  Code = "missing_column"
	absentColumn   Code = "absent_column"
	nearColumn     Code = "near_column"
	doubleColumn   Code = "double_column"
	unknownColumn  Code = "unknown_column"
	rowTooLong     Code = "row_too_long"
	unclosedQuote  Code = "unclosed_quote"
	readAs1250     Code = "read_as_windows_1250"
)
