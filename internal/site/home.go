package site

var homePage = Page{Pattern: "", Template: "home", Build: buildHome}

// homeContent is the first page. It says what the site is before there is anything on record.
type homeContent struct {
	Base
	State State
}

func buildHome(r *Request) (Content, error) {
	p := &homeContent{Base: r.Base(r.T("home.title")), State: r.NoData()}
	p.Description = r.T("home.lede")
	return p, nil
}
