// Package account holds who may work at the desk: people and their roles, how they prove who they are, their sessions, and what was done with all that. It
// stands apart from the ledger, which says who answers for an entry by a name that outlives the account.
package account

import (
	"slices"

	"fener/internal/record"
)

// Role is what somebody does at the desk.
type Role string

// The roles.
const (
	Contributor   Role = "contributor"
	Verifier      Role = "verifier"
	Editor        Role = "editor"
	Moderator     Role = "moderator"
	Interpreter   Role = "interpreter"
	Administrator Role = "administrator"
	Institution   Role = "institution"
)

// Roles are all roles, in the order in which a form offers them.
var Roles = []Role{Contributor, Verifier, Editor, Moderator, Interpreter, Administrator, Institution}

// Act is something that may be done at the desk.
type Act string

// The acts.
const (
	Read      Act = "read"      // drafts and what was submitted
	Enter     Act = "enter"     // a draft, and submit it
	Verify    Act = "verify"    // or return it; never what one made or last changed oneself
	Publish   Act = "publish"   // what is verified; embargo it
	Withdraw  Act = "withdraw"  // what is public
	Erase     Act = "erase"     // for good
	Moderate  Act = "moderate"  // questions and answers of a talk
	Interpret Act = "interpret" // put the questions of a talk into other languages
	Answer    Act = "answer"    // for an institution, with a reply
	Accounts  Act = "accounts"  // invite, change roles, end sessions, see what was done
)

// Acts are all acts.
var Acts = []Act{Read, Enter, Verify, Publish, Withdraw, Erase, Moderate, Interpret, Answer, Accounts}

// rights are who may do what. It is the one table of rights; docs/desk.md shows it, and a test holds the two together.
var rights = map[Act][]Role{
	Read:      {Contributor, Verifier, Editor, Moderator},
	Enter:     {Contributor, Verifier, Editor},
	Verify:    {Verifier, Editor},
	Publish:   {Editor},
	Withdraw:  {Editor},
	Erase:     {Editor},
	Moderate:  {Moderator, Editor},
	Interpret: {Interpreter, Moderator, Editor},
	Answer:    {Institution},
	Accounts:  {Administrator},
}

// ofKinds are kinds of which only some roles may enter anything. An institution answers, and enters nothing else.
var ofKinds = map[record.Kind]map[Act][]Role{
	record.ReplyKind: {Enter: {Institution, Editor}},
	record.StoryKind: {Enter: {Editor}},
	record.TalkKind:  {Enter: {Contributor, Verifier, Editor, Moderator}},
}

// May reports whether somebody with these roles may do something with a kind of thing; an empty kind asks whether they may at all.
func May(roles []Role, act Act, kind record.Kind) bool {
	allowed := rights[act]
	if narrowed, is := ofKinds[kind][act]; is {
		allowed = narrowed
	}
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(allowed, r) })
}
