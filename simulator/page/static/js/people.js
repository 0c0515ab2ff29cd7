/** Who holds a phone: one list for the whole page. */

import { get } from "./api.js";
import { on, tell } from "./live.js";

const known = new Map();

export async function loadPeople() {
  const { items } = await get("/sim/users");
  for (const person of items) known.set(person.key, person);
  tell("people", {});
}

export const person = (key) => known.get(key);
export const customers = () => [...known.values()].filter((one) => one.role === "customer");
export const staff = () => [...known.values()].filter((one) => one.role !== "customer");
export const everyone = () => [...known.values()];

on("person", (news) => {
  known.set(news.key, news);
  tell("people", { changed: news.key });
});
