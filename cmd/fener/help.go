package main

import (
	"context"
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed help/*.txt
var helpTexts embed.FS

// help prints one topic, or how the program is used at all.
func help(_ context.Context, c *command, args []string) (int, error) {
	topic := "fener"
	if len(args) > 0 {
		topic = args[0]
	}
	text, err := helpTexts.ReadFile("help/" + path.Base(topic) + ".txt")
	if err != nil {
		topics := helpTopics()
		return exitUsage, wrongUse("there is no help on %q%s; topics are %s", topic, nearest(topic, topics), strings.Join(topics, ", "))
	}
	if _, err := c.out.Write(text); err != nil {
		return exitUnreadable, err
	}
	return exitDone, nil
}

func helpTopics() []string {
	names, _ := fs.Glob(helpTexts, "help/*.txt") // the pattern is right
	var topics []string
	for _, name := range names {
		topics = append(topics, strings.TrimSuffix(path.Base(name), ".txt"))
	}
	return topics
}
