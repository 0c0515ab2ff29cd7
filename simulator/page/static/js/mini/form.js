/** Filing an application. */

import { button, el, toast, valuesOf } from "../dom.js";
import { fromInput } from "../times.js";
import { loadCatalogue } from "./catalogue.js";
import { askForMessages } from "./permission.js";

export async function formPage(app) {
  app.heading.textContent = "我要报装";
  const catalogue = await loadCatalogue(app.client);
  const key = crypto.randomUUID(); // one form, one key: a second tap files nothing twice
  const documents = new Map();
  const papers = el("div", { className: "form" });
  const flow = labelled("每小时用气量（m³）", { name: "hourly_flow_m3", inputMode: "decimal", placeholder: "不清楚可以不填" });

  const form = el(
    "form",
    { className: "form", onsubmit: (event) => { event.preventDefault(); app.phone.attempt(() => file(app, form, key, documents)); } },
    el("section", { className: "box" },
      el("fieldset", {}, el("legend", {}, "用气类型"), el("div", { className: "kinds" }, catalogue.kinds.map((kind, index) => choice(kind, index === 0)))),
      labelled("联系人", { name: "contact_name", required: true, value: app.phone.holder.name }),
      labelled("联系电话", { name: "contact_phone", required: true, type: "tel", value: app.phone.holder.phone }),
      labelled("用气地址", { name: "address", required: true, placeholder: "如：新郑市龙湖镇龙湖锦园 3 号楼 2 单元 501" }),
      flow,
      labelled("希望上门时间（可不填）", { name: "preferred_visit_at", type: "datetime-local" })),
    el("section", { className: "box" }, el("h3", {}, "资料（可以先不传）"), papers),
    el("button", { className: "primary" }, "提交报装"),
  );

  function follow() {
    const kind = new FormData(form).get("customer_kind");
    flow.hidden = kind !== "non_resident";
    documents.clear();
    papers.replaceChildren(...(catalogue.papers[kind] || []).map((paper) => paperRow(app, paper, documents)));
  }
  form.addEventListener("change", (event) => { if (event.target.name === "customer_kind") follow(); });
  follow();
  return [form];
}

const labelled = (text, properties) => el("label", {}, text, el("input", properties));
const choice = (kind, checked) => el("label", {}, el("input", { type: "radio", name: "customer_kind", value: kind.key, checked }), kind.name);

function paperRow(app, paper, documents) {
  const text = el("span", {}, "选择文件");
  const picked = el("input", { type: "file", "aria-label": `上传${paper.name}`, onchange: () => app.phone.attempt(upload) });
  const label = el("label", { className: "file" }, text, picked);
  async function upload() {
    const document = await app.client.upload(paper.key, picked.files[0]);
    documents.set(paper.key, document.id);
    text.textContent = "已上传";
    label.dataset.done = "";
  }
  return el("div", { className: "row" }, el("span", {}, paper.name, paper.essential ? el("span", { className: "faint" }, "（必需）") : null), label);
}

async function file(app, form, key, documents) {
  const values = valuesOf(form);
  const body = {
    ...values,
    hourly_flow_m3: values.hourly_flow_m3 ? Number(values.hourly_flow_m3) : undefined,
    preferred_visit_at: fromInput(values.preferred_visit_at),
    document_ids: documents.size ? [...documents.values()] : undefined,
  };
  await askForMessages(app);
  const filed = await app.client.file(body, key);
  toast(app.phone.shell, `已受理\n${filed.number}`);
  await app.go("detail", filed.number);
}
