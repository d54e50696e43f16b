export const find = (selector, root = document) => root.querySelector(selector);
export const on = (event, act, target = document) => target.addEventListener(event, act);
// Worth another try: too busy, or broken on the other side.
export const isFailure = ({ status }) => status >= 500 || status == 429;
export const isAutosave = (element) => element.id == "saved";
