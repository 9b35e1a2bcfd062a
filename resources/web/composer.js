// Where one writes: text, what it answers or changes, and the files that go with it.

import { el, icon, iconButton, kept } from "/bits.js";
import { pickEmoji } from "/emoji.js";
import { attach } from "/files.js";
import { oneLine } from "/format.js";
import { Completion } from "/mentions.js";
import { attached } from "/room.js";
import { named, sentence, sizeOf, t } from "/texts.js";

const TYPING_EVERY = 3_000;
const MOST_FILES = 10;
const LONGEST = 5_000;
const LONGEST_CAPTION = 2_000;
const RENAMING = /^\/nick(?:\s+|$)/i;

export class Composer {
  /** `acts`: send(wish), typing(active), rename(nick), say(words). */
  constructor(room, files, key, acts) {
    Object.assign(this, { room, files, acts });
    this.draftKey = `draft.${key}`;
    this.about = null;
    this.changing = null;
    this.typed = 0;
    this.jobs = new Set();
    this.closed = false;
    this.field = el("textarea", { rows: "1", "aria-label": t("write"), placeholder: t("write"), enterkeyhint: "send", autocomplete: "off", maxlength: "20000", dir: "auto" });
    this.field.value = kept.read(this.draftKey, "") || "";
    this.field.addEventListener("input", () => this.onInput());
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("paste", (event) => this.onPaste(event));
    this.field.addEventListener("click", () => this.completion.look());
    const others = () => [...room.members.values()].filter((member) => member.number !== room.me);
    this.completion = new Completion(this.field, others, (from, to, words) => this.write(from, to, words));
    this.chooser = el("input", { type: "file", multiple: true, class: "unseen", tabindex: "-1", "aria-hidden": "true", onchange: () => this.onChosen() });
    this.attachButton = iconButton("attach", t("attach"), () => this.chooser.click());
    this.emojiButton = iconButton("emoji", t("emoji"), () => pickEmoji((emoji) => this.insert(emoji)));
    this.sendButton = iconButton("send", t("send"), () => this.submit(), { class: "icon-button main" });
    this.bar = el("div", { class: "about", hidden: true });
    this.uploads = el("div", { class: "uploads", "aria-live": "polite" });
    this.typing = el("p", { class: "typing", "aria-live": "off" });
    this.why = el("p", { class: "why-silent", hidden: true });
    this.element = el(
      "div",
      { class: "composer" },
      this.uploads,
      this.bar,
      this.why,
      this.completion.element,
      el("div", { class: "line" }, this.chooser, this.attachButton, el("div", { class: "field" }, this.field, this.emojiButton), this.sendButton),
      this.typing,
    );
    this.fit();
  }

  // --- what it is about

  reply(line) {
    this.changing = null;
    this.about = line;
    this.showBar("reply", t("replyingTo", { nick: line.nick }), lineWords(line));
    this.field.focus();
  }

  edit(line) {
    this.about = null;
    this.changing = line;
    this.field.value = line.text;
    this.fit();
    this.showBar("edit", t("editing"), "");
    this.field.focus();
  }

  showBar(sign, words, quoted) {
    this.bar.hidden = false;
    this.bar.replaceChildren(icon(sign, 16), el("span", { class: "grow" }, el("b", {}, words), quoted && el("span", {}, ` ${oneLine(quoted)}`)), iconButton("close", t("cancel"), () => this.forget()));
  }

  forget() {
    if (this.changing) {
      this.field.value = "";
      this.fit();
    }
    this.about = this.changing = null;
    this.bar.hidden = true;
    this.bar.replaceChildren();
  }

  // --- writing

  insert(text) {
    this.write(this.field.selectionStart, this.field.selectionEnd, text);
  }

  write(from, to, text) {
    const { value } = this.field;
    this.field.value = value.slice(0, from) + text + value.slice(to);
    this.field.setSelectionRange(from + text.length, from + text.length);
    this.field.focus();
    this.onInput();
  }

  onInput() {
    this.fit();
    this.completion.look();
    kept.write(this.draftKey, this.changing ? null : this.field.value || null);
    const now = Date.now();
    if (!this.field.value.trim()) this.stopTyping();
    else if (now - this.typed > TYPING_EVERY) {
      this.typed = now;
      this.acts.typing(true);
    }
  }

  stopTyping() {
    if (this.typed) this.acts.typing(false);
    this.typed = 0;
  }

  onKey(event) {
    if (event.isComposing || this.completion.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && !this.bar.hidden) {
      event.preventDefault();
      this.forget();
    } else if (event.key === "ArrowUp" && !this.field.value && !this.changing) {
      const own = [...this.room.order].reverse().map((seq) => this.room.lines.get(seq)).find((line) => this.room.isMine(line));
      if (own && ["text", "edited"].includes(own.kind)) {
        event.preventDefault();
        this.edit(own);
      }
    }
  }

  onPaste(event) {
    const pasted = [...(event.clipboardData?.files || [])];
    if (!pasted.length) return;
    event.preventDefault();
    this.sendFiles(pasted);
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 180)}px`;
  }

  submit() {
    const text = wellFormed(this.field.value.replace(/\s+$/, ""));
    if (!text.trim() || this.field.disabled || this.isTooLong(text, LONGEST)) return;
    if (!this.changing && RENAMING.test(text)) this.acts.rename(text.replace(RENAMING, ""));
    else if (this.changing) {
      if (text !== this.changing.text) this.acts.send({ t: "edit", seq: this.changing.seq, text });
    } else this.acts.send({ t: "say", text, ...(this.about ? { reply_to: this.about.seq } : {}) });
    this.field.value = "";
    this.about = this.changing = null;
    this.forget();
    this.onInput();
    this.field.focus();
  }

  /** Say so of a text that the room would refuse: it stays, to be made shorter. */
  isTooLong(text, most) {
    const isSo = Array.from(text).length > most;
    if (isSo) this.acts.say(sentence("text-too-long", { limit: most }));
    return isSo;
  }

  // --- files

  onChosen() {
    const chosen = [...this.chooser.files];
    this.chooser.value = "";
    if (chosen.length) this.sendFiles(chosen);
  }

  async sendFiles(chosen) {
    const fitting = chosen.filter((file) => {
      if (file.size <= this.files.most) return true;
      this.acts.say(t("tooLarge", { name: file.name, size: sizeOf(this.files.most) }));
      return false;
    });
    const caption = this.changing ? "" : wellFormed(this.field.value.trim());
    if (this.isTooLong(caption, LONGEST_CAPTION)) return;
    const about = this.about;
    if (!this.changing && fitting.length) {
      this.field.value = "";
      this.forget();
      this.onInput();
    }
    for (let at = 0; at < fitting.length; at += MOST_FILES) {
      const batch = fitting.slice(at, at + MOST_FILES);
      const hashes = [];
      for (const file of batch) hashes.push(this.closed ? null : await this.sendFile(file));
      if (this.closed) return;
      const whole = hashes.map((hash, place) => hash && attach(hash, wellFormed(batch[place].name))).filter(Boolean);
      if (!whole.length) {
        if (!at) this.giveBack(caption);
        continue;
      }
      this.acts.send({ t: "say", text: at ? "" : caption, files: whole, ...(about && !at ? { reply_to: about.seq } : {}) });
    }
  }

  async sendFile(file) {
    const bar = el("progress", { max: "1", value: "0" });
    const words = el("span", { class: "grow" }, file.name);
    const row = el("div", { class: "upload" }, icon(file.type.startsWith("image/") ? "image" : "file", 18), el("div", { class: "grow" }, words, bar));
    const job = this.files.upload(file, (part) => {
      bar.value = part;
      bar.setAttribute("aria-label", t("uploading", { name: file.name, percent: Math.round(part * 100) }));
    });
    row.append(iconButton("close", t("cancelFile", { name: file.name }), () => job.cancel()));
    this.uploads.append(row);
    this.jobs.add(job);
    try {
      return await job.promise;
    } catch (error) {
      if (error.message !== "cancelled") this.acts.say(`${t("fileFailed", { name: file.name })} ${sentence(error.message)}`);
      return null;
    } finally {
      this.jobs.delete(job);
      row.remove();
    }
  }

  /** What was written to files that did not get there is not lost. */
  giveBack(caption) {
    if (!caption || this.field.value) return;
    this.field.value = caption;
    this.fit();
    kept.write(this.draftKey, caption);
  }

  /** The room is left: nothing more is sent from here. Returns a promise that uploads are given up. */
  close() {
    this.closed = true;
    return Promise.all(Array.from(this.jobs, (job) => job.cancel()));
  }

  // --- what the room says

  showRules() {
    const code = this.room.silent;
    this.why.hidden = !code;
    this.why.textContent = code ? sentence(code) : "";
    for (const part of [this.field, this.attachButton, this.emojiButton, this.sendButton]) part.disabled = Boolean(code);
  }

  showTyping() {
    const nicks = this.room.typists;
    const words = nicks.length > 2 ? t("typingMany") : nicks.length === 2 ? t("typingTwo", { a: nicks[0], b: nicks[1] }) : nicks.length ? t("typingOne", { a: nicks[0] }) : "";
    this.typing.replaceChildren(...(words ? [el("span", { class: "dots-moving", "aria-hidden": "true" }, el("i"), el("i"), el("i")), words] : []));
  }
}

// Half of a pair is no character, and no host would take it.
const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, "\ufffd");

function lineWords(line) {
  if (line.kind !== "files") return line.text;
  const { caption, files } = attached(line.text);
  return caption || named(files.map((file) => file.name));
}
