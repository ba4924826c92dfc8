package batch

import (
	"fmt"
	"strings"
	"time"

	"fener/internal/archive"
	"fener/internal/intake"
	"fener/internal/record"
	"fener/internal/standard"
	"fener/law"
	"fener/period"
)

// Options say how a file is taken into the record.
type Options struct {
	By          string       // who answers for it; required
	Why         string       // reason, kept with every revision
	Batch       string       // label; one is made from the day where it is empty
	State       record.State // Draft or Published; Draft where empty
	Source      string       // source of rows that name none: an id, an address, or "Title. Publisher, date. Address"
	Sheet       string       // the only sheet of a workbook to be read; empty: all
	Now         time.Time    // for the label; required where Batch is empty
	SkipRefused bool         // take the rest where something is refused; otherwise nothing is taken
	Reviewed    bool         // somebody looked at the warnings of Care and answers for publishing
	Erased      bool         // what was erased may be entered again
	Synthetic   bool         // everything is marked as generated
	DryRun      bool         // only plan: nothing is appended

	// Pack is the law that claims may be compared with; nil takes any law.
	Pack *law.Pack

	// Documents are the archived copies in which quotations are looked for; nil:
	// quotations are taken as they are.
	Documents *archive.Store

	Item     func(*Item) error // hears what becomes of each thing, in the order of the file
	Progress func(rows int)    // hears from time to time how many rows were read

	// KnownRecipients takes of a file of another standard only what went to shelters on record.
	KnownRecipients bool
	// Left hears what of a file of another standard the record has no place for; may be nil.
	Left func([]standard.Left)

	// Problem hears what is wrong with a file of evidence as a whole; may be nil.
	Problem func(*intake.Problem)

	reconcile bool // shelters and their money are looked at as a whole
}

func (o Options) withDefaults(k *known) (Options, error) {
	if o.State == "" {
		o.State = record.Draft
	}
	switch {
	case strings.TrimSpace(o.By) == "":
		return o, fmt.Errorf("importing: nobody answers for it; say who (--by)")
	case !record.State("").CanBecome(o.State):
		return o, fmt.Errorf("importing: %q is no state to begin in; expected one of %v", o.State, record.State("").Next())
	case o.Batch != "" && k.labels[o.Batch]:
		return o, fmt.Errorf("importing: there is a batch %s already; choose another label, or take that one back first (fener undo %s)", o.Batch, o.Batch)
	}
	if o.Batch == "" {
		o.Batch = k.label(period.DateOf(o.Now))
	}
	return o, nil
}

// A Summary is what an import came to.
type Summary struct {
	Batch    string        `json:"batch,omitempty"` // empty where nothing was appended
	DryRun   bool          `json:"dry_run,omitempty"`
	Rows     int           `json:"rows"`
	Classes  map[Class]int `json:"classes"` // of judgments, or of what the file holds
	Also     int           `json:"also"`    // sources and courts that they need and that are new
	Entries  int           `json:"entries"` // appended
	First    int64         `json:"first,omitempty"`
	Last     int64         `json:"last,omitempty"`
	Kind     record.Kind   `json:"kind,omitempty"`     // that Classes counts; empty: all
	Rejected bool          `json:"rejected,omitempty"` // nothing was taken because something was refused
}

// A RefusedError says that nothing was appended because something in the file
// was refused.
type RefusedError struct{ Summary Summary }

func (e *RefusedError) Error() string {
	return fmt.Sprintf("nothing was imported, because %d of the file's things were refused; correct them, or leave them out (--skip-refused)", e.Summary.Classes[Refused])
}
