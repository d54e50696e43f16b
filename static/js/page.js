export const find = (selector, root = document) => root.querySelector(selector);
export const on = (event, act, target = document) => target.addEventListener(event, act);
export const isAutosave = (element) => element.id == "saved";
