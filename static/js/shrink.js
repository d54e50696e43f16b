import { load, orientation, turnsByItself } from "./exif.js";

const GOOD = 0.75; // of a JPEG; what is too heavy at that becomes smaller and a little coarser
const FAIR = 0.65;
const COARSER = 0.85; // how heavy FAIR is against GOOD, at most

// What EXIF's 1 to 8 ask for: a, b, c, d of a canvas transform.
const UPRIGHT = [1, 0, 0, 1];
const TURNS = [
  UPRIGHT,
  [-1, 0, 0, 1],
  [-1, 0, 0, -1],
  [1, 0, 0, -1],
  [0, 1, 1, 0],
  [0, 1, -1, 0],
  [0, -1, -1, 0],
  [0, -1, 1, 0],
];

function draw(source, width, height, turn) {
  const canvas = document.createElement("canvas");
  canvas.width = turn[0] ? width : height;
  canvas.height = turn[0] ? height : width;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // what is clear in a PNG would turn black
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.transform(...turn, 0, 0);
  pen.drawImage(source, -width / 2, -height / 2, width, height);
  return canvas;
}

// By halves: in one go old browsers skip pixels.
function scale(source, width, height, longest, turn) {
  const factor = Math.min(1, longest / Math.max(width, height));
  const last = [width, height].map((side) => Math.max(1, Math.round(side * factor)));
  while (width > 2 * last[0]) {
    width = Math.ceil(width / 2);
    height = Math.ceil(height / 2);
    source = draw(source, width, height, UPRIGHT);
  }
  return draw(source, ...last, turn);
}

// Out of memory, a canvas stays white without a word.
function check(canvas) {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  if (data.every((value) => value == 255)) throw Error("blank");
}

const encode = (canvas, quality) =>
  new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail()), "image/jpeg", quality));

// In two goes, mostly: each costs a slow phone a tenth of a second.
async function squeeze(canvas, bytes) {
  for (let quality = GOOD, coarser = COARSER; ; quality = FAIR, coarser = 1) {
    const blob = await encode(canvas, quality);
    if (blob.size <= bytes) return blob;
    const share = Math.min(0.95, Math.sqrt(bytes / blob.size / coarser) * 0.98);
    canvas = draw(canvas, Math.ceil(canvas.width * share), Math.ceil(canvas.height * share), UPRIGHT);
  }
}

// Fails where the browser cannot read the picture or runs out of memory. `file` is missing where the chosen one
// is good as it is; `shown` is the picture to look at.
export async function shrink(chosen, longest, bytes) {
  const url = URL.createObjectURL(chosen);
  try {
    const [image, way, turned] = await Promise.all([load(url), orientation(chosen), turnsByItself()]);
    const { naturalWidth: width, naturalHeight: height } = image;
    if (way == 1 && chosen.size <= bytes && Math.max(width, height) <= longest) return { shown: image };
    const canvas = scale(image, width, height, longest, (!turned && TURNS[way - 1]) || UPRIGHT);
    check(canvas);
    return { shown: canvas, file: await squeeze(canvas, bytes) };
  } finally {
    URL.revokeObjectURL(url);
  }
}
