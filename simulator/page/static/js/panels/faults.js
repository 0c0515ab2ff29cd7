/** Putting faults on the platform's doors. */

import { get, patch, post, remove } from "../api.js";
import { button, el, valuesOf } from "../dom.js";
import { on } from "../live.js";

const DOORS = {
  "*": "全部接口", "*template/send": "模板消息", "*custom/send": "客服消息", "*subscribe/send": "订阅消息", "/cgi-bin/message/send": "企业微信消息",
  "*token": "取令牌", "/sns/*": "登录", "*getuserphonenumber": "手机号", "*media/*": "素材",
};
const KINDS = {
  invalid_token: "令牌无效 40001", busy: "系统繁忙 -1", limit: "超出次数 45009", slow: "变慢", down: "停机 503", reset: "连接断开", non_json: "返回网页",
  lost_answer: "已送达，应答丢失", late_answer: "已送达，应答很晚", user_refused: "用户拒收", receipt_late: "回执很晚", receipt_lost: "没有回执", receipt_failed: "回执说失败",
};
const MODES = { safe: "安全模式", compatible: "兼容模式", plain: "明文模式" };
const FORMATS = { json: "JSON", xml: "XML" };

const options = (table) => Object.entries(table).map(([value, name]) => el("option", { value }, name));
const chosen = (label, name, table) => el("label", {}, label, el("select", { name }, options(table)));

export function faultsPanel() {
  const list = el("ul", { className: "planned" });
  const trouble = el("p", { className: "bad", role: "alert" });
  const form = el(
    "form",
    { onsubmit: (event) => { event.preventDefault(); plan(); } },
    chosen("接口", "pattern", DOORS),
    chosen("故障", "kind", KINDS),
    el("label", {}, "次数（空着为一直）", el("input", { name: "count", type: "number", min: 1, value: 1 })),
    el("label", {}, "秒（变慢、很晚）", el("input", { name: "seconds", type: "number", min: 0, step: "0.5", value: 6 })),
    el("button", {}, "加上故障"),
  );

  async function plan() {
    const { count, seconds, ...rest } = valuesOf(form);
    trouble.textContent = "";
    try {
      await post("/sim/faults", { ...rest, seconds: Number(seconds || 0), count: count ? Number(count) : undefined });
    } catch (error) {
      trouble.textContent = error.message;
    }
  }

  async function draw() {
    const { items } = await get("/sim/faults");
    list.replaceChildren(...items.map(row));
    if (!items.length) list.append(el("li", {}, el("span", { className: "faint" }, "现在没有故障。")));
  }

  function row(fault) {
    const rest = fault.left === null ? "一直" : `还有 ${fault.left} 次`;
    return el("li", {}, el("span", { className: "what" }, `${DOORS[fault.pattern] || fault.pattern} · ${KINDS[fault.kind] || fault.kind}`, el("small", {}, `${rest}，已发生 ${fault.hits} 次`)), button("去掉", () => remove(`/sim/faults/${fault.id}`), { className: "small" }));
  }

  for (const news of ["faults", "reset", "connected"]) on(news, draw);
  return el(
    "div",
    { className: "panel", role: "tabpanel", "data-panel": "faults" },
    el("h2", {}, "平台故障"), form, trouble, list,
    el("div", { className: "buttons" }, button("去掉全部故障", () => remove("/sim/faults")), button("作废所有令牌", () => post("/sim/tokens/revoke"))),
    el("h2", {}, "消息推送"), manner(),
  );
}

/** How callbacks are made. */
function manner() {
  const mode = el("select", { "aria-label": "加密方式" }, options(MODES));
  const format = el("select", { "aria-label": "小程序推送格式" }, options(FORMATS));
  const form = el("form", {}, el("label", {}, "加密方式", mode), el("label", {}, "小程序推送格式", format));
  form.addEventListener("change", () => patch("/sim/callbacks", { mode: mode.value, mini_program_format: format.value }));
  const look = async () => {
    const now = await get("/sim/callbacks");
    [mode.value, format.value] = [now.mode, now.mini_program_format];
  };
  for (const news of ["reset", "connected"]) on(news, look);
  return form;
}
