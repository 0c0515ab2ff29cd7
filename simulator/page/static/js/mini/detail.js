/** One application: where it stands, who is on it, what happened, and what the customer may do. */

import { button, el, toast } from "../dom.js";
import { ask, field } from "../sheet.js";
import { dayAndHour, fromInput } from "../times.js";
import { askForMessages } from "./permission.js";
import { ratingBox } from "./rating.js";
import { clockLine, clockState, dueLine, stageName } from "./words.js";

const VISITS = { booked: "已约好", done: "已上门", no_show: "未遇到人", cancelled: "已取消" };

export async function detailPage(app, number) {
  app.heading.textContent = "报装进度";
  const one = await app.client.get(`applications/${encodeURIComponent(number)}`);
  return [
    head(one), clockBox(one), stepsBox("办理进度", one.stages), projectBox(one.project), managerBox(app, one), papersBox(app, one), visitsBox(app, one),
    one.stage === "ignited" ? ratingBox(app, one) : null, timelineBox(one.timeline), actsBox(app, one),
  ].filter(Boolean);
}

const box = (title, ...children) => el("section", { className: "box", "aria-label": title }, el("h3", {}, title), ...children);

function head(one) {
  const line = el("div", { className: "row" }, el("strong", {}, one.number), el("span", { className: "tag" }, stageName(one)));
  return el("section", { className: "box" }, line, el("p", { className: "faint" }, one.address || ""));
}

function clockBox(one) {
  if (!one.clock) return null;
  const others = (one.clocks || []).filter((clock) => clock.kind !== one.clock.kind && clock.state !== "cancelled");
  return box(
    one.clock.name,
    el("span", { className: "clock", "data-state": one.clock.state }, clockState(one.clock)),
    el("p", { className: "faint" }, dueLine(one.clock)),
    others.map((clock) => el("p", { className: "faint" }, clockLine(clock))),
  );
}

function stepsBox(title, stages) {
  if (!stages?.length) return null;
  const line = (stage) => el("li", { "data-state": stage.state }, stage.name, stage.at ? el("time", {}, dayAndHour(stage.at)) : null);
  return box(title, el("ol", { className: "steps" }, stages.map(line)));
}

const projectBox = (project) => (project ? stepsBox("前置工程", project.stages) : null);

function managerBox(app, one) {
  if (!one.manager) return null;
  const call = el("a", { className: "file", href: `tel:${one.manager.phone}`, onclick: (event) => { event.preventDefault(); toast(app.phone.shell, `拨打 ${one.manager.phone}`); } }, one.manager.phone);
  return box("您的客户经理", el("div", { className: "row" }, el("span", {}, one.manager.name), call));
}

function papersBox(app, one) {
  if (!one.missing_documents?.length) return null;
  return box("还缺的资料", one.missing_documents.map((paper) => paperRow(app, one, paper)), el("p", { className: "faint" }, "也可以等客户经理上门时收取。"));
}

function paperRow(app, one, paper) {
  const picked = el("input", { type: "file", "aria-label": `上传${paper.name}`, onchange: () => app.phone.attempt(attach) });
  async function attach() {
    const document = await app.client.upload(paper.key, picked.files[0]);
    await app.client.post(`applications/${one.number}/documents`, { document_ids: [document.id] });
    await app.draw();
  }
  return el("div", { className: "row" }, el("span", {}, paper.name, paper.essential ? el("span", { className: "faint" }, "（必需）") : null), el("label", { className: "file" }, "上传", picked));
}

function visitsBox(app, one) {
  if (!one.visits?.length) return null;
  const row = (visit) => el(
    "div",
    { className: "row" },
    el("span", {}, dayAndHour(visit.at), " ", el("span", { className: "faint" }, VISITS[visit.state])),
    visit.state === "booked" ? button("改时间", () => reschedule(app, one, visit), { className: "file" }) : null,
  );
  return box("上门", one.visits.map(row));
}

async function reschedule(app, one, visit) {
  const found = await ask(app.phone.shell, { title: "改上门时间", fields: [field("新的时间", "at", { type: "datetime-local", required: true })] });
  if (found) await change(app, one, "reschedule", { visit_id: visit.id, at: fromInput(found.at) });
}

function timelineBox(timeline) {
  if (!timeline?.length) return null;
  const line = (event) => el("li", { "data-state": "done" }, event.title, el("time", {}, dayAndHour(event.at)), event.detail ? el("p", {}, event.detail) : null);
  return box("经过", el("ol", { className: "steps" }, timeline.map(line)));
}

function actsBox(app, one) {
  if (one.stage === "cancelled") return null;
  const asked = button("接收进度通知", () => app.phone.attempt(() => askForMessages(app)), { className: "plain" });
  if (one.stage === "ignited") return el("div", { className: "acts" }, asked);
  return el(
    "div",
    { className: "acts" },
    button("催办", () => change(app, one, "urge", {}), { className: "primary" }),
    asked,
    button("取消报装", () => cancel(app, one), { className: "danger" }),
  );
}

async function cancel(app, one) {
  const found = await ask(app.phone.shell, { title: "取消报装", fields: [field("原因", "reason", { required: true, rows: 2 })], yes: "确认取消", no: "再想想" });
  if (found) await change(app, one, "cancel", found);
}

async function change(app, one, name, body) {
  await app.phone.attempt(async () => {
    await app.client.post(`applications/${one.number}/${name}`, body);
    toast(app.phone.shell, "已提交");
    await app.draw();
  });
}
