// Asks now and then whether anything changed, and brings only the changed pieces; what is being typed is left alone.
(() => {
  const EVERY = 15000; // milliseconds
  const page = document.body.dataset;
  if (!page.pulse) return;
  let mark = null;

  const typing = (piece) => piece.contains(document.activeElement) && document.activeElement !== document.body;
  const filledIn = (piece) => [...piece.querySelectorAll("form")].some((form) => form.dataset.state || field.store?.read(`draft:${field.drafts.keyOf(form)}`, null));

  async function refresh() {
    const answer = await fetch(location.href, { headers: { "X-Live": "1" } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (fresh.body.dataset.holder !== page.holder || "kept" in fresh.body.dataset) return;
    let left = false;
    for (const old of document.querySelectorAll("[data-live]")) {
      const piece = fresh.querySelector(`[data-live="${old.dataset.live}"]`);
      if (!piece || piece.innerHTML === old.innerHTML) continue;
      if (typing(old) || filledIn(old)) left = true;
      else old.replaceWith(document.adoptNode(piece));
    }
    if (left && !document.querySelector(".notice_news")) field.notice(field.words.news, "news", location.href);
    field.clock.tick();
  }

  async function ask() {
    if (document.hidden) return;
    const answer = await fetch(page.pulse, { headers: { Accept: "application/json", "X-Form-Token": field.token } }).catch(() => null);
    if (!answer?.ok) return;
    const now = (await answer.json()).mark;
    if (mark !== null && now !== mark) await refresh().catch(() => {}); // the next look tries again
    mark = now;
  }
  ask();
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, EVERY);
})();
