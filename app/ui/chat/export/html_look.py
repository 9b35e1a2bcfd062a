"""The style sheet of an exported page: the window's colours and measures, light, dark and on paper."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from string import Template

from app.ui.theme.roles import DARK, LIGHT, PEOPLE_DARK, PEOPLE_LIGHT, Role

_RULES = """
* { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--surface-base); color: var(--text);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header, main, footer { max-width: 780px; margin: 0 auto; padding: 0 16px; }
header { padding-top: 24px; padding-bottom: 16px; border-bottom: 1px solid var(--line); }
h1 { font-size: 22px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
header p, footer p { margin: 2px 0; font-size: 13px; color: var(--text-second);
  overflow-wrap: anywhere; }
header .topic { font-size: 15px; margin-bottom: 8px; }
footer { padding-top: 16px; padding-bottom: 32px; }
section { content-visibility: auto; contain-intrinsic-size: auto 600px;
  margin: 0 -8px; padding: 0 8px 8px; }
h2 { display: flex; align-items: center; gap: 12px; margin: 16px 0 4px;
  font-size: 12px; font-weight: 600; color: var(--text-second); }
h2::before, h2::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
article { position: relative; margin: 0 -8px; padding: 2px 8px 2px 56px; border-radius: 8px; }
article.first { margin-top: 8px; min-height: 44px; }
article.private { background: var(--private); border-radius: 0;
  box-shadow: inset 3px 0 var(--private-text); }
article.mention { background: var(--mention); border-radius: 0;
  box-shadow: inset 3px 0 var(--mention-bar); }
.avatar { position: absolute; left: 8px; top: 4px; width: 36px; height: 36px; border-radius: 50%;
  font-weight: 600; font-size: 13px; line-height: 36px; text-align: center; overflow: hidden;
  user-select: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 8px; }
.nick { font-weight: 600; overflow-wrap: anywhere; min-width: 0; }
.head time, .late { font-size: 12px; color: var(--text-faint); }
.late { position: absolute; left: 0; width: 52px; top: 4px; text-align: center; opacity: 0; }
article:hover .late { opacity: 1; }
.note { margin: 0; font-size: 12px; color: var(--private-text); }
p.words, .words p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere;
  unicode-bidi: plaintext; }
.words > * + * { margin-top: 6px; }
.quoted { margin: 0; padding-inline-start: 8px; border-inline-start: 2px solid var(--outline);
  font-size: 13px; color: var(--text-second); overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.quoted a { color: inherit; text-decoration: none; } .quoted a:hover { text-decoration: underline; }
article:target { background: var(--accent-soft); }
.edited { margin: 0; font-size: 12px; color: var(--text-faint); }
.chips { margin: 4px 0 2px; display: flex; flex-wrap: wrap; gap: 4px 6px; }
.chip { font-size: 13px; line-height: 22px; padding: 0 9px; border-radius: 12px;
  border: 1px solid var(--line); background: var(--control-hover); color: var(--text-second); }
.chip.mine { border-color: var(--accent); background: var(--accent-soft); color: var(--accent-text); }
.big { font-size: 2.2em; line-height: 1.3; }
.gone { font-style: italic; color: var(--text-faint); }
.gap { margin: 12px 0; text-align: center; font-size: 13px; color: var(--text-second); }
a { color: var(--accent-text); overflow-wrap: anywhere; }
.to { color: var(--text-second); font-size: .9em; overflow-wrap: anywhere; }
.to.careful { color: var(--warn); background: var(--warn-soft); border-radius: 4px; padding: 0 4px; }
.at { color: var(--accent-text); background: var(--accent-soft); border-radius: 4px; padding: 0 2px; }
.at.me { color: var(--mention-text); background: var(--mention); }
code, pre { font: 13px/1.4 ui-monospace, SFMono-Regular, Consolas, "Liberation Mono", monospace; }
p code { background: var(--control-hover); border-radius: 4px; padding: 1px 4px; }
pre { margin: 0; max-width: 520px; padding: 6px 10px; white-space: pre-wrap;
  overflow-wrap: anywhere; background: var(--surface-sunken); border: 1px solid var(--line);
  border-radius: 6px; tab-size: 4; }
.k { color: var(--code-keyword); } .f { color: var(--code-name); }
.s { color: var(--code-string); } .n { color: var(--code-number); }
.c { color: var(--text-faint); } .o { color: var(--text-second); } .d { color: var(--danger); }
blockquote { margin: 0; padding-inline-start: 11px; border-inline-start: 3px solid var(--outline);
  color: var(--text-second); }
.list { display: grid; grid-template-columns: max-content 1fr; gap: 2px 8px; }
.list > .mark { text-align: end; color: var(--text-second); }
.list > div, blockquote { min-width: 0; }
.files { margin: 4px 0 2px; display: flex; flex-direction: column; gap: 6px; }
.file { width: fit-content; max-width: 100%; padding: 6px 10px; border: 1px solid var(--line);
  border-radius: 10px; overflow-wrap: anywhere; }
.file .size { font-size: 13px; color: var(--text-second); }
img { display: block; max-width: min(360px, 100%); max-height: 240px; border-radius: 6px;
  margin-bottom: 4px; }
@media (max-width: 480px) {
  body { font-size: 16px; }
  header, main, footer { padding-left: 12px; padding-right: 12px; }
  article { padding-left: 50px; }
}
@media print {
  body { font-size: 11pt; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  section { content-visibility: visible; }
  article, pre { break-inside: avoid; } h2 { break-after: avoid; }
  .late { display: none; }
}
"""


@cache
def style_sheet() -> str:
    """Return the text of the one style element."""
    light, dark = _values(LIGHT, PEOPLE_LIGHT), _values(DARK, PEOPLE_DARK)
    people = "\n".join(
        f".p{number} {{ color: var(--ink-{number}); }}"
        f" .avatar.p{number} {{ background: var(--tint-{number}); }}"
        for number in range(len(PEOPLE_LIGHT))
    )
    sheet = Template(
        ":root {\n$light}\n@media (prefers-color-scheme: dark) { @media screen { :root {\n$dark} } }\n"
    )
    return sheet.substitute(light=light, dark=dark) + _RULES + people + "\n"


@cache
def style_hash() -> str:
    """Return what a Content Security Policy (W3C CSP3, 2.3.1) allows that style element by."""
    digest = hashlib.sha256(style_sheet().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _values(roles: dict[Role, str], people: tuple[tuple[str, str], ...]) -> str:
    lines = [f"  --{role.value.replace('.', '-')}: {value};" for role, value in roles.items()]
    for number, (ink, tint) in enumerate(people):
        lines += [f"  --ink-{number}: {ink};", f"  --tint-{number}: {tint};"]
    return "\n".join(lines) + "\n"
