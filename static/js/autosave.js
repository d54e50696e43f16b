import { find, isAutosave, on } from "./page.js";

let unsaved = false;

on("input", ({ target }) => {
  const saved = find("#saved[hx-post]");
  if (!saved || !target.form || target.form.id != "form") return;
  unsaved = true;
  saved.textContent = "正在保存…";
});
on("htmx:beforeSend", ({ detail }) => {
  if (isAutosave(detail.elt)) unsaved = false;
  else if (detail.requestConfig.verb == "get") flush();
  else unsaved = false;
});
on("htmx:sendError", ({ detail }) => {
  if (isAutosave(detail.elt)) unsaved = true;
});

// The pause after the last letter is cut short when the person leaves within it.
function flush() {
  const saved = find("#saved[hx-post]");
  if (unsaved && saved && navigator.sendBeacon)
    navigator.sendBeacon(saved.getAttribute("hx-post"), new FormData(find("#form")));
  unsaved = false;
}
on("visibilitychange", () => {
  if (document.hidden) flush();
});
on("pagehide", flush, window);
