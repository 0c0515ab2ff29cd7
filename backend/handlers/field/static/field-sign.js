// A signature with the finger: kept as a photo of its form until it is sent.
field.pads = (() => {
  const { store, drafts } = field;

  function paint(canvas) {
    const pen = canvas.getContext("2d");
    Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#111" });
    return pen;
  }

  async function keep(pad) {
    const { form, canvas } = pad;
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    await clear(pad, false);
    await store.keepPhoto({ id: field.id(), form: drafts.keyOf(form), kind: "signature", name: "signature.png", at: Date.now(), blob });
    drafts.keep(form);
  }

  async function clear({ form, canvas }, wipe = true) {
    for (const photo of await store.photosOf(drafts.keyOf(form))) if (photo.kind === "signature") await store.dropPhoto(photo.id);
    if (wipe) canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
  }

  async function restore({ form, canvas }) {
    const photo = (await store.photosOf(drafts.keyOf(form))).find((one) => one.kind === "signature");
    if (photo) canvas.getContext("2d").drawImage(await createImageBitmap(photo.blob), 0, 0);
  }

  function listen(pad) {
    const { canvas } = pad;
    let drawing = false;
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
    };
    const pen = paint(canvas);
    canvas.addEventListener("pointerdown", (event) => {
      drawing = true;
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...at(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!drawing) return;
      pen.lineTo(...at(event));
      pen.stroke();
    });
    for (const end of ["pointerup", "pointercancel"])
      canvas.addEventListener(end, () => {
        if (drawing) keep(pad);
        drawing = false;
      });
  }

  for (const canvas of document.querySelectorAll("canvas.pad__canvas")) {
    const pad = { canvas, form: canvas.closest("form") };
    listen(pad);
    pad.form.querySelector(".pad__clear").addEventListener("click", () => clear(pad));
    field.ready.then(() => restore(pad));
  }
})();
