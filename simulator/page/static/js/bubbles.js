/** One message → what is seen of it in a chat. */

import { button, el } from "./dom.js";

const CHANNELS = { custom: "客服消息", template: "服务通知", subscribe: "服务通知 · 小程序", bizsend: "订阅通知", wecom: "企业微信" };
const LINK = /<a\s+([^>]*)>([\s\S]*?)<\/a>|(https?:\/\/[^\s<>\u4e00-\u9fff，。；）]+)/g;

/** `taps`: open(url), openPage(path), answer(text, id), all of the phone this is shown on. */
export function shown(message, holder, taps) {
  if (message.channel === "notice") return el("p", { className: "notice" }, message.text);
  if (message.channel === "own" && message.kind === "tap") return el("p", { className: "tap" }, `点了菜单「${message.text}」`);
  if (message.kind === "card" || message.channel === "wecom") return card(message, taps);
  return said(message, holder, taps);
}

function said(message, holder, taps) {
  const own = message.channel === "own";
  const face = own ? el("span", { className: "face" }, holder.name.slice(0, 1)) : el("span", { className: "face" }, el("img", { src: "/ui/flame.svg", alt: "" }));
  const mark = message.channel === "custom" ? el("small", { className: "mark" }, CHANNELS.custom) : null;
  return el("div", { className: "said", "data-own": own }, face, el("div", { className: "bubble" }, inside(message, taps), mark));
}

function inside(message, taps) {
  if (message.kind === "image" && message.url) return [el("img", { src: message.url, alt: "图片" })];
  if (message.kind === "voice") return [el("span", { className: "mark" }, "语音"), message.text];
  if (message.kind === "location") return [el("span", { className: "mark" }, "位置"), message.text];
  if (message.kind === "msgmenu") return menuLines(message.detail, taps);
  if (message.kind === "news") return [link(message.text, () => taps.open(message.url))];
  if (message.page) return [link(message.text, () => taps.openPage(message.page))];
  return withLinks(message.text, taps);
}

function menuLines(detail, taps) {
  const lines = (detail.list || []).map((line) => button(line.content, () => taps.answer(line.content, line.id), { className: "line" }));
  return [detail.head_content || "", ...lines, detail.tail_content || ""];
}

/** Text with the three kinds of links the platform knows: web, mini-program, and a line of a menu. */
export function withLinks(text, taps) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(from, found.index));
    from = found.index + found[0].length;
    parts.push(found[3] ? link(found[3], () => taps.open(found[3])) : linkOf(found[1], found[2], taps));
  }
  return [...parts, text.slice(from)];
}

function linkOf(attributes, text, taps) {
  const value = (name) => new RegExp(`${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1].replaceAll("&amp;", "&") || "";
  const page = value("data-miniprogram-path");
  if (page) return link(text, () => taps.openPage(page));
  const href = value("href");
  if (!href.startsWith("weixin://bizmsgmenu")) return link(text, () => taps.open(href));
  const query = new URLSearchParams(href.split("?")[1]);
  return link(text, () => taps.answer(query.get("msgmenucontent") || text, query.get("msgmenuid")));
}

function link(text, onclick) {
  return el("a", { href: "#", onclick: (event) => { event.preventDefault(); onclick(); } }, text);
}

function card(message, taps) {
  const go = message.page && taps.openPage
    ? button("进入小程序", () => taps.openPage(message.page), { className: "go" })
    : message.url ? button("查看详情", () => taps.open(message.url), { className: "go" }) : null;
  go?.append(el("span", { "aria-hidden": "true" }, "›"));
  const [first, ...rest] = message.text.split("\n");
  const title = message.detail.title || first;
  const body = message.detail.lines ? el("dl", {}, message.detail.lines.flatMap(row)) : el("p", { className: "body" }, withLinks(rest.join("\n"), taps));
  return el(
    "article",
    { className: "card", "data-channel": message.channel },
    el("header", {}, el("span", {}, CHANNELS[message.channel] || ""), el("time", {}, message.at.slice(11, 16))),
    el("h3", {}, title),
    body,
    go,
  );
}

function row(line) {
  const [, label, value] = /^([^：:]{1,8})[：:]\s*(.*)$/.exec(line) || [];
  return label ? [el("dt", {}, label), el("dd", {}, value)] : [el("dd", { className: "wide" }, line)];
}
