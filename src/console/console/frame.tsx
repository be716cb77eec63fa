import { SkipNav } from "@zendeskgarden/react-chrome";
import GearIcon from "@zendeskgarden/svg-icons/src/16/gear-stroke.svg?react";
import GraphIcon from "@zendeskgarden/svg-icons/src/16/line-graph-stroke.svg?react";
import ListIcon from "@zendeskgarden/svg-icons/src/16/list-bullet-stroke.svg?react";
import SignpostIcon from "@zendeskgarden/svg-icons/src/16/signpost-stroke.svg?react";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { changesBetween } from "../../triage/table-changes.ts";
import { Logo } from "../logo.tsx";
import { SchemeButton } from "../scheme-button.tsx";
import { Banners } from "./banners.tsx";
import { useDraft, useRouting, useStatus } from "./queries.ts";
import "./frame.css";

/** What surrounds every page: the way around, who this is, and what everybody must know now. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <div className="frame">
      <SkipNav targetId="main">Skip to the page</SkipNav>
      <header className="side">
        <div className="brand-line">
          <Logo />
          <span>Switchyard</span>
        </div>
        <Navigation />
        <div className="side-foot">
          <Account />
          <SchemeButton />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Banners />
        {children}
      </main>
    </div>
  );
}

function Navigation() {
  const [location] = useLocation();
  const draft = useDraft().data;
  const routing = useRouting().data;
  const edited =
    draft === undefined || routing === undefined ? 0 : changesBetween(routing.table, draft.table).length;
  const at = (path: string): { "aria-current"?: "page" } => {
    const here =
      path === "/" ? location === "/" || location.startsWith("/decisions") : location.startsWith(path);
    return here ? { "aria-current": "page" } : {};
  };
  return (
    <nav aria-label="Switchyard">
      <ul>
        <li>
          <Link href="/" {...at("/")}>
            <ListIcon aria-hidden="true" /> Decisions
          </Link>
        </li>
        <li>
          <Link href="/routing" {...at("/routing")}>
            <SignpostIcon aria-hidden="true" /> Routing table
            {edited > 0 && (
              <span className="badge" title="Changes that are not published yet">
                {edited}
                <span className="unseen"> unpublished</span>
              </span>
            )}
          </Link>
        </li>
        <li>
          <Link href="/confidence" {...at("/confidence")}>
            <GraphIcon aria-hidden="true" /> Confidence
          </Link>
        </li>
        <li>
          <Link href="/status" {...at("/status")}>
            <GearIcon aria-hidden="true" /> Status
          </Link>
        </li>
      </ul>
    </nav>
  );
}

function Account() {
  const status = useStatus().data;
  if (status === undefined) return <span />;
  return (
    <span className="account">{status.sandbox ? <a href="/sandbox">Sandbox inbox</a> : status.account}</span>
  );
}
