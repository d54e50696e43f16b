// What got no answer, or a failure of the server, is sent again by itself: every form may be posted twice.
import htmx from "htmx.org";
import { find, isAutosave, isFailure, on } from "./page.js";
import { submitter } from "./waiting.js";

const LONGEST = 32; // seconds between two tries; the first wait is 1, then doubled
const TRIES = 8; // about two minutes in all
const lost = new Map(); // element → what to send again

function say(elt, text) {
  if (isAutosave(elt)) {
    elt.textContent = text && `未能保存：${text}`;
    return;
  }
  let bar = find("#net");
  if (bar) bar.remove();
  if (!text) return;
  bar = document.createElement("div");
  bar.id = "net";
  bar.setAttribute("role", "alert");
  bar.innerHTML = "<span></span><button type=button>立即重试</button>";
  bar.firstChild.textContent = `${text}填写的内容都还在。`;
  on("click", () => lost.forEach(again), bar.lastChild);
  document.body.append(bar);
}

function again(request, elt) {
  clearTimeout(request.timer);
  if (!document.contains(elt)) return forget(elt);
  return htmx.ajax(request.verb, request.path, { source: elt, values: request.values }).catch(() => {});
}

function forget(elt) {
  if (!lost.has(elt)) return;
  clearTimeout(lost.get(elt).timer);
  lost.delete(elt);
  if (!isAutosave(elt)) say(elt, "");
}

const reason = (type) =>
  navigator.onLine ? { "htmx:timeout": "等了很久没有回应", "htmx:responseError": "系统正忙" }[type] || "网络不通" : "手机没有联网";

function failed({ type, detail: { elt, xhr, requestConfig } }) {
  if (type == "htmx:responseError" && !isFailure(xhr)) {
    if (isAutosave(elt)) say(elt, "请点“下一步”保存");
    return;
  }
  const button = submitter(elt);
  const request = lost.get(elt) || {
    verb: requestConfig.verb,
    path: requestConfig.path,
    values: button && button.name ? { [button.name]: button.value } : {},
    tries: 0,
  };
  lost.set(elt, request);
  clearTimeout(request.timer);
  const wait = Math.min(2 ** request.tries, LONGEST);
  request.tries += 1;
  if (request.tries <= TRIES) request.timer = setTimeout(again, wait * 1000, request, elt);
  say(elt, `${reason(type)}，${request.tries > TRIES ? "请稍后再试。" : `${wait}秒后自动重试。`}`);
}

for (const type of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) on(type, failed);
on("htmx:beforeOnLoad", ({ detail: { elt, xhr } }) => {
  if (!isFailure(xhr)) forget(elt);
});
on("online", () => lost.forEach(again), window);
