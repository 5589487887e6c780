#!/usr/bin/env node
// Builds faces.bin from the pinned npm packages in sources.json, bit for bit:
//     node rebuild.mjs            writes faces.bin and faces.bin.sha256
//     node rebuild.mjs --check    builds in memory and compares with the committed file
// Needs node, npm and tar. README.md beside it describes the file's format.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConvolutions } from "./tflite.mjs";

const FLOAT32 = 0, FLOAT16 = 1, AFFINE8 = 2;
const here = (name) => new URL(name, import.meta.url);
const little = (size, write) => { const b = Buffer.alloc(size); write(b); return b; };
const u32 = (value) => little(4, (b) => b.writeUInt32LE(value));
const f32 = (value) => little(4, (b) => b.writeFloatLE(value));

function unpack(folder, { package: name, integrity }) {
  const [report] = JSON.parse(execFileSync("npm", ["pack", name, "--json", "--pack-destination", folder], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const archive = readFileSync(join(folder, report.filename));
  if (`sha512-${createHash("sha512").update(archive).digest("base64")}` !== integrity) throw new Error(`${name} is not the pinned package.`);
  const target = mkdtempSync(join(folder, "package-"));
  execFileSync("tar", ["xzf", join(folder, report.filename), "-C", target]);
  return join(target, "package");
}

/** name, rank, dimensions, encoding, then the values; all numbers little-endian. */
function tensor(name, shape, encoding, ...values) {
  const label = Buffer.from(name, "ascii");
  return Buffer.concat([Buffer.from([label.length]), label, Buffer.from([shape.length]), ...shape.map(u32), Buffer.from([encoding]), ...values]);
}

function detector(folder) {
  const convolutions = readConvolutions(readFileSync(join(folder, "face_detection_short_range.tflite")));
  return convolutions.flatMap(({ filter, bias }, i) => [
    tensor(`detector/${i}/filter`, filter.shape, FLOAT16, filter.half),
    tensor(`detector/${i}/bias`, bias.shape, FLOAT16, bias.half),
  ]);
}

function embedder(folder) {
  const [group] = JSON.parse(readFileSync(join(folder, "model/face_recognition_model-weights_manifest.json"), "utf8"));
  const values = readFileSync(join(folder, "model", group.paths[0]));
  let offset = 0;
  const tensors = group.weights.map(({ name, shape, quantization }) => {
    const count = shape.reduce((product, length) => product * length, 1);
    const start = offset;
    if (quantization !== undefined) {
      offset += count;
      return tensor(`embedder/${name}`, shape, AFFINE8, f32(quantization.scale), f32(quantization.min), values.subarray(start, offset));
    }
    offset += 4 * count; // the 64-channel layers come as floats; half of that loses nothing that can be measured
    return tensor(`embedder/${name}`, shape, FLOAT16, little(2 * count, (b) => {
      for (let i = 0; i < count; i++) b.writeUInt16LE(half(values.readFloatLE(start + 4 * i)), 2 * i);
    }));
  });
  if (offset !== values.length) throw new Error("The manifest does not describe the whole file.");
  return tensors;
}

/** The nearest half float, ties to even. */
function half(value) {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (!(size < 65520)) throw new Error("A weight does not fit into a half float.");
  const exponent = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size));
  const scaled = size / 2 ** (exponent - 10); // exact: a power of two
  let rounded = Math.floor(scaled);
  const rest = scaled - rounded;
  if (rest > 0.5 || (rest === 0.5 && rounded % 2 === 1)) rounded++;
  return sign + (size < 2 ** -14 ? rounded : ((exponent + 15) << 10) + rounded - 1024);
}

const folder = mkdtempSync(join(tmpdir(), "weights-"));
try {
  const [mediapipe, faceApi] = JSON.parse(readFileSync(here("sources.json"), "utf8")).map((source) => unpack(folder, source));
  const tensors = [...detector(mediapipe), ...embedder(faceApi)];
  const file = Buffer.concat([Buffer.from("B2FW", "ascii"), u32(1), u32(tensors.length), ...tensors]);
  const digest = createHash("sha256").update(file).digest("hex");
  if (process.argv.includes("--check")) {
    const same = readFileSync(here("faces.bin")).equals(file) && readFileSync(here("faces.bin.sha256"), "utf8").startsWith(digest);
    console.log(same ? `faces.bin is what the pinned packages yield: ${digest}` : `faces.bin differs from what the pinned packages yield: ${digest}`);
    process.exitCode = same ? 0 : 1;
  } else {
    writeFileSync(here("faces.bin"), file);
    writeFileSync(here("faces.bin.sha256"), `${digest}  faces.bin\n`);
    console.log(`${file.length} bytes, ${digest}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
