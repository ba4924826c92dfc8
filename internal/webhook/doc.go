// Package webhook tells programs of others that something changed in public, as Standard Webhooks has it (https://www.standardwebhooks.com).
//
// An administrator registers addresses. To each goes, in order and at least once, what became of things in public: the position, what happened, the kind, the id,
// the revision and where it stands. No words of the record go out, and nothing of drafts: a message is made from the leaves of the proof log, which is public
// and holds none. How far each address has been told lies in a file, so that a restart loses nothing.
//
// Where a message goes is chosen by somebody at the desk, and may be chosen badly: addresses of networks that are not the internet are refused when a connection
// is made, whatever the name said before, and nobody is followed anywhere else.
package webhook
