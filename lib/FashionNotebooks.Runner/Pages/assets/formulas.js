"use strict";

// The macros and labels of a page are those of all its formulas together, as in Jupyter.
const labels = new Map();
const macros = {
    // A name may be defined twice.
    "\\newcommand": context => {
        const name = context.consumeArgs(1)[0].at(-1).text;
        return `${context.isDefined(name) ? "\\renewcommand" : "\\providecommand"}{${name}}`;
    },
    "\\DeclareMathOperator": "\\@ifstar\\declareLimits\\declareOperator",
    "\\declareLimits": "\\def#1{\\operatorname*{#2}}",
    "\\declareOperator": "\\def#1{\\operatorname{#2}}",
    "\\require": "\\@secondoftwo{#1}{}",
    "\\mbox": "\\text{#1}",
    "\\mathbbm": "\\mathbb{#1}",
};
let lastNumber = 0;

// KaTeX knows neither these environments, of which the first has each sign between two marks ...
function replaceEnvironments(tex) {
    return tex.replace(/\\begin\{eqnarray(\*?)\}([^]*?)\\end\{eqnarray\*?\}/g, (_, star, rows) =>
        `\\begin{align${star}}${rows.replace(/&((?:(?!\\\\)[^&])*)&/g, "&$1")}\\end{align${star}}`)
        .replace(/\\begin\{multline(\*?)\}([^]*?)\\end\{multline\*?\}/g,
            "\\begin{equation$1}\\begin{gathered}$2\\end{gathered}\\end{equation$1}");
}

// ... nor labels, and it begins each formula with number 1. Each row that has a number gets it as a tag.
function numberRows(tex, id) {
    const whole = /^(\s*\\begin\{(?:equation|align|alignat|gather)\}(?:\{\d+\})?)([^]*)(\\end\{\w+\}\s*)$/;
    const [, begin, rows, end] = tex.match(whole) ?? [, "", tex, ""];
    const numbered = rows.replace(/(?:\\begin\{(\w+\*?)\}[^]*?\\end\{\1\}|(?!\\\\)[^])+/g, row => {
        const label = row.match(/\\label\{([^}]*)\}/)?.[1];
        const isNumbered = row.trim() !== "" && (begin || label) && !/\\(tag|notag|nonumber)\b/.test(row);
        const tag = row.match(/\\tag\*?\{([^}]*)\}/)?.[1] ?? (isNumbered ? ++lastNumber : "???");
        if (label)
            labels.set(label, { tag, id });
        return row.replace(/\\label\{[^}]*\}/, "") + (isNumbered ? `\\tag{${tag}}` : "");
    });
    return begin + numbered + end;
}

function writeReferences(tex) {
    return tex.replace(/\\(eq)?ref\{([^}]*)\}/g, (_, isInParentheses, label) => {
        const { tag, id } = labels.get(label) ?? { tag: "???", id: "" };
        return `\\href{#${id}}{\\text{${isInParentheses ? `(${tag})` : tag}}}`;
    });
}

function writeFormulas() {
    const formulas = [...document.querySelectorAll(".math")].map((place, index) => {
        place.id = `Formula-${index}`;
        const tex = replaceEnvironments(place.textContent.trim());
        const displayMode = tex.startsWith("\\[");
        return { place, displayMode, tex: numberRows(tex.slice(2, -2), place.id) };
    });
    for (const { place, displayMode, tex } of formulas) {
        place.classList.toggle("display", displayMode);
        katex.render(writeReferences(tex), place, {
            displayMode,
            macros,
            globalGroup: true,
            strict: false,
            throwOnError: false,
            errorColor: "var(--error)",
            trust: ({ command, protocol }) => command === "\\href" && ["_relative", "http", "https"].includes(protocol),
        });
    }
}
