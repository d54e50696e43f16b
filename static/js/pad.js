// The writing itself, always in the sheet's own, landscape coordinates: whichever way the phone is held.
import SignaturePad from "signature_pad";

const LONGEST = 800; // px of the picture; the office keeps 600
const MARGIN = 24; // px; ink at the edge would be taken for cut off
const PEN = { penColor: "#10182a", minWidth: 1.5, maxWidth: 3.5, minDistance: 3 };

export class Pad extends SignaturePad {
  constructor(canvas) {
    super(canvas, PEN);
    this.place = null; // of the first sheet within this one: its size there, scale and offset here
    // No gesture of the browser's: after a fling, which a quick stroke looks like, it swallows the next tap.
    canvas.addEventListener("touchstart", (event) => event.preventDefault());
    // The library draws up to the last point but one: the end of a quick stroke would be missing.
    this.addEventListener("endStroke", () => {
      const { points } = this.toData().slice(-1)[0];
      if (points.length > 1) points.push(points[points.length - 1]);
      this.redraw();
    });
  }

  // The sheet changed its size, or came to lie the other way: what is written grows or shrinks with it.
  fit(width, height, turned) {
    const { canvas } = this;
    const ratio = Math.max(devicePixelRatio, 1);
    this.turned = turned;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    this.wiped = null;
    const old = (this.toData().length && this.place) || { width, height, scale: 1, left: 0, top: 0 };
    const scale = Math.min(width / old.width, height / old.height);
    const left = (width - old.width * scale) / 2;
    const top = (height - old.height * scale) / 2;
    for (const stroke of this.toData())
      stroke.points = stroke.points.map((point) => ({
        ...point,
        x: ((point.x - old.left) / old.scale) * scale + left,
        y: ((point.y - old.top) / old.scale) * scale + top,
      }));
    this.place = { width: old.width, height: old.height, scale, left, top };
    this.redraw();
  }

  // The library measures from the canvas's upper left corner on the screen, which turned is a lower left one.
  _createPoint(x, y, pressure) {
    const { left, top, right } = this.canvas.getBoundingClientRect();
    return this.turned ? super._createPoint(left + y - top, top + right - x, pressure) : super._createPoint(x, y, pressure);
  }

  wipe() {
    this.wiped = this.toData();
    this.clear();
  }

  // The last stroke goes; right after a wipe all strokes come back.
  undo() {
    if (this.wiped && !this.toData().length) this.fromData(this.wiped);
    else {
      this.toData().pop();
      this.redraw();
    }
  }

  // PNG data URL of the whole sheet and of what was written beyond it, with a margin.
  picture() {
    const { width, height, scale } = this.place;
    const points = [].concat({ x: 0, y: 0 }, { x: width * scale, y: height * scale }, ...this.toData().map((stroke) => stroke.points));
    const range = (axis) => {
      const values = points.map((point) => point[axis]);
      return [Math.min(...values), Math.max(...values)];
    };
    const [left, right] = range("x");
    const [top, bottom] = range("y");
    const zoom = (LONGEST - 2 * MARGIN) / (right - left);
    const canvas = document.createElement("canvas");
    canvas.width = LONGEST;
    canvas.height = Math.round((bottom - top) * zoom) + 2 * MARGIN;
    const copy = new SignaturePad(canvas, { ...PEN, backgroundColor: "#fff" });
    canvas.getContext("2d").setTransform(zoom, 0, 0, zoom, MARGIN - left * zoom, MARGIN - top * zoom);
    copy.fromData(this.toData(), { clear: false });
    return copy.toDataURL();
  }
}
