// What somebody typed, as elements: a part of Markdown. Whatever it is, it becomes text and nothing else.

import { el } from "/bits.js";

const LONGEST = 20_000;
const SAFE = new Set(["http:", "https:", "mailto:"]);
const INLINE =
  /(`+)([^`\n][^\n]*?)\1(?!`)|\*\*(?=\S)([^\n]*?\S)\*\*|~~(?=\S)([^\n]*?\S)~~|\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\p{L}\p{N}*])|_(?=[^\s_])([^_\n]*[^\s_])_(?![\p{L}\p{N}_])|\[([^\][\n]{1,200})\]\((\S{1,2000}?)\)|((?:https?:\/\/|mailto:)[^\s<>"`\\]{1,2000})/gu;
// Browsers of a few years ago know no looking behind, so what stands before a mark is looked at apart.
const JOINS = /[\p{L}\p{N}*_]$/u;
const AFTER_LINK = /[.,;:!?'"*_~)\]}]$/;
// Characters that hide or reorder what is beside them have no place in a link.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\s\\]/u;

/** Return the link to what was typed, or null where it may not be one. */
export function linkTo(typed) {
  if (HIDDEN.test(typed)) return null;
  let url;
  try {
    url = new URL(typed);
  } catch {
    return null;
  }
  if (!SAFE.has(url.protocol) || url.username || url.password) return null;
  if (url.protocol !== "mailto:" && !url.hostname) return null;
  return url;
}

function anchor(url, label) {
  const made = el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow", title: url.href }, label);
  const where = url.protocol === "mailto:" ? url.pathname : url.host;
  // Where a link leads is said before it is opened.
  if (!label.toLowerCase().includes(where.toLowerCase())) return [made, el("span", { class: "leads" }, ` (${where})`)];
  return [made];
}

function mentioned(text, mentions) {
  return Array.from(text.matchAll(mentions.pattern), (match) => [match[0], match[1], match[2], match.index]);
}

function words(text, mentions) {
  if (!mentions || !text.includes("@")) return [text];
  const found = [];
  let from = 0;
  for (const [all, before, nick, at] of mentioned(text, mentions)) {
    const start = at + before.length;
    found.push(text.slice(from, start), el("strong", { class: mentions.isMe(nick) ? "mention me" : "mention" }, all.slice(before.length)));
    from = at + all.length;
  }
  found.push(text.slice(from));
  return found.filter((part) => part !== "");
}

function inline(text, mentions, depth = 0) {
  if (depth > 4) return [text];
  const found = [];
  let from = 0;
  const pattern = new RegExp(INLINE);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [all, ticks, code, bold, strike, star, line, label, target, bare] = match;
    let made = null;
    let taken = all.length;
    if (ticks) made = [el("code", {}, code)];
    else if (bold !== undefined) made = [el("strong", {}, inline(bold, mentions, depth + 1))];
    else if (strike !== undefined) made = [el("s", {}, inline(strike, mentions, depth + 1))];
    else if (star !== undefined || line !== undefined) made = [el("em", {}, inline(star ?? line, mentions, depth + 1))];
    else if (label !== undefined) {
      const url = linkTo(target);
      made = url && anchor(url, label);
    } else {
      const typed = withoutEnd(bare);
      const url = linkTo(typed);
      taken = typed.length;
      made = url && anchor(url, typed);
    }
    if ((star ?? line) !== undefined && JOINS.test(text.slice(Math.max(0, match.index - 2), match.index))) made = null;
    if (!made) {
      pattern.lastIndex = match.index + 1;
      continue;
    }
    pattern.lastIndex = match.index + taken;
    found.push(...words(text.slice(from, match.index), mentions), ...made);
    from = match.index + taken;
  }
  found.push(...words(text.slice(from), mentions));
  return found;
}

// What ends the sentence around a link is no part of it; a bracket that was opened within it is.
function withoutEnd(link) {
  let typed = link;
  while (AFTER_LINK.test(typed)) {
    if (typed.endsWith(")") && typed.split("(").length >= typed.split(")").length) break;
    typed = typed.slice(0, -1);
  }
  return typed;
}

function lines(rows, mentions) {
  const made = [];
  rows.forEach((row, at) => {
    if (at) made.push(el("br"));
    made.push(...inline(row, mentions));
  });
  return made;
}

/** Return who may be meant by an @ in a text. */
export function mentionsOf(nicks, own) {
  const escaped = [...new Set(nicks)]
    .filter(Boolean)
    .sort((a, b) => b.length - a.length)
    .slice(0, 500)
    .map((nick) => nick.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!escaped.length) return null;
  const folded = own.toLocaleLowerCase();
  return {
    pattern: new RegExp(`(^|[^\\p{L}\\p{N}_])@(${escaped.join("|")})(?![\\p{L}\\p{N}_])`, "giu"),
    isMe: (nick) => nick.toLocaleLowerCase() === folded,
  };
}

/** Tell whether a text means the reader. */
export function meansMe(text, mentions) {
  if (!mentions || !text.includes("@")) return false;
  return mentioned(text, mentions).some(([, , nick]) => mentions.isMe(nick));
}

/** Return a message's text as blocks. */
export function formatted(text, mentions = null) {
  if (text.length > LONGEST) return [el("p", {}, text)];
  const rows = text.replace(/\r\n?|\u2028|\u2029/g, "\n").split("\n");
  const blocks = [];
  let at = 0;
  const take = (pattern) => {
    const taken = [];
    while (at < rows.length && pattern.test(rows[at])) taken.push(rows[at++].replace(pattern, ""));
    return taken;
  };
  while (at < rows.length) {
    const row = rows[at];
    const fence = /^(`{3,}|~{3,})/.exec(row);
    if (fence) {
      const end = rows.findIndex((other, place) => place > at && other.startsWith(fence[1]) && !other.slice(fence[1].length).trim());
      const last = end < 0 ? rows.length : end;
      blocks.push(el("pre", { tabindex: "0" }, el("code", {}, rows.slice(at + 1, last).join("\n"))));
      at = last + 1;
    } else if (/^> ?/.test(row)) blocks.push(el("blockquote", {}, lines(take(/^> ?/), mentions)));
    else if (/^[-*+] /.test(row)) blocks.push(el("ul", {}, take(/^[-*+] /).map((item) => el("li", {}, inline(item, mentions)))));
    else if (/^\d{1,6}[.)] /.test(row)) {
      const start = parseInt(row, 10);
      blocks.push(el("ol", { start }, take(/^\d{1,6}[.)] /).map((item) => el("li", {}, inline(item, mentions)))));
    } else {
      const taken = [];
      while (at < rows.length && !(taken.length && /^(?:`{3,}|~{3,}|> ?|[-*+] |\d{1,6}[.)] )/.test(rows[at]))) taken.push(rows[at++]);
      if (taken.some((one) => one.trim()) || !blocks.length) blocks.push(el("p", {}, lines(taken, mentions)));
    }
  }
  return blocks;
}

/** Return a text in one line, without its marks: for a quotation. */
export function oneLine(text, most = 140) {
  const line = text.replace(/[*_~`>]+/g, "").replace(/\s+/g, " ").trim();
  return line.length > most ? `${Array.from(line).slice(0, most).join("")}…` : line;
}
