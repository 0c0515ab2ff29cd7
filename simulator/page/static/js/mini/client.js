/** The mini-program's way to the backend: wx.login for a token, and one fresh login when it has run out. */

import { Refused, act, call } from "../api.js";

export function createClient(keyOf) {
  let token = "";
  let owner = "";

  async function login() {
    owner = keyOf();
    const { code } = await act(owner, "login-code");
    const session = await call("POST", "/api/mp/session", { code });
    token = session.token;
    return session;
  }

  async function request(method, path, body, headers = {}) {
    if (owner !== keyOf() || !token) await login();
    const send = () => call(method, `/api/mp/${path}`, body, { Authorization: `Bearer ${token}`, ...headers });
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      await login();
      return send();
    }
  }

  return {
    get: (path) => request("GET", path),
    post: (path, body = {}, headers = {}) => request("POST", path, body, headers),
    file: (body, key) => request("POST", "applications", body, { "Idempotency-Key": key }),
    upload(kind, picked) {
      const form = new FormData();
      form.append("kind", kind);
      form.append("file", picked);
      return request("POST", "documents", form);
    },
  };
}
