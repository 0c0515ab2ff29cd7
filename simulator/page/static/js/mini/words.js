/** Names of stages and clocks in the mini-program. */

import { dayAndHour, span } from "../times.js";

const STAGES = {
  awaiting_project: "等待前置工程", accepted: "已受理", visit_booked: "已约上门", visited: "已上门", ignited: "已通气", cancelled: "已取消",
};
const CLOCKS = {
  ignition: "点火通气", first_visit: "首次上门", design: "设计出图", project_small: "前置工程", project_large: "前置工程", deferred_documents: "补齐资料",
  permit_small: "路由报批", permit_large: "路由报批",
};

export const stageName = (one) => one.stages?.find((stage) => stage.state === "current")?.name || STAGES[one.stage] || one.stage;
export const clockName = (clock) => CLOCKS[clock.kind] || clock.kind;

/** How a clock stands, in one line; empty without a clock. */
export function clockLine(clock) {
  if (!clock) return "";
  const name = clockName(clock);
  if (clock.state === "met") return `${name}${clock.late ? "已完成（超时）" : "已按时完成"}`;
  if (clock.state === "cancelled") return `${name}已取消`;
  if (clock.state === "paused") return `${name}暂停计时，剩余 ${span(clock.remaining_seconds)}`;
  return clock.remaining_seconds < 0 ? `${name}超时 ${span(clock.remaining_seconds)}` : `${name}剩余 ${span(clock.remaining_seconds)}`;
}

export const dueLine = (clock) => (clock.due_at ? `最晚 ${dayAndHour(clock.due_at)}` : "暂停期间不计时");
