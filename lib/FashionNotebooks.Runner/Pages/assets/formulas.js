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

// KaTeX has no eqnarray, in which a sign stands between two marks, and no multline.
function replaceEnvironments(tex) {
    return tex.replace(/\\begin\{eqnarray\*?\}([^]*?)\\end\{eqnarray\*?\}/g, (_, rows) =>
        `\\begin{align}${rows.replace(/&([^&]*)&/g, "&$1")}\\end{align}`)
        .replace(/\\(begin|end)\{multline\*?\}/g, "\\$1{gather}");
}

// Nor has it labels. A row with one gets its number as a tag; the others have none, so that no number is there twice.
function numberLabels(tex, id) {
    const labelled = /(?:\\tag\*?\{([^}]*)\}\s*)?\\label\{([^}]*)\}(?:\s*\\tag\*?\{([^}]*)\})?/g;
    return tex.replace(/\\(begin|end)\{(equation|align|alignat|gather)\}/g, "\\$1{$2*}")
        .replace(labelled, (_, before, label, after) => {
            const tag = before ?? after ?? ++lastNumber;
            labels.set(label, { tag, id });
            return `\\tag{${tag}}`;
        });
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
        return { place, displayMode, tex: numberLabels(tex.slice(2, -2), place.id) };
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
