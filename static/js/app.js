// Every page works without this file; with it steps swap in place, waiting shows and lost requests come back.
import htmx from "htmx.org";
import "./forms.js"; // before what waits for forms: it keeps one of them from leaving the page
import "./swaps.js";
import "./waiting.js";
import "./retry.js";
import "./autosave.js";

Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // nothing personal stays on the phone
  refreshOnHistoryMiss: true, // so back and forward ask the server again
  attributesToSettle: [], // style among them, which our CSP forbids
  scrollBehavior: "auto",
  defaultSettleDelay: 0, // a tap in the 20 ms before a new step is bound would be lost
});
document.documentElement.classList.add("js");
