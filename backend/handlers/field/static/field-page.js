// Starts the page: drafts back in their forms, what waits on its way, and the phone ready for a place without network.
(() => {
  const { store, words, drafts } = field;
  const PLACE_WITHIN = 4000; // milliseconds

  field.locate = () =>
    new Promise((done) => {
      if (!navigator.geolocation) return done([]);
      const found = ({ coords }) => done([["latitude", String(coords.latitude)], ["longitude", String(coords.longitude)]]);
      navigator.geolocation.getCurrentPosition(found, () => done([]), { timeout: PLACE_WITHIN, maximumAge: 60000, enableHighAccuracy: true });
      setTimeout(() => done([]), PLACE_WITHIN + 500); // some phones never answer
    });

  field.faultOf = (problem) => {
    try {
      const said = typeof problem === "string" ? JSON.parse(problem) : problem;
      return said.code === "idempotency_key_reused" ? words.already_sent : said.errors?.[0]?.detail ?? said.detail ?? words.not_sent;
    } catch {
      return words.not_sent;
    }
  };

  field.notice = (text, kind, link) => {
    const notice = field.make("p", `notice notice_${kind}`, text + " ");
    notice.setAttribute("role", kind === "wrong" ? "alert" : "status");
    if (link) notice.append(Object.assign(field.make("a", "", words.look), { href: link }));
    const close = field.make("button", "plain notice__close", "✕");
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => notice.remove());
    notice.append(close);
    document.querySelector("main").prepend(notice);
  };

  // Whether this page's holder is still logged in: "same", "other" or "gone"; the form token is the newest afterwards.
  field.session = async () => {
    const answer = await fetch("/m/me", { headers: { Accept: "application/json", "X-Form-Token": field.token } });
    if (!answer.ok) return "gone";
    const now = await answer.json();
    if (now.holder !== field.holder) return "other";
    field.token = now.form_token;
    return "same";
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.action.endsWith("/m/logout")) return leave(event, form);
    if (form.method !== "post") return;
    if (!drafts.kept(form)) {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
      return;
    }
    event.preventDefault();
    await field.ready;
    await field.queue.put(form);
  });

  async function leave(event, form) {
    event.preventDefault();
    const waiting = field.queue.mine().length;
    if (waiting && !confirm(field.say(words.leave_unsent, { count: waiting }))) return;
    await store.clear();
    form.submit();
  }

  document.addEventListener("click", (event) => event.target.closest?.("[data-print]") && print());
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
  window.addEventListener("online", () => field.queue.drain());
  document.addEventListener("visibilitychange", () => document.hidden || field.queue.drain());

  async function keepForOffline() {
    if (!("serviceWorker" in navigator) || !field.holder || field.framed) return;
    const controlled = navigator.serviceWorker.controller;
    await navigator.serviceWorker.register("/m/worker.js");
    const worker = (await navigator.serviceWorker.ready).active;
    if (!controlled) worker.postMessage({ keep: location.href }); // the very first page came before it
    await keepAssets(await caches.open("field-assets"));
  }

  // This page's files, in place of their older versions, which nobody asks for again.
  async function keepAssets(kept) {
    const now = [...document.querySelectorAll("script[src], link[rel=stylesheet]")].map((one) => one.src || one.href);
    const missing = [];
    for (const url of now) if (!(await kept.match(url))) missing.push(url);
    if (!missing.length) return;
    await kept.addAll(missing);
    await kept.add(new Request("/m/offline", { cache: "reload" }));
    const nameOf = (url) => url.slice(url.lastIndexOf("/") + 1);
    const names = new Set(now.map(nameOf));
    for (const { url } of await kept.keys()) if (names.has(nameOf(url)) && !now.includes(url)) await kept.delete(url);
  }

  async function begin() {
    await field.ready;
    const sent = JSON.parse(sessionStorage.getItem("field:sent") ?? "[]");
    sessionStorage.removeItem("field:sent");
    for (const { what, next } of sent) field.notice(what, "good", next === location.pathname ? undefined : next);
    field.states.show(field.queue.waiting(), "");
    for (const form of drafts.all()) await drafts.restore(form);
    await field.queue.begin();
    document.body.dataset.begun = "";
    await keepForOffline().catch(() => {}); // a browser without a service worker only lacks the kept pages
  }
  begin();
})();
