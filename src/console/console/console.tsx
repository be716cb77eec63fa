import { useQueryClient } from "@tanstack/react-query";
import { Dots } from "@zendeskgarden/react-loaders";
import { useCallback, useEffect, useState } from "react";
import { Route, Router, Switch } from "wouter";
import { sentenceOf } from "../request.ts";
import { ConfidencePage } from "./confidence-page.tsx";
import { DecisionPage } from "./decision-page.tsx";
import { DecisionsPage } from "./decisions-page.tsx";
import { Frame } from "./frame.tsx";
import { HistoryPage } from "./history-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { RoutingPage } from "./routing-page.tsx";
import { isRefused, SessionContext, storedToken, storeToken } from "./session.ts";
import { SignInPage } from "./sign-in-page.tsx";
import { StatusPage } from "./status-page.tsx";
import "./pages.css";

/** Nobody is signed in, somebody is, or a link is just being exchanged. */
type Standing =
  | { readonly kind: "arriving" }
  | { readonly kind: "out"; readonly reason: string | null }
  | { readonly kind: "in"; readonly token: string };

const LINK_IS_OVER =
  "This sign-in link was already used or has expired. Each link works once. Restart Switchyard to get a new one in its log, or sign in with the admin token.";

/** @param arrival the exchange of a one-time code, when the page was opened by a sign-in link */
export function Console({ arrival }: { arrival: Promise<string> | null }) {
  const { standing, enter, leave } = useStanding(arrival);
  if (standing.kind === "arriving") return <Arriving />;
  if (standing.kind === "out") return <SignInPage reason={standing.reason} onSignedIn={enter} />;
  return (
    <SessionContext value={{ token: standing.token, end: leave }}>
      <Router base="/console">
        <Frame>
          <Switch>
            <Route path="/" component={DecisionsPage} />
            <Route path="/decisions" component={DecisionsPage} />
            <Route path="/decisions/:id">{({ id }) => <DecisionPage key={id} id={id} />}</Route>
            <Route path="/routing" component={RoutingPage} />
            <Route path="/routing/history" component={HistoryPage} />
            <Route path="/confidence" component={ConfidencePage} />
            <Route path="/status" component={StatusPage} />
            <Route component={NotFoundPage} />
          </Switch>
        </Frame>
      </Router>
    </SessionContext>
  );
}

function useStanding(arrival: Promise<string> | null) {
  const cache = useQueryClient();
  const [standing, setStanding] = useState<Standing>(() => initially(arrival));
  const enter = useCallback((token: string) => {
    storeToken(token);
    setStanding({ kind: "in", token });
  }, []);
  const leave = useCallback(
    (reason: string | null) => {
      storeToken(null);
      // Nothing that the last session saw stays in memory.
      cache.clear();
      setStanding({ kind: "out", reason });
    },
    [cache],
  );
  useEffect(() => {
    arrival?.then(enter, (error: unknown) => leave(isRefused(error) ? LINK_IS_OVER : sentenceOf(error)));
  }, [arrival, enter, leave]);
  return { standing, enter, leave };
}

function initially(arrival: Promise<string> | null): Standing {
  const token = storedToken();
  if (arrival !== null) return { kind: "arriving" };
  return token === null ? { kind: "out", reason: null } : { kind: "in", token };
}

const Arriving = () => (
  <main className="center" aria-busy="true">
    <p role="status">
      <Dots size="24" aria-hidden="true" /> Signing you in…
    </p>
  </main>
);
