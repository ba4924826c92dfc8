package main

import "context"

// eraseCommand is what concerns the way from "this endangers someone" to "gone".
func eraseCommand(ctx context.Context, c *command, args []string) (int, error) {
	if len(args) > 0 {
		switch args[0] {
		case "find":
			return eraseFind(ctx, c, args[1:])
		case "check":
			return eraseCheck(ctx, c, args[1:])
		}
	}
	return eraseThings(ctx, c, args)
}
