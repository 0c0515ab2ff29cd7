/** The regulation's clock, which the backend keeps: shown, and turned forward. */

import { get, post } from "../api.js";
import { button, el } from "../dom.js";
import { tell } from "../live.js";
import { dayAndHour, span, whole } from "../times.js";

const HOUR = 3600;
const JUMPS = [["+10 分", 600], ["+1 小时", HOUR], ["+4 小时", 4 * HOUR], ["+12 小时", 12 * HOUR], ["+1 天", 24 * HOUR]];
const EVERY = 5000;

export function clockPanel(customer) {
  const now = el("p", { className: "now" }, "—");
  const trouble = el("p", { className: "bad", role: "alert", hidden: true });
  const targets = el("div", { className: "buttons" });
  const top = document.querySelector("#top-clock");

  async function attempt(does) {
    try {
      const answer = await does();
      trouble.hidden = true;
      return answer;
    } catch (error) {
      trouble.textContent = `办理时钟：${error.message}`;
      trouble.hidden = false;
      return null;
    }
  }

  function show(answer) {
    if (answer) now.textContent = top.textContent = whole(answer.now);
  }

  const look = async () => show(await attempt(() => get("/api/dev/clock")));

  async function advance(seconds) {
    show(await attempt(() => post("/api/dev/clock", { advance_seconds: seconds })));
    tell("backend-clock", {});
    await offer();
  }

  /** The moments at which something happens in the customer's applications. */
  async function offer() {
    const answer = await attempt(() => get("/api/dev/clock"));
    const list = await attempt(() => customer.mini.client.get("applications"));
    if (!answer || !list) return;
    const here = Date.parse(answer.now);
    const moments = list.items.flatMap((one) => (one.clock ? momentsOf(one) : [])).filter((one) => one.at > here).sort((a, b) => a.at - b.at);
    targets.replaceChildren(...moments.slice(0, 6).map((one) => button(one.name, () => advance(Math.ceil((one.at - here) / 1000) + 1), { title: dayAndHour(one.at) })));
    if (!moments.length) targets.append(el("p", { className: "faint" }, "这位客户没有正在计时的报装。"));
  }

  function momentsOf({ number, clock }) {
    if (clock.state !== "running") return [];
    const [start, due] = [Date.parse(clock.started_at), Date.parse(clock.due_at)];
    const named = (text, at) => ({ at, name: `${text} · ${clock.name} ${number.slice(-4)}` });
    return [named("到半程", (start + due) / 2), named("到期前 2 小时", due - 2 * HOUR * 1000), named("到期限", due), named("超时 1 小时", due + HOUR * 1000)];
  }

  setInterval(look, EVERY);
  look();
  return el(
    "div",
    { className: "panel", role: "tabpanel", "data-panel": "clock" },
    el("h2", {}, "办理时钟"),
    now,
    trouble,
    el("div", { className: "buttons" }, JUMPS.map(([name, seconds]) => button(name, () => advance(seconds), { title: `快进 ${span(seconds)}` }))),
    el("h2", {}, "快进到"),
    targets,
    el("div", { className: "buttons" }, button("看看接下来的时刻", offer)),
    el("p", { className: "faint" }, "只能向前。快进的是办理时限和提醒；签名、令牌和 48 小时窗口仍按真实时间。"),
  );
}
