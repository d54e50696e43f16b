// What a person takes along: number, code, receipt, the link for the employer, and the paper for the stamp.
import { find, on } from "./page.js";
import { draw } from "./receipt.js";

// The old way first: it works in every WebView, needs no https, and what it selects can be copied by hand.
function copied(element) {
  getSelection().selectAllChildren(element);
  try {
    return document.execCommand("copy");
  } catch (refused) {
    return false;
  }
}

function copy(button) {
  const done = copied(find(`#${button.dataset.copy}`));
  const what = find(".hide", button).textContent;
  if (done) button.firstChild.data = "已复制 ✓";
  find("#said").textContent = done ? `${what}已复制` : `${what}已选中，请长按复制`;
}

function save(button) {
  const address = draw();
  const shown = document.createElement("div");
  shown.innerHTML =
    '<img class="picture" alt="申请回执图片"><p class="hint">长按图片，选“保存图片”。</p><a class="more" download="申请回执.png">下载图片</a>';
  find("img", shown).src = find("a", shown).href = address;
  button.replaceWith(shown);
  find("#said").textContent = "回执图片在下面，长按可以保存";
}

on("click", ({ target }) => {
  const button = target.closest("[data-copy], [data-picture], [data-print]");
  if (!button) return;
  if (button.dataset.copy) copy(button);
  else if ("print" in button.dataset) print();
  else save(button);
});
