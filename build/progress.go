package build

import "sync/atomic"

// Progress counts what is done of a long run, for whoever shows it. Its zero value
// is ready, and its methods may be called at any time; those of a nil *Progress do
// nothing.
type Progress struct{ texts, allTexts, files, allFiles atomic.Int64 }

// Texts is how many texts were read and aligned, and of how many.
func (p *Progress) Texts() (done, all int) {
	if p == nil {
		return 0, 0
	}
	return int(p.texts.Load()), int(p.allTexts.Load())
}

// Files is how many files of the site were made, and of how many; none as long as
// texts are read.
func (p *Progress) Files() (done, all int) {
	if p == nil {
		return 0, 0
	}
	return int(p.files.Load()), int(p.allFiles.Load())
}

func (p *Progress) beginTexts(all int) {
	if p != nil {
		p.texts.Store(0)
		p.files.Store(0)
		p.allFiles.Store(0)
		p.allTexts.Store(int64(all))
	}
}

func (p *Progress) text() {
	if p != nil {
		p.texts.Add(1)
	}
}

func (p *Progress) beginFiles(all int) {
	if p != nil {
		p.files.Store(0)
		p.allFiles.Store(int64(all))
	}
}

func (p *Progress) moreFiles(n int) {
	if p != nil {
		p.allFiles.Add(int64(n))
	}
}

func (p *Progress) file() {
	if p != nil {
		p.files.Add(1)
	}
}
