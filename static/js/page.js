export const find = (selector, root = document) => root.querySelector(selector);
export const on = (event, act, target = document) => target.addEventListener(event, act);
// Worth another try: broken on the other side. (429 says in words how long to wait.)
export const isFailure = ({ status }) => status >= 500;
export const isAutosave = (element) => element.id == "saved";
