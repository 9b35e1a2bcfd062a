// What was written and is not known to be on the host's disk yet: kept through a lost connection and a
// page that was closed, and sent again under the same id, so that it is said once.

import { kept, randomBytes, toBase64 } from "/bits.js";

export class Outbox {
  /** `key`: the room's, since what waits for one is no other's business. `changed()` is called. */
  constructor(key, connection, changed) {
    this.key = `out.${key}`;
    this.connection = connection;
    this.changed = changed;
    this.items = (kept.read(this.key) || []).filter((item) => item && typeof item.wish === "object");
  }

  /** Send a wish that has an id (a message, an edit, a deletion, a reaction), now or when one can. */
  add(wish) {
    const item = { wish: { ...wish, cid: toBase64(randomBytes(16)) }, at: Date.now(), failed: null };
    this.items.push(item);
    this.keep();
    this.connection.send(item.wish);
    return item;
  }

  /** Send again what was not acknowledged, in its order. */
  resend() {
    for (const item of this.items) if (!item.failed) this.connection.send(item.wish);
  }

  retry(cid) {
    const item = this.find(cid);
    if (!item) return;
    item.failed = null;
    this.keep();
    this.connection.send(item.wish);
  }

  find(cid) {
    return this.items.find((item) => item.wish.cid === cid);
  }

  done(cid) {
    const before = this.items.length;
    this.items = this.items.filter((item) => item.wish.cid !== cid);
    if (this.items.length !== before) this.keep();
  }

  /** Note a refusal. Of a message it is shown, to be tried again or deleted; anything else is dropped. */
  failed(cid, code, limit) {
    const item = this.find(cid);
    if (!item) return null;
    if (item.wish.t === "say") {
      item.failed = { code, limit };
      this.keep();
    } else this.done(cid);
    return item;
  }

  /** The messages that wait, to be shown behind all others. */
  get messages() {
    return this.items.filter((item) => item.wish.t === "say");
  }

  keep() {
    kept.write(this.key, this.items.length ? this.items.slice(-200) : null);
    this.changed();
  }
}
