// The conversation: one row a message, made from elements and text alone.

import { el, icon, iconButton, sheet } from "/bits.js";
import { colourOf, initials } from "/colours.js";
import { isPicture } from "/files.js";
import { formatted, meansMe, mentionsOf, oneLine } from "/format.js";
import { attached } from "/room.js";
import { dayOf, named, sentence, sizeOf, t, timeOf, wholeTimeOf } from "/texts.js";

const GROUP = 5 * 60_000;
const NEAR = 120; // Pixels from the end that still count as being there.
const MOST_ROWS = 600;
const WIDEST = 360;
const TALLEST = 240;
const MOST_READ_OUT = 10;

/** Return the mark of a role or of a guest, or null. */
export function badge(member) {
  if (member?.role === "host") return el("span", { class: "chip" }, t("host"));
  if (member?.role === "moderator") return el("span", { class: "chip" }, t("moderator"));
  if (member?.guest === "browser") return el("span", { class: "sign", title: t("browserGuest"), role: "img", "aria-label": t("browserGuest") }, icon("globe", 14));
  if (member?.guest === "text") return el("span", { class: "sign", title: t("textGuest"), role: "img", "aria-label": t("textGuest") }, icon("terminal", 14));
  return null;
}

export class Timeline {
  /** `acts`: openMessage(line), react(line, emoji), retry(item), drop(item). */
  constructor(room, files, outbox, acts) {
    Object.assign(this, { room, files, outbox, acts });
    this.rows = new Map();
    this.unread = 0;
    this.unseen = 0;
    this.list = el("div", { class: "lines" });
    // What comes is read out from here: who, and what; not the row with all that can be done with it.
    this.heard = el("div", { class: "unseen", role: "log", "aria-label": t("newMessages"), "aria-live": "polite", "aria-relevant": "additions" });
    this.pending = el("div", { class: "pending" });
    this.top = el("div", { class: "top" });
    this.count = el("span", { class: "count", hidden: true });
    this.jump = el("button", { type: "button", class: "jump", hidden: true, "aria-label": t("toNewest"), title: t("toNewest"), onclick: () => this.toEnd() }, icon("arrow-down"), this.count);
    this.scroller = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("messages") }, this.top, this.list, this.pending);
    this.element = el("div", { class: "timeline" }, this.scroller, this.jump, this.heard);
    this.scroller.addEventListener("scroll", () => this.onScroll(), { passive: true });
    this.stuck = true;
    const resized = new ResizeObserver(() => this.stuck && this.toEnd());
    for (const one of [this.scroller, this.list]) resized.observe(one);
    document.addEventListener("visibilitychange", () => document.hidden || this.seen());
    addEventListener("focus", () => this.seen());
  }

  clear() {
    this.rows.clear();
    this.list.replaceChildren();
    this.unread = this.unseen = 0;
    this.stuck = true;
  }

  // --- what is shown

  /** Show lines that came: below, or above without moving what one reads. */
  add(lines, why) {
    const mentions = this.mentions();
    const older = why === "older";
    const before = this.scroller.scrollHeight - this.scroller.scrollTop;
    if ((why === "live" || why === "gap") && (document.hidden || !this.stuck || !document.hasFocus())) {
      const others = lines.filter((line) => !this.room.isMine(line));
      if (others.length) {
        this.unseen += others.length;
        if (!this.unread) this.unread = others[0].seq;
      }
    }
    for (const line of lines) {
      this.place(line, mentions);
      const next = this.after(line.seq);
      if (next) this.place(next, mentions);
    }
    if (why === "live" && this.stuck) this.trim();
    this.showTop();
    if (older) this.scroller.scrollTop = this.scroller.scrollHeight - before;
    else if (this.stuck || lines.some((line) => why === "live" && this.room.isMine(line))) this.toEnd();
    this.showJump();
    if (why === "live" || why === "gap") this.readOut(lines.filter((line) => !this.room.isMine(line)).map((line) => spoken(line)));
  }

  /** Let a screen reader say what came, in its order. */
  readOut(words) {
    this.heard.append(...words.slice(-MOST_READ_OUT).map((one) => el("p", { dir: "auto" }, one)));
    while (this.heard.childElementCount > MOST_READ_OUT) this.heard.firstElementChild.remove();
  }

  /** Let go of the oldest rows, which one can fetch again, so that a long day costs no more. */
  trim() {
    if (this.room.order.length <= MOST_ROWS) return;
    for (const seq of this.room.letGo(MOST_ROWS / 2)) {
      this.rows.get(seq)?.remove();
      this.rows.delete(seq);
    }
    const first = this.room.lines.get(this.room.order[0]);
    if (first) this.place(first);
    while (this.list.firstElementChild?.classList.contains("notice")) this.list.firstElementChild.remove();
  }

  after(seq) {
    const order = this.room.order;
    const at = order.lastIndexOf(seq);
    return at >= 0 && at + 1 < order.length ? this.room.lines.get(order[at + 1]) : null;
  }

  /** Return the next row that is shown already, or null: what came together is placed one by one. */
  below(seq) {
    const order = this.room.order;
    let at = order.lastIndexOf(seq) + 1;
    while (at < order.length && !this.rows.has(order[at])) at += 1;
    return this.rows.get(order[at]) || null;
  }

  before(seq) {
    const order = this.room.order;
    const at = order.lastIndexOf(seq);
    return at > 0 ? this.room.lines.get(order[at - 1]) : null;
  }

  place(line, mentions = this.mentions()) {
    const made = this.row(line, mentions);
    const old = this.rows.get(line.seq);
    this.rows.set(line.seq, made);
    if (old) {
      // Whoever is there by keyboard stays there.
      const parts = "a, button";
      const held = [...old.querySelectorAll(parts)].indexOf(document.activeElement);
      old.replaceWith(made);
      if (held >= 0) (made.querySelectorAll(parts)[held] || made.querySelector(".dots"))?.focus();
      return;
    }
    this.list.insertBefore(made, this.below(line.seq));
  }

  changed(line) {
    if (!this.rows.has(line.seq)) return;
    this.place(line);
    if (this.stuck) this.toEnd();
  }

  refresh() {
    const mentions = this.mentions();
    for (const seq of this.rows.keys()) this.place(this.room.lines.get(seq), mentions);
  }

  mentions() {
    const nicks = [...this.room.members.values()].map((member) => member.nick);
    return mentionsOf(nicks, this.room.myself?.nick || "");
  }

  row(line, mentions) {
    const before = this.before(line.seq);
    const member = this.room.member(line);
    const mine = this.room.isMine(line);
    const newDay = !before || new Date(before.at).toDateString() !== new Date(line.at).toDateString();
    const above = before && this.rows.get(before.seq);
    const apart = above && above.nextElementSibling && above.nextElementSibling.classList.contains("notice");
    const head = newDay || apart || this.unread === line.seq || before.author !== line.author || line.at - before.at > GROUP || line.at < before.at;
    const text = line.kind === "files" ? attached(line.text).caption : line.text;
    const answersMe = line.about && this.room.lines.has(line.about) && this.room.isMine(this.room.lines.get(line.about));
    const forMe = !mine && (answersMe || meansMe(text, mentions));
    const colour = `p${colourOf(line.device || member?.device, member?.colour)}`;
    const classes = ["row", head && "head", mine && "mine", forMe && "for-me", line.kind === "deleted" && "gone"].filter(Boolean).join(" ");
    return el(
      "div",
      { class: classes, "data-seq": line.seq },
      newDay && el("div", { class: "rule" }, el("span", {}, dayOf(line.at))),
      this.unread === line.seq && el("div", { class: "rule unread" }, el("span", {}, t("newMessages"))),
      el(
        "article",
        { class: "message", onclick: (event) => this.onTap(event, line), oncontextmenu: (event) => this.onHeld(event, line) },
        head ? el("span", { class: `avatar ${colour}`, "aria-hidden": "true" }, initials(line.nick)) : el("time", { class: "aside", "aria-hidden": "true" }, timeOf(line.at)),
        el(
          "div",
          { class: "body" },
          el(
            "header",
            { class: head ? "" : "unseen" },
            el("bdi", { class: `nick ${colour}` }, line.nick),
            mine && el("span", { class: "you" }, t("you")),
            badge(member),
            el("time", { datetime: new Date(line.at).toISOString(), title: wholeTimeOf(line.at) }, timeOf(line.at)),
          ),
          line.about > 0 && this.quote(line.about),
          this.content(line, text, mentions),
          this.reactions(line),
        ),
        mine && el("span", { class: "state", title: t("saved"), role: "img", "aria-label": t("saved") }, icon("check", 16)),
        line.kind !== "deleted" && iconButton("more", t("actions"), () => this.acts.openMessage(line), { class: "icon-button dots" }),
      ),
    );
  }

  content(line, text, mentions) {
    if (line.kind === "deleted") return el("p", { class: "deleted" }, t("deleted"));
    const made = [];
    if (line.kind === "files") made.push(el("div", { class: "files" }, attached(line.text).files.map((file) => this.file(file))));
    if (text) made.push(el("div", { class: bigEmoji(text) ? "text big" : "text", dir: "auto" }, formatted(text, mentions)));
    if (line.kind === "edited") made.push(el("span", { class: "edited" }, t("edited")));
    return made;
  }

  quote(seq) {
    const line = this.room.lines.get(seq);
    if (!line) return el("p", { class: "quote missing" }, icon("reply", 14), t("answered"));
    const pictures = line.kind === "files" ? attached(line.text) : null;
    const text = line.kind === "deleted" ? t("deleted") : pictures ? pictures.caption || pictures.files.map((file) => file.name).join(", ") : line.text;
    return el("button", { type: "button", class: "quote", onclick: () => this.show(seq) }, icon("reply", 14), el("bdi", {}, line.nick), el("span", {}, oneLine(text)));
  }

  file(file) {
    if (isPicture(file)) {
      const scale = Math.min(1, WIDEST / file.width, TALLEST / file.height);
      const size = [file.width, file.height].map((length) => Math.max(40, Math.round(length * scale)));
      const image = el("img", { alt: "", decoding: "async" });
      this.files.thumbnail(file).then((url) => { image.src = url; }, () => image.classList.add("broken"));
      const button = el("button", { type: "button", class: "picture", "aria-label": t("openPicture", { name: file.name }), onclick: () => this.openPicture(file) }, image);
      // Its place is there before it is, so that nothing moves when it comes.
      button.style.width = `${size[0]}px`;
      button.style.aspectRatio = `${size[0]} / ${size[1]}`;
      return button;
    }
    const kind = /\.([\p{L}\p{N}]{1,8})$/u.exec(file.name);
    const button = el(
      "button",
      { type: "button", class: "file", "aria-label": `${t("download", { name: file.name })} (${sizeOf(file.size)})`, onclick: () => this.save(file, button) },
      el("span", { class: "kind" }, icon(signOf(file.media))),
      el("span", { class: "name" }, el("bdi", {}, file.name), el("small", {}, [sizeOf(file.size), kind && kind[1].toUpperCase()].filter(Boolean).join(" · "))),
      icon("download"),
    );
    return button;
  }

  async save(file, button) {
    button.setAttribute("aria-busy", "true");
    try {
      await this.files.save(file);
    } catch {
      this.acts.say(t("fetchFailed"));
    }
    button.removeAttribute("aria-busy");
  }

  async openPicture(file) {
    const image = el("img", { alt: file.name });
    const waits = el("p", { class: "waits", role: "status" }, t("pictureWaits"));
    const opened = sheet(
      file.name,
      el("div", { class: "bar" }, el("bdi", { class: "grow" }, file.name), iconButton("download", t("download", { name: file.name }), () => this.save(file, opened)), iconButton("close", t("close"), () => opened.close())),
      el("div", { class: "stage", onclick: () => opened.close() }, waits, image),
    );
    opened.classList.add("viewer");
    try {
      const url = URL.createObjectURL(await this.files.fetch(file.hash, file.name));
      opened.addEventListener("close", () => URL.revokeObjectURL(url));
      image.onload = image.onerror = () => waits.remove();
      image.src = url;
    } catch {
      waits.textContent = t("fetchFailed");
    }
  }

  reactions(line) {
    const found = line.kind === "deleted" ? [] : this.room.reactionsTo(line.seq);
    if (!found.length) return null;
    return el(
      "div",
      { class: "reactions" },
      found.map((one) => {
        const label = t("reactionBy", { emoji: one.emoji, n: one.nicks.length, names: named(one.nicks) });
        return el("button", { type: "button", class: one.mine ? "reaction mine" : "reaction", "aria-pressed": one.mine ? "true" : "false", "aria-label": label, title: label, onclick: () => this.acts.react(line, one.emoji, !one.mine) }, el("span", { class: "glyph" }, one.emoji), String(one.nicks.length));
      }),
    );
  }

  // --- what waits

  showPending() {
    this.pending.replaceChildren(
      ...this.outbox.messages.map((item) =>
        el(
          "div",
          { class: item.failed ? "row mine failed" : "row mine waiting" },
          el(
            "article",
            { class: "message" },
            el("span", { class: "aside" }),
            el(
              "div",
              { class: "body" },
              item.wish.files && el("p", { class: "names" }, item.wish.files.map((file) => file.name).join(", ")),
              item.wish.text && el("div", { class: "text", dir: "auto" }, formatted(item.wish.text)),
              item.failed &&
                el(
                  "p",
                  { class: "why", role: "alert" },
                  `${t("notSent")} ${sentence(item.failed.code, { limit: item.failed.limit })} `,
                  el("button", { type: "button", class: "link", onclick: () => this.acts.retry(item) }, t("tryAgain")),
                  " · ",
                  el("button", { type: "button", class: "link", onclick: () => this.acts.drop(item) }, t("remove")),
                ),
            ),
            el("span", { class: "state", role: "img", "aria-label": item.failed ? t("notSent") : t("sending"), title: item.failed ? t("notSent") : t("sending") }, icon(item.failed ? "alert" : "clock", 16)),
          ),
        ),
      ),
    );
    if (this.stuck) this.toEnd();
  }

  notice(change) {
    const last = this.list.lastElementChild;
    if (["came", "went"].includes(change.kind) && last?.notice?.kind === change.kind) {
      last.notice.nicks = [...new Set([...last.notice.nicks, change.nick])];
      last.replaceChildren(el("span", {}, t(change.kind, { names: named(last.notice.nicks), n: last.notice.nicks.length })));
    } else {
      const words = {
        came: () => t("came", { names: change.nick, n: 1 }),
        went: () => t("went", { names: change.nick, n: 1 }),
        renamed: () => t("renamed", change),
        topic: () => t("topicNow", { by: change.nick, topic: change.topic }),
      }[change.kind]();
      const made = el("div", { class: "notice" }, el("span", {}, words));
      made.notice = { kind: change.kind, nicks: [change.nick] };
      this.list.append(made);
      // Who comes and goes is there to be looked up, and would drown what is said.
      if (!["came", "went"].includes(change.kind)) this.readOut([words]);
    }
    if (this.stuck) this.toEnd();
  }

  showTop() {
    const room = this.room;
    const words = room.history === "none" ? t("nothingKept") : !room.atBeginning ? "" : room.order.length ? t("beginning") : t("emptyRoom");
    this.top.replaceChildren(words ? el("p", {}, words) : el("button", { type: "button", class: "link", onclick: () => room.fetchOlder() }, t("older")));
    this.top.hidden = !room.settled;
  }

  // --- where one is

  onScroll() {
    const from = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
    this.stuck = from < NEAR;
    if (this.stuck) this.seen();
    if (this.scroller.scrollTop < 300) this.room.fetchOlder();
    this.showJump();
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.stuck = true;
    this.showJump();
  }

  show(seq) {
    const row = this.rows.get(seq);
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.classList.add("shown");
    setTimeout(() => row.classList.remove("shown"), 1200);
  }

  /** What came is read: it is counted no more; the line stays until one writes, or more comes. */
  seen() {
    if (document.hidden || !this.stuck || !this.unseen) return;
    this.unseen = 0;
    this.acts.counted(0);
    this.showJump();
    const seq = this.unread;
    setTimeout(() => this.unread === seq && !this.unseen && this.forgetUnread(), 20_000);
  }

  forgetUnread() {
    const row = this.rows.get(this.unread);
    this.unread = 0;
    row?.querySelector(".rule.unread")?.remove();
  }

  showJump() {
    this.jump.hidden = this.stuck;
    this.count.hidden = !this.unseen;
    this.count.textContent = this.unseen > 99 ? "99+" : String(this.unseen);
    this.acts.counted(this.unseen);
  }

  // A tap on a message offers what can be done with it, where there is no pointer to hover with.
  onTap(event, line) {
    if (!matchMedia("(hover: none)").matches || event.target.closest("a, button, pre")) return;
    if (line.kind === "deleted" || String(getSelection())) return;
    this.acts.openMessage(line);
  }

  onHeld(event, line) {
    if (matchMedia("(hover: none)").matches && line.kind !== "deleted" && !event.target.closest("a")) event.preventDefault();
  }
}

/** Return a line as a screen reader says it when it comes. */
function spoken(line) {
  const { files, caption } = line.kind === "files" ? attached(line.text) : { files: [], caption: line.text };
  return `${line.nick}: ${[named(files.map((file) => file.name)), oneLine(caption, 400)].filter(Boolean).join(". ")}`;
}

const EMOJI_ALONE = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f\u200d\p{Extended_Pictographic}]*|\p{Regional_Indicator}{2}|\s){1,3}$/u;
const bigEmoji = (text) => text.length < 40 && EMOJI_ALONE.test(text.trim());

function signOf(media) {
  const [kind] = media.split("/");
  if (kind === "image" || kind === "audio" || kind === "video") return kind;
  if (/zip|tar|compressed|archive|gzip/.test(media)) return "archive";
  return kind === "text" ? "text" : "document";
}
