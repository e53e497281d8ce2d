package main

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
)

// parameter is one number of the aligner and its name.
type parameter struct {
	name  string
	value reflect.Value
}

// parametersOf lists the numbers that a struct holds, those of structs and
// tables within it too, but for those that are 0.
func parametersOf(v reflect.Value, prefix string) []parameter {
	var out []parameter
	for i := range v.NumField() {
		f, name := v.Field(i), prefix+v.Type().Field(i).Name
		switch f.Kind() {
		case reflect.Float64, reflect.Int:
			out = append(out, parameter{name, f})
		case reflect.Struct:
			out = append(out, parametersOf(f, name+".")...)
		case reflect.Array:
			for n := range f.Len() {
				for m := range f.Index(n).Len() {
					out = append(out, parameter{fmt.Sprintf("%s[%d][%d]", name, n, m), f.Index(n).Index(m)})
				}
			}
		}
	}
	return slices.DeleteFunc(out, func(p parameter) bool { return p.value.IsZero() })
}

// scaled sets a parameter to a multiple of its value, a whole number to another
// at least one away, and returns how to undo it.
func (p parameter) scaled(by float64) (undo func()) {
	was := reflect.New(p.value.Type()).Elem()
	was.Set(p.value)
	if p.value.CanInt() {
		n := int64(float64(was.Int())*by + 0.5)
		if n == was.Int() && by < 1 {
			n--
		} else if n == was.Int() {
			n++
		}
		p.value.SetInt(n)
	} else {
		p.value.SetFloat(was.Float() * by)
	}
	return func() { p.value.Set(was) }
}

// vary prints how the mean AF1 of the sets changes with each parameter.
func (b *bench) vary(sets []string, only string) error {
	out := b.out
	b.out = io.Discard
	mean := func() (float64, error) {
		sum := 0.0
		for _, set := range sets {
			af, err := b.set(set)
			if err != nil {
				return 0, err
			}
			sum += af
		}
		return sum / float64(len(sets)), nil
	}
	usual, err := mean()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "mean AF1 %.4f\n%-24s %10s %8s %8s\n", usual, "parameter", "value", "× 0.8", "× 1.25")
	for _, p := range parametersOf(reflect.ValueOf(&b.par).Elem(), "") {
		if only != "" && !slices.Contains(strings.Split(only, ","), p.name) {
			continue
		}
		fmt.Fprintf(out, "%-24s %10v", p.name, p.value)
		for _, by := range []float64{0.8, 1.25} {
			undo := p.scaled(by)
			af, err := mean()
			undo()
			if err != nil {
				return err
			}
			fmt.Fprintf(out, " %+8.4f", af-usual)
		}
		fmt.Fprintln(out)
	}
	return nil
}
