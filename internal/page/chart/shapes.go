package chart

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strconv"

	"golang.org/x/image/vector"
)

type point struct{ x, y float64 }

// covers tells whether what reaches from nothing to p covers a whole picture, up to the part of a point that its size was rounded by.
func (p point) covers(end image.Point) bool { return p.x > float64(end.X-1) && p.y > float64(end.Y-1) }

// line is a way along points, in points of the picture.
type line struct {
	points []point
	closed bool
}

// circle is a circle as a line of many corners.
func circle(at point, r float64) line {
	n := max(12, int(math.Ceil(r*3)))
	l := line{closed: true, points: make([]point, n)}
	for i := range l.points {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		l.points[i] = point{at.x + r*cos, at.y + r*sin}
	}
	return l
}

// parsePath reads a path of straight lines: M, m, L, l, H, h, V, v and z.
func parsePath(d string, s *state) ([]line, error) {
	var lines []line
	var at, start point
	for i := 0; i < len(d); {
		command := d[i]
		i++
		var v [2]float64
		n := map[byte]int{'M': 2, 'm': 2, 'L': 2, 'l': 2, 'H': 1, 'h': 1, 'V': 1, 'v': 1, 'z': 0}
		count, known := n[command]
		if !known || command == 'z' && len(lines) == 0 {
			return nil, fmt.Errorf("a path has %q at %d, and charts are drawn with straight lines only", command, i-1)
		}
		for repeat := true; repeat; {
			for k := range count {
				var err error
				if v[k], i, err = nextNumber(d, i); err != nil {
					return nil, err
				}
			}
			switch command {
			case 'M':
				at = point{v[0], v[1]}
			case 'L':
				at = point{v[0], v[1]}
			case 'm', 'l':
				at = point{at.x + v[0], at.y + v[1]}
			case 'H':
				at.x = v[0]
			case 'h':
				at.x += v[0]
			case 'V':
				at.y = v[0]
			case 'v':
				at.y += v[0]
			case 'z':
				lines[len(lines)-1].closed, at = true, start
			}
			switch command {
			case 'M', 'm':
				start = at
				lines = append(lines, line{points: []point{s.at(at.x, at.y)}})
				command = map[byte]byte{'M': 'L', 'm': 'l'}[command] // more numbers after a move are lines
			case 'z':
			default:
				if len(lines) == 0 {
					return nil, fmt.Errorf("a path begins with %q", command)
				}
				l := &lines[len(lines)-1]
				l.points = append(l.points, s.at(at.x, at.y))
			}
			i = skip(d, i)
			repeat = count > 0 && i < len(d) && isNumber(d[i])
		}
	}
	return lines, nil
}

func isNumber(c byte) bool { return c >= '0' && c <= '9' || c == '-' || c == '.' }

func skip(d string, i int) int {
	for i < len(d) && (d[i] == ' ' || d[i] == ',') {
		i++
	}
	return i
}

func nextNumber(d string, i int) (float64, int, error) {
	i = skip(d, i)
	from := i
	for i < len(d) && isNumber(d[i]) && (i == from || d[i] != '-') {
		i++
	}
	v, err := strconv.ParseFloat(d[from:i], 64)
	if err != nil {
		return 0, i, fmt.Errorf("a path has no number at %d: %w", from, err)
	}
	return v, i, nil
}

// filler fills what it is given, reusing its memory from one to the next.
type filler struct{ raster vector.Rasterizer }

// fill fills closed lines, each by itself: a pass over the room of one costs less than a pass over the room of all.
func (s *filler) fill(into *image.RGBA, lines []line, c color.RGBA) {
	of := image.NewUniform(c)
	for _, l := range lines {
		left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for _, p := range l.points {
			left, right, top, bottom = min(left, p.x), max(right, p.x), min(top, p.y), max(bottom, p.y)
		}
		box := image.Rect(int(math.Floor(left)), int(math.Floor(top)), int(math.Ceil(right)), int(math.Ceil(bottom))).Intersect(into.Rect)
		if len(l.points) < 3 || box.Empty() {
			continue
		}
		s.raster.Reset(box.Dx(), box.Dy())
		for i, p := range l.points {
			if x, y := float32(p.x-float64(box.Min.X)), float32(p.y-float64(box.Min.Y)); i == 0 {
				s.raster.MoveTo(x, y)
			} else {
				s.raster.LineTo(x, y)
			}
		}
		s.raster.ClosePath()
		s.raster.Draw(into, box, of, image.Point{})
	}
}

// stroke draws along lines, with round corners and straight ends, in dashes where there are any.
func (s *filler) stroke(into *image.RGBA, lines []line, width float64, dashes []float64, c color.RGBA) {
	for _, l := range lines {
		points := l.points
		if l.closed && len(points) > 0 {
			points = append(points[:len(points):len(points)], points[0])
		}
		var out []line
		if len(dashes) == 0 {
			for i := 1; i < len(points); i++ {
				out = append(out, bar(points[i-1], points[i], width))
				if i+1 < len(points) || l.closed {
					out = append(out, circle(points[i], width/2))
				}
			}
		} else {
			for _, d := range dashed(points, dashes) {
				out = append(out, bar(d[0], d[1], width))
			}
		}
		s.fill(into, out, c)
	}
}

// bar is a straight piece of a line, as wide as it is drawn.
func bar(from, to point, width float64) line {
	dx, dy := to.x-from.x, to.y-from.y
	length := math.Hypot(dx, dy)
	if length == 0 {
		return line{}
	}
	x, y := -dy/length*width/2, dx/length*width/2
	return line{closed: true, points: []point{{from.x + x, from.y + y}, {to.x + x, to.y + y}, {to.x - x, to.y - y}, {from.x - x, from.y - y}}}
}

// dashed cuts a way into the pieces that are drawn.
func dashed(points []point, dashes []float64) [][2]point {
	var out [][2]point
	which, left := 0, dashes[0]
	if left <= 0 {
		return nil
	}
	for i := 1; i < len(points); i++ {
		from, to := points[i-1], points[i]
		length := math.Hypot(to.x-from.x, to.y-from.y)
		for done := 0.0; done < length; {
			step := min(left, length-done)
			place := func(at float64) point {
				return point{from.x + (to.x-from.x)*at/length, from.y + (to.y-from.y)*at/length}
			}
			if which%2 == 0 {
				out = append(out, [2]point{place(done), place(done + step)})
			}
			done += step
			if left -= step; left <= 1e-9 {
				which++
				left = max(dashes[which%len(dashes)], 0.1)
			}
		}
	}
	return out
}
