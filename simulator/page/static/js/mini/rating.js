/** Rating a finished application. */

import { button, el, toast } from "../dom.js";

export function ratingBox(app, one) {
  if (one.rating) return el("section", { className: "box" }, el("h3", {}, "您的评价"), el("p", {}, "★".repeat(one.rating.score)), el("p", { className: "faint" }, one.rating.comment || ""));
  let score = 0;
  const comment = el("textarea", { rows: 2, placeholder: "想说的话（可不填）", "aria-label": "想说的话" });
  const stars = [1, 2, 3, 4, 5].map((value) => button("★", () => light(value), { role: "radio", "aria-label": `${value} 星`, "aria-checked": "false" }));

  function light(value) {
    score = value;
    stars.forEach((star, index) => {
      star.toggleAttribute("data-lit", index < value);
      star.setAttribute("aria-checked", String(index === value - 1));
    });
  }

  const rate = () => app.phone.attempt(async () => {
    if (!score) return toast(app.phone.shell, "请先点星");
    await app.client.post(`applications/${one.number}/rating`, { score, comment: comment.value.trim() || undefined });
    toast(app.phone.shell, "谢谢您的评价");
    return app.draw();
  });
  return el("section", { className: "box form" }, el("h3", {}, "这次服务怎么样？"), el("div", { className: "stars", role: "radiogroup", "aria-label": "评分" }, stars), comment, button("提交评价", rate, { className: "primary" }));
}
