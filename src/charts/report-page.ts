/** A page that is one file: it can be mailed, kept beside a release and opened in ten years. Needs no script. */
import { createElement as h, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";

/** Nothing is loaded and nothing runs, whatever a ticket or a label says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const PAGE_CSS = `
:root { color-scheme: light dark; --page: light-dark(#ffffff, #151a1e); --text: light-dark(#2f3941, #dfe3e6);
  --muted: light-dark(#5c6970, #a9b4bc); --line: light-dark(#d8dcde, #39434b); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.2rem; margin: 0 0 0.75rem; }
p { max-width: 44rem; margin: 0.5rem 0; }
.lead { color: var(--muted); }
section { margin-top: 2.5rem; }
.columns { display: grid; gap: 2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); align-items: start; }
:focus-visible { outline: 2px solid var(--text); outline-offset: 2px; }
@media print { details { display: none; } section { break-inside: avoid; } }
`;

export interface ReportPage {
  readonly title: string;
  /** What was measured, on what and when. */
  readonly lead: string;
  /** Each is shown under the others; figures inside an element of class "columns" stand side by side. */
  readonly sections: readonly ReactNode[];
}

/** One HTML document with everything in it. */
export function reportPage({ title, lead, sections }: ReportPage): string {
  const page = h(
    "html",
    { lang: "en" },
    h(
      "head",
      null,
      h("meta", { charSet: "utf-8" }),
      h("meta", { httpEquiv: "Content-Security-Policy", content: POLICY }),
      h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      h("meta", { name: "color-scheme", content: "light dark" }),
      h("title", null, title),
      h("style", null, PAGE_CSS),
    ),
    h(
      "body",
      null,
      h(
        "main",
        null,
        h("h1", null, title),
        h("p", { className: "lead" }, lead),
        ...sections.map((section) => h("section", null, section)),
      ),
    ),
  );
  return `<!doctype html>${renderToStaticMarkup(page)}\n`;
}
