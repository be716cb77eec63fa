/** Editing: every change goes into the draft on the server at once, so nothing is lost with the tab. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useToast } from "@zendeskgarden/react-notifications";
import type { ReactNode } from "react";
import { createElement, useEffect } from "react";
import type { RoutingTable } from "../../triage/routing-table.ts";
import { Anything, Published } from "./answers.ts";
import { useApi } from "./session.ts";
import { Toast } from "./toast.tsx";

const ROUTING_KEYS = [["routing"], ["draft"], ["versions"], ["status"]];

/** Whatever shows the table reads it again. */
export function useReload(): () => Promise<unknown> {
  const cache = useQueryClient();
  return () => Promise.all(ROUTING_KEYS.map((queryKey) => cache.invalidateQueries({ queryKey })));
}

export function useSaveDraft() {
  const api = useApi();
  const reload = useReload();
  return useMutation({
    mutationFn: (draft: { table: RoutingTable; baseVersion: number }) =>
      api("/routing/draft", Anything, {
        method: "PUT",
        body: { base_version: draft.baseVersion, table: draft.table },
      }),
    // After a refusal too: then somebody published meanwhile, and the page must see it.
    onSettled: reload,
  });
}

export function useDiscardDraft() {
  const api = useApi();
  const reload = useReload();
  return useMutation({
    mutationFn: () => api("/routing/draft", Anything, { method: "DELETE" }),
    onSuccess: reload,
  });
}

export function usePublish() {
  const api = useApi();
  const reload = useReload();
  return useMutation({
    mutationFn: (next: { baseVersion: number; note: string }) =>
      api("/routing/publish", Published, {
        method: "POST",
        body: { base_version: next.baseVersion, note: next.note },
      }),
    onSuccess: reload,
  });
}

export function useRestore() {
  const api = useApi();
  const reload = useReload();
  return useMutation({
    mutationFn: (wanted: { version: number; baseVersion: number }) =>
      api(`/routing/versions/${wanted.version}/restore`, Published, {
        method: "POST",
        body: { base_version: wanted.baseVersion },
      }),
    onSuccess: reload,
  });
}

/** What was said goes when a drawer or a dialog opens: for seconds it would lie over the buttons there. */
export function useHush(): void {
  const { removeAllToasts } = useToast();
  useEffect(() => removeAllToasts(), [removeAllToasts]);
}

/** Says in passing that something worked. */
export function useSay(): (title: string, text?: ReactNode) => void {
  const { addToast } = useToast();
  return (title, text) => {
    addToast(({ close }) => createElement(Toast, { title, onClose: close }, text), {
      // Where it covers neither the headings nor the draft bar.
      placement: "bottom-end",
    });
  };
}
