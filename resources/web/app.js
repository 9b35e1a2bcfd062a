// The guest page: puts the parts together, and carries what one does to the room.

import { el, icon, iconButton, kept, sheet } from "/bits.js";
import { colourOf, initials, tile } from "/colours.js";
import { Composer } from "/composer.js";
import { Connection } from "/connection.js";
import { pickEmoji, QUICK } from "/emoji.js";
import { Files } from "/files.js";
import { ask, explain, isEncrypted, JoinPage } from "/join.js";
import { Naming } from "/naming.js";
import { Outbox } from "/outbox.js";
import { Room, attached } from "/room.js";
import { language, sentence, t } from "/texts.js";
import { badge, Timeline } from "/timeline.js";

const app = document.getElementById("app");
document.documentElement.lang = language;

class Page {
  constructor(about) {
    this.about = about;
    this.key = about.fingerprint.slice(0, 16);
    this.connection = new Connection(this.key, { onstate: (state) => this.onState(state), onmessage: (message) => this.onMessage(message) });
    this.room = new Room((message) => this.connection.send(message), (what, detail) => this.onTold(what, detail));
    this.outbox = new Outbox(this.key, this.connection, () => this.timeline?.showPending());
    this.files = new Files(this.connection);
    this.naming = new Naming((message) => this.connection.send(message), (words) => this.say(words));
    this.wide = matchMedia("(min-width: 900px)");
    this.wide.addEventListener("change", () => this.element && this.showPanel(this.wide.matches, false));
    this.unseen = 0;
    this.building = false;
    this.joinPage = new JoinPage(about, (nick, password) => this.join(nick, password));
    app.replaceChildren(this.joinPage.element);
    const back = kept.read(`in.${this.key}`, null, "sessionStorage");
    if (back) {
      this.joinPage.nick.value = back;
      this.joinPage.busy(true);
      this.join(back, "");
    } else if (matchMedia("(pointer: fine)").matches) this.joinPage.nick.focus();
  }

  join(nick, password) {
    kept.write("nick", nick);
    this.connection.start(nick, password);
  }

  // --- the connection

  onState(state) {
    clearInterval(this.countdown);
    if (state.name === "stopped") {
      this.outside(state);
      return;
    }
    if (state.name === "online") {
      kept.write(`in.${this.key}`, this.connection.nick, "sessionStorage");
      if (!this.building) this.build();
      this.showBanner(null);
      return;
    }
    this.files.pause();
    if (!this.building) {
      // It goes on trying, and says what it waits for.
      if (state.name === "waiting") this.joinPage.say(state.code ? sentence(state.code) : t("noRoom"));
      return;
    }
    if (state.name === "waiting") {
      const show = () => this.showBanner(t("reconnecting", { n: Math.max(0, Math.ceil((state.until - Date.now()) / 1000)) }), true);
      show();
      this.countdown = setInterval(show, 500);
    } else this.showBanner(t("connecting"));
    this.element.classList.add("offline");
  }

  outside(state) {
    const nick = this.joinPage.nick.value;
    this.joinPage = new JoinPage(this.about, (again, password) => this.join(again, password));
    this.joinPage.nick.value = nick || this.joinPage.nick.value;
    this.building = false;
    this.files.pause();
    this.composer?.close();
    this.composer = this.timeline = this.element = null;
    kept.write(`in.${this.key}`, null, "sessionStorage");
    document.title = this.about.room;
    for (const dialog of document.querySelectorAll("dialog")) dialog.close();
    app.replaceChildren(this.joinPage.element);
    if (state.code) this.joinPage.refuse(state);
    if (state.code === "wrong-password") this.about.password = true;
  }

  onMessage(message) {
    if (message.t === "token") this.files.onToken(message);
    else if (message.t === "acked") this.onAcked(message);
    else if (message.t === "rejected") this.onRejected(message);
    else if (message.t === "slowed") this.say(t("slowed"));
    else {
      this.room.take(message);
      if (message.t === "joined") {
        this.element.classList.remove("offline");
        this.files.askToken();
        this.outbox.resend();
      }
    }
  }

  onAcked(message) {
    const item = this.outbox.find(message.cid);
    if (!item) return;
    item.acked = message.seq;
    // A message leaves the outbox when its line is seen; what is acknowledged again was said long ago.
    const isHere = [...this.room.lines.values()].some((line) => line.cid === message.cid) || message.seq <= this.room.newest;
    if (item.wish.t !== "say" || isHere) this.outbox.done(message.cid);
  }

  onRejected(message) {
    if (this.naming.onRejected(message)) return;
    const item = message.cid ? this.outbox.failed(message.cid, message.code, message.limit) : null;
    if (item?.wish.t !== "say") this.say(sentence(message.code, { limit: message.limit }));
  }

  /** Whoever comes back, comes back under the nickname that was held last. */
  onRenamed(nick) {
    this.naming.onRenamed();
    this.connection.nick = nick;
    kept.write("nick", nick);
    kept.write(`in.${this.key}`, nick, "sessionStorage");
  }

  // --- the room

  onTold(what, detail) {
    if (what === "reset") this.timeline.clear();
    else if (what === "lines") {
      for (const line of detail.added || []) this.outbox.done(line.cid);
      this.timeline.add(detail.added || [], detail.why);
    } else if (what === "changed") this.timeline.changed(detail);
    else if (what === "notice") {
      this.timeline.notice(detail);
      if (detail.mine) this.onRenamed(detail.nick);
    }
    else if (what === "people") {
      this.showPeople();
      this.composer.showRules();
    } else if (what === "typing") this.composer.showTyping();
    else if (what === "rules") {
      this.composer.showRules();
      this.showTitle();
    }
  }

  build() {
    this.building = true;
    this.room.forget();
    this.room.log = null;
    this.timeline = new Timeline(this.room, this.files, this.outbox, {
      openMessage: (line) => this.openMessage(line),
      react: (line, emoji, on) => this.react(line, emoji, on),
      retry: (item) => this.outbox.retry(item.wish.cid),
      drop: (item) => this.outbox.done(item.wish.cid),
      say: (words) => this.say(words),
      counted: (count) => this.counted(count),
    });
    this.composer = new Composer(this.room, this.files, this.key, {
      send: (wish) => {
        this.outbox.add(wish);
        this.timeline.toEnd();
        if (this.timeline.unread) this.timeline.forgetUnread();
      },
      typing: (active) => this.connection.send({ t: "typing", active }),
      rename: (nick) => this.naming.wish(nick, this.room.myself?.nick),
      say: (words) => this.say(words),
    });
    this.title = el("h1", {}, el("bdi", {}, this.about.room));
    this.subtitle = el("p", {});
    this.banner = el("div", { class: "banner warn", role: "status", hidden: true });
    this.toast = el("div", { class: "toast", role: "status", "aria-live": "polite" });
    this.peopleList = el("ul", {});
    this.peoplePanel = el("aside", { class: "people", id: "people", "aria-label": t("people") }, el("div", { class: "bar" }, el("h2", { class: "grow" }, t("people")), iconButton("close", t("close"), () => this.showPanel(false), { class: "icon-button only-narrow" })), this.peopleList);
    this.peopleButton = iconButton("people", t("showPeople"), () => this.showPanel(), { "aria-expanded": "false", "aria-controls": "people" });
    this.talk = el("div", { class: "talk" }, this.timeline.element, this.composer.element);
    const veil = el("div", { class: "veil", onclick: () => this.showPanel(false) });
    const colour = this.joinPage.element.querySelector(".tile").className.match(/p\d/)[0];
    this.element = el(
      "div",
      { class: "room" },
      el(
        "header",
        { class: "head" },
        el("span", { class: `tile ${colour}`, "aria-hidden": "true" }, tile(this.about.room)),
        el("div", { class: "grow" }, this.title, this.subtitle),
        this.peopleButton,
        iconButton("more", t("more"), () => this.openMenu()),
      ),
      this.banner,
      this.truth(),
      el("div", { class: "middle" }, this.talk, veil, this.peoplePanel),
      this.toast,
    );
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && !this.wide.matches && this.talk.inert && this.showPanel(false));
    app.replaceChildren(this.element);
    this.showPanel(this.wide.matches, false);
    this.timeline.showPending();
    this.showTitle();
  }

  truth() {
    if (kept.read(`told.${this.key}.${isEncrypted}`, false, "sessionStorage")) return null;
    const bar = el(
      "div",
      { class: "banner truth-bar" },
      icon("globe", 20),
      el("p", { class: "grow" }, t(isEncrypted ? "guestHttps" : "guestHttp"), " ", el("button", { type: "button", class: "link", onclick: () => explain(this.about) }, t("learnMore"))),
      iconButton("close", t("dismiss"), () => {
        kept.write(`told.${this.key}.${isEncrypted}`, true, "sessionStorage");
        bar.remove();
      }),
    );
    return bar;
  }

  showTitle() {
    if (!this.title) return;
    this.title.replaceChildren(el("bdi", {}, this.room.name || this.about.room));
    const count = t("peopleCount", { n: Math.max(1, this.room.members.size) });
    this.subtitle.replaceChildren(this.room.topic ? `${count} · ${this.room.topic}` : count);
    document.title = `${this.unseen ? `(${this.unseen}) ` : ""}${this.room.name || this.about.room}`;
  }

  counted(count) {
    if (count === this.unseen) return;
    this.unseen = count;
    this.showTitle();
  }

  showPeople() {
    const rank = (member) => ["host", "moderator"].indexOf(member.role || "member") + 1 || 3;
    const people = [...this.room.members.values()].sort((a, b) => rank(a) - rank(b) || a.nick.localeCompare(b.nick, language));
    this.peopleList.replaceChildren(
      ...people.map((member) =>
        el(
          "li",
          {},
          el("span", { class: `avatar small p${colourOf(member.device, member.colour)}`, "aria-hidden": "true" }, initials(member.nick)),
          el("bdi", { class: "grow" }, member.nick, member.number === this.room.me && el("small", {}, ` ${t("you")}`)),
          member.away && el("span", { class: "sign away", role: "img", "aria-label": t("away"), title: t("away") }, icon("away", 14)),
          member.muted && el("span", { class: "sign", role: "img", "aria-label": t("muted"), title: t("muted") }, icon("mute", 14)),
          badge(member),
        ),
      ),
    );
    this.showTitle();
  }

  /** Show who is here: beside the conversation, or over it where there is no room. */
  showPanel(open = !this.element.classList.contains("with-people"), focus = true) {
    const over = !this.wide.matches;
    this.element.classList.toggle("with-people", open);
    this.peopleButton.setAttribute("aria-expanded", String(open));
    this.talk.inert = open && over;
    if (focus && over) (open ? this.peoplePanel.querySelector("button") : this.peopleButton).focus();
  }

  showBanner(words, canTry = false) {
    this.banner.hidden = !words;
    if (!words) {
      this.banner.replaceChildren();
      return;
    }
    const waiting = this.outbox.messages.filter((item) => !item.failed).length;
    const said = el("span", { class: "grow" }, waiting ? `${words} ${t("waitsHere", { n: waiting })}` : words);
    if (canTry && this.banner.dataset.can) {
      // The button stays the same one: it may have the focus.
      this.banner.children[1].replaceWith(said);
      return;
    }
    this.banner.dataset.can = canTry ? "yes" : "";
    this.banner.replaceChildren(icon("refresh", 18), said, canTry ? el("button", { type: "button", class: "link", onclick: () => this.connection.tryNow() }, t("tryNow")) : "");
  }

  say(words) {
    if (!this.toast) return;
    this.toast.textContent = words;
    this.toast.classList.add("on");
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => this.toast.classList.remove("on"), 5000);
  }

  // --- what one does

  react(line, emoji, on) {
    this.outbox.add({ t: "react", seq: line.seq, emoji, on });
  }

  openMessage(line) {
    const mine = this.room.isMine(line);
    const put = new Set(this.room.reactionsTo(line.seq).filter((one) => one.mine).map((one) => one.emoji));
    const act = (sign, words, go, danger = false) =>
      el("button", { type: "button", class: danger ? "act danger" : "act", onclick: () => { opened.close(); go(); } }, icon(sign), words);
    const silent = this.room.silent;
    const text = line.kind === "files" ? attached(line.text).caption : line.text;
    const opened = sheet(
      t("actions"),
      !silent &&
        el(
          "div",
          { class: "quick", role: "group", "aria-label": t("react") },
          QUICK.map((emoji) => el("button", { type: "button", class: put.has(emoji) ? "on" : "", "aria-pressed": String(put.has(emoji)), onclick: () => { opened.close(); this.react(line, emoji, !put.has(emoji)); } }, emoji)),
          iconButton("emoji-add", t("emoji"), () => { opened.close(); pickEmoji((emoji) => this.react(line, emoji, !put.has(emoji))); }),
        ),
      !silent && act("reply", t("reply"), () => this.composer.reply(line)),
      text && act("copy", t("copy"), () => this.copy(text)),
      mine && !silent && line.kind !== "files" && act("edit", t("edit"), () => this.composer.edit(line)),
      mine && !silent && act("trash", t("remove"), () => this.confirm(t("removeSure"), t("remove"), () => this.outbox.add({ t: "delete", seq: line.seq })), true),
      act("close", t("cancel"), () => null),
    );
  }

  openMenu() {
    const act = (sign, words, go) => el("button", { type: "button", class: "act", onclick: () => { opened.close(); go(); } }, icon(sign), words);
    const opened = sheet(
      t("more"),
      act(isEncrypted ? "lock" : "shield-alert", t("howSafe"), () => explain(this.about)),
      act("people", t("people"), () => this.showPanel(true)),
      act("edit", t("yourNickname"), () => this.naming.ask(this.room.myself?.nick || "")),
      act("door", t("leave"), () => this.confirm(t("leaveSure"), t("leave"), async () => {
        await Promise.race([this.composer.close(), new Promise((go) => setTimeout(go, 1000))]);
        this.connection.leave();
        this.outside({ name: "stopped" });
      })),
      act("close", t("cancel"), () => null),
    );
  }

  confirm(words, verb, go) {
    const opened = sheet(
      words,
      el("p", { class: "ask" }, words),
      el("div", { class: "answers" }, el("button", { type: "button", class: "button", onclick: () => opened.close() }, t("cancel")), el("button", { type: "button", class: "button danger", onclick: () => { opened.close(); go(); } }, verb)),
    );
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without encryption browsers have no clipboard for pages but this old way.
      const field = el("textarea", { class: "unseen" });
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  }
}

// A phone's keyboard covers the page where the browser does not make room for it itself. Whoever zooms
// in sees less of a page that stays as it is.
function fit() {
  document.documentElement.style.setProperty("--height", `${Math.round(visualViewport.height * visualViewport.scale)}px`);
  scrollTo(0, 0);
}

if (window.visualViewport) {
  visualViewport.addEventListener("resize", fit);
  fit();
}

async function begin() {
  app.replaceChildren(el("p", { class: "loading", role: "status" }, t("loading")));
  const about = await ask();
  if (about && !about.refused) {
    document.title = about.room;
    new Page(about);
    return;
  }
  app.replaceChildren(
    el("div", { class: "door" }, el("div", { class: "card" }, el("p", { role: "alert" }, about ? sentence(about.refused) : t("noRoom")), el("button", { type: "button", class: "button main wide", onclick: begin }, t("tryAgain")))),
  );
}

begin();
