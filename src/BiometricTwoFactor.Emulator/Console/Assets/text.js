// How things are written.

import { h } from "./dom.js";

// Marks that turn, hide or overlay text would let somebody's data pretend to be something else.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text with what cannot be seen written out. */
export const plain = (text) =>
  String(text).replace(unseen, (mark) => `⟨U+${mark.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

/** Not more of it than anybody reads. */
export function clip(text, length) {
  const all = [...String(text).slice(0, length * 2 + 2)];
  return plain(all.length > length ? all.slice(0, length).join("") + "…" : all.join(""));
}

/** Somebody's data in the page: never turned around by its neighbours. */
export const data = (text, length = 2000, name = "bdi") => h(name, { class: "data" }, clip(text, length));

const two = (number) => String(number).padStart(2, "0");

/** 14:03:22 of this machine's day. */
export function clock(iso) {
  const at = new Date(iso);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

export function dateTime(iso) {
  const at = new Date(iso);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock(iso)}`;
}

/** A point in time: the clock's, with the whole of it at hand. */
export const time = (iso) => h("time", { datetime: iso, title: dateTime(iso) }, clock(iso));

/** How long ago, in one unit. */
export function age(iso, now) {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (seconds < 5) {
    return "now";
  }
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  return seconds < 86400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
}

/** webhook_delay: Webhook delay. */
export const words = (name) => (name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ")).replace(/^Api /, "API ");

export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

export function bytes(text) {
  const length = new TextEncoder().encode(text).length;
  return length < 1000 ? `${length} B` : length < 10_000_000 ? `${(length / 1024).toFixed(1)} KB` : `${Math.round(length / 1048576)} MB`;
}

/** JSON with one member a line; null for what is none. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

const steps = {
  ID_VERIFICATION: "Identity document",
  LIVENESS: "Liveness",
  FACE_MATCH: "Face match",
  IP_ANALYSIS: "Device and network",
};

export const step = (feature) => steps[feature] ?? words(feature.toLowerCase());

export const badge = (status) =>
  h("span", { class: `badge is-${status.toLowerCase().replace(/[^a-z]+/g, "-")}` }, status);
