// What everything here is made of: elements without markup, ids, base64, the reader's storage.

import { SHAPES } from "/icons.js";

const SVG = "http://www.w3.org/2000/svg";

/** Return an element. Text becomes text, whatever is in it; no string is ever read as markup. */
export function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Return one of Papo's icons, hidden from screen readers: what it means is said beside it. */
export function icon(name, size = 20) {
  const made = document.createElementNS(SVG, "svg");
  const given = { viewBox: "0 0 24 24", width: size, height: size, class: "icon", "aria-hidden": "true" };
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
  for (const [tag, attributes] of SHAPES[name] || []) {
    const part = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    made.append(part);
  }
  return made;
}

/** Return a button that shows an icon alone, with its name for everybody else. */
export function iconButton(name, label, onclick, given = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...given }, icon(name));
}

export function randomBytes(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

export function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text || ""), (letter) => letter.charCodeAt(0));
}

export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(text) {
  return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
}

/** What this browser keeps for this room; a browser that keeps nothing forgets it with the page. */
export const kept = {
  read(key, otherwise = null, place = "localStorage") {
    try {
      const found = window[place].getItem(`papo.${key}`);
      return found === null ? otherwise : JSON.parse(found);
    } catch {
      return otherwise;
    }
  },
  write(key, value, place = "localStorage") {
    try {
      if (value === null) window[place].removeItem(`papo.${key}`);
      else window[place].setItem(`papo.${key}`, JSON.stringify(value));
    } catch {
      // Storage is full, or forbidden: the page works, and forgets.
    }
  },
};

/** Open a sheet over the page, and return it; Escape and a tap beside it close it. */
export function sheet(label, ...children) {
  const opened = el("dialog", { class: "sheet", "aria-label": label }, ...children);
  opened.addEventListener("click", (event) => {
    if (event.target === opened) opened.close();
  });
  opened.addEventListener("close", () => opened.remove());
  document.body.append(opened);
  opened.showModal();
  return opened;
}
