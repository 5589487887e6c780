// Redeems the code of the callback's path with this browser's own cookies (protocol 5.2). In a frame, where browsers
// withhold SameSite cookies from a page that another site led to, the same-origin parent does it instead.
(() => {
  'use strict';
  const data = document.body.dataset;
  const live = document.getElementById('live');
  const say = text => { if (live) { live.textContent = text; } };
  const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

  async function claim(code) {
    for (;;) {
      let answer;
      try {
        const token = await (await fetch(`${data.base}/antiforgery`, { credentials: 'same-origin', cache: 'no-store' })).json();
        const body = new URLSearchParams({ code, [token.field]: token.token });
        answer = await fetch(`${data.base}/claim`, { method: 'POST', body, credentials: 'same-origin', cache: 'no-store' });
      } catch {
        await pause(2000); // the network is away: nothing is lost by asking again
        continue;
      }
      if (answer.status === 202 || answer.status >= 500) {
        await pause(1000);
        continue;
      }
      const result = await answer.json();
      if (answer.status === 401 && result.next) {
        sessionStorage.setItem('biometric.code', code); // for after the sign-in, in this tab only
        location.replace(result.next);
      } else if (answer.ok && result.next) {
        sessionStorage.removeItem('biometric.code');
        location.replace(result.next);
      } else {
        sessionStorage.removeItem('biometric.code');
        document.querySelector('h1').textContent = data.foreignHeading;
        say(data.foreign);
      }
      return;
    }
  }

  const match = /\/callback\/([A-Za-z0-9_-]+)$/.exec(location.pathname);
  if (!match) {
    return;
  }
  if (window.parent !== window) {
    window.parent.postMessage({ type: 'biometric:claim', code: match[1] }, location.origin);
  } else {
    claim(match[1]);
  }
})();
