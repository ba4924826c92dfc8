// Package talks is the room of the pages of public talks: what is announced, who was asked to come, what was asked and answered, and what others take along:
// calendars, feeds, boxes, posters and the pages of evidence.
package talks

import (
	"embed"
	"io/fs"
	"net/http"

	"fener/internal/page"
)

//go:embed templates/*.html
var files embed.FS

// Files are the templates of this room, for those who prepare a talk and read its pages of evidence before they are public.
var Files fs.FS = files

// Static are the looks of posters.
//
//go:embed static
var Static embed.FS

// Pages are the pages of this room.
func Pages() []page.Page {
	return page.In(files, talksPage, talkPage, boxPage, posterPage, briefPage)
}

// Routes are the addresses that are no pages: the pictures of talks.
func Routes() map[string]func(*page.Site, http.ResponseWriter, *http.Request) {
	return map[string]func(*page.Site, http.ResponseWriter, *http.Request){"/pictures/{picture}": servePicture}
}
