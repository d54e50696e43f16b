import { find, on } from "./page.js";

on("click", (event) => {
  const { target } = event;
  if (target.name == "all") {
    event.preventDefault();
    for (const box of target.form.querySelectorAll("[name=read]")) box.checked = true;
  }
  if (target.id == "cancel") {
    event.preventDefault(); // what was typed stays
    find(".mask").remove();
    find("#name").focus();
  }
});

// Of 拍照 and 从相册选择 the last one counts.
on("change", ({ target }) => {
  if (target.type != "file") return;
  for (const other of target.form.querySelectorAll("[type=file]")) if (other != target) other.value = "";
});

// The system's own wheels or calendar beside a typed date: they begin with it, and it takes what they end with.
on("focusin", ({ target }) => {
  const typed = target.type == "date" && find(`#${target.dataset.for}`);
  if (typed) target.value = typed.value.replace(/^(\d{4})\D?(\d\d)\D?(\d\d)$/, "$1-$2-$3");
});
on("change", ({ target }) => {
  if (target.type != "date" || !target.value) return;
  const typed = find(`#${target.dataset.for}`);
  typed.value = target.value.replace(/-/g, "/");
  typed.dispatchEvent(new Event("input", { bubbles: true }));
  typed.dispatchEvent(new Event("change", { bubbles: true }));
});

// 关怀版 in place: a new page would lose what was typed.
on("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("action") != "/display") return;
  event.preventDefault();
  const button = find("button", form);
  const body = new FormData(form);
  body.append("elder", button.value);
  fetch("/display", { method: "POST", body, credentials: "same-origin", redirect: "manual" }).catch(() => {});
  const elder = document.documentElement.classList.toggle("elder");
  button.value = elder ? 0 : 1;
  button.textContent = elder ? "普通版" : "关怀版";
});
