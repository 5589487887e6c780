// The page's own calls. All go to where the page came from: language and token are in its address.

const page = location.pathname.replace(/\/$/, "");

async function send(path, body) {
  const headers = { accept: "application/json" };
  const response = await fetch(page + path, { method: "POST", headers, body, credentials: "same-origin" });
  if (!response.ok) {
    throw new Error(`The page answered ${response.status}.`);
  }

  return response.json();
}

/** Where the face is in a small frame, and what to tell the person. */
export const preview = (frame, width, height) => send(`/preview?w=${width}&h=${height}`, frame);

/** A form that says which browser it comes from, where the page may keep no cookie. */
function fresh() {
  const form = new FormData();
  const device = document.querySelector("input[name=device]");
  if (device) {
    form.append(device.name, device.value);
  }

  return form;
}

/** The frames that count. */
export function capture(frames) {
  const form = fresh();
  frames.forEach((frame, i) => form.append("frame", frame, `${i}.jpg`));
  return send("/capture", form);
}

/** A form of the page, as the browser would send it. */
export const submit = (form, button) => send("", new FormData(form, button));

/** The person leaves. */
export function leave() {
  const form = fresh();
  form.append("leave", "1");
  return send("", form);
}
