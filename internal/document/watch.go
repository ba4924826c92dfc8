package document

import (
	"context"
	"sync"
	"time"
)

// watched is a process that is ended where it says nothing for too long, or where nobody wants its answer any more.
type watched struct {
	said chan struct{}
	done chan struct{}
	end  sync.WaitGroup
	slow bool
}

func watching(ctx context.Context, most time.Duration, kill func()) *watched {
	w := &watched{said: make(chan struct{}, 1), done: make(chan struct{})}
	w.end.Go(func() {
		timer := time.NewTimer(most)
		defer timer.Stop()
		for {
			select {
			case <-w.done:
				return
			case <-w.said:
				timer.Reset(most)
				continue
			case <-ctx.Done():
			case <-timer.C:
				w.slow = true
			}
			kill()
			return
		}
	})
	return w
}

// moved says that the process said something.
func (w *watched) moved() {
	select {
	case w.said <- struct{}{}:
	default:
	}
}

// stop ends the watching; slow says that the process was ended for saying nothing.
func (w *watched) stop() (slow bool) {
	close(w.done)
	w.end.Wait()
	return w.slow
}
