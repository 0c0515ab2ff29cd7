// The hotline desk: keys, fields by the kind of call, a draft that outlives a reload, the caller's details in the form.
const desk = document.querySelector(".hotline");
const call = document.getElementById("call");
const KEPT = `hotline-call:${desk.dataset.member}`;
const KEYS_OFF = "hotline-no-single-keys";

const chosen = () => call.elements.kind.value;

function fitToKind() {
  for (const part of call.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(chosen());
}

function filled() {
  const { form_token, ...fields } = Object.fromEntries(new FormData(call));
  return fields;
}

function keep() {
  const fields = filled();
  const typed = ["caller_phone", "content", "outcome", "address", "contact_name"].some((name) => fields[name]?.trim());
  if (typed) localStorage.setItem(KEPT, JSON.stringify(fields));
  else localStorage.removeItem(KEPT);
}

function restore() {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  if (!kept) return;
  if (kept.once === desk.dataset.saved) return localStorage.removeItem(KEPT);
  if ("refused" in call.dataset) return;
  for (const [name, value] of Object.entries(kept)) if (call.elements[name]) call.elements[name].value = value;
  document.getElementById("restored").hidden = false;
}

function startAnew() {
  localStorage.removeItem(KEPT);
  location.assign("/console/hotline/");
}

// The caller on the screen is the one of the call, unless somebody else's number was typed.
let offered = "";
function takeCaller() {
  const caller = document.querySelector("#caller [data-phone]");
  if (!caller) return;
  const { phone, name, kind, address } = caller.dataset;
  const field = call.elements.caller_phone;
  if (field.value && field.value !== offered) return;
  field.value = offered = phone;
  if (!call.elements.contact_name.value) call.elements.contact_name.value = name;
  if (!call.elements.address.value) call.elements.address.value = address;
  if (kind) call.elements.customer_kind.value = kind;
  call.elements.application_number.value = "";
  keep();
}

document.addEventListener("click", ({ target }) => {
  const about = target.closest("[data-about]");
  if (about) {
    call.elements.application_number.value = about.dataset.about;
    if (about.dataset.kind) call.elements.kind.value = about.dataset.kind;
    for (const one of document.querySelectorAll(".cases li")) one.classList.toggle("about", one.contains(about));
    fitToKind();
    keep();
    call.elements.content.focus();
  }
  if (target.id === "start-anew") startAnew();
});

const singleKeys = document.getElementById("single-keys");
singleKeys.checked = !localStorage.getItem(KEYS_OFF);
singleKeys.addEventListener("change", () => {
  if (singleKeys.checked) localStorage.removeItem(KEYS_OFF);
  else localStorage.setItem(KEYS_OFF, "1");
});

const focusOn = (element) => {
  element.focus();
  element.scrollIntoView({ block: "center" });
};
const SINGLE = {
  "/": () => focusOn(document.getElementById("q-caller")),
  n: () => focusOn(call.elements.content),
  "?": () => document.getElementById("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  const writing = event.target.matches("input:not([type=radio]), textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    (event.target.closest("form[method=post]") ?? call).requestSubmit();
  } else if (event.altKey && /^[1-7]$/.test(event.key)) {
    event.preventDefault();
    call.elements.kind[event.key - 1].checked = true;
    fitToKind();
    keep();
  } else if (!writing && singleKeys.checked && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const act = SINGLE[event.key.toLowerCase()];
    if (act && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      act();
    }
  }
});

// Down from the search goes to what it found; Enter opens the first.
document.getElementById("q-caller").addEventListener("keydown", (event) => {
  const first = document.querySelector("#found a");
  if (!first || !["ArrowDown", "Enter"].includes(event.key)) return;
  event.preventDefault();
  if (event.key === "Enter") first.click();
  else first.focus();
});
document.getElementById("found").addEventListener("keydown", (event) => {
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const all = [document.getElementById("q-caller"), ...document.querySelectorAll("#found a")];
  all[all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
});

call.addEventListener("input", () => {
  fitToKind();
  keep();
});
function toTheEnd() {
  const lines = document.getElementById("lines");
  if (lines) lines.scrollTop = lines.scrollHeight;
}
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "caller") takeCaller();
  if (detail.target.id === "lines") toTheEnd();
  if (detail.elt.id === "reply") document.getElementById("f-text")?.focus();
});

restore();
fitToKind();
takeCaller();
toTheEnd();
