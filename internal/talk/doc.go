// Package talk holds the rules of public talks: when one is held and what was announced before, and how calendars are told of it. It knows no pages and
// stores nothing.
package talk
