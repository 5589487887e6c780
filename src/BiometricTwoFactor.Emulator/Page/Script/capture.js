// The hosted page with script: the camera, the forms, and the messages on the way. Without script the page's forms
// still work.

import * as camera from "./camera.js";
import { finish, tellEnd } from "./finish.js";
import { untilContent } from "./guidance.js";
import { tell } from "./messages.js";
import * as server from "./server.js";
import { collect } from "./turn.js";
import * as view from "./view.js";

const STEP = "liveness";
const PICTURE_WIDTH = 960;

const page = view.page;
const sessionId = page.dataset.session;
let run = null; // the capture that is going on
let announced = false;

if (page.dataset.state === "open") {
  begin();
} else if (page.dataset.state === "over") {
  tell("ready");
  tellEnd();
}

function begin() {
  document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", onSubmit));
  const leaving = document.getElementById("leaving");
  document.getElementById("leave-stay").addEventListener("click", () => leaving.close());
  document.getElementById("leave-go").addEventListener("click", () => {
    leaving.close();
    over(server.leave);
  });
  addEventListener("pagehide", stop);
  if (page.dataset.camera) {
    document.getElementById("start").addEventListener("click", start);
    document.getElementById("take").addEventListener("click", () => run?.take());
    if (!page.querySelector("#by-picture [role=alert]")) {
      view.unfoldPicture(false);
    }

    view.show("intro");
  }

  tell("ready");
}

/** The person began: told once, however many tries it takes. */
function announce() {
  if (!announced) {
    announced = true;
    tell("started", { sessionId });
    tell("step_started", { step: STEP });
  }
}

/** From the button to the last frame. */
async function start() {
  stop();
  view.alarm([]);
  announce();
  view.show("stage");
  view.hideStill();
  view.offerTake(false);
  view.guide("starting");
  const mine = (run = { stopped: false, take: () => {} });
  try {
    await camera.open(view.video);
  } catch (error) {
    failed(camera.problem(error));
    return;
  }

  if (mine.stopped) {
    camera.close(view.video); // left while the browser was asking
    return;
  }

  view.video.classList.toggle("mirrored", !camera.wantsBack());
  tell("media_started", { step: STEP, mediaType: "video" });
  await attempt(mine);
}

async function attempt(mine) {
  let current = mine;
  try {
    const isTurn = page.dataset.camera === "turn";
    view.hideStill();
    view.point("");
    view.offerTake(!isTurn);
    const guided = untilContent(view.video, (advice) => view.guide(advice, advice === "hold_still" ? "good" : ""), mine);
    const byHand = new Promise((resolve) => (mine.take = () => resolve("by hand")));
    const how = await Promise.race([guided, byHand]);
    if (mine.stopped || how === "stopped") {
      return;
    }

    mine.stopped = true; // no more advice
    view.offerTake(false);
    if (how === "over") {
      location.reload();
      return;
    }

    current = run = { stopped: false, take: () => {} };
    const frames = isTurn ? await turn(current) : [await camera.frame(view.video, PICTURE_WIDTH)];
    if (!current.stopped) {
      await judge(frames, how === "content");
    }
  } catch {
    if (run === current) {
      failed("connection_failed");
    }
  }
}

function turn(mine) {
  const side = page.dataset.turn;
  view.guide(`turn_${side}`, "good");
  view.point(side);
  return collect(view.video, side, mine);
}

async function judge(frames, isAuto) {
  camera.freeze(view.video, view.still);
  view.point("");
  view.guide("checking", "busy");
  tell("media_captured", { step: STEP, mediaType: "image", isAuto });
  tell("verification_submitted", { step: STEP });
  let answer;
  try {
    answer = await server.capture(frames);
  } catch {
    failed("connection_failed");
    return;
  }

  if (answer.state === "over") {
    stop();
    finish(answer, STEP);
  } else {
    again(answer);
  }
}

/** The frames cannot be used: says why, and offers another try. */
function again(answer) {
  stop();
  if (answer.turn) {
    page.dataset.turn = answer.turn;
  }

  if (page.dataset.camera) {
    view.startLabel("try_again");
    view.show("intro");
  }

  view.alarm([...answer.problems.map((problem) => problem.text), answer.advice, answer.tries]);
}

function failed(key) {
  stop();
  view.startLabel("try_again");
  view.show("intro");
  view.unfoldPicture(key.startsWith("camera_"));
  view.alarm([view.text(key)]);
  tell("error", { error: key === "camera_denied" ? "cameraAccessDenied" : key === "connection_failed" ? "networkError" : "unknown" });
}

function stop() {
  if (run) {
    run.stopped = true;
    run = null;
  }

  if (view.video) {
    camera.close(view.video);
  }
}

/** The page's forms, answered without leaving it: so that whoever embeds it hears the end. */
function onSubmit(event) {
  event.preventDefault();
  if (event.target.id === "leave") {
    document.getElementById("leaving").showModal();
    return;
  }

  announce();
  if (event.target.querySelector("input[type=file]")) {
    tell("media_captured", { step: STEP, mediaType: "image", isAuto: false });
    tell("verification_submitted", { step: STEP });
  }

  over(() => server.submit(event.target, event.submitter));
}

/** What ends the check by itself: a form, or leaving. */
async function over(ask) {
  stop();
  view.alarm([]);
  try {
    const answer = await ask();
    if (answer.state === "over") {
      finish(answer, STEP);
    } else {
      again(answer);
    }
  } catch {
    view.alarm([view.text("connection_failed")]);
    tell("error", { error: "networkError" });
  }
}
