// Watches the challenge of this page: a long poll that the verdict itself releases. Also redeems a code that was kept
// while the user had to sign in again.

import { announce, kept, otherTabGoesOn, pause, redeem, sayHeading } from './redeem.js';

const data = document.body.dataset;
const RENEWED = 'biometric.renewed';

/** The state, or null when it is not to be had now, or false when this page is nobody's any more. */
async function ask() {
  try {
    const answer = await fetch(`${data.stateUrl}?wait=25&version=${data.version}`, { credentials: 'same-origin', cache: 'no-store' });
    return answer.ok ? await answer.json() : answer.status === 404 || answer.status === 401 ? false : null;
  } catch {
    return null;
  }
}

/** How far a hand-over has come, in the page's own word; that one is possible is no step of it. */
const step = now => now.handOver && now.handOver.step !== 'possible' ? `${now.handOver.step}${now.handOver.wrongDigits}` : '0';

// A button was pressed: its answer is on the way, and a reload for what it changes would cut it off.
let isLeaving = false;
addEventListener('submit', event => {
  isLeaving = !event.defaultPrevented; // a frame that opens within the page leaves nothing
});

/** Against what this page shows: the first poll may already bring the change. */
const isChanged = now => now.state !== data.state || (step(now) !== data.handOver && !isLeaving);

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
    } else if (isChanged(now) && data.frame) { // the way on is in the frame that this page has open (embed.js)
      await new Promise(done => addEventListener('biometric:closed', done, { once: true }));
    } else if (isChanged(now)) {
      renew();
      return;
    } else {
      data.version = String(now.version);
      await pause(250);
    }
  }
}

/** The page as it is now; its heading then gets the focus, so that what has changed is read out. */
function renew() {
  try {
    sessionStorage.setItem(RENEWED, location.pathname);
  } catch {
    // Without a store the title is read out, as of any page.
  }
  location.reload();
}

function isRenewed() {
  try {
    const isSo = sessionStorage.getItem(RENEWED) === location.pathname;
    sessionStorage.removeItem(RENEWED);
    return isSo;
  } catch {
    return false;
  }
}

// A page that the browser kept for the back button shows what was true then.
addEventListener('pageshow', event => {
  if (event.persisted) {
    location.reload();
  }
});

addEventListener('submit', announce);

if (isRenewed()) {
  sayHeading(document.title);
}

const code = kept();
if (code) {
  redeem(code);
}
watch();
