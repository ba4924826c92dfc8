package confine

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// Reach is what of the file system a process reaches, as paths; what is not there is left out.
type Reach struct {
	Reads  []string // folders and files that it may read, with all that is below, and start
	Lists  []string // folders of which it may know what is in them, and no more
	Writes []string // folders and files that it may read, change, make and remove
	Talks  []string // sockets that it may connect to
	Calls  bool     // it may connect to anything over the network, and to any socket
}

// And is what two of them reach together.
func (r Reach) And(more Reach) Reach {
	return Reach{slices.Concat(r.Reads, more.Reads), slices.Concat(r.Lists, more.Lists), slices.Concat(r.Writes, more.Writes), slices.Concat(r.Talks, more.Talks), r.Calls || more.Calls}
}

// reachVariable is where a process that Start starts is told its Reach.
const reachVariable = "FENER_REACH"

func (r *Reach) tell(c *exec.Cmd) error {
	whole := Reach{absolute(r.Reads), absolute(r.Lists), absolute(r.Writes), absolute(r.Talks), r.Calls}
	text, err := json.Marshal(whole)
	if err != nil {
		return fmt.Errorf("starting %s: %w", c.Path, err)
	}
	if c.Env == nil {
		c.Env = os.Environ()
	}
	c.Env = append(c.Env, reachVariable+"="+string(text))
	return nil
}

// absolute are paths as they are from wherever the process works.
func absolute(paths []string) (list []string) {
	for _, path := range paths {
		if whole, err := filepath.Abs(path); err == nil {
			list = append(list, whole)
		}
	}
	return list
}

// Enter keeps this process, and all that it starts, within the Reach that it was told, for good. It is called before anything that strangers made is read; nothing before it may have begun work, since the program then
// starts anew. Where nothing was told, and where the system cannot do it, it does nothing.
func Enter() error {
	text, told := os.LookupEnv(reachVariable)
	if !told {
		return nil
	}
	if err := os.Unsetenv(reachVariable); err != nil {
		return err
	}
	var r Reach
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return fmt.Errorf("confine: reading what this process reaches ($%s): %w", reachVariable, err)
	}
	return r.enter()
}
