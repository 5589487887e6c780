// What the buttons and forms do. Each ends in a change that the emulator tells of, so that nothing is drawn here.

import { patch, post, put, remove } from "./api.js";
import { readFault } from "./faults.js";

const session = (state) => `sessions/${state.route.id}`;
// The page hears of what follows: it need not wait for a webhook's receiver.
const atOnce = { wait: false };

export const buttons = {
  approve: (state) => post(`${session(state)}/review`, { approved: true, ...atOnce }),
  decline: (state) => post(`${session(state)}/review`, { approved: false, ...atOnce }),
  open: (state) => post(`${session(state)}/open`, atOnce),
  age: (state) => post(`${session(state)}/age`, atOnce),
  delete: async (state) => {
    await remove(session(state));
    location.hash = "#/sessions";
  },
  replay: async (state, button, tell) => {
    const sent = await post(`deliveries/${button.dataset.deliveryId}/replay`);
    tell(sent.response_status === null ? "Sent again: there was no answer." : `Sent again: the answer was ${sent.response_status}.`);
  },
  release: (state, button, tell) => post("faults/release").then(() => tell("Released.")),
  "remove-fault": (state, button) => remove(`faults/${button.dataset.faultId}`),
  "clear-faults": () => remove("faults"),
  "forget-face": (state, button) => remove("users/face", { vendor_data: button.dataset.user }),
  block: (state, button) => put("users/block", { vendor_data: button.dataset.user }),
  unblock: (state, button) => remove("users/block", { vendor_data: button.dataset.user }),
  "sign-out": async () => {
    await post("sign-out");
    location.reload();
  },
};

export const forms = {
  complete: (state, form) => post(`${session(state)}/complete`, { scenario: new FormData(form).get("scenario"), ...atOnce }),
  "plan-fault": async (state, form, tell) => {
    await post("faults", readFault(form));
    tell("Planned.");
  },
  delay: async (state, form, tell) => {
    await patch("faults/switches", { delay_seconds: Number(new FormData(form).get("seconds")) });
    tell("Set.");
  },
  face: async (state, form, tell) => {
    const values = new FormData(form);
    const file = values.get("file");
    await put("users/face", { vendor_data: values.get("user") }, file?.size > 0 ? file : undefined);
    form.reset();
    tell("Stored.");
  },
  "sign-in": async (state, form) => {
    await post("sign-in", { api_key: new FormData(form).get("key") });
    location.reload();
  },
};

export const flip = (input) => patch("faults/switches", { [input.name]: input.checked });
