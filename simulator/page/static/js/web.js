/** The browser inside a phone: a frame over everything else. */

import { button, el } from "./dom.js";

/** The simulator fetches the backend's pages with this person's cookies. */
export function openWeb(phone, url) {
  const name = el("span", {}, url);
  const frame = el("iframe", { title: "网页", src: `/phone/open?as=${encodeURIComponent(phone.key)}&url=${encodeURIComponent(url)}` });
  frame.addEventListener("load", () => { name.textContent = titleOf(frame) || url; });
  const view = el(
    "div",
    { className: "web" },
    el("div", { className: "web-bar" }, button("‹", () => back(frame, view), { "aria-label": "返回" }), name, button("✕", () => view.remove(), { "aria-label": "关闭" })),
    frame,
  );
  phone.shell.querySelector(".web")?.remove();
  phone.shell.append(view);
}

function titleOf(frame) {
  try {
    return frame.contentDocument.title;
  } catch {
    return ""; // a page of another server keeps its title to itself
  }
}

function back(frame, view) {
  try {
    const inside = frame.contentWindow;
    if (inside.navigation?.canGoBack) return inside.history.back();
  } catch {
    // a page of another server: close it instead
  }
  view.remove();
}
