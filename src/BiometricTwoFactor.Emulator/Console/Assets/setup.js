// How the emulator is set up, and what a developer copies from it.

import { h } from "./dom.js";
import { clip, count, step, words } from "./text.js";
import { copy } from "./sessions.js";

export function setupView(state) {
  return h("section", { class: "page", "aria-labelledby": "setup-title" },
    h("div", { class: "page-head" },
      h("h1", { id: "setup-title" }, "Setup"),
      h("p", { class: "quiet" }, "What your application needs to know, and what this emulator was started with."),
      state.settings.needs_sign_in ? h("button", { type: "button", "data-action": "sign-out" }, "Sign out") : null),
    h("div", { class: "columns" },
      h("section", { class: "card column" }, h("h2", {}, "For your application"), connection(state)),
      h("section", { class: "card column" }, h("h2", {}, "Settings"), settings(state))),
    h("section", { class: "card wide" }, h("h2", {}, "Workflows"), workflows(state.workflows)),
    h("section", { class: "card wide" }, h("h2", {}, "Without this page"), control(state.settings)));
}

const fact = (name, value) => h("div", { "data-key": name }, h("dt", {}, name), h("dd", {}, value));

function connection(state) {
  const { secrets, settings: { base_address: address }, destinations } = state;
  return [
    h("dl", { class: "facts" },
      fact("API address", [h("code", {}, address), copy(address, "Copy the address")]),
      fact("API key", secret(secrets?.api_key, "the API key")),
      destinations.length > 0 ? null : [
        fact("Webhooks go to", h("span", { class: "quiet" }, "nowhere")),
        fact("Webhook secret", secret(secrets?.webhook_secret, "the webhook secret")),
      ],
      destinations.map((each) => destination(each, secrets?.destinations[each.destination_id]))),
    h("button", { type: "button", "data-action": secrets ? "hide-secrets" : "reveal-secrets" }, secrets ? "Hide the secrets" : "Reveal the secrets"),
  ];
}

function destination(each, own) {
  const told = `${each.webhook_version} · ${each.subscribed_events.join(", ") || "no events"} · ${count(each.deliveries, "attempt")}, ${each.failed_deliveries} failed`;
  return h("div", { "data-key": each.destination_id },
    h("dt", {}, `Webhooks: ${clip(each.label, 60)}`, each.is_enabled ? null : " (off)"),
    h("dd", {}, h("code", { class: "block" }, clip(each.url, 300)), h("span", { class: "hint block" }, told),
      h("span", { class: "hint" }, "Secret "), secret(own, `the secret of ${clip(each.label, 60)}`)));
}

const secret = (value, label) => value
  ? [h("code", {}, value), copy(value, `Copy ${label}`)]
  : h("span", { class: "masked", "aria-label": "hidden" }, "••••••••••••••••");

function settings({ settings: all }) {
  return h("dl", { class: "facts" },
    fact("Environment", all.environment),
    fact("Application id", h("code", {}, all.application_id)),
    fact("Session lifetime", span(all.session_lifetime_seconds)),
    fact("Webhook retries", all.webhook_retry_seconds.length === 0 ? "none" : `after ${all.webhook_retry_seconds.map(span).join(", then ")}`),
    fact("Passive liveness", all.measures_liveness ? "measured" : "simulated"),
    fact("Editions", Object.entries(all.editions).map(([name, edition]) => `${words(name).toLowerCase()}: ${edition}`).join(" · ")));
}

function span(seconds) {
  const [size, unit] = seconds >= 172_800 ? [86_400, "day"] : seconds >= 7_200 ? [3_600, "hour"] : seconds >= 60 ? [60, "minute"] : [1, "second"];
  return count(Number((seconds / size).toFixed(1)), unit);
}

function workflows(all) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Workflows" }, h("table", {},
    h("thead", {}, h("tr", {}, ["Name", "workflow_id", "Steps", "Liveness", "Face match"].map((title) => h("th", { scope: "col" }, title)))),
    h("tbody", {}, all.map((each) => h("tr", { "data-key": each.workflow_id },
      h("th", { scope: "row" }, clip(each.name, 80)),
      h("td", { class: "firm" }, h("code", {}, clip(each.workflow_id, 80)), copy(each.workflow_id, `Copy the id of ${each.name}`)),
      h("td", {}, each.features.map(step).join(", ")),
      h("td", {}, h("code", {}, each.liveness_method), ` above ${each.liveness_decline_at_or_below}`),
      h("td", {}, each.face_match_approve_above === null ? h("span", { class: "quiet" }, "none")
        : `above ${each.face_match_approve_above}, declined up to ${each.face_match_decline_at_or_below}`))))));
}

function control(all) {
  const lines = [
    `curl ${all.base_address}emulator/api/sessions -H "x-api-key: $EMULATOR_API_KEY"`,
    `curl -X POST ${all.base_address}emulator/api/sessions/$ID/complete -H "x-api-key: $EMULATOR_API_KEY" \\`,
    '  -H "content-type: application/json" -d \'{"scenario": "decline_liveness_attack"}\'',
    `curl -X POST ${all.base_address}emulator/api/faults -H "x-api-key: $EMULATOR_API_KEY" \\`,
    '  -H "content-type: application/json" -d \'{"kind": "webhook_delay", "seconds": 20}\'',
  ].join("\n");
  return h("figure", { class: "code" },
    h("figcaption", {}, "Everything on these pages is an API, too", copy(lines, "Copy the examples")),
    h("pre", { tabindex: "0" }, lines));
}
