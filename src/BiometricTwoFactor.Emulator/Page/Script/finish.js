// When the check is over: what is told, what is shown, where the browser goes.

import { isEmbedded, isFramed, tell } from "./messages.js";
import * as view from "./view.js";

let ended = false;

const POPUP_STAYS = 3000; // milliseconds in which whoever opened this window may close it

/** @param {{ status?: string, redirect?: string, html?: string }} answer The server's word. */
export function finish(answer, step) {
  if (ended) {
    return; // frames were still being judged when the person left: the end is told once
  }

  ended = true;
  if (!answer.html) {
    location.reload(); // decided elsewhere meanwhile, or gone: the server shows what there is
    return;
  }

  const sessionId = view.page.dataset.session;
  const { status, redirect } = answer;
  view.end(answer.html);
  tell("status_updated", { status, step });
  if (status === "Abandoned") {
    tell("cancelled", { sessionId, status });
  } else if (status === "Expired") {
    tell("error", { error: "sessionExpired" });
  } else {
    tell("step_completed", { step });
    tell("completed", { sessionId, status });
  }

  if (!isEmbedded()) {
    goOn(redirect);
  } else {
    stay(redirect);
  }
}

function goOn(redirect) {
  if (redirect) {
    view.next(view.text("end_leaving"));
    location.assign(redirect);
  }
}

/**
 * Embedded, whoever embeds decides what happens next: the web SDK closes its modal. A frame never goes to the callback
 * by itself, since a relying party's page inside of its own page helps nobody; the person may send it there. A window
 * that nobody closes goes on.
 */
function stay(redirect) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "quiet";
  close.textContent = view.text("end_close");
  close.addEventListener("click", () => {
    tell("close_request");
    if (!isFramed()) {
      window.close();
    }
  });
  if (!redirect) {
    view.next(close);
    return;
  }

  const link = document.createElement("a");
  link.className = "button";
  link.href = redirect;
  link.textContent = view.text("end_continue");
  view.next(link, close);
  if (!isFramed()) {
    setTimeout(() => goOn(redirect), POPUP_STAYS);
  }
}

/** A page that was over when it came. */
export function tellEnd() {
  const { session, status } = view.page.dataset;
  if (status === "Expired") {
    tell("error", { error: "sessionExpired" });
  } else if (status === "Abandoned") {
    tell("cancelled", { sessionId: session, status });
  } else {
    tell("completed", { sessionId: session, status });
  }
}
