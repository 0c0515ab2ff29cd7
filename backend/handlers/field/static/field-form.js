// Small helps inside forms: what the last door taught, fields that only one kind of customer has, and further places.
(() => {
  const { store, drafts } = field;
  const named = (form, name) => [...form.elements].filter((one) => one.name === name);

  function remember(form) {
    const values = drafts.valuesOf(form);
    const kept = Object.fromEntries(form.dataset.remember.split(" ").map((name) => [name, values[name]]));
    store.write("remembered", { ...store.read("remembered", {}), [drafts.keyOf(form)]: kept });
  }

  function recall(form) {
    const kept = store.read("remembered", {})[drafts.keyOf(form)];
    const empty = Object.values(drafts.valuesOf(form)).every((values) => values.every((value) => !value));
    if (kept && empty) drafts.fill(form, kept);
  }

  function showOnly(form) {
    for (const piece of form.querySelectorAll("[data-only]")) {
      const [name, value] = piece.dataset.only.split("=");
      piece.hidden = !named(form, name).some((one) => one.checked && one.value === value);
    }
  }

  for (const form of document.querySelectorAll("form[data-remember]")) {
    form.addEventListener("submit", () => remember(form), true);
    form.addEventListener("reset", () => setTimeout(() => recall(form)));
    form.addEventListener("change", () => showOnly(form));
    form.addEventListener("field:filled", () => showOnly(form));
    field.ready.then(() => recall(form)).then(() => showOnly(form));
    showOnly(form);
  }

  // Blocks that repeat: one more at the end, the last one away again.
  function blocks(list) {
    return [...list.querySelectorAll(":scope > [data-block]")];
  }
  function grow(list) {
    const block = list.querySelector("template").content.cloneNode(true);
    const place = blocks(list).length;
    for (const camera of block.querySelectorAll(".camera")) camera.dataset.slot = String(place);
    list.querySelector(".repeat__buttons").before(block);
    list.querySelector("[data-less]").hidden = place < 1;
    list.querySelector("[data-more]").hidden = place + 1 >= Number(list.dataset.repeat);
  }
  async function less(list) {
    const form = list.closest("form");
    const last = blocks(list).pop();
    for (const shot of last.querySelectorAll("[data-photo]")) await store.dropPhoto(shot.dataset.photo);
    last.remove();
    list.querySelector("[data-less]").hidden = blocks(list).length < 2;
    list.querySelector("[data-more]").hidden = false;
    drafts.keep(form);
  }
  for (const list of document.querySelectorAll("[data-repeat]")) {
    grow(list);
    list.querySelector("[data-more]").addEventListener("click", () => grow(list));
    list.querySelector("[data-less]").addEventListener("click", () => less(list));
    list.closest("form").addEventListener("field:filling", ({ detail }) => {
      while (blocks(list).length < (detail[list.dataset.counted] ?? []).length) grow(list);
    });
  }
})();
