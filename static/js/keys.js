// Through the queue without a mouse: j and k, x ticks, / searches; Enter is the link's own. Where there is no list,
// j and k follow the page's links to the next and the previous one.
import { find, on } from "./page.js";

const TYPED = "input:not([type=checkbox]), select, textarea";
const cases = () => [...document.querySelectorAll(".cases .open")];

function walk(by) {
  const all = cases();
  if (!all.length) return follow(by > 0 ? "next" : "prev");
  const row = document.activeElement.closest(".cases tr");
  const here = row ? all.indexOf(find(".open", row)) : -1;
  const there = all[here < 0 ? 0 : here + by];
  if (!there) return;
  there.focus();
  there.scrollIntoView({ block: "nearest" });
}

function follow(rel) {
  const link = find(`[rel=${rel}]`);
  if (link) link.click();
}

function tick() {
  const row = document.activeElement.closest(".cases tr");
  const box = row && find("[type=checkbox]", row);
  if (box) box.checked = !box.checked;
}

const keys = {
  j: () => walk(1),
  k: () => walk(-1),
  x: tick,
  "/": () => find("#q") && find("#q").select(),
};

on("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (target.matches(TYPED)) {
    if (key == "Escape") target.blur();
    return;
  }
  if (!keys[key]) return;
  event.preventDefault();
  keys[key]();
});

on("change", ({ target }) => {
  if (!("all" in target.dataset)) return;
  for (const box of target.form.querySelectorAll("[name=case]")) box.checked = target.checked;
});
