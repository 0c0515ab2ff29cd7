/** The log of calls, newest first. */

import { get } from "../api.js";
import { el } from "../dom.js";
import { on } from "../live.js";

const SHOWN = 120;
const PAUSE = 400;

export function callsPanel() {
  const list = el("ol", { className: "calls" });
  const filter = el("input", { className: "filter", type: "search", placeholder: "只看含有这些字的路径，如 template", "aria-label": "筛选", oninput: () => draw() });
  let rows = [];
  let last = 0;
  let waiting = null;

  async function load() {
    waiting = null;
    const { items } = await get(`/sim/calls?after=${last}&limit=${SHOWN}`);
    if (!items.length) return;
    last = items.at(-1).id;
    rows = [...items.reverse(), ...rows].slice(0, SHOWN);
    draw();
  }

  function draw() {
    const wanted = rows.filter((row) => row.path.includes(filter.value.trim()));
    const opened = new Set([...list.querySelectorAll("details[open]")].map((one) => one.dataset.id));
    list.replaceChildren(...wanted.map((row) => line(row, opened.has(String(row.id)))));
    if (!wanted.length) list.append(el("li", { className: "faint" }, "还没有调用。"));
  }

  /** Many calls at once are drawn once. */
  function soon() {
    waiting ??= setTimeout(load, PAUSE);
  }

  on("call", soon);
  on("connected", () => { last = 0; rows = []; load().then(draw); });
  on("reset", () => { rows = []; draw(); });
  return el("div", { className: "panel", role: "tabpanel", "data-panel": "calls" }, filter, list);
}

function line(row, open) {
  const isGood = row.status === 200 && row.errcode === 0;
  const end = isGood ? `${row.milliseconds} ms` : row.status === 200 ? String(row.errcode) : row.status || "断开";
  const details = el(
    "details",
    { open, "data-id": String(row.id) },
    el("summary", {},
      el("span", {}, row.at.slice(11, 19)),
      el("span", { className: row.direction, title: row.direction === "in" ? "后台 → 微信" : "微信 → 后台" }, row.direction === "in" ? "⟵" : "⟶"),
      el("span", {}, nameOf(row), row.fault ? ` · ${row.fault}` : ""),
      el("span", { className: isGood ? "ok" : "wrong" }, end)),
  );
  details.addEventListener("toggle", () => { if (details.open && !details.querySelector("pre")) details.append(inside(row)); });
  if (open) details.append(inside(row));
  return el("li", {}, details);
}

/** A callback is told apart by what it brings, a call by its path. */
const nameOf = (row) => (row.direction === "out" ? `${row.path.replace("/wechat/", "")} · ${row.request.Event || row.request.MsgType}` : row.path.replace("/cgi-bin/", ""));
const inside = (row) => el("pre", {}, JSON.stringify({ request: row.request, answer: row.answer }, null, 2));
