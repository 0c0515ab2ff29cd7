// Draws each chart from the table beside it; without scripts the table is all there is.
const COLOURS = ["#0b5cab", "#146c43", "#b3261e", "#7a4d00", "#5b3fa0"];
const percent = (value) => `${value}%`;

function seriesOf(table, shape) {
  const heads = [...table.tHead.rows[0].cells];
  return heads.flatMap((head, place) => {
    if (!head.hasAttribute("data-drawn")) return [];
    const share = head.hasAttribute("data-percent");
    const values = [...table.tBodies[0].rows].map(({ cells }) => (cells[place].dataset.number === "" ? null : Number(cells[place].dataset.number)));
    const colour = COLOURS[(place - 1) % COLOURS.length];
    return [{ label: head.textContent, data: values, type: share ? "line" : shape, yAxisID: share ? "share" : "y", borderColor: colour, backgroundColor: colour, tension: 0.2, pointRadius: 3, spanGaps: true, order: share ? 0 : 1 }];
  });
}

function draw(canvas) {
  const table = document.getElementById(canvas.dataset.draws);
  const series = seriesOf(table, canvas.dataset.shape);
  const scales = { y: { beginAtZero: true, ticks: { precision: 0 } } };
  if (series.some(({ yAxisID }) => yAxisID === "share")) {
    scales.share = { position: "right", min: 0, max: 100, grid: { drawOnChartArea: false }, ticks: { callback: percent } };
  }
  canvas.parentElement.hidden = false;
  new Chart(canvas, {
    type: canvas.dataset.shape,
    data: { labels: [...table.tBodies[0].rows].map(({ cells }) => cells[0].textContent), datasets: series },
    options: {
      responsive: true, maintainAspectRatio: false, animation: false, interaction: { mode: "index", intersect: false }, scales,
      plugins: { tooltip: { callbacks: { label: ({ dataset, formattedValue }) => `${dataset.label} ${formattedValue}${dataset.yAxisID === "share" ? "%" : ""}` } } },
    },
  });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-draws]").forEach(draw));
