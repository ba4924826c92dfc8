package main

import "context"

// eraseGroup are the commands of erase that are named by a word of their own.
var eraseGroup = map[string]func(context.Context, *command, []string) (int, error){
	"check": eraseCheck,
}

// eraseCommand leads to the commands of erase.
func eraseCommand(ctx context.Context, c *command, args []string) (int, error) {
	if len(args) > 0 {
		if do, ok := eraseGroup[args[0]]; ok {
			return do(ctx, c, args[1:])
		}
		if args[0] == "-h" || args[0] == "--help" || args[0] == "-help" {
			return help(ctx, c, []string{"erase"})
		}
	}
	return exitUsage, wrongUse("erase has the command: erase check --data DIR WORDS...; see fener help erase")
}
