// Before the page is drawn, so that it does not flash in the other theme.
"use strict";
(() => {
    let chosen = null;
    try {
        chosen = localStorage.getItem("theme");
    } catch {
        // Some browsers keep nothing for pages that are files.
    }

    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
