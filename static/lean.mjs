// HTMX without what no page of ours uses: a third of its 14 KB would be fetched by every phone for nothing.
// What is cut answers here, when the assets are built, as it would in our pages; the minifier drops the rest.

// All else that HTMX asks for is never there. tests/web/test_assets.py compares this with the templates.
export const ATTRIBUTES = ["get", "post", "trigger", "target", "swap", "swap-oob", "select", "include", "encoding", "sync", "push-url"];
export const HEADERS = ["HX-Push-Url", "HX-Redirect", "HX-Retarget"];

const CONFIG = {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // nothing personal stays on the phone
  refreshOnHistoryMiss: true, // so back and forward ask the server again
  attributesToSettle: [], // style among them, which our CSP forbids
  scrollBehavior: "auto",
  defaultSettleDelay: 0, // a tap in the 20 ms before a new step is bound would be lost
};

// name → what is left of its body
const FUNCTIONS = {
  // server-sent events, sockets, extensions
  processSSEInfo: "",
  processWebSocketInfo: "",
  withExtensions: "",
  defineExtension: "",
  removeExtension: "",
  // code inside of attributes and answers: forbidden by our CSP
  processHxOn: "",
  processHxOnWildcard: "",
  findHxOnWildcardElements: "return []",
  deInitOnHandlers: "",
  internalEval: "",
  evalScript: "",
  processScripts: "",
  maybeGenerateConditional: "",
  maybeEval: "",
  // values and headers from attributes
  getExpressionVars: "return {}",
  getValuesForElement: "return {}",
  filterValues: "return inputValues",
  // pages kept on the phone
  saveToHistoryCache: "",
  getCachedHistory: "return null",
  cleanInnerHtmlForHistory: "",
  canAccessLocalStorage: "return false",
  // links that are no hx-get, elements that scroll into view, views that change by themselves
  boostElement: "",
  ignoreBoostedAnchorCtrlClick: "return false",
  initScrollHandler: "",
  maybeReveal: "",
  updateScrollState: "",
  // waiting.js does it
  disableElements: "return []",
  insertIndicatorStyles: "",
  mergeMetaConfig: "",
  logAll: "",
  logNone: "",
  // our pages name no attribute to settle
  cloneAttributes: "",
  shouldSettleAttribute: "return false",
  // answers are no rows of a table, and no whole pages
  makeFragment: "return parseHTML(response, 0)",
  // events of servers, forms that the browser checks, parts that are kept or shut off
  maybeFilterEvent: "return false",
  validateElement: "",
  handlePreservedElements: "",
  handleAttributes: "",
  getExtensions: "return []",
  replaceUrlInHistory: "",

  // What our pages need of these in fewer words, by what every browser since 2018 has.
  ajaxHelper: "return issueAjaxRequest(verb, path, context.source, null, { values: context.values, returnPromise: true })",
  hasAttribute: "return elt.hasAttribute && elt.hasAttribute(qualifiedName)",
  getAttributeValue: "return getRawAttribute(elt, qualifiedName)",
  getClosestAttributeValue: "let found; getClosestMatch(elt, (each) => (found = getAttributeValue(each, attributeName))); return found",
  matches: "return elt.matches && elt.matches(selector)",
  closest: "return elt.closest ? elt.closest(selector) : null",
  bodyContains: "return document.body.contains(elt)",
  addClassToElement: "if (elt.classList) elt.classList.add(clazz)",
  querySelectorAllExt: "return document.querySelectorAll(selector)",
  makeEvent: "return new CustomEvent(eventName, { bubbles: true, cancelable: true, detail })",
  logError: "console.error(msg)",
  // not each event twice, under two names
  triggerEvent: "elt = resolveTarget(elt); detail = detail || {}; detail.elt = elt; if (detail.error) logError(detail.error); return elt.dispatchEvent(makeEvent(eventName, detail))",
  // no node of ours changes what it asks for
  attributeHash: "return 1",
  findElementsToProcess: "return elt.querySelectorAll ? elt.querySelectorAll('[hx-get],[hx-post],form') : []",
  cleanUpElement: "deInitNode(element); forEach(element.children, cleanUpElement)",
  addTriggerHandler: `
    if (triggerSpec.pollInterval) processPolling(elt, handler, triggerSpec);
    else if (triggerSpec.trigger == "load") setTimeout(handler, triggerSpec.delay, elt);
    else addEventListener(elt, handler, nodeData, triggerSpec)`,
  // hx-trigger: “every 2s”, or events (“load” among them) with “delay:200ms” and “from:#form”
  parseAndCacheTrigger: `return explicitTrigger.split(", ").map((each) => {
    const [trigger, ...more] = each.split(" ");
    const spec = { trigger };
    if (trigger == "every") spec.pollInterval = parseInterval(more[0]);
    else for (const option of more) {
      const [name, value] = option.split(":");
      spec[name] = name == "delay" ? parseInterval(value) : value;
    }
    return spec;
  })`,
  getSwapSpecification: "return { swapStyle: getClosestAttributeValue(elt, 'hx-swap'), swapDelay: 0, settleDelay: 0 }",
  swap: "(swapStyle == 'outerHTML' ? swapOuterHTML : swapInnerHTML)(target, fragment, settleInfo)",
  oobSwap: `forEach(document.querySelectorAll("#" + oobElement.id), (target) => {
    const fragment = document.createDocumentFragment();
    fragment.appendChild(oobElement.cloneNode(true));
    swapOuterHTML(target, fragment, settleInfo);
  });
  oobElement.remove()`,
  findTitle: "const found = /<title>(.*?)<\\/title>/.exec(content); return found && found[1]",
  makeTagRegEx: "",
  parseHTML: "return new DOMParser().parseFromString(resp, 'text/html').body",
  saveCurrentPageToHistory: "history.replaceState({ htmx: true }, document.title, location.href)",
  restoreHistory: "location.reload()",
  pushUrlIntoHistory: "history.pushState({ htmx: true }, '', path)",
  appendParam: "return returnStr + (returnStr && '&') + encodeURIComponent(name) + '=' + encodeURIComponent(realValue)",
  safelySetHeaderValue: "if (headerValue !== null) xhr.setRequestHeader(header, headerValue)",
  getHeaders: "return { 'HX-Request': 'true', 'HX-Current-URL': location.href }",
  getPathFromResponse: "const url = new URL(xhr.responseURL); return url.pathname + url.search",
  verifyPath: "return new URL(path, location.href).origin == location.origin",
  removeRequestIndicators: "forEach(indicators, (each) => { if (!--getInternalData(each).requestCount) each.classList.remove('htmx-request') })",
};

// What else our pages never say: of a trigger all but its event, delay and source; sockets; links that are no hx-get;
// parts that are shut off; views that fade.
const UNSAID = [
  /triggerSpec\.(?:changed|once|consume|target|throttle|queue)\b/g,
  /internalData\.(?:webSocket|sseEventSource)\b/g,
  /getInternalData\(elt\)\.boosted/g,
  /closest\(\w+, htmx\.config\.disableSelector\)/g,
  /swapSpec\.hasOwnProperty\(["']transition["']\)/g,
];

const found = (source, pattern) => {
  if (!pattern.test(source)) throw new Error(`no ${pattern} in it any more: see static/lean.mjs`);
  return source.match(pattern);
};

// `head` up to its brace; the body ends with a brace at the indent.
function empty(source, head, indent, body = "") {
  const [whole, kept] = found(source, new RegExp(String.raw`^( *${head}) *\{\n[^]*?^ {${indent}}\}`, "m"));
  return source.replace(whole, `${kept} { ${body} }`);
}

// What it offers is ajax(), and its configuration is no longer asked for.
function settled(source) {
  const [, defaults] = found(source, /^ +config ?: ?(\{[^]*?\}),$/m);
  const config = { ...Function(`return ${defaults}`)(), ...CONFIG };
  return source
    .replace(found(source, /var htmx = \{[^]*?^ {8}\};/m)[0], "var htmx = { ajax: ajaxHelper };")
    .replace(/htmx\.config\.(\w+)/g, (_, name) => JSON.stringify(config[name]))
    .replace(/htmx\.logger/g, "null");
}

// As a module, not as whatever a page may load it by.
function asModule(source) {
  const [whole] = found(source, /return \(function \(\) \{\n[^]*^\)\(\)$/m);
  return whole.replace("return", "export default");
}

const without = (source) => UNSAID.reduce((text, unsaid) => text.replace(found(text, unsaid) && unsaid, "null"), source);

export function lean(source) {
  return Object.entries(FUNCTIONS)
    .reduce((text, [name, body]) => empty(text, String.raw`function ${name}\(.*?\)`, 8, body), settled(without(asModule(source))))
    .replace(found(source, /forEach\(\['loadstart'[^]*?^ {12}\}\);/m)[0], "") // waiting.js asks the request itself
    .replace(/(?:get(?:Closest)?AttributeValue|findAttributeTargets)\(\w+, ["']hx-([\w-]+)["']\)/g, (asked, name) => (ATTRIBUTES.includes(name) ? asked : "null"))
    .replace(/hasHeader\(xhr, ?\/([\w-]+):\/i\)/g, (asked, name) => (HEADERS.includes(name) ? asked : "false"));
}
