// One session: what was asked, what came of it, and what can be done.

import { h } from "./dom.js";
import { badge, clip, data, dateTime, plain, step, time, words } from "./text.js";
import { copy } from "./sessions.js";
import { deliveryList } from "./deliveries.js";
import { faultForm, plannedList } from "./faults.js";

const outcomes = {
  approve: "Approve",
  decline_face_match_low_similarity: "Decline: another person",
  decline_liveness_attack: "Decline: not a live face",
  decline_ip_blocklist: "Decline: blocked address",
  review_face_match_borderline: "Hold for review",
  abandon: "Leave without finishing",
  expire: "Let the link expire",
};

export function sessionView(state) {
  const session = state.session;
  return h("article", { class: "detail", "aria-labelledby": "session-title", "data-key": session.session_id },
    h("a", { class: "back", href: "#/sessions" }, "‹ Sessions"),
    head(session),
    h("div", { class: "columns" },
      h("div", { class: "column" }, asked(session), result(session), frames(state)),
      h("div", { class: "column" }, timeline(session), facts(session))),
    card("Webhooks", deliveryList(session.webhooks, state, "This session has sent none."), "wide"),
    faults(state));
}

function head(session) {
  const can = (action) => session.actions.includes(action);
  const undecided = session.status === "In Review";
  return h("header", { class: "head" },
    h("div", { class: "title" },
      h("h1", { id: "session-title" }, session.vendor_data === null ? "No user" : data(session.vendor_data, 160)),
      badge(session.is_deleted ? "Deleted" : session.status)),
    h("p", { class: "sub" },
      h("span", {}, `#${session.session_number} · ${clip(session.workflow, 80)}`),
      h("span", { class: "id" }, h("code", {}, session.session_id), copy(session.session_id, "Copy the session's id"))),
    session.actions.length === 0 ? null : h("div", { class: "actions" },
      can("complete") ? h("form", { class: "finish", "data-form": "complete" },
        h("label", { class: "unseen", for: "outcome" }, "Outcome"),
        h("select", { id: "outcome", name: "scenario" }, Object.entries(outcomes).map(([value, label]) =>
          h("option", { value, selected: value === (session.scenario ?? "approve") }, label))),
        h("button", { class: "main", type: "submit" }, "Finish")) : null,
      can("approve") && !can("complete") ? act("approve", undecided ? "Approve" : "Overturn: approve", undecided ? "good" : "") : null,
      can("decline") && !can("complete") ? act("decline", undecided ? "Decline" : "Overturn: decline", undecided ? "bad" : "") : null,
      can("open") ? act("open", "Open as the customer") : null,
      can("age") ? act("age", "Let it age") : null,
      can("complete") && session.hosted_page
        ? h("a", { class: "button", href: session.hosted_page, target: "_blank", rel: "noopener noreferrer" }, "Hosted page ↗") : null,
      can("delete") ? h("button", { class: "quiet end", type: "button", "data-action": "delete", "data-confirm": "Really delete?" }, "Delete") : null));
}

const act = (action, label, kind = "") =>
  h("button", { class: kind || null, type: "button", "data-action": action, "data-key": `act-${action}` }, label);

export const card = (title, content, kind = "") =>
  h("section", { class: `card ${kind}`.trim(), "data-key": `card-${title}` }, h("h2", {}, title), content);

/** Amount and payee are what a payment is about: the rest of the metadata comes after them. */
function asked(session) {
  const metadata = session.metadata;
  if (metadata === null) {
    return null;
  }
  const isObject = typeof metadata === "object" && !Array.isArray(metadata);
  const members = isObject ? Object.entries(metadata) : [];
  const payee = ["payee_name", "payee_account"].map((name) => (isObject ? metadata[name] : null)).filter((each) => typeof each === "string" && each);
  const shown = new Set(session.amount ? ["amount", "currency", "payee_name", "payee_account"] : []);
  const rest = members.filter(([name]) => !shown.has(name));
  return card("Asked for", [
    session.amount ? h("p", { class: "payment" },
      h("strong", {}, h("bdi", {}, clip(session.amount, 60))),
      payee.length > 0 ? [h("span", { class: "quiet" }, "to"), payee.map((each) => data(each, 120))] : null) : null,
    rest.length > 0 ? table(rest.slice(0, 60).map(([name, value]) => [clip(name, 80), typeof value === "string" ? value : JSON.stringify(value)]), "named") : null,
    isObject ? null : h("pre", { tabindex: "0" }, clip(JSON.stringify(metadata, null, 2), 4000)),
  ]);
}

const table = (rows, kind = "") => h("dl", { class: `facts ${kind}`.trim() }, rows.map(([name, value], index) =>
  h("div", { "data-key": `${index}-${name}` }, h("dt", {}, name), h("dd", {}, value instanceof Node ? value : data(value, 1200)))));

const word = (text) => h("span", {}, text);

function result(session) {
  const found = session.result;
  if (found === null) {
    return card("Result", h("p", { class: "quiet" }, session.actions.includes("complete") ? "The capture is not finished." : "It ended without a capture."));
  }
  return card("Result", [
    h("p", { class: "quiet note" }, found.is_of_picture ? "A picture was judged." : `Chosen by the scenario ${session.scenario ?? ""}: every score is simulated.`),
    found.steps.map((each) => stepView(each, found)),
  ]);
}

function stepView(each, found) {
  const notes = [];
  if (each.feature === "LIVENESS") {
    notes.push(found.liveness_method);
    if (found.face_quality !== null) {
      notes.push(`quality ${found.face_quality}`, `luminance ${found.face_luminance}`);
    }
  }
  if (!found.is_of_picture || each.warnings.some((warning) => warning.risk.endsWith("_SIMULATED"))) {
    notes.push("simulated");
  }
  return h("div", { class: "step", "data-key": each.feature },
    h("div", { class: "line" },
      h("h3", {}, step(each.feature)),
      h("span", { class: "tags" }, notes.map((note) => h("span", { class: "tag" }, note))),
      each.score === null ? null : h("span", { class: "score" }, Number(each.score).toFixed(2)),
      badge(each.status)),
    each.score === null ? null : bar(each),
    each.warnings.map((warning) => h("p", { class: `warning is-${warning.log_type}`, title: warning.long_description },
      h("code", {}, warning.risk), " ", warning.short_description)));
}

/** The score upon the thresholds' zones. */
function bar({ feature, score, status, decline_at_or_below: low, approve_above: high }) {
  const value = Math.min(100, Math.max(0, score));
  const zone = (x, to, kind) => h("rect", { x, y: 0, width: Math.max(0, to - x), height: 8, class: kind });
  const rule = low === null ? "" : low === high ? `approves above ${high}` : `declines up to ${low}, approves above ${high}`;
  return h("div", { class: "measure" },
    h("div", { role: "meter", "aria-label": `${step(feature)} score`, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": value },
      h("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true", class: "bar" },
        zone(0, low ?? 0, "zone bad"), zone(low ?? 0, high ?? 0, "zone middle"), zone(high ?? 0, 100, "zone good"),
        h("rect", { x: 0, y: 2, width: value, height: 4, class: `value is-${status.toLowerCase().replace(" ", "-")}` }),
        low === null ? null : [low, high].map((x) => h("rect", { x: Math.max(0, x - 0.25), y: 0, width: 0.5, height: 8, class: "tick" })))),
    h("p", { class: "rule" }, rule));
}

function frames(state) {
  const { session, pictures } = state;
  if (!session.picture_count) {
    return null;
  }
  const shown = pictures?.id === session.session_id ? pictures.urls : [];
  return card(session.picture_count === 1 ? "Captured frame" : "Captured frames", shown.length
    ? h("figure", { class: "frames" }, shown.map((src, index) => h("img", { src, alt: `Captured frame ${index + 1} of ${session.picture_count}`, "data-key": index })),
      h("figcaption", {}, "Held in memory, and zeroed with newer captures, the session, its user or the emulator."))
    : h("p", { class: "quiet" }, "Loading…"));
}

function timeline(session) {
  return card("Timeline", h("ol", { class: "timeline" }, session.timeline.map((entry, index) =>
    h("li", { class: `is-${entry.what.replaceAll("_", "-")}`, "data-key": index },
      time(entry.at),
      h("span", {}, entry.what === "status_updated" && entry.detail
        ? badge(entry.detail)
        : [h("b", {}, words(clip(entry.what, 60))), entry.detail ? [" ", isStatus(entry) ? badge(entry.detail) : data(entry.detail, 300)] : null])))));
}

const isStatus = (entry) => entry.what === "reviewed" || entry.what === "replayed";

function facts(session) {
  const device = [session.device.browser, session.device.os, session.device.address].filter(Boolean).join(" · ");
  return card("Details", table([
    ["Created", dateTime(session.created_at)],
    ["Expires", dateTime(session.expires_at)],
    ["Workflow", h("code", {}, clip(session.workflow_id, 120))],
    ["Steps", word(session.features.map(step).join(", "))],
    session.scenario ? ["Scenario", h("code", {}, clip(session.scenario, 80))] : null,
    session.callback ? ["Callback", session.callback] : null,
    ["Redirected", word(words(session.callback_method))],
    device ? ["Device", device] : null,
    session.has_portrait ? ["Portrait", word("Came with the request")] : null,
    ...session.reviews.map((review) => [`Review ${dateTime(review.at).slice(11)}`, `${review.status}${review.comment ? `: ${plain(review.comment)}` : ""}`]),
  ].filter(Boolean)));
}

function faults(state) {
  const { session } = state;
  if (session.is_deleted) {
    return null;
  }
  const own = state.faults.planned.filter((fault) => fault.session_id === session.session_id);
  return card("Faults of this session", [
    plannedList(own, "Nothing is planned for it.", true),
    faultForm(state, session.session_id),
  ], "wide");
}
