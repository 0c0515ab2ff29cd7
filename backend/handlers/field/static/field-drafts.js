// What was typed into a form stays until it is sent: kept with every stroke, put back after a reload or a crash.
field.drafts = (() => {
  const { store } = field;
  const kept = (form) => form.method === "post" && form.elements.namedItem("once");
  const keyOf = (form) => form.dataset.draft ?? new URL(form.action).pathname;
  const typed = (form) =>
    [...form.elements].filter((one) => one.name && !["hidden", "file", "submit", "button"].includes(one.type));

  function valuesOf(form) {
    const values = {};
    for (const one of typed(form)) {
      values[one.name] ??= [];
      if (!["checkbox", "radio"].includes(one.type) || one.checked) values[one.name].push(one.value);
    }
    return values;
  }

  function fill(form, values) {
    form.dispatchEvent(new CustomEvent("field:filling", { detail: values }));
    const turns = {};
    for (const one of typed(form)) {
      const given = values[one.name];
      if (!given) continue;
      if (["checkbox", "radio"].includes(one.type)) one.checked = given.includes(one.value);
      else one.value = given[(turns[one.name] = (turns[one.name] ?? -1) + 1)] ?? "";
    }
    form.dispatchEvent(new CustomEvent("field:filled", { bubbles: true }));
  }

  function unchanged(one) {
    if (["checkbox", "radio"].includes(one.type)) return one.checked === one.defaultChecked;
    if (one.tagName === "SELECT") return one.selectedIndex === Math.max(0, [...one.options].findIndex((option) => option.defaultSelected));
    return one.value === one.defaultValue;
  }

  // A form that is as it came, or again so, has nothing to be kept.
  function keep(form) {
    const key = `draft:${keyOf(form)}`;
    if (typed(form).every(unchanged)) store.forget(key);
    else store.write(key, { values: valuesOf(form), at: Date.now() });
  }

  async function forget(form) {
    store.forget(`draft:${keyOf(form)}`);
    for (const photo of await store.photosOf(keyOf(form))) await store.dropPhoto(photo.id);
  }

  function offerAfresh(form) {
    const note = field.make("p", "hint restored", field.words.restored + " ");
    const button = field.make("button", "plain", field.words.start_afresh);
    button.type = "button";
    button.addEventListener("click", async () => {
      await forget(form);
      form.reset();
      note.remove();
      field.camera.show(form);
    });
    note.append(button);
    form.querySelector(".restored")?.remove();
    form.prepend(note);
  }

  async function restore(form) {
    const draft = store.read(`draft:${keyOf(form)}`, null);
    const photos = await store.photosOf(keyOf(form));
    if (draft) fill(form, draft.values);
    if (!draft && !photos.length) return;
    form.closest("details")?.setAttribute("open", "");
    offerAfresh(form);
    await field.camera.show(form);
  }

  const formOf = (event) => event.target.form ?? event.target.closest?.("form");
  for (const kind of ["input", "change"])
    document.addEventListener(kind, (event) => {
      const form = formOf(event);
      if (form && kept(form) && event.target.type !== "file") keep(form);
    });

  const all = (root = document) => [...root.querySelectorAll("form")].filter(kept);
  return { all, keyOf, valuesOf, fill, keep, forget, restore, kept };
})();
