// Package record gives the passages of a text their permanent numbers. It reads
// and writes the file alignment.tsv, which keeps what each passage holds and
// what editors confirmed of it; it finds the recorded passages again in versions
// that have been edited since; and it tells how each language stands to what
// was confirmed.
//
// Rows come from package align, by its one function Align: all rows of a text
// without a record, and else those of the places that changed. This package
// knows nothing of how they are found, nor of the site that is made of them, and
// it touches no file: texts come in and go out as strings.
package record
