// Code, output and formulas that are wider than the page scroll by themselves: let those who have no mouse reach them.
function makeScrollersFocusable() {
  for (const box of document.querySelectorAll("article pre, article div.math, article .table-wrapper")) {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
    } else {
      box.removeAttribute("tabindex");
    }
  }
}

addEventListener("load", makeScrollersFocusable);
addEventListener("resize", makeScrollersFocusable);
document.addEventListener("toggle", makeScrollersFocusable, true); // something was unfolded
