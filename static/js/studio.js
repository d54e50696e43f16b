// One finger moves the portrait, two enlarge and turn it; the server cuts it anew by the same steps.
import { find, on } from "./page.js";

const MOVE = 0.01; // of the photo's height
const ZOOM = Math.log(1.02);
const TURN = Math.PI / 180;
const MOST = 20; // steps
const PIVOT = 0.4; // of the height above the middle: what stays where it is when the server zooms
const STILL = 4; // px: no tap is perfectly still
const NAMES = ["zoom", "right", "down", "turn"];

const PHOTO = "[data-studio] figure img"; // not the one on the button for the other background

const fingers = new Map(); // pointer → where it is now
let studio = null;

const steps = (value) => Math.max(-MOST, Math.min(MOST, Math.round(value))) || 0;

// Middle, spread and direction of the fingers that are down.
function grip() {
  const [a, b = a] = [...fingers.values()];
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, spread: Math.hypot(dx, dy), angle: Math.atan2(dy, dx) };
}

// The move so far ends in the picture, the next begins: a finger came or went.
function settle() {
  studio.done = studio.now;
  if (fingers.size) studio.grip = grip();
}

function follow() {
  const { done, grip: from } = studio;
  const to = grip();
  const both = fingers.size > 1 && from.spread;
  const scale = both ? to.spread / from.spread : 1;
  let turn = both ? to.angle - from.angle : 0;
  turn -= Math.round(turn / (2 * Math.PI)) * 2 * Math.PI;
  // The picture's middle turns and grows about the middle of the fingers.
  const x = (studio.x + done.x - from.x) * scale;
  const y = (studio.y + done.y - from.y) * scale;
  studio.now = {
    x: to.x + x * Math.cos(turn) - y * Math.sin(turn) - studio.x,
    y: to.y + x * Math.sin(turn) + y * Math.cos(turn) - studio.y,
    scale: done.scale * scale,
    turn: done.turn + turn,
  };
  const { now } = studio;
  if (both || Math.hypot(now.x, now.y) > STILL) studio.moved = true;
  if (studio.moved)
    studio.image.style.transform = `translate(${now.x}px, ${now.y}px) rotate(${now.turn}rad) scale(${now.scale})`;
}

on("pointerdown", (event) => {
  const { target: image, pointerId } = event;
  if (!studio) {
    const form = image.closest("[data-studio]");
    // Moved and not yet answered: a lost request is about to be sent again.
    if (!image.matches(PHOTO) || event.button || image.style.transform || find(".htmx-request")) return;
    const box = image.getBoundingClientRect();
    const start = { x: 0, y: 0, scale: 1, turn: 0 };
    studio = { image, form, now: start, x: box.left + box.width / 2, y: box.top + box.height / 2, height: box.height };
  } else if (fingers.size > 1) return;
  studio.image.setPointerCapture(pointerId);
  fingers.set(pointerId, { x: event.clientX, y: event.clientY });
  settle();
});

on("pointermove", (event) => {
  if (!fingers.has(event.pointerId)) return;
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  follow();
});

// The server moves first, then enlarges about a place near the crown, then turns.
function inSteps({ x, y, scale, turn }, height) {
  const right = (x * Math.cos(turn) + y * Math.sin(turn)) / height / scale;
  const down = (y * Math.cos(turn) - x * Math.sin(turn)) / height / scale;
  return [Math.log(scale) / ZOOM, right / MOVE, (down - PIVOT + PIVOT / scale) / MOVE, turn / TURN].map(steps);
}

function lift({ type, pointerId }) {
  if (!fingers.delete(pointerId)) return;
  settle();
  if (fingers.size) return;
  const { image, form, now, height, moved } = studio;
  studio = null;
  const values = inSteps(now, height);
  if (type == "pointercancel" || !moved || !values.some(Boolean)) {
    image.style.transform = "";
    return;
  }
  NAMES.forEach((name, index) => {
    find(`[name=${name}]`, form).value = values[index];
  });
  find("[name=adjust][value=drag]", form).click();
}
on("pointerup", lift);
on("pointercancel", lift);

// A swipe on the picture is ours; one that starts beside it scrolls the page.
function prepare() {
  for (const image of document.querySelectorAll(PHOTO)) {
    if (!image.draggable) continue;
    image.draggable = false;
    const frame = document.createElement("span");
    frame.className = image.className;
    Object.assign(frame.style, { overflow: "hidden", borderStyle: "solid" });
    image.replaceWith(frame);
    frame.append(image);
    Object.assign(image.style, { width: "100%", height: "100%", border: 0, touchAction: "none", cursor: "move" });
  }
}
on("htmx:load", prepare);
prepare();
