"use strict";
const form = document.getElementById("filters");
const count = document.getElementById("count");
const articles = [...document.querySelectorAll("article")].map((node) => ({
  node,
  date: node.dataset.date,
  person: JSON.parse(node.dataset.person),
  place: JSON.parse(node.dataset.place),
  kind: JSON.parse(node.dataset.kind),
  words: node.textContent.toLowerCase(),
}));
const months = [...document.querySelectorAll("[data-month]")];
const selects = [...form.querySelectorAll("[data-filter]")];
const from = form.querySelector("[data-from]");
const to = form.querySelector("[data-to]");
const words = form.querySelector("[data-words]");

function wanted(article) {
  const month = months.find((button) => button.getAttribute("aria-pressed") === "true");
  return (
    selects.every((box) => !box.value || article[box.dataset.filter].includes(box.value)) &&
    (!from.value || (article.date && (article.date + "-99-99").slice(0, 10) >= from.value)) &&
    (!to.value || (article.date && article.date <= to.value)) &&
    (!month || article.date.startsWith(month.dataset.month)) &&
    words.value.toLowerCase().split(/\s+/).every((word) => article.words.includes(word))
  );
}

function show() {
  let shown = 0;
  for (const article of articles) {
    article.node.hidden = !wanted(article);
    shown += !article.node.hidden;
  }
  count.textContent = shown === articles.length ? `${shown} releases` : `${shown} of ${articles.length} releases`;
}

function press(button, pressed) {
  for (const other of months) other.setAttribute("aria-pressed", String(other === button && pressed));
  show();
}

form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(() => press(null, false)));
for (const button of months) {
  button.addEventListener("click", () => press(button, button.getAttribute("aria-pressed") !== "true"));
}
document.querySelector("main").addEventListener("click", (event) => {
  const chip = event.target.closest("[data-chip]");
  const link = event.target.closest('a[href^="#"]');
  if (chip) {
    const box = selects.find((one) => one.dataset.filter === chip.dataset.chip);
    box.value = chip.dataset.value;
    show();
    box.focus();
  }
  if (link) document.querySelector(link.getAttribute("href")).closest("details").open = true;
});
