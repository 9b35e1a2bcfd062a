// Loads the page, and once more where a part of it did not come: a busy host may hang up on one.

const KEY = "papo.tries";
const MOST = 6;

function tries(count) {
  try {
    const before = Number(sessionStorage.getItem(KEY) || 0);
    sessionStorage.setItem(KEY, String(count ?? before));
    return before;
  } catch {
    return MOST;
  }
}

import("/app.js").then(
  () => tries(0),
  () => {
    const before = tries();
    if (before < MOST) {
      tries(before + 1);
      setTimeout(() => location.reload(), 400 + 400 * before);
    } else {
      document.getElementById("app").textContent = "This page did not come whole. Load it again. · Esta página não veio inteira. Carregue-a de novo.";
    }
  },
);
