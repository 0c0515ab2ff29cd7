// What this phone keeps for its holder until it is sent: words in localStorage, which is written before a crash can
// come between, and photos in IndexedDB, which has the room. All of it is one person's and goes at logout.
window.field = { words: JSON.parse(document.getElementById("words").textContent) };

field.store = (() => {
  const PREFIX = "field:";
  const PHOTO = "photo:";
  const LONGEST = 7 * 24 * 3600 * 1000; // milliseconds a draft is kept

  const read = (name, otherwise) => JSON.parse(localStorage.getItem(PREFIX + name) ?? "null") ?? otherwise;
  const write = (name, value) => localStorage.setItem(PREFIX + name, JSON.stringify(value));
  const forget = (name) => localStorage.removeItem(PREFIX + name);

  async function photos() {
    const all = await idbKeyval.entries();
    return all.filter(([key, photo]) => key.startsWith(PHOTO) && photo).map(([, photo]) => photo).sort((a, b) => a.at - b.at);
  }
  const keepPhoto = (photo) => idbKeyval.set(PHOTO + photo.id, photo);
  // In one step, for an upload may end while the photo moves; one that was taken away meanwhile does not come back.
  const changePhoto = (id, change) => idbKeyval.update(PHOTO + id, (photo) => photo && { ...photo, ...change });
  const dropPhoto = (id) => idbKeyval.del(PHOTO + id);

  async function photosOf(form) {
    return (await photos()).filter((photo) => photo.form === form);
  }

  async function movePhotos(from, to) {
    for (const photo of await photosOf(from)) await changePhoto(photo.id, { form: to });
  }

  // What nobody came back to: its form may be gone from the page for good. What waits to be sent has no age.
  async function forgetOld() {
    const oldest = Date.now() - LONGEST;
    for (const key of Object.keys(localStorage))
      if (key.startsWith(`${PREFIX}draft:`) && JSON.parse(localStorage.getItem(key)).at < oldest) localStorage.removeItem(key);
    const waiting = new Set(read("waiting", []).flatMap((entry) => [entry.id, entry.key]));
    for (const photo of await photos()) if (photo.at < oldest && !waiting.has(photo.form)) await dropPhoto(photo.id);
  }

  async function clear() {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
    await Promise.allSettled([idbKeyval.clear(), globalThis.caches?.delete("field-pages")]);
  }

  return { read, write, forget, photos, photosOf, keepPhoto, changePhoto, dropPhoto, movePhotos, forgetOld, clear };
})();

field.say = (pattern, facts) => pattern.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
field.make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
field.id = () => crypto.getRandomValues(new Uint32Array(4)).reduce((made, part) => made + part.toString(16).padStart(8, "0"), "");

// Who holds the phone. A page without a holder and with data-clear is the one that follows a logout. Pages in frames are
// several phones of the local platform in one browser: there nobody takes the phone from anybody.
field.holder = document.body.dataset.holder ?? "";
field.framed = window.top !== window.self;
field.token = document.body.dataset.formToken ?? "";
field.ready = (async () => {
  const before = field.store.read("holder", "");
  if ("clear" in document.body.dataset || (!field.framed && field.holder && before && before !== field.holder)) await field.store.clear();
  if (field.holder) field.store.write("holder", field.holder);
  await field.store.forgetOld();
})();
