// A form in a card leads back to that card: it stays where it was on the screen, and what came of it is said once.
import { find, on } from "./page.js";
import { submitter } from "./waiting.js";

const said = document.createElement("p");
said.id = "said";
said.className = "hide";
said.setAttribute("role", "status");
document.body.append(said);

let left; // the card that is about to be replaced, where it was, and the button that may be pressed again

// The rest of the page, with the other picture, need not come again.
on("htmx:configRequest", ({ detail: { elt, headers } }) => {
  const card = elt.closest(".file");
  if (card) headers["HX-Target"] = card.id;
});

on("htmx:beforeSwap", ({ detail: { requestConfig, target } }) => {
  const form = requestConfig.elt;
  const card = form.closest(".file");
  const errors = find("#errors");
  if (errors && target == card) errors.remove(); // it spoke of what was before
  const { name, value } = submitter(form) || {};
  said.textContent = "";
  left = card && { id: card.id, top: card.getBoundingClientRect().top, button: name && `[name=${name}][value="${value}"]:not([hidden])` };
});

// What is asked before something is removed may lie below the screen.
document.addEventListener("toggle", ({ target }) => target.matches(".ask[open]") && target.scrollIntoView({ block: "nearest" }), true);

// Whether the answer was to a card's form, and the person is there again.
export function comeBack() {
  const card = left && document.getElementById(left.id);
  if (!card) return false;
  scrollBy(0, card.getBoundingClientRect().top - left.top);
  const button = left.button && find(left.button, card);
  (button || card).focus({ preventScroll: true });
  const outcome = find(".err, .note", card) || find(".good, .row .hint", card);
  said.textContent = [outcome, ...card.querySelectorAll(".care")].map((line) => line && line.textContent).join(" ");
  if (!button) for (const line of [card.firstElementChild, outcome]) line && line.scrollIntoView({ block: "nearest" });
  return true;
}
