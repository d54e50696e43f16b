// HTMX without what no page of ours uses: a third of its 14 KB would be fetched by every phone for nothing.
// What is cut answers here, when the assets are built, as it would in our pages; the minifier drops the rest.

// All else that HTMX asks for is never there. tests/web/test_assets.py compares this with the templates.
export const ATTRIBUTES = ["get", "post", "trigger", "target", "swap", "swap-oob", "select", "include", "encoding", "sync", "push-url"];
export const HEADERS = ["HX-Push-Url", "HX-Redirect"];

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
};

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

export function lean(source) {
  return Object.entries(FUNCTIONS)
    .reduce((text, [name, body]) => empty(text, String.raw`function ${name}\(.*?\)`, 8, body), settled(source))
    .replace(/get(?:Closest)?AttributeValue\(\w+, ["']hx-([\w-]+)["']\)/g, (asked, name) => (ATTRIBUTES.includes(name) ? asked : "null"))
    .replace(/hasHeader\(xhr, ?\/([\w-]+):\/i\)/g, (asked, name) => (HEADERS.includes(name) ? asked : "false"))
    .replace(/"data-" \+ qualifiedName/g, "qualifiedName"); // the same attributes under longer names
}
