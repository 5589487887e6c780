// The callback page: redeems the code of its path. In a frame, where browsers withhold SameSite cookies from a page that
// another site led to, the page around it, which is of the same origin (frame-ancestors), does it instead.

import { pause, redeem, sayHeading } from './redeem.js';

const data = document.body.dataset;
const code = /\/callback\/(?:[a-z0-9-]+\/)?([A-Za-z0-9_-]+)$/.exec(location.pathname)?.[1];

function sayForeign() {
  sayHeading(data.foreignHeading);
  document.getElementById('live').textContent = data.foreign;
}

async function handOver() {
  let isTaken = false;
  addEventListener('message', event => {
    if (event.origin === location.origin && event.source === parent) {
      isTaken ||= event.data?.type === 'biometric:taken';
      if (event.data?.type === 'biometric:foreign') {
        sayForeign();
      }
    }
  });
  parent.postMessage({ type: 'biometric:claim', code }, location.origin);
  await pause(3000);
  if (!isTaken) {
    // Nobody listens there: the person goes on in the whole window, where this page redeems the code itself.
    sayHeading(data.leftHeading);
    const link = document.createElement('a');
    link.className = 'primary';
    link.href = location.pathname;
    link.target = '_top';
    link.textContent = data.goOn;
    document.getElementById('live').replaceChildren(link);
  }
}

if (code && parent !== window) {
  handOver();
} else if (code && !await redeem(code)) {
  sayForeign();
}
