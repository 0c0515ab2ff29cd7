/** Hours and spans as people here read them; everything in Shanghai time. */

const HOUR = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric" });
const WHOLE = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", year: "numeric", month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

export const hour = (at) => HOUR.format(new Date(at));
export const dayAndHour = (at) => `${DAY.format(new Date(at))} ${hour(at)}`;
export const whole = (at) => WHOLE.format(new Date(at));

/** Seconds as 2 天 3 小时 5 分. */
export function span(seconds) {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const parts = [[Math.floor(minutes / 1440), "天"], [Math.floor((minutes % 1440) / 60), "小时"], [minutes % 60, "分"]];
  const text = parts.filter(([amount]) => amount).map(([amount, unit]) => `${amount} ${unit}`).join(" ");
  return text || "不到 1 分";
}

/** The value of a datetime-local input as Shanghai time for the API. */
export const fromInput = (value) => (value ? `${value}:00+08:00` : undefined);
