import { comeBack } from "./cards.js";
import { find, isAutosave, isFailure, on } from "./page.js";

// Answers that say what to do replace the step as good ones do; 已保存 has no room for a page.
on("htmx:beforeSwap", ({ detail }) => {
  const good = detail.xhr.status < 300;
  detail.shouldSwap = good || !(isFailure(detail.xhr) || isAutosave(detail.target));
  detail.isError = !detail.shouldSwap;
});

// A browser shows a picture again without fetching it as long as the page still holds it: 附件's come back in 核对信息.
// Nothing may be kept any longer than the page; a changed picture and another person’s have other addresses.
const shown = new Set();
on("htmx:beforeSwap", () => {
  for (const image of document.images) shown.add(image);
});

on("htmx:afterSettle", ({ detail }) => {
  if (comeBack() || detail.target.id != "step") return;
  const help = find("#help");
  if (help) help.open = false; // it spoke of another page
  // The heading announces the step to a screen reader; trouble and questions come before it.
  const first = find("#errors") || find("#ask") || find(".note.error") || find("#title");
  scrollTo(0, 0);
  first.focus();
});

// A link of the summary leads to its field without a new place in the history.
on("click", (event) => {
  const link = event.target.closest("#errors a");
  const field = link && find(link.hash);
  if (!field) return;
  event.preventDefault();
  field.focus();
  (field.closest(".cell") || field).scrollIntoView({ block: "center" });
});

on("focusin", ({ target }) => {
  const mask = find(".mask");
  if (mask && !mask.contains(target)) find("#ask").focus();
});
on("keydown", ({ key }) => {
  if (key == "Escape" && find(".mask")) find("#cancel").click();
});

// What only some steps need comes while the person is busy with a page before them, or at the latest with the step.
on("htmx:load", () => {
  for (const { dataset } of document.querySelectorAll("[data-script]")) {
    if (find(`[src="${dataset.script}"]`)) continue;
    const script = document.createElement("script");
    script.src = dataset.script;
    document.head.append(script);
  }
});
