/** A chat: the messages of some channels, newest at the bottom. */

import { get } from "./api.js";
import { shown } from "./bubbles.js";
import { el } from "./dom.js";
import { on } from "./live.js";
import { dayAndHour } from "./times.js";

const QUIET = 5 * 60 * 1000;

export function chat(phone, { channels, empty, onNews }) {
  const list = el("div", { className: "talk", role: "log", "aria-live": "polite" });
  let last = 0;
  let latest = 0;
  let meanwhile = [];

  async function load() {
    const key = phone.key;
    meanwhile = [];
    const { items } = await get(`/sim/users/${key}/messages?own=1`);
    if (key !== phone.key) return;
    list.replaceChildren();
    last = latest = 0;
    [...items, ...meanwhile].forEach(add); // a message may overtake the list it is missing from
    if (!last) list.append(el("p", { className: "empty" }, empty));
  }

  function add(message) {
    if (!channels.includes(message.channel) || message.id <= last) return;
    list.querySelector(".empty")?.remove();
    const at = Date.parse(message.at);
    if (at - latest > QUIET) list.append(el("time", { className: "hour" }, dayAndHour(message.at)));
    latest = at;
    last = message.id;
    list.append(shown(message, phone.holder, phone.taps));
    list.scrollTop = list.scrollHeight;
  }

  new ResizeObserver(() => { list.scrollTop = list.scrollHeight; }).observe(list);
  on("message", (message) => {
    if (message.person !== phone.key) return;
    meanwhile.push(message);
    add(message);
    if (channels.includes(message.channel) && message.channel !== "own") onNews();
  });
  return { list, load };
}
