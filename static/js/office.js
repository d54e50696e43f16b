// The office's pages: all of them work without this file, too.
import { on } from "./page.js";
import "./setup.js";
import "./swaps.js";
import "./waiting.js";
import "./retry.js";
import "./keys.js";

// 关怀版 comes back to the list that was swapped in since.
on("submit", ({ target }) => {
  if (target.elements.elder) target.elements.next.value = location.pathname + location.search;
});
