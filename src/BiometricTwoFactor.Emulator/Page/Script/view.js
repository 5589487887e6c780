// What the person sees and hears of the capture.

const byId = (id) => document.getElementById(id);

export const page = byId("page");
const texts = JSON.parse(page?.dataset.texts ?? "{}");

export const text = (key) => texts[key] ?? "";

const parts = { intro: byId("intro"), stage: byId("stage"), guide: byId("guide"), take: byId("take"), alert: byId("alert"), still: byId("still") };

export const video = byId("video");
export const still = parts.still;

/** @param {"intro" | "stage" | "none"} which */
export function show(which) {
  parts.intro.hidden = which !== "intro";
  parts.stage.hidden = which !== "stage";
  byId("lead").hidden = which === "stage";
  if (which === "stage") {
    parts.stage.focus({ preventScroll: true }); // the button that had it is gone
  }
}

let said = "";

/** Says it in the live region, each thing once, however often it is advised. */
export function guide(key, mood = "") {
  parts.stage.dataset.mood = mood;
  if (said !== key) {
    said = key;
    parts.guide.textContent = text(`guide_${key}`);
  }
}

/** @param {"" | "left" | "right"} side Where the arrow points: the view is a mirror, so the person's left is on the left. */
export const point = (side) => (parts.stage.dataset.turn = side);

/** The button that takes the picture now; false hides it. */
export const offerTake = (offered) => (parts.take.hidden = !offered);

export const hideStill = () => (parts.still.hidden = true);

/** Puts sentences where a screen reader announces them, and the focus with them. */
export function alarm(sentences) {
  parts.alert.replaceChildren(...sentences.filter(Boolean).map((sentence) => {
    const line = document.createElement("p");
    line.textContent = sentence;
    return line;
  }));
  if (sentences.length > 0) {
    parts.alert.focus();
    parts.alert.scrollIntoView({ block: "nearest" });
  }
}

/** Opens or folds the picture form, which not every page has. */
export function unfoldPicture(open) {
  const picture = byId("by-picture");
  if (picture) {
    picture.open = open;
  }
}

export const startLabel = (key) => (byId("start").textContent = text(key));

/** The end, as the server wrote it. */
export function end(html, title) {
  page.innerHTML = html;
  const heading = page.querySelector("h1");
  document.title = title ?? `${heading.textContent} – ${document.title.split(" – ").at(-1)}`;
  heading.focus();
}

/** The way on: a link, a button, or words only. */
export function next(...parts) {
  const place = byId("next");
  place.className = "next";
  place.replaceChildren(...parts);
}
