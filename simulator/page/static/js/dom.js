/** Small builders for elements; text always goes in as text. */

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && name !== "list" && name !== "form") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function button(text, onclick, properties = {}) {
  return el("button", { type: "button", onclick, ...properties }, text);
}

/** The values of a form, trimmed, empty ones left out. */
export function valuesOf(form) {
  const pairs = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
  return Object.fromEntries(pairs.filter(([, value]) => value));
}

export function toast(shell, text) {
  const note = el("div", { className: "toast", role: "status" }, text);
  shell.append(note);
  setTimeout(() => note.remove(), 2600);
}
