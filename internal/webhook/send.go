package webhook

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"code.dny.dev/ssrf"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// pauses are how long is waited after each try that failed, as Standard Webhooks advises; after the last of them it stays a day.
var pauses = []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}

// StoppedAfter is how long a message is tried before its address is told nothing more.
const StoppedAfter = 7 * 24 * time.Hour

const (
	answerWithin = 15 * time.Second
	lookAgain    = time.Minute // at the latest: clocks of tests and machines jump
	agent        = "Fener-Webhooks (https://www.standardwebhooks.com)"
)

// guard says whether an address is of the internet.
func (s *Store) guard(ip netip.Addr, port string) error {
	if port == "" {
		port = "443"
	}
	network := "tcp6"
	if ip = ip.Unmap(); ip.Is4() {
		network = "tcp4"
	}
	return s.guardian().Safe(network, net.JoinHostPort(ip.String(), port), nil)
}

func (s *Store) guardian() *ssrf.Guardian {
	options := []ssrf.Option{ssrf.WithAnyPort()}
	if s.loopback {
		options = append(options, ssrf.WithAllowedV4Prefixes(netip.MustParsePrefix("127.0.0.0/8")))
	}
	return ssrf.New(options...)
}

// client connects to the internet alone. What a name stands for is looked at when the connection is made, so that it cannot be one thing before and another after; no
// proxy of the environment is asked, and nobody is followed.
func (s *Store) client(within time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: within, Control: s.guardian().Safe}
	return &http.Client{
		Timeout:       within,
		Transport:     &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: within, DisableKeepAlives: true, MaxResponseHeaderBytes: 16 << 10},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// A Sender sends messages. All fields but Within are required.
type Sender struct {
	Store    *Store
	Log      Log
	Position func() int64                               // how far readers see
	Changed  func() <-chan struct{}                     // closed when they see more
	Address  func(ctx context.Context, c Change) string // of the page of what changed; empty where it has none
	Logger   *slog.Logger
	Within   time.Duration // how long an answer may take; zero: 15 s

	mu   sync.Mutex
	busy map[string]bool
	wait sync.WaitGroup
}

// Run sends what there is to send, until ctx is done. One address that does not answer keeps no other waiting.
func (s *Sender) Run(ctx context.Context) {
	if s.Within == 0 {
		s.Within = answerWithin
	}
	s.busy = map[string]bool{}
	defer s.wait.Wait()
	client := s.Store.client(s.Within)
	for {
		more, changed := s.Changed(), s.Store.changed()
		next, err := s.look(ctx, client)
		if err != nil && ctx.Err() == nil {
			s.Logger.Error("those who want to hear of changes could not be told; it is tried again", "error", err)
		}
		timer := time.NewTimer(next)
		select {
		case <-more:
		case <-changed:
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return
		}
		timer.Stop()
	}
}

// look begins to tell every address that is due, and says after how long to look again.
func (s *Sender) look(ctx context.Context, client *http.Client) (next time.Duration, err error) {
	hooks, err := s.Store.Hooks(ctx)
	if err != nil {
		return lookAgain, err
	}
	next = lookAgain
	now, position := s.Store.now(), s.Position()
	for _, h := range hooks {
		wait := h.Next.Sub(now)
		switch {
		case !h.Stopped.IsZero() || h.message == "" && h.Position >= position:
		case wait > 0:
			next = min(next, wait)
		case s.begin(h.ID):
			s.wait.Go(func() {
				again, err := s.tell(ctx, client, h.ID)
				if err != nil && ctx.Err() == nil {
					s.Logger.Error("an address could not be told of a change", "webhook", h.ID, "error", err)
				}
				s.end(h.ID)
				if again {
					s.Store.wake()
				}
			})
		}
	}
	return next, nil
}

func (s *Sender) begin(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.busy[id] {
		return false
	}
	s.busy[id] = true
	return true
}

func (s *Sender) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.busy, id)
}

// tell sends one address what it has not been told, message by message, until it has heard all or one fails. again says that it is to be looked at once more.
func (s *Sender) tell(ctx context.Context, client *http.Client, id string) (again bool, err error) {
	h, err := s.Store.hook(ctx, id) // read after it was begun: what was sent meanwhile is not sent again
	if err != nil || h == nil || !h.Stopped.IsZero() {
		return false, err
	}
	for {
		if h.message == "" {
			list, err := changesAfter(ctx, s.Log, h.Position, s.Position())
			if err != nil || len(list) == 0 {
				return false, err
			}
			for i := range list {
				list[i].Address = s.Address(ctx, list[i])
			}
			h.upto = list[len(list)-1].Position
			h.message = h.messageID(h.upto)
			if h.body, err = encode(changesType, s.Store.now(), h.upto, list); err != nil {
				return false, err
			}
			if err := s.Store.prepare(ctx, h); err != nil {
				return false, gone(err)
			}
			h.Tries, h.Failing = 0, time.Time{}
		}
		failure, detail := s.send(ctx, client, h)
		if ctx.Err() != nil {
			return false, nil
		}
		if failure == "" {
			if err := s.Store.taken(ctx, h); err != nil {
				return false, gone(err)
			}
			h.Position, h.message, h.body = h.upto, "", nil
			continue
		}
		now := s.Store.now()
		h.Failure, h.Detail = failure, detail
		if h.Failing.IsZero() {
			h.Failing = now
		}
		h.Next = now.Add(pauses[min(h.Tries, len(pauses)-1)])
		h.Tries++
		if failure == Ended || now.Sub(h.Failing) >= StoppedAfter {
			h.Stopped = now
			s.Logger.Warn("an address is told of no more changes; the page of the desk says why", "webhook", h.ID, "failure", string(failure))
		}
		return true, gone(s.Store.failed(ctx, h))
	}
}

// gone is nil where the hook was removed meanwhile.
func gone(err error) error {
	if errors.Is(err, ErrNone) {
		return nil
	}
	return err
}

// send tries to send the message that waits.
func (s *Sender) send(ctx context.Context, client *http.Client, h *Hook) (Failure, string) {
	at := s.Store.now()
	signer, err := standardwebhooks.NewWebhook(h.secret)
	if err != nil {
		return Unreachable, "secret"
	}
	signature, err := signer.Sign(h.message, at, h.body)
	if err != nil {
		return Unreachable, "secret"
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.Address, bytes.NewReader(h.body))
	if err != nil {
		return Unreachable, "address"
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", agent)
	r.Header.Set(standardwebhooks.HeaderWebhookID, h.message)
	r.Header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(at.Unix(), 10))
	r.Header.Set(standardwebhooks.HeaderWebhookSignature, signature)
	answer, err := client.Do(r)
	if err != nil {
		return failureOf(err)
	}
	_, _ = io.CopyN(io.Discard, answer.Body, 16<<10) // what it says is of no interest
	_ = answer.Body.Close()
	switch status := strconv.Itoa(answer.StatusCode); {
	case answer.StatusCode/100 == 2:
		return "", ""
	case answer.StatusCode == http.StatusGone:
		return Ended, status
	case answer.StatusCode/100 == 3:
		return Elsewhere, status
	default:
		return Refused, status
	}
}

func failureOf(err error) (Failure, string) {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrInvalidHostPort):
		return Inside, ""
	case errors.As(err, &timeout) && timeout.Timeout():
		return Slow, ""
	}
	return Unreachable, "" // no more is told at the desk, so that nothing can be found out by it about networks
}
