/** How stages and clocks are said in the mini-program; their names are the backend's. */

import { dayAndHour, span } from "../times.js";

/** A list brings the name, one application its stages. */
export function stageName(one) {
  if (one.stage_name) return one.stage_name;
  const stages = one.stages || [];
  const here = stages.find((stage) => stage.state === "current") || stages.findLast((stage) => stage.state === "done");
  return here?.name || one.stage;
}

/** How a clock stands, after its name; empty without a clock. */
export function clockState(clock) {
  if (!clock) return "";
  if (clock.state === "met") return clock.late ? "已完成（超时）" : "已按时完成";
  if (clock.state === "cancelled") return "已取消";
  if (clock.state === "paused") return `暂停计时，剩余 ${span(clock.remaining_seconds)}`;
  return clock.remaining_seconds < 0 ? `超时 ${span(clock.remaining_seconds)}` : `剩余 ${span(clock.remaining_seconds)}`;
}

export const clockLine = (clock) => (clock ? `${clock.name}${clockState(clock)}` : "");

export function dueLine(clock) {
  if (clock.state === "met" || clock.state === "cancelled") return clock.clause;
  return `${clock.due_at ? `最晚 ${dayAndHour(clock.due_at)}` : "暂停期间不计时"} · ${clock.clause}`;
}
