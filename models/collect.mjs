// Takes the models' files out of their packages into models/dist, and says whose they are. `make assets` runs it.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = `${root}models/dist/`;
const packages = {
  "@mediapipe/face_detection": ["face_detection_full_range.tflite", "face_detection_short_range.tflite"],
  "@mediapipe/face_mesh": ["face_landmark.tflite"],
  "@mediapipe/selfie_segmentation": ["selfie_segmentation.tflite"],
};

// A file that lies in a package by itself, or packed with others: then the package's loader lists where it is.
function content(folder, file) {
  if (existsSync(folder + file)) return readFileSync(folder + file);
  const loader = readdirSync(folder).find((name) => name.endsWith("_packed_assets_loader.js"));
  const [, list] = readFileSync(folder + loader, "utf8").match(/"files": (\[.*?\])/);
  const { start, end } = JSON.parse(list).find(({ filename }) => filename.endsWith(`/${file}`));
  return readFileSync(folder + loader.replace("_loader.js", ".data")).subarray(start, end);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
let notice = "The models in this folder, unchanged, by The MediaPipe Authors.\n";
for (const [name, files] of Object.entries(packages)) {
  const folder = `${root}node_modules/${name}/`;
  const { version, license } = JSON.parse(readFileSync(`${folder}package.json`));
  notice += `\n${files.join(", ")}\n  of ${name} ${version}, licensed ${license}\n`;
  for (const file of files) writeFileSync(dist + file, content(folder, file));
}
notice += "\nThe licence's text: /usr/share/common-licenses/Apache-2.0 of Debian.\n";
writeFileSync(`${dist}NOTICE`, notice); // last: it is the stamp that all is there
