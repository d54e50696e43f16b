// What a phone's camera makes is scaled to what the office needs before it goes up; failing that, it goes as it is.
import "./signature.js"; // one request for all that 附件 needs, and less than two files
import "./studio.js";
import { find, on } from "./page.js";
import { shrink } from "./shrink.js";

const jobs = new Map(); // form → its picture being scaled
const small = new WeakMap(); // input → what goes up in place of its file

function show(form, words, picture) {
  const shot = find(".shot", form);
  if (!shot) return;
  shot.style.minHeight = "10.5rem"; // from the start: what a finger is about to tap must not move away
  shot.innerHTML = "<p class=hint role=status></p>";
  shot.firstChild.textContent = words;
  if (!picture) return;
  Object.assign(picture.style, { display: "block", maxWidth: "10rem", maxHeight: "8.75rem" });
  shot.prepend(picture);
}

// Before HTMX, which sends some of these forms on the same event.
document.addEventListener(
  "change",
  (event) => {
    const input = event.target;
    const form = input.form;
    if (input.type != "file" || !form.dataset.longest) return;
    const [file] = input.files;
    if (!file) return event.stopPropagation(); // the camera was closed again: nothing to send
    small.delete(input);
    const job = {};
    jobs.set(form, job);
    lock(form);
    show(form, "正在处理…");
    shrink(file, +form.dataset.longest, +form.dataset.bytes)
      .catch(() => ({}))
      .then((result) => {
        if (jobs.get(form) != job) return; // another one was chosen meanwhile
        jobs.delete(form);
        if (result.file) small.set(input, result.file);
        show(form, job.send ? "正在上传…" : result.shown ? "" : "照片不能预览，点“下一步”检查", result.shown);
        if (job.send) job.send(true);
      });
  },
  true
);

// One picture after the other: of two requests at once HTMX drops the second without a word.
function lock(open) {
  for (const input of document.querySelectorAll("[type=file]")) input.disabled = input.form != open;
}
on("htmx:beforeSend", ({ target }) => {
  if (target.dataset.longest) lock();
});
on("htmx:afterRequest", () => {
  for (const input of document.querySelectorAll("[type=file]")) input.disabled = false;
});

on("htmx:confirm", (event) => {
  const job = jobs.get(event.target);
  if (!job) return;
  event.preventDefault();
  job.send = event.detail.issueRequest;
});
on("htmx:configRequest", ({ target, detail }) => {
  for (const input of target.querySelectorAll("[type=file]"))
    if (input.value && small.has(input)) detail.parameters[input.name] = small.get(input);
});
