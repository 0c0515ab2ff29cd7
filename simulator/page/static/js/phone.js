/** One phone: who holds it, its tabs, and what can be opened over them. */

import { act } from "./api.js";
import { chat } from "./chat.js";
import { composer } from "./composer.js";
import { button, el, toast } from "./dom.js";
import { on } from "./live.js";
import { mini } from "./mini/mini.js";
import { person } from "./people.js";
import { createTabs } from "./tabs.js";
import { openWeb } from "./web.js";

const ACCOUNT = ["own", "reply", "notice", "custom", "template", "subscribe", "bizsend"];

export function createPhone(place, { first, holders, isStaff }) {
  const phone = { key: first, holder: person(first), shell: el("div", { className: "shell" }), tabs: createTabs() };
  phone.open = (url) => openWeb(phone, url);
  phone.attempt = (does) => attempt(phone, does);
  phone.taps = { open: phone.open, answer: (text, id) => phone.attempt(() => act(phone.key, "say", { text, bizmsgmenuid: id })) };
  const foot = composer(phone);
  addAccount(phone, foot);
  if (isStaff) addWork(phone);
  else addMini(phone);

  const select = el("select", { "aria-label": "这台手机是谁的", onchange: () => hand(select.value) });
  const follow = button("", () => phone.attempt(() => act(phone.key, phone.holder.follows ? "unfollow" : "follow")), { className: "follow" });

  function drawHolder() {
    phone.holder = person(phone.key);
    select.replaceChildren(...holders().map((one) => el("option", { value: one.key, selected: one.key === phone.key }, one.name)));
    follow.textContent = phone.holder.follows ? "取消关注" : "关注";
    follow.toggleAttribute("data-on", phone.holder.follows);
    foot.draw();
  }

  function hand(key) {
    phone.key = key;
    phone.shell.querySelectorAll(".web, .sheet").forEach((over) => over.remove());
    drawHolder();
    phone.tabs.show("account");
  }

  phone.shell.append(...phone.tabs.parts);
  place.append(el("div", { className: "phone", "data-phone": isStaff ? "staff" : "customer" }, el("div", { className: "holder" }, select, follow), phone.shell));
  on("people", drawHolder);
  on("menu", () => foot.draw());
  on("reset", () => hand(phone.key));
  on("connected", phone.tabs.reload);
  on("typing", (news) => { if (news.person === phone.key) phone.tabs.typing(news.on); });
  hand(first);
  return phone;
}

async function attempt(phone, does) {
  try {
    return await does();
  } catch (error) {
    toast(phone.shell, error.message);
    return null;
  }
}

function addAccount(phone, foot) {
  const talk = chat(phone, { channels: ACCOUNT, empty: "还没有消息", onNews: () => phone.tabs.news("account") });
  phone.tabs.add("account", { label: "公众号", heading: "新郑蓝天燃气", parts: [talk.list, foot.foot], load: talk.load });
}

function addMini(phone) {
  phone.mini = mini(phone);
  phone.tabs.add("mini", { label: "小程序", heading: "", parts: [phone.mini.view], load: phone.mini.load });
  phone.openPage = (path) => { phone.tabs.show("mini"); phone.mini.openPage(path); };
  phone.taps.openPage = phone.openPage;
}

function addWork(phone) {
  const work = chat(phone, { channels: ["wecom"], empty: "企业微信还没有消息", onNews: () => phone.tabs.news("work") });
  phone.tabs.add("work", { label: "企业微信", heading: "企业微信 · 燃气报装", parts: [work.list], load: work.load });
}
