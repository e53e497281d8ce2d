package numeral

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Matches reports whether two values can be the same.
func (v *Value) Matches(w *Value) bool {
	if v.Kind == Code || w.Kind == Code {
		if v.Kind == w.Kind {
			return v.Code == w.Code || onlyDigits(v.Code) == onlyDigits(w.Code)
		}
		c, n := v, w
		if w.Kind == Code {
			c, n = w, v
		}
		x, err := strconv.ParseFloat(onlyDigits(c.Code), 64)
		return err == nil && n.Kind == Number && slices.Contains(n.Values, x)
	}
	if v.Kind == Day && w.Kind == Day {
		return v.Date.Same(w.Date)
	}
	if v.Kind != w.Kind || v.half != anyHalf && w.half != anyHalf && v.half != w.half {
		return false
	}
	for _, x := range v.Values {
		for _, y := range w.Values {
			if math.Abs(x-y) <= 1e-9*max(math.Abs(x), math.Abs(y)) || decade(x, y) || decade(y, x) {
				return true
			}
		}
	}
	return false
}

// Key is what makes two values one for a reader.
func (v *Value) Key() string {
	switch v.Kind {
	case Code:
		return "c" + v.Code
	case Day:
		return fmt.Sprint("d", v.Date.Year, "-", v.Date.Month, "-", v.Date.Day)
	}
	return string('0'+rune(v.Kind)) + strconv.FormatFloat(v.Values[0], 'g', -1, 64)
}

// decade tells that y is x as 90 is 1990.
func decade(x, y float64) bool {
	return x >= 1800 && x < 2100 && math.Mod(x, 10) == 0 && y >= 10 && y == math.Mod(x, 100)
}

func onlyDigits(s string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, s)
}
