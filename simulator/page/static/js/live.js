/** News from the simulator, by server-sent events. */

const listeners = new Map();

export function on(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) || []), listener]);
}

export function tell(kind, news) {
  for (const listener of listeners.get(kind) || []) listener(news);
}

export function connect() {
  const source = new EventSource("/sim/live");
  source.onmessage = (event) => {
    const { type, news } = JSON.parse(event.data);
    tell(type, news);
  };
  source.onopen = () => tell("connected", {}); // what happened before this moment must be fetched
  source.onerror = () => tell("lost", {});
}
