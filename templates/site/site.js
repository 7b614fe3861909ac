"use strict";
(() => {
  const button = document.getElementById("print");
  button.hidden = false;
  button.addEventListener("click", () => window.print());

  // A table that fits is no stop on the way of the Tab key; one that must be moved sideways is, and says its name.
  const fit = (box) => {
    const wide = box.scrollWidth > box.clientWidth;
    const told = { tabindex: "0", role: "region", "aria-label": box.querySelector("caption").textContent };
    for (const [name, value] of Object.entries(told))
      if (wide) box.setAttribute(name, value);
      else box.removeAttribute(name);
  };
  const watch = new ResizeObserver((seen) => seen.forEach((one) => fit(one.target.closest(".wide"))));
  for (const box of document.querySelectorAll(".wide")) {
    watch.observe(box);
    watch.observe(box.querySelector("table"));
  }
})();
