package align

// Parameters are the numbers of the method; costs are natural logarithms.
//
// They are tested by “go run ./bench/align -vary SET…”, which changes one after
// the other and tells what becomes of the sets' rows; those of the confidence
// change no row and are tested by -trust. Most stand half way
// between a first guess and what a search over damaged copies of some texts had
// found, since what the search found did worse on other texts; that search is
// not kept. Where a value was found otherwise, it says so.
//
// What stands as a constant beside the code that uses it was set by hand: the
// bounds of what is looked at, and the finer steps of rates, names and marks. No
// program varies those; “go run ./bench/align SET…” measures them with the rest.
type Parameters struct {
	// How likely a word's partner is to be met in a true pair of units: the same
	// word with a capital or of some length, another same word, one of the same
	// sense in the lexicon, a name that sounds alike. Smoothing softens the ratio
	// of the words' counts.
	SameWord, SameShortWord, SameSense, SameName, Smoothing float64
	// How alike names must sound, among letters and to Chinese.
	NameLikeness, NameLikenessHan float64
	// Informative is what a word must tell in a unit of usual size, or it is left
	// out.
	Informative float64
	// Passes is how many passes there are that learn from the one before.
	Passes int
	// Clear is how sure all rows must be to leave it at the first pass. It is set
	// so that the rows of all sets tried are those of the full method.
	Clear float64
	// Parallel is how much likelier each pair of blocks must be than anything else, as a
	// logarithm, for versions that seem to correspond block by block to be left at a
	// glance; 0 for never.
	Parallel float64
	// CoOccurrence is Dunning's statistic from which two words are taken to occur
	// together by more than chance. Learnt and LearntHan are the weights of links
	// so learnt; pairs of Han letters overlap, and weigh less.
	CoOccurrence, Learnt, LearntHan float64
	// What it is worth that a third version ties two units to the same unit, and
	// what it costs where it ties them to others; -mode tri tests these.
	ThirdAgrees, ThirdDiffers float64
	// OwnSure is how sure a pair must be of a unit not to hear others about it.
	OwnSure float64

	// Of rows with three versions or more: how likely their pairs of versions must
	// take two rows for one, on the whole, to join them, and to join rows that some
	// version has both; and how likely ties must be to come before what surely moved.
	// -drift and -mode tri test these.
	Join, Glue, BeforeMoves float64
	// LoneMove is what a single block must be worth to be tied to one elsewhere.
	LoneMove float64

	// Of the confidence. These are set so that rows of a confidence are right as
	// often as it says, which “go run ./bench/align -trust SET…” prints.
	MovedTrust    float64 // trust in what was moved, before calibration
	LoneMoveTrust float64 // confidence at most of a row that moved by itself
	// What a run without partner may be short of what a moved one is worth, to be
	// doubted, and how fast the doubt falls.
	Elsewhere, ElsewhereSlope float64
	OutvotedTrust             float64 // confidence at most of a row that all pairs but one are sure of
	Slope                     float64 // of the calibration
	OneSidedSlope             float64 // and for rows of one language
	UsualUnlike               float64 // how unlike two lengths may be, in logarithms of odds, before it counts
	UnlikeKinds               float64 // what other kinds take, in logarithms of odds
	FarApart                  float64 // how unlike blocks must be to be listed as doubtful

	// AllPairs and LeftoverPairs are how many pairs of units are all compared at
	// most: in order, and in search of moves. They bound time and memory, and say
	// where Anchor begins to matter; BenchmarkAlign measures how time grows, and
	// sets of short texts tell nothing of the three.
	AllPairs, LeftoverPairs int
	Anchor                  float64 // what a pair of blocks must be worth to guide the comparison
	MovedRun                float64 // what a moved run must be worth

	Words    float64 // weight of the words' evidence, which is not independent
	ByChance float64 // how much of the chance of meeting words in longer beads is taken off
	Lengths  float64 // weight of the lengths' evidence
	Spread   float64 // variance of the logarithm of two lengths' ratio: constant
	Jitter   float64 // and per letter
	// UnrelatedSpread is that variance for units that do not belong together.
	UnrelatedSpread float64
	Marks           float64 // weight of punctuation

	Bead       [most + 1][most + 1]float64 // cost of n units tied to m, for the sizes that are tried
	BlockEnd   float64                     // a block ends on one side only
	Bracket    float64                     // blocks that a bracket holds together are parted
	Crossing   float64                     // a bead runs over the end of a block
	MixedKinds float64                     // blocks of different kinds are joined
	OpenEnd    float64                     // less for a block that breaks off within a sentence
	// DropBlock is for a whole block without partner, the first of a run. It, DropLine
	// and DropOtherSide were set on documentation and legal pages that drifted, so that
	// lines of stories, and a block in the place of another, cost what they had.
	DropBlock     float64
	DropNextBlock float64 // each further block
	DropLine      float64 // more for the first where blocks are single sentences
	LineJoin      float64 // how much of Crossing is taken off there
	DropOtherSide float64 // the first dropped on the other side in the same place
	DropUnit      float64 // a unit without partner inside its block
	DropNextUnit  float64

	// Wall is what it is worth that two headings have one id that was written for
	// them: only what is surer crosses such sections. The sets have no such ids; it was
	// set to more than one paragraph is usually worth.
	Wall  float64
	Kinds Kinds
}

// Kinds is the evidence of the kinds of two blocks.
type Kinds struct {
	Heading, OtherLevel float64 // two headings, of one level or not
	Paragraph, Same     float64 // two paragraphs; two others of one kind
	HeadingAndOther     float64
	ItemAndParagraph    float64
	CodeAndOther        float64
	Other               float64 // any other two kinds
	OtherDepth          float64 // more if lists and quotations are not as deep
}

// Defaults are the parameters of Align.
func Defaults() Parameters {
	par := Parameters{
		SameWord: 0.85, SameShortWord: 0.22, SameSense: 0.46, SameName: 0.75, Smoothing: 0.32,
		NameLikeness: 0.67, NameLikenessHan: 0.6, Informative: 0.2,
		Passes: 1, Clear: 0.9, Parallel: 3.5,
		CoOccurrence: 7, Learnt: 0.7, LearntHan: 0.33,
		ThirdAgrees: 6, ThirdDiffers: 4, OwnSure: 0.95,
		Join: 0.1, Glue: 0.6, BeforeMoves: 0.8, LoneMove: 15,
		MovedTrust: 0.985, LoneMoveTrust: 0.4, Elsewhere: 10, ElsewhereSlope: 0.5, OutvotedTrust: 0.8, Slope: 0.7, OneSidedSlope: 0.5, UsualUnlike: 1, UnlikeKinds: 3, FarApart: 6,
		AllPairs: 15000, LeftoverPairs: 600000, Anchor: 9, MovedRun: 7.5,
		Words: 0.67, ByChance: 0.5,
		Lengths: 1, Spread: 0.036, Jitter: 1.6, UnrelatedSpread: 0.7, Marks: 1.3,
		BlockEnd: 1.4, Bracket: 4, Crossing: 2, MixedKinds: 3, OpenEnd: 1,
		DropBlock: 2.95, DropLine: 0.55, LineJoin: 0.75, DropNextBlock: 1.1, DropOtherSide: 0.9, DropUnit: 3.8, DropNextUnit: 2,
		Wall: 20,
		Kinds: Kinds{
			Heading: 2.5, OtherLevel: -1, Paragraph: 0.2, Same: 0.8,
			HeadingAndOther: -5, ItemAndParagraph: -1.5, CodeAndOther: -12, Other: -4, OtherDepth: -0.7,
		},
	}
	par.Bead[1][1] = 0.1
	par.Bead[1][2], par.Bead[2][1] = 2, 2
	par.Bead[1][3], par.Bead[3][1] = 4.5, 4.5
	par.Bead[1][4], par.Bead[4][1] = 6.5, 6.5
	par.Bead[2][2] = 4
	return par
}
