// Photos: made smaller before they travel, kept on the phone until they arrived, several at once, each with its progress.
field.camera = (() => {
  const { store, words } = field;
  const LONGEST = 2000; // pixels: a paper stays readable, a photo goes from megabytes to some hundred kilobytes
  const UPLOAD_WITHIN = 60000; // milliseconds
  const running = new Map();
  const slot = (photo) => (photo.slot === undefined ? "" : `[data-slot="${photo.slot}"]`);
  const shots = (form, photo) => form.querySelector(`.camera[data-kind="${CSS.escape(photo.kind)}"]${slot(photo)} .camera__shots`);

  async function shrink(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      if (scale === 1 && file.size < 500_000) return file;
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const smaller = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return smaller && smaller.size < file.size ? smaller : file;
    } catch {
      return file; // this phone cannot read it, the server may
    }
  }

  function send(photo, token, onProgress) {
    const body = new FormData();
    body.append("kind", photo.kind);
    body.append("once", photo.id);
    body.append("file", photo.blob, photo.name);
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", "/m/photos");
      request.timeout = UPLOAD_WITHIN;
      request.setRequestHeader("X-Form-Token", token);
      request.setRequestHeader("Accept", "application/json");
      request.upload.onprogress = (event) => onProgress(Math.round((100 * event.loaded) / event.total));
      request.onloadend = () => done({ status: request.status, text: request.responseText });
      request.send(body);
    });
  }

  async function uploadOnce(photo, onProgress) {
    let answer = await send(photo, field.token, onProgress);
    if ((answer.status === 403 || answer.status === 401) && (await field.session()) === "same") answer = await send(photo, field.token, onProgress);
    if (answer.status === 200) {
      await store.changePhoto(photo.id, { documentId: JSON.parse(answer.text).id });
      return { sent: true };
    }
    if (answer.status === 401) return { later: true, login: true };
    const final = answer.status >= 400 && answer.status < 500 && ![403, 408, 425, 429].includes(answer.status);
    return final ? { fault: field.faultOf(answer.text) } : { later: true };
  }

  // One upload at a time for each photo, whoever asks for it.
  function upload(photo, onProgress = () => {}) {
    if (photo.documentId) return Promise.resolve({ sent: true });
    if (!running.has(photo.id)) running.set(photo.id, uploadOnce(photo, onProgress).finally(() => running.delete(photo.id)));
    return running.get(photo.id);
  }

  function shotOf(form, photo) {
    const shot = field.make("span", "shot");
    const state = field.make("span", "shot__state", photo.documentId ? words.photo_sent : words.photo_waits);
    if (photo.blob.type.startsWith("image/")) {
      const picture = Object.assign(document.createElement("img"), { src: URL.createObjectURL(photo.blob), alt: "" });
      picture.addEventListener("error", () => picture.remove());
      shot.append(picture);
    } else shot.append(field.make("span", "", photo.name));
    const remove = field.make("button", "shot__remove", "✕");
    remove.type = "button";
    remove.setAttribute("aria-label", words.photo_remove);
    remove.addEventListener("click", async () => {
      await store.dropPhoto(photo.id);
      shot.remove();
    });
    shot.append(state, remove);
    shot.dataset.photo = photo.id;
    shots(form, photo)?.append(shot);
    return { shot, state };
  }

  async function tryNow(form, photo) {
    const shown = form.querySelector(`[data-photo="${photo.id}"] .shot__state`);
    const say = (text, wrong = false) => shown && ((shown.textContent = text), shown.classList.toggle("fault", wrong));
    const result = await upload(photo, (percent) => say(field.say(words.photo_percent, { percent })));
    say(result.sent ? words.photo_sent : result.fault ?? words.photo_waits, Boolean(result.fault));
  }

  async function take(form, input) {
    const key = field.drafts.keyOf(form);
    const files = [...input.files];
    const place = input.closest(".camera").dataset;
    input.value = "";
    for (const file of files) {
      const photo = { id: field.id(), form: key, kind: place.kind, slot: place.slot, name: file.name, at: Date.now(), blob: await shrink(file) };
      try {
        await store.keepPhoto(photo);
      } catch {
        return field.notice(words.phone_full, "wrong");
      }
      shotOf(form, photo);
      tryNow(form, photo);
    }
  }

  async function show(form) {
    for (const place of form.querySelectorAll(".camera__shots")) place.replaceChildren();
    for (const photo of await store.photosOf(field.drafts.keyOf(form))) {
      if (form.querySelector(`[data-photo="${photo.id}"]`)) continue;
      shotOf(form, photo);
      if (!photo.documentId) tryNow(form, photo);
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches?.(".camera input[type=file]")) take(event.target.form, event.target);
  });
  return { upload, show };
})();
