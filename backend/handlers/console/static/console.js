// Forms go once, dialogs open, searches need no reload, live places ask for themselves again, and trouble is said aloud.
const body = document.body;
const at = (id) => document.getElementById(id);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-busy", "true");
});

function allowAgain(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

window.addEventListener("pageshow", () => {
  for (const form of document.forms) allowAgain(form);
});

document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-opens]");
  if (opener) at(opener.dataset.opens).showModal();
  if (target.closest("[data-closes]")) target.closest("dialog").close();
});

function greet(root) {
  root.querySelector("dialog[data-opened]")?.showModal();
  root.querySelector("[data-focus]")?.focus();
}
document.addEventListener("DOMContentLoaded", () => {
  greet(document);
  document.querySelector(".side [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
});
document.addEventListener("htmx:afterSwap", ({ detail }) => greet(detail.target));

// A list's search form: what it finds replaces the list, the address bar keeps the question.
let waiting;
async function search(form) {
  const address = `${form.action}?${new URLSearchParams([...new FormData(form)].filter(([, value]) => value))}`;
  await htmx.ajax("GET", address, { source: form, target: form.dataset.searches, select: form.dataset.searches, swap: "outerHTML" });
  history.replaceState(null, "", address);
}
document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-searches]");
  if (!form) return;
  clearTimeout(waiting);
  waiting = setTimeout(search, target.type === "search" ? 300 : 0, form);
});

// Live places: asked again every so many seconds, only while the page is seen and nobody types in them.
const next = new WeakMap();
function ask(all) {
  if (document.hidden) return;
  const now = Date.now();
  for (const place of document.querySelectorAll("[data-live]")) {
    const period = place.dataset.live * 1000;
    if (!next.has(place) && !all) next.set(place, now + period);
    if (!all && next.get(place) > now) continue;
    next.set(place, now + period);
    if (!place.querySelector("dialog[open], :focus:is(input, select, textarea)")) htmx.trigger(place, "live");
  }
}
setInterval(ask, 1000);
document.addEventListener("visibilitychange", () => ask(true));

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (body.dataset.formToken) detail.headers["X-Form-Token"] = body.dataset.formToken;
  const tag = detail.elt.dataset.tag;
  if (tag) detail.headers["If-None-Match"] = tag;
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const tag = detail.xhr.getResponseHeader?.("ETag");
  if (tag && detail.elt.hasAttribute("data-live")) detail.elt.dataset.tag = tag;
  if (detail.elt.tagName === "FORM") allowAgain(detail.elt);
  if (detail.successful && !detail.elt.hasAttribute("data-live")) say("");
});

function say(text) {
  const trouble = at("trouble");
  if (!trouble || (!text && !trouble.firstChild)) return;
  trouble.replaceChildren();
  if (!text) return;
  const said = document.createElement("p");
  said.className = "alert alert-danger";
  said.textContent = text;
  trouble.append(said);
}

function sentenceIn(xhr) {
  try {
    const problem = JSON.parse(xhr.responseText);
    return problem.errors?.[0]?.detail ?? problem.detail;
  } catch {
    return body.dataset.networkLost;
  }
}
document.addEventListener("htmx:responseError", ({ detail }) => say(sentenceIn(detail.xhr)));
document.addEventListener("htmx:sendError", () => say(body.dataset.networkLost));
