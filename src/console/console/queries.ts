/** What the pages read, each under one name, so that two places that show the same ask for it once. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { DecisionDetailJson } from "../../triage/outcome-json.ts";
import { isAbstention, type RoutingTable, rowsOf } from "../../triage/routing-table.ts";
import { ABSTENTION_WORDS, inWords } from "../wording.ts";
import {
  DecisionsPageAnswer,
  Draft,
  Groups,
  Jobs,
  Preview,
  ReviewsPageAnswer,
  Routing,
  Status,
  Versions,
} from "./answers.ts";
import { useApi } from "./session.ts";

const REFRESH_MS = 5_000;
const PAGE_SIZE = 50;

export function useStatus() {
  const api = useApi();
  return useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => api("/status", Status, { signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** All decisions, those of one ticket, or those that wait for a person. */
export type Shown = number | "all" | "waiting";

export function useDecisions(shown: Shown) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["decisions", shown],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
      if (pageParam !== "") query.set("cursor", pageParam);
      if (shown === "waiting") return api(`/reviews?${query}`, ReviewsPageAnswer, { signal });
      if (shown !== "all") query.set("ticket_id", String(shown));
      return api(`/decisions?${query}`, DecisionsPageAnswer, { signal });
    },
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    refetchInterval: REFRESH_MS,
  });
}

export function useDecision(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ["decision", id],
    queryFn: ({ signal }) => api(`/decisions/${encodeURIComponent(id)}`, DecisionDetailJson, { signal }),
    refetchInterval: REFRESH_MS,
  });
}

export function useRouting() {
  const api = useApi();
  return useQuery({ queryKey: ["routing"], queryFn: ({ signal }) => api("/routing", Routing, { signal }) });
}

export function useGroups() {
  const api = useApi();
  return useQuery({
    queryKey: ["groups"],
    queryFn: async ({ signal }) => (await api("/groups", Groups, { signal })).groups,
  });
}

export function useDraft() {
  const api = useApi();
  return useQuery({
    queryKey: ["draft"],
    queryFn: ({ signal }) => api("/routing/draft", Draft, { signal }),
  });
}

export function useVersions() {
  const api = useApi();
  return useQuery({
    queryKey: ["versions"],
    queryFn: async ({ signal }) => (await api("/routing/versions", Versions, { signal })).versions,
  });
}

/** Where recent tickets would have gone with this table. */
export function usePreview(table: RoutingTable) {
  const api = useApi();
  return useQuery({
    queryKey: ["preview", table],
    queryFn: ({ signal }) => api("/routing/preview", Preview, { method: "POST", body: { table }, signal }),
    gcTime: 0,
  });
}

export function useDeadJobs() {
  const api = useApi();
  return useQuery({
    queryKey: ["jobs", "dead"],
    queryFn: async ({ signal }) => (await api("/jobs?state=dead", Jobs, { signal })).jobs,
    refetchInterval: REFRESH_MS,
  });
}

/** Names an intent as the published table does; an id that has since left the table speaks for itself. */
export function useIntentName(): (id: string) => string {
  const { data } = useRouting();
  const names = new Map(data === undefined ? [] : rowsOf(data.table).map((row) => [row.id, row.name]));
  return (id) => names.get(id) ?? (isAbstention(id) ? ABSTENTION_WORDS[id] : inWords(id));
}
