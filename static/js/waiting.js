import { find, isAutosave, on } from "./page.js";

const AFTER = 300; // ms: a fast answer should not flicker
const ANSWER = 20000;
const UPLOAD = 600000; // 4 MB at 8 KB/s

let pressed;
on("click", ({ target }) => {
  const button = target.closest("button");
  if (button && button.form) pressed = button;
});
on("change", ({ target }) => {
  pressed = target.type == "file" && target.labels[0]; // 从相册选择 and its like
});

export const submitter = (form) => (pressed && pressed.form == form ? pressed : null);

function wait(element) {
  const button = submitter(element) || find("button:not(.small)", element) || find(".btn", element) || element;
  const words = button.innerHTML;
  const busy = (yes) => {
    button.disabled = yes;
    button.classList.toggle("busy", yes);
  };
  const timer = setTimeout(busy, AFTER, true);
  return {
    say(text) {
      button.textContent = text;
    },
    end() {
      clearTimeout(timer);
      busy(false);
      button.innerHTML = words;
      // HTMX adds a button to its form's next request until it hears this, which a disabled one never says.
      button.dispatchEvent(new Event("focusout", { bubbles: true }));
    },
  };
}

on("htmx:beforeSend", ({ detail: { elt, xhr } }) => {
  const upload = elt.enctype == "multipart/form-data";
  xhr.timeout = upload ? UPLOAD : ANSWER;
  if (isAutosave(elt)) return;
  const waiting = wait(elt);
  if (upload)
    on(
      "progress",
      ({ loaded, total }) => {
        if (total > 9999) waiting.say(loaded < total ? `正在上传 ${Math.floor((loaded / total) * 100)}%` : "正在检查…");
      },
      xhr.upload
    );
  on("loadend", waiting.end, xhr);
});

// A form that leaves the page must not be sent twice, and must work again after “back”.
let left;
on("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (left) event.preventDefault();
  else left = wait(form);
});
on(
  "pageshow",
  () => {
    if (left) left.end();
    left = null;
  },
  window
);
