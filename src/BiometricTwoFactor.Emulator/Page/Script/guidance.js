// Guides the person until the face is where it should be: brightness is measured here, the face is found by the server.

import * as camera from "./camera.js";
import * as server from "./server.js";

const PERIOD = 250; // milliseconds: at most four small frames a second
const STILL = 0.05; // share of the frame that a face may wander and still hold still
const CONTENT = 3; // so many good frames, one after the other
const NIGHT = 4; // darker, no face is found anyway

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * One look: what to tell the person, and where the face is.
 * @returns {Promise<{ advice: string, box?: object, yaw?: number, isOver?: boolean }>}
 */
export async function look(video) {
  const small = await camera.previewFrame(video);
  if (small.light < NIGHT) {
    return { advice: "too_dark" };
  }

  const seen = await server.preview(small.frame, small.width, small.height);
  return { ...seen, isOver: seen.state === "over" };
}

/**
 * Until the face is good and still.
 * @param {HTMLVideoElement} video
 * @param {(advice: string) => void} say
 * @param {{ stopped: boolean }} run Set stopped to end it.
 * @returns {Promise<"content" | "stopped" | "over">}
 */
export async function untilContent(video, say, run) {
  let good = 0;
  let last = null;
  while (!run.stopped) {
    const started = performance.now();
    const seen = await look(video);
    if (run.stopped) {
      break;
    }

    if (seen.isOver) {
      return "over";
    }

    const moved = last && seen.box ? distance(last, seen.box) : 0;
    last = seen.box ?? null;
    good = seen.advice === "good" && moved < STILL ? good + 1 : 0;
    say(seen.advice === "good" ? "hold_still" : seen.advice);
    if (good >= CONTENT) {
      return "content";
    }

    await pause(PERIOD - (performance.now() - started));
  }

  return "stopped";
}

function distance(a, b) {
  const across = a.x + a.width / 2 - (b.x + b.width / 2);
  const down = a.y + a.height / 2 - (b.y + b.height / 2);
  return Math.hypot(across, down);
}
