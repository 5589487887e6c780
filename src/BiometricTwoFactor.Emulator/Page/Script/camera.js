// The camera: opening it, taking frames from it, closing it.

const PREVIEW_WIDTH = 320;
const JPEG = "image/jpeg";

/** Which camera the embedding page asked for: the web SDK's defaultLivenessCamera. */
export const wantsBack = () => new URLSearchParams(location.search).get("liveness_camera") === "back";

/** Opens it; throws what getUserMedia throws. */
export async function open(video) {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new DOMException("No camera without a secure connection.", "SecurityError");
  }

  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: wantsBack() ? "environment" : "user", width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  video.srcObject = stream;
  await video.play();
  return stream;
}

export function close(video) {
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
}

/** The key of what to say when it cannot be opened. */
export function problem(error) {
  switch (error?.name) {
    case "NotAllowedError":
      return "camera_denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "camera_missing";
    case "SecurityError":
      return window.isSecureContext ? "camera_denied" : "camera_insecure";
    default:
      return "camera_failed";
  }
}

function draw(video, canvas, width) {
  const scale = Math.min(1, width / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  // As the camera has it: only the page's own view is a mirror.
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const encode = (canvas, quality) => new Promise((resolve, reject) =>
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The frame was not encoded."))), JPEG, quality));

const small = document.createElement("canvas");
const large = document.createElement("canvas");

/** A small frame to guide by, with its brightness, 0 to 100. */
export async function previewFrame(video) {
  draw(video, small, PREVIEW_WIDTH);
  return { light: brightness(small), width: small.width, height: small.height, frame: await encode(small, 0.7) };
}

/** A frame to judge. */
export const frame = (video, width) => encode(draw(video, large, width), 0.92);

/** Leaves the last judged frame standing in the page's view while it is checked. */
export function freeze(video, canvas) {
  draw(video, canvas, 720);
  canvas.hidden = false;
}

function brightness(canvas) {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let i = 0; i < data.length; i += 64) {
    sum += 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
  }

  return sum / (data.length / 64) / 2.55;
}
