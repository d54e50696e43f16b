// A landscape sheet that fills the phone. Upright, it lies turned by a quarter, its top along the phone's right edge.
// Styled here, not in the CSS: that stands inside every page, and this is for one step.
import { on } from "./page.js";

const LONGEST = 960; // px, on a big screen
const HIGHEST = 480;
const FILL = { position: "absolute", top: 0, left: 0, width: "100%", height: "100%" };
const ROOT = { ...FILL, position: "fixed", zIndex: 4, overflow: "hidden", touchAction: "none", background: "#33415a" };
const PAGE = { ...FILL, display: "flex", flexDirection: "column", transformOrigin: "0 0", background: "#fff" };
const LINE = { position: "absolute", bottom: 0, left: "4%", width: "92%", height: "24%", borderTop: "2px dashed #8a95a6" };
const BAR = { display: "flex", padding: ".25rem", background: "#eaf1fd", userSelect: "none" };
const BUTTON = { width: "auto", flex: 1, margin: ".25rem", padding: 0 };

function make(tag, parent, style, attributes = {}) {
  const element = document.createElement(tag);
  Object.assign(element.style, style);
  for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
  parent.append(element);
  return element;
}

// `keys` are the buttons: words → what they do. `laid` hears the canvas's new size, and whether it lies turned.
export function makeSheet(label, keys, laid) {
  const root = make("div", document.body, ROOT, { role: "dialog", "aria-modal": true, "aria-label": label, tabindex: -1 });
  const page = make("div", root, PAGE);
  const paper = make("div", page, { position: "relative", flex: 1 });
  const line = make("p", paper, { ...LINE, textAlign: "center" }, { role: "status" });
  const canvas = make("canvas", paper, FILL);
  const bar = make("div", page, BAR);
  const names = Object.keys(keys);
  const buttons = names.map((words, index) => {
    const last = index == names.length - 1;
    const button = make("button", bar, BUTTON, { type: "button", class: last ? "btn" : "btn line" });
    button.textContent = words;
    on("click", keys[words], button);
    return button;
  });

  function lay() {
    const { clientWidth: width, clientHeight: height } = root;
    if (!width) return; // shut
    const upright = height > width;
    const long = Math.min(upright ? height : width, LONGEST);
    const short = Math.min(upright ? width : height, HIGHEST);
    const left = Math.round((width + (upright ? short : -long)) / 2);
    const top = Math.round((height - (upright ? long : short)) / 2);
    page.style.width = `${long}px`;
    page.style.height = `${short}px`;
    page.style.transform = `translate(${left}px,${top}px)${upright ? "rotate(90deg)" : ""}`;
    laid(canvas.clientWidth, canvas.clientHeight, upright);
  }
  on("resize", lay, window);

  // Tab stays among the buttons.
  on("keydown", (event) => {
    if (event.key != "Tab" || !root.isConnected) return;
    event.preventDefault();
    const step = event.shiftKey ? buttons.length - 1 : 1;
    const at = buttons.indexOf(document.activeElement);
    buttons[at < 0 ? 0 : (at + step) % buttons.length].focus();
  });

  return {
    root,
    canvas,
    lay,
    say(words, wrong) {
      line.textContent = words;
      line.style.color = wrong ? "#bf2222" : "#556072";
    },
  };
}
