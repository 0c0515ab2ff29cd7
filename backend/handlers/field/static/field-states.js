// What the page says about sending: at the form itself, and in one line above the tabs.
field.states = (() => {
  const { words, drafts } = field;
  const line = document.getElementById("outbox");

  // "" is a form to be filled in; "sending", "later" and "login" are one that waits.
  function set(form, state) {
    form.dataset.state = state;
    let note = form.previousElementSibling?.matches(".waits") ? form.previousElementSibling : null;
    form.hidden = state !== "";
    if (!state) return note?.remove();
    if (!note) form.before((note = field.make("div", "waits")));
    note.replaceChildren(field.make("p", "", state === "sending" ? words.sending : state === "login" ? words.login_first : words.not_sent));
    if (state === "sending") return;
    const button = field.make("button", "weui-btn weui-btn_default", words.withdraw);
    button.type = "button";
    button.addEventListener("click", () => field.queue.withdraw(drafts.keyOf(form)));
    note.append(button);
  }

  function sending(entry, form) {
    if (form && !entry.many) set(form, "sending");
    bar(words.sending, "");
  }

  function bar(text, kind, action) {
    if (!line) return;
    line.hidden = !text;
    line.className = `outbox outbox_${kind}`;
    line.replaceChildren(field.make("span", "", text), ...(action ? [action] : []));
  }

  function retry() {
    const button = field.make("button", "plain", words.try_now);
    button.type = "button";
    button.addEventListener("click", () => field.queue.drain());
    return button;
  }

  function login() {
    const link = field.make("a", "", words.log_in);
    link.href = `/m/login?next=${encodeURIComponent(location.pathname)}`;
    return link;
  }

  // Every form that waits says so, and so does the line; what may come after one that waits can be filled in already.
  function show(entries, stopped) {
    const waiting = new Set(entries.filter((entry) => !entry.many).map((entry) => entry.key));
    for (const form of drafts.all()) {
      if (waiting.has(drafts.keyOf(form))) set(form, stopped || "later");
      else if (form.dataset.state && form.dataset.state !== "sending") set(form, "");
    }
    for (const after of document.querySelectorAll("[data-after]"))
      after.hidden = ![...waiting].some((key) => key.endsWith(`/${after.dataset.after}`));
    if (!entries.length) return bar("", "");
    const count = field.say(words.waiting_count, { count: entries.length });
    if (stopped === "login") bar(`${words.login_first} ${count}`, "wrong", login());
    else bar(`${words.not_sent} ${count}`, "waits", retry());
  }

  function faults(form, problem) {
    for (const old of form.querySelectorAll(".fault[data-told]")) old.remove();
    if (!problem.detail && !problem.errors) return;
    let first = null;
    for (const { field: name, detail } of problem.errors ?? []) {
      const control = [...form.elements].find((one) => one.name === name.split(".")[0] && one.type !== "hidden") ?? form.querySelector(".camera input");
      const told = field.make("em", "fault", detail);
      Object.assign(told.dataset, { told: "" });
      told.setAttribute("role", "alert");
      (control?.closest(".field, .camera") ?? form).append(told);
      control?.setAttribute("aria-invalid", "true");
      first ??= control;
    }
    if (!problem.errors) {
      const told = field.make("p", "notice fault", field.faultOf(problem));
      told.dataset.told = "";
      told.setAttribute("role", "alert");
      form.prepend(told);
    }
    (first ?? form).scrollIntoView({ block: "center" });
    first?.focus({ preventScroll: true });
  }

  return { set, sending, show, faults };
})();
