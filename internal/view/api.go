// Package view folds the ledger's entries into a local SQLite file that pages,
// figures and exports read: lists, search, and the findings of the law's check.
//
// Nothing here is the record. A view can be deleted at any time and is built
// again from the ledger; it never writes to the ledger. There are two folds of
// the same entries. The public one takes in what was published and nothing
// else, so a page that forgets to ask for the state cannot show a draft: the
// draft is not in the file. The desk's takes in the newest revision of
// everything, with its state.
//
// In the public fold a case with a child victim is coarsened before it is
// stored: dates to the year, and no quotations, places in sources or notes. Its
// findings come from the coarsened facts, so that they explain themselves and
// give nothing finer away.
package view

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"time"

	"fener/internal/ledger"
	"fener/internal/record"
	"fener/law"
)

// Scope says which of the two folds a view is.
type Scope uint8

// The scopes. The zero value is the one that shows least.
const (
	Public Scope = iota // published entries only
	Desk                // the newest revision of everything
)

func (s Scope) String() string {
	if s == Desk {
		return "desk"
	}
	return "public"
}

// Entries is what a view needs of the ledger: to read it, never to write.
type Entries interface {
	Read(ctx context.Context, after int64, limit int) ([]ledger.Entry, error)
	Follow(ctx context.Context, after int64) iter.Seq2[ledger.Entry, error]
	History(ctx context.Context, kind record.Kind, id string) ([]ledger.Entry, error)
	Head(ctx context.Context) (ledger.Head, error)
}

// Options are what a view is opened with. All but Log and Progress are required.
type Options struct {
	Path   string // the view's file; it is made where there is none
	Scope  Scope
	Ledger Entries
	Pack   *law.Pack

	Log      *slog.Logger            // hears of rebuilding and why; nil: nobody
	Progress func(done, total int64) // hears how many of how many entries are folded; may be nil

	bulk bool  // the file is built apart, from nothing, and takes its name when it is whole
	past *past // the record as it stood at a moment; nil: as it stands
}

// FileName is the usual name of a view's file in a data folder.
func (s Scope) FileName() string { return "view-" + s.String() + ".db" }

// Errors that reads return. Test for them with errors.Is; a *GoneError, which
// matches ErrGone, carries the tombstone.
var (
	ErrNotFound = errors.New("view: not found")
	ErrGone     = errors.New("view: withdrawn or erased")
	ErrDamaged  = errors.New("view: the file is damaged")
	ErrClosed   = errors.New("view: closed")
	ErrForeign  = errors.New("view: somebody changed the file; it is built anew from the ledger, and nothing of it is shown until then")
	ErrRewound  = errors.New("view: the ledger is not the one that the view was folded from")
)

// Gone says how a thing that once stood went away.
type Gone uint8

// The ways of being gone; the zero value is that it stands.
const (
	Standing  Gone = iota
	Withdrawn      // taken back; earlier revisions stay visible in its history
	Erased         // its text was removed for good from this revision
)

func (g Gone) String() string {
	switch g {
	case Withdrawn:
		return "withdrawn"
	case Erased:
		return "erased"
	}
	return "standing"
}

// Meta is what the ledger says about the revision of a thing that the scope
// shows. Seq is the entry's number in the ledger.
type Meta struct {
	Kind  record.Kind
	ID    string
	Rev   int
	Seq   int64
	State record.State
	At    time.Time // UTC
	By    string
	Why   string
	Title string // how lists name it, in the record's own words; may be empty
	Gone  Gone   // At, By and Why are then those of the withdrawal or erasure
}

// GoneError says that a thing once stood and was withdrawn or erased. It
// matches ErrGone. Meta is the tombstone; its Title is empty.
type GoneError struct{ Meta }

func (e *GoneError) Error() string {
	return fmt.Sprintf("view: %s %q was %s on %s", e.Kind, e.ID, e.Gone, e.At.Format(time.DateOnly))
}

// Is reports whether target is ErrGone.
func (e *GoneError) Is(target error) bool { return target == ErrGone }

// A Thing is any record in the scope, as JSON. For kinds that have no reading
// method of their own.
type Thing struct {
	Meta
	Body json.RawMessage // empty when gone, except for what was withdrawn in the desk's scope
}

// Page bounds a list: at most Limit rows after skipping Offset. A Limit of 0 or
// less, or above MaxLimit, is MaxLimit.
type Page struct{ Offset, Limit int }

// MaxLimit is the most rows that one read of a list returns.
const MaxLimit = 1000

// Finding is the stored answer of checking one count. Limits and lengths are
// law's own.
type Finding struct {
	Outcomes   law.Outcomes
	Missing    law.MissingSet
	Below      law.Tri // below the statutory minimum
	Minimum    law.Limit
	Floor      law.Limit
	Maximum    law.Limit
	Imposed    law.Limit
	Shortfall  Length // of the minimum; zero where not below
	Verified   law.Verified
	Downgraded law.Tri
	Law        string   // the governing provision, such as "06/L-074:165(1)"; empty where several are in question
	Laws       []string // every provision in question, the oldest code's first
	Problem    string   // why the count could not be checked (two provisions on one date); then Undetermined
	Axes       Axes     // the answer one question at a time
}

// CountFile is one count of a judgment with its finding.
type CountFile struct {
	record.Count
	N       int // place among the defendant's counts in this judgment, from 0
	Finding Finding
}

// DefendantFile is one defendant in one judgment.
type DefendantFile struct {
	Label        string
	Counts       []CountFile
	SupersededBy string // id of the later judgment of the case that counts instead; empty: this one counts
}

// JudgmentFile is everything about one judgment.
type JudgmentFile struct {
	Meta
	record.Judgment // as stored; Defendants below carries the findings
	Files           []DefendantFile
	CourtName       record.Names // of the court's institution; zero where it is not on record
	Coarsened       bool         // the case has a child victim, or may have one: only years, no quotations
	ChildVictim     law.Tri      // what the findings were told
}

// Superseded reports whether a later judgment counts for every defendant.
func (j *JudgmentFile) Superseded() bool {
	for i := range j.Files {
		if j.Files[i].SupersededBy == "" {
			return false
		}
	}
	return len(j.Files) > 0
}

// CaseFile is everything that a case's page shows.
type CaseFile struct {
	ID        string
	Title     string // its numbers as written
	Meta      Meta   // of the case's own entry; zero Seq where it has none
	Case      record.Case
	Judgments []JudgmentFile           // in the order of the instances
	Sources   map[string]record.Source // those cited that stand in the scope, by id
	Coarsened bool
	Synthetic bool // some of it was generated for trying out
}

// CaseRow is one case in a list.
type CaseRow struct {
	ID          string
	Title       string
	Judgments   int
	Defendants  int // labels in the judgment with most of them
	Court       string
	Last        Date         // newest known date of its judgments
	Outcomes    law.Outcomes // of all its counts, superseded ones included
	Answers     Answers      // the same
	Trafficking bool         // charged or convicted of trafficking in some count
	ChildVictim bool
	Synthetic   bool
}

// CaseFilter chooses cases. Court, Year and Outcome must hold together in one
// judgment of the case. Zero fields choose everything.
type CaseFilter struct {
	Court       string // id of the institution
	Year        int    // of the judgment
	Outcomes    law.Outcomes
	Trafficking bool   // only cases with a count of trafficking
	Text        string // as in Search
	Oldest      bool   // those with the oldest newest judgment first; in the index alone
	Page        Page
}

// SourceRow is a source in a list, with how much rests on it.
type SourceRow struct {
	Meta
	record.Source
	Cited int // things that cite it
}

// SourceFile is one source and what rests on it.
type SourceFile struct {
	Meta
	record.Source
	Rests   []Reference // the last MaxRests that were entered, by kind, title and id
	Resting int         // how many there are in all
}

// MaxRests is of how many things a SourceFile tells that they rest on a source.
const MaxRests = 60

// Reference names a thing that cites a source.
type Reference struct {
	Kind  record.Kind
	ID    string
	Title string
	Case  string // of a judgment: its case
}

// InstitutionRow is an institution with the judgments it gave.
type InstitutionRow struct {
	Meta
	record.Institution
	Judgments int // as the court of a judgment
}

// CourtRow is a court as judgments name it. A court that has no institution on
// record has its id only.
type CourtRow struct {
	ID          string
	Names       record.Names
	Type        string
	Judgments   int
	First, Last int // years of its judgments, 0 where none is dated
	Synthetic   bool
}

// Usage is what was imposed under one provision, newest judgment first.
type Usage struct {
	Ref    string
	Total  int        // counts for which the provision governs or is in question
	Counts []CountRow // of one page
}

// Offence is the charged or convicted offence of a count.
type Offence struct {
	Text        string   // as written; empty: not on record
	Ref         string   // the reference in it; empty where it is in words
	Groups      []string // ids of the pack's offence groups that it can mean
	Trafficking bool     // it can mean trafficking in persons itself
}

// CountRow is one count with all that figures count by.
type CountRow struct {
	Case, Judgment, Defendant string // ids and label
	N                         int    // place among the defendant's counts, from 0
	Court                     string
	Instance                  record.Instance
	Date                      Date    // of the judgment
	Final                     law.Tri // only as recorded
	Charged, Convicted        Offence
	Verdict                   law.Verdict
	Joint                     law.Tri
	Sentence                  record.Sentence
	Grounds                   law.Grounds
	Form                      law.Form
	Offender                  law.Offender
	Age                       uint8 // of the offender, in whole years; 0: not on record
	From, To                  Date  // when the offence was committed
	Indicted                  Date  // the case's
	Finding                   Finding
	Superseded                bool // a later judgment of the case judges the same defendant
	ChildVictim               law.Tri
	Synthetic                 bool
}

// Revision is one revision in a thing's history.
type Revision struct {
	Meta
	Batch   string
	Body    json.RawMessage // empty when erased
	Changes []FieldChange   // against the revision before that has a body; all fields for the first
}

// FieldChange is one field that differs between two revisions. Field is a path
// such as "defendants[0].counts[1].sentence.fine"; Before and After are JSON,
// empty where the field is absent.
type FieldChange struct {
	Field         string
	Before, After string
}

// Hit is one result of a search.
type Hit struct {
	Kind  record.Kind // case, source, institution, observation, article, claim, reply, or ProvisionKind
	ID    string      // of a provision its reference, "06/L-074:165(1)"
	Title string
	Exact bool // a case number was searched for and this is it
}

// ProvisionKind is the kind of search results that come from the law pack.
const ProvisionKind record.Kind = "provision"

// FindingChange is a finding that a rebuild changed.
type FindingChange struct {
	Case, Judgment, Defendant string
	N                         int
	Before, After             law.Outcomes // zero where the count did not exist
	BeforeBelow, AfterBelow   law.Tri
	Why                       ChangeCause
}

// ChangeCause says why a finding changed between two folds.
type ChangeCause string

// The causes.
const (
	CausePack    ChangeCause = "law pack" // the same entry, another pack
	CauseEntries ChangeCause = "entries"  // another revision stands, or the case's
	CauseProgram ChangeCause = "program"  // the same entry and pack: the check itself changed
)

// Changes is what a rebuild found different. Compared is false where there was
// no readable earlier view.
type Changes struct {
	Compared      bool
	PackChanged   bool
	Folded        int64 // entries read
	CountsBefore  int64
	CountsAfter   int64
	Findings      []FindingChange // at most MaxFindingChanges
	FindingsInAll int64
}

// MaxFindingChanges is how many changed findings a rebuild lists; all are counted.
const MaxFindingChanges = 10_000
