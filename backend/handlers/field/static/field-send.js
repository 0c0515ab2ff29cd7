// Forms go through a queue that outlives the page: sent at once when the network is there, else as soon as it is back,
// always under the key they were put in with, so that the server does each of them once.
field.queue = (() => {
  const { store, words, drafts } = field;
  const ANSWER_WITHIN = 30000; // milliseconds
  const PAUSES = [2, 5, 10, 20, 40]; // seconds between tries while nothing gets through
  let tries = 0;
  let timer = 0;
  let busy = false;

  const mine = () => store.read("waiting", []).filter((entry) => entry.holder === field.holder);
  const waiting = () => mine().filter((entry) => !entry.problem);
  const save = (change) => store.write("waiting", change(store.read("waiting", [])));
  const without = (id) => (all) => all.filter((entry) => entry.id !== id);
  const changed = (id, change) => (all) => all.map((entry) => (entry.id === id ? { ...entry, ...change } : entry));
  const formOf = (entry) => drafts.all().find((form) => drafts.keyOf(form) === entry.key);

  async function post(entry) {
    const body = new URLSearchParams(entry.fields);
    for (const photo of await store.photosOf(entry.id)) {
      if (photo.slot === undefined) body.append("document_ids", String(photo.documentId));
      else body.append("placed", `${photo.slot}:${photo.documentId}`);
    }
    body.set("form_token", field.token);
    body.set("once", entry.id);
    const headers = { Accept: "application/json", "X-Form-Token": field.token };
    return fetch(entry.path, { method: "POST", body, headers, signal: AbortSignal.timeout?.(ANSWER_WITHIN) });
  }

  async function uploaded(entry) {
    for (const photo of await store.photosOf(entry.id)) {
      const result = await field.camera.upload(photo);
      if (!result.sent) return result;
    }
    return { sent: true };
  }

  // → {sent, next} | {refused} | {login} | {later}
  async function attempt(entry) {
    const photos = await uploaded(entry);
    if (photos.fault) return { refused: { detail: photos.fault } };
    if (!photos.sent) return photos;
    let answer = await post(entry);
    if ([401, 403].includes(answer.status) && (await field.session()) === "same") answer = await post(entry);
    if (answer.ok) return { sent: true, ...(await answer.json()) };
    if (answer.status === 401) return { login: true };
    if (answer.status >= 500 || [408, 425, 429].includes(answer.status)) return { later: true };
    return { refused: await answer.json() };
  }

  async function done(entry, { next, said }) {
    for (const photo of await store.photosOf(entry.id)) await store.dropPhoto(photo.id);
    save(without(entry.id));
    const what = said ?? field.say(words.sent_what, { title: entry.title });
    if (entry.back === location.pathname) {
      const before = JSON.parse(sessionStorage.getItem("field:sent") ?? "[]");
      sessionStorage.setItem("field:sent", JSON.stringify([...before, { what, next }]));
      return next;
    }
    field.notice(what, "good", next);
    return null;
  }

  const tellRefused = (entry) => field.notice(field.say(words.refused_what, { title: entry.title, why: field.faultOf(entry.problem) }), "wrong", entry.back);

  // Back into its form, with what the server said about it. Where something newer is being typed it waits for that to go.
  async function giveBack(entry, problem) {
    const form = formOf(entry);
    if (!form || store.read(`draft:${entry.key}`, null)) {
      save(changed(entry.id, { problem }));
      return tellRefused({ ...entry, problem });
    }
    store.write(`draft:${entry.key}`, { values: entry.values, at: Date.now() });
    await store.movePhotos(entry.id, entry.key);
    save(without(entry.id));
    field.states.set(form, "");
    await drafts.restore(form);
    field.states.faults(form, problem);
  }

  // A crash may have come between the tap and the photos.
  async function makeReady(entry, place = []) {
    await store.movePhotos(entry.key, entry.id);
    save(changed(entry.id, { ready: true, fields: [...entry.fields, ...place] }));
  }

  async function round() {
    let next = null;
    for (const entry of mine().filter((one) => !one.problem)) {
      field.states.sending(entry, formOf(entry));
      const result = await attempt(entry).catch(() => ({ later: true }));
      if (result.sent) next = (await done(entry, result)) ?? next;
      else if (result.refused) await giveBack(entry, result.refused);
      else return { stopped: result.login ? "login" : "later" };
    }
    return { next };
  }

  async function drain() {
    clearTimeout(timer);
    if (busy || !field.holder || mine().some((entry) => !entry.ready)) return;
    if (!waiting().length) return field.states.show(waiting(), "");
    busy = true;
    // two pages of one phone must not send the same thing at the same moment
    const alone = navigator.locks ? (work) => navigator.locks.request("field-send", work) : (work) => work();
    const result = await alone(round).finally(() => (busy = false));
    if (result.next) return location.assign(result.next);
    field.states.show(waiting(), result.stopped ?? "");
    tries = result.stopped ? tries + 1 : 0;
    if (result.stopped) timer = setTimeout(drain, 1000 * PAUSES[Math.min(tries, PAUSES.length) - 1]);
    else if (waiting().length) drain();
  }

  function entryOf(form) {
    const left = ["form_token", "once", "file", "latitude", "longitude"];
    return {
      id: field.id(), // not the page's own: a page kept for offline use serves more than once
      holder: field.holder,
      path: new URL(form.action).pathname,
      key: drafts.keyOf(form),
      fields: [...new FormData(form)].filter(([name, value]) => !left.includes(name) && typeof value === "string"),
      values: drafts.valuesOf(form),
      title: form.dataset.title ?? document.title,
      back: location.pathname,
      many: "many" in form.dataset,
      ready: false,
    };
  }

  async function put(form) {
    if (waiting().some((entry) => entry.key === drafts.keyOf(form) && !entry.many)) return; // the second tap
    const entry = entryOf(form);
    save((all) => [...all, entry]);
    store.forget(`draft:${entry.key}`);
    if (entry.many) form.reset(); // the next one can be filled in while this one waits
    field.states.show(waiting(), "");
    field.states.sending(entry, form);
    await makeReady(entry, form.hasAttribute("data-locate") ? await field.locate() : []);
    await drain();
  }

  // What waits is taken back into its form to be changed.
  async function withdraw(key) {
    const entry = waiting().find((one) => one.key === key);
    if (!entry || busy) return;
    await giveBack(entry, {});
    field.states.show(waiting(), "");
  }

  async function begin() {
    for (const entry of mine()) {
      if (!entry.ready) await makeReady(entry);
      if (entry.problem && entry.back === location.pathname) await giveBack(entry, entry.problem);
      else if (entry.problem) tellRefused(entry);
    }
    await drain();
  }

  return { mine, waiting, put, begin, drain, withdraw };
})();
