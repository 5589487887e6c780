// Watches the challenge of this page: a long poll that the verdict itself releases. Also redeems a code that was kept
// while the user had to sign in again, or that the callback page in a frame of this page hands over.
(() => {
  'use strict';
  const data = document.body.dataset;
  const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

  async function watch() {
    for (;;) {
      try {
        const answer = await fetch(`${data.stateUrl}?wait=25&version=${data.version}`, { credentials: 'same-origin', cache: 'no-store' });
        if (!answer.ok) {
          return;
        }
        const now = await answer.json();
        if (now.next) {
          location.replace(now.next);
          return;
        }
        if (now.state !== data.state) { // against what this page shows: the first poll may already bring the change
          location.reload();
          return;
        }
        data.version = String(now.version);
      } catch {
        await pause(2000);
      }
      await pause(250);
    }
  }

  async function claim(code) {
    const token = await (await fetch(`${data.base}/antiforgery`, { credentials: 'same-origin', cache: 'no-store' })).json();
    const body = new URLSearchParams({ code, [token.field]: token.token });
    const answer = await fetch(`${data.base}/claim`, { method: 'POST', body, credentials: 'same-origin', cache: 'no-store' });
    if (answer.status === 202) {
      await pause(1000);
      return claim(code);
    }
    sessionStorage.removeItem('biometric.code');
    const result = answer.ok ? await answer.json() : null;
    if (result && result.next) {
      location.replace(result.next);
    }
  }

  window.addEventListener('message', event => {
    if (event.origin === location.origin && event.data && event.data.type === 'biometric:claim' && typeof event.data.code === 'string') {
      claim(event.data.code);
    }
  });

  const kept = sessionStorage.getItem('biometric.code');
  if (kept) {
    claim(kept);
  }
  watch();
})();
