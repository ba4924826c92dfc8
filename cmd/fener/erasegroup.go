package main

import "context"

// eraseGroup are the commands of erase that are named by a word of their own.
var eraseGroup = map[string]func(context.Context, *command, []string) (int, error){
	"check": eraseCheck, "find": eraseFind,
}

// eraseCommand is what concerns the way from "this endangers someone" to "gone".
func eraseCommand(ctx context.Context, c *command, args []string) (int, error) {
	if len(args) > 0 {
		if do, ok := eraseGroup[args[0]]; ok {
			return do(ctx, c, args[1:])
		}
	}
	return eraseThings(ctx, c, args)
}
