// Builds and updates the page. Data only ever becomes text or an attribute's value: there is no HTML to inject into.

const svgNames = new Set(["svg", "rect", "path", "circle", "g"]);

/** An element. A property that is null, undefined or false is left out; children are nodes, texts, or lists of them. */
export function h(name, properties, ...children) {
  const element = svgNames.has(name)
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key === "checked" || key === "disabled" || key === "selected") {
      element[key] = true;
      element.setAttribute(key, "");
    } else {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) {
      append(element, child);
    } else if (child instanceof Node) {
      element.append(child);
    } else if (child !== null && child !== undefined && child !== false) {
      element.append(document.createTextNode(String(child)));
    }
  }
}

/**
 * Makes what is shown like what was built, by as few changes as it takes: focus, scrolling, what was typed and what was
 * unfolded stay as they are. Elements of a list are told apart by data-key.
 */
export function morph(shown, built) {
  if (shown.nodeType !== built.nodeType || shown.nodeName !== built.nodeName || keyOf(shown) !== keyOf(built)) {
    shown.replaceWith(built);
    return;
  }
  if (shown.nodeType === Node.TEXT_NODE) {
    if (shown.data !== built.data) {
      shown.data = built.data;
    }
    return;
  }
  if (shown.dataset.asked) {
    return; // a question that is not answered yet stays as it is
  }
  copyAttributes(shown, built);
  morphChildren(shown, [...built.childNodes]);
}

/** The same for what is inside of an element. */
export function morphInside(shown, ...children) {
  const holder = document.createDocumentFragment();
  append(holder, children);
  morphChildren(shown, [...holder.childNodes]);
}

function morphChildren(shown, wanted) {
  const keyed = new Map();
  for (const child of shown.childNodes) {
    if (keyOf(child) !== null) {
      keyed.set(keyOf(child), child);
    }
  }
  let cursor = shown.firstChild;
  for (const child of wanted) {
    const key = keyOf(child);
    let match = null;
    if (key !== null) {
      match = keyed.get(key) ?? null;
      keyed.delete(key);
    } else if (cursor && keyOf(cursor) === null && cursor.nodeName === child.nodeName) {
      match = cursor;
    }
    if (!match) {
      shown.insertBefore(child, cursor);
      continue;
    }
    if (match === cursor) {
      cursor = cursor.nextSibling;
    } else {
      shown.insertBefore(match, cursor);
    }
    morph(match, child);
  }
  while (cursor) {
    const next = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
}

function copyAttributes(shown, built) {
  for (const { name } of [...shown.attributes]) {
    // Whether something is unfolded is for the person who looks at it.
    if (!built.hasAttribute(name) && !(name === "open" && shown.nodeName === "DETAILS")) {
      shown.removeAttribute(name);
    }
  }
  for (const { name, value } of built.attributes) {
    if (shown.getAttribute(name) !== value && !(name === "open" && shown.nodeName === "DETAILS")) {
      shown.setAttribute(name, value);
    }
  }
  // A switch shows what the emulator says, not what was clicked.
  if (shown.type === "checkbox") {
    shown.checked = built.checked;
  }
  if ("disabled" in shown && shown.disabled !== built.disabled) {
    shown.disabled = built.disabled;
  }
}

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.getAttribute("data-key") : null);
