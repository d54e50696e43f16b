// The link for the employer goes to the clipboard, the paper for the stamp to the printer.
import { find, on } from "./page.js";

const told = (button, text) => (find("[role=status]", button.parentNode.parentNode).textContent = text);

on("click", ({ target }) => {
  if ("print" in target.dataset) return print();
  if (!target.dataset.copy) return;
  const input = find(`#${target.dataset.copy}`);
  input.focus();
  input.setSelectionRange(0, input.value.length);
  // Not navigator.clipboard: phones of 2018 lack it, and so does every page without TLS.
  told(target, document.execCommand("copy") ? "已复制，可以粘贴到微信或短信里发给单位。" : "没能复制，请长按链接自己复制。");
});
