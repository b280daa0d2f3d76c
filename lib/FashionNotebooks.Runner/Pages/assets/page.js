"use strict";

const root = document.documentElement;
const assets = document.currentScript.src;

function setUpTheme() {
    const button = document.getElementById("theme");
    const name = () => {
        button.textContent = root.dataset.theme === "dark" ? button.dataset.light : button.dataset.dark;
    };
    button.addEventListener("click", () => {
        root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
        name();
        try {
            localStorage.setItem("theme", root.dataset.theme);
        } catch {
            // Then the choice holds for this page.
        }
    });
    name();
}

// On a narrow page the contents are behind a button.
function setUpMenu() {
    const button = document.getElementById("menu");
    const open = isOpen => {
        button.setAttribute("aria-expanded", isOpen);
        root.classList.toggle("menu-open", isOpen);
    };
    button.addEventListener("click", () => open(button.getAttribute("aria-expanded") !== "true"));
    document.getElementById("contents").addEventListener("click", event => {
        if (event.target.closest("a"))
            open(false);
    });
    addEventListener("keydown", event => {
        if (event.key === "Escape" && root.classList.contains("menu-open")) {
            open(false);
            button.focus();
        }
    });
}

// The contents show the section that is being read.
function followReading() {
    const links = new Map([...document.querySelectorAll("#contents a[href^='#']")]
        .map(link => [link.getAttribute("href").slice(1), link]));
    const headings = [...document.querySelectorAll("main h2")].filter(heading => links.has(heading.id));
    const follow = () => {
        const read = headings.findLast(heading => heading.getBoundingClientRect().top < 120);
        links.forEach((link, id) => link.classList.toggle("read", id === read?.id));
        if (read && matchMedia("(min-width: 62.01rem)").matches)
            links.get(read.id).scrollIntoView({ block: "nearest" });
    };
    addEventListener("scroll", follow, { passive: true });
    follow();
}

function writeFormulas() {
    for (const place of document.querySelectorAll(".math")) {
        const tex = place.textContent.trim().slice(2, -2);
        katex.render(tex, place, { displayMode: place.matches(".display"), throwOnError: false });
    }
}

function offerCopies() {
    // A page from an address without https has no clipboard.
    if (!navigator.clipboard)
        return;

    for (const code of document.querySelectorAll("main pre > code")) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "copy";
        button.textContent = root.dataset.copy;
        button.addEventListener("click", async () => {
            await navigator.clipboard.writeText(code.textContent);
            button.textContent = root.dataset.copied;
            setTimeout(() => { button.textContent = root.dataset.copy; }, 1500);
        });
        const frame = document.createElement("div");
        frame.className = "copyable";
        code.parentElement.replaceWith(frame);
        frame.append(code.parentElement, button);
    }
}

// plotly.js is large: it is read when the first figure comes near.
let plotly;
function loadPlotly() {
    plotly ??= new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL("plotly.min.js", assets);
        script.onload = () => resolve(window.Plotly);
        script.onerror = () => reject(new Error(`${script.src} cannot be read.`));
        document.head.append(script);
    });
    return plotly;
}

// A figure that cannot be drawn says in words what it shows.
async function draw(figure) {
    const chart = figure.querySelector(".chart");
    if (chart.dataset.drawn)
        return;

    chart.dataset.drawn = "begun";
    try {
        await plot(figure, chart);
        chart.dataset.drawn = "done";
    } catch (error) {
        console.error(error);
        const words = document.createElement("p");
        words.textContent = chart.getAttribute("aria-label");
        chart.replaceChildren(words);
        chart.dataset.drawn = "failed";
    }
    fit(figure);
}

async function plot(figure, chart) {
    const { data, layout = {}, config, frames } = JSON.parse(figure.querySelector("script").textContent);
    const library = await loadPlotly();
    const { width: own = chart.offsetWidth, height = chart.offsetHeight } = layout;
    // What would not fit even at its smallest is drawn as wide as the page; pixels have a size of their own.
    const isNarrow = own * smallest > figure.clientWidth && data.every(trace => trace.type !== "image");
    const width = isNarrow ? figure.clientWidth : own;
    const legend = isNarrow ? { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" } : layout.legend;
    chart.style.width = `${width}px`;
    // A finger that moves over a figure turns the page, and does not zoom.
    const dragmode = matchMedia("(pointer: coarse)").matches ? false : layout.dragmode;
    await library.newPlot(chart, {
        data,
        layout: { ...layout, width, height, dragmode, legend },
        config: { ...config, responsive: false, displayModeBar: false },
        frames,
    });
}

// The scale at which the letters of a figure can just be read.
const smallest = 0.65;

// A figure that is wider than the page is shown smaller, as a picture would be, as long as it can be read; what is
// wider still is moved inside its frame.
function fit(figure) {
    const chart = figure.querySelector(".chart");
    const scale = Math.min(1, Math.max(smallest, figure.clientWidth / chart.offsetWidth));
    chart.style.transform = scale < 1 ? `scale(${scale})` : "";
    figure.style.height = `${chart.offsetHeight * scale}px`;
}

function setUpFigures() {
    const figures = [...document.querySelectorAll("figure:has(> .chart)")];
    const near = new IntersectionObserver(
        entries => entries.filter(entry => entry.isIntersecting).forEach(entry => draw(entry.target)),
        { rootMargin: "600px" });
    const sizes = new ResizeObserver(entries => entries.forEach(entry => fit(entry.target)));
    for (const figure of figures) {
        fit(figure);
        near.observe(figure);
        sizes.observe(figure);
    }

    return figures;
}

// What is moved inside its frame can be moved with the keyboard too.
function setUpFrames() {
    const sizes = new ResizeObserver(entries => {
        for (const { target } of entries) {
            if (target.scrollWidth > target.clientWidth)
                target.tabIndex = 0;
            else
                target.removeAttribute("tabindex");
        }
    });
    document.querySelectorAll("main pre, .wide, .display, figure").forEach(frame => sizes.observe(frame));
}

// A place to point somebody to.
function offerAnchors() {
    for (const heading of document.querySelectorAll("main :is(h2, h3)[id]")) {
        const anchor = document.createElement("a");
        anchor.href = `#${heading.id}`;
        anchor.className = "anchor";
        anchor.textContent = "#";
        anchor.tabIndex = -1;
        anchor.setAttribute("aria-hidden", "true");
        heading.append(anchor);
    }
}

setUpTheme();
setUpMenu();
followReading();
writeFormulas();
offerAnchors();
offerCopies();
setUpFrames();
const figures = setUpFigures();

// Safari has no word for it.
const whenIdle = window.requestIdleCallback ?? (run => setTimeout(run, 200));

// The other figures are drawn when there is time: printing does not wait for them.
addEventListener("load", () => {
    const next = () => {
        const figure = figures.find(each => !each.querySelector(".chart").dataset.drawn);
        if (figure)
            whenIdle(async () => { await draw(figure); next(); });
    };
    next();
});

// On paper solutions are open; long outputs stay folded.
addEventListener("beforeprint", () => {
    document.querySelectorAll("main > details").forEach(details => { details.open = true; });
});
