// Talks to the emulator. The header is what a foreign page could not send.

const root = "/emulator/api/";
const mark = { "X-Emulator-Console": "1" };

/** An answer that is no success. The message is for people. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function send(method, path, body, type) {
  const headers = { ...mark };
  if (type) {
    headers["Content-Type"] = type;
  }
  const response = await fetch(root + path, { method, headers, body, cache: "no-store", credentials: "same-origin" });
  if (!response.ok) {
    throw new Refused(response.status, await reason(response));
  }
  return response;
}

// The provider's errors come as detail, as texts by field, and as a bare list.
async function reason(response) {
  try {
    const body = await response.json();
    if (Array.isArray(body)) {
      return body.join(" ");
    }
    return body.detail ?? Object.entries(body).map(([field, texts]) => `${field}: ${[texts].flat().join(" ")}`).join(" ");
  } catch {
    return `The emulator answered ${response.status}.`;
  }
}

const json = async (response) => (response.status === 204 ? null : response.json());
const at = (path, query) => (query ? `${path}?${new URLSearchParams(query)}` : path);

export const get = async (path, query) => json(await send("GET", at(path, query)));
export const post = async (path, body = {}) => json(await send("POST", path, JSON.stringify(body), "application/json"));
export const patch = async (path, body) => json(await send("PATCH", path, JSON.stringify(body), "application/json"));
export const remove = async (path, query) => json(await send("DELETE", at(path, query)));
export const put = async (path, query, file) => json(await send("PUT", at(path, query), file, file?.type));
export const blob = async (path) => (await send("GET", path)).blob();

/**
 * Calls back at once and whenever something has changed, until it is stopped. By fetch, since an EventSource cannot send
 * the header.
 */
export function watch(onChange, onState) {
  let abort = null;
  let stopped = false;
  let wait = 500;

  async function run() {
    while (!stopped) {
      abort = new AbortController();
      try {
        const response = await fetch(root + "events", { headers: mark, signal: abort.signal, cache: "no-store" });
        if (!response.ok) {
          throw new Refused(response.status, "");
        }
        onState(true);
        wait = 500;
        await read(response.body.pipeThrough(new TextDecoderStream()).getReader(), onChange);
      } catch {
        // The emulator has stopped, or the page lies in the background: tried again below.
      }
      if (!stopped) {
        onState(false);
        await new Promise((resolve) => setTimeout(resolve, wait));
        wait = Math.min(wait * 2, 5000);
      }
    }
  }

  run();
  return () => {
    stopped = true;
    abort?.abort();
  };
}

async function read(reader, onChange) {
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    text += value;
    const events = text.split("\n\n");
    text = events.pop();
    if (events.some((event) => event.includes("event: change"))) {
      onChange();
    }
  }
}
