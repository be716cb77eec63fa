import { type ReactNode, useEffect, useRef } from "react";

/** Only after the first page: whoever just arrived has not moved yet. */
let moved = false;

interface PageHeadingProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** The page's one h1. It names the tab, and takes the focus when somebody comes here from another page. */
export function PageHeading({ title, children, actions }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Switchyard`;
  }, [title]);
  useEffect(() => {
    if (moved) heading.current?.focus();
    moved = true;
  }, []);
  return (
    <div className="page-heading">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children !== undefined && <div className="quiet page-sub">{children}</div>}
      </div>
      {actions !== undefined && <div className="actions">{actions}</div>}
    </div>
  );
}
