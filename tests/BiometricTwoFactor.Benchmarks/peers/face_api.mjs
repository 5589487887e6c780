// face-api on Node's WebAssembly as a process that can be measured: reads requests from standard input, answers on
// standard output.
//
//   compare A B  two JPEG files (no blanks in their names)
//   ok MICROSECONDS DISTANCE DETECTOR FLAGS    from two files in memory to the distance of the two faces: decode,
//                                              detect, landmarks, descriptor, twice
//   embed FILE   150 x 150 pixels, red, green, blue bytes, row by row
//   ok MICROSECONDS FLAGS v1 ... v128          its recognition network alone
//   no REASON
//
// Arguments: the folder with node_modules, and the detector: tiny:SIDE (the side its input is scaled to) or ssd.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve, sep } from "node:path";
import { createInterface } from "node:readline";

const [folder, detector = "tiny:96"] = process.argv.slice(2);
const require = createRequire(resolve(folder, "package.json"));
const tf = require("@tensorflow/tfjs");
const wasm = require("@tensorflow/tfjs-backend-wasm");
const jpeg = require("@cwasm/jpeg-turbo");
const entry = join(dirname(require.resolve("@vladmandic/face-api/package.json")), "dist", "face-api.node-wasm.js");
const faceapi = require(entry);
const models = join(dirname(entry), "..", "model");

wasm.setWasmPaths(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")) + sep + join("dist", sep));
wasm.setThreadsCount(1);
await tf.setBackend("wasm");
await tf.ready();
const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
const threads = await tf.env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT");
const flags = `${faceapi.tf.getBackend()}/simd=${simd}/multithread=${threads}`;

const [kind, side] = detector.split(":");
const finder = kind === "ssd"
  ? new faceapi.SsdMobilenetv1Options({ minConfidence: 0.5, maxResults: 1 })
  : new faceapi.TinyFaceDetectorOptions({ inputSize: Number(side), scoreThreshold: 0.5 });
await (kind === "ssd" ? faceapi.nets.ssdMobilenetv1 : faceapi.nets.tinyFaceDetector).loadFromDisk(models);
await faceapi.nets.faceLandmark68Net.loadFromDisk(models);
await faceapi.nets.faceRecognitionNet.loadFromDisk(models);

// libjpeg-turbo as WebAssembly, five times as fast as one in
// JavaScript.
function decode(file) {
  const { width, height, data } = jpeg.decode(file);
  const rgb = new Int32Array(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from];
    rgb[to + 1] = data[from + 1];
    rgb[to + 2] = data[from + 2];
  }

  return tf.tensor3d(rgb, [height, width, 3], "int32");
}

async function describe(file) {
  const image = decode(file);
  const face = await faceapi.detectSingleFace(image, finder).withFaceLandmarks().withFaceDescriptor();
  image.dispose();
  return face?.descriptor;
}

async function compare(names) {
  const files = names.map((name) => readFileSync(name));
  const start = process.hrtime.bigint();
  const [a, b] = [await describe(files[0]), await describe(files[1])];
  const distance = a && b ? faceapi.euclideanDistance(a, b) : undefined;
  const took = Number((process.hrtime.bigint() - start) / 1000n);
  return distance === undefined ? "no face found" : `ok ${took} ${distance.toFixed(4)} ${detector} ${flags}`;
}

async function embed(name) {
  const chip = tf.tensor3d(readFileSync(name), [150, 150, 3], "int32");
  const start = process.hrtime.bigint();
  const face = await faceapi.nets.faceRecognitionNet.computeFaceDescriptor(chip);
  const took = Number((process.hrtime.bigint() - start) / 1000n);
  chip.dispose();
  return `ok ${took} ${flags} ${Array.from(face, (value) => value.toFixed(6)).join(" ")}`;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, ...names] = line.split(" ");
  let answer;
  try {
    answer = verb === "compare" && names.length === 2 ? await compare(names)
      : verb === "embed" && names.length === 1 ? await embed(names[0])
      : "no such request";
  } catch (wrong) {
    answer = `no ${String(wrong.message).replaceAll("\n", " ")}`;
  }

  process.stdout.write(answer + "\n");
}
