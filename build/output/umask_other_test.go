//go:build !unix

package output_test

func setUmask() {}
