/** A sheet that slides over a phone and asks for something. */

import { button, el, valuesOf } from "./dom.js";

/** Resolves to the form's values, or null when the person closes it. */
export function ask(shell, { title, text, fields = [], yes = "确定", no = "取消" }) {
  return new Promise((resolve) => {
    const end = (value) => {
      veil.remove();
      resolve(value);
    };
    const form = el(
      "form",
      { role: "dialog", "aria-label": title, onsubmit: (event) => { event.preventDefault(); end(valuesOf(form)); } },
      el("h2", {}, title),
      text ? el("p", {}, text) : null,
      fields,
      el("div", { className: "ends" }, button(no, () => end(null), { className: "plain" }), el("button", { className: "primary" }, yes)),
    );
    const veil = el("div", { className: "sheet", onkeydown: (event) => { if (event.key === "Escape") end(null); } }, form);
    shell.append(veil);
    form.querySelector("input, textarea, select, button").focus();
  });
}

export function field(label, name, properties = {}) {
  const tag = properties.rows ? "textarea" : "input";
  return el("label", {}, label, el(tag, { name, ...properties }));
}
