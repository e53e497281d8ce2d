// Package align finds which blocks of a text's language versions say the same.
// Versions go in, rows with their confidence come out, by the one function
// Align. It knows no file, no passage number, no state and no site; what others
// know of a block, such as the concepts it names, comes as plain strings.
//
// # Method
//
// Blocks are cut into units, mostly sentences, and the units of each pair of
// versions are tied by dynamic programming; blocks whose units are tied make a
// row. So a block may hold what another language says in two
// and a half, and n:m rows need no case of their own. The path through the
// units takes beads of up to four to one (Gale and Church 1993; the beads'
// costs are constants, as in Thompson and Koehn 2019). Where a block ends on one
// side only, or a bead runs over a block's end, it pays; blocks without
// partner pay for the first of a run, and less for the next.
//
// What two units share is weighed as a likelihood ratio, each kind of evidence
// on its own:
//
//   - words. A word of one version is linked to words of the other: by the small
//     lexicon (package lexicon), as numbers and dates of one value in any
//     notation, as the same string, link target, heading id or concept, by
//     sound across Latin, Cyrillic and Chinese transcription (package sound), and by
//     co-occurrence in what a first pass tied (Moore 2002; Varga et al. 2005, whose
//     hunalign trains on its own first pass; the statistic is Dunning's 1993).
//     Meeting a partner is worth more the rarer it is and the shorter the unit;
//     missing all partners costs, learnt ones too. Counts leave out the ties under
//     judgement, so that an error of the first pass does not prove itself. Runs of
//     Han and kana are read as pairs of letters; Korean words also as pairs of
//     syllables, since their endings change.
//   - lengths, on a logarithmic scale whose ratio is learnt from the pair.
//   - punctuation that translations keep, kinds and depths of blocks.
//
// A pass that may begin and end anywhere (Smith and Waterman 1981) finds runs
// that were moved among what the path leaves over, and takes the headings along
// that they stand under; they then no longer stand in the path's way. In long
// texts only the surroundings of a chain of anchors, blocks that rare words tie,
// are compared, and later passes look near earlier ties: time and memory grow
// with the text, not its square. Where two versions have as many blocks, of the same
// kinds but for a few, the first pass compares neighbours alone. Where it ties every
// block, in order and without doubt, it is the last; and where it does so for two
// versions and a third each, it is for those two, if it has the same rows there.
//
// Before any of this, a glance at the versions tells whether they are parallel (parallel.go):
// as many blocks, nearly all of the same kinds, each as long as its counterpart and with
// most of what it might have in common with it, nothing in it that stands better beside its
// neighbours, and that in every pair of versions, or in two of three. Texts that were
// translated paragraph by paragraph are left at that. Words of the lexicon, numbers and
// words that are the same are all it looks at, by blocks, so that a row's confidence is
// not quite what the full method would say. In all texts tried the rows are the same, and in
// damaged copies of them but for one in a thousand.
//
// Headings that were given one id are walls: what would tie across them must be
// worth more than several paragraphs.
//
// With three versions or more that do not agree yet, a last pass over each pair
// takes from the others which of its units they tie to the same unit (as
// T-Coffee does for sequences, Notredame et al. 2000), but for units that the pair
// itself is sure of. No version is a pivot. Of more than six versions not all pairs
// are aligned: each is with four that are most like the rest in size, and what these
// lack is looked for in one or two more.
//
// Rows are then joined tie by tie, the likeliest first (Schwartz and Pachter 2007).
// A tie is left out if it would set a row's blocks apart in some version, or turn
// rows around, unless it is one of a run that surely moved; or if it would make one
// row of two that other pairs keep apart. So rows have an order that every version
// agrees with, but for what moved, and a version that drifted costs its own column.
// Neither the names of the languages nor the order of the inputs matter: scripts
// are seen in the text, and versions are worked through in an order of their
// contents.
//
// A row's confidence is that of its version that is least sure of it: the chance,
// over all ways through the units weighed by their evidence (the forward–backward
// algorithm), that its least sure unit is tied within the row alone; less, if
// lengths or kinds are far apart, and drawn towards one half as far as rows of damaged
// copies showed the evidence to be less independent than it is taken for. A
// block that moved by itself is doubted, and so is a run without partner that is
// like one of the other version that has none either.
//
// The package is larger than others because this is one method whose parts
// share their tables: units, words, links and grids mean nothing outside it.
package align
