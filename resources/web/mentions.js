// Completes an @ to the nickname of somebody who is here: by arrows and Enter, or by a tap.

import { el } from "/bits.js";
import { colourOf, initials } from "/colours.js";
import { named, t } from "/texts.js";

const MOST = 6;
const LONGEST = 32;
const BEGUN = /(?:^|[^\p{L}\p{N}_])@([^@\n]*)$/u;

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export class Completion {
  /** Watches `field`; `people()` returns the members who can be meant; `put(from, to, text)` writes. */
  constructor(field, people, put) {
    Object.assign(this, { field, people, put });
    this.found = [];
    this.at = 0;
    this.list = el("ul", { class: "completion", id: "completion", role: "listbox", "aria-label": t("people"), hidden: true });
    this.said = el("p", { class: "unseen", role: "status" });
    this.element = el("div", {}, this.list, this.said);
    for (const [name, value] of [["aria-autocomplete", "list"], ["aria-controls", "completion"]]) field.setAttribute(name, value);
    field.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return this.found.length > 0;
  }

  /** Look at what stands before the caret, and offer who may be meant. */
  look() {
    const { selectionStart: caret, selectionEnd, value } = this.field;
    const begun = caret === selectionEnd ? BEGUN.exec(value.slice(0, caret)) : null;
    // After a space whoever writes goes on with the sentence, and Enter sends it.
    if (!begun || begun[1].length > LONGEST || /\s$/.test(begun[1])) {
      this.close();
      return;
    }
    const typed = folded(begun[1]);
    const fitting = this.people().filter((member) => folded(member.nick).startsWith(typed));
    const isWhole = fitting.length === 1 && fitting[0].nick === begun[1];
    this.from = caret - begun[1].length - 1;
    this.to = caret;
    this.found = isWhole ? [] : fitting.sort((a, b) => a.nick.localeCompare(b.nick)).slice(0, MOST);
    this.at = 0;
    this.show();
    this.said.textContent = named(this.found.map((member) => member.nick));
  }

  show() {
    this.list.hidden = !this.isOpen;
    this.list.replaceChildren(
      ...this.found.map((member, place) =>
        el(
          "li",
          // What has the focus keeps it: a tap on the list takes none.
          { id: `completion-${place}`, role: "option", "aria-selected": String(place === this.at), onpointerdown: (event) => event.preventDefault(), onmousedown: (event) => event.preventDefault(), onclick: () => this.choose(place) },
          el("span", { class: `avatar small p${colourOf(member.device, member.colour)}`, "aria-hidden": "true" }, initials(member.nick)),
          el("bdi", {}, member.nick),
        ),
      ),
    );
    if (this.isOpen) this.field.setAttribute("aria-activedescendant", `completion-${this.at}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    if (!this.isOpen) return;
    this.found = [];
    this.said.textContent = "";
    this.show();
  }

  choose(place = this.at) {
    const { nick } = this.found[place];
    const { from, to } = this;
    this.close();
    this.put(from, to, `@${nick} `);
  }

  /** Take a key if it is for the list; returns whether it was. */
  onKey(event) {
    if (!this.isOpen || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      this.at = (this.at + steps[event.key] + this.found.length) % this.found.length;
      this.show();
    } else if (event.key === "Enter" || event.key === "Tab") this.choose();
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
