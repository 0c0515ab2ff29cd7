/** The desk beside the phones. */

import { button, el } from "../dom.js";
import { callsPanel } from "./calls.js";
import { clockPanel } from "./clock.js";
import { faultsPanel } from "./faults.js";
import { peoplePanel } from "./people.js";

export function panels(place, customer) {
  const built = { 时钟: clockPanel(customer), 故障: faultsPanel(), 调用: callsPanel(), 人员: peoplePanel() };
  const tabs = el("div", { className: "panel-tabs", role: "tablist" });
  const all = el("div", { className: "panels" }, tabs, Object.values(built));

  function show(name) {
    for (const tab of tabs.children) tab.setAttribute("aria-selected", String(tab.textContent === name));
    for (const [other, panel] of Object.entries(built)) panel.hidden = other !== name;
  }

  tabs.append(...Object.keys(built).map((name) => button(name, () => show(name), { role: "tab" })));
  place.append(all);
  show("时钟");
}
