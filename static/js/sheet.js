// A landscape sheet that fills the phone. Upright, it lies turned by a quarter, its top along the phone's right edge,
// and the person is asked to turn the phone, too; who does not want to gets a smaller one that stands upright.
// Styled here, not in the CSS: that stands inside every page, and this is for one step.
import { on } from "./page.js";

const LONGEST = 960; // px, on a big screen
const HIGHEST = 480;
const FILL = { position: "absolute", top: 0, left: 0, width: "100%", height: "100%" };
// Each may be laid over another one. (A spread would bring esbuild's own for browsers of 2018 along.)
const ROOT = { position: "fixed", zIndex: 4, overflow: "hidden", touchAction: "none", background: "#33415a" };
const PAGE = { display: "flex", flexDirection: "column", transformOrigin: "0 0", background: "#fff" };
const LINE = { textAlign: "center", position: "absolute", bottom: 0, left: "4%", width: "92%", height: "24%", borderTop: "2px dashed #8a95a6" };
const BAR = { display: "flex", padding: ".25rem", background: "#eaf1fd", userSelect: "none" };
const BUTTON = { width: "auto", flex: 1, margin: ".25rem", padding: 0 };
const KINDS = {
  apart: { flex: "0 0 5rem", marginRight: "2rem" }, // nobody leaves who meant to mend a stroke
  destroys: { color: "var(--red)", borderColor: "var(--red)" },
};
const NOTE = { position: "absolute", left: "45%", right: ".5rem", bottom: "1rem", textAlign: "center", pointerEvents: "none" };
const PHONES = `<svg class=draw viewBox="0 0 120 76" aria-hidden=true fill=none stroke=#1b5fc4 stroke-width=4
stroke-linecap=round><rect x=8 y=6 width=34 height=64 rx=6 stroke-dasharray="5 7" opacity=.6 /><path
d="M54 14c16-5 29 1 36 13m1-12v13H78"/><rect x=52 y=36 width=64 height=34 rx=6 /></svg>请把手机横过来签名`;

function make(tag, parent, styles, attributes = {}) {
  const element = document.createElement(tag);
  Object.assign(element.style, ...styles);
  for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
  parent.append(element);
  return element;
}

// `keys` are the buttons: words, what they do, of which kind. `laid` hears the canvas's new size, and whether it
// lies turned.
export function makeSheet(label, keys, laid) {
  const root = make("div", document.body, [FILL, ROOT], { role: "dialog", "aria-modal": true, "aria-label": label, tabindex: -1 });
  const page = make("div", root, [FILL, PAGE]);
  const paper = make("div", page, [{ position: "relative", flex: 1 }]);
  const line = make("p", paper, [LINE], { role: "status" });
  const canvas = make("canvas", paper, [FILL]);
  const bar = make("div", page, [BAR]);
  for (const [words, act, kind] of keys) {
    const button = make("button", bar, [BUTTON, KINDS[kind]], { type: "button", class: kind == "main" ? "btn" : "btn line" });
    button.textContent = words;
    on("click", act, button);
  }
  const note = make("div", root, [NOTE]);
  note.innerHTML = PHONES;
  const stand = make("button", note, [{ pointerEvents: "auto", minHeight: "3rem" }], { type: "button", class: "small" });
  stand.textContent = "不转，竖着签";
  let stands = false;
  let turned;
  let invites;

  function invite(yes) {
    invites = yes;
    note.style.display = turned && invites ? "" : "none";
  }

  function lay() {
    const { clientWidth: width, clientHeight: height } = root;
    if (!width) return; // shut
    turned = height > width && !stands;
    const long = Math.min(turned ? height : width, LONGEST);
    const short = Math.min(turned ? width : height, HIGHEST, long);
    const left = Math.round((width + (turned ? short : -long)) / 2);
    const top = Math.round((height - (turned ? long : short)) / 2);
    page.style.width = `${long}px`;
    page.style.height = `${short}px`;
    page.style.transform = `translate(${left}px,${top}px)${turned ? "rotate(90deg)" : ""}`;
    invite(invites);
    laid(canvas.clientWidth, canvas.clientHeight, turned);
  }
  on("resize", lay, window);
  on(
    "click",
    () => {
      stands = true;
      lay();
      root.focus();
    },
    stand
  );

  // Tab stays among the buttons.
  on("keydown", (event) => {
    if (event.key != "Tab" || !root.isConnected) return;
    event.preventDefault();
    const buttons = [...root.querySelectorAll("button")].filter((button) => button.offsetParent);
    const step = event.shiftKey ? buttons.length - 1 : 1;
    const at = buttons.indexOf(document.activeElement);
    buttons[at < 0 ? 0 : (at + step) % buttons.length].focus();
  });

  return {
    root,
    canvas,
    lay,
    invite, // or no longer: to turn the phone
    say(words, wrong) {
      line.textContent = words;
      line.style.color = wrong ? "#bf2222" : "#556072";
    },
  };
}
