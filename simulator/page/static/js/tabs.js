/** The tabs of one phone. */

import { button, el } from "./dom.js";

export function createTabs() {
  const bar = el("div", { className: "tabs", role: "tablist" });
  const title = el("div", { className: "title" });
  const view = el("div", { className: "view" });
  const tabs = new Map();
  let current = "";

  /** `load` fetches what the tab shows, for whoever holds the phone; it runs each time the tab is chosen. */
  function add(name, { label, heading, parts, load }) {
    const tab = button(label, () => show(name), { role: "tab", "data-tab": name });
    bar.append(tab);
    tabs.set(name, { tab, heading, parts, load });
  }

  function show(name) {
    current = name;
    const chosen = tabs.get(name);
    for (const { tab } of tabs.values()) tab.setAttribute("aria-selected", String(tab === chosen.tab));
    chosen.tab.removeAttribute("data-news");
    title.textContent = chosen.heading;
    title.hidden = !chosen.heading;
    view.replaceChildren(...chosen.parts);
    chosen.load();
  }

  return {
    parts: [title, view, bar],
    add,
    show,
    reload: () => tabs.get(current).load(),
    news: (name) => { if (current !== name) tabs.get(name).tab.setAttribute("data-news", ""); },
    typing: (isOn) => { if (current === "account") title.textContent = isOn ? "对方正在输入…" : tabs.get("account").heading; },
  };
}
