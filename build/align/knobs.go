package align

// knobs are the numbers of the method; costs are natural logarithms. They stand
// half way between first guesses and what a search over damaged copies of some
// texts found, since the search alone did worse on other texts.
type knobs struct {
	// How likely a link's partner is to be met in a true pair: the same word
	// with a capital or of some length, another same word, one of the lexicon,
	// one that sounds alike. spare softens the ratio of the words' counts.
	sameWord, sameShort, sense, name, spare float64
	names                                   bool
	alike, alikeHan                         float64 // how alike names must sound, among letters and to Chinese
	telling                                 float64 // what a word must tell in a unit of usual size, or it is left out
	passes                                  int     // that learn from the one before
	clear                                   float64 // how sure all rows must be to leave it at the first pass
	company                                 float64 // Dunning's statistic from which words keep company
	learnt, learntHan                       float64 // weights of such links; pairs of Han letters overlap
	hint, hintMiss                          float64 // what a third version's word is worth, and costs to miss

	moved      float64 // trust in what was moved, before calibration
	lone       float64 // confidence at most of a row that moved by itself
	outvoted   float64 // confidence at most of a row that all pairs but one are sure of
	slope      float64 // of the calibration
	aloneSlope float64 // and for rows of one language

	square, leftover int     // cells up to which all is compared with all: in order, and for moves
	anchor           float64 // what an anchor must be worth
	move             float64 // what a moved run must be worth

	sooner   float64 // how much of the chance of meeting words in longer beads is taken off
	evidence float64 // weight of the words' evidence, which is not independent

	bead     [most + 1][most + 1]float64 // cost of units taken n:m
	unsync   float64                     // a block ends on one side only
	tear     float64                     // blocks that a bracket holds together are parted
	crossing float64                     // a bead runs over the end of a block
	mixed    float64                     // blocks of different kinds are joined
	drop     float64                     // a whole block without partner, the first of a run
	dropNext float64                     // each further block
	dropTurn float64                     // the first dropped on the other side in the same place
	open     float64                     // less for a block that breaks off within a sentence
	cut      float64                     // a unit without partner inside its block
	cutNext  float64

	kinds          struct{ heading, level, paragraph, same, headingOther, item, other, depth float64 }
	length         float64 // weight of the lengths' evidence
	spread, jitter float64 // variance of log ratios: constant, and per letter
	wide           float64 // variance for unrelated units
	marks          float64 // weight of punctuation
}

func defaults() knobs {
	k := knobs{
		sameWord: 0.85, sameShort: 0.22, sense: 0.46, spare: 0.32, telling: 0.2,
		names: true, alike: 0.67, alikeHan: 0.6, name: 0.75,
		passes: 1, clear: 0.9, company: 7, learnt: 0.7, learntHan: 0.33,
		hint: 6, hintMiss: 4,
		moved: 0.985, lone: 0.4, outvoted: 0.8, slope: 0.7, aloneSlope: 0.5,
		square: 15000, leftover: 600000, anchor: 9, move: 7.5,
		evidence: 0.67, sooner: 0.5,
		unsync: 1.4, crossing: 2, mixed: 3, open: 1, tear: 4,
		drop: 3.2, dropNext: 1.1, dropTurn: 0.7, cut: 3.8, cutNext: 2,
		length: 1, spread: 0.036, jitter: 1.6, wide: 0.7, marks: 1.3,
	}
	for n := range k.bead {
		for m := range k.bead[n] {
			k.bead[n][m] = 99
		}
	}
	k.kinds.heading, k.kinds.level, k.kinds.paragraph, k.kinds.same = 2.5, -1, 0.2, 0.8
	k.kinds.headingOther, k.kinds.item, k.kinds.other, k.kinds.depth = -5, -1.5, -4, -0.7
	k.bead[1][1] = 0.1
	k.bead[1][2], k.bead[2][1] = 2, 2
	k.bead[1][3], k.bead[3][1] = 4.5, 4.5
	k.bead[1][4], k.bead[4][1] = 6.5, 6.5
	k.bead[2][2] = 4
	return k
}
