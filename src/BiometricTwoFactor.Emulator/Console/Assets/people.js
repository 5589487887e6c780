// Users and their stored faces.

import { h } from "./dom.js";
import { clip, data } from "./text.js";

export function peopleView(state) {
  const { users } = state;
  return h("section", { class: "page", "aria-labelledby": "people-title" },
    h("div", { class: "page-head" },
      h("h1", { id: "people-title" }, "Users and faces"),
      h("p", { class: "quiet" }, "A face-match workflow needs a stored face: one of an approved session, or one that is stored here.")),
    h("section", { class: "card wide" },
      h("h2", {}, "Store a face"),
      h("form", { class: "inline", "data-form": "face" },
        h("div", { class: "field" },
          h("label", { for: "face-user" }, "User"),
          h("input", { id: "face-user", name: "user", required: true, autocomplete: "off", spellcheck: "false", placeholder: "user-42", class: "data" })),
        h("div", { class: "field" },
          h("label", { for: "face-file" }, "Picture, JPEG or PNG"),
          h("input", { id: "face-file", name: "file", type: "file", accept: "image/jpeg,image/png" }),
          h("p", { class: "hint" }, "Without one, scenarios work and pictures are declined.")),
        h("button", { type: "submit" }, "Store"))),
    h("section", { class: "card wide" },
      h("h2", {}, `Users (${users.count})`),
      users.results.length === 0
        ? h("p", { class: "quiet" }, "Nobody yet: a user is known by a session, a face or a block.")
        : h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Users" }, h("table", {},
          h("thead", {}, h("tr", {}, ["User", "Sessions", "Face", ""].map((title) => h("th", { scope: "col" }, title || h("span", { class: "unseen" }, "Actions"))))),
          h("tbody", {}, users.results.map(row))))));
}

function row(user) {
  const label = clip(user.vendor_data, 60);
  const button = (action, text) =>
    h("button", { class: "quiet", type: "button", "data-action": action, "data-user": user.vendor_data, "aria-label": `${text}: ${label}` }, text);
  return h("tr", { "data-key": user.vendor_data },
    h("th", { scope: "row" }, data(user.vendor_data, 120), user.is_blocked ? [" ", h("span", { class: "badge is-declined" }, "Blocked")] : null),
    h("td", { class: "number" }, user.sessions),
    h("td", {}, user.has_picture ? "with a picture" : user.has_face ? "without a picture" : h("span", { class: "quiet" }, "none")),
    h("td", { class: "end" },
      user.has_face ? button("forget-face", "Forget face") : null,
      user.is_blocked ? button("unblock", "Unblock") : button("block", "Block")));
}
