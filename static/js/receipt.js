// The receipt as a picture: drawn from what the page shows, with the phone's own Chinese font.
import { find } from "./page.js";

const WIDTH = 720;
const EDGE = 48;
const LINE = 64;
const CODE = 320;

const text = (element) => element.textContent.trim();

function drawCode(pen, svg, left, top) {
  const modules = svg.viewBox.baseVal.width;
  const path = new Path2D(find("path[stroke]", svg).getAttribute("d"));
  pen.save();
  pen.translate(left, top);
  pen.scale(CODE / modules, CODE / modules);
  pen.stroke(path);
  pen.restore();
}

// A PNG as a data: address, which a long press can save in browsers that know no downloads.
export function draw() {
  const rows = [["申请编号", text(find("#number"))]];
  for (const row of document.querySelectorAll("#receipt .cell")) rows.push([...row.children].map(text));
  const height = 2.4 * LINE + rows.length * LINE + CODE + 1.6 * LINE;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: WIDTH, height });
  const pen = canvas.getContext("2d");
  const write = (words, left, top, size, room) => {
    pen.font = `${size}px sans-serif`;
    pen.fillText(words, left, top, room);
  };
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, WIDTH, height);
  pen.fillStyle = "#1b5fc4";
  pen.fillRect(0, 0, WIDTH, 1.6 * LINE);
  pen.fillStyle = "#fff";
  write("申请回执", EDGE, LINE, 40);
  rows.forEach(([label, value], index) => {
    const top = (2.6 + index) * LINE;
    pen.fillStyle = "#556072";
    write(label, EDGE, top, 30);
    pen.fillStyle = "#1c2430";
    write(value, EDGE + 156, top, 30, WIDTH - 2 * EDGE - 156);
  });
  const under = 2.1 * LINE + rows.length * LINE;
  drawCode(pen, find(".qr svg"), (WIDTH - CODE) / 2, under);
  pen.textAlign = "center";
  pen.fillStyle = "#556072";
  write("扫码核对回执。“提交成功”不等于已经受理。", WIDTH / 2, under + CODE + LINE / 2, 26, WIDTH - 2 * EDGE);
  return canvas.toDataURL();
}
