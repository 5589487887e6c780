// For a page of the application that shows the face check in a frame: takes the code over from the callback page in there
// and redeems it here, where the cookies are (protocol 5.2). Then this page goes on to what was confirmed.
//   <script type="module" src="/biometric/assets/frame.js"></script>

import { redeem } from './redeem.js';

addEventListener('message', async event => {
  const { type, code } = event.data ?? {};
  const isOwnFrame = [...document.querySelectorAll('iframe')].some(frame => frame.contentWindow === event.source);
  if (event.origin !== location.origin || !isOwnFrame || type !== 'biometric:claim' || typeof code !== 'string') {
    return;
  }
  event.source.postMessage({ type: 'biometric:taken' }, location.origin);
  if (!await redeem(code)) {
    event.source.postMessage({ type: 'biometric:foreign' }, location.origin);
  }
});
