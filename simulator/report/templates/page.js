"use strict";
// The page works without this script: it only moves targets, saves the raw data, and opens what paper should show.

for (const reader of document.querySelectorAll(".reader")) {
  const slider = reader.querySelector("input");
  const known = JSON.parse(reader.querySelector("script.reading").textContent);
  const rows = [...reader.querySelectorAll("tbody tr")];
  const show = () => {
    const place = Number(slider.value);
    const target = known.texts[place];
    reader.querySelector(".target").textContent = target;
    slider.setAttribute("aria-valuetext", "at least " + target);
    rows.forEach((row, arm) => {
      row.querySelector(".chance").textContent = known.words[arm][place];
      row.querySelector(".bar span").style.width = 100 * (known.chances[arm][place] ?? 0) + "%";
    });
    const told = rows.map((row, arm) => row.querySelector("th").textContent + " " + known.words[arm][place]);
    reader.querySelector("output").textContent = "At least " + target + ": " + told.join("; ");
  };
  slider.addEventListener("input", show);
  reader.querySelector(".control").hidden = false;
}

for (const place of document.querySelectorAll(".download")) {
  const button = place.querySelector("button");
  button.addEventListener("click", () => {
    const raw = JSON.parse(place.parentElement.querySelector("script.raw").textContent);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(raw, null, 2)], { type: "application/json" }));
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  place.hidden = false;
}

const hint = () => {
  for (const words of document.querySelectorAll(".swipe")) {
    const box = words.closest(".scroll");
    words.classList.toggle("fits", box.clientWidth > 0 && box.scrollWidth <= box.clientWidth + 1);
  }
};
addEventListener("resize", hint);
hint();

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details.printed:not([open])")];
  for (const details of closed) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
});
