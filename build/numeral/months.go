package numeral

import "maps"

// Months are the names of the months in a language, in small letters and with е
// for ё, in all forms that are read, with the number of the month.
func Months(base string) map[string]int {
	if v := vocabularies[base]; v != nil {
		return maps.Clone(v.months)
	}
	return nil
}
