package glossary

// Dated reports whether the file says when the name was in use.
func (n *Name) Dated() bool { return n.Since != (Date{}) || n.Until != (Date{}) }

// InUse reports whether the name was in use at the date, as far as the file says
// when it was. A date without a day, or a month, is all of its days: a name that
// was in use until 2005 was so in any month of it. At no date it always was.
func (n *Name) InUse(at Date) bool {
	if at == (Date{}) {
		return true
	}
	return (n.Since == (Date{}) || at.common(n.Since).Compare(n.Since.common(at)) >= 0) &&
		(n.Until == (Date{}) || at.common(n.Until).Compare(n.Until.common(at)) <= 0)
}

// common is the date no more exactly than the other is known.
func (d Date) common(other Date) Date {
	if other.Month == 0 {
		d.Month, d.Day = 0, 0
	}
	if other.Day == 0 {
		d.Day = 0
	}
	return d
}
