/** Me: the verified phone number, and messages allowed. */

import { act, get } from "../api.js";
import { button, el, toast } from "../dom.js";
import { askForMessages } from "./permission.js";

export async function mePage(app) {
  app.heading.textContent = "我的";
  const grants = (await get(`/sim/users/${app.phone.key}/grants`)).mini_program;
  const left = Object.values(grants).reduce((sum, amount) => sum + amount, 0);
  return [
    el("section", { className: "box" }, el("h3", {}, app.phone.holder.name), el("p", { className: "faint" }, "绑定手机号后，热线和营业厅办的报装也能在这里看到。"),
      button("用微信手机号绑定", () => app.phone.attempt(() => bind(app)), { className: "primary" })),
    el("section", { className: "box" }, el("h3", {}, "进度通知"), el("p", { className: "faint" }, `还可以收到 ${left} 条`),
      button("接收进度通知", () => app.phone.attempt(async () => { await askForMessages(app); await app.draw(); }), { className: "plain" })),
  ];
}

async function bind(app) {
  const { code } = await act(app.phone.key, "phone-code");
  const { phone } = await app.client.post("phone", { code });
  toast(app.phone.shell, `已绑定 ${phone}`);
}
