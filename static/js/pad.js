// The writing itself, always in the sheet's own, landscape coordinates: whichever way the phone is held.
import { curve, distance, write } from "./ink.js";
import { on } from "./page.js";

const LONGEST = 800; // px of the picture; the office keeps 600
const MARGIN = 24; // px; ink at the edge would be taken for cut off
const THICK = 7; // px, of a slow stroke; a quick one grows thin
const THIN = 3;
const APART = 3; // px: nearer points are a hand that trembles
const SUDDEN = 0.7; // of a new pace; the rest stays of the one before

// `begun` hears of each stroke.
export function makePad(canvas, begun) {
  const pen = canvas.getContext("2d");
  let strokes = [];
  let wiped; // what there was before 清除, until it is too late to want it back
  let stroke; // under way
  let finger; // that draws it
  let place; // of the first sheet within this one: its size there, scale and offset here
  let turned;

  const redraw = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    write(pen, strokes);
  };
  const clear = () => {
    strokes = [];
    redraw();
  };

  function pointOf({ clientX, clientY }) {
    const { left, top, right } = canvas.getBoundingClientRect();
    const [x, y] = turned ? [clientY - top, right - clientX] : [clientX - left, clientY - top];
    return { x, y, time: Date.now(), pace: 0, width: (THICK + THIN) / 2 };
  }
  function begin(event) {
    stroke = [pointOf(event)];
    strokes.push(stroke);
    write(pen, [stroke]);
    begun();
  }
  function draw(event, nearest = APART) {
    const point = pointOf(event);
    const last = stroke[stroke.length - 1];
    const way = distance(point, last);
    if (way < nearest) return;
    point.pace = (SUDDEN * way) / (point.time - last.time || 1) + (1 - SUDDEN) * last.pace;
    point.width = Math.max(THICK / (point.pace + 1), THIN);
    stroke.push(point);
    if (stroke.length > 2) curve(pen, stroke, stroke.length - 2);
  }
  function end(event) {
    draw(event, 1);
    if (stroke.length > 1) curve(pen, stroke, stroke.length - 1);
    stroke = null;
  }

  // One finger writes; what else touches the sheet is the hand.
  const follow = (act) => (event) => {
    const touch = stroke && [].find.call(event.changedTouches, ({ identifier }) => identifier == finger);
    if (touch) act(touch);
  };
  on(
    "touchstart",
    (event) => {
      // No gesture of the browser's: after a fling, which a quick stroke looks like, it swallows the next tap.
      event.preventDefault();
      if (stroke) return;
      const touch = event.changedTouches[0];
      finger = touch.identifier;
      begin(touch);
    },
    canvas
  );
  on("touchmove", follow(draw), canvas);
  on("touchend", follow(end), canvas);
  on("touchcancel", follow(end), canvas);
  on(
    "mousedown",
    (event) => {
      if (!event.button) begin(event);
    },
    canvas
  );
  on("mousemove", (event) => stroke && draw(event));
  on("mouseup", (event) => stroke && end(event));

  return {
    clear,
    written: () => strokes.length,
    // The sheet changed its size, or came to lie the other way: what is written grows or shrinks with it.
    fit(width, height, lies) {
      const ratio = Math.max(devicePixelRatio, 1);
      turned = lies;
      canvas.width = width * ratio;
      canvas.height = height * ratio;
      pen.scale(ratio, ratio);
      wiped = null;
      const old = (strokes.length && place) || { width, height, scale: 1, left: 0, top: 0 };
      const scale = Math.min(width / old.width, height / old.height);
      const left = (width - old.width * scale) / 2;
      const top = (height - old.height * scale) / 2;
      for (const point of [].concat(...strokes)) {
        point.x = ((point.x - old.left) / old.scale) * scale + left;
        point.y = ((point.y - old.top) / old.scale) * scale + top;
      }
      place = { width: old.width, height: old.height, scale, left, top };
      redraw();
    },
    wipe() {
      if (strokes.length) wiped = strokes;
      clear();
    },
    // The last stroke goes; right after a wipe all strokes come back.
    undo() {
      if (!strokes.length && wiped) strokes = wiped;
      else strokes.pop();
      redraw();
    },
    // PNG data URL of the whole sheet and of what was written beyond it, with a margin.
    picture() {
      const { width, height, scale } = place;
      const points = [].concat({ x: 0, y: 0 }, { x: width * scale, y: height * scale }, ...strokes);
      const range = (axis) => {
        const values = points.map((point) => point[axis]);
        return [Math.min(...values), Math.max(...values)];
      };
      const [left, right] = range("x");
      const [top, bottom] = range("y");
      const zoom = (LONGEST - 2 * MARGIN) / (right - left);
      const copy = document.createElement("canvas");
      copy.width = LONGEST;
      copy.height = Math.round((bottom - top) * zoom) + 2 * MARGIN;
      const brush = copy.getContext("2d");
      brush.fillStyle = "#fff";
      brush.fillRect(0, 0, copy.width, copy.height);
      brush.setTransform(zoom, 0, 0, zoom, MARGIN - left * zoom, MARGIN - top * zoom);
      write(brush, strokes);
      return copy.toDataURL();
    },
  };
}
