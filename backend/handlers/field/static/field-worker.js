// Serves /m without network: our own style sheets and scripts, and the pages this person opened, marked as kept.
const PAGES = "field-pages";
const ASSETS = "field-assets";
const OFFLINE = "/m/offline";
const WAIT = 6000; // milliseconds for the network before a kept page is shown
const KEEP = 12 * 3600 * 1000; // milliseconds, the life of a login
const KEPT = /^\/m\/(tasks|applications|projects|canvass|inbox)(\/\d+|\/XZ\d+)?\/?$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(ASSETS).then((kept) => kept.add(new Request(OFFLINE, { cache: "reload" }))));
  self.skipWaiting();
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", ({ data }) => page(new Request(data.keep), new URL(data.keep)));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (request.mode === "navigate" && url.pathname.startsWith("/m/") && !url.pathname.startsWith("/m/progress/")) event.respondWith(page(request, url));
});

async function asset(request) {
  const kept = await caches.open(ASSETS);
  const found = await kept.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await kept.put(request, answer.clone());
  return answer;
}

const within = (time, promise) => Promise.race([promise, new Promise((_, late) => setTimeout(late, time, new Error("late")))]);

async function page(request, url) {
  const path = url.pathname.replace(/\/$/, "");
  const kept = await caches.open(PAGES);
  const remember = KEPT.test(url.pathname) && !url.search;
  const fromNetwork = fetch(request).then(async (answer) => {
    if (remember && answer.ok && answer.type === "basic" && !answer.redirected) await keep(kept, path, answer.clone());
    return answer;
  });
  const known = remember ? await usable(kept, path) : null;
  try {
    return await (known ? within(WAIT, fromNetwork) : fromNetwork);
  } catch {
    fromNetwork.catch(() => {}); // the slow answer may still fail later
    return known ? marked(known) : (await caches.match(OFFLINE)) ?? Response.error();
  }
}

async function keep(kept, path, answer) {
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", String(Date.now()));
  await kept.put(path, new Response(await answer.blob(), { headers }));
}

async function usable(kept, path) {
  const found = await kept.match(path);
  if (!found) return null;
  if (Date.now() - Number(found.headers.get("X-Kept-At")) < KEEP) return found;
  await kept.delete(path);
  return null;
}

async function marked(answer) {
  const text = (await answer.text()).replace("<body ", "<body data-kept ");
  return new Response(text, { status: 200, headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": answer.headers.get("content-security-policy") } });
}
