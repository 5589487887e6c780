// The page: draws what is known, listens to the emulator and to the person.

import { get, watch } from "./api.js";
import { buttons, flip, forms } from "./actions.js";
import { deliveriesView } from "./deliveries.js";
import { h, morphInside } from "./dom.js";
import { faultsView } from "./faults.js";
import { peopleView } from "./people.js";
import { sessionView } from "./session.js";
import { firstSession, sessionList } from "./sessions.js";
import { setupView } from "./setup.js";
import { load, loadSetup, openDelivery, readRoute, state, tabs } from "./state.js";

const bar = document.getElementById("bar");
const main = document.getElementById("main");
const views = { deliveries: deliveriesView, faults: faultsView, people: peopleView, setup: setupView };
let isLoading = false;
let isStale = false;

function draw() {
  const { route, settings, isLive } = state;
  morphInside(bar,
    h("a", { class: "brand", href: "#/sessions" },
      h("img", { src: "/emulator/assets/mark.svg", alt: "", width: "24", height: "24" }), h("span", {}, "Emulator console")),
    settings ? h("nav", { "aria-label": "Console" }, tabs.map(([name, label]) =>
      h("a", { href: `#/${name}`, "aria-current": route.tab === name ? "page" : null }, label))) : null,
    settings ? h("p", { class: "where" },
      h("code", {}, new URL(settings.base_address).host), h("span", { class: "tag" }, settings.environment),
      h("span", { class: isLive ? "live" : "live is-off" }, isLive ? "Live" : "Reconnecting")) : null);
  morphInside(main, content());
  document.title = `${tabs.find(([name]) => name === route.tab)[1]} – emulator console`;
}

function content() {
  const { route, list } = state;
  const needed = { sessions: list, deliveries: state.deliveries, people: state.users };
  if (needed[route.tab] === null) {
    return h("p", { class: "empty" }, "Loading…");
  }
  if (route.tab !== "sessions") {
    return views[route.tab](state);
  }
  // Until the next one is here, nothing is shown that its buttons would not act upon.
  const session = state.session?.session_id === route.id ? state.session : null;
  if (list.count === 0 && !route.id && state.filter.status === "" && state.filter.search === "") {
    return firstSession(state);
  }
  return h("div", { class: route.id ? "panes has-detail" : "panes", "data-key": "panes" },
    sessionList(state),
    session ? sessionView(state) : h("div", { class: "detail none" },
      h("a", { class: "back", href: "#/sessions" }, "‹ Sessions"),
      h("p", { class: "empty" }, route.id ? (state.missing === route.id ? "There is no such session." : "Loading…") : "Choose a session to see what happened to it.")));
}

/** Looks again. What changes while it looks makes it look once more. */
async function refresh() {
  isStale = true;
  if (isLoading) {
    return;
  }
  isLoading = true;
  try {
    while (isStale) {
      isStale = false;
      const route = state.route;
      const said = await load();
      if (route !== state.route) {
        isStale = true; // the person has gone elsewhere meanwhile
        continue;
      }
      draw();
      if (said) {
        document.getElementById("said").textContent = said;
      }
    }
  } catch (error) {
    tell(error.message, true);
  } finally {
    isLoading = false;
  }
}

let toastTimer = 0;

function tell(text, isError = false) {
  const toast = document.getElementById("toast");
  toast.textContent = text;
  toast.className = isError ? "is-error is-shown" : "is-shown";
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.className = ""; }, 5000);
}

async function attempt(work) {
  try {
    await work();
  } catch (error) {
    tell(error.message, true);
  }
  await refresh();
}

/** What ends something is pressed twice. */
function isConfirmed(button) {
  if (!button.dataset.confirm || button.dataset.asked) {
    return true;
  }
  const label = button.textContent;
  button.dataset.asked = "true";
  button.textContent = button.dataset.confirm;
  setTimeout(() => {
    delete button.dataset.asked;
    button.textContent = label;
  }, 8000);
  return false;
}

const local = {
  filter: (button) => { state.filter.status = button.dataset.value; },
  "more-sessions": () => { state.limits.sessions = Math.min(200, state.limits.sessions + 50); },
  "more-deliveries": () => { state.limits.deliveries = Math.min(200, state.limits.deliveries + 50); },
  copy: (button) => copy(button.dataset.text),
  "copy-body": (button) => copy(state.opened.get(button.dataset.deliveryId).body),
  layout: (button) => {
    const id = button.dataset.deliveryId;
    if (!state.prettyBodies.delete(id)) {
      state.prettyBodies.add(id);
    }
  },
  "reveal-secrets": async () => { state.secrets = await get("secrets"); },
  "hide-secrets": () => { state.secrets = null; },
};

async function copy(text) {
  await navigator.clipboard.writeText(text);
  tell("Copied.");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-action]");
  if (!button || !isConfirmed(button)) {
    return;
  }
  const { action } = button.dataset;
  attempt(() => (local[action] ? local[action](button) : buttons[action](state, button, tell)));
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const work = forms[event.target.dataset.form];
  if (work) {
    attempt(() => work(state, event.target, tell));
  }
});

document.addEventListener("change", (event) => {
  if (event.target.dataset.change === "switch") {
    attempt(() => flip(event.target));
  } else if (event.target.dataset.change === "kind") {
    state.chosenKind = event.target.value;
    draw();
  }
});

document.addEventListener("input", (event) => {
  if (event.target.dataset.input === "search") {
    state.filter.search = event.target.value.trim();
    refresh();
  }
});

// It does not bubble: it is met on its way down.
document.addEventListener("toggle", (event) => {
  const id = event.target.dataset?.delivery;
  if (id && event.target.open && !state.opened.has(id)) {
    openDelivery(id).then(draw, (error) => tell(error.message, true));
  }
}, true);

window.addEventListener("hashchange", () => {
  if (!location.hash.startsWith("#/")) {
    return; // the link that skips to the content
  }
  readRoute();
  window.scrollTo(0, 0);
  refresh();
});

function listen() {
  let stop = null;
  const follow = () => {
    stop?.();
    // A page that nobody looks at holds no connection: browsers grant six of them to all its tabs together.
    stop = document.hidden ? null : watch(refresh, (isLive) => {
      state.isLive = isLive;
      draw();
    });
  };
  document.addEventListener("visibilitychange", follow);
  follow();
  setInterval(() => !document.hidden && draw(), 10_000); // ages grow by themselves
}

function signIn() {
  morphInside(bar, h("a", { class: "brand", href: "/emulator/" },
    h("img", { src: "/emulator/assets/mark.svg", alt: "", width: "24", height: "24" }), h("span", {}, "Emulator console")));
  morphInside(main, h("section", { class: "welcome", "aria-labelledby": "sign-in" },
    h("h1", { id: "sign-in" }, "Sign in"),
    h("p", {}, "This emulator is reached from other machines, so its console asks for the API key it was started with."),
    h("form", { class: "inline", "data-form": "sign-in" },
      h("div", { class: "field" },
        h("label", { for: "key" }, "API key"),
        h("input", { id: "key", name: "key", type: "password", required: true, autocomplete: "off", class: "data" })),
      h("button", { class: "main", type: "submit" }, "Sign in"))));
}

async function start() {
  try {
    const access = await get("access");
    if (!access.may_use) {
      signIn();
      return;
    }
    readRoute();
    await loadSetup();
    await refresh();
    listen();
  } catch (error) {
    tell(error.message, true);
  }
}

start();
