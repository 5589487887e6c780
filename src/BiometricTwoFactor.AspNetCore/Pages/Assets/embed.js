// Opens the provider's page in a frame of this confirm page, by the provider's own web SDK, which the application serves.
// What the SDK reports is a hint and changes nothing: the code of the callback inside the frame comes back through
// frame.js, and the state of the challenge from the server (wait.js). Whatever fails here, the form redirects instead.

import './frame.js';
import './wait.js';

const data = document.body.dataset;
const form = [...document.forms].find(one => new URL(one.action).pathname === data.start);
const button = form?.querySelector('button[type=submit]');
const isInline = data.presentation === 'inline';
const PLACE = 'capture';

let sdk = null;
let isBusy = false;

async function load() {
  const module = await import(data.sdk); // as an ES module, or as a script that leaves a global
  sdk = module.DiditSdk ?? globalThis.DiditSDK?.DiditSdk;
  if (!sdk) {
    throw new Error('That is not the web SDK.');
  }
}

/** Asks for the session; the same one again while the challenge is open. */
async function start() {
  const fields = new URLSearchParams(new FormData(form));
  fields.set('frame', 'true');
  const answer = await fetch(form.action, { method: 'POST', body: fields, credentials: 'same-origin', cache: 'no-store', redirect: 'error' });
  if (!answer.ok) {
    throw new Error('The page says why.');
  }
  return answer.json();
}

function frame() {
  return document.querySelector('iframe.didit-verification-iframe');
}

/** What is behind a modal is out of reach for as long as it is there. */
function setBehind(isBehind) {
  if (!isInline) {
    for (const part of document.querySelectorAll('body > header, body > main')) {
      part.inert = isBehind;
    }
  }
}

function open(url) {
  const shared = sdk.shared;
  shared.onComplete = result => {
    if (result?.type !== 'completed') {
      close(); // left or closed; after "completed" the page in the frame leads to the callback
    }
  };
  data.frame = 'open';
  form.hidden = isInline;
  shared.startVerification({
    url,
    configuration: { embedded: isInline, embeddedContainerId: isInline ? PLACE : undefined, showExitConfirmation: false, loggingEnabled: false },
  });
  const opened = frame();
  opened.title = data.frameTitle;
  opened.closest('[role=dialog]')?.setAttribute('aria-label', data.frameTitle);
  document.querySelector('.didit-close-button')?.setAttribute('aria-label', data.closeLabel);
  setBehind(true);
  opened.focus();
}

function close() {
  delete data.frame;
  setBehind(false);
  sdk.reset(); // takes its elements away
  form.hidden = false;
  button.textContent = data.again;
  button.focus();
  dispatchEvent(new Event('biometric:closed'));
}

form?.addEventListener('submit', async event => {
  event.preventDefault();
  if (isBusy || data.frame) {
    return;
  }
  isBusy = true;
  form.setAttribute('aria-busy', 'true');
  try {
    await load();
    const { url, next } = await start();
    if (next) {
      location.replace(next);
    } else {
      open(url);
    }
  } catch {
    delete data.frame;
    setBehind(false);
    HTMLFormElement.prototype.submit.call(form); // the answer is a page, or the redirect
  } finally {
    isBusy = false;
    form.removeAttribute('aria-busy');
  }
});
