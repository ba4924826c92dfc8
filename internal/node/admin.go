package node

import (
	"bytes"
	"fmt"
	"net/http"
)

// Admin answers health and metrics. It belongs on an address of its own that
// readers cannot reach.
//
//	/healthz   200 while the process lives, can read its ledger, and found nothing altered in it and nobody who has seen more; 503 while the database of
//	           the ledger does not answer
//	/readyz    200 once the site answers, also without that database, which the text then says; 503 before
//	/metrics   the text format of Prometheus
func (n *Node) Admin(m *Metrics) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		switch _, away, err := n.end(r.Context()); {
		case err != nil:
			n.opts.Log.Error("the ledger cannot be read", "error", err)
			plain(w, http.StatusInternalServerError, "the ledger cannot be read\n")
			return
		case away: // it was logged when it was noticed
			plain(w, http.StatusServiceUnavailable, "the database of the ledger does not answer; readers see what was folded before, and nothing can be entered\n")
			return
		}
		if fault := n.fault.Load(); fault != nil { // it was logged when it was found
			plain(w, http.StatusInternalServerError, "the ledger does not hold; fener ledger verify says in what\n")
			return
		}
		if n.log != nil && n.log.State().Behind != nil { // as above
			plain(w, http.StatusInternalServerError, "a witness has seen more of the proof log than there is: an older copy of the record lies here\n")
			return
		}
		plain(w, http.StatusOK, "ok\n")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		s, err := n.Standing(r.Context())
		switch {
		case err != nil:
			n.opts.Log.Error("the ledger cannot be read", "error", err)
			plain(w, http.StatusInternalServerError, "the ledger cannot be read\n")
		case !s.Ready || !s.Trusted:
			plain(w, http.StatusServiceUnavailable, "getting ready\n")
		case s.Away:
			plain(w, http.StatusOK, fmt.Sprintf("ready: %d entries are shown; the database of the ledger does not answer, so nothing newer can be seen and nothing entered\n", s.ViewSeq))
		default:
			plain(w, http.StatusOK, fmt.Sprintf("ready: %d of %d entries are shown\n", s.ViewSeq, s.LedgerSeq))
		}
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		var b bytes.Buffer
		if err := m.write(r.Context(), &b, n); err != nil {
			n.opts.Log.Error("the ledger cannot be read", "error", err)
			plain(w, http.StatusInternalServerError, "the ledger cannot be read\n")
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		w.Write(b.Bytes()) // an error here means that the reader has gone
	})
	return mux
}

func plain(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	w.Write([]byte(text)) // as above
}
