package about

import (
	"fmt"
	"net/http"
	"strings"

	"fener/internal/page"
)

// checkpointFile is where the checkpoint stands as it is, for programs.
const checkpointFile = "/checkpoint"

// Routes are the addresses of this room that are no pages.
func Routes() map[string]func(*page.Site, http.ResponseWriter, *http.Request) {
	return map[string]func(*page.Site, http.ResponseWriter, *http.Request){checkpointFile: serveCheckpoint}
}

var checkpointPage = page.Page{Pattern: "checkpoint", Template: "checkpoint", Build: buildCheckpoint}

// checkpointContent shows what to keep of the public record elsewhere.
type checkpointContent struct {
	page.Base
	Lines   string // empty where there is no record
	Command string
	File    page.Link
}

func buildCheckpoint(r *page.Request) (page.Content, error) {
	p := &checkpointContent{Base: r.Base(r.T("checkpoint.title")), Command: "fener ledger verify --data DIR --against FILE",
		File: page.Link{Text: r.T("checkpoint.file"), Href: checkpointFile}}
	p.Description = r.T("checkpoint.lede")
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
