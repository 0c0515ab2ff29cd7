/** Everyone with a phone: following, refusing, new persons, binding the demo staff. */

import { act, patch, post } from "../api.js";
import { button, el, valuesOf } from "../dom.js";
import { on } from "../live.js";
import { everyone, loadPeople } from "../people.js";

const ROLES = { customer: "客户", customer_manager: "客户经理", supervisor: "主管", duty_officer: "值班员", hotline_agent: "热线坐席", counter_clerk: "柜台", designer: "设计", contractor: "施工", site_manager: "现场管理", inspector: "质检", administrator: "管理员" };

export function peoplePanel() {
  const list = el("ul", { className: "people" });
  const trouble = el("p", { className: "bad", role: "alert" });
  const form = el(
    "form",
    { onsubmit: (event) => { event.preventDefault(); attempt(add); } },
    el("label", {}, "姓名", el("input", { name: "name", required: true })),
    el("label", {}, "手机号", el("input", { name: "phone", type: "tel", placeholder: "空着就自动给一个" })),
    el("label", {}, "身份", el("select", { name: "role" }, Object.entries(ROLES).map(([value, name]) => el("option", { value }, name)))),
    el("button", {}, "加一个人"),
  );

  async function attempt(does) {
    trouble.textContent = "";
    try {
      await does();
    } catch (error) {
      trouble.textContent = error.message;
    }
  }

  async function add() {
    const wanted = valuesOf(form);
    await post("/sim/users", { ...wanted, key: `person-${crypto.randomUUID().slice(0, 8)}` });
    form.reset();
  }

  async function bind() {
    const results = await post("/sim/bind-demo-staff");
    const failed = Object.entries(results).filter(([, result]) => result !== "bound");
    trouble.textContent = failed.map(([login, result]) => `${login}: ${result}`).join("；");
    await loadPeople();
  }

  function draw() {
    list.replaceChildren(...everyone().map(row));
  }

  function row(one) {
    return el(
      "li",
      {},
      el("span", { className: "who" }, one.name, el("small", {}, `${ROLES[one.role] || one.role} · ${one.phone}`)),
      button(one.follows ? "已关注" : "未关注", () => attempt(() => act(one.key, one.follows ? "unfollow" : "follow")), { className: "small", ariaPressed: String(one.follows) }),
      button(one.refuses ? "拒收中" : "收消息", () => attempt(() => patch(`/sim/users/${one.key}`, { refuses: !one.refuses })), { className: "small", ariaPressed: String(!one.refuses) }),
    );
  }

  on("people", draw);
  draw();
  return el(
    "div",
    { className: "panel", role: "tabpanel", "data-panel": "people" },
    el("div", { className: "buttons" }, button("绑定演示员工的手机", () => attempt(bind))),
    trouble, list, el("h2", {}, "加一个人"), form,
  );
}
