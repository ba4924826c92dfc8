package reading

// doubtAll makes everything said of a defendant unsure.
func (d *Defendant) doubtAll(why string) {
	d.Initials.doubt(why)
	d.Credit.doubt(why)
	d.Single.doubtAll(why)
	for i := range d.Counts {
		d.Counts[i].doubtAll(why)
		d.Counts[i].Sentence.doubtAll(why)
	}
}

func (c *Count) doubtAll(why string) {
	c.Offence.doubt(why)
	c.Article.doubt(why)
	c.Paragraph.doubt(why)
	c.Code.doubt(why)
	c.Verdict.doubt(why)
	for i := range c.Forms {
		c.Forms[i].doubt(why)
	}
}

func (s *Sentence) doubtAll(why string) {
	s.Imprisonment.doubt(why)
	s.Suspended.doubt(why)
	s.Verification.doubt(why)
	s.Fine.doubt(why)
	s.ReplacedByFine.doubt(why)
	s.Community.doubt(why)
	for i := range s.Accessory {
		s.Accessory[i].doubt(why)
	}
}
