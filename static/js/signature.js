import { makePad } from "./pad.js";
import { find, on } from "./page.js";
import { makeSheet } from "./sheet.js";

const GUIDE = "请在横线上方签名";

let sheet; // made once: what was written is still there when it was shut by a slip
let pad;
let shut; // what ends its being open
let leaving = true; // one “back” is enough, however often a button is tapped

function open() {
  if (!sheet) {
    sheet = makeSheet("在屏幕上签名", KEYS, (...size) => pad.fit(...size));
    pad = makePad(sheet.canvas, () => guide(true));
  }
  const { style } = document.documentElement;
  const { overflow } = style;
  const { onpopstate } = window;
  style.overflow = "hidden"; // the page behind stays where it is
  document.body.append(sheet.root);
  sheet.lay();
  guide(pad.written());
  sheet.root.focus();
  shut = () => {
    leaving = true;
    window.onpopstate = onpopstate;
    style.overflow = overflow;
    sheet.root.remove();
    const button = find("[data-pad]");
    if (button) button.focus();
  };
  // The phone's “back” shuts the sheet; HTMX, which would fetch the page anew, is not told.
  history.pushState(null, "");
  window.onpopstate = shut;
  leaving = false;
}

function guide(written) {
  sheet.say(GUIDE);
  sheet.invite(!written);
}
function undo() {
  pad.undo();
  guide(pad.written());
}
function back() {
  if (leaving) return;
  leaving = true;
  history.back();
}
function clear() {
  pad.wipe();
  guide();
}

function finish() {
  if (leaving) return;
  if (!pad.written()) {
    sheet.say("请先签名", true);
    return;
  }
  const { form } = find("[data-pad]");
  form.signature_data.value = pad.picture();
  for (const file of form.querySelectorAll("[type=file]")) file.value = "";
  pad.clear();
  // Sent once the sheet has left the history, for the answer may write there too.
  window.onpopstate = () => {
    shut();
    form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  };
  back();
}

const KEYS = [
  ["取消", back, "apart"],
  ["清除", clear, "destroys"],
  ["撤销", undo],
  ["完成", finish, "main"],
];

on("click", ({ target }) => {
  if (target.closest("[data-pad]")) open();
});
on("keydown", ({ key }) => {
  if (key == "Escape") back();
});
// Of the pad and the paper the last one counts.
on("change", ({ target }) => {
  const { signature_data: drawn } = target.form || {};
  if (drawn) drawn.value = "";
});

function reveal() {
  const button = find("[data-pad]");
  if (button) button.hidden = false;
}
on("htmx:load", reveal);
reveal();
