/** What stands below a chat: the menu, the writing line, and the things that can be sent. */

import { act, call, get } from "./api.js";
import { button, el, toast } from "./dom.js";
import { icon } from "./icons.js";
import { ask, field } from "./sheet.js";

export function composer(phone) {
  const foot = el("div", { className: "foot" });
  const send = (name, body) => phone.attempt(() => act(phone.key, name, body));
  let writing = true;

  async function draw() {
    if (!phone.holder) return;
    const { button: entries } = phone.holder.follows ? await get(`/sim/users/${phone.key}/menu`) : { button: [] };
    foot.replaceChildren();
    if (!phone.holder.follows) foot.append(joint());
    else if (!writing && entries.length) foot.append(menu(entries));
    else foot.append(writer(entries.length > 0));
  }

  function joint() {
    return el("div", { className: "joint" }, button("关注公众号", () => send("follow"), { className: "primary" }));
  }

  function flip(drawing) {
    return button(icon(drawing), () => { writing = !writing; draw(); }, { className: "flip", "aria-label": writing ? "菜单" : "键盘" });
  }

  function writer(hasMenu) {
    const text = el("textarea", { rows: 1, placeholder: "发消息", "aria-label": "发消息" });
    const more = el("div", { className: "more", hidden: true }, things());
    const say = () => {
      const said = text.value.trim();
      text.value = "";
      if (said) send("say", { text: said });
    };
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      say();
    });
    const plus = button("+", () => { more.hidden = !more.hidden; }, { className: "round", "aria-label": "更多" });
    const line = el("div", { className: "write" }, hasMenu ? flip("menu") : null, text, plus, button("发送", say, { className: "send" }));
    return el("div", {}, line, more);
  }

  function things() {
    const photo = el("input", { type: "file", accept: "image/png,image/jpeg,image/gif,image/bmp", onchange: () => sendPhoto(photo) });
    return [
      el("label", {}, icon("photo"), "照片", photo),
      thing("place", "位置", place),
      thing("voice", "语音", voice),
      thing("scan", "扫一扫", scan),
    ];
  }

  function thing(drawing, name, does) {
    return el("button", { type: "button", onclick: does }, icon(drawing), name);
  }

  async function sendPhoto(input) {
    const form = new FormData();
    form.append("file", input.files[0]);
    input.value = "";
    await phone.attempt(() => call("POST", `/sim/users/${phone.key}/image`, form));
  }

  async function place() {
    const found = await ask(phone.shell, { title: "发送位置", fields: [field("地址", "label", { value: "新郑市龙湖镇龙湖锦园" })] });
    if (found) send("location", { latitude: 34.6021, longitude: 113.6879, ...found });
  }

  async function voice() {
    const found = await ask(phone.shell, { title: "发送语音", text: "写下说的话，平台会当作识别结果发出。", fields: [field("说的话", "recognition", { rows: 2 })] });
    if (found) send("voice", found);
  }

  async function scan() {
    const found = await ask(phone.shell, { title: "扫一扫", text: "填二维码的场景值、ticket 或其中的网址。", fields: [field("二维码", "scene", { required: true })] });
    if (found) send("scan", found);
  }

  function menu(entries) {
    return el("div", { className: "menu" }, flip("keyboard"), entries.map(entry));
  }

  function entry(top) {
    const below = top.sub_button || [];
    const list = el("ul", { hidden: true }, below.map((leaf) => el("li", {}, button(leaf.name, () => { list.hidden = true; tap(leaf); }))));
    const open = () => {
      const was = list.hidden;
      foot.querySelectorAll(".menu ul").forEach((other) => { other.hidden = true; });
      list.hidden = !was;
    };
    return el("div", { className: "entry" }, button(below.length ? `≡ ${top.name}` : top.name, below.length ? open : () => tap(top)), below.length ? list : null);
  }

  function tap(leaf) {
    send("click", { button: leaf.key || leaf.name });
    if (leaf.type === "view") phone.open(leaf.url);
    if (leaf.type === "miniprogram") phone.openPage ? phone.openPage(leaf.pagepath) : toast(phone.shell, "这台手机没有小程序");
  }

  return { foot, draw };
}
