// Takes the two models' files out of their packages into models/dist, and says whose they are. `make assets` runs it.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = `${root}models/dist/`;
const packages = {
  "@mediapipe/face_detection": ["face_detection_full_range.tflite", "face_detection_short_range.tflite"],
  "@mediapipe/selfie_segmentation": ["selfie_segmentation.tflite"],
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
let notice = "The models in this folder, unchanged, by The MediaPipe Authors.\n";
for (const [name, files] of Object.entries(packages)) {
  const folder = `${root}node_modules/${name}/`;
  const { version, license } = JSON.parse(readFileSync(`${folder}package.json`));
  notice += `\n${files.join(", ")}\n  of ${name} ${version}, licensed ${license}\n`;
  for (const file of files) copyFileSync(folder + file, dist + file);
}
notice += "\nThe licence's text: /usr/share/common-licenses/Apache-2.0 of Debian.\n";
writeFileSync(`${dist}NOTICE`, notice); // last: it is the stamp that all is there
