// A JPEG with orientation 6, one pixel high and two wide: it comes out upright where the browser turns pictures
// by itself, as Chromium does from 81 on.
const PROBE =
  "data:image/jpeg;base64,/9j/4QAiRXhpZgAASUkqAAgAAAABABIBAwABAAAABgAAAAAAAAD/2wBDAP////////////////////////////////" +
  "//////////////////////////////////////////////////////wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAA" +
  "AAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z";
const START = 0xffd8;
const SCAN = 0xffda;
const EXIF = 0x45786966;
const ORIENTATION = 0x112;
const HEAD = 1 << 17; // bytes; EXIF stands first, and a segment has 64 KB at most

export const load = (url) =>
  new Promise((done, fail) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = fail;
    image.src = url;
  });

export const turnsByItself = () => load(PROBE).then((image) => image.naturalWidth < image.naturalHeight);

const head = (file) =>
  new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(new DataView(reader.result));
    reader.onerror = fail;
    reader.readAsArrayBuffer(file.slice(0, HEAD));
  });

// 1 to 8 as EXIF counts, 0 for what is no JPEG.
export const orientation = (file) =>
  head(file).then((view) => {
    try {
      return find(view);
    } catch (cut) {
      return 1; // read past the end of a damaged one
    }
  });

function find(view) {
  if (view.byteLength < 4 || view.getUint16(0) != START) return 0;
  for (let at = 2; view.getUint16(at) != SCAN; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint32(at + 4) != EXIF) continue;
    const tiff = at + 10;
    const little = view.getUint16(tiff) == 0x4949;
    const entries = tiff + view.getUint32(tiff + 4, little);
    for (let left = view.getUint16(entries, little), entry = entries + 2; left--; entry += 12)
      if (view.getUint16(entry, little) == ORIENTATION) return view.getUint16(entry + 8, little);
  }
  return 1;
}
