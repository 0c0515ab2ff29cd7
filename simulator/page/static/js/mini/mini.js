/** The mini-program in the customer's phone: a bar, a page, and a way back. */

import { button, el } from "../dom.js";
import { on } from "../live.js";
import { createClient } from "./client.js";
import { detailPage } from "./detail.js";
import { formPage } from "./form.js";
import { listPage } from "./list.js";
import { mePage } from "./me.js";

const PAGES = { list: listPage, detail: detailPage, form: formPage, me: mePage };

export function mini(phone) {
  const client = createClient(() => phone.key);
  const heading = el("h2", {}, "燃气报装");
  const page = el("div", { className: "mini-page" });
  const back = button("‹", () => go("list"), { "aria-label": "返回" });
  const again = button("⟳", () => draw(), { "aria-label": "刷新" });
  const view = el("div", { className: "mini" }, el("div", { className: "mini-bar" }, back, heading, again), page);
  let here = { name: "list", what: null };
  let turn = 0;
  let holder = phone.key;

  const app = { phone, client, go, draw, heading };

  function go(name, what = null) {
    here = { name, what };
    page.scrollTop = 0;
    return draw();
  }

  async function draw() {
    const mine = ++turn;
    back.style.visibility = here.name === "list" ? "hidden" : "visible";
    let content;
    try {
      content = await PAGES[here.name](app, here.what);
    } catch (error) {
      content = [el("div", { className: "box" }, el("p", { className: "bad" }, error.message), button("再试一次", () => draw(), { className: "plain" }))];
    }
    if (mine === turn) page.replaceChildren(...content);
  }

  const isOpen = () => view.isConnected && here.name !== "form";
  on("message", (message) => { if (message.person === phone.key && message.channel !== "own" && isOpen()) draw(); });
  on("backend-clock", () => { if (isOpen()) draw(); });

  return {
    view,
    client,
    load() {
      const isFilling = here.name === "form" && page.hasChildNodes();
      if (holder === phone.key) return isFilling ? null : draw();
      holder = phone.key;
      return go("list");
    },
    openPage(path) {
      const query = new URLSearchParams(path.split("?")[1] || "");
      const number = query.get("number") || query.get("application") || query.get("scene");
      return number ? go("detail", number) : go(path.includes("apply") ? "form" : "list");
    },
  };
}
