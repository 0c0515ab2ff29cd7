/** My applications. */

import { button, el } from "../dom.js";
import { clockLine, stageName } from "./words.js";

export async function listPage(app) {
  app.heading.textContent = "燃气报装";
  const { items } = await app.client.get("applications");
  const entry = el(
    "div",
    { className: "acts" },
    button("我要报装", () => app.go("form"), { className: "primary" }),
    button("我的", () => app.go("me"), { className: "plain" }),
  );
  if (!items.length) return [entry, el("div", { className: "box" }, el("p", { className: "faint" }, "您还没有报装。点「我要报装」，客户经理会上门为您办好。"))];
  return [entry, ...items.map((one) => row(app, one))];
}

function row(app, one) {
  const about = [one.address, clockLine(one.clock)].filter(Boolean).join(" · ");
  return el(
    "button",
    { type: "button", className: "box", onclick: () => app.go("detail", one.number) },
    el("span", { className: "row" }, el("strong", {}, one.number), el("span", { className: "tag" }, stageName(one))),
    el("span", { className: "faint" }, about),
  );
}
