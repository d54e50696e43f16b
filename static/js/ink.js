// Strokes: points with the width that the ink has there, drawn in curves.
const INK = "#10182a";

const between = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, width: (a.width + b.width) / 2 });
export const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

function line(pen, from, to, width) {
  pen.lineWidth = width;
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(to.x + 0.01, to.y); // a line of no length leaves no dot
  pen.stroke();
}

// The ink about one point of a stroke: from halfway before it to halfway behind it, in a curve.
export function curve(pen, stroke, at) {
  const point = stroke[at];
  const from = at > 1 ? between(stroke[at - 1], point) : stroke[0];
  const to = between(point, stroke[at + 1] || point);
  const pieces = Math.ceil(distance(from, to) / 2) + 1;
  let last = from;
  for (let piece = 1; piece <= pieces; piece++) {
    const t = piece / pieces;
    const mix = (axis) => (1 - t) * (1 - t) * from[axis] + 2 * (1 - t) * t * point[axis] + t * t * to[axis];
    const next = { x: mix("x"), y: mix("y") };
    line(pen, last, next, from.width + (to.width - from.width) * t);
    last = next;
  }
}

export function write(pen, strokes) {
  pen.lineCap = "round";
  pen.strokeStyle = INK;
  for (const stroke of strokes) {
    line(pen, stroke[0], stroke[0], stroke[0].width);
    for (let at = 1; at < stroke.length; at++) curve(pen, stroke, at);
  }
}
