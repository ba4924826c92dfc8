package about

import (
	"fmt"
	"net/http"
	"strings"

	"fener/internal/page"
	"fener/internal/publish"
)

// checkpointFile is where the checkpoint stands as it is, for programs.
const checkpointFile = "/checkpoint"

// Routes are the addresses of this room that are no pages.
func Routes() map[string]func(*page.Site, http.ResponseWriter, *http.Request) {
	return map[string]func(*page.Site, http.ResponseWriter, *http.Request){checkpointFile: serveCheckpoint}
}

var checkpointPage = page.Page{Pattern: "checkpoint", Template: "checkpoint", Also: logWord, Build: buildCheckpoint}

// logWord changes when a checkpoint is signed or a witness has seen it, though the record is the same.
func logWord(s *page.Site) string {
	log := s.Proofs()
	if log == nil {
		return ""
	}
	return fmt.Sprintf("%q %v %v", log.Signed, log.Witnesses, log.Behind != nil)
}

// checkpointContent shows what to keep of the public record elsewhere.
type checkpointContent struct {
	page.Base
	Lines   string // empty where there is no record
	Command string
	File    page.Link
	Log     proofLog
}

// proofLog is how the proof log stands.
type proofLog struct {
	Says   []string
	Key    string // the public one; empty where nothing is signed here
	Head   string // above the checkpoint
	Lines  string
	Seen   []string // by the witnesses
	Tool   page.Link
	Mirror string // the command by which others follow
}

func newProofLog(r *page.Request) proofLog {
	state := r.Site.Proofs()
	if state == nil {
		return proofLog{Says: []string{r.T("checkpoint.log_says"), r.T("checkpoint.log_none")}}
	}
	l := proofLog{Says: []string{r.T("checkpoint.log_says")}, Key: state.PublicKey, Tool: page.Link{Text: r.T("checkpoint.log_tool"), Href: publish.CheckPath},
		Mirror: "fener mirror https://" + state.Origin + "/ DIR --key " + state.PublicKey}
	switch {
	case state.Behind != nil:
		l.Says = append(l.Says, r.T("checkpoint.log_behind"))
	case state.Signed == nil:
		l.Says = append(l.Says, r.T("checkpoint.log_waits"))
	default:
		l.Head, l.Lines = r.T("checkpoint.log_signed", "n", int(state.N)), strings.TrimSuffix(string(state.Signed), "\n")
	}
	for _, w := range state.Witnesses {
		if w.At.IsZero() {
			l.Seen = append(l.Seen, r.T("checkpoint.witness_none", "name", w.Name))
			continue
		}
		l.Seen = append(l.Seen, r.T("checkpoint.witness_seen", "name", w.Name, "n", int(w.Size), "date", r.Dated(page.Day(w.At))))
	}
	return l
}

func buildCheckpoint(r *page.Request) (page.Content, error) {
	p := &checkpointContent{Base: r.Base(r.T("checkpoint.title")), Command: "fener ledger verify --data DIR --against FILE",
		File: page.Link{Text: r.T("checkpoint.file"), Href: checkpointFile}}
	p.Description = r.T("checkpoint.lede")
	p.Log = newProofLog(r)
	if v := r.Public(); v != nil {
		kept, err := v.PublicCheckpoint(r.Context())
		if err != nil {
			return nil, fmt.Errorf("reading the checkpoint: %w", err)
		}
		p.Lines = strings.TrimSuffix(kept.String(), "\n")
	}
	return p, nil
}

// serveCheckpoint gives the three lines themselves.
func serveCheckpoint(s *page.Site, w http.ResponseWriter, r *http.Request) {
	if s.View() == nil {
		s.ServeUnknown(w, r)
		return
	}
	kept, err := s.View().PublicCheckpoint(r.Context())
	if err != nil {
		s.ServeError(w, r, page.Negotiate(r), fmt.Errorf("reading the checkpoint: %w", err))
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write([]byte(kept.String())) // an error here means that the reader has gone
}
