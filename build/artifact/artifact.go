// Package artifact has the one form in which everything is handed on that can be
// published: pages, assets, what programs read, search, downloads, the owner's
// static files. Whoever wants all of them ranges over a stream; whoever wants
// one looks for its path and has that one made. It knows nothing of what is in
// a file.
//
// It stands on the ground, and not in package site, because not everything that
// is published comes of a site: an asset comes of a theme, a static file of a
// folder.
package artifact

// Artifact is a file that can be made.
type Artifact struct {
	// Path is from the site's root, with slashes: "ru/index.html".
	Path string
	// Make makes the file's bytes, the same at every call; nobody changes them.
	// It may be called concurrently, also with that of other artifacts, or
	// never: what is costly is done in here.
	Make func() ([]byte, error)
}

// Of is an artifact whose bytes are there.
func Of(path string, data []byte) Artifact {
	return Artifact{path, func() ([]byte, error) { return data, nil }}
}
