package archive

// KeepAtMost bounds what is kept of a bucket.
func (s *Store) KeepAtMost(bytes int64) { s.most = bytes }
