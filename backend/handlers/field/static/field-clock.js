// The time left runs on by itself, and a page that came from the phone's memory says how old it is.
field.clock = (() => {
  const { store, words } = field;
  const MINUTE = 60000;
  const page = document.body.dataset;
  const ahead = "kept" in page ? store.read("ahead", 0) : Date.parse(page.now) - Date.now();
  if (field.holder) store.write("ahead", ahead);
  const now = () => Date.now() + ahead;

  function span(milliseconds) {
    const all = Math.floor(milliseconds / MINUTE);
    const [days, hours, minutes] = [Math.floor(all / 1440), Math.floor(all / 60), all % 60];
    if (days) return field.say(hours % 24 ? words.days_hours : words.days, { days, hours: hours % 24 });
    if (!hours) return field.say(words.minutes, { minutes });
    return field.say(minutes ? words.hours_minutes : words.hours, { hours, minutes });
  }

  function tick() {
    for (const shown of document.querySelectorAll("[data-due]")) {
      const left = Date.parse(shown.dataset.due) - now();
      const text = Math.abs(left) < MINUTE ? words.just_due : field.say(left < 0 ? words.overdue : words.left, { span: span(Math.abs(left)) });
      if (shown.textContent !== text) shown.textContent = text;
      shown.closest("[data-late]")?.classList.toggle(shown.closest("[data-late]").dataset.late, left < 0);
    }
    const age = document.getElementById("kept");
    if (age && "kept" in page) {
      age.hidden = false;
      const old = now() - Date.parse(page.now);
      age.textContent = old < MINUTE ? words.kept_just_now : field.say(words.kept_page, { span: span(old) });
    }
  }
  tick();
  setInterval(tick, 10000);
  return { tick };
})();
