// The counter's form: papers are taken in as they come, and what can be decided is said before anything is sent.
const form = document.querySelector("[data-counter]");
const decision = document.getElementById("decision");
let underWay = 0;

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-prints]")) window.print();
  const filler = target.closest("[data-fills]");
  if (filler) fill(filler.dataset.fills, filler.dataset.value);
  const remover = target.closest("[data-removes]");
  if (remover) {
    remover.closest("li").remove();
    decide();
  }
});

function fill(name, value) {
  const field = form.elements[name];
  field.value = value;
  if (name === "agent_name") field.closest("details").open = true;
  if (name === "customer_kind") showKind();
  else field.focus();
}

function showKind() {
  const kind = form.elements.customer_kind.value;
  for (const part of form.querySelectorAll("[data-kind]")) part.hidden = part.disabled = part.dataset.kind !== kind;
  decide();
}

const shownPapers = () => [...form.querySelectorAll("fieldset:not([hidden]) .paper")];
const isHere = (paper) => paper.querySelector("[name=document_ids]") !== null;

function decide() {
  for (const paper of shownPapers()) paper.classList.toggle("paper_has", isHere(paper));
  const missing = shownPapers().filter((paper) => !isHere(paper));
  const essential = missing.filter((paper) => "essential" in paper.dataset);
  const named = essential.length ? essential : missing;
  const outcome = essential.length ? "essential" : missing.length ? "deferrable" : "complete";
  const look = { essential: "alert-danger", deferrable: "alert-warning", complete: "alert-success" };
  decision.className = `alert ${look[outcome]}`;
  decision.textContent = decision.dataset[outcome]
    .replace("{names}", named.map((paper) => paper.dataset.name).join("、"))
    .replace("{count}", named.length);
}

async function take(paper, file) {
  const line = document.createElement("li");
  line.textContent = `${file.name || paper.dataset.name} ${form.dataset.uploading}`;
  paper.querySelector(".paper__taken").append(line);
  const sent = new FormData();
  sent.append("kind", paper.dataset.paper);
  sent.append("file", file);
  underWay += 1;
  try {
    const answer = await fetch("/api/staff/documents", { method: "POST", body: sent, headers: { "X-Form-Token": document.body.dataset.formToken } });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.errors?.[0]?.detail ?? told.detail);
    line.replaceChildren(...taken(told.id, file.name || paper.dataset.name));
  } catch (trouble) {
    line.textContent = `${file.name}：${trouble instanceof TypeError ? form.dataset.failed : trouble.message}`;
    line.setAttribute("role", "alert");
  } finally {
    underWay -= 1;
    decide();
  }
}

function taken(id, name) {
  const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "document_ids", value: id });
  const link = Object.assign(document.createElement("a"), { href: `/console/documents/${id}`, target: "_blank", rel: "noopener", textContent: name });
  const remover = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-outline-secondary btn-sm", textContent: form.dataset.remove });
  remover.dataset.removes = "";
  return [kept, link, remover];
}

if (form) {
  form.addEventListener("change", ({ target }) => {
    if (target.name === "customer_kind") showKind();
    if (target.type !== "file") return;
    for (const file of target.files) take(target.closest(".paper"), file);
    target.value = "";
  });
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    for (const paper of shownPapers()) paper.classList.toggle("paper_over", paper.contains(event.target));
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    for (const paper of shownPapers()) paper.classList.remove("paper_over");
    takeAll(event.dataTransfer.files, event.target.closest(".paper"));
  });
  document.addEventListener("paste", ({ clipboardData }) => takeAll(clipboardData.files, document.activeElement.closest(".paper")));
  form.addEventListener("submit", (event) => {
    if (!underWay) return;
    event.preventDefault();
    decision.className = "alert alert-warning";
    decision.textContent = form.dataset.wait;
  }, true);
  showKind();
}

// What was dropped or pasted beside every paper goes to the first one that is missing.
function takeAll(files, chosen) {
  for (const file of files) {
    const paper = chosen ?? shownPapers().find((one) => !one.querySelector("li"));
    if (paper) take(paper, file);
  }
}
