/** Web login: pick whose WeChat is used. */

import { el } from "./dom.js";
import { everyone, loadPeople } from "./people.js";

await loadPeople();
const list = document.querySelector("#people");
for (const one of everyone()) {
  const query = new URLSearchParams(location.search);
  query.set("as", one.key);
  list.append(el("li", {}, el("a", { href: `${location.pathname}?${query}` }, one.name, el("small", {}, one.follows ? "已关注" : "未关注"))));
}
