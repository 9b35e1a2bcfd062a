// What is known of the room: who is here, what was said. It shows nothing and sends what it must ask.

import { fromBase64 } from "/bits.js";

const PAGE = 60;
const CATCH_UP = 200;
const FORGET_BEYOND = 600; // A longer gap is not fetched: the newest page stands in its place.
const MESSAGES = new Set(["text", "files", "edited", "deleted"]);

/** Return the files and the caption of a message with files; whatever is odd about it is left out. */
export function attached(text) {
  try {
    const { files, caption } = JSON.parse(text);
    const sane = (Array.isArray(files) ? files : []).filter(
      (file) => file && /^[0-9a-f]{64}$/.test(file.hash) && typeof file.name === "string" && Number.isSafeInteger(file.size),
    );
    return { files: sane.slice(0, 10), caption: typeof caption === "string" ? caption : "" };
  } catch {
    return { files: [], caption: "" };
  }
}

export class Room {
  /** `send(message)`; `told(what, detail)` says what changed: lines, people, rules, typing, notice, reset. */
  constructor(send, told) {
    this.send = send;
    this.told = told;
    this.name = "";
    this.topic = "";
    this.me = 0;
    this.rules = {};
    this.history = "all";
    this.members = new Map();
    this.typing = [];
    this.log = null;
    this.forget();
  }

  forget() {
    this.lines = new Map();
    this.order = [];
    this.reactions = new Map();
    this.oldest = 0;
    this.newest = 0;
    this.start = 0;
    this.fetching = null;
    this.goal = 0;
    this.settled = false;
  }

  get myself() {
    return this.members.get(this.me);
  }

  get atBeginning() {
    return this.settled && this.oldest <= this.start + 1;
  }

  /** Return who said a line, as far as they are here. */
  member(line) {
    return this.members.get(line.author);
  }

  isMine(line) {
    const own = this.myself;
    return line.author === this.me || Boolean(own && line.device && line.device === own.device);
  }

  /** Take a message of the host's. */
  take(message) {
    const taken = {
      joined: this.onJoined,
      roster: this.onRoster,
      presence: this.onPresence,
      live: this.onLive,
      page: this.onPage,
      skipped: this.onSkipped,
      "typing-now": this.onTyping,
      "rules-changed": this.onRules,
      "topic-changed": this.onTopic,
      "history-changed": this.onHistory,
    }[message.t];
    if (taken) taken.call(this, message);
  }

  onJoined(message) {
    const log = message.log || "";
    if (this.log !== null && this.log !== log) {
      this.forget();
      this.told("reset");
    }
    this.log = log;
    this.name = message.room;
    this.topic = message.topic;
    this.me = message.member;
    this.history = message.history;
    this.rules = { locked: message.locked, hosts_only: message.hosts_only };
    this.members.clear();
    this.typing = [];
    this.catchUp(message.last_seq);
    this.told("people");
    this.told("rules");
  }

  onSkipped(message) {
    this.members.clear();
    this.topic = message.topic;
    this.catchUp(message.last_seq);
    this.told("rules");
  }

  /** Ask for what was missed, or for the newest page where that is too much, or nothing is here yet. */
  catchUp(last) {
    if (last < this.newest || last - this.newest > FORGET_BEYOND || !this.settled) {
      if (this.settled) {
        this.forget();
        this.told("reset");
      }
      this.goal = 0;
      this.newest = last;
      this.oldest = last + 1;
      this.ask({ after: 0, until: last, newest: true, limit: PAGE }, "first");
    } else if (last > this.newest) {
      this.goal = last;
      this.ask({ after: this.newest, until: last, limit: CATCH_UP }, "gap");
    } else {
      this.fetching = null;
      this.goal = 0;
      this.told("lines", { settled: true });
    }
  }

  ask(range, why) {
    this.fetching = why;
    this.send({ t: "fetch", ...range });
  }

  /** Ask for what was said before, if nothing else is being asked for. */
  fetchOlder() {
    if (this.fetching || !this.settled || this.atBeginning) return;
    this.ask({ after: 0, until: this.oldest - 1, newest: true, limit: PAGE }, "older");
  }

  onPage(page) {
    const why = this.fetching;
    this.fetching = null;
    const added = page.said.map((said) => this.put(said, true)).filter(Boolean);
    this.start = page.start || 0;
    if (why === "gap") {
      this.newest = Math.max(this.newest, page.until);
      if (this.newest < this.goal) {
        this.ask({ after: this.newest, until: this.goal, limit: CATCH_UP }, "gap");
      }
    } else {
      this.oldest = Math.min(this.oldest, page.after + 1);
      this.newest = Math.max(this.newest, page.until);
    }
    this.settled = true;
    this.told("lines", { added, why });
    // A page may be nothing but reactions: what one came to see lies before them.
    if (why !== "gap" && !added.length && !this.atBeginning) this.fetchOlder();
  }

  onLive(message) {
    const added = message.said.map((said) => this.put(said, false)).filter(Boolean);
    // While a gap is open, what comes live stands behind it, and is not what to go on from.
    if (this.fetching !== "gap") {
      for (const said of message.said) this.newest = Math.max(this.newest, said[0]);
    } else this.goal = Math.max(this.goal, message.said[message.said.length - 1][0]);
    this.told("lines", { added, why: "live" });
  }

  /** Take a line of the log; returns it where it is a message that was not here. */
  put([seq, author, at, cid, text, nick, device, kind = "text", about = 0], old) {
    const line = { seq, author, at, cid, text, nick, device: device || this.members.get(author)?.device || "", kind, about };
    if (!MESSAGES.has(kind)) {
      this.act(line);
      return null;
    }
    if (this.lines.has(seq)) return null;
    this.lines.set(seq, line);
    let place = this.order.length;
    while (place > 0 && this.order[place - 1] > seq) place -= 1;
    this.order.splice(place, 0, seq);
    line.old = old;
    return line;
  }

  /** Forget the oldest messages until `count` are left; returns the numbers of those that are gone. */
  letGo(count) {
    const gone = this.order.splice(0, this.order.length - count);
    for (const seq of gone) {
      this.lines.delete(seq);
      this.reactions.delete(seq);
    }
    this.oldest = this.order[0];
    return gone;
  }

  act(line) {
    const target = this.lines.get(line.about);
    if (line.kind === "delete" && target) Object.assign(target, { kind: "deleted", text: "" });
    else if (line.kind === "edit" && target && line.text && target.kind !== "deleted" && line.seq > (target.editedBy || 0)) {
      Object.assign(target, { kind: "edited", text: line.text, editedBy: line.seq });
    } else if (line.kind === "react" || line.kind === "unreact") {
      const at = this.reactions.get(line.about) || new Map();
      this.reactions.set(line.about, at);
      const who = `${line.text}\n${line.device || line.author}`;
      if ((at.get(who)?.seq || 0) < line.seq) at.set(who, { ...line, on: line.kind === "react" });
    }
    if (target) this.told("changed", target);
  }

  /** Return the reactions to a message: emoji, who put them, whether one of them is one's own. */
  reactionsTo(seq) {
    const found = new Map();
    for (const put of [...(this.reactions.get(seq)?.values() || [])].sort((a, b) => a.seq - b.seq)) {
      if (!put.on) continue;
      const one = found.get(put.text) || { emoji: put.text, nicks: [], mine: false };
      one.nicks.push(put.nick);
      one.mine = one.mine || this.isMine(put);
      found.set(put.text, one);
    }
    return [...found.values()];
  }

  onRoster(message) {
    for (const member of message.members) this.members.set(member.number, member);
    if (!message.more) this.told("people");
  }

  onPresence(message) {
    for (const change of message.changes) {
      if (change.t === "came") {
        const known = this.members.has(change.member.number);
        this.members.set(change.member.number, change.member);
        if (!known) this.told("notice", { kind: "came", nick: change.member.nick, at: change.at });
      } else if (change.t === "went") {
        this.members.delete(change.number);
        this.told("notice", { kind: "went", nick: change.nick, at: change.at });
      } else if (change.t === "renamed") {
        const member = this.members.get(change.number);
        if (member) this.members.set(change.number, { ...member, nick: change.nick });
        this.told("notice", { kind: "renamed", nick: change.nick, before: change.before, at: change.at, mine: change.number === this.me });
      } else {
        const member = this.members.get(change.number);
        if (member) {
          const { away = false, slow = false, muted = false, role = "member", colour = -1 } = change;
          this.members.set(change.number, { ...member, away, slow, muted, role, colour });
        }
      }
    }
    this.told("people");
    this.told("typing");
    this.told("rules");
  }

  onTyping(message) {
    this.typing = message.members.filter((number) => number !== this.me);
    this.told("typing");
  }

  /** Return the nicknames of the others who are writing. */
  get typists() {
    return this.typing.map((number) => this.members.get(number)?.nick).filter(Boolean);
  }

  onRules(message) {
    this.rules = { locked: message.locked, hosts_only: message.hosts_only };
    this.told("rules");
  }

  onTopic(message) {
    this.topic = message.topic;
    this.told("notice", { kind: "topic", nick: message.by, topic: message.topic, at: Date.now() });
    this.told("rules");
  }

  onHistory(message) {
    this.history = message.history;
  }

  /** Return why one may not write now, as a code, or nothing. */
  get silent() {
    const own = this.myself;
    if (own?.muted) return "muted";
    if (this.rules.hosts_only && (own?.role || "member") === "member") return "hosts-only";
    return "";
  }
}

/** Return a token as `Authorization` wants it: base64 in its form for addresses. */
export function bearer(token) {
  return token.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export const isToken = (token) => fromBase64(token).length === 32;
