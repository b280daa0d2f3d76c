"use strict";

const root = document.documentElement;

// Where a browser keeps nothing for pages that are files, the choice of the theme holds for one page.
let kept = {};
try {
    kept = localStorage;
} catch {
}

// A place of the text that has such a name would pass for a module loader's variable.
var define, exports, module, process, require;

// Before the page is drawn, so that it does not flash in the other theme.
root.dataset.theme = kept.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

function changeTheme() {
    root.dataset.theme = kept.theme = root.dataset.theme === "dark" ? "light" : "dark";
}

// The contents show the section that is being read.
function followReading() {
    const links = new Map([...document.querySelectorAll("#Contents a[href^='#']")]
        .map(link => [decodeURIComponent(link.hash.slice(1)), link]));
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

function offerCopies() {
    // A page from an address without https has no clipboard.
    if (!navigator.clipboard)
        return;

    for (const code of document.querySelectorAll("main pre > code")) {
        const button = document.createElement("button");
        button.type = "button";
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

// What is moved inside its frame can be moved with the keyboard too.
function reachFrames() {
    const sizes = new ResizeObserver(entries => {
        for (const { target } of entries) {
            if (target.scrollWidth > target.clientWidth)
                target.tabIndex = 0;
            else
                target.removeAttribute("tabindex");
        }
    });
    document.querySelectorAll("main pre, main table, .display, figure").forEach(frame => sizes.observe(frame));
}

// The scale at which the letters of a figure can just be read.
const smallest = 0.65;

async function draw(figure, chart, { data, layout = {}, config, frames }) {
    if (data.some(trace => /choropleth|geo|mapbox|scattermap|densitymap/.test(trace.type)))
        throw new Error("A map needs a network.");

    const { offsetWidth: own, offsetHeight: height } = chart;
    // What would not fit even at its smallest is drawn as wide as the page; pixels have a size of their own.
    const isNarrow = own * smallest > figure.clientWidth && layout.autosize !== false
        && data.every(trace => trace.type !== "image");
    const width = isNarrow ? figure.clientWidth : own;
    const legend = isNarrow && layout.legend?.orientation !== "h"
        ? { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" } : layout.legend;
    chart.style.width = `${width}px`;
    // A finger that moves over a figure turns the page, and does not zoom.
    const dragmode = matchMedia("(pointer: coarse)").matches ? false : layout.dragmode;
    // A picture in a figure is not fetched, not even from where the page is.
    const images = layout.images?.filter(image => image.source?.startsWith("data:"));
    await Plotly.newPlot(chart, {
        data,
        layout: { ...layout, width, height, dragmode, legend, images },
        config: { ...config, responsive: false, displayModeBar: false },
        frames,
    });
}

// A figure that is wider than the page is shown smaller, as a picture would be, as long as it can be read; what is
// wider still is moved inside its frame.
function fit(figure, chart) {
    const scale = Math.min(1, Math.max(smallest, figure.clientWidth / chart.offsetWidth));
    chart.style.transform = scale < 1 ? `scale(${scale})` : "";
    figure.style.height = `${chart.offsetHeight * scale}px`;
}

function findFigures() {
    const sizes = new ResizeObserver(entries => entries.forEach(({ target }) => fit(target, target.firstElementChild)));
    return [...document.querySelectorAll("figure")].map(figure => {
        const [chart, script] = figure.children;
        const specification = JSON.parse(script.textContent);
        chart.style.width = `${specification.layout?.width ?? 740}px`;
        chart.style.height = `${specification.layout?.height ?? 360}px`;
        sizes.observe(figure);
        return { figure, chart, specification };
    });
}

// A figure that cannot be drawn says in words what it shows.
async function drawAll(figures) {
    for (const { figure, chart, specification } of figures) {
        try {
            await draw(figure, chart, specification);
        } catch (error) {
            console.error(error);
            chart.textContent = chart.getAttribute("aria-label") || error.message;
            Object.assign(chart.style, { width: "auto", height: "auto", padding: "0.5rem 1rem" });
        }
        chart.dataset.drawn = "";
        fit(figure, chart);
        // Between two figures the page answers to its reader.
        await new Promise(resolve => setTimeout(resolve));
    }
}

addEventListener("DOMContentLoaded", () => {
    const contents = document.getElementById("Contents");
    contents.addEventListener("click", () => contents.hidePopover());
    document.getElementById("Theme").addEventListener("click", changeTheme);
    document.querySelectorAll("code.language-csharp").forEach(code => hljs.highlightElement(code));
    writeFormulas();
    offerCopies();
    followReading();
    reachFrames();
    const figures = findFigures();
    addEventListener("load", () => drawAll(figures));
});

// On paper solutions are open; long outputs stay folded.
addEventListener("beforeprint", () => {
    document.querySelectorAll("main > details").forEach(details => { details.open = true; });
});
