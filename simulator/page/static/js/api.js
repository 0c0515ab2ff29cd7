/** Calls to the simulator; the backend is reached under the same address. */

export class Refused extends Error {
  constructor(status, body) {
    super(body?.detail || body?.errmsg || `服务没有应答 (${status})`);
    this.status = status;
    this.body = body;
  }
}

export async function call(method, path, body, headers = {}) {
  const isFile = body instanceof FormData;
  const response = await fetch(path, {
    method,
    headers: body === undefined || isFile ? headers : { "Content-Type": "application/json", ...headers },
    body: body === undefined || isFile ? body : JSON.stringify(body),
  });
  const text = await response.text();
  let answer = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    answer = { detail: text.slice(0, 200) };
  }
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const patch = (path, body) => call("PATCH", path, body);
export const remove = (path) => call("DELETE", path);
export const act = (key, name, body) => post(`/sim/users/${encodeURIComponent(key)}/${name}`, body);
