package batch

// The columns of the tables that this package reads by itself, for tests.
var (
	InstitutionColumns = institutionColumns
	ReplyColumns       = replyColumns
)
