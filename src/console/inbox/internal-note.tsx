/**
 * The note as Zendesk would show it. It is parsed without being run, and only six plain elements are rebuilt; whatever
 * else stands in it becomes text or nothing.
 */
import { createElement, type ReactNode, useMemo } from "react";

const ALLOWED = new Set(["p", "strong", "em", "ul", "li", "br"]);
/** Not even their text: it was never meant to be read. */
const SILENT = new Set(["script", "style", "template", "head"]);
/** Our notes are three levels deep; more is not ours. */
const MAX_DEPTH = 12;

export function InternalNote({ html }: { html: string }) {
  const content = useMemo(
    () => rebuilt(new DOMParser().parseFromString(bare(html), "text/html").body.childNodes, 0),
    [html],
  );
  return (
    <section className="note arriving" aria-label="Internal note by Switchyard">
      <p className="note-head">
        <strong>Switchyard</strong> <span>Internal note</span>
      </p>
      <div className="note-body">{content}</div>
    </section>
  );
}

/** Tags without their attributes: our notes have none, and the browser would report each handler that it refuses. */
const bare = (html: string): string => html.replace(/<(\/?[a-z][a-z0-9]*)[^<>]*>/gi, "<$1>");

function rebuilt(nodes: NodeListOf<ChildNode>, depth: number): ReactNode[] {
  if (depth > MAX_DEPTH) return [];
  return Array.from(nodes, (node, index) => {
    if (node instanceof Text) return node.data;
    if (!(node instanceof Element) || SILENT.has(node.localName)) return null;
    const children = rebuilt(node.childNodes, depth + 1);
    if (!ALLOWED.has(node.localName)) return children;
    return createElement(node.localName, { key: index }, ...children);
  });
}
