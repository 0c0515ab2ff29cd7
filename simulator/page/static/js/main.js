/** The page: two phones and a desk. */

import { get } from "./api.js";
import { on, connect } from "./live.js";
import { panels } from "./panels/panels.js";
import { customers, loadPeople, staff } from "./people.js";
import { createPhone } from "./phone.js";

const place = (name) => document.querySelector(`[data-place="${name}"]`);
const state = document.querySelector("#top-state");

function say(text, bad = false) {
  state.textContent = text;
  state.toggleAttribute("data-bad", bad);
}

function showOneAtATime() {
  const stage = document.querySelector(".stage");
  for (const chooser of document.querySelectorAll("[data-show]")) {
    chooser.addEventListener("click", () => {
      stage.dataset.showing = chooser.dataset.show;
      document.querySelectorAll("[data-show]").forEach((one) => one.setAttribute("aria-pressed", String(one === chooser)));
    });
  }
}

async function watchBackend() {
  try {
    await get("/healthz");
    say("服务已连接");
  } catch {
    say("服务未启动", true);
  }
}

await loadPeople();
showOneAtATime();
const customer = createPhone(place("customer"), { first: "customer", holders: customers, isStaff: false });
createPhone(place("staff"), { first: "customer_manager", holders: staff, isStaff: true });
panels(place("desk"), customer);
on("lost", () => say("与模拟平台断开", true));
on("connected", () => { loadPeople(); watchBackend(); });
on("staff", () => { loadPeople(); watchBackend(); });
connect();
setInterval(watchBackend, 15000);

const target = new URLSearchParams(location.search).get("mini");
if (target) customer.openPage(target);
