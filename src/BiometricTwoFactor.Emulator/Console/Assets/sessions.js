// The list of sessions.

import { h } from "./dom.js";
import { age, badge, clip, count, data } from "./text.js";

const order = ["Not Started", "In Progress", "In Review", "Approved", "Declined", "Resubmitted", "Awaiting User", "Expired", "Kyc Expired", "Abandoned"];

export function sessionList(state) {
  const { list, filter, route } = state;
  const rows = list.results;
  return h("section", { class: "list", "aria-label": "Sessions" }, h("div", { class: "inner" },
    h("form", { class: "find", role: "search", "data-form": "search" },
      h("input", {
        type: "search", name: "search", placeholder: "User, id, workflow or #number", "aria-label": "Search sessions",
        autocomplete: "off", spellcheck: "false", "data-input": "search", maxlength: "200",
      }),
      h("div", { class: "chips", role: "group", "aria-label": "Filter by status" },
        chip("All", "", Object.values(list.statuses).reduce((sum, each) => sum + each, 0), filter.status === ""),
        order.filter((status) => list.statuses[status] || filter.status === status)
          .map((status) => chip(status, status, list.statuses[status] ?? 0, filter.status === status)))),
    rows.length > 0
      ? h("ul", { class: "rows" }, rows.map((row) => line(row, route.id === row.session_id, state.now())))
      : h("p", { class: "empty" }, "No session is like that."),
    list.count > rows.length
      ? h("button", { class: "quiet more", type: "button", "data-action": "more-sessions" },
        `Show more: ${rows.length} of ${list.count}`)
      : null));
}

const chip = (label, value, number, pressed) =>
  h("button", { class: "chip", type: "button", "data-action": "filter", "data-value": value, "aria-pressed": String(pressed), "data-key": `chip-${value}` },
    label, " ", h("span", { class: "number" }, number));

function line(row, isCurrent, now) {
  const failed = row.last_delivery !== null && row.last_delivery !== "accepted";
  return h("li", { "data-key": row.session_id },
    h("a", { class: "row", href: `#/sessions/${row.session_id}`, "aria-current": isCurrent ? "true" : null },
      h("span", { class: "who" }, row.vendor_data === null ? h("span", { class: "quiet" }, "no user") : data(row.vendor_data, 80)),
      h("time", { class: "age", datetime: row.created_at }, age(row.created_at, now)),
      h("span", { class: "what" },
        h("span", { class: "number" }, `#${row.session_number}`), " ",
        row.amount ? [h("bdi", { class: "amount" }, clip(row.amount, 40)), " · "] : null, clip(row.workflow, 40)),
      h("span", { class: "state" },
        failed ? h("span", { class: "flag", title: `Last webhook: ${row.last_delivery.replace("_", " ")}` },
          h("span", { class: "unseen" }, `Last webhook: ${row.last_delivery.replace("_", " ")}. `), "⚠") : null,
        badge(row.is_deleted ? "Deleted" : row.status))));
}

/** Before there is anything to see. */
export function firstSession(state) {
  const workflow = state.workflows.find((each) => !each.needs_stored_face) ?? state.workflows[0];
  const command = [
    `curl -X POST ${state.settings.base_address}v3/session/ \\`,
    '  -H "x-api-key: $EMULATOR_API_KEY" \\',
    '  -H "content-type: application/json" \\',
    `  -d '{"workflow_id": "${workflow.workflow_id}", "vendor_data": "user-42"}'`,
  ].join("\n");
  return h("section", { class: "welcome", "aria-labelledby": "welcome" },
    h("img", { src: "/emulator/assets/mark.svg", alt: "", width: "48", height: "48" }),
    h("h1", { id: "welcome" }, "No session yet"),
    h("p", {}, "Let your application open one, or create it by hand. It appears here by itself."),
    h("figure", { class: "code" },
      h("figcaption", {}, "Create a session", copy(command, "Copy the command")),
      h("pre", { tabindex: "0" }, command)),
    h("p", { class: "quiet" }, "The API key is under ", h("a", { href: "#/setup" }, "Setup"), "."));
}

export const copy = (text, label) =>
  h("button", { class: "copy", type: "button", "data-action": "copy", "data-text": text, "aria-label": label, title: label }, "Copy");

/** What has changed since the last look, in a sentence; empty when nothing has. */
export function changes(before, after) {
  if (!before) {
    return "";
  }
  const known = new Map(before.results.map((row) => [row.session_id, row.status]));
  const changed = after.results.filter((row) => known.size > 0 || before.count === 0 ? known.get(row.session_id) !== row.status : false);
  if (changed.length === 0) {
    return "";
  }
  return changed.length === 1
    ? `Session ${changed[0].session_number}: ${changed[0].status}`
    : `${count(changed.length, "session")} changed`;
}
