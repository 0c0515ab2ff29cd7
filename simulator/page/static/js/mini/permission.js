/** wx.requestSubscribeMessage: the sheet a person sees, and what the mini-program reports to the backend. */

import { act } from "../api.js";
import { el } from "../dom.js";
import { ask } from "../sheet.js";
import { loadCatalogue } from "./catalogue.js";

export async function askForMessages(app) {
  const { templates } = await loadCatalogue(app.client);
  if (!templates?.length) return;
  const wanted = templates.slice(0, 3); // the platform asks for three at a time
  const names = await titles();
  const fields = wanted.map((id) => el("label", { className: "choice" }, el("input", { type: "checkbox", name: id, value: "accept", checked: true }), names.get(id) || id));
  const found = await ask(app.phone.shell, { title: "新郑蓝天燃气 申请发送以下消息", text: "每同意一次，可以收到一条。", fields, yes: "允许", no: "取消" });
  const results = Object.fromEntries(wanted.map((id) => [id, found?.[id] || "reject"]));
  await act(app.phone.key, "subscribe", { results, wait: false });
  await app.client.post("subscriptions", { results });
}

async function titles() {
  const { items } = await (await fetch("/sim/templates")).json();
  return new Map(items.map((template) => [template.template_id, template.title]));
}
