// What the page knows, and how it learns it.

import { blob, get, Refused } from "./api.js";
import { changes } from "./sessions.js";

export const tabs = [["sessions", "Sessions"], ["deliveries", "Deliveries"], ["faults", "Faults"], ["people", "People"], ["setup", "Setup"]];

const page = 50;

export const state = {
  route: { tab: "sessions", id: null },
  filter: { status: "", search: "" },
  limits: { sessions: page, deliveries: page },
  list: null,
  session: null,
  missing: null,
  pictures: null,
  deliveries: null,
  opened: new Map(),
  prettyBodies: new Set(),
  faults: { planned: [], switches: {} },
  kinds: [],
  chosenKind: null,
  users: null,
  workflows: [],
  destinations: [],
  settings: null,
  secrets: null,
  isLive: false,
  clockAhead: 0,
  now: () => Date.now() + state.clockAhead,
};

export function readRoute() {
  const [, tab, id] = location.hash.split("/");
  const known = tabs.some(([name]) => name === tab) ? tab : "sessions";
  state.route = { tab: known, id: known === "sessions" && /^[0-9a-f-]{36}$/.test(id ?? "") ? id : null };
}

/** What never changes while the emulator runs. */
export async function loadSetup() {
  const [settings, workflows, kinds] = await Promise.all([get("settings"), get("workflows"), get("faults/kinds")]);
  Object.assign(state, { settings, workflows: workflows.results, kinds: kinds.results });
}

/** What the tab shows, as it is now. Returns what is worth saying to somebody who does not see it. */
export async function load() {
  const { tab, id } = state.route;
  let said = "";
  if (tab === "sessions") {
    const [list, session, faults] = await Promise.all([listed(), id ? shown(id) : null, id ? get("faults") : state.faults]);
    said = changes(state.list, list);
    state.clockAhead = Date.parse(list.now) - Date.now();
    Object.assign(state, { list, session, faults, missing: session ? null : id });
    await loadPictures();
  } else if (tab === "deliveries") {
    const [deliveries, destinations] = await Promise.all([get("deliveries", { limit: state.limits.deliveries }), get("destinations")]);
    Object.assign(state, { deliveries, destinations: destinations.results });
  } else if (tab === "faults") {
    state.faults = await get("faults");
  } else if (tab === "people") {
    state.users = await get("users", { limit: 200 });
  } else {
    state.destinations = (await get("destinations")).results;
  }
  return said;
}

const listed = () => get("sessions", { limit: state.limits.sessions, ...state.filter });

/** Null when there is no such session. */
async function shown(id) {
  try {
    return await get(`sessions/${id}`);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) {
      return null;
    }
    throw error;
  }
}

/** All frames of the session that is shown, again only when it has changed. */
async function loadPictures() {
  const { session } = state;
  const wanted = session?.picture_count ? `${session.session_id} ${session.updated_at} ${session.picture_count}` : null;
  if (state.pictures && state.pictures.version !== wanted) {
    state.pictures.urls.forEach((url) => URL.revokeObjectURL(url));
    state.pictures = null;
  }
  if (wanted && !state.pictures) {
    const urls = [];
    state.pictures = { id: session.session_id, version: wanted, urls };
    try {
      for (let number = 0; number < session.picture_count; number++) {
        urls.push(URL.createObjectURL(await blob(`sessions/${session.session_id}/pictures/${number}`)));
      }
    } catch {
      // They were wiped meanwhile: the next look says so.
    }
  }
}

/** A delivery never changes: it is asked for once. */
export async function openDelivery(id) {
  if (!state.opened.has(id)) {
    state.opened.set(id, await get(`deliveries/${id}`));
  }
}
