// A turn of the head: frames from the straight look to the far side, in order.

import * as camera from "./camera.js";
import { look, pause } from "./guidance.js";

const PERIOD = 180; // milliseconds between frames: 8 to 12 over a slow turn
const WIDTH = 480;
const FAR = 24; // degrees, by the server's rough measure; a little more than the check asks for
const AFTER = 2; // frames more once there, so that the end is seen
const LEAST = 9;
const MOST = 36; // the server takes 40
const LONGEST = 9000;

/**
 * @param {HTMLVideoElement} video
 * @param {"left" | "right"} side The person's own.
 * @param {{ stopped: boolean }} run
 * @returns {Promise<Blob[]>} Also where the head did not turn: the server says so better.
 */
export async function collect(video, side, run) {
  const frames = [];
  const begun = performance.now();
  let left = Infinity;
  let turned = 0;
  let looking = null;
  let failure = null;
  // The pictures keep their pace however long a look takes: of a server that is slow, a slow turn would look fast.
  while (!run.stopped && !failure && left > 0 && frames.length < MOST && performance.now() - begun < LONGEST) {
    const started = performance.now();
    looking ??= look(video)
      .then((seen) => (turned = (side === "left" ? 1 : -1) * (seen.yaw ?? 0)))
      .catch((error) => (failure = error))
      .finally(() => (looking = null));
    frames.push(await camera.frame(video, WIDTH));
    if (left !== Infinity || (turned >= FAR && frames.length >= LEAST - AFTER)) {
      left = Math.min(left, AFTER + 1) - 1;
    }

    await pause(PERIOD - (performance.now() - started));
  }

  if (failure) {
    throw failure;
  }

  return frames;
}
