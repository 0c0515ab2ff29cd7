// Forms go once, say where the phone is when they are asked to, and tell when a photo did not arrive.
const words = document.body.dataset;

function locate(form) {
  return new Promise((done) => {
    if (!navigator.geolocation) return done();
    const options = { timeout: 4000, maximumAge: 60000, enableHighAccuracy: true };
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.latitude.value = coords.latitude;
      form.elements.longitude.value = coords.longitude;
      done();
    }, done, options);
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-busy", "true");
  if (!form.hasAttribute("data-locate")) return;
  event.preventDefault();
  await locate(form);
  form.submit();
});

window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

function say(input, text) {
  const camera = input.closest(".camera");
  camera.querySelector(".fault")?.remove();
  if (!text) return;
  const fault = document.createElement("em");
  fault.className = "fault";
  fault.setAttribute("role", "alert");
  fault.textContent = text;
  camera.append(fault);
}

function sentenceIn(answer) {
  try {
    const problem = JSON.parse(answer.responseText);
    return problem.errors?.[0]?.detail ?? problem.detail;
  } catch {
    return words.networkLost;
  }
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => say(detail.elt, words.uploading));
document.addEventListener("htmx:afterOnLoad", ({ detail }) => {
  if (detail.xhr.status < 400) say(detail.elt, "");
  detail.elt.value = "";
});
document.addEventListener("htmx:responseError", ({ detail }) => say(detail.elt, sentenceIn(detail.xhr)));
document.addEventListener("htmx:sendError", ({ detail }) => say(detail.elt, words.networkLost));
