// Misbehaviour: what is planned, the form to plan more, and the switches.

import { h } from "./dom.js";
import { clip, count, words } from "./text.js";

const groups = [["webhook_", "Webhooks"], ["verdict_", "Verdicts"], ["api_", "API"]];

const switches = [
  ["drop_webhooks", "Drop webhooks", "They are logged as dropped and never sent."],
  ["hold_webhooks", "Hold webhooks", "They are made and signed, and wait to be released."],
  ["sign_with_wrong_secret", "Sign with a wrong secret", "A secret that no receiver knows."],
  ["unavailable", "Answer 503", "Every address but the console's."],
  ["hang_up", "Hang up", "The API closes the connection without an answer."],
  ["answer_nonsense", "Answer nonsense", "The API answers 200 with JSON that ends in the middle."],
];

export function faultsView(state) {
  const { planned } = state.faults;
  const isAnything = planned.length > 0 || switches.some(([name]) => state.faults.switches[name]) || state.faults.switches.delay_seconds > 0;
  return h("section", { class: "page", "aria-labelledby": "faults-title" },
    h("div", { class: "page-head" },
      h("h1", { id: "faults-title" }, "Faults"),
      h("p", { class: "quiet" }, "What goes wrong on purpose, for every session. A session's own faults are planned on its page, and strike first."),
      isAnything ? h("button", { type: "button", "data-action": "clear-faults", "data-confirm": "Really everything off?" }, "Everything off") : null),
    h("div", { class: "columns" },
      h("section", { class: "card column" }, h("h2", {}, "Planned"), plannedList(planned, "Nothing is planned."), faultForm(state, null)),
      h("section", { class: "card column" }, h("h2", {}, "Switches"), switchList(state.faults.switches))));
}

function switchList(on) {
  return [
    h("ul", { class: "switches" }, switches.map(([name, label, hint]) =>
      h("li", { "data-key": name },
        h("label", { class: "switch" },
          h("input", { type: "checkbox", role: "switch", name, checked: on[name], "data-change": "switch", "aria-describedby": `hint-${name}` }),
          h("span", {}, label)),
        h("p", { id: `hint-${name}`, class: "quiet" }, hint),
        name === "hold_webhooks" ? h("button", { type: "button", "data-action": "release" }, "Release what is held") : null))),
    h("form", { class: "inline", "data-form": "delay" },
      h("label", { for: "delay" }, "Every API answer waits"),
      h("input", { id: "delay", name: "seconds", type: "number", min: "0", max: "3600", step: "any", value: on.delay_seconds, required: true }),
      h("span", {}, "seconds"),
      h("button", { type: "submit" }, "Set")),
  ];
}

export function plannedList(faults, none, isOfOne = false) {
  return faults.length === 0
    ? h("p", { class: "quiet" }, none)
    : h("ul", { class: "planned" }, faults.map((fault) => h("li", { "data-key": fault.id },
      h("span", { class: "bolt", "aria-hidden": "true" }, "ϟ"),
      h("div", {},
        h("b", {}, words(fault.kind)),
        h("p", { class: "quiet" }, [
          fault.times === null ? "until removed" : count(fault.times, "time"),
          fault.seconds === null ? null : `${fault.seconds} s`,
          fault.count === null ? null : `× ${fault.count}`,
          fault.text === null ? null : `“${clip(fault.text, 60)}”`,
        ].filter(Boolean).join(" · "),
        isOfOne ? null : fault.session_id === null ? " · any session" : [" · ", h("a", { href: `#/sessions/${fault.session_id}` }, `session ${fault.session_id.slice(0, 8)}`)])),
      h("button", { class: "quiet", type: "button", "data-action": "remove-fault", "data-fault-id": fault.id, "aria-label": `Remove ${words(fault.kind)}` }, "Remove"))));
}

/** The form to plan a fault: for a session, or for any. It shows the fields that the chosen kind reads. */
export function faultForm(state, sessionId) {
  const kind = state.kinds.find((each) => each.kind === state.chosenKind) ?? state.kinds[0];
  return h("form", { class: "plan", "data-form": "plan-fault", "data-session": sessionId ?? "", "aria-label": "Plan a fault" },
    h("div", { class: "field kind" },
      h("label", { for: "fault-kind" }, "Plan a fault"),
      h("select", { id: "fault-kind", name: "kind", "data-change": "kind", "aria-describedby": "fault-explained" }, groups.map(([prefix, label]) =>
        h("optgroup", { label }, state.kinds.filter((each) => each.kind.startsWith(prefix))
          .map((each) => h("option", { value: each.kind, selected: each.kind === kind.kind }, words(each.kind)))))),
      h("p", { id: "fault-explained", class: "hint" }, kind.explanation)),
    h("div", { class: "fields" },
      field("times", "Times", { type: "number", min: "1", step: "1", value: "1" }, "Empty: until removed"),
      kind.seconds ? field("seconds", "Seconds", { type: "number", min: "0", step: "any" }, kind.seconds) : null,
      kind.count ? field("count", "Number", { type: "number", min: "1", step: "1" }, kind.count) : null,
      kind.text ? field("text", "Text", { type: "text", maxlength: "200" }, kind.text) : null),
    h("button", { type: "submit" }, "Plan it"));
}

const field = (name, label, properties, hint) =>
  h("div", { class: "field", "data-key": name },
    h("label", { for: `fault-${name}` }, label),
    h("input", { id: `fault-${name}`, name, "aria-describedby": `fault-${name}-hint`, ...properties }),
    h("p", { id: `fault-${name}-hint`, class: "hint" }, hint));

/** What the form says, in the API's words. */
export function readFault(form) {
  const values = new FormData(form);
  const fault = { kind: values.get("kind"), times: values.get("times") === "" ? null : Number(values.get("times")) };
  for (const name of ["seconds", "count"]) {
    if (values.get(name)) {
      fault[name] = Number(values.get(name));
    }
  }
  if (values.get("text")) {
    fault.text = values.get("text");
  }
  if (form.dataset.session) {
    fault.session_id = form.dataset.session;
  }
  return fault;
}
