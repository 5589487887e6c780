// Watches the challenge of this page: a long poll that the verdict itself releases. Also redeems a code that was kept
// while the user had to sign in again.

import { announce, kept, otherTabGoesOn, pause, redeem } from './redeem.js';

const data = document.body.dataset;

/** The state, or null when it is not to be had now, or false when this page is nobody's any more. */
async function ask() {
  try {
    const answer = await fetch(`${data.stateUrl}?wait=25&version=${data.version}`, { credentials: 'same-origin', cache: 'no-store' });
    return answer.ok ? await answer.json() : answer.status === 404 || answer.status === 401 ? false : null;
  } catch {
    return null;
  }
}

async function watch() {
  for (;;) {
    const now = await ask();
    if (now === null) {
      await pause(2000);
    } else if (now === false) {
      location.reload(); // signed out meanwhile: the server says what is to be done
      return;
    } else if (now.next && otherTabGoesOn()) {
      await pause(500); // there the person sees the result; here it is told when it is done
    } else if (now.next) {
      announce();
      location.replace(now.next);
      return;
    } else if (now.state !== data.state) { // against what this page shows: the first poll may already bring the change
      location.reload();
      return;
    } else {
      data.version = String(now.version);
      await pause(250);
    }
  }
}

// A page that the browser kept for the back button shows what was true then.
addEventListener('pageshow', event => {
  if (event.persisted) {
    location.reload();
  }
});

addEventListener('submit', announce);

const code = kept();
if (code) {
  redeem(code);
}
watch();
