package reading

// closeSpaced closes words within a line whose letters stand apart, as headings do that ran into the text: "donio je P R E S U D U Okrivljeni". A
// run has five letters by themselves at least; two that are one letter elsewhere (nj, lj) may stand among them.
func (e *even) closeSpaced(out []byte, from int) []byte {
	for i := from; i < len(out); i++ {
		if !isLetter(out[i]) || i > from && out[i-1] != ' ' || i+1 < len(out) && out[i+1] != ' ' {
			continue
		}
		end, single, all := i, 0, 0
		for end < len(out) && isLetter(out[end]) {
			k := end
			for k < len(out) && isLetter(out[k]) {
				k++
			}
			if k-end > 2 || k-end == 2 && !isUpper(out[end+1]) && !isLower(out[end]) || k < len(out) && out[k] != ' ' && k-end > 1 {
				break
			}
			if all++; k-end == 1 {
				single++
			}
			end = k
			if end+1 >= len(out) || out[end] != ' ' || !isLetter(out[end+1]) {
				break
			}
			end++
		}
		for end > i && out[end-1] == ' ' {
			end--
		}
		if single < 5 || single*4 < all*3 {
			continue
		}
		to := i
		for k := i; k < len(out); k++ {
			if k < end && out[k] == ' ' {
				continue
			}
			out[to], e.at[to] = out[k], e.at[k]
			to++
		}
		out, e.at = out[:to], e.at[:to]
		for i < len(out) && isLetter(out[i]) {
			i++
		}
	}
	return out
}
