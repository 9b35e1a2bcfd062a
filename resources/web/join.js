// The page before the room: what it is called, how safe the way is, who one wants to be.

import { el, icon, kept, sheet, iconButton } from "/bits.js";
import { colourOfRoom, tile } from "/colours.js";
import { sentence, t, wordList } from "/texts.js";

export const isEncrypted = location.protocol === "https:";

/** Return what the host says of the room; null where it does not answer, a code where it refuses. */
export async function ask() {
  try {
    const answer = await fetch("/about", { cache: "no-store" });
    if (answer.ok) return await answer.json();
    return { refused: answer.status === 403 ? "no-guests" : `http-${answer.status}` };
  } catch {
    return null;
  }
}

/** Say what is promised on this way, and what is not, with the fingerprint to compare. */
export function explain(about) {
  const hex = (about.fingerprint || "").toUpperCase().match(/.{1,4}/g) || [];
  const words = about.words?.[wordList] || [];
  const opened = sheet(
    t("howSafe"),
    el("div", { class: "bar" }, el("h2", { class: "grow" }, t("howSafe")), iconButton("close", t("close"), () => opened.close())),
    el(
      "div",
      { class: "prose" },
      el("p", {}, t(isEncrypted ? "safeHttps" : "safeHttp")),
      isEncrypted
        ? [el("h3", {}, t("fingerprint")), el("p", { class: "hex" }, hex.join(" ")), el("h3", {}, t("inWords")), el("p", { class: "words", lang: wordList === "pt" ? "pt" : "en" }, words.join(" "))]
        : [el("p", {}, el("a", { class: "button", href: `https://${location.host}/` }, icon("lock", 18), t("safeSwitch"))), el("p", { class: "hint" }, t("safeSwitchHint"))],
    ),
  );
}

export class JoinPage {
  /** `join(nick, password)` is called; `refuse(state)` says why it did not work. */
  constructor(about, join) {
    this.about = about;
    this.join = join;
    this.nick = el("input", { id: "nick", name: "nickname", required: true, maxlength: "64", autocomplete: "nickname", autocapitalize: "words", spellcheck: "false", enterkeyhint: "go", dir: "auto" });
    this.nick.value = kept.read("nick", "") || "";
    this.password = el("input", { id: "password", name: "password", type: "password", maxlength: "128", autocomplete: "off" });
    this.passwordRow = el("div", { class: "form-row", hidden: !about.password }, el("label", { for: "password" }, t("password")), this.password);
    this.problem = el("p", { class: "problem", role: "alert", id: "problem" });
    this.button = el("button", { type: "submit", class: "button main wide" }, t("joinRoom"));
    this.form = el(
      "form",
      { onsubmit: (event) => this.onSubmit(event), novalidate: true },
      el("div", { class: "form-row" }, el("label", { for: "nick" }, t("nickname")), this.nick),
      this.passwordRow,
      this.problem,
      this.button,
    );
    const colour = `p${colourOfRoom(about.room)}`;
    this.element = el(
      "div",
      { class: "door" },
      el(
        "div",
        { class: "card" },
        el("span", { class: `tile large ${colour}`, "aria-hidden": "true" }, tile(about.room)),
        el("h1", {}, el("bdi", {}, about.room)),
        this.form,
        el(
          "button",
          { type: "button", class: isEncrypted ? "truth" : "truth warn", onclick: () => explain(about) },
          icon(isEncrypted ? "lock" : "shield-alert", 18),
          el("span", {}, t(isEncrypted ? "truthHttps" : "truthHttp"), " ", el("u", {}, t("howSafe"))),
        ),
      ),
      el("p", { class: "brand" }, el("img", { src: "/icon.svg", width: "20", height: "20", alt: "" }), "Papo"),
    );
  }

  onSubmit(event) {
    event.preventDefault();
    const nick = this.nick.value.trim();
    if (!nick) {
      this.say(sentence("nickname-empty"), this.nick);
      return;
    }
    this.say("");
    this.busy(true);
    this.join(nick, this.password.value);
  }

  busy(on) {
    this.button.disabled = on;
    this.button.textContent = t(on ? "joining" : "joinRoom");
  }

  refuse(state) {
    this.busy(false);
    if (["wrong-password", "too-many-guesses"].includes(state.code)) {
      this.passwordRow.hidden = false;
      this.password.value = "";
    }
    const field = state.code === "wrong-password" ? this.password : this.nick;
    this.say(sentence(state.code, { nick: this.nick.value.trim(), seconds: state.seconds, limit: state.limit }), field);
  }

  say(words, field = null) {
    this.problem.textContent = words;
    for (const one of [this.nick, this.password]) {
      one.toggleAttribute("aria-invalid", one === field);
      if (one === field) one.setAttribute("aria-describedby", "problem");
      else one.removeAttribute("aria-describedby");
    }
    field?.focus();
  }
}
