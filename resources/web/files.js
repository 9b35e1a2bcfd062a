// Files both ways, by HTTP beside the WebSocket: resumed where they broke off, never run, never read as markup.

import { fromHex, randomBytes, toBase64, toHex } from "/bits.js";
import { bearer } from "/room.js";

const TRIES = 60;
const AGAIN = new Set([0, 429, 502, 503, 504]); // 0: the connection broke off.
const AT_ONCE = 3;
const ABOUT_FILES = { "room-full": "room-is-full" }; // Of a room it says that nobody more gets in.
const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const LARGEST_SHOWN = 30_000_000;

/** Tell whether a file can be shown as a picture in full. */
export const isPicture = (file) => SHOWN.has(file.media) && file.width > 0 && file.size <= LARGEST_SHOWN;

/** Return a promise of a moment to come, further off the more often one tried. */
const pause = (turn) => new Promise((go) => setTimeout(go, Math.min(5000, 300 * 2 ** Math.min(turn, 5))));

export class Files {
  constructor(connection) {
    this.connection = connection;
    this.token = "";
    this.most = Infinity;
    this.waiting = [];
    this.urls = new Map();
    this.running = 0;
    this.queue = [];
  }

  onToken(message) {
    this.token = bearer(message.token);
    this.most = message.max_file ?? 4 * 1024 ** 3;
    for (const go of this.waiting.splice(0)) go(this.token);
  }

  askToken() {
    this.token = "";
    this.connection.send({ t: "ask-token" });
  }

  /** The host did not know a token: ask for another, unless that was done meanwhile. */
  stale(token) {
    if (this.token === token) this.askToken();
  }

  /** The connection is lost: what is on its way waits for the next one's token. */
  pause() {
    this.token = "";
  }

  withToken() {
    if (this.token) return Promise.resolve(this.token);
    return new Promise((go) => this.waiting.push(go));
  }

  // --- to the host

  /** Send a file; `progress(part)` is told from 0 to 1. Returns a promise of its hash, and how to cancel. */
  upload(file, progress) {
    const id = toHex(randomBytes(16));
    const job = { cancelled: false, request: null };
    const stopped = new Promise((_, stop) => { job.stop = stop; });
    const promise = Promise.race([this.uploading(file, id, job, progress), stopped]);
    return { promise, cancel: () => this.cancel(id, job) };
  }

  async uploading(file, id, job, progress) {
    let offset = 0; // Null where it is not known: to begin at the beginning would throw away what came.
    for (let turn = 0; turn < TRIES; turn += 1) {
      const token = await this.withToken();
      if (job.cancelled) throw new Error("cancelled");
      if (offset === null) {
        offset = await this.offset(id, token);
        if (offset === null) await pause(turn);
        continue;
      }
      const answer = await this.put(file, id, offset, token, job, progress);
      if (job.cancelled) throw new Error("cancelled");
      if (answer.status === 200 || answer.status === 201) return JSON.parse(answer.text).hash;
      if (answer.status === 401) this.stale(token);
      else if (answer.status === 409 && answer.offset !== null) offset = answer.offset;
      else if (AGAIN.has(answer.status) && answer.problem !== "too-many") {
        offset = null;
        await pause(turn);
      } else throw new Error(ABOUT_FILES[answer.problem] || answer.problem || `http-${answer.status}`);
    }
    throw new Error("lost");
  }

  put(file, id, offset, token, job, progress) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      job.request = request;
      request.open("PUT", `/files/${id}?name=${encodeURIComponent(file.name.replace(/\p{Surrogate}/gu, "_"))}`);
      request.setRequestHeader("Authorization", `Bearer ${token}`);
      if (offset > 0) {
        const last = offset < file.size ? `${offset}-${file.size - 1}` : "*";
        request.setRequestHeader("Content-Range", `bytes ${last}/${file.size}`);
      }
      request.upload.onprogress = (event) => progress((offset + event.loaded) / Math.max(1, file.size));
      request.onloadend = () => {
        const there = request.getResponseHeader("Upload-Offset");
        done({
          status: request.status,
          text: request.responseText,
          offset: there === null ? null : Number(there),
          problem: request.getResponseHeader("Papo-Problem"),
        });
      };
      request.send(offset > 0 ? file.slice(offset) : file);
    });
  }

  /** Return a promise of how much of an upload is at the host; null where it does not say. */
  async offset(id, token) {
    try {
      const answer = await fetch(`/files/${id}`, { method: "HEAD", headers: { Authorization: `Bearer ${token}` }, cache: "no-store" });
      if (answer.ok) return Number(answer.headers.get("Upload-Offset") || 0);
      if (answer.status === 404) return 0;
      if (answer.status === 401) this.stale(token);
    } catch {
      // As little as an answer that says nothing of it.
    }
    return null;
  }

  /** Give an upload up; returns a promise that the host knows it, if it can be told. */
  cancel(id, job) {
    job.cancelled = true;
    job.stop(new Error("cancelled"));
    job.request?.abort();
    if (!this.token) return Promise.resolve();
    return fetch(`/files/${id}`, { method: "DELETE", headers: { Authorization: `Bearer ${this.token}` } }).catch(() => null);
  }

  // --- from the host

  /** Return a promise of the bytes of a file, or of its thumbnail, as a blob. */
  async fetch(hash, name, small = false) {
    for (let turn = 0; turn < 4; turn += 1) {
      const token = await this.withToken();
      const target = `/files/${hash}${small ? "/thumbnail" : ""}?name=${encodeURIComponent(name)}`;
      let answer;
      try {
        answer = await fetch(target, { headers: { Authorization: `Bearer ${token}` }, cache: "no-store" });
        if (answer.ok) return await answer.blob();
      } catch {
        await new Promise((go) => setTimeout(go, 500 * 2 ** turn));
        continue;
      }
      if (answer.status === 401) this.stale(token);
      else if (answer.status === 429) await new Promise((go) => setTimeout(go, 1000));
      else throw new Error(answer.headers.get("Papo-Problem") || `http-${answer.status}`);
    }
    throw new Error("lost");
  }

  /** Return a promise of an address of a thumbnail within this page, a few at a time. */
  thumbnail(file) {
    if (!this.urls.has(file.hash)) {
      const made = new Promise((go, stop) => this.queue.push({ file, go, stop }));
      this.urls.set(file.hash, made);
      made.catch(() => this.urls.delete(file.hash));
      this.turn();
    }
    return this.urls.get(file.hash);
  }

  async turn() {
    if (this.running >= AT_ONCE || !this.queue.length) return;
    const { file, go, stop } = this.queue.shift();
    this.running += 1;
    try {
      const blob = await this.fetch(file.hash, file.name, true);
      if (!SHOWN.has(blob.type)) throw new Error("no picture");
      go(URL.createObjectURL(blob));
    } catch (error) {
      stop(error);
    }
    this.running -= 1;
    this.turn();
  }

  /** Let the reader keep a file under its name. */
  async save(file) {
    const blob = await this.fetch(file.hash, file.name);
    const url = URL.createObjectURL(new Blob([blob], { type: "application/octet-stream" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = file.name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

/** Return a file as a message carries it. */
export const attach = (hash, name) => ({ hash: toBase64(fromHex(hash)), name });
