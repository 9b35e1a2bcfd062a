// A small picker: what is used most, in groups; the keyboard of a phone has the rest.

import { el, sheet } from "/bits.js";
import { t } from "/texts.js";

export const QUICK = ["👍", "❤️", "😂", "😮", "😢", "🎉"];
const GROUPS = [
  "😀 😃 😄 😁 😆 😅 😂 🤣 🙂 🙃 😉 😊 😇 🥰 😍 😘 😋 😛 😜 🤪 🤗 🤭 🤫 🤔 😐 😑 😶 🙄 😏 😬 😌 😔 😴 🤒 🤕 🤢 🥵 🥶 🥴 😵 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁 😮 😯 😲 😳 🥺 😨 😰 😥 😢 😭 😱 😖 😞 😩 😫 🥱 😤 😡 😠 🤬 😈 💀 💩 🤡 👻 👽 🤖",
  "👋 🤚 ✋ 🖖 👌 🤏 ✌️ 🤞 🤟 🤘 🤙 👈 👉 👆 👇 ☝️ 👍 👎 ✊ 👊 👏 🙌 👐 🤝 🙏 ✍️ 💪 👀 👂 🧠 👶 🧒 👩 👨 🧓 🙅 🙆 🙋 🤦 🤷 💃 🕺 🧘 👪",
  "🐶 🐱 🐭 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🦆 🦉 🐝 🦋 🐢 🐍 🐙 🐠 🐬 🐳 🌵 🌲 🌴 🌱 🍀 🌸 🌻 🌹 ☀️ 🌤️ ☁️ 🌧️ ⛈️ ❄️ 🌈 🌊 🔥 ⭐ 🌙",
  "🍎 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍍 🥭 🥥 🥑 🍅 🌽 🥕 🍞 🧀 🍖 🍔 🍟 🍕 🌭 🥪 🌮 🍝 🍜 🍣 🍚 🍿 🍩 🍪 🎂 🍰 🍫 🍬 🍮 ☕ 🍵 🧃 🥤 🍺 🍷 🥂",
  "⚽ 🏀 🏐 🎾 🏓 🎯 🎮 🎲 🎵 🎸 🎤 🎬 🎨 📷 💻 🖥️ 🖨️ 📱 🔋 💡 🔌 🔧 🔨 📌 📎 ✂️ 📝 📚 📅 📈 💰 🎁 🎈 🎉 🏆 🚗 🚌 🚲 ✈️ 🚀 🏠 🏫 ⏰ ⏳",
  "❤️ 🧡 💛 💚 💙 💜 🖤 💔 💕 💯 ✅ ❌ ❗ ❓ ⚠️ ⛔ 🔴 🟠 🟡 🟢 🔵 🟣 ➕ ➖ ✔️ 🔒 🔑 🔔 🔇 💬 💭 💤 ♻️ 🏁 🇧🇷 🏳️‍🌈",
].map((group) => group.split(" "));

/** Let somebody choose an emoji; `chosen` is told which. */
export function pickEmoji(chosen) {
  const names = t("emojiGroups");
  const parts = GROUPS.map((group, at) =>
    el(
      "section",
      { "aria-label": names[at] },
      el("h3", {}, names[at]),
      el(
        "div",
        { class: "emoji-grid" },
        group.map((emoji) =>
          el("button", { type: "button", onclick: () => { opened.close(); chosen(emoji); } }, emoji),
        ),
      ),
    ),
  );
  const opened = sheet(t("emoji"), el("div", { class: "emoji-picker" }, parts));
  opened.classList.add("tall");
}
