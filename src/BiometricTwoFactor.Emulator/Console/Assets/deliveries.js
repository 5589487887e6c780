// Webhooks: what was sent, what came back, and whether each signature is right.

import { h } from "./dom.js";
import { badge, bytes, clip, plain, pretty, time, words } from "./text.js";

const shownBody = 20_000;

export function deliveryList(rows, state, none) {
  return rows.length === 0
    ? h("p", { class: "quiet" }, none)
    : h("ul", { class: "deliveries" }, rows.map((row) => line(row, state)));
}

/** The tab: all of them. */
export function deliveriesView(state) {
  const { deliveries } = state;
  return h("section", { class: "page", "aria-labelledby": "deliveries-title" },
    h("div", { class: "page-head" },
      h("h1", { id: "deliveries-title" }, "Webhook deliveries"),
      h("p", { class: "quiet" }, state.destinations.length === 0
        ? "There is no webhook address: nothing is sent."
        : ["To ", state.destinations.map((each, index) => [index > 0 ? ", " : "", h("code", {}, clip(each.url, 200))])])),
    h("div", { class: "card wide" },
      deliveryList(deliveries.results, state, "No webhook has been sent."),
      deliveries.count > deliveries.results.length
        ? h("button", { class: "quiet more", type: "button", "data-action": "more-deliveries" },
          `Show more: ${deliveries.results.length} of ${deliveries.count}`)
        : null));
}

function line(row, state) {
  const answer = row.response_status === null ? "–" : String(row.response_status);
  const attempt = row.attempt > 1 ? `attempt ${row.attempt}` : row.attempt === 0 && row.response_status !== null ? "replay" : "";
  const isGeneral = state.route.tab !== "sessions";
  return h("li", { "data-key": row.delivery_id },
    h("details", { "data-delivery": row.delivery_id },
      h("summary", {},
        time(row.at),
        h("span", { class: `outcome is-${row.outcome}` }, words(row.outcome)),
        h("code", { class: "answer" }, answer),
        badge(row.status),
        h("span", { class: "quiet attempt" }, attempt),
        isGeneral ? h("code", { class: "quiet whose" }, row.session_id.slice(0, 8)) : null),
      opened(row, state)));
}

function opened(row, state) {
  const detail = state.opened.get(row.delivery_id);
  if (!detail) {
    return h("p", { class: "quiet" }, "Loading…");
  }
  const isPretty = state.prettyBodies.has(row.delivery_id);
  const text = isPretty ? pretty(detail.body) ?? detail.body : detail.body;
  return h("div", { class: "delivery" },
    h("div", { class: "checks" },
      detail.signatures === null ? h("span", { class: "check" }, "The destination is gone, and its secret with it") : Object.entries(detail.signatures).map(([name, verdict]) =>
        h("span", { class: `check is-${verdict}`, "data-key": name }, h("code", {}, name), " ", verdict)),
      detail.timestamp_age_seconds === null ? null
        : h("span", { class: `check ${Math.abs(detail.timestamp_age_seconds) <= 300 ? "is-right" : "is-wrong"}` },
          h("code", {}, "timestamp"), " ", Math.abs(detail.timestamp_age_seconds) <= 300 ? "fresh" : `${detail.timestamp_age_seconds} s old`)),
    h("div", { class: "part" },
      h("h3", {}, "Answer"),
      h("p", {}, detail.response_status === null
        ? h("span", { class: "quiet" }, nothing(detail.outcome))
        : [h("code", {}, `HTTP ${detail.response_status}`), h("span", { class: "quiet" }, ` after ${detail.duration_ms} ms`)],
      detail.url ? [h("span", { class: "quiet" }, " from "), h("code", {}, clip(detail.url, 300))] : null),
      detail.response_body ? h("pre", { tabindex: "0", "aria-label": "Answer" }, clip(detail.response_body, 2048)) : null),
    h("div", { class: "part" },
      h("h3", {}, "Headers"),
      h("dl", { class: "headers" }, Object.entries(detail.headers).map(([name, value]) =>
        h("div", { "data-key": name }, h("dt", {}, plain(name)), h("dd", {}, clip(value, 400)))))),
    h("div", { class: "part" },
      h("div", { class: "line" },
        h("h3", {}, isPretty ? "Body, laid out" : "Body, as it was signed"),
        h("span", { class: "quiet" }, bytes(detail.body)),
        h("button", { class: "quiet", type: "button", "data-action": "layout", "data-delivery-id": row.delivery_id }, isPretty ? "As signed" : "Lay out"),
        h("button", { class: "quiet", type: "button", "data-action": "copy-body", "data-delivery-id": row.delivery_id }, "Copy")),
      h("pre", { tabindex: "0", "aria-label": "Body" }, plain(text.slice(0, shownBody))),
      text.length > shownBody ? h("p", { class: "quiet" }, "The rest is not shown; Copy takes all of it.") : null),
    h("div", { class: "actions" },
      h("button", { type: "button", "data-action": "replay", "data-delivery-id": row.delivery_id }, "Replay this delivery"),
      state.route.tab === "sessions" ? null : h("a", { class: "button", href: `#/sessions/${row.session_id}` }, "Go to the session")));
}

const nothing = (outcome) => ({
  no_answer: "None: no connection, or nothing within 5 seconds.",
  dropped: "It was dropped on purpose and never sent.",
  held: "It is held, or was when it was made: see the faults.",
})[outcome] ?? "None.";
