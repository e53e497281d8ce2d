package align

// names links names across scripts.
func (p *pairing) names(k *knobs) {}
