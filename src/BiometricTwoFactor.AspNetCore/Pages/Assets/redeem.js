// Redeems the code of a callback with this browser's own cookies (protocol 5.2): first an antiforgery token of this very
// moment, then the claim, again and again until there is a result.

const base = new URL('..', import.meta.url).pathname;
const KEPT = 'biometric.code';
const options = { credentials: 'same-origin', cache: 'no-store' };

const GOING_ON = 'biometric.going-on';
const PRECEDENCE = 20000; // milliseconds for the tab in which the person is

/** Tells the other tabs of this browser, those that load just now included, that the person goes on in this one. */
export function announce() {
  try {
    localStorage.setItem(GOING_ON, `${Date.now()} ${tab()}`);
  } catch {
    // A browser that keeps nothing: whichever tab is first goes on, and the server lets one.
  }
}

/** True while another tab is about to go on. */
export function otherTabGoesOn() {
  try {
    const [at, by] = (localStorage.getItem(GOING_ON) ?? '0 ').split(' ');
    return by !== tab() && Math.abs(Date.now() - Number(at)) < PRECEDENCE;
  } catch {
    return false;
  }
}

function tab() {
  const name = sessionStorage.getItem('biometric.tab') ?? crypto.randomUUID();
  sessionStorage.setItem('biometric.tab', name);
  return name;
}

export const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

/** The page says something new: its heading gets the focus, so that it is read out. */
export function sayHeading(text) {
  const heading = document.querySelector('h1');
  heading.textContent = text;
  document.title = text;
  heading.tabIndex = -1;
  heading.focus();
}

/** The code that waited in this tab for a sign-in; null when there is none, or the browser keeps nothing. */
export function kept() {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(code) {
  try {
    if (code) {
      sessionStorage.setItem(KEPT, code);
    } else {
      sessionStorage.removeItem(KEPT);
    }
  } catch {
    // Without a store the code is asked for anew: the way back from the camera is still in the history.
  }
}

async function claim(code) {
  try {
    const token = await (await fetch(`${base}antiforgery`, options)).json();
    const body = new URLSearchParams({ code, [token.field]: token.token });
    const answer = await fetch(`${base}claim`, { ...options, method: 'POST', body });
    const isFinal = answer.status < 500 && answer.status !== 202 && answer.status !== 429;
    return { status: answer.status, result: isFinal ? await answer.json() : null };
  } catch {
    return { status: 0, result: null }; // the network is away: nothing is lost by asking again
  }
}

/** Goes on by itself when the code is this browser's. @returns {Promise<boolean>} False when it is not. */
export async function redeem(code) {
  announce();
  // Somebody signed in or out between token and claim: the next token fits.
  for (let refused = 0; refused < 3;) {
    const { status, result } = await claim(code);
    announce();
    if (result?.next) {
      keep(status === 401 ? code : null); // for after the sign-in, in this tab only
      location.replace(result.next);
      return true;
    }
    if (status === 400) {
      refused++;
    } else if (result) {
      break;
    }
    await pause(status === 0 ? 2000 : 1000);
  }
  keep(null);
  return false;
}
