// Going by another nickname: a sheet that asks for it, and stays until the room has taken one.

import { el, iconButton, sheet } from "/bits.js";
import { sentence, t } from "/texts.js";

const NICKNAME = /^nickname-/;

export class Naming {
  /** `send(message)` returns whether it could be sent; `say(words)` where no sheet is open. */
  constructor(send, say) {
    Object.assign(this, { send, say });
    this.wished = "";
    this.opened = null;
  }

  /** Ask for a nickname; `nick` is the one that is held. */
  ask(nick) {
    this.field = el("input", { id: "new-nick", name: "nickname", required: true, maxlength: "64", autocomplete: "nickname", autocapitalize: "words", spellcheck: "false", enterkeyhint: "done", dir: "auto" });
    this.field.value = nick;
    this.problem = el("p", { class: "problem", role: "alert", id: "new-nick-problem" });
    const form = el(
      "form",
      { class: "naming", novalidate: true, onsubmit: (event) => { event.preventDefault(); this.wish(this.field.value, nick); } },
      el("div", { class: "form-row" }, el("label", { for: "new-nick" }, t("nickname")), this.field),
      this.problem,
      el("div", { class: "answers" }, el("button", { type: "button", class: "button", onclick: () => opened.close() }, t("cancel")), el("button", { type: "submit", class: "button main" }, t("rename"))),
    );
    const opened = sheet(t("yourNickname"), el("div", { class: "bar" }, el("h2", { class: "grow" }, t("yourNickname")), iconButton("close", t("close"), () => opened.close())), form);
    opened.addEventListener("close", () => { if (this.opened === opened) this.opened = null; });
    this.opened = opened;
    this.field.focus();
    this.field.select();
  }

  /** Wish for a nickname, from the sheet or by `/nick`. */
  wish(typed, held) {
    const nick = typed.trim();
    if (!nick) this.refuse("nickname-empty");
    else if (nick === held) this.opened?.close();
    else if (this.send({ t: "rename", nick })) this.wished = nick;
    else this.tell(t("connecting"));
  }

  /** Take a refusal, if it is one of a nickname that was wished for; returns whether it was. */
  onRejected(message) {
    if (!this.wished || message.cid || !NICKNAME.test(message.code)) return false;
    this.refuse(message.code, message.limit);
    return true;
  }

  /** Note that one has another nickname now. */
  onRenamed() {
    this.wished = "";
    this.opened?.close();
  }

  refuse(code, limit) {
    this.tell(sentence(code, { nick: this.wished, limit }));
    this.wished = "";
  }

  tell(words) {
    if (!this.opened) {
      this.say(words);
      return;
    }
    this.problem.textContent = words;
    this.field.setAttribute("aria-invalid", "true");
    this.field.setAttribute("aria-describedby", "new-nick-problem");
    this.field.focus();
  }
}
