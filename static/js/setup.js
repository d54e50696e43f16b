// HTMX as both halves use it.
import htmx from "htmx.org";

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
