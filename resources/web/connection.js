// The way to the room: one WebSocket, opened again whenever it breaks.

import { kept, randomBytes, toBase64 } from "/bits.js";

const VERSION = 1;
const ASK_AFTER = 15_000; // Milliseconds of silence before asking whether the host is there.
const DEAD_AFTER = 28_000; // Milliseconds of silence after which it is not.
const ANSWER_WITHIN = 4_000; // The same when the page was asleep, or the network changed.
const FIRST_WAIT = 400;
const LONGEST_WAIT = 15_000;
const JOIN_WITHIN = 8_000;

// After these words it is of no use to come back by itself.
const FINAL = new Set([
  "removed", "banned", "room-closed", "replaced", "no-guests", "wrong-password", "too-many-guesses",
  "peer-too-old", "peer-too-new", "room-locked", "malformed", "unexpected", "frame-too-large",
]);

/** Return the secret by which a room knows this browser again; made once, and told to no other room. */
function ownSecret(key) {
  let secret = kept.read(`secret.${key}`);
  if (typeof secret !== "string" || secret.length !== 44) {
    secret = toBase64(randomBytes(32));
    kept.write(`secret.${key}`, secret);
  }
  return secret;
}

/**
 * Tells `listener.onstate({name, seconds, code})`: connecting, online, waiting, stopped; and
 * `listener.onmessage(message)` of whatever the host says once one is in. A refused nickname stops it.
 */
export class Connection {
  constructor(key, listener) {
    this.listener = listener;
    this.state = { name: "stopped" };
    this.tries = 0;
    this.heard = 0;
    this.secret = ownSecret(key);
    addEventListener("online", () => this.hurry());
    addEventListener("focus", () => this.hurry());
    addEventListener("pageshow", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  start(nick, password = "") {
    this.stop();
    this.nick = nick;
    this.password = password;
    this.tries = 0;
    this.joinedBefore = false;
    this.open();
  }

  stop() {
    clearTimeout(this.timer);
    clearInterval(this.beat);
    this.drop();
    this.state = { name: "stopped" };
  }

  leave() {
    this.send({ t: "leave" });
    this.stop();
  }

  send(message) {
    if (this.state.name !== "online" || !this.socket || this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  tryNow() {
    if (this.state.name === "waiting") this.open();
  }

  /** The page woke up, or the network changed: find out at once whether the line still holds. */
  hurry() {
    if (this.state.name === "waiting") this.open();
    else if (this.state.name === "online") this.ask(ANSWER_WITHIN);
  }

  open() {
    clearTimeout(this.timer);
    this.drop();
    this.become({ name: "connecting" });
    let socket;
    try {
      socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/room`);
    } catch {
      this.lost();
      return;
    }
    this.socket = socket;
    this.lastWord = null;
    this.timer = setTimeout(() => socket === this.socket && this.lost(), JOIN_WITHIN);
    const say = (message) => socket.send(JSON.stringify(message));
    socket.onopen = () => say({ t: "hello", min_version: VERSION, max_version: VERSION, agent: "papo-web/1" });
    socket.onclose = () => socket === this.socket && this.lost();
    socket.onmessage = (event) => {
      if (socket !== this.socket) return;
      this.heard = Date.now();
      let message;
      try {
        message = JSON.parse(event.data);
      } catch {
        return;
      }
      this.take(message, say);
    };
  }

  take(message, say) {
    if (message.t === "host-hello") {
      say({ t: "identify", secret: this.secret, password: message.password ? this.password : "" });
      say({ t: "join", nick: this.nick });
    } else if (message.t === "ping") say({ t: "pong" });
    else if (message.t === "pong") return;
    else if (message.t === "closed") this.lastWord = message;
    else if (this.state.name === "connecting" && message.t === "rejected") this.end(message);
    else {
      if (message.t === "joined") {
        clearTimeout(this.timer);
        this.tries = 0;
        this.password = "";
        this.joinedBefore = true;
        clearInterval(this.beat);
        this.beat = setInterval(() => this.watch(), 5_000);
        this.become({ name: "online" });
      }
      this.listener.onmessage(message);
    }
  }

  watch() {
    const silence = Date.now() - this.heard;
    if (silence > DEAD_AFTER) this.lost();
    else if (silence > ASK_AFTER) this.send({ t: "ping" });
  }

  ask(within) {
    const asked = Date.now();
    this.send({ t: "ping" });
    const socket = this.socket;
    setTimeout(() => socket === this.socket && this.state.name === "online" && this.heard < asked && this.lost(), within);
  }

  lost() {
    clearTimeout(this.timer);
    clearInterval(this.beat);
    const word = this.lastWord;
    this.drop();
    if (word && FINAL.has(word.code)) {
      this.end(word);
      return;
    }
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.tries) * (0.75 + Math.random() / 2);
    this.tries += 1;
    this.become({ name: "waiting", until: Date.now() + wait, code: word?.code });
    this.timer = setTimeout(() => this.open(), wait);
  }

  end(word) {
    this.stop();
    this.become({ name: "stopped", code: word.code, seconds: Math.ceil(word.seconds || 0), limit: word.limit });
  }

  drop() {
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onopen = socket.onclose = socket.onmessage = null;
      socket.close();
    }
  }

  become(state) {
    this.state = state;
    this.listener.onstate(state);
  }
}
